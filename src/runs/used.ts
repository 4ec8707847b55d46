import { addDays, dayIn } from '../core/calendar.ts';
import { sourceOf } from '../core/document.ts';
import { postDocument } from '../core/posting/post.ts';
import type { Problem } from '../core/problem.ts';
import type { StoredProfile } from '../profiles/profile.ts';
import { bookSettings } from '../profiles/settings.ts';
import type { OpenShop, RunDeps } from './deps.ts';
import type { RunKind } from './events.ts';
import { readRequest, zoneOf } from './read.ts';

/** What documents of the last year need and the mapping does not answer: the problem, by how many, and the first of them. */
export type Unmapped = { readonly problem: Problem; readonly documents: number; readonly first: string };

const YEAR_DAYS = 365;
const KINDS: readonly RunKind[] = ['sales', 'creditNotes'];
/** Different things told; a profile without mappings lacks a few dozen. */
const MAX_TOLD = 500;

/**
 * Reads the last twelve months of a shop and posts each document without keeping anything, as an import would: what has no
 * account, journal or currency comes out, most used first.
 */
export async function unmappedInUse(
  { now }: Pick<RunDeps, 'now'>,
  stored: StoredProfile,
  { shop }: OpenShop,
  signal: AbortSignal,
): Promise<readonly Unmapped[]> {
  const facts = await shop.facts(signal);
  const timeZone = zoneOf(stored, facts.timeZone);
  const today = dayIn(timeZone, now());
  const settings = bookSettings(stored.profile, { today, shopName: facts.name });
  const found = new Map<string, { problem: Problem; documents: number; first: string }>();
  for (const kind of KINDS) {
    const days = { from: addDays(today, -YEAR_DAYS), to: today, changedSince: null, timeZone, signal };
    for await (const event of shop.read(readRequest(stored, { kind }, days))) {
      if (event.type !== 'item' || event.item.state !== 'read') continue;
      const { document } = event.item;
      const lacks = new Map(
        postDocument(document, settings)
          .problems.filter(isMapping)
          .map((problem) => [nameOf(problem), problem]),
      );
      for (const [name, problem] of lacks) {
        const known = found.get(name);
        if (known !== undefined) known.documents += 1;
        else if (found.size < MAX_TOLD) found.set(name, { problem, documents: 1, first: sourceOf(document).number });
      }
    }
  }
  return [...found.values()].sort((a, b) => b.documents - a.documents);
}

function isMapping({ code }: Problem): boolean {
  return code.startsWith('mapping.');
}

/** The same lack has the same name, whatever the amount it was met with. */
function nameOf({ code, values: { amount: _, ...values } }: Problem): string {
  return `${code} ${JSON.stringify(values)}`;
}
