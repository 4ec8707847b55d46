import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { bench, importForReview, person, seen, settled } from './browser.ts';
import { makeProfile, PERIOD, startLavande } from './lavande.ts';

/** Every screen, both themes, both languages: axe finds nothing. */
const { browser, comptoir } = await bench();
const shop = await startLavande();
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const profile = await makeProfile(comptoir, shop, { name: 'Maison Lavande' });
const empty = await makeProfile(comptoir, shop, { name: 'Jamais importée' });
const ownFormat = await makeProfile(comptoir, shop, { name: 'Cabinet Rivière', part: { ledger: { type: 'custom' } } });
const written = await importForReview(comptoir, profile, { from: '2018-11-26', to: '2018-12-20' });
await comptoir.call('POST', `/api/reviews/${written}/write`);
await settled(
  async () => (await comptoir.call<{ state: string }>('GET', `/api/runs/${written}`)).state,
  (state) => state === 'written',
);
const review = await importForReview(comptoir, profile, PERIOD);

await comptoir.call('POST', '/api/languages', { code: 'nl', name: 'Nederlands', version: '1', from: 'en' });

type Screen = { readonly name: string; readonly path: string; readonly ready: (page: Page) => Promise<unknown> };
const heading = (page: Page) => seen(page.getByRole('heading', { level: 1 }));

const SCREENS: readonly Screen[] = [
  { name: 'welcome', path: '/welcome', ready: heading },
  {
    name: 'create a profile',
    path: '/welcome',
    ready: async (page) => {
      await (await seen(page.getByRole('button', { name: /profil vide|empty profile/ }))).click();
      await seen(page.locator('#create-name'));
    },
  },
  { name: 'main, never run', path: `/p/${empty}`, ready: heading },
  { name: 'main', path: `/p/${profile}`, ready: (page) => seen(page.getByRole('log').getByText('Alma 3x')) },
  {
    name: 'mappings',
    path: `/p/${profile}/mapping/taxes`,
    ready: (page) => seen(page.getByLabel(/^Compte de taxe, |^Tax account, /)),
  },
  {
    name: 'file format, of one’s own',
    path: `/p/${ownFormat}/format`,
    ready: (page) => seen(page.getByText(/Relu|Read back/)),
  },
  { name: 'file format, built in', path: `/p/${profile}/format`, ready: heading },
  { name: 'payments', path: `/p/${profile}/mapping/payments`, ready: heading },
  { name: 'import dialog', path: `/p/${profile}?import=sales`, ready: (page) => seen(page.getByRole('dialog')) },
  { name: 'list of entries', path: `/p/${profile}/review/${review}`, ready: rows },
  { name: 'list, flat and filtered', path: `/p/${profile}/review/${review}?flat=1&f.debit=%3E%3D10`, ready: rows },
  {
    name: 'list, nothing matches',
    path: `/p/${profile}/review/${review}?q=zzz`,
    ready: (page) => seen(page.locator('.empty')),
  },
  {
    name: 'why this account',
    path: `/p/${profile}/review/${review}/1/1`,
    ready: (page) => seen(page.locator('.why-head')),
  },
  {
    name: 'show the sum',
    path: `/p/${profile}/review/${review}`,
    ready: async (page) => {
      await (await seen(page.getByRole('button', { name: /Voir le calcul|Show the sum/ }))).click();
      await seen(page.getByRole('dialog'));
    },
  },
  {
    name: 'exclude',
    path: `/p/${profile}/review/${review}`,
    ready: async (page) => {
      await (
        await seen(
          page
            .getByRole('region', { name: /à régler|to (settle|mend|fix)|point/ })
            .getByRole('button', { name: /Exclure|Exclude/ }),
        )
      ).click();
      await seen(page.getByRole('dialog'));
    },
  },
  {
    name: 'dashboard',
    path: `/p/${profile}/dashboard?from=2018-11-01&to=2018-12-31`,
    ready: (page) => seen(page.locator('.board')),
  },
  { name: 'dashboard, empty', path: `/p/${empty}/dashboard`, ready: (page) => seen(page.locator('.empty')) },
  {
    name: 'entries behind a figure',
    path: `/p/${profile}/entries?from=2018-11-01&to=2018-12-31&about=vat`,
    ready: (page) => seen(page.getByRole('row').filter({ hasText: '#FA000001' })),
  },
  {
    name: 'documents',
    path: `/p/${profile}/documents`,
    ready: (page) => seen(page.getByRole('row').filter({ hasText: '#FA000001' })),
  },
  {
    name: 'a document, written',
    path: `/p/${profile}/documents/sale/1`,
    ready: async (page) => (await seen(page.getByRole('button', { name: /^(Pourquoi|Why)/ }))).click(),
  },
  {
    name: 'a document, held',
    path: `/p/${profile}/documents/sale/6`,
    ready: (page) => seen(page.getByRole('region', { name: /Voir le calcul|Show the sum/ })),
  },
  { name: 'help', path: '/help/list', ready: (page) => seen(page.locator('article h2')) },
  {
    name: 'search',
    path: `/p/${profile}/runs`,
    ready: async (page) => {
      await heading(page);
      await page.keyboard.press('Control+k');
      await seen(page.getByRole('dialog').getByRole('option'));
    },
  },
  {
    name: 'history',
    path: `/p/${profile}/runs`,
    ready: (page) => seen(page.getByRole('row').filter({ hasText: '.pnm' })),
  },
  {
    name: 'a run',
    path: `/p/${profile}/runs/${written}`,
    ready: (page) => seen(page.getByRole('row').filter({ hasText: '#FA000001' })),
  },
  {
    name: 'undo an import',
    path: `/p/${profile}/runs/${written}`,
    ready: async (page) => {
      await (await seen(page.getByRole('button', { name: /^(Annuler cet import|Undo this import)/ }))).click();
      await seen(page.getByRole('dialog').getByLabel(/^(Pourquoi|Why)/));
    },
  },
  ...['profile', 'shop', 'ledger', 'customers', 'mappings', 'entries', 'orders', 'reading', 'advanced'].map((tab) => ({
    name: `configuration, ${tab}`,
    path: `/p/${profile}/settings/${tab}`,
    ready: (page: Page) =>
      seen(page.locator('main').getByRole('textbox').or(page.locator('main').getByRole('combobox'))),
  })),
  ...['connection', 'template', 'accounts', 'preview'].map((step) => ({
    name: `assistant, ${step}`,
    path: `/start/${step}?p=${empty}`,
    ready: heading,
  })),
  { name: 'assistant, shop', path: '/start/shop', ready: heading },
  { name: 'carriers', path: `/p/${profile}/mapping/carriers`, ready: heading },
  { name: 'load a file', path: `/p/${empty}?import=file`, ready: (page) => seen(page.getByRole('dialog')) },
  { name: 'options, about', path: '/options/about', ready: (page) => seen(page.getByText('0.1.0')) },
  {
    name: 'options, profiles',
    path: '/options/profiles',
    ready: (page) => seen(page.getByRole('row').filter({ hasText: 'Maison Lavande' })),
  },
  ...['general', 'access', 'languages', 'backup'].map((tab) => ({
    name: `options, ${tab}`,
    path: `/options/${tab}`,
    ready: heading,
  })),
  {
    name: 'translation editor',
    path: '/options/languages/nl?category=ui.options',
    ready: (page) => seen(page.getByRole('textbox').nth(3)),
  },
  { name: 'options, proxy', path: '/options/proxy', ready: (page) => seen(page.getByRole('textbox').first()) },
  {
    name: 'keys',
    path: `/p/${profile}/runs`,
    ready: async (page) => {
      await heading(page);
      await page.keyboard.press('?');
      await seen(page.getByRole('dialog'));
    },
  },
];

