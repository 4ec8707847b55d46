import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import type { ProfileDocument } from '../../src/api/api.ts';
import type { Review } from '../../src/api/review.ts';
import type { ProfileInput } from '../../src/profiles/profile.ts';
import { bench, gone, importForReview, openPage, person, seen, settled, textOf } from './browser.ts';
import { makeProfile, PERIOD, startLavande } from './lavande.ts';

/** The list of entries on Maison Lavande: 11 orders, of which 3 are held, 1 has nothing to write, 1 waits for its payment. */
const { browser, comptoir } = await bench();
const shop = await startLavande();

test('S-045 S-074 S-077 S-079 S-080 S-081 the golden orders, tabs that add up, totals that balance', async () => {
  const { page, close } = await list('totals');
  const counts = await tabCounts(page);
  assert.deepEqual(counts, { 'À régler': 4, Prêtes: 13, Décochées: 0, Écartées: 1, 'Déjà transférées': 0, Toutes: 18 });
  assert.equal(
    counts['À régler'] + counts.Prêtes + counts.Décochées + counts.Écartées + counts['Déjà transférées'],
    counts.Toutes,
  );
  assert.equal(await totals(page), 'Total à écrire 13 écritures, 33 lignes 1 630,72 1 630,72 = équilibré');

  await page.getByRole('button', { name: /^Prêtes/ }).click();
  await page.waitForURL(/tab=ready/);
  const rows = await settled(
    () => rowTexts(page),
    (texts) => texts[10]?.startsWith('4457120') ?? false,
  );
  assert.deepEqual(rows.slice(0, 7), [
    '1 VTE 26/11/2018 #FA000001 WEB1 Vente commande 1 483,60 483,60 Carte bancaire',
    '4110000 Clients WEBFRANCE #FA000001 - 1 483,60',
    '707100 Ventes #FA000001 - 1 C20 403,00',
    '4457120 TVA 20 % #FA000001 - 1 C20 20,00 % 80,60',
    '2 BEU 26/11/2018 #FA000001 WEB1 Règlement commande 1 483,60 483,60 Carte bancaire',
    '4110000 Clients WEBFRANCE Carte bancaire 1 483,60',
    '5125 Banque Carte bancaire 1 483,60',
  ]);
  assert.deepEqual(rows.slice(7, 11), [
    '3 VTE 20/12/2018 #FA000002 WEB2 Vente commande 2 13,46 13,46 Carte bancaire',
    '4110000 Clients WEBFRANCE #FA000002 - 2 13,46',
    '707100 Ventes #FA000002 - 2 C20 11,22',
    '4457120 TVA 20 % #FA000002 - 2 C20 20,00 % 2,24',
  ]);
  assert.equal(await page.getByRole('gridcell', { name: 'Débit 483,60' }).count(), 4, 'a figure says its column');
  await close();
});

test('entries are added up by journal, account, day or payment; a sub-total opens its entries', async () => {
  const { page, close } = await list('groups');
  await page.getByLabel('Regrouper par').selectOption('journal');
  const table = await seen(page.getByRole('region', { name: 'Sous-totaux, Journal' }));
  const told = await textOf(table);
  assert.match(told, /Total 13 33 1 630,72 1 630,72$/, told);
  await page.getByLabel('Regrouper par').selectOption('account');
  const accounts = await seen(page.getByRole('region', { name: 'Sous-totaux, Compte' }));
  assert.match(await textOf(accounts), /4457120 TVA 20 % 7 7 160,80 5125/);
  await accounts.getByRole('button', { name: '4457120' }).click();
  assert.match(await textOf(await seen(page.getByRole('status').filter({ hasText: /au filtre/ }))), /^7 écritures/);
  await close();
});

test('the order of an entry, and of the panel that explains a line, opens its document', async () => {
  const { page, close, run } = await list('links');
  const address = new RegExp(`/p/${run.profile}/documents/sale/`);
  await page.getByRole('row').filter({ hasText: 'commande 1' }).getByRole('link').first().click();
  await page.waitForURL(address);
  await page.goto(`${comptoir.url}/p/${run.profile}/review/${run.id}/1/1`);
  await page.getByRole('complementary', { name: 'Pourquoi ce compte ?' }).getByRole('link', { name: '1' }).click();
  await page.waitForURL(address);
  await close();
});

