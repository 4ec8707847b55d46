import { z } from 'zod';
import { Failure } from '../../core/problem.ts';
import { idText } from '../../schema/codes.ts';
import type { CreditNoteId, ReadRequest, Shop, ShopConnection, ShopFacts } from '../reader.ts';
import { checkShop } from './check.ts';
import { type AskOptions, type MagentoClient, magentoClient } from './client.ts';
import { CANCELLED } from './credits.ts';
import { readLists, readStores } from './lists.ts';
import { SOLD_STATES, statusFilters, storeFilters, timeFilters } from './period.ts';
import { readSales } from './read.ts';
import { readCreditNotes } from './read-credit-notes.ts';
import { countOf, recordsOfIds } from './search.ts';

/** A Magento 2 or Adobe Commerce, read through its REST API V1. */
export function openMagento(connection: ShopConnection): Required<Shop> {
  const client = magentoClient(connection);
  return {
    check: (signal) => checkShop(client, connection, signal),
    facts: (signal) => readFacts(client, { signal }),
    lists: (signal) => readLists(client, { signal }),
    count: (request) => count(client, request),
    standing: (request, orderIds) => standing(client, request, orderIds),
    creditNotesLeft: (request, notes) => creditNotesLeft(client, request, notes),
    read: (request) => (request.kind === 'sales' ? readSales(client, request) : readCreditNotes(client, request)),
  };
}

async function readFacts(client: MagentoClient, options: AskOptions): Promise<ShopFacts> {
  const [first] = (await readStores(client, options)) ?? [];
  if (first === undefined) throw new Failure('shop.right-missing', { right: 'Magento_Backend::store' });
  const { host } = await client.base(options);
  const version = await client.version(options);
  const { base_currency_code: currency, timezone: timeZone } = first;
  return { name: host, version, currency, country: null, timeZone };
}

/** Orders and credit memos are counted as they are read, by change too; invoices of orders are not one record each. */
async function count(client: MagentoClient, request: ReadRequest): Promise<number | null> {
  const { signal, kind, options } = request;
  const period = [...timeFilters(request), ...storeFilters(request)];
  if (kind === 'creditNotes') {
    const standing = { field: 'state', value: String(CANCELLED), condition: 'neq' };
    return await countOf(client, 'creditmemos', [...period, standing], { signal });
  }
  if (options.salesSource !== 'orders') return null;
  return await countOf(client, 'orders', [...period, ...statusFilters(request)], { signal });
}

const state = z.object({ entity_id: idText, state: z.string(), status: z.string() });
const memoState = z.object({ entity_id: idText, state: z.int().catch(2) });
const ofOrder = z.object({ order_id: idText, state: z.int().catch(1) });

/** An order that is invoiced is a sale as long as an invoice stands; without invoices, by its status. */
async function standing(client: MagentoClient, request: ReadRequest, orderIds: readonly string[]) {
  const { signal, options, statuses } = request;
  const orders = (await recordsOfIds(client, { path: 'orders', field: 'entity_id', ids: orderIds }, { signal })) ?? [];
  const invoiced = options.salesSource === 'orders' ? null : await invoicedOrders();
  const found = new Map<string, { status: string; wanted: boolean }>();
  for (const record of orders) {
    const { entity_id: id, status, state: of } = state.parse(record);
    const wanted =
      invoiced?.has(id) ??
      (statuses === null ? SOLD_STATES.includes(of) : statuses.includes(status) && of !== 'canceled');
    found.set(id, { status, wanted });
  }
  return found;

  async function invoicedOrders(): Promise<ReadonlySet<string>> {
    const search = { path: 'invoices', field: 'order_id', ids: orderIds };
    const invoices = (await recordsOfIds(client, search, { signal })) ?? [];
    return new Set(
      invoices.flatMap((record) => {
        const invoice = ofOrder.parse(record);
        return invoice.state === CANCELLED ? [] : [invoice.order_id];
      }),
    );
  }
}

async function creditNotesLeft(client: MagentoClient, { signal }: ReadRequest, notes: readonly CreditNoteId[]) {
  const search = { path: 'creditmemos', field: 'entity_id', ids: notes.map(({ id }) => id) };
  const found = await recordsOfIds(client, search, { signal });
  if (found === null) return null;
  const memos = found.map((record) => memoState.parse(record));
  return new Set(memos.filter((memo) => memo.state !== CANCELLED).map(({ entity_id: id }) => id));
}
