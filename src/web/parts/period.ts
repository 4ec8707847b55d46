import { type Day, day, parseDay } from '../../core/calendar.ts';
import { monthDays, weekday } from '../../core/periods.ts';

/**
 * A day as a person types it: `1/10`, `01.10.26`, `011026`, `01102026`, `2026-10-01`; day before month. Without a year,
 * the one that puts it last on or before today, since imports look back. Null when it names no day.
 */
export function typedDay(typed: string, today: Day): Day | null {
  const text = typed.trim();
  const iso = parseDay(text);
  if (iso) return iso;
  const parts =
    /^(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{4}|\d{2}))?$/.exec(text) ?? /^(\d{2})(\d{2})(\d{4}|\d{2})?$/.exec(text);
  if (!parts) return null;
  const [, date = '', month = '', year] = parts;
  const named = (of: string) => parseDay(`${of}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`);
  if (year !== undefined) return named(year.length === 2 ? `20${year}` : year);
  const thisYear = today.slice(0, 4);
  const inThisYear = named(thisYear);
  if (inThisYear !== null && inThisYear <= today) return inThisYear;
  return named(String(Number(thisYear) - 1)) ?? inThisYear;
}

/** The weeks of the month a day is in: seven cells from Monday, null outside the month. */
export function weeksOf(anyDay: Day): readonly (readonly (Day | null)[])[] {
  const { from, to } = monthDays(anyDay);
  const cells: (Day | null)[] = Array.from({ length: weekday(from) }, () => null);
  for (let date = 1; date <= Number(to.slice(8)); date += 1)
    cells.push(day(`${from.slice(0, 8)}${String(date).padStart(2, '0')}`));
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

/** The first of the month that many months away. */
export function monthAway(anyDay: Day, count: number): Day {
  return monthDays(anyDay, count).from;
}
