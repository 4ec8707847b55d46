import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from '../calendar.ts';
import { decimal } from '../decimal.ts';
import { problem } from '../problem.ts';
import type { BookSettings } from '../settings.ts';
import { MAPPINGS, manualSettings, mapping, sketch, told, toldInFull, withMappings } from '../testing/sketch.ts';
import { postDocument } from './post.ts';

const post = (text: string, settings = manualSettings(), changes = {}) =>
  told(postDocument(sketch(text, changes), settings));

function full(text: string, settings: BookSettings, changes = {}): string[] {
  const posted = postDocument(sketch(text, changes), settings);
  return posted.state === 'ready' ? posted.entries.map(toldInFull) : [told(posted)];
}

/** [sketch, the entries as accounts and signed amounts, or the problems that hold it] */
const table = (name: string, cases: readonly [string, string][], settings = manualSettings()) => {
  for (const [text, expected] of cases) test(`${name}: ${text}`, () => assert.equal(post(text, settings), expected));
};

test('S-045 the manual’s two orders: four entries, ten lines, 994.12 on both sides', () => {
  const settings = manualSettings({
    sales: { date: 'invoice', piece: 'invoiceNumber', reference: 'WEB%OI', label: '%IN' },
  });
  const first = sketch('sale FR; product 403.00 20% 80.60; paid card 483.60');
  const second = sketch('sale FR; product 11.22 20% 2.24; paid card 13.46');
  assert.deepEqual(full('sale FR; product 403.00 20% 80.60; paid card 483.60', settings), [
    'VTE 2018-11-26 #FA000001 WEB1 "#FA000001": 4110000/WEBFRANCE (CB) 483.60 | 707100 [C20] -403.00 | 4457120 [C20, 20.00 %] -80.60',
    'BEU 2018-11-26 #FA000001 WEB1 "Name of card 1": 4110000/WEBFRANCE (CB) -483.60 | 5125 (CB) 483.60',
  ]);
  assert.equal(
    told(postDocument(second, settings)),
    '4110000 13.46 | 707100 -11.22 | 4457120 -2.24 // 4110000 -13.46 | 5125 13.46',
  );
  const entries = [first, second].flatMap((document) => {
    const posted = postDocument(document, settings);
    return posted.state === 'ready' ? posted.entries : [];
  });
  const lines = entries.flatMap((entry) => entry.lines);
  const debit = lines.reduce((total, { amount }) => total + (amount.minor > 0n ? amount.minor : 0n), 0n);
  assert.deepEqual([entries.length, lines.length, debit], [4, 10, 99412n]);
});

test('S-048 the manual’s credit note mirrors its sale, with its own date, number and label', () => {
  assert.deepEqual(full('creditNote FR; product 335.83 20% 67.17', manualSettings()), [
    'VTE 2019-01-20 000001 WEB1 "Avoir 000001": 4110000/WEBFRANCE -403.00 | 707100 [C20] 335.83 | 4457120 [C20, 20.00 %] 67.17',
  ]);
});

const paidOff = { tolerances: { ...manualSettings().tolerances, payment: decimal('0') } };

