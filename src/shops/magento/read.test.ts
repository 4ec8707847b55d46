import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from '../../core/calendar.ts';
import { Failure } from '../../core/problem.ts';
import { type MagentoDemoOptions, startMagentoDemo } from '../../demo/magento.ts';
import type { MagentoRecords } from '../../demo/mg-made.ts';
import type { Misbehaviour } from '../../demo/misbehave.ts';
import type { ReadEvent, ReadingOptions, ReadRequest } from '../reader.ts';
import { connectionOf, documentsOf, during, eventsOf, requestOf, shopAt } from './sample.ts';

const COPIES = { copies: 10 };
const ORDERS = { salesSource: 'orders' } as const;

async function keys(
  options: MagentoDemoOptions,
  request: Partial<ReadRequest> = {},
  reading: Partial<ReadingOptions> = {},
): Promise<string[]> {
  return await during(startMagentoDemo(options), async (shop) => {
    const documents = await documentsOf(shopAt(shop), requestOf(request, reading));
    return documents.map(({ key }) => key);
  });
}

function keysIn(events: readonly ReadEvent[]): string[] {
  return events.flatMap((event) =>
    event.type === 'item' ? [event.item.state === 'read' ? event.item.document.key : event.item.key] : [],
  );
}

/** [period, what is found, by which date, expected] */
const periods: [string, string, Partial<ReadRequest>, Partial<ReadingOptions>, string[]][] = [
  // M12 was placed at 23:59 of 30 September in Paris, M13 two minutes later; both are September in UTC.
  ['2026-09-30', '2026-09-30', {}, {}, ['sale/inv-2012']],
  ['2026-10-01', '2026-10-01', {}, {}, ['sale/inv-2013']],
  ['2026-10-01', '2026-10-01', {}, ORDERS, ['sale/1013']],
  // The order of 31 October in UTC is of November in Paris; its invoice is of the second.
  ['2026-11-01', '2026-11-01', {}, {}, ['sale/inv-2030']],
  ['2026-11-01', '2026-11-01', { findBy: 'invoice' }, {}, []],
  ['2026-11-02', '2026-11-02', { findBy: 'invoice' }, {}, ['sale/inv-2030']],
  // An order of September with an invoice of each half of the month.
  ['2026-09-14', '2026-09-14', {}, {}, ['sale/inv-2006', 'sale/inv-2106']],
  ['2026-09-22', '2026-09-22', { findBy: 'invoice' }, {}, ['sale/inv-2106']],
  ['2026-09-25', '2026-09-25', { findBy: 'invoice' }, {}, ['sale/inv-2107']],
  // The company's shop alone.
  [
    '2026-10-01',
    '2026-10-31',
    { subShops: ['2'] },
    {},
    ['sale/inv-2015', 'sale/inv-2017', 'sale/inv-2018', 'sale/inv-2023'],
  ],
  [
    '2026-11-01',
    '2026-11-30',
    { kind: 'creditNotes' },
    {},
    ['creditNote/503', 'creditNote/504', 'creditNote/505', 'creditNote/506', 'creditNote/507'],
  ],
];
for (const [from, to, request, reading, expected] of periods) {
  test(`S-130 D-18 ${from} to ${to} ${JSON.stringify({ ...request, ...reading })}: the days of Paris`, async () => {
    assert.deepEqual(await keys({}, { from: day(from), to: day(to), ...request }, reading), expected);
  });
}

test('S-133 statuses choose orders, not what was invoiced', async () => {
  const period = { from: day('2026-10-09'), to: day('2026-10-12') };
  assert.deepEqual(await keys({}, period, ORDERS), ['sale/1018', 'sale/1021']);
  assert.deepEqual(await keys({}, { ...period, statuses: ['pending', 'processing'] }, ORDERS), [
    'sale/1018',
    'sale/1019',
  ]);
  assert.deepEqual(await keys({}, { ...period, statuses: ['pending'] }), ['sale/inv-2018', 'sale/inv-2021']);
});

