import type { CsvLayout } from '../../schema/csv-layout.ts';
import { fold } from './names.ts';
import { bare, CellFault } from './values.ts';

/** A day as numbers between signs, with a time perhaps. */
const NUMBERS = /^(\d{1,4})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:$|[T\s,])/;
const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:$|[T\s])/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:$|[T\s])/;
/** `2026-10-03T23:58:00+02:00`, `2026-10-03 23:58:00 +0200`, `... UTC`: an instant, whose day is that of the shop's zone. */
const OFFSET = /(\d{1,2}:\d{2})(:\d{2})?(?:\.\d+)?\s?(Z|UTC|GMT|(?:UTC|GMT)?\s?[+-]\d{2}:?\d{2})$/;
const MONTHS = [
  ...['jan janv janvier january', 'feb fev fevr fevrier february', 'mar mars march', 'apr avr avril april'],
  ...['may mai', 'jun juin june', 'jul juil juillet july', 'aug aout august', 'sep sept septembre september'],
  ...['oct octobre october', 'nov novembre november', 'dec decembre december'],
].map((names) => new Set(names.split(' ')));

type Order = CsvLayout['dates'];

/**
 * A cell as the JSON of `comptoir-sales` spells a date: the civil day it says, or the instant where it says an offset.
 * Null: empty. `order` is that of numbers. Without a zone of the profile (`zoned`), the day is the one written, where the offset is
 * the shop's own; one of Greenwich does not say it.
 */
export function dateIn(cell: string, order: Order, zoned: boolean): string | null {
  const text = bare(cell);
  if (text === '') return null;
  const day = dayOf(text, order);
  if (day === null) throw new CellFault('csv-date');
  const [, time, seconds = ':00', zone = ''] = OFFSET.exec(text) ?? [];
  if (time === undefined) {
    if (/\d:\d{2}.*\s[A-Z]{3,5}$/.test(text) && !/\s[AP]M$/i.test(text)) throw new CellFault('csv-zone');
    return day;
  }
  const offset = offsetOf(zone);
  if (!zoned && offset === 'Z') throw new CellFault('csv-needs-zone');
  if (!zoned) return day;
  return `${day}T${time.padStart(5, '0')}${seconds}${offset}`;
}

/** Whether a cell could be a date at all. */
export function looksLikeDay(cell: string): boolean {
  const text = bare(cell);
  return (['dmy', 'mdy'] as const).some((order) => dayOf(text, order) !== null);
}

/** Orders of day, month and year a cell may be in; null: it is no date of numbers that begins with its day or month. */
export function ordersOf(cell: string): ReadonlySet<'dmy' | 'mdy' | 'ymd'> | null {
  const [, first = '', sign, second = '', last = ''] = NUMBERS.exec(bare(cell)) ?? [];
  if (sign === undefined || first.length > 2) return null;
  if (sign === '.') return new Set(['dmy']); // points stand between day, month and year, in that order
  const found = new Set<'dmy' | 'mdy' | 'ymd'>();
  for (const order of ['dmy', 'mdy'] as const) if (inOrder(first, second, last, order) !== null) found.add(order);
  if (last.length === 2 && first.length === 2 && inOrder(first, second, last, 'ymd') !== null) found.add('ymd');
  return found;
}

function dayOf(text: string, order: Order): string | null {
  const iso = ISO.exec(text) ?? COMPACT.exec(text);
  if (iso !== null) return civil(iso[1] ?? '', iso[2] ?? '', iso[3] ?? '');
  const [, first = '', sign, second = '', last = ''] = NUMBERS.exec(text) ?? [];
  if (sign !== undefined) {
    if (first.length === 4) return last.length === 2 ? civil(first, second, last) : null; // 2026/10/03
    if (first.length > 2) return null;
    return order === null ? null : inOrder(first, second, last, order);
  }
  return named(text);
}

function inOrder(first: string, second: string, last: string, order: 'dmy' | 'mdy' | 'ymd'): string | null {
  if (order === 'ymd') return last.length === 2 ? civil(`20${first.padStart(2, '0')}`, second, last) : null;
  const year = last.length === 2 ? `20${last}` : last;
  return order === 'dmy' ? civil(year, second, first) : civil(year, first, second);
}

/** `3 oct. 2026`, `Oct 3, 2026`, `1er octobre 2026`. */
function named(text: string): string | null {
  const words = fold(text).split(' ');
  const at = words.slice(0, 3).findIndex((word) => MONTHS.some((names) => names.has(word)));
  if (at < 0 || at > 1) return null;
  const month = MONTHS.findIndex((names) => names.has(words[at] ?? '')) + 1;
  const [day, year] = at === 0 ? [words[1], words[2]] : [words[0], words[2]];
  return civil(year ?? '', String(month), (day ?? '').replace(/(?:er|st|nd|rd|th)$/, ''));
}

/** The day as ISO writes it; null when there is none such, 30 February for one. */
function civil(year: string, month: string, day: string): string | null {
  if (!/^(?:19|20|21)\d{2}$/.test(year) || !/^\d{1,2}$/.test(month) || !/^\d{1,2}$/.test(day)) return null;
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null;
}

function offsetOf(zone: string): string {
  const [, sign, hours, minutes] = /([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  return sign === undefined ? 'Z' : `${sign}${hours}:${minutes}`;
}
