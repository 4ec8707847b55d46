import type { Decimal } from '../decimal.ts';
import { decimalText } from '../decimal.ts';
import { type SalesDocument, sourceOf } from '../document.ts';
import { FIGURE_SCALE } from '../figures.ts';
import { type Problem, problem } from '../problem.ts';

/** C16: amounts within 18 digits and six decimals. Beyond, something was misread and nothing else can be trusted. */
export function checkRange(document: SalesDocument): readonly Problem[] {
  const { lines, payments, totals, wholeOrder } = document;
  let problems: Problem[] | null = null;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === undefined) continue;
    look(line.net, 'net', index);
    look(line.gross, 'gross', index);
    if (line.netBeforeDiscount !== null) look(line.netBeforeDiscount, 'netBeforeDiscount', index);
    if (line.quantity !== null && !inDigits(line.quantity)) note(line.quantity, 'quantity', index);
    for (const tax of line.taxes) {
      look(tax.amount, 'tax.amount', index);
      look(tax.rate, 'tax.rate', index);
      if (tax.base !== null) look(tax.base, 'tax.base', index);
    }
  }
  look(totals.net, 'totals.net', null);
  look(totals.tax, 'totals.tax', null);
  look(totals.gross, 'totals.gross', null);
  for (const tax of totals.taxes ?? []) look(tax.amount, 'totals.taxes', null);
  for (const payment of payments) {
    look(payment.amount, 'payment.amount', null);
    if (payment.fee !== null) look(payment.fee.amount, 'payment.fee', null);
  }
  if (document.tolerance !== null) look(document.tolerance, 'tolerance', null);
  if (wholeOrder !== null) {
    for (const part of ['sales', 'creditNotes', 'paidIn', 'paidOut'] as const)
      look(wholeOrder[part], `wholeOrder.${part}`, null);
  }
  return problems ?? NONE;

  function look(amount: Decimal, field: string, line: number | null) {
    if (amount.scale > FIGURE_SCALE || !inDigits(amount)) note(amount, field, line);
  }

  function note(amount: Decimal, field: string, line: number | null) {
    problems ??= [];
    const place = line === null ? field : `lines[${lines[line]?.id}].${field}`;
    problems.push(
      problem('document.amount-out-of-range', 'hold', sourceOf(document), { field: place, value: decimalText(amount) }),
    );
  }
}

const NONE: readonly Problem[] = [];
const LIMIT = 10n ** 18n;

function inDigits({ units }: Decimal): boolean {
  return units < LIMIT && units > -LIMIT;
}
