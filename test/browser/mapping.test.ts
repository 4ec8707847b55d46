import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { ProfileDocument } from '../../src/api/api.ts';
import type { Profile } from '../../src/profiles/profile.ts';
import { bench, gone, openPage, person, seen, settled, textOf } from './browser.ts';
import { makeProfile, startLavande } from './lavande.ts';

/** The mappings in the browser: gaps, defaults, exceptions edited in place, pasted, deleted, tried; changes guarded. */
const { browser, comptoir } = await bench();
const shop = await startLavande();
const SCREENS = process.env.MAPPING_SCREENS;

async function taxesOf(profile: string): Promise<Profile['mappings']['taxes']> {
  const { profile: saved } = await comptoir.call<ProfileDocument>('GET', `/api/profiles/${profile}/document`);
  return (saved as Profile).mappings.taxes; // saved by the server, which validated it
}

const apply = (page: Page) => page.getByRole('button', { name: 'Appliquer', exact: true });

test('S-167 S-204 a value seen in the shop gets its account where it is told, and the mapping answers with it', async () => {
  const profile = await makeProfile(comptoir, shop, { name: 'Mappages' });
  const context = await person(browser);
  const { page, faults } = await openPage(context, `${comptoir.url}/p/${profile}/mapping/taxes`);
  const band = await seen(page.getByRole('region', { name: /sans compte/ }));
  const before = (await taxesOf(profile)).exceptions.length;
  if (SCREENS) {
    mkdirSync(SCREENS, { recursive: true });
    await page.screenshot({ path: `${SCREENS}/taxes.png` });
  }
  await (await seen(band.getByRole('button', { name: /^et \d+ autres/ }))).click();
  const belgian = band.getByRole('listitem').filter({ hasText: 'TVA BE 21' });
  assert.match(await textOf(belgian), /Belgique/);
  await belgian.getByLabel(/Compte de taxe/).fill('4457221');
  await belgian.getByRole('button', { name: 'Ajouter' }).click();
  await gone(belgian);
  const tried = page.getByRole('region', { name: 'Essayer' });
  await tried.getByLabel('Pays').fill('BE');
  await tried.getByLabel('Taxe').fill('21%');
  await seen(tried.getByRole('status').getByText('4457221'));
  await (await seen(apply(page))).click();
  await seen(page.getByText('Enregistré', { exact: true }));
  const { exceptions } = await taxesOf(profile);
  assert.equal(exceptions.length, before + 1);
  assert.equal(exceptions.at(-1)?.account, '4457221');
  await gone(belgian);
  assert.deepEqual(faults, []);
  await context.close();
});

