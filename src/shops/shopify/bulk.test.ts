import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { day } from '../../core/calendar.ts';
import { Failure } from '../../core/problem.ts';
import { type ShopifyDemoOptions, type ShopifyDemoShop, startShopifyDemo } from '../../demo/shopify.ts';
import { type DescribedOrder, describedOrders } from '../../demo/shopify-described.ts';
import { bulkOrders, ordersIn } from './bulk.ts';
import { shopifyClient } from './client.ts';
import { connectionTo, documentsOf, eventsOf, requestOf, shopAt, sketch } from './sample.ts';

const open: ShopifyDemoShop[] = [];
after(async () => {
  for (const shop of open) await shop.close();
});
const SEARCH = "processed_at:>='2026-08-01T00:00:00Z' processed_at:<'2026-12-01T00:00:00Z'";

test('what a bulk operation tells of each order is what its own questions tell', async () => {
  const demo = await demoOf({});
  const shop = shopAt(demo);
  const documents = await documentsOf(shop, requestOf({ statuses: null }));
  const client = shopifyClient(connectionTo(demo));
  const told = new Map<string, unknown>();
  for await (const lot of bulkOrders(client, SEARCH, () => true, { sleep: async () => {} }))
    for (const { record } of lot) told.set(String(record.id), record);
  assert.equal(told.size, 30);
  const asked = demo.requests.map(({ path }) => path.split('#')[1] ?? path).filter((name) => name === 'OrderDetail');
  const long = await demoOf({ change: () => [...describedOrders(), ...many(1100)] });
  const inBulk = await documentsOf(shopAt(long), requestOf());
  const own = new Map(inBulk.map((document) => [document.key, document]));
  for (const document of documents) {
    const other = own.get(document.key) ?? assert.fail(document.key);
    assert.equal(sketch(other), sketch(document));
    assert.deepEqual(other.discounts, document.discounts);
    assert.deepEqual(other.wholeOrder, document.wholeOrder);
  }
  assert.ok(asked.length > 20);
  // Alone: the order without ledger; older orders that were edited.
  const alone = long.requests.filter(({ path }) => path.endsWith('#OrderDetail')).length;
  assert.ok(alone <= 2, String(alone));
  assert.equal(inBulk.length, documents.length + 1100);
  assert.equal(own.size, inBulk.length);
});

test('10 000 orders of a period are read by one operation, none lost and none twice', async () => {
  // A bucket that is never empty: how often the shop refuses goes by the clock of the machine.
  const demo = await demoOf({ change: () => many(10_000), bucket: { maximum: 1_000_000, restoreRate: 1000 } });
  const events = await eventsOf(shopAt(demo), requestOf({ from: day('2026-10-01'), to: day('2026-10-28') }));
  const keys = events.flatMap((event) =>
    event.type === 'item' && event.item.state === 'read' ? [event.item.document.key] : [],
  );
  assert.equal(keys.length, 10_001); // and the recorded one of 3 October
  assert.equal(new Set(keys).size, keys.length);
  const alone = demo.requests.filter(({ path }) => path.endsWith('#OrderDetail'));
  assert.equal(alone.length, 0);
  assert.ok(demo.requests.length < 300, String(demo.requests.length)); // the list of what changed since, 50 a page
});

test('a bulk read that failed begins anew, with each order told: the run passes over what it has', async () => {
  const demo = await demoOf({ change: () => many(1100) });
  const events = await eventsOf(shopAt(demo), requestOf({ from: day('2026-10-01'), to: day('2026-10-28') }));
  const marks = events.flatMap((event) => (event.type === 'page' ? [event.resumeAfter] : []));
  const [resumeAfter = ''] = marks;
  assert.ok(marks.every((mark) => mark !== ''));
  const again = await documentsOf(
    shopAt(demo),
    requestOf({ from: day('2026-10-01'), to: day('2026-10-28'), resumeAfter }),
  );
  assert.equal(new Set(again.map(({ key }) => key)).size, 1101);
});

test('a download that is cut is begun again, and each order is told once', async () => {
  const demo = await demoOf({});
  const client = shopifyClient(connectionTo(demo));
  for (const misdeed of ['truncate', 'reset', 'status502'] as const) {
    demo.misbehave([{ do: misdeed, when: { path: /\.jsonl/ } }]);
    const ids: unknown[] = [];
    for await (const lot of bulkOrders(client, SEARCH, () => true, { sleep: async () => {} }))
      ids.push(...lot.map(({ record }) => record.id));
    assert.deepEqual([ids.length, new Set(ids).size], [30, 30], misdeed);
  }
  demo.misbehave([{ do: 'truncate', when: { path: /\.jsonl/ }, times: 9 }]);
  await assert.rejects(all(bulkOrders(client, SEARCH, () => true, { sleep: async () => {} })), Failure);
});

test('shop.bulk-failed: an operation that fails, and a result that is not one', async () => {
  const demo = await demoOf({ bulkFails: 'TIMEOUT', change: () => many(1100) });
  await assert.rejects(eventsOf(shopAt(demo), requestOf()), failed('TIMEOUT'));
  await assert.rejects(
    all(ordersIn(linesOf('{"id":"gid://shopify/Order/1"}', '{"id":"x","__parentId":"gid://shopify/Order/2"}'))),
    failed('__parentId'),
  );
  await assert.rejects(all(ordersIn(linesOf('<html>'))), failed('JSON'));
});

test('a search that finds nothing gives nothing', async () => {
  const client = shopifyClient(connectionTo(await demoOf({})));
  const nothing = "processed_at:>='2020-01-01T00:00:00Z' processed_at:<'2020-01-02T00:00:00Z'";
  assert.deepEqual(await all(bulkOrders(client, nothing, () => true, { sleep: async () => {} })), []);
});

function many(count: number): readonly DescribedOrder[] {
  return Array.from({ length: count }, (_, at) => ({
    what: 'one of many',
    id: 100_000 + at,
    at: `2026-10-${String((at % 28) + 1).padStart(2, '0')}T08:00:00Z`,
    country: 'FR',
    taxesIncluded: true,
    lines: [{ title: 'Sac', sku: 'SAC', quantity: 1, price: '12.00', tax: ['FR TVA', '0.2'] }],
    payments: [{ gateway: 'cash' }],
  }));
}

async function* linesOf(...lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

async function all<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

function failed(reason: string) {
  return (error: unknown) =>
    error instanceof Failure && error.code === 'shop.bulk-failed' && (error.values.reason ?? '').includes(reason);
}

async function demoOf(options: ShopifyDemoOptions): Promise<ShopifyDemoShop> {
  const shop = await startShopifyDemo(options);
  open.push(shop);
  return shop;
}
