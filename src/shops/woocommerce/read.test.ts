import assert from 'node:assert/strict';
import { createServer, type RequestListener, request as requestOfHttp } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { day } from '../../core/calendar.ts';
import { Failure } from '../../core/problem.ts';
import type { JsonObject } from '../../demo/php.ts';
import { startWooDemo, type WooDemoOptions, type WooDemoShop } from '../../demo/woocommerce.ts';
import { parseJson } from '../../schema/json.ts';
import type { ReadEvent, ReadRequest, Shop, ShopConnection } from '../reader.ts';
import { woocommerce } from './index.ts';
import { connectionOf, eventsOf, itemsIn, keysIn, requestOf } from './sample.ts';

const THREE_PAGES = 6; // copies of 40 orders: 216 in the statuses read

test('pages come one after another, by id, each order once, with six decimals and a mark after each page', async () => {
  await withDemo({ copies: THREE_PAGES }, async ({ demo, shop }) => {
    const events = await eventsOf(shop.read(allTime()));
    const keys = keysIn(events);
    assert.equal(keys.length, 36 * THREE_PAGES);
    assert.equal(new Set(keys).size, keys.length);
    assert.deepEqual(
      keys,
      keys.toSorted((a, b) => idIn(a) - idIn(b)),
    );
    const pages = pagesIn(events);
    assert.deepEqual(
      pages.map(({ page, records, total }) => [page, records, total]),
      [
        [1, 100, 216],
        [2, 100, 216],
        [3, 16, 216],
      ],
    );
    assert.equal(await shop.count(allTime()), 216);
    const [, first] = demo.requests.filter(({ path }) => path.includes('/orders?'));
    assert.match(first?.path ?? '', /orderby=id&order=asc&per_page=100&page=2&dp=6/);
  });
});

test('T-02 a host that refuses a hundred orders a page is asked for what it allows, from the failed page on too', async () => {
  await withDemo({ copies: THREE_PAGES, mostPerPage: 40 }, async ({ demo, shop }) => {
    const whole = await eventsOf(shop.read(allTime()));
    assert.equal(new Set(keysIn(whole)).size, 36 * THREE_PAGES);
    assert.deepEqual(
      pagesIn(whole).map(({ records }) => records),
      [40, 40, 40, 40, 40, 16],
    );
    assert.equal(demo.requests.filter(({ status }) => status === 400).length, 1);
    const { resumeAfter = null } = pagesIn(whole)[2] ?? {};
    const rest = keysIn(await eventsOf(shop.read({ ...allTime(), resumeAfter })));
    assert.deepEqual(rest, keysIn(whole).slice(120));
    const notes = keysIn(await eventsOf(shop.read({ ...allTime(), kind: 'creditNotes' })));
    assert.equal(new Set(notes).size, 5 * THREE_PAGES);
  });
});

test('a failed page says which, and the read goes on from the last good one without loss or double', async () => {
  await withDemo({ copies: THREE_PAGES }, async ({ demo, shop }) => {
    demo.misbehave([{ when: { path: /\/orders\?/, page: 3 }, do: 'failForever' }]);
    const events: ReadEvent[] = [];
    await assert.rejects(
      async () => {
        for await (const event of shop.read(allTime())) events.push(event);
      },
      failure('shop.page-failed', { page: '3', read: '200' }),
    );
    demo.misbehave([]);
    const resumeAfter = pagesIn(events).at(-1)?.resumeAfter ?? null;
    const before = demo.requests.length;
    const rest = await eventsOf(shop.read(allTime({ resumeAfter })));
    const keys = [...keysIn(events), ...keysIn(rest)];
    assert.equal(keys.length, 216);
    assert.equal(new Set(keys).size, 216);
    const asked = demo.requests.slice(before).filter(({ path }) => path.includes('/orders?'));
    assert.deepEqual(
      asked.map(({ path }) => `${/[?&]page=(\d+)/.exec(path)?.[1]}${path.includes('_fields=id') ? ' ids' : ''}`),
      ['2 ids', '3'],
    );
  });
});

