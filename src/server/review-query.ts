import type { RunDocumentRow } from '../api/api.ts';
import type { ReviewQuery } from '../api/review.ts';
import { parseDay } from '../core/calendar.ts';
import { decimalText, parseDecimal, round } from '../core/decimal.ts';
import type { Condition, ReviewFilter } from '../store/review-store.ts';
import { Refusal } from './refusal.ts';

/** The tabs of a review; each document or entry stands in exactly one of the first five, so that they add up to `all`. */
export const TABS = ['to-mend', 'ready', 'unticked', 'excluded', 'already', 'all'] as const;
export type Tab = (typeof TABS)[number];

export const MAX_ROWS = 1000;
const MAX_TEXT = 200;
/** No amount kept is larger, nor does the store compare with one. */
const MOST = 2n ** 63n - 1n;

export const COLUMNS: Readonly<Record<string, 'text' | 'whole' | 'amount' | 'rate' | 'day'>> = {
  number: 'whole',
  journal: 'text',
  date: 'day',
  piece: 'text',
  reference: 'text',
  order: 'text',
  account: 'text',
  thirdParty: 'text',
  label: 'text',
  taxCode: 'text',
  taxRate: 'rate',
  debit: 'amount',
  credit: 'amount',
  payment: 'text',
  currency: 'text',
};

/** Of a column alone: other names that every object has (`constructor`) are none. */
function kindOf(column: string) {
  return Object.hasOwn(COLUMNS, column) ? COLUMNS[column] : undefined;
}

/** The query of an address: `?tab=ready&q=web&f.debit=>=100&sort=-debit&folded=1&offset=300&limit=300`. */
export function queryFromAddress(search: URLSearchParams): ReviewQuery {
  const filters = new Map<string, string>();
  for (const [name, value] of search) {
    if (name.startsWith('f.') && value.trim() !== '') filters.set(name.slice(2), value);
  }
  return {
    tab: search.get('tab') ?? 'all',
    q: search.get('q') ?? '',
    filters: Object.fromEntries(filters), // `__proto__` is a name like any other there
    sort: search.get('sort') ?? 'number',
    flat: flag(search.get('flat')),
    folded: flag(search.get('folded')),
    offset: whole(search.get('offset') ?? '0', 'offset'),
    limit: Math.min(MAX_ROWS, whole(search.get('limit') ?? '300', 'limit')),
  };
}

export function tabOf({ tab }: ReviewQuery): Tab {
  const found = TABS.find((known) => known === tab);
  if (found === undefined) throw invalid('tab', TABS.join(', '));
  return found;
}

/** What the store is asked; `decimals` are those of the books' currency. */
export function filterOf(query: ReviewQuery, ticked: boolean | null, decimals: number): ReviewFilter {
  const column = query.sort.replace(/^-/, '') || 'number';
  if (kindOf(column) === undefined) throw invalid('sort', query.sort.slice(0, 60));
  if (query.q.length > MAX_TEXT) throw invalid('q', `<= ${MAX_TEXT}`);
  return {
    ticked,
    text: query.q,
    conditions: Object.entries(query.filters).map(([name, value]) => conditionOf(name, value, decimals)),
    sort: { column, descending: query.sort.startsWith('-') },
  };
}

export function isFiltered({ q, filters }: ReviewQuery): boolean {
  return q.trim() !== '' || Object.keys(filters).length > 0;
}

/** Documents without entries have an order, a piece and a date; a condition on anything else leaves them out. */
export function documentMatches(
  { order, piece, key, date }: RunDocumentRow,
  { text, conditions }: ReviewFilter,
): boolean {
  const wanted = text.trim().toLowerCase();
  const found = wanted === '' || [order, piece ?? '', key].some((value) => value.toLowerCase().includes(wanted));
  return found && conditions.every((condition) => holds(condition));

  function holds(condition: Condition): boolean {
    const { column } = condition;
    const value = column === 'order' ? order : column === 'piece' ? piece : column === 'date' ? date : null;
    if (value === null) return false;
    switch (condition.test) {
      case 'contains':
        return value.toLowerCase().includes(condition.value.toLowerCase());
      case 'starts':
        return value.toLowerCase().startsWith(condition.value.toLowerCase());
      case 'equals':
        return value === condition.value;
      case 'in':
        return condition.values.includes(value);
      case 'between':
        return (
          (condition.min === null || value >= String(condition.min)) &&
          (condition.max === null || value <= String(condition.max))
        );
    }
  }
}

