import type { Day } from './calendar.ts';
import type { EntryLine, NumberedEntry } from './entry.ts';

/**
 * Matching codes (lettrage): one code on the customer's lines (and a deposit's) of a document, or of an order's documents, that come to
 * zero together, so that the ledger need not match them by hand. Only what is written together gets one, and only when it
 * balances to the last decimal: a code on half of a match would have to be undone. A profile may ask for one all the same on
 * what stays open (`withOpenCodes`): then what closes it in a later run has the same.
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
  return documents.map((entries) => entries.map((entry) => withCodes(entry, codes)));

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

/**
 * The same, with a code on every line that is left: that of what was written earlier of the order and is still open on its account,
 * rather one that these lines close, else one new code for all of them. `earlier` are the customer's lines written before.
 */
export function withOpenCodes(
  documents: readonly (readonly NumberedEntry[])[],
  earlier: readonly EntryLine[],
  next: () => string,
): readonly (readonly NumberedEntry[])[] {
  let own: string | null = null;
  const codes = new Map<EntryLine, Matching>();
  const bare = documents.flatMap((entries) =>
    entries.map((entry) => ({ ...entry, lines: entry.lines.filter(({ matchingCode: code }) => code === undefined) })),
  );
  for (const { lines, day } of accountsOf(bare)) {
    const code: string = openCodeOf(lines, earlier) ?? own ?? next();
    if (!earlier.some(({ matchingCode: known }) => known === code)) own = code;
    for (const line of lines) codes.set(line, { matchingCode: code, matchingDay: day });
  }
  return codes.size === 0 ? documents : documents.map((entries) => entries.map((entry) => withCodes(entry, codes)));
}

/** The code of earlier lines of the same account that do not come to zero by themselves. */
function openCodeOf(lines: readonly EntryLine[], earlier: readonly EntryLine[]): string | null {
  const [first] = lines;
  const same = earlier.filter(
    ({ account, thirdParty }) => account === first?.account && thirdParty === first.thirdParty,
  );
  const open = [...Map.groupBy(same, ({ matchingCode: code }) => code)].filter(([, own]) => !isBalanced(own));
  const closed = open.find(([code, own]) => code !== undefined && isBalanced([...own, ...lines]));
  return (closed ?? open.find(([code]) => code !== undefined))?.[0] ?? null;
}

const SHORTEST = 3;
const LETTERS = 26;
const A = 'A'.charCodeAt(0);

function withCodes(entry: NumberedEntry, codes: ReadonlyMap<EntryLine, Matching>): NumberedEntry {
  const lines = entry.lines.map((line) => {
    const matching = codes.get(line);
    return matching === undefined ? line : { ...line, ...matching };
  });
  return { ...entry, lines };
}

/** Whether a line of the customer, or of deposits, has no code yet. */
export function isLeftOpen(documents: readonly (readonly NumberedEntry[])[]): boolean {
  return documents.some((entries) =>
    entries.some(({ lines }) => lines.some((line) => isCustomers(line) && line.matchingCode === undefined)),
  );
}

/** Lines that are matched: of the customer, and of deposits. */
export function isCustomers({ role }: Pick<EntryLine, 'role'>): boolean {
  return role === 'customer' || role === 'deposit';
}

/** The customer's lines by account and third party, with the day the last of them is dated. */
function accountsOf(entries: readonly NumberedEntry[]) {
  const accounts = new Map<string, { lines: EntryLine[]; day: Day }>();
  for (const { lines, date } of entries) {
    for (const line of lines) {
      if (!isCustomers(line)) continue;
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
