import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from './calendar.ts';
import {
  type Days,
  daysBefore,
  monthDays,
  PERIODS,
  type PeriodName,
  parsePeriod,
  periodDays,
  yearBefore,
} from './periods.ts';

/** [today, period, its days] */
const cases: [string, PeriodName, string][] = [
  ['2026-11-24', 'today', '2026-11-24..2026-11-24'],
  ['2026-03-01', 'yesterday', '2026-02-28..2026-02-28'],
  ['2024-03-01', 'yesterday', '2024-02-29..2024-02-29'],
  ['2026-01-01', 'yesterday', '2025-12-31..2025-12-31'],
  ['2026-11-24', 'this-week', '2026-11-23..2026-11-29'], // a Tuesday
  ['2026-11-23', 'this-week', '2026-11-23..2026-11-29'], // a Monday starts its week
  ['2026-11-29', 'this-week', '2026-11-23..2026-11-29'], // a Sunday ends it
  ['2026-01-02', 'last-week', '2025-12-22..2025-12-28'],
  ['2026-11-24', 'this-month', '2026-11-01..2026-11-30'],
  ['2024-02-10', 'this-month', '2024-02-01..2024-02-29'],
  ['2032-02-10', 'this-month', '2032-02-01..2032-02-29'],
  ['2026-03-31', 'last-month', '2026-02-01..2026-02-28'],
  ['2026-01-15', 'last-month', '2025-12-01..2025-12-31'],
  ['2026-11-24', 'this-quarter', '2026-10-01..2026-12-31'],
  ['2026-04-01', 'this-quarter', '2026-04-01..2026-06-30'],
  ['2026-11-24', 'last-quarter', '2026-07-01..2026-09-30'],
  ['2026-02-28', 'last-quarter', '2025-10-01..2025-12-31'],
  ['2026-11-24', 'this-year', '2026-01-01..2026-12-31'],
  ['2026-01-01', 'last-year', '2025-01-01..2025-12-31'],
  ['2027-01-05', 'last-month', '2026-12-01..2026-12-31'],
  ['2026-11-24', 'since-last-import', 'none'],
  ['2026-11-24', 'custom', 'none'],
];

for (const [today, name, expected] of cases) {
  test(`S-037 S-233 ${name} on ${today} is ${expected}`, () => {
    const days = periodDays(name, day(today));
    assert.equal(days === null ? 'none' : `${days.from}..${days.to}`, expected);
  });
}

test('every period is in the table above', () => {
  assert.deepEqual(new Set(cases.map(([, name]) => name)), new Set(PERIODS));
});

test('a text is one of the names or none', () => {
  assert.deepEqual(['last-month', 'next-month', ''].map(parsePeriod), ['last-month', null, null]);
});

test('months away, across years', () => {
  assert.deepEqual(monthDays(day('2026-01-31'), -1), { from: '2025-12-01', to: '2025-12-31' });
  assert.deepEqual(monthDays(day('2024-02-10')), { from: '2024-02-01', to: '2024-02-29' });
});

/** [from, to, last day that has passed, compared with, a year before] */
const COMPARED: readonly [string, string, string, string, string][] = [
  ['2026-11-01', '2026-11-30', '2026-11-30', '2026-10-01 2026-10-31', '2025-11-01 2025-11-30'],
  ['2026-11-01', '2026-11-30', '2026-11-24', '2026-10-01 2026-10-24', '2025-11-01 2025-11-24'],
  ['2026-03-01', '2026-03-31', '2026-03-30', '2026-02-01 2026-02-28', '2025-03-01 2025-03-30'],
  ['2026-10-01', '2026-12-31', '2026-11-24', '2026-07-01 2026-08-24', '2025-10-01 2025-11-24'],
  ['2026-01-01', '2026-12-31', '2026-12-31', '2025-01-01 2025-12-31', '2025-01-01 2025-12-31'],
  ['2028-02-01', '2028-02-29', '2028-02-29', '2028-01-01 2028-01-31', '2027-02-01 2027-02-28'],
  ['2025-02-01', '2025-02-28', '2025-02-28', '2025-01-01 2025-01-31', '2024-02-01 2024-02-29'],
  ['2026-11-05', '2026-11-11', '2026-11-11', '2026-10-29 2026-11-04', '2025-11-05 2025-11-11'],
];

for (const [from, to, last, before, ago] of COMPARED) {
  test(`${from} to ${to}, of which ${last} has passed, is compared with the calendar's own period before`, () => {
    const told = ({ from: first, to: end }: Days) => `${first} ${end}`;
    assert.equal(told(daysBefore({ from: day(from), to: day(to) }, day(last))), before);
    assert.equal(told(yearBefore({ from: day(from), to: day(to) }, day(last))), ago);
  });
}

test('a part of a month is compared with as many days before it, a month up to a day with the same days, as the month before has', () => {
  const before = (from: string, to: string, last: string) => {
    const days = daysBefore({ from: day(from), to: day(to) }, day(last));
    return `${days.from}..${days.to}`;
  };
  assert.equal(before('2026-10-01', '2026-10-15', '2026-10-15'), '2026-09-16..2026-09-30');
  assert.equal(before('2032-03-01', '2032-03-31', '2032-03-30'), '2032-02-01..2032-02-29');
});
