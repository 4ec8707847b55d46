import { randomBytes } from 'node:crypto';
import { type Day, dayIn } from '../core/calendar.ts';
import { currencyOf, moneyText } from '../core/money.ts';
import { Failure } from '../core/problem.ts';
import type { StoredProfile } from '../profiles/profile.ts';
import { bookSettings } from '../profiles/settings.ts';
import type { ReadItem } from '../shops/reader.ts';
import type { PartRow, RunRow } from '../store/store.ts';
import { type Analysed, analyse, repeated } from './analyse.ts';
import { emptyTally } from './counts.ts';
import { discard, target } from './deliver.ts';
import type { LedgerChoice, RunDeps } from './deps.ts';
import type { RunEvent, RunOutcome, RunRequest, RunState, RunTrouble } from './events.ts';
import { releaseLock, takeLock } from './lock.ts';
import { openSource } from './read.ts';
import { type Recorder, recorder } from './recorder.ts';
import { reviewSink } from './review-sink.ts';
import { seenKeys } from './seen-keys.ts';
import { requestOf } from './stored.ts';
import { begin, done, now, settle, type Told, type Work } from './work.ts';
import { writeSink } from './write-sink.ts';

/**
 * One import run: read → analyse → review or write → mark. The web app, the command line and the scheduler walk this
 * same function; they differ in what they do with its events. Throws a `Failure` before the run exists (another one is
 * at work, the profile is unknown); afterwards every failure is the run's own, told by its outcome.
 */
export async function* startRun(
  deps: RunDeps,
  request: RunRequest,
  signal: AbortSignal,
): AsyncGenerator<RunEvent, RunOutcome> {
  const stored = await deps.profiles.get(request.profile);
  const choice = deps.ledgerFor(stored.profile, request.format);
  const run = newRun(deps, stored, request);
  await takeLock(deps, stored.id, run.id);
  try {
    const folder = target(deps, stored, run, request, choice, 'UTC').folder;
    const row = { ...run, request: JSON.stringify({ ...request, targetFolder: folder }) };
    await deps.store.runs.add(row);
    await purgeRaw(deps, stored);
    return yield* recorded(deps, row, go(deps, stored, row, request, choice, signal));
  } finally {
    await releaseLock(deps, stored.id, run.id);
  }
}

