import type { EntryLine, NumberedEntry } from '../core/entry.ts';
import { isCustomers, isLeftOpen, matched, matchingCode, withOpenCodes } from '../core/matching.ts';
import type { StoredProfile } from '../profiles/profile.ts';
import type { Store } from '../store/store.ts';
import { writtenParts } from './corrections.ts';
import type { LedgerChoice, RunDeps } from './deps.ts';

/** Gives matching codes to what is about to be written, in its order; `given` is how many the profile has used so far. */
export type Matcher = {
  readonly match: (documents: readonly WrittenDocument[]) => Promise<readonly (readonly NumberedEntry[])[]>;
  readonly given: () => number;
};

/** The entries of a document, and the order it is of: documents of one order that stand together may balance together. */
export type WrittenDocument = { readonly orderId: string; readonly entries: readonly NumberedEntry[] };

/**
 * The matcher of a run that writes; null when the profile asks for no codes, or the run's format has no place for them.
 * Codes go on where the profile's last written run ended, and the profile's lock keeps runs apart, so that none comes twice
 * but on what closes what an earlier run has left open.
 */
export async function matcherOf(
  { store }: Pick<RunDeps, 'store'>,
  { id, profile }: StoredProfile,
  { carries }: LedgerChoice,
): Promise<Matcher | null> {
  const { matchingCodes, matchingOpen } = profile.entries;
  if (!(matchingCodes || matchingOpen) || !carries.includes('matching')) return null;
  let used = await store.runs.matchingCodes(id);
  const next = () => {
    used += 1;
    return matchingCode(used - 1);
  };
  return {
    given: () => used,
    match: async (documents) => {
      const out: (readonly NumberedEntry[])[] = [];
      for (let at = 0; at < documents.length; ) {
        const orderId = documents[at]?.orderId ?? '';
        let end = at + 1;
        while (documents[end]?.orderId === orderId && end < documents.length) end += 1;
        const order = matched(
          documents.slice(at, end).map(({ entries }) => entries),
          next,
        );
        const open = matchingOpen && isLeftOpen(order);
        out.push(...(open ? withOpenCodes(order, await earlierLines(store, id, orderId), next) : order));
        at = end;
      }
      return out;
    },
  };
}

/** The customer's lines that were written of an order and stand. */
async function earlierLines(
  store: Pick<Store, 'written' | 'parts'>,
  profile: string,
  orderId: string,
): Promise<readonly EntryLine[]> {
  const found = await store.parts.of(profile, [...(await store.written.documents(profile, orderId))]);
  const lines: EntryLine[] = [];
  for (const rows of found.values()) {
    const own = rows.filter((row) => row.orderId === orderId); // a name may be the number of another order
    for (const { entry } of (await writtenParts(store, own)).values()) lines.push(...entry.lines.filter(isCustomers));
  }
  return lines;
}
