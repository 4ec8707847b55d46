import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Failure } from '../src/core/problem.ts';
import type { DemoShop } from '../src/demo/demo-shop.ts';
import { startMagentoDemo } from '../src/demo/magento.ts';
import type { Misbehaviour } from '../src/demo/misbehave.ts';
import { startPrestashopDemo } from '../src/demo/prestashop.ts';
import { startShopifyDemo } from '../src/demo/shopify.ts';
import { startWooDemo } from '../src/demo/woocommerce.ts';
import { LANGUAGES } from '../src/i18n/language.ts';
import { translate } from '../src/i18n/translate.ts';
import { shopOf } from '../src/shops/index.ts';
import { HTTP, requestOf } from '../src/shops/read.test-kit.ts';
import type { ReadRequest, Shop, ShopConnection } from '../src/shops/reader.ts';
import { copy, startShopware } from './shopware-server.ts';

/**
 * What hosts, networks and shops do wrong, the same for every kind of shop: whatever passes by itself leaves the same
 * documents, each once; whatever does not ends with a failure whose sentence names the cure, and the read goes on from its
 * last page without losing or repeating anything.
 */
type Kind = {
  readonly id: string;
  readonly start: () => Promise<DemoShop & { readonly expireTokens?: () => void }>;
  /** Requests that carry the documents. */
  readonly list: RegExp;
  /** Thousands of orders: as many as a shop of its kind hands over in a few seconds. `bench/shops.ts` takes as many as wanted. */
  readonly large: () => Promise<{ readonly shop: DemoShop; readonly orders: number }>;
};

const SHOPWARE = async (orders: number) =>
  Object.assign(await startShopware(), { orders: Array.from({ length: orders }, (_, index) => copy(index + 1)) });

const KINDS: readonly Kind[] = [
  {
    id: 'woocommerce',
    start: () => startWooDemo({ copies: 4 }),
    list: /wc\/v3\/orders\?/,
    large: async () => ({ shop: await startWooDemo({ copies: 125 }), orders: 125 * 40 }),
  },
  {
    id: 'prestashop',
    start: () => startPrestashopDemo({ version: '9.1.4', copies: 4 }),
    list: /api\/orders\?/,
    large: async () => ({ shop: await startPrestashopDemo({ version: '9.1.4', copies: 60 }), orders: 60 * 43 }),
  },
  {
    id: 'magento',
    start: () => startMagentoDemo({ copies: 4 }),
    list: /V1\/orders\?/,
    large: async () => ({ shop: await startMagentoDemo({ copies: 152 }), orders: 152 * 33 }),
  },
  {
    id: 'shopify',
    start: () => startShopifyDemo({ copies: 2, bucket: { maximum: 1_000_000, restoreRate: 1_000_000 } }),
    list: /#OrderIds/,
    large: async () => ({
      shop: await startShopifyDemo({ copies: 40, bucket: { maximum: 9_000_000, restoreRate: 9_000_000 } }),
      orders: 40 * 27 + 3,
    }),
  },
  {
    id: 'shopware',
    start: () => SHOPWARE(250),
    list: /search\/order/,
    large: async () => ({ shop: await SHOPWARE(5000), orders: 5000 }),
  },
];

const QUICK = { ...HTTP, timeoutMs: 400 };
/** Of a read that ends in silence whatever the limit. */
const BRIEF = { ...HTTP, timeoutMs: 150, tries: 2 };
type Fault = readonly [what: string, plan: (list: RegExp) => readonly Misbehaviour[]];

/** The second request of the list, that is in the middle of the read, unless said otherwise. */
const at = (list: RegExp, rule: Omit<Misbehaviour, 'when'>): Misbehaviour => ({
  ...rule,
  when: { path: list, nth: 2 },
});

