import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { ProfileHome } from '../../src/api/api.ts';
import { bench, openPage, person, seen, settled, textOf } from './browser.ts';
import { startLavande } from './lavande.ts';

/** The first-run assistant, from a shop's address to a file, by a person who knows no account. */
const { browser, comptoir } = await bench();
const shop = await startLavande();
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SCREENS = process.env.START_SCREENS;

async function step(page: Page, title: string): Promise<void> {
  await seen(page.getByRole('heading', { level: 1, name: title }));
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    }; // the script just added
    return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
  assert.deepEqual(found, []);
  if (!SCREENS) return;
  mkdirSync(SCREENS, { recursive: true });
  await page.screenshot({ path: `${SCREENS}/${title.replace(/\W+/g, '-')}.png` });
}

test('S-033 S-034 S-115 from an address to a first file: each step is saved, can be skipped, and opened again', async () => {
  const context = await person(browser);
  const { page, faults } = await openPage(context, `${comptoir.url}/welcome`);
  await page.getByLabel('Adresse de la boutique').fill(shop.url);
  await page.getByRole('button', { name: /Commencer/ }).click();
  await step(page, 'Où est votre boutique ?');
  await page.getByRole('radio', { name: 'WooCommerce' }).check();
  await page.getByLabel('Nom du profil').fill('Première fois');
  const next = page.getByRole('button', { name: 'Continuer' });
  await next.click();

  await step(page, 'Se connecter');
  await page.getByLabel(/Clé client/).fill('ck_wrong');
  await page.getByLabel(/[Ss]ecret/).fill('cs_wrong');
  await page.getByRole('button', { name: /Tester/ }).click();
  await seen(page.locator('.checks .failed'));
  assert.equal(await next.isDisabled(), true, 'a key that is refused is mended or skipped');
  await page.getByLabel(/Clé client/).fill(shop.credentials.key ?? '');
  await page.getByLabel(/[Ss]ecret/).fill(shop.credentials.secret ?? '');
  await page.getByRole('button', { name: /Tester/ }).click();
  await settled(
    () => next.isDisabled(),
    (disabled) => !disabled,
  );
  await next.click();

  await step(page, 'Vers quel logiciel ?');
  await page.getByLabel('Chercher un logiciel').fill('fec');
  await (await seen(page.getByRole('radio', { name: /FEC/ }))).check();
  await next.click();
  await step(page, 'Partir d’un modèle');
  await page.getByRole('radio', { name: /France/ }).check();
  await next.click();

  await step(page, 'Vos comptes, d’après votre boutique');
  const all = page.getByRole('button', { name: /^Ajouter les \d+ avec ces comptes/ });
  await seen(all);
  for (let left = await all.count(); left > 0; left -= 1) await all.first().click();
  for (const add of await page.getByRole('button', { name: 'Ajouter', exact: true }).all()) await add.click();
  await seen(page.getByText('Tout ce que la boutique connaît a un compte.'));
  await next.click();

  await step(page, 'Relire');
  await page.getByLabel('Du', { exact: true }).fill('2018-11-26');
  await page.getByLabel('Au', { exact: true }).fill('2018-12-20');
  await page.getByRole('button', { name: 'Lire ces ventes' }).click();
  const list = await seen(page.getByRole('link', { name: /Ouvrir la liste/ }));
  assert.match(await textOf(page.getByRole('main').getByRole('status')), /équilibré/);
  await list.click();
  await (await seen(page.getByRole('button', { name: /Créer \d+ écritures/ }))).click();
  await page.waitForURL(/\/runs\//);

  const { id } = (await comptoir.call<{ profiles: { id: string }[] }>('GET', '/api/info')).profiles.at(-1) ?? {
    id: '',
  };
  const home = await comptoir.call<ProfileHome>('GET', `/api/profiles/${id}`);
  assert.deepEqual([home.name, home.ledger], ['Première fois', 'fec']);
  await page.goto(`${comptoir.url}/start/file?p=${id}`);
  await step(page, 'Votre premier fichier');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    (await seen(page.getByRole('link', { name: 'Télécharger' }))).click(),
  ]);
  assert.match(readFileSync((await download.path()) ?? '', 'utf8'), /483,60/);
  await page.getByRole('link', { name: 'Logiciel' }).click();
  assert.equal(
    await (await seen(page.getByRole('radio', { name: /FEC/ }))).isChecked(),
    true,
    'a step behind opens again',
  );
  assert.deepEqual(
    faults.filter((fault) => !/Failed to load resource/.test(fault)),
    [],
  );
  await context.close();
});

test('S-034 a shop that is silent keeps nobody from the next step', async () => {
  const context = await person(browser, { language: 'en' });
  const { page } = await openPage(
    context,
    `${comptoir.url}/start/shop?url=${encodeURIComponent('http://127.0.0.1:9/')}`,
  );
  await (await seen(page.getByLabel('Profile name'))).fill('Silent');
  await page.getByRole('button', { name: 'Continue' }).click();
  await seen(page.getByRole('heading', { level: 1, name: 'Connect' }));
  for (const title of ['To which software?', 'Start from a template', /Your accounts/]) {
    await page.getByRole('button', { name: /^Skip/ }).click();
    await seen(page.getByRole('heading', { level: 1, name: title }));
  }
  await seen(page.getByRole('alert'));
  await context.close();
});
