import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from './calendar.ts';
import { unitsText } from './decimal.ts';
import type { Entry } from './entry.ts';
import { postDocument } from './posting/post.ts';
import type { BookSettings } from './settings.ts';
import { type Fact, factsOf, type Tally, tallyOf } from './tally.ts';
import { manualSettings, sketch } from './testing/sketch.ts';

/** [documents, what they add up to: about [country] item amount [on base]] */
const CASES: readonly [string, readonly string[], string][] = [
  [
    'a sale and its payment',
    ['sale FR; product 403.00 20% 80.60 rule=normal; total 483.60; paid card 483.60'],
    'net 403.00 | payment Name of card 483.60 | vat FR 20.00 80.60 on 403.00',
  ],
  [
    'two rates, shipping with one of them',
    ['sale FR; product 100.00 20% 20.00 rule=normal; product 40.00 5.5% 2.20; shipping 8.00 20% 1.60; total 171.80'],
    'net 148.00 | vat FR 20.00 21.60 on 108.00 | vat FR 5.50 2.20 on 40.00',
  ],
  ['no VAT', ['sale CH; product 250.00; total 250.00'], 'net 250.00 | vat CH - 0.00 on 250.00'],
  [
    'a credit note takes off on its day, a refund too',
    [
      'sale FR; product 403.00 20% 80.60 rule=normal; total 483.60; paid card 483.60',
      'creditNote FR; product 335.83 20% 67.17 rule=normal; total 403.00; refunded card 403.00',
    ],
    'net -335.83 | net 403.00 | payment Name of card -403.00 | payment Name of card 483.60 | vat FR 20.00 -67.17 on -335.83 | vat FR 20.00 80.60 on 403.00',
  ],
  [
    'the fee of a payment, and the cent that lines miss',
    ['sale FR; product 20.75 20% 4.15 rule=normal; total 24.91 20.76 4.15; paid card 24.91 fee=0.35/EUR'],
    'difference adjustment 0.01 | fee Name of card 0.35 | net 20.75 | payment Name of card 24.91 | vat FR 20.00 4.15 on 20.75',
  ],
];

for (const [name, documents, expected] of CASES) {
  test(`what entries add up to: ${name}`, () => {
    assert.equal(told(tallyOf(entriesOf(documents))), expected);
  });
}

test('bases by rate add up to the sales, also where rates share an account and a code', () => {
  const settings = manualSettings();
  const withoutCodes = {
    ...settings,
    mappings: {
      ...settings.mappings,
      taxes: {
        ...settings.mappings.taxes,
        default: { account: '445', code: null, grid: null, creditGrid: null },
        exceptions: [],
      },
    },
  };
  const document = sketch(
    'sale FR; product 33.333333 20% 6.666667; product 33.333333 5.5% 1.833333; product -10.00 20% -2.00; product 5.00; total 68.17 61.67 6.50',
  );
  const posted = postDocument(document, withoutCodes);
  if (posted.state !== 'ready') assert.fail(JSON.stringify(posted.problems));
  const tally = tallyOf(posted.entries);
  const net = tally.facts.filter(({ about }) => about === 'net').reduce((sum, { amount }) => sum + amount, 0n);
  const bases = tally.facts.filter(({ about }) => about === 'vat').reduce((sum, { base }) => sum + base, 0n);
  assert.equal(bases, net);
  assert.equal(
    told(tally),
    'net 61.67 | vat FR - 0.00 on 5.00 | vat FR 20.00 4.67 on 23.33 | vat FR 5.50 1.83 on 33.34',
  );
});

test('an order stays open by what is not paid', () => {
  const [sale, payment] = entriesOf(['sale FR; product 100.00 20% 20.00 rule=normal; total 120.00; paid card 119.50']);
  if (sale === undefined || payment === undefined) assert.fail();
  const first = tallyOf([sale]);
  assert.deepEqual(first.open, [
    { order: '1', document: sale.document, day: '2018-11-26', currency: 'EUR', amount: 12000n },
  ]);
  assert.deepEqual(tallyOf([payment, sale]).open, [], 'the gap within the tolerance is booked');
  const short = entriesOf(['sale FR; product 100.00 20% 20.00 rule=normal; total 120.00; paid card 70.00']);
  assert.deepEqual(
    tallyOf(short.toReversed()).open.map(({ day, amount }) => [day, amount]),
    [['2018-11-26', 5000n]],
  );
});

