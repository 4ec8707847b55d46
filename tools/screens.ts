import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { ProfileDocument, ProfileSummary, RunSummary } from '../src/api/api.ts';
import { startWooDemo } from '../src/demo/woocommerce.ts';
import type { ProfileInput } from '../src/profiles/profile.ts';
import {
  importForReview,
  type Look,
  openBrowser,
  openPage,
  person,
  seen,
  settled,
  startComptoir,
} from '../test/browser/browser.ts';
import { BROKEN, COPIES, largeProfile } from '../test/browser/large.ts';
import { lavandeRecords, makeProfile, PERIOD } from '../test/browser/lavande.ts';
import { ensureWeb } from './ground.mjs';

/**
 * `npm run screens`: every screen of the web app as a picture in `docs/screens/<language>/`, from shops that run inside
 * this process. With arguments, those numbers alone: `npm run screens -- 06 28`.
 */
const FOLDER = fileURLToPath(new URL('../docs/screens', import.meta.url));
const chosen = process.argv.slice(2);
const PHONE = { width: 390, height: 844 } as const;
const PATIENCE_MS = 120_000;

await ensureWeb();
if (chosen.length === 0) await rm(FOLDER, { recursive: true, force: true });
const comptoir = await startComptoir();
const browser = await openBrowser();
const lavande = await startWooDemo({ transform: lavandeRecords });
const edited = await startWooDemo({
  transform: (records) =>
    lavandeRecords(records, { 3: { lines: [['Coffret découverte', '70.00', '14.00']], total: '84.00' } }),
});
const large = await startWooDemo({ copies: COPIES, broken: BROKEN });
let bytes = 0;
try {
  await take();
} finally {
  await browser.close();
  await comptoir.close();
  await lavande.close();
  await edited.close();
  await large.close();
}
process.stdout.write(`${Math.round(bytes / 1024)} KB in ${FOLDER}\n`);

