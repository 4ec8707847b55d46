import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProfileDocument, RunSummary } from '../../src/api/api.ts';
import type { ProfileInput } from '../../src/profiles/profile.ts';
import { bench, importForReview, openPage, person, plain, seen, settled, textOf } from './browser.ts';
import { lavandeRecords, makeProfile, PERIOD, startLavande } from './lavande.ts';

const { browser, comptoir } = await bench();
const shop = await startLavande();
const edited = await startLavande({
  transform: (records) =>
    lavandeRecords(records, { 3: { lines: [['Coffret découverte', '70.00', '14.00']], total: '84.00' } }),
});
const profile = await makeProfile(comptoir, shop, { name: 'Maison Lavande' });
const at = (key: string) => `${comptoir.url}/p/${profile}/documents/${key}`;

async function written(run: string): Promise<void> {
  await comptoir.call('POST', `/api/reviews/${run}/write`);
  const ask = async () => (await comptoir.call<RunSummary>('GET', `/api/runs/${run}`)).state;
  assert.equal(await settled(ask, (state) => state === 'written'), 'written');
}

test('a held order shows its sum: what its lines make, what the shop states, and the gap', async () => {
  const run = await importForReview(comptoir, profile, PERIOD);
  const context = await person(browser);
  const { page, faults } = await openPage(context, at('sale/6'));
  await seen(page.getByRole('heading', { level: 1, name: 'Vente 6' }));
  await seen(page.getByText('Retenue', { exact: true }));
  const sum = await seen(page.getByRole('region', { name: 'Voir le calcul' }));
  const text = await textOf(sum);
  assert.match(text, /TVA 14,99 15,05 −0,06|TTC 89,94 90,00 −0,06/);
  assert.match(await textOf(page.locator('.document-reasons')), /89,94 €.*90,00 €/);
  assert.match(
    await textOf(page.getByRole('region', { name: 'Lignes' }).first()),
    /Brume d’oreiller 1 74,95 20,00 % 14,99 89,94/,
  );
  await (await seen(page.getByRole('link', { name: 'Voir dans la liste' }))).click();
  assert.match(page.url(), new RegExp(`/review/${run}`));
  assert.deepEqual(faults, []);
  await context.close();
  await written(run);
});

test('a written order shows its entries, why each account, its file and its history, and its credit note', async () => {
  await written(await importForReview(comptoir, profile, { ...PERIOD, kind: 'creditNotes' }));
  const context = await person(browser);
  const { page, faults } = await openPage(context, at('sale/1'));
  const sale = await seen(page.getByRole('region', { name: 'Vente 1' }));
  assert.match(
    await textOf(sale),
    /4110000 Clients WEBFRANCE 483,60.*707100 Ventes C20 403,00.*4457120 TVA 20 % C20 20,00 % 80,60/,
  );
  await page.getByRole('button', { name: 'Pourquoi le compte 4457120' }).first().click();
  assert.match(await textOf(page.locator('.why-row')), /France.*80,60/);
  const history = await seen(page.locator('.document-history'));
  assert.match(await textOf(history), /Document : écrit dans VENTES.*\.pnm écriture 1/);
  await page.getByRole('link', { name: 'Avoir #AV000001' }).click();
  await seen(page.getByRole('heading', { level: 1, name: 'Avoir, commande 1' }));
  await seen(page.getByRole('row').filter({ hasText: '335,83' }));
  // From the run and back: the same address.
  await page.goBack();
  await seen(page.getByRole('heading', { level: 1, name: 'Vente 1' }));
  assert.deepEqual(faults, []);
  await context.close();
});

test('an order that changed after its transfer is compared line by line, only what differs', async () => {
  const document = await comptoir.call<ProfileDocument>('GET', `/api/profiles/${profile}/document`);
  const changed = document.profile as ProfileInput; // the server's own
  await comptoir.call('PUT', `/api/profiles/${profile}/document`, {
    revision: document.revision,
    profile: { ...changed, shop: { ...changed.shop, url: edited.url } },
    secrets: edited.credentials,
  });
  const run = await importForReview(comptoir, profile, PERIOD);
  const context = await person(browser);
  const { page, faults } = await openPage(context, at('sale/3'));
  const compare = await seen(page.getByRole('region', { name: 'Comparaison' }));
  const text = await textOf(compare);
  assert.match(text, /écrite à 75,00 €, elle vaut maintenant 84,00 €/);
  assert.match(text, /4110000 client 75,00 84,00/);
  assert.match(text, /707100 vente −62,50 −70,00/);
  assert.match(text, /4457120 TVA 20,00 % −12,50 −14,00/);
  assert.deepEqual(faults, []);
  await context.close();
  await comptoir.call('POST', `/api/reviews/${run}/close`);
});

test('a document is excluded and taken back, made importable again, each with its reason in the history', async () => {
  const context = await person(browser, { language: 'en' });
  const { page, faults } = await openPage(context, at('sale/4'));
  await (await seen(page.getByRole('button', { name: 'Exclude for good…' }))).click();
  const dialog = await seen(page.getByRole('dialog'));
  await dialog.getByRole('textbox').fill('booked by hand');
  await dialog.getByRole('button', { name: 'Exclude for good' }).click();
  await (await seen(page.getByRole('button', { name: 'Take it back' }))).click();
  await (await seen(page.getByRole('dialog').getByRole('button', { name: 'Take it back' }))).click();
  await seen(page.getByText('Document: taken back'));
  assert.match(plain(await page.locator('.document-history').innerText()), /excluded for good — booked by hand/);

  await page.goto(at('sale/2'));
  await (await seen(page.getByRole('button', { name: 'Make importable again…' }))).click();
  const asked = await seen(page.getByRole('dialog'));
  await seen(asked.getByText(/Delete their entries in your software first/));
  await asked.getByRole('textbox').fill('deleted in Sage');
  await asked.getByRole('button', { name: 'Make importable again' }).click();
  await seen(page.getByText('Ready', { exact: true }));
  assert.match(plain(await page.locator('.document-history').innerText()), /made importable again — deleted in Sage/);
  assert.deepEqual(faults, []);
  await context.close();
});

test('an unknown document is said, and the page fits a narrow screen', async () => {
  const context = await person(browser, { width: 390, height: 844 });
  const { page } = await openPage(context, at('sale/1'));
  await seen(page.getByRole('heading', { level: 1, name: 'Vente 1' }));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const which = await page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((one) => one.getBoundingClientRect().right > 391 && !one.closest('.table-scroll'))
      .map((one) => `${one.tagName}.${one.className}`),
  );
  assert.deepEqual([wide, which], [0, []]);
  await page.goto(at('sale/404'));
  await seen(page.getByRole('alert'));
  await context.close();
});
