import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, day } from './calendar.ts';
import { gapAfter, numberOf, type Series, seriesWatch } from './series.ts';

/** `number day`, or `number day @sub-shop`. */
function watched(...seen: string[]): readonly Series[] {
  const watch = seriesWatch();
  for (const [place, text] of seen.entries()) {
    const [number = '', date = '', subShop] = text.split(' ');
    watch.see(number, day(`2026-${date}`.slice(-10)), { subShop: subShop?.slice(1) ?? null, name: String(place + 1) });
  }
  return watch.told();
}

function told(series: readonly Series[]): string {
  return series
    .map((one) => {
      const text = (counter: number, width = one.width) => numberOf(one, counter, width);
      const gap = (from: string, to: string, count: number) => (from === to ? from : `${from}..${to} (${count})`);
      return [
        `${one.name} ${text(one.low)}..${text(one.high)} ×${one.count}`,
        ...one.missing.map(
          ({ low, high, width }) => `missing ${gap(text(low, width), text(high, width), high - low + 1)}`,
        ),
        ...one.doubles.map(({ number, name }) => `twice ${number} by ${name}`),
        ...one.disorder.map((pair) => `${pair.number} ${pair.date.slice(5)} > ${pair.next} ${pair.nextDate.slice(5)}`),
      ].join(', ');
    })
    .join(' | ');
}

/** [numbers with their days, what is told] */
const cases: [string, string[], string][] = [
  ['an unbroken series', ['FA000009 09-01', 'FA000010 09-01', 'FA000011 09-02'], 'FA# FA000009..FA000011 ×3'],
  ['one missing', ['FA9 09-01', 'FA11 09-02'], 'FA# FA9..FA11 ×2, missing FA10'],
  [
    'several in a row, zeros kept',
    ['FA000009 09-01', 'FA000013 09-02'],
    'FA# FA000009..FA000013 ×2, missing FA000010..FA000012 (3)',
  ],
  ['in another order of reading', ['FA3 09-03', 'FA1 09-01', 'FA2 09-02', 'FA5 09-05'], 'FA# FA1..FA5 ×4, missing FA4'],
  ['given twice', ['FA1 09-01', 'FA2 09-01', 'FA1 09-01'], 'FA# FA1..FA2 ×3, twice FA1 by 3'],
  [
    'the number follows, the date does not',
    ['FA1 09-05', 'FA2 09-03', 'FA3 09-06'],
    'FA# FA1..FA3 ×3, FA1 09-05 > FA2 09-03',
  ],
  ['disorder across a gap', ['FA1 09-05', 'FA3 09-03'], 'FA# FA1..FA3 ×2, missing FA2, FA1 09-05 > FA3 09-03'],
  [
    'disorder seen when a gap is filled',
    ['FA1 09-01', 'FA3 09-02', 'FA2 09-04'],
    'FA# FA1..FA3 ×3, FA2 09-04 > FA3 09-02',
  ],
  [
    'two series',
    ['FA1 09-01', 'WEB7 09-01', 'FA2 09-01', 'WEB9 09-02'],
    'FA# FA1..FA2 ×2 | WEB# WEB7..WEB9 ×2, missing WEB8',
  ],
  ['a suffix', ['12-B 09-01', '14-B 09-01'], '#-B 12-B..14-B ×2, missing 13-B'],
  [
    'a year before the counter',
    ['FA-2026-01 09-01', 'FA-2026-03 09-01'],
    'FA-2026-# FA-2026-01..FA-2026-03 ×2, missing FA-2026-02',
  ],
  ['a year after the counter', ['01/2026 09-01', '03/2026 09-01'], '#/2026 01/2026..03/2026 ×2, missing 02/2026'],
  ['a short year', ['F26-1 09-01', 'F26-3 09-01'], 'F26-# F26-1..F26-3 ×2, missing F26-2'],
  ['a counter that reaches the year is a counter', ['2025 09-01', '2026 09-01', '2027 09-01'], '# 2025..2027 ×3'],
  [
    'the year in the number changes',
    ['FA-2025-99 2025-12-31', 'FA-2026-01 2026-01-01'],
    'FA-2025-# FA-2025-99..FA-2025-99 ×1 | FA-2026-# FA-2026-01..FA-2026-01 ×1',
  ],
  [
    'a counter that begins again each year',
    ['FA98 2025-12-30', 'FA99 2025-12-31', 'FA1 2026-01-01', 'FA2 2026-01-02'],
    'FA# FA98..FA99 ×2 | FA# (2026) FA1..FA2 ×2',
  ],
  [
    'a counter that goes on over the year',
    ['FA98 2025-12-30', 'FA99 2026-01-01', 'FA101 2026-01-02'],
    'FA# FA98..FA101 ×3, missing FA100',
  ],
  [
    'each sub-shop counts for itself',
    ['FA1 09-01 @1', 'FA1 09-01 @2', 'FA3 09-01 @1'],
    '1: FA# FA1..FA3 ×2, missing FA2 | 2: FA# FA1..FA1 ×1',
  ],
  [
    'years read one after another, the later first',
    ['FA100 2026-01-02', 'FA98 2025-12-30', 'FA99 2025-12-31'],
    'FA# FA98..FA100 ×3',
  ],
  [
    'a counter that reaches the short year beside the whole one',
    ['25/2026 09-01', '26/2026 09-01', '27/2026 09-02', '29/2026 09-02'],
    '#/2026 25/2026..29/2026 ×4, missing 28/2026',
  ],
  [
    'a counter that reaches the short year after it',
    ['F26-25 09-01', 'F26-26 09-01', 'F26-28 09-02'],
    'F26-# F26-25..F26-28 ×3, missing F26-27',
  ],
  ['what has no counter is no series', ['BROUILLON 09-01', '1234567890123 09-01'], ''],
  ['twelve digits are a counter', ['123456789012 09-01'], '# 123456789012..123456789012 ×1'],
];

