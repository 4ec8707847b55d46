import { addDays } from '../calendar.ts';
import { sourceOf } from '../document.ts';
import { type Problem, problem } from '../problem.ts';
import type { Checked } from './check.ts';

/** C14: a credit note does not come before its order (held), nor an invoice by more than a day (warned). */
export function checkDates({ document }: Checked): readonly Problem[] {
  const { order, invoice, creditNote } = document;
  const problems: Problem[] = [];
  if (creditNote !== null && creditNote.date < order.date) {
    problems.push(
      problem('document.dates-disorder', 'hold', sourceOf(document), { date: creditNote.date, order: order.date }),
    );
  }
  const invoiced = invoice?.date ?? null;
  if (invoiced !== null && invoiced < order.date && addDays(invoiced, 1) < order.date) {
    problems.push(
      problem('document.invoice-before-order', 'warn', sourceOf(document), { date: invoiced, order: order.date }),
    );
  }
  return problems;
}
