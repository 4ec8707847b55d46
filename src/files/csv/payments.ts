import { add, compare, type Decimal, decimal, decimalText, isNegative, magnitude, negate } from '../../core/decimal.ts';
import type { DocumentKind } from '../../core/document.ts';
import { dateIn } from './days.ts';
import { amountAt, type Columns, cellOf, faultAt, headerOf, read } from './document-rows.ts';
import type { Row } from './records.ts';

type Whole = {
  readonly kind: DocumentKind;
  readonly currency: string;
  readonly gross: Decimal;
  readonly date: string;
};
type Json = Readonly<Record<string, unknown>>;
type Met = { readonly json: Json; readonly amount: Decimal; readonly named: boolean; rows: number; last: Row };

/**
 * Payments of a document. A row may say a payment again that another row of it says, or be another one of the same amount
 * on the same day; a number of its own tells, else what the document comes to: see `timesOf`.
 */
export function paymentsOf(columns: Columns, rows: readonly Row[], whole: Whole): readonly Json[] {
  const { layout, at } = columns;
  const met = new Map<string, Met>();
  const way = whole.kind === 'sale' ? 'in' : 'out';
  for (const row of rows) {
    const method = cellOf(columns, row, 'paymentMethod');
    const stated = amountAt(columns, row, 'paymentAmount');
    const all = !at.has('paymentAmount') && layout.payments === 'whole' && method !== '' && met.size === 0;
    const said = all ? decimalText(whole.gross, 2) : stated;
    if (said === null || decimal(said).units === 0n) continue;
    const fee = amountAt(columns, row, 'fee');
    const date = read(columns, row, 'paymentDate', (cell) => dateIn(cell, layout.dates, columns.zoned)) ?? whole.date;
    const transactionId = cellOf(columns, row, 'transactionId');
    const own = cellOf(columns, row, 'paymentId');
    if (method === '') throw faultAt(row, headerOf(columns, ['paymentMethod', 'paymentAmount']), said, 'csv-no-method');
    const mark = own || [method, said, date, transactionId].join('\n');
    const before = met.get(mark);
    if (before !== undefined) {
      before.rows += 1;
      before.last = row;
      continue;
    }
    const back = isNegative(decimal(said)) && way === 'in';
    const amount = magnitude(decimal(said));
    met.set(mark, {
      json: {
        id: own || String(met.size + 1),
        direction: back ? 'out' : way,
        method: { id: method, name: method },
        date,
        amount: decimalText(amount, 2),
        ...(fee !== null && { fee: { amount: fee, currency: whole.currency } }),
        ...(transactionId !== '' && { transactionId }),
      },
      amount: back ? negate(amount) : amount,
      named: own !== '' || transactionId !== '',
      rows: 1,
      last: row,
    });
  }
  const times = timesOf(columns, [...met.values()], rows.length, magnitude(whole.gross));
  const once = [...met.values()].map(({ json }) => json);
  const again = [...met.values()].flatMap(({ json }, index) =>
    Array.from({ length: (times[index] ?? 1) - 1 }, () => json),
  );
  return [...once, ...again.map((json, index) => ({ ...json, id: String(once.length + index + 1) }))];
}

/**
 * How often each payment was made. Where counting each once comes to the document's total, or every row says the same, rows
 * repeat it; where counting each row comes to the total, each is one. What neither settles holds the document.
 */
function timesOf(columns: Columns, met: readonly Met[], rows: number, gross: Decimal): readonly number[] {
  const once = met.map(() => 1);
  const doubted = met.find((one) => one.rows > 1 && !one.named);
  if (doubted === undefined) return once;
  const each = met.map((one) => (one.named ? 1 : one.rows));
  const comesTo = (times: readonly number[]) =>
    compare(met.map(({ amount }, at) => multiple(amount, times[at] ?? 1)).reduce(add), gross) === 0;
  if (comesTo(once)) return once;
  if (comesTo(each)) return each;
  if (met.every((one) => one.named || one.rows === 1 || one.rows === rows)) return once;
  const { last, json } = doubted;
  throw faultAt(last, headerOf(columns, ['paymentAmount', 'paymentMethod']), String(json.amount), 'csv-payment-again');
}

function multiple({ units, scale }: Decimal, times: number): Decimal {
  return { units: units * BigInt(times), scale };
}
