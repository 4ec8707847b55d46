import { type Decimal, decimalText } from '../decimal.ts';
import type { DocumentLine, LineKind } from '../document.ts';
import { FIGURE_SCALE, figure, type LineFigures } from '../figures.ts';
import { resolve } from '../mapping.ts';
import { accountOfLine, adjustmentAccount, discountAccount, type Found, isGesture, taxCodeOf } from './accounts.ts';
import { toBooks, toFigure, toMinor } from './currency.ts';
import type { CustomerAccount } from './customer.ts';
import { addDepositVat } from './deposit-vat.ts';
import { depositsOf } from './deposits.ts';
import { draftTaxes, linePart } from './draft-taxes.ts';
import { addTo, type Draft, type Part, sumOf } from './lines.ts';
import { sectionOf } from './section.ts';
import { amountText, isHeld, note, questionOf, type Trade } from './trade.ts';

/** Which way a document goes: -1n credits sales and debits the customer, 1n is its mirror, a credit note. */
export type Direction = 1n | -1n;

/**
 * The lines of a sale, or mirrored those of a credit note: customer for the gross total, each line's net, each tax, the
 * rounding difference, all in the books' currency. What cannot be placed is noted; the caller then holds the document.
 */
export function draftDocument(trade: Trade, customer: CustomerAccount, direction: Direction): Draft[] {
  const { document, figures, conversion, settings } = trade;
  const drafts: Draft[] = [];
  const total = linePart(TOTAL, amountText(document.totals.gross));
  const gross = -direction * figures.stated.gross;
  const deposits = depositsOf(trade);
  const before = deposits === null ? 0n : toFigure(deposits.amount, conversion.decimals);
  const shared = { taxCode: null, taxRate: null };
  addTo(drafts, { role: 'customer', found: customer.found, amount: gross - before, part: total, ...shared });
  if (deposits !== null) {
    const { found, each } = deposits;
    for (const { amount, part } of each) {
      addTo(drafts, { role: 'deposit', found, amount: toFigure(amount, conversion.decimals), part, ...shared });
    }
  }

  let firstProduct: Draft | null = null;
  for (let index = 0; index < document.lines.length; index += 1) {
    const line = document.lines[index];
    const amounts = figures.lines[index];
    if (line === undefined || amounts === undefined) continue;
    const net = draftNet(trade, drafts, line, amounts, direction);
    if (line.kind === 'product') firstProduct ??= net;
    draftTaxes(trade, drafts, line, amounts, direction);
  }

  for (const draft of drafts) draft.amount = toMinor(draft.amount, conversion.decimals);
  balanceDocument(trade, drafts, firstProduct, direction);
  if (conversion.rate !== null) {
    for (const draft of drafts) {
      draft.inCurrency = draft.amount;
      const isDeposit = deposits !== null && draft.role === 'deposit';
      draft.amount = isDeposit ? deposits.inBooks : toBooks(draft.amount, conversion, settings.books.decimals);
    }
    balanceConversion(trade, drafts, direction);
  }
  if (deposits !== null) addDepositVat(trade, drafts, { of: null, direction: 1n });
  return drafts;
}

/**
 * A conversion leaves a cent over: the currency's adjustment accounts take it, so that the entry balances. In a credit
 * note it goes back on the account where its sale had put it.
 */
export function balanceConversion(trade: Trade, drafts: Draft[], direction: Direction, part: string | null = null) {
  const residue = -sumOf(drafts);
  if (residue === 0n || isHeld(trade)) return;
  const { code } = trade.document.currency;
  const field = direction * residue > 0n ? 'adjustmentIncome' : 'adjustmentExpense';
  const { value, rule, tried } = resolve(trade.settings.mappings.currencies, field, questionOf(trade, [code]));
  if (value === null) {
    note(trade, 'mapping.currency-unmapped', part === null ? 'hold' : 'part', { currency: code }, part);
    return;
  }
  const found: Found = { account: value, mapping: 'currencies', rule, tried };
  const { decimals } = trade.settings.books;
  const conversion = {
    line: 'conversion',
    label: '',
    amount: decimalText({ units: direction * residue, scale: decimals }, 2),
  };
  addTo(drafts, { role: 'currencyAdjustment', found, taxCode: null, taxRate: null, amount: residue, part: conversion });
}

/** The net of a line; with discount lines on, its price before discount, and the discount apart. */
function draftNet(
  trade: Trade,
  drafts: Draft[],
  line: DocumentLine,
  { net }: LineFigures,
  direction: Direction,
): Draft | null {
  const before = isDiscountShown(trade, line) ? line.netBeforeDiscount : null;
  const full = before === null ? net : figure(before);
  if (full === 0n && net === 0n) return null;
  const { role, found } = accountOfLine(trade, line);
  const taxCode = taxCodeOf(trade, line);
  if (full !== net) {
    const discount = discountAccount(trade, line);
    if (discount !== null) {
      const part = linePart(line, figureText(net - full));
      addTo(drafts, {
        role: 'discount',
        found: discount,
        taxCode,
        taxRate: null,
        amount: direction * (net - full),
        section: sectionOf(trade, line, discount),
        part,
      });
    }
  }
  if (found === null) return null;
  const part = linePart(line, amountText(before ?? line.net));
  const section = sectionOf(trade, line, found);
  return addTo(drafts, { role, found, taxCode, taxRate: null, amount: direction * full, section, part });
}

/** A gesture has no price of which it could be a part. */
function isDiscountShown(trade: Trade, line: DocumentLine): boolean {
  return trade.settings.discountLines && DISCOUNTED.has(line.kind) && !isGesture(trade, line);
}

/** What a voucher takes off: goods, and shipping or wrapping that became free. */
const DISCOUNTED: ReadonlySet<LineKind> = new Set<LineKind>(['product', 'shipping', 'wrapping']);

/**
 * The lines miss the stated total by a rounding difference: the profile says where it goes. Stated above the lines is
 * income, below is expense; a credit note is the mirror, on the same accounts, so that giving all back undoes the sale.
 */
function balanceDocument(trade: Trade, drafts: Draft[], firstProduct: Draft | null, direction: Direction) {
  const difference = -sumOf(drafts);
  if (difference === 0n || isHeld(trade)) return;
  const { roundingDifference } = trade.settings;
  const firstTax = roundingDifference === 'firstTax' ? drafts.find(({ role }) => role === 'vat') : undefined;
  const taker = roundingDifference === 'firstProduct' ? firstProduct : firstTax;
  const { decimals } = trade.conversion;
  const text = decimalText({ units: direction * difference, scale: decimals }, 2);
  const part: Part = { line: 'rounding', label: '', amount: text };
  if (taker != null) {
    taker.amount += difference;
    taker.parts.push(part);
    return;
  }
  const found = adjustmentAccount(trade, direction * difference > 0n);
  if (found === null) return;
  addTo(drafts, { role: 'adjustment', found, taxCode: null, taxRate: null, amount: difference, part });
}

const TOTAL = { id: 'total', label: null };

function figureText(units: bigint): string {
  const value: Decimal = { units, scale: FIGURE_SCALE };
  return decimalText(value, 2);
}
