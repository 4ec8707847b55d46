import { decimalText, divideRounded } from '../decimal.ts';
import { sourceOf } from '../document.ts';
import { figure, magnitudeOf, type TaxSum } from '../figures.ts';
import { type Problem, problem } from '../problem.ts';
import type { Checked } from './check.ts';
import { PERCENT } from './lines.ts';
import { figureText, larger } from './tolerance.ts';

/**
 * C7: each tax is its rate of what the shop computed it on. A gap beyond rounding is pointed out; beyond 1 % of the
 * base and five units it is a wrong rate, an amount that already includes tax or a misread field: the document is held.
 */
export function checkTaxes({ document, figures }: Checked): readonly Problem[] {
  const { unit } = figures;
  let problems: Problem[] | null = null;
  for (const group of figures.groups) {
    const { amount, base, lines, tax } = group;
    const gap = magnitudeOf(amount * PERCENT - base * figure(tax.rate));
    if (gap <= 2n * unit * PERCENT) continue;
    const justified = document.tolerance === null ? 0n : figure(document.tolerance);
    if (gap <= larger(BigInt(lines) * unit, justified) * PERCENT) continue;
    const wrong = gap > larger(magnitudeOf(base) / 100n, 5n * unit, justified) * PERCENT;
    problems ??= [];
    problems.push(
      wrong
        ? problem('document.tax-rate-wrong', 'hold', sourceOf(document), valuesOf(group))
        : problem('document.tax-rate-off', 'warn', sourceOf(document), valuesOf(group)),
    );
  }
  return problems ?? NONE;
}

const NONE: readonly Problem[] = [];

function valuesOf({ tax, amount, base }: TaxSum) {
  const cents = divideRounded(base * figure(tax.rate), PERCENT * 10_000n, 'half-up');
  return {
    tax: tax.name ?? tax.code ?? '',
    rate: decimalText(tax.rate),
    base: figureText(base),
    stated: figureText(amount),
    expected: figureText(cents * 10_000n),
  };
}
