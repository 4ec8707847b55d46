import type { Payment } from '../document.ts';
import type { Entry, LineRole } from '../entry.ts';
import { FIGURE_SCALE, figure } from '../figures.ts';
import { hasRow, resolve } from '../mapping.ts';
import { differenceAccount, type Found, otherAccount } from './accounts.ts';
import { fromBooks, tableRate, toBooks, toMinor } from './currency.ts';
import type { CustomerAccount } from './customer.ts';
import { documentEntryDate, paymentEntryDate, pieceDate } from './dates.ts';
import { addDepositVat } from './deposit-vat.ts';
import { depositAccount, depositsOf, isDeposit } from './deposits.ts';
import { balanceOf, isWithinTolerance } from './difference.ts';
import { balanceConversion } from './document-lines.ts';
import { addTo, type Draft, finish } from './lines.ts';
import { isPart, partOf } from './parts.ts';
import { columnsOf, methodName, pieceOf, textsOf } from './texts.ts';
import { amountText, methodItem, note, placeName, questionOf, type Trade } from './trade.ts';

/** The entries of a document's payments, and the parts that a problem keeps back. */
export type PaymentsPosted = { readonly entries: readonly Entry[]; readonly heldParts: readonly string[] };

/**
 * One entry per payment whose method is ticked: debits the bank, and the provider's fee if known, credits the customer
 * for the amount paid; a refund payment is the mirror. A small rest between paid and due is booked in the last one.
 * What is wrong with a payment holds it alone.
 */
export function postPayments(trade: Trade, customer: CustomerAccount): PaymentsPosted {
  const { document, circumstances, settings } = trade;
  const entries: Entry[] = [];
  const heldParts: string[] = [];
  if (document.payments.length === 0) return { entries, heldParts };
  const last = lastPart(trade);
  const rest = restOf(trade);
  const closing = last === null ? NOTHING : { rest, residue: residueOf(trade, last, rest) };
  for (const payment of document.payments) {
    if (!isPart(payment, circumstances, settings)) continue;
    const entry = postPayment(trade, customer, payment, payment === last ? closing : NOTHING);
    if (entry === null) heldParts.push(partOf(payment));
    else if (entry.lines.length > 0) entries.push(entry); // less than half a unit of the books is nothing to write
  }
  return { entries, heldParts };
}

/** What the last payment books beside itself: see `restOf` and `residueOf`. */
type Closing = { readonly rest: bigint; readonly residue: bigint };

const NOTHING: Closing = { rest: 0n, residue: 0n };

function postPayment(trade: Trade, customer: CustomerAccount, payment: Payment, closing: Closing): Entry | null {
  const { document, settings, country, conversion } = trade;
  const { treatment } = trade.circumstances;
  const part = partOf(payment);
  const source = sourceOfMoney(trade, payment);
  const drafts = source === null ? [] : draftPayment(trade, { customer, payment, closing, source });
  const journal = source?.journal ?? null;
  if (journal === null || trade.problems.some((known) => known.severity === 'part' && known.part === part)) return null;

  const date = paymentEntryDate(document, payment, settings);
  const saleDate = documentEntryDate(document, settings);
  if (document.kind === 'sale' && date < saleDate && !isDeposit(trade, payment))
    note(trade, 'payment.before-sale', 'warn', { date, sale: saleDate }, part);
  const { reference, label } = textsOf(trade, trade.prepared.payments, payment);
  const own = document.kind === 'sale' ? settings.sales.piece : settings.creditNotes.piece;
  const { piece } = settings.payments;
  const question = questionOf(trade, [methodItem(payment)]);
  const paymentMode = resolve(settings.mappings.payments, 'paymentMode', question).value;
  return {
    kind: 'payment',
    document: document.key,
    part,
    order: document.order.number || document.order.id,
    journal,
    date,
    documentDate: pieceDate(document),
    piece: pieceOf(document, piece === 'document' ? own : piece),
    reference,
    label,
    currency: document.currency.code,
    rate: conversion.rate,
    ledgerCurrency: trade.foreign?.code ?? null,
    country,
    treatment: treatment?.treatment ?? null,
    treatmentReason: treatment?.reason ?? null,
    paymentMethod: methodName(payment),
    customers: customer.records,
    ...columnsOf(trade, payment),
    lines: finish(drafts, {
      label,
      thirdParty: customer.thirdParty,
      paymentMode,
      currency: settings.books,
      foreign: trade.foreign,
    }),
  };
}

