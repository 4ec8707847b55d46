import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Profile, type ProfileInput, profileSchema } from '../profiles/profile.ts';
import { template } from '../profiles/templates.ts';
import { cureOf, proposedRows, proposedVat } from './cures.ts';
import { mended } from './mend.ts';

const FRANCE: ProfileInput = { ...template('france'), name: 'Lavande', shop: { type: 'x' }, ledger: { type: 'y' } };

type Rule = { readonly country?: string; readonly item?: string; readonly account?: string; readonly code?: string };

function withTaxes(rules: readonly Rule[], more: Partial<ProfileInput> = {}): Profile {
  return profileSchema.parse({ ...FRANCE, ...more, mappings: { ...FRANCE.mappings, taxes: { exceptions: rules } } });
}

const HOME: readonly Rule[] = [
  { country: 'FR', item: '20%', account: '445711', code: 'C20' },
  { country: 'FR', item: '10%', account: '445712', code: 'C10' },
];

/** The template's chart holds 445711 to 445714. [rules beside those of France, country and rate without account, proposed account and code] */
const cases: [readonly Rule[], [string, string], [string | null, string | null]][] = [
  [[], ['BE', '21%'], ['445721', 'BE21']],
  [[], ['BE', '5.5%'], ['445721', 'BE55']],
  [[], ['FR', '8.5%'], ['445715', null]],
  [[{ country: 'DE', item: '19%', account: '445721' }], ['BE', '21%'], ['445722', null]],
  [[{ country: 'DE', item: '19%', account: '445721', code: 'DE19' }], ['BE', '21%'], ['445722', 'BE21']],
  [
    [
      { country: 'DE', item: '19%', account: '445721' },
      { country: 'BE', item: '6%', account: '445781' },
    ],
    ['BE', '21%'],
    ['445782', null],
  ],
  [[{ country: 'DE', item: '19%', account: '445729' }], ['BE', '21%'], ['445730', null]],
  [[{ country: 'DE', item: '19%', account: 'TVADE' }], ['BE', '21%'], [null, null]],
];

for (const [rules, [country, rate], [account, code]] of cases) {
  test(`VAT of ${country} at ${rate} beside ${rules.length} foreign rules: ${account} ${code}`, () => {
    assert.deepEqual(proposedVat(withTaxes([...HOME, ...rules]), country, rate), {
      proposedAccount: account,
      proposedCode: code,
    });
  });
}

test('an account that the chart has already is not proposed again', () => {
  const chart = { accounts: { '445721': 'TVA intracommunautaire', '445722': 'Autre' } };
  assert.equal(proposedVat(withTaxes(HOME, { chart }), 'BE', '21%').proposedAccount, '445723');
});

test('with no rule at all nothing is proposed', () => {
  assert.deepEqual(proposedVat(withTaxes([]), 'BE', '21%'), { proposedAccount: null, proposedCode: null });
});

test('a missing account or journal proposes what its neighbours have; a closed period its first open day', () => {
  const profile = profileSchema.parse(FRANCE);
  const cure = (code: 'mapping.no-account' | 'mapping.no-journal', values: Record<string, string>) =>
    cureOf({ code, values }, profile);
  assert.deepEqual(cure('mapping.no-account', { mapping: 'otherLines.withVat', country: 'FR', item: 'tip' }), {
    type: 'account',
    mapping: 'otherLines',
    field: 'withVat',
    country: 'FR',
    item: 'tip',
    proposedAccount: '708800',
  });
  assert.deepEqual(cure('mapping.no-journal', { country: 'BE', kind: 'creditNote' }), {
    type: 'account',
    mapping: 'journals',
    field: 'creditNotes',
    country: 'BE',
    item: null,
    proposedAccount: 'VTE',
  });
  assert.deepEqual(cureOf({ code: 'document.no-country', values: {} }, profile), { type: 'none' });
  const late = { date: '2026-08-30', closed: '2026-08-31' };
  assert.deepEqual(cureOf({ code: 'period.ask', values: late }, profile), { type: 'late', nextOpenDay: '2026-09-01' });
});