table('a rounding difference goes to its own account', [
  [
    'sale FR; product 403.00 20% 80.60; total 483.61 403.00 80.61; paid card 483.61',
    '4110000 483.61 | 707100 -403.00 | 4457120 -80.60 | 758000 -0.01 // 4110000 -483.61 | 5125 483.61',
  ],
  [
    'sale FR; product 403.00 20% 80.60; total 483.59 402.99 80.60; paid card 483.59',
    '4110000 483.59 | 707100 -403.00 | 4457120 -80.60 | 658000 0.01 // 4110000 -483.59 | 5125 483.59',
  ],
  [
    'creditNote FR; product 403.00 20% 80.60; total 483.61 403.00 80.61; refunded card 483.61',
    '4110000 -483.61 | 707100 403.00 | 4457120 80.60 | 758000 0.01 // 4110000 483.61 | 5125 -483.61',
  ],
  [
    'sale FR; product 1.6667 20% 0.3333; product 1.6667 20% 0.3333; total 4.00 3.33 0.67; paid card 4.00',
    '4110000 4.00 | 707100 -3.33 | 4457120 -0.67 // 4110000 -4.00 | 5125 4.00',
  ],
]);
table(
  'a rounding difference on the first product',
  [
    [
      'sale FR; shipping 5.00 20% 1.00; product 403.00 20% 80.60; product 10 5.5% 0.55; total 500.16 418.01 82.15; paid card 500.16',
      '4110000 500.16 | 707100 -403.01 | 707100 -10.00 | 708500 -5.00 | 4457120 -81.60 | 4457105 -0.55 // 4110000 -500.16 | 5125 500.16',
    ],
    [
      'sale FR; shipping 5.00 20% 1.00; total 6.01 5.01 1.00; paid card 6.01',
      '4110000 6.01 | 708500 -5.00 | 4457120 -1.00 | 758000 -0.01 // 4110000 -6.01 | 5125 6.01',
    ],
  ],
  manualSettings({ roundingDifference: 'firstProduct' }),
);
table(
  'a rounding difference on the first tax',
  [
    [
      'sale FR; product 10 5.5% 0.55; product 403.00 20% 80.60; total 494.14 413.00 81.14; paid card 494.14',
      '4110000 494.14 | 707100 -10.00 | 707100 -403.00 | 4457105 -0.54 | 4457120 -80.60 // 4110000 -494.14 | 5125 494.14',
    ],
    [
      'sale FR; product 10; total 10.01 10.01 0; paid card 10.01',
      '4110000 10.01 | 707200 -10.00 | 758000 -0.01 // 4110000 -10.01 | 5125 10.01',
    ],
  ],
  manualSettings({ roundingDifference: 'firstTax' }),
);

table('lines stand in one order and merge within a role', [
  [
    'sale FR; shipping 5 20% 1; product 10 20% 2; tip 3; giftCard 50; product 20 20% 4; product 7; rounding 0.02; wrapping 2 20% 0.40; paid card 104.42',
    '4110000 104.42 | 707100 -30.00 | 707200 -7.00 | 708500 -5.00 | 708502 -2.00 | 758200 -3.00 | 419100 -50.00 | 4457120 -7.40 | 758000 -0.02 // 4110000 -104.42 | 5125 104.42',
  ],
  [
    'sale FR; product 10 20% 2; discount -10 20% -2; shipping 5 20% 1; paid card 6',
    '4110000 6.00 | 708500 -5.00 | 4457120 -1.00 // 4110000 -6.00 | 5125 6.00',
  ],
  [
    'sale FR; product 10 20% 2; discount -12 20% -2.40; shipping 5 20% 1; paid card 3.60',
    '4110000 3.60 | 707100 2.00 | 708500 -5.00 | 4457120 -0.60 // 4110000 -3.60 | 5125 3.60',
  ],
  [
    'sale FR; product 10 0% 0; product 5; paid card 15',
    '4110000 15.00 | 707200 -10.00 | 707200 -5.00 // 4110000 -15.00 | 5125 15.00',
  ],
  [
    'sale FR; product 0.02 20% 0.00; product 10 20% 2; paid card 12.02',
    '4110000 12.02 | 707100 -10.02 | 4457120 -2.00 // 4110000 -12.02 | 5125 12.02',
  ],
  [
    'sale FR; product 5 20% 1 10% 0.5; paid card 6.5',
    '4110000 6.50 | 707100 -5.00 | 4457120 -1.00 | 4457110 -0.50 // 4110000 -6.50 | 5125 6.50',
  ],
]);

table('other lines: fees use shipping, cash rounding the adjustments, the rest holds', [
  [
    'sale FR; product 10 20% 2; fee 1 20% 0.2; paid card 13.2',
    '4110000 13.20 | 707100 -10.00 | 708500 -1.00 | 4457120 -2.20 // 4110000 -13.20 | 5125 13.20',
  ],
  [
    'sale FR; product 10 20% 2; rounding -0.02; paid card 11.98',
    '4110000 11.98 | 707100 -10.00 | 4457120 -2.00 | 658000 0.02 // 4110000 -11.98 | 5125 11.98',
  ],
  ['sale FR; product 10 20% 2; duty 3; paid card 15', 'held: mapping.no-account'],
  ['sale FR; product 10 20% 2; ecotax 3 20% 0.6; ecotax 3 20% 0.6; paid card 19.2', 'held: mapping.no-account'],
  ['sale FR; product 10 19% 1.90; paid card 11.90', 'held: mapping.no-vat-account'],
  ['sale FR; product 10 19% 1.90; duty 3; paid card 14.90', 'held: mapping.no-vat-account, mapping.no-account'],
]);

