import { compare, ZERO } from '../decimal.ts';
import { sourceOf } from '../document.ts';
import { type Problem, problem } from '../problem.ts';
import type { Checked } from './check.ts';

/** C13: one known currency, with a rate above zero that is 1 exactly when the currency is the shop's base. */
export function checkCurrency({ document, conversion }: Checked): readonly Problem[] {
  const { code, base, rate } = document.currency;
  if (!CODE.test(code)) return [problem('document.currency-unknown', 'hold', sourceOf(document), { currency: code })];
  if (conversion === null || (rate !== null && !fits(rate))) {
    return [problem('document.currency-without-rate', 'hold', sourceOf(document), { currency: code })];
  }
  return NONE;

  function fits(value: NonNullable<typeof rate>): boolean {
    if (compare(value, ZERO) <= 0) return false;
    return base === null || (compare(value, ONE) === 0) === (code === base);
  }
}

const NONE: readonly Problem[] = [];
const CODE = /^[A-Z]{3}$/;
const ONE = { units: 1n, scale: 0 };
