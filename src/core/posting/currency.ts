import { type Decimal, divideRounded, parseDecimal } from '../decimal.ts';
import type { SalesDocument } from '../document.ts';
import { FIGURE_SCALE } from '../figures.ts';
import { resolve } from '../mapping.ts';
import { currencyOf } from '../money.ts';
import type { BookSettings } from '../settings.ts';

/**
 * The ledger keeps one currency. A document in another is converted at the order's own rate (amount / rate), else at
 * the profile's; each line is rounded half up, so a cent may be left over: the currency's adjustment accounts take it.
 */
export type Conversion = {
  /** Decimals of the document's currency. */
  readonly decimals: number;
  /** Units of the document's currency for one of the books'; null when they are the same currency. */
  readonly rate: Decimal | null;
};

/** How a document's amounts reach the books; null when it is foreign and nobody knows a rate. */
export function conversionOf(document: SalesDocument, settings: BookSettings): Conversion | null {
  const { code } = document.currency;
  if (code === settings.books.code) return { decimals: settings.books.decimals, rate: null };
  const rate = ownRate(document, settings) ?? tableRate(code, settings);
  return rate === null ? null : { decimals: currencyOf(code, settings.decimals).decimals, rate };
}

/** The profile's rate of a currency, units of it for one of the books'; null when there is none above zero. */
export function tableRate(code: string, settings: BookSettings): Decimal | null {
  const { value } = resolve(settings.mappings.currencies, 'rate', { countries: [], items: [code] });
  const rate = value === null ? null : parseDecimal(value);
  return rate !== null && rate.units > 0n ? rate : null;
}

/** Millionths of the document's currency as whole units of its last decimal, half up. */
export function toMinor(figure: bigint, decimals: number): bigint {
  const divisor = DIVISORS[decimals] ?? 1n;
  const quotient = figure / divisor;
  return quotient * divisor === figure ? quotient : divideRounded(figure, divisor, 'half-up');
}

/** The way back of `toMinor`, exact. */
export function toFigure(minor: bigint, decimals: number): bigint {
  return minor * (DIVISORS[decimals] ?? 1n);
}

/** Whole units of the document's currency as whole units of the books', half up. */
export function toBooks(minor: bigint, { decimals, rate }: Conversion, booksDecimals: number): bigint {
  if (rate === null) return minor;
  const numerator = minor * 10n ** BigInt(rate.scale + booksDecimals);
  return divideRounded(numerator, rate.units * 10n ** BigInt(decimals), 'half-up');
}

/** Whole units of the books' currency as whole units of the document's, half up: the way back of `toBooks`. */
export function fromBooks(minor: bigint, { decimals, rate }: Conversion, booksDecimals: number): bigint {
  if (rate === null) return minor;
  return divideRounded(
    minor * rate.units * 10n ** BigInt(decimals),
    10n ** BigInt(rate.scale + booksDecimals),
    'half-up',
  );
}

const DIVISORS = Array.from({ length: FIGURE_SCALE + 1 }, (_, decimals) => 10n ** BigInt(FIGURE_SCALE - decimals));

function ownRate({ currency }: SalesDocument, { books }: BookSettings): Decimal | null {
  if (currency.rate === null || currency.rate.units <= 0n) return null;
  return currency.base === null || currency.base === books.code ? currency.rate : null;
}
