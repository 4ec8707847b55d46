import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isVat } from '../entry.ts';
import type { BookSettings } from '../settings.ts';
import { MAPPINGS, manualSettings, mapping, sketch, told, toldInCurrency, withMappings } from '../testing/sketch.ts';
import { postDocument } from './post.ts';

const otherLines = mapping(MAPPINGS.otherLines.default, [
  { item: 'deposit', withoutVat: '419100' },
  { item: 'giftCard', withoutVat: '419700' },
]);
const payments = { ...manualSettings().payments, date: 'payment' as const };
const DEPOSITS = withMappings({ otherLines }, { deposits: true, payments });

const post = (text: string, settings: BookSettings = DEPOSITS) => told(postDocument(sketch(text), settings));
const SALE = 'sale FR; product 10 20% 2'; // invoiced on 26 November

/** [payments of the sale, the entries] */
const cases: [string, string][] = [
  // Paid before: a debt, which the sale turns into its price.
  ['paid card 12 on 2018-11-20', '419100 12.00 | 707100 -10.00 | 4457120 -2.00 // 419100 -12.00 | 5125 12.00'],
  // The same day and later: the customer's payment, as ever.
  ['paid card 12 on 2018-11-26', '4110000 12.00 | 707100 -10.00 | 4457120 -2.00 // 4110000 -12.00 | 5125 12.00'],
  [
    'paid card 4 on 2018-11-20; paid cheque 8 on 2018-12-02',
    '4110000 8.00 | 419100 4.00 | 707100 -10.00 | 4457120 -2.00 // 419100 -4.00 | 5125 4.00 // 4110000 -8.00 | 5112 8.00',
  ],
  // A small rest is the customer's: what came in was a deposit of just that.
  [
    'paid card 11.50 on 2018-11-20',
    '4110000 0.50 | 419100 11.50 | 707100 -10.00 | 4457120 -2.00 // 419100 -11.50 | 4110000 -0.50 | 654000 0.50 | 5125 11.50',
  ],
  // Too much: the sale leaves the customer what is due back.
  [
    'paid card 15 on 2018-11-20',
    '4110000 -3.00 | 419100 15.00 | 707100 -10.00 | 4457120 -2.00 // 419100 -15.00 | 5125 15.00',
  ],
  // Not written here, not a deposit here; a gift card is a debt of its own kind.
  ['paid cash 12 on 2018-11-20', '4110000 12.00 | 707100 -10.00 | 4457120 -2.00'],
  [
    'paid gift 12 on 2018-11-20 type=giftCard',
    '4110000 12.00 | 707100 -10.00 | 4457120 -2.00 // 4110000 -12.00 | 419700 12.00',
  ],
];
for (const [paid, expected] of cases) {
  test(`D-28 a deposit until the sale: ${paid}`, () => {
    assert.equal(post(`${SALE}; ${paid}`).split(' ; warn: ')[0], expected);
  });
}

test('D-28 with the option off, or payments dated by the invoice, nothing is a deposit', () => {
  const usual = '4110000 12.00 | 707100 -10.00 | 4457120 -2.00 // 4110000 -12.00 | 5125 12.00';
  const text = `${SALE}; paid card 12 on 2018-11-20`;
  assert.ok(post(text, withMappings({ otherLines }, { payments })).startsWith(usual));
  assert.equal(post(text, withMappings({ otherLines }, { deposits: true })), usual);
});

test('D-28 without an account of deposits the sale is held, and says which is missing', () => {
  const posted = postDocument(
    sketch(`${SALE}; paid card 12 on 2018-11-20`),
    manualSettings({ deposits: true, payments }),
  );
  assert.equal(posted.state, 'held');
  const missing = posted.problems.find(({ code }) => code === 'mapping.no-account');
  assert.deepEqual(missing?.values, { mapping: 'otherLines.withoutVat', country: 'FR', item: 'deposit' });
});

test('D-24 D-28 several deposits in a foreign currency clear to the cent of the books, and in currency', () => {
  const currencies = mapping(MAPPINGS.currencies.default, [{ item: 'USD', ledgerCurrency: 'USD' }]);
  const settings = withMappings({ otherLines, currencies }, { deposits: true, payments, inCurrency: true });
  const text = 'sale FR USD@1.1; product 10.00; paid card 5.00 on 2018-11-20; paid card 5.00 on 2018-11-21';
  const posted = postDocument(sketch(text), settings);
  assert.ok(posted.state === 'ready');
  assert.deepEqual(posted.entries.map(toldInCurrency), [
    '419100 9.10 {USD 10.00} | 707200 -9.09 {USD -10.00} | 766000 -0.01',
    '419100 -4.55 {USD -5.00} | 5125 4.55 {USD 5.00}',
    '419100 -4.55 {USD -5.00} | 5125 4.55 {USD 5.00}',
  ]);
  const last = 'sale FR USD@1.1; product 10.00; paid card 5.00 on 2018-11-20; paid card 5.00 on 2018-12-01';
  const split = postDocument(sketch(last), settings);
  assert.ok(split.state === 'ready');
  const cleared = new Map<string, bigint>();
  for (const { lines } of split.entries) {
    for (const { account, amount } of lines) cleared.set(account, (cleared.get(account) ?? 0n) + amount.minor);
  }
  assert.deepEqual([cleared.get('419100'), cleared.get('4110000')], [0n, 0n]);
});

const VAT = withMappings(
  {
    otherLines: mapping(MAPPINGS.otherLines.default, [
      { item: 'deposit', withoutVat: '419100' },
      { item: 'depositVat', withoutVat: '445880' },
    ]),
  },
  { deposits: true, depositVat: true, payments },
);

