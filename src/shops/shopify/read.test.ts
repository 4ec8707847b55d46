import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { addDays, day } from '../../core/calendar.ts';
import { type ShopifyDemoOptions, type ShopifyDemoShop, startShopifyDemo } from '../../demo/shopify.ts';
import type { DescribedOrder } from '../../demo/shopify-described.ts';
import type { Node } from '../../demo/shopify-money.ts';
import type { ReadEvent, ReadItem } from '../reader.ts';
import { documentsOf, eventsOf, itemsOf, NOW, requestOf, shopAt, sketch, without } from './sample.ts';

const open: ShopifyDemoShop[] = [];
after(async () => {
  for (const shop of open) await shop.close();
});

const ORDER = '5010000001';

describe('which documents', () => {
  test('D-18 a period is of civil days in the shop’s zone, across midnight of a month and the night the clocks change', async () => {
    const shop = shopAt(await demoOf());
    const on = async (kind: 'sales' | 'creditNotes', date: string) => {
      const found = await documentsOf(shop, requestOf({ kind, from: day(date), to: day(date) }));
      return found.map(({ key }) => key.replace(ORDER, ''));
    };
    assert.deepEqual(await on('sales', '2026-10-25'), ['sale/069']); // 00:30 UTC, 02:30 in Paris, the first time
    assert.deepEqual(await on('sales', '2026-10-31'), []);
    assert.deepEqual(await on('sales', '2026-11-01'), ['sale/043']); // 23:30 UTC on 31 October
    assert.deepEqual(await on('creditNotes', '2026-10-31'), ['creditNote/513']); // 23:59:59 in Paris
    assert.deepEqual(await on('creditNotes', '2026-11-01'), []);
  });

  test('each document is in the period of its own day: edits, exchanges and refunds of older orders too', async () => {
    const shop = shopAt(await demoOf());
    const october = { from: day('2026-10-01'), to: day('2026-10-31') };
    const sales = (await documentsOf(shop, requestOf(october))).map(({ key }) => key.replace(ORDER, ''));
    assert.ok(sales.includes('sale/050/721'), 'an edit of an order of September');
    assert.ok(!sales.includes('sale/050'));
    const september = { from: day('2026-09-01'), to: day('2026-09-30') };
    const before = (await documentsOf(shop, requestOf(september))).map(({ key }) => key.replace(ORDER, ''));
    assert.ok(before.includes('sale/050') && !before.includes('sale/050/721'));
    const notes = await documentsOf(shop, requestOf({ kind: 'creditNotes', ...october }));
    assert.ok(notes.some(({ key, order }) => key === 'creditNote/504' && order.date === '2026-09-10'));
  });

  test('months apart give each document once, and together what the whole gives', async () => {
    const shop = shopAt(await demoOf());
    for (const kind of ['sales', 'creditNotes'] as const) {
      const whole = (await documentsOf(shop, requestOf({ kind }))).map(({ key }) => key);
      const parts: string[] = [];
      for (let from = day('2026-08-01'); from <= '2026-11-30'; from = addDays(from, 31)) {
        const to = addDays(from, 30);
        parts.push(...(await documentsOf(shop, requestOf({ kind, from, to }))).map(({ key }) => key));
      }
      assert.deepEqual(parts.toSorted(), whole.toSorted());
      assert.equal(new Set(whole).size, whole.length);
    }
  });

  test('statuses are the profile’s; test orders are read and marked; the cancelled order that was never paid is left out', async () => {
    const shop = shopAt(await demoOf());
    const keys = (await documentsOf(shop, requestOf())).map(
      ({ key, test: marked }) => `${key.replace(ORDER, '')}${marked ? ' test' : ''}`,
    );
    assert.ok(keys.includes('sale/065 test') && !keys.includes('sale/066') && !keys.includes('sale/067'));
    const pending = await documentsOf(shop, requestOf({ statuses: ['PENDING', 'VOIDED'] }));
    assert.deepEqual(
      pending.map(({ key }) => key.replace(ORDER, '')),
      ['sale/066', 'sale/067'],
    );
    const given = async (statuses: readonly string[] | null) =>
      (await documentsOf(shop, requestOf({ kind: 'creditNotes', statuses }))).some(
        ({ key }) => key === 'creditNote/512',
      );
    assert.deepEqual([await given(null), await given(['PENDING', 'PAID'])], [false, true]);
  });

  test('a sub-shop is a place of sale', async () => {
    const shop = shopAt(await demoOf());
    const found = await documentsOf(shop, requestOf({ subShops: ['12'] }));
    assert.deepEqual(
      found.map(({ key, taxCountry }) => `${key.replace(ORDER, '')} ${taxCountry}`),
      ['sale/056 BE', 'sale/044 BE'],
    );
  });

  test('since the last import: what changed, whole', async () => {
    const shop = shopAt(await demoOf());
    const changedSince = Date.UTC(2026, 10, 5);
    const keys = async (kind: 'sales' | 'creditNotes') =>
      (await documentsOf(shop, requestOf({ kind, changedSince }))).map(({ key }) => key.replace(ORDER, ''));
    assert.deepEqual(await keys('sales'), ['sale/071', 'sale/063', 'sale/070']);
    assert.deepEqual(await keys('creditNotes'), ['creditNote/514']);
  });
});

