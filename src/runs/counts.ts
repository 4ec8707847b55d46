import type { DocumentState, RunCounts } from './events.ts';

/** Counts that grow while a run goes; `read = ready + held + excluded + alreadyTransferred` at every moment. */
export type Tally = { -readonly [Name in keyof RunCounts]: number };

export function emptyTally(): Tally {
  return {
    read: 0,
    ready: 0,
    held: 0,
    excluded: 0,
    alreadyTransferred: 0,
    written: 0,
    unticked: 0,
    entries: 0,
    lines: 0,
  };
}

export function count(tally: Tally, state: DocumentState): void {
  tally.read += 1;
  if (state === 'held') tally.held += 1;
  else if (state === 'excluded') tally.excluded += 1;
  else if (state === 'already') tally.alreadyTransferred += 1;
  else tally.ready += 1;
}
