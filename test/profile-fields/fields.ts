import type { ProfileInput } from '../../src/profiles/profile.ts';
import { template, withPaymentRows } from '../../src/profiles/templates.ts';
import * as see from './probes.ts';

/**
 * Every field of the profile, with what proves that it is obeyed: a value that changes what is seen, or the refusal of
 * everything but its default. `docs/profile-fields.md` is written from this table.
 */
export type FieldProof =
  | {
      readonly path: string;
      readonly seen: string;
      readonly set: Changes;
      readonly from?: Changes;
      readonly probe: see.Probe;
      /** Rows of docs/acceptance.md it proves. */
      readonly rows?: string;
    }
  | { readonly path: string; readonly rows?: string; readonly refused: string; readonly set: Changes };

type Changes = Readonly<Record<string, unknown>>;

/** What every probe starts from: template France, one payment method, one foreign rule. */
export const BASE: ProfileInput = {
  name: 'Maison Lien',
  shop: { type: 'woocommerce', url: 'http://127.0.0.1:1/shop', http: { pauseMs: 0, tries: 1 } },
  ...withPaymentRows(template('france'), ['card']),
};

/** A user's own file format. */
const CABINET = {
  name: 'Cabinet',
  shape: { is: 'separated', separator: ';' },
  records: {
    line: {
      columns: [
        { name: 'Date', is: 'date', pattern: 'JJMMAA' },
        { name: 'Compte', is: 'anyAccount' },
        { name: 'Montant', is: 'signed', point: ',' },
      ],
    },
  },
};

const SALE = 'sale FR; product 10 20% 2 rule=normal; paid card 12';
const ZERO = 'sale FR; product 10 rule=normal; paid card 10';
const CREDIT = 'creditNote FR; product 10 20% 2; refunded card 12';
const DISCOUNT = 'sale FR; product 9 20% 1.80 was=10; product 5 was=6; paid card 15.80';
const SHIPPED =
  'sale FR; product 10 20% 2; shipping 5 20% 1 carrier=post; shipping 4 carrier=post; wrapping 2 20% 0.40 carrier=post; wrapping 1 carrier=post; paid card 25.40';
const ABOVE = 'sale FR; product 10 20% 2; total 12.01 10 2.01; paid card 12.01';
const BELOW = 'sale FR; product 10 20% 2; total 11.99 9.99 2; paid card 11.99';
const OVERPAID = 'sale FR; product 10 20% 2; paid card 12.50';
const UNDERPAID = 'sale FR; product 10 20% 2; paid card 11.50';
const FEE = 'sale FR; product 10 20% 2; paid card 12 fee=0.30/EUR';
/** At a rate that no tax of the template has. */
const OVERRIDDEN = 'sale FR; product 10 13% 1.30; paid card 11.30';
const TIP = 'sale FR; product 10 20% 2; tip 3 20% 0.60; tip 2; paid card 17.60';
const DOLLARS = 'sale FR USD@1.0862; product 10; shipping 10; wrapping 10; paid card 30';
const DOLLARS_UP = 'sale FR USD@1.0862; product 10.02; shipping 10.02; wrapping 10.02; paid card 30.06';
const NO_RATE = 'sale FR USD; product 10; paid card 10';
const GUEST = {
  customer: {
    id: null,
    guest: true,
    firstName: 'A',
    lastName: 'B',
    company: null,
    email: 'a@example.test',
    phone: null,
    vatNumber: null,
    registrationNumber: null,
    groups: [],
    note: null,
    thirdPartyAccount: null,
    account: null,
  },
};

const FR_NORMAL = { country: 'FR', item: 'normal' };

/** A row for each field of a mapping: its default, and the same field in an exception, which wins. */
function mapped(
  mapping: string,
  fields: Readonly<Record<string, see.Probe>>,
  exception: Changes,
  from: Changes = {},
): FieldProof[] {
  return Object.entries(fields).flatMap(([field, probe]) => {
    const value = field === 'sales' || field === 'creditNotes' || field === 'journal' ? 'ZZZ' : '999000';
    const more = { ...from, [`mappings.${mapping}.exceptions`]: [] };
    const kept = mapping === 'payments' ? from : mapping === 'taxes' ? {} : more;
    return [
      {
        path: `mappings.${mapping}.default.${field}`,
        seen: 'entries of a document',
        from: mapping === 'taxes' ? more : kept,
        set: { [`mappings.${mapping}.default.${field}`]: value },
        probe,
      },
      {
        path: `mappings.${mapping}.exceptions[].${field}`,
        seen: 'entries of a document',
        from,
        set: { [`mappings.${mapping}.exceptions`]: [{ ...exception, [field]: value }] },
        probe,
      },
    ];
  });
}

