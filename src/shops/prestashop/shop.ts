import type { Shop, ShopConnection } from '../reader.ts';
import { checkShop } from './check.ts';
import { type Asking, webservice } from './client.ts';
import { shopFacts, shopLists } from './lists.ts';
import { countDocuments, creditNotesLeft, readDocuments, standingOf } from './read.ts';
import { parseRows } from './reference.ts';
import type { Contexts } from './source.ts';

/** PrestaShop 1.6 to 9, read through its Webservice. */
export function openPrestashop(connection: ShopConnection): Required<Shop> {
  const service = webservice(connection);
  const contextsOf = (asking: Asking) => contextsFrom(service, asking);
  return {
    check: (signal) => checkShop(service, connection.now, { signal }),
    facts: async (signal) => shopFacts(service, await contextsOf({ signal }), { signal }),
    lists: async (signal) => shopLists(service, await contextsOf({ signal }), { signal }, connection.now()),
    count: (request) => countDocuments(service, request, contextsOf),
    standing: (request, orderIds) => standingOf(service, request, orderIds, contextsOf),
    creditNotesLeft: (request, notes) => creditNotesLeft(service, request, notes, contextsOf),
    read: (request) => readDocuments(service, request, contextsOf),
  };
}

/**
 * Without parameter only the default sub-shop answers. `id_shop=all` asks all of them; where that is unknown (1.6) each
 * is asked in turn.
 */
async function contextsFrom(service: ReturnType<typeof webservice>, asking: Asking): Promise<Contexts> {
  const answer = await service.ask('shops', { display: 'full' }, asking);
  if (answer.state === 'refused') return [{}];
  const shops = parseRows('shops', answer.rows).filter((shop) => shop.active && !shop.deleted);
  if (shops.length < 2) return [{}];
  const all = await service.ask('orders', { display: '[id]', limit: '1', id_shop: 'all' }, asking);
  return all.state === 'rows' ? [{ id_shop: 'all' }] : shops.map((shop) => ({ id_shop: shop.id }));
}
