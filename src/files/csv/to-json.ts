import {
  add,
  type Decimal,
  decimal,
  decimalText,
  isNegative,
  magnitude,
  negate,
  subtract,
} from '../../core/decimal.ts';
import type { DocumentKind } from '../../core/document.ts';
import type { CsvField } from '../../schema/csv-fields.ts';
import { dateIn } from './days.ts';
import { type Columns, cellOf, faultAt, headerOf, read, sameInAll } from './document-rows.ts';
import { linesOf } from './lines.ts';
import { paymentsOf } from './payments.ts';
import type { Row } from './records.ts';
import { amountIn, CellFault, isCutNumber } from './values.ts';
import { countryIn, isReadStatus, kindIn } from './words.ts';

type Json = Readonly<Record<string, unknown>>;

/** What makes rows one document; those that follow one another with the same. */
const IDENTITY: readonly CsvField[] = [
  'kind',
  'key',
  'orderId',
  'orderNumber',
  'documentNumber',
  'invoiceNumber',
  'creditNoteNumber',
];
const NUMBERS: readonly CsvField[] = IDENTITY.slice(1);

/** What a row says of whose document it is. */
export function identityOf(columns: Columns, row: Row): readonly string[] {
  return IDENTITY.map((field) => cellOf(columns, row, field));
}

/** Whether a row goes on with the document of the one before: it repeats what it says, or leaves it out. */
export function goesOn(before: readonly string[], next: readonly string[]): boolean {
  let same = false;
  for (const [at, value] of next.entries()) {
    if (value === '') continue;
    if (value !== before[at]) return false;
    if (at > 0) same = true;
  }
  return same;
}

/** Whether a row names a document at all. */
export function hasNumber(columns: Columns, row: Row): boolean {
  return NUMBERS.some((field) => cellOf(columns, row, field) !== '');
}

/**
 * The rows of one document in the JSON of `comptoir-sales`; null: the layout leaves them out. Throws `RowFault` with the
 * first cell that cannot be read.
 */
export function documentJsonOf(columns: Columns, rows: readonly Row[]): Json | null {
  const [first] = rows;
  if (first === undefined) return null;
  const text = (field: CsvField) => firstText(columns, rows, field);
  const stated = kindStated(columns, first);
  const status = text('status');
  if (stated === 'left' || !isRead(columns, first, status)) return null;
  const ids = Object.fromEntries(NUMBERS.map((field) => [field, idText(columns, rows, field)])) as Record<
    CsvField,
    string | null
  >; // of the list above
  const currency = currencyIn(columns, rows);
  const lines = linesOf(columns, rows, currency);
  if (lines.length === 0) throw faultAt(first, '', '', 'csv-no-amount');
  const totals = totalsOf(columns, rows, lines);
  const kind = stated ?? (isNegative(totals.gross) ? 'creditNote' : 'sale');
  const flipped = kind === 'creditNote' && isNegative(totals.gross);
  const date = (field: CsvField) =>
    sameInAll(columns, rows, field, (cell) => dateIn(cell, columns.layout.dates, columns.zoned));
  const own = date('date');
  const documentDate = (kind === 'sale' ? date('invoiceDate') : date('creditNoteDate')) ?? own;
  const orderDate = date('orderDate') ?? own ?? documentDate;
  if (orderDate === null) throw faultAt(first, headerOf(columns, ['orderDate', 'date', 'invoiceDate']), '', 'missing');
  const order =
    ids.orderId ?? ids.orderNumber ?? ids.documentNumber ?? ids.invoiceNumber ?? ids.creditNoteNumber ?? ids.key ?? '';
  const number =
    kind === 'sale' ? (ids.invoiceNumber ?? ids.documentNumber) : (ids.creditNoteNumber ?? ids.documentNumber);
  const noteId = number ?? ids.invoiceNumber ?? `${order}/${(documentDate ?? orderDate).slice(0, 10)}`;
  const invoiceNumber = kind === 'sale' ? number : ids.invoiceNumber;
  const key = ids.key ?? (kind === 'creditNote' ? noteId : saleKey(columns, first, number, order));
  return without({
    kind,
    key: /^(?:sale|creditNote)\//.test(key) ? key : `${kind}/${key}`,
    order: without({ id: order, number: ids.orderNumber, date: orderDate }),
    invoice: invoiceNumber === null ? null : without({ number: invoiceNumber, date: date('invoiceDate') }),
    creditNote: kind === 'sale' ? null : without({ id: noteId, number, date: documentDate ?? orderDate }),
    status: status === null ? null : { code: status },
    channel: named(text('channel')),
    subShop: named(text('subShop')),
    customer: customerOf(text),
    billing: addressOf(columns, rows, 'country'),
    delivery: addressOf(columns, rows, 'deliveryCountry'),
    currency: { code: currency },
    lines: flipped ? lines.map(turned) : lines,
    payments: paymentsOf(columns, rows, { kind, currency, gross: totals.gross, date: documentDate ?? orderDate }),
    totals: Object.fromEntries(
      Object.entries(totals).map(([side, amount]) => [side, decimalText(flipped ? negate(amount) : amount, 2)]),
    ),
  });
}