test('S-082 filters take operators, live in the address, change nothing to write, and tick in bulk', async () => {
  const { page, close, run } = await list('filters');
  const debit = page.getByLabel(/Débit/).and(page.locator('input'));
  await debit.fill('>=400');
  await page.waitForURL(/f\.debit=/);
  const bar = await seen(page.getByRole('status').filter({ hasText: /au filtre|correspond/ }));
  assert.match(await textOf(bar), /^2 écritures/);
  await seen(page.getByRole('button', { name: /^Créer 13 écritures/ }));

  await debit.fill('10..30');
  assert.match(
    await settled(
      () => textOf(bar),
      (text) => text.startsWith('6 '),
    ),
    /^6 écritures/,
    '13,46, 28,80 and 18,00 twice each',
  );
  await bar.getByRole('button', { name: 'Décocher les 6' }).click();
  await seen(page.getByRole('button', { name: /^Créer 7 écritures/ }));
  await bar.getByRole('button', { name: /^Cocher/ }).click();
  await seen(page.getByRole('button', { name: /^Créer 13 écritures/ }));
  await page.getByRole('button', { name: 'Exporter' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Ce que trouve le filtre (CSV)' }).click(),
  ]);
  const rows = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
  assert.deepEqual(
    [new Set(rows.slice(1).map((row) => row.split(';')[3])).size, file.suggestedFilename()],
    [...[6, `ecritures-ventes-${run.id}.csv`]],
  );
  await bar.getByRole('button', { name: 'Exclure…' }).click();
  const out = await seen(page.getByRole('dialog', { name: /^Exclure 3 documents pour de bon/ }));
  await out.getByRole('textbox').fill('Petites ventes');
  await out.getByRole('button', { name: 'Exclure 3 documents' }).click();
  await (await seen(page.getByText('3 ventes exclues pour de bon'))).waitFor();
  await seen(page.getByRole('button', { name: /^Créer 7 écritures/ }));
  await page.getByRole('button', { name: 'Annuler', exact: true }).click();
  await seen(page.getByRole('button', { name: /^Créer 13 écritures/ }));

  await page.goto(`${comptoir.url}/p/${run.profile}/review/${run.id}?f.account=%5E707&f.payment=PayPal&sort=-debit`);
  const linked = await seen(page.getByRole('status').filter({ hasText: /au filtre|correspond/ }));
  assert.match(await textOf(linked), /^3 écritures/, 'a link shows the same list');
  assert.equal(await page.getByRole('columnheader', { name: /Débit/ }).getAttribute('aria-sort'), 'descending');
  const heads = (await rowTexts(page)).filter((text) => /Vente commande/.test(text));
  assert.deepEqual(
    heads.map((text) => /commande (\d+)/.exec(text)?.[1]),
    ['3', '10', '5'],
    '75,00, 47,00, 28,80',
  );
  await page.getByRole('columnheader', { name: /Débit/ }).getByRole('button').click();
  await settled(
    async () => new URL(page.url()).searchParams.get('sort'),
    (sort) => sort === null,
  );

  await page.getByRole('button', { name: /Paiement : PayPal|Paiement.*: PayPal/ }).click();
  const choices = page.getByRole('checkbox', { name: /\d$/ }).and(page.locator('.filter-choices input'));
  const named = await page.locator('.filter-choices label').allInnerTexts();
  assert.ok(named.length > 1 && named.every((text) => /\d+$/.test(text)), 'each value says how many entries have it');
  await choices.nth(0).check();
  await page.waitForURL(/f\.payment=[^&]*%7C/);
  const both = Number(
    /^(\d+)/.exec(
      await settled(
        () => textOf(linked),
        (text) => !text.startsWith('3 '),
      ),
    )?.[1],
  );
  assert.ok(both > 3, 'two methods have more entries than one');
  await page.keyboard.press('Escape');
  await page.getByRole('treegrid').focus();
  await page.keyboard.press('e');
  await seen(page.getByRole('menuitem', { name: /Ce que trouve le filtre \(XLSX\)/ }));
  await page.keyboard.press('Escape');
  assert.match(
    (await page.getByRole('link', { name: 'Exporter ce filtre' }).getAttribute('href')) ?? '',
    /f\.payment=/,
  );

  await page
    .getByLabel(/Libellé/)
    .and(page.locator('input'))
    .fill('zzz');
  await seen(page.getByText('Aucune écriture ne correspond'));
  await page
    .getByRole('button', { name: /Effacer le filtre/ })
    .first()
    .click();
  await settled(
    async () => new URL(page.url()).search,
    (search) => !search.includes('f.'),
  );
  await seen(page.getByRole('row').filter({ hasText: 'commande 1' }));
  await close();
});

