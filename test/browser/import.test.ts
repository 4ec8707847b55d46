import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { RunSummary } from '../../src/api/api.ts';
import { bench, gone, openPage, person, plain, seen, settled, textOf } from './browser.ts';

/** The way of a newcomer, from the welcome page to the file on disk, and the same for credit notes. */
const { browser, comptoir } = await bench();
const HOME = '/p/demo-woocommerce';
const FILES = join(comptoir.home, 'files', 'demo-woocommerce');

/** In the first run's folder, filled in as the tests go: they follow one another as a person's day does. */
let salesRun = '';

test('S-033 S-054 S-055 the welcome page opens a demo shop in two clicks', async () => {
  const context = await person(browser);
  const { page, faults } = await openPage(context, comptoir.url);
  await page.waitForURL(/\/welcome$/);
  await seen(page.getByRole('heading', { level: 1, name: /Vos ventes en ligne/ }));
  await seen(page.getByRole('button', { name: /Créer un profil vide/ }));
  await page.getByRole('button', { name: /Essayer sur une boutique de démonstration/ }).click();
  const demos = await seen(page.getByRole('dialog', { name: /démonstration/ }));
  assert.deepEqual((await demos.getByRole('button', { name: /commandes/ }).allInnerTexts()).map(plain), [
    'WooCommerce 9.9 WooCommerce, 40 commandes',
    'Shopify 2026-10 Shopify, 30 commandes',
    'PrestaShop 9.1 PrestaShop, 43 commandes',
    'PrestaShop 1.6 PrestaShop, 16 commandes',
    'Magento 2.4 Magento 2, 33 commandes',
  ]);
  await demos.getByRole('button', { name: /WooCommerce/ }).click();
  await page.waitForURL(new RegExp(`${HOME}$`));
  await seen(page.getByRole('heading', { level: 1, name: 'Démonstration WooCommerce' }));
  const panel = await textOf(await seen(page.locator('dl.facts')));
  for (const fact of ['Sage PNM', 'WooCommerce', FILES, 'Europe/Paris'])
    assert.ok(panel.includes(fact), `${fact}: ${panel}`);
  assert.match(await page.title(), /Démonstration WooCommerce/, 'S-059');
  await seen(page.getByText('Aucun import pour l’instant.'));
  assert.deepEqual(faults, []);
  await context.close();
});

test('S-037 S-038 S-039 S-040 the import dialog: presets, typed dates, boxes, counts', async () => {
  const context = await person(browser);
  const { page, faults } = await openPage(context, comptoir.url + HOME);
  await page.getByRole('button', { name: 'Importer les ventes' }).click();
  const dialog = await seen(page.getByRole('dialog', { name: 'Importer les ventes' }));
  const [from, to] = [dialog.getByLabel('Du', { exact: true }), dialog.getByLabel('Au', { exact: true })];
  const dates = async () => [plain(await from.inputValue()), plain(await to.inputValue())];
  assert.deepEqual(await dates(), ['samedi 1er août 2026', 'lundi 30 novembre 2026'], 'S-038 the profile’s own period');
  assert.equal(await dialog.getByRole('radio').count(), 12);
  assert.equal(await dialog.getByRole('radio', { checked: true }).innerText(), 'Personnalisée');
  await seen(dialog.getByText(/^Commandes/));
  await page.waitForLoadState('networkidle');
  assert.equal(await page.getByText(/sans compte/).count(), 0, 'nothing of the demo lacks an account');
  const inShop = dialog.locator('dl');
  assert.match(
    await settled(
      () => textOf(inShop),
      (text) => !text.includes('…'),
    ),
    /Commandes 36 Déjà transférées 0 Statuts lus \d+ sur \d+/,
  );

  await dialog.getByRole('radio', { name: 'Mois dernier' }).click();
  const [first = '', last = ''] = await dates();
  assert.match(first, /^\p{L}+ 1er \p{L}+ \d{4}$/u);
  assert.match(last, /^\p{L}+ (28|29|30|31) \p{L}+ \d{4}$/u);
  assert.equal(first.split(' ').slice(2).join(' '), last.split(' ').slice(2).join(' '), 'the same month');

  const typed = async (field: typeof from, text: string, place: 0 | 1, wanted: string) => {
    await field.fill(text);
    await field.press('Enter');
    assert.equal((await settled(dates, (both) => both[place] === wanted))[place], wanted, text);
  };
  await typed(from, '1/10/2026', 0, 'jeudi 1er octobre 2026');
  assert.equal(await dialog.getByRole('radio', { checked: true }).innerText(), 'Personnalisée');
  await typed(to, '311026', 1, 'samedi 31 octobre 2026');
  await typed(from, '2026-09-30', 0, 'mercredi 30 septembre 2026');
  await from.fill('31/02/2026');
  await seen(dialog.getByText(/Ce n.est pas un jour/));
  assert.equal(await from.getAttribute('aria-invalid'), 'true');
  await from.fill('');
  await from.blur();
  await settled(dates, ([day]) => day !== '');
  assert.equal((await dates())[0], 'mercredi 30 septembre 2026', 'an empty field falls back on the date before');

  const include = dialog.getByRole('checkbox', { name: 'Inclure les ventes déjà transférées' });
  assert.equal(await include.isChecked(), false, 'S-039');
  await include.check();
  await seen(dialog.getByText(/deuxième fois/));
  await include.uncheck();
  assert.equal(await dialog.getByRole('checkbox', { name: /Relire les écritures/ }).isChecked(), true, 'S-041');
  await dialog.getByRole('button', { name: 'Annuler' }).click();
  await gone(dialog);
  assert.equal(new URL(page.url()).search, '');
  assert.deepEqual(await comptoir.call('GET', '/api/profiles/demo-woocommerce/runs'), [], 'nothing was started');
  assert.deepEqual(faults, []);
  await context.close();
});

