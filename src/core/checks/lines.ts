import { decimalText } from '../decimal.ts';
import { type DocumentLine, sourceOf } from '../document.ts';
import { figure, magnitudeOf } from '../figures.ts';
import { type Problem, problem } from '../problem.ts';
import type { Checked } from './check.ts';
import { figureText } from './tolerance.ts';

/**
 * C1: a line's gross is its net and taxes, to one unit of the last decimal. C8: a positive rate on an amount that is
 * not zero gives a tax. C9: a discount does not raise a price.
 */
export function checkLines({ document, figures }: Checked): readonly Problem[] {
  const { unit } = figures;
  let problems: Problem[] | null = null;
  for (let index = 0; index < document.lines.length; index += 1) {
    const line = document.lines[index];
    const amounts = figures.lines[index];
    if (line === undefined || amounts === undefined) continue;
    const gross = figure(line.gross);
    const computed = amounts.net + amounts.tax;
    if (gross !== computed && magnitudeOf(gross - computed) > unit) {
      const values = { line: nameOf(line), stated: figureText(gross), computed: figureText(computed) };
      note(problem('document.line-gross-differs', 'hold', sourceOf(document), values));
    }
    for (let at = 0; at < line.taxes.length; at += 1) {
      const tax = line.taxes[at];
      if (tax === undefined || tax.amount.units !== 0n || tax.rate.units === 0n) continue;
      const base = tax.base === null ? amounts.net : figure(tax.base);
      if (magnitudeOf(base * figure(tax.rate)) <= unit * PERCENT) continue;
      const values = { line: nameOf(line), net: decimalText(line.net, 2) };
      note(problem('document.tax-missing-on-line', 'warn', sourceOf(document), values));
    }
    if (line.kind === 'product' && line.netBeforeDiscount !== null && amounts.net > 0n) {
      const before = figure(line.netBeforeDiscount);
      if (amounts.net - before > unit) {
        note(problem('document.discount-negative', 'warn', sourceOf(document), { line: nameOf(line) }));
      }
    }
  }
  return problems ?? NONE;

  function note(found: Problem) {
    problems ??= [];
    problems.push(found);
  }
}

const NONE: readonly Problem[] = [];

/** Figure × figure of a rate in percent ÷ this is a figure. */
export const PERCENT = 100_000_000n;

function nameOf({ id, label }: DocumentLine): string {
  return label === null || label === '' ? id : label;
}
