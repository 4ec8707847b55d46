import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from '../calendar.ts';
import { decimal } from '../decimal.ts';
import type { SalesDocument, WholeOrder } from '../document.ts';
import type { Entry } from '../entry.ts';
import type { BookSettings } from '../settings.ts';
import { MAPPINGS, manualSettings, mapping, sketch, told, toldInCurrency, withMappings } from '../testing/sketch.ts';
import { toMinor } from './currency.ts';
import { countedIn } from './deposits.ts';
import { postDocument } from './post.ts';

/** Where one rule ends and the next begins: amounts of one unit and of none, accounts that lack, settings at their edge. */
const post = (text: string, settings: BookSettings = manualSettings(), changes: Partial<SalesDocument> = {}) =>
  told(postDocument(sketch(text, changes), settings));

function entriesOf(text: string, settings = manualSettings(), changes: Partial<SalesDocument> = {}): readonly Entry[] {
  const posted = postDocument(sketch(text, changes), settings);
  return posted.state === 'ready' ? posted.entries : assert.fail(told(posted));
}

const { differences, currencies, otherLines, taxes } = MAPPINGS;
const noAdjustment = mapping({ ...currencies.default, adjustmentExpense: null, adjustmentIncome: null });
const noDifferences = mapping({
  adjustmentExpense: null,
  adjustmentIncome: null,
  differenceExpense: null,
  differenceIncome: null,
});
const oneTax = mapping({ ...taxes.default, account: '445' });
const deposit = { item: 'deposit', withoutVat: '419100' };
const depositVat = { item: 'depositVat', withoutVat: '445880' };
const byDate = { ...manualSettings().payments, date: 'payment' as const };
const deposits = (changes: Partial<BookSettings> = {}, items: readonly object[] = [deposit]) =>
  withMappings(
    { otherLines: mapping(otherLines.default, [...otherLines.exceptions, ...items]) },
    { deposits: true, payments: byDate, ...changes },
  );