test('S-172 S-182 S-183 exceptions are added, edited by keyboard, pasted from a spreadsheet, filtered and deleted', async () => {
  const profile = await makeProfile(comptoir, shop, { name: 'Exceptions' });
  const context = await person(browser);
  const { page } = await openPage(context, `${comptoir.url}/p/${profile}/mapping/carriers`);
  await seen(page.getByText(/Boutique lue à/)); // names are there once the shop has said them
  const grid = page.getByRole('region', { name: 'Exceptions', exact: true });
  await seen(page.getByText(/Aucune exception/));
  await grid.getByRole('button', { name: 'Ajouter', exact: true }).click();
  await seen(grid.getByLabel('Pays, ligne 1'));
  await page.keyboard.type('DE');
  await page.keyboard.press('Tab');
  await page.keyboard.type('flat_rate');
  await page.keyboard.press('Tab');
  await grid.getByLabel('Port avec TVA, ligne 1').evaluate((cell) => {
    const data = new DataTransfer();
    data.setData('text/plain', '708510\t708520\n708511\t708521\n');
    cell.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  assert.equal(await grid.getByLabel('Port sans TVA, ligne 2').inputValue(), '708521');
  await grid.getByLabel('Pays, ligne 2').fill('BE');
  await grid.getByLabel('Pays, ligne 2').press('ArrowUp');
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'Pays, ligne 1');
  await page.keyboard.type('X');
  await page.keyboard.press('Escape');
  assert.equal(await grid.getByLabel('Pays, ligne 1').inputValue(), 'Allemagne');
  await grid.getByLabel('Filtrer : Port avec TVA').fill('708511');
  await gone(grid.getByLabel('Pays, ligne 1'));
  await grid.getByLabel('Choisir la ligne 2').check();
  await grid.getByRole('button', { name: 'Supprimer 1 ligne' }).click();
  await seen(grid.getByText('Aucune exception ne correspond.'));
  await grid.getByRole('button', { name: 'Effacer le filtre' }).click();
  if (SCREENS) await page.screenshot({ path: `${SCREENS}/carriers.png` });
  await page.keyboard.press('Control+s');
  await seen(page.getByText('Enregistré', { exact: true }));
  const { profile: saved } = await comptoir.call<ProfileDocument>('GET', `/api/profiles/${profile}/document`);
  const { exceptions } = (saved as Profile).mappings.carriers; // validated by the server
  assert.deepEqual(
    exceptions.map(({ country, item, shippingWithVat, shippingWithoutVat }) => [
      country,
      item,
      shippingWithVat,
      shippingWithoutVat,
    ]),
    [['DE', 'flat_rate', '708510', '708520']],
  );
  await context.close();
});

test('S-171 S-173 the default goes to all; a row twice is told; leaving with changes asks, by links, keys and Back', async () => {
  const profile = await makeProfile(comptoir, shop, { name: 'Gardé' });
  const context = await person(browser);
  const { page } = await openPage(context, `${comptoir.url}/p/${profile}`);
  await (await seen(page.getByRole('link', { name: /^Mappages/ }))).click();
  await (await seen(page.getByRole('link', { name: /Taxes/ }).first())).click();
  const grid = page.getByRole('region', { name: 'Exceptions', exact: true });
  await seen(grid.getByLabel('Compte de taxe, ligne 1'));
  const rows = (await taxesOf(profile)).exceptions.length;
  await page.locator('#default-code').fill('C99');
  await page.getByRole('button', { name: 'Appliquer à tous' }).click();
  await (await seen(page.getByRole('button', { name: new RegExp(`Code taxe : ${rows} exceptions?`) }))).click();
  assert.equal(await grid.getByLabel('Code taxe, ligne 1').inputValue(), 'C99');

  const asks = page.getByRole('dialog', { name: 'Quitter la configuration ?' });
  await page.getByRole('link', { name: 'Historique' }).click();
  await seen(asks);
  await asks.getByRole('button', { name: 'Rester' }).click();
  await page.goBack();
  await seen(asks);
  assert.match(page.url(), /mapping\/taxes$/);
  await asks.getByRole('button', { name: 'Rester' }).click();
  await gone(asks);

  await grid.getByRole('button', { name: 'Ajouter', exact: true }).click();
  const first = (await taxesOf(profile)).exceptions[0];
  await grid.getByLabel(`Pays, ligne ${rows + 1}`).fill(first?.country ?? '');
  await grid.getByLabel(`Taxe, ligne ${rows + 1}`, { exact: true }).fill(first?.item ?? '');
  await seen(grid.getByText('jamais atteinte'));
  await apply(page).click();
  await seen(page.getByRole('alert'));
  await grid.getByLabel(`Choisir la ligne ${rows + 1}`).check();
  await grid.getByRole('button', { name: 'Supprimer 1 ligne' }).click();
  await page.getByRole('link', { name: 'Historique' }).click();
  await (await seen(asks.getByRole('button', { name: 'Enregistrer' }))).click();
  await page.waitForURL(/\/runs$/);
  const codes = await settled(
    async () => (await taxesOf(profile)).exceptions.map(({ code }) => code),
    (all) => all.every((code) => code === 'C99'),
  );
  assert.ok(codes.every((code) => code === 'C99'));
  await context.close();
});

test('S-190 T-06 exceptions are grouped by a column, folded, edited in their group; a label with another rate is told', async () => {
  const profile = await makeProfile(comptoir, shop, { name: 'Regroupées' });
  const { revision, profile: saved } = await comptoir.call<ProfileDocument>('GET', `/api/profiles/${profile}/document`);
  const own = saved as Profile; // saved by the server, which validated it
  const rule = (country: string | null, item: string, account: string) => ({ country, item, account, code: null });
  const exceptions = [rule('BE', '21%', '4457221'), rule('FR', '20%', '4457120'), rule('BE', '6%', '4457206')];
  await comptoir.call('PUT', `/api/profiles/${profile}/document`, {
    revision,
    profile: {
      ...own,
      chart: { ...own.chart, accounts: { ...own.chart.accounts, '4457120': 'TVA collectée 20,60 %' } },
      mappings: { ...own.mappings, taxes: { ...own.mappings.taxes, exceptions } },
    },
  });
  const context = await person(browser);
  const { page, faults } = await openPage(context, `${comptoir.url}/p/${profile}/mapping/taxes`);
  await seen(page.getByRole('note').filter({ hasText: /20,60\s%\s», mais il reçoit la TVA à 20/ }));
  const grid = page.getByRole('region', { name: 'Exceptions', exact: true });
  await grid.getByLabel('Regrouper par').selectOption('country');
  const belgian = await seen(grid.getByRole('button', { name: /^Belgique/ }));
  const order = async () =>
    grid.getByLabel(/^Compte de taxe, ligne/).evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
  assert.deepEqual(await order(), ['4457221', '4457206', '4457120'], 'Belgium, then France');
  await grid.getByLabel('Compte de taxe, ligne 3').fill('4457299');
  await page.keyboard.press('Tab');
  await belgian.click();
  assert.equal(await belgian.getAttribute('aria-expanded'), 'false');
  assert.deepEqual(await order(), ['4457120']);
  await (await seen(apply(page))).click();
  await seen(page.getByText('Enregistré', { exact: true }));
  const accounts = async () => (await taxesOf(profile)).exceptions.map(({ account }) => account);
  assert.deepEqual(
    await accounts(),
    ['4457221', '4457120', '4457299'],
    'a group is a view: the rules stay in their order',
  );
  const download = page.waitForEvent('download');
  await grid.getByRole('link', { name: 'Exporter en XLSX' }).click();
  assert.match((await download).suggestedFilename(), /-taxes\.xlsx$/);
  assert.deepEqual(faults, []);
  await context.close();
});

test('S-174 a shop that does not answer leaves the mappings to be edited by id', async () => {
  const { id } = await comptoir.call<{ id: string }>('POST', '/api/profiles', {
    ...{ name: 'Muette', shop: 'woocommerce', url: 'http://127.0.0.1:9', ledger: 'sage-pnm' },
    ...{ template: 'france', credentials: { key: 'k', secret: 's' } },
  });
  const context = await person(browser, { language: 'en' });
  const { page } = await openPage(context, `${comptoir.url}/p/${id}/mapping/payments`);
  await seen(page.getByText(/mappings can still be edited/));
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByLabel('Payment method, row 1').fill('stripe');
  await page.getByLabel('Create, row 1').selectOption('true');
  await page.getByLabel('Bank, row 1').fill('517100');
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await seen(page.getByText('Saved', { exact: true }));
  await context.close();
});
