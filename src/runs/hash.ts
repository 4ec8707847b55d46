import { hash } from 'node:crypto';
import { contentOf, contentOfPayment } from '../core/content.ts';
import type { Payment, SalesDocument } from '../core/document.ts';

/** SHA-256 of what matters to the books: tells whether a document changed after its transfer. */
export function documentHash(document: SalesDocument): string {
  return hash('sha256', contentOf(document));
}

export function paymentHash(document: SalesDocument, payment: Payment): string {
  return hash('sha256', contentOfPayment(document, payment));
}