test('troubles that pass are retried and told while they last', async () => {
  await withDemo({}, async ({ demo, shop }) => {
    for (const trouble of ['status502', 'status503html', 'truncate', 'reset'] as const) {
      demo.misbehave([{ when: { path: /\/orders\?/ }, do: trouble, times: 2 }]);
      const events = await eventsOf(shop.read(allTime()));
      assert.equal(keysIn(events).length, 36, trouble);
      assert.equal(events.filter(({ type }) => type === 'retry').length, 2, trouble);
      const firstItem = events.findIndex(({ type }) => type === 'item');
      assert.ok(events.findIndex(({ type }) => type === 'retry') < firstItem);
    }
    const waits: number[] = [];
    demo.misbehave([{ when: { path: /\/orders\?/ }, do: 'status429', retryAfterSeconds: 4 }]);
    const patient = open(demo, { sleep: async (ms) => void waits.push(ms) });
    await eventsOf(patient.read(allTime()));
    assert.deepEqual(waits, [4000]);
  });
});

test('answers that are no answers stop the read with their first words', async () => {
  await withDemo({}, async ({ demo, shop }) => {
    for (const trouble of ['html', 'notice', 'bom', 'redirect'] as const) {
      demo.misbehave([{ when: { path: /\/orders\?/ }, do: trouble, times: 9 }]);
      await assert.rejects(eventsOf(shop.read(allTime())), failure('shop.not-an-answer'), trouble);
    }
  });
});

test('a shop that ignores the page number is refused, not read for ever', async () => {
  await withDemo({ copies: 3 }, async ({ demo }) => {
    const connection = connectionOf(demo.url, { credentials: demo.credentials });
    const stuck = woocommerce.open({ ...connection, url: await alwaysFirstPage() });
    await assert.rejects(eventsOf(stuck.read(allTime())), failure('shop.page-repeats', { page: '2' }));
  });
});

test('an order that cannot be read is told and the others go on', async () => {
  const transform: WooDemoOptions['transform'] = (records) => ({
    ...records,
    orders: records.orders.map((order, index) =>
      index === 1 ? { dp2: without(order.dp2, 'total'), dp6: without(order.dp6, 'total') } : order,
    ),
  });
  await withDemo({ transform }, async ({ shop }) => {
    const items = itemsIn(await eventsOf(shop.read(allTime())));
    assert.equal(items.length, 36);
    const broken = items.filter((item) => item.state === 'unreadable');
    assert.deepEqual(
      broken.map(({ key, orderId, problems }) => [key, orderId, problems[0]?.code, problems[0]?.values]),
      [['sale/40', '40', 'record.unreadable', { field: 'total', reason: 'missing' }]],
    );
    const raw = items[0]?.raw ?? '';
    assert.match(JSON.stringify(parseJson(raw)), /"rate_percent":20/);
  });
});

test('the period is that of the zone: W01 at 23:59:58 is still August, and another zone moves the edge', async () => {
  await withDemo({}, async ({ shop }) => {
    const august = { from: day('2026-08-01'), to: day('2026-08-31') };
    const september = { from: day('2026-09-01'), to: day('2026-09-01') };
    const keys = async (fields: Partial<ReadRequest>) => keysIn(await eventsOf(shop.read(requestOf(fields))));
    assert.deepEqual(await keys(august), ['sale/39']);
    assert.deepEqual(await keys(september), ['sale/41']); // one second after midnight
    assert.deepEqual(await keys({ ...august, timeZone: 'UTC' }), ['sale/39', 'sale/41']);
    assert.deepEqual(await keys({ ...september, timeZone: 'Asia/Tokyo' }), ['sale/39', 'sale/41']);
    assert.equal(await shop.count(requestOf(august)), 1);
    assert.equal(await shop.count(requestOf({ ...august, timeZone: 'UTC' })), null);
  });
});

test('only the statuses asked for are read', async () => {
  await withDemo({}, async ({ shop }) => {
    const keys = async (statuses: string[]) => keysIn(await eventsOf(shop.read(allTime({ statuses }))));
    assert.deepEqual(await keys(['failed']), ['sale/66']);
    assert.deepEqual(await keys(['refunded', 'pending']), ['sale/67', 'sale/71']);
  });
});

