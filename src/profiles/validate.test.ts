import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import type { HoldingLimits } from './code-limits.ts';
import { DEMOS } from './demo.ts';
import { parsePath, setAt } from './paths.ts';
import { type ProfileInput, profileSchema } from './profile.ts';
import { schemaFaults } from './schema-faults.ts';
import { TEMPLATES, template } from './templates.ts';
import { REFUSALS } from './unsupported.ts';
import { type Known, validateProfile } from './validate.ts';

const NO_LIMITS = {
  journal: null,
  account: null,
  thirdParty: null,
  currency: null,
  section: null,
  taxCode: null,
  decimals: null,
};

/** A ledger with one option, `sign`, which may be a point. */
function ledger(
  id: string,
  limits: HoldingLimits,
  {
    carries = [],
    appends = true,
    hasCustomers = false,
    accountSigns = 'any',
    supplierCodes = null,
  }: {
    readonly carries?: readonly string[];
    readonly appends?: boolean;
    readonly hasCustomers?: boolean;
    readonly accountSigns?: 'any' | 'digits';
    readonly supplierCodes?: RegExp | null;
  } = {},
): Known['ledgers'][number] {
  return {
    ...{ id, hasCustomers },
    facts: () => ({ carries, appends, limits, accountSigns, supplierCodes }),
    optionFaults: (options) =>
      Object.entries(options)
        .filter(([name, value]) => name !== 'sign' || value !== '.')
        .map(([name, value]) => ({ name, value: String(value), expected: '.' })),
  };
}

const KNOWN: Known = {
  shops: [{ id: 'woocommerce' }, { id: 'prestashop' }, { id: 'magento' }],
  ledgers: [
    ledger(
      'sage-pnm',
      { journal: 3, account: 13, thirdParty: 13, currency: 3, section: 13, taxCode: null, decimals: 2 },
      { carries: ['currency', 'section'] },
    ),
    ledger('csv', NO_LIMITS, { hasCustomers: true }),
    ledger('numbers', NO_LIMITS, { accountSigns: 'digits', supplierCodes: /^[7-9]\d{4}$/ }),
    ledger('fec', { ...NO_LIMITS, taxCode: 5 }, { appends: false }),
  ],
  definitionFaults: () => [],
};
const BASE: ProfileInput = { name: 'Maison Lien', shop: { type: 'woocommerce', url: 'https://shop.example' } };

/** The base with fields set, and the faults as `path code`. */
function faults(fields: Readonly<Record<string, unknown>>): string {
  let input: unknown = BASE;
  for (const [path, value] of Object.entries(fields)) input = setAt(input, parsePath(path) ?? assert.fail(path), value);
  const validated = validateProfile(input, KNOWN);
  return validated.ok ? 'ok' : validated.errors.map(({ path, code }) => `${path} ${code}`).join(' | ');
}

