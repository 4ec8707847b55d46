import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { AppInfo, ProfileDocument } from '../../src/api/api.ts';
import { bench, gone, openPage, person, seen, settled, textOf } from './browser.ts';
import { makeProfile, startLavande } from './lavande.ts';

/** Profiles in the browser: made, refused, edited, copied, deleted; languages and themes. */
const { browser, comptoir } = await bench();
const shop = await startLavande();
const REFUSED = /Failed to load resource/; // an answer that says no is shown to the person, and told in the console too

test('S-033 S-034 S-065 a profile is made by hand; a bad address is refused under its field', async () => {
  const context = await person(browser);
  const { page, faults } = await openPage(context, `${comptoir.url}/welcome`);
  await page.getByLabel('Adresse de la boutique').fill('ma boutique');
  await page.getByRole('button', { name: /Commencer/ }).click();
  await seen(
    page
      .getByText(/n’est pas une adresse|adresse.*(boutique|exemple)/)
      .filter({ hasText: /https?:|exemple|maboutique/ }),
  );
  await page.getByRole('button', { name: /Créer un profil vide/ }).click();
  await seen(page.getByRole('heading', { level: 1, name: /profil/ }));
  await page.getByLabel('Nom du profil').fill('Maison Lavande');
  const address = page.getByLabel('Adresse de la boutique');
  await address.fill('pas une adresse');
  await page.getByRole('button', { name: /Créer/ }).last().click();
  await seen(page.locator('#create-url-error'));
  assert.equal(await address.getAttribute('aria-invalid'), 'true');
  await address.fill(shop.url);
  await page
    .locator('input[type=password]')
    .first()
    .fill(shop.credentials.secret ?? '');
  await page
    .getByLabel(/Clé client|Consumer key|^Clé/)
    .first()
    .fill(shop.credentials.key ?? '');
  await page.getByRole('button', { name: /Créer/ }).last().click();
  await page.waitForURL(/\/p\/maison-lavande$/);
  await seen(page.getByRole('heading', { level: 1, name: 'Maison Lavande' }));
  assert.equal(
    await (await seen(page.getByRole('link', { name: /Voir ma boutique/ }))).getAttribute('href'),
    `${shop.url}/`,
    'S-072',
  );
  const text = await page.content();
  assert.ok(!text.includes(shop.credentials.secret ?? '?'), 'a secret never comes back');
  assert.deepEqual(
    faults.filter((fault) => !REFUSED.test(fault)),
    [],
  );
  await context.close();
});

