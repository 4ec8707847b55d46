import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { get } from '../api/client.ts';
import { profileKey } from '../api/queries.ts';
import { useSpeech } from '../language.tsx';
import { Skeleton } from '../pages/home/Page.tsx';
import { Unread } from './Badges.tsx';
import { Button } from './Controls.tsx';

const PAGE = 100;

/** A list of a profile that the server gives a page at a time; what was seen stays in sight until others come. */
export function usePaged<Answer extends { readonly total: number }>(
  profile: string,
  list: 'documents' | 'entries',
  query: string,
) {
  return useInfiniteQuery({
    queryKey: [...profileKey(profile), list, query],
    queryFn: ({ pageParam }) =>
      get<Answer>(`/api/profiles/${profile}/${list}?${query}&offset=${pageParam}&limit=${PAGE}`),
    initialPageParam: 0,
    getNextPageParam: (last, all) => (all.length * PAGE < last.total ? all.length * PAGE : undefined),
    placeholderData: (before) => before,
  });
}

/** Its rows as they come: not there yet, unread, none, or some with a way to more. */
export function Paged<Answer extends { readonly total: number }>(props: {
  readonly pages: ReturnType<typeof usePaged<Answer>>;
  readonly none: string;
  readonly children: (pages: readonly Answer[]) => ReactNode;
}) {
  const { say, count } = useSpeech();
  const { pages, none, children } = props;
  const answers = pages.data?.pages ?? [];
  const total = answers[0]?.total;
  if (pages.error) return <Unread query={pages} />;
  if (total === undefined) return <Skeleton />;
  if (total === 0)
    return (
      <section className="card empty">
        <p>{none}</p>
      </section>
    );
  return (
    <>
      <section className="card table-card">{children(answers)}</section>
      {pages.hasNextPage ? (
        <div>
          <Button small disabled={pages.isFetching} onClick={() => pages.fetchNextPage()}>
            {say('ui.more', { n: count(total) })}
          </Button>
        </div>
      ) : null}
    </>
  );
}
