import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chartOf, sharesOf } from './chart.ts';

const NOVEMBER = { from: '2026-11-01', to: '2026-11-30' };

test('a month has a bar for each day, whole months beyond two', () => {
  const chart = chartOf([{ day: '2026-11-03', net: '12.34', entries: 2 }], NOVEMBER);
  assert.equal(chart.bars.length, 30);
  assert.deepEqual(chart.bars[2], {
    ...{ from: '2026-11-03', to: '2026-11-03', label: '' },
    ...{ net: '12.34', entries: 2, height: 1000 },
  });
  assert.equal(chart.largest, chart.bars[2]);
  assert.deepEqual(
    chart.bars.filter(({ label }) => label).map(({ label }) => label),
    ['01', '08', '15', '22', '29'],
  );
  const year = chartOf(
    [
      { day: '2026-02-03', net: '0.10', entries: 1 },
      { day: '2026-02-28', net: '0.20', entries: 1 },
    ],
    { from: '2026-01-15', to: '2026-12-31' },
  );
  assert.equal(year.bars.length, 12);
  assert.deepEqual([year.bars[0]?.from, year.bars[0]?.to], ['2026-01-15', '2026-01-31']);
  assert.deepEqual([year.bars[1]?.net, year.bars[1]?.label], ['0.30', '02/26']);
});

test('days that gave more back than they sold hang below the line, and small ones are seen', () => {
  const { bars, above } = chartOf(
    [
      { day: '2026-11-01', net: '300.00', entries: 1 },
      { day: '2026-11-02', net: '-100.00', entries: 1 },
      { day: '2026-11-03', net: '0.01', entries: 1 },
    ],
    { from: '2026-11-01', to: '2026-11-04' },
  );
  assert.equal(above, 750);
  assert.deepEqual(
    bars.map(({ height }) => height),
    [750, -250, 4, 0],
  );
});

test('nothing sold draws nothing', () => {
  const { bars, largest } = chartOf([], NOVEMBER);
  assert.deepEqual([bars.every(({ height }) => height === 0), largest], [true, null]);
});

test('bars beside each other are as long as their part of the largest', () => {
  assert.deepEqual(sharesOf(['24512.30', '12256.15', '0.01', '0.00', '-5.00']), [1000, 500, 4, 0, 0]);
});
