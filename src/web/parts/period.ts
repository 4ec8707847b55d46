import { addDays, type Day, day, daysIn, parseDay } from '../../core/calendar.ts';

export type Days = { readonly from: Day; readonly to: Day };

/** The twelve periods, in the order of the dialog. */
export const PRESETS = [
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

export type Preset = (typeof PRESETS)[number];

export function isPreset(text: string): text is Preset {
  return (PRESETS as readonly string[]).includes(text);
}

/** The days a preset means; null where the person, or the state of the imports, says them. Weeks start on Monday. */
export function presetDays(preset: Preset, today: Day): Days | null {
  const month = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1; // months since year 0
  const monday = addDays(today, -weekday(today));
  const quarter = month - (month % 3);
  const january = month - (month % 12);
  switch (preset) {
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
  const stem = anyDay.slice(0, 8);
  const length = daysIn(Number(anyDay.slice(0, 4)), Number(anyDay.slice(5, 7)));
  const cells: (Day | null)[] = Array.from({ length: weekday(day(`${stem}01`)) }, () => null);
  for (let date = 1; date <= length; date += 1) cells.push(day(`${stem}${String(date).padStart(2, '0')}`));
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

/** The first of the month that many months away. */
export function monthAway(anyDay: Day, count: number): Day {
  return months(Number(anyDay.slice(0, 4)) * 12 + Number(anyDay.slice(5, 7)) - 1 + count, 1).from;
}

function months(first: number, count: number): Days {
  const last = first + count - 1;
  return { from: dateOf(first, 1), to: dateOf(last, daysIn(Math.floor(last / 12), (last % 12) + 1)) };
}

function dateOf(month: number, date: number): Day {
  const two = (value: number) => String(value).padStart(2, '0');
  return day(`${String(Math.floor(month / 12)).padStart(4, '0')}-${two((month % 12) + 1)}-${two(date)}`);
}

/** 0 on Monday ... 6 on Sunday. */
function weekday(value: Day): number {
  return (new Date(`${value}T00:00:00Z`).getUTCDay() + 6) % 7;
}