/** [what it shows, sketch, settings, the entries] */
const cases: readonly [string, string, BookSettings, string][] = [
  [
    'S-190 one per cent is a rate, though a small one',
    'sale FR; product 100 1% 1',
    withMappings({ taxes: oneTax }),
    '4110000 101.00 | 707100 -100.00 | 445 -1.00 ; warn: document.unpaid',
  ],
  [
    'R-04 a gesture of one euro',
    'creditNote FR; product 1 20% 0.20 pieces=0; refunded card 1.20',
    manualSettings(),
    '4110000 -1.20 | 4457120 0.20 | 709700 1.00 // 4110000 1.20 | 5125 -1.20',
  ],
  [
    'a product given back for nothing shows its discount: it is no gesture',
    'creditNote FR; product 10 20% 2; product 0 pieces=0 was=5; refunded card 12',
    manualSettings({ discountLines: true }),
    '4110000 -12.00 | 707100 10.00 | 707200 5.00 | 709800 -5.00 | 4457120 2.00 // 4110000 12.00 | 5125 -12.00',
  ],
  [
    'D-27 a rounding line without account of its own is an adjustment: up is income',
    'sale CH; product 10.04; rounding 0.01; paid card 10.05',
    manualSettings(),
    '4110000 10.05 | 707200 -10.04 | 758000 -0.01 // 4110000 -10.05 | 5125 10.05',
  ],
  [
    'D-27 and down is expense',
    'sale CH; product 10.02; rounding -0.02; paid card 10.00',
    manualSettings(),
    '4110000 10.00 | 707200 -10.02 | 658000 0.02 // 4110000 -10.00 | 5125 10.00',
  ],
  [
    'D-27 it stays a rounding line where gaps go to the first product',
    'sale CH; product 10.04; rounding 0.01; paid card 10.05',
    manualSettings({ roundingDifference: 'firstProduct' }),
    '4110000 10.05 | 707200 -10.04 | 758000 -0.01 // 4110000 -10.05 | 5125 10.05',
  ],
  [
    'a fee without account of its own travels with the parcel',
    'sale FR; product 10 20% 2; fee 1; paid card 13',
    manualSettings(),
    '4110000 13.00 | 707100 -10.00 | 708510 -1.00 | 4457120 -2.00 // 4110000 -13.00 | 5125 13.00',
  ],
  [
    'S-198 a fee called as the shop calls its wrapping is wrapping, taxed or not',
    'sale FR; product 10 20% 2; fee 1 label=Gift; fee 2 20% 0.40 label=gift; paid card 15.40',
    manualSettings({ wrappingNames: ['Gift'] }),
    '4110000 15.40 | 707100 -10.00 | 708503 -1.00 | 708502 -2.00 | 4457120 -2.40 // 4110000 -15.40 | 5125 15.40',
  ],
  [
    'an order of zero lines and a total is held',
    'sale FR; product 0; total 5',
    manualSettings(),
    'held: document.totals-differ, document.totals-contradict',
  ],
  [
    'an order of nothing that was paid is not left out',
    'sale FR; product 0; paid card 5',
    manualSettings(),
    '4110000 -5.00 | 5125 5.00 ; warn: document.payments-differ',
  ],
  [
    'without discount lines a price wholly discounted is nothing, whatever its country lacks',
    'sale -; product 0 20% 0 was=10',
    manualSettings(),
    'excluded: document.nothing-to-write',
  ],
  [
    'no account of differences is asked for where there is none',
    'sale FR; product 10 20% 2; paid card 12',
    withMappings({ differences: noDifferences }),
    '4110000 12.00 | 707100 -10.00 | 4457120 -2.00 // 4110000 -12.00 | 5125 12.00',
  ],
  [
    'an adjustment without account holds the document, and says so',
    'sale FR; product 10 20% 2; total 12.01 10.01 2.00; paid card 12.01',
    withMappings({ differences: mapping({ ...differences.default, adjustmentIncome: null }) }),
    'held: mapping.no-account',
  ],
  [
    'so does a sale without account',
    'sale FR; product 10 20% 2; paid card 12',
    withMappings({
      sales: mapping({ ...MAPPINGS.sales.default, withVat: null } as BookSettings['mappings']['sales']['default']),
    }),
    'held: mapping.no-account',
  ],
  [
    'and shipping without account',
    'sale FR; product 10 20% 2; shipping 5 20% 1; paid card 18',
    withMappings({
      carriers: mapping({
        ...MAPPINGS.carriers.default,
        shippingWithVat: null,
      } as BookSettings['mappings']['carriers']['default']),
    }),
    'held: mapping.no-account',
  ],
  // Conversion: no account is asked for what leaves nothing; two cents are income like one.
  [
    'D-24 a conversion that leaves nothing asks for no account',
    'sale US USD@2; product 10; paid card 10',
    withMappings({ currencies: noAdjustment }),
    '4110000 5.00 | 707200 -5.00 // 4110000 -5.00 | 5125 5.00',
  ],
  [
    'D-24 a conversion that leaves two cents',
    'sale US USD@3; product 1; shipping 1; wrapping 1; tip 1; giftCard 1; paid card 5',
    manualSettings(),
    '4110000 1.67 | 707200 -0.33 | 708510 -0.33 | 708503 -0.33 | 758200 -0.33 | 419100 -0.33 | 766000 -0.02 // 4110000 -1.67 | 5125 1.67',
  ],
  [
    'D-24 without account for it the document is held',
    'sale US USD@3; product 1; shipping 1; tip 1; paid card 3',
    withMappings({ currencies: noAdjustment }),
    'held: mapping.currency-unmapped',
  ],
  [
    'D-24 a payment’s cent without account holds the payment alone',
    'sale US USD@1.1; product 10; paid card 5; paid card 5 on 2018-12-01',
    withMappings({ currencies: noAdjustment }),
    '4110000 9.09 | 707200 -9.09 // 4110000 -4.55 | 5125 4.55 ; part: mapping.currency-unmapped payment/2',
  ],
  [
    'D-24 a rate of one in the profile',
    'sale US USD; product 10; paid card 10',
    withMappings({ currencies: mapping({ ...currencies.default, rate: '1' }) }),
    '4110000 10.00 | 707200 -10.00 // 4110000 -10.00 | 5125 10.00',
  ],
  [
    'D-24 a rate of zero in the profile is none',
    'sale US USD; product 10; paid card 10',
    withMappings({ currencies: mapping({ ...currencies.default, rate: '0' }) }),
    'held: document.currency-without-rate',
  ],
  // Fees
  [
    'S-202 a fee of one euro',
    'sale FR; product 10 20% 2; paid card 12 fee=1/EUR',
    manualSettings(),
    '4110000 12.00 | 707100 -10.00 | 4457120 -2.00 // 4110000 -12.00 | 627000 1.00 | 5125 11.00',
  ],
  // Deposits
  [
    'D-28 what is left of a converted deposit’s sale closes to the cent with its last payment',
    'sale US USD@1.1; product 10; paid card 4 on 2018-11-20; paid card 3 on 2018-12-01; paid card 3 on 2018-12-02',
    deposits(),
    '4110000 5.45 | 419100 3.64 | 707200 -9.09 // 419100 -3.64 | 5125 3.64 // 4110000 -2.73 | 5125 2.73 // 4110000 -2.72 | 766000 -0.01 | 5125 2.73',
  ],
  [
    'D-28 R-11 a sale without deposit needs no account for their VAT',
    'sale FR; product 10 20% 2; paid card 12',
    deposits({ depositVat: true }),
    '4110000 12.00 | 707100 -10.00 | 4457120 -2.00 // 4110000 -12.00 | 5125 12.00',
  ],
  [
    'D-28 R-11 a cent of VAT is due with its deposit',
    'sale FR; product 10 20% 2; paid card 0.06 on 2018-11-20; paid card 11.94',
    deposits({ depositVat: true }, [deposit, depositVat]),
    '4110000 11.94 | 419100 0.06 | 707100 -10.00 | 4457120 -2.00 | 4457120 0.01 | 445880 -0.01 // 419100 -0.06 | 4457120 -0.01 | 445880 0.01 | 5125 0.06 // 4110000 -11.94 | 5125 11.94',
  ],
];

