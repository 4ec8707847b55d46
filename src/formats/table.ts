import { type Fit, fitted, type Notes } from './encode.ts';
import type { ReadFault } from './format.ts';
import { encodeText, linesOf, type TextRules } from './text.ts';

export type Column<Name extends string, Row> = {
  /** The vendor's own name, as the header has it. */
  readonly name: Name;
  /** What faults call it, in this project's words; the name when absent. */
  readonly field?: string;
  readonly fit: Fit;
  readonly required?: boolean;
  /** Most characters; any number when absent. */
  readonly width?: number | null;
  /** In quotes, whatever it holds. */
  readonly quoted?: boolean;
  /** Those of the table when absent. */
  readonly rules?: TextRules;
  readonly value: (row: Row) => string;
};

/** A delimited format: a header of column names, then a row per entry line. */
export type TableFormat<Name extends string, Row> = {
  readonly rules: TextRules;
  readonly separator: string;
  readonly newline: '\r\n' | '\n';
  readonly bom: boolean;
  /** Cells that hold the separator or a quote are quoted, quotes doubled (RFC 4180); without it nothing is quoted. */
  readonly quotes: boolean;
  /** Text that a spreadsheet would take for a formula gets an apostrophe in front, which `readTable` takes off. */
  readonly neutralised: boolean;
  readonly columns: readonly Column<Name, Row>[];
};

export type TableRow<Name extends string> = { readonly [Column in Name]: string };

/** `'=1` must stay apart from a neutralised `=1`, so apostrophes before a formula count too. */
const FORMULA = /^'*[=+\-@\t]/;

export function headOfTable<Name extends string, Row>(table: TableFormat<Name, Row>): Buffer {
  const names = table.columns.map(({ name }) => name).join(table.separator);
  return encodeText(`${table.bom ? '\uFEFF' : ''}${names}${table.newline}`, table.rules.charset);
}

export function writeTable<Name extends string, Row>(table: TableFormat<Name, Row>, row: Row, notes: Notes): string {
  const cells: string[] = [];
  for (const { name, field = name, fit, required = false, width = null, quoted, rules, value } of table.columns) {
    let cell = fitted(value(row), { name: field, fit, width, required }, rules ?? table.rules, notes);
    if (table.neutralised && fit !== 'own' && FORMULA.test(cell)) cell = `'${cell}`;
    if (quoted === true || (table.quotes && (cell.includes(table.separator) || cell.includes('"'))))
      cell = `"${cell.replaceAll('"', '""')}"`;
    cells.push(cell);
  }
  return cells.join(table.separator) + table.newline;
}

/** The cells of a line by name; null when it does not have exactly the table's columns. */
export function readTable<Name extends string, Row>(
  table: TableFormat<Name, Row>,
  line: string,
): TableRow<Name> | null {
  const cells = cellsOf(table, line);
  if (cells === null || cells.length !== table.columns.length) return null;
  return rowOf(table, cells);
}

/** The cells of a line, out of their quotes; null when a quote is left open. */
export function cellsOf(
  { quotes, separator }: Pick<TableFormat<string, never>, 'quotes' | 'separator'>,
  line: string,
): readonly string[] | null {
  return quotes && line.includes('"') ? quotedCells(line, separator) : line.split(separator);
}

/** Cells by the names of the table's columns; those that are missing at the end are empty. */
export function rowOf<Name extends string, Row>(
  table: TableFormat<Name, Row>,
  cells: readonly string[],
): TableRow<Name> {
  const row: Partial<Record<Name, string>> = {};
  for (const [index, { name, fit }] of table.columns.entries()) {
    const cell = cells[index] ?? '';
    row[name] = table.neutralised && fit !== 'own' && cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
  }
  return row as TableRow<Name>; // every column of the table was just read
}

/** The lines of a file below its header; `header` says in a fault what the first one should be. */
export async function* readRows<Name extends string, Row, Read>(
  table: TableFormat<Name, Row>,
  bytes: AsyncIterable<Buffer> | Iterable<Buffer>,
  { header, lineOf }: { readonly header: string; readonly lineOf: (text: string, lineNumber: number) => Read },
): AsyncGenerator<readonly (Read | ReadFault)[]> {
  for await (const lines of linesOf(bytes, table.rules.charset)) {
    const batch: (Read | ReadFault)[] = [];
    for (const { text, number } of lines) {
      if (number > 1) batch.push(lineOf(text, number));
      else if (!isHeader(table, text))
        batch.push({ type: 'fault', lineNumber: 1, column: null, expected: header, found: text.slice(0, 80) });
    }
    yield batch;
  }
}

/** Whether the line names the table's columns, in any case: importers and exporters vary there. */
export function isHeader<Name extends string, Row>(table: TableFormat<Name, Row>, line: string): boolean {
  const names = table.columns.map(({ name }) => name).join(table.separator);
  return line.toLowerCase() === names.toLowerCase();
}

function quotedCells(line: string, separator: string): string[] | null {
  const cells: string[] = [];
  let at = 0;
  while (at <= line.length) {
    if (line[at] !== '"') {
      const end = line.indexOf(separator, at);
      cells.push(line.slice(at, end < 0 ? line.length : end));
      at = end < 0 ? line.length + 1 : end + 1;
      continue;
    }
    let end = at + 1;
    while (end < line.length && (line[end] !== '"' || line[end + 1] === '"')) end += line[end] === '"' ? 2 : 1;
    if (end >= line.length || (end + 1 < line.length && line[end + 1] !== separator)) return null;
    cells.push(line.slice(at + 1, end).replaceAll('""', '"'));
    at = end + 2;
  }
  return cells;
}
