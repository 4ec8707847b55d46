import type { EntryKind } from '../core/entry.ts';
import type { Format, ReadBack } from './format.ts';

/**
 * Lines of a file put together into entries again. Where the file numbers its entries, an entry ends with its number;
 * elsewhere it ends as soon as it balances, which is how such programs read the file too.
 */
export type EntryRead = {
  readonly lineNumber: number;
  readonly journal: string;
  readonly date: string;
  readonly number: string;
  readonly kind: EntryKind | null;
  readonly piece: string;
  readonly reference: string;
  readonly lines: readonly LineRead[];
};

export type LineRead = Extract<ReadBack, { type: 'line' }>;
type Fault = Extract<ReadBack, { type: 'fault' }>;

/** Lines of an entry: a file whose entries never end is not kept in memory for it. */
const MAX_LINES = 50_000;

/**
 * Entries in the order of the file, and the faults of its lines. An entry that does not balance is a fault. An entry
 * beside a line that cannot be read is one too: that line may have been its own.
 */
export async function* entriesOf(
  { entriesEnd }: Pick<Format, 'entriesEnd'>,
  read: AsyncIterable<readonly ReadBack[]>,
): AsyncGenerator<{ readonly type: 'entry'; readonly entry: EntryRead } | Fault> {
  let lines: LineRead[] = [];
  let balance = 0n;
  let broken = false;
  for await (const batch of read) {
    for (const line of batch) {
      if (line.type === 'fault') {
        broken = true;
        yield line;
        continue;
      }
      const [first] = lines;
      if (first !== undefined && !isSame(first, line)) yield ended();
      lines.push(line);
      balance += line.amountMinor;
      const isOver = !broken && balance === 0n && (entriesEnd === 'balance' || line.number === '');
      if (isOver || lines.length === MAX_LINES) yield ended();
    }
  }
  if (lines.length > 0) yield ended();

  /** What stands together in every format; the number and the piece where there is no balance to go by. */
  function isSame(one: LineRead, other: LineRead): boolean {
    if (one.journal !== other.journal || one.date !== other.date) return false;
    if (entriesEnd === 'balance') return !broken || one.piece === other.piece;
    return one.number === other.number && one.piece === other.piece;
  }

  function ended(): { readonly type: 'entry'; readonly entry: EntryRead } | Fault {
    const done = { lines, balance, broken };
    lines = [];
    balance = 0n;
    broken = false;
    const [first] = done.lines;
    if (first === undefined) throw new TypeError('An entry without lines');
    const { lineNumber, journal, date, number, kind, piece, reference } = first;
    if (done.broken) {
      const found = `${done.lines.length} beside one that cannot`;
      return { type: 'fault', lineNumber, column: null, expected: 'an entry whose lines can all be read', found };
    }
    if (done.balance !== 0n) {
      const found = `${done.lines.length} lines that differ by ${done.balance} in the smallest unit`;
      return { type: 'fault', lineNumber, column: null, expected: 'an entry that balances', found };
    }
    return { type: 'entry', entry: { lineNumber, journal, date, number, kind, piece, reference, lines: done.lines } };
  }
}