for (const [name, text, settings, expected] of cases) {
  test(`${name}: ${text}`, () => assert.equal(post(text, settings), expected));
}

test('SPEC-5.3 lines stand in the order of their roles, however the document brings them', () => {
  const items = [
    ...['fee', 'duty', 'ecotax', 'rounding', 'giftCard', 'retention', 'tip'].map((item) => ({
      item,
      withVat: item,
      withoutVat: item,
    })),
    deposit,
    depositVat,
  ];
  const settings = withMappings(
    { otherLines: mapping(otherLines.default, items) },
    { discountLines: true, deposits: true, depositVat: true, payments: byDate },
  );
  const text =
    'sale FR; adjustment -1; rounding 0.05; product 10 20% 2; giftCard 10; duty 1; tip 1; fee 1; wrapping 1; shipping 1; ecotax 1; discount -1; product 5; total 31.05; paid card 6 on 2018-11-20';
  const [sale] = entriesOf(text, settings);
  const roles = sale?.lines.map(({ role }) => role).filter((role, at, all) => role !== all[at - 1]);
  assert.deepEqual(
    roles,
    'customer deposit sales discount ecotax shipping wrapping fee tip duty giftCard vat depositVat rounding retention'.split(
      ' ',
    ),
  );
  const [, payment] = entriesOf('sale FR; product 10 20% 2; paid card 11.50 fee=0.10/EUR on 2018-12-01', settings);
  assert.deepEqual(
    payment?.lines.map(({ role }) => role),
    ['customer', 'difference', 'bankFee', 'bank'],
  );
});

test('D-24 what a conversion leaves is told as it is booked', () => {
  const text = 'sale US USD@3; product 1; shipping 1; wrapping 1; tip 1; giftCard 1; paid card 5';
  const line = entriesOf(text)[0]?.lines.find(({ role }) => role === 'currencyAdjustment');
  assert.deepEqual(line?.because.parts, [{ line: 'conversion', label: '', amount: '0.02' }]);
});

