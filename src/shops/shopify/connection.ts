import { z } from 'zod';
import { Failure } from '../../core/problem.ts';
import type { ShopifyAnswer } from './client.ts';
import { notAnAnswer } from './failures.ts';

/** A page of a list: what it holds, and where the next one begins. */
const connection = z.object({
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
  nodes: z.array(z.unknown()),
  edges: z.array(z.object({ cursor: z.string() })).optional(),
});

export type Connection = z.infer<typeof connection>;

/** Lists longer than this are no shop's: an answer that never ends is not followed for ever. */
export const MAX_PAGES = 10_000;

/** The part of an answer that a path of names leads to; null when something on the way is not there. */
export function at(data: unknown, ...path: readonly string[]): unknown {
  let value = data;
  for (const name of path) {
    if (typeof value !== 'object' || value === null) return null;
    value = Reflect.get(value, name);
  }
  return value ?? null;
}

export function connectionAt(answer: ShopifyAnswer, ...path: readonly string[]): Connection {
  const parsed = connection.safeParse(at(answer.data, ...path));
  if (parsed.success) return parsed.data;
  throw notAnAnswer(answer.answer);
}

/** Every page of a list, asked one after the other; a page that begins where the one before did would never end. */
export async function* pagesOf(
  ask: (after: string | null) => Promise<ShopifyAnswer>,
  ...path: readonly string[]
): AsyncGenerator<Connection> {
  let after: string | null = null;
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const found = connectionAt(await ask(after), ...path);
    yield found;
    const { hasNextPage, endCursor } = found.pageInfo;
    if (!hasNextPage) return;
    if (endCursor == null || endCursor === after) throw new Failure('shop.page-repeats', { page: String(page + 1) });
    after = endCursor;
  }
}

/** All of a list. */
export async function allOf(
  ask: (after: string | null) => Promise<ShopifyAnswer>,
  ...path: readonly string[]
): Promise<readonly unknown[]> {
  const nodes: unknown[] = [];
  for await (const page of pagesOf(ask, ...path)) nodes.push(...page.nodes);
  return nodes;
}
