import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bench, gone, importForReview, openPage, person, seen, settled, textOf } from './browser.ts';
import { makeProfile, PERIOD, startLavande } from './lavande.ts';

const { browser, comptoir } = await bench();
const shop = await startLavande();
const profile = await makeProfile(comptoir, shop, { name: 'Maison Lavande' });
const run = await importForReview(comptoir, profile, PERIOD);

test('S-061 S-069 help opens at the chapter of the page one comes from, in both languages, with its pictures', async () => {
  for (const [language, name, chapter, picture] of [
    ['fr', 'Aide', 'L’historique, et défaire', /import écrit/],
    ['en', 'Help', 'History, and undoing', /import that was written/],
  ] as const) {
    const context = await person(browser, { language });
    const { page, faults } = await openPage(context, `${comptoir.url}/p/${profile}/runs`);
    await (await seen(page.getByRole('link', { name, exact: true }))).click();
    await page.waitForURL(/\/help\/history$/);
    const heading = await seen(page.getByRole('heading', { level: 2, name: chapter }));
    const { y } = (await heading.boundingBox()) ?? assert.fail();
    assert.ok(y >= -1 && y < 400, `the chapter is in sight: ${y}`);
    const image = page.getByRole('img', { name: picture });
    await image.scrollIntoViewIfNeeded();
    await settled(
      () => image.evaluate((one) => (one instanceof HTMLImageElement ? one.naturalWidth : 0)),
      (width) => width > 0,
    );
    assert.equal(await image.evaluate((one) => (one as HTMLImageElement).naturalWidth), 1440);
    // A link within the guide is a link of the application.
    await page.getByRole('main').getByRole('link').first().click();
    await page.waitForURL(/\/help\/users$/);
    await page.getByRole('button', { name: /^(Retour|Back)$/ }).click();
    await page.waitForURL(/\/help\/history$/);
    assert.deepEqual(faults, []);
    await context.close();
  }
});

test('Ctrl K finds a document by its number, a setting, a window and an act, by the keyboard alone', async () => {
  const context = await person(browser);
  const { page, faults } = await openPage(context, `${comptoir.url}/p/${profile}/runs`);
  await seen(page.getByRole('heading', { level: 1 }));
  const search = async (words: string, title: RegExp) => {
    await page.keyboard.press('Control+k');
    await seen(page.getByRole('combobox', { name: 'Rechercher' }));
    await page.keyboard.type(words);
    const option = page.getByRole('dialog').getByRole('option', { selected: true });
    await settled(
      () => textOf(option),
      (text) => title.test(text),
    );
    assert.match(await textOf(option), title);
    await page.keyboard.press('Enter');
    await gone(page.getByRole('combobox', { name: 'Rechercher' }));
  };
  await search('#FA000002', /Vente 2 #FA000002 20\/12\/2018, 13,46 €/);
  await page.waitForURL(/\/documents\/sale\/2$/);
  await search('siren', /siren/i);
  await page.waitForURL(/\/settings\/ledger$/);
  await search('tableau', /Tableau de bord/);
  await page.waitForURL(/\/dashboard$/);
  await search('importer avoirs', /Importer les avoirs/);
  await page.waitForURL(/import=credit-notes/);
  await seen(page.getByRole('dialog'));
  await page.keyboard.press('Escape');
  await gone(page.getByRole('dialog'));
  await search('26/11/2018', /Ventes du 26\/11\/2018 au 31\/12\/2018/);
  await page.waitForURL(new RegExp(`/review/${run}`));
  await page.keyboard.press('Control+k');
  await page.keyboard.type('personne');
  await seen(page.getByText('Aucun résultat'));
  await page.keyboard.press('Escape');
  await gone(page.getByRole('dialog'));
  assert.deepEqual(faults, []);
  await context.close();
});
