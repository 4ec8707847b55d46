import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import type { Entry } from '../src/core/entry.ts';
import type { DemoShop } from '../src/demo/demo-shop.ts';
import { DEMOS } from '../src/demo/index.ts';
import { startMagentoDemo } from '../src/demo/magento.ts';
import { madeRecords } from '../src/demo/mg-made.ts';
import { TRADES } from '../src/demo/mg-trades.ts';
import { startPrestashopDemo } from '../src/demo/prestashop.ts';
import { capturedPsRecords } from '../src/demo/ps-records.ts';
import { startShopifyDemo } from '../src/demo/shopify.ts';
import { describedOrders } from '../src/demo/shopify-described.ts';
import { capturedWooRecords } from '../src/demo/woo-records.ts';
import { startWooDemo } from '../src/demo/woocommerce.ts';
import type { Profile } from '../src/profiles/profile.ts';
import type { Stated } from './reconcile/figures.ts';
import { magentoFigures } from './reconcile/magento.ts';
import { DEMO_IDS, type DemoId, demoProfile, statedBy } from './reconcile/reconcile.ts';
import { chanceOf } from './transformed/chance.ts';
import { otherTrades } from './transformed/magento.ts';
import { otherPsShop } from './transformed/prestashop.ts';
import { atOtherRates } from './transformed/rates.ts';
import { otherDescribed, otherFigures, withoutRecorded } from './transformed/shopify.ts';
import { otherWooShop } from './transformed/woocommerce.ts';
import { type Books, booksOf } from './under-profiles/books.ts';
import {
  assertAllThere,
  assertBalanced,
  assertFigures,
  balancesByHledger,
  balancesOf,
} from './under-profiles/judge.ts';
import { VARIANTS, variantOf } from './under-profiles/profiles.ts';

/**
 * Every recorded shop, and each of them with other figures, ids and rates drawn by a seed, under profiles as unlike as
 * accountants' files are: whole runs, sales and credit notes, over the shop's protocol and into files.
 */
const hledger = spawnSync('hledger', ['--version'], { encoding: 'utf8' });
const missing = hledger.error ? 'hledger is not installed on this machine' : false;
const SEED = 11;

type Recorded = {
  readonly name: string;
  readonly profile: Profile;
  /** What the shop states, of those that a profile makes it read. */
  readonly stated: (inCurrency: boolean) => readonly Stated[];
  /** Imported twice into two data folders, to the same bytes. */
  readonly repeated: boolean;
  readonly start: () => Promise<DemoShop>;
};

const SHOPS: readonly Recorded[] = DEMO_IDS.flatMap((id) => [recorded(id), otherwise(id)]);

for (const variant of VARIANTS) {
  describe(variant.name, () => {
    const seen: Entry[] = [];
    for (const { name, profile: own, stated, start, repeated } of SHOPS) {
      let books: Books;
      test(`${name}: every document balances and has its own total and VAT by rate${repeated ? '; again, the same bytes' : ''}`, async () => {
        const profile = variantOf(variant, own);
        const shop = await start();
        try {
          books = await booksOf(shop, profile);
          if (repeated) assert.deepEqual((await booksOf(shop, profile)).files, books.files);
        } finally {
          await shop.close();
        }
        const said = stated(profile.entries.inCurrency);
        assertAllThere(books, said, profile);
        assertBalanced(books);
        assert.ok(assertFigures(books, profile, variant.ownVat ? null : said) > 10);
        seen.push(...books.entries);
      });

      test(`${name}: every account has its balance in the files, as hledger reads them`, { skip: missing }, () => {
        assert.deepEqual(balancesByHledger(books.files), balancesOf(books));
      });
    }

    test('the profile is obeyed', () => {
      const unseen = variant.shows.filter(([, shows]) => !seen.some(shows)).map(([what]) => what);
      assert.deepEqual(unseen, []);
    });
  });
}

test('each profile gives other books of the same shop', async () => {
  const [shop] = SHOPS;
  assert.ok(shop !== undefined);
  const books = new Set<string>();
  for (const variant of VARIANTS) {
    const running = await shop.start();
    const { files } = await booksOf(running, variantOf(variant, shop.profile));
    await running.close();
    books.add(JSON.stringify([...files]));
  }
  assert.equal(books.size, VARIANTS.length);
});

function recorded(id: DemoId): Recorded {
  const demo = DEMOS.find((one) => one.id === id) ?? assert.fail(id);
  return {
    name: id,
    profile: demoProfile(id),
    stated: (inCurrency) => statedBy(id, inCurrency),
    repeated: true,
    start: () => demo.start(),
  };
}

/** The same shop with other figures: no rule may know a recorded order. */
function otherwise(id: DemoId): Recorded {
  const chance = chanceOf(SEED);
  const name = `${id}, other figures`;
  const profile = atOtherRates(demoProfile(id), chance);
  if (id === 'magento') {
    const trades = otherTrades(TRADES, chance);
    return {
      name,
      profile,
      stated: (inCurrency) => magentoFigures(trades, { inCurrency }),
      repeated: false,
      start: () => startMagentoDemo({ transform: () => madeRecords(trades) }),
    };
  }
  if (id === 'shopify') {
    const before = describedOrders();
    const orders = otherDescribed(before, chance);
    return {
      name,
      profile,
      stated: (inCurrency) => otherFigures(orders, before, { inCurrency }),
      repeated: false,
      start: () => startShopifyDemo({ change: () => orders, transform: withoutRecorded(orders) }),
    };
  }
  if (id === 'woocommerce') {
    const { records, stated } = otherWooShop(capturedWooRecords(), statedBy(id), chance);
    return {
      name,
      profile,
      stated: () => stated,
      repeated: false,
      start: () => startWooDemo({ transform: () => records }),
    };
  }
  const { records, stated } = otherPsShop(capturedPsRecords(id), statedBy(id), chance);
  const version = id === 'prestashop' ? '9.1.4' : '1.6.1.25';
  return {
    name,
    profile,
    stated: () => stated,
    repeated: false,
    start: () => startPrestashopDemo({ version, transform: () => records }),
  };
}
