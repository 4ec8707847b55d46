import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { day } from '../../core/calendar.ts';
import { Failure } from '../../core/problem.ts';
import type { DemoShop } from '../../demo/demo-shop.ts';
import { startPrestashopDemo } from '../../demo/prestashop.ts';
import { type PsRecords, withPsField } from '../../demo/ps-records.ts';
import type { ReadEvent, Shop } from '../reader.ts';
import { changed, documentsOf, eventsOf, RIGHTS, requestOf, shopAt } from './sample.ts';

/** Never aborts. */
const { signal: SIGNAL } = new AbortController();

describe('paging', () => {
  let demo: DemoShop;
  let shop: Shop;
  before(async () => {
    demo = await startPrestashopDemo({ version: '9.1.4', copies: 9 });
    shop = shopAt(demo);
  });
  after(() => demo.close());

  test('every order of a large shop comes once, by id, and each page says where to go on', async () => {
    const events = await eventsOf(shop, requestOf({ from: day('2020-01-01'), to: day('2030-12-31') }));
    const ids = idsOf(events);
    assert.equal(ids.length, 9 * 39);
    assert.deepEqual(
      ids,
      [...new Set(ids)].sort((a, b) => a - b),
    );
    const pages = events.filter((event) => event.type === 'page');
    assert.deepEqual(
      pages.map(({ page, records }) => [page, records]),
      [
        [1, 150],
        [2, 150],
        [3, 51],
      ],
    );
    assert.equal(pages[0]?.resumeAfter, String(ids[149]));
  });

  test('a read that failed on a page names it, and goes on from there without gap or double', async () => {
    demo.misbehave([{ when: { path: /\/orders\?.*filter%5Bid%5D=%3E/ }, do: 'failForever' }]);
    const request = requestOf({ from: day('2020-01-01'), to: day('2030-12-31') });
    const seen: ReadEvent[] = [];
    const failing = (async () => {
      for await (const event of shop.read(request)) seen.push(event);
    })();
    await assert.rejects(failing, (error) => {
      assert.ok(error instanceof Failure);
      assert.deepEqual([error.code, error.values.page, error.values.read], ['shop.page-failed', '2', '150']);
      return true;
    });
    assert.ok(seen.some((event) => event.type === 'retry'));
    demo.misbehave([]);
    const page = seen.filter((event) => event.type === 'page').at(-1);
    const rest = await eventsOf(shop, { ...request, resumeAfter: page?.resumeAfter ?? assert.fail() });
    const ids = [...idsOf(seen), ...idsOf(rest)];
    assert.equal(new Set(ids).size, 9 * 39);
    assert.equal(ids.length, 9 * 39);
  });

  test('the count is that of the documents', async () => {
    assert.equal(await shop.count(requestOf({ from: day('2020-01-01'), to: day('2030-12-31') })), 9 * 39);
    assert.equal(
      await shop.count(requestOf({ kind: 'creditNotes', from: day('2020-01-01'), to: day('2030-12-31') })),
      9 * 6,
    );
  });
});

