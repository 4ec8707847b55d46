import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { day } from '../src/core/calendar.ts';
import { type Decimal, decimal, decimalText } from '../src/core/decimal.ts';
import type { SalesDocument } from '../src/core/document.ts';
import { Failure } from '../src/core/problem.ts';
import { sketch } from '../src/core/testing/sketch.ts';
import type { DemoShop } from '../src/demo/demo-shop.ts';
import { startMagentoDemo } from '../src/demo/magento.ts';
import { startPrestashopDemo } from '../src/demo/prestashop.ts';
import { startWooDemo } from '../src/demo/woocommerce.ts';
import { DEMOS } from '../src/profiles/demo.ts';
import type { RunDeps } from '../src/runs/deps.ts';
import type { RunRequest } from '../src/runs/events.ts';
import { startRun } from '../src/runs/run.ts';
import { shopOf } from '../src/shops/index.ts';
import type { ReadEvent, ReadRequest, Shop } from '../src/shops/reader.ts';
import { connectionOf } from '../src/shops/woocommerce/sample.ts';
import { openHome } from '../src/wiring/home.ts';
import { comptoir, inFolder, jsonOf } from './command-kit.ts';
import { gathered, type Ran, requested, runBench } from './run-kit.ts';

/** A read that failed for good goes on at its page, and gives what a read of today's shop gives: nothing lost or doubled. */

const HOUR_MS = 3_600_000;
const T0 = Date.parse('2026-11-24T09:00:00Z');

/** An order of the shop below; `modifiedMs` is when it was last saved. */
type Order = {
  readonly id: number;
  readonly status: string;
  readonly modifiedMs: number;
  readonly gross: string;
  readonly date: string;
};

function order(id: number, changes: Partial<Order> = {}): Order {
  return { id, status: 'paid', modifiedMs: T0 - 10 * HOUR_MS, gross: '12.00', date: '2026-09-10', ...changes };
}

function documentOf({ id, status, gross, date }: Order): SalesDocument {
  const on = day(date);
  const base = sketch('sale FR; product 10 20% 2; paid card 12');
  return {
    ...base,
    key: `sale/${id}`,
    order: { id: String(id), number: String(id), date: on },
    invoice: { id: String(id), number: `FA${id}`, date: on },
    status: { code: status, label: null },
    totals: { ...base.totals, gross: decimal(gross) },
    payments: base.payments.map((one) => ({ ...one, date: on })),
  };
}

/** A shop of two orders a page that can fail at one, filters by status, period and change, and counts what it is asked. */
class PagedShop {
  orders: readonly Order[] = [];
  failAt: number | null = null;
  readonly asked: string[] = [];

  get shop(): Shop {
    const nothing: readonly never[] = [];
    const status = (id: string, readByDefault: boolean) => ({ id, name: id, active: true, readByDefault });
    return {
      check: async () => [],
      facts: async () => ({ name: 'Lavande', version: null, currency: 'EUR', country: 'FR', timeZone: 'Europe/Paris' }),
      lists: async () => ({
        countries: nothing,
        taxRules: nothing,
        taxes: nothing,
        carriers: nothing,
        paymentMethods: nothing,
        statuses: [status('paid', true), status('pending', false), status('cancelled', false)],
        currencies: nothing,
        subShops: nothing,
      }),
      count: async () => null,
      read: (request) => this.read(request),
    };
  }

  async *read({ statuses, changedSince, from, to, resumeAfter }: ReadRequest): AsyncGenerator<ReadEvent> {
    const what = changedSince === null ? 'period' : 'changes';
    const left = this.orders
      .filter((one) => (statuses ?? ['paid']).includes(one.status))
      .filter(({ date, modifiedMs }) =>
        changedSince === null ? date >= from && date <= to : modifiedMs >= changedSince,
      )
      .filter(({ id }) => resumeAfter === null || id > Number(resumeAfter));
    for (let page = 1; left.length > 0; page += 1) {
      const records = left.splice(0, 2);
      const last = records.at(-1)?.id ?? 0;
      this.asked.push(`${what} ${records.map(({ id }) => id).join('-')}`);
      if (this.failAt !== null && changedSince === null && last >= this.failAt)
        throw new Failure('shop.page-failed', { page: String(page), read: '0', reason: 'shop.silent' });
      for (const one of records) yield { type: 'item', item: { state: 'read', document: documentOf(one), raw: null } };
      yield { type: 'page', page, records: records.length, total: null, resumeAfter: String(last) };
    }
  }
}

