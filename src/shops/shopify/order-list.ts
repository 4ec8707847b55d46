import { z } from 'zod';
import { Failure } from '../../core/problem.ts';
import { textOrNull } from '../../schema/codes.ts';
import { utcTime } from '../../schema/instant.ts';
import type { ReadEvent } from '../reader.ts';
import { withRetries } from '../retry-events.ts';
import { numberIn, type ShopifyClient } from './client.ts';
import { connectionAt, MAX_PAGES } from './connection.ts';
import { compareIds } from './parts.ts';

/** What a list says of an order: enough to know whether it must be read whole. */
const listed = z.object({
  id: z.string().min(1),
  processedAt: utcTime,
  updatedAt: utcTime,
  cancelledAt: utcTime.nullish(),
  edited: z.boolean(),
  displayFinancialStatus: textOrNull,
  returnStatus: textOrNull,
  refunds: z.array(z.object({ id: z.string() })),
});
export type ListedOrder = z.infer<typeof listed>;

export type ListPage = {
  readonly type: 'orders';
  readonly page: number;
  readonly orders: readonly ListedOrder[];
  readonly records: number;
  /** From where a failed read goes on after this page. */
  readonly mark: Mark;
};

/** The last order seen, by the time that sorts the list and its id: a cursor dies with its list, this does not. */
export type Mark = { readonly atMs: number; readonly id: string };

export type OrderList = {
  readonly by: 'processed_at' | 'updated_at';
  readonly fromMs: number;
  /** Exclusive; null: without end. */
  readonly toMs: number | null;
  readonly after: Mark | null;
};

const PER_PAGE = 50;
const SORT_KEYS = { processed_at: 'PROCESSED_AT', updated_at: 'UPDATED_AT' } as const;
/** Failures that pass by themselves: the read can go on from its last page. */
const PASSING = new Set(['shop.silent', 'shop.unreachable', 'shop.broken-answer', 'shop.not-an-answer']);

/** Values must be quoted and in UTC: others have been misread by the shop's search. */
export function searchOf({ by, fromMs, toMs }: Pick<OrderList, 'by' | 'fromMs' | 'toMs'>): string {
  const from = `${by}:>='${instantText(fromMs)}'`;
  return toMs === null ? from : `${from} ${by}:<'${instantText(toMs)}'`;
}

/**
 * Pages of a list in the order of its own time. What changes while we read moves to the end of a list by change, where it
 * is met again; in a list by date of order nothing moves.
 */
export async function* listOrders(
  client: ShopifyClient,
  list: OrderList,
  signal: AbortSignal,
): AsyncGenerator<ListPage | ReadEvent> {
  const { by, after: mark } = list;
  const search = searchOf({ ...list, fromMs: mark?.atMs ?? list.fromMs });
  let after: string | null = null;
  let read = 0;
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const variables = { first: PER_PAGE, after, query: search, sortKey: SORT_KEYS[by] };
    const answer = yield* withRetries((onRetry) =>
      client.ask('order-ids', variables, { signal, onRetry }).catch((error: unknown) => {
        throw page === 1 ? error : pageFailure(error, page, read);
      }),
    );
    const { nodes, pageInfo } = connectionAt(answer, 'orders');
    const orders = nodes.map((node) => {
      const parsed = listed.safeParse(node);
      if (parsed.success) return parsed.data;
      throw new Failure('shop.broken-answer', { url: answer.answer.url.host, status: '200', excerpt: 'orders' });
    });
    const last = orders.at(-1);
    if (last !== undefined) {
      const fresh = mark === null ? orders : orders.filter((order) => isAfter(order, mark));
      const ends = { atMs: timeOf(last), id: numberIn(last.id) };
      yield { type: 'orders', page, orders: fresh, records: orders.length, mark: ends };
    }
    read += orders.length;
    if (!pageInfo.hasNextPage) return;
    if (pageInfo.endCursor == null || pageInfo.endCursor === after)
      throw new Failure('shop.page-repeats', { page: String(page + 1) });
    after = pageInfo.endCursor;
  }

  function isAfter(order: ListedOrder, { atMs, id }: Mark): boolean {
    const time = timeOf(order);
    return time > atMs || (time === atMs && compareIds(numberIn(order.id), id) > 0);
  }

  function timeOf(order: ListedOrder): number {
    return by === 'processed_at' ? order.processedAt : order.updatedAt;
  }
}

/** What failed in the middle of a read passes by itself at times, and the read can go on there. */
export function pageFailure(error: unknown, page: number, read: number): unknown {
  if (!(error instanceof Failure) || !PASSING.has(error.code)) return error;
  const values = { page: String(page), read: String(read), reason: error.code };
  return new Failure('shop.page-failed', values, { cause: error });
}

function instantText(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
