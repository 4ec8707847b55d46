/** The tabs of the configuration (S-087), each the sections of the profile it edits. */
export type SettingsTab = { readonly id: string; readonly title: string; readonly sections: readonly string[] };

export const SETTINGS_TABS: readonly SettingsTab[] = [
  { id: 'profile', title: 'ui.settings.profile', sections: ['name'] },
  { id: 'shop', title: 'ui.settings.shop', sections: ['shop'] },
  { id: 'ledger', title: 'ui.settings.ledger', sections: ['ledger', 'chart'] },
  { id: 'customers', title: 'ui.settings.customers', sections: ['customers'] },
  { id: 'mappings', title: 'ui.settings.mappings', sections: ['mappings'] },
  { id: 'entries', title: 'ui.settings.entries', sections: ['entries'] },
  { id: 'import', title: 'ui.settings.import', sections: ['import'] },
  { id: 'reading', title: 'ui.settings.reading', sections: ['reading'] },
  { id: 'advanced', title: 'ui.settings.advanced', sections: ['advanced'] },
];

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The part of the profile a tab shows. */
export function partOf(profile: JsonObject, tab: SettingsTab): JsonObject {
  return Object.fromEntries(
    tab.sections.flatMap((section) => (section in profile ? [[section, profile[section] ?? null]] : [])),
  );
}

export function textOf(profile: JsonObject, tab: SettingsTab): string {
  return JSON.stringify(partOf(profile, tab), null, 2);
}

export type Parsed =
  | { readonly ok: true; readonly value: JsonObject }
  | { readonly ok: false; readonly line: number | null; readonly reason: string };

/** What the editor holds, or the line where it stops being JSON. */
export function parsed(text: string): Parsed {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? { ok: true, value } : { ok: false, line: 1, reason: '{ … }' };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const position = /position (\d+)/.exec(error.message)?.[1];
    return { ok: false, line: position === undefined ? null : lineAt(text, Number(position)), reason: error.message };
  }
}

/** The profile with the tabs as edited; a section taken out of its tab goes back to its defaults. */
export function merged(
  profile: JsonObject,
  edited: readonly { readonly tab: SettingsTab; readonly value: JsonObject }[],
): JsonObject {
  const result: Record<string, Json> = { ...profile };
  for (const { tab, value } of edited) {
    for (const section of tab.sections) delete result[section];
    Object.assign(result, value);
  }
  return result;
}

/** Which tab shows the field of a path such as `mappings.taxes.exceptions.3.account`. */
export function tabOfPath(path: string): SettingsTab | null {
  const section = path.split(/[.[]/)[0] ?? '';
  return SETTINGS_TABS.find(({ sections }) => sections.includes(section)) ?? null;
}

/**
 * The line of a field in text as `textOf` writes it (two spaces a level), however much of it was edited: walks the lines
 * by their indentation. Null when the field is not there.
 */
export function lineOfPath(text: string, path: string): number | null {
  const names = path.split(/[.[\]]+/).filter((part) => part !== '');
  const lines = text.split('\n');
  let from = 0;
  let found: number | null = null;
  for (const [depth, name] of names.entries()) {
    const next = /^\d+$/.test(name)
      ? lineOfItem(lines, from, depth, Number(name))
      : lineOfKey(lines, from, depth, name);
    if (next === null) return found;
    found = next + 1;
    from = next + 1;
  }
  return found;
}

function lineOfKey(lines: readonly string[], from: number, depth: number, name: string): number | null {
  const indent = '  '.repeat(depth + 1);
  for (let line = from; line < lines.length; line += 1) {
    const text = lines[line] ?? '';
    if (text.startsWith(`${indent}${JSON.stringify(name)}`)) return line;
    if (depth > 0 && indentOf(text) <= depth * 2 && line > from) return null;
  }
  return null;
}

function lineOfItem(lines: readonly string[], from: number, depth: number, index: number): number | null {
  const indent = (depth + 1) * 2;
  let seen = -1;
  for (let line = from; line < lines.length; line += 1) {
    const text = lines[line] ?? '';
    if (indentOf(text) < indent) return null;
    if (indentOf(text) === indent && !/^\s*[}\]]/.test(text)) seen += 1;
    if (seen === index) return line;
  }
  return null;
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}