/** [document, its entries with the VAT of what came before it] */
const vatCases: [string, string][] = [
  // Two deposits of the whole price: the VAT of both is that of the sale, to the cent.
  [
    'sale FR; product 100 20% 20; paid card 40 on 2018-11-20; paid card 80 on 2018-11-21',
    '419100 120.00 | 707100 -100.00 | 4457120 -20.00 | 4457120 20.00 | 445880 -20.00 // ' +
      '419100 -40.00 | 4457120 -6.67 | 445880 6.67 | 5125 40.00 // 419100 -80.00 | 4457120 -13.33 | 445880 13.33 | 5125 80.00',
  ],
  // Part of the price, two rates: in proportion.
  [
    'sale FR; product 100 20% 20; product 100 5.5% 5.50; paid card 45.10 on 2018-11-20; paid card 180.40 on 2018-12-02',
    '4110000 180.40 | 419100 45.10 | 707100 -100.00 | 707100 -100.00 | 4457120 -20.00 | 4457105 -5.50 | 4457120 4.00 | 445880 -5.10 | 4457105 1.10 // ' +
      '419100 -45.10 | 4457120 -4.00 | 445880 5.10 | 4457105 -1.10 | 5125 45.10 // 4110000 -180.40 | 5125 180.40',
  ],
  // Beyond the price there is no VAT; without VAT there is none; what is paid with or after the sale is no deposit.
  [
    'sale FR; product 10 20% 2; paid card 15 on 2018-11-20',
    '4110000 -3.00 | 419100 15.00 | 707100 -10.00 | 4457120 -2.00 | 4457120 2.00 | 445880 -2.00 // 419100 -15.00 | 4457120 -2.00 | 445880 2.00 | 5125 15.00',
  ],
  ['sale CH; product 10; paid card 10 on 2018-11-20', '419100 10.00 | 707200 -10.00 // 419100 -10.00 | 5125 10.00'],
  [
    'sale FR; product 10 20% 2; paid card 12',
    '4110000 12.00 | 707100 -10.00 | 4457120 -2.00 // 4110000 -12.00 | 5125 12.00',
  ],
];
for (const [text, expected] of vatCases) {
  test(`D-28 R-11 the VAT of a deposit is due when it comes: ${text}`, () => {
    assert.equal(post(text, VAT).split(' ; warn: ')[0], expected);
  });
}

test('D-28 R-11 VAT of deposits keeps its code and rate, and is told from the VAT of the sale', () => {
  const posted = postDocument(sketch('sale FR; product 10 20% 2; paid card 6 on 2018-11-20'), VAT);
  assert.ok(posted.state === 'ready');
  const own = posted.entries.map(({ lines }) => lines.filter(({ role }) => role === 'depositVat'));
  assert.deepEqual(
    own.map((lines) => lines.map((line) => [line.account, line.taxCode, line.amount.minor, isVat(line)])),
    [
      [
        ['4457120', 'C20', 100n, true],
        ['445880', null, -100n, false],
      ],
      [
        ['4457120', 'C20', -100n, true],
        ['445880', null, 100n, false],
      ],
    ],
  );
});

test('D-28 R-11 with the account of deposits for the regularisation, deposits stand without their VAT', () => {
  const settings = withMappings(
    {
      otherLines: mapping(
        MAPPINGS.otherLines.default,
        ['deposit', 'depositVat'].map((item) => ({ item, withoutVat: '419100' })),
      ),
    },
    { deposits: true, depositVat: true, payments },
  );
  assert.equal(
    post('sale FR; product 10 20% 2; paid card 6 on 2018-11-20', settings).split(' // ')[1]?.split(' ; ')[0],
    '419100 -6.00 | 4457120 -1.00 | 419100 1.00 | 5125 6.00',
  );
});

test('D-28 R-11 without an account for the VAT of deposits the sale is held; foreign deposits clear to the cent', () => {
  const posted = postDocument(
    sketch('sale FR; product 10 20% 2; paid card 6 on 2018-11-20'),
    withMappings({ otherLines }, { deposits: true, depositVat: true, payments }),
  );
  assert.ok(posted.state === 'held');
  assert.ok(posted.problems.some(({ values }) => values.item === 'depositVat'));
  const foreign = postDocument(
    sketch('sale FR USD@1.1; product 10.01 20% 2.00; paid card 4.00 on 2018-11-20; paid card 8.01 on 2018-11-21'),
    {
      ...VAT,
      inCurrency: true,
      mappings: {
        ...VAT.mappings,
        currencies: mapping(MAPPINGS.currencies.default, [{ item: 'USD', ledgerCurrency: 'USD' }]),
      },
    },
  );
  assert.ok(foreign.state === 'ready');
  const lines = foreign.entries.flatMap((entry) => entry.lines.filter(({ role }) => role === 'depositVat'));
  assert.equal(lines.length, 6);
  for (const account of ['4457120', '445880']) {
    const own = lines.filter((line) => line.account === account);
    assert.equal(
      own.reduce((total, { amount }) => total + amount.minor, 0n),
      0n,
    );
    assert.equal(
      own.reduce((total, { amountInCurrency }) => total + (amountInCurrency?.minor ?? 0n), 0n),
      0n,
    );
  }
});

test('D-28 a deposit that is booked as one is not pointed out; a payment before its sale otherwise is', () => {
  const text = `${SALE}; paid card 12 on 2018-11-20`;
  const usual = withMappings({ otherLines }, { payments });
  assert.ok(!post(text).includes('payment.before-sale'));
  assert.match(post(text, usual), /warn: payment.before-sale payment\/1$/);
});