for (const [title, seen, expected] of cases) {
  test(`D-10 R-18 series: ${title}`, () => {
    assert.equal(told(watched(...seen)), expected);
  });
}

test('D-10 whatever the order of reading, exactly the numbers left out are missing', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { minLength: 2, maxLength: 120 }), (numbers) => {
      const watch = seriesWatch();
      for (const number of numbers)
        watch.see(`F${number}`, addDays(day('2026-01-01'), number), { subShop: null, name: '' });
      const [series] = watch.told();
      const missing = new Set(
        series?.missing.flatMap(({ low, high }) => Array.from({ length: high - low + 1 }, (_, at) => low + at)),
      );
      const all = Array.from(
        { length: Math.max(...numbers) - Math.min(...numbers) + 1 },
        (_, at) => Math.min(...numbers) + at,
      );
      assert.deepEqual(
        [...missing].sort((a, b) => a - b),
        all.filter((number) => !numbers.includes(number)),
      );
      assert.equal(series?.missingCount, missing.size);
      assert.deepEqual([series?.doubles, series?.disorder], [[], []]);
    }),
  );
});

test('D-10 numbers in a row are one range, however many', () => {
  const watch = seriesWatch();
  for (let number = 1; number <= 10_000; number += 1)
    watch.see(`F${number}`, day('2026-09-01'), { subShop: null, name: '' });
  assert.equal(told(watch.told()), 'F# F1..F10000 ×10000');
});

test('D-10 a series goes on from where the period before ended, or what is between is missing', () => {
  const around = ['FA', '-B'] as const;
  assert.equal(gapAfter('FA9-B', { low: 10, around }), null);
  assert.equal(gapAfter('FA9-B', { low: 1, around }), null, 'it began again');
  assert.deepEqual(gapAfter('FA009-B', { low: 13, around }), { low: 10, high: 12, width: 3 });
});

test('D-10 a hundred findings of a kind are told, and that there are more', () => {
  const seen = (count: number, number: (at: number) => string, date: (at: number) => string) => {
    const [series] = watched(...Array.from({ length: count }, (_, at) => `${number(at)} ${date(at)}`));
    return series ?? assert.fail('no series');
  };
  const doubled = (count: number) =>
    seen(
      count,
      () => 'FA1',
      () => '09-01',
    );
  const gaps = (count: number) =>
    seen(
      count,
      (at) => `FA${2 * at}`,
      () => '09-01',
    );
  const turned = (count: number) =>
    seen(
      count,
      (at) => `FA${at}`,
      (at) => (at % 2 === 0 ? '09-02' : '09-01'),
    );
  const { length } = { length: 100 };
  assert.deepEqual([doubled(101).doubles.length, doubled(101).partial], [length, false]);
  assert.deepEqual([doubled(102).doubles.length, doubled(102).partial], [length, true]);
  assert.deepEqual([gaps(101).missing.length, gaps(101).partial], [length, false]);
  assert.deepEqual([gaps(102).missing.length, gaps(102).partial, gaps(102).missingCount], [length, true, 101]);
  assert.deepEqual([turned(200).disorder.length, turned(200).partial], [length, false]);
  assert.deepEqual([turned(202).disorder.length, turned(202).partial], [length, true]);
});