table('credit notes: what is kept back and what is given on top', [
  [
    'creditNote FR; product 18 20% 3.60; adjustment -1.60; refunded card 20.00',
    '4110000 -20.00 | 707100 18.00 | 4457120 3.60 | 708800 -1.60 // 4110000 20.00 | 5125 -20.00',
  ],
  [
    'creditNote FR; adjustment 8.33 20% 1.67; refunded card 10.00',
    '4110000 -10.00 | 4457120 1.67 | 709700 8.33 // 4110000 10.00 | 5125 -10.00',
  ],
]);
table(
  'credit notes: without accounts of their own, the sales account of their VAT',
  [
    [
      'creditNote FR; adjustment 8.33 20% 1.67; adjustment -1.00; refunded card 9.00',
      '4110000 -9.00 | 4457120 1.67 | 707100 8.33 | 707200 -1.00 // 4110000 9.00 | 5125 -9.00',
    ],
  ],
  withMappings({ otherLines: mapping(MAPPINGS.otherLines.default) }),
);

const discounted = 'sale FR; product 36 20% 7.20 was=40; discount -4 20% -0.80; shipping 5 20% 1; paid card 44.40';
table('S-225 without discount lines, sales are net of discount', [
  [discounted, '4110000 44.40 | 707100 -32.00 | 708500 -5.00 | 4457120 -7.40 // 4110000 -44.40 | 5125 44.40'],
]);
table(
  'S-225 with discount lines, sales are before discount and the discount account is debited',
  [
    [
      discounted,
      '4110000 44.40 | 707100 -40.00 | 709700 8.00 | 708500 -5.00 | 4457120 -7.40 // 4110000 -44.40 | 5125 44.40',
    ],
    ['sale FR; product 0 20% 0 was=40', '707100 -40.00 | 709700 40.00'],
  ],
  manualSettings({ discountLines: true }),
);

test('nothing to write and test orders are left out, with the reason', () => {
  assert.equal(post('sale FR; product 0 20% 0 was=40'), 'excluded: document.nothing-to-write');
  assert.equal(post('sale FR; product 10; discount -10'), 'excluded: document.nothing-to-write');
  assert.equal(
    post('sale FR; product 10; paid card 10', manualSettings(), { test: true }),
    'excluded: document.test-order',
  );
});

test('a remark of the reader that holds keeps the document back, one that warns does not', () => {
  const remark = (severity: 'hold' | 'warn' | 'exclude') => ({
    remarks: [problem('document.split-by-proportion', severity, null, { amount: '1' })],
  });
  assert.equal(
    post('sale FR; product 10; paid card 10', manualSettings(), remark('hold')),
    'held: document.split-by-proportion',
  );
  assert.equal(
    post('sale FR; product 10; paid card 10', manualSettings(), remark('exclude')),
    'excluded: document.split-by-proportion',
  );
  assert.match(
    post('sale FR; product 10; paid card 10', manualSettings(), remark('warn')),
    /; warn: document.split-by-proportion$/,
  );
});