async function bench(t: TestContext) {
  const on = await runBench();
  t.after(on.close);
  const paged = new PagedShop();
  const kind = shopOf('woocommerce') ?? assert.fail();
  const deps: RunDeps = { ...on.deps, openShop: async () => ({ kind, shop: paged.shop, close: async () => {} }) };
  const run = (changes: Partial<RunRequest> = {}) =>
    gathered(startRun(deps, requested({ mode: 'preview', ...changes }), new AbortController().signal));
  return { ...on, deps, paged, run };
}

const figures = ({ documents }: Ran) =>
  documents.map(({ orderId, gross, state }) => `${orderId} ${gross} ${state}`).sort();

test('D-16 an import whose third page failed goes on there: what was read is kept, and asked no more', async (t) => {
  const { paged, run, store } = await bench(t);
  paged.orders = [1, 2, 3, 4, 5, 6, 7].map((id) => order(id));
  paged.failAt = 5;
  const failed = await run();
  assert.deepEqual([failed.run.state, failed.troubles[0]?.code], ['failed', 'shop.page-failed']);
  paged.failAt = 7;
  paged.asked.length = 0;
  const again = await run();
  assert.deepEqual(again.troubles[0]?.values, { page: '4', read: '6', reason: 'shop.silent' }); // counted from the beginning
  paged.failAt = null;
  const whole = await run();
  assert.deepEqual(paged.asked, ['period 5-6', 'period 7', 'period 7']);
  assert.equal(whole.run.state, 'preview');
  assert.deepEqual(
    whole.documents.map(({ orderId }) => orderId),
    ['1', '2', '3', '4', '5', '6', '7'],
  );
  assert.equal(await store.reads.get('p', 'sales'), null, 'nothing is kept of a read that has ended');
});

/** [what became of the shop between the two runs, the orders then] */
const meanwhile: [string, readonly Order[]][] = [
  [
    'an order of a page read was changed',
    [order(1), order(2, { gross: '12.05', modifiedMs: T0 + 5 }), order(3), order(4), order(5), order(6)],
  ],
  [
    'an order of a page read was cancelled',
    [order(1), order(2, { status: 'cancelled', modifiedMs: T0 + 5 }), order(3), order(4), order(5), order(6)],
  ],
  [
    'an order of a page read went into another period',
    [order(1, { date: '2026-10-01', modifiedMs: T0 + 5 }), order(2), order(3), order(4), order(5), order(6)],
  ],
  [
    'an order of the pages to come was changed',
    [order(1), order(2), order(3), order(4), order(5, { gross: '12.05', modifiedMs: T0 + 5 }), order(6)],
  ],
  [
    'orders came in, before and behind the page',
    [
      order(0, { modifiedMs: T0 + 5 }),
      order(1),
      order(2),
      order(3),
      order(4),
      order(5),
      order(6),
      order(9, { modifiedMs: T0 + 5 }),
    ],
  ],
  [
    'an order was paid while the first read went on',
    [order(1), order(2), order(3), order(4, { modifiedMs: T0 - HOUR_MS / 2 }), order(5), order(6)],
  ],
  ['orders of the pages to come left', [order(1), order(2), order(3), order(4)]],
  [
    'changes of other periods do not come in',
    [order(1), order(2), order(3), order(4), order(5), order(6), order(8, { date: '2026-11-24', modifiedMs: T0 + 5 })],
  ],
];

