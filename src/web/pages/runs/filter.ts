import type { RunSummary } from '../../../api/api.ts';

type Group = 'written' | 'review' | 'failed' | 'other';

function groupOf({ state }: Pick<RunSummary, 'state'>): Group {
  return state === 'written' || state === 'review' || state === 'failed' ? state : 'other';
}

export function inState(run: Pick<RunSummary, 'state'>, state: string): boolean {
  return state === 'all' || groupOf(run) === state;
}

/** How many runs each choice of the filter shows; they add up to all. */
export function countsByState(runs: readonly Pick<RunSummary, 'state'>[]): Readonly<Record<Group | 'all', number>> {
  const counts = { all: runs.length, written: 0, review: 0, failed: 0, other: 0 };
  for (const run of runs) counts[groupOf(run)] += 1;
  return counts;
}

/** `YYYY-MM` of the runs, newest first. */
export function monthsOf(runs: readonly Pick<RunSummary, 'startedAt'>[]): readonly string[] {
  return [...new Set(runs.map(({ startedAt }) => startedAt.slice(0, 7)))].sort().reverse();
}
