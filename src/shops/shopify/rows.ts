import { add, type Decimal, isZero, negate, subtract } from '../../core/decimal.ts';
import type { DocumentLine, LineKind, Named } from '../../core/document.ts';
import { numberIn } from './client.ts';
import type { View } from './money.ts';
import type { ShopifyLine, ShopifyOrder, ShopifySale, ShopifyShipping } from './order.ts';
import { type Fault, isMarketplace, sharedTaxes, taxesOf, taxRuleOf } from './taxes.ts';

/** What lines are made with: the order's own lists by id, the money asked for, and where faults are noted. */
export type Ledger = {
  readonly order: ShopifyOrder;
  readonly view: View;
  readonly decimals: number;
  readonly wrappingNames: readonly string[];
  readonly lines: ReadonlyMap<string, ShopifyLine>;
  readonly shippings: readonly ShopifyShipping[];
  /** Row of a sale by what it sold, for what is given back of it. */
  readonly soldBy: Map<string, string>;
};

/** Kind of line by kind of row; what is not here is not known, and holds its document. */
const KINDS: Readonly<Record<string, LineKind>> = {
  ProductSale: 'product',
  GiftCardSale: 'giftCard',
  ShippingLineSale: 'shipping',
  TipSale: 'tip',
  DutySale: 'duty',
  AdditionalFeeSale: 'fee',
  FeeSale: 'adjustment',
  AdjustmentSale: 'adjustment',
};

export function ledgerOf(order: ShopifyOrder, view: View, decimals: number, wrappingNames: readonly string[]): Ledger {
  return {
    order,
    view,
    decimals,
    wrappingNames,
    lines: new Map(order.lineItems.map((line) => [line.id, line])),
    shippings: order.shippingLines,
    soldBy: new Map(),
  };
}

/** Net of what a row sold or gave back, and its tax, as the shop states them. */
export function amountsOf({ totalAmount, totalTaxAmount }: ShopifySale, { of }: View) {
  const gross = of(totalAmount);
  const tax = of(totalTaxAmount);
  return { gross, tax, net: subtract(gross, tax) };
}

/**
 * A row of the order's ledger as a line: `totalAmount` is after discounts and with taxes whether or not prices include
 * them. In a credit note what gives back is positive. A row of nothing (a parcel offered) stays while it has a discount.
 */
export function lineOf(row: ShopifySale, ledger: Ledger, sign: 1 | -1, faults: Fault[]): DocumentLine | null {
  const { view, order } = ledger;
  const kind = KINDS[row.__typename];
  if (kind === undefined) {
    faults.push({ field: 'sales', reason: `unknown-row: ${row.__typename}` });
    return null;
  }
  const signed = (amount: Decimal) => (sign === 1 ? amount : negate(amount));
  const { gross, tax, net } = amountsOf(row, view);
  const discount = view.of(row.totalDiscountAmountBeforeTaxes);
  if (isZero(gross) && isZero(tax) && isZero(discount)) return null;
  const sold = soldOf(row, ledger);
  const stated = taxRows(row, ledger, tax, faults);
  const taxes = taxesOf(
    stated.map((one) => ({ ...one, amount: signed(one.amount) })),
    isMarketplace(order),
    faults,
  );
  const item = sold.line;
  const wrapping = kind === 'product' && isWrapping(item, ledger.wrappingNames);
  const id = numberIn(row.id);
  const of = sign === -1 ? (ledger.soldBy.get(sold.key) ?? null) : null;
  if (sign === 1 && !ledger.soldBy.has(sold.key)) ledger.soldBy.set(sold.key, id);
  return {
    id,
    of,
    kind: wrapping ? 'wrapping' : kind,
    label: sold.label,
    product: item === null ? null : productOf(item),
    carrier: sold.carrier,
    taxRule: kind === 'adjustment' ? null : taxRuleOf(taxes, item === null || item.taxable),
    quantity: row.quantity === null ? null : { units: BigInt(row.quantity * sign), scale: 0 },
    netBeforeDiscount: kind === 'product' || kind === 'shipping' ? signed(add(net, discount)) : null,
    net: signed(net),
    taxes,
    gross: signed(gross),
  };
}

export function productOf({ product, sku }: ShopifyLine): DocumentLine['product'] {
  const type = product?.productType ?? null;
  return { id: product?.legacyResourceId ?? null, sku, type, category: type };
}

/** Rates of a shop's parcels are free text: a carrier is known by its code, else by its title. */
export function carrierOf({ code, title }: { readonly code: string | null; readonly title: string | null }): Named {
  const id = code ?? title ?? '';
  return { id, name: title };
}

export function isWrapping(line: ShopifyLine | null, names: readonly string[]): boolean {
  if (line === null) return false;
  return [line.name, line.sku, line.product?.productType ?? null].some((name) => name !== null && names.includes(name));
}

type Sold = {
  readonly key: string;
  readonly label: string | null;
  readonly line: ShopifyLine | null;
  readonly carrier: Named | null;
};

/** What a row is about. Of parcels given back the row says nothing: they are the order's only one, or its largest. */
function soldOf(row: ShopifySale, ledger: Ledger): Sold {
  switch (row.__typename) {
    case 'ShippingLineSale': {
      const shipping = row.shippingLine ?? largest(ledger);
      const carrier = shipping === null ? null : carrierOf(shipping);
      return { key: 'shipping', label: shipping?.title ?? null, line: null, carrier };
    }
    case 'TipSale':
      return { key: 'tip', label: row.lineItem?.title ?? null, line: null, carrier: null };
    case 'DutySale':
      return { key: row.duty?.id ?? 'duty', label: null, line: null, carrier: null };
    case 'AdditionalFeeSale': {
      const { id = 'fee', name = null } = row.additionalFee ?? {};
      return { key: id, label: name, line: null, carrier: null };
    }
    default: {
      const line = ledger.lines.get(row.lineItem?.id ?? '') ?? null;
      return { key: row.lineItem?.id ?? row.id, label: line?.name ?? null, line, carrier: null };
    }
  }
}

function shippingOf(row: ShopifySale, ledger: Ledger): ShopifyShipping | null {
  return ledger.shippings.find(({ id }) => id !== null && id === row.shippingLine?.id) ?? largest(ledger);
}

function largest({ shippings, view }: Ledger): ShopifyShipping | null {
  let found: ShopifyShipping | null = null;
  for (const one of shippings) {
    if (found === null || isNegativeGap(view.of(found.discountedPriceSet), view.of(one.discountedPriceSet)))
      found = one;
  }
  return found;
}

function isNegativeGap(a: Decimal, b: Decimal): boolean {
  return subtract(a, b).units < 0n;
}

/** Rows state their taxes one by one; where they give the sum alone, it is shared over the taxes of what they sold. */
function taxRows(row: ShopifySale, ledger: Ledger, tax: Decimal, faults: Fault[]) {
  const { view, decimals } = ledger;
  if (row.taxes.length > 0) {
    return row.taxes.map(({ amount, taxLine: { title, rate, channelLiable } }) => ({
      title,
      rate,
      liable: channelLiable === true,
      amount: view.of(amount),
    }));
  }
  if (isZero(tax)) return [];
  const shipping = row.__typename === 'ShippingLineSale' ? shippingOf(row, ledger) : null;
  const charged = shipping?.taxLines ?? ledger.lines.get(row.lineItem?.id ?? '')?.taxLines ?? [];
  const shared = sharedTaxes(tax, charged, view, decimals);
  if (shared === null) faults.push({ field: 'sales.taxes', reason: 'missing' });
  return shared ?? [];
}
