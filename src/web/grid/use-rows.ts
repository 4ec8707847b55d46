import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { PAGE, pageOf, pagesWanted, range, type Sight } from './pages.ts';

export type Page<Row> = { readonly total: number; readonly rows: readonly Row[] };

type Request<Answer> = {
  readonly key: readonly unknown[];
  /** The signal tells that nobody waits any more: the pages passed over while the scroll bar is dragged. */
  readonly read: (offset: number, limit: number, signal?: AbortSignal) => Promise<Answer>;
};

/**
 * The rows in sight of a long list that the server holds. While another filter is being answered the rows before it
 * stay, so that nothing flashes white.
 */
export function useRows<Row, Answer extends Page<Row>>({ key, read }: Request<Answer>) {
  const queries = useQueryClient();
  const [sight, setSight] = useState<Sight>({ first: 0, last: 0, down: true });
  const before = useRef<{ first: Answer; pages: ReadonlyMap<number, Answer | undefined> } | null>(null);
  const known = queries.getQueryData<Answer>([...key, 0]) ?? before.current?.first;
  const wanted = pagesWanted(sight, known?.total ?? 0);
  const options = (page: number) => ({
    queryKey: [...key, page],
    queryFn: ({ signal }: { signal: AbortSignal }) => read(page * PAGE, PAGE, signal),
    staleTime: 60_000,
    retry: 1,
  });
  const results = useQueries({ queries: wanted.map(options) });
  const pages = new Map(results.map(({ data }, index) => [wanted[index] ?? 0, data]));
  const first = pages.get(0);
  const shown = first ? { first, pages } : before.current;
  useEffect(() => {
    if (first) before.current = { first, pages };
  });

  return {
    answer: shown?.first ?? null,
    total: shown?.first.total ?? 0,
    fresh: first !== undefined,
    /** The pages read, for what is measured on the rows themselves. */
    pages: [...(shown?.pages.values() ?? [])].flatMap((page) => (page === undefined ? [] : [page.rows])),
    error: results.find(({ error }) => error !== null)?.error ?? null,
    row: (index: number): Row | null => rowIn(index),
    /** Says which rows are in sight, so that their pages are read. */
    see: (from: number, to: number) => {
      const moved = from === sight.first ? to - sight.last : from - sight.first;
      if (pageOf(from) !== pageOf(sight.first) || pageOf(to) !== pageOf(sight.last))
        setSight({ first: from, last: to, down: moved >= 0 });
    },
    /** All rows between two places, read when they are not there yet. */
    between: async (from: number, to: number): Promise<readonly Row[]> => {
      const asked = await Promise.all(range(pageOf(from), pageOf(to)).map((page) => queries.fetchQuery(options(page))));
      return asked.flatMap(({ rows }) => rows).slice(from % PAGE, (from % PAGE) + to - from + 1);
    },
  };

  function rowIn(index: number): Row | null {
    return shown?.pages.get(pageOf(index))?.rows[index % PAGE] ?? null;
  }
}
