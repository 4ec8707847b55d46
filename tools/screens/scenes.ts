import type { Page } from 'playwright-core';
import type { ProfileDocument, ProfileSummary, RunSummary } from '../../src/api/api.ts';
import type { LanguageFile } from '../../src/api/languages.ts';
import type { MendRequest, Review } from '../../src/api/review.ts';
import type { WooDemoShop } from '../../src/demo/woocommerce.ts';
import type { ProfileInput } from '../../src/profiles/profile.ts';
import { type Comptoir, importForReview, seen, settled } from '../../test/browser/browser.ts';
import { largeProfile } from '../../test/browser/large.ts';
import { makeProfile, PERIOD } from '../../test/browser/lavande.ts';
import { type Camera, LANGUAGES } from './camera.ts';

const DUTCH = { code: 'nl', name: 'Nederlands', version: '1', from: 'en' };
const SENTENCES = {
  ...{ 'ui.cancel': 'Annuleren', 'ui.close': 'Sluiten', 'ui.save': 'Opslaan' },
  ...{ 'ui.options.about': 'Over', 'ui.options.access': 'Toegang', 'ui.options.backup': 'Back-up' },
  ...{ 'ui.options.general': 'Algemeen', 'ui.options.home': 'Gegevens', 'ui.options.languages': 'Talen' },
  ...{ 'ui.options.profiles': 'Profielen', 'ui.options.version': 'Versie' },
};
const PHONE = { width: 390, height: 844 } as const;
const PATIENCE_MS = 300_000;

export type Shops = { readonly lavande: WooDemoShop; readonly edited: WooDemoShop; readonly large: WooDemoShop };