/** Where the money of a payment stands: a bank account, or for gift cards and store credit the liability they clear. */
type MoneySource = { readonly role: LineRole; readonly found: Found; readonly journal: string };

function sourceOfMoney(trade: Trade, payment: Payment): MoneySource | null {
  const { mappings } = trade.settings;
  const question = questionOf(trade, [methodItem(payment)]);
  const part = partOf(payment);
  const mapped = hasRow(mappings.payments, question);
  const item = payment.type === 'giftCard' ? 'giftCard' : 'storeCredit'; // points are a store credit of another name
  const role = payment.type === 'money' ? 'bank' : item;
  const country = placeName(trade);
  const bank = resolve(mappings.payments, 'bank', question);
  if (mapped && bank.value !== null) {
    const journal = resolve(mappings.payments, 'journal', question).value;
    if (journal === null) {
      note(trade, 'mapping.no-journal', 'part', { country, kind: 'payment' }, part);
      return null;
    }
    const { value, rule, tried } = bank;
    return { role, found: { account: value, mapping: 'payments', rule, tried }, journal };
  }
  if (payment.type === 'money') {
    const name = payment.method.name ?? '';
    if (mapped)
      note(trade, 'mapping.no-account', 'part', { mapping: 'payments.bank', country, item: methodItem(payment) }, part);
    else
      note(
        trade,
        'mapping.unknown-payment',
        'part',
        { method: methodItem(payment), name, amount: amountText(payment.amount) },
        part,
      );
    return null;
  }
  // Nothing moves at a bank: the card or credit clears its liability, in the journal of the document it pays.
  const found = otherAccount(trade, item, false);
  const journal = resolve(mappings.journals, trade.document.kind === 'sale' ? 'sales' : 'creditNotes', question).value;
  if (found === null)
    note(trade, 'mapping.no-account', 'part', { mapping: 'otherLines.withoutVat', country, item }, part);
  // Without that journal the document is held, which says so.
  return found === null || journal === null ? null : { role, found, journal };
}

type PaymentDraft = {
  readonly customer: CustomerAccount;
  readonly payment: Payment;
  readonly closing: Closing;
  readonly source: MoneySource;
};

/** Amounts in the books' currency, debit positive; `rest` (last unit of the document's currency) is debited when positive. */
function draftPayment(trade: Trade, { customer, payment, closing, source }: PaymentDraft): Draft[] {
  const { rest, residue } = closing;
  const { conversion, settings } = trade;
  const drafts: Draft[] = [];
  const sign = payment.direction === 'in' ? 1n : -1n;
  const paid = sign * toMinor(figure(payment.amount), conversion.decimals);
  const part = { line: partOf(payment), label: '', amount: amountText(payment.amount) };
  const inBooks = (minor: bigint) => toBooks(minor, conversion, settings.books.decimals);
  const fee = feeOf(trade, payment);
  const deposit = isDeposit(trade, payment) ? depositAccount(trade) : null;
  if (deposit !== null) addDepositVat(trade, drafts, { of: payment, direction: -1n });
  if (deposit === null) add('customer', customer.found, -inBooks(paid + rest) - residue, -paid - rest);
  else {
    add('deposit', deposit, -inBooks(paid), -paid);
    add('customer', customer.found, -inBooks(rest), -rest);
  }
  if (rest !== 0n) {
    const field = rest > 0n ? 'differenceExpense' : 'differenceIncome';
    const found = differenceAccount(trade, field);
    if (found !== null) add('difference', found, inBooks(rest), rest);
    else {
      const values = { mapping: `differences.${field}`, country: placeName(trade), item: '' };
      note(trade, 'mapping.no-account', 'part', values, partOf(payment));
      return drafts;
    }
  }
  if (fee !== null) add('bankFee', fee.found, fee.amount, fee.inCurrency);
  add(source.role, source.found, inBooks(paid) - (fee?.amount ?? 0n), paid - (fee?.inCurrency ?? 0n));
  if (conversion.rate !== null) balanceConversion(trade, drafts, -1n, partOf(payment));
  return drafts;

  function add(role: LineRole, found: Found, amount: bigint, inCurrency: bigint) {
    addTo(drafts, { role, found, taxCode: null, taxRate: null, amount, inCurrency, part });
  }
}