test('D-16 every page is what follows the last id: nothing twice, nothing lost, and the last page not again', async () => {
  await during(startMagentoDemo(COPIES), async (shop) => {
    const events = await eventsOf(shopAt(shop), requestOf());
    const read = keysIn(events);
    assert.equal(read.length, 330);
    assert.equal(new Set(read).size, 330);
    const pages = events.flatMap((event) => (event.type === 'page' ? [event] : []));
    assert.deepEqual(
      pages.map(({ records, total }) => [records, total]),
      [
        [100, 330],
        [100, 330],
        [100, 330],
        [30, 330],
      ],
    );
    const asked = shop.requests.filter(({ path }) => path.startsWith('/rest/all/V1/orders'));
    assert.equal(asked.length, 4);
    assert.ok(asked.every(({ path }) => path.includes('currentPage%5D=1')));
  });
});

test('D-16 a shop that allows smaller pages, or hands out fewer rows than asked, is read whole', async () => {
  assert.equal((await keys({ ...COPIES, maximumPageSize: 50 })).length, 330);
  assert.equal((await keys({ ...COPIES, cappedAt: 20 })).length, 330);
  assert.equal((await keys({ ...COPIES, cappedAt: 7 }, { kind: 'creditNotes', to: day('2026-12-31') })).length, 70);
});

test('D-16 a shop that answers the same page whatever is asked is read no further', async () => {
  const failure = await during(startMagentoDemo({ ...COPIES, ignoresIds: true }), async (shop) =>
    documentsOf(shopAt(shop), requestOf()).then(
      () => null,
      (error: unknown) => error,
    ),
  );
  assert.ok(failure instanceof Failure && failure.code === 'shop.page-repeats', String(failure));
});

test('an order that changes, comes in or leaves between two pages moves no other', async () => {
  let searches = 0;
  const onSearch = (path: string) => {
    if (path !== 'orders') return null;
    searches += 1;
    if (searches !== 2) return null;
    return (records: MagentoRecords): MagentoRecords => ({
      ...records,
      // One that was read leaves, another comes in at the end, a third is closed.
      orders: records.orders
        .filter(({ entity_id }) => entity_id !== 1001)
        .map((order) => (order.entity_id === 1033 ? { ...order, state: 'closed', status: 'closed' } : order))
        .concat({ ...(records.orders[0] ?? {}), entity_id: 99_000_000, increment_id: '99000000' }),
    });
  };
  const read = await keys({ ...COPIES, onSearch }, {}, ORDERS);
  const still = await keys(COPIES, {}, ORDERS);
  assert.deepEqual(read, [...still, 'sale/99000000']);
});

test('S-129 what changed since an instant: each order with all its invoices, whichever changed', async () => {
  const since = Date.parse('2026-09-22T07:00:00Z');
  const until = (records: MagentoRecords): MagentoRecords => ({
    ...records,
    orders: records.orders.filter(({ entity_id }) => Number(entity_id) < 1009),
  });
  assert.deepEqual(await keys({ transform: until }, { changedSince: since }), [
    'sale/inv-2006',
    'sale/inv-2106',
    'sale/inv-2007',
    'sale/inv-2107',
  ]);
  // The order kept its date of change; its second invoice tells.
  const untouched = (records: MagentoRecords): MagentoRecords => ({
    ...until(records),
    orders: until(records).orders.map((order) => ({ ...order, updated_at: '2026-09-01 00:00:00' })),
    invoices: records.invoices.filter(({ order_id }) => order_id === 1006),
  });
  assert.deepEqual(await keys({ transform: untouched }, { changedSince: since }), ['sale/inv-2006', 'sale/inv-2106']);
});

