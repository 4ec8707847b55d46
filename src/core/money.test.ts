import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decimal } from './decimal.ts';
import { allocate, currencyOf, money, moneyText } from './money.ts';

test('an amount becomes whole units of its currency, rounded as told', () => {
  const cases: [string, string, string][] = [
    ['12.345', 'EUR', '12.35'],
    ['-12.345', 'EUR', '-12.35'],
    ['1250.5', 'JPY', '1251'],
    ['1.2345', 'KWD', '1.235'],
    ['3', 'EUR', '3.00'],
  ];
  for (const [amount, code, expected] of cases) {
    assert.equal(moneyText(money(decimal(amount), currencyOf(code), 'half-up')), expected, `${amount} ${code}`);
  }
});

test('sharing gives the missing units to the largest fractions, then the largest weight, then the first', () => {
  const cases: [bigint, bigint[], bigint[]][] = [
    [100n, [1n, 1n, 1n], [34n, 33n, 33n]],
    [-100n, [1n, 1n, 1n], [-34n, -33n, -33n]],
    [2000n, [4910n, 949n], [1676n, 324n]],
    [5n, [0n, 0n], [5n, 0n]],
    [2n, [1n, 3n], [0n, 2n]],
    [0n, [3n, 4n], [0n, 0n]],
  ];
  for (const [total, weights, expected] of cases) assert.deepEqual(allocate(total, weights), expected);
  assert.throws(() => allocate(1n, []), TypeError);
});

test('parts add up to the whole, and none is a unit away from its exact share', () => {
  const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), weights, (total, shares) => {
      const parts = allocate(total, shares);
      assert.equal(
        parts.reduce((all, part) => all + part, 0n),
        total,
      );
      const sum = shares.reduce((all, share) => all + share, 0n);
      if (sum === 0n) return;
      parts.forEach((part, index) => {
        const error = part * sum - total * (shares[index] ?? 0n);
        assert.ok(error < sum && error > -sum);
      });
    }),
  );
});

test('ISO 4217: which currencies have another number of decimals than two', () => {
  const of = (codes: string) => [...new Set(codes.split(' ').map((code) => currencyOf(code).decimals))];
  assert.deepEqual(of('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'), [0]);
  assert.deepEqual(of('BHD IQD JOD KWD LYD OMR TND'), [3]);
  assert.deepEqual(of('EUR USD GBP CHF MRU MGA'), [2]);
  assert.deepEqual(
    [currencyOf('JPY', 3).decimals, currencyOf('KWD', 4).decimals, currencyOf('EUR', 2).decimals],
    [3, 4, 2],
  );
});
