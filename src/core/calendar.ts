/** A civil day, `YYYY-MM-DD`, in the shop's time zone. */
export type Day = string & { readonly day: unique symbol };

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const MS_PER_DAY = 86_400_000;
const MS_PER_HOUR = 3_600_000;

/** The day a text names, or null when it names none (2026-02-30). */
export function parseDay(text: string): Day | null {
  if (!DAY.test(text)) return null;
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8));
  if (year < 1 || day < 1 || day > daysIn(year, month)) return null;
  return text as Day; // just checked
}

/** A day from text known to be one; throws when it is not. */
export function day(text: string): Day {
  const value = parseDay(text);
  if (value === null) throw new TypeError(`Not a day: ${text}`);
  return value;
}

/** Length of a month; January is 1. What is no month has no day. */
export function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && leap ? 29 : (MONTH_LENGTHS[month - 1] ?? 0);
}

/** The day so many days later; earlier when negative. */
export function addDays(start: Day, count: number): Day {
  return new Date(Date.parse(`${start}T00:00:00Z`) + count * MS_PER_DAY).toISOString().slice(0, 10) as Day; // a day plus whole days is a day
}

/** `DD/MM/YYYY`, as patterns and people in France and Belgium write it. */
export function dayMonthYear(value: Day): string {
  return `${value.slice(8)}/${value.slice(5, 7)}/${value.slice(0, 4)}`;
}

const zones = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = zones.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    zones.set(timeZone, clock);
  }
  return clock;
}

/** Whether the name is a time zone of the tz database (`Europe/Paris`). */
export function isTimeZone(name: string): boolean {
  try {
    clockOf(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * Offsets already asked of `Intl`, which is slow: a zone's clock only ever jumps on a quarter of an hour. Bounded, since
 * instants come from outside.
 */
const offsets = new Map<string, number>();
const QUARTER_MS = 900_000;
const MAX_OFFSETS = 50_000;

/** The civil day of an instant (milliseconds since 1970, UTC) in a zone: the only way from one to the other. */
export function dayIn(timeZone: string, instantMs: number): Day {
  return new Date(instantMs + offsetAt(timeZone, instantMs)).toISOString().slice(0, 10) as Day; // a date's ISO text starts with its day
}

function offsetAt(timeZone: string, instantMs: number): number {
  const quarter = Math.floor(instantMs / QUARTER_MS) * QUARTER_MS;
  const key = `${timeZone} ${quarter}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const offset = Date.parse(`${localTime(timeZone, quarter)}Z`) - quarter;
  if (offsets.size >= MAX_OFFSETS) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

/** `YYYY-MM-DDTHH:MM:SS`: what the clock on the wall of the zone shows at that instant. */
export function localTime(timeZone: string, instantMs: number): string {
  const parts: Record<string, string> = {};
  for (const { type, value } of clockOf(timeZone).formatToParts(instantMs)) parts[type] = value;
  const { year = '', month, day: date, hour, minute, second } = parts;
  return `${year.padStart(4, '0')}-${month}-${date}T${hour}:${minute}:${second}`;
}

/**
 * `YYYY-MM-DDTHH:MM:SS`: a time that the wall shows at that instant or before, and never an earlier one after it. In the hour
 * that exists twice in autumn the clock is about to go back, so it is an hour less.
 */
export function lowestLocalTime(timeZone: string, instantMs: number): string {
  const [now = 0, soon = 0] = [0, MS_PER_HOUR].map(
    (later) => Date.parse(`${localTime(timeZone, instantMs + later)}Z`) - instantMs - later,
  );
  return localTime(timeZone, soon < now ? instantMs - MS_PER_HOUR : instantMs);
}

/** The instant (ms, UTC) at which the zone's clock first shows that local time; times that exist twice mean the first. */
export function instantOf(timeZone: string, local: string): number {
  const wanted = Date.parse(`${local}Z`);
  const offsets = [-1, 1].map((side) => {
    const around = wanted + side * MS_PER_DAY;
    return Date.parse(`${localTime(timeZone, around)}Z`) - around;
  });
  const candidates = offsets.map((offset) => wanted - offset); // of a time that exists twice, the first comes first
  for (const candidate of candidates) {
    if (localTime(timeZone, candidate) === local.slice(0, 19)) return candidate;
  }
  return Math.max(...candidates); // a time skipped in spring: the instant after the jump
}
