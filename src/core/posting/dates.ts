import type { Day } from '../calendar.ts';
import type { Payment, SalesDocument } from '../document.ts';
import type { BookSettings } from '../settings.ts';

/** The entry date of a sale or credit note; without invoice, the order's. */
export function documentEntryDate(document: SalesDocument, settings: BookSettings): Day {
  const { order, invoice, creditNote } = document;
  const when = creditNote === null ? settings.sales.date : settings.creditNotes.date;
  if (when === 'today') return settings.today;
  if (when === 'order') return order.date;
  return creditNote?.date ?? invoice?.date ?? order.date;
}

/** The entry date of a payment; *invoice* means the document it pays, so a refund takes the credit note's date. */
export function paymentEntryDate(document: SalesDocument, payment: Payment, settings: BookSettings): Day {
  switch (settings.payments.date) {
    case 'payment':
      return payment.date;
    case 'today':
      return settings.today;
    case 'order':
      return document.order.date;
    case 'invoice':
      return document.creditNote?.date ?? document.invoice?.date ?? document.order.date;
  }
}

/** Date of the invoice or credit note, else of the order: what an auditor looks for beside the piece. */
export function pieceDate({ creditNote, invoice, order }: SalesDocument): Day {
  return creditNote?.date ?? invoice?.date ?? order.date;
}
