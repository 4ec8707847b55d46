import type { Payment, SalesDocument } from '../document.ts';
import { hasRow, resolve } from '../mapping.ts';
import type { BookSettings } from '../settings.ts';
import { type Circumstances, circumstancesOf } from './question.ts';
import { methodItem, questionOf } from './trade.ts';

/**
 * The parts of a document that are written once each: itself, and each payment or refund payment whose method is
 * ticked, or still unknown. A payment of zero, or of a method that is not ticked, is no part: ticking it later makes
 * it writable.
 */
export function partsOf(document: SalesDocument, settings: BookSettings): string[] {
  const circumstances = circumstancesOf(document, settings);
  const parts = ['document'];
  for (const payment of document.payments) if (isPart(payment, circumstances, settings)) parts.push(partOf(payment));
  return parts;
}

/** How the state of a payment is kept: `payment/<id>`, or `refund/<id>` for money that went back. */
export function partOf({ direction, id }: Payment): string {
  return direction === 'in' ? `payment/${id}` : `refund/${id}`;
}

/** Whether a payment is written at all: not one of zero, nor of a method that is not ticked. */
export function isPart(payment: Payment, circumstances: Circumstances, settings: BookSettings): boolean {
  if (payment.amount.units === 0n) return false;
  const question = questionOf({ circumstances }, [methodItem(payment)]);
  const { payments } = settings.mappings;
  return !hasRow(payments, question) || resolve(payments, 'create', question).value === true;
}
