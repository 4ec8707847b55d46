import { type Decimal, divide, isZero, sum } from '../../core/decimal.ts';
import type { SalesDocument } from '../../core/document.ts';
import type { ShopifyBag, ShopifyOrder } from './order.ts';

/**
 * Which of the two moneys of an order its documents are in: the shop's own, or, with entries in currency, what the
 * customer saw. Shopify converts each amount by itself, so the two never mix.
 */
export type View = {
  readonly currency: SalesDocument['currency'];
  readonly of: (bag: ShopifyBag) => Decimal;
};

/** Decimals of the rate, which the shop does not state: it follows from the order's two totals. */
const RATE_DECIMALS = 10;

export function viewOf(order: ShopifyOrder, inCurrency: boolean): View {
  const { currencyCode: base, presentmentCurrencyCode: code } = order;
  const inShop: View = {
    currency: { code: base, base, rate: { units: 1n, scale: 0 } },
    of: ({ shopMoney }) => shopMoney.amount,
  };
  if (!inCurrency || code === base) return inShop;
  // A total of nothing has no rate: an order given back whole still has its first one.
  const total = [order.originalTotalPriceSet, order.totalPriceSet].find((bag) => !isZero(bag.shopMoney.amount));
  if (total === undefined) return inShop;
  const rate = divide(total.presentmentMoney.amount, total.shopMoney.amount, RATE_DECIMALS, 'half-up');
  return { currency: { code, base, rate }, of: ({ presentmentMoney }) => presentmentMoney.amount };
}

export function sumIn({ of }: View, bags: Iterable<ShopifyBag | null>): Decimal {
  const amounts: Decimal[] = [];
  for (const bag of bags) if (bag !== null) amounts.push(of(bag));
  return sum(amounts);
}
