import { type Day, dayIn } from '../../core/calendar.ts';
import type { Problem } from '../../core/problem.ts';
import { idText } from '../../schema/codes.ts';
import { firstIssue } from '../../schema/issue.ts';
import { jsonText } from '../../schema/json.ts';
import type { ReadEvent, ReadItem, ReadRequest } from '../reader.ts';
import { attributesOf } from './attributes.ts';
import type { AskOptions, WooClient } from './client.ts';
import { creditNotesOf } from './credit-note.ts';
import { type WooRefund, wooOrder, wooRefund } from './order.ts';
import { recordsOf } from './pages.ts';
import { changedParams, isWithin, periodParams, recentPeriod, refundedOrderPeriod } from './period.ts';
import { contextOf, idOf, instantIn, readStable, resumeMark, unreadable, withRates } from './read.ts';

type Wanted = { readonly from: Day; readonly to: Day };

/** More refunds than this on one order are no shop's; the limit keeps a broken answer from being read for ever. */
const MAX_REFUND_PAGES = 20;
const PER_PAGE = 100;

/**
 * Credit notes by their own date, whatever the age and state of their orders. With the list of all refunds (WooCommerce
 * 9), that list is read; without it, the orders of a year and more that have refunds. All refunds of an order are read
 * together, since what an amount gives back depends on the earlier ones.
 */
export async function* readCreditNotes(
  client: WooClient,
  request: ReadRequest,
  now: () => number,
): AsyncGenerator<ReadEvent> {
  const { signal, timeZone, changedSince } = request;
  const site = await client.site({ signal });
  const sameClock = site.timeZone === timeZone;
  const attributes = attributesOf(client, request);
  const untold: Problem[] = [];
  const learn = async (records: readonly unknown[]) => void untold.push(...(await attributes.learn(records)));
  let context = yield* contextOf(client, request, attributes);
  const given = new Set<string>();
  const wanted = changedSince === null ? request : recentPeriod(now(), timeZone);

  if (resumeMark(request.resumeAfter, 'modified') === null) {
    const listed = (await client.askIfAllowed('refunds', { per_page: '1' }, { signal })) !== null;
    yield* listed
      ? byRefunds(wanted)
      : byOrders('orders', periodParams(refundedOrderPeriod(wanted), sameClock), wanted);
  }
  if (changedSince === null) return;
  yield* byOrders('modified', changedParams(changedSince, site.timeZone), null);

  /** Refunds of the period, each page with its orders. */
  async function* byRefunds(period: Wanted): AsyncGenerator<ReadEvent> {
    let orders = new Map<string, unknown>();
    const params = periodParams(period, sameClock);
    const list = { path: 'refunds', phase: 'refunds', params, request, onPage: fetchOrders };
    for await (const step of readStable(client, list)) {
      yield* notices();
      if (step.type !== 'record') {
        yield step;
        continue;
      }
      const { id, record } = step;
      const created = instantIn(record, 'date_created_gmt');
      if (created !== null && !isWithin(dayIn(timeZone, created), period)) continue;
      const orderId = parentOf(record);
      const order = orderId === null ? undefined : orders.get(orderId);
      if (orderId === null || order === undefined) {
        const reason = { field: 'parent_id', reason: `order-gone: ${orderId ?? '?'}` };
        yield itemOf(unreadable('creditNote', { id, orderId, raw: record, reason }), id);
      } else {
        for (const item of await itemsOf(order)) {
          if (keyOf(item) === `creditNote/${id}`) yield itemOf(item, id);
        }
      }
    }

    async function fetchOrders(refunds: readonly unknown[]): Promise<void> {
      const ids = [...new Set(refunds.flatMap((refund) => parentOf(refund) ?? []))];
      orders = new Map();
      if (ids.length === 0) return;
      const params = { include: ids.join(','), per_page: String(PER_PAGE), orderby: 'id', order: 'asc', dp: '6' };
      const { data, answer } = await client.askPage('orders', params, { signal });
      const records = recordsOf(data, answer.url);
      for (const order of records) orders.set(idOf(order) ?? '', order);
      await learn(records);
    }
  }

  /** Orders that have refunds; of each, the refunds of the period, or all of them. */
  async function* byOrders(
    phase: string,
    params: Readonly<Record<string, string>>,
    period: Wanted | null,
  ): AsyncGenerator<ReadEvent> {
    for await (const step of readStable(client, { path: 'orders', phase, params, request, onPage: learn })) {
      yield* notices();
      if (step.type !== 'record') {
        yield step;
        continue;
      }
      if (!hasRefunds(step.record)) continue;
      for (const item of await itemsOf(step.record)) {
        const id = keyOf(item).slice('creditNote/'.length);
        const date = item.state === 'read' ? item.document.creditNote?.date : undefined;
        if (given.has(id) || (period !== null && date !== undefined && !isWithin(date, period))) continue;
        yield itemOf(item, id);
      }
    }
  }

  function* notices(): Generator<ReadEvent> {
    for (const problem of untold.splice(0)) yield { type: 'problem', problem };
  }

  function itemOf(item: ReadItem, id: string | null): ReadEvent {
    if (id !== null) given.add(id);
    return { type: 'item', item };
  }

  /** All credit notes of an order, each with the order and all refunds as raw record. */
  async function itemsOf(record: unknown): Promise<readonly ReadItem[]> {
    const orderId = idOf(record) ?? '?';
    const refunds = await refundsOf(client, orderId, { signal });
    const raw = { order: record, refunds };
    const order = wooOrder.safeParse(record);
    const parsed = refunds.map((refund) => ({ id: idOf(refund), result: wooRefund.safeParse(refund) }));
    const broken = parsed.find(({ result }) => !result.success);
    if (!order.success || broken?.result.error !== undefined) {
      return parsed.map(({ id, result }) => {
        const own = result.error ?? order.error;
        const reason = own ? firstIssue(own) : { field: 'refunds', reason: `other-refund: ${broken?.id ?? '?'}` };
        return unreadable('creditNote', { id, orderId, raw, reason });
      });
    }
    context = await withRates(client, context, order.data, request);
    const good = parsed.flatMap(({ result }): WooRefund[] => (result.success ? [result.data] : []));
    return creditNotesOf(order.data, good, context).map((document) => ({
      state: 'read',
      document,
      raw: jsonText(raw),
    }));
  }
}

/** All refunds of an order, as the shop answers them. */
export async function refundsOf(client: WooClient, orderId: string, options: AskOptions): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  for (let page = 1; page <= MAX_REFUND_PAGES; page += 1) {
    const params = { per_page: String(PER_PAGE), page: String(page), orderby: 'id', order: 'asc', dp: '6' };
    const { data, total, answer } = await client.askPage(`orders/${orderId}/refunds`, params, options);
    const records = recordsOf(data, answer.url);
    all.push(...records);
    if (records.length === 0 || (total === null ? records.length < PER_PAGE : all.length >= total)) break;
  }
  return all;
}

function hasRefunds(record: unknown): boolean {
  if (typeof record !== 'object' || record === null) return false;
  const refunds: unknown = Reflect.get(record, 'refunds');
  return Array.isArray(refunds) && refunds.length > 0;
}

function parentOf(record: unknown): string | null {
  if (typeof record !== 'object' || record === null) return null;
  const parsed = idText.safeParse(Reflect.get(record, 'parent_id'));
  return parsed.success ? parsed.data : null;
}

function keyOf(item: ReadItem): string {
  return item.state === 'read' ? item.document.key : item.key;
}
