import { addDays, type Day, day, daysIn } from '../core/calendar.ts';
import type { Profile } from './profile.ts';

/** Days of a period, both inclusive, in the shop's zone. */
export type Days = { readonly from: Day; readonly to: Day };

export type PeriodName = Profile['import']['defaultPeriod'];

/**
 * The days a named period means on that day; weeks start on Monday. Null when the name alone does not say: *since the
 * last import* asks the store, *custom* the profile or the person.
 */
export function periodDays(name: PeriodName, today: Day): Days | null {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7));
  const monday = addDays(today, -weekday(today));
  const quarter = month - ((month - 1) % 3);
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
      return months(year, month, 1);
    case 'last-month':
      return months(year, month - 1, 1);
    case 'this-quarter':
      return months(year, quarter, 3);
    case 'last-quarter':
      return months(year, quarter - 3, 3);
    case 'this-year':
      return months(year, 1, 12);
    case 'last-year':
      return months(year - 1, 1, 12);
  }
}

/** The days the profile opens on; null for *since the last import* and for a custom period without days. */
export function defaultDays(profile: Profile, today: Day): Days | null {
  const { defaultPeriod } = profile.import;
  return defaultPeriod === 'custom' ? customDays(profile) : periodDays(defaultPeriod, today);
}

/** The profile's own days, when it has both. */
export function customDays({ import: { from, to } }: Profile): Days | null {
  return from === null || to === null ? null : { from: day(from), to: day(to) };
}

/** `count` months from the given one; a month before January belongs to the year before. */
function months(year: number, month: number, count: number): Days {
  const first = year * 12 + month - 1;
  const last = first + count - 1;
  return { from: dayOf(first, 1), to: dayOf(last, daysIn(Math.floor(last / 12), (last % 12) + 1)) };
}

function dayOf(monthsSinceZero: number, date: number): Day {
  const year = String(Math.floor(monthsSinceZero / 12)).padStart(4, '0');
  const month = String((monthsSinceZero % 12) + 1).padStart(2, '0');
  return day(`${year}-${month}-${String(date).padStart(2, '0')}`);
}

/** 0 on Monday ... 6 on Sunday. */
function weekday(value: Day): number {
  return (new Date(`${value}T00:00:00Z`).getUTCDay() + 6) % 7;
}
