import type { JsonObject, PhpParams, PhpValue } from './php.ts';
import type { WooRow } from './woo-records.ts';

/** What a list request asks for, its parameters checked. */
export type WooListQuery = {
  readonly page: number;
  readonly perPage: number;
  readonly offset: number | null;
  readonly order: 'asc' | 'desc';
  readonly orderBy: string;
  readonly after: string | null;
  readonly before: string | null;
  readonly modifiedAfter: string | null;
  readonly modifiedBefore: string | null;
  readonly datesAreUtc: boolean;
  readonly include: readonly number[];
  readonly exclude: readonly number[];
  readonly parents: readonly number[];
  readonly customer: number | null;
  readonly statuses: readonly string[];
  readonly decimals: number;
};

export type InvalidParam = { readonly name: string; readonly code: string; readonly message: string };

const ORDER_BY = ['date', 'id', 'include', 'title', 'slug', 'modified'];
const DATE_TIME = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}(?::\d{2})?)?$/;

/** Checks the parameters in the order of the shop's own schema; `statuses` are those it knows; a host can lower the page. */
export function parseWooList(
  params: PhpParams,
  statuses: readonly string[],
  mostPerPage = 100,
): WooListQuery | readonly InvalidParam[] {
  const invalid: InvalidParam[] = [];
  const page = whole('page', { min: 1, max: null }) ?? 1;
  const perPage = whole('per_page', { min: 1, max: mostPerPage }) ?? 10;
  const after = date('after');
  const before = date('before');
  const modifiedAfter = date('modified_after');
  const modifiedBefore = date('modified_before');
  const exclude = ids('exclude');
  const include = ids('include');
  const offset = whole('offset', { min: 0, max: null });
  const order = among('order', ['asc', 'desc']) ?? 'desc';
  const orderBy = among('orderby', ORDER_BY) ?? 'date';
  const parents = ids('parent');
  const asked = list(params.get('status'));
  for (const [at, status] of asked.entries()) {
    if (!statuses.includes(status)) refuse('status', notAmong(`status[${at}]`, statuses));
  }
  const customer = whole('customer', { min: 0, max: null });
  const decimals = whole('dp', { min: 0, max: null }) ?? 2;
  if (invalid.length > 0) return invalid;
  return {
    page,
    perPage,
    offset,
    order: order === 'asc' ? 'asc' : 'desc',
    orderBy,
    after,
    before,
    modifiedAfter,
    modifiedBefore,
    datesAreUtc: ['1', 'true', 'yes'].includes(textOf(params.get('dates_are_gmt')).toLowerCase()),
    include,
    exclude,
    parents,
    customer,
    statuses: asked.includes('any') ? [] : asked,
    decimals,
  };

  function whole(name: string, { min, max }: { min: number; max: number | null }): number | null {
    const value = params.get(name);
    if (value === undefined) return null;
    if (typeof value !== 'string' || !/^-?\d+$/.test(value)) {
      return refuse(name, { code: 'rest_invalid_type', message: `${name} is not of type integer.` });
    }
    const read = Number.parseInt(value, 10);
    if (max !== null && (read < min || read > max)) {
      const message = `${name} must be between ${min} (inclusive) and ${max} (inclusive)`;
      return refuse(name, { code: 'rest_out_of_bounds', message });
    }
    if (read < min) {
      const message = `${name} must be greater than or equal to ${min}`;
      return refuse(name, { code: 'rest_out_of_bounds', message });
    }
    return read;
  }

  function date(name: string): string | null {
    const value = params.get(name);
    if (value === undefined) return null;
    const read = textOf(value);
    if (!DATE_TIME.test(read)) return refuse(name, { code: 'rest_invalid_date', message: 'Invalid date.' });
    // An offset written into the bound is ignored, as the real shop does.
    return `${read.slice(0, 10)}T${read.slice(11, 19)}`;
  }

  function ids(name: string): number[] {
    const read = list(params.get(name));
    for (const [at, id] of read.entries()) {
      if (/^\d+$/.test(id)) continue;
      refuse(name, { code: 'rest_invalid_type', message: `${name}[${at}] is not of type integer.` });
    }
    return read.map((id) => Number.parseInt(id, 10));
  }

  function among(name: string, known: readonly string[]): string | null {
    const value = params.get(name);
    if (value === undefined) return null;
    return known.includes(textOf(value)) ? textOf(value) : refuse(name, notAmong(name, known));
  }

  function refuse(name: string, { code, message }: { code: string; message: string }): null {
    if (!invalid.some((known) => known.name === name)) invalid.push({ name, code, message });
    return null;
  }
}

