import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimal } from '../decimal.ts';
import type { SalesDocument } from '../document.ts';
import type { BookSettings } from '../settings.ts';
import { MAPPINGS, mapping, sketch, told, withMappings } from '../testing/sketch.ts';
import { postDocument } from './post.ts';

/** Every kind of line and payment with an account of its own, by the customs of the French chart. */
const otherLines = mapping(MAPPINGS.otherLines.default, [
  { item: 'fee', withVat: '708900', withoutVat: '708910' },
  { item: 'tip', withVat: '758200', withoutVat: '467000' },
  { item: 'duty', withVat: '708600', withoutVat: '447000' },
  { item: 'ecotax', withVat: '707800', withoutVat: '707810' },
  { item: 'giftCard', withVat: '419700', withoutVat: '419700' },
  { item: 'storeCredit', withVat: '419800', withoutVat: '419800' },
  { item: 'retention', withVat: '708800', withoutVat: '708810' },
  { item: 'goodwill', withVat: '709700', withoutVat: '709710' },
  { item: 'rounding', withVat: '758900', withoutVat: '758900' },
]);
const ALL = withMappings({ otherLines });
const DISCOUNTS = withMappings({ otherLines }, { discountLines: true });

const post = (text: string, settings: BookSettings = ALL, changes: Partial<SalesDocument> = {}) =>
  told(postDocument(sketch(text, changes), settings));

