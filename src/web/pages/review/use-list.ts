import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import type {
  ExcludeAnswer,
  ExcludeRequest,
  IncludeRequest,
  LateRequest,
  MendAnswer,
  MendRequest,
  Review,
  ReviewRow,
  ReviewRows,
  TickRequest,
} from '../../../api/review.ts';
import { get, post } from '../../api/client.ts';
import { profileKey, reviewKey } from '../../api/queries.ts';
import { useAct } from '../../api/use-act.ts';
import { rowMap } from '../../grid/row-map.ts';
import { useRows } from '../../grid/use-rows.ts';
import type { EntryRow, LineRow } from './columns.ts';
import { addressOf, type ListQuery, queryOf, rowsPath } from './query.ts';

/** Entries above which a list starts folded. */
const LONG = 500;

/** The list of entries: the query in the address, the rows in sight, what is opened or closed by hand. */
export function useList(review: Review, narrow: boolean) {
  const run = review.run.id;
  const queries = useQueryClient();
  const [location, go] = useLocation();
  const [params] = useSearchParams();
  const foldedAtFirst = review.tabs.all > LONG;
  const asked = queryOf(params, foldedAtFirst);
  const query = narrow ? { ...asked, flat: false } : asked; // cards are of entries
  const address = addressOf(query, foldedAtFirst);
  const rows = useRows<ReviewRow, ReviewRows>({
    key: [...reviewKey(run), 'rows', address],
    read: (offset, limit, signal) => get<ReviewRows>(rowsPath(run, query, offset, limit), signal),
  });

  // What was folded by hand holds for one answer of the server: another filter or fold starts anew.
  const [hand, setHand] = useState<{
    of: string;
    opened: ReadonlyMap<number, readonly LineRow[]>;
    closed: ReadonlyMap<number, number>;
  }>(NOTHING_BY_HAND);
  const { opened, closed } = hand.of === address ? hand : NOTHING_BY_HAND;
  const map = useMemo(
    () => rowMap(rows.total, new Map([...opened].map(([row, lines]) => [row, lines.length])), closed),
    [rows.total, opened, closed],
  );

  const set = (part: Partial<ListQuery>) => {
    const next = addressOf({ ...query, ...part }, foldedAtFirst);
    go(next === '' ? location : `${location}?${next}`, { replace: true });
  };
  /** Sub-totals instead of rows, until something else is asked for. */
  const group = (by: string) =>
    go(`${location}?${new URLSearchParams([...new URLSearchParams(address), ['group', by]])}`);
  const rowAt = (index: number): ReviewRow | null => {
    const place = map.at(index);
    if (place === null) return null;
    return place.inner === null ? rows.row(place.row) : (opened.get(place.row)?.[place.inner] ?? null);
  };
  const isOpen = (index: number): boolean => {
    const place = map.at(index);
    if (place === null || query.flat) return true;
    return query.folded ? opened.has(place.row) : !closed.has(place.row);
  };

  /** Opens or closes one entry: its lines are asked of the server, or the rows below it are passed over. */
  const fold = async (index: number, entry: EntryRow) => {
    const place = map.at(index);
    if (place === null || place.inner !== null) return;
    if (query.folded) {
      const next = new Map(opened);
      if (!next.delete(place.row)) next.set(place.row, await linesOf(entry.number));
      setHand({ of: address, opened: next, closed });
      return;
    }
    const next = new Map(closed);
    if (!next.delete(place.row)) next.set(place.row, await lineCount(place.row, entry.number));
    setHand({ of: address, opened, closed: next });
  };
  const linesOf = async (number: number): Promise<readonly LineRow[]> => {
    const own: ListQuery = {
      ...query,
      tab: 'all',
      q: '',
      filters: { number: `=${number}` },
      folded: false,
      flat: true,
      sort: '',
    };
    const answer = await queries.fetchQuery({
      queryKey: [...reviewKey(run), 'lines', number],
      queryFn: () => get<ReviewRows>(rowsPath(run, own, 0, 500)),
      staleTime: 60_000,
    });
    return answer.rows.filter((row) => row.type === 'line');
  };
  /** Lines that follow an entry in the list as it stands; a filter on lines never hides lines of an entry that matches. */
  const lineCount = async (row: number, number: number): Promise<number> => {
    const below = await rows.between(row + 1, Math.min(rows.total - 1, row + 600));
    const end = below.findIndex((other) => other.type !== 'line' || other.number !== number);
    return end === -1 ? below.length : end;
  };

  const renew = (answer: Review) => {
    queries.setQueryData(reviewKey(run), answer);
    setHand(NOTHING_BY_HAND);
    void queries.invalidateQueries({ queryKey: profileKey(review.profile.id) }); // the side bar counts what is held
    return queries.invalidateQueries({ queryKey: [...reviewKey(run), 'rows'] });
  };
  const tick = useMutation({
    mutationFn: (request: TickRequest) => post<Review>(`/api/reviews/${run}/ticks`, request),
    onSuccess: (answer) => {
      queries.setQueryData(reviewKey(run), answer);
      queries.removeQueries({ queryKey: [...reviewKey(run), 'lines'] });
      return queries.invalidateQueries({ queryKey: [...reviewKey(run), 'rows'] });
    },
  });
  const mend = useAct({
    mutationFn: (request: MendRequest | LateRequest) =>
      post<MendAnswer>(`/api/reviews/${run}/${'answer' in request ? 'late' : 'mend'}`, request),
    onSuccess: ({ review: answer }) => renew(answer),
  });
  const exclude = useAct({
    mutationFn: (request: ExcludeRequest) => post<ExcludeAnswer>(`/api/reviews/${run}/exclude`, request),
    onSuccess: ({ review: answer }) => renew(answer),
  });
  const include = useMutation({
    mutationFn: (request: IncludeRequest) => post<Review>(`/api/reviews/${run}/include`, request),
    onSuccess: (answer) => {
      exclude.reset(); // what could be undone was undone, or is no longer the last act
      return renew(answer);
    },
  });

  return {
    run,
    query,
    set,
    group,
    rows,
    total: map.total,
    /** Changes when a place on the screen comes to stand for another row. */
    shape: map,
    rowAt,
    isOpen,
    fold,
    between: rows.between,
    placeOf: map.at,
    tick,
    mend,
    exclude,
    include,
  };
}

export type List = ReturnType<typeof useList>;

const NOTHING_BY_HAND = { of: '', opened: new Map<number, readonly LineRow[]>(), closed: new Map<number, number>() };
