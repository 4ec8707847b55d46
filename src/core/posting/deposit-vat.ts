import type { Payment } from '../document.ts';
import { figure } from '../figures.ts';
import { type Found, otherAccount } from './accounts.ts';
import { toBooks, toMinor } from './currency.ts';
import { isDeposit } from './deposits.ts';
import { draftTaxes } from './draft-taxes.ts';
import { addTo, type Draft } from './lines.ts';
import { partOf } from './parts.ts';
import { amountText, note, placeName, type Trade } from './trade.ts';

/**
 * The VAT of deposits, where it is due on receipt: for goods in France since 2023 (CGI article 269, 2, a), up to the sum received.
 * The payment's entry credits the VAT of the sale's rates, in proportion, against an account of regularisation (4458), and the
 * sale's entry, which books all of its VAT, takes the same amounts back from both: each falls in the return of its own date.
 * With the account of deposits itself for the regularisation, deposits stand there without their VAT.
 *
 * Deposits of 40.00 and 80.00 on a sale of 100.00 + 20.00: 6.67 with the first, 13.33 with the second.
 */
export function addDepositVat(
  trade: Trade,
  drafts: Draft[],
  { of, direction }: { readonly of: Payment | null; readonly direction: 1n | -1n },
): void {
  if (!trade.settings.depositVat) return;
  const { conversion, settings } = trade;
  const account = regularisation(trade);
  if (account === null) return;
  for (const { payment, vat, minor } of sharesOf(trade)) {
    if (minor === 0n || (of !== null && payment !== of)) continue;
    const amount = direction * toBooks(minor, conversion, settings.books.decimals);
    const part = { line: partOf(payment), label: '', amount: amountText({ units: minor, scale: conversion.decimals }) };
    const inCurrency = direction * minor;
    const { found, taxCode, taxRate, vatGrid } = vat;
    addTo(drafts, { role: 'depositVat', found, taxCode, taxRate, vatGrid, amount, inCurrency, part });
    const opposite = { taxCode: null, taxRate: null, amount: -amount, inCurrency: -inCurrency, part };
    addTo(drafts, { role: 'depositVat', found: account, ...opposite });
  }
}

type Share = { readonly payment: Payment; readonly vat: Draft; readonly minor: bigint };

/**
 * What each deposit bears of each VAT of the sale, in units of the document's last decimal. Reckoned on what has come in so far, so
 * that deposits of the whole price bear all of it to the cent; what is paid beyond the price bears none.
 */
function sharesOf(trade: Trade): readonly Share[] {
  const { document, figures, conversion } = trade;
  const vats: Draft[] = [];
  for (const [index, line] of document.lines.entries()) {
    const amounts = figures.lines[index];
    if (amounts !== undefined) draftTaxes(trade, vats, line, amounts, -1n);
  }
  const gross = figures.stated.gross;
  if (gross <= 0n) return [];
  const shares: Share[] = [];
  let before = 0n;
  for (const payment of document.payments) {
    if (!isDeposit(trade, payment)) continue;
    const sum = before + figure(payment.amount);
    const now = sum < gross ? sum : gross;
    for (const vat of vats) {
      const whole = -vat.amount;
      const upTo = (received: bigint) => toMinor((whole * received) / gross, conversion.decimals);
      shares.push({ payment, vat, minor: upTo(now) - upTo(before) });
    }
    before = now;
  }
  return shares;
}

function regularisation(trade: Trade): Found | null {
  const found = otherAccount(trade, 'depositVat', false);
  if (found !== null) return found;
  const values = { mapping: 'otherLines.withoutVat', country: placeName(trade), item: 'depositVat' };
  note(trade, 'mapping.no-account', 'hold', values);
  return null;
}
