import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import {
  add,
  compare,
  type Decimal,
  decimal,
  equal,
  magnitude,
  round,
  subtract,
  sum,
  ZERO,
} from '../src/core/decimal.ts';
import { DEMOS } from '../src/demo/index.ts';
import type { Profile } from '../src/profiles/profile.ts';
import { validateProfile } from '../src/profiles/validate.ts';
import { known } from '../src/wiring/profiles.ts';
import type { Booked, Reconciled } from './reconcile/compare.ts';
import { type Stated, text, vatTotal } from './reconcile/figures.ts';
import { reconciliationPage } from './reconcile/page.ts';
import { DEMO_IDS, type DemoId, demoProfile, reconcileShop, statedBy } from './reconcile/reconcile.ts';

/** How many documents of each shop are booked, are empty, or belong to orders that are not sold. */
const COUNTS: Readonly<Record<DemoId, { sales: number; creditNotes: number; excluded: number; notRead: number }>> = {
  woocommerce: { sales: 35, creditNotes: 5, excluded: 1, notRead: 4 },
  prestashop: { sales: 38, creditNotes: 6, excluded: 1, notRead: 4 },
  'prestashop-1.6': { sales: 14, creditNotes: 1, excluded: 0, notRead: 2 },
  magento: { sales: 32, creditNotes: 7, excluded: 1, notRead: 0 },
  shopify: { sales: 29, creditNotes: 14, excluded: 2, notRead: 3 },
};
/** In all shops: P15 and P17 gross, P17 and P53 net. */
const OWN_TOTALS = 4;
const CENT = decimal('0.01');
/** How far apart roundings per unit and others may be, on the quantities recorded. */
const PER_UNIT_GAP = decimal('0.05');

for (const id of DEMO_IDS) {
  describe(`${id}: the entries of every document have the shop's own figures`, () => {
    let documents: readonly Reconciled[];
    before(async () => {
      documents = await reconciled(id, demoProfile(id));
    });

    for (const stated of statedBy(id)) {
      const row = stated.kind === 'sale' ? 'S-036' : 'S-046';
      test(`${row} ${stated.name} ${stated.key}: gross, net, VAT by rate, shipping, wrapping, fees, payments`, () => {
        const found = documents.find((one) => one.stated.key === stated.key) ?? assert.fail('not reconciled');
        assert.deepEqual(unexplained(found), []);
        assert.notEqual(found.state, 'differs');
      });
    }

    test('all are there: booked, empty, or not sold', () => {
      const count = (wanted: (one: Reconciled) => boolean) => documents.filter(wanted).length;
      const counts = {
        sales: count(({ state, stated }) => state === 'agrees' && stated.kind === 'sale'),
        creditNotes: count(({ state, stated }) => state === 'agrees' && stated.kind === 'creditNote'),
        excluded: count(({ state }) => state === 'excluded'),
        notRead: count(({ state }) => state === 'notRead'),
      };
      assert.deepEqual(counts, COUNTS[id]);
      assert.equal(documents.length, sumOf(Object.values(COUNTS[id])));
    });

    test('each rate of a country has one account', () => {
      const accounts = new Map<string, Set<string>>();
      for (const line of documents.flatMap(({ booked }) => booked?.vatAccounts ?? [])) {
        const [account = '', ...rest] = line.split(' ');
        const rate = rest.join(' ');
        accounts.set(rate, (accounts.get(rate) ?? new Set()).add(account));
      }
      const shared = [...accounts].filter(([, ofRate]) => ofRate.size > 1);
      assert.deepEqual(shared, []);
      assert.ok(accounts.size >= 6);
    });

    test('S-263 no entry has an amount beyond the cent', () => {
      const amounts = documents.flatMap((one) =>
        one.booked === null ? [] : [one.booked.gross, one.booked.net, ...one.booked.vat.values()],
      );
      assert.ok(amounts.length > documents.length);
      assert.deepEqual(
        amounts.filter((amount) => !equal(amount, round(amount, 2))),
        [],
      );
    });

    test('S-264 whatever the rounding asked for, the total is that of the shop, and VAT by rate to a cent', async () => {
      for (const rounding of ['perUnit', 'perLine', 'onTotal'] as const) {
        const profile = demoProfile(id);
        const asked = await reconciled(id, { ...profile, reading: { ...profile.reading, rounding } });
        for (const { stated, booked } of asked) {
          if (booked === null || stated.currency !== 'EUR') continue;
          const what = `${rounding} ${stated.key}`;
          same(booked.gross, stated.gross, what);
          same(sum([booked.net, vatTotal(booked.vat), booked.adjustment]), stated.gross, what);
          assert.deepEqual([...booked.vat.keys()], [...stated.vat.keys()], what);
          const gaps = [...stated.vat].map(([rate, tax]) => magnitude(subtract(tax, booked.vat.get(rate) ?? ZERO)));
          // Rounded per unit, seven screws of 0.0549 are 0.35: as many half cents apart as there are units.
          const most = rounding === 'perUnit' || stated.perUnit ? PER_UNIT_GAP : CENT;
          for (const gap of gaps) assert.ok(compare(gap, most) <= 0, `${what} ${text(gap)}`);
        }
      }
    });

    test('S-265 the difference of roundings: apart, on the first product, on the first tax', async () => {
      const apart = booked(documents);
      const onProduct = booked(await reconciled(id, withDifference(id, 'firstProduct')));
      const onTax = booked(await reconciled(id, withDifference(id, 'firstTax')));
      assert.deepEqual([...onProduct.keys()], [...apart.keys()]);
      for (const [key, kept] of apart) {
        const [product, tax] = [onProduct.get(key), onTax.get(key)];
        assert.ok(product !== undefined && tax !== undefined);
        same(product.gross, kept.gross, key);
        same(tax.gross, kept.gross, key);
        same(product.products, sum([kept.products, kept.adjustment]), `${key} on the first product`);
        same(vatTotal(product.vat), vatTotal(kept.vat), `${key} VAT`);
        same(vatTotal(tax.vat), sum([vatTotal(kept.vat), kept.adjustment]), `${key} on the first tax`);
        same(tax.products, kept.products, `${key} products`);
        assert.deepEqual([text(product.adjustment), text(tax.adjustment)], ['0.00', '0.00']);
      }
    });
  });
}

