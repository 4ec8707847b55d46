import type { Json, JsonObject } from './php.ts';

/** Magento's `searchCriteria`: groups joined by *and*, the filters inside one by *or*. */
export type Search = {
  readonly groups: readonly (readonly Filter[])[];
  readonly sort: { readonly field: string; readonly descending: boolean } | null;
  readonly pageSize: number | null;
  readonly page: number;
};

type Filter = { readonly field: string; readonly value: string; readonly condition: string };

const PART = /^searchCriteria\[(filter_groups|filterGroups|sortOrders|pageSize|currentPage)\](.*)$/;

/** A search from the query's parameters, in any order; what Magento does not know it leaves alone, and so do we. */
export function searchOf(params: readonly (readonly [string, string])[]): Search {
  const groups = new Map<string, Map<string, Record<string, string>>>();
  const sort: Record<string, string> = {};
  let pageSize: number | null = null;
  let page = 1;
  for (const [name, value] of params) {
    const [, part = '', rest = ''] = PART.exec(name) ?? [];
    const keys = [...rest.matchAll(/\[([^\]]*)\]/g)].map(([, key]) => key ?? '');
    if (part === 'pageSize') pageSize = Number.parseInt(value, 10);
    else if (part === 'currentPage') page = Math.max(1, Number.parseInt(value, 10) || 1);
    else if (part === 'sortOrders' && keys[0] === '0') sort[keys[1] ?? ''] = value;
    else if (part.startsWith('filter')) {
      const [group = '', , filter = '', field = ''] = keys;
      const filters = groups.get(group) ?? new Map<string, Record<string, string>>();
      groups.set(group, filters.set(filter, { ...filters.get(filter), [field]: value }));
    }
  }
  return {
    groups: [...groups.values()].map((filters) => [...filters.values()].map(filterOf)),
    sort: sort.field === undefined ? null : { field: sort.field, descending: sort.direction !== 'ASC' },
    pageSize,
    page,
  };
}

function filterOf({ field = '', value = '', condition_type: condition = 'eq' }: Record<string, string>): Filter {
  return { field, value, condition };
}

export function selected(records: readonly JsonObject[], { groups, sort }: Search): readonly JsonObject[] {
  const tests = groups.map((filters) => filters.map(testOf));
  const found = records.filter((record) => tests.every((group) => group.some((test) => test(record))));
  if (sort === null) return found;
  const sign = sort.descending ? -1 : 1;
  return found.toSorted((a, b) => sign * compare(a[sort.field] ?? null, b[sort.field] ?? null));
}

/** A page; a page beyond the end is the last one again (magento/magento2 #3787). */
export function pageOf(records: readonly JsonObject[], { pageSize, page }: Search): readonly JsonObject[] {
  if (pageSize === null || pageSize <= 0) return records;
  const last = Math.max(1, Math.ceil(records.length / pageSize));
  const from = (Math.min(page, last) - 1) * pageSize;
  return records.slice(from, from + pageSize);
}

function testOf({ field, value, condition }: Filter): (record: JsonObject) => boolean {
  const listed = condition === 'in' || condition === 'nin' ? listOf(value) : null;
  const like = condition === 'like' ? likeness(value) : null;
  return (record) => {
    const own = record[field] ?? null;
    switch (condition) {
      case 'eq':
        return compare(own, value) === 0;
      case 'neq':
        return compare(own, value) !== 0;
      case 'gt':
        return own !== null && compare(own, value) > 0;
      case 'gteq':
      case 'from':
        return own !== null && compare(own, value) >= 0;
      case 'lt':
        return own !== null && compare(own, value) < 0;
      case 'lteq':
      case 'to':
        return own !== null && compare(own, value) <= 0;
      case 'in':
        return listed?.(own) === true;
      case 'nin':
        return listed?.(own) === false;
      case 'null':
        return own === null;
      case 'notnull':
        return own !== null;
      case 'like':
        return like?.test(text(own)) === true;
      default:
        throw new TypeError(`The demo shop does not know the condition ${condition}`);
    }
  };
}

/** Whether a value is in a list of hundreds: looked up, since every record is asked. */
function listOf(value: string): (own: Json) => boolean {
  const texts = new Set(value.split(','));
  const numbers = new Set([...texts].map(Number));
  return (own) => (typeof own === 'number' ? numbers.has(own) : texts.has(text(own)));
}

/** As the database compares: a column of numbers by value, another as text. */
function compare(own: Json, value: Json): number {
  if (typeof own === 'number') return own - Number(value);
  const [a, b] = [text(own), text(value)];
  return a < b ? -1 : a > b ? 1 : 0;
}

function text(value: Json): string {
  return value === null ? '' : String(value);
}

function likeness(pattern: string): RegExp {
  const escaped = pattern
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  return new RegExp(`^${escaped}$`, 'i');
}

/** `fields=items[entity_id,payment[method]],total_count`: what is not named is left out. */
export function onlyFields(value: Json, fields: string): Json {
  return keep(value, parsed(fields));
}

type Fields = ReadonlyMap<string, Fields | null>;

function parsed(text: string): Fields {
  let at = 0;
  return list();

  function list(): Fields {
    const found = new Map<string, Fields | null>();
    while (at < text.length && text[at] !== ']') {
      const name = /^[^,[\]]*/.exec(text.slice(at))?.[0] ?? '';
      at += name.length;
      if (text[at] === '[') {
        at += 1;
        found.set(name, list());
        at += 1;
      } else found.set(name, null);
      if (text[at] === ',') at += 1;
      else if (name === '' && text[at] !== ']') break;
    }
    return found;
  }
}

function keep(value: Json, fields: Fields): Json {
  if (Array.isArray(value)) return value.map((one: Json) => keep(one, fields));
  if (typeof value !== 'object' || value === null) return value;
  const kept: Record<string, Json> = {};
  for (const [name, field] of Object.entries(value as JsonObject)) {
    if (!fields.has(name)) continue;
    const inner = fields.get(name) ?? null;
    kept[name] = inner === null ? field : keep(field, inner);
  }
  return kept;
}
