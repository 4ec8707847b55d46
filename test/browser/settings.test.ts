import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { test } from 'node:test';
import type { ProfileDocument } from '../../src/api/api.ts';
import type { Profile } from '../../src/profiles/profile.ts';
import { bench, openPage, person, seen, textOf } from './browser.ts';
import { makeProfile, startLavande } from './lavande.ts';

/** The configuration as forms: filled, refused under the field, saved, opened again; as text for who prefers it. */
const { browser, comptoir } = await bench();
const shop = await startLavande();
const SCREENS = process.env.SETTINGS_SCREENS;

async function saved(profile: string): Promise<Profile> {
  const { profile: document } = await comptoir.call<ProfileDocument>('GET', `/api/profiles/${profile}/document`);
  return document as Profile; // validated when it was saved
}

test('S-087 S-092 S-220 each tab is a form, texts with codes from a list and an example; what is typed is saved, and stands there when it is opened again', async () => {
  const profile = await makeProfile(comptoir, shop, { name: 'Formulaires' });
  const context = await person(browser);
  const { page, faults } = await openPage(context, `${comptoir.url}/p/${profile}/settings/shop`);
  await (await seen(page.getByLabel('Essais'))).fill('5');
  await page.getByLabel('TLS minimum').selectOption('1.3');
  if (SCREENS) mkdirSync(SCREENS, { recursive: true });
  const shot = async (name: string) => (SCREENS ? page.screenshot({ path: `${SCREENS}/${name}.png` }) : null);
  await shot('shop');
  await page.getByRole('link', { name: /Écritures comptables/ }).click();
  const label = page.getByRole('group', { name: 'Ventes' }).getByLabel('Libellé');
  await (await seen(label)).fill('Vente ');
  await page.getByRole('group', { name: 'Ventes' }).getByRole('button', { name: 'Insérer' }).last().click();
  await (await seen(page.getByRole('menuitem', { name: /Numéro de facture/ }))).click();
  await seen(page.getByText('Exemple : Vente #FA000002'));
  await shot('entries');
  await page.getByRole('link', { name: /Import des commandes/ }).click();
  await (await seen(page.getByLabel(/Ceux d.une vente payée/))).uncheck();
  const statuses = page.getByRole('group', { name: 'Statuts lus' });
  assert.equal(await statuses.getByLabel(/completed/).isChecked(), true, 'those read by default are where one starts');
  await statuses.getByLabel(/completed/).uncheck();
  await page.getByRole('link', { name: /Lecture/ }).click();
  await (await seen(page.getByLabel('Autres moyens de paiement'))).fill('Chèque cadeau\nBon d’achat\n');
  await shot('reading');
  await page.keyboard.press('Control+s');
  await seen(page.getByText('Enregistré', { exact: true }));
  const { shop: kept, entries, import: read, reading } = await saved(profile);
  assert.deepEqual([kept.http.tries, kept.http.minimumTls], [5, '1.3']);
  assert.equal(entries.sales.label, 'Vente %IN');
  assert.deepEqual(read.statuses?.includes('completed'), false);
  assert.deepEqual(reading.extraPaymentMethods, ['Chèque cadeau', 'Bon d’achat']);
  await page.goto(`${comptoir.url}/p/${profile}/settings/shop`);
  assert.equal(await (await seen(page.getByLabel('Essais'))).inputValue(), '5');
  assert.deepEqual(faults, []);
  await context.close();
});

