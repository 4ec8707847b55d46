import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  add,
  compare,
  type Decimal,
  decimal,
  decimalText,
  divide,
  equal,
  isNegative,
  isPositive,
  isZero,
  magnitude,
  maximum,
  minimum,
  multiply,
  parseDecimal,
  plainDecimal,
  type Rounding,
  round,
  subtract,
  unitsText,
  ZERO,
} from './decimal.ts';

test('decimal text is read as written, and anything else is refused', () => {
  const cases: [string, string | null][] = [
    ['12.50', '12.5'],
    ['-0.05', '-0.05'],
    ['0', '0'],
    ['-0', '0'],
    ['007.10', '7.1'],
    ['1.2e-7', '0.00000012'],
    ['5e3', '5000'],
    ['1,5', null],
    ['', null],
    [' 1', null],
    ['1.', null],
    ['.5', null],
    ['+1', null],
    ['1e9999', null],
    ['NaN', null],
    ['0x10', null],
    ['1_000', null],
    ['9'.repeat(61), null],
  ];
  for (const [text, expected] of cases) {
    const value = parseDecimal(text);
    assert.equal(value && decimalText(value), expected, text);
  }
});

test('canonical text has no trailing zero beyond the least wanted', () => {
  const cases: [string, number, string][] = [
    ['20.0000', 0, '20'],
    ['20.0000', 2, '20.00'],
    ['5.5', 2, '5.50'],
    ['8.875', 2, '8.875'],
    ['100', 0, '100'],
    ['0.000', 0, '0'],
    ['-1.10', 0, '-1.1'],
    ['100', 2, '100.00'],
    ['-0.0050', 2, '-0.005'],
  ];
  for (const [text, least, expected] of cases) assert.equal(decimalText(decimal(text), least), expected, text);
});

test('each rounding mode moves to the neighbour it promises, the same way for negatives', () => {
  const cases: [Rounding, string][] = [
    ['half-up', '2.35→2.4 2.25→2.3 2.24→2.2 -2.25→-2.3'],
    ['half-down', '2.35→2.3 2.25→2.2 2.26→2.3 2.36→2.4 2.34→2.3 -2.25→-2.2'],
    ['half-even', '2.35→2.4 2.25→2.2 2.24→2.2 2.26→2.3 2.36→2.4 -2.25→-2.2'],
    ['half-odd', '2.35→2.3 2.25→2.3 2.24→2.2 2.26→2.3 2.36→2.4 -2.25→-2.3'],
    ['up', '2.31→2.4 2.30→2.3 2.39→2.4 -2.31→-2.4'],
    ['down', '2.31→2.3 2.30→2.3 2.39→2.3 -2.39→-2.3'],
  ];
  for (const [mode, expected] of cases) {
    const told = expected.split(' ').map((pair) => {
      const [from = ''] = pair.split('→');
      return `${from}→${decimalText(round(decimal(from), 1, mode), 1)}`;
    });
    assert.equal(told.join(' '), expected, mode);
  }
});

test('a division is rounded once, from the exact quotient', () => {
  assert.equal(decimalText(divide(decimal('403.00'), decimal('1.0862'), 2, 'half-up')), '371.02');
  assert.equal(decimalText(divide(decimal('-1'), decimal('3'), 4, 'half-up')), '-0.3333');
  assert.throws(() => divide(decimal('1'), decimal('0.00'), 2, 'half-up'), TypeError);
});

const decimals: fc.Arbitrary<Decimal> = fc.record({
  units: fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }),
  scale: fc.integer({ min: 0, max: 8 }),
});

test('printed then read is the same value; addition undoes subtraction; order agrees with difference', () => {
  fc.assert(
    fc.property(decimals, decimals, (a, b) => {
      assert.equal(compare(decimal(decimalText(a)), a), 0);
      assert.equal(compare(add(subtract(a, b), b), a), 0);
      assert.equal(compare(a, b), -compare(b, a) + 0);
      assert.equal(compare(multiply(a, b), multiply(b, a)), 0);
    }),
  );
});

test('decimals far apart are added exactly, and nothing is not negative', () => {
  assert.equal(decimalText(add(decimal('1'), decimal('1e-45'))), `1.${'0'.repeat(44)}1`);
  assert.deepEqual(
    ['-0.01', '0', '0.01'].map((text) => isNegative(decimal(text))),
    [true, false, false],
  );
});

test('D-01 amounts are compared by value, whatever zeros they are written with', () => {
  /** [a, b, the smaller, the larger, whether they are the same] */
  const pairs: [string, string, string, string, boolean][] = [
    ['1.5', '1.50', '1.5', '1.5', true],
    ['-2', '1', '-2', '1', false],
    ['3', '2.99', '2.99', '3', false],
  ];
  for (const [a, b, small, large, same] of pairs) {
    const [one, other] = [decimal(a), decimal(b)];
    assert.deepEqual(
      [decimalText(minimum(one, other)), decimalText(maximum(one, other)), equal(one, other)],
      [small, large, same],
      `${a} ${b}`,
    );
  }
  // Of equals the first, as it is written.
  assert.deepEqual(
    [minimum(decimal('1.5'), decimal('1.50')).scale, maximum(decimal('1.5'), decimal('1.50')).scale],
    [1, 1],
  );
  const signs = ['-0.01', '0.00', '0.01', '1'].map((text) => decimal(text));
  assert.deepEqual(signs.map(isZero), [false, true, false, false]);
  assert.deepEqual(signs.map(isPositive), [false, false, true, true]);
  assert.deepEqual(
    signs.map((one) => magnitude(one).units),
    [1n, 0n, 1n, 1n],
  );
});

test('D-01 long amounts are read, written and divided as exactly as short ones', () => {
  const long = ['9'.repeat(60), '1234567890123456', '-12345678901234.5', '.5'.padStart(20, '7'), '123456789012345'];
  for (const text of long) assert.equal(decimalText(decimal(text)), text);
  assert.deepEqual(plainDecimal('-1234567890123456.78'), { units: -123456789012345678n, scale: 2 });
  assert.deepEqual(parseDecimal('12e-1'), { units: 12n, scale: 1 });
  assert.deepEqual(parseDecimal('1.2e1'), { units: 12n, scale: 0 });
  assert.deepEqual(parseDecimal('12e2'), { units: 1200n, scale: 0 });
  assert.deepEqual(
    [unitsText(2n ** 53n + 1n, 2), unitsText(-(2n ** 53n) - 1n, 2)],
    ['90071992547409.93', '-90071992547409.93'],
  );
  assert.deepEqual(ZERO, { units: 0n, scale: 0 });
  assert.equal(decimalText(divide(decimal('1'), decimal('-3'), 2, 'half-up')), '-0.33');
  assert.equal(decimalText(divide(decimal('-2'), decimal('-3'), 2, 'half-up')), '0.67');
});
