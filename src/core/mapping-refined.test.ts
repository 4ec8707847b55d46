import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fieldsOf, hasRow, KEYS, keyOf, keyText, type Question, type RefinedKey, resolve, usesKey } from './mapping.ts';
import type { Mapping, MappingKey } from './settings.ts';

type Accounts = { readonly account: string | null; readonly code: string | null };
type Exception = MappingKey & Accounts;

const BARE = { country: null, item: null, account: null, code: null };

function mappingOf(...exceptions: readonly Partial<Exception>[]): Mapping<Accounts> {
  return {
    default: { account: 'default', code: 'D' },
    exceptions: exceptions.map((one) => ({ ...BARE, ...one })),
  };
}

/** A German business buys a mug of two names at a marketplace, through which an OSS sale was made. */
const ASKED: Question = {
  countries: ['DE-HEL', 'DE'],
  items: ['normal'],
  refined: {
    product: ['26', 'MUG'],
    category: ['cups'],
    customerGroup: ['7', '3'],
    subShop: ['2'],
    channel: ['amazon'],
    treatment: ['oss'],
    businessCustomer: ['true'],
  },
};

/** Rules that all apply, the most specific first: each beats every one after it. */
const LADDER: readonly MappingKey[] = [
  { ...BARE, product: '26', country: 'DE' },
  { ...BARE, product: '26' },
  { ...BARE, product: 'MUG', category: 'cups', country: 'DE', item: 'normal' },
  { ...BARE, product: 'MUG' },
  { ...BARE, category: 'cups', treatment: 'oss' },
  { ...BARE, category: 'cups' },
  { ...BARE, customerGroup: '7' },
  { ...BARE, customerGroup: '3', country: 'DE' },
  { ...BARE, customerGroup: '3' },
  { ...BARE, subShop: '2', channel: 'amazon' },
  { ...BARE, subShop: '2', country: 'DE', item: 'normal' },
  { ...BARE, subShop: '2' },
  { ...BARE, channel: 'amazon', country: 'DE' },
  { ...BARE, channel: 'amazon' },
  { ...BARE, treatment: 'oss', businessCustomer: true },
  { ...BARE, treatment: 'oss', country: 'DE', item: 'normal' },
  { ...BARE, treatment: 'oss', country: 'DE' },
  { ...BARE, treatment: 'oss' },
  { ...BARE, businessCustomer: true, country: 'DE' },
  { ...BARE, businessCustomer: true },
  { ...BARE, country: 'DE-HEL', item: 'normal' },
  { ...BARE, country: 'DE-HEL' },
  { ...BARE, country: 'DE', item: 'normal' },
  { ...BARE, country: 'DE' },
  { ...BARE, item: 'normal' },
];

test('D-32 T-07 the ladder of specificity: product, category, customer, shop, channel, treatment, place, item', () => {
  for (const [place, better] of LADDER.entries()) {
    for (const worse of LADDER.slice(place + 1)) {
      for (const exceptions of [
        [better, worse],
        [worse, better],
      ]) {
        const mapping = mappingOf(
          ...exceptions.map((key) => ({ ...key, account: key === better ? 'better' : 'worse' })),
        );
        const { value, rule } = resolve(mapping, 'account', ASKED);
        assert.equal(value, 'better', `${keyText(better)} before ${keyText(worse)}`);
        assert.deepEqual(rule, keyOf(better));
      }
    }
  }
});

/** [key, a value that does not apply]; a rule with it never answers. */
const others: [RefinedKey, string | boolean][] = [
  ['product', '27'],
  ['category', 'plates'],
  ['customerGroup', '4'],
  ['subShop', '1'],
  ['channel', 'web'],
  ['treatment', 'export'],
  ['businessCustomer', false],
];

for (const [key, value] of others) {
  test(`D-32 a rule for another ${key} does not apply, nor where nobody says the ${key}`, () => {
    const mapping = mappingOf({ country: 'DE', [key]: value, account: 'wrong' } as Partial<Exception>);
    assert.equal(resolve(mapping, 'account', ASKED).value, 'default');
    assert.equal(resolve(mapping, 'account', { countries: ['DE'], items: [] }).value, 'default');
    assert.ok(usesKey(mapping, [key]) && !usesKey(mappingOf({ country: 'DE' }), [key]));
  });
}

test('a field that a precise rule leaves open is given by the next one', () => {
  const mapping = mappingOf(
    { product: 'MUG', code: 'M' },
    { treatment: 'oss', account: '7071' },
    { country: 'DE', account: '7072', code: 'G' },
  );
  assert.deepEqual(resolve(mapping, 'account', ASKED), {
    value: '7071',
    rule: { treatment: 'oss', country: null, item: null },
    tried: [
      { product: 'MUG', country: null, item: null },
      { treatment: 'oss', country: null, item: null },
    ],
  });
  assert.equal(resolve(mapping, 'code', ASKED).value, 'M');
});

