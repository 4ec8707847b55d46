import { addDays, type Day, day } from '../core/calendar.ts';

/** The fiscal year that a day is in, where years start on the first of `month`. */
export function fiscalYearOf(within: Day, month: number): { readonly from: Day; readonly to: Day } {
  const start = (year: number) => day(`${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-01`);
  const year = Number(within.slice(0, 4));
  const first = within < start(year) ? year - 1 : year;
  return { from: start(first), to: addDays(start(first + 1), -1) };
}