/** Keeps the events of a run in its log while they pass. */
export async function* recorded(
  deps: RunDeps,
  run: RunRow,
  events: Told<RunOutcome>,
  after = 0,
): AsyncGenerator<RunEvent, RunOutcome> {
  const log: Recorder = recorder(deps.store, run.id, after);
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

async function* go(
  deps: RunDeps,
  stored: StoredProfile,
  run: RunRow,
  request: RunRequest,
  choice: LedgerChoice,
  signal: AbortSignal,
): Told<RunOutcome> {
  const tally = emptyTally();
  const troubles: RunTrouble[] = [];
  const work: Work = {
    deps,
    stored,
    run,
    request,
    choice,
    signal,
    tally,
    troubles,
    step: 'start',
    source: null,
    preparation: null,
    files: [],
    from: run.from,
    to: run.to,
    finished: false,
    seen: seenKeys(),
  };
  try {
    yield [{ type: 'begin', at: now(deps), run: identity(work, 'reading') }];
    yield* walk(work);
    return outcome(work, request.mode === 'write' ? 'written' : request.mode);
  } catch (error) {
    const state = signal.aborted ? 'cancelled' : 'failed';
    const trouble = troubleOf(signal.aborted ? new Failure('run.cancelled', {}, { cause: error }) : error);
    troubles.push(trouble);
    yield [{ type: 'step', at: now(deps), step: work.step, state: 'failed', counts: { ...tally }, trouble }];
    await undo(work, state);
    if (!(error instanceof Failure) && !signal.aborted) throw error; // a fault of the programme: the caller logs it
    return outcome(work, state);
  } finally {
    if (!work.finished) await undo(work, 'cancelled');
    await work.source?.close();
  }
}

async function* walk(work: Work): Told {
  const { deps, stored, run, request, signal } = work;
  yield [begin(work, 'start')];
  work.source = await openSource(deps, stored, request, signal);
  const { source } = work;
  work.from = source.from;
  work.to = source.to;
  const { timeZone, shopName } = source;
  const found = { ...requestOf(run), timeZone, shopName };
  await deps.store.runs.change(run.id, { from: source.from, to: source.to, request: JSON.stringify(found) });
  yield [done(work)];

  yield [begin(work, 'read')];
  const settings = bookSettings(stored.profile, {
    today: dayIn(source.timeZone, deps.now()),
    shopName: source.shopName,
  });
  const sink = request.mode === 'write' ? writeSink(work, source) : reviewSink(work);
  for await (const { items, events } of source.read()) {
    signal.throwIfAborted();
    for (const event of events) if (event.type === 'trouble') work.troubles.push(event.trouble);
    yield events;
    if (items.length === 0) continue;
    const analysed = await analyseLot(work, items, settings);
    if (stored.profile.advanced.keepRawDays > 0) await keepRaw(work, items);
    yield* sink.take(analysed);
  }
  work.step = 'read';
  yield [done(work)];
  yield* sink.end();
  work.finished = true;
}

async function analyseLot(
  work: Work,
  items: readonly ReadItem[],
  settings: Parameters<typeof analyse>[1]['settings'],
): Promise<readonly Analysed[]> {
  const { deps, stored, request } = work;
  const keys = items.map((item) => (item.state === 'read' ? item.document.key : item.key));
  const known = await deps.store.parts.of(stored.id, keys);
  const orders = items.flatMap((item) =>
    item.state === 'read' && item.document.kind === 'creditNote' ? item.document.order.id : [],
  );
  const transferred =
    orders.length > 0 ? await deps.store.parts.salesTransferred(stored.id, orders) : new Set<string>();
  const nothing: readonly PartRow[] = [];
  return items.map((item) => {
    const key = item.state === 'read' ? item.document.key : item.key;
    const analysed = analyse(item, {
      settings,
      includeTransferred: request.includeTransferred,
      onlyTransferredOrders: stored.profile.reading.creditNotes === 'transferred',
      known: known.get(key) ?? nothing,
      saleTransferred: item.state === 'read' && transferred.has(item.document.order.id),
    });
    return work.seen(key) ? repeated(analysed) : analysed;
  });
}

async function keepRaw({ deps, stored }: Work, items: readonly ReadItem[]): Promise<void> {
  const rows = items.flatMap((item) =>
    item.raw === null ? [] : { document: item.state === 'read' ? item.document.key : item.key, body: item.raw },
  );
  if (rows.length > 0) await deps.store.raw.keep(stored.id, now(deps), rows);
}

async function purgeRaw(deps: RunDeps, { id, profile }: StoredProfile): Promise<void> {
  const msPerDay = 86_400_000;
  await deps.store.raw.purge(id, new Date(deps.now() - profile.advanced.keepRawDays * msPerDay).toISOString());
}

/** Nothing is left of a run that did not come to its end: no temporary file, no claim, no review. */
async function undo(work: Work, state: 'failed' | 'cancelled'): Promise<void> {
  if (work.finished) return;
  work.finished = true;
  const { deps, run } = work;
  await discard(work.preparation);
  await deps.store.parts.release(run.id);
  await deps.store.review.forget(run.id);
  await deps.store.runs.forgetCanonical(run.id);
  await deps.store.runs.changeDocumentStates(run.id, 'written', 'ready', null);
  work.debitMinor = 0n;
  work.tally.written = 0;
  await settle(work, state);
}

function identity({ run, from, to }: Pick<Work, 'run' | 'from' | 'to'>, state: RunState): RunOutcome['run'] {
  return { id: run.id, profile: run.profile, kind: run.kind, from, to, state };
}

function outcome(work: Work, state: RunState): RunOutcome {
  const { tally, troubles, files, run } = work;
  const total = moneyText({ minor: work.debitMinor ?? 0n, currency: currencyOf(run.currency) });
  return { run: identity(work, state), counts: { ...tally }, totals: { debit: total, credit: total }, troubles, files };
}

/** What went wrong with the world, as a sentence's code; a fault of the programme is told without its details. */
export function troubleOf(error: unknown): RunTrouble {
  if (error instanceof Failure) return { code: error.code, values: error.values };
  return { code: 'internal', values: {} };
}

function newRun(deps: RunDeps, { id, profile }: StoredProfile, request: RunRequest): RunRow {
  const startedAt = now(deps);
  const days: { from: Day; to: Day } | null = request.period.type === 'days' ? request.period : null;
  return {
    id: `${startedAt.slice(0, 19).replace(/[-:]/g, '').replace('T', '-')}-${randomBytes(3).toString('hex')}`,
    profile: id,
    kind: request.kind,
    from: days?.from ?? null,
    to: days?.to ?? null,
    state: 'reading',
    request: JSON.stringify(request),
    startedAt,
    endedAt: null,
    counts: JSON.stringify(emptyTally()),
    debitMinor: 0n,
    creditMinor: 0n,
    currency: profile.ledger.currency,
    troubles: '[]',
    file: null,
  };
}
