import { decimalText } from '../decimal.ts';
import { sourceOf } from '../document.ts';
import { figure, magnitudeOf } from '../figures.ts';
import { type Problem, problem } from '../problem.ts';
import type { Checked } from './check.ts';
import { figureText, ofTotal, perLine } from './tolerance.ts';

/**
 * C2 to C6 and C10: the lines against the totals the shop states. C4, the gross, decides: within its tolerance the gap
 * is a rounding difference that the profile's policy books; a cent beyond, the document is held.
 */
export function checkTotals(checked: Checked): readonly Problem[] {
  const { document, figures } = checked;
  const { stated, net, tax, unit } = figures;
  const exact =
    stated.net === net &&
    stated.tax === tax &&
    stated.gross === net + tax &&
    stated.gross >= 0n &&
    document.totals.taxes === null;
  if (exact) return NONE;

  const source = sourceOf(document);
  const problems: Problem[] = [];
  const allowed = perLine(checked);
  const gross = net + tax;
  if (magnitudeOf(stated.net - net) > allowed) {
    problems.push(problem('document.net-differs', 'hold', source, gap(stated.net, net)));
  }
  if (magnitudeOf(stated.tax - tax) > allowed) {
    problems.push(problem('document.tax-differs', 'hold', source, gap(stated.tax, tax)));
  }
  const tolerance = ofTotal(checked);
  if (magnitudeOf(stated.gross - gross) > tolerance) {
    const values = { ...gap(stated.gross, gross), tolerance: figureText(tolerance) };
    problems.push(problem('document.totals-differ', 'hold', source, values));
  }
  if (magnitudeOf(stated.net + stated.tax - stated.gross) > unit) {
    const values = { net: figureText(stated.net), tax: figureText(stated.tax), gross: figureText(stated.gross) };
    problems.push(problem('document.totals-contradict', 'hold', source, values));
  }
  for (const { name, amount, lines } of statedTaxes(checked)) {
    if (magnitudeOf(amount - lines) <= allowed) continue;
    const values = { tax: name, stated: figureText(amount), lines: figureText(lines) };
    problems.push(problem('document.tax-of-rate-differs', 'hold', source, values));
  }
  if (stated.gross < 0n) {
    problems.push(problem('document.negative-total', 'hold', source, { gross: figureText(stated.gross) }));
  }
  return problems;
}

const NONE: readonly Problem[] = [];

/** What the shop states per tax, beside what the lines say; by code, or by rate where the shop gives no code. */
function statedTaxes({ document, figures }: Checked) {
  const byTax = new Map<string, { name: string; amount: bigint; lines: bigint }>();
  for (const tax of document.totals.taxes ?? []) {
    const key = tax.code ?? `${decimalText(tax.rate)}%`;
    const known = byTax.get(key);
    if (known !== undefined) {
      known.amount += figure(tax.amount);
      continue;
    }
    let lines = 0n;
    for (const group of figures.groups) {
      if (tax.code === null ? `${decimalText(group.tax.rate)}%` === key : group.tax.code === key) lines += group.amount;
    }
    byTax.set(key, { name: tax.name ?? key, amount: figure(tax.amount), lines });
  }
  return byTax.values();
}

function gap(stated: bigint, lines: bigint) {
  return { stated: figureText(stated), lines: figureText(lines), difference: figureText(stated - lines) };
}
