import { writeXlsxStream } from 'hucre/xlsx';
import { type Language, marksOf } from '../i18n/language.ts';
import { copyAmount, showDay } from '../i18n/show.ts';

/** A cell of a table for a spreadsheet; amounts and rates are decimal text, days ISO. `text` may come from anywhere. */
export type Cell =
  | { readonly kind: 'text' | 'amount' | 'day'; readonly value: string }
  | { readonly kind: 'whole'; readonly value: number };

/** A column: its title, and how wide its cells are shown; `decimals` of a column of amounts. */
export type SheetColumn = {
  readonly title: string;
  readonly width: number;
  readonly kind: Cell['kind'];
  readonly decimals?: number;
};

/** What a spreadsheet would take for a formula in a text file: an apostrophe in front makes it text (CSV injection, OWASP). */
const FORMULA = /^'*[=+\-@\t\r]/;
/** Excel's own limit, with the row of titles. */
export const MAX_SHEET_ROWS = 1_048_575;
/** A number of a spreadsheet is a double: what has more digits would change, and stays text. */
const MAX_DIGITS = 15;

/** A row of a text file: semicolons and decimal commas in French, commas and points in English. */
export function csvRow(cells: readonly Cell[], language: Language): string {
  const separator = marksOf(language).decimal === ',' ? ';' : ',';
  const quoted = (cell: string) => /["\r\n]/.test(cell) || cell.includes(separator);
  const texts = cells.map((cell) => csvText(cell, language));
  return `${texts.map((cell) => (quoted(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(separator)}\r\n`;
}

function csvText(cell: Cell, language: Language): string {
  if (cell.value === '') return '';
  if (cell.kind === 'whole') return String(cell.value);
  if (cell.kind === 'amount') return copyAmount(cell.value, language);
  if (cell.kind === 'day') return showDay(cell.value, language);
  return FORMULA.test(cell.value) ? `'${cell.value}` : cell.value;
}

/**
 * The same rows as an Office Open XML workbook of one sheet, made while it is sent: texts are strings whatever they begin
 * with, amounts are numbers and days are dates, shown as the reader's spreadsheet shows them.
 */
export function xlsx(
  name: string,
  columns: readonly SheetColumn[],
  rows: AsyncIterable<readonly Cell[]>,
): AsyncIterable<Uint8Array> {
  return writeXlsxStream(values(rows), {
    name: name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31),
    freezePane: { rows: 1 },
    columns: columns.map(({ title, width, kind, decimals = 2 }) => {
      const column = { header: title, width };
      if (kind === 'amount') return { ...column, numFmt: `#,##0.${'0'.repeat(decimals)}` };
      return kind === 'day' ? { ...column, numFmt: DAY_FORMAT } : column;
    }),
  }) as unknown as AsyncIterable<Uint8Array>; // Node's streams are iterable, which the library's type of the browser does not say
}

/** Number format 14, which each spreadsheet shows in its own order of day and month. */
const DAY_FORMAT = 'mm-dd-yy';

async function* values(rows: AsyncIterable<readonly Cell[]>) {
  let left = MAX_SHEET_ROWS;
  for await (const row of rows) {
    if (left === 0) throw new RangeError('More rows than a sheet has');
    left -= 1;
    yield row.map(cellValue);
  }
}

function cellValue({ kind, value }: Cell): string | number | Date | null {
  if (value === '' || typeof value === 'number') return value === '' ? null : value;
  if (kind === 'day') return new Date(`${value}T00:00:00Z`);
  if (kind !== 'amount') return value;
  return value.replace(/\D/g, '').length > MAX_DIGITS ? value : Number(value); // a cell's own kind of number, exact to 15 digits
}
