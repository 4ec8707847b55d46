import type { ReadBack } from './format.ts';
import type { Layout, Statement } from './layout.ts';
import type { Draft } from './values.ts';

/** Statements of a file that are kept: foreign files are not trusted to have few. */
const MAX_STATED = 100;

type Sums = { lines: bigint; debit: bigint; credit: bigint };

/** Holds what a file states of itself, and of each entry, against the lines that were read. */
export function totalsHeld(layout: Layout, decimals: number) {
  const stated: { readonly statement: Statement; readonly lineNumber: number }[] = [];
  const file: Sums = { lines: 0n, debit: 0n, credit: 0n };
  let entry: Sums = { lines: 0n, debit: 0n, credit: 0n };
  let head: { readonly draft: Draft; readonly lineNumber: number } | null = null;
  const hasHead = layout.entry !== undefined;
  return { passed, add, entryBegins, entryEnds, end };

  function passed(text: string, lineNumber: number): void {
    for (const statement of layout.stated?.(text, decimals) ?? [])
      if (stated.length < MAX_STATED) stated.push({ statement, lineNumber });
  }

  /** `bothSides`: a row of two accounts. */
  function add(minor: bigint, bothSides: boolean): void {
    const amount = minor < 0n ? -minor : minor;
    for (const sums of [file, entry]) {
      sums.lines += 1n;
      if (minor > 0n || bothSides) sums.debit += amount;
      if (minor < 0n || bothSides) sums.credit += amount;
    }
  }

  function entryBegins(draft: Draft, lineNumber: number, known: ReadBack[]): void {
    settle(known);
    head = { draft, lineNumber };
    entry = { lines: 0n, debit: 0n, credit: 0n };
  }

  function entryEnds(draft: Draft, lineNumber: number, known: ReadBack[]): void {
    compare(draft, lineNumber, known);
    if (!hasHead) entry = { lines: 0n, debit: 0n, credit: 0n };
  }

  /** What the entry that was read has said before its lines. */
  function settle(known: ReadBack[]): void {
    if (head !== null) compare(head.draft, head.lineNumber, known);
    head = null;
  }

  function compare({ totals }: Draft, lineNumber: number, known: ReadBack[]): void {
    for (const statement of totals ?? []) hold(statement, entry, lineNumber, known);
  }

  function end(known: ReadBack[]): void {
    settle(known);
    for (const { statement, lineNumber } of stated) hold(statement, file, lineNumber, known);
  }
}

function hold({ what, value, found }: Statement, sums: Sums, lineNumber: number, known: ReadBack[]): void {
  if (value === sums[what]) return;
  known.push({ type: 'fault', lineNumber, column: null, expected: `${what}: ${sums[what]}`, found });
}