test('by invoice date, orders of the weeks before are read and filtered here', async () => {
  const transform: WooDemoOptions['transform'] = (records) => ({
    ...records,
    orders: records.orders.map((order) => ({ dp2: invoiced(order.dp2), dp6: invoiced(order.dp6) })),
  });
  await withDemo({ transform }, async ({ shop }) => {
    // Invoice of 4 October 2026 in Paris, for an order of 31 August.
    const october = requestOf({ from: day('2026-10-04'), to: day('2026-10-04'), findBy: 'invoice' });
    assert.deepEqual(keysIn(await eventsOf(shop.read(october))), ['sale/39']);
    const august = requestOf({ from: day('2026-08-31'), to: day('2026-08-31'), findBy: 'invoice' });
    assert.deepEqual(keysIn(await eventsOf(shop.read(august))), []);
    assert.equal(await shop.count(october), null);
  });

  function invoiced(order: JsonObject): JsonObject {
    if (order.id !== 39) return order;
    const meta_data = [
      { id: 1, key: '_wcpdf_invoice_number', value: 'FA-1' },
      { id: 2, key: '_wcpdf_invoice_date', value: '1791065112' },
    ];
    return { ...order, meta_data };
  }
});

test('credit notes are found by their own date, with or without the list of all refunds', async () => {
  await withDemo({}, async ({ demo, shop }) => {
    const october = { kind: 'creditNotes', from: day('2026-10-01'), to: day('2026-10-12') } as const;
    const listed = await eventsOf(shop.read(requestOf(october)));
    assert.deepEqual(keysIn(listed), ['creditNote/72', 'creditNote/76', 'creditNote/78']); // 77 was ordered in the period, 75 before
    assert.equal(await shop.count(requestOf(october)), 3);

    const older = woocommerce.open({
      ...connectionOf(demo.url, { credentials: demo.credentials }),
      url: await withoutRefunds(demo.url),
    });
    const byOrders = await eventsOf(older.read(requestOf(october)));
    assert.deepEqual(keysIn(byOrders), ['creditNote/72', 'creditNote/76', 'creditNote/78']);
    assert.deepEqual(documentsIn(byOrders), documentsIn(listed));
  });
});

test('what changed since an instant is read by change date, with recent refunds whatever their order says', async () => {
  let now = Date.UTC(2026, 10, 24, 3);
  await withDemo({ now: () => now }, async ({ demo }) => {
    const shop = open(demo, { now: () => now });
    const sales = (changedSince: number) => eventsOf(shop.read(requestOf({ changedSince }))).then(keysIn);
    assert.equal((await sales(Date.UTC(2026, 10, 24))).length, 36);
    assert.deepEqual(await sales(Date.UTC(2026, 10, 25)), []);
    const notes = await eventsOf(shop.read(requestOf({ kind: 'creditNotes', changedSince: Date.UTC(2026, 10, 25) })));
    assert.deepEqual(
      keysIn(notes),
      [72, 76, 78, 80, 124].map((id) => `creditNote/${id}`),
    );
    const all = await eventsOf(shop.read(requestOf({ kind: 'creditNotes', changedSince: Date.UTC(2026, 10, 24) })));
    assert.deepEqual(
      keysIn(all),
      [72, 76, 78, 80, 124].map((id) => `creditNote/${id}`),
    );
    now = Date.UTC(2027, 0, 10); // only the refund of 20 November is recent
    const few = await eventsOf(shop.read(requestOf({ kind: 'creditNotes', changedSince: Date.UTC(2027, 0, 9) })));
    assert.deepEqual(keysIn(few), ['creditNote/124']);
  });
});

test('D-15 what changed is counted by the filter that reads it, only where the shop obeys it', async () => {
  const now = () => Date.UTC(2026, 10, 24, 3);
  await withDemo({ now }, async ({ demo }) => {
    const shop = open(demo, { now });
    const asked = (since: number, fields: Partial<ReadRequest> = {}) => requestOf({ changedSince: since, ...fields });
    for (const request of [
      asked(Date.UTC(2026, 10, 24)),
      asked(Date.UTC(2026, 10, 24), { statuses: ['refunded', 'pending'], findBy: 'invoice' }),
      asked(Date.UTC(2026, 10, 25)),
      asked(Date.UTC(2026, 9, 25, 0, 30)), // 02:30 in Paris, for the first time
    ])
      assert.equal(await shop.count(request), keysIn(await eventsOf(shop.read(request))).length);
    assert.equal(await shop.count(asked(Date.UTC(2026, 9, 25, 1, 30))), null); // 02:30 once more
    assert.equal(await shop.count(asked(Date.UTC(2026, 10, 24), { kind: 'creditNotes' })), null);

    const connection = connectionOf('http://127.0.0.1', {});
    for (const [zone, obeys, expected] of [
      ['Europe/Paris', true, 7],
      ['Europe/Paris', false, null],
      ['', true, null],
    ] as const) {
      const other = woocommerce.open({ ...connection, url: await countingChanges(zone, obeys) });
      assert.equal(await other.count(asked(Date.UTC(2026, 10, 24))), expected, `${zone} ${obeys}`);
    }
  });
});

