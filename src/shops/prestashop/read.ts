import { addDays, type Day, instantOf, localTime, lowestLocalTime } from '../../core/calendar.ts';
import type { SalesDocument } from '../../core/document.ts';
import { Failure } from '../../core/problem.ts';
import type { CreditNoteId, ReadEvent, ReadItem, ReadRequest } from '../reader.ts';
import { withRetries } from '../retry-events.ts';
import type { Asking, Query, Webservice } from './client.ts';
import { shopClock, type Translation } from './header.ts';
import { loadRecords, type ModuleOfLabel, type RawRecords } from './records.ts';
import { loadReference, type Reference } from './reference.ts';
import { toCreditNotes } from './slip.ts';
import type { Contexts, Source } from './source.ts';
import { compareIds, fieldOf, idOf, sourceOf } from './source.ts';
import { toSales, unreadable } from './to-document.ts';
import type { Row } from './xml.ts';

/** Orders, or credit slips, of one page: as many as one lot of ids. */
const PAGE = 150;
const COUNT_PAGE = 5000;
const END_OF_TIME = '9999-12-31 23:59:59';

type Reading = {
  readonly request: ReadRequest;
  readonly source: Source;
  readonly reference: Reference;
  /** Null: every status. */
  readonly statuses: readonly string[] | null;
  readonly translation: Translation;
  readonly modules: ModuleOfLabel;
  /** Orders with an invoice of the period, smallest id first; read once, when a run goes by invoice date. */
  readonly invoicedOrders: () => Promise<readonly string[]>;
};

type OnRetry = NonNullable<Asking['onRetry']>;

/** A page of what the run is about: records to translate, after which a failed read can go on. */
type Page = { readonly rows: readonly Row[]; readonly last: string; readonly more: boolean };

/** Reads the documents of a period, smallest id first, page by page. */
export async function* readDocuments(
  service: Webservice,
  request: ReadRequest,
  contextsOf: (asking: Asking) => Promise<Contexts>,
): AsyncIterable<ReadEvent> {
  let onRetry: OnRetry = () => {};
  const asking: Asking = { signal: request.signal, onRetry: (event) => onRetry(event) };
  const reading = yield* live(async () => open(service, request, await contextsOf(asking), asking));
  yield* notices();
  let after = request.resumeAfter;
  let records = 0;
  for (let page = 1; ; page += 1) {
    const found = yield* live(() => onPage(page, () => pageAfter(after, reading)));
    const items = yield* live(() => onPage(page, () => itemsOf(found.rows, reading)));
    yield* notices();
    for (const item of items) yield { type: 'item', item };
    records += found.rows.length;
    if (found.last !== '') after = found.last;
    if (found.rows.length > 0) {
      yield { type: 'page', page, records: found.rows.length, total: null, resumeAfter: found.last };
    }
    if (!found.more) return;
  }

  function live<Result>(work: () => Promise<Result>) {
    return withRetries((hook) => {
      onRetry = hook;
      return work();
    });
  }

  function* notices(): Generator<ReadEvent> {
    for (const problem of reading.source.problems()) yield { type: 'problem', problem };
  }

  /** Names the page that failed, so that the run can go on from there; a key or a right that fails is no page's fault. */
  async function onPage<Result>(page: number, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      const own = ['shop.silent', 'shop.broken-answer', 'shop.unreachable', 'shop.not-an-answer'];
      if (!(error instanceof Failure) || !own.includes(error.code)) throw error;
      const values = { page: String(page), read: String(records), reason: error.code };
      throw new Failure('shop.page-failed', values, { cause: error });
    }
  }
}

/** Documents of the period, counted by their ids. */
export async function countDocuments(
  service: Webservice,
  request: ReadRequest,
  contextsOf: (asking: Asking) => Promise<Contexts>,
): Promise<number | null> {
  const asking: Asking = { signal: request.signal };
  const reading = await open(service, request, await contextsOf(asking), asking);
  if (request.kind === 'sales' && request.findBy === 'invoice' && request.changedSince === null) return null;
  const resource = request.kind === 'sales' ? 'orders' : 'order_slip';
  const display = request.kind === 'sales' ? '[id,current_state]' : '[id]';
  let [count, after]: [number, string | null] = [0, null];
  for (;;) {
    const query: Query = { ...periodOf(request, reading.reference, 'date_add'), ...ordersOf(reading), display };
    const rows = await reading.source.page(resource, query, { after, limit: COUNT_PAGE });
    count += rows.filter((row) => request.kind !== 'sales' || hasStatus(row, reading)).length;
    after = rows.at(-1) === undefined ? after : idOf(rows.at(-1) ?? {});
    if (rows.length < COUNT_PAGE) return count;
  }
}

