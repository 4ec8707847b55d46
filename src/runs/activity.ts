import type { NumberedEntry } from '../core/entry.ts';
import { type Fact, factsOf, type Tally, tallyOf } from '../core/tally.ts';
import type { Store } from '../store/store.ts';
import type { EntryId, FactQuery, LotId, StaleLot } from '../store/sums.ts';
import { unpackEntries } from './written.ts';

/** Lots added up before their sums are kept and others get their turn: about 100 ms. */
const AT_ONCE = 50;

const NOTHING: Tally = { facts: [], open: [] };

/**
 * Adds up the lots whose sums are not what they hold now: those written before sums were kept, and those of which entries were made
 * importable again. Whatever is written since is added up as it is claimed.
 */
export async function bringSumsUpToDate(store: Pick<Store, 'sums' | 'written'>, profile: string): Promise<void> {
  const stale = await store.sums.stale(profile);
  for (let start = 0; start < stale.length; start += AT_ONCE) {
    const lots = [];
    for (const lot of stale.slice(start, start + AT_ONCE)) lots.push(await addedUp(store, lot));
    await store.sums.keep(profile, lots);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function addedUp(store: Pick<Store, 'sums' | 'written'>, lot: StaleLot) {
  const { run, firstNumber, entries } = lot;
  const taken = await store.sums.taken(lot);
  const left = { run, firstNumber, taken: [...taken] };
  if (entries !== null && taken.size === entries) return { ...left, entries, tally: NOTHING };
  const all = await entriesOf(store, lot);
  return { ...left, entries: all.length, tally: tallyOf(all.filter(({ number }) => !taken.has(number))) };
}

export type FoundEntry = {
  readonly run: string;
  readonly entry: NumberedEntry;
  /** What the entry puts into the figure. */
  readonly fact: Fact | null;
};

export type EntriesBehind = {
  readonly total: number;
  readonly amount: bigint;
  readonly base: bigint;
  readonly rows: readonly FoundEntry[];
};

type Page = { readonly offset: number; readonly limit: number };

/**
 * The entries behind a figure, newest run first, each run in its own order; `total` and the sums are of all, which the sums of
 * lots say: only lots with entries of the page are unpacked.
 */
export async function entriesBehind(
  store: Pick<Store, 'sums' | 'written'>,
  profile: string,
  { offset, limit, ...query }: FactQuery & { readonly currency: string } & Page,
): Promise<EntriesBehind> {
  const lots = await store.sums.lots(profile, query);
  const rows: FoundEntry[] = [];
  let [total, amount, base] = [0, 0n, 0n];
  for (const lot of lots) {
    [amount, base] = [amount + lot.amount, base + lot.base];
    if (total + lot.entries > offset && rows.length < limit) {
      const found = await foundIn(store, lot, query);
      rows.push(...found.slice(Math.max(0, offset - total)).slice(0, limit - rows.length));
    }
    total += lot.entries;
  }
  return { total, amount, base, rows };
}

/** Entries of orders that are not paid in full, in the same order. */
export async function entriesOfOpenOrders(
  store: Pick<Store, 'sums' | 'written'>,
  profile: string,
  { offset, limit, ...query }: { readonly from: string; readonly to: string; readonly currency: string } & Page,
): Promise<EntriesBehind> {
  const all = await store.sums.openEntries(profile, query);
  const page = all.slice(offset, offset + limit);
  const rows: FoundEntry[] = [];
  for (const [lot, ids] of byLot(page)) {
    const wanted = new Set(ids.map(({ number }) => number));
    for (const entry of await entriesOf(store, lot))
      if (wanted.has(entry.number)) rows.push({ run: lot.run, entry, fact: null });
  }
  return { total: all.length, amount: 0n, base: 0n, rows };
}

function byLot(ids: readonly EntryId[]): Iterable<[EntryId, EntryId[]]> {
  const lots = new Map<string, [EntryId, EntryId[]]>();
  for (const id of ids) {
    const key = `${id.run} ${id.firstNumber}`;
    const lot = lots.get(key);
    if (lot === undefined) lots.set(key, [id, [id]]);
    else lot[1].push(id);
  }
  return lots.values();
}

async function foundIn(
  store: Pick<Store, 'sums' | 'written'>,
  lot: LotId,
  query: FactQuery & { readonly currency: string },
): Promise<readonly FoundEntry[]> {
  const taken = await store.sums.taken(lot);
  const found: FoundEntry[] = [];
  for (const entry of await entriesOf(store, lot)) {
    if (taken.has(entry.number)) continue;
    const facts = factsOf(entry).filter((fact) => answers(fact, query));
    if (facts.length > 0) found.push({ run: lot.run, entry, fact: added(facts) });
  }
  return found;
}

function answers(
  fact: Fact,
  { from, to, currency, about, country, item }: FactQuery & { readonly currency: string },
): boolean {
  if (fact.day < from || fact.day > to || fact.currency !== currency) return false;
  if (about !== null && fact.about !== about) return false;
  return (country === null || (fact.country ?? '') === country) && (item === null || (fact.item ?? '') === item);
}

function added([first, ...rest]: readonly Fact[]): Fact | null {
  if (first === undefined) return null;
  let { amount, base } = first;
  for (const fact of rest) [amount, base] = [amount + fact.amount, base + fact.base];
  return { ...first, amount, base };
}

async function entriesOf(
  { written }: Pick<Store, 'written'>,
  { run, firstNumber }: LotId,
): Promise<readonly NumberedEntry[]> {
  const body = await written.lot(run, firstNumber);
  return body === null ? [] : unpackEntries(body);
}
