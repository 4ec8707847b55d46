import { AMOUNTS, CSV_DELIMITERS, type CsvField, DAYS, OF_RATE } from '../../schema/csv-fields.ts';
import type { CsvLayout } from '../../schema/csv-layout.ts';
import { ordersOf } from './days.ts';
import { fieldNamed, fold, type Named, rankOf } from './names.ts';
import { firstRows, type Row, saidDelimiter } from './records.ts';
import { amountIn, bare, decimalSignOf } from './values.ts';

/** Rows that are looked at: more would tell little more. */
const LOOKED_AT = 1000;
/** Titles that may stand above the names of the columns. */
const MAX_TITLES = 20;

/** Beside these a rate must be known. */
export const WITH_VAT: ReadonlySet<CsvField> = new Set<CsvField>([
  ...(['vat', 'gross', 'unitGross', 'shippingVat', 'shippingGross', 'totalVat'] as const),
]);

export type Sample = { readonly header: readonly string[]; readonly headerRow: number; readonly rows: readonly Row[] };

/** What a person has already said of how a file is cut into cells. */
export type Cutting = Pick<CsvLayout, 'delimiter' | 'headerRow'>;

/**
 * How a text is cut into cells: by the sign that gives most names of columns that are known, then most rows the same number
 * of cells. Null: it is no table.
 */
export function cuttingOf(text: string): Cutting | null {
  const said = CSV_DELIMITERS.find((delimiter) => delimiter === saidDelimiter(text));
  let best: (Cutting & { readonly score: number }) | null = null;
  for (const delimiter of said === undefined ? CSV_DELIMITERS : [said]) {
    const rows = firstRows(text, delimiter, 50);
    const counts = rows.map(({ cells }) => cells.length).filter((count) => count > 1);
    const usual = mostFrequent(counts);
    if (usual === null) continue;
    const named = rows
      .slice(0, MAX_TITLES)
      .map(({ cells }) => cells.filter((cell) => fieldNamed(cell) !== null).length);
    const most = Math.max(...named);
    const widest = rows.findIndex(({ cells }) => cells.filter((cell) => cell.trim() !== '').length > 1);
    const headerRow = (most >= 2 ? named.indexOf(most) : Math.max(widest, 0)) + 1;
    const score = most * 1e6 + counts.filter((count) => count === usual).length * 1000 + Math.min(usual, 999);
    if (best === null || score > best.score) best = { delimiter, headerRow, score };
  }
  return best && { delimiter: best.delimiter, headerRow: best.headerRow };
}

export function sampleOf(text: string, { delimiter, headerRow }: Cutting, whole: boolean): Sample {
  const rows = firstRows(text, delimiter, LOOKED_AT + headerRow);
  const below = rows.slice(headerRow).filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  return {
    header: (rows[headerRow - 1]?.cells ?? []).map((cell) => cell.trim()),
    headerRow,
    rows: whole || below.length > LOOKED_AT - 1 ? below : below.slice(0, -1), // the last one may be cut off
  };
}

