import type { NumberedEntry } from '../core/entry.ts';
import { matched, matchingCode } from '../core/matching.ts';
import type { StoredProfile } from '../profiles/profile.ts';
import type { LedgerChoice, RunDeps } from './deps.ts';

/** Gives matching codes to what is about to be written, in its order; `given` is how many the profile has used so far. */
export type Matcher = {
  readonly match: (documents: readonly WrittenDocument[]) => readonly (readonly NumberedEntry[])[];
  readonly given: () => number;
};

/** The entries of a document, and the order it is of: documents of one order that stand together may balance together. */
export type WrittenDocument = { readonly orderId: string; readonly entries: readonly NumberedEntry[] };

/**
 * The matcher of a run that writes; null when the profile asks for no codes, or the run's format has no place for them.
 * Codes go on where the profile's last written run ended, and the profile's lock keeps runs apart, so that none comes twice.
 */
export async function matcherOf(
  { store }: Pick<RunDeps, 'store'>,
  { id, profile }: StoredProfile,
  { carries }: LedgerChoice,
): Promise<Matcher | null> {
  if (!profile.entries.matchingCodes || !carries.includes('matching')) return null;
  let used = await store.runs.matchingCodes(id);
  return {
    given: () => used,
    match: (documents) => {
      const out: (readonly NumberedEntry[])[] = [];
      for (let at = 0; at < documents.length; ) {
        const orderId = documents[at]?.orderId;
        let end = at + 1;
        while (documents[end]?.orderId === orderId && end < documents.length) end += 1;
        const order = documents.slice(at, end).map(({ entries }) => entries);
        out.push(
          ...matched(order, () => {
            used += 1;
            return matchingCode(used - 1);
          }),
        );
        at = end;
      }
      return out;
    },
  };
}