test('a cent that the shop does not explain is found, wherever it is', async () => {
  const id = 'prestashop-1.6';
  const cent = decimal('0.01');
  const other: readonly ((stated: Stated) => Stated)[] = [
    (stated) => ({ ...stated, gross: add(stated.gross, cent) }),
    (stated) => ({ ...stated, net: add(stated.net, cent) }),
    (stated) => ({ ...stated, vat: new Map([...stated.vat].map(([rate, tax]) => [rate, add(tax, cent)])) }),
    (stated) => ({ ...stated, parts: { ...stated.parts, shipping: add(stated.parts.shipping, cent) } }),
    (stated) => ({ ...stated, parts: { ...stated.parts, wrapping: add(stated.parts.wrapping, cent) } }),
    (stated) => ({ ...stated, payments: stated.payments.map((one) => ({ ...one, fee: cent })) }),
    (stated) => ({ ...stated, payments: [] }),
  ];
  for (const change of other) {
    const documents = await reconciled(id, demoProfile(id), statedBy(id).map(change));
    const agreeing = documents.filter(({ state, stated }) => state === 'agrees' && stated.currency === 'EUR');
    // Without VAT there is nothing to change in it.
    assert.deepEqual(
      agreeing.filter(({ stated }) => stated.vat.size > 0).map(({ stated }) => stated.key),
      [],
    );
  }
});

test('S-263 three and four decimals are refused until they are obeyed', () => {
  for (const decimals of [3, 4] as const) {
    const profile = demoProfile('prestashop');
    const validated = validateProfile({ ...profile, reading: { ...profile.reading, decimals } }, known);
    assert.deepEqual(validated.ok ? [] : validated.errors.map(({ path }) => path), ['reading.decimals']);
  }
});

test('the cents that are the shops’ own are few, small, and found by rule', () => {
  const own = DEMO_IDS.flatMap((id) => statedBy(id)).flatMap((stated) => stated.own);
  const totals = own.filter(({ what }) => what === 'gross' || what === 'net');
  assert.equal(totals.length, OWN_TOTALS);
  assert.deepEqual([...new Set(totals.map(({ amount }) => text(amount).replace('-', '')))], ['0.01']);
});

test('docs/reconciliation.md is what npm run reconcile writes', async () => {
  const page = readFileSync(new URL('../docs/reconciliation.md', import.meta.url), 'utf8');
  assert.equal(page, await reconciliationPage());
});

async function reconciled(id: DemoId, profile: Profile, stated = statedBy(id)): Promise<readonly Reconciled[]> {
  const shop = await (DEMOS.find((one) => one.id === id) ?? assert.fail(id)).start();
  try {
    return (await reconcileShop(shop, profile, stated)).documents;
  } finally {
    await shop.close();
  }
}

function withDifference(id: DemoId, roundingDifference: 'firstProduct' | 'firstTax'): Profile {
  const profile = demoProfile(id);
  return { ...profile, reading: { ...profile.reading, roundingDifference } };
}

/** Documents in euro by key: a conversion's residue is no rounding difference of the shop. */
function booked(documents: readonly Reconciled[]): ReadonlyMap<string, Booked> {
  return new Map(
    documents.flatMap((one) =>
      one.booked === null || one.stated.currency !== 'EUR' ? [] : [[one.stated.key, one.booked] as const],
    ),
  );
}

function unexplained({ differences }: Reconciled): string[] {
  return differences.filter(({ cause }) => cause === null).map((one) => `${one.figure}: ${one.stated}, ${one.booked}`);
}

function same(actual: Decimal, wanted: Decimal, what: string): void {
  assert.ok(equal(actual, wanted), `${what}: ${text(actual)} is not ${text(wanted)}`);
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0);
}
