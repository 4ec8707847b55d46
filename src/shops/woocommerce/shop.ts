import { z } from 'zod';
import { instantOf, localTime } from '../../core/calendar.ts';
import { Failure } from '../../core/problem.ts';
import { textOrNull } from '../../schema/codes.ts';
import type { CreditNoteId, ReadRequest, Shop, ShopConnection, ShopFacts } from '../reader.ts';
import { checkConnection } from './check.ts';
import { type AskOptions, type WooClient, wooClient } from './client.ts';
import { readLists } from './lists.ts';
import { changedParams, orderPeriod, periodParams } from './period.ts';
import { idOf, readSales } from './read.ts';
import { readCreditNotes, refundsOf } from './read-credit-notes.ts';
import { readCurrency, readSettings } from './settings.ts';
import { DEFAULT_STATUSES } from './statuses.ts';

/** A WooCommerce, read through its REST API v3. */
export function openWoocommerce(connection: ShopConnection): Required<Shop> {
  const client = wooClient(connection);
  return {
    check: (signal) => checkConnection(client, connection, signal),
    facts: (signal) => readFacts(client, { signal }),
    lists: (signal) => readLists(client, { signal }),
    count: (request) => count(client, request),
    standing: (request, orderIds) => standing(client, request, orderIds),
    creditNotesLeft: (request, notes) => creditNotesLeft(client, request, notes),
    read: (request) =>
      request.kind === 'sales'
        ? readSales(client, request, request.statuses ?? DEFAULT_STATUSES)
        : readCreditNotes(client, request, connection.now),
  };
}

async function readFacts(client: WooClient, options: AskOptions): Promise<ShopFacts> {
  const { name, timeZone } = await client.site(options);
  const settings = await readSettings(client, options);
  const currency = settings?.currency ?? (await readCurrency(client, options));
  if (currency === null) throw new Failure('shop.right-missing', { right: 'settings' });
  // Any order tells the version; the system's status, which would too, is slow and an administrator's.
  const { data } = await client.ask('orders', { per_page: '1', _fields: 'id,version' }, options);
  const orders = z.array(z.object({ version: textOrNull })).safeParse(data);
  const version = orders.success ? (orders.data[0]?.version ?? null) : null;
  return { name, version, currency, country: settings?.country ?? null, timeZone };
}

const STANDING_PAGE = 100;

/** `any` leaves out orders in the trash, which are no sales any more. */
async function standing(client: WooClient, { signal, statuses }: ReadRequest, orderIds: readonly string[]) {
  const wanted = new Set(statuses ?? DEFAULT_STATUSES);
  const found = new Map<string, { status: string; wanted: boolean }>();
  for (let start = 0; start < orderIds.length; start += STANDING_PAGE) {
    const include = orderIds.slice(start, start + STANDING_PAGE).join(',');
    const asked = { include, status: 'any', per_page: String(STANDING_PAGE), _fields: 'id,status' };
    const { data } = await client.ask('orders', asked, { signal });
    for (const { id, status } of z.array(z.object({ id: z.int(), status: z.string() })).parse(data))
      found.set(String(id), { status, wanted: wanted.has(status) });
  }
  return found;
}

/** Of orders that are deleted, or in the trash, nothing is left; the others are asked for their refunds. */
async function creditNotesLeft(client: WooClient, request: ReadRequest, notes: readonly CreditNoteId[]) {
  const orderIds = [...new Set(notes.map(({ orderId }) => orderId))];
  const orders = await standing(client, request, orderIds);
  const left = new Set<string>();
  for (const orderId of orderIds.filter((id) => orders.has(id))) {
    for (const refund of await refundsOf(client, orderId, { signal: request.signal })) left.add(idOf(refund) ?? '');
  }
  return left;
}

/** Only where the shop's own filter is ours: not a period by invoice or across two clocks, nor refunds by change. */
async function count(client: WooClient, request: ReadRequest): Promise<number | null> {
  const { signal, timeZone, kind, changedSince } = request;
  if (changedSince !== null) return kind === 'sales' ? await countChanged(client, request, changedSince) : null;
  const site = await client.site({ signal });
  if (site.timeZone !== timeZone) return null;
  const bounds = { ...periodParams(request, true), per_page: '1', _fields: 'id' };
  if (kind === 'creditNotes') return (await client.askIfAllowed('refunds', bounds, { signal }))?.total ?? null;
  if (request.findBy === 'invoice') return null;
  const status = (request.statuses ?? DEFAULT_STATUSES).join(',');
  const { total } = await client.ask(
    'orders',
    { ...bounds, ...periodParams(orderPeriod(request), true), status },
    { signal },
  );
  return total;
}

/** Nothing changed after it: a shop that counts orders even so does not obey `modified_after` (before WooCommerce 5.8). */
const END_OF_TIME = '9999-12-31T00:00:00';

/**
 * Orders changed since an instant. Null where the shop's filter takes in more than is read: older shops ignore it, a site
 * without a zone is asked for a day more, and the local times of an hour that exists twice in autumn are of both.
 */
async function countChanged(client: WooClient, request: ReadRequest, since: number): Promise<number | null> {
  const { signal } = request;
  const { timeZone } = await client.site({ signal });
  if (timeZone === null || instantOf(timeZone, localTime(timeZone, since)) !== since - (since % 1000)) return null;
  const status = (request.statuses ?? DEFAULT_STATUSES).join(',');
  const asked = { status, per_page: '1', _fields: 'id' };
  const never = await client.ask('orders', { ...asked, modified_after: END_OF_TIME }, { signal });
  if (never.total !== 0) return null;
  return (await client.ask('orders', { ...asked, ...changedParams(since, timeZone) }, { signal })).total;
}
