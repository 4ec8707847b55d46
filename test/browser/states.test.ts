import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { bench, gone, importForReview, openPage, person, seen, settled, textOf } from './browser.ts';
import { makeProfile, PERIOD, startLavande } from './lavande.ts';

/** What pages show when there is nothing, when something is wrong, and when nobody answers. */
const { browser, comptoir } = await bench();
const shop = await startLavande();
let made: Promise<{ profile: string; review: string }> | null = null;

/** A profile with an open review, made once for the tests of this file. */
function lavande() {
  made ??= (async () => {
    const profile = await makeProfile(comptoir, shop, { name: 'Lavande' });
    return { profile, review: await importForReview(comptoir, profile, PERIOD) };
  })();
  return made;
}

test('the server is gone: a bar says so, what was typed stays, and it comes back by itself', async () => {
  const { profile, review } = await lavande();
  const context = await person(browser);
  const { page } = await openPage(context, `${comptoir.url}/p/${profile}/review/${review}`);
  const account = page.getByLabel('Compte', { exact: true }).and(page.locator('.account-field'));
  await (await seen(account)).fill('445799');
  await comptoir.stop();
  await page.getByRole('checkbox', { name: /écriture 1$/ }).click();
  const bar = await seen(page.getByRole('alert').filter({ hasText: 'Ce que vous avez saisi reste là' }));
  await bar.getByRole('button', { name: 'Réessayer' }).click();
  await seen(bar);
  assert.equal(await account.inputValue(), '445799');
  await comptoir.restart();
  await gone(bar);
  assert.equal(await account.inputValue(), '445799');
  await page.getByRole('checkbox', { name: /écriture 1$/ }).click();
  await seen(page.getByRole('button', { name: /^Créer 12 écritures/ }));
  await page.getByRole('checkbox', { name: /écriture 1$/ }).click();
  await seen(page.getByRole('button', { name: /^Créer 13 écritures/ }));
  await context.close();
});

test('deep links: unknown profiles, runs and pages say so with a way on; a review opens under its own profile', async () => {
  const { profile, review } = await lavande();
  const context = await person(browser);
  const { page } = await openPage(context, comptoir.url);
  const other = await makeProfile(comptoir, shop, { name: 'Autre' });
  const says = async (path: string, text: RegExp, way: string) => {
    await page.goto(comptoir.url + path);
    const main = () => textOf(page.locator('main'));
    assert.match(await settled(main, (shown) => text.test(shown)), text, path);
    assert.ok(await (await seen(page.getByRole('main').getByRole('link', { name: way }))).isVisible(), path);
  };
  for (const path of ['', '/runs', '/settings/shop', '/runs/nothing'])
    await says(`/p/nobody${path}`, /Il n’y a pas de profil « nobody »/, 'Profils');
  await says(`/p/${profile}/runs/nothing`, /import/i, 'Historique');
  await says(`/p/${profile}/review/nothing`, /import/i, 'Voir cet import dans l’historique');
  await says('/nowhere/at/all', /Cette page n’existe pas/, 'Aller à l’accueil');
  await page.goto(`${comptoir.url}/p/${other}/review/${review}?tab=ready`);
  await page.waitForURL(new RegExp(`/p/${profile}/review/${review}`));
  await page.goto(`${comptoir.url}/`);
  await page.waitForURL(new RegExp(`/p/${profile}$`), undefined).catch(() => {});
  assert.match(page.url(), new RegExp(`/p/(${profile}|${other})$`), 'a profile that is not there is not remembered');
  await context.close();
});

test('Back closes the explanation, then the list; the dialog of an import, not the page', async () => {
  const { profile, review } = await lavande();
  const context = await person(browser);
  const { page, faults } = await openPage(context, `${comptoir.url}/p/${profile}`);
  await (await seen(page.getByRole('button', { name: 'Importer les ventes' }))).click();
  const dialog = await seen(page.getByRole('dialog'));
  await page.goBack();
  await gone(dialog);
  assert.match(page.url(), new RegExp(`/p/${profile}$`));
  await (await seen(page.getByRole('link', { name: /Écritures à relire/ }).first())).click();
  await page.waitForURL(new RegExp(`/review/${review}`));
  await (await seen(page.getByRole('button', { name: /compte 707100/ }).first())).click();
  const why = await seen(page.getByRole('complementary', { name: 'Pourquoi ce compte ?' }));
  await page.goBack();
  await gone(why);
  assert.match(page.url(), new RegExp(`/review/${review}$`));
  await page.goBack();
  await page.waitForURL(new RegExp(`/p/${profile}$`));
  assert.deepEqual(faults, []);
  await context.close();
});

