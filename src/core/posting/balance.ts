import { creditOf, debitOf, type EntryLine } from '../entry.ts';

/** Debits and credits of lines that do not balance, in whole units; null when they do, to the last decimal. */
export function imbalanceOf(lines: readonly EntryLine[]): { readonly debit: bigint; readonly credit: bigint } | null {
  let sum = 0n;
  for (const { amount } of lines) sum += amount.minor;
  if (sum === 0n) return null;
  let debit = 0n;
  let credit = 0n;
  for (const line of lines) {
    debit += debitOf(line);
    credit += creditOf(line);
  }
  return { debit, credit };
}
