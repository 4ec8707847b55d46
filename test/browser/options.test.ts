import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { LanguageFile } from '../../src/api/languages.ts';
import { bench, gone, openPage, person, seen, settled } from './browser.ts';

/** The options of the application, as a person walks through them. */
const { browser, comptoir } = await bench();

test('S-247 S-248 S-249 S-250 S-251 a language is made, translated, refused where it lost a placeholder, spoken, exported and taken in again', async () => {
  const context = await person(browser, { language: 'en' });
  const { page, faults } = await openPage(context, `${comptoir.url}/options/languages`);
  await (await seen(page.getByRole('button', { name: 'Create' }))).click();
  const dialog = await seen(page.getByRole('dialog', { name: 'Create a language' }));
  await dialog.getByLabel('Code of the language').fill('en');
  await seen(dialog.getByText('fr and en are built in'));
  await dialog.getByLabel('Code of the language').fill('nl');
  await dialog.getByLabel('Country').fill('BE');
  assert.equal(await dialog.getByLabel('Name').inputValue(), 'Nederlands', 'its own name is proposed');
  await dialog.getByLabel('Name').fill('Vlaams');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await page.waitForURL(/\/options\/languages\/nl-BE$/);

  const table = await seen(page.getByRole('table', { name: 'Sentences and translations' }));
  assert.ok(Number(await table.getAttribute('aria-rowcount')) > 3000);
  assert.ok((await page.locator('.sentence-row').count()) < 80, 'those in sight alone are drawn');
  await page.getByLabel('Search keys and sentences').fill('ui.cancel');
  const cancel = await seen(page.getByLabel('Translation of ui.cancel'));
  await cancel.fill('<img src=x onerror=alert(1)>Annuleren');
  await page.getByLabel('Search keys and sentences').fill('ui.profile.copy-of');
  const copy = await seen(page.getByLabel('Translation of ui.profile.copy-of'));
  await copy.fill('Kopie');
  await seen(page.getByText('{name:text} is missing'));
  assert.ok(await page.getByRole('button', { name: 'Apply' }).isDisabled());
  await copy.fill('{name:text} (kopie)');
  await gone(page.getByText('{name:text} is missing'));

  // Somebody else saves meanwhile: nothing of either is lost.
  const change = { revision: 1, name: 'Vlaams', version: '1.0', changes: { 'ui.close': 'Sluiten' } };
  await comptoir.call<LanguageFile>('PUT', '/api/languages/nl-BE', change);
  await page.getByRole('button', { name: 'Apply' }).click();
  await (await seen(page.getByRole('alert').getByRole('button', { name: 'Load again' }))).click();
  await gone(page.getByRole('alert'));
  await page.getByRole('button', { name: 'Apply' }).click();
  await seen(page.getByText('Saved'));
  const saved = await comptoir.call<LanguageFile>('GET', '/api/languages/nl-BE');
  assert.deepEqual(Object.keys(saved.translations), ['ui.cancel', 'ui.close', 'ui.profile.copy-of']);

  await page.getByRole('link', { name: 'Languages' }).click();
  await (await seen(page.getByRole('button', { name: 'Vlaams', exact: true }))).click();
  await settled(
    () => page.evaluate(() => document.documentElement.lang),
    (lang) => lang === 'nl-BE',
  );
  await page.reload();
  await (await seen(page.getByRole('button', { name: 'Create' }))).click();
  await seen(page.getByText('<img src=x onerror=alert(1)>Annuleren')); // text, never HTML
  assert.equal(await page.locator('img[src=x]').count(), 0);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Acts on Vlaams' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Save as a file' }).click(),
  ]);
  assert.equal(download.suggestedFilename(), 'comptoir-nl-BE.json');
  const file = JSON.parse(await readFile(await download.path(), 'utf8')) as LanguageFile;
  const edited = { ...file, translations: { ...file.translations, 'ui.accept': 'Goed', 'ui.settings.changes': '{n}' } };
  await page
    .getByLabel('Open a file')
    .setInputFiles({ name: 'nl.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(edited)) });
  const question = await seen(page.getByRole('dialog', { name: 'Replace Vlaams?' }));
  await question.getByRole('button', { name: 'Replace' }).click();
  await seen(page.getByText('File taken: 4 translations.'));
  await seen(page.getByText('ui.settings.changes : the forms of the word'));
  assert.deepEqual(
    faults.filter((fault) => !fault.includes('409')),
    [],
  );
  await context.close();
});

test('S-015 S-245 general options: who chooses the data folder is said, links are https, log files are had', async () => {
  const context = await person(browser, { language: 'en' });
  const { page, faults } = await openPage(context, `${comptoir.url}/options/general`);
  const data = await seen(page.getByRole('region', { name: 'Data folder' }));
  await seen(data.getByText(comptoir.home));
  await seen(data.getByText('Chosen by --home or COMPTOIR_HOME'));
  assert.equal(await data.getByRole('button').count(), 0, 'nothing to move here');
  const heightOf = async (path: string, cell: string) => {
    const other = await context.newPage();
    await other.goto(comptoir.url + path);
    const box = await (await seen(other.locator(cell))).boundingBox();
    await other.close();
    return box?.height ?? 0;
  };
  const compact = await heightOf('/options/languages', 'tbody tr');
  await page.getByRole('button', { name: 'Comfortable' }).click();
  assert.equal(await heightOf('/options/languages', 'tbody tr'), compact + 6);
  const links = page.getByRole('region', { name: 'Support links' });
  await links.getByLabel('Name').fill('My accountant');
  await links.getByLabel('Address').fill('javascript:alert(1)');
  await links.getByRole('button', { name: 'Add' }).click();
  await seen(links.getByText('The address begins with https://'));
  await links.getByLabel('Address').fill('https://riviere.example/aide');
  await links.getByRole('button', { name: 'Add' }).click();
  await seen(links.getByRole('button', { name: 'Delete the link My accountant' }));
  const logs = page.getByRole('region', { name: 'Server logs' });
  await logs.getByRole('button', { name: 'Detailed' }).click();
  await seen(logs.getByRole('button', { name: 'Detailed', pressed: true }));
  const [download] = await Promise.all([page.waitForEvent('download'), logs.getByRole('link').first().click()]);
  assert.match(await readFile(await download.path(), 'utf8'), /info server\.start/);
  await page.getByRole('link', { name: 'About' }).click();
  const link = await seen(page.getByRole('link', { name: 'My accountant' }));
  assert.equal(await link.getAttribute('rel'), 'noopener noreferrer');
  assert.deepEqual(
    faults.filter((fault) => !fault.includes('400')),
    [],
  );
  await context.close();
});