describe('what is asked of the shop', () => {
  let demo: DemoShop;
  let shop: Shop;
  before(async () => {
    demo = await startPrestashopDemo({ version: '9.1.4' });
    shop = shopAt(demo);
  });
  after(() => demo.close());

  test("S-130 both ends of a period count, to the last second of the shop's own day", async () => {
    // P01 was made on 31 August at 23:59:58.
    const keys = async (from: string, to: string) =>
      (await documentsOf(shop, requestOf({ from: day(from), to: day(to) }))).map(({ key }) => key);
    assert.deepEqual(await keys('2026-08-31', '2026-08-31'), ['sale/1']);
    assert.ok(!(await keys('2026-09-01', '2026-09-01')).includes('sale/1'));
    assert.deepEqual(await keys('2026-01-01', '2026-08-30'), []);
  });

  test('a profile in another zone than the shop has its own days', async () => {
    const [sale] = await documentsOf(
      shop,
      requestOf({ timeZone: 'Pacific/Auckland', from: day('2026-09-01'), to: day('2026-09-01') }),
    );
    assert.deepEqual([sale?.key, sale?.order.date], ['sale/1', '2026-09-01']);
  });

  test('S-259 by invoice date, an order counts in the month of its invoice', async () => {
    const read = (from: string, to: string) =>
      documentsOf(shop, requestOf({ findBy: 'invoice', from: day(from), to: day(to) }));
    assert.deepEqual(
      (await read('2026-08-01', '2026-08-31')).map(({ key }) => key),
      [],
    );
    const september = (await read('2026-09-01', '2026-09-01')).map(({ key, invoice }) => [key, invoice?.date]);
    assert.deepEqual(september, [['sale/1', '2026-09-01']]);
    assert.equal((await read('2026-08-01', '2026-12-31')).length, 39);
  });

  test('by invoice date, an order that has none counts at its own date', async () => {
    const request = requestOf({ findBy: 'invoice', statuses: ['1', '10'] });
    assert.deepEqual(
      (await documentsOf(shop, request)).map(({ key, invoice }) => [key, invoice]),
      [
        ['sale/29', null],
        ['sale/30', null],
      ],
    );
  });

  test('S-235 only the ticked statuses are read, filtered at the shop', async () => {
    const before = demo.requests.length;
    assert.deepEqual(
      (await documentsOf(shop, requestOf({ statuses: ['7', '6'] }))).map(({ key, status }) => [key, status?.label]),
      [
        ['sale/31', 'Annulé'],
        ['sale/33', 'Remboursé'],
      ],
    );
    assert.ok(
      demo.requests.slice(before).some(({ path }) => decodeURIComponent(path).includes('filter[current_state]=[7|6]')),
    );
    assert.deepEqual(await documentsOf(shop, requestOf({ statuses: [] })), []);
  });

  test("changes since an instant are asked by change date on the shop's clock", async () => {
    // All the captured orders were last changed on 24 November 2026 at 03:49 in Paris.
    const changedSince = (iso: string) => documentsOf(shop, requestOf({ changedSince: Date.parse(iso) }));
    assert.equal((await changedSince('2026-11-24T02:00:00Z')).length, 39);
    assert.equal((await changedSince('2026-11-24T04:00:00Z')).length, 0);
    const counted = (iso: string) => shop.count(requestOf({ changedSince: Date.parse(iso) }));
    assert.deepEqual([await counted('2026-11-24T02:00:00Z'), await counted('2026-11-24T04:00:00Z')], [39, 0], 'D-15');
  });

  test('S-234 sub-shops are filtered at the shop', async () => {
    assert.equal((await documentsOf(shop, requestOf({ subShops: ['1'] }))).length, 39);
    assert.equal((await documentsOf(shop, requestOf({ subShops: ['2'] }))).length, 0);
    assert.equal((await documentsOf(shop, requestOf({ kind: 'creditNotes', subShops: ['2'] }))).length, 0);
  });

  test('no password or key of a customer is asked for or kept', async () => {
    const events = await eventsOf(shop, requestOf());
    const raw = events.flatMap((event) => (event.type === 'item' ? [event.item.raw ?? ''] : [])).join('');
    assert.ok(raw.includes('"is_guest"'));
    assert.doesNotMatch(raw, /passwd|reset_password|birthday/);
  });
});

test('several sub-shops: all are asked, one after another where the shop does not know `all`', async () => {
  for (const version of ['9.1.4', '1.6.1.25'] as const) {
    const demo = await startPrestashopDemo({ version, transform: withSecondShop });
    try {
      const before = demo.requests.length;
      const documents = await documentsOf(shopAt(demo), requestOf());
      assert.equal(documents.length, version === '9.1.4' ? 39 : 14);
      const asked = demo.requests
        .slice(before)
        .map(({ path }) => decodeURIComponent(path))
        .filter((path) => path.startsWith('/api/order_details'));
      assert.match(asked.join(' '), version === '9.1.4' ? /id_shop=all/ : /id_shop=1.*id_shop=2/);
      assert.deepEqual(documents.map(({ subShop }) => subShop?.name).includes('Seconde boutique'), true);
    } finally {
      await demo.close();
    }
  }
});

test('a record that cannot be read is an answer, and the others go on', async () => {
  const transform = (records: PsRecords) =>
    changed(changed(records, 'orders', '2', { total_paid_tax_incl: '1,5' }), 'order_details', '7', {
      unit_price_tax_excl: 'abc',
    });
  const demo = await startPrestashopDemo({ version: '9.1.4', transform });
  try {
    const events = await eventsOf(shopAt(demo), requestOf());
    const unreadable = events.flatMap((event) =>
      event.type === 'item' && event.item.state === 'unreadable' ? [event.item] : [],
    );
    assert.deepEqual(
      unreadable.map(({ key, orderId, problems }) => [
        key,
        orderId,
        problems.map(({ code, severity, values }) => [code, severity, values.field, values.reason]),
      ]),
      [
        ['sale/2', '2', [['record.unreadable', 'hold', 'order.total_paid_tax_incl', 'not-decimal: 1,5']]],
        ['sale/3', '3', [['record.unreadable', 'hold', 'details.1.unit_price_tax_excl', 'not-decimal: abc']]],
      ],
    );
    assert.equal(idsOf(events).length, 37);
  } finally {
    await demo.close();
  }
});

