import type { Day } from '../core/calendar.ts';
import type { EntryKind, NumberedEntry } from '../core/entry.ts';
import type { Contents } from './format.ts';

type JournalSeen = { readonly kind: EntryKind; readonly bank: string | null };
type Totals = 'from' | 'to' | 'lines' | 'debitMinor' | 'creditMinor';
type Noted = Omit<Contents, 'journals' | Totals> & { readonly journals: Map<string, JournalSeen> } & {
  -readonly [Total in Totals]: Contents[Total];
};

/** Of a file without entries yet. */
export function contentsAt(stamp: string): Noted {
  const totals = { lines: 0, debitMinor: 0n, creditMinor: 0n };
  return { journals: new Map(), from: '' as Day, to: '' as Day, stamp, ...totals }; // no day yet: no head is asked of an empty file
}

/** Notes what the heads of some formats announce. */
export function noteContents(contents: Noted, entry: NumberedEntry): void {
  const { journal, date, kind, lines } = entry;
  if (!contents.journals.has(journal)) {
    const bank = lines.find(({ role }) => role === 'bank')?.account ?? null;
    contents.journals.set(journal, { kind, bank });
  }
  if (contents.from === '' || date < contents.from) contents.from = date;
  if (date > contents.to) contents.to = date;
  contents.lines += lines.length;
  for (const { amount } of lines) {
    if (amount.minor > 0n) contents.debitMinor += amount.minor;
    else contents.creditMinor -= amount.minor;
  }
}
