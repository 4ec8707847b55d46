import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BookSettings } from '../settings.ts';
import { MAPPINGS, mapping, sketch, told, toldInCurrency, withMappings } from '../testing/sketch.ts';
import { postDocument } from './post.ts';

/** Dollars are tied to the ledger's USD, francs to its own code 2, pounds to the books' own: converted only. */
const currencies = mapping(MAPPINGS.currencies.default, [
  { item: 'USD', ledgerCurrency: 'USD' },
  { item: 'CHF', ledgerCurrency: '2' },
  { item: 'GBP', ledgerCurrency: 'EUR' },
  { item: 'VND', ledgerCurrency: 'VND' },
]);
const IN_CURRENCY = withMappings({ currencies }, { inCurrency: true });

function post(text: string, settings: BookSettings = IN_CURRENCY): string {
  const posted = postDocument(sketch(text), settings);
  return posted.state === 'ready' ? posted.entries.map(toldInCurrency).join(' // ') : told(posted);
}

/** [sketch, the entries as accounts, amounts in the books and in currency] */
const cases: [string, string][] = [
  [
    'sale FR USD@1.1; product 10.01 20% 2.00; product 10.01 5.5% 0.55; paid card 22.57',
    '4110000 20.52 {USD 22.57} | 707100 -9.10 {USD -10.01} | 707100 -9.10 {USD -10.01} | 4457120 -1.82 {USD -2.00} | 4457105 -0.50 {USD -0.55} // 4110000 -20.52 {USD -22.57} | 5125 20.52 {USD 22.57}',
  ],
  // The residue is the books' own: its line has no dollars.
  [
    'sale FR USD@3; product 1.01 20% 0.20; product 1.01; paid card 2.22',
    '4110000 0.74 {USD 2.22} | 707100 -0.34 {USD -1.01} | 707200 -0.34 {USD -1.01} | 4457120 -0.07 {USD -0.20} | 666000 0.01 // 4110000 -0.74 {USD -2.22} | 5125 0.74 {USD 2.22}',
  ],
  [
    'creditNote FR USD@3; product 1.01 20% 0.20; product 1.01; refunded card 2.22',
    '4110000 -0.74 {USD -2.22} | 707100 0.34 {USD 1.01} | 707200 0.34 {USD 1.01} | 4457120 0.07 {USD 0.20} | 666000 -0.01 // 4110000 0.74 {USD 2.22} | 5125 -0.74 {USD -2.22}',
  ],
  // Two payments of 9.09: the customer closes at 9.09 + 9.09 in dollars, the cent of the books goes to the residue.
  [
    'sale FR USD@1.1; product 10.00; paid card 5.00; paid card 5.00',
    '4110000 9.09 {USD 10.00} | 707200 -9.09 {USD -10.00} // 4110000 -4.55 {USD -5.00} | 5125 4.55 {USD 5.00} // 4110000 -4.54 {USD -5.00} | 766000 -0.01 | 5125 4.55 {USD 5.00}',
  ],
  // A rounding difference and a payment difference are amounts in currency like any other.
  [
    'sale FR USD@2; product 10.00 20% 2.00; total 12.01 10.01 2.00; paid card 11.00',
    '4110000 6.01 {USD 12.01} | 707100 -5.00 {USD -10.00} | 4457120 -1.00 {USD -2.00} | 758000 -0.01 {USD -0.01} // 4110000 -6.01 {USD -12.01} | 654000 0.51 {USD 1.01} | 5125 5.50 {USD 11.00}',
  ],
  // A fee in dollars, in euros (taken as it stands, its dollars are those of the rate), in a third currency.
  [
    'sale FR USD@2; product 10.00; paid card 10.00 fee=0.40/USD',
    '4110000 5.00 {USD 10.00} | 707200 -5.00 {USD -10.00} // 4110000 -5.00 {USD -10.00} | 627000 0.20 {USD 0.40} | 5125 4.80 {USD 9.60}',
  ],
  [
    'sale FR USD@2; product 10.00; paid card 10.00 fee=0.33/EUR',
    '4110000 5.00 {USD 10.00} | 707200 -5.00 {USD -10.00} // 4110000 -5.00 {USD -10.00} | 627000 0.33 {USD 0.66} | 5125 4.67 {USD 9.34}',
  ],
  // The ledger's own code of the currency.
  [
    'sale FR CHF@0.95; product 19.00; paid card 19.00',
    '4110000 20.00 {2 19.00} | 707200 -20.00 {2 -19.00} // 4110000 -20.00 {2 -19.00} | 5125 20.00 {2 19.00}',
  ],
  // Less than half a cent is no line in the books: sales, the largest of its side, take the dong.
  [
    'sale FR VND@27000; product 100027; tip 5; paid card 100032',
    '4110000 3.70 {VND 100032} | 707200 -3.70 {VND -100032} // 4110000 -3.70 {VND -100032} | 5125 3.70 {VND 100032}',
  ],
  // All lines but the customer's are lost in the books: the residue is what their side has left.
  [
    'sale FR VND@27000; product 100; tip 90; paid card 190',
    '4110000 0.01 {VND 190} | 766000 -0.01 {VND -190} // 4110000 -0.01 {VND -190} | 5125 0.01 {VND 190}',
  ],
  [
    'creditNote FR VND@27000; product 100; tip 90; refunded card 190',
    '4110000 -0.01 {VND -190} | 766000 0.01 {VND 190} // 4110000 0.01 {VND 190} | 5125 -0.01 {VND -190}',
  ],
  // Not in currency: the books' own, and one that is tied to it.
  ['sale FR; product 10.00; paid card 10.00', '4110000 10.00 | 707200 -10.00 // 4110000 -10.00 | 5125 10.00'],
  ['sale FR GBP@0.8; product 8.00; paid card 8.00', '4110000 10.00 | 707200 -10.00 // 4110000 -10.00 | 5125 10.00'],
  // Tied to nothing: the document waits, and says which currency.
  ['sale FR SEK@11; product 11.00; paid card 11.00', 'held: mapping.no-ledger-currency'],
];
for (const [text, expected] of cases)
  test(`S-105 S-210 S-222 in currency: ${text}`, () => assert.equal(post(text), expected));

test('S-222 with the option off, or without a ledger currency, nothing is in currency', () => {
  const text = 'sale FR USD@2; product 10.00; paid card 10.00';
  const converted = '4110000 5.00 | 707200 -5.00 // 4110000 -5.00 | 5125 5.00';
  assert.equal(post(text, withMappings({ currencies })), converted);
  assert.equal(post('sale FR SEK@2; product 10.00; paid card 10.00', withMappings({ currencies })), converted);
});

test('S-211 the residue’s accounts are those of the currency', () => {
  const own = mapping(currencies.default, [
    { item: 'USD', ledgerCurrency: 'USD', adjustmentExpense: '656100', adjustmentIncome: '756100' },
  ]);
  const settings = withMappings({ currencies: own }, { inCurrency: true });
  assert.match(
    post('sale FR USD@3; product 1.01 20% 0.20; product 1.01; paid card 2.22', settings),
    / 656100 0\.01 \/\//,
  );
});