test('a credit slip whose order is gone is unreadable, and the others go on', async () => {
  const demo = await startPrestashopDemo({
    version: '9.1.4',
    transform: (records) => changed(records, 'order_slip', '3', { id_order: '9999' }),
  });
  try {
    const events = await eventsOf(shopAt(demo), requestOf({ kind: 'creditNotes' }));
    const unreadable = events.flatMap((event) =>
      event.type === 'item' && event.item.state === 'unreadable' ? [event.item] : [],
    );
    assert.deepEqual(
      unreadable.map(({ key, problems }) => [key, problems[0]?.values.reason]),
      [['creditNote/3', 'order-gone: 9999']],
    );
    assert.equal(events.filter((event) => event.type === 'item' && event.item.state === 'read').length, 5);
  } finally {
    await demo.close();
  }
});

describe('rights', () => {
  /** [right that is missing, what is then not known] */
  const optional: [string, (events: ReadEvent[]) => void][] = [
    ['order_payments', (events) => assert.deepEqual(salesOf(events)[0]?.payments, [])],
    [
      'order_invoices',
      (events) => assert.deepEqual(salesOf(events)[0]?.invoice, { id: null, number: '#FA000001', date: '2026-09-01' }),
    ],
    [
      'customers',
      (events) =>
        assert.deepEqual([salesOf(events)[0]?.customer.id, salesOf(events)[0]?.customer.lastName], [null, 'Lefèvre']),
    ],
    ['translated_configurations', (events) => assert.equal(salesOf(events)[0]?.invoice?.number, '000001')],
    ['tax_rule_groups', (events) => assert.deepEqual(salesOf(events)[0]?.lines[0]?.taxRule, { id: '1', name: null })],
    ['carriers', (events) => assert.deepEqual(salesOf(events)[0]?.lines[1]?.carrier, { id: '2', name: null })],
    ['cart_rules', (events) => assert.equal(salesOf(events).length, 39)],
  ];
  for (const [right, look] of optional) {
    test(`without the right on ${right} the run goes on, with one problem that names it`, async () => {
      const demo = await startPrestashopDemo({ version: '9.1.4', rights: RIGHTS.filter((name) => name !== right) });
      try {
        const events = await eventsOf(shopAt(demo), requestOf());
        const problems = events.flatMap((event) => (event.type === 'problem' ? [event.problem] : []));
        assert.deepEqual(
          problems.map(({ code, values }) => [code, values.right]),
          [['shop.read-incomplete', right]],
        );
        assert.equal(idsOf(events).length, 39);
        look(events);
      } finally {
        await demo.close();
      }
    });
  }

  for (const right of ['orders', 'order_details', 'taxes', 'configurations']) {
    test(`without the right on ${right} nothing can be read: the run stops and names it`, async () => {
      const demo = await startPrestashopDemo({ version: '9.1.4', rights: RIGHTS.filter((name) => name !== right) });
      try {
        await assert.rejects(
          eventsOf(shopAt(demo), requestOf()),
          (error) => error instanceof Failure && error.code === 'shop.right-missing' && error.values.right === right,
        );
      } finally {
        await demo.close();
      }
    });
  }
});

describe('the key', () => {
  test('a wrong key is refused at once', async () => {
    const demo = await startPrestashopDemo({ version: '9.1.4' });
    try {
      const shop = shopAt({ url: demo.url, credentials: { key: 'X'.repeat(32) } });
      await assert.rejects(
        eventsOf(shop, requestOf()),
        (error) => error instanceof Failure && error.code === 'shop.key-refused',
      );
      const checks = await shop.check(SIGNAL);
      assert.deepEqual(
        checks.filter(({ result }) => result === 'failed').map(({ id }) => id),
        ['key'],
      );
    } finally {
      await demo.close();
    }
  });

  test('on a site behind a password the key goes into the address, and the password into the header', async () => {
    const demo = await startPrestashopDemo({ version: '9.1.4' });
    try {
      const shop = shopAt(demo, { basicAuth: { user: demo.credentials.key ?? '', password: '' } });
      assert.equal((await shop.facts(SIGNAL)).name, 'Boutique Témoin PS');
      assert.ok(demo.requests.every(({ path }) => path.includes('ws_key=')));
    } finally {
      await demo.close();
    }
  });
});