for (const [what, then] of meanwhile) {
  test(`D-16 a read that goes on gives what the shop is by now: ${what}`, async (t) => {
    const { paged, run } = await bench(t);
    paged.orders = [1, 2, 3, 4, 5, 6].map((id) => order(id));
    paged.failAt = 5;
    await run();
    paged.orders = then;
    paged.failAt = null;
    const goneOn = await run();
    paged.asked.length = 0;
    const anew = await run();
    assert.ok(
      paged.asked.length > 1 && paged.asked.every((page) => page.startsWith('period')),
      'that one was a whole read',
    );
    assert.equal(goneOn.run.state, 'preview');
    assert.deepEqual(figures(goneOn), figures(anew));
  });
}

/** [why a read starts anew, the second run, what happens before it] */
const anew: [string, Partial<RunRequest>, (on: Awaited<ReturnType<typeof bench>>) => unknown][] = [
  ['it is asked to', { fresh: true }, () => {}],
  ['another period is asked', { period: { type: 'days', from: day('2026-09-01'), to: day('2026-10-01') } }, () => {}],
  ['a day has passed', {}, ({ later }) => later(25 * HOUR_MS)],
  ['the profile reads other orders', {}, ({ save }) => save({ import: { statuses: ['paid', 'pending'] } })],
];

for (const [why, second, before] of anew) {
  test(`a read starts anew when ${why}`, async (t) => {
    const on = await bench(t);
    on.paged.orders = [1, 2, 3, 4, 5].map((id) => order(id));
    on.paged.failAt = 5;
    await on.run();
    on.paged.failAt = null;
    on.paged.asked.length = 0;
    await before(on);
    const ran = await on.run(second);
    assert.deepEqual(on.paged.asked, ['period 1-2', 'period 3-4', 'period 5']);
    assert.equal(ran.counts.read, 5);
  });
}

test('D-16 what is kept is written once, whether the run reviews or writes, and with the mapping as it is then', async (t) => {
  const { paged, run, files } = await bench(t);
  paged.orders = [1, 2, 3, 4, 5].map((id) => order(id));
  paged.failAt = 5;
  await run({ mode: 'write' });
  assert.deepEqual(await files(), []);
  paged.failAt = null;
  const written = await run({ mode: 'write' });
  assert.deepEqual([written.counts.read, written.counts.written], [5, 5]);
  const again = await run({ mode: 'write' });
  assert.deepEqual([again.counts.alreadyTransferred, again.counts.written], [5, 0]);
});

/** [the demo shop, its kind, and the path of the page that fails] */
const shops: [string, RunRequest['kind'], RegExp, (copies: number) => Promise<DemoShop>][] = [
  ['woocommerce', 'sales', /\/orders\?.*[?&]page=3/, (copies) => startWooDemo({ copies })],
  ['woocommerce', 'creditNotes', /\/refunds\?.*[?&]page=2/, (copies) => startWooDemo({ copies: copies * 6 })],
  [
    'prestashop',
    'sales',
    /\/orders\?.*filter%5Bid%5D=%3E/,
    (copies) => startPrestashopDemo({ version: '9.1.4', copies }),
  ],
  [
    'prestashop',
    'creditNotes',
    /\/order_slip\?.*filter%5Bid%5D=%3E/,
    (copies) => startPrestashopDemo({ version: '9.1.4', copies: copies * 6 }),
  ],
  ['magento', 'sales', /\/orders\?.*condition_type%5D=gt(?:&|$)/, (copies) => startMagentoDemo({ copies })],
  [
    'magento',
    'creditNotes',
    /\/creditmemos\?.*created_at.*condition_type%5D=gt(?:&|$)/,
    (copies) => startMagentoDemo({ copies: copies * 6 }),
  ],
];