/** [fields set on a valid profile, its faults] */
const cases: [Record<string, unknown>, string][] = [
  [{}, 'ok'],
  [{ name: '' }, 'name too-short'],
  [{ name: 'x'.repeat(101) }, 'name too-long'],
  [{ name: 12 }, 'name wrong-type'],
  [{ shop: {} }, 'shop.type missing'],
  [{ 'shop.colour': 'red' }, 'shop.colour unknown-field'],
  [{ 'shop.type': 'oxid' }, 'shop.type unknown-shop'],
  [{ 'shop.url': '' }, 'ok'],
  [{ 'shop.url': 'shop.example' }, 'shop.url not-a-url'],
  [{ 'shop.url': 'ftp://shop.example' }, 'shop.url not-a-url'],
  [{ 'shop.url': 'https://me:secret@shop.example' }, 'shop.url url-with-password'],
  [{ 'shop.url': 'https://shop.example/?page_id=1' }, 'shop.url url-with-query'],
  [{ 'shop.url': 'http://shop.example' }, 'shop.url plain-http'],
  [{ 'shop.url': 'http://127.0.0.1:8080/shop' }, 'ok'],
  [{ 'shop.url': 'http://[::1]:8080/' }, 'ok'],
  [{ 'shop.url': 'http://localhost.example/' }, 'shop.url plain-http'],
  [{ 'shop.url': 'http://shop.example', 'shop.http.allowPlainHttp': true }, 'ok'],
  [{ 'shop.http.timeoutSeconds': 0 }, 'shop.http.timeoutSeconds too-small'],
  [{ 'shop.http.tries': 11 }, 'shop.http.tries too-large'],
  [{ 'import.statuses': Array.from({ length: 1001 }, () => 'paid') }, 'import.statuses too-many'],
  [{ 'shop.http.tries': 2.5 }, 'shop.http.tries wrong-type'],
  [{ 'shop.http.userAgent': 'a\r\nb: c' }, 'shop.http.userAgent control-characters'],
  [{ 'shop.http.basicAuthUser': 'a:b' }, 'shop.http.basicAuthUser colon-in-user'],
  [{ 'shop.http.certificate': 'hello' }, 'shop.http.certificate not-a-certificate'],
  [{ 'ledger.type': 'dream' }, 'ledger.type unknown-ledger'],
  [{ 'entries.analytics': true, 'entries.analyticsForCarriers': true }, 'ok'],
  [{ 'entries.analytics': true, 'ledger.type': 'fec' }, 'entries.analytics not-carried'],
  [{ 'entries.analyticsForCarriers': true, 'ledger.type': 'fec' }, 'entries.analyticsForCarriers not-carried'],
  [{ 'entries.analytics': true, 'ledger.recordLength': 138 }, 'ledger.recordLength short-record'],
  [
    { 'mappings.analytics.default.section': '95300000000WEB' },
    'mappings.analytics.default.section too-long-for-format',
  ],
  [{ 'mappings.journals.default.sales': 'VENTES' }, 'mappings.journals.default.sales too-long-for-format'],
  [{ 'mappings.journals.default.sales': 'VENTES', 'ledger.translate': { journals: { VENTES: 'VT' } } }, 'ok'],
  [{ 'ledger.translate': { journals: { VENTES: 'VENT' } } }, 'ledger.translate.journals["VENTES"] too-long-for-format'],
  [
    { 'ledger.translate': { thirdParties: { WEB: '12345678901234' } } },
    'ledger.translate.thirdParties["WEB"] too-long-for-format',
  ],
  [
    { 'mappings.taxes.default.code': 'C20-FR', 'ledger.type': 'fec' },
    'mappings.taxes.default.code too-long-for-format',
  ],
  [{ 'ledger.translate': { accounts: { a: '' } } }, 'ledger.translate.accounts.a too-short'],
  [{ 'ledger.options': { sign: '.' } }, 'ok'],
  [{ 'ledger.options': { sign: ',' } }, 'ledger.options.sign wrong-option'],
  [{ 'ledger.options': { colour: 3 } }, 'ledger.options.colour wrong-option'],
  [{ 'reading.decimals': 3 }, 'reading.decimals too-many-decimals'],
  [{ 'reading.decimals': 4, 'ledger.type': 'csv' }, 'ok'],
  [{ 'reading.decimals': 5, 'ledger.type': 'csv' }, 'reading.decimals not-a-choice'],
  [{ 'entries.matchingCodes': true }, 'entries.matchingCodes not-carried'],
  [{ 'entries.inCurrency': true }, 'ok'],
  [{ 'entries.inCurrency': true, 'ledger.type': 'csv' }, 'entries.inCurrency not-carried'],
  [{ 'entries.inCurrency': true, 'ledger.recordLength': 138 }, 'ledger.recordLength short-record'],
  [
    { 'mappings.currencies.exceptions': [{ item: 'USD', ledgerCurrency: 'DOLLAR' }] },
    'mappings.currencies.exceptions[0].ledgerCurrency too-long-for-format',
  ],
  [{ 'ledger.currency': 'euro' }, 'ledger.currency bad-currency'],
  [{ 'ledger.folder': 'books' }, 'ledger.folder folder-not-absolute'],
  [{ 'ledger.folder': '/srv/../etc' }, 'ledger.folder folder-not-absolute'],
  [{ 'ledger.folder': 'C:\\Compta' }, 'ok'],
  [{ 'ledger.salesFile': '../VENTES' }, 'ledger.salesFile not-a-file-name'],
  [{ 'ledger.salesFile': 'NUL.txt' }, 'ledger.salesFile not-a-file-name'],
  [{ 'ledger.creditNotesFile': 'A/B' }, 'ledger.creditNotesFile not-a-file-name'],
  [{ 'ledger.creditNotesFile': 'Avoirs 2026.txt' }, 'ok'],
  [{ 'ledger.salesFile': '%KI-%FR-%TO-%RD-%RT-%PN %%' }, 'ok'],
  [{ 'ledger.salesFile': '%XX' }, 'ledger.salesFile unknown-name-code'],
  [{ 'ledger.creditNotesFile': 'A %' }, 'ledger.creditNotesFile unknown-name-code'],
  [{ 'ledger.salesFile': '%SIFEC' }, 'ledger.salesFile name-without-siren'],
  [{ 'ledger.salesFile': 'FEC%FC' }, 'ledger.salesFile name-without-closing'],
  [{ 'ledger.salesFile': 'V%RT', 'ledger.type': 'csv', 'ledger.policy': 'append' }, 'ledger.salesFile name-with-time'],
  [{ 'ledger.salesFile': 'V-%JO' }, 'ledger.salesFile name-of-part'],
  [{ 'ledger.salesFile': 'V-%JO', 'ledger.split': 'month' }, 'ledger.salesFile name-of-part'],
  [{ 'ledger.salesFile': 'V-%JO-%MO', 'ledger.split': 'journalAndMonth' }, 'ok'],
  [{ 'ledger.salesFile': 'V-%FY', 'ledger.split': 'fiscalYear' }, 'ok'],
  [
    { 'ledger.type': 'csv', 'ledger.customersFile': 'C-%JO', 'ledger.split': 'journal' },
    'ledger.customersFile name-of-part',
  ],
  [{ 'ledger.zip': true }, 'ok'],
  [{ 'ledger.zip': true, 'ledger.type': 'csv', 'ledger.policy': 'append' }, 'ledger.zip zip-with-append'],
  [{ 'ledger.siren': '12345678' }, 'ledger.siren bad-siren'],
  [{ 'ledger.siren': '123456789' }, 'ledger.closingDate siren-and-closing-date'],
  [{ 'ledger.siren': '123456789', 'ledger.closingDate': '2026-12-31' }, 'ok'],
  [{ 'ledger.closingDate': '2026-02-30' }, 'ledger.closingDate bad-date'],
  [{ 'ledger.type': 'fec', 'ledger.policy': 'append' }, 'ledger.policy no-append'],
  [{ 'ledger.type': 'csv', 'ledger.policy': 'append' }, 'ok'],
  [{ 'ledger.customersFile': 'CLIENTS' }, 'ledger.customersFile no-customers-file'],
  [{ 'ledger.type': 'csv', 'ledger.customersFile': 'CLIENTS.TXT' }, 'ok'],
  [{ 'ledger.type': 'csv', 'ledger.customersFile': '' }, 'ledger.customersFile too-short'],
  [{ 'ledger.type': 'csv', 'ledger.customersFile': '../x' }, 'ledger.customersFile not-a-file-name'],
  [{ 'ledger.type': 'csv', 'ledger.customersFile': 'Ventes' }, 'ledger.customersFile same-file-name'],
  [{ 'customers.account': { mode: 'onePerCustomer', prefix: '411W', length: 6 } }, 'ok'],
  [
    { 'customers.account': { mode: 'onePerCustomer', prefix: '411W', length: 4 } },
    'customers.account.length no-room-for-number',
  ],
  [
    { 'customers.thirdParty': { mode: 'onePerCustomer', prefix: 'CLIENTS', length: 14 } },
    'customers.thirdParty.length too-long-for-format',
  ],
  [
    { 'customers.thirdParty': { mode: 'onePerCustomer', prefix: 'a\tb', length: 8 } },
    'customers.thirdParty.prefix control-characters',
  ],
  [{ 'ledger.type': 'numbers', 'customers.thirdParty': { mode: 'same', code: '10000' } }, 'ok'],
  [
    { 'ledger.type': 'numbers', 'customers.thirdParty': { mode: 'same', code: '70000' } },
    'customers.thirdParty.code suppliers-for-format',
  ],
  [
    {
      'ledger.type': 'numbers',
      'customers.thirdParty': { mode: 'same', code: '70000' },
      'ledger.translate': { thirdParties: { '70000': '10000' } },
    },
    'ok',
  ],
  [
    {
      'ledger.type': 'numbers',
      'customers.thirdParty': { mode: 'same', code: 'WEB' },
      'mappings.sales.default.withVat': '707A',
    },
    'mappings.sales.default.withVat digits-for-format | customers.thirdParty.code digits-for-format',
  ],
  [
    {
      'ledger.type': 'numbers',
      'customers.thirdParty': { mode: 'same', code: 'WEB' },
      'ledger.translate': { thirdParties: { WEB: '10000' } },
    },
    'ok',
  ],
  [{ 'ledger.recordLength': 150 }, 'ledger.recordLength not-a-choice'],
  [{ 'mappings.journals.default.sales': 'VENTE' }, 'mappings.journals.default.sales too-long-for-format'],
  [{ 'mappings.journals.default.sales': 'VENTE', 'ledger.type': 'csv' }, 'ok'],
  [{ 'mappings.sales.default.withVat': '70710000000000' }, 'mappings.sales.default.withVat too-long-for-format'],
  [{ 'mappings.taxes.default.code': 'A-LONG-TAX-CODE' }, 'ok'],
  [
    { 'customers.thirdParty': { mode: 'same', code: 'WEBCUSTOMERS01' } },
    'customers.thirdParty.code too-long-for-format',
  ],
  [
    { 'customers.account': { mode: 'byPayment', byMethod: { 'ppcp.x': '41100000000000' } } },
    'customers.account.byMethod["ppcp.x"] too-long-for-format',
  ],
  [{ 'customers.account': { mode: 'all' } }, 'customers.account.mode not-a-choice'],
  [{ 'mappings.sales.default.withVat': '707\t100' }, 'mappings.sales.default.withVat control-characters'],
  [
    {
      'mappings.taxes.exceptions': [
        { country: 'FR', item: '20%' },
        { country: 'FR', item: '10%' },
        { country: 'FR', item: '20%' },
      ],
    },
    'mappings.taxes.exceptions[2] duplicate-exception',
  ],
  [
    { 'mappings.taxes.exceptions': [{ country: 'fr', item: '20%' }] },
    'mappings.taxes.exceptions[0].country bad-country',
  ],
  [{ 'mappings.taxes.exceptions': [{ account: '445711' }] }, 'mappings.taxes.exceptions[0] exception-for-all'],
  [
    { 'mappings.journals.exceptions': [{ item: '3', sales: 'VT2' }] },
    'mappings.journals.exceptions[0].item item-never-matches',
  ],
  [{ 'mappings.sales.exceptions': [{ country: 'FR-ZZ' }] }, 'mappings.sales.exceptions[0].country unknown-territory'],
  [{ 'mappings.sales.exceptions': [{ country: 'FR-20R' }, { country: 'GP' }, { country: 'XI' }] }, 'ok'],
  [{ 'mappings.sales.exceptions': [{ country: 'Guadeloupe' }] }, 'mappings.sales.exceptions[0].country bad-country'],
  [
    { 'mappings.sales.exceptions': [{ product: 'MUG' }, { product: 'MUG', treatment: null, withVat: '7' }] },
    'mappings.sales.exceptions[1] duplicate-exception',
  ],
  [{ 'mappings.sales.exceptions': [{ product: 'MUG' }, { product: 'MUG', businessCustomer: false }] }, 'ok'],
  [{ 'mappings.sales.exceptions': [{ channel: null }] }, 'mappings.sales.exceptions[0] exception-for-all'],
  [{ 'mappings.sales.exceptions': [{ product: '' }] }, 'mappings.sales.exceptions[0].product too-short'],
  [
    { 'mappings.sales.exceptions': [{ treatment: 'intra' }], 'advanced.country': 'FR' },
    'mappings.sales.exceptions[0].treatment not-a-choice',
  ],
  [{ 'mappings.sales.exceptions': [{ treatment: 'oss' }] }, 'advanced.country treatment-without-country'],
  [{ 'mappings.sales.exceptions': [{ treatment: 'oss' }], 'advanced.country': 'FR' }, 'ok'],
  [{ 'advanced.country': 'FR-75' }, 'advanced.country unknown-territory'],
  [
    { 'mappings.journals.exceptions': [{ product: 'MUG', sales: 'VT2' }] },
    'mappings.journals.exceptions[0].product key-never-matches',
  ],
  [
    { 'mappings.carriers.exceptions': [{ category: '5', item: 'post' }] },
    'mappings.carriers.exceptions[0].category key-never-matches',
  ],
  [{ 'entries.sales.label': '%IN %ZZ' }, 'entries.sales.label unknown-pattern-code'],
  [{ 'entries.payments.reference': '100%' }, 'entries.payments.reference unknown-pattern-code'],
  [{ 'entries.sales.label': '100%% %IN:8' }, 'ok'],
  [{ 'import.defaultPeriod': 'custom' }, 'import.from period-without-days'],
  [{ 'import.defaultPeriod': 'custom', 'import.from': '2026-11-01' }, 'import.to period-without-days'],
  [
    { 'import.defaultPeriod': 'custom', 'import.from': '2026-11-02', 'import.to': '2026-11-01' },
    'import.to period-backwards',
  ],
  [{ 'advanced.timeZone': 'Paris' }, 'advanced.timeZone unknown-time-zone'],
  [{ 'advanced.timeZone': 'Europe/Paris' }, 'ok'],
  [{ 'advanced.hook': 'sections.ts' }, 'ok'],
  [{ 'advanced.hook': 'by-sku.2.mjs' }, 'ok'],
  [{ 'advanced.hook': '/srv/hook.ts' }, 'advanced.hook not-a-script-name'],
  [{ 'advanced.hook': '../hook.ts' }, 'advanced.hook not-a-script-name'],
  [{ 'advanced.hook': 'sub\\hook.ts' }, 'advanced.hook not-a-script-name'],
  [{ 'advanced.hook': '.hook.ts' }, 'advanced.hook not-a-script-name'],
  [{ 'advanced.hook': 'hook.cjs' }, 'advanced.hook not-a-script-name'],
  [{ 'advanced.hook': 'comptoir-hook.d.ts' }, 'advanced.hook not-a-script-name'],
  [{ 'advanced.tolerances.perLine': '0,01' }, 'advanced.tolerances.perLine bad-decimal'],
  [{ 'advanced.tolerances.perLine': 0.01 }, 'advanced.tolerances.perLine wrong-type'],
];