test('D-10 twenty thousand gaps are followed, and a thousand series; that there are more is told, and nothing stops', () => {
  const gaps = (count: number) => {
    const watch = seriesWatch();
    for (let at = 0; at < count; at += 1) watch.see(`F${2 * at}`, day('2026-09-01'), { subShop: null, name: '' });
    return watch.told().map(({ missingCount, count: seen, low, high }) => [missingCount, seen, low, high]);
  };
  assert.deepEqual(gaps(20_000), [[19_999, 20_000, 0, 39_998]]);
  assert.deepEqual(gaps(20_001), [[19_999, 20_001, 0, 39_998]]);
  const names = Array.from({ length: 1_001 }, (_, at) => String.fromCharCode(0x4e00 + at));
  const many = watched(...names.map((name) => `${name}7 09-01`), `${names[0]}8 09-01`);
  assert.deepEqual([many.length, many.at(-1)?.name, many[0]?.count], [1_000, `${names[999]}#`, 2]);
});

test('D-10 what is too much to be told is said to be more, in each kind of finding', () => {
  /** Numbers of two years in a row: the later year is joined to the earlier. */
  const series = (numbers: readonly [number, string][]) => {
    const watch = seriesWatch();
    for (const [number, date] of numbers) watch.see(`F${number}`, day(date), { subShop: null, name: `${number}` });
    const [one = assert.fail('no series')] = watch.told();
    return [one.missing.length, one.doubles.length, one.disorder.length, one.partial];
  };
  const range = (count: number) => Array.from({ length: count }, (_, at) => at);
  /** Every second number is missing, and each is dated before the one below it. */
  const falling = (count: number): [number, string][] =>
    range(count).map((at) => [
      2 * at,
      `2026-${String(12 - Math.floor(at / 28)).padStart(2, '0')}-${String(28 - (at % 28)).padStart(2, '0')}`,
    ]);
  assert.deepEqual(series(falling(101)), [100, 0, 100, false]);
  assert.deepEqual(series(falling(102)), [100, 0, 100, true]);
  const twice = (count: number): [number, string][] => range(count).map(() => [1, '2026-09-01']);
  assert.deepEqual(series(twice(101)), [0, 100, 0, false]);
  assert.deepEqual(series(twice(102)), [0, 100, 0, true]);
  const turned = (count: number): [number, string][] => range(count).map((at) => [at, `2026-09-0${2 - (at % 2)}`]);
  assert.deepEqual(series(turned(200)), [0, 0, 100, false]);
  assert.deepEqual(series(turned(202)), [0, 0, 100, true]);
  const years: [number, string][] = [...twice(102), [2, '2027-01-01']];
  assert.deepEqual(series(years), [0, 100, 0, true], 'of a year that another goes on');
});

/** [numbers with their days, what is told]: dates and years at their limits */
const limits: [string, string[], string][] = [
  ['a year ends with one number and goes on with the next', ['FA1 2025-12-31', 'FA2 2026-01-01'], 'FA# FA1..FA2 ×2'],
  [
    'the same number in two years is two series',
    ['FA7 2025-12-31', 'FA7 2026-01-01'],
    'FA# FA7..FA7 ×1 | FA# (2026) FA7..FA7 ×1',
  ],
  [
    'three years, of which the last begins again',
    ['FA8 2024-12-31', 'FA9 2025-01-01', 'FA1 2026-01-01'],
    'FA# FA8..FA9 ×2 | FA# (2026) FA1..FA1 ×1',
  ],
  ['twice the last number of a row', ['FA1 09-01', 'FA2 09-01', 'FA2 09-01'], 'FA# FA1..FA2 ×3, twice FA2 by 3'],
  ['a gap is filled on the day of what follows', ['FA1 09-01', 'FA3 09-02', 'FA2 09-02'], 'FA# FA1..FA3 ×3'],
  ['a number that is only the year', ['2026 09-01'], '# 2026..2026 ×1'],
  ['the year twice', ['2026/2026 09-01'], '2026/# 2026/2026..2026/2026 ×1'],
  ['the year thrice', ['2026/2026/2026 09-01'], '2026/2026/# 2026/2026/2026..2026/2026/2026 ×1'],
  ['a short year after the counter', ['1/26 09-01', '3/26 09-01'], '#/26 1/26..3/26 ×2, missing 2/26'],
  ['the year and its end', ['2026-26 09-01'], '2026-# 2026-26..2026-26 ×1'],
  ['the end of the year, then the counter', ['26/7 09-01', '26/8 09-01'], '26/# 26/7..26/8 ×2'],
  ['digits that only begin like the year', ['202-5 09-01', '202-6 09-01'], '202-# 202-5..202-6 ×2'],
  [
    'a filled gap between two rows leaves the rows around alone',
    ['FA1 09-01', 'FA3 09-01', 'FA5 09-01', 'FA2 09-01'],
    'FA# FA1..FA5 ×4, missing FA4',
  ],
];

for (const [title, seen, expected] of limits) {
  test(`D-10 R-18 series: ${title}`, () => {
    assert.equal(told(watched(...seen)), expected);
  });
}
