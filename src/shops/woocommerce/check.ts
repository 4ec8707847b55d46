import { Failure } from '../../core/problem.ts';
import { failed, ok, skipped, warning } from '../checks.ts';
import type { ConnectionCheck, ShopConnection } from '../reader.ts';
import { siteAddress, type WooClient, type WooSite } from './client.ts';

/** OAuth's time window is fifteen minutes; well before that, dates of documents begin to disagree. */
const SKEW_WARNING_SECONDS = 60;
const SKEW_LIMIT_SECONDS = 900;
/** Failures that say the address itself does not lead to a shop. */
const ADDRESS_FAILURES = new Set(['shop.address-unknown', 'shop.unreachable', 'shop.silent', 'shop.redirected']);
const RIGHTS = [
  { id: 'orders', path: 'orders', result: 'failed' },
  { id: 'refunds', path: 'refunds', result: 'warning' }, // older shops lack the list; refunds are then read order by order
  { id: 'settings', path: 'settings/general', result: 'warning' },
  { id: 'taxes', path: 'taxes', result: 'warning' },
] as const;

/** *Test the connection*: address, certificate, REST API, clock, key and each right, one harmless read each. */
export async function checkConnection(
  client: WooClient,
  connection: ShopConnection,
  signal: AbortSignal,
): Promise<readonly ConnectionCheck[]> {
  const { now } = connection;
  const startedMs = now();
  const reached = await attempt(() => client.site({ signal }));
  const durationMs = now() - startedMs;
  const checks = reachedChecks(reached, connection, durationMs);
  if ('failure' in reached)
    return [...checks, skipped('clock'), skipped('key'), ...RIGHTS.map(({ id }) => skipped(id))];
  checks.push(clockCheck(reached.value));

  const keyStartedMs = now();
  const key = await attempt(() => client.ask('orders', { per_page: '1', _fields: 'id' }, { signal }));
  if ('failure' in key) {
    checks.push(failed('key', key.failure, now() - keyStartedMs));
    return [...checks, ...RIGHTS.map(({ id }) => skipped(id))];
  }
  // In the query the key reaches the server's access log; over http the signature protects it, not the data.
  const transport = client.transport();
  checks.push(
    transport === 'header' ? ok('key', {}, now() - keyStartedMs) : warning('key', { transport }, now() - keyStartedMs),
  );
  for (const { id, path, result } of RIGHTS) {
    const askedMs = now();
    const answer = await attempt(() => client.askIfAllowed(path, { per_page: '1', _fields: 'id' }, { signal }));
    const took = now() - askedMs;
    if ('failure' in answer) checks.push(failed(id, answer.failure, took));
    else if (answer.value !== null) checks.push(ok(id, {}, took));
    else checks.push({ id, result, values: { right: path, code: 'shop.right-missing' }, durationMs: took });
  }
  return checks;

  /** The clock of the server against ours, as its `Date` header tells it. */
  function clockCheck({ answer }: WooSite): ConnectionCheck {
    const date = Date.parse(answer.headers.date ?? '');
    if (Number.isNaN(date)) return skipped('clock');
    const skewSeconds = Math.abs(Math.round((now() - date) / 1000));
    const values = { skewSeconds: String(skewSeconds) };
    if (skewSeconds > SKEW_LIMIT_SECONDS) return failed('clock', new Failure('shop.clock', values), null);
    return skewSeconds > SKEW_WARNING_SECONDS ? warning('clock', values, null) : ok('clock', values, null);
  }
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

/** Address, certificate and REST API are one request: its failure tells how far it came. */
function reachedChecks(reached: Attempt<WooSite>, connection: ShopConnection, durationMs: number): ConnectionCheck[] {
  const secure = connection.url.trim().toLowerCase().startsWith('https:');
  if (!('failure' in reached)) {
    const { base, permalinks } = reached.value;
    const certificate = base.protocol === 'https:' ? ok('certificate', {}, null) : skipped('certificate');
    const rest = permalinks === 'pretty' ? ok('rest', {}, null) : warning('rest', { permalinks }, null);
    return [ok('address', { url: base.href }, durationMs), certificate, rest];
  }
  const { failure } = reached;
  if (ADDRESS_FAILURES.has(failure.code)) {
    return [failed('address', failure, durationMs), skipped('certificate'), skipped('rest')];
  }
  const address = ok('address', { url: siteAddress(connection.url).href }, durationMs);
  if (failure.code === 'shop.certificate') return [address, failed('certificate', failure, null), skipped('rest')];
  return [address, secure ? ok('certificate', {}, null) : skipped('certificate'), failed('rest', failure, null)];
}
