import { addDays, type Day, day, daysIn } from './calendar.ts';

/** Days of a period, both inclusive, in the shop's zone. */
export type Days = { readonly from: Day; readonly to: Day };

/** The twelve named periods, in the order people are offered them. */
export const PERIODS = [
  'since-last-import',
  'today',
  'yesterday',
  'this-week',
  'last-week',
  'this-month',
  'last-month',
  'this-quarter',
  'last-quarter',
  'this-year',
  'last-year',
  'custom',
] as const;

export type PeriodName = (typeof PERIODS)[number];

/** The period a text names, or null. */
export function parsePeriod(text: string): PeriodName | null {
  return PERIODS.find((name) => name === text) ?? null;
}

/**
 * The days a named period means on that day; weeks start on Monday. Null when the name alone does not say: *since the
 * last import* asks the store, *custom* the profile or the person.
 */
export function periodDays(name: PeriodName, today: Day): Days | null {
  const month = monthOf(today);
  const monday = addDays(today, -weekday(today));
  const quarter = month - (month % 3);
  const january = month - (month % 12);
  switch (name) {
    case 'since-last-import':
    case 'custom':
      return null;
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case 'this-week':
      return { from: monday, to: addDays(monday, 6) };
    case 'last-week':
      return { from: addDays(monday, -7), to: addDays(monday, -1) };
    case 'this-month':
      return months(month, 1);
    case 'last-month':
      return months(month - 1, 1);
    case 'this-quarter':
      return months(quarter, 3);
    case 'last-quarter':
      return months(quarter - 3, 3);
    case 'this-year':
      return months(january, 12);
    case 'last-year':
      return months(january - 12, 12);
  }
}

/** The month of a day, or the one that many months away, from its first day to its last. */
export function monthDays(anyDay: Day, away = 0): Days {
  return months(monthOf(anyDay) + away, 1);
}

/**
 * What a period is compared with, of the same length in the calendar. Whole months have the months before (October for November,
 * the third quarter for the fourth); other periods as many days before. `last`: the last day that has passed of the period; the
 * compared one ends at the same place, the 30th where there is no 31st.
 */
export function daysBefore({ from, to }: Days, last: Day): Days {
  const [first, end] = [monthOf(from), monthOf(to)];
  const whole = months(first, end - first + 1);
  if (whole.from === from && whole.to === to) {
    const away = -(end - first + 1);
    const before = months(first + away, -away);
    return last === to ? before : { from: before.from, to: monthsAway(last, away) };
  }
  const length = Math.round((Date.parse(last) - Date.parse(from)) / DAY_MS) + 1;
  return { from: addDays(from, -length), to: addDays(from, -1) };
}

/** The same days a year before; a month's last day stays one. */
export function yearBefore({ from, to }: Days, last: Day): Days {
  const isMonthsEnd = last === to && monthDays(to).to === to;
  return { from: monthsAway(from, -12), to: isMonthsEnd ? monthDays(to, -12).to : monthsAway(last, -12) };
}

const DAY_MS = 86_400_000;

/** The day of the same number so many months away, or the last that month has. */
function monthsAway(value: Day, away: number): Day {
  const month = monthOf(value) + away;
  const date = Number(value.slice(8));
  return dayOf(month, Math.min(date, daysIn(Math.floor(month / 12), (month % 12) + 1)));
}

/** 0 on Monday ... 6 on Sunday. */
export function weekday(value: Day): number {
  return (new Date(`${value}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** Months since January of the year 0. */
function monthOf(value: Day): number {
  return Number(value.slice(0, 4)) * 12 + Number(value.slice(5, 7)) - 1;
}

function months(first: number, count: number): Days {
  const last = first + count - 1;
  return { from: dayOf(first, 1), to: dayOf(last, daysIn(Math.floor(last / 12), (last % 12) + 1)) };
}

function dayOf(month: number, date: number): Day {
  const year = String(Math.floor(month / 12)).padStart(4, '0');
  return day(`${year}-${twoDigits((month % 12) + 1)}-${twoDigits(date)}`);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