/** In the order in which the state of one data folder makes them possible. */
export async function takeAll(comptoir: Comptoir, shops: Shops, { shoot, scene, wants }: Camera): Promise<void> {
  await shoot('01-welcome', '/welcome', heading);
  const profile = await makeProfile(comptoir, shops.lavande, { name: 'Maison Lavande' });
  const home = `/p/${profile}`;
  await scene('before the first import', beforeImport);
  const run = await importForReview(comptoir, profile, PERIOD);
  await scene('the list of entries', () => list(run));
  if (wants('07')) await scene('after mending', mended);
  await mend(run);
  await scene('after writing', () => written(run));
  await scene('another currency', foreign);
  if (wants('03', '10')) await scene('a large shop', large);
  await scene('a key that is refused', refused);
  await shoot('20-history', `${home}/runs`, (page) => seen(page.getByRole('row').filter({ hasText: '.pnm' })));
  await scene('an order that changed', changed);
  await shoot('24-profiles', '/options/profiles', (page) =>
    seen(page.getByRole('row').filter({ hasText: 'Maison Lavande' })),
  );
  await scene('a language of one’s own', translation);
  await scene('signing in', signIn);

  async function beforeImport() {
    await shoot('05-import', `${home}?import=sales`, counted);
    const taxes = `${home}/mapping/taxes`;
    await shoot('13-mapping-taxes', taxes, (page) => seen(page.getByLabel(/^(Compte de taxe|Tax account), /)));
    await shoot('14-mapping-payments', `${home}/mapping/payments`, (page) => seen(page.locator('.mapping-grid')));
    await shoot('32-mapping-390', taxes, heading, { look: PHONE });
    const own = await makeProfile(comptoir, shops.lavande, {
      ...{ name: 'Cabinet Rivière', part: { ledger: { type: 'custom' } } },
    });
    await shoot('26-format', `/p/${own}/format`, (page) => seen(page.getByText(/Relu|Read back/)));
    await shoot('16-unsaved', `${home}/settings/profile`, async (page) => {
      await (await seen(page.getByRole('textbox').first())).fill('Maison Lavande et fille');
      await page.getByRole('link', { name: /^(Historique|History)/ }).click();
      await seen(page.getByRole('dialog'));
    });
    await shoot('17-pattern', `${home}/settings/entries`, (page) => seen(page.getByRole('textbox').first()));
    const { id } = await comptoir.call<ProfileSummary>('POST', '/api/profiles', {
      ...{ name: 'Première fois', shop: 'woocommerce', url: shops.lavande.url, ledger: 'sage-pnm', template: 'france' },
      credentials: shops.lavande.credentials,
    });
    const at = (step: string) => `/start/${step}?p=${id}`;
    await shoot('18-assistant-connection', at('connection'), heading);
    await shoot('18-assistant-accounts', at('accounts'), (page) => seen(page.getByRole('textbox')));
    await shoot('33-assistant-390', at('accounts'), (page) => seen(page.getByRole('textbox')), { look: PHONE });
  }

  async function list(id: string) {
    const review = `${home}/review/${id}`;
    const ready = `${review}?tab=ready`;
    const told = (page: Page) => seen(page.getByRole('log').getByText('Alma 3x'));
    await shoot('04-main-problems', home, told);
    await shoot('29-main-390', home, told, { look: PHONE });
    // Twice the size is half the room.
    await shoot('35-main-200', home, told, { look: { width: 720, height: 450 } });
    await shoot('06-list', ready, rows);
    await shoot('34-list-1024', ready, rows, { look: { width: 1024, height: 768 } });
    await shoot('30-list-390', ready, (page) => seen(page.locator('.entry-card')), { look: PHONE });
    await shoot('08-why', `${review}/1/1?tab=ready`, why, { look: { theme: 'dark' } });
    await shoot('31-why-390', `${review}/1/1?tab=ready`, why, { look: PHONE });
    await shoot('12-sum', review, async (page) => {
      await (await seen(page.getByRole('button', { name: /^(Voir le calcul|Show the sum)/ }))).click();
      await seen(page.getByRole('dialog'));
    });
    await shoot('12-document-held', `${home}/documents/sale/6`, (page) =>
      seen(page.getByRole('region', { name: /^(Lignes|Lines)/ })),
    );
  }

  /** On a profile of its own for each picture: what a page mended, another finds mended. */
  async function mended() {
    const lists: Record<string, string> = {};
    for (const language of LANGUAGES) {
      const name = `Maison Lavande, ${language === 'fr' ? 'Paris' : 'London'}`;
      const one = await makeProfile(comptoir, shops.lavande, { name });
      lists[language] = `/p/${one}/review/${await importForReview(comptoir, one, PERIOD)}`;
    }
    await shoot('07-mended', '/welcome', async (page, language) => {
      await page.goto(`${comptoir.url}${lists[language]}?tab=ready`);
      await (await seen(page.getByRole('button', { name: /^(Ajouter et libérer|Add and release)/ }))).click();
      await seen(page.getByText(/ventes libérées|sales released/));
      await (await seen(page.getByRole('button', { name: /^(Associer|Assign)$/ }))).click();
      await seen(page.getByRole('button', { name: /^(Créer|Create) 18 / }));
      await rows(page);
    });
    for (const address of Object.values(lists)) {
      const [, , one = '', , review = ''] = address.split('/');
      await comptoir.call('POST', `/api/reviews/${review}/close`);
      await comptoir.call('DELETE', `/api/profiles/${one}`);
      await comptoir.call('DELETE', `/api/deleted-profiles/${one}`); // for good
    }
  }

  /** Every cure that is proposed, taken as it is. */
  async function mend(id: string) {
    const { problems } = await comptoir.call<Review>('GET', `/api/reviews/${id}`);
    for (const { cure } of problems) {
      const request: MendRequest | null =
        cure.type === 'vat-account'
          ? {
              ...{ type: cure.type, country: cure.country, item: cure.item },
              account: cure.proposedAccount ?? '',
              code: cure.proposedCode,
            }
          : cure.type === 'payment'
            ? {
                ...{ type: cure.type, method: cure.method },
                journal: cure.proposedJournal ?? '',
                bank: cure.proposedBank ?? '',
              }
            : null;
      if (request !== null) await comptoir.call('POST', `/api/reviews/${id}/mend`, request);
    }
  }

  async function written(id: string) {
    await write(id);
    await shoot('21-run', `${home}/runs/${id}`, rows);
    const notes = await importForReview(comptoir, profile, { ...PERIOD, kind: 'creditNotes' });
    await shoot('28-credit-notes', `${home}/review/${notes}`, (page) =>
      seen(page.getByRole('row').filter({ hasText: /335[,.]83/ })),
    );
    await write(notes);
    const told = (page: Page) =>
      seen(
        page
          .getByRole('log')
          .getByText(/VENTES\.pnm|AVOIRS\.pnm|\.pnm/)
          .first(),
      );
    await shoot('02-main', home, told);
    await shoot('02-main-dark', home, told, { look: { theme: 'dark' } });
    await shoot('21-document', `${home}/documents/sale/1`, (page) => seen(page.locator('.document-history')));
    const december = `${home}/dashboard?from=2018-11-26&to=2018-12-31`;
    const board = (page: Page) => seen(page.locator('.board'));
    await shoot('19-dashboard', december, board);
    await shoot('19-dashboard-dark', december, board, { look: { theme: 'dark' } });
    await shoot('19-dashboard-390', december, board, { look: PHONE });
    await shoot('36-search', home, async (page) => {
      await heading(page);
      await page.keyboard.press('Control+k');
      await page.keyboard.type('#FA000002');
      await seen(page.getByRole('option', { name: /(Vente|Sale) 2/ }));
    });
    await shoot('37-help', '/help/list', (page) => seen(page.locator('article h2')));
    const again = await importForReview(comptoir, profile, { from: '2018-11-26', to: '2018-12-20' });
    await shoot('11-list-empty', `${home}/review/${again}`, (page) =>
      seen(page.getByText(/Rien à écrire|Nothing to write/)),
    );
    await comptoir.call('POST', `/api/reviews/${again}/close`);
  }

  async function foreign() {
    const demo = await comptoir.call<ProfileSummary>('POST', '/api/demos/demo-woocommerce');
    const abroad = await importForReview(comptoir, demo.id, { from: '2026-10-10', to: '2026-10-31' });
    await shoot('09-foreign', `/p/${demo.id}/review/${abroad}?q=92`, (page) =>
      seen(page.getByRole('row').filter({ hasText: 'USD' })),
    );
  }

  async function large() {
    const many = await largeProfile(comptoir, shops.large);
    const start = { kind: 'sales', from: '2026-08-01', to: '2026-11-30', review: true };
    const { id } = await comptoir.call<RunSummary>('POST', `/api/profiles/${many}/runs`, start);
    const progress = (page: Page) => seen(page.getByRole('progressbar'));
    await shoot('03-running', `/p/${many}`, progress, { together: true });
    await state(id, 'review');
    await shoot('10-large', `/p/${many}/review/${id}?f.payment=PayPal`, (page) =>
      seen(page.getByRole('status').filter({ hasText: /au filtre|match the filter|filter/ })),
    );
    await comptoir.call('POST', `/api/reviews/${id}/close`);
  }

  async function refused() {
    const wrong = { url: shops.lavande.url, credentials: { ...shops.lavande.credentials, secret: 'cs_wrong' } };
    const garance = await makeProfile(comptoir, wrong, { name: 'Atelier Garance' });
    const asked = { kind: 'sales', ...PERIOD, review: true };
    const { id } = await comptoir.call<RunSummary>('POST', `/api/profiles/${garance}/runs`, asked);
    await state(id, 'failed');
    await shoot('22-run-failed', `/p/${garance}/runs/${id}`, (page) => seen(page.getByRole('alert')));
    await shoot('15-settings', `/p/${garance}/settings/shop`, async (page) => {
      await (await seen(page.getByRole('button', { name: /Tester la connexion|Test the connection/ }))).click();
      await seen(page.getByText(/refuse la clé|refuses the key/));
    });
  }

  /** The same profile asks a shop where an order was edited after its transfer. */
  async function changed() {
    const before = await comptoir.call<ProfileDocument>('GET', `/api/profiles/${profile}/document`);
    const document = before.profile as ProfileInput; // the server's own
    await comptoir.call('PUT', `/api/profiles/${profile}/document`, {
      revision: before.revision,
      profile: { ...document, shop: { ...document.shop, url: shops.edited.url } },
      secrets: shops.edited.credentials,
    });
    const review = await importForReview(comptoir, profile, PERIOD);
    await shoot('23-comparison', `${home}/documents/sale/3`, (page) =>
      seen(page.getByRole('region', { name: /Comparaison|Comparison/ })),
    );
    await comptoir.call('POST', `/api/reviews/${review}/close`);
  }

  /** Some sentences of another language, the rest still to do. */
  async function translation() {
    const file = await comptoir.call<LanguageFile>('POST', '/api/languages', DUTCH);
    await comptoir.call('PUT', `/api/languages/${file.code}`, {
      ...{ revision: file.revision, name: file.name, version: file.version, changes: SENTENCES },
    });
    await shoot('25-translation', `/options/languages/${file.code}?category=ui.options`, async (page) => {
      await heading(page);
      await seen(page.getByRole('textbox').first());
    });
  }

  /** Last: from the first user on, whoever comes signs in. */
  async function signIn() {
    const anne = { name: 'Anne', password: 'cheval exact pile agrafe', role: 'configure' };
    await comptoir.call('POST', '/api/users', anne);
    await shoot('27-login', '/login', (page) => seen(page.getByLabel(/^(Mot de passe|Password)$/)));
  }

  async function write(id: string): Promise<void> {
    await comptoir.call('POST', `/api/reviews/${id}/write`);
    await state(id, 'written');
  }

  async function state(id: string, wanted: string): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    const ask = async () => (await comptoir.call<RunSummary>('GET', `/api/runs/${id}`)).state;
    while ((await settled(ask, (now) => now === wanted)) !== wanted) {
      if (Date.now() > end) throw new Error(`The run ${id} is not ${wanted}.`);
    }
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