test('a page that cannot be read says why and is read again; one that is late shows its frame; one that breaks is said', async () => {
  const { profile, review } = await lavande();
  const context = await person(browser);
  const { page } = await openPage(context, comptoir.url);
  const broken: [string, string, (page: Page) => Promise<unknown>][] = [
    ['', `/api/profiles/${profile}`, (at) => seen(at.getByRole('button', { name: 'Importer les ventes' }))],
    ['/runs', `/api/profiles/${profile}/runs`, (at) => seen(at.getByRole('row').nth(1))],
    [`/runs/${review}`, `/api/runs/${review}`, (at) => seen(at.getByRole('row').nth(1))],
    [`/review/${review}`, `/api/reviews/${review}`, (at) => seen(at.getByRole('treegrid'))],
    ['/settings/shop', `/api/profiles/${profile}/document`, (at) => seen(at.getByRole('textbox').first())],
  ];
  for (const [path, address, ready] of broken) {
    await page.route(comptoir.url + address, (route) =>
      route.fulfill({ status: 500, body: '{"code":"internal","values":{}}' }),
    );
    await page.goto(`${comptoir.url}/p/${profile}${path}`);
    const again = await seen(page.getByRole('alert').getByRole('button', { name: 'Réessayer' }));
    await page.unroute(comptoir.url + address);
    await again.click();
    await ready(page);
    await gone(again);
  }

  await page.route(`${comptoir.url}/api/profiles/${profile}/runs`, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await route.continue();
  });
  await page.goto(`${comptoir.url}/p/${profile}/runs`);
  await seen(page.locator('.skeleton'));
  await seen(page.getByRole('heading', { level: 1, name: 'Historique' }));
  await seen(page.getByRole('row').nth(1));
  await page.unroute(`${comptoir.url}/api/profiles/${profile}/runs`);

  const odd = { status: 200, contentType: 'application/json', body: '{"id":"lavande","missing":null}' };
  await page.route(`${comptoir.url}/api/profiles/${profile}`, (route) => route.fulfill(odd));
  await page.goto(`${comptoir.url}/p/${profile}`);
  await seen(page.getByRole('alert').filter({ hasText: 'Cette page s’est arrêtée' }));
  await page.unroute(`${comptoir.url}/api/profiles/${profile}`);
  await page.getByRole('link', { name: 'Recharger la page' }).click();
  await seen(page.getByRole('button', { name: 'Importer les ventes' }));
  await context.close();
});

test('a second click on a button does nothing twice', async () => {
  const context = await person(browser);
  const profile = await makeProfile(comptoir, shop, { name: 'Deux fois' });
  const { page } = await openPage(context, `${comptoir.url}/p/${profile}?import=sales`);
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET') asked.push(new URL(request.url()).pathname.replace(/\d{8}-\d{6}-\w+/, 'RUN'));
  });
  const dialog = await seen(page.getByRole('dialog'));
  await dialog.getByRole('button', { name: 'Importer les ventes' }).dblclick();
  await page.waitForURL(/\/review\//);
  const problem = page.locator('.problem').filter({ hasText: /belge|Belgique/ });
  await problem.getByRole('button', { name: /^Ajouter et libérer/ }).dblclick();
  await seen(page.getByText('2 ventes libérées'));
  await page.getByRole('button', { name: /^Créer 17 / }).dblclick();
  await page.waitForURL(/\/runs\//);
  assert.deepEqual(asked, [...[`/api/profiles/${profile}/runs`, '/api/reviews/RUN/mend', '/api/reviews/RUN/write']]);

  asked.length = 0;
  await page.goto(`${comptoir.url}/options/profiles`);
  const row = await seen(page.getByRole('row').filter({ hasText: 'Deux fois' }));
  await row.getByRole('button').last().click();
  await page.getByRole('menuitem', { name: /Dupliquer/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Dupliquer/ })
    .dblclick();
  await gone(page.getByRole('dialog'));
  const profiles = () => page.getByRole('row').filter({ hasText: 'Deux fois' }).count();
  assert.equal(await settled(profiles, (count) => count === 2), 2);
  assert.equal(asked.length, 1, asked.join());
  await context.close();
});

test('a filtered or flat list opened on a telephone says its filter, and shows cards of entries', async () => {
  const { profile, review } = await lavande();
  const context = await person(browser, { width: 390, height: 844 });
  const { page } = await openPage(context, `${comptoir.url}/p/${profile}/review/${review}?flat=1&f.payment=PayPal`);
  const bar = await seen(page.getByRole('status').filter({ hasText: /au filtre/ }));
  assert.match(await textOf(bar), /Paiement = PayPal/);
  await seen(page.locator('.entry-card').filter({ hasText: 'commande 3' }));
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(await wide(), 390, 'nothing overflows');
  await bar.getByRole('button', { name: 'Effacer le filtre' }).click();
  await seen(page.locator('.entry-card').filter({ hasText: 'commande 1' }));
  await gone(bar);
  await context.close();
});
