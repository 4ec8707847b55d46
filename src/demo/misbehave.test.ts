import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { DemoShop } from './demo-shop.ts';
import { DEMOS } from './index.ts';
import { startPrestashopDemo } from './prestashop.ts';

let shop: DemoShop;
before(async () => {
  shop = await startPrestashopDemo({ version: '9.1.4' });
});
after(() => shop.close());
beforeEach(() => shop.misbehave([]));

test('502, 503 and 429 come as often as asked, then the real answer', async () => {
  shop.misbehave([
    { do: 'status502', times: 2 },
    { do: 'status503html', retryAfterSeconds: 5 },
    { do: 'status429', retryAfterSeconds: 1 },
  ]);
  const seen: string[] = [];
  for (let at = 0; at < 5; at += 1) {
    const answer = await ask();
    seen.push(`${answer.status} ${answer.headers.get('Retry-After')}`);
  }
  assert.deepEqual(seen, ['502 null', '502 null', '503 5', '429 1', '200 null']);
  assert.deepEqual(
    shop.requests.slice(-5).map(({ status }) => status),
    [502, 502, 503, 429, 200],
  );
});

test('html, redirect, notice and bom', async () => {
  shop.misbehave([
    { do: 'html' },
    { do: 'redirect' },
    { when: { path: /api/ }, do: 'notice' },
    { when: { path: /api/ }, do: 'bom' },
  ]);
  assert.match(await (await ask()).text(), /^<!DOCTYPE html>/);
  const redirect = await ask();
  assert.equal(`${redirect.status} ${redirect.headers.get('Location')}`, `302 ${shop.url}/maintenance.html`);
  assert.equal((await fetch(redirect.headers.get('Location') ?? '')).status, 200);
  assert.match(await (await ask()).text(), /^<br \/>\n<b>Notice<\/b>:[\s\S]*<\?xml[\s\S]*<\/prestashop>\n$/);
  const bytes = new Uint8Array(await (await ask()).arrayBuffer());
  assert.deepEqual([...bytes.slice(0, 5)], [0xef, 0xbb, 0xbf, 0x3c, 0x3f]);
});

test('a truncated, a reset and an endless answer fail, and leave status 0 or the half that came', async () => {
  shop.misbehave([{ do: 'truncate' }, { do: 'reset' }, { do: 'timeout' }]);
  await assert.rejects((await ask()).text());
  await assert.rejects(ask());
  await assert.rejects(ask(AbortSignal.timeout(100)), { name: 'TimeoutError' });
  assert.deepEqual(
    shop.requests.slice(-3).map(({ status }) => status),
    [200, 0, 0],
  );
  assert.equal((await ask()).status, 200);
});

test('a slow answer comes whole', async () => {
  shop.misbehave([{ do: 'slow', delayMs: 60 }]);
  const start = performance.now();
  assert.match(await (await ask()).text(), /<\/prestashop>\n$/);
  assert.ok(performance.now() - start >= 100);
});

test('a shop that fails for ever does', async () => {
  shop.misbehave([{ do: 'failForever', times: 1 }]);
  for (let at = 0; at < 5; at += 1) assert.equal((await ask()).status, 503);
});

test('a rule aims at a path, a page or the n-th request', async () => {
  shop.misbehave([
    { when: { path: /customers/ }, do: 'status502' },
    { when: { page: 2 }, do: 'status429' },
    { when: { path: /orders/, nth: 4 }, do: 'status503html' },
  ]);
  const seen: number[] = [];
  for (const query of ['orders', 'customers', 'orders?limit=0,10', 'orders?limit=10,10', 'orders', 'orders']) {
    seen.push((await ask(undefined, query)).status);
  }
  assert.deepEqual(seen, [200, 502, 200, 429, 503, 200]);
});

test('a closed shop refuses connections', async () => {
  const other = await startPrestashopDemo({ version: '1.6.1.25' });
  other.misbehave([{ do: 'timeout' }]);
  const hanging = assert.rejects(fetch(`${other.url}/api/orders`));
  while (other.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await other.close();
  await hanging;
  await assert.rejects(fetch(`${other.url}/api/orders`));
});

test('every demo of the list starts and stops', async () => {
  for (const { id, start } of DEMOS) {
    const demo = await start();
    assert.match(demo.url, /^http:\/\/127\.0\.0\.1:\d+$/, id);
    await demo.close();
  }
});

function ask(signal?: AbortSignal, query = 'orders?display=full'): Promise<Response> {
  const headers = { Authorization: `Basic ${Buffer.from(`${shop.credentials.key}:`).toString('base64')}` };
  return fetch(`${shop.url}/api/${query}`, { headers, redirect: 'manual', ...(signal && { signal }) });
}
