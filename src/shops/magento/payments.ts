import { dayIn } from '../../core/calendar.ts';
import { type Decimal, equal, isPositive, round, subtract, sum } from '../../core/decimal.ts';
import type { Payment } from '../../core/document.ts';
import { decodeEntities } from '../html-text.ts';
import { CANCELLED, type Credits, creditPayments } from './credits.ts';
import type { MagentoCreditMemo, MagentoInvoice, MagentoOrder, MagentoTransaction } from './order.ts';

const PAID = 2;

export type PaymentContext = {
  readonly timeZone: string;
  readonly decimals: number;
  /** Of this order; empty where the gateway registers none, or they may not be read. */
  readonly transactions: readonly MagentoTransaction[];
};

/** The method an order was placed with; the title stands in two places, without keys in the older one. */
export function methodOf({ payment, extension_attributes: attributes }: MagentoOrder): Payment['method'] {
  const title = attributes?.payment_additional_info.find(({ key }) => key === 'method_title')?.value ?? null;
  const first: unknown = Array.isArray(payment?.additional_information) ? payment.additional_information[0] : null;
  const name = title ?? (typeof first === 'string' && first !== '' ? first : null);
  return { id: payment?.method ?? 'N/A', name: name === null ? null : decodeEntities(name) };
}

/** What was paid of an invoice: its total once it is paid, on the day of its capture, else on its own. */
export function paymentsOfInvoice(
  invoice: MagentoInvoice,
  credits: Credits,
  order: MagentoOrder,
  context: PaymentContext,
): readonly Payment[] {
  const { timeZone, decimals, transactions } = context;
  const own = { of: invoice.entity_id, direction: 'in', date: dayIn(timeZone, invoice.created_at), decimals } as const;
  const paid = creditPayments(credits, own);
  const amount = round(invoice.grand_total, decimals);
  if (invoice.state !== PAID || !isPositive(amount)) return paid;
  const captures = transactions.filter(({ txn_type }) => txn_type === 'capture');
  const named = captures.find(({ txn_id }) => txn_id !== null && txn_id === invoice.transaction_id);
  const only = captures.length === 1 && invoice.transaction_id === null ? captures[0] : undefined;
  const capture = named ?? only;
  const date = capture?.created_at ? dayIn(timeZone, capture.created_at) : own.date;
  const transactionId = invoice.transaction_id ?? capture?.txn_id ?? null;
  return [
    ...paid,
    money({ id: invoice.entity_id, direction: 'in', method: methodOf(order), date, amount, transactionId }),
  ];
}

/**
 * What was paid of an order as a whole: on the day of its last paid invoice, else of its capture, else its own. What the
 * order asked for (`amount_ordered`) is no payment.
 */
export function paymentsOfOrder(
  order: MagentoOrder,
  credits: Credits,
  invoices: readonly MagentoInvoice[],
  context: PaymentContext,
): readonly Payment[] {
  const { timeZone, decimals, transactions } = context;
  const ordered = dayIn(timeZone, order.created_at);
  const paid = creditPayments(credits, { of: order.entity_id, direction: 'in', date: ordered, decimals });
  const amount = round(
    isPositive(order.total_paid) ? order.total_paid : (order.payment?.amount_paid ?? order.total_paid),
    decimals,
  );
  if (!isPositive(amount)) return paid;
  const instants = invoices.filter(({ state }) => state === PAID).map(({ created_at }) => created_at);
  const captured = transactions
    .filter(({ txn_type }) => txn_type === 'capture')
    .flatMap(({ created_at }) => created_at ?? []);
  const at = instants.length > 0 ? Math.max(...instants) : captured.length > 0 ? Math.max(...captured) : null;
  const date = at === null ? ordered : dayIn(timeZone, at);
  const transactionId = order.payment?.last_trans_id ?? null;
  return [
    ...paid,
    money({
      id: order.payment?.entity_id ?? '1',
      direction: 'in',
      method: methodOf(order),
      date,
      amount,
      transactionId,
    }),
  ];
}

/**
 * How a credit memo was paid back. A refund made offline leaves no trace at the provider: it went back the order's way,
 * unless the order says that so much became store credit.
 */
export function paymentsOfMemo(
  memo: MagentoCreditMemo,
  credits: Credits,
  facts: { readonly order: MagentoOrder; readonly memos: readonly MagentoCreditMemo[] },
  context: PaymentContext,
): readonly Payment[] {
  const { timeZone, decimals, transactions } = context;
  const { order, memos } = facts;
  const date = dayIn(timeZone, memo.created_at);
  const paid = creditPayments(credits, { of: memo.entity_id, direction: 'out', date, decimals });
  const amount = round(memo.grand_total, decimals);
  if (!isPositive(amount)) return paid;
  const id = memo.entity_id;
  if (memo.transaction_id === null && becameCredit(order, memos)) {
    const method = { id: 'customerbalance', name: 'Store credit' };
    return [
      ...paid,
      { ...money({ id, direction: 'out', method, date, amount, transactionId: null }), type: 'storeCredit' },
    ];
  }
  const refunds = transactions.filter(({ txn_type }) => txn_type === 'refund');
  const known = refunds.find(({ txn_id }) => txn_id !== null && txn_id === memo.transaction_id);
  const at = known?.created_at ? dayIn(timeZone, known.created_at) : date;
  return [
    ...paid,
    money({ id, direction: 'out', method: methodOf(order), date: at, amount, transactionId: memo.transaction_id }),
  ];
}

/** Store credit given back beyond what was paid with it is what the memos without a transaction came to. */
function becameCredit(order: MagentoOrder, memos: readonly MagentoCreditMemo[]): boolean {
  const all = order.extension_attributes?.customer_balance_total_refunded;
  if (all === undefined || !isPositive(all)) return false;
  const standing = memos.filter(({ state }) => state !== CANCELLED);
  const own = sum(
    standing.map((memo) => memo.extension_attributes?.customer_balance_amount ?? { units: 0n, scale: 0 }),
  );
  const offline: readonly Decimal[] = standing
    .filter(({ transaction_id }) => transaction_id === null)
    .map(({ grand_total }) => grand_total);
  return equal(subtract(all, own), sum(offline));
}

function money(payment: Pick<Payment, 'id' | 'direction' | 'method' | 'date' | 'amount' | 'transactionId'>): Payment {
  return { ...payment, type: 'money', inCurrency: null, fee: null, payoutId: null };
}
