import { z } from 'zod';
import { decimalText } from '../../core/decimal.ts';
import { Failure } from '../../core/problem.ts';
import { currencyCode, idText, textOrNull } from '../../schema/codes.ts';
import { decimal } from '../../schema/decimal.ts';
import { failed, ok, skipped, tried } from '../checks.ts';
import type {
  ConnectionCheck,
  CreditNoteId,
  ListItem,
  ReadRequest,
  Shop,
  ShopConnection,
  ShopFacts,
  ShopLists,
} from '../reader.ts';
import { type AskOptions, type ShopwareClient, shopwareClient, siteAddress } from './client.ts';
import { defaultCurrency, filtersOf, readDocuments } from './read.ts';
import { DEFAULT_STATUSES, STATUSES } from './statuses.ts';

const LIST_SIZE = 500;
const STANDING_LOT = 100;

/** A Shopware 6, read through its Admin API. */
export function openShopware(connection: ShopConnection): Required<Shop> {
  const client = shopwareClient(connection);
  return {
    check: (signal) => checkShop(client, connection, { signal }),
    facts: (signal) => readFacts(client, connection, { signal }),
    lists: (signal) => readLists(client, { signal }),
    count: (request) => count(client, request),
    standing: (request, orderIds) => standing(client, request, orderIds),
    creditNotesLeft: (request, notes) => creditNotesLeft(client, request, notes),
    read: (request) => readDocuments(client, request),
  };
}

async function readFacts(client: ShopwareClient, { url }: ShopConnection, options: AskOptions): Promise<ShopFacts> {
  const currency = await defaultCurrency(client, options);
  if (currency === null) throw new Failure('shop.right-missing', { right: 'currency:read' });
  // The API does not say the shop's time zone: times are UTC, and the profile says whose days are meant.
  return {
    name: siteAddress(url).host,
    version: await client.version(options),
    currency,
    country: null,
    timeZone: null,
  };
}

/** Only where the shop's own filter is ours: not a period by invoice, nor credits, which are several an order. */
async function count(client: ShopwareClient, request: ReadRequest): Promise<number | null> {
  const { kind, changedSince, findBy } = request;
  if (kind !== 'sales' || (changedSince === null && findBy === 'invoice')) return null;
  const criteria = { limit: 1, 'total-count-mode': 1, filter: filtersOf(request) };
  return (await client.search('order', criteria, { signal: request.signal })).total;
}

const placed = z.object({ id: idText, stateMachineState: z.object({ technicalName: z.string() }) });

async function standing(client: ShopwareClient, { signal, statuses }: ReadRequest, orderIds: readonly string[]) {
  const wanted = new Set(statuses ?? DEFAULT_STATUSES);
  const found = new Map<string, { status: string; wanted: boolean }>();
  for (let start = 0; start < orderIds.length; start += STANDING_LOT) {
    const filter = [{ type: 'equalsAny', field: 'id', value: orderIds.slice(start, start + STANDING_LOT).join('|') }];
    const criteria = { limit: STANDING_LOT, filter, associations: { stateMachineState: {} } };
    for (const record of (await client.search('order', criteria, { signal })).records) {
      const { id, stateMachineState } = placed.parse(record);
      found.set(id, { status: stateMachineState.technicalName, wanted: wanted.has(stateMachineState.technicalName) });
    }
  }
  return found;
}

async function creditNotesLeft(client: ShopwareClient, { signal }: ReadRequest, notes: readonly CreditNoteId[]) {
  const left = new Set<string>();
  for (let start = 0; start < notes.length; start += STANDING_LOT) {
    const ids = notes.slice(start, start + STANDING_LOT).map(({ id }) => id);
    const filter = [{ type: 'equalsAny', field: 'id', value: ids.join('|') }];
    const found = await client.searchIfAllowed('order-line-item', { limit: STANDING_LOT, filter }, { signal });
    if (found === null) return null;
    for (const record of found.records) left.add(z.object({ id: idText }).parse(record).id);
  }
  return left;
}

const named = z.object({ id: idText, name: textOrNull, technicalName: textOrNull, active: z.unknown().optional() });
const country = z.object({ iso: textOrNull, name: textOrNull, active: z.unknown().optional() });
const tax = z.object({ id: idText, name: textOrNull, taxRate: decimal });
const currency = z.object({ isoCode: currencyCode, name: textOrNull });

