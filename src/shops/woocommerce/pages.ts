import { z } from 'zod';
import { Failure } from '../../core/problem.ts';
import type { ReadEvent } from '../reader.ts';
import { withRetries } from '../retry-events.ts';
import type { Params, WooClient } from './client.ts';

export type Page = {
  readonly type: 'records';
  readonly page: number;
  readonly total: number | null;
  readonly records: readonly unknown[];
};

/** An id at least is needed to name a record; everything else may be wrong with it. */
export const identified = z.object({ id: z.union([z.int(), z.string().min(1)]).transform(String) });

const PER_PAGE = 100;
/** How every list is paged: by ids, the only order that does not move. */
export const PAGING = { orderby: 'id', order: 'asc', per_page: String(PER_PAGE) } as const;
const MAX_PAGES = 100_000;
/** Failures that pass by themselves: the read can go on from its last page. */
const PASSING = new Set(['shop.silent', 'shop.unreachable', 'shop.broken-answer', 'shop.not-an-answer']);

/**
 * Pages of a list in the order of ids, from `startPage` on. The shop's count of pages ends it: a host may hand out
 * fewer records a page than asked, or refuse a hundred. A page that begins like the one before it means a shop that ignores the page number.
 */
export async function* readPages(
  client: WooClient,
  request: { readonly path: string; readonly params: Params; readonly startPage: number; readonly signal: AbortSignal },
): AsyncGenerator<Page | ReadEvent> {
  const { path, params, startPage, signal } = request;
  let previousFirst: string | null = null;
  let read = 0;
  for (let page = startPage; page <= MAX_PAGES; page += 1) {
    const asked = { ...params, ...PAGING, page: String(page), dp: '6' };
    const { data, total, answer } = yield* withRetries((onRetry) =>
      client.askPage(path, asked, { signal, onRetry }).catch((error: unknown) => {
        throw page === 1 ? error : pageFailure(error, page, read);
      }),
    );
    const records = recordsOf(data, answer.url);
    const first = identified.safeParse(records[0]);
    if (first.success && first.data.id === previousFirst)
      throw new Failure('shop.page-repeats', { page: String(page) });
    previousFirst = first.success ? first.data.id : null;
    read += records.length;
    yield { type: 'records', page, total, records };
    const pages = answer.headers['x-wp-totalpages'];
    const last = pages !== undefined && /^\d{1,7}$/.test(pages) ? page >= Number(pages) : records.length < PER_PAGE;
    if (last || records.length === 0) return;
  }
}

export function recordsOf(data: unknown, url: URL): readonly unknown[] {
  const records = z.array(z.unknown()).safeParse(data);
  if (records.success) return records.data;
  throw new Failure('shop.not-an-answer', { url: url.origin + url.pathname, status: '200', excerpt: '' });
}

function pageFailure(error: unknown, page: number, read: number): unknown {
  if (!(error instanceof Failure) || !PASSING.has(error.code)) return error;
  return new Failure(
    'shop.page-failed',
    { page: String(page), read: String(read), reason: error.code },
    { cause: error },
  );
}