/** In the order in which the state of one data folder makes them possible. */
async function take(): Promise<void> {
  await shoot('01-welcome', '/welcome', heading, { english: true });

  const profile = await makeProfile(comptoir, lavande, { name: 'Maison Lavande' });
  const home = `/p/${profile}`;
  await shoot('05-import', `${home}?import=sales`, counted, { english: true });
  await shoot(
    '13-mapping-taxes',
    `${home}/mapping/taxes`,
    (page) => seen(page.getByLabel(/^(Compte de taxe|Tax account), /)),
    {
      english: true,
    },
  );
  await shoot('14-mapping-payments', `${home}/mapping/payments`, (page) =>
    seen(page.getByRole('grid').or(page.locator('.mapping-grid'))),
  );
  await shoot('32-mapping-390', `${home}/mapping/taxes`, heading, { look: PHONE });
  const own = await makeProfile(comptoir, lavande, { name: 'Cabinet Rivière', part: { ledger: { type: 'custom' } } });
  await shoot('26-format', `/p/${own}/format`, heading, { english: true });
  await shoot('16-unsaved', `${home}/settings/profile`, async (page) => {
    await (await seen(page.getByRole('textbox').first())).fill('Maison Lavande et fille');
    await page.getByRole('link', { name: 'Historique' }).click();
    await seen(page.getByRole('dialog'));
  });
  await shoot('17-pattern', `${home}/settings/entries`, (page) => seen(page.getByRole('textbox').first()));
  await assistant();
  const run = await importForReview(comptoir, profile, PERIOD);
  const list = `${home}/review/${run}`;
  await shoot('04-main-problems', home, (page) => seen(page.getByRole('log').getByText('Alma 3x')));
  await shoot('29-main-390', home, (page) => seen(page.getByRole('log').getByText('Alma 3x')), { look: PHONE });
  await shoot('06-list', `${list}?tab=ready`, rows, { english: true });
  await shoot('34-list-1024', `${list}?tab=ready`, rows, { look: { width: 1024, height: 768 } });
  // Twice the size is half the room.
  await shoot('35-main-200', home, (page) => seen(page.getByRole('log').getByText('Alma 3x')), {
    look: { width: 720, height: 450 },
  });
  await shoot('12-document-held', `${home}/documents/sale/6`, (page) =>
    seen(page.getByRole('region', { name: 'Lignes' })),
  );
  await shoot('30-list-390', `${list}?tab=ready`, (page) => seen(page.locator('.entry-card')), { look: PHONE });
  await shoot('08-why', `${list}/1/1?tab=ready`, why, { english: true, look: { theme: 'dark' } });
  await shoot('31-why-390', `${list}/1/1?tab=ready`, why, { look: PHONE });
  await shoot('12-sum', list, async (page) => {
    await (await seen(page.getByRole('button', { name: 'Voir le calcul' }))).click();
    await seen(page.getByRole('dialog'));
  });
  await shoot('07-mended', `${list}?tab=ready`, async (page) => {
    await (await seen(page.getByRole('button', { name: /^Ajouter et libérer/ }))).click();
    await seen(page.getByText(/ventes libérées/));
    await (await seen(page.getByRole('button', { name: 'Associer' }))).click();
    await seen(page.getByRole('button', { name: /^Créer 18 / }));
    await rows(page);
  });

  await write(run);
  await shoot('21-run', `${home}/runs/${run}`, (page) => seen(page.getByRole('row').filter({ hasText: '#FA000001' })), {
    english: true,
  });
  const notes = await importForReview(comptoir, profile, { ...PERIOD, kind: 'creditNotes' });
  await shoot('28-credit-notes', `${home}/review/${notes}`, (page) =>
    seen(page.getByRole('row').filter({ hasText: '335,83' })),
  );
  await write(notes);
  await shoot('02-main', home, (page) =>
    seen(
      page
        .getByRole('log')
        .getByText(/écrit|Fichier/)
        .first(),
    ),
  );
  await shoot(
    '02-main-dark',
    home,
    (page) =>
      seen(
        page
          .getByRole('log')
          .getByText(/écrit|Fichier/)
          .first(),
      ),
    { look: { theme: 'dark' } },
  );
  await shoot('21-document', `${home}/documents/sale/1`, (page) => seen(page.locator('.document-history')));
  const december = `${home}/dashboard?from=2018-11-26&to=2018-12-31`;
  await shoot('19-dashboard', december, (page) => seen(page.locator('.board')), { english: true });
  await shoot('19-dashboard-dark', december, (page) => seen(page.locator('.board')), { look: { theme: 'dark' } });
  await shoot('19-dashboard-390', december, (page) => seen(page.locator('.board')), { look: PHONE });
  await shoot('36-search', home, async (page) => {
    await heading(page);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('#FA000002');
    await seen(page.getByRole('option', { name: /Vente 2/ }));
  });
  await shoot('37-help', '/help/list', (page) => seen(page.locator('article h2')));
  const again = await importForReview(comptoir, profile, { from: '2018-11-26', to: '2018-12-20' });
  await shoot('11-list-empty', `${home}/review/${again}`, (page) => seen(page.getByText(/Rien à écrire/)));
  await comptoir.call('POST', `/api/reviews/${again}/close`);

  const demo = await comptoir.call<ProfileSummary>('POST', '/api/demos/demo-woocommerce');
  const foreign = await importForReview(comptoir, demo.id, { from: '2026-10-10', to: '2026-10-31' });
  await shoot('09-foreign', `/p/${demo.id}/review/${foreign}?q=92`, (page) =>
    seen(page.getByRole('row').filter({ hasText: 'USD' })),
  );

  const many = await largeProfile(comptoir, large);
  const start = {
    kind: 'sales',
    from: '2026-08-01',
    to: '2026-11-30',
    period: 'custom',
    includeTransferred: false,
    review: true,
  };
  const { id: long } = await comptoir.call<RunSummary>('POST', `/api/profiles/${many}/runs`, start);
  await shoot('03-running', `/p/${many}`, (page) => seen(page.getByRole('progressbar')));
  await state(long, 'review');
  await shoot('10-large', `/p/${many}/review/${long}?f.payment=PayPal`, (page) =>
    seen(page.getByRole('status').filter({ hasText: /au filtre/ })),
  );
  await comptoir.call('POST', `/api/reviews/${long}/close`);

  const wrong = { url: lavande.url, credentials: { ...lavande.credentials, secret: 'cs_wrong' } };
  const refused = await makeProfile(comptoir, wrong, { name: 'Atelier Garance' });
  const { id: failed } = await comptoir.call<RunSummary>('POST', `/api/profiles/${refused}/runs`, {
    ...start,
    ...PERIOD,
  });
  await state(failed, 'failed');
  await shoot('22-run-failed', `/p/${refused}/runs/${failed}`, (page) => seen(page.getByRole('alert')));
  await shoot('15-settings', `/p/${refused}/settings/shop`, async (page) => {
    await (await seen(page.getByRole('button', { name: /Tester la connexion/ }))).click();
    await seen(page.getByText(/refuse la clé/));
  });
  await shoot('20-history', `${home}/runs`, (page) => seen(page.getByRole('row').filter({ hasText: '.pnm' })));
  await changed(profile);
  await shoot('24-profiles', '/options/profiles', (page) =>
    seen(page.getByRole('row').filter({ hasText: 'Maison Lavande' })),
  );
  await signIn();
}