/** [what it shows, sketch, the entries] */
const cases: [string, string, string][] = [
  [
    'D-21 a gift card sold is a debt, without VAT',
    'sale FR; giftCard 50; paid card 50',
    '4110000 50.00 | 419700 -50.00 // 4110000 -50.00 | 5125 50.00',
  ],
  [
    'D-21 a gift card used clears that debt, in the journal of its sale',
    'sale FR; product 50 20% 10; paid gift 50 type=giftCard; paid card 10',
    '4110000 60.00 | 707100 -50.00 | 4457120 -10.00 // 4110000 -50.00 | 419700 50.00 // 4110000 -10.00 | 5125 10.00',
  ],
  [
    'D-21 store credit and points used',
    'sale FR; product 10 20% 2; paid credit 7 type=storeCredit; paid points 5 type=points',
    '4110000 12.00 | 707100 -10.00 | 4457120 -2.00 // 4110000 -7.00 | 419800 7.00 // 4110000 -5.00 | 419800 5.00',
  ],
  [
    'D-22 a refund to store credit',
    'creditNote FR; product 10 20% 2; refunded credit 12 type=storeCredit',
    '4110000 -12.00 | 707100 10.00 | 4457120 2.00 // 4110000 12.00 | 419800 -12.00',
  ],
  [
    'R-17 a refund on the gift card that paid',
    'creditNote FR; product 10 20% 2; refunded gift 12 type=giftCard',
    '4110000 -12.00 | 707100 10.00 | 4457120 2.00 // 4110000 12.00 | 419700 -12.00',
  ],
  [
    'tips, taxed and not',
    'sale FR; product 10 20% 2; tip 3 20% 0.60; tip 2; paid card 17.60',
    '4110000 17.60 | 707100 -10.00 | 758200 -3.00 | 467000 -2.00 | 4457120 -2.60 // 4110000 -17.60 | 5125 17.60',
  ],
  [
    'duties, taxed and not',
    'sale FR; product 10 20% 2; duty 3 20% 0.60; duty 2; paid card 17.60',
    '4110000 17.60 | 707100 -10.00 | 708600 -3.00 | 447000 -2.00 | 4457120 -2.60 // 4110000 -17.60 | 5125 17.60',
  ],
  [
    'D-08 eco-tax, apart from the price',
    'sale FR; product 10 20% 2; ecotax 1 20% 0.20; ecotax 0.50; paid card 13.70',
    '4110000 13.70 | 707100 -10.00 | 707800 -1.00 | 707810 -0.50 | 4457120 -2.20 // 4110000 -13.70 | 5125 13.70',
  ],
  [
    'fees, taxed and not',
    'sale FR; product 10 20% 2; fee 1.50 20% 0.30; fee 1; paid card 14.80',
    '4110000 14.80 | 707100 -10.00 | 708900 -1.50 | 708910 -1.00 | 4457120 -2.30 // 4110000 -14.80 | 5125 14.80',
  ],
  [
    'D-27 cash rounding up and down',
    'sale CH; product 10.03; rounding 0.02; paid card 10.05',
    '4110000 10.05 | 707200 -10.03 | 758900 -0.02 // 4110000 -10.05 | 5125 10.05',
  ],
  [
    'D-27 cash rounding down',
    'sale CH; product 10.02; rounding -0.02; paid card 10.00',
    '4110000 10.00 | 707200 -10.02 | 758900 0.02 // 4110000 -10.00 | 5125 10.00',
  ],
  [
    'D-27 cash rounding given back',
    'creditNote CH; product 10.03; rounding 0.02; refunded card 10.05',
    '4110000 -10.05 | 707200 10.03 | 758900 0.02 // 4110000 10.05 | 5125 -10.05',
  ],
  [
    'R-03 goods given back are a return: the mirror of the sale',
    'creditNote FR; product 10 20% 2 pieces=1; refunded card 12',
    '4110000 -12.00 | 707100 10.00 | 4457120 2.00 // 4110000 12.00 | 5125 -12.00',
  ],
  [
    'R-04 an amount given back with VAT is a commercial gesture',
    'creditNote FR; adjustment 8.33 20% 1.67; adjustment 4.74 5.5% 0.26; refunded card 15',
    '4110000 -15.00 | 4457120 1.67 | 4457105 0.26 | 709700 8.33 | 709700 4.74 // 4110000 15.00 | 5125 -15.00',
  ],
  [
    'R-04 an amount given back without VAT',
    'creditNote FR; adjustment 10; refunded card 10',
    '4110000 -10.00 | 709710 10.00 // 4110000 10.00 | 5125 -10.00',
  ],
  [
    'R-04 an amount given back on a product of which no piece came back',
    'creditNote FR; product 5 20% 1 pieces=0; refunded card 6',
    '4110000 -6.00 | 4457120 1.00 | 709700 5.00 // 4110000 6.00 | 5125 -6.00',
  ],
  [
    'a return with a gesture on top',
    'creditNote FR; product 10 20% 2 pieces=1; adjustment 2.50 20% 0.50; refunded card 15',
    '4110000 -15.00 | 707100 10.00 | 4457120 2.50 | 709700 2.50 // 4110000 15.00 | 5125 -15.00',
  ],
  [
    'D-06 shipping given back',
    'creditNote FR; shipping 4.92 20% 0.98; refunded card 5.90',
    '4110000 -5.90 | 708500 4.92 | 4457120 0.98 // 4110000 5.90 | 5125 -5.90',
  ],
  [
    'a restocking fee kept, without VAT as the shop states it',
    'creditNote FR; product 18 20% 3.60 pieces=1; adjustment -1.60; refunded card 20',
    '4110000 -20.00 | 707100 18.00 | 4457120 3.60 | 708810 -1.60 // 4110000 20.00 | 5125 -20.00',
  ],
  [
    'a restocking fee kept, with its VAT',
    'creditNote FR; product 18 20% 3.60 pieces=1; adjustment -1.33 20% -0.27; refunded card 20',
    '4110000 -20.00 | 707100 18.00 | 4457120 3.33 | 708800 -1.33 // 4110000 20.00 | 5125 -20.00',
  ],
  [
    'a cancelled order before payment',
    'creditNote FR; product 10 20% 2 pieces=1; shipping 5 20% 1',
    '4110000 -18.00 | 707100 10.00 | 708500 5.00 | 4457120 3.00 ; warn: document.unpaid',
  ],
  [
    'a gift card given back',
    'creditNote FR; giftCard 50; refunded card 50',
    '4110000 -50.00 | 419700 50.00 // 4110000 50.00 | 5125 -50.00',
  ],
];
for (const [name, text, expected] of cases) test(`${name}: ${text}`, () => assert.equal(post(text), expected));

test('R-04 a gesture without account of its own goes by the sales account of its VAT', () => {
  const bare = withMappings({ otherLines: mapping(MAPPINGS.otherLines.default) });
  assert.equal(
    post('creditNote FR; product 5 20% 1 pieces=0; refunded card 6', bare),
    '4110000 -6.00 | 4457120 1.00 | 707100 5.00 // 4110000 6.00 | 5125 -6.00',
  );
});

test('a sale of a line without pieces is a sale', () => {
  assert.equal(
    post('sale FR; product 5 20% 1 pieces=0; paid card 6'),
    '4110000 6.00 | 707100 -5.00 | 4457120 -1.00 // 4110000 -6.00 | 5125 6.00',
  );
});

const exchange = {
  saleParts: 2,
  sales: decimal('42.00'),
  creditNotes: decimal('12.00'),
  paidIn: decimal('30.00'),
  paidOut: decimal('0'),
  firstMethod: 'card',
};

