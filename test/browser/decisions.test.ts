import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ProfileDocument, RunSummary } from '../../src/api/api.ts';
import type { ProfileInput } from '../../src/profiles/profile.ts';
import { bench, gone, importForReview, openPage, person, plain, seen, settled, textOf } from './browser.ts';
import { lavandeRecords, makeProfile, PERIOD, startLavande } from './lavande.ts';

/** What a person decides in the list of entries, beside the rules that mend a mapping. */
const { browser, comptoir } = await bench();
const shop = await startLavande();
const edited = await startLavande({
  transform: (records) =>
    lavandeRecords(records, { 3: { lines: [['Coffret découverte', '70.00', '14.00']], total: '84.00' } }),
});
const torn = await startLavande({
  transform: (records) => {
    const { orders, refunds } = lavandeRecords(records);
    return { orders: orders.filter(({ dp2 }) => dp2.id !== 5), refunds };
  },
});

test('D-15 the list says whether all was read and which numbers are missing, and so does the run', async () => {
  for (const [at, look, words, said] of [
    [shop, {}, 'Rien ne manque', /La boutique compte 11 documents : tous lus \(11 à comptabiliser\)\. Série #FA0*#?/],
    [torn, {}, '1 point de complétude à vérifier', /1 numéro manquant : #FA000005/],
    [torn, { width: 390, height: 844 }, '1 point de complétude à vérifier', /1 numéro manquant : #FA000005/],
  ] as const) {
    const profile = await makeProfile(comptoir, at, { name: 'Complet' });
    const review = await importForReview(comptoir, profile, PERIOD);
    const context = await person(browser, look);
    const { page, faults } = await openPage(context, `${comptoir.url}/p/${profile}/review/${review}`);
    await (await seen(page.getByRole('button', { name: words }))).click();
    const dialog = await seen(page.getByRole('dialog', { name: 'Complétude' }));
    assert.match(await textOf(dialog), said);
    await page.goto(`${comptoir.url}/p/${profile}/runs/${review}`);
    const panel = await seen(page.locator('section').filter({ hasText: 'Complétude' }));
    assert.match(await textOf(panel), said);
    assert.deepEqual(faults, []);
    await context.close();
  }
});

test('D-33 documents dated in a closed period: one answer frees them, on the next open day or on their own', async () => {
  const advanced = { closedTo: '2018-12-20', lateDocuments: 'ask' } as const;
  const profile = await makeProfile(comptoir, shop, { name: 'Close', part: { advanced } });
  const context = await person(browser);
  for (const [name, date, badge] of [
    ['Dater du 21/12/2018', '21/12/2018', 1],
    ['Garder leur date', '26/11/2018', 0],
  ] as const) {
    const review = await importForReview(comptoir, profile, PERIOD);
    const { page, faults } = await openPage(context, `${comptoir.url}/p/${profile}/review/${review}`);
    const late = await seen(page.locator('.problem').filter({ hasText: 'période close (jusqu’au 20/12/2018)' }));
    assert.match(await textOf(late), /c’est à vous de dire\. Commandes 1, 2 et 3\. /);
    await seen(page.getByRole('button', { name: /^Créer 7 écritures/ }));
    await late.getByRole('button', { name }).click();
    await seen(page.getByText('3 ventes libérées'));
    await gone(late);
    await seen(page.getByRole('button', { name: /^Créer 13 écritures/ }));
    const first = page.getByRole('row').filter({ hasText: '#FA000001' }).filter({ hasText: 'Vente' });
    assert.match(
      await settled(
        () => textOf(first.first()),
        (text) => text.includes(date),
      ),
      new RegExp(`^\\d+ VTE ${date} #FA000001 WEB1 Vente commande 1`),
    );
    assert.equal(await first.first().getByText('Daté du 21/12/2018').count(), badge);
    assert.deepEqual(faults, []);
    await page.close();
    await comptoir.call('POST', `/api/reviews/${review}/close`);
  }
  await context.close();
});

test('a sale edited after its transfer: its correction is proposed unticked and explained, and is taken as a whole', async () => {
  const profile = await makeProfile(comptoir, shop, { name: 'Corrections' });
  const first = await importForReview(comptoir, profile, PERIOD);
  await comptoir.call('POST', `/api/reviews/${first}/write`);
  await settled(
    async () => (await comptoir.call<RunSummary>('GET', `/api/runs/${first}`)).state,
    (state) => state === 'written',
  );
  await moveTo(profile, edited.url);
  const review = await importForReview(comptoir, profile, PERIOD);
  const context = await person(browser);
  const { page, faults } = await openPage(context, `${comptoir.url}/p/${profile}/review/${review}`);
  const notice = await seen(page.getByRole('status').filter({ hasText: '1 vente a changé depuis son transfert.' }));
  await notice.getByRole('button', { name: 'Voir les corrections' }).click();
  await page.waitForURL(/tab=unticked/);
  const entries = page.getByRole('row').filter({ hasText: 'commande 3' });
  await settled(
    () => entries.count(),
    (count) => count === 4,
  );
  assert.deepEqual((await entries.allInnerTexts()).map(plain), [
    '1 VTE 20/12/2018 #FA000003 WEB3 Vente commande 3 Annulation Correction : 9,00 € 75,00 75,00 PayPal',
    '2 VTE 20/12/2018 #FA000003 WEB3 Vente commande 3 Remplacement Correction : 9,00 € 84,00 84,00 PayPal',
    '3 BEU 20/12/2018 #FA000003 WEB3 Règlement commande 3 Annulation Correction : 9,00 € 75,00 75,00 PayPal',
    '4 BEU 20/12/2018 #FA000003 WEB3 Règlement commande 3 Remplacement Correction : 9,00 € 84,00 84,00 PayPal',
  ]);
  assert.match(
    (await page.getByText('Correction : 9,00 €').first().getAttribute('title')) ?? '',
    /écrit pour 75,00.*vaut maintenant 84,00.*Cochez la correction/,
  );
  await seen(page.getByRole('button', { name: /^Créer 0 / }));
  await page.getByRole('checkbox', { name: /écriture 2$/ }).click();
  await gone(notice);
  await seen(page.getByRole('button', { name: /^Créer 4 écritures/ }));
  assert.deepEqual(faults, []);
  await context.close();
});

/** The same shop at another address, where somebody edited an order since. */
async function moveTo(profile: string, url: string): Promise<void> {
  const path = `/api/profiles/${profile}/document`;
  const { revision, profile: document } = await comptoir.call<ProfileDocument>('GET', path);
  const before = document as ProfileInput; // as the server gave it
  await comptoir.call('PUT', path, { revision, profile: { ...before, shop: { ...before.shop, url } } });
}

test('SPEC-7.5 grouped entries: the run hands out the file and its annex, byte for byte', async () => {
  const profile = await makeProfile(comptoir, shop, { name: 'Groupées', part: { advanced: { grouping: 'day' } } });
  const review = await importForReview(comptoir, profile, PERIOD);
  const context = await person(browser);
  const { page, faults } = await openPage(context, `${comptoir.url}/p/${profile}/review/${review}`);
  await (await seen(page.getByRole('button', { name: /^Créer 13 écritures/ }))).click();
  await page.waitForURL(/\/runs\//);
  await seen(page.getByText('Annexe : les documents derrière les écritures regroupées'));
  const folder = join(comptoir.home, 'files', profile);
  for (const name of ['VENTES.pnm', 'VENTES-annexe.csv']) {
    const link = page.locator('.file').getByRole('link', { name: `Télécharger ${name}` });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    assert.equal(download.suggestedFilename(), name);
    assert.deepEqual(await readFile(await download.path()), await readFile(join(folder, name)));
  }
  assert.deepEqual(faults, []);
  await context.close();
});

test('D-16 everything is read anew only when that box is ticked', async () => {
  const profile = await makeProfile(comptoir, shop, { name: 'Relue' });
  const context = await person(browser);
  const { page } = await openPage(context, comptoir.url);
  for (const anew of [false, true]) {
    await page.goto(`${comptoir.url}/p/${profile}?import=sales`);
    const dialog = await seen(page.getByRole('dialog'));
    await dialog.getByRole('checkbox', { name: 'Tout relire dans la boutique' }).setChecked(anew);
    const asked = page.waitForRequest((request) => request.method() === 'POST');
    await dialog.getByRole('button', { name: 'Importer les ventes' }).click();
    assert.equal((await asked).postDataJSON().fresh, anew);
    await page.waitForURL(/\/review\//);
    await comptoir.call('POST', `/api/reviews/${page.url().split('/').at(-1)}/close`);
  }
  await context.close();
});
