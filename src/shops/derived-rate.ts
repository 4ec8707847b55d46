import { compare, type Decimal, divide, isZero, magnitude, multiply, subtract } from '../core/decimal.ts';

const HUNDRED: Decimal = { units: 100n, scale: 0 };
const MAX_RATE_DECIMALS = 4;

/**
 * The rate, in percent, of a tax whose rate the shop no longer states: the one with the fewest decimals that gives the tax
 * within half a hundredth. 4.15 on 20.75 is 20 %, and so is 0.98 on 4.92, which divided would be 19.9187 %.
 */
export function derivedRate(amount: Decimal, base: Decimal): Decimal {
  if (isZero(base)) return { units: 0n, scale: 0 };
  for (let decimals = 0; ; decimals += 1) {
    const rate = divide(multiply(amount, HUNDRED), base, decimals, 'half-up');
    const computed = divide(multiply(base, rate), HUNDRED, 6, 'half-up');
    const close = compare(magnitude(subtract(computed, amount)), { units: 5n, scale: 3 }) <= 0;
    if (close || decimals === MAX_RATE_DECIMALS) return rate;
  }
}
