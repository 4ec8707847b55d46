import type { Day } from './calendar.ts';
import type { EntryLine, NumberedEntry } from './entry.ts';

/**
 * Matching codes (lettrage): one code on the customer's lines (and a deposit's) of a document, or of an order's documents, that come to
 * zero together, so that the ledger need not match them by hand. Only what is written together gets one, and only when it
 * balances to the last decimal: a code on half of a match would have to be undone.
 */
type Matching = Required<Pick<EntryLine, 'matchingCode' | 'matchingDay'>>;

/** The n-th code, from 0: AAA, AAB ... ZZZ, then AAAA. */
export function matchingCode(n: number): string {
  let [length, rest] = [SHORTEST, n];
  while (rest >= LETTERS ** length) {
    rest -= LETTERS ** length;
    length += 1;
  }
  let code = '';
  for (let place = 0; place < length; place += 1) {
    code = String.fromCharCode(A + (rest % LETTERS)) + code;
    rest = Math.floor(rest / LETTERS);
  }
  return code;
}

/**
 * The entries with the codes of what balances. `documents` are the entries of each document of one order; each document is
 * matched alone, then those that are left together. `next` gives the next free code, when one is needed.
 */
export function matched(
  documents: readonly (readonly NumberedEntry[])[],
  next: () => string,
): readonly (readonly NumberedEntry[])[] {
  const codes = new Map<EntryLine, Matching>();
  const left: NumberedEntry[] = [];
  for (const entries of documents) if (!give(entries)) left.push(...entries);
  if (documents.length > 1) give(left);
  if (codes.size === 0) return documents;
  return documents.map((entries) =>
    entries.map((entry) => {
      const lines = entry.lines.map((line) => {
        const matching = codes.get(line);
        return matching === undefined ? line : { ...line, ...matching };
      });
      return { ...entry, lines };
    }),
  );

  /** Gives one code to every account of these entries that comes to zero; answers whether all of them do. */
  function give(entries: readonly NumberedEntry[]): boolean {
    let code: string | null = null;
    let all = true;
    for (const { lines, day } of accountsOf(entries)) {
      if (!isBalanced(lines)) {
        all = false;
        continue;
      }
      code ??= next();
      for (const line of lines) codes.set(line, { matchingCode: code, matchingDay: day });
    }
    return all;
  }
}

const SHORTEST = 3;
const LETTERS = 26;
const A = 'A'.charCodeAt(0);

/** The customer's lines by account and third party, with the day the last of them is dated. */
function accountsOf(entries: readonly NumberedEntry[]) {
  const accounts = new Map<string, { lines: EntryLine[]; day: Day }>();
  for (const { lines, date } of entries) {
    for (const line of lines) {
      if (line.role !== 'customer' && line.role !== 'deposit') continue;
      const key = JSON.stringify([line.account, line.thirdParty]);
      const found = accounts.get(key);
      if (found === undefined) accounts.set(key, { lines: [line], day: date });
      else {
        found.lines.push(line);
        if (date > found.day) found.day = date;
      }
    }
  }
  return accounts.values();
}

/** To the last decimal, in the books and in currency. */
function isBalanced(lines: readonly EntryLine[]): boolean {
  let [inBooks, inCurrency] = [0n, 0n];
  for (const { amount, amountInCurrency } of lines) {
    inBooks += amount.minor;
    inCurrency += amountInCurrency?.minor ?? 0n;
  }
  return inBooks === 0n && inCurrency === 0n;
}
