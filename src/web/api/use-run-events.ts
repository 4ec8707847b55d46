import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { LogLine, Progress, RunSummary } from '../../api/api.ts';
import { askServer } from './connection.ts';

export type Followed = {
  readonly lines: readonly LogLine[];
  readonly progress: Progress | null;
  readonly end: RunSummary | null;
  readonly lost: boolean;
};

const NOTHING: Followed = { lines: [], progress: null, end: null, lost: false };
/** Events are gathered this long before they are drawn: a run may send thousands a second. */
const GATHER_MS = 80;

/**
 * Follows a run by its stream of events. Joining again replays them from the start, so that a page opened in the middle
 * shows the whole log; the browser itself joins again after a loss, from the last event it had.
 */
export function useRunEvents(run: string | null): Followed {
  const [followed, setFollowed] = useState<{ run: string | null; value: Followed }>({ run: null, value: NOTHING });
  const queries = useQueryClient();
  // Once its run is written there is no review to read; one whose writing failed is read again.
  const renew = useRef((ended: RunSummary) =>
    queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'review' || ended.state === 'review' }),
  );
  useEffect(() => {
    if (run === null) return;
    const lines = new Map<number, LogLine>();
    let value = NOTHING;
    let waiting: ReturnType<typeof setTimeout> | null = null;
    const tell = (part: Partial<Followed>) => {
      value = { ...value, ...part };
      waiting ??= setTimeout(() => {
        waiting = null;
        setFollowed({ run, value: { ...value, lines: [...lines.values()] } });
      }, GATHER_MS);
    };
    const source = new EventSource(`/api/runs/${run}/events`);
    source.addEventListener('log', ({ data }) => {
      const line: LogLine = JSON.parse(data);
      lines.set(line.seq, line);
      tell({ lost: false });
    });
    source.addEventListener('progress', ({ data }) => tell({ progress: JSON.parse(data), lost: false }));
    source.addEventListener('end', ({ data }) => {
      source.close();
      const ended: RunSummary = JSON.parse(data);
      tell({ end: ended, progress: null, lost: false });
      renew.current(ended);
    });
    source.addEventListener('error', () => {
      tell({ lost: true });
      void askServer(); // a stream breaks off for other reasons too
    });
    return () => {
      source.close();
      if (waiting !== null) clearTimeout(waiting);
    };
  }, [run]);
  return followed.run === run ? followed.value : NOTHING;
}
