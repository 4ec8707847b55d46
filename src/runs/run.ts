import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Day, dayIn } from '../core/calendar.ts';
import { seenKeys } from '../core/seen-keys.ts';
import type { StoredProfile } from '../profiles/profile.ts';
import { bookSettings } from '../profiles/settings.ts';
import type { ReadItem } from '../shops/reader.ts';
import type { RunRow } from '../store/store.ts';
import { keyOf, lotAnalyser } from './analyse-lots.ts';
import { type Controller, controller } from './control.ts';
import { emptyTally } from './counts.ts';
import { letGoOfCodes } from './customer-codes.ts';
import { customersFolder, discard, target } from './deliver.ts';
import type { RunDeps } from './deps.ts';
import { identityOf, toItsEnd } from './end.ts';
import type { RunEvent, RunOutcome, RunRequest, RunTrouble } from './events.ts';
import { forgetReview } from './forget-review.ts';
import { goneDocuments } from './gone.ts';
import { releaseLock, takeLock } from './lock.ts';
import { pagesGivenBack } from './memory.ts';
import { openSource } from './read.ts';
import { recorded } from './recorder.ts';
import { purgeReads } from './resume.ts';
import { reviewSink } from './review-sink.ts';
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
    const who = { user: deps.by ?? null, writtenBy: request.mode === 'write' ? (deps.by ?? null) : null };
    const row = { ...run, request: JSON.stringify({ ...request, ...who, targetFolder: folder }) };
    await deps.store.runs.add(row);
    await purge(deps, stored);
    await purgeReads(deps);
    const work = workOf({ deps, stored, run: row, request, choice, signal });
    const state = request.mode === 'write' ? 'written' : request.mode;
    return yield* recorded(deps, row, toItsEnd(work, { walk, undo, state }));
  } finally {
    await letGoOfCodes(deps, stored.id);
    await releaseLock(deps, stored.id, run.id);
  }
}

function workOf(given: Pick<Work, 'deps' | 'stored' | 'run' | 'request' | 'choice' | 'signal'>): Work {
  const { from, to } = given.run;
  return {
    ...given,
    tally: emptyTally(),
    troubles: [],
    files: [],
    step: 'start',
    source: null,
    hook: null,
    preparation: null,
    from,
    to,
    debitMinor: 0n,
    finished: false,
  };
}

async function* walk(work: Work): Told {
  const { deps, stored, run, request, signal } = work;
  yield [{ type: 'begin', at: now(deps), run: identityOf(work, 'reading') }];
  yield [begin(work, 'start')];
  work.hook = await deps.openHook(stored);
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
  const analyseLot = lotAnalyser({ deps, stored, request, settings, hook: work.hook });
  const seen = seenKeys();
  const looksForGone = (request.corrections ?? 'tell') !== 'tell';
  const control = await controller(deps.store, { ...run, from: source.from, to: source.to }, source);
  const giveBack = pagesGivenBack();
  const sink = request.mode === 'write' ? writeSink(work, source) : reviewSink(work);
  if (stored.profile.advanced.grouping === 'month') yield noticed(work, { code: 'grouping.monthly', values: {} });
  for await (const { items, events } of source.read()) {
    signal.throwIfAborted();
    for (const event of events) if (event.type === 'trouble') work.troubles.push(event.trouble);
    yield events;
    if (items.length === 0) continue;
    control.take(items);
    if (looksForGone) for (const item of items) seen(keyOf(item));
    const analysed = await analyseLot(items);
    if (stored.profile.advanced.keepRawDays > 0) await keepRaw(work, items);
    yield* sink.take(analysed);
    giveBack(items.length);
  }
  for await (const lot of goneDocuments(work, source, seen)) yield* sink.take(lot);
  work.step = 'read';
  yield [done(work)];
  yield* controlled(work, await control.end());
  yield* sink.end();
  work.finished = true;
  await source.forget();
}

function noticed(work: Work, trouble: RunTrouble): readonly RunEvent[] {
  work.troubles.push(trouble);
  return [{ type: 'trouble', at: now(work.deps), trouble }];
}

/** What the source counts and the series show, told before anything is delivered. */
async function* controlled(work: Work, { control, troubles }: Awaited<ReturnType<Controller['end']>>): Told {
  const { deps, run } = work;
  work.troubles.push(...troubles);
  await deps.store.runs.change(run.id, {
    control: JSON.stringify(control),
    troubles: JSON.stringify(work.troubles),
  });
  yield troubles.map((trouble) => ({ type: 'trouble', at: now(deps), trouble }));
}

async function keepRaw({ deps, stored }: Work, items: readonly ReadItem[]): Promise<void> {
  const rows = items.flatMap((item) => (item.raw === null ? [] : { document: keyOf(item), body: item.raw }));
  if (rows.length > 0) await deps.store.raw.keep(stored.id, now(deps), rows);
}

/** What holds customers' data and has been kept long enough: the shop's answers, and the copies of lists of customers. */
async function purge(deps: RunDeps, { id, profile }: StoredProfile): Promise<void> {
  const msPerDay = 86_400_000;
  const before = new Date(deps.now() - profile.advanced.keepRawDays * msPerDay).toISOString();
  await deps.store.raw.purge(id, before);
  const folder = customersFolder(deps, id);
  const names = await readdir(folder).catch(() => []); // no folder yet: no copy
  for (const name of names) if (name < runStamp(before)) await rm(join(folder, name), { force: true });
}

/** How the id of a run begins that starts at an instant, so that ids sort by it. */
function runStamp(instant: string): string {
  return instant.slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
}

/** Nothing is left of a run that did not come to its end: no temporary file, no claim, no review. */
async function undo(work: Work, state: 'failed' | 'cancelled'): Promise<void> {
  const { deps, run } = work;
  await discard(work.preparation);
  await deps.store.parts.release(run.id);
  await forgetReview(deps, run.id);
  await deps.store.runs.changeDocumentStates(run.id, 'written', 'ready', null);
  await settle(work, state);
}

function newRun(deps: RunDeps, { id, profile }: StoredProfile, request: RunRequest): RunRow {
  const startedAt = now(deps);
  const days: { from: Day; to: Day } | null = request.period.type === 'days' ? request.period : null;
  return {
    id: `${runStamp(startedAt)}-${randomBytes(3).toString('hex')}`,
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
    decimals: profile.reading.decimals,
    troubles: '[]',
    file: null,
    control: null,
  };
}
