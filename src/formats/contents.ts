import type { Day } from '../core/calendar.ts';
import type { EntryKind, NumberedEntry } from '../core/entry.ts';
import type { Contents } from './format.ts';

type JournalSeen = { readonly kind: EntryKind; readonly bank: string | null };
type Noted = Contents & { readonly journals: Map<string, JournalSeen>; from: Day; to: Day };

/** Of a file without entries yet. */
export function contentsAt(stamp: string): Noted {
  return { journals: new Map(), from: '' as Day, to: '' as Day, stamp }; // no day yet: no head is asked of an empty file
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
}