/** A fee as the books take it, and in units of the document's last decimal, whichever currency it was stated in. */
type Fee = { readonly found: Found; readonly amount: bigint; readonly inCurrency: bigint };

/**
 * The provider's fee in the books' currency: a cost, whichever way the payment goes (a negative one is given back). A
 * profile without fee account books payments whole, as their invoice from the provider will tell the fees.
 */
function feeOf(trade: Trade, payment: Payment): Fee | null {
  const { fee } = payment;
  if (fee === null || fee.amount.units === 0n) return null;
  const { settings, conversion, document } = trade;
  const { value, rule, tried } = resolve(settings.mappings.payments, 'fee', questionOf(trade, [methodItem(payment)]));
  if (value === null) return null;
  const found: Found = { account: value, mapping: 'payments', rule, tried };
  const { books } = settings;
  const stated = figure(fee.amount);
  if (fee.currency === books.code) return inBoth(toMinor(stated, books.decimals));
  const rate = fee.currency === document.currency.code ? conversion.rate : tableRate(fee.currency, settings);
  if (rate === null) {
    note(
      trade,
      'payment.fee-currency',
      'warn',
      { fee: amountText(fee.amount), currency: fee.currency },
      partOf(payment),
    );
    return null;
  }
  const amount = toBooks(stated, { decimals: FIGURE_SCALE, rate }, books.decimals);
  if (fee.currency !== document.currency.code) return inBoth(amount);
  return { found, amount, inCurrency: toMinor(stated, conversion.decimals) };

  function inBoth(amount: bigint): Fee {
    return { found, amount, inCurrency: fromBooks(amount, conversion, books.decimals) };
  }
}

/** The payment that bears the difference: the last by date of those that are parts, held or not, so that it is booked once. */
function lastPart({ document, circumstances, settings }: Trade): Payment | null {
  let last: Payment | null = null;
  for (const payment of document.payments) {
    if (isPart(payment, circumstances, settings) && (last === null || payment.date >= last.date)) last = payment;
  }
  return last;
}

/** What is left between paid and due when the tolerance allows to book it, debit positive; else zero. */
function restOf({ document, settings, conversion }: Trade): bigint {
  const balance = balanceOf(document);
  if (balance === null || balance.paid === balance.due || !isWithinTolerance(balance, conversion, settings)) return 0n;
  const rest = toMinor(balance.due - balance.paid, conversion.decimals);
  return document.kind === 'sale' ? rest : -rest;
}

/**
 * A foreign document paid in full by several payments: each is rounded in the books, and their sum can miss the
 * converted total by a cent (10.00 USD at 1.1 is 9.09, twice 5.00 is 9.10). The last payment closes the customer, the
 * currency's adjustment account takes the cent. In the books' currency, debit positive; zero when something stays open.
 */
function residueOf(trade: Trade, last: Payment, rest: bigint): bigint {
  const { document, settings, conversion } = trade;
  const { wholeOrder, kind, payments, totals } = document;
  if (conversion.rate === null || (wholeOrder !== null && wholeOrder.saleParts > 1)) return 0n;
  const inBooks = (minor: bigint) => toBooks(minor, conversion, settings.books.decimals);
  let cleared = 0n;
  let booked = 0n;
  for (const payment of payments) {
    const amount = toMinor(figure(payment.amount), conversion.decimals);
    const paid = isDeposit(trade, payment) ? 0n : payment.direction === 'in' ? amount : -amount;
    const own = paid + (payment === last ? rest : 0n);
    cleared += own;
    booked += inBooks(own);
  }
  const gross = toMinor(figure(totals.gross), conversion.decimals) - (depositsOf(trade)?.amount ?? 0n);
  const due = kind === 'sale' ? gross : -gross;
  return cleared === due ? inBooks(due) - booked : 0n;
}