test('a refund of an order in the trash is told', async () => {
  const transform: WooDemoOptions['transform'] = (records) => ({
    ...records,
    orders: records.orders.filter(({ dp2 }) => dp2.id !== 75),
  });
  await withDemo({ transform }, async ({ shop }) => {
    const items = itemsIn(await eventsOf(shop.read(allTime({ kind: 'creditNotes' }))));
    assert.equal(items.length, 5);
    const [broken] = items.filter((item) => item.state === 'unreadable');
    assert.deepEqual([broken?.key, broken?.problems[0]?.values.field], ['creditNote/76', 'parent_id']);
  });
});

async function withDemo(options: WooDemoOptions, work: (made: { demo: WooDemoShop; shop: Shop }) => Promise<void>) {
  const demo = await startWooDemo(options);
  try {
    await work({ demo, shop: open(demo) });
  } finally {
    await demo.close();
    for (const close of closers.splice(0)) close();
  }
}

function open(demo: WooDemoShop, fields: Partial<ShopConnection> = {}): Shop {
  return woocommerce.open(connectionOf(demo.url, { credentials: demo.credentials, ...fields }));
}

function allTime(fields: Partial<ReadRequest> = {}): ReadRequest {
  return requestOf({ from: day('2015-01-01'), to: day('2035-12-31'), ...fields });
}

const closers: (() => void)[] = [];

/** A shop before WooCommerce 9: everything is handed on, but the list of all refunds, which does not exist. */
async function withoutRefunds(url: string): Promise<string> {
  return serve((request, response) => {
    if (request.url?.startsWith('/wp-json/wc/v3/refunds')) {
      response.writeHead(404).end('{"code":"rest_no_route","message":"No route","data":{"status":404}}');
      return;
    }
    const asked = requestOfHttp(new URL(request.url ?? '/', url), { headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    asked.end();
  });
}

/** A shop whose host caches lists without looking at the query. */
async function alwaysFirstPage(): Promise<string> {
  const orders = JSON.stringify(Array.from({ length: 100 }, (_, id) => ({ id: id + 1 })));
  return serve((request, response) => {
    if (request.url === '/wp-json/')
      response.end('{"name":"x","namespaces":["wc/v3"],"timezone_string":"Europe/Paris"}');
    else if (request.url?.includes('/orders?')) response.writeHead(200, { 'X-WP-TotalPages': '9' }).end(orders);
    else response.writeHead(404).end('{}');
  });
}

/** A shop with seven orders changed; before WooCommerce 5.8 it counts them whatever `modified_after` says. */
async function countingChanges(zone: string, obeys: boolean): Promise<string> {
  return serve((request, response) => {
    if (request.url === '/wp-json/')
      response.end(JSON.stringify({ name: 'x', namespaces: ['wc/v3'], timezone_string: zone }));
    else {
      const total = obeys && request.url?.includes('modified_after=9999') ? '0' : '7';
      response.writeHead(200, { 'X-WP-Total': total }).end('[]');
    }
  });
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo; // a listening TCP server always has one
  return `http://127.0.0.1:${port}`;
}

function documentsIn(events: readonly ReadEvent[]) {
  return itemsIn(events).map((item) => (item.state === 'read' ? item.document : item.key));
}

function pagesIn(events: readonly ReadEvent[]) {
  return events.flatMap((event) => (event.type === 'page' ? [event] : []));
}

function idIn(key: string): number {
  return Number(key.slice(key.indexOf('/') + 1));
}

function without(record: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([field]) => field !== name));
}

function failure(code: string, values: Readonly<Record<string, string>> = {}) {
  return (error: unknown) => {
    assert.ok(error instanceof Failure, String(error));
    assert.equal(error.code, code);
    for (const [name, value] of Object.entries(values)) assert.equal(error.values[name], value, name);
    return true;
  };
}
