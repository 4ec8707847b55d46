import { type Day, dayIn } from '../../core/calendar.ts';
import { add, compare, type Decimal, isZero, magnitude, minimum, subtract, sum, ZERO } from '../../core/decimal.ts';
import type { Payment } from '../../core/document.ts';
import { type BalanceRow, paymentOf } from './balance-row.ts';
import { numberIn } from './client.ts';
import { sumIn, type View } from './money.ts';
import type { ShopifyOrder, ShopifyRefund, ShopifyTransaction } from './order.ts';
import { compareIds, grossOf, type Part } from './parts.ts';

/** Money of an order: each transaction whole in one of its parts, and what belongs to none. */
export type OrderMoney = {
  readonly ofPart: ReadonlyMap<Part, readonly Moved[]>;
  /** Money given back for which the order has no credit note. */
  readonly orphans: readonly { readonly refund: ShopifyRefund | null; readonly moved: Moved }[];
  readonly all: readonly Moved[];
};

/** A payment, and how much of its amount is the rounding of cash: the price did not change, what was taken did. */
export type Moved = { readonly payment: Payment; readonly rounding: Decimal };

const MONEY_IN = new Set(['SALE', 'CAPTURE']);
export const OWED: Readonly<Record<string, 'giftCard' | 'storeCredit'>> = {
  gift_card: 'giftCard',
  shopify_store_credit: 'storeCredit',
};

/**
 * Whose money is it: what came in belongs to a sale part, what went back to a credit note, and no transaction is cut in
 * two. Only successful ones count: an authorisation, a void, a pending transfer move nothing yet.
 */