for (const [fields, expected] of cases) {
  test(`a profile with ${JSON.stringify(fields).slice(0, 120)} is ${expected}`, () =>
    assert.equal(faults(fields), expected));
}

/** A value of the right shape that the schema takes and the first issue does not obey, by path of `REFUSALS`. */
const REFUSED: Readonly<Record<string, [Record<string, unknown>, string?]>> = {
  'shop.http.moduleMethod': [{ 'shop.http.moduleMethod': 'POST' }],
  'shop.http.version': [{ 'shop.http.version': '2' }],
  'ledger.database': [{ 'ledger.database': 'compta.mae' }],
  'reading.mergeEdits': [{ 'reading.mergeEdits': 'same-day' }],
};

for (const { path, reason } of REFUSALS) {
  test(`what is not obeyed yet is refused: ${path}`, () => {
    const [fields, at = path] = REFUSED[path] ?? assert.fail(`no case for ${path}`);
    assert.equal(faults(fields), `${at} unsupported.${reason}`);
  });
}

test('a message names the value and its default, and no password of an address', () => {
  const merging = validateProfile({ ...BASE, reading: { mergeEdits: 'same-day' } }, KNOWN);
  assert.deepEqual(merging.ok ? [] : merging.errors, [
    { path: 'reading.mergeEdits', code: 'unsupported.mergeEdits', values: { value: '"same-day"', default: '"never"' } },
  ]);
  const secret = validateProfile(
    { ...BASE, shop: { type: 'woocommerce', url: 'https://me:hush@shop.example' } },
    KNOWN,
  );
  assert.doesNotMatch(JSON.stringify(secret), /hush/);
});

