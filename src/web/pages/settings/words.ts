import type { Speech } from '../../language.tsx';

/** What a field is called: its own short name, else the beginning of its meaning. */
export function fieldLabel({ say, knows }: Speech, path: string): string {
  if (knows(`ui.label.${path}`)) return say(`ui.label.${path}`);
  if (!knows(`ui.field.${path}`)) return path;
  return say(`ui.field.${path}`).split(/[\u00a0 ]?[;:]|\.(?= |$)/)[0] ?? path;
}

/** What is said under a field, where its name does not say it all. */
export function fieldHelp({ say, knows }: Speech, path: string): string | null {
  return knows(`ui.label.${path}.help`) ? say(`ui.label.${path}.help`) : null;
}

/** What a value is called: in this field, else everywhere, else itself. */
export function choiceLabel({ say, knows }: Speech, path: string, value: string): string {
  if (path === 'import.defaultPeriod') return say(`ui.period.${value}`);
  const own = `ui.choice.${path}.${value}`;
  const name = path.split('.').at(-1) ?? path;
  const [key] = [own, `ui.choice.${name}.${value}`, `ui.choice.${value}`].filter(knows);
  return key === undefined ? value : say(key);
}