test('a mend adds one rule and touches no other', () => {
  const vat = { type: 'vat-account', country: 'BE', item: '21%', account: '445721', code: null } as const;
  const once = mended(FRANCE, vat);
  const rules = (document: unknown) => profileSchema.parse(document).mappings.taxes.exceptions;
  assert.deepEqual(rules(once).slice(0, -1), rules(FRANCE));
  const none = { grid: null, creditGrid: null };
  assert.deepEqual(rules(once).at(-1), { country: 'BE', item: '21%', account: '445721', code: null, ...none });
  const twice = mended(once, { ...vat, account: '445799', code: 'BE21' });
  assert.equal(rules(twice).length, rules(once).length);
  assert.deepEqual(rules(twice).at(-1), { country: 'BE', item: '21%', account: '445799', code: 'BE21', ...none });
});

test('a rule for all countries and items is the default; the customers account keeps its manner', () => {
  const sales = mended(FRANCE, {
    type: 'account',
    mapping: 'sales',
    country: null,
    item: null,
    field: 'withVat',
    account: '707300',
  });
  assert.deepEqual(profileSchema.parse(sales).mappings.sales.default, {
    withVat: '707300',
    withoutVat: '707200',
    discountWithVat: '709700',
    discountWithoutVat: '709700',
  });
  const byPayment = {
    ...FRANCE,
    customers: { account: { mode: 'byPayment' as const, default: null, byMethod: { card: '411CB' } } },
  };
  const account = {
    type: 'account',
    mapping: 'customers',
    country: null,
    item: null,
    field: 'account',
    account: '411000',
  } as const;
  assert.deepEqual(profileSchema.parse(mended(byPayment, account)).customers.account, {
    mode: 'byPayment',
    default: '411000',
    byMethod: { card: '411CB' },
  });
  assert.deepEqual(profileSchema.parse(mended({ name: 'x', shop: { type: 'x' } }, account)).customers.account, {
    mode: 'same',
    code: '411000',
  });
});

test('gaps told together are proposed accounts that differ, each with the row that would fill it', () => {
  const gap = (country: string, rate: string) =>
    ({
      kind: 'tax',
      item: `tax-${country}${rate}`,
      name: 'TVA',
      country,
      rate,
      path: 'mappings.taxes.exceptions',
      owed: null,
    }) as const;
  const rows = proposedRows(withTaxes(HOME), [gap('DE', '19.0000'), gap('DE', '7'), gap('IT', '22')]).map(
    ({ row }) => row,
  );
  assert.deepEqual(
    rows.map((row) => [row?.country, row?.item]),
    [
      ['DE', '19%'],
      ['DE', '7%'],
      ['IT', '22%'],
    ],
  );
  assert.equal(new Set(rows.map((row) => row?.account)).size, 3);
});

test('what the shop owed is proposed on the account of that debt, never on the bank', () => {
  const gap = (item: string, owed: 'giftCard' | 'storeCredit' | 'points' | null) =>
    ({
      kind: 'payment',
      item,
      name: item,
      country: null,
      rate: null,
      path: 'mappings.payments.exceptions',
      owed,
    }) as const;
  const gaps = [gap('card', null), gap('gift', 'giftCard'), gap('credit', 'storeCredit'), gap('points', 'points')];
  const banks = (profile: Profile) => proposedRows(profile, gaps).map(({ row }) => row?.bank);
  assert.deepEqual(banks(withTaxes(HOME)), ['512000', '419700', '419800', '419800']);
  const otherLines = { exceptions: [{ item: 'giftCard', withVat: '4671', withoutVat: '4671' }] };
  const mapped = profileSchema.parse({ ...FRANCE, mappings: { ...FRANCE.mappings, otherLines } });
  assert.deepEqual(banks(mapped), ['512000', '4671', '419800', '419800']);
  const belgium = profileSchema.parse({ ...FRANCE, ...template('belgium') });
  assert.deepEqual(banks(belgium).slice(1), [null, null, null]); // no usual place: it is asked
});

test('a gift card without account is proposed on the debt it clears', () => {
  const values = { mapping: 'otherLines.withoutVat', country: 'FR', item: 'giftCard' };
  const cure = cureOf({ code: 'mapping.no-account', values }, withTaxes(HOME));
  assert.equal(cure.type === 'account' ? cure.proposedAccount : null, '419700');
});
