import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../core/problem.ts';
import type { DemoShop } from '../../demo/demo-shop.ts';
import { type MagentoDemoOptions, startMagentoDemo } from '../../demo/magento.ts';
import type { ShopConnection } from '../reader.ts';
import { magentoClient, siteAddress } from './client.ts';
import { connectionOf, documentsOf, during, eventsOf, requestOf, shopAt } from './sample.ts';

const NEVER = new AbortController().signal;

/** [what people paste, the shop] */
const addresses: [string, string][] = [
  ['https://shop.example', 'https://shop.example/'],
  ['https://shop.example/boutique/', 'https://shop.example/boutique/'],
  ['https://shop.example/boutique/rest/V1/', 'https://shop.example/boutique/'],
  ['https://shop.example/index.php/admin/dashboard?key=1', 'https://shop.example/'],
  ['https://shop.example/admin_1x2y/sales/order', 'https://shop.example/'],
];
for (const [typed, expected] of addresses) {
  test(`the shop of ${typed} is ${expected}`, () => assert.equal(siteAddress(typed).href, expected));
}

test('with four secrets every request is signed, each with its own nonce, brackets and spaces included', async () => {
  await during(startMagentoDemo({}), async (shop) => {
    const documents = await documentsOf(shopAt(shop), requestOf());
    assert.equal(documents.length, 33);
    assert.ok(shop.requests.every(({ status }) => status === 200));
    assert.ok(shop.requests.some(({ path }) => path.includes('searchCriteria%5Bfilter_groups%5D%5B0%5D')));
    assert.ok(!JSON.stringify(shop.requests).includes(shop.credentials.token ?? '?'));
  });
});

test('with the access token alone it travels as bearer, where the shop allows it', async () => {
  await during(startMagentoDemo({ bearer: true }), async (shop) => {
    assert.equal((await documentsOf(shopAt(shop), requestOf())).length, 33);
  });
});

test('a shop without URL rewriting is read under index.php', async () => {
  await during(startMagentoDemo({ rewriting: false }), async (shop) => {
    assert.equal((await documentsOf(shopAt(shop), requestOf())).length, 33);
  });
});

/** [what is wrong, the shop, the connection, the failure and what it names] */
const refusals: [string, MagentoDemoOptions, (shop: DemoShop) => Partial<ShopConnection>, string][] = [
  [
    'an access token alone, which the shop does not take',
    {},
    ({ credentials }) => ({ credentials: { token: credentials.token ?? '' } }),
    'shop.bearer-refused 127.0.0.1',
  ],
  [
    'another secret',
    {},
    ({ credentials }) => ({ credentials: { ...credentials, tokenSecret: 'x' } }),
    'shop.key-refused 127.0.0.1',
  ],
  [
    'another consumer',
    {},
    ({ credentials }) => ({ credentials: { ...credentials, consumerKey: 'x' } }),
    'shop.key-refused 127.0.0.1',
  ],
  ['a token that was withdrawn', { expired: () => true }, () => ({}), 'shop.key-refused 127.0.0.1'],
  ['a bearer that was withdrawn', { bearer: true, expired: () => true }, () => ({}), 'shop.bearer-refused 127.0.0.1'],
  ['a clock a quarter of an hour ahead', {}, () => ({ now: () => Date.now() + 900_000 }), 'shop.clock 90[01]'],
  ['orders that may not be read', { denied: ['orders'] }, () => ({}), 'shop.right-missing Magento_Sales::actions_view'],
  ['a folder where there is no shop', {}, ({ url }) => ({ url: `${url}/elsewhere` }), 'shop.not-found'],
];
for (const [what, options, fields, expected] of refusals) {
  test(`T-01 ${what}: ${expected}`, async () => {
    await during(startMagentoDemo(options), async (shop) => {
      const failure = await documentsOf(shopAt(shop, fields(shop)), requestOf()).then(
        () => null,
        (error: unknown) => error,
      );
      assert.ok(failure instanceof Failure, String(failure));
      assert.match(
        `${failure.code} ${Object.values(failure.values).join(' ')}`,
        new RegExp(`^${expected.replaceAll('.', '\\.')}`),
      );
    });
  });
}

test('a clock behind the shop’s is no matter: Magento takes old signatures', async () => {
  await during(startMagentoDemo({}), async (shop) => {
    const now = () => Date.now() - 3_600_000;
    assert.equal((await documentsOf(shopAt(shop, { now }), requestOf())).length, 33);
  });
});