const PASSING: readonly Fault[] = [
  ['a 502 at once, and two in the middle', (list) => [{ do: 'status502' }, at(list, { do: 'status502', times: 2 })]],
  ['a 429 that says when', (list) => [at(list, { do: 'status429', retryAfterSeconds: 7 })]],
  ['a 429 that does not', (list) => [at(list, { do: 'status429', times: 2 })]],
  ['a 503 of maintenance that says when', (list) => [at(list, { do: 'status503html', retryAfterSeconds: 3 })]],
  ['a request never answered', (list) => [at(list, { do: 'timeout' })]],
  ['a connection reset', (list) => [at(list, { do: 'reset', times: 2 })]],
  ['a body cut in the middle', (list) => [at(list, { do: 'truncate' })]],
  ['an answer that drips within the time limit', (list) => [at(list, { do: 'slow', delayMs: 60 })]],
  [
    'one thing after another',
    (list) => [at(list, { do: 'reset' }), { ...at(list, { do: 'truncate' }), when: { path: list, nth: 3 } }],
  ],
];

/** The codes that may tell it: a list asked first has no page yet that failed. */
const LASTING: readonly (readonly [...Fault, codes: RegExp])[] = [
  ['502 for ever', (list) => [at(list, { do: 'status502', times: 99 })], /^shop\.(page-failed|broken-answer)$/],
  [
    '429 for ever',
    (list) => [at(list, { do: 'status429', times: 999 })],
    /^shop\.(page-failed|broken-answer|too-many-requests|slow-down)$/,
  ],
  ['silence', (list) => [at(list, { do: 'timeout', times: 99 })], /^shop\.(page-failed|silent)$/],
  [
    'a connection that is always reset',
    (list) => [at(list, { do: 'reset', times: 99 })],
    /^shop\.(page-failed|unreachable)$/,
  ],
  [
    'bodies always cut',
    (list) => [at(list, { do: 'truncate', times: 99 })],
    /^shop\.(page-failed|broken-answer|unreachable)$/,
  ],
  ['a page for people', (list) => [at(list, { do: 'html', times: 99 })], /^shop\.(page-failed|not-an-answer)$/],
  [
    'a redirect to another host',
    (list) => [at(list, { do: 'redirectAway', times: 99 })],
    /^shop\.(page-failed|redirected)$/,
  ],
];