test('S-042 S-076 a box, the range from it with Shift, and the box of the head', async () => {
  const { page, close } = await list('ticks', '?tab=ready');
  const box = (number: number) => page.getByRole('checkbox', { name: new RegExp(`écriture ${number}$`) });
  assert.equal(await (await seen(box(1))).isChecked(), true, 'S-076 ticked by default');
  await box(1).click();
  await seen(page.getByRole('button', { name: /^Créer 12 écritures/ }));
  assert.equal((await tabCounts(page)).Décochées, 1);
  await page.getByRole('button', { name: /^Toutes/ }).click();
  await seen(box(2));
  await box(2).click();
  await seen(page.getByRole('button', { name: /^Créer 11 écritures/ }));
  await box(5).click({ modifiers: ['Shift'] });
  await seen(page.getByRole('button', { name: /^Créer 8 écritures/ }));
  await page.getByRole('checkbox', { name: /Cocher toutes/ }).click();
  await seen(page.getByRole('button', { name: /^Créer 13 écritures/ }));
  await page.getByRole('checkbox', { name: /Cocher toutes/ }).click();
  const create = await seen(page.getByRole('button', { name: /^Créer 0 écriture/ }));
  assert.equal(await create.isDisabled(), true);
  assert.match(String(await create.getAttribute('title')), /cochée/, 'a button that cannot be pressed says why');
  await close();
});

test('S-075 S-078 S-084 grouped by number by default; flat, each line has all its columns; entries fold', async () => {
  const { page, close } = await list('flat', '?tab=ready');
  assert.equal(await page.getByLabel('Regrouper par').inputValue(), 'entry', 'S-078');
  const lines = page.getByRole('row').filter({ hasText: '707100' });
  await seen(lines);
  await page.getByRole('button', { name: 'Replier l’écriture 1', exact: true }).click();
  await gone(page.getByRole('row').filter({ hasText: '403,00' }));
  await page.getByRole('button', { name: 'Déplier l’écriture 1', exact: true }).click();
  await seen(page.getByRole('row').filter({ hasText: '403,00' }));
  await page.getByRole('button', { name: 'Tout replier' }).click();
  await gone(page.getByRole('row').filter({ hasText: '707100' }));
  await page.getByRole('button', { name: 'Tout déplier' }).click();
  await seen(page.getByRole('row').filter({ hasText: '707100' }));

  await page.getByLabel('Regrouper par').selectOption('flat');
  await page.waitForURL(/flat=1/);
  const rows = await settled(
    () => rowTexts(page),
    (texts) => texts[1]?.includes('VTE') ?? false,
  );
  const first = rows.findIndex((text) => text.startsWith('VTE'));
  assert.equal(
    rows[first + 1],
    'VTE 26/11/2018 1 #FA000001 WEB1 707100 Ventes #FA000001 - 1 C20 403,00 Carte bancaire',
  );
  assert.equal(
    rows[first + 2],
    'VTE 26/11/2018 1 #FA000001 WEB1 4457120 TVA 20 % #FA000001 - 1 C20 20,00 % 80,60 Carte bancaire',
  );
  const heads = (await page.getByRole('columnheader').allInnerTexts()).map((text) => text.trim());
  assert.deepEqual(
    heads.slice(1, 14),
    [
      'Journal',
      'Date',
      'N°',
      'N° de pièce',
      'Référence',
      'Compte',
      'Compte client',
      'Libellé',
      'Code',
      'Taux',
      'Débit',
      'Crédit',
      'Paiement',
    ],
    'S-075',
  );
  await close();
});