test('facts count entries of a kind, and entries at all, each once', () => {
  const { facts } = tallyOf(
    entriesOf([
      'sale FR; product 100.00 20% 20.00 rule=normal; product 40.00 5.5% 2.20; total 162.20; paid card 162.20',
      'sale FR; product 40.00 5.5% 2.20; total 42.20',
    ]),
  );
  const counted = (which: (fact: Fact) => boolean, as: 'entries' | 'entriesOfAbout' | 'entriesOfAll') =>
    facts.filter(which).reduce((sum, fact) => sum + fact[as], 0);
  assert.equal(
    counted(({ about }) => about === 'vat', 'entries'),
    3,
  );
  assert.equal(
    counted(({ about }) => about === 'vat', 'entriesOfAbout'),
    2,
  );
  assert.equal(
    counted(() => true, 'entriesOfAll'),
    3,
  );
});

test('what an entry says is counted once, however many lines say it', () => {
  const [sale] = entriesOf(['sale FR; product 10.00 20% 2.00 rule=normal; shipping 5.00 20% 1.00; total 18.00']);
  if (sale === undefined) assert.fail();
  assert.deepEqual(
    factsOf(sale).map(({ about, entries }) => `${about} ${entries}`),
    ['net 1', 'vat 1'],
  );
});

function entriesOf(documents: readonly string[]): Entry[] {
  return documents.flatMap((text) => {
    const posted = postDocument(sketch(text), manualSettings());
    return posted.state === 'ready' ? posted.entries : assert.fail(JSON.stringify(posted.problems));
  });
}

function told({ facts }: Tally): string {
  const lines = facts.map(({ about, country, item, amount, base, decimals }) => {
    const name = [about, country, item === '' ? '-' : item].filter((word) => word !== null).join(' ');
    return `${name} ${unitsText(amount, decimals)}${about === 'vat' ? ` on ${unitsText(base, decimals)}` : ''}`;
  });
  return lines.sort().join(' | ');
}

/** [what it shows, document, settings changed, what it adds up to] */
const SHARED: readonly [string, string, Partial<BookSettings>, string][] = [
  [
    'a cent put on the first product bears what the product bears',
    'sale FR; product 20.75 20% 4.15; total 24.91 20.76 4.15',
    { roundingDifference: 'firstProduct' },
    'net 20.76 | vat FR 20.00 4.15 on 20.76',
  ],
  [
    'parts of different decimals on one account are weighed alike',
    'sale FR; product 10.00 20% 2.00; product 33.333333 5.5% 1.833333; total 47.16 43.33 3.83',
    {},
    'net 43.33 | vat FR 20.00 2.00 on 10.00 | vat FR 5.50 1.83 on 33.33',
  ],
  [
    'the cent that is over goes to the largest part, the last',
    'sale FR; product 3.335 20% 0.67; product 6.665 5.5% 0.37; total 11.04 10.00 1.04',
    {},
    'net 10.00 | vat FR 20.00 0.67 on 3.34 | vat FR 5.50 0.37 on 6.66',
  ],
  [
    'of equal parts to the first',
    'sale FR; product 3.333333 20% 0.67; product 3.333333 10% 0.33; product 3.333334 5.5% 0.18; total 11.18 10.00 1.18',
    {},
    'net 10.00 | vat FR 10.00 0.33 on 3.33 | vat FR 20.00 0.67 on 3.34 | vat FR 5.50 0.18 on 3.33',
  ],
  [
    'parts that leave a cent in all keep their bases',
    'sale FR; product 10.01 20% 2.00; product -10.00 5.5% -0.55; total 1.46 0.01 1.45',
    {},
    'net 0.01 | vat FR 20.00 2.00 on 10.01 | vat FR 5.50 -0.55 on -10.00',
  ],
  [
    'parts that cancel leave the cent that was put on them to the first',
    'sale FR; product 10.00 20% 2.00; product -10.00 5.5% -0.55; total 1.46 0.01 1.45',
    { roundingDifference: 'firstProduct' },
    'net 0.01 | vat FR 20.00 2.00 on 0.01 | vat FR 5.50 -0.55 on 0.00',
  ],
  [
    'a line of two taxes has its base with the higher, which comes last',
    'sale FR; product 100.00 5.5% 5.50 9.975% 9.98; total 115.48',
    {},
    'net 100.00 | vat FR 5.50 5.50 on 0.00 | vat FR 9.975 9.98 on 100.00',
  ],
  [
    'or first',
    'sale FR; product 100.00 9.975% 9.98 5.5% 5.50; total 115.48',
    {},
    'net 100.00 | vat FR 5.50 5.50 on 0.00 | vat FR 9.975 9.98 on 100.00',
  ],
];

