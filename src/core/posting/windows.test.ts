import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal } from '../decimal.ts';
import type { BookSettings } from '../settings.ts';
import { MAPPINGS, manualSettings, mapping, sketch, told, toldInFull, withMappings } from '../testing/sketch.ts';
import { postDocument } from './post.ts';

/** The windows of the settings, with the accounts that the manual's pictures show: what each field gives to an entry. */
type Case = readonly [rows: string, document: string, entries: readonly string[]];

const OTHERS = 'WEB1 "John DOE - #FA000001 - 1"';

function table(settings: BookSettings, cases: readonly Case[]) {
  for (const [rows, text, entries] of cases) {
    test(`${rows} ${text}`, () => {
      const posted = postDocument(sketch(text), settings);
      assert.deepEqual(posted.state === 'ready' ? posted.entries.map(toldInFull) : told(posted), entries);
    });
  }
}

const SALES = mapping(
  { withVat: '701020', withoutVat: '707100', discountWithVat: '7091000', discountWithoutVat: '7091000' },
  [
    {
      country: 'ES',
      withVat: '701090',
      withoutVat: '701090',
      discountWithVat: '7097000',
      discountWithoutVat: '7097000',
    },
    { country: 'ES', item: 'reduced', withVat: '701095' },
  ],
);
const TAXES = mapping(
  { account: '4457120', code: 'C20', grid: null, creditGrid: null } as BookSettings['mappings']['taxes']['default'],
  [
    { item: 'FR-10', account: '4457110', code: 'C10' },
    { country: 'ES', item: '21%', account: '4457221', code: 'E21' },
  ],
);

table(
  withMappings(
    {
      journals: mapping({ sales: 'VTE', creditNotes: 'AVO' }, [{ country: 'GB', sales: 'VTEU' }]),
      sales: SALES,
      taxes: TAXES,
    },
    { discountLines: true, home: null },
  ),
  [
    [
      'S-169 S-176 S-191 S-097 S-100 S-151 S-159',
      'sale FR; product 10 20% 2',
      [
        `VTE 2018-11-26 #FA000001 ${OTHERS}: 4110000/WEBFRANCE 12.00 | 701020 [C20] -10.00 | 4457120 [C20, 20.00 %] -2.00`,
      ],
    ],
    [
      'S-170 S-176',
      'creditNote FR; product 10 20% 2',
      [
        'AVO 2019-01-20 000001 WEB1 "Avoir 000001": 4110000/WEBFRANCE -12.00 | 701020 [C20] 10.00 | 4457120 [C20, 20.00 %] 2.00',
      ],
    ],
    [
      'S-172 S-177',
      'sale GB; product 10',
      [`VTEU 2018-11-26 #FA000001 ${OTHERS}: 4110000/WEBFRANCE 10.00 | 707100 -10.00`],
    ],
    [
      'S-172 an exception that gives one journal leaves the other to the default',
      'creditNote GB; product 10',
      ['AVO 2019-01-20 000001 WEB1 "Avoir 000001": 4110000/WEBFRANCE -10.00 | 707100 10.00'],
    ],
    [
      'S-178',
      'sale FR; product 10 20% 2 was=15',
      [
        `VTE 2018-11-26 #FA000001 ${OTHERS}: 4110000/WEBFRANCE 12.00 | 701020 [C20] -15.00 | 7091000 [C20] 5.00 | 4457120 [C20, 20.00 %] -2.00`,
      ],
    ],
    [
      'S-180 S-181 S-192',
      'sale ES; product 10 21% 2.10 rule=normal was=15; product 10 21% 2.10 rule=reduced',
      [
        `VTE 2018-11-26 #FA000001 ${OTHERS}: 4110000/WEBFRANCE 24.20 | 701090 [E21] -15.00 | 701095 [E21] -10.00 | 7097000 [E21] 5.00 | 4457221 [E21, 21.00 %] -4.20`,
      ],
    ],
    [
      'S-192 S-193',
      'sale BE; product 10 10% 1',
      [
        `VTE 2018-11-26 #FA000001 ${OTHERS}: 4110000/WEBFRANCE 11.00 | 701020 [C10] -10.00 | 4457110 [C10, 10.00 %] -1.00`,
      ],
    ],
  ],
);