/** The keys of an exception: another country or item, and it no longer matches. */
function keyed(mapping: string, fields: Changes, key: Changes, probe: see.Probe, from: Changes = {}): FieldProof[] {
  const path = `mappings.${mapping}.exceptions`;
  return Object.keys(key).map((name) => ({
    path: `${path}[].${name}`,
    seen: 'entries of a document',
    from: { ...from, [path]: [{ ...key, ...fields }] },
    set: { [path]: [{ ...key, ...fields, [name]: name === 'country' ? 'DE' : 'another' }] },
    probe,
  }));
}

/** The refined keys of an exception: one that applies, then the same for another product, group, channel ... */
function refined(
  mapping: string,
  fields: Changes,
  probe: (facts: string, line: string) => see.Probe,
  from: Changes = {},
) {
  const path = `mappings.${mapping}.exceptions`;
  const ofDocuments = ['journals', 'differences', 'payments', 'carriers', 'currencies'].includes(mapping);
  return REFINED.map(([key, value, other, facts, line]): FieldProof => {
    const row = (one: unknown) => ({ [path]: [...kept(mapping), { ...fields, [key]: one }] });
    if (ofDocuments && line !== '') return { path: `${path}[].${key}`, refused: 'key-never-matches', set: row(value) };
    const seen = 'entries of a document';
    return {
      path: `${path}[].${key}`,
      seen,
      from: { ...from, ...row(value) },
      set: row(other),
      probe: probe(facts, line),
    };
  });
}

/** [key, a value that applies, one that does not, how the document says it, how its line does] */
const REFINED: readonly [string, unknown, unknown, string, string][] = [
  ['product', 'MUG', 'CUP', '', ' sku=MUG'],
  ['category', '5', '6', '', ' category=5'],
  ['customerGroup', '3', '4', ' group=3', ''],
  ['subShop', '2', '1', ' shop=2', ''],
  ['channel', 'pos', 'web', ' channel=pos', ''],
  ['treatment', 'domestic', 'export', '', ''],
  ['businessCustomer', true, false, ' vat=FR12345678901', ''],
];

/** The row without which the method of a payment, or the tax, would be unknown. */
function kept(mapping: string): Changes[] {
  if (mapping === 'payments') return [{ item: 'card', create: true }];
  return mapping === 'taxes' ? [{ item: '20%', account: '445711' }] : [];
}

/** The grid of a tax and that of its credit notes, by default and in an exception. */
function grids(mapping: string, item: string, sale: string, credit: string): FieldProof[] {
  const account = { country: 'FR', item, account: '445711' };
  const path = `mappings.${mapping}`;
  return ['grid', 'creditGrid'].flatMap((field): FieldProof[] => {
    const probe = see.entries(field === 'grid' ? sale : credit);
    const rows = (fields: Changes) => ({ [`${path}.exceptions`]: [{ ...account, ...fields }] });
    const seen = 'entries of a document';
    return [
      { path: `${path}.default.${field}`, seen, from: rows({}), set: { [`${path}.default.${field}`]: '54' }, probe },
      { path: `${path}.exceptions[].${field}`, seen, from: rows({}), set: rows({ [field]: '54' }), probe },
    ];
  });
}

function texts(kind: 'sales' | 'creditNotes' | 'payments', values: Changes, probe: see.Probe): FieldProof[] {
  return Object.entries(values).map(([field, value]) => ({
    path: `entries.${kind}.${field}`,
    seen: 'entries of a document',
    set: { [`entries.${kind}.${field}`]: value },
    probe,
  }));
}

const NUMBERED = { order: { id: '1', number: '000731', date: '2018-11-25' as never } }; // a day

const customerModes = (name: 'account' | 'thirdParty'): FieldProof[] => {
  const path = `customers.${name}`;
  const probe = see.entries(SALE);
  const byPayment = { mode: 'byPayment', default: '411900', byMethod: { card: '411001' } };
  return [
    { path: `${path}.mode`, seen: 'customer line', set: { [path]: byPayment }, probe },
    { path: `${path}.code`, seen: 'customer line', set: { [path]: { mode: 'same', code: '411777' } }, probe },
    {
      path: `${path}.default`,
      seen: 'customer line',
      from: { [path]: { mode: 'byPayment', default: '411900' } },
      set: { [path]: { mode: 'byPayment', default: '411901' } },
      probe,
    },
    {
      path: `${path}.byMethod.*`,
      seen: 'customer line',
      from: { [path]: byPayment },
      set: { [path]: { ...byPayment, byMethod: { card: '411002' } } },
      probe,
    },
    {
      path: `${path}.prefix`,
      seen: 'customer line of a run',
      from: { [path]: { mode: 'onePerCustomer', prefix: '411W', length: 6 } },
      set: { [`${path}.prefix`]: '411X' },
      probe: see.run('sales', SALE),
    },
    {
      path: `${path}.length`,
      seen: 'customer line of a run',
      from: { [path]: { mode: 'onePerCustomer', prefix: '411W', length: 6 } },
      set: { [`${path}.length`]: 7 },
      probe: see.run('sales', SALE),
    },
  ];
};