/** Dollars and dongs are tied to the ledger's own, so that lines carry them too. */
const tied = mapping(currencies.default, [
  { item: 'USD', ledgerCurrency: 'USD' },
  { item: 'VND', ledgerCurrency: 'VND' },
  { item: 'CHF', rate: '0.8' },
]);
const inCurrency = (settings: BookSettings = manualSettings()): BookSettings => ({
  ...settings,
  inCurrency: true,
  mappings: { ...settings.mappings, currencies: tied },
});

/** [sketch, settings, the entries in both currencies] */
const foreign: readonly [string, BookSettings, string][] = [
  // One dong given back is not lost either; the largest of its side takes what is lost, the first as well as the last.
  [
    'creditNote FR VND@27000; product 100000; shipping 1',
    inCurrency(),
    '4110000 -3.70 {VND -100001} | 707200 3.70 {VND 100001}',
  ],
  [
    'sale FR VND@27000; product 100000; shipping 30000; tip 5',
    inCurrency(),
    '4110000 4.82 {VND 130005} | 707200 -3.70 {VND -100005} | 708510 -1.11 {VND -30000} | 766000 -0.01',
  ],
  [
    'sale FR VND@27000; product 30000; shipping 100000; tip 5',
    inCurrency(),
    '4110000 4.82 {VND 130005} | 707200 -1.11 {VND -30000} | 708510 -3.70 {VND -100005} | 766000 -0.01',
  ],
  // A fee in the document's currency is what was stated there; in a third one, what it is worth there.
  [
    'sale FR USD@3; product 10; paid card 10 fee=0.40/USD',
    inCurrency(),
    '4110000 3.33 {USD 10.00} | 707200 -3.33 {USD -10.00} // 4110000 -3.33 {USD -10.00} | 627000 0.13 {USD 0.40} | 5125 3.20 {USD 9.60}',
  ],
  [
    'sale FR USD@2; product 10; paid card 10 fee=0.40/CHF',
    inCurrency(),
    '4110000 5.00 {USD 10.00} | 707200 -5.00 {USD -10.00} // 4110000 -5.00 {USD -10.00} | 627000 0.50 {USD 1.00} | 5125 4.50 {USD 9.00}',
  ],
  // A deposit with its VAT and a small rest.
  [
    'sale FR USD@2; product 10 20% 2; paid card 11.50 on 2018-11-20',
    inCurrency(deposits({ depositVat: true }, [deposit, depositVat])),
    '4110000 0.25 {USD 0.50} | 419100 5.75 {USD 11.50} | 707100 -5.00 {USD -10.00} | 4457120 -1.00 {USD -2.00} | 4457120 0.96 {USD 1.92} | 445880 -0.96 {USD -1.92} // ' +
      '419100 -5.75 {USD -11.50} | 4110000 -0.25 {USD -0.50} | 4457120 -0.96 {USD -1.92} | 445880 0.96 {USD 1.92} | 654000 0.25 {USD 0.50} | 5125 5.75 {USD 11.50}',
  ],
];

for (const [text, settings, expected] of foreign) {
  test(`S-222 in both currencies: ${text}`, () =>
    assert.equal(entriesOf(text, settings).map(toldInCurrency).join(' // '), expected));
}

const whole = (changes: { readonly [Name in keyof WholeOrder]?: string | number }): WholeOrder => {
  const amounts = { sales: '0', creditNotes: '0', paidIn: '0', paidOut: '0', ...changes };
  const [sales, creditNotes, paidIn, paidOut] = [
    amounts.sales,
    amounts.creditNotes,
    amounts.paidIn,
    amounts.paidOut,
  ].map((amount) => decimal(String(amount))) as [
    WholeOrder['sales'],
    WholeOrder['sales'],
    WholeOrder['sales'],
    WholeOrder['sales'],
  ]; // four in, four out
  return { ...({ firstMethod: null } as WholeOrder), saleParts: 2, sales, creditNotes, paidIn, paidOut };
};

