import { add, type Decimal, isPositive, isZero, minimum, round, subtract, sum, ZERO } from '../../core/decimal.ts';
import type { Payment } from '../../core/document.ts';
import { partsOf } from './lines.ts';
import type { Commerce, MagentoInvoice, MagentoOrder } from './order.ts';

/**
 * Store credit, gift cards and reward points: Adobe Commerce takes them off the total, but they are ways to pay. The
 * invoice states the first two; of points only the order knows.
 */
export type Credits = { readonly storeCredit: Decimal; readonly giftCards: Decimal; readonly points: Decimal };

/** As payment methods, and where an order states them. */
export const CREDIT_METHODS = [
  { owed: 'storeCredit', id: 'customerbalance', name: 'Store credit', field: 'customer_balance_amount' },
  { owed: 'giftCard', id: 'giftcardaccount', name: 'Gift card', field: 'gift_cards_amount' },
  { owed: 'points', id: 'reward', name: 'Reward points', field: 'reward_currency_amount' },
] as const;

export function creditsOfOrder({ extension_attributes: attributes }: MagentoOrder): Credits {
  return stated(attributes, attributes?.reward_currency_amount ?? ZERO);
}

/**
 * Those of an invoice. Points are shared over the invoices in the order of their ids, cancelled ones left out: each
 * takes what is left of them, at most what it comes to before credits less those it states itself; the one that
 * completes the order takes the rest.
 */
export function creditsOfInvoice(
  invoice: MagentoInvoice,
  order: MagentoOrder,
  all: readonly MagentoInvoice[],
): Credits {
  let left = order.extension_attributes?.reward_currency_amount ?? ZERO;
  const standing = all
    .filter(({ state }) => state !== CANCELLED)
    .sort((a, b) => Number(a.entity_id) - Number(b.entity_id));
  let taken = ZERO;
  let invoiced = ZERO;
  const whole = partsOf(order, order.extension_attributes);
  for (const one of standing) {
    const parts = partsOf(one, one.extension_attributes);
    invoiced = add(invoiced, parts);
    const own = totalOf(stated(one.extension_attributes, ZERO));
    const most = subtract(parts, own);
    const completes = !isPositive(subtract(whole, invoiced));
    taken = completes ? left : minimum(left, isPositive(most) ? most : ZERO);
    left = subtract(left, taken);
    if (one.entity_id === invoice.entity_id) return stated(invoice.extension_attributes, taken);
  }
  return stated(invoice.extension_attributes, ZERO);
}

export function creditsOfMemo(commerce: Commerce | null): Credits {
  return stated(commerce, ZERO);
}

export function totalOf({ storeCredit, giftCards, points }: Credits): Decimal {
  return sum([storeCredit, giftCards, points]);
}

/** Paid with, or given back to, what the shop owes the customer. */
export function creditPayments(
  { storeCredit, giftCards, points }: Credits,
  facts: {
    readonly of: string;
    readonly direction: Payment['direction'];
    readonly date: Payment['date'];
    readonly decimals: number;
  },
): Payment[] {
  const { of, direction, date, decimals } = facts;
  const amounts = { storeCredit, giftCard: giftCards, points };
  return CREDIT_METHODS.map((method) => ({ ...method, amount: amounts[method.owed] }))
    .filter(({ amount }) => !isZero(amount))
    .map(({ owed, id, name, amount }) => ({
      id: `${id}-${of}`,
      direction,
      type: owed,
      method: { id, name },
      date,
      amount: round(amount, decimals),
      inCurrency: null,
      fee: null,
      transactionId: null,
      payoutId: null,
    }));
}

export const CANCELLED = 3;

function stated(
  commerce: Pick<Commerce, 'customer_balance_amount' | 'gift_cards_amount'> | null,
  points: Decimal,
): Credits {
  return {
    storeCredit: commerce?.customer_balance_amount ?? ZERO,
    giftCards: commerce?.gift_cards_amount ?? ZERO,
    points,
  };
}
