import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addDays,
  day,
  dayIn,
  dayMonthYear,
  instantOf,
  isTimeZone,
  localTime,
  lowestLocalTime,
  parseDay,
} from './calendar.ts';

test('a day exists or is refused', () => {
  const cases: [string, boolean][] = [
    ['2024-02-29', true],
    ['2026-02-29', false],
    ['2000-02-29', true],
    ['1900-02-29', false],
    ['2026-13-01', false],
    ['2026-00-10', false],
    ['2026-04-31', false],
    ['2026-4-1', false],
    ['26-04-01', false],
    ['0000-01-01', false],
    ['2026-12-31', true],
    ['0001-01-01', true],
    ['2026-04-01T00:00', false],
    ['2026-04-01 ', false],
  ];
  for (const [text, exists] of cases) assert.equal(parseDay(text) !== null, exists, text);
});

test('each month has its own last day', () => {
  const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  for (const [at, length] of lengths.entries()) {
    const month = `2026-${String(at + 1).padStart(2, '0')}`;
    assert.ok(parseDay(`${month}-${length}`) !== null, month);
    assert.equal(parseDay(`${month}-${length + 1}`), null, month);
  }
});

test('days are counted across months, years and leap days', () => {
  const cases: [string, number, string][] = [
    ['2026-12-31', 1, '2027-01-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-03-01', -1, '2026-02-28'],
    ['2026-10-24', 2, '2026-10-26'],
  ];
  for (const [start, count, expected] of cases) assert.equal(addDays(day(start), count), expected);
  assert.equal(dayMonthYear(day('2019-01-20')), '20/01/2019');
});

test('an instant is the civil day of the shop’s zone, on the last minute of a month too', () => {
  const cases: [string, string, string][] = [
    ['Europe/Paris', '2026-10-31T23:30:00Z', '2026-11-01'],
    ['Europe/Paris', '2026-12-31T22:59:59Z', '2026-12-31'],
    ['Europe/Paris', '2026-12-31T23:00:00Z', '2027-01-01'],
    ['America/Toronto', '2026-11-01T03:59:00Z', '2026-10-31'],
    ['Pacific/Kiritimati', '2026-12-31T10:00:00Z', '2027-01-01'],
  ];
  for (const [zone, instant, expected] of cases) assert.equal(dayIn(zone, Date.parse(instant)), expected, instant);
  assert.ok(isTimeZone('Europe/Paris') && !isTimeZone('Europe/Nowhere'));
});

test('a local time that exists twice is the first, one that never was is just after the jump', () => {
  const at = (zone: string, local: string) => new Date(instantOf(zone, local)).toISOString();
  assert.equal(at('Europe/Paris', '2026-10-25T02:30:00'), '2026-10-25T00:30:00.000Z');
  assert.equal(at('Europe/Paris', '2026-03-29T02:30:00'), '2026-03-29T01:30:00.000Z');
  assert.equal(at('Europe/Paris', '2026-07-01T12:00:00'), '2026-07-01T10:00:00.000Z');
  assert.equal(localTime('Europe/Paris', Date.parse('2026-03-29T01:00:00Z')), '2026-03-29T03:00:00');
});

test('T-02 nothing later reads below it, in the night the clock goes back too, and it is an hour less at most', () => {
  const first = Date.parse('2026-10-24T22:00:00Z');
  for (let since = first; since < first + 6 * 3_600_000; since += 600_000) {
    const lowest = lowestLocalTime('Europe/Paris', since);
    for (let later = since; later < since + 3 * 3_600_000; later += 600_000)
      assert.ok(localTime('Europe/Paris', later) >= lowest, `${new Date(later).toISOString()} after ${lowest}`);
    assert.ok(lowest >= localTime('Europe/Paris', since - 3_600_000));
  }
  assert.equal(lowestLocalTime('Europe/Paris', Date.parse('2026-10-25T00:50:00Z')), '2026-10-25T01:50:00');
  assert.equal(lowestLocalTime('Europe/Paris', Date.parse('2026-07-01T00:50:00Z')), '2026-07-01T02:50:00');
});
