import { Failure, type Problem, problem } from '../../core/problem.ts';
import type { Asking, Query, Webservice } from './client.ts';
import type { Row } from './xml.ts';

/**
 * Lists of the Webservice made whole: paged by id (it gives no total and no next page), in lots of ids that keep the
 * address short, over every sub-shop, and with a resource that the key may not read told once.
 */
export type Source = {
  /** Up to `limit` records after an id, ascending. */
  readonly page: (
    resource: string,
    query: Query,
    page: { after: string | null; limit: number },
  ) => Promise<readonly Row[]>;
  /** Every record of a resource that the query asks for. */
  readonly all: (resource: string, query?: Query) => Promise<readonly Row[]>;
  /** Every record whose field is one of the values. */
  readonly among: (
    resource: string,
    field: string,
    values: readonly string[],
    query?: Query,
  ) => Promise<readonly Row[]>;
  /** The same, or null when the key has no right on the resource: then `problems` says it, once. */
  readonly optional: <Result>(resource: string, reading: () => Promise<Result>) => Promise<Result | null>;
  /** The vouchers of these orders: `order_cart_rules`, which 1.6 calls `order_discounts`. */
  readonly rules: (orders: readonly string[]) => Promise<readonly Row[] | null>;
  /** The module of the latest order paid under that label; null: no order was. */
  readonly moduleOf: (label: string) => Promise<string | null>;
  /** What was found missing since the last time it was asked. */
  readonly problems: () => readonly Problem[];
};

/** Where the documents of a run are: no parameter for a single shop, `id_shop=all`, or one sub-shop after another. */
export type Contexts = readonly Query[];

const ROWS_PER_PAGE = 1000;
const MAX_PAGES = 10_000;
/** Ids in one address: 150 of nine characters, encoded, stay under 2 kB. */
const LOT = 150;

export function sourceOf(service: Webservice, contexts: Contexts, asking: Asking): Source {
  const told = new Set<string>();
  const untold: Problem[] = [];
  let rulesResource: string | null = null;
  let statusesFilter = true;
  return {
    page,
    all,
    among,
    optional,
    rules,
    moduleOf,
    problems: () => untold.splice(0),
  };

  async function page(resource: string, query: Query, { after, limit }: { after: string | null; limit: number }) {
    const filter: Query = after === null ? {} : { 'filter[id]': `>[${after}]` };
    const found = new Map<string, Row>();
    for (const context of contexts) {
      const asked = { display: 'full', ...query, ...filter, sort: '[id_ASC]', limit: String(limit), ...context };
      for (const row of await rows(resource, asked)) found.set(idOf(row), row);
    }
    const sorted = [...found.values()].sort((a, b) => compareIds(idOf(a), idOf(b)));
    const [first] = sorted;
    // A host that drops the filter would give the same page for ever.
    if (after !== null && first !== undefined && compareIds(idOf(first), after) <= 0) {
      throw new Failure('shop.page-repeats', { page: resource });
    }
    return sorted.slice(0, limit);
  }

  async function all(resource: string, query: Query = {}): Promise<readonly Row[]> {
    const result: Row[] = [];
    for (let count = 0; count < MAX_PAGES; count += 1) {
      const after = result.at(-1);
      const found = await page(resource, query, {
        after: after === undefined ? null : idOf(after),
        limit: ROWS_PER_PAGE,
      });
      result.push(...found);
      if (found.length < ROWS_PER_PAGE) return result;
    }
    throw new Failure('shop.page-repeats', { page: resource });
  }

  async function among(resource: string, field: string, values: readonly string[], query: Query = {}) {
    const wanted = [...new Set(values)].sort(compareIds);
    const result: Row[] = [];
    for (let start = 0; start < wanted.length; start += LOT) {
      const filter = `[${wanted.slice(start, start + LOT).join('|')}]`;
      // Asked by id, the answer cannot be longer than the lot, and the filter on ids is taken.
      if (field === 'id')
        result.push(...(await page(resource, { ...query, 'filter[id]': filter }, { after: null, limit: LOT })));
      else result.push(...(await all(resource, { ...query, [`filter[${field}]`]: filter })));
    }
    return result;
  }

  async function rules(orders: readonly string[]): Promise<readonly Row[] | null> {
    rulesResource ??= await rulesResourceOf();
    const resource = rulesResource;
    return optional(resource, () => among(resource, 'id_order', orders));
  }

  async function rulesResourceOf(): Promise<string> {
    const name = 'order_cart_rules';
    const answer = await service.ask(name, { display: '[id]', limit: '1', ...contexts[0] }, asking);
    return answer.state === 'refused' && answer.why === 'resource' ? 'order_discounts' : name;
  }

  async function moduleOf(label: string): Promise<string | null> {
    const query = { display: '[id,module]', 'filter[payment]': `[${label}]`, sort: '[id_DESC]', limit: '1' };
    for (const context of contexts) {
      const answer = await service.ask('orders', { ...query, ...context }, asking);
      const [row] = answer.state === 'rows' ? answer.rows : [];
      if (row !== undefined && fieldOf(row, 'module') !== '') return fieldOf(row, 'module');
    }
    return null;
  }

  async function optional<Result>(resource: string, reading: () => Promise<Result>): Promise<Result | null> {
    if (told.has(resource)) return null;
    try {
      return await reading();
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'shop.right-missing') throw error;
      told.add(resource);
      untold.push(problem('shop.read-incomplete', 'warn', null, { right: resource }));
      return null;
    }
  }

  async function rows(resource: string, query: Query): Promise<readonly Row[]> {
    const { 'filter[current_state]': statuses, ...rest } = query;
    const byStatus = statuses !== undefined && statusesFilter;
    const answer = await service.ask(resource, byStatus ? query : rest, asking);
    if (answer.state === 'rows') return answer.rows;
    if (answer.why !== 'filter' || !byStatus) throw refusalOf(answer.why, resource);
    statusesFilter = false; // some versions refuse this one filter: the reader leaves the other statuses out
    return rows(resource, rest);
  }
}

export function refusalOf(why: 'right' | 'resource' | 'filter' | 'shop', resource: string): Failure {
  if (why === 'right') return new Failure('shop.right-missing', { right: resource });
  return new Failure('shop.broken-answer', { status: why, url: resource });
}

export function idOf(row: Row): string {
  return typeof row.id === 'string' ? row.id : '';
}

export function fieldOf(row: Row, name: string): string {
  const value = row[name];
  return typeof value === 'string' ? value : '';
}

/** Ids are numbers written as text, of any length; other text follows, in its own order. */
export function compareIds(a: string, b: string): number {
  const numbers = /^\d+$/.test(a) && /^\d+$/.test(b);
  if (numbers && a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}
