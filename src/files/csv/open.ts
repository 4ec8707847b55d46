import { add, type Decimal, decimal, decimalText, equal, subtract, ZERO } from '../../core/decimal.ts';
import type { DocumentKind } from '../../core/document.ts';
import { Failure } from '../../core/problem.ts';
import { AMOUNTS } from '../../schema/csv-fields.ts';
import { Unreadable } from '../../schema/decode.ts';
import { readDocument } from '../../schema/sales-document.ts';
import type { ReadItem } from '../../shops/reader.ts';
import type { Bytes } from '../bytes.ts';
import { type FileLot, LOT, type SalesFile } from '../sales-file.ts';
import { unreadableRows } from '../unreadable.ts';
import { type Columns, columnsOf, faultAt, RowFault } from './document-rows.ts';
import { type Row, rowsOf } from './records.ts';
import type { CsvTable } from './table.ts';
import { textIn } from './text.ts';
import { documentJsonOf, goesOn, hasNumber, identityOf } from './to-json.ts';
import { amountIn, CellFault } from './values.ts';
import { isTotalWord } from './words.ts';

/** Days of a file without a zone are civil days; instants in it go by this zone unless the profile has one. */
const NO_ZONE = 'UTC';
/** Rows of a document: one that has more is no order. */
const MAX_ROWS = 20_000;

/**
 * A CSV of sales as a file of documents, the rows of each one after another. Nothing is read while a question of its
 * layout is open: the failure names it. A document whose rows stand in several places is held in each of them, never read
 * in part: the file is gone through once before to find those.
 */
export function openCsv(bytes: Bytes, table: CsvTable, timeZone: string | null): SalesFile {
  if (table.headless) throw new Failure('file.csv-headless', { path: bytes.name });
  const [open] = table.questions;
  if (open !== undefined) throw new Failure('file.csv-unsure', { path: bytes.name, question: `csv-ask-${open.id}` });
  const name = bytes.name.replace(/^.*[\\/]/, '').replace(/\.\w{1,5}$/, '');
  const { currency } = table.layout;
  let documents = 0;
  const shop = { id: name, name, currency: currency ?? 'EUR', timeZone: timeZone ?? NO_ZONE, country: null };
  return { format: 'csv', header: { shop }, lots: lots(), documents: () => documents };

  async function* lots(): AsyncGenerator<FileLot> {
    const apart = await keysApart(documentsOf(bytes, table, timeZone, NONE));
    for await (const lot of documentsOf(bytes, table, timeZone, apart)) {
      documents += lot.items.length;
      yield lot;
    }
  }
}

const NONE: ReadonlySet<string> = new Set();

/** Keys that documents of several places of a file have. */
async function keysApart(lots: AsyncIterable<FileLot>): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  const apart = new Set<string>();
  for await (const { items } of lots) {
    for (const item of items) {
      if (item.state !== 'read') continue;
      const { key } = item.document;
      if (seen.has(key)) apart.add(key);
      seen.add(key);
    }
  }
  return apart;
}

async function* documentsOf(
  bytes: Bytes,
  table: CsvTable,
  timeZone: string | null,
  apart: ReadonlySet<string>,
): AsyncGenerator<FileLot> {
  const { layout } = table;
  const columns = columnsOf(layout, timeZone !== null);
  const zone = timeZone ?? NO_ZONE;
  const sums = columnSums(columns);
  let items: ReadItem[] = [];
  let rows: Row[] = [];
  let identity: readonly string[] = [];
  let passed = 0;
  for await (const { rows: next, broken } of rowsOf(textIn(bytes, table.encoding), layout.delimiter)) {
    for (const row of next) {
      passed += 1;
      if (passed <= layout.headerRow || row.cells.every((cell) => cell.trim() === '')) continue;
      take(row);
    }
    for (; items.length >= LOT; items = items.slice(LOT)) yield { items: items.slice(0, LOT), broken: null };
    if (broken === null) continue;
    end();
    yield { items, broken };
    return;
  }
  end();
  yield { items, broken: null };

  function take(row: Row): void {
    if (isTotals(columns, row)) {
      end();
      const fault = sums.against(row);
      if (fault !== null) items.push(unreadableRows(null, fault.problem));
      return;
    }
    const own = identityOf(columns, row);
    if (rows.length === 0 || !goesOn(identity, own) || rows.length >= MAX_ROWS) {
      end();
      identity = own;
    }
    rows.push(row);
    sums.add(row);
  }

  function end(): void {
    if (rows.length === 0) return;
    const item = itemOf(columns, rows, { identity, zone, apart });
    rows = [];
    if (item !== null) items.push(item);
  }
}

