import process from 'node:process';
import type { Browser, Page } from 'playwright-core';
import type { ProfileDocument, ProfileSummary } from '../../src/api/api.ts';
import type { Review } from '../../src/api/review.ts';
import { startWooDemo } from '../../src/demo/woocommerce.ts';
import { DEMOS } from '../../src/profiles/demo.ts';
import { type Comptoir, openPage, person, plain, seen, settled, textOf } from './browser.ts';

/**
 * A shop of ten thousand accounted orders, 300 of which do not add up, imported and read through in the browser: what
 * the list told at each step, for the test, and how long it took, for `bench/list.ts`.
 */
/** Of 36 accounted orders each; a benchmark may ask for more: 400 make a hundred thousand lines. */
export const COPIES = Number(process.env.COPIES ?? 280);
export const BROKEN = 300;
const PATIENCE_MS = 180_000;

export type Walk = {
  readonly counted: string;
  readonly review: Review;
  readonly bandTitle: string;
  readonly causesShown: number;
  readonly filtered: string;
  readonly unticked: Review;
  readonly whiteMs: number;
  readonly jumpMs: number;
  readonly files: readonly string[];
  readonly times: {
    readonly readMs: number;
    readonly firstRowMs: number;
    readonly filterMs: number;
    readonly sortMs: number;
    readonly bulkMs: number;
    readonly endMs: number;
    readonly writeMs: number;
    readonly frameMedianMs: number;
    readonly frame99Ms: number;
  };
  readonly browserHeapBytes: number;
  readonly serverPeakBytes: number | null;
  readonly faults: readonly string[];
};

export async function walk(browser: Browser, comptoir: Comptoir): Promise<Walk> {
  const shop = await startWooDemo({ copies: COPIES, broken: BROKEN });
  try {
    return await read(browser, comptoir, await largeProfile(comptoir, shop));
  } finally {
    await shop.close();
  }
}

/** The accounts of the demo, on the large shop. */
export async function largeProfile(
  comptoir: Comptoir,
  { url, credentials }: { readonly url: string; readonly credentials: Readonly<Record<string, string>> },
): Promise<string> {
  const demo = DEMOS.find(({ shop }) => shop === 'woocommerce')?.profile();
  const made = {
    name: 'Grande boutique',
    shop: 'woocommerce',
    url,
    ledger: 'sage-pnm',
    template: 'france',
    credentials: {},
  };
  const { id } = await comptoir.call<ProfileSummary>('POST', '/api/profiles', made);
  const { revision } = await comptoir.call<ProfileDocument>('GET', `/api/profiles/${id}/document`);
  const profile = { ...demo, name: made.name, shop: { type: 'woocommerce', url, http: { pauseMs: 0 } } };
  await comptoir.call('PUT', `/api/profiles/${id}/document`, { revision, profile, secrets: credentials });
  return id;
}

