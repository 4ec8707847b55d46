import { z } from 'zod';
import { Failure } from '../../core/problem.ts';
import { parseJson } from '../../schema/json.ts';
import type { AskOptions, ShopifyClient } from './client.ts';
import { at } from './connection.ts';
import { needsRefundLines } from './fallback.ts';
import { type FetchedOrder, fetchOrder, transactionsOfRefunds } from './fetch.ts';
import { shopifyOrder } from './order.ts';
import { inlinedText } from './query-text.ts';

type Fields = Record<string, unknown>;

const operation = z.object({
  id: z.string(),
  status: z.string(),
  errorCode: z.string().nullish(),
  url: z.string().nullish(),
});
const ENDED = new Set(['COMPLETED', 'CANCELED', 'FAILED', 'EXPIRED']);
const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 30_000;
/** The shop gives an operation ten days; nobody waits for a run that long. */
const MAX_WAIT_MS = 6 * 3_600_000;
/** Orders told together: their refunds are asked for in one question. */
const LOT = 50;
/** Where the checkout asks for a tax number itself: it stands in a list that a bulk operation has no room for. */
const WITH_TAX_FIELDS = new Set([
  'BR',
  'CL',
  'CN',
  'CO',
  'CR',
  'EC',
  'ES',
  'GT',
  'ID',
  'IT',
  'KR',
  'MX',
  'MY',
  'PA',
  'PE',
  'PT',
  'PY',
  'TH',
  'TR',
  'TW',
  'VN',
]);

/** Orders of a search, as many as wanted, in lots; what a bulk operation cannot tell of an order is asked for by itself. */
export async function* bulkOrders(
  client: ShopifyClient,
  search: string,
  wants: (order: Fields) => boolean,
  options: AskOptions & { readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void> },
): AsyncGenerator<readonly FetchedOrder[]> {
  const url = await runBulk(client, search, options);
  let lot: Fields[] = [];
  if (url === null) return; // nothing matched
  for await (const order of ordersIn(client.lines(new URL(url), options))) {
    if (!wants(order)) continue;
    lot.push(order);
    if (lot.length < LOT) continue;
    yield await completed(client, lot, options);
    lot = [];
  }
  if (lot.length > 0) yield await completed(client, lot, options);
}

/** Address of the result, once the shop is done; null when it is empty. */
async function runBulk(
  client: ShopifyClient,
  search: string,
  { sleep, ...options }: Parameters<typeof bulkOrders>[3],
): Promise<string | null> {
  const { scopes } = await client.context(options);
  const query = inlinedText('bulk-orders', scopes).replace('PERIOD', search);
  const { data } = await client.ask('bulk-run', { query }, options);
  const started = operation.safeParse(at(data, 'bulkOperationRunQuery', 'bulkOperation'));
  if (!started.success) throw new Failure('shop.bulk-failed', { reason: reasonIn(data) });
  let waitedMs = 0;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    await sleep(pauseMs, options.signal);
    waitedMs += pauseMs;
    const told = operation.safeParse(
      at((await client.ask('bulk-status', { id: started.data.id }, options)).data, 'bulkOperation'),
    );
    const status = told.success ? told.data.status : 'FAILED';
    if (status === 'COMPLETED') return told.data?.url ?? null;
    if (ENDED.has(status) || waitedMs > MAX_WAIT_MS)
      throw new Failure('shop.bulk-failed', { reason: told.data?.errorCode ?? status });
  }
}

function reasonIn(data: unknown): string {
  const errors = at(data, 'bulkOperationRunQuery', 'userErrors');
  return Array.isArray(errors) ? String(at(errors[0], 'message') ?? '?').slice(0, 200) : '?';
}

/**
 * Orders out of a result of JSON lines: children follow their parent and name it (`__parentId`), so that one order is in
 * memory at a time. A child of anything else means a result that is not what was asked.
 */
export async function* ordersIn(lines: AsyncIterable<string>): AsyncGenerator<Fields> {
  let order: Fields | null = null;
  let agreements = new Map<string, Fields[]>();
  for await (const line of lines) {
    if (line.trim() === '') continue;
    const record = fieldsOf(line);
    const { __parentId: parent, ...own } = record;
    if (parent === undefined) {
      if (order !== null) yield order;
      order = { ...own, lineItems: [], shippingLines: [], agreements: [] };
      agreements = new Map();
      continue;
    }
    const sales = agreements.get(String(parent));
    if (sales !== undefined) sales.push(own);
    else if (order !== null && parent === order.id) place(order, own);
    else throw new Failure('shop.bulk-failed', { reason: `__parentId ${String(parent).slice(0, 60)}` });
  }
  if (order !== null) yield order;

  function place(of: Fields, own: Fields): void {
    const id = String(own.id ?? '');
    if (id.includes('/LineItem/')) push(of.lineItems, own);
    else if ('happenedAt' in own) {
      const sales: Fields[] = [];
      agreements.set(id, sales);
      push(of.agreements, { ...own, sales });
    } else push(of.shippingLines, own);
  }
}

/** What a bulk operation leaves out: which transactions are of which refund, and lists it has no room for. */
async function completed(
  client: ShopifyClient,
  lot: readonly Fields[],
  options: AskOptions,
): Promise<readonly FetchedOrder[]> {
  const refunds = lot.flatMap(({ refunds: own }) => (Array.isArray(own) ? (own as Fields[]) : []));
  const withMoney = new Map(
    (await transactionsOfRefunds(client, refunds, options)).map((refund) => [refund.id, refund]),
  );
  const orders: FetchedOrder[] = [];
  for (const order of lot) {
    const own = Array.isArray(order.refunds) ? (order.refunds as Fields[]) : [];
    const record = { ...order, refunds: own.map((refund) => withMoney.get(refund.id) ?? refund) };
    const parsed = shopifyOrder.safeParse(record);
    const alone = parsed.success && (needsRefundLines(parsed.data) || WITH_TAX_FIELDS.has(countryOf(parsed.data)));
    const fetched = alone ? await fetchOrder(client, String(order.id), options) : { record, refused: [] };
    if (fetched !== null) orders.push(fetched);
  }
  return orders;
}

function countryOf({ billingAddress, shippingAddress }: z.infer<typeof shopifyOrder>): string {
  return shippingAddress?.countryCodeV2 ?? billingAddress?.countryCodeV2 ?? '';
}

function fieldsOf(line: string): Fields {
  try {
    const value = parseJson(line);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new Failure('shop.bulk-failed', { reason: 'JSON' });
}

function push(list: unknown, value: Fields): void {
  (list as Fields[]).push(value);
}