test('currency: each line is divided by the rate and rounded, the residue has an account of its own', () => {
  const text = 'sale FR USD@1.1; product 10.01 20% 2.00; product 10.01 5.5% 0.55; paid card 22.57';
  assert.equal(
    post(text),
    '4110000 20.52 | 707100 -9.10 | 707100 -9.10 | 4457120 -1.82 | 4457105 -0.50 // 4110000 -20.52 | 5125 20.52',
  );
  const odd = 'sale FR USD@3; product 1.00 20% 0.20; shipping 1.00 5.5% 0.05; paid card 2.25';
  assert.equal(
    post(odd),
    '4110000 0.75 | 707100 -0.33 | 708500 -0.33 | 4457120 -0.07 | 4457105 -0.02 // 4110000 -0.75 | 5125 0.75',
  );
  const residue = 'sale FR USD@3; product 1.00 20% 0.20; product 0.40 5.5% 0.02; paid card 1.62';
  assert.equal(
    post(residue),
    '4110000 0.54 | 707100 -0.33 | 707100 -0.13 | 4457120 -0.07 | 4457105 -0.01 // 4110000 -0.54 | 5125 0.54',
  );
  const left = 'sale FR USD@3; product 1.00 20% 0.20; product 1.00; paid card 2.20';
  assert.equal(post(left), '4110000 0.73 | 707100 -0.33 | 707200 -0.33 | 4457120 -0.07 // 4110000 -0.73 | 5125 0.73');
  const more = 'sale FR USD@3; product 1.01 20% 0.20; product 1.01; paid card 2.22';
  assert.equal(
    post(more),
    '4110000 0.74 | 707100 -0.34 | 707200 -0.34 | 4457120 -0.07 | 666000 0.01 // 4110000 -0.74 | 5125 0.74',
  );
  const bare = mapping({ ...MAPPINGS.currencies.default, adjustmentExpense: null });
  assert.match(post(more, withMappings({ currencies: bare })), /^held: mapping.currency-unmapped/);
});

test('currency: without a rate of its own a document takes the profile’s; a rate to another base is no rate', () => {
  const currencies = mapping(MAPPINGS.currencies.default, [{ item: 'USD', rate: '1.25' }]);
  const text = 'sale FR USD; product 12.50; paid card 12.50 fee=1.25/USD';
  const expected = '4110000 10.00 | 707200 -10.00 // 4110000 -10.00 | 627000 1.00 | 5125 9.00';
  assert.equal(post(text, withMappings({ currencies })), expected);
  const pounds = { currency: { code: 'USD', base: 'GBP', rate: decimal('1.4') } };
  assert.equal(post(text, withMappings({ currencies }), pounds), expected);
  assert.match(post(text, manualSettings(), pounds), /^held: document.currency-without-rate/);
});

test('S-102 S-203 a payment method’s own sales accounts replace the others, and an unknown method then holds the sale', () => {
  const payments = mapping(MAPPINGS.payments.default, [
    { item: 'card', create: true },
    { item: 'market', create: false, salesWithVat: '707900' },
  ]);
  const settings = withMappings({ payments });
  assert.equal(
    post('sale FR; product 10 20% 2; paid market 12', settings),
    '4110000 12.00 | 707900 -10.00 | 4457120 -2.00',
  );
  assert.match(post('sale FR; product 10 20% 2; paid card 12', settings), /^4110000 12.00 \| 707100/);
  assert.match(post('sale FR; product 10 20% 2; paid other 12', settings), /^held: mapping.unknown-payment-sale/);
  // The residue of what is held stays open, which is no fault of its own.
  assert.equal(
    post('sale FR USD@1.1; product 10; paid other 5 on 2018-11-25; paid card 5', settings),
    'held: mapping.unknown-payment-sale',
  );
});

test('S-175 journals, accounts and differences follow the country', () => {
  const settings = withMappings({
    journals: mapping(MAPPINGS.journals.default, [{ country: 'BE', sales: 'VBE' }]),
    sales: mapping(MAPPINGS.sales.default, [{ country: 'BE', item: 'normal', withVat: '700021' }]),
    differences: mapping(MAPPINGS.differences.default, [{ country: 'BE', adjustmentIncome: '758900' }]),
  });
  assert.deepEqual(full('sale BE; product 10 20% 2 rule=normal; total 12.01 10.01 2', settings), [
    'VBE 2018-11-26 #FA000001 WEB1 "John DOE - #FA000001 - 1": 4110000/WEBFRANCE 12.01 | 700021 [C20] -10.00 | 4457120 [C20, 20.00 %] -2.00 | 758900 -0.01',
  ]);
  const noJournal = withMappings({
    journals: mapping({ sales: null, creditNotes: 'VTE' } as BookSettings['mappings']['journals']['default']),
  });
  assert.equal(post('sale FR; product 10; paid card 10', noJournal), 'held: mapping.no-journal');
});