test('why this account: by the keyboard, in the address, with the document; Escape goes back to the list', async () => {
  const { page, close, run } = await list('why', '?tab=ready');
  await seen(page.getByRole('row').filter({ hasText: '403,00' }));
  await page.getByRole('treegrid').focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
  await page.waitForURL(new RegExp(`${run.id}/1/1`));
  const why = await seen(page.getByRole('complementary', { name: 'Pourquoi ce compte ?' }));
  await settled(
    () => textOf(why),
    (text) => text.includes('403,00'),
  );
  const told = await textOf(why);
  for (const part of ['707100', '403,00 crédit', 'Huile essentielle de lavande', '483,60 €', '#FA000001', 'France'])
    assert.ok(told.includes(part), `${part}: ${told}`);
  await why.getByRole('button', { name: 'Ligne suivante' }).click();
  await settled(
    () => textOf(why),
    (text) => text.includes('4457120'),
  );
  await why.getByRole('button', { name: 'Données lues' }).click();
  const data = await seen(page.getByRole('dialog', { name: /Données lues de la commande 1/ }));
  assert.match(await textOf(data), /"gross": "483.60/);
  await page.keyboard.press('Escape');
  await gone(data);
  await page.keyboard.press('Escape');
  await gone(why);
  assert.equal(
    await page.evaluate(() => document.activeElement?.getAttribute('role')),
    'treegrid',
    'the focus goes back',
  );

  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  await seen(page.getByRole('button', { name: /^Créer 12 écritures/ }));
  await page.keyboard.press('f');
  assert.match(String(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))), /N°/);
  await page.keyboard.type('?');
  assert.equal(await page.getByRole('dialog').count(), 0, 'a letter in a field is a letter');
  await page.getByRole('treegrid').focus();
  await page.keyboard.press('?');
  await seen(page.getByRole('dialog'));
  await close();
});

test('a missing VAT account and an unknown payment are mended on their line, the counts follow, the profile learns', async () => {
  const { page, close, run } = await list('mend');
  const band = await seen(page.getByRole('region', { name: /points? à régler/ }));
  const vat = band.locator('.problem').filter({ hasText: /belge|Belgique/ });
  assert.match(await textOf(await seen(vat)), /4 et 7/);
  assert.equal(
    await vat.getByLabel('Compte', { exact: false }).first().inputValue(),
    '4457131',
    'beside the home accounts',
  );
  await vat.getByRole('button', { name: 'Ajouter et libérer 2 ventes' }).click();
  await seen(page.getByText('2 ventes libérées'));
  await gone(vat);
  await seen(page.getByRole('button', { name: /^Créer 17 écritures/ }));
  await seen(page.getByRole('row').filter({ hasText: '4457131' }));

  const payment = band.locator('.problem').filter({ hasText: 'Alma 3x' });
  await payment.getByRole('button', { name: 'Associer' }).click();
  await gone(payment);
  await seen(page.getByRole('button', { name: /^Créer 18 écritures/ }));
  const counts = await tabCounts(page);
  assert.deepEqual(counts, { 'À régler': 1, Prêtes: 18, Décochées: 0, Écartées: 1, 'Déjà transférées': 0, Toutes: 20 });
  const { profile } = await comptoir.call<{ profile: { mappings: { taxes: unknown; payments: unknown } } }>(
    'GET',
    `/api/profiles/${run.profile}/document`,
  );
  assert.match(JSON.stringify(profile.mappings.taxes), /"BE".*4457131|4457131.*"BE"/);
  assert.match(JSON.stringify(profile.mappings.payments), /alma_3x/);
  await close();
});

