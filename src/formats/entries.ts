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

/** Entries in the order of the file, and the faults of its lines. An entry that does not balance is a fault. */
export async function* entriesOf(
  { entriesEnd }: Pick<Format, 'entriesEnd'>,
  read: AsyncIterable<readonly ReadBack[]>,
): AsyncGenerator<{ readonly type: 'entry'; readonly entry: EntryRead } | Fault> {
  let lines: LineRead[] = [];
  let balance = 0n;
  for await (const batch of read) {
    for (const line of batch) {
      if (line.type === 'fault') {
        yield line;
        continue;
      }
      const [first] = lines;
      if (first !== undefined && !isSame(first, line)) yield ended();
      lines.push(line);
      balance += line.amountMinor;
      const isOver = entriesEnd === 'balance' || line.number === '';
      if ((isOver && balance === 0n) || lines.length === MAX_LINES) yield ended();
    }
  }
  if (lines.length > 0) yield ended();

  /** What stands together in every format; the number where it is the entry's. */
  function isSame(one: LineRead, other: LineRead): boolean {
    if (one.journal !== other.journal || one.date !== other.date) return false;
    return entriesEnd === 'balance' || (one.number === other.number && one.piece === other.piece);
  }

  function ended(): { readonly type: 'entry'; readonly entry: EntryRead } | Fault {
    const done = lines;
    const rest = balance;
    lines = [];
    balance = 0n;
    const [first] = done;
    if (first === undefined) throw new TypeError('An entry without lines');
    const { lineNumber, journal, date, number, kind, piece, reference } = first;
    if (rest !== 0n) {
      const found = `${done.length} lines that differ by ${rest} in the smallest unit`;
      return { type: 'fault', lineNumber, column: null, expected: 'an entry that balances', found };
    }
    return { type: 'entry', entry: { lineNumber, journal, date, number, kind, piece, reference, lines: done } };
  }
}
