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
  /** What stands there in every row, as it may stand there; it is not asked for again. */
  readonly constant?: string | undefined;
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
  /** Text that a spreadsheet would take for a formula gets an apostrophe in front, which `rowReader` takes off. */
  readonly neutralised: boolean;
  readonly columns: readonly Column<Name, Row>[];
};

/** `'=1` must stay apart from a neutralised `=1`, so apostrophes before a formula count too. */
const FORMULA = /^'*[=+\-@\t]/;

export function headOfTable<Name extends string, Row>(table: TableFormat<Name, Row>): Buffer {
  const names = table.columns.map(({ name }) => name).join(table.separator);
  return encodeText(`${table.bom ? '\uFEFF' : ''}${names}${table.newline}`, table.rules.charset);
}

/** Writes the rows of a table. A cell is made anew only where its value is not that of the row before. */
export function rowWriter<Name extends string, Row>(table: TableFormat<Name, Row>): (row: Row, notes: Notes) => string {
  const { separator, newline } = table;
  const cells: Cell<Row>[] = [];
  let between = '';
  for (const [index, column] of table.columns.entries()) {
    if (index > 0) between += separator;
    if (column.constant === undefined) {
      cells.push({ between, value: column.value, made: maker(table, column), last: null, text: '' });
      between = '';
    } else between += maker(table, column)(column.constant, { faults: [], remarks: [] });
  }
  const end = between + newline;

  return (row, notes) => {
    let text = '';
    for (const cell of cells) {
      const value = cell.value(row);
      if (value !== cell.last) {
        const noted = notes.faults.length + notes.remarks.length;
        cell.text = cell.between + cell.made(value, notes);
        cell.last = notes.faults.length + notes.remarks.length === noted ? value : null; // it leaves its note each time
      }
      text += cell.text;
    }
    return text + end;
  };
}

/** A cell of a row: `between` has the separator and the constants before it; `text`, both, is for the value it had `last`. */
type Cell<Row> = {
  readonly between: string;
  readonly value: (row: Row) => string;
  readonly made: (value: string, notes: Notes) => string;
  last: string | null;
  text: string;
};

/** A value as it stands in its column. */
function maker<Name extends string, Row>(
  table: TableFormat<Name, Row>,
  column: Column<Name, Row>,
): (value: string, notes: Notes) => string {
  const { name, field = name, fit, required = false, width = null, quoted = false, rules = table.rules } = column;
  return (value, notes) => {
    let cell = fitted(value, { name: field, fit, width, required }, rules, notes);
    if (table.neutralised && fit !== 'own' && FORMULA.test(cell)) cell = `'${cell}`;
    const inQuotes = quoted || (table.quotes && (cell.includes(table.separator) || cell.includes('"')));
    return inQuotes ? `"${cell.replaceAll('"', '""')}"` : cell;
  };
}

/**
 * Reads rows: the cells of a line by name, until the next line is read; null when it does not have exactly the table's
 * columns.
 */
export function rowReader<Name extends string, Row>({
  columns,
  neutralised,
  ...table
}: TableFormat<Name, Row>): (line: string) => ((name: Name) => string) | null {
  const { find, at } = cellFinder(table);
  const places = new Map(
    columns.map(({ name, fit }, index) => [name, { index, isText: neutralised && fit !== 'own' }]),
  );
  return (line) => (find(line, 0) === columns.length ? cell : null);

  function cell(name: Name): string {
    const place = places.get(name);
    if (place === undefined) return '';
    const text = at(place.index);
    return place.isText && text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text;
  }
}

/** The cells of a line, out of their quotes; null when a quote is left open. */
export function cellsOf(
  table: Pick<TableFormat<string, never>, 'quotes' | 'separator'>,
  line: string,
): readonly string[] | null {
  const cells = cellFinder(table);
  const count = cells.find(line, 0);
  return count < 0 ? null : Array.from({ length: count }, (_, index) => cells.at(index));
}

/** The cells of one line after the other, each taken out of it only when it is asked for. */
export type CellFinder = {
  /** Takes the line, from its sign at `from`; how many cells it has, -1 when a quote is left open. */
  readonly find: (line: string, from: number) => number;
  /** A cell of that line, out of its quotes; empty where there is none. */
  readonly at: (index: number) => string;
};

export function cellFinder({
  quotes,
  separator,
}: Pick<TableFormat<string, never>, 'quotes' | 'separator'>): CellFinder {
  const sign = separator.charCodeAt(0);
  let text = '';
  let count = 0;
  let doubled = false;
  /** Where the cells start and end; those in quotes, after and before them. */
  let starts = new Int32Array(64);
  let ends = new Int32Array(64);
  return { find, at };

  function find(line: string, from: number): number {
    text = line;
    count = 0;
    doubled = false;
    let start = from;
    for (;;) {
      if (quotes && line.charCodeAt(start) === QUOTE) {
        const end = closing(line, start + 1);
        const isLast = end + 1 === line.length;
        if (end < 0 || (!isLast && line.charCodeAt(end + 1) !== sign)) return -1;
        note(start + 1, end);
        if (isLast) return count;
        start = end + 2;
      } else {
        let end = start;
        while (end < line.length && line.charCodeAt(end) !== sign) end += 1;
        note(start, end);
        if (end === line.length) return count;
        start = end + 1;
      }
    }
  }

  /** Where the quote that ends the cell is; one that is doubled stands for itself. */
  function closing(line: string, from: number): number {
    for (let at = from; at < line.length; at += 1) {
      if (line.charCodeAt(at) !== QUOTE) continue;
      if (line.charCodeAt(at + 1) !== QUOTE) return at;
      doubled = true;
      at += 1;
    }
    return -1;
  }

  function note(start: number, end: number): void {
    if (count === starts.length) {
      starts = withRoom(starts);
      ends = withRoom(ends);
    }
    starts[count] = start;
    ends[count] = end;
    count += 1;
  }

  function at(index: number): string {
    if (index >= count) return '';
    const start = starts[index] ?? 0;
    const cell = text.slice(start, ends[index]);
    return doubled && text.charCodeAt(start - 1) === QUOTE ? cell.replaceAll('""', '"') : cell;
  }
}

const QUOTE = 34;

function withRoom(places: Int32Array): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(places.length * 2);
  wider.set(places);
  return wider;
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
