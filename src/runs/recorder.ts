import type { RunRow, Store } from '../store/store.ts';
import type { RunDeps } from './deps.ts';
import type { RunEvent, RunOutcome } from './events.ts';
import type { Told } from './work.ts';

/** Documents with a reason that the log keeps one by one; beyond, the counts speak for them. */
const MAX_DOCUMENTS = 2000;

/**
 * Keeps the events of a run in its log while they pass; `after` is the last number of a run that stopped for its review
 * and goes on.
 */
export async function* recorded(
  deps: RunDeps,
  run: RunRow,
  events: Told<RunOutcome>,
  after = 0,
): AsyncGenerator<RunEvent, RunOutcome> {
  const log = recorder(deps.store, run.id, after);
  try {
    for (;;) {
      const next = await events.next();
      if (next.done) return next.value;
      for (const event of next.value) log.record(event);
      if (next.value.some(({ type }) => type !== 'document' && type !== 'progress')) await log.flush();
      for (const event of next.value) yield event;
    }
  } finally {
    await events.return(undefined as never); // a listener that went away stops the run
    await log.flush();
  }
}

/**
 * Keeps a run's log in the store, so that the page can be left and re-joined. Progress is not kept, nor documents
 * without a reason: the counts of the step and the list of documents say them.
 */
function recorder(store: Store, run: string, after: number) {
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
