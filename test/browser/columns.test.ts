import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProfileSummary } from '../../src/api/api.ts';
import { bench, importForReview, openPage, person, seen } from './browser.ts';

/** The list with foreign currencies: orders of the demo in dollars beside those in euros. */
const { browser, comptoir } = await bench();
const demo = await comptoir.call<ProfileSummary>('POST', '/api/demos/demo-woocommerce');
const run = await importForReview(comptoir, demo.id, { from: '2026-10-10', to: '2026-10-31' });

test('the list with its currency columns needs no sideways scrolling at 1440 px, grouped or flat, in both languages', async () => {
  for (const language of ['fr', 'en'] as const) {
    for (const search of ['', '?flat=1']) {
      const context = await person(browser, { language });
      const { page } = await openPage(context, `${comptoir.url}/p/${demo.id}/review/${run}${search}`);
      await seen(page.getByRole('row').filter({ hasText: 'USD' }));
      const { needs, has } = await page
        .getByRole('treegrid')
        .evaluate((grid) => ({ needs: grid.scrollWidth, has: grid.clientWidth }));
      assert.ok(needs <= has, `${language} ${search}: ${needs} px in ${has}`);
      await context.close();
    }
  }
});