describe('what the app may not read', () => {
  test('shop.old-orders: one problem, with the day before which orders are hidden, when the period or the kind may need them', async () => {
    const shop = shopAt(await demoOf({ scopes: without('read_all_orders') }));
    const told = async (changes: Parameters<typeof requestOf>[0]) => problems(await eventsOf(shop, requestOf(changes)));
    assert.deepEqual(await told({ from: day('2026-09-24') }), ['shop.old-orders 2026-09-25']);
    assert.deepEqual(await told({ from: day('2026-09-25') }), []);
    assert.deepEqual(await told({ kind: 'creditNotes', from: day('2026-11-01') }), ['shop.old-orders 2026-09-25']);
    assert.deepEqual(await told({ changedSince: NOW - 1000 }), ['shop.old-orders 2026-09-25']);
    const all = shopAt(await demoOf());
    assert.deepEqual(problems(await eventsOf(all, requestOf())), []);
  });

  test('without read_returns the documents of a return are held with the scope named; the rest goes on', async () => {
    const shop = shopAt(await demoOf({ scopes: without('read_returns') }));
    const items = await itemsOf(shop, requestOf({ kind: 'creditNotes' }));
    const held = items.flatMap((item) =>
      item.state === 'unreadable' ? [`${item.key} ${item.problems[0]?.values.reason}`] : [],
    );
    assert.deepEqual(
      held,
      [731, 732, 733].map((n) => `creditNote/return-?-${n} needs-scope: read_returns`),
    );
    assert.equal(items.filter(({ state }) => state === 'read').length, 11);
    const sales = await itemsOf(shop, requestOf());
    assert.deepEqual(sales.filter(({ state }) => state === 'unreadable').map(keyOf), [
      `sale/${ORDER}052/731`,
      `sale/${ORDER}053/732`,
    ]);
  });

  test('with read_orders alone everyone is a guest and products have no id; figures are the same', async () => {
    const alone = await documentsOf(
      shopAt(await demoOf({ scopes: ['read_orders', 'read_all_orders', 'read_returns'] })),
      requestOf(),
    );
    const all = await documentsOf(shopAt(await demoOf()), requestOf());
    assert.deepEqual(alone.map(sketch), all.map(sketch));
    assert.ok(alone.every(({ customer }) => customer.guest && customer.id === null));
    assert.ok(alone.flatMap(({ lines }) => lines).every(({ product }) => product?.id == null));
  });

  test('shop.read-incomplete: a field refused in spite of its scope is one problem, however many orders it stands in', async () => {
    const demo = await demoOf({ refused: ['Order.customer'] });
    const events = await eventsOf(shopAt(demo), requestOf());
    assert.deepEqual(problems(events), ['shop.read-incomplete order.customer']);
    assert.equal(events.filter(({ type }) => type === 'item').length, 31);
  });

  test('shop.other-version: the shop answers with another version', async () => {
    const events = await eventsOf(shopAt(await demoOf({ version: '2027-01' })), requestOf({ from: day('2026-11-01') }));
    assert.deepEqual(problems(events), ['shop.other-version 2026-10 2027-01']);
  });
});

