import type { SalesDocument, WholeOrder } from '../document.ts';
import { figure, magnitudeOf } from '../figures.ts';
import type { BookSettings } from '../settings.ts';
import { type Conversion, toBooks, toMinor } from './currency.ts';

/**
 * A payment difference is what was paid against what was due; it is not an adjustment, which is a gap between lines
 * and total. Both in millionths of the document's currency, positive the usual way: in for a sale, out for a credit note.
 */
export type Balance = { readonly paid: bigint; readonly due: bigint };

/**
 * What a document's payments are held against; null when another document answers for it: an order of several parts
 * (edits, exchange) is held against its payments as a whole, once, with the order's first sale. An order that comes to nothing as
 * a whole (never paid and wholly credited) leaves nothing open, whatever its documents say alone.
 */
export function balanceOf(document: SalesDocument): Balance | null {
  const { wholeOrder } = document;
  if (wholeOrder !== null && wholeOrder.creditNotes.units !== 0n && isSettled(wholeOrder)) return null;
  if (wholeOrder !== null && wholeOrder.saleParts > 1) {
    if (document.kind !== 'sale' || document.key !== `sale/${document.order.id}`) return null;
    const due = figure(wholeOrder.sales) - figure(wholeOrder.creditNotes);
    return { paid: figure(wholeOrder.paidIn) - figure(wholeOrder.paidOut), due };
  }
  const usual = document.kind === 'sale' ? 'in' : 'out';
  let paid = 0n;
  for (const { direction, amount } of document.payments) paid += direction === usual ? figure(amount) : -figure(amount);
  return { paid, due: figure(document.totals.gross) };
}

function isSettled({ sales, creditNotes, paidIn, paidOut }: WholeOrder): boolean {
  return figure(sales) - figure(creditNotes) === figure(paidIn) - figure(paidOut);
}

/** Whether the rest is small enough to be booked; the tolerance is in the books' currency. */
export function isWithinTolerance(balance: Balance, conversion: Conversion | null, settings: BookSettings): boolean {
  const { books, tolerances } = settings;
  const decimals = conversion?.decimals ?? books.decimals;
  const rest = toMinor(magnitudeOf(balance.due - balance.paid), decimals);
  const inBooks = conversion === null ? rest : toBooks(rest, conversion, books.decimals);
  return inBooks <= toMinor(figure(tolerances.payment), books.decimals);
}