const DIFFERENCES = mapping(
  { adjustmentExpense: '658000', adjustmentIncome: '758000', differenceExpense: '654000', differenceIncome: '758100' },
  [
    {
      country: 'BE',
      adjustmentExpense: '657000',
      adjustmentIncome: '757000',
      differenceExpense: '657100',
      differenceIncome: '757100',
    },
  ],
);
/** [row, sketch, account and amount that it gives] */
const differences: [string, string, string][] = [
  ['S-185', 'sale FR; product 10 20% 2; total 11.99 9.99 2; paid card 11.99', '658000 0.01'],
  ['S-186', 'sale FR; product 10 20% 2; total 12.01 10.01 2; paid card 12.01', '758000 -0.01'],
  ['S-187', 'sale FR; product 10 20% 2; paid card 11.50', '654000 0.50'],
  ['S-188', 'sale FR; product 10 20% 2; paid card 12.50', '758100 -0.50'],
  ['S-189', 'sale BE; product 10 20% 2; total 11.99 9.99 2; paid card 11.99', '657000 0.01'],
  ['S-189', 'sale BE; product 10 20% 2; total 12.01 10.01 2; paid card 12.01', '757000 -0.01'],
  ['S-189', 'sale BE; product 10 20% 2; paid card 11.50', '657100 0.50'],
  ['S-189', 'sale BE; product 10 20% 2; paid card 12.50', '757100 -0.50'],
];
for (const [row, text, expected] of differences) {
  test(`${row} T-04 S-109 ${text} gives ${expected}`, () => {
    const lines = told(postDocument(sketch(text), withMappings({ differences: DIFFERENCES }))).split(/ \/\/ | \| | ; /);
    assert.equal(lines.filter((line) => /^(65|75)/.test(line)).join(), expected);
  });
}

const PAYMENTS = mapping(
  {
    paymentMode: 'CB',
    journal: 'BEU',
    bank: '5125',
    fee: '627000',
    salesWithVat: null,
    salesWithoutVat: null,
    create: null,
  } as BookSettings['mappings']['payments']['default'],
  [
    { item: 'card', create: true },
    {
      item: 'paypal',
      create: true,
      paymentMode: 'PP',
      journal: 'PAY',
      bank: '517100',
      fee: '627800',
      salesWithVat: '707910',
      salesWithoutVat: '707920',
    },
    { item: 'transfer', create: false },
    { item: 'N/A', create: true, bank: '471000' },
  ],
);
table(
  withMappings(
    { payments: PAYMENTS },
    { payments: { date: 'payment', piece: 'orderId', reference: 'Web %OI', label: 'Payment %OI of %OD' } },
  ),
  [
    [
      'S-198 S-199 S-108 S-110 S-231 S-232',
      'sale FR; product 10 20% 2; paid card 12 on 2019-01-20 fee=0.30',
      [
        `VTE 2018-11-26 #FA000001 ${OTHERS}: 4110000/WEBFRANCE (CB) 12.00 | 707100 [C20] -10.00 | 4457120 [C20, 20.00 %] -2.00`,
        'BEU 2019-01-20 1 Web 1 "Payment 1 of 26/11/2018": 4110000/WEBFRANCE (CB) -12.00 | 627000 0.30 | 5125 (CB) 11.70',
      ],
    ],
    [
      'S-200 every column of a method’s own row',
      'sale FR; product 10 20% 2; product 5; paid paypal 17 on 2018-11-27 fee=0.50',
      [
        `VTE 2018-11-26 #FA000001 ${OTHERS}: 4110000/WEBFRANCE (PP) 17.00 | 707910 [C20] -10.00 | 707920 -5.00 | 4457120 [C20, 20.00 %] -2.00`,
        'PAY 2018-11-27 1 Web 1 "Payment 1 of 26/11/2018": 4110000/WEBFRANCE (PP) -17.00 | 627800 0.50 | 517100 (PP) 16.50',
      ],
    ],
    [
      'S-201 D-35 a method that is not ticked has its sale and no payment',
      'sale FR; product 10 20% 2; paid transfer 12',
      [
        `VTE 2018-11-26 #FA000001 ${OTHERS}: 4110000/WEBFRANCE (CB) 12.00 | 707100 [C20] -10.00 | 4457120 [C20, 20.00 %] -2.00`,
      ],
    ],
    [
      'S-204 a payment without method has the row N/A',
      'sale FR; product 10 20% 2; paid - 12 on 2018-11-28',
      [
        `VTE 2018-11-26 #FA000001 ${OTHERS}: 4110000/WEBFRANCE (CB) 12.00 | 707100 [C20] -10.00 | 4457120 [C20, 20.00 %] -2.00`,
        'BEU 2018-11-28 1 Web 1 "Payment 1 of 26/11/2018": 4110000/WEBFRANCE (CB) -12.00 | 471000 (CB) 12.00',
      ],
    ],
  ],
);

