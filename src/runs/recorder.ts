import type { Store } from '../store/store.ts';
import type { RunEvent } from './events.ts';

/** Documents with a reason that the log keeps one by one; beyond, the counts speak for them. */
const MAX_DOCUMENTS = 2000;

/**
 * Keeps a run's log in the store, so that the page can be left and re-joined. Progress is not kept, nor documents
 * without a reason: the counts of the step and the list of documents say them. `after` is the last number of a run that
 * stopped for its review and goes on.
 */
export function recorder(store: Store, run: string, after = 0) {
  let seq = after;
  let documents = 0;
  let waiting: { seq: number; event: string }[] = [];
  return { record, flush };

  function record(event: RunEvent): void {
    if (event.type === 'progress') return;
    if (event.type === 'document') {
      if (event.document.reasons.length === 0 || documents >= MAX_DOCUMENTS) return;
      documents += 1;
      keep({ ...event, entries: [] });
      return;
    }
    keep(event);
  }

  function keep(event: RunEvent): void {
    seq += 1;
    waiting.push({ seq, event: JSON.stringify(event) });
  }

  async function flush(): Promise<void> {
    if (waiting.length === 0) return;
    const rows = waiting;
    waiting = [];
    await store.runs.addEvents(run, rows);
  }
}

export type Recorder = ReturnType<typeof recorder>;
