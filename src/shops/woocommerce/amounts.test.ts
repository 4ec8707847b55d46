import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal } from '../../core/decimal.ts';
import { settleAmounts, spread } from './amounts.ts';
import { orderOf, productRecord, shippingRecord, taxRecord } from './sample.ts';

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
  const taxes = settleAmounts(order, decimal('28.27'), 2).map((line) => line.taxes[0]?.amount);
  assert.deepEqual(taxes, [97n, 21n, 30n]);
});

test('nets are rounded by line, and by set of taxes where only that gives the stated total', () => {
  const lines = [1, 2, 3].map((id) => productRecord(id, '3.333333', [[1, '0.666667']]));
  const byGroup = orderOf({ line_items: lines, tax_lines: [taxRecord(1, 20, '2.000000', '0')] });
  assert.deepEqual(
    settleAmounts(byGroup, decimal('12.00'), 2).map(({ net }) => net),
    [334n, 333n, 333n],
  );
  assert.deepEqual(
    settleAmounts(byGroup, decimal('11.99'), 2).map(({ net }) => net),
    [333n, 333n, 333n],
  );
  // Neither gives it: the lines keep their own rounding and the difference is the checks' to judge.
  assert.deepEqual(
    settleAmounts(byGroup, decimal('12.04'), 2).map(({ net }) => net),
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
  assert.deepEqual(settleAmounts(order, decimal('24.90'), 2), [{ net: 2075n, taxes: [{ id: '1', amount: 415n }] }]);
});