test('S-205 T-03 a carrier is known by its exact id, then by its family', () => {
  const carriers = mapping(MAPPINGS.carriers.default, [
    { item: 'flat', shippingWithVat: '708501' },
    { item: 'flat:3', shippingWithVat: '708503' },
  ]);
  const settings = withMappings({ carriers });
  const account = (carrier: string) =>
    post(`sale FR; shipping 5 20% 1 carrier=${carrier}; paid card 6`, settings).split(' | ')[1];
  assert.deepEqual(['flat:3', 'flat:4', 'other'].map(account), ['708503 -5.00', '708501 -5.00', '708500 -5.00']);
});

test('S-196 a tax named nowhere among the taxes may be an override, by country and rate', () => {
  const taxes = mapping(
    { account: '445700', code: 'CXX', grid: null, creditGrid: null } as BookSettings['mappings']['taxes']['default'],
    [{ item: '20%', account: '4457120', code: 'C20' }],
  );
  const otherTaxes = mapping(MAPPINGS.otherTaxes.default, [
    { country: 'FR', item: '10%', account: '445716', code: '6' },
  ]);
  const settings = withMappings({ taxes, otherTaxes });
  const vat = (text: string) => post(text, settings).split(' | ')[2];
  assert.equal(vat('sale FR; product 10 10% 1'), '445716 -1.00 ; warn: document.unpaid');
  assert.equal(vat('sale BE; product 10 10% 1'), '445700 -1.00 ; warn: document.unpaid');
  assert.equal(vat('sale FR; product 10 20% 2'), '4457120 -2.00 ; warn: document.unpaid');
});

test('a fee whose name or SKU the profile lists is wrapping', () => {
  const settings = manualSettings({ wrappingNames: ['Emballage', 'WRAP-1'] });
  const role = (words: string) => post(`sale FR; fee 1 20% 0.2 ${words}; paid card 1.2`, settings).split(' | ')[1];
  assert.deepEqual(['label=emballage', 'sku=wrap-1', 'label=Surcharge'].map(role), [
    '708502 -1.00',
    '708502 -1.00',
    '708500 -1.00',
  ]);
});

test('S-098 S-101 S-152 S-153 S-160 customer accounts by the method of the order’s first payment, with a default', () => {
  const customers: BookSettings['customers'] = {
    account: { mode: 'byPayment', default: null, byMethod: { card: '411CB', 'N/A': '411NA' } },
    thirdParty: { mode: 'byPayment', default: 'WEB', byMethod: { card: 'CB' } },
    guest: { account: null, thirdParty: 'GUEST' },
    fromNote: { account: false, thirdParty: false },
    records: null,
  };
  const settings = manualSettings({ customers });
  const first = (text: string, changes = {}) => full(text, settings, changes)[0]?.split(': ')[1]?.split(' | ')[0];
  assert.equal(
    first('sale FR; product 10; paid cheque 4 on 2018-12-01; paid card 6 on 2018-11-30'),
    '411CB/CB (CB) 10.00',
  );
  assert.equal(first('sale FR; product 10; paid - 10'), '411NA/WEB (CB) 10.00');
  assert.equal(post('sale FR; product 10; paid constructor 10', settings), 'held: mapping.no-account');
  assert.equal(post('sale FR; product 10', settings), 'held: mapping.no-account');
  const customer = { ...sketch('sale FR').customer, account: '411VIP', thirdPartyAccount: 'VIP' };
  assert.equal(first('sale FR; product 10', { customer }), '411VIP/VIP 10.00');
  assert.equal(
    first('sale FR; product 10; paid card 10', {
      customer: { ...customer, account: null, thirdPartyAccount: null, guest: true },
    }),
    '411CB/GUEST (CB) 10.00',
  );
  const whole = {
    saleParts: 1,
    sales: decimal('10'),
    creditNotes: decimal('10'),
    paidIn: decimal('10'),
    paidOut: decimal('10'),
    firstMethod: 'card',
  };
  assert.equal(first('creditNote FR; product 10; refunded cheque 10', { wholeOrder: whole }), '411CB/CB (CB) -10.00');
});