describe('nothing lost, nothing twice', () => {
  test('lists longer than a page are read to their end: lines, rows of an agreement, agreements, transactions, refunds', async () => {
    const lines = Array.from({ length: 140 }, (_, at) => ({
      title: `L${at}`,
      sku: null,
      quantity: 1,
      price: '1.20',
      tax: ['FR TVA', '0.2'] as const,
    }));
    const events = Array.from({ length: 24 }, (_, at) => ({
      type: 'refund' as const,
      id: 9000 + at,
      at: `2026-10-${String(at + 2).padStart(2, '0')}T08:00:00Z`,
      back: [{ line: at, quantity: 1 }],
      money: [{ gateway: 'cash' }],
    }));
    const many = Array.from({ length: 110 }, () => ({ gateway: 'cash', amount: '1.00' }));
    const payments = [...many, { gateway: 'paypal', amount: '58.00' }];
    const demo = await demoOf({ change: () => [order({ lines, events, payments })] });
    const [sale] = await documentsOf(shopAt(demo), requestOf({ from: day('2026-10-01'), to: day('2026-10-01') }));
    assert.equal(sale?.lines.length, 140);
    assert.equal(sale?.payments.length, 111);
    const notes = await documentsOf(shopAt(demo), requestOf({ kind: 'creditNotes' }));
    assert.equal(notes.filter(({ order: { number } }) => number === '#7').length, 24);
    assert.deepEqual(notes.map(({ remarks }) => remarks.length).filter(Boolean), []);
  });

  test('120 orders in three pages, some of the same second', async () => {
    const demo = await demoOf({
      change: () =>
        Array.from({ length: 120 }, (_, at) => order({ id: at + 1, at: `2026-10-0${1 + (at % 3)}T08:00:00Z` })),
    });
    const events = await eventsOf(shopAt(demo), requestOf({ from: day('2026-10-01'), to: day('2026-10-03') }));
    const keys = events.flatMap((event) => (event.type === 'item' ? [keyOf(event.item)] : []));
    assert.equal(new Set(keys).size, 121); // and the recorded one of 3 October
    assert.equal(keys.length, 121);
    const pages = events.flatMap((event) => (event.type === 'page' ? [event] : []));
    assert.deepEqual(pages.map(({ records }) => records).slice(0, 3), [50, 50, 21]);

    for (const { resumeAfter } of pages.slice(0, 2)) {
      const rest = await itemsOf(
        shopAt(demo),
        requestOf({ from: day('2026-10-01'), to: day('2026-10-03'), resumeAfter }),
      );
      const place: number = keys.length - rest.length;
      assert.deepEqual(rest.map(keyOf), keys.slice(place), resumeAfter);
      assert.equal(place % 50, 0);
    }
  });

  test('an order that changes between its two questions is read again, whole', async () => {
    const demo = await demoOf({ change: () => [order({})] });
    let asked = 0;
    const during = await startHooked(demo, /OrderAgreements/, () => {
      asked += 1;
      if (asked === 1) demo.change((records) => ({ ...records, orders: refunded(records.orders) }));
    });
    const [note, ...others] = await documentsOf(
      during,
      requestOf({ kind: 'sales', from: day('2026-10-01'), to: day('2026-10-01') }),
    );
    assert.equal(asked, 2);
    assert.deepEqual(others, []);
    assert.equal(note?.status?.code, 'REFUNDED');
  });

  test('an order that changes while a list by change is read is met again, and told once', async () => {
    const demo = await demoOf({
      change: () =>
        Array.from({ length: 60 }, (_, at) =>
          order({ id: at + 1, at: `2026-11-10T08:00:${String(at).padStart(2, '0')}Z` }),
        ),
    });
    let moved = false;
    const during = await startHooked(demo, /OrderDetail/, () => {
      if (moved) return;
      moved = true;
      demo.change((records) => ({
        ...records,
        orders: records.orders.map((one) => (one.name === '#5' ? { ...one, updatedAt: '2026-11-20T08:00:00Z' } : one)),
      }));
    });
    const keys = (await itemsOf(during, requestOf({ changedSince: Date.UTC(2026, 10, 10) }))).map(keyOf);
    assert.equal(keys.filter((key) => key.endsWith('000005')).length, 1);
    assert.equal(new Set(keys).size, keys.length);
    assert.equal(keys.filter((key) => key.startsWith('sale/50100000000')).length, 60);
  });

  test('an order deleted since it was listed is no longer one', async () => {
    const demo = await demoOf({ change: () => [order({ id: 1 }), order({ id: 2 })] });
    const during = await startHooked(demo, /OrderDetail/, () =>
      demo.change((records) => ({ ...records, orders: records.orders.filter(({ name }) => name !== '#1') })),
    );
    const found = await documentsOf(during, requestOf({ from: day('2026-10-01'), to: day('2026-10-01') }));
    assert.deepEqual(
      found.map(({ order: { number } }) => number),
      ['#2'],
    );
  });

  test('what became of orders', async () => {
    const shop = shopAt(await demoOf());
    const found = await shop.standing(requestOf(), [`${ORDER}045`, `${ORDER}067`, '1']);
    assert.deepEqual(
      [...found],
      [
        [`${ORDER}045`, { status: 'PAID', wanted: true }],
        [`${ORDER}067`, { status: 'VOIDED', wanted: false }],
      ],
    );
  });
});