test('the version is told, and missing where the page is switched off', async () => {
  await during(startMagentoDemo({}), async (shop) => {
    assert.equal(await magentoClient(connectionOf(shop)).version({ signal: NEVER }), '2.4 (Community)');
    shop.misbehave([{ when: { path: /magento_version/ }, do: 'html' }]);
    assert.equal(await magentoClient(connectionOf(shop)).version({ signal: NEVER }), null);
  });
});

test('S-115 the connection is tested thing by thing; what is missing is named', async () => {
  const told = async (options: MagentoDemoOptions, fields: (shop: DemoShop) => Partial<ShopConnection> = () => ({})) =>
    await during(startMagentoDemo(options), async (shop) => {
      const checks = await shopAt(shop, fields(shop)).check(NEVER);
      return checks.map(({ id, result, values }) => [id, result, values.code ?? ''].join(' ').trim());
    });
  const all = ['orders', 'invoices', 'creditMemos', 'transactions', 'taxRates', 'customerGroups'];
  assert.deepEqual(await told({}), ['address ok', 'clock ok', 'key ok', ...all.map((id) => `${id} ok`), 'timeZone ok']);
  assert.deepEqual(await told({ denied: ['creditmemos', 'store/storeConfigs'] }), [
    'address ok',
    'clock ok',
    'key ok',
    'orders ok',
    'invoices ok',
    'creditMemos warning shop.right-missing',
    ...all.slice(3).map((id) => `${id} ok`),
    'timeZone warning',
  ]);
  const skipped = all.map((id) => `${id} skipped`);
  assert.deepEqual(await told({}, ({ credentials }) => ({ credentials: { token: credentials.token ?? '' } })), [
    'address ok',
    'clock ok',
    'key failed shop.bearer-refused',
    ...skipped,
  ]);
  assert.deepEqual(await told({}, () => ({ now: () => Date.now() + 900_000 })), [
    'address ok',
    'clock failed shop.clock',
    'key failed shop.clock',
    ...skipped,
  ]);
  assert.deepEqual(await told({}, () => ({ url: 'http://127.0.0.1:1' })), [
    'address failed shop.unreachable',
    'key skipped',
    ...skipped,
  ]);
});

test('D-16 lists for the mappings: taxes with rate and country, stores, groups, and what recent orders show', async () => {
  await during(startMagentoDemo({}), async (shop) => {
    const lists = await shopAt(shop).lists(NEVER);
    assert.deepEqual(
      lists.taxes.find(({ id }) => id === 'FR-TVA-5.5'),
      { id: 'FR-TVA-5.5', name: 'FR-TVA-5.5', active: true, rate: '5.50', country: 'FR' },
    );
    assert.deepEqual(
      lists.subShops.map(({ name }) => name),
      ['Boutique', 'Boutique pro'],
    );
    assert.deepEqual(lists.carriers.map(({ id, name }) => `${id} ${name}`).sort(), [
      'colissimo_domicile Colissimo - domicile',
      'dhl_world DHL - monde',
      'dpd_europe DPD - Europe',
    ]);
    assert.ok(lists.paymentMethods.some(({ id, name }) => id === 'banktransfer' && name === 'Virement bancaire'));
    assert.deepEqual(
      lists.statuses
        .filter(({ readByDefault }) => readByDefault)
        .map(({ id }) => id)
        .sort(),
      ['closed', 'complete', 'processing'],
    );
    assert.deepEqual(
      lists.currencies.map(({ id }) => id),
      ['EUR', 'USD'],
    );
    assert.deepEqual(
      lists.customerGroups?.map(({ id }) => id),
      ['0', '1', '2'],
    );
    const facts = await shopAt(shop).facts(NEVER);
    assert.deepEqual([facts.currency, facts.timeZone, facts.version], ['EUR', 'Europe/Paris', '2.4 (Community)']);
  });
});

test('a list that may not be read is empty, and the sales are read all the same', async () => {
  await during(startMagentoDemo({ denied: ['taxRates/search', 'transactions'] }), async (shop) => {
    assert.deepEqual((await shopAt(shop).lists(NEVER)).taxes, []);
    const events = await eventsOf(shopAt(shop), requestOf());
    const problems = events.flatMap((event) => (event.type === 'problem' ? [event.problem] : []));
    assert.deepEqual(
      problems.map(({ code, values }) => `${code} ${values.right}`),
      ['shop.read-incomplete transactions'],
    );
    assert.equal(events.filter(({ type }) => type === 'item').length, 33);
  });
});
