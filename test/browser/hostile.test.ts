import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../src/demo/php.ts';
import type { WooRecord, WooRecords } from '../../src/demo/woo-records.ts';
import { bench, importForReview, openPage, person, seen } from './browser.ts';
import { lavandeRecords, makeProfile, PERIOD, startLavande } from './lavande.ts';

/** Every text a shop can send is a piece of a page that would run; none of it may. */
const EVIL = '<img src=x onerror="window.caught=1"><svg onload="window.caught=1">';
const { browser, comptoir } = await bench();
const shop = await startLavande({ transform: (records) => hostile(lavandeRecords(records)) });

test('texts of a shop are shown as text on every page, and the content policy has nothing to stop', async () => {
  const profile = await makeProfile(comptoir, shop, { name: EVIL });
  const run = await importForReview(comptoir, profile, PERIOD);
  const context = await person(browser);
  const { page, faults } = await openPage(context, comptoir.url);
  const inert = async (where: string) => {
    const found = await page.evaluate(() => [
      'caught' in globalThis,
      document.querySelectorAll('img[src="x"], svg[onload], [onerror]').length,
    ]);
    assert.deepEqual(found, [false, 0], where);
  };

  const own = `${comptoir.url}/p/${profile}`;
  await page.goto(`${own}/review/${run}`);
  await seen(page.getByText(EVIL, { exact: false }));
  await inert('the list of entries');
  for (const tab of [/^À régler/, /^Toutes/]) {
    await page.getByRole('button', { name: tab }).click();
    await page.waitForTimeout(300);
    await inert(String(tab));
  }
  await comptoir.call('POST', `/api/reviews/${run}/write`);
  for (const path of [own, `${own}/runs/${run}`, `${own}/runs`, `${own}/settings`, `${comptoir.url}/options`]) {
    await page.goto(path);
    await seen(page.locator('main, h1'));
    await page.waitForTimeout(300);
    await inert(path);
  }
  assert.deepEqual(faults, []);
  await context.close();
});

function hostile({ orders, refunds }: WooRecords): WooRecords {
  return { orders: orders.map(record(hostileOrder)), refunds: refunds.map(record(hostileRefund)) };
}

function record(change: (json: JsonObject) => JsonObject) {
  return ({ dp2, dp6, ...rest }: WooRecord): WooRecord => ({ ...rest, dp2: change(dp2), dp6: change(dp6) });
}

function hostileOrder(order: JsonObject): JsonObject {
  const address = { ...(order.billing as JsonObject), first_name: EVIL, last_name: EVIL, company: EVIL, email: EVIL };
  return {
    ...order,
    number: `${EVIL}${order.id}`,
    payment_method_title: EVIL,
    customer_note: EVIL,
    billing: address,
    shipping: { ...address, ...(order.shipping as JsonObject) },
    line_items: (order.line_items as JsonObject[]).map((line) => ({ ...line, name: EVIL, sku: EVIL })),
    tax_lines: (order.tax_lines as JsonObject[]).map((line) => ({ ...line, label: EVIL })),
  };
}

function hostileRefund(refund: JsonObject): JsonObject {
  return { ...refund, reason: EVIL };
}
