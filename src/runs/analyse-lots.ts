import { seenKeys } from '../core/seen-keys.ts';
import type { BookSettings } from '../core/settings.ts';
import type { StoredProfile } from '../profiles/profile.ts';
import { periodPolicy } from '../profiles/settings.ts';
import type { ReadItem } from '../shops/reader.ts';
import type { PartRow } from '../store/store.ts';
import { type Analysed, analyse, repeated } from './analyse.ts';
import { correctionsOf } from './corrections.ts';
import { withCustomerCodes } from './customer-codes.ts';
import type { RunDeps } from './deps.ts';
import type { RunRequest } from './events.ts';

export type LotAnalyser = (items: readonly ReadItem[]) => Promise<readonly Analysed[]>;

/** Posts lots of documents and holds them against what the store knows: one look at it for each lot. */
export function lotAnalyser(given: {
  readonly deps: Pick<RunDeps, 'store' | 'now'>;
  readonly stored: StoredProfile;
  readonly request: RunRequest;
  readonly settings: BookSettings;
}): LotAnalyser {
  const { deps, stored, request, settings } = given;
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
    return withCodes(items, (item, place, ownCode) => {
      const order = orderOfCreditNote(item);
      const analysed = analyse(item, {
        settings,
        ownCode,
        period,
        includeTransferred: request.includeTransferred,
        onlyTransferredOrders,
        corrections: corrections.get(keyOf(item)) ?? null,
        corrects,
        known: knownOf(item),
        saleTransferred: order !== null && transferred.has(order),
      });
      return repeats[place] ? repeated(analysed) : analysed;
    });
  };
}

export function keyOf(item: ReadItem): string {
  return item.state === 'read' ? item.document.key : item.key;
}

function orderOfCreditNote(item: ReadItem): string | null {
  return item.state === 'read' && item.document.kind === 'creditNote' ? item.document.order.id : null;
}