test('S-035 a profile without shop address cannot import, and says what remains', async () => {
  const { id } = await comptoir.call<{ id: string }>('POST', '/api/profiles', {
    name: 'Vide',
    shop: 'woocommerce',
    url: '',
    ledger: 'fec',
    template: 'blank',
    credentials: {},
  });
  const context = await person(browser);
  const { page, faults } = await openPage(context, `${comptoir.url}/p/${id}`);
  const button = await seen(page.getByRole('button', { name: 'Importer les ventes' }));
  assert.equal(await button.isDisabled(), true);
  assert.match(String(await button.getAttribute('title')), /configuré/);
  await (await seen(page.getByRole('link', { name: 'Configurer' }).last())).click();
  await page.waitForURL(/\/settings\//);
  assert.deepEqual(
    faults.filter((fault) => !REFUSED.test(fault)),
    [],
  );
  await context.close();
});

test('S-067 S-087 S-089 S-090 S-091 the editor: broken JSON, an unknown field, a wrong value, and leaving', async () => {
  const id = await makeProfile(comptoir, shop, { name: 'Éditée' });
  const context = await person(browser);
  const { page, faults } = await openPage(context, `${comptoir.url}/p/${id}/settings/customers`);
  await (await seen(page.getByRole('button', { name: 'Texte JSON' }))).click();
  const editor = await seen(page.getByRole('textbox', { name: /Clients/ }));
  const [apply, accept] = [
    page.getByRole('button', { name: 'Appliquer' }),
    page.getByRole('button', { name: 'Accepter' }),
  ];
  const saved = await editor.inputValue();
  assert.equal(await apply.isDisabled(), true, 'nothing to save yet');

  await editor.fill(`${saved.slice(0, -2)},`);
  assert.match(await textOf(await seen(page.getByRole('alert'))), /JSON à la ligne \d+/);
  assert.equal(await apply.isDisabled(), true);

  await editor.fill(saved.replace('"mode": "same"', '"mode": "saem"'));
  await apply.click();
  const refused = await textOf(await seen(page.getByRole('alert')));
  assert.match(refused, /customers\.account\.mode.*ligne \d+/);
  await editor.fill(saved.replace('{', '{ "colour": "blue",'));
  await apply.click();
  assert.match(
    await settled(
      () => textOf(page.getByRole('alert').first()),
      (text) => text.includes('colour'),
    ),
    /colour/,
  );

  await editor.fill(saved.replaceAll('4110000', '4110001'));
  await page.getByRole('button', { name: 'Fermer', exact: true }).click();
  const leave = await seen(page.getByRole('dialog', { name: /Quitter/ }));
  await leave.getByRole('button', { name: 'Rester' }).click();
  await gone(leave);
  await apply.click();
  await seen(page.getByText('Enregistré', { exact: true }));
  const { revision, profile } = await comptoir.call<ProfileDocument>('GET', `/api/profiles/${id}/document`);
  assert.match(JSON.stringify(profile), /4110001/);

  await comptoir.call('PUT', `/api/profiles/${id}/document`, {
    revision,
    profile: { ...(profile as object), name: 'Renommée ailleurs' },
  });
  await editor.fill(saved);
  await apply.click();
  await seen(page.getByRole('button', { name: 'Relire le profil' }));
  await page.getByRole('button', { name: 'Relire le profil' }).click();
  await editor.fill(saved);
  await settled(() => accept.isEnabled(), Boolean);
  await accept.click();
  await page.waitForURL(new RegExp(`/p/${id}$`));
  await seen(page.getByRole('heading', { level: 1, name: 'Renommée ailleurs' }));
  assert.deepEqual(
    faults.filter((fault) => !REFUSED.test(fault)),
    [],
  );
  await context.close();
});

test('S-066 S-068 S-092 S-239 S-241 S-242 S-243 profiles: sort, rename, duplicate, export, open another, delete after a question', async () => {
  const id = await makeProfile(comptoir, shop, { name: 'Original' });
  const context = await person(browser);
  const { page, faults } = await openPage(context, `${comptoir.url}/options/profiles`);
  const acts = async (name: string, act: string) => {
    await (await seen(page.getByRole('button', { name: new RegExp(`${name}$`) }))).click();
    await (await seen(page.getByRole('menuitem', { name: act }))).click();
  };
  const names = () => page.locator('tbody tr td:first-child a').allInnerTexts();
  await page.getByRole('button', { name: 'Nom', exact: true }).click();
  await seen(page.locator('th[aria-sort=ascending]'));
  const ascending = await names();
  assert.deepEqual(ascending, ascending.toSorted(new Intl.Collator('fr').compare));
  await page.getByRole('button', { name: 'Nom', exact: true }).click();
  await seen(page.locator('th[aria-sort=descending]'));
  assert.deepEqual(await names(), ascending.toReversed());
  await acts('Original', 'Renommer');
  const rename = await seen(page.getByRole('dialog', { name: 'Renommer' }));
  await rename.getByRole('textbox').fill('Nouveau nom');
  await rename.getByRole('button', { name: 'Renommer' }).click();
  await gone(rename);
  await seen(page.getByRole('link', { name: 'Nouveau nom' }));

  await acts('Nouveau nom', 'Dupliquer');
  const copy = await seen(page.getByRole('dialog', { name: 'Dupliquer' }));
  await copy.getByRole('textbox').fill('La copie');
  await copy.getByRole('button', { name: 'Dupliquer' }).click();
  await seen(page.getByRole('link', { name: 'La copie' }));

  const [download] = await Promise.all([page.waitForEvent('download'), acts('La copie', 'Exporter le profil')]);
  const exported = readFileSync(await download.path(), 'utf8');
  assert.match(download.suggestedFilename(), /\.comptoir\.json$/);
  assert.equal(JSON.parse(exported).name ?? JSON.parse(exported).profile?.name, 'La copie');
  assert.ok(!exported.includes(shop.credentials.secret ?? '?'));

  await acts('La copie', 'Supprimer');
  const ask = await seen(page.getByRole('dialog', { name: /Supprimer La copie/ }));
  await ask.getByRole('button', { name: 'Annuler' }).click();
  await gone(ask);
  await seen(page.getByRole('link', { name: 'La copie' }));
  await acts('La copie', 'Supprimer');
  await (await seen(page.getByRole('dialog', { name: /Supprimer La copie/ })))
    .getByRole('button', { name: 'Supprimer' })
    .click();
  await gone(page.getByRole('link', { name: 'La copie' }));
  const { profiles } = await comptoir.call<AppInfo>('GET', '/api/info');
  assert.equal(profiles.find((each) => each.id === id)?.name, 'Nouveau nom');
  assert.ok(profiles.every(({ name }) => name !== 'La copie'));
  await (await seen(page.getByText('Profil La copie supprimé'))).waitFor();
  await page.locator('.toast').getByRole('button', { name: 'Annuler' }).click();
  await seen(page.getByRole('link', { name: 'La copie' }));
  await acts('La copie', 'Supprimer');
  await (await seen(page.getByRole('dialog', { name: /Supprimer La copie/ })))
    .getByRole('button', { name: 'Supprimer' })
    .click();
  const bin = await seen(page.getByRole('region', { name: 'Profils supprimés' }));
  await bin.getByRole('button', { name: 'Récupérer' }).click();
  await seen(page.getByRole('link', { name: 'La copie' }));

  await page.getByRole('link', { name: 'Nouveau nom' }).click();
  await page.waitForURL(new RegExp(`/p/${id}$`));
  await page.getByRole('button', { name: /changer de profil/ }).click();
  await (await seen(page.getByRole('menuitem', { name: /Maison Lavande/ }))).click();
  await page.waitForURL(/\/p\/maison-lavande$/);
  assert.deepEqual(
    faults.filter((fault) => !REFUSED.test(fault)),
    [],
  );
  await context.close();
});

test('S-060 S-247 English by the browser, French by choice, dark by choice; both are kept', async () => {
  const context = await person(browser, { language: 'en' });
  const { page, faults } = await openPage(context, `${comptoir.url}/options/about`);
  await seen(page.getByText('0.1.0'));
  await page.getByRole('link', { name: 'Languages' }).click();
  await page.getByRole('button', { name: 'Français' }).click();
  await page.getByRole('link', { name: 'Général' }).click();
  await seen(page.getByRole('button', { name: 'Sombre' }));
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'fr');
  await page.getByRole('button', { name: 'Sombre' }).click();
  await page.reload();
  await seen(page.getByRole('button', { name: 'Sombre', pressed: true }));
  assert.equal(await page.evaluate(() => document.documentElement.dataset.mantineColorScheme), 'dark');
  assert.deepEqual(faults, []);
  await context.close();
});

test('a profile that does not exist says so, and the way on', async () => {
  const context = await person(browser);
  const { page } = await openPage(context, `${comptoir.url}/p/personne`);
  const alert = await seen(page.getByRole('alert'));
  assert.match(await textOf(alert), /personne/);
  await seen(alert.getByRole('link', { name: 'Profils' }));
  await alert.getByRole('link', { name: 'Nouveau profil' }).click();
  await page.waitForURL(/\/welcome$/);
  await context.close();
});