function itemOf(
  columns: Columns,
  rows: readonly Row[],
  { identity, zone, apart }: { identity: readonly string[]; zone: string; apart: ReadonlySet<string> },
): ReadItem | null {
  const [first] = rows;
  if (first === undefined) return null;
  const named = {
    kind: guessKind(columns),
    key: `line/${first.line}`,
    order: { id: identity.slice(1).find((id) => id !== '') },
  };
  try {
    check(columns, rows);
    const json = documentJsonOf(columns, rows);
    if (json === null) return null;
    const document = readDocument(json, zone);
    if (apart.has(document.key)) throw faultAt(first, '', document.key, 'csv-rows-apart');
    return { state: 'read', document, raw: null };
  } catch (error) {
    if (error instanceof RowFault) return unreadableRows(named, error.problem);
    if (!(error instanceof Unreadable)) throw error;
    return unreadableRows(named, { line: first.line, column: error.path, value: '', reason: error.reason });
  }
}

/** Rows that cannot be what their file says: more cells than columns, a quote that took other rows in, no number. */
function check({ layout, ...columns }: Columns, rows: readonly Row[]): void {
  const count = layout.columns.length;
  for (const row of rows) {
    const more = row.cells.findIndex((cell, at) => at >= count && cell.trim() !== '');
    if (more >= 0) throw faultAt(row, '', row.cells[more] ?? '', `csv-more-cells: ${count}`);
    const swallowed = row.cells.findIndex(
      (cell) =>
        cell.includes('\n') &&
        cell.split('\n').some((text) => text.split(layout.delimiter).length > Math.max(2, count / 2)),
    );
    if (swallowed >= 0) throw faultAt(row, layout.columns[swallowed]?.header ?? '', '', 'quote-not-closed');
    if (!hasNumber({ layout, ...columns }, row)) throw faultAt(row, '', '', 'csv-no-number');
  }
}

/** A row that adds up those above it: no number of a document, and the word for it. */
function isTotals(columns: Columns, row: Row): boolean {
  const numbers = identityOf(columns, row).slice(1);
  return numbers.every((text) => text === '' || isTotalWord(text)) && row.cells.some(isTotalWord);
}

/** Sums of the columns of amounts, to be held against a row of totals. */
function columnSums({ layout }: Columns) {
  const at = layout.columns.flatMap(({ field }, index) => (field !== null && AMOUNTS.has(field) ? [index] : []));
  const sums = new Map<number, { all: Decimal; part: Decimal }>(at.map((index) => [index, { all: ZERO, part: ZERO }]));
  const amount = (row: Row, index: number): Decimal | null => {
    try {
      const text = amountIn(row.cells[index] ?? '', layout.decimal);
      return text === null ? null : decimal(text);
    } catch (error) {
      if (!(error instanceof CellFault)) throw error;
      return null; // its document is held for it
    }
  };
  return {
    add: (row: Row): void => {
      for (const [index, { all, part }] of sums) {
        const more = amount(row, index);
        if (more !== null) sums.set(index, { all: add(all, more), part: add(part, more) });
      }
    },
    /** Of all rows above, or those since the last row of totals. */
    against: (row: Row): RowFault | null => {
      let fault: RowFault | null = null;
      for (const [index, { all, part }] of sums) {
        const stated = amount(row, index);
        if (stated !== null && !equal(stated, all) && !equal(stated, part)) {
          const difference = decimalText(subtract(stated, all), 2);
          fault ??= faultAt(
            row,
            layout.columns[index]?.header ?? '',
            row.cells[index] ?? '',
            `csv-totals: ${difference}`,
          );
        }
        sums.set(index, { all, part: ZERO });
      }
      return fault;
    },
  };
}

function guessKind({ layout }: Columns): DocumentKind {
  return layout.kind === 'creditNote' ? 'creditNote' : 'sale';
}