async function read(browser: Browser, comptoir: Comptoir, profile: string): Promise<Walk> {
  const context = await person(browser);
  context.setDefaultTimeout(PATIENCE_MS);
  const { page, faults } = await openPage(context, `${comptoir.url}/p/${profile}?import=sales`);
  const dialog = await seen(page.getByRole('dialog'));
  const counted = await settled(
    () => textOf(dialog.locator('dl')),
    (text) => text !== '' && !text.includes('…'),
  );
  let since = performance.now();
  await dialog.getByRole('button', { name: 'Importer les ventes' }).click();
  // Pages of a hundred add up under the eyes of whoever waits.
  await page.waitForFunction(() => (document.querySelector('progress')?.value ?? 0) > 1_000);
  await page.waitForURL(/\/review\/[^/]+$/);
  const readMs = lap();
  const run = page.url().split('/').at(-1) ?? '';
  const getReview = () => comptoir.call<Review>('GET', `/api/reviews/${run}`);
  await rows(page);

  since = performance.now();
  await page.reload();
  await rows(page);
  const firstRowMs = lap();
  const review = await getReview();
  const band = await seen(page.getByRole('region', { name: /à régler/ }));
  const bandTitle = await textOf(band.getByRole('button').first());
  const causesShown = await band.locator('.problem').count();

  const { frames, whiteMs, jumpMs } = await page.evaluate(scrollAlong);
  const browserHeapBytes = await page.evaluate(
    () => (performance as Performance & { memory?: { usedJSHeapSize: number } }).memory?.usedJSHeapSize ?? 0,
  ); // Chromium's own
  since = performance.now();
  await page.getByRole('treegrid').focus();
  await page.keyboard.press('End');
  await page.locator(`[role=row][aria-rowindex="${await lastIndex(page)}"]:not(.loading)`).waitFor();
  const endMs = lap();
  await page.keyboard.press('Home');

  since = performance.now();
  await page.getByRole('button', { name: /Paiement.*: Tous/ }).click();
  await page.getByRole('checkbox', { name: /^PayPal/ }).check();
  const bar = await seen(page.getByRole('status').filter({ hasText: /correspondent au filtre/ }));
  const filterMs = lap();
  const filtered = await textOf(bar);
  since = performance.now();
  await bar.getByRole('button', { name: /^Décocher les/ }).click();
  await seen(
    page.getByRole('button', { name: new RegExp(`^Créer (?!${plain(review.totals.entries.toLocaleString('fr'))} )`) }),
  );
  const bulkMs = lap();
  const unticked = await getReview();
  since = performance.now();
  await page.getByRole('columnheader', { name: /Débit/ }).getByRole('button').click();
  await page.getByRole('columnheader', { name: /Débit/ }).and(page.locator('[aria-sort=ascending]')).waitFor();
  await page.locator('.grid:not(.stale)').waitFor();
  const sortMs = lap();

  since = performance.now();
  await page.getByRole('button', { name: /^Créer/ }).click();
  await page.waitForURL(/\/runs\//);
  const writeMs = lap();
  const link = await seen(page.getByRole('link', { name: /Télécharger/ }));
  const files = [String(await link.getAttribute('download'))];
  await context.close();
  const sorted = [...frames].sort((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return {
    counted,
    review,
    bandTitle,
    causesShown,
    filtered,
    unticked,
    whiteMs,
    jumpMs,
    files,
    faults,
    browserHeapBytes,
    serverPeakBytes: comptoir.peakBytes(),
    times: {
      readMs,
      firstRowMs,
      filterMs,
      sortMs,
      bulkMs,
      endMs,
      writeMs,
      frameMedianMs: at(0.5),
      frame99Ms: at(0.99),
    },
  };

  function lap(): number {
    return Math.round(performance.now() - since);
  }
}

function rows(page: Page) {
  return seen(page.locator('[role=row][id^=row-]:not(.loading)'));
}

async function lastIndex(page: Page): Promise<number> {
  return Number(await page.getByRole('treegrid').getAttribute('aria-rowcount'));
}

/**
 * In the browser: scrolls for three seconds at 6 000 px/s and two at 30 000, then jumps far. Frame times of the first;
 * the longest time a row in sight was empty while scrolling, and after the jump.
 */
async function scrollAlong(): Promise<{ frames: number[]; whiteMs: number; jumpMs: number }> {
  const scroller = document.querySelector('[role=treegrid]');
  if (scroller === null) return { frames: [], whiteMs: -1, jumpMs: -1 };
  const frames: number[] = [];
  const start = performance.now();
  let before = start;
  let white: number | null = null;
  let [whiteMs, jumpMs] = [0, 0];
  while (before - start < 6_000) {
    const now = await new Promise<number>((resolve) => requestAnimationFrame(() => resolve(performance.now())));
    const elapsed = now - start;
    if (elapsed < 3_000) frames.push(now - before);
    before = now;
    scroller.scrollTop = elapsed < 3_000 ? elapsed * 6 : elapsed < 5_000 ? 18_000 + (elapsed - 3_000) * 30 : 400_000;
    const { top, bottom } = scroller.getBoundingClientRect();
    const empty = [...scroller.querySelectorAll('.loading')].some((row) => {
      const place = row.getBoundingClientRect();
      return place.bottom > top && place.top < bottom;
    });
    if (empty) white ??= now;
    const lasted = white === null ? 0 : now - white;
    if (elapsed < 5_000) whiteMs = Math.max(whiteMs, lasted);
    else jumpMs = Math.max(jumpMs, lasted);
    if (!empty) white = null;
  }
  return { frames, whiteMs: Math.round(whiteMs), jumpMs: Math.round(jumpMs) };
}