test('D-22 an order of several parts is due what was sold less what was credited, and has paid what came in less what went out', () => {
  const wholeOrder = whole({ sales: 120, creditNotes: 20, paidIn: '109.50', paidOut: 10 });
  assert.equal(
    post('sale FR; product 100; paid card 99.50', manualSettings(), { wholeOrder }),
    '4110000 100.00 | 707200 -100.00 // 4110000 -100.00 | 654000 0.50 | 5125 99.50',
  );
  const converted = whole({ sales: 20, paidIn: 20 });
  assert.equal(
    post('sale US USD@1.1; product 10; paid card 5; paid card 5', manualSettings(), { wholeOrder: converted }),
    '4110000 9.09 | 707200 -9.09 // 4110000 -4.55 | 5125 4.55 // 4110000 -4.55 | 5125 4.55',
    'its cent is not for a part to close',
  );
});

test('D-28 a payment that the written sale did not count is no deposit, and one it counted is', () => {
  const document = sketch('sale FR; product 10 20% 2; paid card 5 on 2018-11-20; paid cheque 7 on 2018-11-21');
  const first = postDocument(document, deposits());
  assert.ok(first.state === 'ready');
  const counted = countedIn(first.entries[0] ?? assert.fail());
  assert.deepEqual([...counted], ['payment/1', 'payment/2']);
  const later = postDocument(document, deposits(), undefined, new Set(['payment/1']));
  assert.equal(
    told(later).split(' ; ')[0],
    '4110000 7.00 | 419100 5.00 | 707100 -10.00 | 4457120 -2.00 // 419100 -5.00 | 5125 5.00 // 4110000 -7.00 | 5112 7.00',
  );
});

test('S-230 dates, pieces and texts: the invoice before the order, the payment’s own document, the first payment of a day', () => {
  const invoice = { id: '1', number: 'FA1', date: day('2018-11-27') };
  const settings = manualSettings({ sales: { ...manualSettings().sales, piece: 'orderId', label: '%PM %CC' } });
  const text = 'sale FR; product 10 20% 2; paid card 5; paid cheque 7';
  const [sale, payment] = entriesOf(text, settings, { invoice });
  assert.deepEqual([sale?.date, sale?.documentDate, payment?.date], ['2018-11-27', '2018-11-27', '2018-11-27']);
  assert.deepEqual([sale?.piece, payment?.piece, sale?.label], ['1', '1', 'Name of card']);
  const one = sketch(text);
  const companies = [
    { customer: { ...one.customer, company: 'Lavande' }, billing: null },
    { billing: one.billing && { ...one.billing, company: 'Olive' } },
  ].map((changes) => entriesOf(text, settings, changes)[0]?.label);
  assert.deepEqual(companies, ['Name of card Lavande', 'Name of card Olive']);
});

test('columns of the user’s own format are filled where there are some, and are nowhere else', () => {
  const text = 'sale FR; product 10 20% 2; paid card 12';
  const [sale, payment] = entriesOf(text, manualSettings({ columns: ['%OI/%PM'] }));
  assert.deepEqual(
    [sale?.columns, payment?.columns],
    [{ '%OI/%PM': '1/Name of card' }, { '%OI/%PM': '1/Name of card' }],
  );
  assert.ok(entriesOf(text).every((entry) => !('columns' in entry)));
});

test('D-36 what lacks is named: the account of a kind of line with VAT and without, the carrier or none', () => {
  const items = (text: string, settings = manualSettings()) =>
    postDocument(sketch(text), settings)
      .problems.filter(({ code }) => code === 'mapping.no-account')
      .map(({ values }) => `${values.mapping} ${values.item}`);
  assert.deepEqual(items('sale FR; product 10 20% 2; duty 1 20% 0.20'), ['otherLines.withVat duty']);
  assert.deepEqual(items('sale FR; product 10 20% 2; duty 1'), ['otherLines.withoutVat duty']);
  const carriers = mapping({
    ...MAPPINGS.carriers.default,
    shippingWithVat: null,
  } as BookSettings['mappings']['carriers']['default']);
  assert.deepEqual(items('sale FR; shipping 5 20% 1', withMappings({ carriers })), ['carriers.shippingWithVat ']);
  assert.deepEqual(items('sale FR; shipping 5 20% 1 carrier=dpd', withMappings({ carriers })), [
    'carriers.shippingWithVat dpd',
  ]);
});

