import { add, type Decimal, decimalText, isZero, round, ZERO } from '../../core/decimal.ts';
import type { Named, Tax, TaxTreatment } from '../../core/document.ts';
import { allocate } from '../../core/money.ts';
import type { View } from './money.ts';
import type { ShopifyBag, ShopifyOrder, ShopifyTax } from './order.ts';

type Stated = {
  readonly title: string;
  readonly rate: Decimal | null;
  readonly liable: boolean;
  readonly amount: Decimal;
};

/** What keeps a document from being booked: a place of the shop's answer, and why it cannot be read. */
export type Fault = { readonly field: string; readonly reason: string };

/**
 * The taxes of a line: Shopify has no tax class and no id of a tax, so that a tax is its title and its rate, `FR TVA 20`.
 * Several rows of one title and rate are one tax. What a channel remits itself is not the merchant's VAT.
 */
export function taxesOf(rows: readonly Stated[], marketplace: boolean, faults: Fault[]): readonly Tax[] {
  const taxes = new Map<string, Tax>();
  for (const { title, rate: fraction, liable, amount } of rows) {
    if (fraction === null) faults.push({ field: `taxLine.rate (${title})`, reason: 'missing' });
    const rate = fraction === null ? ZERO : percent(fraction);
    const treatment: TaxTreatment | null = liable || marketplace ? 'marketplace' : null;
    const code = `${title} ${decimalText(rate)}`;
    const key = `${code} ${treatment ?? ''}`;
    const known = taxes.get(key);
    taxes.set(key, {
      code,
      name: title,
      rate,
      base: null,
      amount: known === undefined ? amount : add(known.amount, amount),
      treatment,
    });
  }
  return [...taxes.values()];
}

export function statedTaxes(lines: readonly ShopifyTax[], { of }: View): Stated[] {
  return lines.map(({ title, rate, channelLiable, priceSet }) => ({
    title,
    rate,
    liable: channelLiable === true,
    amount: of(priceSet),
  }));
}

/**
 * A total tax shared over the rates of the line it was charged on, by what each was: where the shop states the sum alone.
 */
export function sharedTaxes(
  total: Decimal,
  lines: readonly ShopifyTax[],
  view: View,
  decimals: number,
): readonly Stated[] | null {
  const rows = statedTaxes(lines, view);
  const weights = rows.map(({ amount }) => positive(round(amount, decimals).units));
  if (isZero(total)) return [];
  if (weights.every((weight) => weight === 0n)) return null;
  const parts = allocate(round(total, decimals).units, weights);
  return rows.map((row, index) => ({ ...row, amount: { units: parts[index] ?? 0n, scale: decimals } }));
}

/** What mappings call the tax rule of a line: Shopify knows *taxable* alone, so the rule is the tax it bears. */
export function taxRuleOf(taxes: readonly Tax[], taxable: boolean): Named | null {
  const [first] = taxes;
  if (first?.code != null) return { id: first.code, name: first.code };
  return taxable ? null : { id: UNTAXED, name: UNTAXED };
}

export const UNTAXED = 'untaxed';

/** 0.055 → 5.5, at four places as overrides are compared. */
export function percent({ units, scale }: Decimal): Decimal {
  const rate = scale >= 2 ? { units, scale: scale - 2 } : { units: units * 10n ** BigInt(2 - scale), scale: 0 };
  return round(rate, Math.min(rate.scale, RATE_DECIMALS));
}

const RATE_DECIMALS = 4;

/** Whether an app that sold is itself the seller of record. */
export function isMarketplace({ merchantOfRecordApp }: ShopifyOrder): boolean {
  return merchantOfRecordApp !== null;
}

export function bagIsZero({ shopMoney, presentmentMoney }: ShopifyBag): boolean {
  return isZero(shopMoney.amount) && isZero(presentmentMoney.amount);
}

function positive(units: bigint): bigint {
  return units < 0n ? -units : units;
}
