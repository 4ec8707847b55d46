import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decimal } from './decimal.ts';
import { applyToAll, hasRow, keyText, rateItem, resolve } from './mapping.ts';
import type { Mapping } from './settings.ts';

type Accounts = { readonly account: string | null; readonly code: string | null };
const none = { country: null, item: null, account: null, code: null };
const mapping: Mapping<Accounts> = {
  default: { account: 'default', code: 'D' },
  exceptions: [
    { ...none, item: '20%', account: 'any 20%', code: 'C20' },
    { ...none, country: 'FR', account: 'FR any' },
    { ...none, country: 'FR', item: '20%', account: 'FR 20%' },
    { ...none, item: 'flat_rate', account: 'any flat' },
    { ...none, country: 'FR', item: 'flat_rate:3', code: 'F3' },
  ],
};

test('S-193 T-07 the most specific rule that gives the field wins', () => {
  /** [country, items, account, code] */
  const cases: [string | null, string[], string, string][] = [
    ['FR', ['20%'], 'FR 20%', 'C20'],
    ['FR', ['10%'], 'FR any', 'D'],
    ['DE', ['20%'], 'any 20%', 'C20'],
    ['DE', ['19%'], 'default', 'D'],
    [null, ['20%'], 'any 20%', 'C20'],
    [null, [], 'default', 'D'],
    ['FR', ['flat_rate:3', 'flat_rate'], 'FR any', 'F3'],
    ['DE', ['flat_rate:3', 'flat_rate'], 'any flat', 'D'],
    ['DE', ['FR-20', '20%'], 'any 20%', 'C20'],
  ];
  for (const [country, items, account, code] of cases) {
    assert.equal(
      resolve(mapping, 'account', { countries: country === null ? [] : [country], items }).value,
      account,
      `${country} ${items}`,
    );
    assert.equal(
      resolve(mapping, 'code', { countries: country === null ? [] : [country], items }).value,
      code,
      `${country} ${items}`,
    );
  }
});

test('an answer says which rule gave it and which were looked at before', () => {
  assert.deepEqual(resolve(mapping, 'code', { countries: ['FR'], items: ['20%'] }), {
    value: 'C20',
    rule: { country: null, item: '20%' },
    tried: [
      { country: 'FR', item: '20%' },
      { country: 'FR', item: null },
      { country: null, item: '20%' },
    ],
  });
  const unknown = resolve({ default: { account: null }, exceptions: [] }, 'account', { countries: ['FR'], items: [] });
  assert.deepEqual(unknown, {
    value: null,
    rule: null,
    tried: [
      { country: 'FR', item: null },
      { country: null, item: null },
    ],
  });
});

test('a tick that is off is an answer, not an absence', () => {
  const ticks = { default: { create: true }, exceptions: [{ country: null, item: 'cash', create: false }] };
  assert.equal(resolve(ticks, 'create', { countries: ['FR'], items: ['cash'] }).value, false);
  assert.ok(
    hasRow(ticks, { countries: ['FR'], items: ['cash'] }) && !hasRow(ticks, { countries: ['FR'], items: ['card'] }),
  );
});

test('S-195 apply to all copies one default on every exception', () => {
  const applied = applyToAll(mapping, 'account');
  assert.ok(applied.exceptions.every(({ account }) => account === 'default'));
  assert.deepEqual(
    applied.exceptions.map(({ code }) => code),
    mapping.exceptions.map(({ code }) => code),
  );
});

test('a rate is named one way, however it is written', () => {
  assert.deepEqual(
    ['20', '20.000', '5.50', '8.875', '0.0'].map((rate) => rateItem(decimal(rate))),
    ['20%', '20%', '5.5%', '8.875%', '0%'],
  );
});

test('the order of exceptions never matters, even when two have the same key', () => {
  const key = fc.constantFrom(null, 'a', 'b');
  const exception = fc.record({
    country: key,
    item: key,
    account: fc.constantFrom(null, '1', '2'),
    code: fc.constantFrom(null, 'x'),
  });
  const shuffled = fc.array(exception, { maxLength: 8 }).chain((exceptions) => {
    return fc.tuple(fc.constant(exceptions), fc.shuffledSubarray(exceptions, { minLength: exceptions.length }));
  });
  fc.assert(
    fc.property(shuffled, key, key, ([one, other], country, item) => {
      const question = { countries: country === null ? [] : [country], items: item === null ? [] : [item] };
      const [a, b] = [one, other].map((exceptions) =>
        resolve<Accounts, 'account'>({ default: { account: null, code: null }, exceptions }, 'account', question),
      );
      assert.deepEqual(a, b);
    }),
  );
});

test('of two rules with one key the smaller text wins, whatever their order; a step without a rule is told too', () => {
  for (const accounts of [
    ['7071', '7072'],
    ['7072', '7071'],
    ['', '7071'],
    ['7071', null],
  ]) {
    const exceptions = accounts.map((account) => ({ ...none, country: 'FR', account }));
    const twice: Mapping<Accounts> = { default: { account: null, code: null }, exceptions };
    assert.equal(resolve(twice, 'account', { countries: ['FR'], items: [] }).value, '7071', accounts.join());
  }
  const words: Mapping<Accounts> = { ...mapping, exceptions: [{ ...none, country: 'FR', account: 'ventes' }] };
  assert.equal(resolve(words, 'account', { countries: ['FR'], items: [] }).value, 'ventes');
  assert.deepEqual(resolve(mapping, 'account', { countries: ['DE'], items: ['20%'] }).tried, [
    { country: 'DE', item: '20%' },
    { country: 'DE', item: null },
    { country: null, item: '20%' },
  ]);
});

test('an empty default is none, and the text of a key tells what is absent from what is called so', () => {
  const empty: Mapping<Accounts> = { default: { account: '', code: null }, exceptions: [] };
  assert.equal(resolve(empty, 'account', { countries: [], items: [] }).value, null);
  assert.notEqual(keyText({ country: null, item: 'null' }), keyText({ country: 'null', item: null }));
  assert.notEqual(keyText({ country: null, item: null }), keyText({ country: 'null', item: null }));
});