test('D-36 S-204 a method that no row names holds its payment, or its sale where sales accounts go by methods: no account of last resort takes it', () => {
  const text = 'sale FR; product 10; paid klarna 10';
  assert.equal(
    told(postDocument(sketch(text), withMappings({ payments: PAYMENTS }))),
    'held: mapping.unknown-payment-sale',
  );
  assert.equal(
    told(postDocument(sketch(text), manualSettings())),
    '4110000 10.00 | 707200 -10.00 ; part: mapping.unknown-payment payment/1',
  );
});

const CARRIERS = mapping(
  { shippingWithVat: '708500', shippingWithoutVat: '708510', wrappingWithVat: '708502', wrappingWithoutVat: '708503' },
  [
    { country: 'CH', shippingWithoutVat: '708540' },
    { item: 'post', shippingWithVat: '708501', wrappingWithVat: '708504' },
    { country: 'CH', item: 'post', shippingWithoutVat: '708541', wrappingWithoutVat: '708543' },
  ],
);
/** [rows, sketch, accounts of shipping and wrapping] */
const carriers: [string, string, string][] = [
  [
    'S-206',
    'sale FR; shipping 5 20% 1 carrier=ups; shipping 4 carrier=ups; wrapping 2 20% 0.40; wrapping 1',
    '708500 708510 708502 708503',
  ],
  ['S-205 S-207', 'sale FR; shipping 5 20% 1 carrier=post; wrapping 2 20% 0.40', '708501 708504'],
  ['S-205 S-207', 'sale CH; shipping 5 carrier=ups; wrapping 2', '708540 708503'],
  ['S-205 S-207 T-07', 'sale CH; shipping 5 carrier=post; wrapping 2', '708541 708543'],
  ['S-205 S-207 a field that the exact exception leaves empty', 'sale CH; shipping 5 20% 1 carrier=post', '708501'],
];
for (const [rows, text, expected] of carriers) {
  test(`${rows} T-03 ${text}: ${expected}`, () => {
    const found = told(postDocument(sketch(text), withMappings({ carriers: CARRIERS }))).match(/\b7085\d\d\b/g);
    assert.equal(found?.join(' '), expected);
  });
}

test('S-218 S-219 S-229 S-232 references and labels of the manual, each kind with its own', () => {
  const settings = manualSettings({
    sales: { date: 'order', piece: 'orderNumber', reference: 'WEB%OI', label: '%CF %CL - %IN - %OI' },
    creditNotes: { date: 'order', piece: 'invoiceNumber', reference: 'Web %OI - %CF %CL', label: 'Web %OI - %CF %CL' },
    payments: { date: 'order', piece: 'none', reference: 'Web %OI', label: 'Payment %OI of %OD' },
  });
  const heads = (text: string) => {
    const posted = postDocument(sketch(text), settings);
    assert.ok(posted.state === 'ready');
    return posted.entries.map(({ piece, reference, label }) => [piece, reference, label].join(' | '));
  };
  assert.deepEqual(heads('sale FR; product 10; paid card 10'), [
    '1 | WEB1 | John DOE - #FA000001 - 1',
    ' | Web 1 | Payment 1 of 26/11/2018',
  ]);
  assert.deepEqual(heads('creditNote FR; product 10'), ['#FA000001 | Web 1 - John DOE | Web 1 - John DOE']);
});

test('S-212 a shop of one currency needs no mapping of currencies, and what is mapped does not touch it', () => {
  const bare = mapping({
    ledgerCurrency: null,
    rate: null,
    adjustmentExpense: null,
    adjustmentIncome: null,
  } as BookSettings['mappings']['currencies']['default']);
  const text = 'sale FR; product 10 20% 2; paid card 12';
  for (const inCurrency of [false, true])
    assert.equal(
      told(postDocument(sketch(text), withMappings({ currencies: bare }, { inCurrency }))),
      told(postDocument(sketch(text), manualSettings())),
    );
  assert.deepEqual(MAPPINGS.currencies.exceptions, []);
});