test('D-17 S-103 S-216 S-217 S-227 S-228 dates and pieces follow the settings, and fall back where the document lacks them', () => {
  const order = { id: '187', number: 'A-187', date: day('2026-03-01') };
  const invoiced = { order, invoice: { id: '9', number: 'FA9', date: day('2026-03-02') } };
  const bare = { order, invoice: null };
  const head = (text: string, settings: BookSettings, changes: object) =>
    full(text, settings, changes)[0]?.split(' ').slice(1, 3).join(' ');
  const sale = (
    date: 'order' | 'invoice' | 'today',
    piece: 'orderId' | 'orderNumber' | 'invoiceNumber' | 'none',
    changes: object,
  ) => {
    return head('sale FR; product 10', manualSettings({ sales: { date, piece, reference: 'R', label: 'L' } }), changes);
  };
  assert.equal(sale('invoice', 'invoiceNumber', invoiced), '2026-03-02 FA9');
  assert.equal(sale('invoice', 'invoiceNumber', bare), '2026-03-01 A-187');
  assert.equal(sale('order', 'orderNumber', invoiced), '2026-03-01 A-187');
  assert.equal(sale('today', 'orderId', invoiced), '2026-11-30 187');
  assert.equal(sale('invoice', 'none', invoiced), '2026-03-02 ');
  assert.equal(
    sale('invoice', 'invoiceNumber', { order: { ...order, number: null }, invoice: null }),
    '2026-03-01 187',
  );
  const note = { ...invoiced, creditNote: { id: '7', number: null, date: day('2026-04-01'), reason: null } };
  const credit = (date: 'order' | 'creditNote' | 'today') => {
    return head(
      'creditNote FR; product 10',
      manualSettings({ creditNotes: { date, piece: 'creditNoteNumber', reference: 'R', label: 'L' } }),
      note,
    );
  };
  assert.deepEqual((['order', 'creditNote', 'today'] as const).map(credit), [
    '2026-03-01 7',
    '2026-04-01 7',
    '2026-11-30 7',
  ]);
});

test('S-260 the country is the one the shop taxed, or that of the address the profile chooses', () => {
  const address = (country: string) => ({ ...(sketch('sale FR').billing as object), country });
  const document = { taxCountry: 'DE', billing: address('FR'), delivery: address('BE') };
  const countryFor = (taxCountry: 'shop' | 'billing' | 'delivery', changes: object) => {
    const posted = postDocument(sketch('sale FR; product 10', changes), manualSettings({ taxCountry }));
    return posted.state === 'ready' ? posted.entries[0]?.country : null;
  };
  assert.deepEqual(
    (['shop', 'billing', 'delivery'] as const).map((which) => countryFor(which, document)),
    ['DE', 'FR', 'BE'],
  );
  assert.equal(countryFor('shop', { ...document, taxCountry: null }), 'BE');
  assert.equal(countryFor('delivery', { ...document, delivery: null }), 'FR');
});

test('a line says why this account, and from which amounts', () => {
  const posted = postDocument(
    sketch('sale FR; product 10.00 20% 2.00 label=Carnet; product 5.00 20% 1.00'),
    manualSettings(),
  );
  assert.ok(posted.state === 'ready');
  assert.deepEqual(posted.entries[0]?.lines[2]?.because, {
    mapping: 'taxes',
    rule: { country: null, item: '20%' },
    tried: [
      { country: 'FR', item: 'FR-20' },
      { country: 'FR', item: '20%' },
      { country: 'FR', item: null },
      { country: null, item: 'FR-20' },
      { country: null, item: '20%' },
    ],
    parts: [
      { line: '1', label: 'Carnet', amount: '2.00' },
      { line: '2', label: '', amount: '1.00' },
    ],
  });
});

test('S-109 T-01 an adjustment and a payment difference never mix', () => {
  const text = 'sale FR; product 10.00 20% 2.00; total 12.01 10.01 2.00; paid card 12.00';
  assert.equal(
    post(text),
    '4110000 12.01 | 707100 -10.00 | 4457120 -2.00 | 758000 -0.01 // 4110000 -12.01 | 654000 0.01 | 5125 12.00',
  );
  assert.match(post(text, manualSettings(paidOff)), /4110000 -12.00 \| 5125 12.00 ; warn: document.payments-differ$/);
});