for (const [name, text, changes, expected] of SHARED) {
  test(`what entries add up to: ${name}`, () => {
    const settings = manualSettings(changes);
    const account = { account: '445', code: null, grid: null, creditGrid: null };
    const taxes = { ...settings.mappings.taxes, default: account, exceptions: [] };
    const posted = postDocument(sketch(text), { ...settings, mappings: { ...settings.mappings, taxes } });
    if (posted.state !== 'ready') assert.fail(JSON.stringify(posted.problems));
    assert.equal(told(tallyOf(posted.entries)), expected);
  });
}

test('a payment without method is counted as one, and alone does not date its order; an entry without parts has no rate', () => {
  const entries = entriesOf([
    'sale FR; product 100.00 20% 20.00 rule=normal; total 120.00; paid - 119.50 fee=1.00/EUR',
  ]);
  const [sale = assert.fail(), payment = assert.fail()] = entries;
  assert.deepEqual(
    factsOf({ ...payment, paymentMethod: null }).map(({ about, item }) => [about, item]),
    [
      ['difference', 'difference'],
      ['payment', ''],
      ['fee', ''],
    ],
  );
  assert.deepEqual(
    tallyOf([payment]).open.map(({ day }) => day),
    [null],
  );
  const bare = { ...sale, lines: sale.lines.map((line) => ({ ...line, because: { ...line.because, parts: [] } })) };
  assert.equal(told(tallyOf([bare])), 'net 100.00 | vat FR - 0.00 on 100.00 | vat FR 20.00 20.00 on 0.00');
});

test('an order is open since its first sale, in whatever order its entries come; each entry is counted once of all', () => {
  const [sale = assert.fail(), payment = assert.fail()] = entriesOf([
    'sale FR; product 100.00 20% 20.00; product 40.00 5.5% 2.20; total 162.20; paid card 70.00',
  ]);
  const later = { ...sale, date: day('2018-12-01') };
  for (const entries of [
    [sale, payment],
    [sale, later],
    [later, sale],
  ])
    assert.deepEqual(
      tallyOf(entries).open.map((one) => one.day),
      ['2018-11-26'],
    );
  assert.deepEqual(
    factsOf(sale).map(({ about, base, entriesOfAbout, entriesOfAll }) => [about, base, entriesOfAbout, entriesOfAll]),
    [
      ['net', 0n, 1, 1],
      ['vat', 10000n, 1, 0],
      ['vat', 4000n, 0, 0],
    ],
  );
});

test('D-19 what bears VAT of a sale of the one-stop shop is told once more, where it arrives', () => {
  const settings = manualSettings();
  const account = { account: '445', code: null, grid: null, creditGrid: null };
  const taxes = { ...settings.mappings.taxes, default: account, exceptions: [] };
  const oss = (text: string) => {
    const posted = postDocument(sketch(text), { ...settings, mappings: { ...settings.mappings, taxes } });
    if (posted.state !== 'ready') assert.fail(JSON.stringify(posted.problems));
    return tallyOf(posted.entries)
      .facts.filter(({ about }) => about !== 'net')
      .map(({ about, country, item, amount, base }) => [about, country, item, amount, base].join(' '))
      .sort();
  };
  assert.deepEqual(oss('sale DE; product 100 19% 19; product 10'), [
    'oss DE 19.00 1900 10000',
    'vat DE  0 1000',
    'vat DE 19.00 1900 10000',
  ]);
  assert.deepEqual(oss('sale FR; product 100 20% 20'), ['vat FR 20.00 2000 10000']);
});
