import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { DemoShop } from './demo-shop.ts';
import { startMagentoDemo } from './magento.ts';

/** The demo obeys Magento's query language by its own code, and refuses in Magento's words. */
let shop: DemoShop;
before(async () => {
  shop = await startMagentoDemo({ bearer: true });
});
after(async () => await shop.close());

type Answer = { readonly items: readonly Readonly<Record<string, unknown>>[]; readonly total_count: number };

async function ask(path: string, headers: Readonly<Record<string, string>> = {}) {
  const answer = await fetch(`${shop.url}/rest/all/V1/${path}`, {
    headers: { authorization: `Bearer ${shop.credentials.token}`, ...headers },
  });
  return { status: answer.status, body: (await answer.json()) as Answer & { message: string; parameters: unknown } };
}

const C = 'searchCriteria';
const filter = (group: number, at: number, field: string, value: string, condition: string) =>
  ['field', 'value', 'condition_type']
    .map(
      (name, index) =>
        `${C}[filter_groups][${group}][filters][${at}][${name}]=${encodeURIComponent([field, value, condition][index] ?? '')}`,
    )
    .join('&');

/** [question, ids] */
const searches: [string, string, number[]][] = [
  [
    'filters of a group are joined by or',
    [filter(0, 0, 'entity_id', '1001', 'eq'), filter(0, 1, 'entity_id', '1003', 'eq')].join('&'),
    [1001, 1003],
  ],
  [
    'groups are joined by and',
    [filter(0, 0, 'entity_id', '1003', 'lteq'), filter(1, 0, 'entity_id', '1001', 'neq')].join('&'),
    [1002, 1003],
  ],
  ['in, and numbers by value', filter(0, 0, 'entity_id', '1010,1009,7', 'in'), [1009, 1010]],
  [
    'nin and a bound',
    [filter(0, 0, 'entity_id', '1002,1003', 'nin'), filter(1, 0, 'entity_id', '1005', 'lt')].join('&'),
    [1001, 1004],
  ],
  [
    'times as text, bounds apart',
    [
      filter(0, 0, 'created_at', '2026-09-30 21:59:00', 'gteq'),
      filter(1, 0, 'created_at', '2026-09-30 22:01:00', 'lt'),
    ].join('&'),
    [1012],
  ],
  ['like', filter(0, 0, 'increment_id', '%-1', 'like'), [1021]],
  ['null', `${filter(0, 0, 'coupon_code', '', 'notnull')}&${C}[pageSize]=2`, [1002, 1013]],
  [
    'sorted down, by page',
    `${C}[sortOrders][0][field]=entity_id&${C}[sortOrders][0][direction]=DESC&${C}[pageSize]=2&${C}[currentPage]=2`,
    [1031, 1030],
  ],
  ['page 0 is the first', `${C}[pageSize]=2&${C}[currentPage]=0`, [1001, 1002]],
  ['a page beyond the end is the last one again', `${C}[pageSize]=30&${C}[currentPage]=9`, [1031, 1032, 1033]],
];
for (const [what, query, expected] of searches) {
  test(`searchCriteria: ${what}`, async () => {
    const { body } = await ask(`orders?${query}`);
    assert.deepEqual(
      body.items.map(({ entity_id }) => entity_id),
      expected,
    );
  });
}

test('fields cut the answer, nested ones too', async () => {
  const { body } = await ask(
    `orders?${C}[pageSize]=1&fields=items[entity_id,payment[method],extension_attributes[payment_additional_info]],total_count`,
  );
  assert.deepEqual(body, {
    items: [
      {
        entity_id: 1001,
        payment: { method: 'stripe_payments' },
        extension_attributes: { payment_additional_info: [{ key: 'method_title', value: 'Carte bancaire' }] },
      },
    ],
    total_count: 33,
  });
});

test('refusals are Magento’s: no key, a wrong one, no such route', async () => {
  const denied = {
    message: "The consumer isn't authorized to access %resources.",
    parameters: { resources: 'Magento_Sales::actions_view' },
  };
  assert.deepEqual(await ask('orders', { authorization: '' }), { status: 401, body: denied });
  assert.deepEqual(await ask('orders', { authorization: 'Bearer x' }), { status: 401, body: denied });
  assert.equal((await ask('nothing')).status, 404);
  const bad = await ask('orders', { authorization: 'OAuth oauth_consumer_key="x"' });
  assert.deepEqual([bad.status, bad.body.message], [400, '"oauth_signature" is required. Enter and try again.']);
});
