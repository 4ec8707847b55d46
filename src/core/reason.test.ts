import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyOf, partsOf, rulesOf } from './reason.ts';

const TRIED = [
  { treatment: 'oss' as const, country: null, item: null },
  { country: 'FR', item: 'normal' },
  { country: null, item: null },
];
const PARTS = [{ line: '1', label: 'Carnet', amount: '10.00' }];

test('D-36 the rules that were looked at are told, and which of them gave the account', () => {
  const hits = (rule: (typeof TRIED)[number] | null) =>
    rulesOf({ mapping: 'sales', rule, tried: TRIED, parts: PARTS }).map(({ hit }) => hit);
  assert.deepEqual(hits(TRIED[0] ?? null), [true, false, false]);
  assert.deepEqual(hits(TRIED[1] ?? null), [false, true, false]);
  assert.deepEqual(hits(null), [false, false, true], 'no rule: the default');
  assert.deepEqual(partsOf({ mapping: 'sales', rule: null, tried: TRIED, parts: PARTS }), PARTS);
});

test('a rule is named by what it asks for; the default asks for nothing', () => {
  assert.deepEqual(keyOf({ businessCustomer: false, country: 'FR', item: null }), [
    ['businessCustomer', 'false'],
    ['country', 'FR'],
  ]);
  assert.deepEqual(keyOf(null), []);
});
