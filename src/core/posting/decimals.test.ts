import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BookSettings } from '../settings.ts';
import { manualSettings, sketch, told } from '../testing/sketch.ts';
import { postDocument } from './post.ts';

const kept = (decimals: 2 | 3 | 4, changes: Partial<BookSettings> = {}) =>
  manualSettings({ books: { code: 'EUR', decimals }, decimals, ...changes });

const THIRDS =
  'sale FR; product 3.3333 20% 0.6667; product 3.3333 5.5% 0.1833; shipping 1.0004 20% 0.2001; total 8.72 7.67 1.05; paid card 8.72';

/** [decimals, where a rounding difference goes, the entries] */
const cases: [2 | 3 | 4, BookSettings['roundingDifference'], string][] = [
  [
    2,
    'separate',
    '4110000 8.72 | 707100 -3.33 | 707100 -3.33 | 708500 -1.00 | 4457120 -0.87 | 4457105 -0.18 | 758000 -0.01',
  ],
  [
    3,
    'separate',
    '4110000 8.720 | 707100 -3.333 | 707100 -3.333 | 708500 -1.000 | 4457120 -0.867 | 4457105 -0.183 | 758000 -0.004',
  ],
  [
    4,
    'separate',
    '4110000 8.7200 | 707100 -3.3333 | 707100 -3.3333 | 708500 -1.0004 | 4457120 -0.8668 | 4457105 -0.1833 | 758000 -0.0029',
  ],
  [
    3,
    'firstProduct',
    '4110000 8.720 | 707100 -3.337 | 707100 -3.333 | 708500 -1.000 | 4457120 -0.867 | 4457105 -0.183',
  ],
  [3, 'firstTax', '4110000 8.720 | 707100 -3.333 | 707100 -3.333 | 708500 -1.000 | 4457120 -0.871 | 4457105 -0.183'],
];
for (const [decimals, roundingDifference, expected] of cases) {
  test(`S-263 S-265 ${decimals} decimals, a rounding difference ${roundingDifference}`, () => {
    const posted = told(postDocument(sketch(THIRDS), kept(decimals, { roundingDifference })));
    assert.equal(posted.split(' // ')[0], expected);
  });
}

test('S-263 what the shop rounds to judges its figures, however many decimals are kept', () => {
  // 8.33 at 20 % is 1.666: the shop's 1.67 is right to its cent.
  const text = 'sale FR; product 8.33 20% 1.67; paid card 10.00';
  assert.equal(
    told(postDocument(sketch(text), kept(3))),
    '4110000 10.000 | 707100 -8.330 | 4457120 -1.670 // 4110000 -10.000 | 5125 10.000',
  );
});

test('S-263 a foreign document is kept with as many decimals, and converted to them', () => {
  const text = 'sale FR USD@3; product 1.0000 20% 0.2000; paid card 1.20';
  assert.equal(
    told(postDocument(sketch(text), kept(4))),
    '4110000 0.4000 | 707100 -0.3333 | 4457120 -0.0667 // 4110000 -0.4000 | 5125 0.4000',
  );
  const yen = 'sale FR JPY@160; product 1000; paid card 1000';
  assert.equal(
    told(postDocument(sketch(yen), kept(3))),
    '4110000 6.250 | 707200 -6.250 // 4110000 -6.250 | 5125 6.250',
  );
});

test('D-01 S-265 the residue says what it is: the shop’s total less its lines, wherever it went', () => {
  for (const roundingDifference of ['separate', 'firstProduct', 'firstTax'] as const) {
    const posted = postDocument(sketch(THIRDS), kept(3, { roundingDifference }));
    assert.ok(posted.state === 'ready');
    const [entry] = posted.entries;
    const named = entry?.lines.flatMap(({ role, because }) =>
      because.parts.filter(({ line }) => line === 'rounding').map(({ amount }) => `${role} ${amount}`),
    );
    const role = { separate: 'adjustment', firstProduct: 'sales', firstTax: 'vat' }[roundingDifference];
    assert.deepEqual(named, [`${role} 0.004`]);
  }
});

test('D-24 the residue of a conversion says so, with its amount in the books', () => {
  const text = 'sale FR USD@3; product 1.01 20% 0.20; product 1.01; paid card 2.22';
  const posted = postDocument(sketch(text), manualSettings());
  assert.ok(posted.state === 'ready');
  const residue = posted.entries[0]?.lines.find(({ role }) => role === 'currencyAdjustment');
  assert.deepEqual(residue?.because.parts, [{ line: 'conversion', label: '', amount: '-0.01' }]);
});
