import assert from 'node:assert/strict';
import { test } from 'node:test';
import { equal, isZero, ZERO } from '../src/core/decimal.ts';
import { startMagentoDemo } from '../src/demo/magento.ts';
import { madeRecords } from '../src/demo/mg-made.ts';
import { TRADES } from '../src/demo/mg-trades.ts';
import { startPrestashopDemo } from '../src/demo/prestashop.ts';
import { capturedPsRecords } from '../src/demo/ps-records.ts';
import { startShopifyDemo } from '../src/demo/shopify.ts';
import { describedOrders } from '../src/demo/shopify-described.ts';
import { capturedWooRecords } from '../src/demo/woo-records.ts';
import { startWooDemo } from '../src/demo/woocommerce.ts';
import type { Reconciled } from './reconcile/compare.ts';
import { type Stated, text } from './reconcile/figures.ts';
import { magentoFigures } from './reconcile/magento.ts';
import { demoProfile, reconcileShop, statedBy } from './reconcile/reconcile.ts';
import { chanceOf } from './transformed/chance.ts';
import { otherTrades } from './transformed/magento.ts';
import { otherPsShop } from './transformed/prestashop.ts';
import { atOtherRates } from './transformed/rates.ts';
import { otherDescribed, otherFigures, withoutRecorded } from './transformed/shopify.ts';
import { otherWooShop } from './transformed/woocommerce.ts';

/**
 * No reader may know an order. The recorded shops are given other figures, by a seed, and what they then state is computed
 * beside them by the shops' own plain rules, without a line of our readers; the entries must still agree with it.
 *
 * Changed: every amount (each line by its own factor, the order's totals, fees of providers, payments, refunds and slips
 * after them), every quantity, every VAT rate, the rates of foreign currencies, and by an injective map the ids of orders,
 * lines, refunds, invoices, slips, payments, products, customers and taxes.
 *
 * Kept, since they are what a shop promises and a reader may count on:
 * - WooCommerce: a line made from a price with tax is split at six decimals, its tax the rest; another line's tax is its
 *   net at the rate; a rate's tax is the sum of its lines', each rounded, or rounded once where the shop rounds the total;
 *   total = prices and taxes; discounts, tax_total, shipping and cart taxes are sums; a refund's amount is that of its
 *   lines, at the factor of the lines it names; an amount alone stays one.
 * - PrestaShop: bases and taxes are rounded per unit, per line or on the total as the order says; products, taxes, discounts,
 *   shipping and wrapping add up to the totals, but for the cents that the recorded totals missed: they miss the same; the
 *   tax of an order at a single rate may be a cent off its lines, as the shop's prices with tax make it; the invoice and the
 *   payments agree with the order; a slip's total is that of its lines and its shipping.
 * - Magento: rows, discounts and taxes are made again from other prices by Magento's own arithmetic (src/demo/mg-cents.ts).
 * - Shopify: the ledgers of the described orders are made again by Shopify's own arithmetic (src/demo/shopify-build.ts).
 * - An order with vouchers is redrawn so that every share of a voucher is exact to the cent (prices in whole thousands,
 *   whole percents, rates of one decimal): what a rate keeps is then certain, whatever way a cent would be shared.
 */
const SEEDS = [1, 2, 3];

for (const seed of SEEDS) {
  test(`woocommerce, seed ${seed}: other figures, ids and rates are booked as the shop states them`, async () => {
    const chance = chanceOf(seed);
    const { records, stated } = otherWooShop(capturedWooRecords(), statedBy('woocommerce'), chance);
    const shop = await startWooDemo({ transform: () => records });
    try {
      const { documents } = await reconcileShop(shop, atOtherRates(demoProfile('woocommerce'), chance), stated);
      agree(documents, 40);
      assertOther(stated, statedBy('woocommerce'));
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
        const { documents } = await reconcileShop(shop, atOtherRates(demoProfile(id), chance), stated);
        agree(documents, booked);
        assertOther(stated, statedBy(id));
      } finally {
        await shop.close();
      }
    });
  }
}

for (const seed of SEEDS) {
  test(`magento, seed ${seed}: other figures, ids and rates are booked as the shop states them`, async () => {
    const chance = chanceOf(seed);
    const trades = otherTrades(TRADES, chance);
    const stated = magentoFigures(trades, { inCurrency: false });
    const shop = await startMagentoDemo({ transform: () => madeRecords(trades) });
    try {
      const { documents } = await reconcileShop(shop, atOtherRates(demoProfile('magento'), chance), stated);
      agree(documents, 39);
      assertOther(stated, statedBy('magento'));
    } finally {
      await shop.close();
    }
  });
}

for (const seed of SEEDS) {
  test(`shopify, seed ${seed}: other figures, ids and rates are booked as the shop states them`, async () => {
    const chance = chanceOf(seed);
    const before = describedOrders();
    const orders = otherDescribed(before, chance);
    const stated = otherFigures(orders, before, { inCurrency: false });
    const shop = await startShopifyDemo({ change: () => orders, transform: withoutRecorded(orders) });
    try {
      const { documents } = await reconcileShop(shop, atOtherRates(demoProfile('shopify'), chance), stated);
      agree(documents, 39);
      assertOther(stated, otherFigures(before, before, { inCurrency: false }));
    } finally {
      await shop.close();
    }
  });
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

/** Nothing is what it was: no key, no total, no tax of a rate. */
function assertOther(stated: readonly Stated[], recorded: readonly Stated[]): void {
  const key = ({ kind, name }: Stated) => `${kind} ${name}`;
  const before = new Map(recorded.map((one) => [key(one), one]));
  assert.equal(stated.length, recorded.length);
  for (const one of stated) {
    const old = before.get(key(one)) ?? assert.fail(key(one));
    assert.notEqual(one.key, old.key);
    if (!isZero(old.gross)) assert.ok(!equal(one.gross, old.gross), `${one.name} ${text(one.gross)}`);
    for (const [rate, tax] of one.vat) assert.ok(!equal(tax, old.vat.get(rate) ?? ZERO), `${one.name} ${rate} %`);
  }
}
