import assert from 'node:assert/strict';
import { test } from 'node:test';
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
