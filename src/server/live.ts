import { setImmediate, setTimeout } from 'node:timers/promises';
import type { LogLine, Progress, RunSummary } from '../api/api.ts';
import type { RunEvent, RunOutcome } from '../runs/events.ts';
import type { RunRow } from '../store/store.ts';
import type { ServerApp } from './app.ts';
import { type LogWriter, logOf, logWriter, MAX_WRITTEN, type WrittenDocument } from './log.ts';
import type { LogFiles } from './log-files.ts';
import { documentSummary, runSummary } from './summaries.ts';

/** The runs this process carries, and what they told. A browser that comes late, or comes back, reads the same lines. */
export type LiveRuns = {
  /**
   * Takes the run up to its first event, so that a refusal (another run is at work) is still an answer to the request;
   * the rest goes on in the background. The id of the run.
   */
  readonly start: (
    profile: string,
    run: string | null,
    begin: (signal: AbortSignal) => AsyncGenerator<RunEvent, RunOutcome>,
  ) => Promise<string>;
  readonly running: (profile: string) => string | null;
  /** False when the run does not go on here. */
  readonly stop: (run: string) => boolean;
  readonly log: (run: string) => Promise<readonly LogLine[]>;
  /** Lines after `after`, then what happens, until the run rests. */
  readonly follow: (run: RunRow, after: number, signal: AbortSignal) => AsyncGenerator<StreamEvent>;
  readonly close: () => Promise<void>;
};

export type StreamEvent =
  | { readonly type: 'log'; readonly line: LogLine }
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'alive' }
  | { readonly type: 'end'; readonly run: RunSummary };

type Live = {
  readonly id: string;
  readonly profile: string;
  readonly writer: LogWriter;
  readonly lines: LogLine[];
  readonly startedMs: number;
  readonly controller: AbortController;
  done: Promise<void>;
  ended: boolean;
  progress: Progress | null;
  changed: PromiseWithResolvers<void>;
};

/** Ended runs whose full log stays at hand; the log of older ones is made again from the events kept. */
const MAX_ENDED = 20;
/** A browser is told this often at most. */
const PACE_MS = 100;
/** A sign of life, so that a broken connection is noticed. */
const ALIVE_MS = 15_000;
/** How often a run of another process (the command line) is looked at. */
const LOOK_MS = 1000;
/** A run never keeps the server's other requests waiting longer. */
const TURN_MS = 30;

const RUNNING = new Set(['reading', 'writing', 'delivering']);

export function isRunning(row: RunRow): boolean {
  return RUNNING.has(row.state);
}

