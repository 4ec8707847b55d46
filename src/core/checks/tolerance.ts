import { type Decimal, decimalText } from '../decimal.ts';
import { FIGURE_SCALE, figure } from '../figures.ts';
import { currencyOf } from '../money.ts';
import type { Checked } from './check.ts';

/**
 * How far a document's lines may miss its totals and still be a matter of rounding. The profile states its tolerances
 * in the books' currency (0.01 per line); for a document whose currency has other decimals they count in units of its
 * last decimal: 1 yen per line.
 */
export function perLine({ document, settings }: Checked): bigint {
  const share = scaled(figure(settings.tolerances.perLine), document.currency.code, settings.books);
  return larger(share * BigInt(document.lines.length), justified(document.tolerance));
}

/** The tolerance of the gross total, C4, which decides. */
export function ofTotal(checked: Checked): bigint {
  const { document, settings } = checked;
  return larger(perLine(checked), scaled(figure(settings.tolerances.minimum), document.currency.code, settings.books));
}

/** The largest of several, at least zero. */
export function larger(...values: readonly bigint[]): bigint {
  let most = 0n;
  for (const value of values) if (value > most) most = value;
  return most;
}

/** Millionths as text, with at least two decimals. */
export function figureText(value: bigint): string {
  return decimalText({ units: value, scale: FIGURE_SCALE }, 2);
}

function justified(tolerance: Decimal | null): bigint {
  return tolerance === null ? 0n : figure(tolerance);
}

function scaled(tolerance: bigint, code: string, books: { readonly code: string }): bigint {
  const { decimals } = currencyOf(code);
  const own = currencyOf(books.code).decimals;
  return (tolerance * 10n ** BigInt(own)) / 10n ** BigInt(decimals);
}
