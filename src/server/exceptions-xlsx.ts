import { KEYS, REFINED_KEYS } from '../core/mapping.ts';
import type { Mappings } from '../core/settings.ts';
import type { Language } from '../i18n/language.ts';
import { translate } from '../i18n/translate.ts';
import type { Profile } from '../profiles/profile.ts';
import { type Cell, type SheetColumn, xlsx } from './spreadsheet.ts';

/** The exceptions of a mapping, as they are saved, as a workbook: its keys, then what it gives; an empty key is *all*. */
export function exceptionsXlsx(profile: Profile, which: keyof Mappings, language: Language): AsyncIterable<Uint8Array> {
  const mapping = profile.mappings[which];
  const rows: readonly Readonly<Record<string, unknown>>[] = mapping.exceptions;
  const given = (key: string) => rows.some((row) => row[key] !== null && row[key] !== undefined);
  const keys = KEYS.filter((key) => key === 'country' || given(key)).toSorted((a, b) => placeOf(a) - placeOf(b));
  const fields = Object.keys(mapping.default);
  const say = (key: string) => translate(language, key);
  const columns: SheetColumn[] = [
    ...keys.map((key) => say(key === 'item' ? `ui.mapping.${which}.item` : `ui.mapping.key.${key}`)),
    ...fields.map((field) => say(`ui.mapping.${which}.${field}`)),
  ].map((title) => ({ title, kind: 'text', width: 18 }));
  return xlsx(say(`ui.mapping.${which}`), columns, all());

  async function* all(): AsyncGenerator<readonly Cell[]> {
    for (const row of rows) yield [...keys, ...fields].map((name) => ({ kind: 'text', value: textOf(row[name], say) }));
  }
}

/** Country and item first, as on the screen. */
function placeOf(key: string): number {
  const refined: readonly string[] = REFINED_KEYS;
  return key === 'country' ? 0 : key === 'item' ? 1 : 2 + refined.indexOf(key);
}

function textOf(value: unknown, say: (key: string) => string): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'boolean' ? say(value ? 'ui.yes' : 'ui.no') : String(value);
}
