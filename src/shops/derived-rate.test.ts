import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal, decimalText } from '../core/decimal.ts';
import { derivedRate } from './derived-rate.ts';

/** [tax, base, rate]: shops round the tax to the cent, so that dividing gives rates that no country has. */
const cases: [string, string, string][] = [
  ['4.15', '20.75', '20'],
  ['0.98', '4.92', '20'],
  ['0.96', '17.54', '5.5'],
  ['2.10', '100.00', '2.1'],
  ['88.75', '1000.00', '8.875'],
  ['-0.98', '-4.92', '20'],
  ['1.00', '0.00', '0'],
];

for (const [tax, base, rate] of cases)
  test(`${tax} on ${base} is ${rate} %`, () => {
    assert.equal(decimalText(derivedRate(decimal(tax), decimal(base))), rate);
  });
