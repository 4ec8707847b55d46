import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { bench, gone, openPage, person, seen, settled } from './browser.ts';
import { makeProfile, startLavande } from './lavande.ts';

/** Signing in, the locked options, users and keys, in the browser. The tests follow each other: each adds a lock. */
const { browser, comptoir } = await bench();
const shop = await startLavande();
const profile = await makeProfile(comptoir, shop, { name: 'Maison Lavande' });
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PASSWORD = 'cheval exact pile agrafe';
const REFUSED = /Failed to load resource/; // an answer that says no is shown to the person, and told in the console too

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    type Axe = { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    const found = await (window as unknown as { axe: Axe }).axe.run(); // put there by the script just evaluated
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
}

test('S-246 the password of the options: a tick, a password and its confirmation; then the configuration asks for it', async () => {
  const context = await person(browser);
  const { page, faults } = await openPage(context, `${comptoir.url}/options/access`);
  await (await seen(page.getByLabel('Protéger les options et la configuration'))).check();
  await page.getByLabel('Nouveau mot de passe').fill(PASSWORD);
  await page.getByLabel('Le même encore une fois').fill('autre chose');
  const save = page.getByRole('button', { name: 'Enregistrer' });
  await seen(page.getByText('Les deux diffèrent.'));
  assert.equal(await save.isDisabled(), true);
  await page.getByLabel('Le même encore une fois').fill(PASSWORD);
  await save.click();
  await (await seen(page.getByRole('button', { name: 'Verrouiller' }))).click();
  await page.waitForURL(/\/p\//);

  await page.goto(`${comptoir.url}/p/${profile}/settings/customers`);
  const dialog = await seen(page.getByRole('dialog', { name: 'Options protégées' }));
  assert.deepEqual(await violations(page), []);
  await dialog.getByLabel('Mot de passe').fill('faux');
  await dialog.getByRole('button', { name: 'Déverrouiller' }).click();
  await seen(dialog.getByText('Encore 4 essais avant une pause de 15 minutes.'));
  await dialog.getByLabel('Mot de passe').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Déverrouiller' }).click();
  await gone(dialog);
  await seen(page.getByRole('textbox'));
  await page.goto(`${comptoir.url}/options/access`);
  await (await seen(page.getByLabel('Protéger les options et la configuration'))).uncheck();
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await settled(
    async () => (await comptoir.call<{ entrance: string }>('GET', '/api/session')).entrance,
    (entrance) => entrance === 'open',
  );
  assert.deepEqual(
    faults.filter((fault) => !REFUSED.test(fault)),
    [],
  );
  await context.close();
});

test('users: the first one, another by role, a key shown once, the record; then everybody signs in', async () => {
  const context = await person(browser);
  const { page, faults } = await openPage(context, `${comptoir.url}/options/access`);
  const users = await seen(page.getByRole('region', { name: 'Utilisateurs' }));
  const add = async (name: string) => {
    await users.getByLabel('Nom d’utilisateur').or(users.getByLabel("Nom d'utilisateur")).fill(name);
    await users.getByLabel('Mot de passe').fill(PASSWORD);
    if (name !== 'Anne') await users.getByLabel('Rôle', { exact: true }).selectOption('read');
    await users.getByRole('button', { name: 'Ajouter' }).click();
    await seen(users.getByRole('row').filter({ hasText: name }));
  };
  await add('Anne');
  await seen(page.getByRole('heading', { name: 'Mon compte : Anne' }));
  await add('Bob');
  const keys = page.getByRole('region', { name: 'Clés d’API' }).or(page.getByRole('region', { name: "Clés d'API" }));
  await keys.getByLabel('Nom de la clé').fill('nuit');
  await keys.getByRole('button', { name: 'Créer une clé' }).click();
  const secret = await (await seen(keys.locator('.token-secret'))).innerText();
  const answer = await fetch(`${comptoir.url}/api/info`, { headers: { authorization: `Bearer ${secret}` } });
  assert.equal(answer.status, 200);
  await page.reload();
  await seen(page.getByRole('region', { name: 'Qui a fait quoi' }).getByRole('row').filter({ hasText: 'Bob' }).first());
  assert.ok(!(await page.content()).includes(secret));
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await seen(page.locator(`html[data-mantine-color-scheme=${colorScheme}]`));
    assert.deepEqual(await violations(page), []);
  }
  assert.deepEqual(
    faults.filter((fault) => !REFUSED.test(fault)),
    [],
  );
  await context.close();
});

test('the page of signing in, in English; a session that ends while somebody works loses nothing', async () => {
  const context = await person(browser, { language: 'en' });
  const { page } = await openPage(context, `${comptoir.url}/login?next=/options/access`);
  await seen(page.getByRole('heading', { level: 1, name: 'Open Comptoir' }));
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await seen(page.locator(`html[data-mantine-color-scheme=${colorScheme}]`));
    assert.deepEqual(await violations(page), []);
  }
  const enter = async (name: string, password: string) => {
    await page.getByLabel('User name').first().fill(name);
    await page.getByLabel('Password').first().fill(password);
    await page.getByRole('button', { name: 'Open Comptoir' }).click();
  };
  await enter('anne', 'wrong');
  await seen(page.getByText('4 more tries before a pause of 15 minutes.'));
  await enter('anne', PASSWORD);
  await page.waitForURL(/\/options\/access$/);
  const name = page.getByRole('region', { name: 'Keys of the API' }).getByLabel('Name of the key');
  await (await seen(name)).fill('kept while away');
  await context.clearCookies();
  // Once in again, the list is asked too: it is answered before the key is made, arrives after, and may not hide the key.
  const [read, made] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  await page.route('**/api/tokens', async (route) => {
    const isKey = route.request().method() === 'POST';
    if (isKey && refused) await read.promise;
    const answer = await route.fetch();
    if (answer.status() === 401) refused = true;
    else (isKey ? made : read).resolve();
    if (!isKey) await made.promise;
    if (!isKey) await page.waitForTimeout(300);
    await route.fulfill({ response: answer }).catch(() => undefined); // nobody may wait for it any more
  });
  let refused = false;
  await page.getByRole('button', { name: 'Make a key' }).click();
  const dialog = await seen(page.getByRole('dialog', { name: 'The session has ended' }));
  await dialog.getByLabel('User name').fill('anne');
  await dialog.getByLabel('Password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Open Comptoir' }).click();
  await gone(dialog);
  await made.promise;
  await page.waitForTimeout(600);
  await seen(page.getByText('kept while away'));
  await page.getByRole('button', { name: 'Sign out' }).click();
  await seen(page.getByRole('heading', { level: 1, name: 'Open Comptoir' }));
  await context.close();
});