/** Two steps of the assistant, on a profile it makes from the shop's address. */
async function assistant(): Promise<void> {
  const { id } = await comptoir.call<ProfileSummary>('POST', '/api/profiles', {
    ...{ name: 'Première fois', shop: 'woocommerce', url: lavande.url, ledger: 'sage-pnm', template: 'france' },
    credentials: lavande.credentials,
  });
  const at = (step: string) => `/start/${step}?p=${id}`;
  await shoot('18-assistant-connection', at('connection'), heading, { english: true });
  await shoot('18-assistant-accounts', at('accounts'), (page) => seen(page.getByRole('textbox')), { english: true });
  await shoot('33-assistant-390', at('accounts'), (page) => seen(page.getByRole('textbox')), { look: PHONE });
}

/** An order that changed in the shop after its transfer: the same profile asks a shop where it was edited. */
async function changed(profile: string): Promise<void> {
  const before = await comptoir.call<ProfileDocument>('GET', `/api/profiles/${profile}/document`);
  const document = before.profile as ProfileInput; // the server's own
  await comptoir.call('PUT', `/api/profiles/${profile}/document`, {
    revision: before.revision,
    profile: { ...document, shop: { ...document.shop, url: edited.url } },
    secrets: edited.credentials,
  });
  const review = await importForReview(comptoir, profile, PERIOD);
  await shoot('23-comparison', `/p/${profile}/documents/sale/3`, (page) =>
    seen(page.getByRole('region', { name: 'Comparaison' })),
  );
  await comptoir.call('POST', `/api/reviews/${review}/close`);
}

/** Last: from the first user on, whoever comes signs in. */
async function signIn(): Promise<void> {
  await comptoir.call('POST', '/api/users', { name: 'Anne', password: 'cheval exact pile agrafe', role: 'configure' });
  await shoot('27-login', '/login', (page) => seen(page.getByLabel(/^(Mot de passe|Password)$/)), { english: true });
}

type More = { readonly english?: boolean; readonly look?: Look };

/** A picture is only taken when asked for, but what it does on the page is done in any case: later ones stand on it. */
async function shoot(
  name: string,
  path: string,
  ready: (page: Page) => Promise<unknown>,
  { english = false, look = {} }: More = {},
) {
  for (const language of english ? (['fr', 'en'] as const) : (['fr'] as const)) {
    const context = await person(browser, { ...look, language });
    const { page } = await openPage(context, comptoir.url + path);
    await ready(page);
    await page.waitForLoadState('networkidle', { timeout: 2_000 }).catch(() => {}); // a page that follows a run never falls silent
    await page.evaluate(() => document.fonts.ready);
    if (chosen.length === 0 || chosen.some((number) => name.startsWith(number))) {
      const file = join(FOLDER, language, `${name}.png`);
      await mkdir(join(FOLDER, language), { recursive: true });
      await page.screenshot({ path: file });
      bytes += (await stat(file)).size;
    }
    await context.close();
  }
}

async function write(run: string): Promise<void> {
  await comptoir.call('POST', `/api/reviews/${run}/write`);
  await state(run, 'written');
}

async function state(run: string, wanted: string): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  const ask = async () => (await comptoir.call<RunSummary>('GET', `/api/runs/${run}`)).state;
  while ((await settled(ask, (now) => now === wanted)) !== wanted) {
    if (Date.now() > end) throw new Error(`The run ${run} is not ${wanted}.`);
  }
}

function heading(page: Page) {
  return seen(page.getByRole('heading', { level: 1 }));
}

function rows(page: Page) {
  return seen(page.getByRole('row').filter({ hasText: '#FA000001' }));
}

function why(page: Page) {
  return seen(page.locator('.why-head'));
}

/** The dialog, once the shop has said how many orders it holds. */
async function counted(page: Page) {
  const dialog = await seen(page.getByRole('dialog'));
  await settled(
    () => dialog.locator('dl').innerText(),
    (text) => !text.includes('…'),
  );
}
