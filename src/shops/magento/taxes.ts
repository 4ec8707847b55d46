import {
  add,
  compare,
  type Decimal,
  decimalText,
  divide,
  isZero,
  magnitude,
  multiply,
  round,
  subtract,
  sum,
} from '../../core/decimal.ts';
import type { DocumentSource, Tax } from '../../core/document.ts';
import { allocate } from '../../core/money.ts';
import { type Problem, problem } from '../../core/problem.ts';
import { derivedRate } from '../derived-rate.ts';
import { decodeEntities } from '../html-text.ts';
import type { AppliedTax, MagentoOrder } from './order.ts';

/** Which taxes an order says its parts bear; only the order says it, its invoices and credit memos do not. */
export type OrderTaxes = {
  readonly all: readonly AppliedTax[];
  readonly items: ReadonlyMap<string, readonly AppliedTax[]>;
  readonly shipping: readonly AppliedTax[];
  readonly wrapping: Readonly<Record<Wrapping, readonly AppliedTax[]>>;
};

export type Wrapping = 'order' | 'items' | 'card';

/** How Magento names the parts of an order that are taxed (`quote_gw` wraps the order, `item_gw` its items). */
const WRAPPING_TYPES: Readonly<Record<Wrapping, string>> = {
  order: 'quote_gw',
  items: 'item_gw',
  card: 'printed_card_gw',
};
const HUNDRED: Decimal = { units: 100n, scale: 0 };
/** Each rounding of a price, a row or a discount may move a tax so far. */
const ROUNDING: Decimal = { units: 2n, scale: 2 };

export function taxesOfOrder({ extension_attributes: attributes }: MagentoOrder): OrderTaxes {
  const stated = attributes?.item_applied_taxes ?? [];
  const of = (type: string) => stated.filter((one) => one.type === type).flatMap((one) => one.applied_taxes);
  return {
    all: attributes?.applied_taxes ?? [],
    items: new Map(
      stated.flatMap(({ type, item_id, applied_taxes }) =>
        type === 'product' && item_id !== null ? [[item_id, applied_taxes] as const] : [],
      ),
    ),
    shipping: of('shipping'),
    wrapping: {
      order: of(WRAPPING_TYPES.order),
      items: of(WRAPPING_TYPES.items),
      card: of(WRAPPING_TYPES.card),
    },
  };
}

/** An amount of tax over the taxes that bear it. */
export function taxesOf(
  amount: Decimal,
  facts: {
    /** The taxes the order names for this part, in proportion of which its tax is shared. */
    readonly stated: readonly AppliedTax[];
    /** The item's own rate, where the order names none (tax-free orders, importers). */
    readonly percent: Decimal | null;
    readonly net: Decimal;
    /** What the shop computed the tax on, when that is not the net. */
    readonly base: Decimal | null;
    readonly all: readonly AppliedTax[];
    readonly decimals: number;
    readonly source: DocumentSource;
    readonly remarks: Problem[];
  },
): readonly Tax[] {
  const { stated, percent, net, base, all, decimals, source, remarks } = facts;
  if (stated.length > 0) {
    const weights = stated.map((tax) => magnitude(round(tax.amount, 4)).units);
    const known = weights.some((weight) => weight > 0n);
    const parts = allocate(
      round(amount, decimals).units,
      known ? weights : stated.map((tax) => round(tax.percent, 4).units),
    );
    return stated.map((tax, index) => taxOf(tax, { units: parts[index] ?? 0n, scale: decimals }, base));
  }
  if (percent !== null && !isZero(percent)) {
    const named = all.find((tax) => compare(tax.percent, percent) === 0);
    return [taxOf(named ?? { code: null, title: null, percent }, round(amount, decimals), base)];
  }
  if (isZero(amount)) return [];
  const fitting = all.find((tax) => isTaxOf(amount, base ?? net, tax.percent));
  if (fitting !== undefined) return [taxOf(fitting, round(amount, decimals), base)];
  const taxed = base ?? net;
  const rate = isZero(taxed) ? HUNDRED : derivedRate(amount, taxed);
  const values = {
    tax: '',
    rate: decimalText(rate),
    base: decimalText(taxed, decimals),
    amount: decimalText(amount, decimals),
  };
  remarks.push(problem('document.tax-rate-derived', 'warn', source, values));
  return [taxOf({ code: null, title: null, percent: rate }, round(amount, decimals), base)];
}

/**
 * What the shop computed a tax on: the price after discount, or the price before it where the shop is set so. Null: the
 * net, which is the usual.
 */
export function baseBeforeDiscount(tax: Decimal, net: Decimal, before: Decimal, rate: Decimal): Decimal | null {
  return !isTaxOf(tax, net, rate) && isTaxOf(tax, before, rate) ? before : null;
}

/** Whether a tax is this rate of an amount, up to the shop's roundings. */
export function isTaxOf(tax: Decimal, net: Decimal, rate: Decimal): boolean {
  const gap = subtract(tax, divide(multiply(net, rate), HUNDRED, 6, 'half-up'));
  return compare(magnitude(gap), ROUNDING) <= 0;
}

/** The rates of several taxes together, in percent. */
export function rateOf(taxes: readonly AppliedTax[], percent: Decimal | null): Decimal {
  if (taxes.length === 0) return percent ?? { units: 0n, scale: 0 };
  return sum(taxes.map((tax) => tax.percent));
}

/** Taxes by code and rate, added up. */
export function merged(taxes: readonly Tax[]): readonly Tax[] {
  const byTax = new Map<string, Tax>();
  for (const tax of taxes) {
    const key = `${tax.code ?? ''} ${decimalText(tax.rate)}`;
    const earlier = byTax.get(key);
    byTax.set(key, {
      ...tax,
      base: null,
      amount: earlier === undefined ? tax.amount : add(earlier.amount, tax.amount),
    });
  }
  return [...byTax.values()];
}

function taxOf(tax: Pick<AppliedTax, 'code' | 'title' | 'percent'>, amount: Decimal, base: Decimal | null): Tax {
  const name = tax.title ?? tax.code;
  return {
    code: tax.code,
    name: name === null ? null : decodeEntities(name),
    rate: tax.percent,
    base,
    amount,
    treatment: null,
  };
}
