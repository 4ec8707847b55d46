import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { bench, gone, importForReview, openPage, person, seen, settled, textOf } from './browser.ts';
import { makeProfile, PERIOD, startLavande } from './lavande.ts';

/** Taking back an import before the accounting software has read it. */
const { browser, comptoir } = await bench();
const shop = await startLavande();
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function written(profile: string): Promise<string> {
  const run = await importForReview(comptoir, profile, PERIOD);
  await comptoir.call('POST', `/api/reviews/${run}/write`);
  const state = async () => (await comptoir.call<{ state: string }>('GET', `/api/runs/${run}`)).state;
  assert.equal(await settled(state, (now) => now === 'written'), 'written');
  return run;
}

const filesOf = (profile: string) =>
  readdirSync(join(comptoir.home, 'files', profile)).filter((name) => !name.startsWith('.'));

for (const [language, words] of [
  [
    'fr',
    {
      open: 'Annuler cet import…',
      act: 'Annuler l’import',
      why: 'Pourquoi',
      downloaded: /téléchargé/,
      state: 'Annulé',
      dead: /déjà annulé/,
      again: /Importer les ventes/,
    },
  ],
  [
    'en',
    {
      open: 'Undo this import…',
      act: 'Undo the import',
      why: 'Why',
      downloaded: /downloaded/,
      state: 'Undone',
      dead: /undone already/,
      again: /Import sales/,
    },
  ],
] as const)
  test(`an import is undone from its page, once, two tabs at a time (${language})`, async () => {
    const profile = await makeProfile(comptoir, shop, { name: `Annulation ${language}` });
    const run = await written(profile);
    const before = filesOf(profile);
    assert.equal(before.length, 1);
    const context = await person(browser, { language });
    const { page, faults } = await openPage(context, `${comptoir.url}/p/${profile}/runs/${run}`);
    const download = page.waitForEvent('download');
    await (await seen(page.getByRole('link', { name: /VENTES/ }))).click();
    await download;
    const second = await context.newPage();
    await second.goto(page.url());

    for (const tab of [page, second]) await (await seen(tab.getByRole('button', { name: words.open }))).click();
    const dialog = await seen(page.getByRole('dialog'));
    await seen(dialog.getByText(words.downloaded));
    await page.evaluate(AXE);
    const found = await page.evaluate(async () => {
      type Axe = { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      const { axe } = window as unknown as { axe: Axe }; // put there by the script just evaluated
      return (await axe.run()).violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id} ${html}`));
    });
    assert.deepEqual(found, []);
    assert.ok(await dialog.getByRole('button', { name: words.act }).isDisabled(), 'without a reason nothing is undone');
    await dialog.getByLabel(words.why).fill('wrong journal');
    await dialog.getByRole('button', { name: words.act }).click();
    await gone(page.getByRole('dialog'));
    await seen(page.getByText(/wrong journal/));
    assert.match(await textOf(page.locator('.title-row')), new RegExp(words.state));
    assert.deepEqual(filesOf(profile), [`${before[0]}.${run}.undone`]);
    assert.deepEqual(faults, []);

    const late = await seen(second.getByRole('dialog'));
    await late.getByLabel(words.why).fill('too late');
    await late.getByRole('button', { name: words.act }).click();
    await seen(late.getByText(words.dead));

    const again = await written(profile);
    assert.notEqual(again, run);
    assert.ok(filesOf(profile).includes(String(before[0])));
    await page.goto(`${comptoir.url}/p/${profile}/runs`);
    await seen(page.getByRole('row').filter({ hasText: words.state }));
    await context.close();
  });