test('two rules for the same thing are refused with both rows and all they name', () => {
  const twice = { country: 'DE', item: 'normal', treatment: 'oss', businessCustomer: true };
  const exceptions = [{ ...twice, withVat: '707121' }, { item: 'normal' }, { ...twice, withVat: '707122' }];
  const input = { ...BASE, advanced: { country: 'FR' }, mappings: { sales: { exceptions } } };
  const validated = validateProfile(input, KNOWN);
  assert.deepEqual(validated.ok ? [] : validated.errors, [
    {
      path: 'mappings.sales.exceptions[2]',
      code: 'duplicate-exception',
      values: { country: 'DE', item: 'normal, treatment oss, businessCustomer true', first: '1', row: '3' },
    },
  ]);
});

test('all faults of a profile come at once, and junk is a fault, not an accident', () => {
  assert.equal(
    faults({ 'shop.url': 'http://shop.example', 'advanced.timeZone': 'Paris', 'entries.sales.label': '%ZZ' }),
    'shop.url plain-http | entries.sales.label unknown-pattern-code | advanced.timeZone unknown-time-zone',
  );
  const deep: unknown = JSON.parse('['.repeat(200_000) + ']'.repeat(200_000)); // deeper than JSON can be written
  for (const junk of [null, undefined, 'text', 12, [], new Date(0), deep, { ...BASE, name: deep, import: deep }])
    assert.equal(validateProfile(junk, KNOWN).ok, false);
});

