import { dayMonthYear } from '../calendar.ts';
import type { Payment, SalesDocument } from '../document.ts';
import type { Entry } from '../entry.ts';
import { type PatternCode, renderPattern } from '../pattern.ts';
import type { CreditNotePiece, SalePiece } from '../settings.ts';
import type { EntryTexts, Trade } from './trade.ts';

/** Reference and label of an entry; `payment` is its own, or the order's first. */
export function textsOf(
  trade: Trade,
  texts: EntryTexts,
  payment: Payment | null,
): { reference: string; label: string } {
  const textFor = (code: PatternCode) => patternValue(code, trade, payment);
  return { reference: renderPattern(texts.reference, textFor), label: renderPattern(texts.label, textFor) };
}

/** What the document says for the columns of the user's own file format; nothing where it has none. */
export function columnsOf(trade: Trade, payment: Payment | null): Pick<Entry, 'columns'> {
  const { columns } = trade.prepared;
  if (columns.length === 0) return {};
  const textFor = (code: PatternCode) => patternValue(code, trade, payment);
  return { columns: Object.fromEntries(columns.map(({ text, pattern }) => [text, renderPattern(pattern, textFor)])) };
}

/** The document number an entry carries; where the document lacks the one asked for, the next best. */
export function pieceOf(document: SalesDocument, piece: SalePiece | CreditNotePiece): string {
  const { order, invoice, creditNote } = document;
  switch (piece) {
    case 'none':
      return '';
    case 'orderId':
      return order.id;
    case 'orderNumber':
      return order.number || order.id;
    case 'invoiceNumber':
      return invoice?.number || order.number || order.id;
    case 'creditNoteNumber':
      return creditNote?.number || creditNote?.id || pieceOf(document, 'invoiceNumber');
  }
}

/** For people: the shop's name of a payment's method. */
export function methodName(payment: Payment | null): string | null {
  return payment === null ? null : payment.method.name || payment.method.id || null;
}

function patternValue(code: PatternCode, trade: Trade, payment: Payment | null): string {
  const { order, invoice, creditNote, customer } = trade.document;
  switch (code) {
    case 'OI':
      return order.id;
    case 'ON':
      return order.number || order.id;
    case 'OD':
      return dayMonthYear(order.date);
    case 'IN':
      return invoice?.number ?? '';
    case 'ID':
      return invoice?.date ? dayMonthYear(invoice.date) : '';
    case 'CN':
      return creditNote?.number || creditNote?.id || '';
    case 'CD':
      return creditNote ? dayMonthYear(creditNote.date) : '';
    case 'CF':
      return customer.firstName?.trim() ?? '';
    case 'CL':
      return customer.lastName?.trim() ?? '';
    case 'CC':
      return (customer.company || trade.document.billing?.company)?.trim() ?? '';
    case 'CE':
      return customer.email ?? '';
    case 'CI':
      return customer.id ?? '';
    case 'PM':
      return methodName(payment) ?? '';
    case 'PD':
      return payment ? dayMonthYear(payment.date) : '';
    case 'PT':
      return payment?.transactionId ?? '';
    case 'SN':
      return trade.settings.shopName;
    case 'CO':
      return trade.country ?? '';
  }
}
