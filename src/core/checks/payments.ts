import { sourceOf } from '../document.ts';
import { figure } from '../figures.ts';
import { balanceOf, isWithinTolerance } from '../posting/difference.ts';
import { type Problem, problem } from '../problem.ts';
import type { Checked } from './check.ts';
import { figureText, larger, perLine } from './tolerance.ts';

/**
 * C11: what was paid is what was due; within the profile's tolerance the rest is booked, beyond it is only named. An
 * order of several parts is tested once, as a whole, with its first sale. C12: no more is given back than was sold.
 */
export function checkPayments(checked: Checked): readonly Problem[] {
  const { document, settings, conversion } = checked;
  const problems: Problem[] = [];
  const balance = balanceOf(document);
  if (balance !== null && balance.paid !== balance.due) {
    const { paid, due } = balance;
    if (document.payments.every(({ amount }) => amount.units === 0n) && paid === 0n) {
      problems.push(problem('document.unpaid', 'warn', sourceOf(document), { due: figureText(due) }));
    } else if (!isWithinTolerance(balance, conversion, settings)) {
      const values = { paid: figureText(paid), due: figureText(due), rest: figureText(due - paid) };
      problems.push(problem('document.payments-differ', 'warn', sourceOf(document), values));
    }
  }
  const { wholeOrder } = document;
  if (document.kind === 'creditNote' && wholeOrder !== null) {
    const [refunds, sales] = [figure(wholeOrder.creditNotes), figure(wholeOrder.sales)];
    if (refunds - sales > larger(perLine(checked), figure(settings.tolerances.minimum))) {
      const values = { refunds: figureText(refunds), sales: figureText(sales) };
      problems.push(problem('document.refunds-exceed-sale', 'warn', sourceOf(document), values));
    }
  }
  return problems;
}
