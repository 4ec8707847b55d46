import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal, decimalText } from '../src/core/decimal.ts';
import { startPrestashopDemo } from '../src/demo/prestashop.ts';
import { capturedPsRecords } from '../src/demo/ps-records.ts';
import { capturedWooRecords } from '../src/demo/woo-records.ts';
import { startWooDemo } from '../src/demo/woocommerce.ts';
import type { Profile } from '../src/profiles/profile.ts';
import type { Reconciled } from './reconcile/compare.ts';
import { type DemoId, demoProfile, reconcileShop, statedBy } from './reconcile/reconcile.ts';
import { type Chance, chanceOf } from './transformed/chance.ts';
import { otherPsShop } from './transformed/prestashop.ts';
import { otherWooShop } from './transformed/woocommerce.ts';

const SEEDS = [1, 2, 3];

for (const seed of SEEDS) {
  test(`woocommerce, seed ${seed}: other figures, ids and rates are booked as the shop states them`, async () => {
    const chance = chanceOf(seed);
    const { records, stated } = otherWooShop(capturedWooRecords(), statedBy('woocommerce'), chance);
    const shop = await startWooDemo({ transform: () => records });
    try {
      const { documents } = await reconcileShop(shop, profileOf('woocommerce', chance), stated);
      agree(documents, 40);
    } finally {
      await shop.close();
    }
  });
}

for (const [id, version, booked] of [
  ['prestashop', '9.1.4', 44],
  ['prestashop-1.6', '1.6.1.25', 15],
] as const) {
  for (const seed of SEEDS) {
    test(`${id}, seed ${seed}: other figures, ids and rates are booked as the shop states them`, async () => {
      const chance = chanceOf(seed);
      const { records, stated } = otherPsShop(capturedPsRecords(id), statedBy(id), chance);
      const shop = await startPrestashopDemo({ version, transform: () => records });
      try {
        const { documents } = await reconcileShop(shop, profileOf(id, chance), stated);
        agree(documents, booked);
      } finally {
        await shop.close();
      }
    });
  }
}

function agree(documents: readonly Reconciled[], booked: number): void {
  const wrong = documents.flatMap(({ stated, differences }) =>
    differences
      .filter(({ cause }) => cause === null)
      .map((one) => `${stated.name} ${stated.key} ${one.figure}: ${one.stated}, booked ${one.booked}`),
  );
  assert.deepEqual(wrong, []);
  assert.equal(documents.filter(({ state }) => state === 'agrees').length, booked);
}

/** The demo profile with its accounts of VAT at the other rates. */
function profileOf(id: DemoId, chance: Chance): Profile {
  const profile = demoProfile(id);
  const { taxes } = profile.mappings;
  const exceptions = taxes.exceptions.map((row) => {
    if (row.item === null || !row.item.endsWith('%')) return row;
    return { ...row, item: `${decimalText(chance.rate(decimal(row.item.slice(0, -1))))}%` };
  });
  return { ...profile, mappings: { ...profile.mappings, taxes: { ...taxes, exceptions } } };
}