export type WooTable = {
  readonly byId: ReadonlyMap<number, WooRow>;
  /** Rows the query wants, all pages, in its order. */
  select(query: WooListQuery): readonly WooRow[];
};

/** A table of orders or refunds. Each order of rows is made once, so a list costs one pass over the rows. */
export function wooTable(rows: readonly WooRow[]): WooTable {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const sorted = new Map<string, readonly WooRow[]>();
  return { byId, select };

  function select(query: WooListQuery): readonly WooRow[] {
    const wanted = query.include.length === 0 ? rowsBy(query.orderBy) : included(query);
    const kept = wanted.filter((row) => matches(row, query));
    return query.order === 'desc' && query.orderBy !== 'include' ? kept.reverse() : kept;
  }

  function included({ include, orderBy }: WooListQuery): WooRow[] {
    const found = [...new Set(include)].flatMap((id) => byId.get(id) ?? []);
    return orderBy === 'include' ? found : found.sort(ascending(orderBy));
  }

  function rowsBy(orderBy: string): readonly WooRow[] {
    const known = sorted.get(orderBy);
    if (known !== undefined) return known;
    const made = rows.toSorted(ascending(orderBy));
    sorted.set(orderBy, made);
    return made;
  }
}

/** Rows that tie come by id here; the real shop promises no order for them. */
function ascending(orderBy: string): (a: WooRow, b: WooRow) => number {
  if (orderBy === 'id') return (a, b) => a.id - b.id;
  const by = orderBy === 'modified' ? 'modifiedUtc' : 'createdUtc';
  return (a, b) => (a[by] < b[by] ? -1 : a[by] > b[by] ? 1 : a.id - b.id);
}

/** Bounds are exclusive on both sides, in the site's time unless the query says UTC. */
function matches(row: WooRow, query: WooListQuery): boolean {
  const created = query.datesAreUtc ? row.createdUtc : row.created;
  const modified = query.datesAreUtc ? row.modifiedUtc : row.modified;
  return (
    (query.after === null || created > query.after) &&
    (query.before === null || created < query.before) &&
    (query.modifiedAfter === null || modified > query.modifiedAfter) &&
    (query.modifiedBefore === null || modified < query.modifiedBefore) &&
    (query.statuses.length === 0 || query.statuses.includes(row.status)) &&
    (query.parents.length === 0 || query.parents.includes(row.parentId)) &&
    (query.customer === null || query.customer === row.customerId) &&
    !query.exclude.includes(row.id)
  );
}

/** Keeps the fields of `_fields`, `billing.country` included, in the order of the record. */
export function onlyFields(record: JsonObject, fields: readonly string[]): JsonObject {
  if (fields.length === 0) return record;
  const kept: Record<string, JsonObject[string]> = {};
  for (const [name, value] of Object.entries(record)) {
    if (fields.includes(name)) kept[name] = value;
    const inner = fields.filter((field) => field.startsWith(`${name}.`)).map((field) => field.slice(name.length + 1));
    if (inner.length === 0 || fields.includes(name) || typeof value !== 'object' || value === null) continue;
    // An array of records keeps the field of none of them: WordPress looks for it in the array itself.
    if (!Array.isArray(value)) kept[name] = onlyFields(value as JsonObject, inner); // Neither null nor an array: an object.
  }
  return kept;
}

/** A list of words: `a,b`, or `x[0]=a&x[1]=b`. */
export function list(value: PhpValue | undefined): string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? value.split(/[\s,]+/).filter((word) => word !== '') : [...value.values()];
}

function textOf(value: PhpValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function notAmong(name: string, known: readonly string[]): { code: string; message: string } {
  const all = known.length < 3 ? known.join(' and ') : `${known.slice(0, -1).join(', ')}, and ${known.at(-1)}`;
  return { code: 'rest_not_in_enum', message: `${name} is not one of ${all}.` };
}
