import { currencyOf, moneyText } from '../core/money.ts';
import { Failure } from '../core/problem.ts';
import type { RunOutcome, RunState, RunTrouble } from './events.ts';
import { controlOf } from './stored.ts';
import { now, type Told, type Work } from './work.ts';

type Ending = {
  readonly walk: (work: Work) => Told;
  /** Takes back what a walk that did not come to its end has done; called once. */
  readonly undo: (work: Work, state: 'failed' | 'cancelled') => Promise<void>;
  /** What the run is when it has come to its end. */
  readonly state: RunState;
};

/**
 * Walks a run to its end, or undoes it: when the world fails, when it is cancelled, and when whoever listened goes away.
 * A fault of the programme is undone too, then thrown, so that the caller logs it.
 */
export async function* toItsEnd(work: Work, { walk, undo, state }: Ending): Told<RunOutcome> {
  const { deps, signal, tally, troubles } = work;
  try {
    yield* walk(work);
    return await outcomeOf(work, state);
  } catch (error) {
    // Half of the files could not be taken back: the run stays `delivering`, and the next start finishes it.
    if (error instanceof Failure && error.code === 'delivery.unfinished') work.finished = true;
    if (work.finished) throw error; // the file is delivered: only what follows it failed
    const trouble = troubleOf(signal.aborted ? new Failure('run.cancelled', {}, { cause: error }) : error);
    troubles.push(trouble);
    yield [{ type: 'step', at: now(deps), step: work.step, state: 'failed', counts: { ...tally }, trouble }];
    const ended = signal.aborted ? 'cancelled' : 'failed';
    await undone(ended);
    if (!(error instanceof Failure) && !signal.aborted) throw error;
    return await outcomeOf(work, ended);
  } finally {
    if (!work.finished) await undone('cancelled');
    await work.hook?.close();
    await work.source?.close();
  }

  async function undone(ended: 'failed' | 'cancelled'): Promise<void> {
    work.finished = true;
    work.debitMinor = 0n;
    tally.written = 0;
    await undo(work, ended);
  }
}

/** A run as its events and its outcome name it. */
export function identityOf({ run, from, to }: Pick<Work, 'run' | 'from' | 'to'>, state: RunState): RunOutcome['run'] {
  return { id: run.id, profile: run.profile, kind: run.kind, from, to, state };
}

async function outcomeOf(work: Work, state: RunState): Promise<RunOutcome> {
  const { deps, tally, troubles, files, run, debitMinor } = work;
  const row = await deps.store.runs.get(run.id);
  const total = moneyText({ minor: debitMinor, currency: currencyOf(run.currency, run.decimals) });
  const totals = { debit: total, credit: total }; // every entry was held to balance when it was made
  return {
    run: identityOf(work, state),
    counts: { ...tally },
    totals,
    troubles,
    files,
    control: row && controlOf(row),
    reasonCounts: await deps.store.runs.countReasons(run.id),
  };
}

/** What went wrong with the world, as a sentence's code; a fault of the programme is told without its details. */
function troubleOf(error: unknown): RunTrouble {
  if (error instanceof Failure) return { code: error.code, values: error.values };
  return { code: 'internal', values: {} };
}
