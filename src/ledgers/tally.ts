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
  let hash = hashed(hashed(START, journal), date);
  hash = hashed(hashed(hash, account), thirdParty ?? '');
  const low = Number(BigInt.asIntN(32, amountMinor));
  const high = Number(BigInt.asIntN(32, amountMinor >> 32n));
  hash = Math.imul(Math.imul(hash ^ low, PRIME) ^ high, PRIME);
  tally.checksum = (tally.checksum + (hash ^ (hash >>> 15))) >>> 0;
}

/** The first count that differs, `what: found ≠ expected`; null when all agree. */
export function difference(found: Tally, expected: Tally): string | null {
  for (const what of ['lines', 'debitMinor', 'creditMinor', 'returns', 'checksum'] as const) {
    if (found[what] !== expected[what]) return `${what}: ${found[what]} ≠ ${expected[what]}`;
  }
  return null;
}

/** FNV-1a, 32 bits: told apart by accident, not by malice. The end of each text counts, so that none runs into the next. */
const START = 0x811c9dc5;
const PRIME = 0x01000193;

function hashed(start: number, text: string): number {
  let value = start;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), PRIME);
  return Math.imul(value ^ 9, PRIME);
}
