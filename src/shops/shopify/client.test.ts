import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { Failure } from '../../core/problem.ts';
import type { Misbehaviour } from '../../demo/misbehave.ts';
import { type ShopifyDemoOptions, type ShopifyDemoShop, startShopifyDemo } from '../../demo/shopify.ts';
import type { ShopConnection } from '../reader.ts';
import { redirectedAddress, shopAddress } from './address.ts';
import { type ShopifyClient, shopifyClient } from './client.ts';
import { connectionTo, NOW, shopAt, without } from './sample.ts';

const open: ShopifyDemoShop[] = [];
after(async () => {
  for (const shop of open) await shop.close();
});

const LIST = { first: 5, after: null, query: '', sortKey: 'ID' };

test('S-134 T-13 a Dev Dashboard app asks for a token of a day, once, and again when its time is up', async () => {
  let now = NOW;
  const demo = await demoOf({ now: () => now });
  const client = shopifyClient(connectionTo(demo, { now: () => now }));
  await client.ask('order-ids', LIST);
  await client.ask('order-ids', LIST);
  assert.deepEqual(asked(demo), ['token', 'ShopContext', 'OrderIds', 'OrderIds']);
  now += 86_399_000 * 0.8 - 1000;
  await client.ask('order-ids', LIST);
  now += 2000;
  await client.ask('order-ids', LIST);
  assert.deepEqual(asked(demo).slice(4), ['OrderIds', 'token', 'OrderIds']);
});

test('T-13 a token that is refused before its time is renewed once; a second refusal is the key refused', async () => {
  const demo = await demoOf({});
  const client = shopifyClient(connectionTo(demo));
  await client.ask('order-ids', LIST);
  demo.expireTokens();
  await client.ask('order-ids', LIST);
  assert.deepEqual(asked(demo).slice(2), ['OrderIds', 'OrderIds', 'token', 'OrderIds']);
});

test('S-134 S-135 a legacy token or the password of a private app is the token itself', async () => {
  const demo = await demoOf({});
  const credentials = { token: 'shpat_demo0000000000000000000000000000' };
  await shopifyClient(connectionTo({ url: demo.url, credentials })).ask('order-ids', LIST);
  assert.deepEqual(asked(demo), ['ShopContext', 'OrderIds']);
  const wrong = shopifyClient(connectionTo({ url: demo.url, credentials: { token: 'shpat_wrong' } }));
  await assert.rejects(wrong.ask('order-ids', LIST), failure('shop.key-refused'));
});

test('a wrong secret, and no credentials at all, are the key refused', async () => {
  const demo = await demoOf({});
  for (const credentials of [{ clientId: 'demo-client', clientSecret: 'no' }, {}]) {
    const client = shopifyClient(connectionTo({ url: demo.url, credentials }));
    await assert.rejects(client.context(), failure('shop.key-refused'));
  }
});

describe('as fast as the shop allows', () => {
  test('R-limit a question waits until the bucket holds its cost, by the figures of the last answer', async () => {
    let now = NOW;
    const waits: number[] = [];
    const sleep = async (ms: number) => {
      waits.push(ms);
      now += ms;
    };
    const demo = await demoOf({ now: () => now, bucket: { maximum: 200, restoreRate: 10 } });
    const client = shopifyClient(connectionTo(demo, { now: () => now, sleep }));
    for (let count = 0; count < 30; count += 1) await client.ask('order-ids', { ...LIST, first: 50 });
    assert.ok(waits.length > 5, String(waits));
    assert.equal(demo.requests.filter(({ status }) => status === 200).length, demo.requests.length);
    assert.ok(!waits.some((ms) => ms > 20_000), String(waits));
  });

  const refusals: readonly (readonly [string, Misbehaviour, number])[] = [
    ['THROTTLED without Retry-After', { do: 'throttled', when: { path: /OrderIds/ }, times: 4 }, 1000],
    ['429 with Retry-After', { do: 'status429', when: { path: /OrderIds/ }, times: 4, retryAfterSeconds: 7 }, 7000],
    ['429 without Retry-After', { do: 'status429', when: { path: /OrderIds/ }, times: 4 }, 1000],
  ];
  for (const [what, plan, least] of refusals) {
    test(`${what}: more refusals than tries are no failure`, async () => {
      const demo = await demoOf({});
      const waits: number[] = [];
      const told: string[] = [];
      const client = shopifyClient(connectionTo(demo, { sleep: async (ms) => void waits.push(ms) }));
      await client.context();
      demo.misbehave([plan]);
      await client.ask('order-ids', LIST, { onRetry: ({ reason }) => told.push(reason) });
      assert.equal(waits.length, 4);
      assert.ok(
        waits.every((ms) => ms >= least && ms < least + 1000),
        String(waits),
      );
      assert.deepEqual([...new Set(told)], ['THROTTLED']);
    });
  }

  test('a shop that refuses for five minutes is given up', async () => {
    const demo = await demoOf({});
    const client = shopifyClient(connectionTo(demo));
    await client.context();
    demo.misbehave([{ do: 'status429', times: 1000, retryAfterSeconds: 60 }]);
    await assert.rejects(client.ask('order-ids', LIST), failure('shop.broken-answer'));
    assert.ok(demo.requests.length < 12, String(demo.requests.length));
  });
});

