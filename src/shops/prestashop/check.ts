import { isTimeZone } from '../../core/calendar.ts';
import { Failure } from '../../core/problem.ts';
import { ok, tried } from '../checks.ts';
import type { ConnectionCheck } from '../reader.ts';
import type { Asking, Webservice } from './client.ts';
import { parseRows, SETTINGS, settingOf } from './reference.ts';

/** Without these nothing can be read; without the others, something is missing in the documents. */
const REQUIRED = [
  'orders',
  'order_details',
  'order_states',
  'addresses',
  'countries',
  'currencies',
  'taxes',
  'configurations',
];
const REQUIRED_FOR_CREDIT_NOTES = ['order_slip'];
const USEFUL = [
  'order_invoices',
  'order_payments',
  'order_histories',
  'cart_rules',
  'customers',
  'carriers',
  'tax_rules',
  'tax_rule_groups',
  'shops',
  'states',
  'translated_configurations',
];
const VOUCHERS = ['order_cart_rules', 'order_discounts'];
const MAX_CLOCK_SKEW_MS = 300_000;
const IN_THE_WAY: Readonly<Record<string, string>> = { 'shop.certificate': 'certificate', 'shop.key-refused': 'key' };

/** Each thing a run needs, tried by one harmless reading. */
export async function checkShop(
  service: Webservice,
  now: () => number,
  asking: Asking,
): Promise<readonly ConnectionCheck[]> {
  const checks: ConnectionCheck[] = [];
  const startedMs = now();
  const allowed = await tried(() => service.resources(asking));
  if (allowed instanceof Failure) return failedBefore(allowed, now() - startedMs);
  checks.push(ok('address', {}, now() - startedMs), ok('key', {}, null));
  checks.push(...rights(allowed));
  checks.push(await reading('orders', 'orders', '[id]'));
  checks.push(await reading('refunds', 'order_slip', '[id]'));
  checks.push(await timeZone());
  checks.push(clock());
  return checks;

  async function reading(id: string, resource: string, display: string): Promise<ConnectionCheck> {
    const fromMs = now();
    const answer = await tried(() => service.ask(resource, { display, limit: '1' }, asking));
    const durationMs = now() - fromMs;
    if (answer instanceof Failure)
      return { id, result: 'failed', values: { ...answer.values, code: answer.code }, durationMs };
    if (answer.state === 'rows') return ok(id, { version: service.version() ?? '' }, durationMs);
    return {
      id,
      result: 'failed',
      values: { code: answer.why === 'right' ? 'shop.right-missing' : 'shop.broken-answer', right: resource },
      durationMs,
    };
  }

  async function timeZone(): Promise<ConnectionCheck> {
    const query = { display: 'full', 'filter[name]': `[${SETTINGS.join('|')}]` };
    const zone = await tried(async () => {
      const answer = await service.ask('configurations', query, asking);
      return answer.state === 'rows' ? settingOf(parseRows('configurations', answer.rows))('PS_TIMEZONE', null) : null;
    });
    const known = typeof zone === 'string' && isTimeZone(zone);
    return {
      id: 'timeZone',
      result: known ? 'ok' : 'warning',
      values: { timeZone: known ? zone : '' },
      durationMs: null,
    };
  }

  function clock(): ConnectionCheck {
    const aheadMs = service.clockAheadMs();
    if (aheadMs === null) return { id: 'clock', result: 'skipped', values: {}, durationMs: null };
    const values = { skewSeconds: String(Math.round(aheadMs / 1000)) };
    return { id: 'clock', result: Math.abs(aheadMs) > MAX_CLOCK_SKEW_MS ? 'warning' : 'ok', values, durationMs: null };
  }
}

/** One line for each right that is missing, named; one for all when none is. */
function rights(allowed: readonly string[]): ConnectionCheck[] {
  const missing = (names: readonly string[]) => names.filter((name) => !allowed.includes(name));
  const failed = missing(REQUIRED).map((right) => line(right, 'failed'));
  const weak = missing([...REQUIRED_FOR_CREDIT_NOTES, ...USEFUL]);
  if (!VOUCHERS.some((name) => allowed.includes(name))) weak.push('order_cart_rules');
  const warned = weak.map((right) => line(right, 'warning'));
  const all = [...failed, ...warned];
  return all.length > 0 ? all : [ok('right', {}, null)];

  function line(right: string, result: 'failed' | 'warning'): ConnectionCheck {
    return { id: 'right', result, values: { right }, durationMs: null };
  }
}

/** The first request failed: what stood in the way is told, the rest could not be tried. */
function failedBefore(failure: Failure, durationMs: number): ConnectionCheck[] {
  const id = IN_THE_WAY[failure.code] ?? 'address';
  const values = { ...failure.values, code: failure.code };
  const before = id === 'address' ? [] : [ok('address', {}, null)];
  const skipped = ['key', 'right', 'orders', 'refunds'].filter((name) => name !== id);
  return [
    ...before,
    { id, result: 'failed', values, durationMs },
    ...skipped.map((name): ConnectionCheck => ({ id: name, result: 'skipped', values: {}, durationMs: null })),
  ];
}