/** What a file's names and values say of it; what they do not say for certain stays null. */
export function guessed(sample: Sample, delimiter: CsvLayout['delimiter'], wanted: 'sale' | 'creditNote'): CsvLayout {
  const columns = meanings(sample);
  const indexes = (fields: ReadonlySet<CsvField>) =>
    columns.flatMap(({ field }, index) => (field !== null && fields.has(field) ? [index] : []));
  const has = (field: CsvField) => columns.some((column) => column.field === field);
  const cells = (at: readonly number[]) => sample.rows.flatMap((row) => at.map((index) => row.cells[index] ?? ''));
  const amounts = cells(indexes(AMOUNTS));
  const decimal = signOf(amounts.length > 0 ? amounts : sample.rows.flatMap((row) => row.cells)); // they may be named yet
  const bySign = has('kind') || amounts.some((cell) => /^[-−(]/.test(bare(cell))) || wanted === 'sale';
  return {
    ...{ format: 'comptoir-csv-layout', version: 1, encoding: 'auto', delimiter, headerRow: sample.headerRow },
    ...{ decimal, dates: orderOf(cells(indexes(DAYS))) },
    rates: ratesOf(cells(indexes(new Set<CsvField>(['vatRate', 'shippingVatRate'])))),
    kind: bySign ? 'bySign' : null,
    ...{ kinds: {}, statuses: {} },
    documents: numbered(sample, columns) ? 'number' : 'order',
    currency: currencyOf(sample.header, amounts),
    vatRate: columns.some(({ field }) => field !== null && WITH_VAT.has(field)) ? null : 'none',
    shipping: shippingOf(sample, columns),
    payments: has('paymentMethod') && !has('paymentAmount') ? null : 'none',
    columns,
  };
}

type Column = CsvLayout['columns'][number];

/** The meaning of each column by its name, each but those of a rate given once, to the better name. */
function meanings(sample: Sample): Column[] {
  const { header } = sample;
  const named = header.map((name) => fieldNamed(name));
  const exported = header.some((name) => fold(name) === 'lineitem name');
  const orderAt = exported ? header.findIndex((name) => fold(name) === 'name') : -1;
  const best = new Map<Named['field'], number>();
  named.forEach((one, at) => {
    if (one === null || one.rate !== undefined) return;
    const before = best.get(one.field);
    if (before === undefined || rankOf(header[at] ?? '', one.field) < rankOf(header[before] ?? '', one.field))
      best.set(one.field, at);
  });
  const wholes = wholesOf(
    sample,
    best,
    named.some((one) => one?.rate !== undefined),
  );
  return header.map((name, at): Column => {
    const one = named[at] ?? null;
    if (at === orderAt) return { header: name, field: 'orderNumber' };
    if (one === null) return { header: name, field: null };
    if (one.rate !== undefined && OF_RATE.has(one.field as CsvField))
      return { header: name, field: one.field as CsvField, rate: one.rate };
    return { header: name, field: best.get(one.field) === at ? (wholes.get(one.field) ?? plain(one.field)) : null };
  });
}

function plain(field: Named['field']): CsvField | null {
  return field === 'anyNet' || field === 'anyVat' || field === 'anyGross' ? null : field;
}

/** What `Total TTC` and the like are: of the whole document where another column is the line's, else what its rows show. */
function wholesOf({ rows }: Sample, best: ReadonlyMap<Named['field'], number>, byRate: boolean) {
  const first = (fields: readonly CsvField[]) => fields.map((field) => best.get(field)).find((at) => at !== undefined);
  const order = first(['orderNumber', 'orderId', 'documentNumber', 'invoiceNumber']);
  const shipping = first(['shippingGross', 'shippingNet']) !== undefined;
  const pairs = rows.flatMap((row, at) => {
    const before = rows[at - 1];
    const number = order === undefined ? '' : (row.cells[order] ?? '');
    return before !== undefined && number !== '' && before.cells[order ?? 0] === number ? [[before, row] as const] : [];
  });
  const meaning = (any: Named['field'], line: CsvField, whole: CsvField): [Named['field'], CsvField] => {
    const at = best.get(any) ?? -1;
    const same = pairs.length > 0 && pairs.every(([one, other]) => one.cells[at] === other.cells[at]);
    return [any, best.has(line) || byRate || shipping || same ? whole : line];
  };
  return new Map([
    meaning('anyNet', 'net', 'totalNet'),
    meaning('anyVat', 'vat', 'totalVat'),
    meaning('anyGross', 'gross', 'totalGross'),
  ]);
}

/** The sign before decimals; null where the amounts may be read either way, or contradict one another. */
export function signOf(cells: readonly string[]): CsvLayout['decimal'] {
  const told = new Set(cells.map(decimalSignOf).filter((sign) => sign !== undefined));
  const sure = [',', '.'].filter((sign): sign is ',' | '.' => told.has(sign as ',' | '.'));
  if (sure.length === 1) return sure[0] ?? null;
  return sure.length === 0 && !told.has(null) ? '.' : null; // whole numbers alone
}

/** The order of numbers in dates that all of them allow; null where more than one is left. */
function orderOf(cells: readonly string[]): CsvLayout['dates'] {
  const left = ordersLeft(cells);
  if (left === null) return 'ymd'; // no dates of numbers alone
  return left.size === 1 ? ([...left][0] ?? null) : null;
}

/** Orders that all dates of numbers allow; null: there are none. */
export function ordersLeft(cells: readonly string[]): ReadonlySet<'dmy' | 'mdy' | 'ymd'> | null {
  let left: ReadonlySet<'dmy' | 'mdy' | 'ymd'> | null = null;
  for (const cell of cells) {
    const orders = ordersOf(cell);
    if (orders === null || orders.size === 0) continue; // no date at all: its document is held for it
    const before: ReadonlySet<'dmy' | 'mdy' | 'ymd'> = left ?? orders;
    left = new Set([...before].filter((order) => orders.has(order)));
  }
  return left;
}

function ratesOf(cells: readonly string[]): CsvLayout['rates'] {
  const rates = cells
    .map((cell) => bare(cell).replace(',', '.'))
    .filter((cell) => /^\d*\.?\d+$/.test(cell) && !/^[0.]+$/.test(cell));
  return rates.length > 0 && rates.every((rate) => /^0?\./.test(rate)) ? 'fraction' : 'percent';
}

/** Whether documents have numbers of their own: a column of them that is never empty. */
function numbered({ rows }: Sample, columns: readonly Column[]): boolean {
  const at = columns.findIndex(({ field }) => field === 'invoiceNumber' || field === 'documentNumber');
  return at >= 0 && rows.length > 0 && rows.every((row) => (row.cells[at] ?? '').trim() !== '');
}

function currencyOf(header: readonly string[], amounts: readonly string[]): string | null {
  const text = [...header, ...amounts].join('\n');
  const found = (
    [
      ['EUR', /€|\bEUR\b/],
      ['GBP', /£|\bGBP\b/],
      ['USD', /\$|\bUSD\b/],
      ['CHF', /\bCHF\b/],
    ] as const
  )
    .filter(([, sign]) => sign.test(text))
    .map(([code]) => code);
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** Carriage said again on each row of a document may be of each or of the whole: only a person knows. */
function shippingOf({ rows }: Sample, columns: readonly Column[]): CsvLayout['shipping'] {
  const of = (field: CsvField) => columns.findIndex((column) => column.field === field);
  const at = [of('shippingGross'), of('shippingNet')].find((index) => index >= 0);
  const order = [of('orderNumber'), of('orderId'), of('documentNumber'), of('invoiceNumber')].find(
    (index) => index >= 0,
  );
  if (at === undefined || order === undefined) return 'row';
  const doubtful = rows.some((row, index) => {
    const before = rows[index - 1];
    const [cell, same] = [row.cells[at] ?? '', before?.cells[at] ?? ''];
    return (
      before !== undefined &&
      row.cells[order] !== '' &&
      before.cells[order] === row.cells[order] &&
      !isNothing(cell) &&
      cell === same
    );
  });
  return doubtful ? null : 'row';
}

function isNothing(cell: string): boolean {
  try {
    return /^0*(?:[.,]0*)?$/.test(bare(cell)) || amountIn(cell, null) === null;
  } catch {
    return false; // it holds something, which is told when it is read
  }
}

function mostFrequent(counts: readonly number[]): number | null {
  const seen = new Map<number, number>();
  for (const count of counts) seen.set(count, (seen.get(count) ?? 0) + 1);
  const [[usual] = [null]] = [...seen].sort(([a, x], [b, y]) => y - x || b - a);
  return usual;
}
