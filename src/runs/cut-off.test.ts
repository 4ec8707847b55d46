import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { HEADER, saleJson } from '../../test/command-kit.ts';
import { runBench } from '../../test/run-kit.ts';
import { type Day, day, localTime } from '../core/calendar.ts';
import { startPrestashopDemo } from '../demo/prestashop.ts';
import { startWooDemo } from '../demo/woocommerce.ts';
import * as prestashop from '../shops/prestashop/sample.ts';
import type { ReadEvent } from '../shops/reader.ts';
import { woocommerce } from '../shops/woocommerce/index.ts';
import * as woo from '../shops/woocommerce/sample.ts';

/**
 * The cut-off of a day is 23:59:59 in the shop's zone, on the days the clocks change as on any other: in Paris 29 March
 * 2026 has 23 hours and 25 October 25. Each pair is the last second of a day and the first of the next.
 */
const PARIS = 'Europe/Paris';
const EDGES: readonly { readonly last: string; readonly first: string; readonly before: Day; readonly after: Day }[] = [
  { last: '2026-03-28T22:59:59Z', first: '2026-03-28T23:00:00Z', before: day('2026-03-28'), after: day('2026-03-29') },
  { last: '2026-03-29T21:59:59Z', first: '2026-03-29T22:00:00Z', before: day('2026-03-29'), after: day('2026-03-30') },
  { last: '2026-10-24T21:59:59Z', first: '2026-10-24T22:00:00Z', before: day('2026-10-24'), after: day('2026-10-25') },
  { last: '2026-10-25T22:59:59Z', first: '2026-10-25T23:00:00Z', before: day('2026-10-25'), after: day('2026-10-26') },
];
const INSTANTS = EDGES.flatMap(({ last, first }) => [last, first]);
/** The days that the eight instants fall on, by their place. */
const DAYS = EDGES.flatMap(({ before, after }) => [before, after]);
const ASKED = [...new Set(DAYS)];

/** Places of the instants that a reading of each day gives, and the day each document says. */
async function held(
  read: (on: Day) => Promise<readonly { readonly place: number; readonly date: Day }[]>,
): Promise<void> {
  for (const on of ASKED) {
    const found = await read(on);
    const expected = DAYS.flatMap((date, place) => (date === on ? [{ place, date }] : []));
    assert.deepEqual(found, expected, `read on ${on}`);
  }
}

function salesIn(events: readonly ReadEvent[], ids: readonly string[]) {
  return events.flatMap((event) => {
    if (event.type !== 'item' || event.item.state !== 'read') return [];
    const { order } = event.item.document;
    return [{ place: ids.indexOf(order.id), date: order.date }];
  });
}

test('D-18 S-130 WooCommerce: the day ends at 23:59:59 of the shop, across both changes of the clocks', async () => {
  let ids: readonly string[] = [];
  const demo = await startWooDemo({
    transform: ({ orders, refunds }) => {
      const paid = orders.filter(({ dp2 }) => dp2.status === 'completed' || dp2.status === 'processing');
      const chosen = paid.slice(0, INSTANTS.length);
      ids = chosen.map(({ dp2 }) => String(dp2.id));
      const dated = chosen.map(({ dp2, dp6 }, place) => {
        const dates = wooDates(INSTANTS[place] ?? '');
        return { dp2: { ...dp2, ...dates }, dp6: { ...dp6, ...dates } };
      });
      return { refunds, orders: dated };
    },
  });
  try {
    const shop = woocommerce.open(woo.connectionOf(demo.url, { credentials: demo.credentials }));
    await held(async (on) => salesIn(await woo.eventsOf(shop.read(woo.requestOf({ from: on, to: on }))), ids));
    for (const on of ASKED) {
      const count = await shop.count(woo.requestOf({ from: on, to: on }));
      assert.equal(count, DAYS.filter((date) => date === on).length, `D-15 the shop counts the same on ${on}`);
    }
  } finally {
    await demo.close();
  }
});

function wooDates(instant: string) {
  const utc = instant.slice(0, 19);
  return { date_created_gmt: utc, date_created: localTime(PARIS, Date.parse(instant)), date_modified_gmt: utc };
}

test('D-18 S-130 PrestaShop: the day ends at 23:59:59 of the shop, across both changes of the clocks', async () => {
  const ids = await readableOrders();
  const demo = await startPrestashopDemo({
    version: '9.1.4',
    transform: (records) =>
      ids.reduce((all, id, place) => {
        const local = localTime(PARIS, Date.parse(INSTANTS[place] ?? '')).replace('T', ' ');
        return prestashop.changed(all, 'orders', id, { date_add: local, date_upd: local });
      }, records),
  });
  try {
    const shop = prestashop.shopAt(demo);
    const all = await prestashop.documentsOf(
      shop,
      prestashop.requestOf({ from: day('2026-03-01'), to: day('2026-03-31') }),
    );
    assert.ok(all.length >= 4);
    await held(async (on) => {
      const events = await prestashop.eventsOf(shop, prestashop.requestOf({ from: on, to: on }));
      return salesIn(events, ids).filter(({ place }) => place >= 0);
    });
  } finally {
    await demo.close();
  }
});

/** Ids of as many orders of the recorded shop as there are instants, each read as one document. */
async function readableOrders(): Promise<readonly string[]> {
  const demo = await startPrestashopDemo({ version: '9.1.4' });
  try {
    const period = { from: day('2026-08-01'), to: day('2026-11-30') };
    const documents = await prestashop.documentsOf(prestashop.shopAt(demo), prestashop.requestOf(period));
    return [...new Set(documents.map(({ order }) => order.id))].slice(0, INSTANTS.length);
  } finally {
    await demo.close();
  }
}

test('D-18 a file of sales: instants are days in its zone, across both changes of the clocks', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'comptoir-cut-off-'));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, 'sales.jsonl');
  const sales = INSTANTS.map((date, place) => saleJson({ id: place + 1, date }));
  await writeFile(path, [HEADER, ...sales.map((sale) => JSON.stringify(sale)), ''].join('\n'));
  const on = await runBench();
  t.after(on.close);
  await held(async (asked) => {
    const period = { type: 'days', from: asked, to: asked } as const;
    const { documents } = await on.run({ source: { type: 'file', path }, period, mode: 'preview' });
    return documents.map(({ orderId, date }) => ({ place: Number(orderId) - 1, date: day(date ?? '') }));
  });
});
