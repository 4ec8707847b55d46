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
  isNegative,
  multiply,
  parseDecimal,
  type Rounding,
  round,
  subtract,
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