for (const name of TEMPLATES) {
  test(`the template ${name} makes a valid profile`, () => {
    const validated = validateProfile({ ...BASE, ...template(name) }, KNOWN);
    assert.deepEqual(validated.ok ? [] : validated.errors, []);
  });
}

for (const demo of DEMOS) {
  test(`${demo.id} is a valid profile of fixed days`, () => {
    const validated = validateProfile(demo.profile(), { ...KNOWN, shops: DEMOS.map(({ shop }) => ({ id: shop })) });
    assert.ok(validated.ok, JSON.stringify(validated));
    assert.deepEqual(validated.profile.import, {
      defaultPeriod: 'custom',
      from: '2026-08-01',
      to: '2026-11-30',
      subShops: null,
      statuses: null,
    });
  });
}

test('what the schema gives back is taken again unchanged', () => {
  for (const demo of DEMOS) {
    const profile = profileSchema.parse(demo.profile());
    assert.deepEqual(profileSchema.parse(JSON.parse(JSON.stringify(profile))), profile);
  }
});

test('a pattern that has no sentence of its own is told as one all the same', () => {
  const parsed = z.object({ id: z.uuid() }).safeParse({ id: 'x' });
  assert.ok(!parsed.success);
  assert.deepEqual(schemaFaults(parsed.error.issues, { id: 'x' }), [
    { path: 'id', code: 'bad-format', values: { value: 'x' } },
  ]);
});
