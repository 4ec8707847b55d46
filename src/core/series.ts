import type { Day } from './calendar.ts';

/**
 * Series of invoice or credit-note numbers: which are missing, given twice, or out of the order of their dates (CGI ann.
 * II 242 nonies A: unique, chronological, unbroken). A number is text around a counter: `FA-2026/000731-B` counts in
 * `FA-2026/#-B`. A group of digits that spells the year of the document is not the counter while there is another. Each
 * sub-shop may count for itself. A counter that starts again with the year is a series a year.
 *
 * Numbers are kept as ranges, so that a million in a row are one; ranges and findings have limits, and say when they are met.
 */
export type SeriesWatch = {
  readonly see: (number: string, date: Day, of: { readonly subShop: string | null; readonly name: string }) => void;
  readonly told: () => readonly Series[];
};

/** One series, and what is wrong with it. */
export type Series = {
  /** `FA-2026/#-B`; of a sub-shop: `2: FA#`. */
  readonly name: string;
  /** The text around the counter. */
  readonly around: readonly [string, string];
  readonly low: number;
  readonly high: number;
  readonly width: number;
  readonly count: number;
  readonly missing: readonly Gap[];
  /** How many numbers are missing in all. */
  readonly missingCount: number;
  readonly doubles: readonly { readonly number: string; readonly name: string }[];
  readonly disorder: readonly Disorder[];
  /** Something was too much to be followed: what is told is true, and not all. */
  readonly partial: boolean;
};

/** Counters missing in a row, both included, written in `width` digits. */
export type Gap = { readonly low: number; readonly high: number; readonly width: number };
/** A number dated after the next one. */
export type Disorder = { readonly number: string; readonly date: Day; readonly next: string; readonly nextDate: Day };

const MAX_SERIES = 1000;
const MAX_RANGES = 20_000;
const MAX_TOLD = 100;
/** Digits of a counter; longer ones are no counters but random or bank numbers. */
const MAX_DIGITS = 12;

type Range = { from: number; to: number; width: number; firstDate: Day; lastDate: Day };
type Found = { readonly name: string; readonly around: Series['around'] } & Counted;
type Counted = {
  readonly ranges: Range[];
  readonly doubles: { number: string; name: string }[];
  readonly disorder: Disorder[];
  count: number;
  partial: boolean;
};

export function seriesWatch(): SeriesWatch {
  /** By name, then by year. */
  const series = new Map<string, Map<string, Found>>();
  return { see, told };

  function see(number: string, date: Day, { subShop, name }: { subShop: string | null; name: string }): void {
    const parsed = parse(number, date);
    if (parsed === null) return;
    const key = subShop === null ? parsed.name : `${subShop}: ${parsed.name}`;
    const years = series.get(key) ?? new Map<string, Found>();
    if (!series.has(key)) {
      if (series.size >= MAX_SERIES) return;
      series.set(key, years);
    }
    const year = date.slice(0, 4);
    const found = years.get(year) ?? { name: key, around: parsed.around, ...emptyCount() };
    years.set(year, found);
    add(found, parsed, date, { number, name });
  }

  function told(): readonly Series[] {
    return [...series.values()].flatMap((years) => {
      const sorted = [...years].sort(([a], [b]) => (a < b ? -1 : 1));
      return joined(sorted).map(seriesOf);
    });
  }
}

type Parsed = {
  readonly name: string;
  readonly around: Series['around'];
  readonly counter: number;
  readonly width: number;
};

/** The counter is the last group of digits that does not spell the year, else that spells only its end, else the last of all. */
function parse(number: string, date: Day): Parsed | null {
  const groups = [...number.matchAll(/\d+/g)];
  const isYear = (digits: string) => digits === date.slice(0, 4) || digits === date.slice(2, 4);
  const alone = groups.length === 1;
  const group =
    groups.findLast(([digits]) => alone || !isYear(digits)) ??
    groups.findLast(([digits]) => digits !== date.slice(0, 4)) ??
    groups.at(-1);
  if (group === undefined || group[0].length > MAX_DIGITS) return null;
  const [digits] = group;
  const before = number.slice(0, group.index);
  const after = number.slice(group.index + digits.length);
  return { name: `${before}#${after}`, around: [before, after], counter: Number(digits), width: digits.length };
}

