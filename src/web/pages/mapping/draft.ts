import { keyText, REFINED_KEYS, type RefinedKey } from '../../../core/mapping.ts';
import type { MappingKey } from '../../../core/settings.ts';
import { isObject, type Json, type JsonObject } from '../settings/tabs.ts';
import type { Column } from './kinds.ts';

/** A mapping while it is edited: the default, and exceptions with a number that stays theirs while rows come and go. */
export type Draft = { readonly standard: JsonObject; readonly rows: readonly Row[] };
export type Row = { readonly id: number; readonly values: JsonObject };

export function draftOf(profile: JsonObject, which: string): Draft {
  const mappings = isObject(profile.mappings) ? profile.mappings : {};
  const mapping = isObject(mappings[which]) ? mappings[which] : {};
  const exceptions = Array.isArray(mapping.exceptions) ? (mapping.exceptions as readonly Json[]) : [];
  return {
    standard: isObject(mapping.default) ? mapping.default : {},
    rows: exceptions.filter(isObject).map((values, id) => ({ id, values })),
  };
}

/** The profile with the mappings as edited. */
export function withDrafts(profile: JsonObject, drafts: Readonly<Record<string, Draft>>): JsonObject {
  const mappings = isObject(profile.mappings) ? profile.mappings : {};
  const edited = Object.entries(drafts).map(([which, draft]) => [which, mappingOf(draft)]);
  return { ...profile, mappings: { ...mappings, ...Object.fromEntries(edited) } };
}

export function mappingOf({ standard, rows }: Draft): {
  readonly default: JsonObject;
  readonly exceptions: JsonObject[];
} {
  return { default: standard, exceptions: rows.map(({ values }) => ({ country: null, item: null, ...values })) };
}

export function setStandard(draft: Draft, field: string, value: Json): Draft {
  return { ...draft, standard: { ...draft.standard, [field]: value } };
}

export function setCell(draft: Draft, id: number, name: string, value: Json): Draft {
  const rows = draft.rows.map((row) => (row.id === id ? { id, values: { ...row.values, [name]: value } } : row));
  return { ...draft, rows };
}

export function addRow(draft: Draft, values: JsonObject): Draft {
  return { ...draft, rows: [...draft.rows, { id: nextId(draft), values }] };
}

export function removeRows(draft: Draft, ids: ReadonlySet<number>): Draft {
  return { ...draft, rows: draft.rows.filter(({ id }) => !ids.has(id)) };
}

/** *Apply to all*: the default of a field on every exception. */
export function applyStandard(draft: Draft, field: string): Draft {
  const value = draft.standard[field] ?? null;
  return { ...draft, rows: draft.rows.map(({ id, values }) => ({ id, values: { ...values, [field]: value } })) };
}

/** One row for each value of a key that no row names yet. */
export function addEach(draft: Draft, key: 'country' | 'item', values: readonly string[]): Draft {
  const known = new Set(draft.rows.map((row) => row.values[key]));
  return values.filter((value) => !known.has(value)).reduce((next, value) => addRow(next, { [key]: value }), draft);
}

/**
 * Cells of a spreadsheet laid over the grid from one of its cells on: to the right, downwards, and in new rows below
 * the last. Columns beyond the last are dropped, as a spreadsheet does not.
 */
export function paste(
  draft: Draft,
  columns: readonly Column[],
  shown: readonly number[],
  at: { readonly row: number; readonly column: number },
  text: string,
): Draft {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n');
  let next = draft;
  for (const [down, line] of lines.entries()) {
    const id = shown[at.row + down] ?? nextId(next);
    if (!next.rows.some((row) => row.id === id)) next = { ...next, rows: [...next.rows, { id, values: {} }] };
    for (const [right, cell] of line.split('\t').entries()) {
      const column = columns[at.column + right];
      if (column !== undefined) next = setCell(next, id, column.name, valueIn(column, cell));
    }
  }
  return next;
}

/** What a text means in a column; an empty one is *not given*. */
export function valueIn({ values }: Column, text: string): Json {
  const plain = text.trim();
  if (plain === '') return null;
  if (values?.includes(true)) return /^(true|vrai|oui|yes|1)$/i.test(plain);
  return plain;
}

export function textOf(value: Json | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}

/** Rows whose keys are those of a row before them: they can never answer. */
export function doubles({ rows }: Draft): ReadonlySet<number> {
  const seen = new Set<string>();
  const found = new Set<number>();
  for (const { id, values } of rows) {
    const key = keyText(values as MappingKey); // read from a profile, or typed into its columns
    if (seen.has(key)) found.add(id);
    seen.add(key);
  }
  return found;
}

/** The refined keys that some row names. */
export function refinedOf({ rows }: Draft): readonly RefinedKey[] {
  return REFINED_KEYS.filter((key) => rows.some(({ values }) => textOf(values[key]) !== ''));
}

/** Filters by column: an account begins with the text, anything else contains it, without case or accents. */
export function fits(
  row: Row,
  filters: Readonly<Record<string, string>>,
  shownText: (name: string, value: Json | undefined) => string,
): boolean {
  return Object.entries(filters).every(([name, wanted]) => {
    if (wanted.trim() === '') return true;
    const text = plainText(shownText(name, row.values[name]));
    return /^\d+$/.test(wanted.trim()) ? text.startsWith(wanted.trim()) : text.includes(plainText(wanted));
  });
}

export type Group = { readonly name: string; readonly rows: readonly Row[] };

/** Rows by what a column shows, groups and the rows of each in the order in which they first come (S-190). */
export function grouped(
  rows: readonly Row[],
  column: string,
  shownText: (name: string, value: Json | undefined) => string,
): readonly Group[] {
  const groups = Map.groupBy(rows, (row) => shownText(column, row.values[column]));
  return [...groups].map(([name, own]) => ({ name, rows: own }));
}

function plainText(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

function nextId({ rows }: Draft): number {
  return rows.reduce((largest, { id }) => Math.max(largest, id), -1) + 1;
}
