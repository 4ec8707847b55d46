type Say = (key: string) => string;

/** What a field is called above its column. */
export function fieldTitle(say: Say, mapping: string, field: string): string {
  return say(`ui.mapping.${mapping}.${field}`);
}

/** What a key is called; an item is what the mapping is about. */
export function keyTitle(say: Say, mapping: string, key: string): string {
  return say(key === 'item' ? `ui.mapping.${mapping}.item` : `ui.mapping.key.${key}`);
}

/** A value of a column of few values. */
export function valueTitle(say: Say, column: string, value: string | boolean): string {
  return column === 'treatment' ? say(`treatment.${value}`) : say(value === true ? 'ui.yes' : 'ui.no');
}
