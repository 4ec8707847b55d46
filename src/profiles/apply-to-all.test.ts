import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appliedToAll } from './apply-to-all.ts';
import { profileSchema } from './profile.ts';

const SALES = {
  default: { withVat: '707100' },
  exceptions: [
    { country: 'BE', withVat: '700021', withoutVat: '700100' },
    { item: 'reduced' },
    { country: 'DE', treatment: 'oss', withVat: '707120' },
  ],
};
const DOCUMENT = { name: 'A', shop: { type: 'woocommerce' }, mappings: { sales: SALES } };

for (const field of ['sales.withVat', 'mappings.sales.default.withVat']) {
  test(`S-179 ${field} is copied on every exception, whatever it is for, and nothing else changes`, () => {
    const applied = appliedToAll(DOCUMENT, field);
    assert.deepEqual(applied, {
      document: {
        ...DOCUMENT,
        mappings: { sales: { ...SALES, exceptions: SALES.exceptions.map((row) => ({ ...row, withVat: '707100' })) } },
      },
      rows: 3,
    });
    assert.deepEqual(SALES.exceptions[1], { item: 'reduced' });
  });
}

test('S-195 a default that is not given empties the field everywhere', () => {
  const applied = appliedToAll(DOCUMENT, 'sales.withoutVat');
  const { sales } = profileSchema.parse(applied?.document).mappings;
  assert.deepEqual(
    sales.exceptions.map(({ withoutVat }) => withoutVat),
    [null, null, null],
  );
});

/** [row of the manual, field]: every default that has *Apply to all* there */
const fields: [string, string][] = [
  ...['sales', 'creditNotes'].map((name): [string, string] => ['S-171', `journals.${name}`]),
  ...['withVat', 'withoutVat', 'discountWithVat', 'discountWithoutVat'].map((name): [string, string] => [
    'S-179 T-05',
    `sales.${name}`,
  ]),
  ...['adjustmentExpense', 'adjustmentIncome', 'differenceExpense', 'differenceIncome'].map(
    (name): [string, string] => ['S-189', `differences.${name}`],
  ),
  ...['account', 'code', 'grid', 'creditGrid'].map((name): [string, string] => ['S-195', `taxes.${name}`]),
  ...['account', 'code'].map((name): [string, string] => ['S-197', `otherTaxes.${name}`]),
  ...['paymentMode', 'journal', 'bank', 'fee', 'salesWithVat', 'salesWithoutVat'].map((name): [string, string] => [
    'S-199',
    `payments.${name}`,
  ]),
  ...['shippingWithVat', 'shippingWithoutVat', 'wrappingWithVat', 'wrappingWithoutVat'].map(
    (name): [string, string] => ['S-206', `carriers.${name}`],
  ),
  ['S-214', 'analytics.section'],
];

for (const [row, field] of fields) {
  test(`${row} ${field} has its apply to all`, () => {
    const [mapping = '', name = ''] = field.split('.');
    const own = { default: { [name]: '999000' }, exceptions: [{ country: 'FR' }, { country: 'BE', [name]: '1' }] };
    const applied = appliedToAll({ ...DOCUMENT, mappings: { [mapping]: own } }, field);
    const { mappings } = profileSchema.parse(applied?.document);
    const rows = Object.entries(mappings).find(([one]) => one === mapping)?.[1].exceptions ?? [];
    assert.deepEqual(
      rows.map((one) => Object.entries(one).find(([key]) => key === name)?.[1]),
      ['999000', '999000'],
    );
  });
}

test('what is no default of a mapping is refused', () => {
  for (const field of ['', 'sales', 'sales.country', 'sales.nothing', 'dreams.withVat', 'sales.withVat.more', 'a..b'])
    assert.equal(appliedToAll(DOCUMENT, field), null, field);
});

test('a profile without exceptions has nothing to copy on', () => {
  assert.equal(appliedToAll({ name: 'A', shop: { type: 'woocommerce' } }, 'sales.withVat')?.rows, 0);
});
