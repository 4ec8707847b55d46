import type { SalesDocument } from '../core/document.ts';
import { Failure } from '../core/problem.ts';
import type { StoredProfile } from '../profiles/profile.ts';
import type { ReadEvent, ReadItem, ReadRequest } from '../shops/reader.ts';
import { ahead } from './ahead.ts';
import type { OpenShop, RunDeps } from './deps.ts';
import type { RunEvent } from './events.ts';
import { itemOfKept, keptItem } from './kept-document.ts';

/**
 * A read that failed for good goes on at its page. What a shop has handed over is kept page by page, with the mark
 * behind it, until the run has come to its end. The next run that asks the same question of the same shop
 *
 * 1. reads what changed since the first read began, in whatever state it is by now;
 * 2. takes what was kept, each order of 1 as it is now, or not at all;
 * 3. goes on from the mark, without what it has;
 * 4. adds what is left of 1: what came in before the mark.
 *
 * So an order that changed, came in or left meanwhile is as it is now, and each is told once. What cannot be told by its
 * date of change (an order deleted for good) is as old as the first read, which is why a day is the longest.
 */

const MAX_AGE_MS = 24 * 3_600_000;
/** The clocks of shop and machine, and orders being saved while we read. */
const OVERLAP_MS = 3_600_000;
/** More has changed than is worth going on for, or than memory should hold: the read starts anew. */
const MAX_CHANGED = 20_000;

export type Batch = { readonly items: readonly ReadItem[]; readonly events: readonly RunEvent[] };

type Reading = {
  readonly deps: Pick<RunDeps, 'store' | 'now'>;
  readonly profile: string;
  readonly shop: OpenShop['shop'];
  readonly asked: ReadRequest;
  /** Whether a status makes an order a sale, or not. */
  readonly byStatus: boolean;
};

type KeptRead = { readonly startedAt: string; readonly mark: string; readonly page: number; readonly items: number };

/** Items of a shop, each page kept; `fresh` reads everything anew. */
export async function* readOn(
  deps: Reading['deps'],
  stored: StoredProfile,
  { shop, kind }: OpenShop,
  { asked, fresh }: { readonly asked: ReadRequest; readonly fresh: boolean },
): AsyncGenerator<Batch> {
  const byStatus = kind.statusesChoose?.(asked.options) ?? true;
  const reading: Reading = { deps, profile: stored.id, shop, asked, byStatus };
  const signature = signatureOf(stored, asked);
  const kept = fresh ? null : await keptRead(reading, signature);
  const changed = kept === null ? null : await changedSince(reading, kept);
  if (kept === null || changed === null) {
    await deps.store.reads.begin(stored.id, asked.kind, { signature, startedAt: instant(deps) });
    yield* pages(reading, asked, new Set());
    return;
  }
  const { startedAt, mark, page, items } = kept;
  const gone = { type: 'resumed', at: instant(deps), page: page + 1, documents: items, startedAt } as const;
  yield { items: [], events: [gone, ...changed.events] };
  const done = new Set<string>();
  for await (const texts of deps.store.reads.pages(stored.id, asked.kind)) {
    const own = texts.map(itemOfKept).flatMap((item) => {
      const name = nameOf(item);
      const now = changed.items.get(name);
      const told = now === undefined || done.has(name) ? [] : now;
      done.add(name);
      return now === undefined ? item : told;
    });
    yield { items: own, events: [] };
  }
  const cameIn = new Map([...changed.items].filter(([name]) => !done.has(name)));
  for await (const batch of pages(reading, { ...asked, resumeAfter: mark }, done)) {
    for (const item of batch.items) cameIn.delete(nameOf(item));
    yield batch;
  }
  yield { items: [...cameIn.values()].flat(), events: [] };
}

/** What is not gone on with within its time is forgotten: it is customers' data. */
export async function purgeReads({ store, now }: Pick<RunDeps, 'store' | 'now'>): Promise<void> {
  await store.reads.purge(new Date(now() - MAX_AGE_MS).toISOString());
}

/** Whether a document is of the days asked, by the date the profile finds it by. */
export function isInPeriod(
  { creditNote, invoice, order }: SalesDocument,
  { from, to, findBy }: Pick<ReadRequest, 'from' | 'to' | 'findBy'>,
): boolean {
  const date = creditNote?.date ?? (findBy === 'invoice' ? (invoice?.date ?? order.date) : order.date);
  return date >= from && date <= to;
}

/** The pages of a request, each kept when it is whole; what is `done` is passed over. */
async function* pages(reading: Reading, asked: ReadRequest, done: ReadonlySet<string>): AsyncGenerator<Batch> {
  const { deps, profile, shop } = reading;
  const before = await deps.store.reads.get(profile, asked.kind);
  let [page, read] = [before?.page ?? 0, before?.items ?? 0];
  let whole: string[] = [];
  try {
    for await (const { items, events, mark } of batches(deps, ahead(shop.read(asked)))) {
      const own = done.size === 0 ? items : items.filter((item) => !done.has(nameOf(item)));
      for (const item of own) whole.push(keptItem(item));
      if (mark !== null) {
        [page, read] = [page + 1, read + whole.length];
        await deps.store.reads.keep(profile, asked.kind, { mark, page, items: whole });
        whole = [];
      }
      yield { items: own, events: events.map((event) => numbered(event, page)) };
    }
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'shop.page-failed' || asked.resumeAfter === null) throw error;
    // The shop's reader counts from where it went on.
    const values = { ...error.values, page: String(page + 1), read: String(read) };
    throw new Failure(error.code, values, { cause: error });
  }
}

