import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { LineKind } from '../src/core/document.ts';
import type { LineRole } from '../src/core/entry.ts';
import { imbalanceOf } from '../src/core/posting/balance.ts';
import { TREATMENTS } from '../src/core/treatment.ts';
import { type Worked, worked } from '../tools/rules/example.ts';
import { CHAPTERS, rulesPage } from '../tools/rules/page.ts';

/** docs/fr/regles-comptables.md: what accountants are told is what the engine does, and nothing is left out. */
const EXAMPLES = CHAPTERS.flatMap(({ examples }) => examples);
const WORKED = EXAMPLES.map((example) => ({ ...worked(example), example }));

test('docs/fr/regles-comptables.md says what the engine does (node tools/run.mjs tools/accounting-rules.ts writes it)', () => {
  const page = readFileSync(new URL('../docs/fr/regles-comptables.md', import.meta.url), 'utf8');
  assert.ok(page === rulesPage(), 'docs/fr/regles-comptables.md is out of date: run tools/accounting-rules.ts');
});

test('§5.1 every entry of the page balances, and stands beside what it writes', () => {
  for (const { entries, problems, example } of WORKED) {
    for (const { lines } of entries) assert.equal(imbalanceOf(lines), null, example.title);
    const held = problems.some(({ severity }) => severity === 'hold');
    assert.equal(entries.length === 0, held, example.title);
    assert.equal(held, WAITING.has(example.title), `${example.title}: ${problems.map(({ code }) => code).join(', ')}`);
  }
});

/** The two examples of a document that waits. */
const WAITING = new Set(['Au-delà de la tolérance : le document attend', 'Refusé (par défaut)']);

/** A role without an example does not compile. */
const ROLES: Readonly<Record<LineRole, true>> = {
  customer: true,
  deposit: true,
  sales: true,
  discount: true,
  ecotax: true,
  shipping: true,
  wrapping: true,
  fee: true,
  tip: true,
  duty: true,
  giftCard: true,
  storeCredit: true,
  vat: true,
  depositVat: true,
  rounding: true,
  retention: true,
  goodwill: true,
  adjustment: true,
  currencyAdjustment: true,
  difference: true,
  bank: true,
  bankFee: true,
};

/** Kinds of line; a discount is shown as the price before it. */
const KINDS: Readonly<Record<Exclude<LineKind, 'discount'>, true>> = {
  product: true,
  shipping: true,
  wrapping: true,
  fee: true,
  tip: true,
  duty: true,
  ecotax: true,
  giftCard: true,
  adjustment: true,
  rounding: true,
};

/** [what the page must show, in the examples, every one of these] */
const coverage: [string, (one: Worked) => readonly unknown[], readonly unknown[]][] = [
  [
    'every role of a line',
    ({ entries }) => entries.flatMap(({ lines }) => lines.map(({ role }) => role)),
    Object.keys(ROLES),
  ],
  [
    'every kind of line',
    ({ documents }) => documents.flatMap(({ lines }) => lines.map(({ kind }) => kind)),
    Object.keys(KINDS),
  ],
  ['D-19 every VAT treatment', ({ entries }) => entries.map(({ treatment }) => treatment), TREATMENTS],
  [
    'S-265 every place of a rounding difference',
    ({ profile }) => [profile.reading.roundingDifference],
    ['separate', 'firstProduct', 'firstTax'],
  ],
  ['S-263 two to four decimals', ({ profile }) => [profile.reading.decimals], [2, 3, 4]],
  ['S-225 discounts within prices and on their lines', ({ profile }) => [profile.entries.discountLines], [true, false]],
  [
    'S-222 in currency and converted',
    ({ entries }) => entries.map(({ ledgerCurrency }) => ledgerCurrency),
    ['USD', null],
  ],
  ['D-28 deposits', ({ profile }) => [profile.entries.deposits], [true, false]],
  ['D-28 R-11 VAT of deposits on receipt', ({ profile }) => [profile.entries.depositVat], [true, false]],
  [
    'every mode of customers’ accounts',
    ({ profile }) => [profile.customers.account.mode],
    ['same', 'byPayment', 'onePerCustomer'],
  ],
  ['guests', ({ documents }) => documents.map(({ customer }) => customer.guest), [true, false]],
  [
    'D-33 closed periods',
    ({ profile }) => [profile.advanced.closedTo === null ? null : profile.advanced.lateDocuments],
    ['refuse', 'nextOpenDay', 'ask'],
  ],
  ['R-02 grouping by day', ({ entries }) => entries.map(({ part }) => part), ['document', 'group']],
  ['D-14 reversals', ({ entries }) => entries.map(({ part }) => part), ['correction/1']],
  [
    'D-29 matching codes',
    ({ entries }) => entries.flatMap(({ lines }) => lines.map(({ matchingCode }) => matchingCode)),
    ['AAA', undefined],
  ],
  [
    'S-223 S-224 sections',
    ({ entries }) => entries.flatMap(({ lines }) => lines.map(({ section }) => section)),
    ['WEB', 'LIVRES', null],
  ],
  [
    'money in and money back',
    ({ documents }) =>
      documents.flatMap(({ kind, payments }) => payments.map(({ direction, type }) => `${kind} ${direction} ${type}`)),
    ['sale in money', 'sale in giftCard', 'sale in storeCredit', 'creditNote out money', 'creditNote out storeCredit'],
  ],
];

for (const [name, shown, wanted] of coverage) {
  test(`the page shows ${name}`, () => {
    const all = new Set(WORKED.flatMap((one) => [...shown(one)]));
    assert.deepEqual(
      wanted.filter((one) => !all.has(one)),
      [],
    );
  });
}

test('an account without a label cannot be on the page', () => {
  const labels = new Set(WORKED.flatMap(({ profile }) => Object.keys(profile.chart.accounts)));
  const used = new Set(
    WORKED.flatMap(({ entries }) => entries.flatMap(({ lines }) => lines.map(({ account }) => account))),
  );
  assert.deepEqual(
    [...used].filter((account) => !labels.has(account)),
    ['411W001', '411W002'],
  );
});

test('no two examples have the same title, since titles are links', () => {
  const titles = EXAMPLES.map(({ title }) => title);
  assert.equal(new Set(titles).size, titles.length);
});