test('S-251 lists for the mappings: what the last orders show, and what Shopify knows', async () => {
  const lists = await shopAt(await demoOf()).lists(new AbortController().signal);
  const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id);
  assert.ok(['FR TVA 20', 'FR TVA 5.5', 'DE MwSt 19', 'BE TVA 21'].every((id) => ids(lists.taxes).includes(id)));
  assert.deepEqual(
    lists.taxes.find(({ id }) => id === 'FR TVA 5.5'),
    { id: 'FR TVA 5.5', name: 'FR TVA', active: true, rate: '5.50', country: 'FR' },
  );
  assert.ok(
    ['shopify_payments', 'paypal', 'cash', 'gift_card', 'Virement bancaire', 'N/A'].every((id) =>
      ids(lists.paymentMethods).includes(id),
    ),
  );
  assert.ok(ids(lists.carriers).includes('Colissimo domicile'));
  assert.deepEqual(ids(lists.subShops), ['11', '12']);
  assert.deepEqual(ids(lists.currencies), ['EUR', 'USD']);
  assert.deepEqual(
    lists.statuses.filter(({ readByDefault }) => readByDefault).map(({ id }) => id),
    ['PARTIALLY_PAID', 'PAID', 'PARTIALLY_REFUNDED', 'REFUNDED'],
  );
});

function order(changes: Partial<DescribedOrder>): DescribedOrder {
  return {
    what: 'made for a test',
    id: 7,
    at: '2026-10-01T08:00:00Z',
    country: 'FR',
    taxesIncluded: true,
    lines: [{ title: 'Sac', sku: 'SAC', quantity: 1, price: '12.00', tax: ['FR TVA', '0.2'] }],
    payments: [{ gateway: 'cash' }],
    ...changes,
  };
}

function refunded(orders: readonly Node[]): readonly Node[] {
  return orders.map((one) =>
    one.name === '#7' ? { ...one, updatedAt: '2026-11-23T08:00:00Z', displayFinancialStatus: 'REFUNDED' } : one,
  );
}

/** A shop of which each question of a name does something first. */
async function startHooked(demo: ShopifyDemoShop, name: RegExp, before: () => void) {
  demo.onQuestion((operation) => {
    if (name.test(operation)) before();
  });
  return shopAt(demo);
}

function keyOf(item: ReadItem): string {
  return item.state === 'read' ? item.document.key : item.key;
}

function problems(events: readonly ReadEvent[]): string[] {
  return events.flatMap((event) =>
    event.type === 'problem' ? [[event.problem.code, ...Object.values(event.problem.values)].join(' ')] : [],
  );
}

async function demoOf(options: ShopifyDemoOptions = {}): Promise<ShopifyDemoShop> {
  const shop = await startShopifyDemo(options);
  open.push(shop);
  return shop;
}
