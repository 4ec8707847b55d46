import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { RunSummary } from '../../src/api/api.ts';
import { sketch } from '../../src/core/testing/sketch.ts';
import { documentToJson } from '../../src/schema/sales-json.ts';
import { bench, openPage, person, seen, settled, textOf } from './browser.ts';
import { makeProfile, startLavande } from './lavande.ts';

/** A file of sales or of credit notes in the place of the shop. */
const { browser, comptoir } = await bench();
const shop = await startLavande();

const SHOP = { id: 'atelier', name: 'Atelier Garance', currency: 'EUR', timeZone: 'Europe/Paris' };
const LINES = [
  JSON.stringify({ format: 'comptoir-sales', version: '1.0', shop: SHOP }),
  JSON.stringify(documentToJson(sketch('sale FR; product 403.00 20% 80.60; paid card 483.60'))),
  '{"kind":"sale","key":"sale/9","order":{"id":"9","date":"2018-11-27"},"totals":{"gross":"1,5"}}',
  JSON.stringify(documentToJson(sketch('creditNote FR; product 10.00 20% 2.00; refunded card 12.00'))),
].join('\n');

const REFUSED = /Failed to load resource/; // an answer that says no is shown to the person, and told in the console too

test('S-051 S-052 a file of sales, then of credit notes: its first document, the review, the line that is wrong', async () => {
  const profile = await makeProfile(comptoir, shop, { name: 'Atelier' });
  const context = await person(browser);
  const { page, faults } = await openPage(context, `${comptoir.url}/p/${profile}`);
  await (await seen(page.getByRole('button', { name: 'Charger un fichier' }))).click();
  await page.getByRole('menuitem', { name: 'De ventes…' }).click();
  const dialog = await seen(page.getByRole('dialog', { name: 'Charger un fichier de ventes' }));
  const act = dialog.getByRole('button', { name: 'Importer les ventes' });
  assert.equal(await act.isDisabled(), true);
  assert.equal(await act.getAttribute('title'), 'Choisissez d’abord un fichier');

  const choose = (name: string, text: string) =>
    dialog
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) });
  await choose('ventes.txt', 'bonjour');
  await seen(dialog.getByRole('alert').filter({ hasText: 'n’est pas un fichier de ventes' }));
  assert.equal(await act.isDisabled(), true);
  await choose('ventes.xml', readFileSync(new URL('../../docs/samples/order.xml', import.meta.url), 'utf8'));
  assert.match(
    await textOf(await seen(dialog.getByRole('status').filter({ hasText: 'Exemple' }))),
    /^Fichier de ventes de Exemple\. Première vente : #1042, 03\/10\/2026, 58,59 €\.$/,
  );
  await choose('ventes.jsonl', LINES);
  assert.match(
    await textOf(await seen(dialog.getByRole('status').filter({ hasText: 'Atelier' }))),
    /^Fichier de ventes de Atelier Garance\. Première vente : .+, \d\d\/\d\d\/\d{4}, 483,60 €\.$/,
  );
  await act.dblclick();
  await page.waitForURL(/\/review\//);
  await seen(page.getByRole('button', { name: /^Créer 1 écriture/ }));
  assert.match(
    await textOf(page.locator('.page-head .sub')),
    /Ventes du fichier ventes\.jsonl · Atelier · 2 commandes/,
  );
  const band = await textOf(await seen(page.getByRole('region', { name: /à régler/ })));
  assert.match(band, /ligne 3/i);
  assert.equal(
    (await comptoir.call<RunSummary[]>('GET', `/api/profiles/${profile}/runs`)).length,
    1,
    'one run, not two',
  );
  await page.getByRole('button', { name: /^Créer 1 / }).click();
  await page.waitForURL(/\/runs\//);
  await seen(page.getByRole('heading', { level: 1, name: 'Ventes du fichier ventes.jsonl' }));

  await page.goto(`${comptoir.url}/p/${profile}?import=file&kind=credit-notes`);
  const notes = await seen(page.getByRole('dialog', { name: 'Charger un fichier d’avoirs' }));
  await notes.locator('input[type=file]').setInputFiles({
    ...{ name: 'avoirs.jsonl', mimeType: 'application/octet-stream', buffer: Buffer.from(LINES) },
  });
  await seen(notes.getByText(/Premier avoir/));
  await notes.getByRole('button', { name: 'Importer les avoirs' }).click();
  await page.waitForURL(/\/review\//);
  const runs = () => comptoir.call<RunSummary[]>('GET', `/api/profiles/${profile}/runs`);
  const [last] = await settled(runs, ([run]) => run?.state === 'review');
  assert.deepEqual([last?.kind, last?.sourceFile, last?.counts.read], ['creditNotes', 'avoirs.jsonl', 1]);
  assert.deepEqual(
    faults.filter((fault) => !REFUSED.test(fault)),
    [],
  );
  await context.close();
});

test('S-051 several files at once: each is told, one is left out, one that is no file of sales holds itself by its name', async () => {
  const profile = await makeProfile(comptoir, shop, { name: 'Plusieurs' });
  const context = await person(browser);
  const { page } = await openPage(context, `${comptoir.url}/p/${profile}?import=file&kind=sales`);
  const dialog = await seen(page.getByRole('dialog', { name: 'Charger un fichier de ventes' }));
  const order = readFileSync(new URL('../../docs/samples/order.xml', import.meta.url), 'utf8');
  const file = (name: string, content: Buffer | string) => ({
    ...{ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) },
  });
  await dialog
    .locator('input[type=file]')
    .setInputFiles([
      file('ventes.jsonl', LINES),
      file('commande.xml', order),
      file('à garder.txt', 'bonjour'),
      file('de trop.xml', order),
    ]);
  const chosen = await seen(dialog.getByRole('list', { name: 'Fichiers choisis' }));
  await seen(chosen.getByText('Première vente : #1042, 03/10/2026, 58,59').first());
  await seen(chosen.getByText('n’est pas un fichier de ventes'));
  await chosen.getByRole('button', { name: 'Ne pas lire de trop.xml' }).click();
  await seen(dialog.getByText('3 fichiers'));
  await dialog.getByRole('button', { name: 'Importer les ventes' }).click();
  await page.waitForURL(/\/review\//);
  const band = await seen(page.getByRole('region', { name: /à régler/ }));
  await band.getByText('et 2 autres').click();
  await seen(band.getByText(/à garder\.txt/));
  const runs = await comptoir.call<RunSummary[]>('GET', `/api/profiles/${profile}/runs`);
  // One sale and one that is wrong, the order, and the file that holds itself.
  assert.deepEqual([runs[0]?.sourceFile, runs[0]?.counts.read], ['ventes.jsonl + 2.zip', 4]);
  await context.close();
});