export function liveRuns(app: ServerApp, journal: LogFiles): LiveRuns {
  const { deps } = app;
  const runs = new Map<string, Live>();
  return { start, running, stop, log, follow, close };

  async function start(
    profile: string,
    run: string | null,
    begin: (signal: AbortSignal) => AsyncGenerator<RunEvent, RunOutcome>,
  ): Promise<string> {
    const controller = new AbortController();
    const generator = begin(controller.signal);
    const before = run === null ? null : (runs.get(run) ?? (await pastOf(run)));
    const first = await generator.next();
    const id = run ?? idOf(first);
    const live: Live = {
      id,
      profile,
      writer: before?.writer ?? logWriter(),
      lines: before?.lines ?? [],
      startedMs: deps.now(),
      controller,
      done: Promise.resolve(),
      ended: false,
      progress: null,
      changed: Promise.withResolvers(),
    };
    runs.delete(id);
    runs.set(id, live);
    forgetOldest();
    journal.event('run.begin', { run: id, profile });
    live.done = drive(live, generator, first);
    return id;
  }

  /** What the run told before, when another process or an earlier life of this one carried it. */
  async function pastOf(run: string): Promise<Pick<Live, 'writer' | 'lines'>> {
    const writer = logWriter();
    const lines: LogLine[] = [];
    for (const event of await eventsOf(run)) lines.push(...writer(event));
    return { writer, lines };
  }

  async function drive(
    live: Live,
    generator: AsyncGenerator<RunEvent, RunOutcome>,
    first: IteratorResult<RunEvent, RunOutcome>,
  ): Promise<void> {
    let turnMs = deps.now();
    try {
      for (let next = first; !next.done; next = await generator.next()) {
        take(live, next.value);
        if (deps.now() - turnMs < TURN_MS) continue;
        await setImmediate();
        turnMs = deps.now();
      }
    } catch (error) {
      // The run tells its failures as events; what is thrown is a fault of the programme.
      app.logFault(`run ${live.id}`, error);
    } finally {
      live.ended = true;
      live.progress = null;
      wake(live);
      await told(live.id).catch((error) => app.logFault(`run ${live.id}`, error));
    }
  }

  async function told(id: string): Promise<void> {
    const row = await deps.store.runs.get(id);
    if (row === null) return;
    const { counts, trouble } = runSummary(row, app.ledgers);
    const { read, written, held } = counts;
    journal.event('run.end', { run: id, state: row.state, read, written, held, failed: trouble?.code ?? '-' });
  }

  function take(live: Live, event: RunEvent): void {
    live.lines.push(...live.writer(event));
    const progress = progressOf(event, live.progress, deps.now() - live.startedMs);
    if (progress !== null) live.progress = progress;
    wake(live);
  }

  function running(profile: string): string | null {
    for (const live of runs.values()) if (live.profile === profile && !live.ended) return live.id;
    return null;
  }

  function stop(run: string): boolean {
    const live = runs.get(run);
    if (live === undefined || live.ended) return false;
    live.controller.abort();
    return true;
  }

  async function log(run: string): Promise<readonly LogLine[]> {
    return runs.get(run)?.lines ?? logOf(await eventsOf(run), await writtenOf(run));
  }

  async function* follow(row: RunRow, after: number, signal: AbortSignal): AsyncGenerator<StreamEvent> {
    const live = runs.get(row.id);
    yield* live === undefined ? followStored(row, after, signal) : followLive(live, after, signal);
    const ended = await deps.store.runs.get(row.id);
    if (ended !== null && !signal.aborted) yield { type: 'end', run: runSummary(ended, app.ledgers) };
  }

  async function* followLive(live: Live, after: number, signal: AbortSignal): AsyncGenerator<StreamEvent> {
    let index = live.lines.findIndex(({ seq }) => seq > after);
    if (index < 0) index = live.lines.length;
    let shown: Progress | null = null;
    for (;;) {
      const { changed, ended } = live;
      for (; index < live.lines.length; index += 1) {
        const line = live.lines[index];
        if (line !== undefined) yield { type: 'log', line };
      }
      if (live.progress !== null && live.progress !== shown) {
        shown = live.progress;
        yield { type: 'progress', progress: shown };
      }
      if (ended || signal.aborted) return;
      await pause(PACE_MS, signal);
      const told = new AbortController();
      const silent = pause(ALIVE_MS, AbortSignal.any([signal, told.signal]));
      if ((await Promise.race([changed.promise, silent])) === 'paused') yield { type: 'alive' };
      told.abort();
    }
  }

  /** A run that rests, or that another process carries: what is kept of it, looked at until it rests. */
  async function* followStored(row: RunRow, after: number, signal: AbortSignal): AsyncGenerator<StreamEvent> {
    const writer = logWriter(await writtenOf(row.id));
    let seen = -1;
    let current: RunRow | null = row;
    while (current !== null && !signal.aborted) {
      const resting = !isRunning(current);
      for (const { seq, event } of await deps.store.runs.events(row.id, seen)) {
        seen = seq;
        for (const line of writer(parseEvent(event))) if (line.seq > after) yield { type: 'log', line };
      }
      if (resting) return;
      yield { type: 'alive' };
      await pause(LOOK_MS, signal);
      current = await deps.store.runs.get(row.id);
    }
  }

  async function eventsOf(run: string): Promise<readonly RunEvent[]> {
    const rows = await deps.store.runs.events(run, -1);
    return rows.map(({ event }) => parseEvent(event));
  }

  async function writtenOf(run: string): Promise<readonly WrittenDocument[]> {
    const { rows } = await deps.store.runs.documents(run, {
      states: ['written'],
      problems: false,
      offset: 0,
      limit: MAX_WRITTEN + 1,
    });
    return rows.map(documentSummary).map(({ order, piece, gross }) => ({ order, piece, amount: gross }));
  }

  function forgetOldest(): void {
    const ended = [...runs.values()].filter((live) => live.ended);
    for (const live of ended.slice(0, Math.max(0, ended.length - MAX_ENDED))) runs.delete(live.id);
  }

  async function close(): Promise<void> {
    for (const live of runs.values()) live.controller.abort();
    await Promise.all([...runs.values()].map(({ done }) => done));
  }
}

function wake(live: Live): void {
  const { changed } = live;
  live.changed = Promise.withResolvers();
  changed.resolve();
}

function idOf(first: IteratorResult<RunEvent, RunOutcome>): string {
  if (first.done) return first.value.run.id;
  if (first.value.type !== 'begin') throw new TypeError(`A run begins with its id, not with ${first.value.type}`);
  return first.value.run.id;
}

/** A page tells its own records: what was read before is added. */
function progressOf(event: RunEvent, before: Progress | null, elapsedMs: number): Progress | null {
  if (event.type === 'progress') {
    const { step, done, total, label } = event;
    return { step, done, total, label, elapsedMs };
  }
  if (event.type === 'resumed') return { step: 'read', done: event.documents, total: null, label: '', elapsedMs };
  if (event.type !== 'page') return null;
  const done = (before?.step === 'read' ? before.done : 0) + event.records;
  return { step: 'read', done, total: event.total, label: '', elapsedMs };
}

/** Events are written by `runs` in this very version or an older one; their log is all that depends on them. */
function parseEvent(json: string): RunEvent {
  return JSON.parse(json) as RunEvent; // written from a RunEvent by the run
}

async function pause(ms: number, signal: AbortSignal): Promise<'paused'> {
  await setTimeout(ms, undefined, { signal }).catch((error) => {
    if (!signal.aborted) throw error;
  });
  return 'paused';
}
