import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { day } from '../core/calendar.ts';
import { type DatePattern, datesOf } from './dates.ts';

describe('dates', () => {
  /** [pattern, day, text; null: it has no place] */
  const cases: [DatePattern, string, string | null][] = [
    ['JJMMAA', '2018-11-26', '261118'],
    ['JJMMAA', '1950-01-01', '010150'],
    ['JJMMAA', '2049-12-31', '311249'],
    ['JJMMAA', '1949-12-31', null],
    ['JJMMAA', '2050-01-01', null],
    ['JJMMAAAA', '2050-01-01', '01012050'],
    ['AAAAMMJJ', '2028-02-29', '20280229'],
    ['JJ/MM/AA', '2018-11-26', '26/11/18'],
    ['JJ/MM/AAAA', '2018-11-26', '26/11/2018'],
    ['MM/JJ/AAAA', '2018-11-26', '11/26/2018'],
    ['JJ.MM.AAAA', '2018-11-26', '26.11.2018'],
    ['AAAA-MM-JJ', '2018-11-26', '2018-11-26'],
  ];
  for (const [pattern, value, text] of cases) {
    test(`${value} as ${pattern}: ${text}`, () => {
      const dates = datesOf(pattern);
      assert.equal(dates.write(day(value)), text);
      if (text !== null) assert.equal(dates.parse(text), value);
    });
  }

  for (const [pattern, text] of [
    ['JJMMAA', '290219'],
    ['JJMMAA', '26111'],
    ['JJMMAA', '2611180'],
    ['JJ/MM/AAAA', '26.11.2018'],
    ['AAAAMMJJ', '2018 1 6'],
    ['JJMMAA', ''],
  ] as const) {
    test(`${JSON.stringify(text)} is no ${pattern}`, () => assert.equal(datesOf(pattern).parse(text), null));
  }
});
