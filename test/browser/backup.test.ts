import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import type { AppInfo } from '../../src/api/api.ts';
import { bench, openPage, person, seen, settled } from './browser.ts';
import { makeProfile, startLavande } from './lavande.ts';

/** A backup in the browser, and the same server as it was then. */
const { browser, comptoir } = await bench();
const shop = await startLavande();
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const names = async () => (await comptoir.call<AppInfo>('GET', '/api/info')).profiles.map(({ name }) => name);

test('S-014 a backup is made, what came after goes with its restoring, and another file is refused', async () => {
  await makeProfile(comptoir, shop, { name: 'Maison Lavande' });
  const context = await person(browser, { language: 'en' });
  const { page } = await openPage(context, `${comptoir.url}/options/backup`);
  const make = await seen(page.getByRole('region', { name: 'Back up' }));
  await make.getByRole('textbox', { name: 'Passphrase' }).fill('a rather long phrase');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    make.getByRole('button', { name: 'Back up' }).click(),
  ]);
  assert.match(download.suggestedFilename(), /^comptoir-\d{4}-\d\d-\d\d\.zip$/);
  const file = await download.path();
  assert.ok(!readFileSync(file).includes(shop.credentials.secret ?? '?'));
  await makeProfile(comptoir, shop, { name: 'Après' });

  const restore = page.getByRole('region', { name: 'Restore' });
  const field = restore.getByLabel('Backup file');
  await field.setInputFiles({ name: 'x.zip', mimeType: 'application/zip', buffer: Buffer.from('no zip') });
  await seen(restore.getByText('is not a whole backup'));
  await field.setInputFiles(file);
  await seen(restore.getByText('maison-lavande'));
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    type Axe = { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    const { violations } = await (window as unknown as { axe: Axe }).axe.run(); // put there by the script just evaluated
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
  assert.deepEqual(found, []);
  await restore.getByRole('textbox', { name: 'Passphrase' }).fill('another passphrase');
  const act = async () => {
    await restore.getByRole('button', { name: 'Restore this backup' }).click();
    const question = await seen(page.getByRole('dialog', { name: 'Replace the present data?' }));
    await question.getByRole('button', { name: 'Restore this backup' }).click();
  };
  await act();
  await seen(restore.getByText('This is not the passphrase of this backup.'));
  assert.equal((await names()).length, 2);
  await restore.getByRole('textbox', { name: 'Passphrase' }).fill('a rather long phrase');
  await act();
  await seen(restore.getByText('Backup restored'));
  const left = await settled(
    () => names().catch(() => []),
    (now) => now.length === 1,
  );
  assert.deepEqual(left, ['Maison Lavande'], 'the server started again on the same port');
  await context.close();
});