/** What orders are now: the id of their state, and whether it is one of those read. */
export async function standingOf(
  service: Webservice,
  request: ReadRequest,
  orderIds: readonly string[],
  contextsOf: (asking: Asking) => Promise<Contexts>,
): Promise<ReadonlyMap<string, { readonly status: string; readonly wanted: boolean }>> {
  const asking: Asking = { signal: request.signal };
  const reading = await open(service, request, await contextsOf(asking), asking);
  const rows = await reading.source.among('orders', 'id', orderIds, {});
  return new Map(
    rows.map((row) => [idOf(row), { status: fieldOf(row, 'current_state'), wanted: hasStatus(row, reading) }]),
  );
}

/** Slips that are still there. */
export async function creditNotesLeft(
  service: Webservice,
  { signal }: ReadRequest,
  notes: readonly CreditNoteId[],
  contextsOf: (asking: Asking) => Promise<Contexts>,
): Promise<ReadonlySet<string>> {
  const asking: Asking = { signal };
  const ids = notes.map(({ id }) => id);
  const rows = await sourceOf(service, await contextsOf(asking), asking).among('order_slip', 'id', ids, {});
  return new Set(rows.map(idOf));
}

async function open(service: Webservice, request: ReadRequest, contexts: Contexts, asking: Asking): Promise<Reading> {
  const source = sourceOf(service, contexts, asking);
  const reference = await loadReference(source, service.version);
  const shopZone = reference.setting('PS_TIMEZONE', null) ?? request.timeZone;
  const clock = shopClock(shopZone, request.timeZone);
  const byDefault = [...reference.statuses].filter(([, { paid, invoice }]) => paid || invoice).map(([id]) => id);
  let invoiced: Promise<readonly string[]> | null = null;
  return {
    request,
    source,
    reference,
    statuses: request.statuses ?? byDefault,
    translation: { reference, options: request.options, clock },
    modules: new Map(),
    invoicedOrders: () => {
      invoiced ??= ordersOfInvoices(request, source, reference);
      return invoiced;
    },
  };
}

async function pageAfter(after: string | null, reading: Reading): Promise<Page> {
  const { request, source, reference } = reading;
  if (request.kind === 'creditNotes') {
    const query = periodOf(request, reference, 'date_add');
    return pageOf(await source.page('order_slip', query, { after, limit: PAGE }));
  }
  if (reading.statuses?.length === 0) return pageOf([]); // none ticked: nothing to ask
  const limit = { after, limit: PAGE };
  if (request.findBy === 'order' || request.changedSince !== null) {
    const query = { ...periodOf(request, reference, 'date_add'), ...ordersOf(reading) };
    return pageOf(await source.page('orders', query, limit));
  }
  // By invoice date: orders invoiced in the period, orders without invoice by their own date, and orders whose later
  // invoice, which the order does not name, falls in it.
  const invoiced = await source.page(
    'orders',
    { ...periodOf(request, reference, 'invoice_date'), ...ordersOf(reading) },
    limit,
  );
  const open = { ...periodOf(request, reference, 'date_add'), ...ordersOf(reading), 'filter[invoice_number]': '[0]' };
  const found = new Map([...invoiced, ...(await source.page('orders', open, limit))].map((row) => [idOf(row), row]));
  const named = (await reading.invoicedOrders())
    .filter((id) => after === null || compareIds(id, after) > 0)
    .slice(0, PAGE);
  const missing = named.filter((id) => !found.has(id));
  for (const row of await source.among('orders', 'id', missing, ordersOf(reading))) found.set(idOf(row), row);
  const all = [...found.values()].sort((a, b) => compareIds(idOf(a), idOf(b)));
  const rows = all.slice(0, PAGE);
  const reached = rows.at(-1);
  const last = reached === undefined ? (named.at(-1) ?? '') : idOf(reached);
  return { rows, last, more: all.length >= PAGE || named.length === PAGE };
}

async function ordersOfInvoices(
  request: ReadRequest,
  source: Source,
  reference: Reference,
): Promise<readonly string[]> {
  const query = { ...periodOf(request, reference, 'date_add'), display: '[id,id_order]' };
  const rows = await source.optional('order_invoices', () => source.all('order_invoices', query));
  return [...new Set((rows ?? []).map((row) => fieldOf(row, 'id_order')))].sort(compareIds);
}

function pageOf(rows: readonly Row[]): Page {
  const last = rows.at(-1);
  return { rows, last: last === undefined ? '' : idOf(last), more: rows.length === PAGE };
}

