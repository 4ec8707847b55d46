import { Failure } from '../../core/problem.ts';
import { failed, ok, skipped, warning } from '../checks.ts';
import type { ConnectionCheck, ShopConnection } from '../reader.ts';
import { API_VERSION, type ShopContext, type ShopifyClient } from './client.ts';
import type { Scope } from './scopes.ts';

/** Well before tokens or periods suffer, dates of documents begin to disagree. */
const SKEW_WARNING_SECONDS = 60;
const SKEW_LIMIT_SECONDS = 900;
/** Failures that say the address itself does not lead to a shop. */
const ADDRESS_FAILURES = new Set([
  'shop.address-unknown',
  'shop.unreachable',
  'shop.silent',
  'shop.redirected',
  'shop.not-found',
  'shop.closed',
]);
/** What each scope is for, in the order of what its lack costs. */
const RIGHTS: readonly (readonly [id: string, scope: Scope])[] = [
  ['allOrders', 'read_all_orders'],
  ['customers', 'read_customers'],
  ['products', 'read_products'],
  ['locations', 'read_locations'],
  ['returns', 'read_returns'],
  ['payouts', 'read_shopify_payments_payouts'],
];
const ALL = ['version', 'clock', 'key', 'orders', ...RIGHTS.map(([id]) => id), 'timeZone'];

/**
 * *Test the connection*: one question tells the address, the certificate, the key, the clock, the version and the scopes;
 * a harmless read of one order proves the one without which nothing works. Each missing scope says what it costs.
 */
export async function checkConnection(
  client: ShopifyClient,
  connection: ShopConnection,
  signal: AbortSignal,
): Promise<readonly ConnectionCheck[]> {
  const { now } = connection;
  const startedMs = now();
  const reached = await attempt(() => client.context({ signal }));
  const tookMs = now() - startedMs;
  if ('failure' in reached) return failedChecks(reached.failure, connection, tookMs);

  const shop = reached.value;
  const base = await client.base({ signal });
  const readMs = now();
  const read = await attempt(() =>
    client.ask('order-ids', { first: 1, after: null, query: '', sortKey: 'ID' }, { signal }),
  );
  return [
    ok('address', { url: base.href }, tookMs),
    base.protocol === 'https:' ? ok('certificate', {}, null) : skipped('certificate'),
    shop.otherVersion === null
      ? ok('version', { answered: API_VERSION }, null)
      : warning('version', { asked: API_VERSION, answered: shop.otherVersion }, null),
    clockCheck(shop, now()),
    ok('key', {}, null),
    'failure' in read ? failed('orders', read.failure, now() - readMs) : ok('orders', {}, now() - readMs),
    ...RIGHTS.map(([id, scope]) => (shop.scopes.has(scope) ? ok(id, {}, null) : warning(id, { scope }, null))),
    ok('timeZone', { timeZone: shop.timeZone }, null),
  ];
}

type Attempt<Value> = { readonly value: Value } | { readonly failure: Failure };

async function attempt<Value>(work: () => Promise<Value>): Promise<Attempt<Value>> {
  try {
    return { value: await work() };
  } catch (error) {
    if (error instanceof Failure) return { failure: error };
    throw error;
  }
}

/** How far the first question came tells what failed; what follows was not tested. */
function failedChecks(failure: Failure, { url }: ShopConnection, tookMs: number): readonly ConnectionCheck[] {
  const secure = !url.trim().toLowerCase().startsWith('http:');
  const rest = (...done: readonly string[]) => ALL.filter((id) => !done.includes(id)).map(skipped);
  if (ADDRESS_FAILURES.has(failure.code))
    return [failed('address', failure, tookMs), skipped('certificate'), ...rest()];
  const address = ok('address', { url: url.trim() }, tookMs);
  if (failure.code === 'shop.certificate') return [address, failed('certificate', failure, null), ...rest()];
  const certificate = secure ? ok('certificate', {}, null) : skipped('certificate');
  const which = failure.code === 'shop.right-missing' ? 'orders' : 'key';
  const before = which === 'orders' ? [ok('key', {}, null)] : [];
  return [address, certificate, ...before, failed(which, failure, null), ...rest('key', which)];
}

/** The clock of the server against ours, as its `Date` header tells it. */
function clockCheck({ answer }: ShopContext, nowMs: number): ConnectionCheck {
  const date = Date.parse(answer.headers.date ?? '');
  if (Number.isNaN(date)) return skipped('clock');
  const skewSeconds = Math.abs(Math.round((nowMs - date) / 1000));
  const values = { skewSeconds: String(skewSeconds) };
  if (skewSeconds > SKEW_LIMIT_SECONDS) return failed('clock', new Failure('shop.clock', values), null);
  return skewSeconds > SKEW_WARNING_SECONDS ? warning('clock', values, null) : ok('clock', values, null);
}
