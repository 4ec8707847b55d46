import type { CsvField } from '../../schema/csv-fields.ts';
import type { CsvLayout } from '../../schema/csv-layout.ts';
import type { Row } from './records.ts';
import { amountIn, bare, CellFault } from './values.ts';

/** Where a fault is: the row's line and the column's name, with what its cell holds. */
export type CellProblem = {
  readonly line: number;
  readonly column: string;
  readonly value: string;
  readonly reason: string;
};

/** A document whose rows cannot be read; the first cell that is wrong is told. */
export class RowFault extends Error {
  readonly problem: CellProblem;

  constructor(problem: CellProblem) {
    super(problem.reason);
    this.problem = problem;
  }
}

/** A layout made ready: where each meaning stands among the columns. */
export type Columns = {
  readonly layout: CsvLayout;
  /** Whether the profile says the shop's zone, which instants need. */
  readonly zoned: boolean;
  /** Of fields that one column has. */
  readonly at: ReadonlyMap<CsvField, number>;
  /** Columns of one rate, by rate. */
  readonly byRate: ReadonlyMap<string, Partial<Record<'netOfRate' | 'vatOfRate' | 'grossOfRate', number>>>;
};

export function columnsOf(layout: CsvLayout, zoned: boolean): Columns {
  const at = new Map<CsvField, number>();
  const byRate = new Map<string, Partial<Record<'netOfRate' | 'vatOfRate' | 'grossOfRate', number>>>();
  layout.columns.forEach(({ field, rate }, index) => {
    if (field === null) return;
    if (rate === undefined) at.set(field, index);
    else if (field === 'netOfRate' || field === 'vatOfRate' || field === 'grossOfRate')
      byRate.set(rate, { ...byRate.get(rate), [field]: index });
  });
  return { layout, zoned, at, byRate };
}

/** The cell of a field, without what spreadsheets put around it; empty where there is none. */
export function cellOf({ at }: Columns, row: Row, field: CsvField): string {
  const index = at.get(field);
  return index === undefined ? '' : bare(row.cells[index] ?? '');
}

/** Reads the cell of a column, saying where it stands when it cannot be read. */
export function readAt<Value>({ layout }: Columns, row: Row, index: number, read: (cell: string) => Value): Value {
  const cell = row.cells[index] ?? '';
  try {
    return read(cell);
  } catch (error) {
    if (!(error instanceof CellFault)) throw error;
    throw faultAt(row, layout.columns[index]?.header ?? '', cell, error.reason);
  }
}

export function read<Value>(columns: Columns, row: Row, field: CsvField, how: (cell: string) => Value): Value | null {
  const index = columns.at.get(field);
  return index === undefined ? null : readAt(columns, row, index, how);
}

export function amountAt(columns: Columns, row: Row, field: CsvField): string | null {
  return read(columns, row, field, (cell) => amountIn(cell, columns.layout.decimal));
}

export function faultAt({ line }: Row, column: string, cell: string, reason: string): RowFault {
  return new RowFault({ line, column, value: bare(cell).slice(0, 40), reason });
}

/** The first cell of a field that holds something, among a document's rows; two that differ are a fault. */
export function sameInAll<Value extends string>(
  columns: Columns,
  rows: readonly Row[],
  field: CsvField,
  how: (cell: string) => Value | null,
): Value | null {
  let found: Value | null = null;
  for (const row of rows) {
    const value = read(columns, row, field, how);
    if (value === null) continue;
    const index = columns.at.get(field) ?? 0;
    if (found !== null && value !== found) {
      throw faultAt(row, columns.layout.columns[index]?.header ?? '', row.cells[index] ?? '', 'csv-rows-differ');
    }
    found = value;
  }
  return found;
}

/** The name of the first of these columns that the file has. */
export function headerOf({ layout, at }: Columns, wanted: readonly CsvField[]): string {
  const index = wanted.map((field) => at.get(field)).find((found) => found !== undefined);
  return index === undefined ? '' : (layout.columns[index]?.header ?? '');
}