test('an order that does not add up: show the sum, exclude it for good with a reason, take it back', async () => {
  const { page, close, run } = await list('sum');
  const band = await seen(page.getByRole('region', { name: /points? à régler/ }));
  const wrong = band.locator('.problem').filter({ hasText: '89,94' });
  await wrong.getByRole('button', { name: 'Voir le calcul' }).click();
  const sum = await seen(page.getByRole('dialog', { name: 'Voir le calcul' }));
  assert.match(await textOf(sum), /Somme des lignes 89,94 € Annoncé par la boutique 90,00 € Écart 0,06 €/);
  await page.keyboard.press('Escape');
  await gone(sum);
  await wrong.getByRole('button', { name: /Exclure/ }).click();
  const exclude = await seen(page.getByRole('dialog'));
  const act = exclude.getByRole('button', { name: /^Exclure/ });
  assert.equal(await act.isDisabled(), true, 'a reason is asked');
  await exclude.getByRole('textbox').fill('Payée deux fois');
  await act.click();
  await gone(exclude);
  await gone(wrong);
  assert.deepEqual((await tabCounts(page)).Écartées, 2);
  const notice = await seen(page.getByRole('status').filter({ hasText: '1 vente exclue pour de bon' }));
  await notice.getByRole('button', { name: 'Annuler' }).click();
  await seen(wrong);
  assert.deepEqual((await tabCounts(page)).Écartées, 1, 'undone at once');
  await wrong.getByRole('button', { name: /Exclure/ }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('Payée deux fois');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Exclure/ })
    .dblclick();
  await gone(wrong);
  await page.getByRole('button', { name: /^Écartées/ }).click();
  const row = await seen(page.getByRole('row').filter({ hasText: 'Payée deux fois' }));
  await row.getByRole('button').click();
  await settled(
    async () => (await tabCounts(page))['À régler'],
    (count) => count === 4,
  );
  const review = await comptoir.call<Review>('GET', `/api/reviews/${run.id}`);
  assert.deepEqual([review.tabs.toMend, review.tabs.excluded], [4, 1]);
  await close();
});

