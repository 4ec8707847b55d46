import { z } from 'zod';
import type { ReadRequest, Shop, ShopConnection } from '../reader.ts';
import { checkConnection } from './check.ts';
import { API_VERSION, type ShopifyClient, shopifyClient } from './client.ts';
import { at } from './connection.ts';
import { readLists } from './lists.ts';
import { readDocuments } from './read.ts';
import { DEFAULT_STATUSES } from './statuses.ts';

/**
 * A Shopify shop, read through its Admin GraphQL API. Its credit notes cannot be taken away: the rows of an order's ledger
 * never change.
 */
export function openShopify(connection: ShopConnection): Omit<Required<Shop>, 'creditNotesLeft'> {
  const client = shopifyClient(connection);
  return {
    check: (signal) => checkConnection(client, connection, signal),
    facts: async (signal) => {
      const { name, currency, country, timeZone, otherVersion } = await client.context({ signal });
      return { name, version: otherVersion ?? API_VERSION, currency, country, timeZone };
    },
    lists: (signal) => readLists(client, { signal }),
    // An order is several documents, each of its own day: how many, only reading tells.
    count: async () => null,
    standing: (request, orderIds) => standing(client, request, orderIds),
    read: (request) => readDocuments(client, request, request.statuses ?? DEFAULT_STATUSES, connection),
  };
}

const STANDING_PAGE = 50;
const standingOrder = z.object({ legacyResourceId: z.coerce.string(), displayFinancialStatus: z.string().nullable() });

/** What became of orders; one that is gone is not among the answers. */
async function standing(client: ShopifyClient, { signal, statuses }: ReadRequest, orderIds: readonly string[]) {
  const wanted = new Set(statuses ?? DEFAULT_STATUSES);
  const found = new Map<string, { status: string; wanted: boolean }>();
  for (let start = 0; start < orderIds.length; start += STANDING_PAGE) {
    const ids = orderIds.slice(start, start + STANDING_PAGE).map((id) => `gid://shopify/Order/${id}`);
    const { data } = await client.ask('order-standing', { ids }, { signal });
    for (const node of z.array(z.unknown()).parse(at(data, 'nodes') ?? [])) {
      const parsed = standingOrder.safeParse(node);
      if (!parsed.success) continue;
      const status = parsed.data.displayFinancialStatus ?? '';
      found.set(parsed.data.legacyResourceId, { status, wanted: wanted.has(status) });
    }
  }
  return found;
}
