import { isTimeZone } from '../../core/calendar.ts';
import { Failure } from '../../core/problem.ts';
import { failed, ok, skipped, tried } from '../checks.ts';
import type { ConnectionCheck, ShopConnection } from '../reader.ts';
import { type MagentoClient, siteAddress } from './client.ts';
import { readStores } from './lists.ts';
import { criteria } from './search.ts';

/** Magento refuses signatures ten minutes ahead of its clock; before that, days of documents begin to disagree. */
const SKEW_WARNING_MS = 60_000;
const SKEW_LIMIT_MS = 600_000;
/** Without orders and invoices nothing can be read; without the others something is missing. */
const RIGHTS = [
  { path: 'orders', id: 'orders', result: 'failed' },
  { path: 'invoices', id: 'invoices', result: 'failed' },
  { path: 'creditmemos', id: 'creditMemos', result: 'warning' },
  { path: 'transactions', id: 'transactions', result: 'warning' },
  { path: 'taxRates/search', id: 'taxRates', result: 'warning' },
  { path: 'customerGroups/search', id: 'customerGroups', result: 'warning' },
] as const;
const IN_THE_WAY: Readonly<Record<string, string>> = { 'shop.certificate': 'certificate', 'shop.clock': 'clock' };

/** *Test the connection*: the address, the key, the clock, and each right by one harmless read. */
export async function checkShop(
  client: MagentoClient,
  { now, url }: ShopConnection,
  signal: AbortSignal,
): Promise<readonly ConnectionCheck[]> {
  const startedMs = now();
  const reached = await tried(() => client.base({ signal }));
  if (reached instanceof Failure) {
    const id = IN_THE_WAY[reached.code] ?? 'address';
    return [failed(id, reached, now() - startedMs), skipped('key'), ...RIGHTS.map((right) => skipped(right.id))];
  }
  const checks = [ok('address', { url: siteAddress(url).href }, now() - startedMs), clock()];
  let keyTold = false;
  for (const { path, id, result } of RIGHTS) {
    const askedMs = now();
    const answer = await tried(() => client.ask(path, criteria([], 1, null), { signal }));
    const tookMs = now() - askedMs;
    if (answer instanceof Failure && answer.code !== 'shop.right-missing') {
      if (keyTold) checks.push(failed(id, answer, tookMs));
      else checks.push(failed('key', answer, tookMs), skipped(id));
      keyTold = true;
      if (answer.code === 'shop.key-refused' || answer.code === 'shop.bearer-refused' || answer.code === 'shop.clock') {
        return [...checks, ...RIGHTS.filter((right) => right.id !== id).map((right) => skipped(right.id))];
      }
      continue;
    }
    if (!keyTold) checks.push(ok('key', {}, null));
    keyTold = true;
    if (answer instanceof Failure)
      checks.push({ id, result, values: { ...answer.values, code: answer.code }, durationMs: tookMs });
    else checks.push(ok(id, {}, tookMs));
  }
  checks.push(await timeZone());
  return checks;

  async function timeZone(): Promise<ConnectionCheck> {
    const stores = await tried(() => readStores(client, { signal }));
    const zone = stores instanceof Failure ? null : (stores?.[0]?.timezone ?? null);
    const known = zone !== null && isTimeZone(zone);
    return {
      id: 'timeZone',
      result: known ? 'ok' : 'warning',
      values: { timeZone: known ? zone : '' },
      durationMs: null,
    };
  }

  function clock(): ConnectionCheck {
    const aheadMs = client.clockAheadMs();
    if (aheadMs === null) return skipped('clock');
    const skew = Math.abs(aheadMs);
    const values = { skewSeconds: String(Math.round(skew / 1000)) };
    if (skew > SKEW_LIMIT_MS && client.login === 'signature')
      return failed('clock', new Failure('shop.clock', values), null);
    return { id: 'clock', result: skew > SKEW_WARNING_MS ? 'warning' : 'ok', values, durationMs: null };
  }
}