test('S-046 what was counted is what is read; invoices of orders are not one record each', async () => {
  await during(startMagentoDemo(COPIES), async (shop) => {
    const opened = shopAt(shop);
    assert.equal(await opened.count(requestOf({}, ORDERS)), 310);
    assert.equal((await documentsOf(opened, requestOf({}, ORDERS))).length, 310);
    assert.equal(await opened.count(requestOf({ kind: 'creditNotes', to: day('2026-12-31') })), 70);
    assert.equal(await opened.count(requestOf()), null);
  });
});

test('D-15 what changed is counted by the filter that reads it: orders and credit memos, not invoices of orders', async () => {
  await during(startMagentoDemo({}), async (shop) => {
    const opened = shopAt(shop);
    const changedSince = Date.parse('2026-10-15T07:00:00Z');
    for (const [fields, reading] of [
      [{ changedSince }, ORDERS],
      [{ changedSince, subShops: ['2'] }, ORDERS],
      [{ changedSince, statuses: ['complete'] }, ORDERS],
      [{ changedSince: Date.parse('2026-11-10T00:00:00Z'), kind: 'creditNotes' }, {}],
    ] as const) {
      const read = await documentsOf(opened, requestOf(fields, reading));
      assert.ok(read.length > 0);
      assert.equal(await opened.count(requestOf(fields, reading)), read.length);
      assert.notEqual(await opened.count(requestOf({ ...fields, changedSince: 0 }, reading)), read.length);
    }
    assert.equal(await opened.count(requestOf({ changedSince })), null);
  });
});

test('D-14 of orders by id: whether they are still sales; of credit notes: which are still there', async () => {
  await during(startMagentoDemo({}), async (shop) => {
    const opened = shopAt(shop);
    const told = async (reading: Partial<ReadingOptions>) =>
      Object.fromEntries(
        [...((await opened.standing?.(requestOf({}, reading), ['1001', '1019', '1020', '9'])) ?? [])].map(
          ([id, { status, wanted }]) => [id, `${status} ${wanted}`],
        ),
      );
    const expected = { '1001': 'complete true', '1019': 'pending false', '1020': 'canceled false' };
    assert.deepEqual(await told({}), expected);
    assert.deepEqual(await told(ORDERS), expected);
    const notes = ['501', '999'].map((id) => ({ id, orderId: '1025' }));
    assert.deepEqual([...((await opened.creditNotesLeft?.(requestOf(), notes)) ?? [])], ['501']);
  });
});

/** [what a shop or its host does, the plan, waits expected (ms) or null] */
const passing: [string, Misbehaviour[]][] = [
  ['a 502', [{ when: { path: /\/orders\?/ }, do: 'status502', times: 2 }]],
  ['a 429 without a time', [{ when: { path: /\/invoices\?/ }, do: 'status429' }]],
  ['a 429 that says when', [{ when: { path: /\/invoices\?/ }, do: 'status429', retryAfterSeconds: 2 }]],
  ['a 503 in maintenance', [{ when: { path: /\/orders\?/, nth: 2 }, do: 'status503html', retryAfterSeconds: 1 }]],
  ['a connection cut', [{ when: { path: /\/transactions\?/ }, do: 'reset' }]],
  ['a body cut in the middle', [{ when: { path: /\/orders\?/, nth: 3 }, do: 'truncate' }]],
  ['a slow drip', [{ when: { path: /\/orders\?/ }, do: 'slow', delayMs: 20 }]],
  [
    'all of it',
    [
      { when: { path: /\/orders\?/, nth: 1 }, do: 'status502' },
      { when: { path: /\/orders\?/, nth: 3 }, do: 'truncate' },
      { when: { path: /\/invoices\?/, nth: 2 }, do: 'reset' },
      { when: { path: /\/transactions\?/, nth: 2 }, do: 'status429', retryAfterSeconds: 1 },
    ],
  ],
];
for (const [what, plan] of passing) {
  test(`T-02 ${what} passes: the same documents, once each`, async () => {
    const still = await keys(COPIES);
    await during(startMagentoDemo(COPIES), async (shop) => {
      shop.misbehave(plan);
      const waits: number[] = [];
      const opened = shopAt(shop, { sleep: async (ms) => void waits.push(ms) });
      assert.deepEqual(keysIn(await eventsOf(opened, requestOf())), still);
      if (plan.every((one) => one.do !== 'slow')) assert.ok(waits.length > 0);
      for (const { retryAfterSeconds } of plan)
        if (retryAfterSeconds) assert.ok(waits.includes(retryAfterSeconds * 1000));
    });
  });
}

