import { z } from 'zod';
import { decimal } from '../../schema/decimal.ts';
import { utcTime } from '../../schema/instant.ts';

/** Admin GraphQL API 2026-10, `ShopifyPaymentsBalanceTransaction`: `net` is `amount` less `fee`; money out is negative. */
const money = z.object({ amount: decimal, currencyCode: z.string() });

export const balanceRow = z.object({
  id: z.string().min(1),
  type: z.string(),
  test: z.boolean(),
  transactionDate: utcTime,
  amount: money,
  fee: money,
  net: money,
  /** The number in the id of the order's transaction that made it. */
  sourceOrderTransactionId: z.string().nullish(),
  /** Without id while no payout took it. */
  associatedPayout: z.object({ id: z.string().nullish() }).nullish(),
});

export type BalanceRow = z.infer<typeof balanceRow>;

/** `ShopifyPaymentsPayout`: what goes to the bank, negative where it is taken from there. */
export const payoutRow = z.object({ legacyResourceId: z.coerce.string(), issuedAt: utcTime, net: money });

/** Rows of an order's payment and of its refund; disputes, fees and reserves name its transaction too. */
const OF_PAYMENTS = new Set(['CHARGE', 'REFUND']);

/** The transaction of an order that a row is the money of; null for what moved beside the orders. */
export function paymentOf({ type, sourceOrderTransactionId }: BalanceRow): string | null {
  return OF_PAYMENTS.has(type) ? (sourceOrderTransactionId ?? null) : null;
}