export const FIELDS: readonly FieldProof[] = [
  { path: 'schemaVersion', refused: 'not-a-choice', set: { schemaVersion: 2 } },
  { path: 'name', seen: 'id of the profile', set: { name: 'Other' }, probe: see.id },
  { path: 'shop.type', seen: 'reader', set: { 'shop.type': 'prestashop' }, probe: see.reader },
  {
    path: 'shop.url',
    seen: 'first request to the shop',
    set: { 'shop.url': 'http://127.0.0.1:1/other' },
    probe: see.firstRequest,
  },
  {
    path: 'shop.http.moduleMethod',
    rows: 'S-119',
    refused: 'unsupported.module',
    set: { 'shop.http.moduleMethod': 'POST' },
  },
  {
    path: 'shop.http.version',
    seen: 'request to a server of HTTP/1.1',
    from: { 'shop.http.certificate': 'OWN' },
    set: { 'shop.http.version': '2' },
    probe: see.secured,
  },
  {
    path: 'shop.http.minimumTls',
    seen: 'request to a server of TLS 1.2',
    from: { 'shop.http.certificate': 'OWN' },
    set: { 'shop.http.minimumTls': '1.3' },
    probe: see.secured,
  },
  {
    path: 'shop.http.userAgent',
    seen: 'first request to the shop',
    set: { 'shop.http.userAgent': 'Other/1' },
    probe: see.firstRequest,
  },
  {
    path: 'shop.http.timeoutSeconds',
    seen: 'a silent shop',
    from: { 'shop.http.timeoutSeconds': 1 },
    set: { 'shop.http.timeoutSeconds': 2 },
    probe: see.patience('silent'),
  },
  {
    path: 'shop.http.pauseMs',
    seen: 'waits between requests',
    set: { 'shop.http.pauseMs': 40 },
    probe: see.patience('broken'),
  },
  {
    path: 'shop.http.tries',
    seen: 'requests to a broken shop',
    set: { 'shop.http.tries': 2 },
    probe: see.patience('broken'),
  },
  {
    path: 'shop.http.basicAuthUser',
    seen: 'first request to the shop',
    set: { 'shop.http.basicAuthUser': 'anne' },
    probe: see.firstRequest,
  },
  {
    path: 'shop.http.allowPlainHttp',
    seen: 'check of the profile',
    from: { 'shop.url': 'http://shop.example' },
    set: { 'shop.http.allowPlainHttp': true },
    probe: see.validity,
  },
  {
    path: 'shop.http.certificate',
    seen: 'request to a server with its own certificate',
    set: { 'shop.http.certificate': 'OWN' },
    probe: see.secured,
  },
  {
    path: 'shop.notes.thirdPartyAccount',
    seen: 'customer line',
    set: { 'shop.notes.thirdPartyAccount': true },
    probe: see.entries(SALE, { customer: { ...GUEST.customer, note: 'C0042' } }),
  },
  {
    path: 'shop.notes.account',
    seen: 'customer line',
    set: { 'shop.notes.account': true },
    probe: see.entries(SALE, { customer: { ...GUEST.customer, note: 'C0042' } }),
  },

  { path: 'ledger.type', seen: 'bytes of the file', set: { 'ledger.type': 'fec' }, probe: see.file },
  {
    path: 'ledger.currency',
    seen: 'entries of a document',
    set: { 'ledger.currency': 'CHF' },
    probe: see.entries(SALE),
  },
  {
    path: 'ledger.folder',
    rows: 'S-146',
    seen: 'place of the file',
    set: { 'ledger.folder': '/srv/books' },
    probe: see.destination('sales'),
  },
  {
    path: 'ledger.salesFile',
    rows: 'S-147',
    seen: 'name of the file',
    set: { 'ledger.salesFile': 'SALES' },
    probe: see.destination('sales'),
  },
  {
    path: 'ledger.creditNotesFile',
    rows: 'S-148',
    seen: 'name of the file',
    set: { 'ledger.creditNotesFile': 'REFUNDS.TXT' },
    probe: see.destination('creditNotes'),
  },
  {
    path: 'ledger.customersFile',
    seen: 'name of the file of customers',
    from: { 'ledger.type': 'csv' },
    set: { 'ledger.customersFile': 'CLIENTS' },
    probe: see.destination('sales'),
  },
  {
    path: 'ledger.policy',
    seen: 'policy of the delivery',
    set: { 'ledger.policy': 'append' },
    probe: see.destination('sales'),
  },
  {
    path: 'ledger.split',
    seen: 'names of the files',
    set: { 'ledger.split': 'journal' },
    probe: see.destination('sales'),
  },
  { path: 'ledger.zip', seen: 'name of the archive', set: { 'ledger.zip': true }, probe: see.destination('sales') },
  {
    path: 'ledger.companyName',
    seen: 'bytes of the file',
    set: { 'ledger.companyName': 'Lien SARL' },
    probe: see.file,
  },
  {
    path: 'ledger.siren',
    seen: 'name of the file',
    from: { 'ledger.type': 'fec', 'ledger.siren': '732829320', 'ledger.closingDate': '2026-12-31' },
    set: { 'ledger.siren': '404833048' },
    probe: see.destination('sales'),
  },
  {
    path: 'ledger.closingDate',
    seen: 'name of the file',
    from: { 'ledger.type': 'fec', 'ledger.siren': '732829320', 'ledger.closingDate': '2026-12-31' },
    set: { 'ledger.closingDate': '2027-12-31' },
    probe: see.destination('sales'),
  },
  ...(
    [
      ['accounts', { '411000': '4110' }],
      ['journals', { VTE: 'VT' }],
      ['thirdParties', { WEB: 'W' }],
    ] as const
  ).map(([name, codes]) => ({
    path: `ledger.translate.${name}.*`,
    seen: 'bytes of the file',
    set: { [`ledger.translate.${name}`]: codes },
    probe: see.file,
  })),
  {
    path: 'ledger.options.*',
    seen: 'bytes of the file',
    from: {
      'ledger.type': 'ciel-ximport',
      'mappings.journals.default': { sales: 'VT', creditNotes: 'VT' },
    },
    set: { 'ledger.options': { decimal: ',' } },
    probe: see.file,
  },
  {
    path: 'ledger.definition',
    seen: 'bytes of the file',
    from: { 'ledger.type': 'custom' },
    set: { 'ledger.definition': CABINET },
    probe: see.file,
  },
  {
    path: 'ledger.fiscalYearStart',
    seen: 'what the mapping lacks',
    from: { 'mappings.sales.default.withVat': '791000' },
    set: { 'ledger.fiscalYearStart': '2026-01-01' },
    probe: see.pointedOut,
  },
  { path: 'ledger.recordLength', seen: 'bytes of the file', set: { 'ledger.recordLength': 138 }, probe: see.file },
  {
    path: 'ledger.analyticPlan',
    rows: 'S-213',
    seen: 'bytes of the file',
    from: { 'entries.analytics': true, 'mappings.analytics.default.section': '953WEB' },
    set: { 'ledger.analyticPlan': '2' },
    probe: see.file,
  },
  {
    path: 'ledger.validDate',
    seen: 'bytes of the file',
    from: { 'ledger.type': 'fec' },
    set: { 'ledger.validDate': 'blank' },
    probe: see.file,
  },
  { path: 'ledger.database', refused: 'unsupported.directLink', set: { 'ledger.database': 'compta.mae' } },
  {
    path: 'chart.accounts.*',
    seen: 'bytes of the file',
    from: { 'ledger.type': 'fec' },
    set: { 'chart.accounts.411000': 'Customers' },
    probe: see.file,
  },
  {
    path: 'chart.journals.*',
    seen: 'bytes of the file',
    from: { 'ledger.type': 'fec' },
    set: { 'chart.journals.VTE': 'Sales' },
    probe: see.file,
  },
  {
    path: 'chart.thirdParties.*',
    seen: 'bytes of the file',
    from: { 'ledger.type': 'fec' },
    set: { 'chart.thirdParties.WEB': 'Web' },
    probe: see.file,
  },

  ...customerModes('account'),
  ...customerModes('thirdParty'),
  ...['stripAccents', 'upperCaseName', 'upperCaseAddress'].map((option) => ({
    path: `customers.${option}`,
    seen: 'file of customers',
    from: { 'ledger.type': 'csv', 'ledger.customersFile': 'CLIENTS' },
    set: { [`customers.${option}`]: true },
    probe: see.customersList,
  })),

  ...mapped('journals', { sales: see.entries(SALE), creditNotes: see.entries(CREDIT) }, { country: 'FR' }),
  ...keyed('journals', { sales: 'ZZZ' }, { country: 'FR' }, see.entries(SALE)),
  {
    path: 'mappings.journals.exceptions[].item',
    refused: 'item-never-matches',
    set: { 'mappings.journals.exceptions': [{ country: 'FR', item: 'x' }] },
  },
  ...refined('journals', { sales: 'ZZZ' }, (facts, line) => see.entries(`sale FR${facts}; product 10 20% 2${line}`)),
  ...mapped(
    'sales',
    {
      withVat: see.entries(SALE),
      withoutVat: see.entries(ZERO),
      discountWithVat: see.entries(DISCOUNT),
      discountWithoutVat: see.entries(DISCOUNT),
    },
    { country: 'FR' },
    { 'entries.discountLines': true },
  ),
  ...keyed('sales', { withVat: '999000' }, FR_NORMAL, see.entries(SALE)),
  ...refined('sales', { withVat: '999000' }, (facts, line) => see.entries(`sale FR${facts}; product 10 20% 2${line}`)),
  ...mapped(
    'differences',
    {
      adjustmentExpense: see.entries(BELOW),
      adjustmentIncome: see.entries(ABOVE),
      differenceExpense: see.entries(UNDERPAID),
      differenceIncome: see.entries(OVERPAID),
    },
    { country: 'FR' },
  ),
  ...keyed('differences', { adjustmentIncome: '999000' }, { country: 'FR' }, see.entries(ABOVE)),
  {
    path: 'mappings.differences.exceptions[].item',
    refused: 'item-never-matches',
    set: { 'mappings.differences.exceptions': [{ country: 'FR', item: 'x' }] },
  },
  ...refined('differences', { adjustmentIncome: '999000' }, (facts) =>
    see.entries(`sale FR${facts}; product 10 20% 2; total 12.01 10.01 2`),
  ),
  ...mapped('taxes', { account: see.entries(SALE) }, { country: 'FR', item: '20%' }),
  {
    path: 'mappings.taxes.default.code',
    seen: 'entries of a document',
    from: { 'mappings.taxes.exceptions': [{ country: 'FR', item: '20%', account: '445711' }] },
    set: { 'mappings.taxes.default.code': 'Z99' },
    probe: see.entries(SALE),
  },
  {
    path: 'mappings.taxes.exceptions[].code',
    seen: 'entries of a document',
    set: { 'mappings.taxes.exceptions': [{ country: 'FR', item: '20%', account: '445711', code: 'Z99' }] },
    probe: see.entries(SALE),
  },
  ...keyed('taxes', { account: '445711' }, { country: 'FR', item: '20%' }, see.entries(SALE)),
  ...refined('taxes', { code: 'Z99' }, (facts, line) => see.entries(`sale FR${facts}; product 10 20% 2${line}`)),
  ...grids('taxes', '20%', SALE, CREDIT),
  ...mapped('otherTaxes', { account: see.entries(OVERRIDDEN) }, { country: 'FR', item: '13%' }),
  {
    path: 'mappings.otherTaxes.default.code',
    seen: 'entries of a document',
    from: { 'mappings.otherTaxes.exceptions': [{ country: 'FR', item: '13%', account: '445713' }] },
    set: { 'mappings.otherTaxes.default.code': 'Z99' },
    probe: see.entries(OVERRIDDEN),
  },
  {
    path: 'mappings.otherTaxes.exceptions[].code',
    seen: 'entries of a document',
    set: { 'mappings.otherTaxes.exceptions': [{ country: 'FR', item: '13%', account: '445713', code: 'Z99' }] },
    probe: see.entries(OVERRIDDEN),
  },
  ...grids('otherTaxes', '13%', OVERRIDDEN, 'creditNote FR; product 10 13% 1.30; refunded card 11.30'),
  ...keyed('otherTaxes', { account: '445713' }, { country: 'FR', item: '13%' }, see.entries(OVERRIDDEN)),
  ...refined('otherTaxes', { account: '445713' }, (facts, line) =>
    see.entries(`sale FR${facts}; product 10 13% 1.30${line}`),
  ),

  {
    path: 'mappings.payments.default.create',
    seen: 'entries of a document',
    from: { 'mappings.payments.exceptions': [{ item: 'card' }] },
    set: { 'mappings.payments.default.create': false },
    probe: see.entries(SALE),
  },
  {
    path: 'mappings.payments.exceptions[].create',
    seen: 'entries of a document',
    set: { 'mappings.payments.exceptions': [{ item: 'card', create: false }] },
    probe: see.entries(SALE),
  },
  ...mapped(
    'payments',
    {
      paymentMode: see.entries(SALE),
      journal: see.entries(SALE),
      bank: see.entries(SALE),
      fee: see.entries(FEE),
      salesWithVat: see.entries(SALE),
      salesWithoutVat: see.entries(ZERO),
    },
    { item: 'card', create: true },
  ),
  ...keyed('payments', { bank: '512900', create: true }, { country: 'FR', item: 'card' }, see.entries(SALE)),
  ...refined('payments', { bank: '512900' }, (facts) => see.entries(`sale FR${facts}; product 10 20% 2; paid card 12`)),

  ...mapped(
    'carriers',
    {
      shippingWithVat: see.entries(SHIPPED),
      shippingWithoutVat: see.entries(SHIPPED),
      wrappingWithVat: see.entries(SHIPPED),
      wrappingWithoutVat: see.entries(SHIPPED),
    },
    { country: 'FR', item: 'post' },
  ),
  ...keyed('carriers', { shippingWithVat: '999000' }, { country: 'FR', item: 'post' }, see.entries(SHIPPED)),
  ...refined('carriers', { shippingWithVat: '999000' }, (facts) =>
    see.entries(`sale FR${facts}; shipping 5 20% 1 carrier=post`),
  ),
  ...mapped(
    'otherLines',
    { withVat: see.entries(TIP), withoutVat: see.entries(TIP) },
    { country: 'FR', item: 'tip' },
    {
      'mappings.otherLines.default.withVat': '758200',
      'mappings.otherLines.default.withoutVat': '758200',
    },
  ),
  ...keyed('otherLines', { withVat: '999000' }, { country: 'FR', item: 'tip' }, see.entries(TIP), {
    'mappings.otherLines.default.withVat': '758200',
    'mappings.otherLines.default.withoutVat': '758200',
  }),
  ...refined('otherLines', { withVat: '758200' }, (facts, line) =>
    see.entries(`sale FR${facts}; product 10 20% 2; tip 3 20% 0.60${line}`),
  ),

  ...['default', 'exceptions[]'].map((place) => ({
    path: `mappings.currencies.${place}.ledgerCurrency`,
    seen: 'entries of a document in currency',
    from: { 'entries.inCurrency': true },
    set:
      place === 'default'
        ? { 'mappings.currencies.default.ledgerCurrency': 'USD' }
        : { 'mappings.currencies.exceptions': [{ item: 'USD', ledgerCurrency: 'USD' }] },
    probe: see.entries(DOLLARS),
  })),
  {
    path: 'mappings.currencies.default.rate',
    seen: 'entries of a document',
    set: { 'mappings.currencies.default.rate': '1.10' },
    probe: see.entries(NO_RATE),
  },
  {
    path: 'mappings.currencies.exceptions[].rate',
    seen: 'entries of a document',
    set: { 'mappings.currencies.exceptions': [{ item: 'USD', rate: '1.10' }] },
    probe: see.entries(NO_RATE),
  },
  ...mapped(
    'currencies',
    { adjustmentExpense: see.entries(DOLLARS), adjustmentIncome: see.entries(DOLLARS_UP) },
    { item: 'USD' },
  ),
  ...keyed(
    'currencies',
    { adjustmentIncome: '766000', adjustmentExpense: '666000' },
    { country: 'FR', item: 'USD' },
    see.entries(DOLLARS),
  ),
  ...refined('currencies', { adjustmentExpense: '666999' }, (facts) =>
    see.entries(`sale FR${facts} USD@1.0862; product 10 0% 0; shipping 10; wrapping 10; paid card 30`),
  ),
  ...mapped('analytics', { section: see.entries(SALE) }, FR_NORMAL, { 'entries.analytics': true }),
  ...keyed('analytics', { section: 'A' }, FR_NORMAL, see.entries(SALE), { 'entries.analytics': true }),
  ...refined('analytics', { section: 'A' }, (facts, line) => see.entries(`sale FR${facts}; product 10 20% 2${line}`), {
    'entries.analytics': true,
  }),

  ...texts('sales', { date: 'today', piece: 'orderId', reference: 'R%IN', label: 'L%OI' }, see.entries(SALE, NUMBERED)),
  ...texts(
    'creditNotes',
    { date: 'today', piece: 'orderId', reference: 'R%IN', label: 'L%OI' },
    see.entries(CREDIT, NUMBERED),
  ),
  ...texts(
    'payments',
    { date: 'today', piece: 'orderId', reference: 'R%IN', label: 'L%OI' },
    see.entries(SALE, NUMBERED),
  ),
  {
    path: 'entries.inCurrency',
    seen: 'entries of a document in currency',
    from: { 'mappings.currencies.default.ledgerCurrency': 'USD' },
    set: { 'entries.inCurrency': true },
    probe: see.entries(DOLLARS),
  },
  ...['analytics', 'analyticsForCarriers'].map((name) => ({
    path: `entries.${name}`,
    seen: 'sections of the lines',
    from: { 'mappings.analytics.default.section': '953WEB' },
    set: { [`entries.${name}`]: true },
    probe: see.entries(SHIPPED),
  })),
  {
    path: 'entries.deposits',
    seen: 'entries of a document',
    set: { 'entries.deposits': true },
    probe: see.entries('sale FR; product 10 20% 2; paid card 12 on 2018-11-20'),
  },
  {
    path: 'entries.depositVat',
    seen: 'entries of a document',
    from: { 'entries.deposits': true },
    set: { 'entries.depositVat': true },
    probe: see.entries('sale FR; product 10 20% 2; paid card 12 on 2018-11-20'),
  },
  {
    path: 'entries.matchingCodes',
    seen: 'entries as written',
    from: { 'ledger.type': 'csv' },
    set: { 'entries.matchingCodes': true },
    probe: see.run('sales', SALE, 'write'),
  },
  {
    path: 'entries.matchingOpen',
    seen: 'entries as written',
    from: { 'ledger.type': 'csv' },
    set: { 'entries.matchingOpen': true },
    probe: see.run('sales', 'sale FR; product 10 20% 2', 'write'),
  },
  {
    path: 'entries.discountLines',
    seen: 'entries of a document',
    set: { 'entries.discountLines': true },
    probe: see.entries(DISCOUNT),
  },
  {
    path: 'entries.showEntriesBeforeWriting',
    rows: 'S-041 S-226',
    seen: 'import without anybody to ask',
    set: { 'entries.showEntriesBeforeWriting': false },
    probe: see.unattended,
  },
  {
    path: 'entries.firstNumber',
    seen: 'numbers of a run',
    set: { 'entries.firstNumber': 100 },
    probe: see.run('sales', SALE),
  },

  {
    path: 'import.defaultPeriod',
    rows: 'S-233',
    seen: 'days proposed',
    set: { 'import.defaultPeriod': 'this-month' },
    probe: see.period,
  },
  {
    path: 'import.from',
    seen: 'days proposed',
    from: { import: { defaultPeriod: 'custom', from: '2026-08-01', to: '2026-11-30' } },
    set: { 'import.from': '2026-09-01' },
    probe: see.period,
  },
  {
    path: 'import.to',
    seen: 'days proposed',
    from: { import: { defaultPeriod: 'custom', from: '2026-08-01', to: '2026-11-30' } },
    set: { 'import.to': '2026-09-01' },
    probe: see.period,
  },
  { path: 'import.subShops', seen: 'request to the reader', set: { 'import.subShops': ['2'] }, probe: see.asked },
  {
    path: 'import.statuses',
    seen: 'request to the reader',
    set: { 'import.statuses': ['completed'] },
    probe: see.asked,
  },

  { path: 'reading.findBy', seen: 'request to the reader', set: { 'reading.findBy': 'invoice' }, probe: see.asked },
  {
    path: 'reading.taxCountry',
    seen: 'entries of a document',
    from: { 'mappings.journals.exceptions': [{ country: 'DE', sales: 'DEU' }] },
    set: { 'reading.taxCountry': 'billing' },
    probe: see.entries(ZERO, { taxCountry: 'DE' }),
  },
  {
    path: 'reading.defaultCountry',
    seen: 'entries of a document',
    from: { 'mappings.journals.exceptions': [{ country: 'FR', sales: 'FRA' }] },
    set: { 'reading.defaultCountry': 'FR' },
    probe: see.entries('sale -; product 10; paid card 10'),
  },
  {
    path: 'reading.extraPaymentMethods',
    seen: 'what the mapping lacks',
    set: { 'reading.extraPaymentMethods': ['EBAY'] },
    probe: see.pointedOut,
  },
  {
    path: 'reading.creditNotes',
    rows: 'S-262 S-270',
    seen: 'states of a run',
    set: { 'reading.creditNotes': 'transferred' },
    probe: see.run('creditNotes', CREDIT),
  },
  {
    path: 'reading.decimals',
    seen: 'amounts of the entries',
    set: { 'reading.decimals': 3 },
    probe: see.entries(SALE),
  },
  { path: 'reading.rounding', seen: 'request to the reader', set: { 'reading.rounding': 'perLine' }, probe: see.asked },
  {
    path: 'reading.roundingDifference',
    rows: 'S-265',
    seen: 'entries of a document',
    set: { 'reading.roundingDifference': 'firstTax' },
    probe: see.entries(ABOVE),
  },
  {
    path: 'reading.guestAccount',
    seen: 'customer line',
    set: { 'reading.guestAccount': '411900' },
    probe: see.entries(SALE, GUEST),
  },
  {
    path: 'reading.guestThirdParty',
    seen: 'customer line',
    set: { 'reading.guestThirdParty': 'GUEST' },
    probe: see.entries(SALE, GUEST),
  },
  {
    path: 'reading.amountOnlyRefunds',
    seen: 'request to the reader',
    set: { 'reading.amountOnlyRefunds': 'untaxed' },
    probe: see.asked,
  },
  {
    path: 'reading.retentions',
    seen: 'request to the reader',
    set: { 'reading.retentions': 'shareVat' },
    probe: see.asked,
  },
  { path: 'reading.mergeEdits', refused: 'unsupported.mergeEdits', set: { 'reading.mergeEdits': 'same-day' } },
  {
    path: 'reading.salesSource',
    seen: 'sales of a Magento shop',
    set: { 'reading.salesSource': 'orders' },
    probe: see.magentoSales,
  },
  {
    path: 'reading.separateEcotax',
    seen: 'request to the reader',
    set: { 'reading.separateEcotax': true },
    probe: see.asked,
  },
  {
    path: 'reading.wrappingNames',
    seen: 'entries of a document',
    set: { 'reading.wrappingNames': ['Ribbon'] },
    probe: see.entries('sale FR; product 10 20% 2; fee 2 20% 0.40 label=Ribbon; paid card 14.40'),
  },
  {
    path: 'reading.unexplainedFee.upTo',
    seen: 'request to the reader',
    from: { 'reading.unexplainedFee': { upTo: '5', rate: '20' } },
    set: { 'reading.unexplainedFee.upTo': '6' },
    probe: see.asked,
  },
  {
    path: 'reading.unexplainedFee.rate',
    seen: 'request to the reader',
    from: { 'reading.unexplainedFee': { upTo: '5', rate: '20' } },
    set: { 'reading.unexplainedFee.rate': '10' },
    probe: see.asked,
  },
  {
    path: 'reading.invoiceNumberKeys',
    seen: 'request to the reader',
    set: { 'reading.invoiceNumberKeys': ['_number'] },
    probe: see.asked,
  },

  {
    path: 'advanced.grouping',
    seen: 'bytes of the file of a run',
    set: { 'advanced.grouping': 'day' },
    probe: see.fileOfRun([SALE, ZERO]),
  },
  {
    path: 'advanced.tolerances.perLine',
    seen: 'entries of a document',
    set: { 'advanced.tolerances.perLine': '0.50' },
    probe: see.entries('sale FR; product 10 20% 2; total 12.40 10.40 2; paid card 12.40'),
  },
  {
    path: 'advanced.tolerances.minimum',
    seen: 'entries of a document',
    set: { 'advanced.tolerances.minimum': '0' },
    probe: see.entries('sale FR; product 10 20% 2; total 12.04 10.04 2; paid card 12.04'),
  },
  {
    path: 'advanced.tolerances.payment',
    seen: 'entries of a document',
    set: { 'advanced.tolerances.payment': '0.10' },
    probe: see.entries(OVERPAID),
  },
  {
    path: 'advanced.timeZone',
    seen: 'zone a run reads in',
    from: { 'advanced.timeZone': null },
    set: { 'advanced.timeZone': 'Europe/Paris' },
    probe: see.run('sales', SALE),
  },
  {
    path: 'advanced.country',
    seen: 'entries of a document',
    from: { 'mappings.journals.exceptions': [{ treatment: 'export', sales: 'VEX' }] },
    set: { 'advanced.country': 'CH' },
    probe: see.entries('sale CH; product 10'),
  },
  {
    path: 'advanced.distanceSales',
    seen: 'entries of a document',
    from: {
      'mappings.journals.exceptions': [{ treatment: 'oss', sales: 'OSS' }],
      'mappings.taxes.exceptions': [{ item: '20%', account: '445711' }],
    },
    set: { 'advanced.distanceSales': 'home' },
    probe: see.entries('sale BE; product 10 20% 2'),
  },
  {
    path: 'advanced.closedTo',
    seen: 'state of a document of a run',
    set: { 'advanced.closedTo': '2018-12-31' },
    probe: see.run('sales', SALE),
  },
  {
    path: 'advanced.lateDocuments',
    seen: 'state of a document of a run',
    from: { 'advanced.closedTo': '2018-12-31' },
    set: { 'advanced.lateDocuments': 'nextOpenDay' },
    probe: see.run('sales', SALE),
  },
  {
    path: 'advanced.hook',
    seen: 'entries of a run',
    set: { 'advanced.hook': 'script.ts' },
    probe: see.withScript(
      'export const hook = (d, entries) => entries.map((one) => ({ ...one, journal: "ZZZ" }));',
      SALE,
    ),
  },
  {
    path: 'advanced.keepRawDays',
    seen: 'raw answers kept',
    set: { 'advanced.keepRawDays': 0 },
    probe: see.run('sales', SALE),
  },
];
