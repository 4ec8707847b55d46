/**
 * What was added, and what is read back, counted in the same way: equal tallies mean that every line came back with
 * its journal, date, accounts and amount, and that entries stand together.
 */
export type Tally = {
  lines: number;
  debitMinor: bigint;
  creditMinor: bigint;
  /** How often the running balance came back to zero: at least once per entry. */
  returns: number;
  /** Sum of a hash of each line, whatever their order. */
  checksum: number;
};

type TalliedLine = {
  readonly journal: string;
  readonly date: string;
  readonly account: string;
  readonly thirdParty: string | null;
  readonly amountMinor: bigint;
};

export function emptyTally(): Tally {
  return { lines: 0, debitMinor: 0n, creditMinor: 0n, returns: 0, checksum: 0 };
}

export function addToTally(tally: Tally, { journal, date, account, thirdParty, amountMinor }: TalliedLine): void {
  tally.lines += 1;
  if (amountMinor > 0n) tally.debitMinor += amountMinor;
  else tally.creditMinor -= amountMinor;
  if (tally.debitMinor === tally.creditMinor) tally.returns += 1;
  tally.checksum =
    (tally.checksum + hash(`${journal}\t${date}\t${account}\t${thirdParty ?? ''}\t${amountMinor}`)) >>> 0;
}

/** The first count that differs, `what: found ≠ expected`; null when all agree. */
export function difference(found: Tally, expected: Tally): string | null {
  for (const what of ['lines', 'debitMinor', 'creditMinor', 'returns', 'checksum'] as const) {
    if (found[what] !== expected[what]) return `${what}: ${found[what]} ≠ ${expected[what]}`;
  }
  return null;
}

/** FNV-1a, 32 bits: told apart by accident, not by malice. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}
