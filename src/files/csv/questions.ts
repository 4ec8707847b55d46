import { type CsvField, DAYS, OF_RATE } from '../../schema/csv-fields.ts';
import type { CsvLayout } from '../../schema/csv-layout.ts';
import type { CsvQuestion } from '../../schema/csv-preview.ts';
import { ordersLeft, type Sample, signOf, WITH_VAT } from './guess.ts';
import { bare } from './values.ts';
import { isReadStatus, kindIn } from './words.ts';

const SHOWN = 5;
const NUMBERS: readonly CsvField[] = [
  'key',
  'orderId',
  'orderNumber',
  'documentNumber',
  'invoiceNumber',
  'creditNoteNumber',
];
const SIDES: readonly CsvField[] = ['net', 'gross', 'unitNet', 'unitGross', 'netOfRate', 'grossOfRate', 'untaxed'];
const DOCUMENT_DAYS: readonly CsvField[] = ['orderDate', 'date', 'invoiceDate', 'creditNoteDate'];

/** The questions a layout leaves open for a file; none: it can be read. */
export function questionsOf(layout: CsvLayout, { rows }: Sample): readonly CsvQuestion[] {
  const { columns } = layout;
  const found: CsvQuestion[] = [];
  const has = (fields: readonly CsvField[]) => columns.some(({ field }) => field !== null && fields.includes(field));
  const ask = (id: CsvQuestion['id'], values: readonly string[] = []) =>
    found.push({ id, values: values.slice(0, 20) });
  const seen = (fields: ReadonlySet<CsvField>, wanted: RegExp): string[] => {
    const at = columns.flatMap(({ field }, index) => (field !== null && fields.has(field) ? [index] : []));
    const cells = rows.flatMap((row) => at.map((index) => bare(row.cells[index] ?? '')));
    return [...new Set(cells.filter((cell) => wanted.test(cell)))];
  };
  if (!has(NUMBERS)) ask('number');
  if (!has(DOCUMENT_DAYS)) ask('date');
  if (!has(SIDES)) ask('amount');
  const twice = columns.filter(({ field, rate }, at) =>
    columns.some((other, index) => index < at && field !== null && other.field === field && other.rate === rate),
  );
  if (twice.length > 0)
    ask(
      'twice',
      twice.map(({ header }) => header),
    );
  const amounts = seen(AMOUNT_CELLS, /[.,]/);
  const sign = signOf(amounts);
  if (layout.decimal === null || (amounts.length > 0 && sign !== null && sign !== layout.decimal))
    ask('decimal', amounts.slice(0, SHOWN));
  const days = seen(DAYS, /^\d{1,2}[/.-]/);
  const orders = ordersLeft(days);
  if (layout.dates === null || (orders !== null && orders.size > 0 && !orders.has(layout.dates)))
    ask('dates', days.slice(0, SHOWN));
  if (layout.kind === null && !has(['kind'])) ask('kind');
  if (layout.currency === null && !has(['currency'])) ask('currency');
  if (layout.vatRate === null && !has(['vatRate']) && has([...WITH_VAT])) ask('vatRate');
  if (layout.shipping === null) ask('shipping');
  if (layout.payments === null && has(['paymentMethod']) && !has(['paymentAmount'])) ask('payments');
  const values = (field: CsvField) => seen(new Set([field]), /./);
  const kinds = values('kind').filter((value) => layout.kinds[value] === undefined && kindIn(value) === null);
  if (kinds.length > 0) ask('kinds', kinds);
  const statuses = values('status').filter((value) => layout.statuses[value] === undefined && !isReadStatus(value));
  if (statuses.length > 0) ask('statuses', statuses);
  return found;
}

const AMOUNT_CELLS: ReadonlySet<CsvField> = new Set<CsvField>([
  ...([
    'unitNet',
    'unitGross',
    'net',
    'vat',
    'gross',
    'untaxed',
    'shippingNet',
    'shippingVat',
    'shippingGross',
  ] as const),
  ...(['totalNet', 'totalVat', 'totalGross', 'paymentAmount', 'fee', 'quantity'] as const),
  ...([...OF_RATE] as CsvField[]),
]);
