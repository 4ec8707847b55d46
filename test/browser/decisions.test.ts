import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bench, gone, importForReview, openPage, person, seen, settled, textOf } from './browser.ts';
import { makeProfile, PERIOD, startLavande } from './lavande.ts';

/** What a person decides in the list of entries, beside the rules that mend a mapping. */
const { browser, comptoir } = await bench();
const shop = await startLavande();

test('D-33 documents dated in a closed period: one answer frees them, on the next open day or on their own', async () => {
  const advanced = { closedTo: '2018-12-20', lateDocuments: 'ask' } as const;
  const profile = await makeProfile(comptoir, shop, { name: 'Close', part: { advanced } });
  const context = await person(browser);
  for (const [name, date, badge] of [
    ['Dater du 21/12/2018', '21/12/2018', 1],
    ['Garder leur date', '26/11/2018', 0],
  ] as const) {
    const review = await importForReview(comptoir, profile, PERIOD);
    const { page, faults } = await openPage(context, `${comptoir.url}/p/${profile}/review/${review}`);
    const late = await seen(page.locator('.problem').filter({ hasText: 'période close (jusqu’au 20/12/2018)' }));
    assert.match(await textOf(late), /c’est à vous de dire\. Commandes 1, 2 et 3\. /);
    await seen(page.getByRole('button', { name: /^Créer 7 écritures/ }));
    await late.getByRole('button', { name }).click();
    await seen(page.getByText('3 ventes libérées'));
    await gone(late);
    await seen(page.getByRole('button', { name: /^Créer 13 écritures/ }));
    const first = page.getByRole('row').filter({ hasText: '#FA000001' }).filter({ hasText: 'Vente' });
    assert.match(
      await settled(
        () => textOf(first.first()),
        (text) => text.includes(date),
      ),
      new RegExp(`^\\d+ VTE ${date} #FA000001 WEB1 Vente commande 1`),
    );
    assert.equal(await first.first().getByText('Daté du 21/12/2018').count(), badge);
    assert.deepEqual(faults, []);
    await page.close();
    await comptoir.call('POST', `/api/reviews/${review}/close`);
  }
  await context.close();
});
