import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from '../core/calendar.ts';
import { DEMOS } from './demo.ts';
import { profileSchema } from './profile.ts';
import { bookSettings, formatSettings, httpSettings, readingOptions } from './settings.ts';
import { TEMPLATES, template, withPaymentRows } from './templates.ts';

const BASE = { name: 'A', shop: { type: 'woocommerce' } };

/** [template, its VAT rules] */
const vat: [(typeof TEMPLATES)[number], string][] = [
  ['france', 'FR 20% 445711 C20 | FR 10% 445712 C10 | FR 5.5% 445713 C55 | FR 2.1% 445714 C21'],
  ['belgium', 'BE 21% 451210 B21 54/64 | BE 12% 451120 B12 54/64 | BE 6% 451060 B06 54/64'],
  ['luxembourg', 'LU 17% 46141117 L17 | LU 14% 46141114 L14 | LU 8% 46141108 L08 | LU 3% 46141103 L03'],
  ['blank', ''],
];

for (const [name, expected] of vat) {
  test(`the template ${name} has the rates of its country and no default VAT account`, () => {
    const { taxes } = profileSchema.parse({ ...BASE, ...template(name) }).mappings;
    assert.equal(
      taxes.exceptions
        .map(({ country, item, account, code, grid, creditGrid }) => {
          const grids = grid === null ? '' : ` ${grid}/${creditGrid}`;
          return `${country} ${item} ${account} ${code}${grids}`;
        })
        .join(' | '),
      expected,
    );
    assert.equal(taxes.default.account, null);
  });
}

test('every account, journal and third party of a template or demo has its label', () => {
  const profiles = [
    ...TEMPLATES.map((name) => profileSchema.parse({ ...BASE, ...template(name) })),
    ...DEMOS.map((demo) => profileSchema.parse(demo.profile())),
  ];
  for (const { chart, mappings, customers } of profiles) {
    const fields = Object.values(mappings)
      .flatMap((mapping) => [mapping.default, ...mapping.exceptions])
      .flatMap((row) => Object.entries(row));
    for (const [name, value] of fields) {
      if (
        typeof value !== 'string' ||
        ['country', 'item', 'code', 'ledgerCurrency', 'grid', 'creditGrid'].includes(name)
      )
        continue;
      assert.ok(chart.accounts[value] ?? chart.journals[value], `${name} ${value}`);
    }
    if (customers.thirdParty.mode === 'same' && customers.thirdParty.code !== null)
      assert.ok(chart.thirdParties[customers.thirdParty.code]);
  }
});

test('a row is added for each payment method of the shop, once', () => {
  const once = withPaymentRows(template('france'), ['stripe', 'cheque']);
  const twice = withPaymentRows(once, ['cheque', 'cod']);
  assert.deepEqual(
    twice.mappings?.payments?.exceptions?.map(({ item, create }) => `${item} ${create}`),
    ['stripe true', 'cheque true', 'cod true'],
  );
  assert.deepEqual(twice.mappings?.payments?.default, template('france').mappings?.payments?.default);
});

test('what a profile says reaches the engine, the reader, the connection and the format', () => {
  const profile = profileSchema.parse({
    ...BASE,
    ...template('france'),
    shop: { type: 'woocommerce', http: { timeoutSeconds: 5, pauseMs: 0, basicAuthUser: 'anne' } },
    reading: { guestAccount: '411900', roundingDifference: 'firstTax', separateEcotax: true },
  });
  const settings = bookSettings(profile, { today: day('2026-11-24'), shopName: 'Maison Lien' });
  assert.equal(settings.books.code, 'EUR');
  assert.deepEqual(settings.customers.guest, { account: '411900', thirdParty: null });
  assert.equal(settings.roundingDifference, 'firstTax');
  assert.deepEqual(settings.tolerances.payment, { units: 100n, scale: 2 });
  assert.equal(settings.shopName, 'Maison Lien');
  assert.equal(bookSettings(profile, { today: day('2026-11-24') }).shopName, 'A');
  assert.equal(readingOptions(profile).separateEcotax, true);
  assert.deepEqual(httpSettings(profile, 'secret').basicAuth, { user: 'anne', password: 'secret' });
  assert.equal(httpSettings(profile, null).timeoutMs, 5000);
  assert.deepEqual(formatSettings(profile).options, {
    ...{ recordLength: 199, validDate: 'entry', analyticPlan: '1', definition: null },
  });
});