for (const { id, start, list, large } of KINDS) {
  describe(id, () => {
    let shop: Awaited<ReturnType<Kind['start']>>;
    let still: readonly string[];
    before(async () => {
      shop = await start();
      still = (await gone(opened(id, shop), {})).keys;
      assert.ok(still.length > 40, String(still.length));
      assert.equal(new Set(still).size, still.length);
    });
    after(() => shop.close());

    for (const [what, plan] of PASSING)
      test(`T-02 D-15 ${what} passes: the same documents, each once`, async () => {
        shop.misbehave(plan(list));
        const waits: number[] = [];
        const read = opened(id, shop, { http: QUICK, sleep: async (ms) => void waits.push(ms) });
        const { keys, failure } = await gone(read, {});
        assert.equal(failure, null);
        assert.deepEqual(keys, still);
        for (const { retryAfterSeconds } of plan(list))
          if (retryAfterSeconds)
            assert.ok(
              waits.some((ms) => ms >= retryAfterSeconds * 1000),
              String(waits),
            );
      });

    for (const [what, plan, codes] of LASTING)
      test(`T-03 T-04 ${what}: the cure is said, and the read goes on from its last page`, async () => {
        shop.misbehave(plan(list));
        const first = await gone(opened(id, shop, { http: what === 'silence' ? BRIEF : QUICK }), {});
        assert.ok(first.failure instanceof Failure, String(first.failure));
        assert.match(first.failure.code, codes);
        for (const language of LANGUAGES)
          for (const part of ['message', 'cure']) {
            const sentence = translate(language, `failure.${first.failure.code}.${part}`, first.failure.values);
            assert.doesNotMatch(sentence, /^failure\.|\{\w+/, `${language} ${part}`);
          }
        shop.misbehave([]);
        const rest = await gone(opened(id, shop), { resumeAfter: first.mark });
        assert.equal(rest.failure, null);
        assert.deepEqual([...new Set([...first.keys, ...rest.keys])].sort(), [...still].sort());
        // Behind the last page nothing comes again but what was told of the page that failed.
        const again = rest.keys.filter((key) => first.told.has(key));
        assert.deepEqual(again, []);
      });

    test('T-03 a key that is taken away in the middle is said, not tried for ever; a token that only grew old is renewed', async () => {
      shop.misbehave([]);
      const old = shop.expireTokens;
      let asked = 0;
      const read = opened(id, shop, {});
      const keys: string[] = [];
      for await (const event of read.read(requestOf())) {
        if (event.type === 'page' && asked === 0) old?.();
        if (event.type === 'page') asked += 1;
        if (event.type === 'item') keys.push(keyOf(event.item));
      }
      assert.deepEqual(keys, still);
      const [name = ''] = Object.keys(shop.credentials).filter((each) => each !== 'key' || id === 'prestashop');
      const wrong = { ...shop.credentials, [name]: `${shop.credentials[name]}x`, clientSecret: 'x' };
      const { failure } = await gone(opened(id, { ...shop, credentials: wrong }), {});
      assert.ok(failure instanceof Failure, String(failure));
      assert.match(failure.code, /^shop\.(key-refused|bearer-refused)$/);
    });

    test('D-15 D-16 thousands of orders: as many as counted, each once', async () => {
      const { shop: many, orders } = await large();
      try {
        const read = opened(id, many, { http: { ...HTTP, timeoutMs: 120_000 } });
        const { keys, failure } = await gone(read, {});
        assert.equal(failure, null);
        assert.equal(new Set(keys).size, keys.length);
        assert.ok(keys.length > orders * 0.7, `${keys.length} of ${orders}`);
        const counted = await read.count(requestOf());
        if (counted !== null && id !== 'shopify') assert.equal(keys.length, counted);
      } finally {
        await many.close();
      }
    });
  });
}

for (const [id, seconds, code] of [
  ['woocommerce', 3600, 'shop.clock'],
  ['magento', -3600, 'shop.clock'],
] as const)
  test(`T-03 ${id}, signed by a clock an hour off: ${code}, or read all the same where the shop takes it`, async () => {
    const shop = await (KINDS.find((kind) => kind.id === id) ?? assert.fail()).start();
    try {
      const { failure, keys } = await gone(opened(id, shop, { now: () => Date.now() + seconds * 1000 }), {});
      if (failure === null) assert.ok(keys.length > 40);
      else assert.ok(failure instanceof Failure && /^shop\.(clock|key-refused)$/.test(failure.code), String(failure));
    } finally {
      await shop.close();
    }
  });

function opened(
  id: string,
  { url, credentials }: Pick<DemoShop, 'url' | 'credentials'>,
  more: Partial<ShopConnection> = {},
): Shop {
  const kind = shopOf(id) ?? assert.fail(id);
  return kind.open({ url, credentials, http: HTTP, now: Date.now, sleep: async () => {}, ...more });
}

function keyOf(item: {
  readonly state: string;
  readonly key?: string;
  readonly document?: { readonly key: string };
}): string {
  return item.document?.key ?? item.key ?? '';
}

/** What a read tells until it ends, well or not; `told` is what came before its last page was done. */
async function gone(shop: Shop, request: Partial<ReadRequest>) {
  const keys: string[] = [];
  let told = new Set<string>();
  let mark: string | null = null;
  let failure: unknown = null;
  try {
    for await (const event of shop.read(requestOf(request))) {
      if (event.type === 'item') keys.push(keyOf(event.item));
      if (event.type === 'page') {
        mark = event.resumeAfter;
        told = new Set(keys);
      }
    }
  } catch (error) {
    failure = error;
  }
  return { keys, told, mark, failure };
}