for (const [type, kind, page, start] of shops) {
  test(`D-16 ${kind} of ${type} read in two runs are those of one, entry by entry`, async (t) => {
    const on = await runBench({ ...DEMOS.find(({ shop }) => shop === type)?.profile() });
    t.after(on.close);
    const demo = await start(9);
    t.after(() => demo.close());
    const shopKind = shopOf(type) ?? assert.fail();
    const connection = connectionOf(demo.url, { credentials: demo.credentials });
    const deps: RunDeps = {
      ...on.deps,
      openShop: async () => ({ kind: shopKind, shop: shopKind.open(connection), close: async () => {} }),
    };
    const period = { type: 'days', from: day('2020-01-01'), to: day('2030-12-31') } as const;
    const run = (changes: Partial<RunRequest> = {}) =>
      gathered(startRun(deps, requested({ kind, period, mode: 'preview', ...changes }), new AbortController().signal));
    const whole = await run();
    assert.equal(whole.run.state, 'preview', JSON.stringify(whole.troubles));
    demo.misbehave([{ when: { path: page }, do: 'failForever' }]);
    const failed = await run();
    assert.equal(failed.run.state, 'failed');
    assert.ok(
      failed.counts.read > 0 && failed.counts.read < whole.counts.read,
      `${failed.counts.read} of ${whole.counts.read}`,
    );
    demo.misbehave([]);
    const goneOn = await run();
    assert.deepEqual(goneOn.counts, whole.counts);
    assert.deepEqual(goneOn.totals, whole.totals);
    assert.deepEqual(goneOn.documents, whole.documents);
    assert.equal(shown(goneOn.entries), shown(whole.entries));
    assert.deepEqual(goneOn.control, whole.control);

    demo.misbehave([{ when: { path: page }, do: 'failForever' }]);
    await run({ mode: 'write' });
    demo.misbehave([]);
    const written = await run({ mode: 'write' });
    assert.equal(written.run.state, 'written');
    const after = await run({ fresh: true });
    assert.equal(after.counts.alreadyTransferred, written.counts.written);
    const reasons = after.documents.flatMap((document) => document.reasons.map(({ code }) => code));
    assert.deepEqual(
      reasons.filter((code) => code.includes('changed')),
      [],
    );
  });
}

test('D-16 a command that was killed while it read goes on where it was, and says so in both languages', () =>
  inFolder('resume', async (home) => {
    const demo = await startWooDemo({ copies: 9 });
    try {
      const store = await openHome(home, {});
      const shop = { type: 'woocommerce', url: demo.url, http: { tries: 1, pauseMs: 0 } };
      const document = JSON.stringify({ ...DEMOS[0]?.profile(), name: 'Lavande', shop });
      await store.profiles.add({ id: 'lavande', document, demo: false, at: '2026-11-01T08:00:00Z' });
      for (const [name, value] of Object.entries(demo.credentials)) await store.secrets.put('lavande', name, value);
      await store.close();
      const words = [
        'import',
        'sales',
        '--profile',
        'lavande',
        '--from',
        '2020-01-01',
        '--to',
        '2030-12-31',
        '--dry-run',
      ];
      demo.misbehave([{ do: 'slow', delayMs: 20_000, when: { path: /\/orders\?.*[?&]page=3/ } }]);
      const killed = await comptoir(home, words, {
        onLine: ({ text, child }) => void (/^page 2/.test(text) && setTimeout(() => child.kill('SIGKILL'), 200)),
      });
      assert.equal(killed.signal, 'SIGKILL');
      demo.misbehave([{ do: 'failForever', when: { path: /\/orders\?.*[?&]page=4/ } }]);
      const failed = await comptoir(home, words, { lang: 'fr' });
      assert.equal(failed.code, 1, failed.err);
      assert.match(failed.err, /^reprise à la page 3 de la lecture du .*\u00a0: 200 documents sont gardés/m);
      assert.match(failed.out, /arrêtée à la page 4, après 300 commandes.*il reprendra à cette page/);
      demo.misbehave([]);
      const whole = await comptoir(home, [...words, '--json']);
      assert.match(whole.err, /^going on at page 4 of the read of .*: 300 documents are kept/m);
      assert.equal(jsonOf(whole).counts.read, 9 * 36);
    } finally {
      await demo.close();
    }
  }));