describe('what a host does wrong', () => {
  const passing: readonly Misbehaviour['do'][] = ['status502', 'truncate', 'reset'];
  for (const misdeed of passing) {
    test(`${misdeed}: the question is asked again`, async () => {
      const demo = await demoOf({});
      const client = shopifyClient(connectionTo(demo));
      demo.misbehave([{ do: misdeed, when: { path: /OrderIds/ } }]);
      assert.ok((await client.ask('order-ids', LIST)).data);
    });
  }

  const failing: readonly (readonly [Misbehaviour['do'], string])[] = [
    ['html', 'shop.not-an-answer'],
    ['redirect', 'shop.redirected'],
    ['failForever', 'shop.not-an-answer'],
    ['notice', 'shop.not-an-answer'],
  ];
  for (const [misdeed, code] of failing) {
    test(`${misdeed}: said as ${code}`, async () => {
      const demo = await demoOf({});
      const client = shopifyClient(connectionTo(demo));
      demo.misbehave([{ do: misdeed, when: { path: /OrderIds/ }, times: 9 }]);
      await assert.rejects(client.ask('order-ids', LIST), failure(code));
    });
  }

  test('time-out: tried again, then said; a slow drip within the limit is waited for', async () => {
    const demo = await demoOf({});
    const quick = { ...connectionTo(demo).http, timeoutMs: 300 };
    const client = shopifyClient(connectionTo(demo, { http: quick }));
    await client.context();
    demo.misbehave([{ do: 'slow', when: { path: /OrderIds/ }, delayMs: 60 }]);
    assert.ok((await client.ask('order-ids', LIST)).data);
    demo.misbehave([{ do: 'timeout', when: { path: /OrderIds/ }, times: 9 }]);
    await assert.rejects(client.ask('order-ids', LIST), failure('shop.silent'));
  });

  test('shop.closed: 402 and 423 say that the merchant must act at Shopify', async () => {
    for (const status of [402, 423]) {
      const demo = await demoOf({ status });
      await assert.rejects(clientOf(demo).context(), failure('shop.closed', { status: String(status) }));
    }
  });

  test('errors of the shop itself are tried again, and then said by their code', async () => {
    const demo = await demoOf({});
    const client = clientOf(demo);
    await client.context();
    demo.misbehave([{ do: 'graphError', when: { path: /OrderIds/ } }]);
    assert.ok((await client.ask('order-ids', LIST)).data);
    demo.misbehave([{ do: 'graphError', when: { path: /OrderIds/ }, times: 9 }]);
    await assert.rejects(
      client.ask('order-ids', LIST),
      failure('shop.broken-answer', { excerpt: 'INTERNAL_SERVER_ERROR' }),
    );
  });
});

