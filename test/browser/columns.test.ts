import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProfileDocument, ProfileSummary } from '../../src/api/api.ts';
import type { ProfileInput } from '../../src/profiles/profile.ts';
import { bench, importForReview, openPage, person, plain, seen, settled } from './browser.ts';

/** The list with foreign currencies: orders of the demo in dollars beside those in euros. */
const { browser, comptoir } = await bench();
const PERIOD = { from: '2026-10-10', to: '2026-10-31' };

test('S-075 amounts in currency on the lines that have one, their code beside; no sideways scrolling at 1440 px', async () => {
  const { id } = await comptoir.call<ProfileSummary>('POST', '/api/demos/demo-woocommerce');
  const converted = await importForReview(comptoir, id, PERIOD);
  for (const language of ['fr', 'en'] as const)
    assert.match(await look(`/p/${id}/review/${converted}`, language), /^(Cours|FX rate) \| 707200 .* 49,?\.?71$/);
  await comptoir.call('POST', `/api/reviews/${converted}/close`);

  const path = `/api/profiles/${id}/document`;
  const { revision, profile } = await comptoir.call<ProfileDocument>('GET', path);
  const { mappings, entries, ...rest } = profile as ProfileInput; // the server's own document
  const [dollar] = mappings?.currencies?.exceptions ?? [];
  const currencies = { exceptions: [{ ...dollar, item: 'USD', ledgerCurrency: 'USD' }] };
  await comptoir.call('PUT', path, {
    revision,
    profile: { ...rest, entries: { ...entries, inCurrency: true }, mappings: { ...mappings, currencies } },
  });
  const list = `/p/${id}/review/${await importForReview(comptoir, id, PERIOD)}`;
  const told = await look(list, 'fr');
  assert.match(told, /^Mt en devise \| 707200 .* 49,71 54,00 USD$/, `positive, since credit says the side: ${told}`);
  assert.match(await look(list, 'en'), /^In currency \| 707200 .* 49\.71 54\.00 USD$/);
  assert.match(await look(`${list}?flat=1`, 'fr'), /^Mt en devise \| .* 49,71 .* USD 1,0862 54,00 USD$/);
});

/** The last head, and the sale in dollars; the list has room for all it shows. */
async function look(address: string, language: 'fr' | 'en'): Promise<string> {
  const context = await person(browser, { language });
  const { page } = await openPage(context, comptoir.url + address);
  const line = await seen(
    page
      .getByRole('row')
      .filter({ hasText: '707200' })
      .filter({ hasText: /49[,.]71/ }),
  );
  const heads = await page.getByRole('columnheader').allInnerTexts();
  const told = `${plain(heads.at(-1) ?? '')} | ${plain(await line.innerText())}`;
  const measure = () =>
    page.getByRole('treegrid').evaluate((grid) => ({ needs: grid.scrollWidth, has: grid.clientWidth }));
  const { needs, has } = await settled(measure, (now) => now.needs <= now.has);
  assert.ok(needs <= has, `${address} ${language}: ${needs} px in ${has}`);
  await context.close();
  return told;
}