function conditionOf(column: string, value: string, decimals: number): Condition {
  const kind = kindOf(column);
  if (kind === undefined || value.length > MAX_TEXT * 10) throw invalid(`f.${column}`, value.slice(0, 60));
  switch (kind) {
    case 'text':
      return textCondition(column, value);
    case 'rate':
      return { column, test: 'in', values: value.replace(/^=/, '').split('|').flatMap(rateSpellings) };
    case 'day':
      return rangeCondition(column, value, (text) => parseDay(text) ?? fail(column, value));
    case 'whole':
      return rangeCondition(column, value, (text) => (/^\d{1,9}$/.test(text) ? BigInt(text) : fail(column, value)));
    case 'amount':
      return rangeCondition(column, value, (text, side) => minorOf(text, side, decimals) ?? fail(column, value));
  }
}

function textCondition(column: string, value: string): Condition {
  const [sign, rest] = [value.slice(0, 1), value.slice(1)];
  if (sign === '~') return { column, test: 'contains', value: rest };
  if (sign === '^') return { column, test: 'starts', value: rest };
  if (sign === '=') return { column, test: 'equals', value: rest };
  if (value.includes('|')) return { column, test: 'in', values: value.split('|').filter((item) => item !== '') };
  return { column, test: 'contains', value };
}

type Bound = string | bigint;

function rangeCondition(column: string, value: string, read: (text: string, side: 'min' | 'max') => Bound): Condition {
  const text = value.trim();
  const between = /^(.*?)\.\.(.*)$/.exec(text);
  if (between !== null) {
    const [min = '', max = ''] = [between[1]?.trim(), between[2]?.trim()];
    return {
      column,
      test: 'between',
      min: min === '' ? null : read(min, 'min'),
      max: max === '' ? null : read(max, 'max'),
    };
  }
  if (text.startsWith('>=')) return { column, test: 'between', min: read(text.slice(2).trim(), 'min'), max: null };
  if (text.startsWith('<=')) return { column, test: 'between', min: null, max: read(text.slice(2).trim(), 'max') };
  const exact = text.replace(/^=/, '').trim();
  return { column, test: 'between', min: read(exact, 'min'), max: read(exact, 'max') };
}

/** `10.005` from below is 10.01, from above 10.00: nothing that is kept lies between. */
function minorOf(text: string, side: 'min' | 'max', decimals: number): bigint | null {
  const amount = parseDecimal(text.replace(',', '.'));
  if (amount === null) return null;
  const { units } = round(amount, decimals, side === 'min' ? 'up' : 'down');
  return units > MOST ? MOST : units < -MOST ? -MOST : units;
}

/** A rate is kept as text; `20`, `20.0` and `20.00` are one. */
function rateSpellings(text: string): readonly string[] {
  const rate = parseDecimal(text.trim().replace(',', '.').replace(/ ?%$/, ''));
  if (rate === null) throw invalid('f.taxRate', text.slice(0, 60));
  return [...new Set([0, 1, 2, 3, 4].map((places) => decimalText(rate, places)))];
}

function flag(value: string | null): boolean {
  return value !== null && value !== '' && value !== '0' && value !== 'false';
}

function whole(text: string, field: string): number {
  if (!/^\d{1,9}$/.test(text)) throw invalid(field, text.slice(0, 60));
  return Number(text);
}

function fail(column: string, value: string): never {
  throw invalid(`f.${column}`, value.slice(0, 60));
}

function invalid(field: string, reason: string): Refusal {
  return new Refusal(400, 'request.invalid', { field, reason });
}