function numbered(event: RunEvent, page: number): RunEvent {
  return event.type === 'page' ? { ...event, page: Math.max(event.page, page) } : event;
}

/**
 * By what an item is known: orders as a whole, since a changed one may have other documents than before; credit notes
 * one by one. Null: too many changed.
 */
async function changedSince(
  { deps, shop, asked, byStatus }: Reading,
  { startedAt }: KeptRead,
): Promise<{ readonly items: ReadonlyMap<string, readonly ReadItem[]>; readonly events: RunEvent[] } | null> {
  const statuses = (await shop.lists(asked.signal)).statuses;
  const accepted = asked.statuses ?? statuses.filter(({ readByDefault }) => readByDefault).map(({ id }) => id);
  const all = statuses.length === 0 ? asked.statuses : [...new Set([...statuses.map(({ id }) => id), ...accepted])];
  const changedSince = Math.max(Date.parse(startedAt) - OVERLAP_MS, asked.changedSince ?? 0);
  const request: ReadRequest = { ...asked, statuses: all, changedSince, resumeAfter: null };
  const found = new Map<string, ReadItem[]>();
  const told: RunEvent[] = [];
  for await (const { items, events } of batches(deps, shop.read(request))) {
    for (const item of items) {
      const own = found.get(nameOf(item)) ?? [];
      if (isWanted(item)) own.push(item);
      found.set(nameOf(item), own); // with none it has left what is asked
    }
    told.push(...events.filter(({ type }) => type !== 'page'));
    if (found.size > MAX_CHANGED) return null;
  }
  return { items: found, events: told };

  function isWanted(item: ReadItem): boolean {
    if (item.state === 'unreadable') return true;
    const { status } = item.document;
    if (asked.kind === 'sales' && byStatus && statuses.length > 0 && status !== null && !accepted.includes(status.code))
      return false;
    return asked.changedSince !== null || isInPeriod(item.document, asked);
  }
}

async function keptRead({ deps, profile, asked }: Reading, signature: string): Promise<KeptRead | null> {
  const kept = await deps.store.reads.get(profile, asked.kind);
  if (kept === null || kept.mark === null || kept.signature !== signature) return null;
  if (deps.now() - Date.parse(kept.startedAt) > MAX_AGE_MS) return null;
  return { ...kept, mark: kept.mark };
}

/** All that decides what a read gives; the days of a read of changes follow from its instant. */
function signatureOf({ profile }: StoredProfile, asked: ReadRequest): string {
  const { from, to, changedSince, kind, timeZone, statuses, subShops, findBy, options } = asked;
  const period = changedSince === null ? { from, to } : { changedSince };
  const { type, url } = profile.shop;
  return JSON.stringify({ version: 1, type, url, kind, period, timeZone, statuses, subShops, findBy, options });
}

function nameOf(item: ReadItem): string {
  if (item.state === 'unreadable') return item.kind === 'sale' ? `order/${item.orderId}` : item.key;
  return item.document.kind === 'sale' ? `order/${item.document.order.id}` : item.document.key;
}

/** Items analysed together: one look at the store, one write of it. */
const LOT = 200;

/** What a shop tells, in lots, as a run tells it; `mark`: a page ends with this lot. */
async function* batches(
  deps: Pick<RunDeps, 'now'>,
  told: AsyncIterable<ReadEvent>,
): AsyncGenerator<Batch & { readonly mark: string | null }> {
  let items: ReadItem[] = [];
  for await (const event of told) {
    if (event.type === 'item') {
      items.push(event.item);
      if (items.length < LOT) continue;
    }
    const mark = event.type === 'page' && event.resumeAfter !== '' ? event.resumeAfter : null;
    yield { items, events: event.type === 'item' ? [] : [runEvent(deps, event)], mark };
    items = [];
  }
  if (items.length > 0) yield { items, events: [], mark: null };
}

function runEvent(deps: Pick<RunDeps, 'now'>, event: Exclude<ReadEvent, { type: 'item' }>): RunEvent {
  const at = instant(deps);
  switch (event.type) {
    case 'page':
      return { type: 'page', at, page: event.page, records: event.records, total: event.total };
    case 'retry':
      return { type: 'retry', at, attempt: event.attempt, waitMs: event.waitMs, reason: event.reason };
    case 'problem':
      return { type: 'trouble', at, trouble: { code: event.problem.code, values: event.problem.values } };
  }
}

function instant({ now }: Pick<RunDeps, 'now'>): string {
  return new Date(now()).toISOString();
}
