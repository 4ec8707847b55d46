import { type Decimal, decimalText } from './decimal.ts';
import type { Address, DocumentLine, Payment, SalesDocument, Tax } from './document.ts';
import { placeOf } from './territories.ts';

/**
 * What of a document matters to the books, as canonical text: its SHA-256, computed elsewhere, tells whether a document
 * changed after its transfer. In it: kind, lines, taxes, totals, currency, rate, numbers, dates, countries, VAT number.
 * Left out: status, texts, addresses, ids of lines, change date, and payments, each of which has its own text. How an
 * amount is spelled (`20` or `20.00`) is no change. What is absent is `null`, as JSON writes it in a list.
 */
export function contentOf(document: SalesDocument): string {
  const { order, invoice, creditNote, currency, totals } = document;
  return JSON.stringify([
    document.kind,
    document.test,
    [order.id, order.number, order.date],
    invoice && [invoice.number, invoice.date],
    creditNote && [creditNote.id, creditNote.number, creditNote.date],
    [currency.code, currency.base, text(currency.rate)],
    [document.taxCountry, placeText(document.billing), placeText(document.delivery)],
    document.customer.vatNumber?.value,
    document.lines.map(lineContent),
    [text(totals.net), text(totals.tax), text(totals.gross)],
    totals.taxes?.map(taxContent),
  ]);
}

/** A postcode matters only where it tells a territory with VAT of its own. */
function placeText(address: Address | null): string | null {
  if (address === null) return null;
  const { country, territory } = placeOf(address.country, address.postcode);
  return territory?.code ?? country;
}

/** What of a payment matters to the books, as canonical text. */
export function contentOfPayment(document: SalesDocument, payment: Payment): string {
  const { fee, inCurrency } = payment;
  return JSON.stringify([
    document.kind,
    payment.direction,
    payment.type,
    payment.method.id,
    payment.date,
    document.currency.code,
    text(document.currency.rate),
    text(payment.amount),
    inCurrency && [inCurrency.code, text(inCurrency.amount), text(inCurrency.rate)],
    fee && [text(fee.amount), fee.currency, text(fee.tax)],
  ]);
}

function lineContent(line: DocumentLine) {
  return [
    line.kind,
    line.taxRule?.id,
    line.carrier?.id,
    text(line.quantity),
    text(line.netBeforeDiscount),
    text(line.net),
    text(line.gross),
    line.taxes.map(taxContent),
  ];
}

function taxContent(tax: Tax) {
  return [tax.code, text(tax.rate), text(tax.base), text(tax.amount)];
}

function text(amount: Decimal | null): string | null {
  return amount === null ? null : decimalText(amount);
}