test('S-221 texts: what a document lacks leaves nothing, and the number of an order gives way to its id', () => {
  const settings = manualSettings({
    sales: {
      date: 'order',
      piece: 'orderNumber',
      reference: '%ON',
      label: '%ID %IN %CN %CD %CC %CE %CI %PM %PD %PT %SN %CO',
    },
  });
  const head = (changes: object) => {
    const posted = postDocument(sketch('sale FR; product 10', changes), settings);
    assert.ok(posted.state === 'ready');
    const [entry] = posted.entries;
    return [entry?.piece, entry?.reference, entry?.label];
  };
  const order = sketch('sale FR').order;
  assert.deepEqual(head({ order: { ...order, number: 'A-1' } }), [
    'A-1',
    'A-1',
    '26/11/2018 #FA000001 john@example.test 12 Exemple FR',
  ]);
  assert.deepEqual(head({ order: { ...order, number: '' }, invoice: null }), [
    '1',
    '1',
    'john@example.test 12 Exemple FR',
  ]);
});

test('S-231 the piece of a refund payment is that of its credit note', () => {
  const posted = postDocument(
    sketch('creditNote FR; product 10; refunded card 10'),
    manualSettings({ sales: { ...manualSettings().sales, piece: 'orderId' } }),
  );
  assert.ok(posted.state === 'ready');
  assert.deepEqual(
    posted.entries.map(({ piece }) => piece),
    ['000001', '000001'],
  );
});

test('lines stand in the order of the page: duties before gift cards, a fee of the bank after a residue', () => {
  const otherLines = mapping(MAPPINGS.otherLines.default, [
    { item: 'duty', withoutVat: '467400' },
    { item: 'giftCard', withoutVat: '419100' },
  ]);
  const told_ = (text: string) => told(postDocument(sketch(text), withMappings({ otherLines }))).split(' ; ')[0];
  assert.equal(
    told_('sale FR; giftCard 50; duty 3; product 10; paid card 63'),
    '4110000 63.00 | 707200 -10.00 | 467400 -3.00 | 419100 -50.00 // 4110000 -63.00 | 5125 63.00',
  );
  assert.equal(
    told_('sale FR USD@1.1; product 10; paid card 5 fee=0.20; paid card 5 fee=0.20/EUR'),
    '4110000 9.09 | 707200 -9.09 // 4110000 -4.55 | 627000 0.20 | 5125 4.35 // 4110000 -4.54 | 766000 -0.01 | 627000 0.20 | 5125 4.35',
  );
});

test('D-01 the parts of a residue and of a discount are amounts as people write them', () => {
  const parts = (text: string, changes = {}) => {
    const posted = postDocument(sketch(text), manualSettings(changes));
    assert.ok(posted.state === 'ready');
    return posted.entries[0]?.lines.flatMap(({ role, because }) =>
      because.parts.map(({ amount }) => `${role} ${amount}`),
    );
  };
  assert.deepEqual(parts('sale FR; product 10 20% 2; total 12.01 10.01 2'), [
    'customer 12.01',
    'sales 10.00',
    'vat 2.00',
    'adjustment 0.01',
  ]);
  assert.deepEqual(parts('sale FR; product 36 20% 7.20 was=40', { discountLines: true }), [
    'customer 43.20',
    'sales 40.00',
    'discount -4.00',
    'vat 7.20',
  ]);
});

test('nothing to write is left out, whatever else would hold the document; a method known by its order alone is named', () => {
  assert.equal(
    told(postDocument(sketch('sale -; product 0'), manualSettings())),
    'excluded: document.nothing-to-write',
  );
  const payments = mapping(MAPPINGS.payments.default, [{ item: 'market', create: false, salesWithVat: '707900' }]);
  const whole = {
    saleParts: 1,
    sales: decimal('12'),
    creditNotes: decimal('0'),
    paidIn: decimal('0'),
    paidOut: decimal('0'),
    firstMethod: 'other',
  };
  const { problems } = postDocument(
    sketch('sale FR; product 10 20% 2', { wholeOrder: whole }),
    withMappings({ payments }),
  );
  const unknown = problems.find(({ code }) => code === 'mapping.unknown-payment-sale');
  assert.deepEqual(unknown?.values, { method: 'other', name: '', amount: '' });
});
