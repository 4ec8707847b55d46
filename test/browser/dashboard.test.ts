import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { RunSummary } from '../../src/api/api.ts';
import { bench, importForReview, openPage, person, plain, seen, settled, textOf } from './browser.ts';
import { makeProfile, PERIOD, startLavande } from './lavande.ts';

const { browser, comptoir } = await bench();
const shop = await startLavande();
const profile = await makeProfile(comptoir, shop, { name: 'Maison Lavande' });
const ALL = `from=${PERIOD.from}&to=${PERIOD.to}`;

async function write(kind: 'sales' | 'creditNotes'): Promise<void> {
  const run = await importForReview(comptoir, profile, { ...PERIOD, kind });
  await comptoir.call('POST', `/api/reviews/${run}/write`);
  const ask = async () => (await comptoir.call<RunSummary>('GET', `/api/runs/${run}`)).state;
  assert.equal(await settled(ask, (state) => state === 'written'), 'written');
}

test('before the first import the dashboard says when it will fill', async () => {
  const context = await person(browser);
  const { page, faults } = await openPage(context, `${comptoir.url}/p/${profile}/dashboard`);
  await seen(page.getByText('Le tableau se remplira après le premier import.'));
  assert.deepEqual(faults, []);
  await context.close();
});

test('the dashboard shows what was written, adds up in sight, and each figure opens its entries', async () => {
  await write('sales');
  await write('creditNotes');
  const context = await person(browser);
  const { page, faults } = await openPage(context, `${comptoir.url}/p/${profile}/dashboard`);
  // Nothing this month: the page offers the month of the last entries.
  await (await seen(page.getByRole('button', { name: /Voir le mois des dernières écritures/ }))).click();
  await seen(page.getByText('TVA par pays et par taux'));
  assert.match(page.url(), /from=2018-12-01&to=2018-12-31/);

  await page.goto(`${comptoir.url}/p/${profile}/dashboard?${ALL}`);
  const figures = plain(await (await seen(page.locator('.board-figures'))).innerText());
  assert.match(figures, /Ventes HT 4\d\d,\d\d €/);
  const vat = await seen(page.getByRole('table').filter({ hasText: 'France' }));
  assert.match(await textOf(vat), /France 20,00 % [\d ]+,\d\d [\d ]+,\d\d/);
  assert.match(await textOf(page.locator('.told-line').first()), /^\d+ \+ \d+ \+ \d+ \+ \d+ = \d+$/);
  const [sum = '', total = ''] = (await textOf(page.locator('.told-line').first())).split(' = ');
  assert.equal(
    sum.split(' + ').reduce((all, one) => all + Number(one), 0),
    Number(total),
  );

  await page.getByRole('link', { name: 'France' }).first().click();
  await seen(page.getByRole('heading', { level: 1, name: /TVA, France, 20,00 %/ }));
  const golden = await seen(page.getByRole('row').filter({ hasText: '#FA000001' }));
  assert.match(await textOf(golden), /403,00 80,60 483,60/);
  await page.goBack();
  await (await seen(page.getByRole('link', { name: 'PayPal' }))).click();
  await seen(page.getByRole('row').filter({ hasText: '75,00' }));
  await page.goBack();
  await (await seen(page.getByText('Voir en tableau'))).click();
  await (await seen(page.getByRole('link', { name: '26/11/2018' }))).click();
  await seen(page.getByRole('heading', { level: 1, name: 'Ventes HT' }));
  await seen(page.getByRole('row').filter({ hasText: '#FA000001' }));
  assert.equal(await page.getByRole('row').count(), 2);
  // Back to the whole period, not to the day of the bar.
  await page.getByRole('main').getByRole('link', { name: 'Tableau de bord' }).click();
  assert.match(page.url(), new RegExp(ALL));
  assert.deepEqual(faults, []);
  await context.close();
});

test('D-19 the sheet of the one-stop shop is a click from the VAT of the dashboard, and says what it lacks', async () => {
  const context = await person(browser);
  const { page, faults } = await openPage(context, `${comptoir.url}/p/${profile}/dashboard?${ALL}`);
  await (await seen(page.getByRole('link', { name: 'Feuille OSS' }))).click();
  await seen(page.getByRole('heading', { level: 1, name: 'Feuille OSS' }));
  assert.match(page.url(), new RegExp(ALL));
  await page.getByRole('combobox').selectOption({ index: 1 });
  await page.waitForURL((address) => !address.search.includes(ALL));
  assert.deepEqual(faults, []);
  await context.close();
});

test('held documents of the dashboard open their list, by state and by number', async () => {
  const context = await person(browser, { language: 'en' });
  const { page, faults } = await openPage(context, `${comptoir.url}/p/${profile}/documents?state=held`);
  await seen(page.getByRole('heading', { level: 1, name: 'Documents' }));
  await seen(page.getByRole('row').filter({ hasText: '90.00' }));
  await page.getByRole('button', { name: 'All' }).click();
  await page.getByRole('searchbox').fill('#FA000001');
  await settled(
    () => page.getByRole('row').count(),
    (count) => count === 2,
  );
  assert.match(page.url(), /q=%23FA000001/);
  await page.getByRole('searchbox').fill('nobody');
  await seen(page.getByText('No document matches.'));
  assert.deepEqual(faults, []);
  await context.close();
});

test('the dashboard fits a narrow screen, and a stopped server is said', async () => {
  const context = await person(browser, { width: 390, height: 844 });
  const { page } = await openPage(context, `${comptoir.url}/p/${profile}/dashboard?${ALL}`);
  await seen(page.getByText('TVA par pays et par taux'));
  assert.equal(await overflow(page), 0);
  await page.route('**/api/profiles/*/dashboard**', (route) =>
    route.fulfill({ status: 500, json: { code: 'internal', values: {} } }),
  );
  await page.reload();
  await seen(page.getByRole('alert'));
  await context.close();
});

function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
