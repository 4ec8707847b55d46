import {
  add,
  compare,
  type Decimal,
  decimalText,
  divide,
  equal,
  isNegative,
  isPositive,
  isZero,
  magnitude,
  minimum,
  multiply,
  subtract,
  sum,
  ZERO,
} from '../../core/decimal.ts';
import type { DocumentSource, Payment } from '../../core/document.ts';
import { type Problem, problem } from '../../core/problem.ts';
import type { Header, Translation } from './header.ts';
import type { OrderPayment, OrderRecords, OrderSlip } from './order.ts';

/** A sale that payments may belong to: what it is due, and the day from which it can be paid. */
export type Payable = { readonly source: DocumentSource; readonly due: Decimal; readonly day: string };

export type PaymentsOfSales = {
  /** In the order of the sales. */
  readonly bySale: readonly (readonly Payment[])[];
  readonly remarks: readonly Problem[];
};

type Context = Translation & { readonly header: Header; readonly records: OrderRecords };

/**
 * The payments of an order. The Webservice files them under the reference, which orders split by carrier or warehouse
 * share: these take by id what each is due, and the last one the rest. Inside an order a payment stays whole, with the
 * first invoice that was there on its day and is not covered yet.
 */
export function paymentsOfSales(sales: readonly Payable[], context: Context): PaymentsOfSales {
  const { records } = context;
  const [firstSale] = sales;
  if (records.payments === null || firstSale === undefined) return { bySale: sales.map(() => []), remarks: [] };
  const due = sum(records.siblings.map((sibling) => sibling.total_paid_tax_incl));
  const total = records.siblings.length === 0 ? sum(sales.map((sale) => sale.due)) : due;
  const { kept, repeated } = withoutRepeats(records.payments, total);
  const remarks: Problem[] = [];
  if (repeated > 0) {
    const values = { count: String(repeated), amount: decimalText(total, 2) };
    remarks.push(problem('payment.repeated', 'warn', firstSale.source, values));
  }
  const own = ownPayments(kept, context);
  if (own.length === 0 && records.payments.length === 0) {
    const supposed = supposedPayment(sales, context);
    if (supposed !== null) {
      const values = {
        amount: decimalText(supposed.amount, 2),
        method: supposed.method.name ?? supposed.method.id,
        date: supposed.date,
      };
      remarks.push(problem('payment.supposed', 'warn', firstSale.source, values, `payment/${supposed.id}`));
      own.push(supposed);
    }
  }
  return { bySale: overSales(sales, own), remarks };
}

/**
 * How a credit note was paid back. The Webservice does not say it: a negative payment of that amount is the evidence,
 * else the order's own method on the day of the credit note is supposed.
 */
export function refundOf(slip: OrderSlip, gross: Decimal, context: Context): readonly Payment[] {
  const { records, clock } = context;
  if (isZero(gross) || records.refundVouchers.length > 0) return [];
  const matched = matchedRefunds(records, context).get(slip.id);
  if (matched !== undefined) return [paymentOf(matched, context)];
  if (!wasPaid(context)) return [];
  const method = ownMethodOf(records.order);
  return [{ ...BARE, id: 'supposed', direction: 'out', method, date: clock.day(slip.date_add), amount: gross }];
}

/** The method an order was placed with, paid or not yet. */
export function ownMethodOf({ module, payment }: OrderRecords['order']): Payment['method'] {
  return { id: module === '' ? payment : module, name: payment };
}

/** Whether money came in for the order as far as the shop shows it; nothing is paid back of an order never paid. */
function wasPaid({ records, reference }: Context): boolean {
  const { order, payments, histories } = records;
  if (payments === null || payments.some((row) => isPositive(row.amount))) return true;
  const states = [order.current_state, ...(histories ?? []).map((row) => row.id_order_state)];
  return isPositive(order.total_paid_real) || states.some((id) => reference.statuses.get(id)?.paid === true);
}

const BARE = { type: 'money', inCurrency: null, fee: null, transactionId: null, payoutId: null } as const;

/**
 * PrestaShop 1.6 writes the whole amount again each time an order reaches another paid state: identical payments of the
 * whole amount, without transaction, are one.
 */
function withoutRepeats(payments: readonly OrderPayment[], total: Decimal): { kept: OrderPayment[]; repeated: number } {
  const kept: OrderPayment[] = [];
  let repeated = 0;
  for (const payment of payments) {
    const same = kept.some(
      (other) =>
        isPositive(payment.amount) &&
        equal(payment.amount, total) &&
        equal(payment.amount, other.amount) &&
        payment.payment_method === other.payment_method &&
        payment.transaction_id === null &&
        other.transaction_id === null,
    );
    if (same) repeated += 1;
    else kept.push(payment);
  }
  return { kept, repeated };
}

/** This order's part of the reference's payments; refunds that a credit note shows are left to it. */
function ownPayments(rows: readonly OrderPayment[], context: Context): Payment[] {
  const { records } = context;
  const refunds = new Set([...matchedRefunds(records, context).values()].map((row) => row.id));
  const payments = rows
    .filter((row) => !isZero(row.amount) && !refunds.has(row.id))
    .sort((a, b) => (a.date_add < b.date_add ? -1 : a.date_add > b.date_add ? 1 : 0))
    .map((row) => paymentOf(row, context));
  if (records.siblings.length < 2) return payments;
  return shareOfOrder(payments, records);
}

