import { z } from 'zod';
import { Failure } from '../../core/problem.ts';
import type { ReadEvent } from '../reader.ts';
import { withRetries } from '../retry-events.ts';
import { type AskOptions, type MagentoClient, type Params, pageSizeAllowed } from './client.ts';

/** One condition; those of a search must all hold. */
export type Filter = { readonly field: string; readonly value: string; readonly condition: string };

export type Page = {
  readonly type: 'records';
  readonly page: number;
  /** Of the whole search, as the shop counted it at the first page. */
  readonly total: number | null;
  readonly records: readonly unknown[];
  readonly lastId: number;
};

const answer = z.object({
  items: z.array(z.unknown()).nullable(), // empty lists are null on some versions
  total_count: z.int().nullable().default(null),
});

const PAGE_SIZE = 100;
const MAX_PAGES = 100_000;
/** Ids of one question: an address holds so many. */
const LOT = 100;
/** Failures that pass by themselves: the read can go on from its last page. */
const PASSING = new Set(['shop.silent', 'shop.unreachable', 'shop.broken-answer', 'shop.not-an-answer']);

/**
 * A search by the keys of its rows: each page is what follows the last id. Magento answers a page number beyond the end
 * with the last page again, and rows move when one is added or leaves; a key does neither.
 */
export async function* readPages(
  client: MagentoClient,
  search: {
    readonly path: string;
    readonly filters: readonly Filter[];
    /** Id of the last record already read. */
    readonly after: number;
    readonly signal: AbortSignal;
  },
): AsyncGenerator<Page | ReadEvent> {
  const { path, filters, signal } = search;
  const cursor: Cursor = { after: search.after, pageSize: PAGE_SIZE };
  let total: number | null = null;
  let read = 0;
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const lot: Lot | null = yield* withRetries((onRetry) =>
      nextLot(client.ask, { path, filters, sort: 'entity_id', cursor }, { signal, onRetry }).catch((error: unknown) => {
        throw page === 1 ? error : pageFailure(error, page, read);
      }),
    );
    if (lot === null) return;
    total ??= lot.count;
    read += lot.records.length;
    yield { type: 'records', page, total, records: lot.records, lastId: cursor.after };
    if (lot.last) return;
  }
}

/** All records whose field is one of these ids, in the order of their own; null when the shop does not let us read them. */
export async function recordsOfIds(
  client: MagentoClient,
  search: { readonly path: string; readonly field: string; readonly ids: readonly string[]; readonly sort?: string },
  options: AskOptions,
): Promise<readonly unknown[] | null> {
  const { path, field, ids, sort = 'entity_id' } = search;
  const all: unknown[] = [];
  for (let start = 0; start < ids.length; start += LOT) {
    const filters = [{ field, value: ids.slice(start, start + LOT).join(','), condition: 'in' }];
    const cursor: Cursor = { after: 0, pageSize: PAGE_SIZE };
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const lot: Lot | null = await nextLot(client.askIfAllowed, { path, filters, sort, cursor }, options);
      if (lot === null) return null;
      all.push(...lot.records);
      if (lot.last) break;
    }
  }
  return all;
}

/** Where a search stands: the last id read, and the page the shop hands out, which it may lower. */
type Cursor = { after: number; pageSize: number };

type Lot = { readonly records: readonly unknown[]; readonly count: number | null; readonly last: boolean };

/** The records that follow the cursor, which moves behind them; null when they may not be read. */
async function nextLot(
  ask: MagentoClient['ask'],
  search: {
    readonly path: string;
    readonly filters: readonly Filter[];
    readonly sort: string;
    readonly cursor: Cursor;
  },
  options: AskOptions,
): Promise<Lot | null> {
  const { path, filters, sort, cursor } = search;
  const { after, pageSize } = cursor;
  const from: Filter[] = after === 0 ? [] : [{ field: sort, value: String(after), condition: 'gt' }];
  let data: unknown;
  try {
    data = await ask(path, criteria([...filters, ...from], pageSize, sort), options);
  } catch (error) {
    const most = pageSizeAllowed(error);
    if (most === null || most >= pageSize) throw error;
    cursor.pageSize = most;
    return await nextLot(ask, search, options);
  }
  if (data === null) return null;
  const { records, count } = recordsOf(data, path);
  const ids = records.map((record) => idOf(record, sort)).filter((id) => id !== null);
  // What was read comes again, or nothing says what follows: a shop that does not obey would be read for ever.
  if (ids.some((id) => id <= after) || (records.length > 0 && ids.length === 0)) {
    throw new Failure('shop.page-repeats', { page: `${path} ${sort} > ${after}` });
  }
  cursor.after = Math.max(after, ...ids);
  return { records, count, last: records.length === 0 || (count !== null && records.length >= count) };
}

/** How many rows a search has. */
export async function countOf(
  client: MagentoClient,
  path: string,
  filters: readonly Filter[],
  options: AskOptions,
): Promise<number | null> {
  const fields = ['fields', 'items[entity_id],total_count'] as const;
  const data = await client.ask(path, [...criteria(filters, 1), fields], options);
  return answer.safeParse(data).data?.total_count ?? null;
}

/** Parameters of a search: a group for each condition, since groups are joined by *and*. */
export function criteria(
  filters: readonly Filter[],
  pageSize: number,
  sort: string | null = 'entity_id',
  direction = 'ASC',
): Params {
  const root = 'searchCriteria';
  return [
    ...filters.flatMap(({ field, value, condition }, group) => {
      const at = `${root}[filter_groups][${group}][filters][0]`;
      return [
        [`${at}[field]`, field],
        [`${at}[value]`, value],
        [`${at}[condition_type]`, condition],
      ] as const;
    }),
    ...(sort === null
      ? []
      : ([
          [`${root}[sortOrders][0][field]`, sort],
          [`${root}[sortOrders][0][direction]`, direction],
        ] as const)),
    [`${root}[pageSize]`, String(pageSize)],
    [`${root}[currentPage]`, '1'],
  ];
}

function recordsOf(data: unknown, path: string): { records: readonly unknown[]; count: number | null } {
  const parsed = answer.safeParse(data);
  if (parsed.success) return { records: parsed.data.items ?? [], count: parsed.data.total_count };
  throw new Failure('shop.not-an-answer', { url: path, status: '200', excerpt: '' });
}

/** The number a record is known by; null when it has none. */
export function idOf(record: unknown, field = 'entity_id'): number | null {
  if (typeof record !== 'object' || record === null) return null;
  const id = z.int().safeParse(Reflect.get(record, field));
  return id.success ? id.data : null;
}

function pageFailure(error: unknown, page: number, read: number): unknown {
  if (!(error instanceof Failure) || !PASSING.has(error.code)) return error;
  const values = { page: String(page), read: String(read), reason: error.code };
  return new Failure('shop.page-failed', values, { cause: error });
}
