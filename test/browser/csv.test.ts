import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import type { RunSummary } from '../../src/api/api.ts';
import { bench, gone, openPage, person, seen, settled, textOf } from './browser.ts';
import { makeProfile, startLavande } from './lavande.ts';

/** A CSV of sales in the file dialog: asked, corrected, imported, and read by one click the next time. */
const { browser, comptoir } = await bench();
const shop = await startLavande();
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SALES = readFileSync(new URL('../../src/files/csv/fixtures/french-excel.csv', import.meta.url));
const OTHER = 'Commande;Date;Montant X;Devise\n7;03/04/2026;1 250,00;EUR\n8;05/04/2026;12,00;EUR\n';

type Axe = { run: (options: object) => Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }> };

test('S-051 S-052 a CSV says what it cannot be sure of, is corrected in its preview, and next time needs one click', async () => {
  const profile = await makeProfile(comptoir, shop, { name: 'Feuille' });
  const context = await person(browser);
  const { page } = await openPage(context, `${comptoir.url}/p/${profile}?import=file&kind=sales`);
  const dialog = await seen(page.getByRole('dialog', { name: 'Charger un fichier de ventes' }));
  const act = dialog.getByRole('button', { name: 'Importer les ventes' });
  const choose = (buffer: Buffer) =>
    dialog.locator('input[type=file]').setInputFiles({ name: 'ventes.csv', mimeType: 'text/csv', buffer });

  await choose(SALES);
  const asked = await seen(dialog.getByRole('alert').filter({ hasText: 'en quelle devise' }));
  assert.match(await textOf(asked), /quel est le taux de TVA/);
  assert.equal(await act.isDisabled(), true);
  assert.equal(await dialog.getByLabel('Sens de la colonne Port HT').inputValue(), 'shippingNet');
  await dialog.getByLabel('Devise', { exact: true }).selectOption('EUR');
  await gone(dialog.getByRole('alert').filter({ hasText: 'en quelle devise' }));
  await dialog.getByLabel('TVA sans taux indiqué').selectOption('20');
  await seen(dialog.getByText(/Vente 1042\s:\s+03\/10\/2026, 49,92\s€ \+ 8,67\s€ = 58,59\s€, payé par Carte bancaire/));
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await page.evaluate(AXE);
    const faults = await page.evaluate(async () => {
      const { axe } = window as unknown as { axe: Axe }; // put there by the script just evaluated
      const { violations } = await axe.run({ resultTypes: ['violations'] });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
    });
    assert.deepEqual(faults, [], theme);
  }

  await choose(Buffer.from(OTHER));
  await seen(dialog.getByRole('alert').filter({ hasText: /jour\/mois ou mois\/jour \(03\/04\/2026, 05\/04\/2026\)/ }));
  await dialog.getByLabel('Dates').selectOption('dmy');
  await gone(dialog.getByText(/jour\/mois ou mois\/jour/));
  await dialog.getByLabel('Sens de la colonne Montant X').selectOption('net');
  await seen(dialog.getByText(/Vente 7\s:\s+03\/04\/2026, 1\s250,00\s€ \+ 0,00\s€ = 1\s250,00\s€/));

  await choose(SALES);
  await seen(dialog.getByText('Lu comme la dernière fois. Vérifiez les premiers documents.'));
  await act.click();
  await page.waitForURL(/\/review\//);
  const [run] = await settled(
    () => comptoir.call<RunSummary[]>('GET', `/api/profiles/${profile}/runs`),
    ([last]) => last?.state === 'review',
  );
  assert.deepEqual([run?.sourceFile, run?.counts.read], ['ventes.csv', 2]);
  await context.close();
});
