import type { Entry, EntryLine } from '../entry.ts';
import type { Money } from '../money.ts';

/**
 * A document that changed after its transfer is corrected by two entries: one that cancels exactly what was written, line by
 * line, and one that writes it as it is now. The reversal is a part of its own, so that it is written once: `correction/1`
 * of the document, `correction/1/payment/7` of a payment, then `correction/2` ... Each reverses the entry written last.
 */
const KEY = /^correction\/(\d{1,6})(?:\/(.+))?$/;

/** The hash of a part whose entry was reversed and not replaced: it may be written anew. */
export const REVERSED = 'reversed';

/** The part that reverses another for the nth time. */
export function correctionKey(of: string, nth: number): string {
  return of === 'document' ? `correction/${nth}` : `correction/${nth}/${of}`;
}

/** What a part reverses, and for which time; null when it is no reversal. */
export function correctionOf(part: string): { readonly of: string; readonly nth: number } | null {
  const match = KEY.exec(part);
  return match === null ? null : { of: match[2] ?? 'document', nth: Number(match[1]) };
}

/** The entry that cancels one that was written: the same lines, journal and texts, each amount on the other side. */
export function reversalOf(written: Entry, nth: number): Entry {
  return { ...written, part: correctionKey(written.part, nth), lines: written.lines.map(reversed) };
}

/** A matching code is of the entries it was given to: a reversal is matched anew, with what it is written with. */
function reversed({ matchingCode: _, matchingDay: __, ...line }: EntryLine): EntryLine {
  const { amount, amountInCurrency } = line;
  return { ...line, amount: negated(amount), amountInCurrency: amountInCurrency && negated(amountInCurrency) };
}

function negated({ minor, currency }: Money): Money {
  return { minor: -minor, currency };
}

/**
 * Whether two entries of a payment do the same to the accounts whose balance hangs on its document: the customer's, that of
 * deposits, and those of their VAT.
 */
export function bearsTheSame(before: Pick<Entry, 'lines'>, now: Pick<Entry, 'lines'>): boolean {
  return customerAmount(before) === customerAmount(now) && depositVatText(before) === depositVatText(now);
}

function depositVatText({ lines }: Pick<Entry, 'lines'>): string {
  const own = lines.filter(({ role }) => role === 'depositVat');
  return own.map(({ account, taxCode, amount }) => `${account} ${taxCode} ${amount.minor}`).join('\n');
}

/** What an entry puts on the accounts of the customer and of deposits, debit positive, in the books' currency. */
export function customerAmount({ lines }: Pick<Entry, 'lines'>): bigint {
  let sum = 0n;
  for (const { role, amount } of lines) if (role === 'customer' || role === 'deposit') sum += amount.minor;
  return sum;
}