test('what people type leads to the permanent address', () => {
  const permanent = 'https://exemple.myshopify.com/';
  for (const typed of [
    'exemple',
    ' Exemple.myshopify.com ',
    'https://exemple.myshopify.com/admin/products?x=1',
    'http://exemple.myshopify.com',
    'https://admin.shopify.com/store/exemple/orders',
  ])
    assert.deepEqual([shopAddress(typed).state, shopAddress(typed).url.href], ['known', permanent], typed);
  const own = shopAddress('https://www.exemple.fr/');
  assert.deepEqual([own.state, own.url.href], ['asked', 'https://www.exemple.fr/admin']);
  const to = (location: string) => redirectedAddress(location, own.url)?.href ?? null;
  assert.equal(to('https://exemple.myshopify.com/admin'), permanent);
  assert.equal(to('https://admin.shopify.com/store/exemple'), permanent);
  assert.equal(to('https://www.exemple.fr/login'), null);
  assert.throws(() => shopAddress('https://admin.shopify.com/'), failure('shop.address-unknown'));
  assert.throws(() => shopAddress(''), failure('shop.address-unknown'));
});

describe('test the connection', () => {
  test('S-130 all is well with every scope', async () => {
    const checks = await shopAt(await demoOf({ now: () => NOW })).check(new AbortController().signal);
    assert.deepEqual(
      checks.map(({ id, result }) => `${id} ${result}`),
      [
        'address ok',
        'certificate skipped',
        'version ok',
        'clock ok',
        'key ok',
        'orders ok',
        'allOrders ok',
        'customers ok',
        'products ok',
        'locations ok',
        'returns ok',
        'payouts ok',
        'timeZone ok',
      ],
    );
  });

  test('S-130 each missing scope says what it costs, and the one of orders fails', async () => {
    const scopes = without('read_all_orders', 'read_customers', 'read_products', 'read_locations', 'read_returns');
    const some = await shopAt(await demoOf({ scopes })).check(new AbortController().signal);
    assert.deepEqual(
      some.flatMap(({ id, result, values }) =>
        result === 'warning' && id !== 'clock' ? [`${id} ${values.scope}`] : [],
      ),
      [
        'allOrders read_all_orders',
        'customers read_customers',
        'products read_products',
        'locations read_locations',
        'returns read_returns',
      ],
    );
    const none = await shopAt(await demoOf({ scopes: without('read_orders') })).check(new AbortController().signal);
    const orders = none.find(({ id }) => id === 'orders');
    assert.deepEqual(
      [orders?.result, orders?.values.code, orders?.values.right],
      ['failed', 'shop.right-missing', 'read_orders'],
    );
  });

  test('S-130 a wrong key, a clock an hour off, a version that is gone', async () => {
    const demo = await demoOf({ now: () => NOW, version: '2027-01' });
    const found = async (changes: Partial<ShopConnection>) => {
      const checks = await shopAt(demo, changes).check(new AbortController().signal);
      return new Map(checks.map(({ id, result, values }) => [id, `${result} ${values.code ?? values.answered ?? ''}`]));
    };
    assert.equal((await found({ credentials: { token: 'no' } })).get('key'), 'failed shop.key-refused');
    assert.equal((await found({ now: () => NOW + 3_600_000 })).get('clock'), 'failed shop.clock');
    assert.equal((await found({})).get('version'), 'warning 2027-01');
    assert.equal((await found({ url: 'http://127.0.0.1:1/' })).get('address'), 'failed shop.unreachable');
  });
});

async function demoOf(options: ShopifyDemoOptions & { readonly status?: number }): Promise<ShopifyDemoShop> {
  const shop = await startShopifyDemo(options);
  open.push(shop);
  return shop;
}

function clientOf(demo: ShopifyDemoShop): ShopifyClient {
  return shopifyClient(connectionTo(demo));
}

function asked({ requests }: ShopifyDemoShop): string[] {
  return requests.map(({ path }) => (path.includes('access_token') ? 'token' : (path.split('#')[1] ?? path)));
}

function failure(code: string, values: Readonly<Record<string, string>> = {}) {
  return (error: unknown) => {
    assert.ok(error instanceof Failure, String(error));
    assert.equal(error.code, code);
    for (const [name, value] of Object.entries(values)) assert.equal(error.values[name], value, name);
    return true;
  };
}
