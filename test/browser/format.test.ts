import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { ProfileDocument } from '../../src/api/api.ts';
import type { Profile } from '../../src/profiles/profile.ts';
import type { FormatDefinition } from '../../src/schema/format-definition.ts';
import { bench, gone, importForReview, openPage, person, seen, settled } from './browser.ts';
import { makeProfile, startLavande } from './lavande.ts';

/** S-145 The designer of a file format: columns chosen, moved and changed, the preview beside them, saved and written. */
const { browser, comptoir } = await bench();
const shop = await startLavande();
const SCREENS = process.env.FORMAT_SCREENS;
const CABINET = new URL('../../docs/samples/cabinet-riviere.json', import.meta.url);

async function ledgerOf(profile: string): Promise<Profile['ledger']> {
  const { profile: saved } = await comptoir.call<ProfileDocument>('GET', `/api/profiles/${profile}/document`);
  return (saved as Profile).ledger; // saved by the server, which validated it
}

const apply = (page: Page) => page.getByRole('button', { name: 'Appliquer', exact: true });
const lines = (page: Page) => page.getByRole('region', { name: 'Lignes du fichier' });
const inspector = (page: Page) => page.locator('.format-inspector');
const column = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const shot = async (page: Page, name: string) => {
  if (SCREENS === undefined) return;
  mkdirSync(SCREENS, { recursive: true });
  await page.screenshot({ path: `${SCREENS}/${name}.png` });
};

test('S-145 a definition is opened from a file, tried live, changed, saved, and the next import writes it', async () => {
  const profile = await makeProfile(comptoir, shop, { name: 'Maison Lavande' });
  const context = await person(browser);
  const { page, faults } = await openPage(context, `${comptoir.url}/p/${profile}/format`);
  await seen(page.getByText('Ce format est prêt'));
  await page.locator('input[type=file]').setInputFiles({
    name: 'cabinet.json',
    mimeType: 'application/json',
    buffer: readFileSync(CABINET),
  });
  await seen(page.getByText('écritures d’exemple').or(page.getByText("écritures d'exemple")));
  await seen(page.getByText(/Relu/));
  await seen(lines(page).getByText('000000048360').first());
  await seen(page.getByText('74 caractères par ligne'));

  await column(page, 'Montant').click();
  assert.equal(await inspector(page).getByLabel('Largeur').inputValue(), '12');
  assert.ok((await lines(page).locator('.lit').count()) >= 8);
  await shot(page, 'designer');
  await lines(page).getByRole('button', { name: 'WEBFRANCE' }).first().click();
  assert.equal(await inspector(page).getByLabel('Colonne', { exact: true }).inputValue(), 'Tiers');

  await column(page, 'Date').click();
  await inspector(page).getByLabel('Largeur').fill('4');
  const alert = await seen(inspector(page).getByText(/JJMMAA.*dépasse les 4 caractères/));
  await seen(page.getByText('1 point à corriger'));
  assert.equal(await apply(page).isDisabled(), true);
  await inspector(page).getByLabel('Forme de la date').selectOption('JJMMAAAA');
  await inspector(page).getByLabel('Largeur').fill('8');
  await gone(alert);
  await seen(page.getByText('76 caractères par ligne'));

  await column(page, 'Date').press('Alt+ArrowUp');
  await seen(lines(page).locator('.format-line').filter({ hasText: '26112018VTE411' }));

  await (await seen(apply(page))).click();
  await seen(page.getByText('Enregistré'));
  const { type, definition } = await ledgerOf(profile);
  assert.equal(type, 'custom');
  assert.deepEqual(definition?.records.line.columns.map(({ name }) => name).slice(0, 3), ['Date', 'Journal', 'Compte']);

  const run = await importForReview(comptoir, profile, { from: '2018-11-26', to: '2018-12-20' });
  await comptoir.call('POST', `/api/reviews/${run}/write`);
  await settled(
    async () => (await comptoir.call<{ state: string }>('GET', `/api/runs/${run}`)).state,
    (state) => state === 'written',
  );
  const answer = await page.request.get(`${comptoir.url}/api/runs/${run}/file`);
  assert.match((await answer.body()).toString('latin1'), /^26112018VTE411/m);
  await page.reload();
  await seen(page.getByText('écritures du dernier import'));
  assert.deepEqual(faults, []);
  await context.close();
});

test('S-145 a known format is a start; columns are added and taken away, and the file is kept as a definition', async () => {
  const profile = await makeProfile(comptoir, shop, { name: 'Cabinet', part: { ledger: { type: 'custom' } } });
  const context = await person(browser);
  const { page, faults } = await openPage(context, `${comptoir.url}/p/${profile}/format`);
  await seen(page.getByText(/Relu/));
  await page
    .getByRole('button', { name: 'Partir d’un format connu' })
    .or(page.getByRole('button', { name: "Partir d'un format connu" }))
    .click();
  await page.getByRole('menuitem', { name: 'EBP V3' }).click();
  await seen(lines(page).getByText('"#FA000001"').first());
  await column(page, 'devise').click();
  await page.getByRole('button', { name: 'Supprimer la colonne devise' }).click();
  await gone(column(page, 'devise'));
  await page.getByRole('button', { name: 'Ajouter une colonne' }).click();
  await page.getByRole('menuitem', { name: 'Texte composé' }).click();
  await inspector(page).getByLabel('Texte', { exact: true }).fill('%XX');
  await seen(inspector(page).getByText(/%XX.*n.existe pas/));
  await inspector(page).getByLabel('Texte', { exact: true }).fill('%CF %CL');
  await seen(lines(page).getByText('Paul Durand').first());
  await page
    .getByLabel('Lignes décrites')
    .selectOption({ label: 'Section d’une ligne' })
    .catch(() => page.getByLabel('Lignes décrites').selectOption('section'));
  await seen(column(page, 'pourcentage'));
  await page.getByRole('button', { name: 'Séparé' }).waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Enregistrer en fichier' }).click();
  const path = await (await download).path();
  const kept = JSON.parse(readFileSync(path, 'utf8')) as FormatDefinition;
  assert.equal(kept.records.line.columns.at(-1)?.is, 'pattern');
  await shot(page, 'ebp');
  assert.deepEqual(faults, []);
  await context.close();
});

test('S-145 the designer in English, on a narrow screen: the inspector below the columns', async () => {
  const profile = await makeProfile(comptoir, shop, { name: 'Narrow', part: { ledger: { type: 'custom' } } });
  const context = await person(browser, { language: 'en', width: 820, height: 900 });
  const { page, faults } = await openPage(context, `${comptoir.url}/p/${profile}/format`);
  await seen(page.getByText(/Read back: \d+ lines/));
  await page.getByRole('button', { name: 'Fixed width' }).click();
  await seen(page.getByText(/characters a line/));
  await seen(page.getByText(/Read back: \d+ lines/));
  await shot(page, 'narrow');
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  assert.deepEqual(faults, []);
  await context.close();
});
