import { amountText, cents, gid, type Node } from './shopify-money.ts';

const WEEK_MS = 7 * 86_400_000;
/** Monday, midnight of UTC. */
const FIRST_WEEK = Date.parse('2026-08-31T00:00:00Z');
const FIRST_PAYOUT = 902;
/** A payout is issued two days after its week; of those after this one the last week is not paid yet. */
const ISSUED_AFTER_MS = 2 * 86_400_000;
const LAST_ISSUED = Date.parse('2026-11-18T00:00:00Z');

/** The balance of Shopify Payments that orders make: a row for each of its charges and refunds, a payout for each week. */
export function balanceOf(orders: readonly Node[]): {
  readonly rows: readonly Node[];
  readonly payouts: readonly Node[];
} {
  const made = orders.flatMap(ofOrder).sort((a, b) => (text(a) < text(b) ? -1 : 1));
  const nets = new Map<number, bigint>();
  const rows = made.map((row) => {
    const week = Math.floor((Date.parse(text(row)) - FIRST_WEEK) / WEEK_MS);
    const issued = issuedOf(week) <= LAST_ISSUED;
    if (issued) nets.set(week, (nets.get(week) ?? 0n) + cents(String((row.net as Node).amount)));
    return { ...row, associatedPayout: { id: issued ? gid('ShopifyPaymentsPayout', FIRST_PAYOUT + week) : null } };
  });
  const payouts = [...nets].map(([week, net]) => ({
    __typename: 'ShopifyPaymentsPayout',
    id: gid('ShopifyPaymentsPayout', FIRST_PAYOUT + week),
    legacyResourceId: String(FIRST_PAYOUT + week),
    issuedAt: `${new Date(issuedOf(week)).toISOString().slice(0, 19)}Z`,
    net: euro(net),
  }));
  return { rows, payouts };
}

function issuedOf(week: number): number {
  return FIRST_WEEK + (week + 1) * WEEK_MS + ISSUED_AFTER_MS;
}

function ofOrder({ transactions }: Node): readonly Node[] {
  const own = (transactions as Node[]).filter(
    ({ gateway, status, test }) => gateway === 'shopify_payments' && status === 'SUCCESS' && test !== true,
  );
  return own.map((one) => {
    const settled =
      (one.currencyExchangeAdjustment as Node | null)?.finalAmountSet ?? (one.amountSet as Node).shopMoney;
    const out = one.kind === 'REFUND';
    const value = cents(String((settled as Node).amount)) * (out ? -1n : 1n);
    const fees = ((one.fees ?? []) as Node[]).map(({ amount }) => cents(String((amount as Node).amount)));
    const fee = fees.reduce((all, each) => all + each, 0n);
    const number = String(one.id).split('/').at(-1) ?? '';
    return row({
      id: Number(number),
      type: out ? 'REFUND' : 'CHARGE',
      at: String(one.processedAt),
      value,
      fee,
      number,
    });
  });
}

function row(of: { id: number; type: string; at: string; value: bigint; fee: bigint; number: string }): Node {
  return {
    __typename: 'ShopifyPaymentsBalanceTransaction',
    id: gid('ShopifyPaymentsBalanceTransaction', of.id),
    type: of.type,
    test: false,
    transactionDate: of.at,
    amount: euro(of.value),
    fee: euro(of.fee),
    net: euro(of.value - of.fee),
    sourceOrderTransactionId: of.number,
  };
}

function euro(value: bigint): Node {
  return { amount: amountText(value), currencyCode: 'EUR' };
}

function text({ transactionDate }: Node): string {
  return String(transactionDate);
}
