import { addDays, dayIn, isTimeZone } from '../core/calendar.ts';
import { Failure } from '../core/problem.ts';
import { openSalesFile } from '../files/open.ts';
import { brokenRest } from '../files/unreadable.ts';
import type { StoredProfile } from '../profiles/profile.ts';
import { readingOptions } from '../profiles/settings.ts';
import type { CreditNoteId, ReadItem, ReadRequest, Shop, ShopFacts } from '../shops/reader.ts';
import type { OpenShop, RunDeps } from './deps.ts';
import type { RunEvent, RunRequest } from './events.ts';
import { withExtraMethods } from './extra-methods.ts';
import { fileContext } from './file-layouts.ts';
import { type Batch, isInPeriod, readOn } from './resume.ts';
import { requestOf } from './stored.ts';

/** What was being saved while the last import read, and a clock of the shop that is behind ours, are read again. */
const OVERLAP_MS = 15 * 60_000;

/** Documents of a file that are told together. */
const PAGE = 200;

export type AskedPeriod = RunRequest['period'];

/** Where the documents of a run come from, opened. */
export type Source = {
  readonly shopName: string;
  readonly version: string | null;
  readonly timeZone: string;
  readonly from: string | null;
  readonly to: string | null;
  /** Lots of items, with the page and retry events met on the way. */
  readonly read: () => AsyncGenerator<Batch>;
  /** Records at the source, or null when it cannot say; `leftOut`: those of a file that are not of this run. */
  readonly count: () => Promise<number | null>;
  readonly counted: 'shop' | 'file';
  readonly leftOut: () => number;
  /** What became of orders that were not handed over; null: the source cannot be asked. */
  readonly standing: ((orderIds: readonly string[]) => ReturnType<NonNullable<Shop['standing']>>) | null;
  /** Which of these credit notes are still there; null: the source cannot be asked. */
  readonly creditNotesLeft: ((notes: readonly CreditNoteId[]) => Promise<ReadonlySet<string> | null>) | null;
  /** Forgets what was kept to go on with: the run has come to its end. */
  readonly forget: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export async function openSource(
  deps: RunDeps,
  stored: StoredProfile,
  request: RunRequest,
  signal: AbortSignal,
): Promise<Source> {
  const source =
    request.source.type === 'file'
      ? await openFileSource(deps, stored, request, request.source, signal)
      : await openShopSource(deps, stored, request, signal);
  const { extraPaymentMethods: extra } = stored.profile.reading;
  return extra.length === 0 ? source : { ...source, read: () => withExtraMethods(source.read(), extra) };
}

async function openFileSource(
  deps: RunDeps,
  stored: StoredProfile,
  request: RunRequest,
  { path, name, layout, more }: Extract<RunRequest['source'], { type: 'file' }>,
  signal: AbortSignal,
): Promise<Source> {
  const kind = request.kind === 'sales' ? 'sale' : 'creditNote';
  const context = { ...fileContext(deps.store, stored, kind, name), ...(layout && { layout }) };
  const { header, lots, documents } = await openSalesFile(path, signal, context, more);
  let leftOut = 0;
  const timeZone = zoneOf(stored, header.shop.timeZone);
  const days = request.period.type === 'days' ? request.period : null;
  return {
    shopName: header.shop.name ?? header.shop.id,
    version: null,
    timeZone,
    from: days?.from ?? null,
    to: days?.to ?? null,
    read,
    count: async () => documents(),
    counted: 'file',
    standing: null,
    creditNotesLeft: null,
    leftOut: () => leftOut,
    forget: async () => {},
    close: async () => {},
  };

  async function* read(): AsyncGenerator<Batch> {
    let page = 0;
    let records = 0;
    for await (const { items, broken } of lots) {
      records += items.length;
      const wanted = items.filter(
        (item) => (item.state === 'unreadable' ? item.kind : item.document.kind) === kind && inPeriod(item),
      );
      leftOut += items.length - wanted.length;
      const rest = broken === null ? [] : [brokenRest(broken, kind)];
      yield { items: [...wanted, ...rest], events: records >= PAGE ? told() : [] };
    }
    if (records > 0) yield { items: [], events: told() };

    function told(): readonly RunEvent[] {
      page += 1;
      const event = { type: 'page', at: new Date(deps.now()).toISOString(), page, records, total: null } as const;
      records = 0;
      return [event];
    }
  }

  function inPeriod(item: ReadItem): boolean {
    if (!days || item.state === 'unreadable') return true;
    return isInPeriod(item.document, { ...days, findBy: stored.profile.reading.findBy });
  }
}

async function openShopSource(
  deps: RunDeps,
  stored: StoredProfile,
  request: RunRequest,
  signal: AbortSignal,
): Promise<Source> {
  const open = await deps.openShop(stored);
  try {
    const facts = await open.shop.facts(signal);
    const timeZone = zoneOf(stored, facts.timeZone);
    const period = await periodAsked(deps, stored, request, timeZone);
    const { standing, creditNotesLeft } = open.shop;
    const asked = readRequest(stored, request, { timeZone, signal, ...period });
    return {
      shopName: facts.name,
      version: versionOf(open, facts),
      timeZone,
      from: period.from,
      to: period.to,
      read: () => readOn(deps, stored, open, { asked, fresh: request.fresh ?? false }),
      forget: () => deps.store.reads.forget(stored.id, request.kind),
      count: () => open.shop.count(asked),
      counted: 'shop',
      standing: standing === undefined ? null : (orderIds) => standing(asked, orderIds),
      creditNotesLeft: creditNotesLeft === undefined ? null : (notes) => creditNotesLeft(asked, notes),
      leftOut: () => 0,
      close: open.close,
    };
  } catch (error) {
    await open.close();
    throw error;
  }
}

/** What the shop is asked, from the profile and the request. */
export function readRequest(
  { profile }: StoredProfile,
  { kind }: Pick<RunRequest, 'kind'>,
  {
    from,
    to,
    changedSince,
    timeZone,
    signal,
  }: {
    from: ReadRequest['from'];
    to: ReadRequest['to'];
    changedSince: number | null;
    timeZone: string;
    signal: AbortSignal;
  },
): ReadRequest {
  return {
    kind,
    from,
    to,
    timeZone,
    changedSince,
    statuses: profile.import.statuses,
    subShops: profile.import.subShops,
    findBy: profile.reading.findBy,
    options: readingOptions(profile),
    resumeAfter: null,
    signal,
  };
}

/** The days a request means, in the shop's zone, or the instant since which changes are read. */
export async function periodAsked(
  deps: RunDeps,
  stored: StoredProfile,
  request: Pick<RunRequest, 'kind' | 'period'>,
  timeZone: string,
) {
  const { period } = request;
  if (period.type === 'days') return { from: period.from, to: period.to, changedSince: null };
  if (period.type === 'all') throw new Failure('usage', { reason: 'period-needed' });
  const last = (await deps.store.runs.list(stored.id, 1000)).find(
    (run) => run.kind === request.kind && run.state === 'written' && requestOf(run).source.type === 'shop',
  );
  if (!last) throw new Failure('run.never-imported', { profile: stored.profile.name });
  const changedSince = Date.parse(last.startedAt) - OVERLAP_MS;
  return { from: addDays(dayIn(timeZone, changedSince), -1), to: dayIn(timeZone, deps.now()), changedSince };
}

/** The profile's zone, else the shop's own; without one no order has a day, so nothing is read. */
export function zoneOf({ profile }: StoredProfile, stated: string | null): string {
  const zone = profile.advanced.timeZone ?? stated;
  if (zone === null || !isTimeZone(zone)) throw new Failure('shop.no-time-zone', {});
  return zone;
}

function versionOf({ kind }: OpenShop, { version }: ShopFacts): string {
  return version === null ? kind.name : `${kind.name} ${version}`;
}
