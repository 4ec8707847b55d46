import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunDocuments } from '../../src/api/api.ts';
import type { LanguageFile } from '../../src/api/languages.ts';
import type { JsonObject } from '../../src/demo/php.ts';
import type { WooRecord, WooRecords } from '../../src/demo/woo-records.ts';
import { bench, importForReview, openPage, person, seen } from './browser.ts';
import { lavandeRecords, makeProfile, PERIOD, startLavande } from './lavande.ts';

/** Every text a shop can send is a piece of a page that would run; none of it may. */
const EVIL = '<img src=x onerror="window.caught=1"><svg onload="window.caught=1">';
const { browser, comptoir } = await bench();
const shop = await startLavande({
  transform: (records) => hostile(lavandeRecords(records)),
  // Payment methods, carriers, taxes, countries, statuses, the shop's own name.
  told: (body) =>
    body.replace(/"(title|method_title|name|label|description)":"(?:[^"\\]|\\.)*"/g, `"$1":${JSON.stringify(EVIL)}`),
});
/** A CSV whose headings, names and values are pieces of a page. */
const CSV = [
  ['numéro', 'date', 'TTC', 'TVA 20', EVIL].join(';'),
  [`"${EVIL.replaceAll('"', '""')}"`, '2018-11-26', '12,00', '2,00', `"${EVIL.replaceAll('"', '""')}"`].join(';'),
].join('\n');

test('texts of a shop are shown as text in every window, and the content policy has nothing to stop', async () => {
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
  const visit = async (paths: readonly string[]) => {
    for (const path of paths) {
      await page.goto(comptoir.url + path);
      await seen(page.locator('main, h1'));
      await page.waitForLoadState('networkidle', { timeout: 1500 }).catch(() => {});
      await inert(path);
    }
  };

  const own = `/p/${profile}`;
  const review = `${own}/review/${run}`;
  await page.goto(comptoir.url + review);
  await seen(page.getByText(EVIL, { exact: false }));
  await inert('the list of entries');
  for (const tab of [/^À régler/, /^Toutes/]) {
    await page.getByRole('button', { name: tab }).click();
    await page.waitForTimeout(300);
    await inert(String(tab));
  }
  const mappings = ['journals', 'sales', 'differences', 'taxes', 'payments', 'carriers', 'other-lines', 'currencies'];
  await visit([
    ...[
      `${review}/1/1`,
      `${review}?q=${encodeURIComponent(EVIL)}`,
      `${own}?import=sales`,
      `${own}?import=credit-notes`,
    ],
    ...mappings.map((which) => `${own}/mapping/${which}`),
    ...['profile', 'shop', 'ledger', 'customers', 'entries', 'orders', 'reading', 'advanced'].map(
      (tab) => `${own}/settings/${tab}`,
    ),
    ...['connection', 'ledger', 'accounts', 'preview'].map((step) => `/start/${step}?p=${profile}`),
  ]);
  await comptoir.call('POST', `/api/reviews/${run}/write`);
  const { rows } = await comptoir.call<RunDocuments>('GET', `/api/runs/${run}/documents?limit=3`);
  const period = 'from=2018-11-01&to=2018-12-31';
  await visit([
    ...[own, `${own}/runs`, `${own}/runs/${run}`, `${own}/dashboard?${period}`, `${own}/documents`, `${own}/format`],
    ...['vat', 'payment'].map((about) => `${own}/entries?${period}&about=${about}`),
    ...rows.map(({ key }) => `${own}/documents/${key}`),
    ...['about', 'profiles', 'general', 'languages', 'proxy', 'backup', 'access'].map((tab) => `/options/${tab}`),
  ]);

  await page.goto(comptoir.url + own);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('img');
  await page.waitForTimeout(400);
  await inert('the search');
  await page.goto(comptoir.url + own);
  await (await seen(page.getByRole('button', { name: 'Charger un fichier' }))).click();
  await page.getByRole('menuitem', { name: 'De ventes…' }).click();
  const file = { name: `${EVIL.replaceAll('/', '')}.csv`, mimeType: 'text/csv', buffer: Buffer.from(CSV) };
  const dialog = await seen(page.getByRole('dialog'));
  await dialog.locator('input[type=file]').setInputFiles(file);
  await seen(dialog.getByText(EVIL.slice(0, 20), { exact: false }));
  await inert('a CSV and its name');
  assert.deepEqual(faults, []);
  await context.close();
});

test('a translation is shown as text, in the editor and where it speaks', async () => {
  const { code, revision } = await comptoir.call<LanguageFile>('POST', '/api/languages', {
    ...{ code: 'nl', name: EVIL.slice(0, 60), version: '1', from: 'fr' },
  });
  const changes = { 'ui.options.about': EVIL, 'ui.options.general': EVIL, 'ui.cancel': EVIL };
  await comptoir.call('PUT', `/api/languages/${code}`, {
    revision,
    name: EVIL.slice(0, 60),
    version: EVIL.slice(0, 60),
    changes,
  });
  const context = await person(browser);
  const { page } = await openPage(context, `${comptoir.url}/options/languages/${code}?category=ui.options`);
  await seen(page.getByRole('textbox').first());
  assert.equal(await page.evaluate(() => 'caught' in globalThis), false);
  await page.goto(`${comptoir.url}/options/languages`);
  await seen(page.getByText(EVIL.slice(0, 20), { exact: false }));
  assert.deepEqual(
    await page.evaluate(() => ['caught' in globalThis, document.querySelectorAll('img[src="x"]').length]),
    [false, 0],
  );
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