function kindStated(columns: Columns, row: Row): DocumentKind | 'left' | null {
  const { layout } = columns;
  const found = read(columns, row, 'kind', (cell) => {
    const known = layout.kinds[cell.trim()] ?? kindIn(cell);
    if (known === null) throw new CellFault('csv-kind');
    return known;
  });
  return found ?? (layout.kind === 'bySign' ? null : layout.kind);
}

function isRead({ layout, at }: Columns, row: Row, status: string | null): boolean {
  if (status === null) return true;
  const known = layout.statuses[status] ?? (isReadStatus(status) ? 'read' : null);
  if (known === null) throw faultAt(row, layout.columns[at.get('status') ?? 0]?.header ?? '', status, 'csv-status');
  return known === 'read';
}

/** An order's sale is known by its order; where an order may have several, by its own number, which must then be there. */
function saleKey(columns: Columns, row: Row, number: string | null, order: string): string {
  if (columns.layout.documents === 'order') return order;
  if (number !== null) return number;
  throw faultAt(row, headerOf(columns, ['invoiceNumber', 'documentNumber']), '', 'missing');
}

function idText(columns: Columns, rows: readonly Row[], field: CsvField): string | null {
  return sameInAll(columns, rows, field, (cell) => {
    const text = cell
      .trim()
      .replace(/^="([^"]*)"$/, '$1')
      .replace(/^'/, '');
    if (isCutNumber(text)) throw new CellFault('csv-cut-number');
    return text === '' ? null : text;
  });
}

function currencyIn(columns: Columns, rows: readonly Row[]): string {
  const signs: Readonly<Record<string, string>> = { '€': 'EUR', EURO: 'EUR', EUROS: 'EUR', $: 'USD', '£': 'GBP' };
  const found = sameInAll(columns, rows, 'currency', (cell) => {
    const text = cell.trim().toUpperCase();
    const code = signs[text] ?? text;
    if (code !== '' && !/^[A-Z]{3}$/.test(code)) throw new CellFault('not-currency');
    return code === '' ? null : code;
  });
  return found ?? columns.layout.currency ?? 'EUR'; // the layout has one wherever a column may not say it
}

function totalsOf(
  columns: Columns,
  rows: readonly Row[],
  lines: readonly Json[],
): Record<'net' | 'tax' | 'gross', Decimal> {
  const stated = (field: CsvField) => {
    const amount = sameInAll(columns, rows, field, (cell) => amountIn(cell, columns.layout.decimal));
    return amount === null ? null : decimal(amount);
  };
  const of = (side: 'net' | 'gross') => lines.map((line) => decimal(String(line[side]))).reduce(add);
  const [net, tax, gross] = [stated('totalNet'), stated('totalVat'), stated('totalGross')];
  const lineTax = subtract(of('gross'), of('net'));
  if (gross === null) {
    const wholeNet = net ?? of('net');
    const wholeTax = tax ?? lineTax;
    return { net: wholeNet, tax: wholeTax, gross: add(wholeNet, wholeTax) };
  }
  if (net !== null) return { net, tax: tax ?? subtract(gross, net), gross };
  return { net: subtract(gross, tax ?? lineTax), tax: tax ?? lineTax, gross };
}

function customerOf(text: (field: CsvField) => string | null): Json {
  const [id, name, company, vat, email] = (
    ['customerId', 'customerName', 'company', 'vatNumber', 'email'] as const
  ).map((field) => text(field));
  return without({
    id: id ?? null,
    firstName: text('firstName'),
    lastName: text('lastName') ?? name ?? null,
    company: company ?? null,
    email: email ?? null,
    phone: text('phone'),
    vatNumber: vat == null ? null : { value: vat.toUpperCase().replace(/[\s.-]/g, '') },
  });
}

function addressOf(columns: Columns, rows: readonly Row[], field: 'country' | 'deliveryCountry'): Json | null {
  const country = sameInAll(columns, rows, field, (cell) => {
    if (cell.trim() === '') return null;
    const code = countryIn(cell);
    if (code === null) throw new CellFault('csv-country');
    return code;
  });
  return country === null ? null : { country };
}

/** A line of the other sign: where a file says what is given back as less than nothing. */
function turned(line: Json): Json {
  const flip = (text: unknown) => decimalText(negate(decimal(String(text))), 2);
  const taxes = line.taxes as readonly Json[] | undefined; // as `linesOf` makes them
  return {
    ...line,
    net: flip(line.net),
    gross: flip(line.gross),
    ...(taxes && { taxes: taxes.map((tax) => ({ ...tax, amount: flip(tax.amount) })) }),
    ...(line.quantity !== undefined && { quantity: decimalText(magnitude(decimal(String(line.quantity)))) }),
  };
}

function firstText(columns: Columns, rows: readonly Row[], field: CsvField): string | null {
  for (const row of rows) {
    const text = cellOf(columns, row, field);
    if (text !== '') return text;
  }
  return null;
}

function named(text: string | null): Json | null {
  return text === null ? null : { id: text, name: text };
}

function without(fields: Json): Json {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
}