/** Values the mappings need. A list this integration may not read is empty. */
async function readLists(client: ShopwareClient, options: AskOptions): Promise<ShopLists> {
  const all = async <Shape extends z.ZodType>(entity: string, shape: Shape): Promise<z.infer<Shape>[]> => {
    const found = await client.searchIfAllowed(entity, { limit: LIST_SIZE }, options);
    return (found?.records ?? []).flatMap((record) => {
      const parsed = shape.safeParse(record);
      return parsed.success ? [parsed.data] : [];
    });
  };
  const taxes = await all('tax', tax);
  const methods = (await all('payment-method', named)).map(byTechnicalName);
  return {
    countries: (await all('country', country)).flatMap(({ iso, name, active }) =>
      iso === null ? [] : [{ id: iso, name: name ?? iso, active: active !== false }],
    ),
    taxRules: taxes.map(({ id, name }) => ({ id, name: name ?? id, active: true })),
    taxes: taxes.map(({ id, name, taxRate }) => ({
      id,
      name: name ?? id,
      active: true,
      rate: decimalText(taxRate, 2),
    })),
    carriers: (await all('shipping-method', named)).map(byTechnicalName),
    paymentMethods: [...methods, { id: 'N/A', name: 'N/A', active: true }],
    statuses: STATUSES.map((id) => ({ id, name: id, active: true, readByDefault: DEFAULT_STATUSES.includes(id) })),
    currencies: (await all('currency', currency)).map(({ isoCode, name }) => ({
      id: isoCode,
      name: name ?? isoCode,
      active: true,
    })),
    subShops: (await all('sales-channel', named)).map(({ id, name }) => ({ id, name: name ?? id, active: true })),
    customerGroups: (await all('customer-group', named)).map(({ id, name }) => ({
      id,
      name: name ?? id,
      active: true,
    })),
  };
}

/** Versions before 6.5.7 have no technical name: the id stands in for it, as it does on orders. */
function byTechnicalName({ id, name, technicalName, active }: z.infer<typeof named>): ListItem {
  return { id: technicalName ?? id, name: name ?? id, active: active !== false };
}

const RIGHTS = [
  { entity: 'order', id: 'orders', result: 'failed' },
  { entity: 'state-machine-history', id: 'history', result: 'warning' },
  { entity: 'tax', id: 'taxRates', result: 'warning' },
] as const;

/** *Test the connection*: address and key are one request, then each right by one harmless read. */
async function checkShop(
  client: ShopwareClient,
  { now, url }: ShopConnection,
  options: AskOptions,
): Promise<readonly ConnectionCheck[]> {
  const startedMs = now();
  const currencyOrFailure = await tried(() => client.search('currency', { limit: 1 }, options));
  const tookMs = now() - startedMs;
  if (currencyOrFailure instanceof Failure && currencyOrFailure.code !== 'shop.right-missing') {
    const id = currencyOrFailure.code === 'shop.key-refused' ? 'key' : 'address';
    const before = id === 'address' ? [] : [ok('address', { url: siteAddress(url).href }, null)];
    const others = ['key', ...RIGHTS.map((right) => right.id)].filter((name) => name !== id);
    return [...before, failed(id, currencyOrFailure, tookMs), ...others.map(skipped)];
  }
  const checks = [ok('address', { url: siteAddress(url).href }, tookMs), ok('key', {}, null)];
  for (const { entity, id, result } of RIGHTS) {
    const askedMs = now();
    const answer = await tried(() => client.search(entity, { limit: 1 }, options));
    if (!(answer instanceof Failure)) checks.push(ok(id, {}, now() - askedMs));
    else checks.push({ id, result, values: { ...answer.values, code: answer.code }, durationMs: now() - askedMs });
  }
  const skew = client.clockAheadMs();
  if (skew !== null) {
    const values = { skewSeconds: String(Math.abs(Math.round(skew / 1000))) };
    checks.push({ id: 'clock', result: Math.abs(skew) > 60_000 ? 'warning' : 'ok', values, durationMs: null });
  }
  return [...checks, { id: 'timeZone', result: 'warning', values: { timeZone: '' }, durationMs: null }];
}
