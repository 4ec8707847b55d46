import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';

/** Rows asked at a time; with the pages around the one in sight, the browser holds a few hundred of them. */
const PAGE = 150;

export type Page<Row> = { readonly total: number; readonly rows: readonly Row[] };

type Request<Answer> = {
  readonly key: readonly unknown[];
  readonly read: (offset: number, limit: number) => Promise<Answer>;
};

/**
 * The rows in sight of a long list that the server holds. While another filter is being answered the rows before it
 * stay, so that nothing flashes white.
 */
export function useRows<Row, Answer extends Page<Row>>({ key, read }: Request<Answer>) {
  const queries = useQueryClient();
  const [sight, setSight] = useState({ first: 0, last: 0 });
  const before = useRef<{ first: Answer; pages: ReadonlyMap<number, Answer | undefined> } | null>(null);
  const [top, bottom] = [Math.floor(sight.first / PAGE), Math.floor(sight.last / PAGE)];
  const known = queries.getQueryData<Answer>([...key, 0]) ?? before.current?.first;
  const end = Math.floor(Math.max(0, (known?.total ?? 0) - 1) / PAGE);
  // The pages around those in sight are read ahead, so that scrolling meets rows that are there.
  const wanted = [...new Set([0, ...range(Math.max(0, top - 1), Math.max(bottom, Math.min(bottom + 1, end)))])];
  const options = (page: number) => ({
    queryKey: [...key, page],
    queryFn: () => read(page * PAGE, PAGE),
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
    error: results.find(({ error }) => error !== null)?.error ?? null,
    row: (index: number): Row | null => rowIn(index),
    /** Says which rows are in sight, so that their pages are read. */
    see: (from: number, to: number) => {
      if (
        Math.floor(from / PAGE) !== Math.floor(sight.first / PAGE) ||
        Math.floor(to / PAGE) !== Math.floor(sight.last / PAGE)
      )
        setSight({ first: from, last: to });
    },
    /** All rows between two places, read when they are not there yet. */
    between: async (from: number, to: number): Promise<readonly Row[]> => {
      const asked = await Promise.all(
        range(Math.floor(from / PAGE), Math.floor(to / PAGE)).map((page) => queries.fetchQuery(options(page))),
      );
      return asked.flatMap(({ rows }) => rows).slice(from % PAGE, (from % PAGE) + to - from + 1);
    },
  };

  function rowIn(index: number): Row | null {
    return shown?.pages.get(Math.floor(index / PAGE))?.rows[index % PAGE] ?? null;
  }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
