import type { Entry } from '../entry.ts';
import { resolve } from '../mapping.ts';
import type { CreditNotePiece, SalePiece } from '../settings.ts';
import type { CustomerAccount } from './customer.ts';
import { documentEntryDate, pieceDate } from './dates.ts';
import { type Direction, draftDocument } from './document-lines.ts';
import { finish } from './lines.ts';
import { columnsOf, methodName, pieceOf, textsOf } from './texts.ts';
import { type EntryTexts, isHeld, note, placeName, questionOf, type Trade } from './trade.ts';

/** What tells the entry of a sale from that of a credit note. */
export type DocumentManner = {
  readonly kind: 'sale' | 'creditNote';
  readonly direction: Direction;
  readonly journal: 'sales' | 'creditNotes';
  readonly texts: EntryTexts;
  readonly piece: SalePiece | CreditNotePiece;
};

/** The entry of a sale or credit note; null when nothing is left to write, or when a problem was noted that holds it. */
export function documentEntry(trade: Trade, customer: CustomerAccount, manner: DocumentManner): Entry | null {
  const { document, settings, country, conversion, firstPayment, method } = trade;
  const { treatment } = trade.circumstances;
  const drafts = draftDocument(trade, customer, manner.direction);
  const journal = resolve(settings.mappings.journals, manner.journal, questionOf(trade, [])).value;
  if (journal === null) note(trade, 'mapping.no-journal', 'hold', { country: placeName(trade), kind: manner.kind });
  if (journal === null || isHeld(trade)) return null;

  const { reference, label } = textsOf(trade, manner.texts, firstPayment);
  const paymentMode =
    method === null ? null : resolve(settings.mappings.payments, 'paymentMode', questionOf(trade, [method])).value;
  const currencies = { currency: settings.books, foreign: trade.foreign };
  const lines = finish(drafts, { label, thirdParty: customer.thirdParty, paymentMode, ...currencies });
  if (lines.length === 0) return null;
  return {
    kind: manner.kind,
    document: document.key,
    part: 'document',
    order: document.order.number || document.order.id,
    journal,
    date: documentEntryDate(document, settings),
    documentDate: pieceDate(document),
    piece: pieceOf(document, manner.piece),
    reference,
    label,
    currency: document.currency.code,
    rate: conversion.rate,
    ledgerCurrency: trade.foreign?.code ?? null,
    country,
    treatment: treatment?.treatment ?? null,
    treatmentReason: treatment?.reason ?? null,
    paymentMethod: methodName(firstPayment),
    customers: customer.records,
    ...columnsOf(trade, firstPayment),
    lines,
  };
}
