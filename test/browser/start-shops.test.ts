import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { ProfileHome } from '../../src/api/api.ts';
import { DEMOS } from '../../src/demo/index.ts';
import { bench, openPage, person, seen, settled } from './browser.ts';

/**
 * The first-run assistant against each shop that Comptoir reads, at an address and with keys of its own, as a shopkeeper
 * meets it: nothing of the demo profiles is used, so every account is the one that the assistant proposes.
 */
const { browser, comptoir } = await bench();

const SHOPS: Readonly<Record<string, string>> = {
  woocommerce: 'WooCommerce',
  prestashop: 'PrestaShop',
  'prestashop-1.6': 'PrestaShop',
  magento: 'Magento',
  shopify: 'Shopify',
};

for (const demo of DEMOS) {
  test(`S-033 S-034 S-115 ${demo.id}: from its address and keys to a first file that balances`, async () => {
    const shop = await demo.start();
    const context = await person(browser);
    try {
      const { page } = await openPage(context, `${comptoir.url}/start/shop?url=${encodeURIComponent(shop.url)}`);
      await toPreview(page, demo.id, shop.credentials);
      const counts = await preview(page);
      assert.ok(counts.ready > 0, 'something can be written');
      await (await seen(page.getByRole('link', { name: /Ouvrir la liste/ }))).click();
      await (await seen(page.getByRole('button', { name: /Créer \d+ écritures/ }))).click();
      await page.waitForURL(/\/runs\//);
      assertBalanced(await firstFile(page));
    } finally {
      await context.close();
      await shop.close();
    }
  });
}

async function toPreview(page: Page, id: string, credentials: Readonly<Record<string, string>>): Promise<void> {
  const next = page.getByRole('button', { name: 'Continuer' });
  await (await seen(page.getByRole('radio', { name: SHOPS[id] ?? id }))).check();
  await page.getByLabel('Nom du profil').fill(`Assistant ${id}`);
  await next.click();

  await title(page, 'Se connecter');
  for (const [name, value] of Object.entries(credentials)) await page.locator(`#start-${name}`).fill(value);
  await page.getByRole('button', { name: /Tester/ }).click();
  await seen(page.locator('.checks'));
  await settled(
    () => next.isDisabled(),
    (disabled) => !disabled,
  );
  assert.deepEqual(await page.locator('.checks .failed').allInnerTexts(), []);
  await next.click();

  await title(page, 'Vers quel logiciel ?');
  await page.getByLabel('Chercher un logiciel').fill('fec');
  await (await seen(page.getByRole('radio', { name: /FEC/ }))).check();
  await next.click();
  await title(page, 'Partir d’un modèle');
  await page.getByRole('radio', { name: /France/ }).check();
  await next.click();

  await title(page, 'Vos comptes, d’après votre boutique');
  const all = page.getByRole('button', { name: /^Ajouter les \d+ avec ces comptes/ });
  await seen(all);
  for (let left = await all.count(); left > 0; left -= 1) await all.first().click();
  const one = page.getByRole('button', { name: 'Ajouter', exact: true });
  for (let left = await one.count(); left > 0; left -= 1) await one.first().click();
  await seen(page.getByText('Tout ce que la boutique connaît a un compte.'));
  await next.click();
}

/** The period of the recorded orders, read for review; how many of them are ready and held. */
async function preview(page: Page): Promise<{ ready: number; held: number }> {
  await title(page, 'Relire');
  await page.getByLabel('Du', { exact: true }).fill('2026-08-01');
  await page.getByLabel('Au', { exact: true }).fill('2026-11-30');
  await page.getByRole('button', { name: 'Lire ces ventes' }).click();
  await seen(page.getByRole('link', { name: /Ouvrir la liste/ }));
  const profile = new URL(page.url()).searchParams.get('p') ?? '';
  const home = await comptoir.call<ProfileHome>('GET', `/api/profiles/${profile}`);
  const { ready, held } = (
    await comptoir.call<{ counts: { ready: number; held: number } }>('GET', `/api/runs/${home.openReview?.run}`)
  ).counts;
  return { ready, held };
}

async function firstFile(page: Page): Promise<string> {
  const profile = /\/p\/([^/]+)\//.exec(page.url())?.[1] ?? '';
  await page.goto(`${comptoir.url}/start/file?p=${profile}`);
  await title(page, 'Votre premier fichier');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    (await seen(page.getByRole('link', { name: 'Télécharger' }))).click(),
  ]);
  return readFileSync((await download.path()) ?? '', 'utf8');
}

/** Debits and credits of a FEC, columns 12 and 13, in cents: equal, and not nothing. */
function assertBalanced(fec: string): void {
  const [head = '', ...lines] = fec.trimEnd().split(/\r?\n/);
  const place = head.split('\t').indexOf('Debit');
  const sum = (column: number) =>
    lines.reduce((all, line) => all + BigInt((line.split('\t')[column] ?? '').replace(',', '')), 0n);
  assert.ok(sum(place) > 0n);
  assert.equal(sum(place), sum(place + 1));
}

async function title(page: Page, name: string): Promise<void> {
  await seen(page.getByRole('heading', { level: 1, name }));
}