describe('facts, lists and checks', () => {
  test('both dialects say who they are', async () => {
    for (const version of ['9.1.4', '1.6.1.25'] as const) {
      const demo = await startPrestashopDemo({ version });
      try {
        const shop = shopAt({ ...demo, url: `${demo.url}/api/` });
        const { name, ...facts } = await shop.facts(SIGNAL);
        assert.deepEqual(facts, { version, currency: 'EUR', country: 'FR', timeZone: 'Europe/Paris' });
        assert.ok(name.startsWith('Boutique'));
        const checks = await shop.check(SIGNAL);
        assert.deepEqual(
          checks.filter(({ result }) => result === 'failed'),
          [],
        );
        assert.ok(checks.some(({ id, result }) => id === 'refunds' && result === 'ok'));
      } finally {
        await demo.close();
      }
    }
  });

  test('each missing right is named by the check, those without which nothing is read as failed', async () => {
    const demo = await startPrestashopDemo({
      version: '9.1.4',
      rights: RIGHTS.filter((name) => !['order_details', 'customers', 'order_slip'].includes(name)),
    });
    try {
      const checks = await shopAt(demo).check(SIGNAL);
      assert.deepEqual(
        checks.filter(({ result }) => result !== 'ok').map(({ id, result, values }) => [id, result, values.right]),
        [
          ['right', 'failed', 'order_details'],
          ['right', 'warning', 'order_slip'],
          ['right', 'warning', 'customers'],
          ['refunds', 'failed', 'order_slip'],
        ],
      );
    } finally {
      await demo.close();
    }
  });

  test('a wrong address fails its check without a throw, and the rest is skipped', async () => {
    const checks = await shopAt({ url: 'http://127.0.0.1:9', credentials: { key: 'K' } }).check(SIGNAL);
    assert.deepEqual(
      checks.map(({ id, result }) => [id, result]),
      [
        ['address', 'failed'],
        ['key', 'skipped'],
        ['right', 'skipped'],
        ['orders', 'skipped'],
        ['refunds', 'skipped'],
      ],
    );
  });

  test('lists for the mappings', async () => {
    const demo = await startPrestashopDemo({
      version: '9.1.4',
      transform: (records) => changed(records, 'carriers', '3', { id_reference: '2', deleted: '1' }),
    });
    try {
      const shop = shopAt(demo);
      const lists = await shop.lists(SIGNAL);
      assert.deepEqual(
        lists.carriers.find(({ id }) => id === '2'),
        { id: '2', name: 'Chronopost 24h', active: true },
      );
      assert.ok(!lists.carriers.some(({ id }) => id === '3'));
      assert.deepEqual(
        lists.statuses
          .filter(({ readByDefault }) => readByDefault)
          .map(({ id }) => id)
          .sort(),
        ['11', '2', '3', '4', '5', '7', '9'].sort(),
      );
      assert.deepEqual(lists.taxes.find(({ id }) => id === '10')?.rate, '19.00');
      assert.ok(lists.countries.some(({ id, name }) => id === 'DE' && name === 'Allemagne'));
      assert.deepEqual(
        lists.currencies.map(({ id }) => id),
        ['EUR', 'USD', 'GBP'],
      );
      assert.ok(lists.taxRules.some(({ name }) => name === 'FR Taux standard (20%)'));
    } finally {
      await demo.close();
    }
  });
});

function idsOf(events: readonly ReadEvent[]): number[] {
  return salesOf(events).map((document) => Number(document.order.id));
}

function salesOf(events: readonly ReadEvent[]) {
  return events.flatMap((event) => (event.type === 'item' && event.item.state === 'read' ? [event.item.document] : []));
}

function withSecondShop(records: PsRecords): PsRecords {
  const shops = records.shops ?? assert.fail();
  const orders = records.orders ?? assert.fail();
  const [first = ''] = shops.records;
  const second = withPsField(withPsField(first, 'id', '2'), 'name', 'Seconde boutique');
  const moved = orders.records.map((record, index) => (index === 1 ? withPsField(record, 'id_shop', '2') : record));
  return { ...records, shops: { ...shops, records: [first, second] }, orders: { ...orders, records: moved } };
}