test('S-197 a carrier is known by its name, and by what stands before its colon', () => {
  const account = (carrier: string) => {
    const carriers = mapping(MAPPINGS.carriers.default, [
      { item: 'dp', shippingWithVat: '708599' },
      { item: 'f', shippingWithVat: '708598' },
    ]);
    return entriesOf(`sale FR; shipping 5 20% 1 carrier=${carrier}`, withMappings({ carriers }))[0]?.lines[1]?.account;
  };
  assert.deepEqual(['dpd', 'dp', 'f:3'].map(account), ['708500', '708599', '708598']);
});

test('the way to an account is told without names nobody gave', () => {
  const [line] = entriesOf('sale FR; product 10 20% 2')[0]?.lines.slice(1) ?? [];
  assert.deepEqual(line?.because.tried, [
    { country: 'FR', item: null },
    { country: null, item: null },
  ]);
  const byMethod = { mode: 'byPayment', default: '411', byMethod: { card: '411CB' } } as const;
  const customers = { ...manualSettings().customers, account: byMethod };
  const because = (method: string) => {
    const [customer] =
      entriesOf(`sale FR; product 10; paid ${method} 10`, manualSettings({ customers }))[0]?.lines ?? [];
    return [customer?.account, customer?.because.rule, customer?.because.tried.length];
  };
  assert.deepEqual(because('card'), ['411CB', { country: null, item: 'card' }, 1]);
  assert.deepEqual(because('cheque'), ['411', null, 2]);
});

test('R-16 taxes of one code are told apart by their rates', () => {
  const text = 'sale FR; product 10 20% 2; product 10 10% 1';
  const lines = sketch(text).lines.map((line) => ({
    ...line,
    taxes: line.taxes.map((tax) => ({ ...tax, code: 'TVA' })),
  }));
  assert.match(post(text, manualSettings(), { lines }), /4457120 -2.00 \| 4457110 -1.00/);
});

test('T-09 the postcode is that of the address VAT goes by', () => {
  const sales = mapping(MAPPINGS.sales.default, [{ country: 'RE', withoutVat: '707974' }]);
  const one = sketch('sale FR:97400; product 10');
  const billing = one.billing && { ...one.billing, postcode: '75001' };
  const account = (taxCountry: BookSettings['taxCountry']) =>
    entriesOf('sale FR:97400; product 10', withMappings({ sales }, { taxCountry }), { billing })[0]?.lines[1]?.account;
  assert.deepEqual([account('delivery'), account('billing'), account('shop')], ['707974', '707200', '707974']);
});

test('a gift card with an account of its own stays a gift card: no payment mode, its own place', () => {
  const payments = mapping(MAPPINGS.payments.default, [{ item: 'gift', create: true, bank: '419700' }]);
  const [, payment] = entriesOf('sale FR; product 10; paid gift 10 type=giftCard', withMappings({ payments }));
  assert.deepEqual(
    payment?.lines.map(({ role, account, paymentMode }) => [role, account, paymentMode]),
    [
      ['customer', '4110000', 'CB'],
      ['giftCard', '419700', null],
    ],
  );
});

test('D-24 an order whose shop states no base currency goes by its own rate, of one too', () => {
  const currency = { code: 'USD', base: null, rate: decimal('1') };
  assert.equal(
    post('sale US USD@1; product 10; paid card 10', manualSettings(), { currency }),
    '4110000 10.00 | 707200 -10.00 // 4110000 -10.00 | 5125 10.00',
  );
  assert.deepEqual(
    [toMinor(1_234_565n, 5), toMinor(-1_234_565n, 5), toMinor(1_234_567n, 6)],
    [123_457n, -123_457n, 1_234_567n],
  );
});

test('R-14 what costs one euro is a sale to another member state; a gift card, and what costs nothing, is not', () => {
  const doubts = (line: string) => post(`sale DE; ${line}`).includes('document.untaxed-in-union');
  assert.deepEqual([doubts('product 1'), doubts('giftCard 5'), doubts('giftCard 5; product 0')], [true, false, false]);
});