/** Entries as text; a rate is the same with more zeros. */
function shown(entries: Ran['entries']): string {
  const plain = (_: string, value: unknown) => {
    if (typeof value === 'bigint') return String(value);
    const rate = typeof value === 'object' && value !== null && 'units' in value && 'scale' in value;
    return rate ? decimalText(value as Decimal, 2) : value;
  };
  return JSON.stringify(entries, plain, 1);
}

test('D-16 orders deleted between two runs move no other over the edge of a page', async (t) => {
  const on = await runBench({ ...DEMOS[0]?.profile() });
  t.after(on.close);
  const kind = shopOf('woocommerce') ?? assert.fail();
  let demo = await startWooDemo({ copies: 9 });
  const deps: RunDeps = {
    ...on.deps,
    openShop: async () => {
      const connection = connectionOf(demo.url, { credentials: demo.credentials });
      return { kind, shop: kind.open(connection), close: async () => {} };
    },
  };
  const period = { type: 'days', from: day('2020-01-01'), to: day('2030-12-31') } as const;
  const run = (changes: Partial<RunRequest> = {}) =>
    gathered(startRun(deps, requested({ period, mode: 'preview', ...changes }), new AbortController().signal));
  demo.misbehave([{ when: { path: /\/orders\?.*[?&]page=3/ }, do: 'failForever' }]);
  const failed = await run();
  assert.equal(failed.run.state, 'failed');
  await demo.close();
  demo = await startWooDemo({
    copies: 9,
    transform: ({ orders, refunds }) => ({ orders: orders.slice(0, -3), refunds }),
  });
  t.after(() => demo.close());
  const goneOn = await run();
  const anew = await run({ fresh: true });
  const keys = ({ documents }: Ran) => new Set(documents.map(({ key }) => key));
  const [got, wanted, before] = [keys(goneOn), keys(anew), keys(failed)];
  assert.ok(before.size > 0 && wanted.size > before.size);
  assert.deepEqual(
    [...wanted].filter((key) => !got.has(key)),
    [],
  );
  // What was deleted for good is as it was read: nothing in the shop tells that it was there.
  assert.deepEqual(
    [...got].filter((key) => !wanted.has(key) && !before.has(key)),
    [],
  );
});

test('D-16 since the last import: an order that was being saved while it read comes in, from any shop', async (t) => {
  const { paged, run } = await bench(t);
  paged.orders = [order(1)];
  assert.equal((await run({ mode: 'write' })).counts.written, 1);
  paged.orders = [order(1), order(2, { modifiedMs: T0 - 600_000 })]; // by a clock ten minutes behind ours
  const since = await run({ mode: 'write', period: { type: 'since-last-import' } });
  assert.deepEqual(figures(since), ['2 12.00 written']);
});

test('D-15 since the last import: what the shop counts as changed is what was read', async (t) => {
  const on = await runBench();
  t.after(on.close);
  const kind = shopOf('woocommerce') ?? assert.fail();
  const saved = { date_modified: '2026-11-24T10:00:00', date_modified_gmt: '2026-11-24T09:00:00' };
  const demo = await startWooDemo({
    transform: ({ orders, refunds }) => ({
      orders: orders.map((one, index) =>
        index < 3 ? { dp2: { ...one.dp2, ...saved }, dp6: { ...one.dp6, ...saved } } : one,
      ),
      refunds,
    }),
  });
  t.after(() => demo.close());
  const connection = connectionOf(demo.url, { credentials: demo.credentials });
  const deps: RunDeps = {
    ...on.deps,
    openShop: async () => ({ kind, shop: kind.open(connection), close: async () => {} }),
  };
  const run = (changes: Partial<RunRequest>) =>
    gathered(startRun(deps, requested(changes), new AbortController().signal));
  assert.equal((await run({})).run.state, 'written');
  const { control, counts, troubles } = await run({ period: { type: 'since-last-import' } });
  assert.deepEqual([control?.source, control?.counted, control?.records, control?.complete], [3, 'shop', 3, true]);
  assert.equal(counts.read, counts.ready + counts.held + counts.excluded + counts.alreadyTransferred);
  assert.deepEqual(troubles, []);
});