async function itemsOf(rows: readonly Row[], reading: Reading): Promise<readonly ReadItem[]> {
  return reading.request.kind === 'sales' ? saleItems(rows, reading) : creditNoteItems(rows, reading);
}

async function saleItems(rows: readonly Row[], reading: Reading): Promise<readonly ReadItem[]> {
  const { source, modules, translation, request } = reading;
  const wanted = rows.filter((row) => hasStatus(row, reading));
  if (wanted.length === 0) return [];
  const items: ReadItem[] = [];
  for (const records of await loadRecords(source, wanted, {
    slips: false,
    modules,
    categories: request.options.categories ?? false,
  })) {
    const orderId = idOf(records.order);
    const raw = JSON.stringify(records);
    const translated = toSales(records, `sale/${orderId}`, translation);
    if (translated.state === 'unreadable') {
      items.push({
        state: 'unreadable',
        kind: 'sale',
        key: `sale/${orderId}`,
        orderId,
        problems: translated.problems,
        raw,
      });
      continue;
    }
    for (const document of translated.documents) {
      if (isInPeriod(document, request)) items.push({ state: 'read', document, raw });
    }
  }
  return items;
}

async function creditNoteItems(slips: readonly Row[], reading: Reading): Promise<readonly ReadItem[]> {
  const { source, modules, translation, request } = reading;
  const orderIds = slips.map((slip) => fieldOf(slip, 'id_order'));
  const orders = await source.among('orders', 'id', orderIds);
  const records = await loadRecords(source, orders, {
    slips: true,
    modules,
    categories: request.options.categories ?? false,
  });
  const byOrder = new Map<string, RawRecords>(records.map((item) => [idOf(item.order), item]));
  const items: ReadItem[] = [];
  for (const slip of slips) {
    const [id, orderId] = [idOf(slip), fieldOf(slip, 'id_order')];
    const of = byOrder.get(orderId);
    const raw = JSON.stringify(of ?? { slip });
    const key = `creditNote/${id}`;
    if (of === undefined) {
      const { problems } = unreadable('creditNote', key, {
        field: 'id_order',
        reason: `order-gone: ${orderId}`,
      });
      items.push({ state: 'unreadable', kind: 'creditNote', key, orderId, problems, raw });
      continue;
    }
    if (request.subShops !== null && !request.subShops.includes(fieldOf(of.order, 'id_shop'))) continue;
    const [result] = toCreditNotes(of, [id], translation);
    const translated = result?.translated;
    if (translated === undefined) continue;
    if (translated.state === 'unreadable')
      items.push({ state: 'unreadable', kind: 'creditNote', key, orderId, problems: translated.problems, raw });
    else items.push(...translated.documents.map((document): ReadItem => ({ state: 'read', document, raw })));
  }
  return items;
}

/** In invoice mode each sale counts at its own invoice's date, without one at its order's. */
function isInPeriod(document: SalesDocument, { findBy, from, to, changedSince }: ReadRequest): boolean {
  if (findBy === 'order' || changedSince !== null) return true;
  const date: Day = document.invoice?.date ?? document.order.date;
  return date >= from && date <= to;
}

/** Filtered at the shop where it can be; here as well, for shops that cannot. */
function hasStatus(row: Row, { statuses }: Reading): boolean {
  return statuses === null || statuses.includes(fieldOf(row, 'current_state'));
}

function ordersOf({ request, statuses }: Reading): Query {
  const query: Record<string, string> = {};
  if (request.kind !== 'sales') return query;
  if (statuses !== null) query['filter[current_state]'] = `[${statuses.join('|')}]`;
  if (request.subShops !== null) query['filter[id_shop]'] = `[${request.subShops.join('|')}]`;
  return query;
}

/**
 * The period as the Webservice filters: on the shop's own clock, both ends included, the end being the last second (a
 * bound without time would be midnight and lose the last day). Dates can only be filtered with `date=1`.
 */
function periodOf(request: ReadRequest, reference: Reference, field: string): Query {
  const shopZone = reference.setting('PS_TIMEZONE', null) ?? request.timeZone;
  if (request.changedSince !== null) {
    const since = lowestLocalTime(shopZone, request.changedSince).replace('T', ' ');
    return { 'filter[date_upd]': `[${since},${END_OF_TIME}]`, date: '1' };
  }
  const start = instantOf(request.timeZone, `${request.from}T00:00:00`);
  const end = instantOf(request.timeZone, `${addDays(request.to, 1)}T00:00:00`) - 1000;
  return { [`filter[${field}]`]: `[${shopTime(shopZone, start)},${shopTime(shopZone, end)}]`, date: '1' };
}

function shopTime(zone: string, ms: number): string {
  return localTime(zone, ms).replace('T', ' ');
}