for (const language of ['fr', 'en'] as const) {
  test(`axe finds nothing on any screen, light and dark, in ${language}`, () => check({ language }, SCREENS));
}

test('axe finds a fault put there on purpose', async () => {
  const context = await person(browser);
  const page = await context.newPage();
  await page.goto(`${comptoir.url}/welcome`);
  await heading(page);
  await page.evaluate(AXE);
  await page.evaluate(() => document.querySelector('main')?.append(document.createElement('button')));
  assert.match((await page.evaluate(run)).join(), /button-name/);
  await context.close();
});

test('axe finds nothing on a narrow screen, light and dark', async () => {
  const names = ['welcome', 'main', 'import dialog', 'list of entries', 'a run', 'dashboard', 'documents'];
  const narrow = SCREENS.filter(({ name }) => names.includes(name)).map((screen) =>
    screen.name === 'list of entries'
      ? { ...screen, ready: (page: Page) => seen(page.locator('.entry-card')) }
      : screen,
  );
  await check({ width: 390, height: 844 }, narrow);
});

test('no window scrolls sideways at 360 px', async () => {
  const context = await person(browser, { width: 360, height: 740 });
  const page = await context.newPage();
  const wide: string[] = [];
  for (const { name, path, ready } of SCREENS) {
    await page.goto(comptoir.url + path);
    const list = /^list|^why|^show the sum|^exclude$/.test(name); // entries are cards there, and problems come one by one
    await (list ? seen(page.locator('main')) : ready(page));
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > 360) wide.push(`${name}: ${width} px`);
  }
  await context.close();
  assert.deepEqual(wide, []);
});

test('axe finds nothing on the page of signing in', async () => {
  await comptoir.call('POST', '/api/users', { name: 'Anne', password: 'cheval exact pile agrafe', role: 'configure' });
  await check({}, [{ name: 'signing in', path: '/', ready: (page) => seen(page.getByLabel('Mot de passe')) }]);
});

async function check(look: Parameters<typeof person>[1], screens: readonly Screen[]): Promise<void> {
  const context = await person(browser, look);
  const page = await context.newPage();
  const found: string[] = [];
  for (const { name, path, ready } of screens) {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(comptoir.url + path);
    await ready(page);
    await page.evaluate(AXE);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await seen(page.locator(`html[data-mantine-color-scheme=${colorScheme}]`));
      const violations = await page.evaluate(run);
      found.push(...violations.map((violation) => `${name}, ${colorScheme}: ${violation}`));
    }
  }
  await context.close();
  assert.deepEqual(found, []);
}

/** In the browser: what axe finds, with the first elements it finds it on. */
async function run(): Promise<string[]> {
  type Axe = {
    run: (
      options: object,
    ) => Promise<{ violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
  };
  const { axe } = window as unknown as { axe: Axe }; // put there by the script just evaluated
  const { violations } = await axe.run({
    resultTypes: ['violations'],
    rules: { 'target-size': { enabled: true } }, // of WCAG 2.2, which axe leaves out unless asked
  });
  return violations.map(
    ({ id, help, nodes }) =>
      `${id} (${help}): ${nodes
        .slice(0, 2)
        .map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary ?? ''}`)
        .join(' | ')}`,
  );
}

function rows(page: Page) {
  return seen(page.getByRole('row').filter({ hasText: '#FA000010' }));
}