test('S-098 S-100 a value refused is told under its field; customers, charts and codes have their own forms', async () => {
  const profile = await makeProfile(comptoir, shop, { name: 'Clients' });
  const context = await person(browser);
  const { page } = await openPage(context, `${comptoir.url}/p/${profile}/settings/customers`);
  const third = page.getByRole('group', { name: 'Compte de tiers' });
  await (await seen(third.getByLabel(/Un par client/))).check();
  await third.getByLabel('Début du code de chaque client').fill('CLI');
  await third.getByLabel('Longueur totale du code').fill('8');
  await seen(third.getByText('Premier code : CLI00001'));
  if (SCREENS) await page.screenshot({ path: `${SCREENS}/customers.png` });
  await page.getByRole('link', { name: /Logiciel de comptabilité/ }).click();
  await (await seen(page.getByLabel('SIREN'))).fill('12');
  const chart = page.getByRole('group', { name: /Journaux et intitulés/ });
  await chart.getByRole('button', { name: /Ajouter/ }).click();
  await chart.getByLabel('Journaux et intitulés, nouveau code').fill('VE2');
  await chart.getByLabel('Journaux et intitulés, sa valeur').fill('Ventes bis');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Appliquer', exact: true }).click();
  const error = await seen(page.locator('[id="field-ledger.siren-error"]'));
  assert.match(await textOf(error), /9|neuf/);
  if (SCREENS) await page.screenshot({ path: `${SCREENS}/ledger.png` });
  await page.getByLabel('SIREN').fill('732829320');
  await page.getByLabel('Date de clôture').fill('2026-12-31');
  await page.getByRole('button', { name: 'Appliquer', exact: true }).click();
  await seen(page.getByText('Enregistré', { exact: true }));
  const { customers, chart: kept, ledger } = await saved(profile);
  assert.deepEqual(customers.thirdParty, { mode: 'onePerCustomer', prefix: 'CLI', length: 8 });
  assert.equal(kept.journals.VE2, 'Ventes bis');
  assert.deepEqual([ledger.siren, ledger.closingDate], ['732829320', '2026-12-31']);
  await context.close();
});

test('S-087 the same tab as text: what is no JSON is told with its line, and mended as text', async () => {
  const profile = await makeProfile(comptoir, shop, { name: 'Texte' });
  const context = await person(browser);
  const { page } = await openPage(context, `${comptoir.url}/p/${profile}/settings/advanced`);
  await (await seen(page.getByLabel('Fuseau horaire'))).fill('Europe/Brussels');
  await page.getByRole('button', { name: 'Texte JSON' }).click();
  const text = page.getByRole('textbox', { name: /en JSON/ });
  const written = await (await seen(text)).inputValue();
  assert.match(written, /"timeZone": "Europe\/Brussels"/);
  await text.fill(written.replace('"timeZone"', '"timeZone'));
  await page.getByRole('button', { name: 'Formulaire' }).click();
  await seen(page.getByText(/JSON à la ligne/));
  await text.fill(written);
  assert.equal(await (await seen(page.getByLabel('Fuseau horaire'))).inputValue(), 'Europe/Brussels');
  await context.close();
});

test('S-145 the software chosen says how sure its files are and whom to ask; files are split and named in the same form', async () => {
  const profile = await makeProfile(comptoir, shop, { name: 'Formats' });
  const context = await person(browser);
  const { page, faults } = await openPage(context, `${comptoir.url}/p/${profile}/settings/ledger`);
  const software = await seen(page.getByLabel('Logiciel ou format'));
  await software.selectOption('fec');
  await seen(page.getByText(/Sûreté 5\/5.*le texte de la loi/));
  assert.equal(await page.getByText('À vérifier d’abord avec votre expert-comptable.').count(), 0);
  await software.selectOption('openconcerto');
  await seen(page.getByText(/Sûreté 2\/5.*À vérifier d’abord avec votre expert-comptable/));
  await page.getByLabel('Découpage').selectOption({ label: 'Un fichier par journal' });
  await page.getByLabel('Fichier des ventes').fill('%KI-%JO');
  await page.getByLabel('Réunir les fichiers dans une archive ZIP').check();
  await page.getByRole('button', { name: 'Appliquer', exact: true }).click();
  await seen(page.getByText('Enregistré', { exact: true }));
  const { ledger } = await saved(profile);
  assert.deepEqual(
    [ledger.type, ledger.split, ledger.salesFile, ledger.zip],
    ['openconcerto', 'journal', '%KI-%JO', true],
  );
  assert.deepEqual(faults, []);
  await context.close();
});
