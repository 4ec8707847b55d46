import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from '../../core/calendar.ts';
import { monthAway, typedDay, weeksOf } from './period.ts';

const today = day('2026-11-24'); // a Tuesday

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
