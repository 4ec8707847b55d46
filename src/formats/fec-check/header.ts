import type { Report } from './findings.ts';

/** The fields in the order of the law (A. 47 A-1, VII). `Montant` and `Sens` may stand for `Debit` and `Credit`. */
export const FIELDS = [
  'JournalCode',
  'JournalLib',
  'EcritureNum',
  'EcritureDate',
  'CompteNum',
  'CompteLib',
  'CompAuxNum',
  'CompAuxLib',
  'PieceRef',
  'PieceDate',
  'EcritureLib',
  'Debit',
  'Credit',
  'EcritureLet',
  'DateLet',
  'ValidDate',
  'Montantdevise',
  'Idevise',
] as const;

export type FecField = (typeof FIELDS)[number] | 'Montant' | 'Sens';

/** Where each field stands in a line, and what a line is like. */
export type FecHeader = {
  readonly separator: string;
  /** Cells of a line. */
  readonly width: number;
  /** From 0; -1: the file has no such field. */
  readonly at: Readonly<Record<FecField, number>>;
  /** Whether a separator too many ends the header, and may end its lines. */
  readonly trailing: boolean;
  /** Whether the first line was no header, and is a line of entries. */
  readonly absent: boolean;
};

const INSTEAD: Readonly<Record<string, FecField>> = { DEBIT: 'Montant', CREDIT: 'Sens' };
const WRONG_SEPARATORS = [';', ',', '~', '^'];

/** Reads the first line of a file, and says what the law would have otherwise. */
export function headerOf(text: string, report: Report): FecHeader {
  const marked = text.startsWith('\ufeff');
  if (marked) report('bom', { line: 1 });
  const line = marked ? text.slice(1) : text;
  const separator = separatorOf(line);
  if (!['\t', '|'].includes(separator)) report('separator', { line: 1, value: separator });
  const names = line.split(separator);
  const trailing = names.length > 1 && names.at(-1) === '';
  if (trailing) names.pop();
  const at = Object.fromEntries([...FIELDS, 'Montant', 'Sens'].map((field) => [field, -1])) as Record<FecField, number>;
  const known = names.map(fieldOf);
  if (known.every((field) => field === null)) {
    report('no-header', { line: 1, value: line });
    for (const [place, field] of FIELDS.entries()) at[field] = place;
    return { separator, width: FIELDS.length, at, trailing: false, absent: true };
  }
  if (trailing) report('trailing-separator', { line: 1 });
  for (const [place, field] of known.entries()) {
    if (field === null) continue;
    const written = names[place] ?? '';
    if (at[field] >= 0) report('double-column', { line: 1, column: field, place: place + 1, value: written });
    else at[field] = place;
    if (written.includes('"')) report('quotes', { line: 1, column: field, place: place + 1, value: written });
    else if (written !== field) report('column-name', { line: 1, column: field, place: place + 1, value: written });
  }
  const wanted = FIELDS.map((field) => {
    const other = INSTEAD[field.toUpperCase()];
    return at[field] < 0 && other !== undefined && at[other] >= 0 ? other : field;
  });
  for (const field of wanted) if (at[field] < 0) report('missing-column', { line: 1, column: field });
  const present = wanted.filter((field) => at[field] >= 0);
  const first = known.slice(0, present.length);
  const moved = present.findIndex((field, index) => first[index] !== field);
  if (moved >= 0 && new Set(known).size === known.length) {
    const value = names[moved] ?? '';
    report('column-order', { line: 1, column: present[moved] ?? null, place: moved + 1, value });
  }
  return { separator, width: names.length, at, trailing, absent: false };
}

function separatorOf(line: string): string {
  if (line.includes('\t')) return '\t';
  if (line.includes('|')) return '|';
  return WRONG_SEPARATORS.find((sign) => line.split(sign).length > FIELDS.length / 2) ?? '\t';
}

/** As the administration's checker compares: letters alone, whatever their case and accents. */
function fieldOf(name: string): FecField | null {
  const bare = name
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toUpperCase();
  return [...FIELDS, 'Montant' as const, 'Sens' as const].find((field) => field.toUpperCase() === bare) ?? null;
}
