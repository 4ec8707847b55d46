import assert from 'node:assert/strict';
import { test } from 'node:test';
import { showAmount, showCount, showDay, showPercent, showRate } from '../../../i18n/show.ts';
import {
  columnsShown,
  type EntryRow,
  entryText,
  type LineRow,
  lineText,
  longestOfPages,
  REVIEW_COLUMNS,
} from './columns.ts';
import { addressOf, queryOf } from './query.ts';

const words = {
  day: (text: string) => showDay(text, 'fr'),
  amount: (text: string) => showAmount(text, 'fr'),
  rate: (text: string) => showRate(text, 'fr'),
  percent: (text: string) => showPercent(text, 'fr'),
  count: (count: number) => showCount(count, 'fr'),
};
const entry: EntryRow = {
  type: 'entry',
  number: 1,
  kind: 'sale',
  ticked: true,
  state: 'ready',
  journal: 'VTE',
  date: '2018-11-26',
  piece: '#FA000001',
  reference: 'WEB1',
  order: '1',
  document: 'sale/1',
  debit: '483.60',
  credit: '483.60',
  payment: 'Carte bancaire',
  currency: 'EUR',
  rate: null,
  reasons: [],
};
const vat: LineRow = {
  type: 'line',
  number: 1,
  line: 3,
  ticked: true,
  role: 'vat',
  account: '4457120',
  accountName: 'TVA 20 %',
  thirdParty: null,
  label: '#FA000001 - 1',
  taxCode: 'C20',
  taxRate: '20',
  debit: null,
  credit: '80.60',
  paymentMode: null,
  amountInCurrency: null,
  vatGrid: null,
  section: null,
  head: {
    journal: 'VTE',
    date: '2018-11-26',
    piece: '#FA000001',
    reference: 'WEB1',
    payment: 'Carte bancaire',
    currency: 'EUR',
    rate: null,
  },
};
const NOTHING_MORE = { foreign: false, inCurrency: false, vatGrid: false, section: false };
const all = { given: NOTHING_MORE, hidden: new Set<string>(), explaining: false, flat: false };

test('S-075 the columns come in the order of the manual', () => {
  assert.deepEqual(
    REVIEW_COLUMNS.map(({ key }) => key),
    [
      'number',
      'journal',
      'date',
      'piece',
      'reference',
      'account',
      'thirdParty',
      'label',
      'taxCode',
      'taxRate',
      'vatGrid',
      'section',
      'debit',
      'credit',
      'payment',
      'currency',
      'rate',
      'amountInCurrency',
    ],
  );
});

test('S-079 S-084 an entry shows its sums, the VAT line its code and rate; an empty side is blank', () => {
  const keys = ['number', 'date', 'taxCode', 'taxRate', 'debit', 'credit'];
  assert.deepEqual(
    keys.map((key) => entryText(entry, key, words)),
    ['1', '26/11/2018', '', '', '483,60', '483,60'],
  );
  assert.deepEqual(
    keys.map((key) => lineText(vat, key, false, words)),
    ['', '', 'C20', '20,00\u00a0%', '', '80,60'],
  );
});

test('S-075 flat, the columns stand in the order of the manual, the amount in currency last, its code beside it', () => {
  const keys = columnsShown({ ...all, given: { ...NOTHING_MORE, foreign: true, inCurrency: true }, flat: true }).map(
    ({ key }) => key,
  );
  assert.deepEqual(keys.slice(0, 4), ['journal', 'date', 'number', 'piece']);
  assert.deepEqual(keys.slice(-4), ['payment', 'currency', 'rate', 'amountInCurrency']);
  assert.equal(keys.length, 16, 'and the box to tick is the seventeenth');
  const dollars = { ...vat, amountInCurrency: '-1087.54', head: { ...vat.head, currency: 'USD', rate: '1.35' } };
  assert.equal(lineText(dollars, 'amountInCurrency', true, words), '1\u00a0087,54\u00a0USD');
  assert.equal(lineText(vat, 'amountInCurrency', true, words), '');
});

test('flat lines repeat what is constant in their entry', () => {
  assert.deepEqual(
    ['number', 'journal', 'date', 'piece', 'payment'].map((key) => lineText(vat, key, true, words)),
    ['1', 'VTE', '26/11/2018', '#FA000001', 'Carte bancaire'],
  );
});

test('foreign columns come only with foreign lines; the explaining panel takes the room of the less useful', () => {
  const keys = (part: Partial<typeof all>) => columnsShown({ ...all, ...part }).map(({ key }) => key);
  assert.ok(!keys({}).includes('currency'));
  assert.ok(!keys({}).includes('section') && !keys({}).includes('vatGrid'));
  assert.ok(keys({ given: { ...NOTHING_MORE, vatGrid: true } }).includes('vatGrid'));
  assert.ok(keys({ given: { ...NOTHING_MORE, section: true } }).includes('section'));
  assert.ok(keys({ given: { ...NOTHING_MORE, foreign: true } }).includes('rate'));
  assert.deepEqual(keys({ explaining: true }), [
    'number',
    'journal',
    'date',
    'piece',
    'account',
    'thirdParty',
    'taxCode',
    'taxRate',
    'debit',
    'credit',
  ]);
  assert.ok(!keys({ hidden: new Set(['piece']) }).includes('piece'));
});

test('columns are measured by the widest text of all pages met, and never shrink', () => {
  const longestOf = longestOfPages(false, words);
  const first = [[entry, vat]];
  assert.deepEqual([longestOf(first).piece, longestOf(first).debit], [9, 6]);
  const second = [[{ ...entry, piece: '#FA000001234', debit: '1.00' }]];
  assert.deepEqual([longestOf(second).piece, longestOf(second).debit], [12, 6], 'a wider value further down counts');
  assert.equal(longestOf(first).piece, 12);
  assert.equal(longestOf(first), longestOf(second), 'nothing new, the same object: nothing is drawn again');
});

test('filters, sort and tab live in the address, and only what differs from the usual', () => {
  const query = queryOf(new URLSearchParams('tab=ready&f.payment=PayPal&sort=-debit&q=web&flat=1'), false);
  assert.deepEqual(query, {
    tab: 'ready',
    q: 'web',
    filters: { payment: 'PayPal' },
    sort: '-debit',
    flat: true,
    folded: false,
  });
  assert.equal(addressOf(query, false), 'tab=ready&q=web&f.payment=PayPal&sort=-debit&flat=1');
  assert.equal(addressOf(queryOf(new URLSearchParams(), true), true), '');
  assert.equal(addressOf({ ...queryOf(new URLSearchParams(), true), folded: false }, true), 'folded=0');
});
