import type { Payment } from '../document.ts';
import type { Entry } from '../entry.ts';
import { figure } from '../figures.ts';
import { type Found, otherAccount } from './accounts.ts';
import { toBooks, toMinor } from './currency.ts';
import { documentEntryDate, paymentEntryDate } from './dates.ts';
import type { Part } from './lines.ts';
import { isPart, partOf } from './parts.ts';
import { amountText, note, placeName, type Trade } from './trade.ts';

/**
 * Money that came before its sale is not yet the customer's payment of it, but a debt: the payment's entry, dated before,
 * credits the account of deposits (4191), and the sale's entry debits it again and the customer for the rest alone.
 */
export type Deposits = {
  readonly found: Found;
  /** Each with its part, which tells later that the sale has counted it, in whole units of the document's currency. */
  readonly each: readonly { readonly amount: bigint; readonly part: Part }[];
  readonly amount: bigint;
  /** What the entries of the payments make of them in the books. */
  readonly inBooks: bigint;
};

/**
 * The payments that a written sale holds for deposits. One that becomes known after it (a cheque entered late) is not among
 * them: the sale has debited the customer for it, whom it then pays.
 */
export function countedIn({ lines }: Pick<Entry, 'lines'>): ReadonlySet<string> {
  const deposits = lines.filter(({ role }) => role === 'deposit');
  return new Set(deposits.flatMap(({ because }) => because.parts.map(({ line }) => line)));
}

/** Whether the profile books this payment as a deposit: of money, written here, dated before its sale. */
export function isDeposit({ document, settings, circumstances, counted }: Trade, payment: Payment): boolean {
  if (!settings.deposits || document.kind !== 'sale') return false;
  if (counted !== null && !counted.has(partOf(payment))) return false;
  if (payment.direction !== 'in' || payment.type !== 'money' || !isPart(payment, circumstances, settings)) return false;
  return paymentEntryDate(document, payment, settings) < documentEntryDate(document, settings);
}

/** The account of deposits; without one the sale is held, since its payments could not be written either. */
export function depositAccount(trade: Trade): Found | null {
  const found = otherAccount(trade, 'deposit', false);
  if (found !== null) return found;
  const values = { mapping: 'otherLines.withoutVat', country: placeName(trade), item: 'deposit' };
  note(trade, 'mapping.no-account', 'hold', values);
  return null;
}

/** The deposits of a sale; null when it has none. Each is converted as its own entry does, so that the account clears. */
export function depositsOf(trade: Trade): Deposits | null {
  const payments = trade.document.payments.filter((payment) => isDeposit(trade, payment));
  const found = payments.length === 0 ? null : depositAccount(trade);
  if (found === null) return null;
  const { conversion, settings } = trade;
  const each = payments.map((payment) => ({
    amount: toMinor(figure(payment.amount), conversion.decimals),
    part: { line: partOf(payment), label: '', amount: amountText(payment.amount) },
  }));
  const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);
  const inBooks = each.map(({ amount }) => toBooks(amount, conversion, settings.books.decimals));
  return { found, each, amount: sum(each.map(({ amount }) => amount)), inBooks: sum(inBooks) };
}