test('a payment method is known when a rule that applies names it', () => {
  const mapping = mappingOf({ channel: 'amazon', item: 'normal' });
  assert.ok(hasRow(mapping, ASKED));
  assert.ok(!hasRow(mapping, { ...ASKED, refined: {} }));
  assert.ok(!hasRow(mappingOf({ channel: 'amazon' }), ASKED));
});

test('keys and fields of an exception are told apart', () => {
  const exception = { ...BARE, treatment: null, product: 'MUG', businessCustomer: false, account: '7' };
  assert.deepEqual(keyOf(exception), { product: 'MUG', businessCustomer: false, country: null, item: null });
  assert.deepEqual(fieldsOf(exception), { account: '7', code: null });
});

const NAMES: Readonly<Record<(typeof KEYS)[number], readonly string[]>> = {
  product: ['26', 'MUG', '27'],
  category: ['cups', 'plates'],
  customerGroup: ['7', '3', '9'],
  subShop: ['2', '1'],
  channel: ['amazon', 'web'],
  treatment: ['oss', 'export'],
  businessCustomer: ['true'],
  country: ['DE-HEL', 'DE', 'FR'],
  item: ['normal', 'reduced'],
};

const exception = fc
  .record({
    keys: fc.record(
      Object.fromEntries(KEYS.map((key) => [key, fc.option(fc.constantFrom(...NAMES[key]), { freq: 2 })])),
    ),
    account: fc.option(fc.constantFrom('1', '2', '3')),
    code: fc.option(fc.constantFrom('x', 'y')),
  })
  .map(({ keys, account, code }): Exception => {
    const { country, item, businessCustomer, ...refined } = keys;
    const business = businessCustomer === null ? {} : { businessCustomer: businessCustomer === 'true' };
    return { ...BARE, ...refined, ...business, country: country ?? null, item: item ?? null, account, code };
  });

const profile = fc
  .array(exception, { maxLength: 12 })
  .chain((exceptions) =>
    fc.tuple(fc.constant(exceptions), fc.shuffledSubarray(exceptions, { minLength: exceptions.length })),
  );

const question = fc
  .record(Object.fromEntries(KEYS.map((key) => [key, fc.shuffledSubarray([...NAMES[key]])])))
  .map(({ country = [], item = [], ...refined }): Question => ({ countries: country, items: item, refined }));

test('D-32 whatever the rules: their order never matters, the most specific that gives a field wins, else the default', () => {
  let won = 0;
  fc.assert(
    fc.property(profile, question, ([exceptions, shuffled], asked) => {
      for (const field of ['account', 'code'] as const) {
        const found = resolve(mappingOf(...exceptions), field, asked);
        assert.deepEqual(resolve(mappingOf(...shuffled), field, asked), found);
        const best = bestOf(exceptions, field, asked);
        assert.equal(found.value, best?.[field] ?? (field === 'account' ? 'default' : 'D'));
        if (best === null) continue;
        won += 1;
        assert.deepEqual(found.rule, keyOf(best));
        assert.deepEqual(found.tried.at(-1), keyOf(best));
      }
    }),
    { numRuns: 2000 },
  );
  assert.ok(won > 500, `a rule won ${won} times only`);
});

/** The same answer the long way: every rule that applies and gives the field, the best of them by its ranks key by key. */
function bestOf(exceptions: readonly Exception[], field: 'account' | 'code', asked: Question): Exception | null {
  const applying = exceptions.filter((one) => one[field] !== null && KEYS.every((key) => rankOf(one, key, asked) >= 0));
  const [best = null] = applying.sort((a, b) => {
    for (const key of KEYS) {
      const difference = rankOf(a, key, asked) - rankOf(b, key, asked);
      if (difference !== 0) return difference;
    }
    return String(a[field]) < String(b[field]) ? -1 : 1; // the same keys twice, which a saved profile cannot hold
  });
  return best;
}

/** 0 for the first name asked for, and so on; after all of them when the rule is for all; -1 when it is for another. */
function rankOf(exception: MappingKey, key: (typeof KEYS)[number], asked: Question): number {
  const names = key === 'country' ? asked.countries : key === 'item' ? asked.items : (asked.refined?.[key] ?? []);
  const named = exception[key];
  return named === null || named === undefined ? names.length : names.indexOf(String(named));
}
