import { type Decimal, type Rounding, round, unitsText } from './decimal.ts';

/** An ISO 4217 currency and the number of decimals the ledger keeps of it. */
export type Currency = { readonly code: string; readonly decimals: number };

/** Whole units of the currency's last decimal, as a ledger takes them: 12.50 EUR is { minor: 1250n, currency: EUR }. */
export type Money = { readonly minor: bigint; readonly currency: Currency };

/** ISO 4217 currencies whose minor unit is not 1/100; every other code has two decimals. */
const DECIMALS: Readonly<Record<string, number>> = {
  BHD: 3,
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
};

/**
 * The currency of an ISO code (three capitals), with its decimals, or those a profile keeps: 3 or 4 where the ledger
 * takes so many; 2 is each currency's own.
 */
export function currencyOf(code: string, kept = 2): Currency {
  return { code, decimals: keptDecimals(DECIMALS[code] ?? 2, kept) };
}

/** Decimals kept of an amount that has its own number of them. */
export function keptDecimals(own: number, kept: number): number {
  return kept > 2 ? Math.max(own, kept) : own;
}

/** The only way from what a shop says to what a ledger takes: rounding is always somebody's decision. */
export function money(amount: Decimal, currency: Currency, rounding: Rounding): Money {
  return { minor: round(amount, currency.decimals, rounding).units, currency };
}

/** The same amount, with the currency's decimals. */
export function toDecimal(amount: Money): Decimal {
  return { units: amount.minor, scale: amount.currency.decimals };
}

/** `-12.50`, with exactly the currency's decimals, a point, and no currency sign. */
export function moneyText(amount: Money): string {
  return unitsText(amount.minor, amount.currency.decimals);
}

/**
 * Splits whole units in proportion to weights: each part rounded down, the missing units given to the largest
 * fractional parts; ties go to the largest weight, then to the first. The parts always add up to the whole.
 * Weights must not be negative; with all weights zero everything goes to the first part.
 */
export function allocate(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((all, weight) => all + weight, 0n);
  if (weights.length === 0) throw new TypeError('Nothing to share over');
  if (sum === 0n) return weights.map((_, index) => (index === 0 ? total : 0n));
  const sign = total < 0n ? -1n : 1n;
  const whole = total * sign;
  const parts = weights.map((weight) => (whole * weight) / sum);
  const order = weights
    .map((weight, index) => ({ index, weight, rest: (whole * weight) % sum }))
    .sort((a, b) => compareBig(b.rest, a.rest) || compareBig(b.weight, a.weight));
  let missing = whole - parts.reduce((all, part) => all + part, 0n);
  for (const { index } of order) {
    if (missing === 0n) break;
    parts[index] = (parts[index] ?? 0n) + 1n;
    missing -= 1n;
  }
  return parts.map((part) => part * sign);
}

function compareBig(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