test('D-22 an exchange: goods back and new ones both go to the customer in full, and clear there', () => {
  assert.deepEqual(
    [
      post('sale FR; product 20 20% 4; paid card 24', ALL, { wholeOrder: exchange }),
      post('creditNote FR; product 10 20% 2 pieces=1', ALL, { wholeOrder: exchange }),
      post('sale FR; product 15 20% 3; paid card 6', ALL, { key: 'sale/1/9', wholeOrder: exchange }),
    ],
    [
      '4110000 24.00 | 707100 -20.00 | 4457120 -4.00 // 4110000 -24.00 | 5125 24.00',
      '4110000 -12.00 | 707100 10.00 | 4457120 2.00',
      '4110000 18.00 | 707100 -15.00 | 4457120 -3.00 // 4110000 -6.00 | 5125 6.00',
    ],
  );
});

/** [sketch, net of discount, with discount lines] */
const discounts: [string, string, string][] = [
  [
    'sale FR; product 36 20% 7.20 was=40; paid card 43.20',
    '4110000 43.20 | 707100 -36.00 | 4457120 -7.20 // 4110000 -43.20 | 5125 43.20',
    '4110000 43.20 | 707100 -40.00 | 709700 4.00 | 4457120 -7.20 // 4110000 -43.20 | 5125 43.20',
  ],
  [
    'sale FR; product 40 20% 8; discount -4 20% -0.80; paid card 43.20',
    '4110000 43.20 | 707100 -36.00 | 4457120 -7.20 // 4110000 -43.20 | 5125 43.20',
    '4110000 43.20 | 707100 -40.00 | 709700 4.00 | 4457120 -7.20 // 4110000 -43.20 | 5125 43.20',
  ],
  [
    'sale FR; product 36 20% 7.20 was=40; product 9 was=10; discount -2; paid card 50.20',
    '4110000 50.20 | 707100 -36.00 | 707200 -7.00 | 4457120 -7.20 // 4110000 -50.20 | 5125 50.20',
    '4110000 50.20 | 707100 -40.00 | 707200 -10.00 | 709700 4.00 | 709800 3.00 | 4457120 -7.20 // 4110000 -50.20 | 5125 50.20',
  ],
  [
    'sale FR; product 36 20% 7.20 was=40 rule=normal; product 18 5.5% 0.99 was=20 rule=reduced; paid card 62.19',
    '4110000 62.19 | 707100 -36.00 | 707100 -18.00 | 4457120 -7.20 | 4457105 -0.99 // 4110000 -62.19 | 5125 62.19',
    '4110000 62.19 | 707100 -40.00 | 707100 -20.00 | 709700 4.00 | 709700 2.00 | 4457120 -7.20 | 4457105 -0.99 // 4110000 -62.19 | 5125 62.19',
  ],
  [
    'sale FR; product 40 20% 8; shipping 0 was=5; discount -5 20% -1; paid card 42',
    '4110000 42.00 | 707100 -35.00 | 4457120 -7.00 // 4110000 -42.00 | 5125 42.00',
    '4110000 42.00 | 707100 -40.00 | 709800 5.00 | 709700 5.00 | 708510 -5.00 | 4457120 -7.00 // 4110000 -42.00 | 5125 42.00',
  ],
  [
    'creditNote FR; product 36 20% 7.20 was=40 pieces=1; refunded card 43.20',
    '4110000 -43.20 | 707100 36.00 | 4457120 7.20 // 4110000 43.20 | 5125 -43.20',
    '4110000 -43.20 | 707100 40.00 | 709700 -4.00 | 4457120 7.20 // 4110000 43.20 | 5125 -43.20',
  ],
  [
    'creditNote FR; product 40 20% 8 pieces=1; discount -4 20% -0.80; refunded card 43.20',
    '4110000 -43.20 | 707100 36.00 | 4457120 7.20 // 4110000 43.20 | 5125 -43.20',
    '4110000 -43.20 | 707100 40.00 | 709700 -4.00 | 4457120 7.20 // 4110000 43.20 | 5125 -43.20',
  ],
  [
    'sale FR USD@2; product 36 20% 7.20 was=40; paid card 43.20',
    '4110000 21.60 | 707100 -18.00 | 4457120 -3.60 // 4110000 -21.60 | 5125 21.60',
    '4110000 21.60 | 707100 -20.00 | 709700 2.00 | 4457120 -3.60 // 4110000 -21.60 | 5125 21.60',
  ],
];
for (const [text, net, lines] of discounts) {
  test(`S-225 T-05 R-05 discounts: ${text}`, () => assert.deepEqual([post(text), post(text, DISCOUNTS)], [net, lines]));
}
