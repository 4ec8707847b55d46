import {
  compare,
  type Decimal,
  decimal,
  divide,
  equal,
  isPositive,
  isZero,
  multiply,
  round,
  subtract,
  sum,
  ZERO,
} from '../../core/decimal.ts';
import type { Tax } from '../../core/document.ts';
import { allocate } from '../../core/money.ts';
import type { Reference, ShopTax } from './reference.ts';
import { explains, spread } from './vat.ts';

/** An amount and its tax as the shop states them, without saying which tax it is: shipping, wrapping. */
export type TaxedAmount = { readonly net: Decimal; readonly tax: Decimal };

/** What the taxed lines of a document say: how amounts that follow the products' rates are shared. */
export type RateGroup = { readonly taxes: readonly ShopTax[]; readonly net: Decimal };

export type SharedPart = { readonly net: Decimal; readonly taxes: readonly Tax[]; readonly gross: Decimal };

export function taxOf(tax: ShopTax, amount: Decimal, base: Decimal | null = null): Tax {
  return { code: tax.id, name: tax.name, rate: tax.rate, base, amount, treatment: null };
}

/**
 * The tax of a rate: one that the document's lines bear, else the one a tax rule gives in the country of taxation, else
 * the shop's only tax at that rate. Two countries may have the same rate, so a rate alone does not name a tax.
 */
export function taxAtRate(
  rate: Decimal,
  hints: { readonly lines: readonly ShopTax[]; readonly rule: string | null; readonly country: string | null },
  reference: Reference,
): ShopTax | null {
  const onLines = hints.lines.find((tax) => equal(tax.rate, rate));
  if (onLines !== undefined) return onLines;
  const country = [...reference.countries].find(([, code]) => code === hints.country)?.[0];
  for (const row of reference.taxRules) {
    const tax = row.group === hints.rule && row.country === country ? reference.taxes.get(row.tax) : undefined;
    if (tax !== undefined && equal(tax.rate, rate)) return tax;
  }
  const inCountry = reference.taxRules.flatMap((row) =>
    row.country === country ? (reference.taxes.get(row.tax) ?? []) : [],
  );
  const candidate = inCountry.find((tax) => equal(tax.rate, rate));
  if (candidate !== undefined) return candidate;
  const all = [...reference.taxes.values()].filter((tax) => tax.active && equal(tax.rate, rate));
  return all.length === 1 ? (all[0] ?? null) : null;
}

/**
 * The parts of an amount taxed at a rate the shop names (`rate`), or, where that rate does not explain its tax, shared
 * over the rates of the products, as shops do that tax shipping like what is shipped (`PS_ATCP_SHIPWRAP`). A tax that
 * neither explains stays on one line at the stated rate, for the checks to show.
 */
export function partsOf(
  amount: TaxedAmount,
  named: { readonly rate: Decimal; readonly tax: ShopTax | null },
  context: {
    readonly groups: readonly RateGroup[];
    readonly decimals: number;
    readonly statedDecimals: number;
    readonly shared: boolean;
  },
): readonly SharedPart[] {
  const { net, tax } = amount;
  const twoCents = { units: 2n, scale: context.statedDecimals };
  const stated = (): readonly SharedPart[] => [onePart(amount, named.rate, named.tax)];
  if (isZero(tax) && (isZero(named.rate) || isZero(net))) return [{ net, taxes: [], gross: net }];
  // An average rate explains the tax as well, but is no tax of the shop.
  if (!context.shared && named.tax !== null && explains(named.rate, amount, twoCents)) return stated();
  const groups = context.groups.filter((group) => isPositive(group.net));
  if (groups.length === 0) return stated();
  const nets = allocate(
    round(net, context.decimals).units,
    groups.map((group) => round(group.net, context.decimals).units),
  );
  const computed = groups.map((group, index) => {
    const part = { units: nets[index] ?? 0n, scale: context.decimals };
    const rate = sum(group.taxes.map((item) => item.rate));
    return { group, part, rate, tax: divide(multiply(part, rate), decimal('100'), context.decimals, 'half-up') };
  });
  const missing = round(subtract(tax, sum(computed.map((item) => item.tax))), context.decimals).units;
  const limit = (BigInt(groups.length) + 1n) * 10n ** BigInt(context.decimals - context.statedDecimals);
  if (missing > limit || -missing > limit) return stated();
  const taxes = spread(
    missing,
    computed.map((item) => item.tax),
    context.decimals,
  );
  return computed.map((item, index) => {
    const whole = taxes[index] ?? item.tax;
    const shares = sharedByRate(whole, item.group.taxes, context.decimals);
    return { net: item.part, taxes: shares, gross: sum([item.part, whole]) };
  });
}

/** One tax amount over the taxes of a line, by their rates. */
export function sharedByRate(amount: Decimal, taxes: readonly ShopTax[], decimals: number): readonly Tax[] {
  const [only] = taxes;
  if (only === undefined) return [];
  if (taxes.length === 1) return [taxOf(only, amount)];
  const scale = Math.max(...taxes.map((tax) => tax.rate.scale));
  const weights = taxes.map((tax) => round(tax.rate, scale).units);
  const places = Math.max(decimals, amount.scale);
  const parts = allocate(round(amount, places).units, weights);
  return taxes.map((tax, index) => taxOf(tax, { units: parts[index] ?? 0n, scale: places }));
}

/** The rate whose tax the figures show: the first of the candidates that explains them to a unit of the last decimal. */
export function rateShown(amount: TaxedAmount, candidates: readonly ShopTax[], decimals: number): ShopTax | null {
  const unit = { units: 1n, scale: decimals };
  return candidates.find((tax) => compare(tax.rate, ZERO) > 0 && explains(tax.rate, amount, unit)) ?? null;
}

function onePart({ net, tax }: TaxedAmount, rate: Decimal, known: ShopTax | null): SharedPart {
  const line: Tax = {
    code: known?.id ?? null,
    name: known?.name ?? null,
    rate,
    base: null,
    amount: tax,
    treatment: null,
  };
  return { net, taxes: [line], gross: sum([net, tax]) };
}