/** Orders of one reference, by id: each takes what it is due from what the ones before left; the last takes the rest. */
function shareOfOrder(payments: readonly Payment[], { siblings, order }: OrderRecords): Payment[] {
  const left = payments.map((payment) => payment.amount);
  for (const [position, sibling] of siblings.entries()) {
    const last = position === siblings.length - 1;
    let due = sibling.total_paid_tax_incl;
    const taken: Payment[] = [];
    for (const [index, payment] of payments.entries()) {
      const available = left[index] ?? ZERO;
      const part = last || payment.direction === 'out' ? available : minimum(available, due);
      if (!isPositive(part) || (payment.direction === 'out' && !last)) continue;
      left[index] = subtract(available, part);
      due = subtract(due, part);
      const whole = equal(part, payment.amount);
      taken.push({ ...payment, amount: part, inCurrency: whole ? payment.inCurrency : null });
    }
    if (sibling.id === order.id) return taken;
  }
  return [];
}

function overSales(sales: readonly Payable[], payments: readonly Payment[]): Payment[][] {
  const bySale: Payment[][] = sales.map(() => []);
  const covered = sales.map(() => ZERO);
  for (const payment of payments) {
    const open = sales.findIndex(
      ({ due, day }, index) => day <= payment.date && compare(covered[index] ?? ZERO, due) < 0,
    );
    const index = open >= 0 ? open : sales.length === 1 ? 0 : lastBegun(sales, payment);
    bySale[index]?.push(payment);
    covered[index] = add(covered[index] ?? ZERO, payment.amount);
  }
  return bySale;
}

/** The last sale there was on the payment's day; a payment before any of them belongs to the first. */
function lastBegun(sales: readonly Payable[], payment: Payment): number {
  return Math.max(
    0,
    sales.findLastIndex((sale) => sale.day <= payment.date),
  );
}

/** An order in a paid state without any payment: one payment of what was paid, when that state was reached. */
function supposedPayment(sales: readonly Payable[], context: Context): Payment | null {
  const { records, reference, clock } = context;
  const { order, histories } = records;
  if (reference.statuses.get(order.current_state)?.paid !== true) return null;
  const amount = isPositive(order.total_paid_real) ? order.total_paid_real : sum(sales.map((sale) => sale.due));
  if (!isPositive(amount)) return null;
  const reached = (histories ?? [])
    .filter((row) => reference.statuses.get(row.id_order_state)?.paid === true)
    .map((row) => row.date_add)
    .sort()[0];
  const method = ownMethodOf(order);
  const date = reached === undefined ? clock.day(order.invoice_date ?? order.date_add) : clock.day(reached);
  return { ...BARE, id: 'supposed', direction: 'in', method, date, amount };
}

/** Negative payments by the credit note of the same amount, each used once. */
function matchedRefunds(records: OrderRecords, context: Context): Map<string, OrderPayment> {
  const matched = new Map<string, OrderPayment>();
  const free = (records.payments ?? []).filter((row) => isNegative(row.amount));
  for (const slip of records.slips ?? []) {
    const gross = add(slip.amount, slip.shipping_cost_amount);
    const index = free.findIndex((row) => equal(amountOf(row, context), gross));
    const [row] = index < 0 ? [] : free.splice(index, 1);
    if (row !== undefined) matched.set(slip.id, row);
  }
  return matched;
}

function paymentOf(row: OrderPayment, context: Context): Payment {
  const { records, reference, clock, header } = context;
  const currency = row.id_currency === null ? undefined : reference.currencies.get(row.id_currency);
  const foreign = currency !== undefined && currency.code !== header.currency.code;
  const inCurrency = foreign ? { code: currency.code, amount: magnitude(row.amount), rate: row.conversion_rate } : null;
  return {
    ...BARE,
    id: row.id,
    direction: isNegative(row.amount) ? 'out' : 'in',
    method: methodOf(row, records),
    date: clock.day(row.date_add),
    amount: amountOf(row, context),
    inCurrency,
    transactionId: row.transaction_id,
  };
}

/** Positive, in the order's currency. Rates are units for one unit of the shop's currency. */
function amountOf(row: OrderPayment, { header, records, reference }: Context): Decimal {
  const amount = magnitude(row.amount);
  const currency = row.id_currency === null ? undefined : reference.currencies.get(row.id_currency);
  if (currency === undefined || currency.code === header.currency.code || isZero(row.conversion_rate)) return amount;
  return divide(multiply(amount, records.order.conversion_rate), row.conversion_rate, header.decimals, 'half-up');
}

/**
 * The order's module, unless the order was paid in several ways and this one's label is another: then the module of
 * orders with that label, else the label itself. One label alone may be the order's own in another language.
 */
function methodOf(row: OrderPayment, { order, payments, modules }: OrderRecords): Payment['method'] {
  const own = { id: ownMethodOf(order).id, name: row.payment_method || order.payment };
  const labels = new Set((payments ?? []).map((payment) => payment.payment_method));
  const label = row.payment_method;
  if (label === '' || label === order.payment || labels.size < 2) return own;
  return { id: modules[label] ?? label, name: label };
}