test('S-041 S-044 S-074 Enter imports; the log runs live; the list opens and nothing is written yet', async () => {
  const context = await person(browser);
  const { page, faults } = await openPage(context, `${comptoir.url}${HOME}?import=sales`);
  await seen(page.getByRole('dialog', { name: 'Importer les ventes' }));
  await settled(
    () => page.evaluate(() => document.activeElement?.textContent ?? ''),
    (text) => text.includes('Importer les ventes'),
  );
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/review\/[^/]+$/);
  salesRun = page.url().split('/').at(-1) ?? '';
  await seen(page.getByRole('treegrid', { name: 'Liste des écritures' }));
  await seen(page.getByRole('button', { name: /^Créer 69 écritures/ }));
  assert.deepEqual(filesOn(), [], 'nothing is written before the last button');

  await page.goto(comptoir.url + HOME);
  const log = await seen(page.getByRole('log', { name: 'Journal' }));
  const steps = await settled(
    () => textOf(log),
    (text) => /écartée|Analyse/.test(text),
  );
  assert.match(steps, /Lecture/, 'S-044');
  assert.match(steps, /Analyse/);
  await seen(page.getByRole('link', { name: /Liste des écritures|Écritures à relire/ }));
  assert.deepEqual(faults, []);
  await context.close();
});

test('S-043 S-056 the last button writes once, however often it is pressed; the download is the file on disk', async () => {
  const context = await person(browser);
  const { page, faults } = await openPage(context, `${comptoir.url}${HOME}/review/${salesRun}`);
  const create = await seen(page.getByRole('button', { name: /^Créer 69 écritures/ }));
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') asked.push(new URL(request.url()).pathname);
  });
  await create.dblclick();
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(new RegExp(`/runs/${salesRun}$`));
  assert.equal(asked.filter((path) => path.endsWith('/write')).length, 1, 'a second click asks nothing');
  await seen(page.getByText('Écrits').first());
  const link = await seen(page.getByRole('link', { name: /Télécharger .*\.pnm/i }));
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  const [name = '', ...others] = filesOn();
  assert.deepEqual(others, []);
  assert.equal(download.suggestedFilename(), name);
  assert.deepEqual(readFileSync(await download.path()), readFileSync(join(FILES, name)));

  const run = await comptoir.call<RunSummary>('GET', `/api/runs/${salesRun}`);
  assert.equal(run.counts.read, run.counts.written + run.counts.held + run.counts.excluded + run.counts.unticked);
  const figures = await textOf(page.locator('dl.figures').first());
  assert.match(figures, new RegExp(`Lus ${run.counts.read} Écrits ${run.counts.written} `));
  await assert.rejects(comptoir.call('POST', `/api/reviews/${salesRun}/write`), /review|state/, 'a review writes once');
  assert.deepEqual(filesOn(), [name]);
  assert.deepEqual(faults, []);
  await context.close();
});

test('S-039 S-046 S-047 S-049 credit notes go the same way; sales already written are left out', async () => {
  const context = await person(browser);
  const { page, faults } = await openPage(context, comptoir.url + HOME);
  await page.getByRole('button', { name: 'Importer les avoirs' }).click();
  const dialog = await seen(page.getByRole('dialog', { name: 'Importer les avoirs' }));
  await seen(dialog.getByRole('checkbox', { name: 'Inclure les avoirs déjà transférés' }));
  await dialog.getByRole('button', { name: 'Importer les avoirs' }).click();
  await page.waitForURL(/\/review\//);
  const create = await seen(page.getByRole('button', { name: /^Créer \d+ écritures/ }));
  await seen(page.getByRole('row').filter({ hasText: 'Avoir' }));
  await create.click();
  await page.waitForURL(/\/runs\/[^/]+$/);
  const link = await seen(page.getByRole('link', { name: /Télécharger .*\.pnm/i }));
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  assert.equal(filesOn().length, 2, 'a new name, the first file stands');
  assert.deepEqual(readFileSync(await download.path()), readFileSync(join(FILES, download.suggestedFilename())));

  await page.goto(`${comptoir.url}${HOME}?import=sales`);
  const again = await seen(page.getByRole('dialog'));
  assert.match(
    await settled(
      () => textOf(again.locator('dl')),
      (text) => !text.includes('…'),
    ),
    /Déjà transférées 35/,
  );
  await again.getByRole('button', { name: 'Importer les ventes' }).click();
  await page.waitForURL(/\/review\/|\/p\/demo-woocommerce$/);
  await seen(page.getByText(/Rien à écrire sur cette période/).or(page.getByText(/déjà transférées/i)));
  assert.equal(filesOn().length, 2);
  assert.deepEqual(faults, []);
  await context.close();
});

test('the history lists what was done, filters by state in the address, and opens a run', async () => {
  const context = await person(browser, { language: 'en' });
  const { page, faults } = await openPage(context, `${comptoir.url}${HOME}/runs?state=written`);
  await seen(page.getByRole('heading', { level: 1, name: 'History' }));
  const rows = page.getByRole('row').filter({ hasText: '.pnm' });
  await seen(rows);
  assert.equal(await rows.count(), 2);
  await rows.filter({ hasText: 'Sales' }).getByRole('link').first().click();
  await page.waitForURL(new RegExp(salesRun));
  await seen(page.getByRole('link', { name: /Download .*\.pnm/i }));
  assert.deepEqual(faults, []);
  await context.close();
});

function filesOn(): string[] {
  return existsSync(FILES)
    ? readdirSync(FILES)
        .filter((name) => !name.startsWith('.'))
        .sort()
    : [];
}
