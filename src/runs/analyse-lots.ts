import type { Posted } from '../core/posting/post.ts';
import { seenKeys } from '../core/seen-keys.ts';
import type { BookSettings } from '../core/settings.ts';
import type { EntryHook } from '../hooks/hook.ts';
import type { StoredProfile } from '../profiles/profile.ts';
import { periodPolicy } from '../profiles/settings.ts';
import type { ReadItem } from '../shops/reader.ts';
import type { PartRow } from '../store/store.ts';
import { type Analysed, analyse, postRead, repeated } from './analyse.ts';
import { correctionsOf } from './corrections.ts';
import { withCustomerCodes } from './customer-codes.ts';
import type { RunDeps } from './deps.ts';
import type { RunRequest } from './events.ts';
import { hooked } from './hooked.ts';

export type LotAnalyser = (items: readonly ReadItem[]) => Promise<readonly Analysed[]>;

/** Posts lots of documents and holds them against what the store knows: one look at it for each lot. */
export function lotAnalyser(given: {
  readonly deps: Pick<RunDeps, 'store' | 'now'>;
  readonly stored: StoredProfile;
  readonly request: RunRequest;
  readonly settings: BookSettings;
  /** The profile's script; null when it has none. */
  readonly hook: EntryHook | null;
}): LotAnalyser {
  const { deps, stored, request, settings, hook } = given;
  const { parts } = deps.store;
  const seen = seenKeys();
  const withCodes = withCustomerCodes(deps, stored);
  const period = periodPolicy(stored.profile, request.late ?? null);
  const corrects = (request.corrections ?? 'tell') !== 'tell';
  const nothing: readonly PartRow[] = [];
  const onlyTransferredOrders = stored.profile.reading.creditNotes === 'transferred';
  return async (items) => {
    const known = await parts.of(stored.id, items.map(keyOf));
    const orders = items.flatMap((item) => orderOfCreditNote(item) ?? []);
    const transferred = orders.length > 0 ? await parts.salesTransferred(stored.id, orders) : new Set<string>();
    const repeats = items.map((item) => seen(keyOf(item)));
    const knownOf = (item: ReadItem) => known.get(keyOf(item)) ?? nothing;
    const corrections = await correctionsOf(deps.store, items, {
      knownOf,
      corrects,
      deposits: settings.deposits,
    });
    const contexts = items.map((item) => {
      const order = orderOfCreditNote(item);
      return {
        settings,
        period,
        includeTransferred: request.includeTransferred,
        onlyTransferredOrders,
        corrections: corrections.get(keyOf(item)) ?? null,
        corrects,
        known: knownOf(item),
        saleTransferred: order !== null && transferred.has(order),
      };
    });
    const posted: (Posted | null)[] = [];
    const first = await withCodes(items, (item, place, ownCode) => {
      const context = contexts[place];
      posted[place] = item.state === 'read' && context ? postRead(item.document, ownCode, context) : null;
      return analyseAt(item, place);
    });
    if (hook === null) return first;
    // Asked for what is to be written, and for what is held against entries it may have changed before.
    const asked = items.flatMap((item, place) => {
      const made = posted[place];
      const wanted = (first[place]?.entries.length ?? 0) > 0 || corrections.has(keyOf(item));
      if (item.state !== 'read' || made?.state !== 'ready' || repeats[place] || !wanted) return [];
      return [{ document: item.document, posted: made, place }];
    });
    const answers = await hooked(hook, asked);
    for (const [index, { place }] of asked.entries()) posted[place] = answers[index] ?? null;
    const again = new Set(asked.map(({ place }) => place));
    return items.map((item, place) => (again.has(place) ? analyseAt(item, place) : (first[place] as Analysed))); // as many as items

    function analyseAt(item: ReadItem, place: number): Analysed {
      const context = contexts[place];
      if (context === undefined) throw new TypeError('As many contexts as items');
      const analysed = analyse(item, { ...context, posted: posted[place] ?? null });
      return repeats[place] ? repeated(analysed) : analysed;
    }
  };
}

export function keyOf(item: ReadItem): string {
  return item.state === 'read' ? item.document.key : item.key;
}

function orderOfCreditNote(item: ReadItem): string | null {
  return item.state === 'read' && item.document.kind === 'creditNote' ? item.document.order.id : null;
}
