import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from '../core/calendar.ts';
import { Failure } from '../core/problem.ts';
import { chartOf, goneAccounts } from './charts.ts';
import { gaps } from './gaps.ts';
import { newProfile } from './new-profile.ts';
import { profileSchema } from './profile.ts';
import { type TemplateName, template } from './templates.ts';

/** [template, day the fiscal year opens, the law of its chart, accounts of exchange differences] */
const charts: [TemplateName, string | null, string | null, string][] = [
  ['france', null, 'PCG, ANC 2022-06', '656000 756000'],
  ['france', '2026-01-01', 'PCG, ANC 2022-06', '656000 756000'],
  ['france', '2025-01-01', 'PCG, ANC 2022-06', '656000 756000'],
  ['france', '2024-12-31', 'PCG, ANC 2014-03, ANC 2015-05', '656000 756000'],
  ['france', '2017-01-01', 'PCG, ANC 2014-03, ANC 2015-05', '656000 756000'],
  ['france', '2016-12-31', 'PCG, ANC 2014-03', '666000 766000'],
  ['belgium', '2026-01-01', 'PCMN/MAR, 2018-10-21', '654000 754000'],
  ['luxembourg', '2020-01-01', 'PCN, 2019-09-12', '656200 756200'],
  ['luxembourg', '2019-12-31', null, ''],
];

for (const [name, opened, law, exchange] of charts) {
  test(`R-06 R-08 R-10 ${name}, year opened ${opened ?? 'today'}: ${law ?? 'no chart'}`, () => {
    const from = opened === null ? null : day(opened);
    assert.equal(chartOf(name, from)?.law ?? null, law);
    const asked = { name: 'A', shop: 'woocommerce', url: '', ledger: 'csv', folder: null, template: name };
    if (law === null) {
      const refused = (error: unknown) => error instanceof Failure && error.values.reason === 'no-chart';
      return assert.throws(() => newProfile({ ...asked, fiscalYearStart: from }), refused);
    }
    const profile = profileSchema.parse(newProfile({ ...asked, fiscalYearStart: from }));
    const { adjustmentExpense, adjustmentIncome } = profile.mappings.currencies.default;
    assert.equal(`${adjustmentExpense} ${adjustmentIncome}`, exchange);
    assert.ok(adjustmentExpense !== null && adjustmentExpense in profile.chart.accounts);
    assert.equal(profile.ledger.fiscalYearStart, opened);
  });
}

test('R-07 no template proposes an account that its chart took away, nor exceptional results for cents', () => {
  for (const opened of ['2016-01-01', '2024-01-01', '2026-01-01']) {
    const { mappings, chart } = profileSchema.parse({
      name: 'A',
      shop: { type: 'woocommerce' },
      ...template('france', day(opened)),
    });
    const text = JSON.stringify([mappings, Object.keys(chart.accounts)]);
    assert.doesNotMatch(text, /"(67|77|79)\d{4}"/);
  }
});

/** [day the year opens, country, account, whether it is pointed out] */
const gone: [string | null, string | null, string, boolean][] = [
  ['2025-01-01', 'FR', '791000', true],
  ['2026-04-01', 'FR', '775000', true],
  ['2026-04-01', 'FR', '797100', true],
  ['2024-12-31', 'FR', '791000', false],
  [null, 'FR', '791000', false],
  ['2026-01-01', 'BE', '791000', false],
  ['2026-01-01', 'FR', '758000', false],
];

for (const [fiscalYearStart, country, account, expected] of gone) {
  test(`R-06 account ${account}, year ${fiscalYearStart}, ${country}: ${expected ? 'pointed out' : 'nothing to say'}`, () => {
    const profile = profileSchema.parse({
      name: 'A',
      shop: { type: 'woocommerce' },
      ledger: { fiscalYearStart },
      advanced: { country },
      mappings: { otherLines: { exceptions: [{ item: 'tip', product: '797000', withVat: account }] } },
    });
    const path = 'mappings.otherLines.exceptions[0].withVat';
    assert.deepEqual(goneAccounts(profile), expected ? [{ account, path }] : []);
    const found = gaps(profile, { paymentMethods: [], taxes: [], currencies: [] });
    assert.deepEqual(
      found.map(({ kind, item, path: at }) => [kind, item, at]),
      expected ? [['account', account, path]] : [],
    );
  });
}
