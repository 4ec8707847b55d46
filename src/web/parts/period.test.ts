import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from '../../core/calendar.ts';
import { monthAway, PRESETS, type Preset, presetDays, typedDay, weeksOf } from './period.ts';

const today = day('2026-11-24'); // a Tuesday

test('S-037 a preset fills both dates', () => {
  const expected: Record<Preset, string | null> = {
    'since-last-import': null,
    today: '2026-11-24 2026-11-24',
    yesterday: '2026-11-23 2026-11-23',
    'this-week': '2026-11-23 2026-11-29',
    'last-week': '2026-11-16 2026-11-22',
    'this-month': '2026-11-01 2026-11-30',
    'last-month': '2026-10-01 2026-10-31',
    'this-quarter': '2026-10-01 2026-12-31',
    'last-quarter': '2026-07-01 2026-09-30',
    'this-year': '2026-01-01 2026-12-31',
    'last-year': '2025-01-01 2025-12-31',
    custom: null,
  };
  for (const preset of PRESETS) {
    const days = presetDays(preset, today);
    assert.equal(days && `${days.from} ${days.to}`, expected[preset], preset);
  }
});

test('presets cross the year backwards', () => {
  assert.deepEqual(presetDays('last-month', day('2027-01-05')), { from: '2026-12-01', to: '2026-12-31' });
  assert.deepEqual(presetDays('last-quarter', day('2027-02-01')), { from: '2026-10-01', to: '2026-12-31' });
});

test('typed days: day before month, the last such day when the year is left out', () => {
  const cases: [string, string | null][] = [
    ['1/10', '2026-10-01'],
    ['25/11', '2025-11-25'],
    ['24/11', '2026-11-24'],
    ['011026', '2026-10-01'],
    ['01102026', '2026-10-01'],
    ['0110', '2026-10-01'],
    ['2026-10-01', '2026-10-01'],
    ['1.10.26', '2026-10-01'],
    ['31/02/2026', null],
    ['32/10', null],
    ['hier', null],
    ['', null],
  ];
  for (const [typed, expected] of cases) assert.equal(typedDay(typed, today), expected, typed);
});

test('the calendar starts on Monday and holds each day of the month once', () => {
  const weeks = weeksOf(day('2026-10-15'));
  assert.equal(weeks.length, 5);
  assert.deepEqual(weeks[0], [null, null, null, '2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04']);
  assert.equal(weeks.flat().filter(Boolean).length, 31);
  assert.equal(monthAway(day('2026-01-31'), -1), '2025-12-01');
});
