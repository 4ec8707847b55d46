import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gaps, missing, type ShopValue, type ShopValues } from './gaps.ts';
import { type ProfileInput, profileSchema } from './profile.ts';
import { template, withPaymentRows } from './templates.ts';

const BASE = { name: 'A', shop: { type: 'woocommerce', url: 'https://shop.example' } };
const NOTHING: ShopValues = { paymentMethods: [], taxes: [], currencies: [] };

function value(id: string, more: Partial<ShopValue> = {}): ShopValue {
  return { id, name: id, active: true, ...more };
}

function found(input: Partial<ProfileInput>, lists: Partial<ShopValues>, seen: Partial<ShopValues> = {}): string {
  const list = gaps(profileSchema.parse({ ...BASE, ...input }), { ...NOTHING, ...lists }, seen);
  return list.map(({ kind, item, country }) => `${kind} ${country ?? '*'} ${item}`).join(' | ');
}

const FRANCE = template('france');

/** [what is shown, profile, lists, seen, the gaps] */
const cases: [string, Partial<ProfileInput>, Partial<ShopValues>, Partial<ShopValues>, string][] = [
  ['a method without row', FRANCE, { paymentMethods: [value('stripe')] }, {}, 'payment * stripe'],
  ['a method with its row', withPaymentRows(FRANCE, ['stripe']), { paymentMethods: [value('stripe')] }, {}, ''],
  ['an inactive method', FRANCE, { paymentMethods: [value('old', { active: false })] }, {}, ''],
  [
    'an inactive method seen in an order',
    FRANCE,
    { paymentMethods: [value('old', { active: false })] },
    { paymentMethods: [value('old')] },
    'payment * old',
  ],
  ['S-261 an extra method', { reading: { extraPaymentMethods: ['EBAY'] } }, {}, {}, 'payment * EBAY'],
  ['a home rate', FRANCE, { taxes: [value('1', { rate: '20.0000', country: 'FR' })] }, {}, ''],
  ['a home rate tied to no country', FRANCE, { taxes: [value('3', { rate: '5.500' })] }, {}, ''],
  ['a foreign rate', FRANCE, { taxes: [value('8', { rate: '19.0000', country: 'DE' })] }, {}, 'tax DE 8'],
  ['a rate of zero', FRANCE, { taxes: [value('9', { rate: '0.0000', country: 'CH' })] }, {}, ''],
  [
    'a default account answers all',
    { mappings: { taxes: { default: { account: '4457' } } } },
    { taxes: [value('8', { rate: '19', country: 'DE' })] },
    {},
    '',
  ],
  ["the books' own currency", FRANCE, { currencies: [value('EUR')] }, {}, ''],
  ['another currency', FRANCE, { currencies: [value('EUR'), value('USD')] }, {}, 'currency * USD'],
  [
    'a mapped currency',
    { mappings: { currencies: { exceptions: [{ item: 'USD', ledgerCurrency: 'USD' }] } } },
    { currencies: [value('USD')] },
    {},
    '',
  ],
];

for (const [what, input, lists, seen, expected] of cases) {
  test(`gaps: ${what} gives ${expected === '' ? 'none' : expected}`, () =>
    assert.equal(found(input, lists, seen), expected));
}

test('S-035 an empty profile says all that must be given before an import, a template only the address', () => {
  const empty = missing(profileSchema.parse({ name: 'A', shop: { type: 'woocommerce' } }));
  assert.deepEqual(
    [...new Set(empty.map(({ code }) => code))],
    ['url', 'journal', 'sales-account', 'difference-account', 'customer-account'],
  );
  const started = missing(profileSchema.parse({ name: 'A', shop: { type: 'woocommerce' }, ...FRANCE }));
  assert.deepEqual(started, [{ path: 'shop.url', code: 'url' }]);
});

/** [label of the account, rate of the tax, what is told] */
const labels: [string, string, string][] = [
  ['TVA collectée 20,60 %', '20.0000', 'vatRate * 4457120 20'],
  ['TVA 20 %', '5.5', 'vatRate * 4457120 5.5'],
  ['TVA collectée 20%', '20.0000', ''],
  ['TVA 5,5 %', '5.500', ''],
  ['TVA 20 % (ancien 19,6 %)', '20', ''],
  ['TVA collectée', '20', ''],
];
for (const [label, rate, expected] of labels)
  test(`T-06 an account called « ${label} » for a tax of ${rate} %: ${expected || 'nothing to say'}`, () => {
    const row = (item: string) => ({ country: null, item, account: '4457120', code: null });
    for (const item of ['7', `${Number(rate)}%`]) {
      const profile = profileSchema.parse({
        ...BASE,
        chart: { accounts: { '4457120': label } },
        mappings: { taxes: { exceptions: [row(item)] } },
      });
      const list = gaps(profile, { ...NOTHING, taxes: [value('7', { rate, active: false })] });
      const told = list.map(({ kind, item: account, rate: of }) => `${kind} * ${account} ${of}`).join(' | ');
      // An inactive tax is known by the rate its exception names alone.
      assert.equal(told, item === '7' ? '' : expected);
    }
    const active = gaps(
      profileSchema.parse({
        ...BASE,
        chart: { accounts: { '4457120': label } },
        mappings: { taxes: { exceptions: [row('7')] } },
      }),
      { ...NOTHING, taxes: [value('7', { rate })] },
    );
    assert.equal(active.map(({ kind, item: account, rate: of }) => `${kind} * ${account} ${of}`).join(' | '), expected);
  });

test('T-06 the templates agree with themselves', () => {
  for (const name of ['france', 'belgium', 'luxembourg'] as const) {
    const profile = profileSchema.parse({ ...BASE, ...template(name) });
    assert.deepEqual(
      gaps(profile, NOTHING).filter(({ kind }) => kind === 'vatRate'),
      [],
    );
  }
});
