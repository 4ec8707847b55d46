import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal } from './decimal.ts';
import { creditOf, debitOf, type EntryLine } from './entry.ts';
import { figure, figuresOf, magnitudeOf, sameRate } from './figures.ts';
import { sketch } from './testing/sketch.ts';

test('an amount of any number of decimals up to six is so many millionths; beyond, it is refused', () => {
  const cases = ['1', '1.2', '1.23', '1.234', '1.2345', '1.23456', '1.234567', '-0.5'];
  assert.deepEqual(
    cases.map((text) => figure(decimal(text))),
    [1_000_000n, 1_200_000n, 1_230_000n, 1_234_000n, 1_234_500n, 1_234_560n, 1_234_567n, -500_000n],
  );
  assert.throws(() => figure(decimal('1.2345678')), RangeError);
  assert.deepEqual([magnitudeOf(-1n), magnitudeOf(0n), magnitudeOf(1n)], [1n, 0n, 1n]);
});

test('taxes of one code and rate are summed, whatever the zeros a rate is written with', () => {
  const one = figuresOf(sketch('sale FR; product 10 20% 2; product 5 20.00% 1; product 5 10% 0.5'), 2);
  assert.deepEqual(
    one.groups.map(({ amount, base, lines }) => [amount, base, lines]),
    [
      [2_000_000n, 10_000_000n, 1],
      [1_000_000n, 5_000_000n, 1],
      [500_000n, 5_000_000n, 1],
    ],
    'the sketch gives other codes to other spellings',
  );
  assert.ok(sameRate(decimal('20'), decimal('20.00')) && !sameRate(decimal('20'), decimal('2.0')));
  assert.deepEqual([one.net, one.tax, one.unit], [20_000_000n, 3_500_000n, 10_000n]);
});

test('the lines that bear a tax are counted, and amounts are debits or credits', () => {
  const { groups } = figuresOf(sketch('sale FR; product 10 20% 2; product 5 20% 1; product 1 20% 0.20'), 2);
  assert.deepEqual(
    groups.map(({ amount, base, lines }) => [amount, base, lines]),
    [[3_200_000n, 16_000_000n, 3]],
  );
  const line = (minor: bigint) => ({ amount: { minor, currency: { code: 'EUR', decimals: 2 } } }) as EntryLine;
  assert.deepEqual(
    [1n, 0n, -1n].map((minor) => [debitOf(line(minor)), creditOf(line(minor))]),
    [
      [1n, 0n],
      [0n, 0n],
      [0n, 1n],
    ],
  );
});