test('S-048 S-050 the golden credit note is the mirror of its sale', async () => {
  const profile = await makeProfile(comptoir, shop, { name: 'Lavande avoirs' });
  const sales = await importForReview(comptoir, profile, PERIOD);
  await comptoir.call('POST', `/api/reviews/${sales}/write`);
  await settled(
    async () => (await comptoir.call<{ state: string }>('GET', `/api/runs/${sales}`)).state,
    (state) => state === 'written',
  );
  const run = await importForReview(comptoir, profile, { ...PERIOD, kind: 'creditNotes' });
  const context = await person(browser);
  const { page, faults } = await openPage(context, `${comptoir.url}/p/${profile}/review/${run}`);
  const rows = await settled(
    () => rowTexts(page),
    (texts) => texts.length > 3,
  );
  const note = rows.findIndex((text) => text.includes('Avoir'));
  assert.deepEqual(
    rows.slice(note, note + 4).map((text) => text.replace(/ #AV.*? (?=C20|403)/, ' … ')),
    [
      '1 VTE 22/12/2018 #AV000001 WEB1 Avoir commande 1 403,00 403,00 Carte bancaire',
      '4110000 Clients WEBFRANCE … 403,00',
      '707100 Ventes … C20 335,83',
      '4457120 TVA 20 % … C20 20,00 % 67,17',
    ].map((text) => text.replace(/ #AV.*? (?=C20|403)/, ' … ')),
  );
  assert.deepEqual(faults, []);
  await context.close();
});

test('a cure of credit notes says credit notes, and only how many it frees', async () => {
  const profile = await makeProfile(comptoir, shop, { name: 'Lavande avoirs sans TVA' });
  const path = `/api/profiles/${profile}/document`;
  const { revision, profile: given } = await comptoir.call<ProfileDocument>('GET', path);
  const { mappings, ...rest } = given as ProfileInput; // the server's own document
  const without = { ...rest, mappings: { ...mappings, taxes: {} } };
  await comptoir.call('PUT', path, { revision, profile: without });
  const run = await importForReview(comptoir, profile, { ...PERIOD, kind: 'creditNotes' });
  const context = await person(browser);
  const { page } = await openPage(context, `${comptoir.url}/p/${profile}/review/${run}`);
  await (await seen(page.getByLabel('Compte', { exact: true }))).fill('4457120');
  await page.getByRole('button', { name: 'Ajouter et libérer 1 avoir', exact: true }).click();
  await seen(page.getByText('1 avoir libéré'));
  await context.close();
});

test('two people at once: ticks of one are seen by the other, and what one wrote the other cannot write again', async () => {
  const { page, close, run } = await list('two');
  const other = await person(browser, { language: 'en' });
  const { page: second } = await openPage(other, page.url());
  await seen(second.getByRole('button', { name: /^Create 13 entries/ }));
  await page.getByRole('checkbox', { name: /écriture 1$/ }).click();
  await seen(page.getByRole('button', { name: /^Créer 12 écritures/ }));
  await second.reload();
  await seen(second.getByRole('button', { name: /^Create 12 entries/ }));
  await page.getByRole('button', { name: /^Créer 12 écritures/ }).click();
  await page.waitForURL(/\/runs\//);
  await second.getByRole('button', { name: /^Create 12 entries/ }).click();
  await seen(second.getByRole('alert'));
  const runs = await comptoir.call<{ file: unknown }[]>('GET', `/api/profiles/${run.profile}/runs`);
  assert.equal(runs.filter(({ file }) => file !== null).length, 1);
  await other.close();
  await close();
});

test('S-083 the server restarts under an open list: the log replays, the review stands; closing writes nothing', async () => {
  const { page, close, run } = await list('restart');
  await comptoir.restart();
  await page.getByRole('checkbox', { name: /écriture 1$/ }).click();
  await seen(page.getByRole('button', { name: /^Créer 12 écritures/ }));
  await page.goto(`${comptoir.url}/p/${run.profile}`);
  const log = await seen(page.getByRole('log'));
  await settled(
    () => textOf(log),
    (text) => text.includes('Alma 3x'),
  );
  assert.match(await textOf(log), /Alma 3x/);
  await page.goto(`${comptoir.url}/p/${run.profile}/review/${run.id}`);
  await page.getByRole('button', { name: 'Fermer', exact: true }).click();
  const confirm = await seen(page.getByRole('dialog', { name: /Fermer sans écrire/ }));
  await confirm.getByRole('button', { name: 'Fermer sans écrire' }).click();
  await page.waitForURL(new RegExp(`/p/${run.profile}$`));
  const [closed] = await comptoir.call<{ state: string; file: unknown }[]>('GET', `/api/profiles/${run.profile}/runs`);
  assert.deepEqual([closed?.state, closed?.file], ['closed', null]);
  await close();
});

/** A profile and a review of its own for a test, opened by a French person. */
async function list(name: string, search = '') {
  const profile = await makeProfile(comptoir, shop, { name: `Lavande ${name}` });
  const id = await importForReview(comptoir, profile, PERIOD);
  const context = await person(browser);
  const { page, faults } = await openPage(context, `${comptoir.url}/p/${profile}/review/${id}${search}`);
  await seen(page.getByRole('treegrid'));
  await seen(page.getByRole('button', { name: /^Créer 13 écritures/ }));
  const close = async () => {
    assert.deepEqual(
      faults.filter((fault) => !/ERR_|Failed to load resource/.test(fault)),
      [],
    );
    await context.close();
  };
  return { page, close, run: { id, profile } };
}

async function tabCounts(page: Page) {
  const texts = await page.getByRole('group', { name: 'Écritures par état' }).getByRole('button').allInnerTexts();
  const pairs = texts.map((text) => /^(.+?)\s*(\d+)$/s.exec(text.replace(/\s+/g, ' ').trim()) ?? []);
  return Object.fromEntries(pairs.map(([, label = '', count = '']) => [label, Number(count)])) as Record<
    'À régler' | 'Prêtes' | 'Décochées' | 'Écartées' | 'Déjà transférées' | 'Toutes',
    number
  >; // the six tabs
}

async function totals(page: Page): Promise<string> {
  return textOf(await seen(page.getByRole('row').filter({ hasText: 'Total à écrire' })));
}

/** The rows in sight, in their order on the screen, without heads, filters and totals. */
async function rowTexts(page: Page): Promise<string[]> {
  const rows: Locator = page.getByRole('treegrid').locator('[role=row][id^=row-]');
  const texts = await rows.evaluateAll((elements) =>
    elements
      .sort((a, b) => Number(a.getAttribute('aria-rowindex')) - Number(b.getAttribute('aria-rowindex')))
      .map((element) => (element instanceof HTMLElement ? element.innerText : '')),
  );
  return texts.map((text) => text.replace(/\s+/g, ' ').trim());
}
