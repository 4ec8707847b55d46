import { addDays, type Day, dayIn, instantOf } from '../../core/calendar.ts';
import { type Problem, problem } from '../../core/problem.ts';
import { firstIssue } from '../../schema/issue.ts';
import { jsonText } from '../../schema/json.ts';
import type { ReadEvent, ReadItem, ReadRequest, ShopConnection } from '../reader.ts';
import { withRetries } from '../retry-events.ts';
import { NO_BALANCE, type ShopBalance, shopBalance } from './balance.ts';
import { bulkOrders } from './bulk.ts';
import { API_VERSION, type AskOptions, numberIn, type ShopContext, type ShopifyClient } from './client.ts';
import { at } from './connection.ts';
import { type FetchedOrder, fetchOrder } from './fetch.ts';
import type { OrderContext } from './header.ts';
import { readLocations } from './locations.ts';
import { shopifyOrder } from './order.ts';
import { type ListedOrder, listOrders, type Mark, type OrderList, pageFailure, searchOf } from './order-list.ts';
import { documentsOf } from './to-documents.ts';

/** Orders of a period beyond which one bulk operation is faster than a question for each. */
const BULK_ABOVE = 1000;
const BULK = 'bulk';
/** Without `read_all_orders`, older ones are left out of lists in silence. */
const RECENT_DAYS = 60;
const MARK = /^(\w+)\/(\d{1,15})\/(\d{1,25})$/;
/** Statuses of orders for which no money has come yet. */
const UNPAID = ['PENDING', 'AUTHORIZED', 'EXPIRED', 'VOIDED'];

/** One list of orders gone through, and which of its orders may have what is asked. */
type Phase = {
  readonly name: 'orders' | 'edited' | 'refunded' | 'changed';
  readonly list: Pick<OrderList, 'by' | 'fromMs' | 'toMs'>;
  readonly wants: (order: ListedOrder) => boolean;
  readonly isWantedStatus: (status: unknown) => boolean;
};

/**
 * Sales or credit notes of a period, or of what changed since an instant. Sales of a period are in the orders placed in
 * it, and in older ones that were edited or exchanged since; the shop lists no refunds by date, but a refund changes its
 * order, so that credit notes are found among the orders changed since the period began.
 */
export async function* readDocuments(
  client: ShopifyClient,
  request: ReadRequest,
  statuses: readonly string[],
  { now, sleep }: Pick<ShopConnection, 'now' | 'sleep'>,
): AsyncGenerator<ReadEvent> {
  const { signal, kind, timeZone } = request;
  const shop = yield* withRetries((onRetry) => client.context({ signal, onRetry }));
  const context: OrderContext = {
    timeZone,
    country: shop.country,
    locations: await readLocations(client, { signal }),
    hasEntities: shop.entities.length > 1,
    options: request.options,
  };
  yield* notices(shop, request, now());
  const balance = balanceOf(shop);

  const refused = new Set<string>();
  const seen = new Set<string>();
  const resumed = markOf(request.resumeAfter);
  const phases = phasesOf(request, statuses);
  // A bulk read begins anew; what was told before is passed over by the run.
  const goesOn = resumed !== null && resumed.phase !== BULK;
  const start = goesOn
    ? Math.max(
        0,
        phases.findIndex(({ name }) => name === resumed.phase),
      )
    : 0;
  let pages = 0;
  let read = 0;
  for (const [index, phase] of phases.entries()) {
    if (index < start) continue;
    const after = goesOn && index === start ? resumed.mark : null;
    if (phase.name === 'orders' && after === null && (yield* isLong(phase))) {
      yield* inBulk(phase);
      continue;
    }
    for await (const step of listOrders(client, { ...phase.list, after }, signal)) {
      if (step.type !== 'orders') {
        yield step;
        continue;
      }
      pages += 1;
      for (const order of step.orders) {
        if (!phase.wants(order) || seen.has(order.id)) continue;
        if (phase.list.by === 'updated_at') seen.add(order.id); // one that changes again moves behind, and is met again
        yield* itemsOf(order);
      }
      read += step.records;
      const resumeAfter = `${phase.name}/${step.mark.atMs}/${step.mark.id}`;
      yield { type: 'page', page: pages, records: step.records, total: null, resumeAfter };
    }
  }
  // Once for both kinds of a period: with its sales.
  if (kind === 'sales' && request.changedSince === null)
    for (const remark of yield* withRetries((onRetry) => balance.remarks({ signal, onRetry })))
      yield { type: 'problem', problem: remark };

  function balanceOf({ scopes }: ShopContext): ShopBalance {
    if (!scopes.has('read_shopify_payments_payouts')) return NO_BALANCE;
    return shopBalance(client, periodOf(request), now());
  }

  async function* isLong({ list }: Phase): AsyncGenerator<ReadEvent, boolean> {
    const query = searchOf(list);
    const { data } = yield* withRetries((onRetry) => client.ask('order-count', { query }, { signal, onRetry }));
    return Number(at(data, 'ordersCount', 'count') ?? 0) > BULK_ABOVE;
  }

  /** A long period is worked through by the shop itself; a read that fails there begins anew. */
  async function* inBulk({ list, isWantedStatus }: Phase): AsyncGenerator<ReadEvent> {
    const wants = (order: Readonly<Record<string, unknown>>) => isWantedStatus(order.displayFinancialStatus);
    for await (const lot of bulkOrders(client, searchOf(list), wants, { signal, sleep })) {
      pages += 1;
      for (const fetched of lot) yield* itemsIn(await balance.withRows(fetched, { signal }), String(fetched.record.id));
      read += lot.length;
      yield { type: 'page', page: pages, records: lot.length, total: null, resumeAfter: `${BULK}/0/0` };
    }
  }

  async function* itemsOf(listed: ListedOrder): AsyncGenerator<ReadEvent> {
    const fetched = yield* withRetries((onRetry) =>
      wholeOrder(listed.id, { signal, onRetry }).catch((error: unknown) => {
        throw pages === 1 && read === 0 ? error : pageFailure(error, pages, read);
      }),
    );
    if (fetched !== null) yield* itemsIn(fetched, listed.id); // else it was deleted since it was listed
  }

  async function wholeOrder(id: string, options: AskOptions): Promise<FetchedOrder | null> {
    const fetched = await fetchOrder(client, id, options);
    return fetched === null ? null : balance.withRows(fetched, options);
  }

  function* itemsIn(fetched: FetchedOrder, gid: string): Generator<ReadEvent> {
    for (const place of fetched.refused) {
      if (refused.has(place)) continue;
      refused.add(place);
      yield { type: 'problem', problem: problem('shop.read-incomplete', 'warn', null, { right: place }) };
    }
    const raw = jsonText(fetched.record);
    const parsed = shopifyOrder.safeParse(fetched.record);
    if (!parsed.success) {
      yield { type: 'item', item: unreadable(gid, firstIssue(parsed.error), raw) };
      return;
    }
    if (kind === 'creditNotes' && isUnsold(parsed.data.displayFinancialStatus, statuses)) return;
    for (const { kind: own, date, item } of documentsOf(parsed.data, context, raw)) {
      if (own !== (kind === 'sales' ? 'sale' : 'creditNote') || !isAsked(date)) continue;
      if (isOfSubShop(item, request.subShops)) yield { type: 'item', item };
    }
  }

  /** What changed is told whole: what is known already is left out by its key. */
  function isAsked(date: Day): boolean {
    return request.changedSince !== null || (date >= request.from && date <= request.to);
  }

  function unreadable(gid: string, reason: { field: string; reason: string }, raw: string): ReadItem {
    const id = numberIn(gid);
    const own = kind === 'sales' ? 'sale' : 'creditNote';
    const key = kind === 'sales' ? `sale/${id}` : `creditNote/of-${id}`;
    const problems: Problem[] = [problem('record.unreadable', 'hold', { kind: own, key, number: id }, reason)];
    return { state: 'unreadable', kind: own, key, orderId: id, problems, raw };
  }
}