export function moneyOf(order: ShopifyOrder, parts: readonly Part[], view: View, timeZone: string): OrderMoney {
  const transactions = order.transactions
    .filter(({ status, test }) => status === 'SUCCESS' && !test)
    .toSorted((a, b) => instantOf(a) - instantOf(b) || compareIds(numberIn(a.id), numberIn(b.id)));
  const changes = transactions.filter(({ kind }) => kind === 'CHANGE');
  const entries = new Map<Part, Moved[]>();
  const orphans: { refund: ShopifyRefund | null; moved: Moved }[] = [];
  const all: Moved[] = [];
  const sales = parts.filter(({ kind }) => kind === 'sale');
  const creditNotes = parts.filter(({ kind }) => kind === 'creditNote');
  const covered = new Map(sales.map((part) => [part, coveredByGoods(part, creditNotes, view)]));

  for (const transaction of transactions) {
    if (MONEY_IN.has(transaction.kind)) {
      const moved = movedBy(transaction, 'in');
      const part = saleFor(moved.payment.date);
      if (part === null) continue;
      covered.set(part, add(covered.get(part) ?? ZERO, subtract(moved.payment.amount, moved.rounding)));
      give(part, moved);
    } else if (transaction.kind === 'REFUND') {
      const moved = movedBy(transaction, 'out');
      const refund = order.refunds.find(({ transactionIds }) => transactionIds.includes(transaction.id)) ?? null;
      const part = creditNoteFor(refund);
      if (part === null) orphans.push({ refund, moved });
      else give(part, moved);
    }
  }
  return { ofPart: entries, orphans, all };

  function give(part: Part, moved: Moved): void {
    entries.set(part, [...(entries.get(part) ?? []), moved]);
    all.push(moved);
  }

  /** The first sale part that had happened by that day and is not yet covered; if all are, the last. */
  function saleFor(day: Day): Part | null {
    const happened = sales.filter(({ at }) => dayIn(timeZone, at) <= day);
    const candidates = happened.length === 0 ? sales.slice(0, 1) : happened;
    const open = candidates.find((part) => compare(covered.get(part) ?? ZERO, grossOf(part.rows, view)) < 0);
    return open ?? candidates.at(-1) ?? null;
  }

  /** That of its refund, else of its return, else the first that nothing was paid for yet. */
  function creditNoteFor(refund: ShopifyRefund | null): Part | null {
    const own = creditNotes.find((part) => refund !== null && part.refund?.id === refund.id);
    if (own !== undefined) return own;
    const returned = creditNotes.find((part) => refund?.return != null && part.returnId === refund.return);
    if (returned !== undefined) return returned;
    const unnamed = creditNotes.find((part) => part.faults.length > 0 && part.refund === null);
    if (unnamed !== undefined) return unnamed; // the money of a return that may not be read waits with it
    return creditNotes.find((part) => part.refund === null && !entries.has(part)) ?? null;
  }

  function movedBy(transaction: ShopifyTransaction, direction: Payment['direction']): Moved {
    const { amountSet, amountRoundingSet, currencyExchangeAdjustment, gateway, formattedGateway, fees } = transaction;
    const rounding = amountRoundingSet === null ? ZERO : view.of(amountRoundingSet);
    const given = sumIn(
      view,
      changes.filter((change) => changedBy(change) === transaction).map((one) => one.amountSet),
    );
    const row = rowOf(transaction);
    const settled = currencyExchangeAdjustment?.finalAmountSet ?? movedIn(row);
    // The bank receives what was settled; that is known in its own currency alone.
    const whole = settled !== null && settled.currencyCode === view.currency.code ? settled.amount : view.of(amountSet);
    const id = gateway ?? '';
    return {
      rounding,
      payment: {
        id: numberIn(transaction.id),
        direction,
        type: OWED[id] ?? 'money',
        method: { id, name: formattedGateway },
        date: dayIn(timeZone, instantOf(transaction)),
        amount: subtract(add(whole, rounding), given),
        inCurrency:
          settled === null || settled.currencyCode === view.currency.code
            ? null
            : { code: settled.currencyCode, amount: settled.amount, rate: null },
        fee: feeOf(fees ?? [], row),
        transactionId: transaction.paymentId ?? numberIn(transaction.id),
        payoutId: row?.associatedPayout?.id == null ? null : numberIn(row.associatedPayout.id),
      },
    };
  }

  function rowOf({ id }: ShopifyTransaction): BalanceRow | null {
    return order.balance?.find((row) => paymentOf(row) === numberIn(id)) ?? null;
  }

  /** Of an order in two currencies the balance tells what moved; amounts of the order are converted by themselves. */
  function movedIn(row: BalanceRow | null): { readonly amount: Decimal; readonly currencyCode: string } | null {
    if (row === null || order.presentmentCurrencyCode === order.currencyCode) return null;
    return { amount: magnitude(row.amount.amount), currencyCode: row.amount.currencyCode };
  }

  /** The payment that cash was given back on: the one it names, else the last before it through the same till. */
  function changedBy(change: ShopifyTransaction): ShopifyTransaction | null {
    const named = transactions.find(({ id, kind }) => id === change.parentTransaction && MONEY_IN.has(kind));
    if (named !== undefined) return named;
    const before = transactions.filter(
      (one) => MONEY_IN.has(one.kind) && one.gateway === change.gateway && instantOf(one) <= instantOf(change),
    );
    return before.at(-1) ?? null;
  }
}

/** New goods are paid by those given back for them first. */
function coveredByGoods(part: Part, creditNotes: readonly Part[], view: View): Decimal {
  if (part.returnId === null) return ZERO;
  const back = creditNotes.filter(({ agreement }) => agreement === part.agreement);
  const value = sum(back.map(({ rows }) => subtract(ZERO, grossOf(rows, view))));
  return minimum(value, grossOf(part.rows, view));
}

/** The balance decides: it has what was kept in the end, of refunds too. The flat part of a fee is inside its amount. */
function feeOf(fees: NonNullable<ShopifyTransaction['fees']>, row: BalanceRow | null): Payment['fee'] {
  if (row !== null && isZero(row.fee.amount)) return null;
  if (row !== null) return { amount: row.fee.amount, currency: row.fee.currencyCode, tax: taxOf(fees) };
  const [first] = fees;
  if (first === undefined) return null;
  return {
    amount: sum(fees.map(({ amount }) => amount.amount)),
    currency: first.amount.currencyCode,
    tax: taxOf(fees),
  };
}

function taxOf(fees: NonNullable<ShopifyTransaction['fees']>): Decimal | null {
  const taxes = fees.flatMap(({ taxAmount }) => taxAmount?.amount ?? []);
  return taxes.length === 0 || taxes.every(isZero) ? null : sum(taxes);
}

function instantOf({ processedAt, createdAt }: ShopifyTransaction): number {
  return processedAt ?? createdAt ?? 0;
}
