import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal } from '../../core/decimal.ts';
import { type Manner, settleAmounts, spread } from './amounts.ts';
import { orderOf, productRecord, shippingRecord, taxRecord } from './sample.ts';

const SHOP: Manner = { decimals: 2, rounding: 'shop' };

test('values are rounded so that they add up to what the order states', () => {
  const thirds = ['3.333333', '3.333333', '3.333333'].map(decimal);
  assert.deepEqual(spread(thirds, 1000n, 2), [334n, 333n, 333n]);
  assert.deepEqual(spread(thirds, 999n, 2), [333n, 333n, 333n]);
  assert.deepEqual(spread(['0.964455', '1.155'].map(decimal), 211n, 2), [96n, 115n]);
  assert.deepEqual(spread(['-0.964455', '-1.155'].map(decimal), -212n, 2), [-96n, -116n]);
});

test('a zero is not moved, and a whole too far away is not forced', () => {
  assert.deepEqual(spread(['0', '4.154'].map(decimal), 416n, 2), [0n, 416n]);
  assert.deepEqual(spread(['4.15'].map(decimal), 430n, 2), [415n]);
});

test('taxes of products and shipping are spread apart, each over what the order states for it', () => {
  const order = orderOf({
    line_items: [productRecord(1, '17.535545', [[3, '0.964455']]), productRecord(2, '3.791469', [[3, '0.208531']])],
    shipping_lines: [shippingRecord(3, '5.454976', [[3, '0.300024']])],
    tax_lines: [taxRecord(3, 5.5, '1.180000', '0.300000')],
  });
  const taxes = settleAmounts(order, decimal('28.27'), SHOP).map((line) => line.taxes[0]?.amount);
  assert.deepEqual(taxes, [97n, 21n, 30n]);
});

test('nets are rounded by line, and by set of taxes where only that gives the stated total', () => {
  const lines = [1, 2, 3].map((id) => productRecord(id, '3.333333', [[1, '0.666667']]));
  const byGroup = orderOf({ line_items: lines, tax_lines: [taxRecord(1, 20, '2.000000', '0')] });
  assert.deepEqual(
    settleAmounts(byGroup, decimal('12.00'), SHOP).map(({ net }) => net),
    [334n, 333n, 333n],
  );
  assert.deepEqual(
    settleAmounts(byGroup, decimal('11.99'), SHOP).map(({ net }) => net),
    [333n, 333n, 333n],
  );
  // Neither gives it: the lines keep their own rounding and the difference is the checks' to judge.
  assert.deepEqual(
    settleAmounts(byGroup, decimal('12.04'), SHOP).map(({ net }) => net),
    [333n, 333n, 333n],
  );
});

test('an empty tax does not apply to its line', () => {
  const order = orderOf({
    line_items: [
      productRecord(1, '20.75', [
        [1, '4.15'],
        [3, ''],
      ]),
    ],
  });
  assert.deepEqual(settleAmounts(order, decimal('24.90'), SHOP), [{ net: 2075n, taxes: [{ id: '1', amount: 415n }] }]);
});

/** Three pieces at 1.115 and 0.223 of tax, one at 0.333333 and 0.066667, shipping at 0.335 and 0.067. */
const rounded = orderOf({
  line_items: [
    { ...productRecord(1, '3.345000', [[1, '0.669000']]), quantity: 3 },
    productRecord(2, '0.333333', [[1, '0.066667']]),
  ],
  shipping_lines: [shippingRecord(3, '0.335000', [[1, '0.067000']])],
  tax_lines: [taxRecord(1, 20, '0.735667', '0.067000')],
});

/** [rounding, decimals, net and tax of each line] */
const manners: readonly [Manner['rounding'], number, string][] = [
  ['perUnit', 2, '336 66 | 33 7 | 34 7'],
  ['perLine', 2, '335 67 | 33 7 | 34 7'],
  ['onTotal', 2, '334 67 | 33 6 | 34 7'],
  ['perUnit', 3, '3345 669 | 333 67 | 335 67'],
  ['perLine', 3, '3345 669 | 333 67 | 335 67'],
  ['onTotal', 4, '33450 6690 | 3333 667 | 3350 670'],
];
for (const [rounding, decimals, expected] of manners) {
  test(`S-263 S-264 rounded ${rounding} at ${decimals} decimals`, () => {
    const settled = settleAmounts(rounded, decimal('4.82'), { rounding, decimals });
    assert.equal(settled.map(({ net, taxes }) => `${net} ${taxes[0]?.amount}`).join(' | '), expected);
  });
}

test('S-264 half a piece is rounded as a line, and what a refund gives back like what was sold', () => {
  const half = orderOf({ line_items: [{ ...productRecord(1, '1.115000', [[1, '0.223000']]), quantity: 0.5 }] });
  const back = orderOf({ line_items: [{ ...productRecord(1, '-3.345000', [[1, '-0.669000']]), quantity: -3 }] });
  const perUnit: Manner = { decimals: 2, rounding: 'perUnit' };
  assert.deepEqual(settleAmounts(half, decimal('1.34'), perUnit), [{ net: 112n, taxes: [{ id: '1', amount: 22n }] }]);
  assert.deepEqual(settleAmounts(back, decimal('-4.02'), perUnit), [
    { net: -336n, taxes: [{ id: '1', amount: -66n }] },
  ]);
});