/** [what does not pass, the plan, the failure] */
const lasting: [string, Misbehaviour, string][] = [
  ['silence', { when: { path: /\/orders\?/ }, do: 'timeout', times: 9 }, 'shop.silent'],
  ['a page of the host', { when: { path: /\/orders\?/ }, do: 'html', times: 9 }, 'shop.not-an-answer'],
  ['a redirect to another page', { when: { path: /\/orders\?/ }, do: 'redirect', times: 9 }, 'shop.not-an-answer'],
  ['a PHP notice before the data', { when: { path: /\/orders\?/ }, do: 'notice', times: 9 }, 'shop.not-an-answer'],
  ['a byte order mark', { when: { path: /\/orders\?/ }, do: 'bom', times: 9 }, 'shop.not-an-answer'],
  ['maintenance that lasts', { do: 'failForever' }, 'shop.not-an-answer'],
  ['a second page that is lost', { when: { path: /\/orders\?/, page: 2 }, do: 'reset', times: 9 }, 'shop.page-failed'],
];
for (const [what, rule, code] of lasting) {
  test(`T-03 ${what}: ${code}`, async () => {
    await during(startMagentoDemo(COPIES), async (shop) => {
      shop.misbehave([rule]);
      const connection = shopAt(shop, { http: { ...connectionOf(shop).http, timeoutMs: 300 } });
      const failure = await documentsOf(connection, requestOf()).then(
        () => null,
        (error: unknown) => error,
      );
      assert.ok(failure instanceof Failure, String(failure));
      assert.equal(failure.code, code);
    });
  });
}

test('T-04 a failed read goes on after its last page: nothing lost, nothing twice', async () => {
  const still = await keys(COPIES);
  await during(startMagentoDemo(COPIES), async (shop) => {
    const opened = shopAt(shop);
    shop.misbehave([{ when: { path: /\/orders\?/, nth: 3 }, do: 'reset', times: 3 }]);
    const seen: string[] = [];
    let mark: string | null = null;
    await assert.rejects(async () => {
      for await (const event of opened.read(requestOf())) {
        if (event.type === 'item' && event.item.state === 'read') seen.push(event.item.document.key);
        if (event.type === 'page') mark = event.resumeAfter;
      }
    }, /shop\.page-failed/);
    assert.equal(mark, 'orders/6001002');
    shop.misbehave([]);
    assert.deepEqual([...seen, ...keysIn(await eventsOf(opened, requestOf({ resumeAfter: mark })))], still);
  });
});

test('D-16 ten thousand orders: every document once, in the order of ids', async () => {
  await during(startMagentoDemo({ copies: 304 }), async (shop) => {
    let documents = 0;
    let last = 0;
    for await (const event of shopAt(shop).read(requestOf({}, ORDERS))) {
      if (event.type !== 'item' || event.item.state !== 'read') continue;
      const id = Number(event.item.document.order.id);
      assert.ok(id > last);
      last = id;
      documents += 1;
    }
    assert.equal(documents, 31 * 304);
    assert.ok(shop.requests.length < 400, String(shop.requests.length));
  });
});

test('a signal that aborts ends the read at once', async () => {
  await during(startMagentoDemo(COPIES), async (shop) => {
    const controller = new AbortController();
    shop.misbehave([{ when: { path: /\/orders\?/, nth: 2 }, do: 'timeout' }]);
    setTimeout(() => controller.abort(new Failure('run.cancelled')), 300);
    await assert.rejects(eventsOf(shopAt(shop), requestOf({ signal: controller.signal })), /run\.cancelled/);
  });
});