function phasesOf(request: ReadRequest, statuses: readonly string[]): readonly Phase[] {
  const { kind, changedSince } = request;
  const { fromMs, toMs } = periodOf(request);
  const isWantedStatus = (status: unknown) => typeof status === 'string' && statuses.includes(status);
  const isWanted = ({ displayFinancialStatus: status }: ListedOrder) => isWantedStatus(status);
  const isMoved = ({ edited, returnStatus }: ListedOrder) => edited || (returnStatus ?? 'NO_RETURN') !== 'NO_RETURN';
  const mayGiveBack = (order: ListedOrder) => order.refunds.length > 0 || isMoved(order) || order.cancelledAt != null;
  if (changedSince !== null) {
    const wants = kind === 'sales' ? isWanted : mayGiveBack;
    return [{ name: 'changed', list: { by: 'updated_at', fromMs: changedSince, toMs: null }, wants, isWantedStatus }];
  }
  if (kind === 'creditNotes')
    return [{ name: 'refunded', list: { by: 'updated_at', fromMs, toMs: null }, wants: mayGiveBack, isWantedStatus }];
  return [
    { name: 'orders', list: { by: 'processed_at', fromMs, toMs }, wants: isWanted, isWantedStatus },
    {
      name: 'edited',
      list: { by: 'updated_at', fromMs, toMs: null },
      wants: (order) => order.processedAt < fromMs && isWanted(order) && isMoved(order),
      isWantedStatus,
    },
  ];
}

function periodOf({ timeZone, from, to }: ReadRequest) {
  return { fromMs: instantOf(timeZone, `${from}T00:00:00`), toMs: instantOf(timeZone, `${addDays(to, 1)}T00:00:00`) };
}

/** What every run should hear of the shop before its documents. */
function* notices(shop: ShopContext, request: ReadRequest, nowMs: number): Generator<ReadEvent> {
  if (shop.otherVersion !== null) {
    const values = { asked: API_VERSION, answered: shop.otherVersion };
    yield { type: 'problem', problem: problem('shop.other-version', 'warn', null, values) };
  }
  if (shop.scopes.has('read_all_orders')) return;
  const earliest = addDays(dayIn(request.timeZone, nowMs), -RECENT_DAYS);
  // Credit notes and edits may be of any order, however old.
  if (request.kind === 'sales' && request.changedSince === null && request.from >= earliest) return;
  yield { type: 'problem', problem: problem('shop.old-orders', 'warn', null, { before: earliest }) };
}

/** A cancelled order that was never paid nor sold here: what its cancellation gives back was never taken. */
function isUnsold(status: string | null, statuses: readonly string[]): boolean {
  return status !== null && UNPAID.includes(status) && !statuses.some((one) => UNPAID.includes(one));
}

function isOfSubShop(item: ReadItem, subShops: readonly string[] | null): boolean {
  if (subShops === null || item.state === 'unreadable') return true;
  return item.document.subShop !== null && subShops.includes(item.document.subShop.id);
}

function markOf(text: string | null): { readonly phase: string; readonly mark: Mark } | null {
  const match = text === null ? null : MARK.exec(text);
  if (match === null) return null;
  const [, phase = '', time = '', id = ''] = match;
  return { phase, mark: { atMs: Number(time), id } };
}