function add(found: Found, { counter, width }: Parsed, date: Day, of: { number: string; name: string }): void {
  const { ranges } = found;
  found.count += 1;
  const at = placeOf(ranges, counter);
  const before = ranges[at - 1];
  const after = ranges[at];
  if (before !== undefined && counter <= before.to) {
    if (found.doubles.length < MAX_TOLD) found.doubles.push(of);
    else found.partial = true;
    return;
  }
  const joinsBefore = before !== undefined && before.to === counter - 1;
  const joinsAfter = after !== undefined && after.from === counter + 1;
  if (joinsBefore && date < before.lastDate) disorder(found, before.to, before.lastDate, counter, date, width);
  if (joinsAfter && after.firstDate < date) disorder(found, counter, date, after.from, after.firstDate, width);
  if (joinsBefore && joinsAfter) {
    ranges.splice(at - 1, 2, {
      from: before.from,
      to: after.to,
      width: before.width,
      firstDate: before.firstDate,
      lastDate: after.lastDate,
    });
  } else if (joinsBefore) {
    before.to = counter;
    before.lastDate = date;
  } else if (joinsAfter) {
    after.from = counter;
    after.width = width;
    after.firstDate = date;
  } else if (ranges.length < MAX_RANGES) {
    // Beyond, so many are missing that they are told in part anyhow.
    ranges.splice(at, 0, { from: counter, to: counter, width, firstDate: date, lastDate: date });
  }
}

function disorder(found: Found, counter: number, date: Day, next: number, nextDate: Day, width: number): void {
  if (found.disorder.length >= MAX_TOLD) found.partial = true;
  else
    found.disorder.push({
      number: numberOf(found, counter, width),
      date,
      next: numberOf(found, next, width),
      nextDate,
    });
}

/** Index of the first range that begins above the counter. */
function placeOf(ranges: readonly Range[], counter: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.from ?? 0) <= counter) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Years whose counters follow each other are one series; one that begins again is its own. */
function joined(years: readonly (readonly [string, Found])[]): readonly Found[] {
  const result: Found[] = [];
  let restarts = false;
  for (const [year, found] of years) {
    const last = result.at(-1);
    const goesOn = last !== undefined && (found.ranges[0]?.from ?? 0) > (last.ranges.at(-1)?.to ?? 0);
    if (last === undefined || !goesOn) {
      restarts ||= last !== undefined;
      result.push(restarts ? { ...found, name: `${found.name} (${year})` } : found);
      continue;
    }
    for (const range of found.ranges) mergeRange(last, range);
    last.doubles.push(...found.doubles);
    last.disorder.push(...found.disorder);
    last.count += found.count;
    last.partial ||= found.partial;
  }
  return result;
}

/** The range of a later year, whose dates come after. */
function mergeRange(into: Found, range: Range): void {
  const last = into.ranges.at(-1);
  if (last === undefined || last.to !== range.from - 1) {
    into.ranges.push(range);
    return;
  }
  last.to = range.to;
  last.lastDate = range.lastDate;
}

function seriesOf(found: Found): Series {
  const { name, around, ranges, count, doubles } = found;
  const missing: Gap[] = [];
  const order = [...found.disorder];
  let missingCount = 0;
  let { partial } = found;
  for (const [at, range] of ranges.entries()) {
    const before = ranges[at - 1];
    if (before === undefined) continue;
    missingCount += range.from - before.to - 1;
    if (missing.length < MAX_TOLD) missing.push({ low: before.to + 1, high: range.from - 1, width: before.width });
    else partial = true;
    if (range.firstDate >= before.lastDate) continue;
    const [number, next] = [numberOf(found, before.to, before.width), numberOf(found, range.from, range.width)];
    if (order.length < MAX_TOLD) order.push({ number, date: before.lastDate, next, nextDate: range.firstDate });
    else partial = true;
  }
  const low = ranges[0]?.from ?? 0;
  const high = ranges.at(-1)?.to ?? 0;
  const width = ranges[0]?.width ?? 1;
  return { name, around, low, high, width, count, missing, missingCount, doubles, disorder: order, partial };
}

/** The number of a counter, as the series writes it. */
export function numberOf({ around }: Pick<Series, 'around'>, counter: number, width: number): string {
  return `${around[0]}${String(counter).padStart(width, '0')}${around[1]}`;
}

/** What is missing between the last number of a series and where it goes on; null when nothing is, or it began again. */
export function gapAfter(last: string, next: Pick<Series, 'low' | 'around'>): Gap | null {
  const [before, after] = next.around;
  const digits = last.slice(before.length, last.length - after.length);
  const low = Number(digits) + 1;
  return next.low > low ? { low, high: next.low - 1, width: digits.length } : null;
}

function emptyCount(): Counted {
  return { ranges: [], doubles: [], disorder: [], count: 0, partial: false };
}
