import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { RunDocuments, RunPage, RunSummary, StartRun } from '../../api/api.ts';
import type { Explanation } from '../../api/explanation.ts';
import type { PeekedFile, StartFromFile } from '../../api/file.ts';
import { PEEKED_BYTES } from '../../api/limits.ts';
import { day, dayIn } from '../../core/calendar.ts';
import { parsePeriod, periodDays } from '../../core/periods.ts';
import { Failure } from '../../core/problem.ts';
import { peekSalesFile } from '../../files/peek.ts';
import type { Profile } from '../../profiles/profile.ts';
import type { RunRequest } from '../../runs/events.ts';
import { explainDocuments } from '../../runs/explain.ts';
import { explanationJson } from '../../runs/explain-json.ts';
import { forgetLayout, keepLayout, previewFile } from '../../runs/file-layouts.ts';
import { controlOf, fileOf, undoneOf } from '../../runs/stored.ts';
import type { CsvLayout } from '../../schema/csv-layout.ts';
import type { RunRow } from '../../store/store.ts';
import type { Services } from '../app.ts';
import { attached } from '../attached.ts';
import { reasonOf } from '../causes.ts';
import type { LiveRuns } from '../live.ts';
import { logText } from '../log-text.ts';
import { Refusal } from '../refusal.ts';
import { documentSummary, runSummary } from '../summaries.ts';
import { keepUpload } from '../uploads.ts';
import { spokenIn } from './languages.ts';

const MAX_RUNS = 200;

export async function start(services: Services, profile: string, asked: StartRun): Promise<RunSummary> {
  const { deps, runs } = services.app;
  const request: RunRequest = {
    ...requestOf(profile, asked),
    source: { type: 'shop' },
    period: periodOf((await deps.profiles.get(profile)).profile, asked, deps.now()),
    corrections: asked.correct ? 'write' : asked.review ? 'propose' : 'tell',
    fresh: asked.fresh ?? false,
  };
  return started(services, profile, (signal) => runs.startRun(deps, request, signal));
}

/** The same run on a file that is sent with the request: all it holds of that kind. It is kept until the run has ended. */
export async function startFromFile(
  services: Services,
  profile: string,
  asked: StartFromFile,
  { body }: Pick<Request, 'body'>,
): Promise<RunSummary> {
  const { deps, runs } = services.app;
  await deps.profiles.get(profile);
  if (services.live.running(profile) !== null) throw new Refusal(409, 'run.running', { profile });
  const { path, forget } = await keepUpload(deps.home, body ?? noBytes());
  const request: RunRequest = {
    ...requestOf(profile, asked),
    source: { type: 'file', path, name: asked.name },
    period: { type: 'all' },
    corrections: asked.review ? 'propose' : 'tell',
  };
  return started(services, profile, (signal) => andThen(runs.startRun(deps, request, signal), forget));
}

/** What the beginning of a file tells; it is kept while it is looked at. A CSV is told by how it would be read. */
export async function peekFile(
  { app }: Services,
  profile: string,
  { kind: asked, name }: Pick<StartFromFile, 'kind' | 'name'>,
  { body, signal }: Pick<Request, 'body' | 'signal'>,
): Promise<PeekedFile> {
  const { store, profiles: known, home } = app.deps;
  const stored = await known.get(profile);
  const kind = asked === 'sales' ? 'sale' : 'creditNote';
  const { path, forget } = await keepUpload(home, body ?? noBytes(), PEEKED_BYTES);
  try {
    const csv = await previewFile(store, stored, { path, name, kind }, signal);
    if (csv !== null) return { format: 'csv', shop: name, first: null, csv };
    return { ...(await peekSalesFile(path, kind, name, signal)), csv: null };
  } finally {
    await forget();
  }
}

const FINGERPRINT = /^[0-9a-f]{24}$/;

/** Null: what is kept is forgotten. */
export async function keepFileLayout(
  { app }: Services,
  profile: string,
  fingerprint: string,
  layout: CsvLayout | null,
): Promise<Record<string, never>> {
  const { store, profiles: known } = app.deps;
  const { id } = await known.get(profile);
  if (!FINGERPRINT.test(fingerprint)) {
    throw new Refusal(400, 'request.invalid', { field: 'fingerprint', reason: fingerprint.slice(0, 40) });
  }
  if (layout === null) await forgetLayout(store, id, fingerprint);
  else await keepLayout(store, id, fingerprint, layout);
  return {};
}

function requestOf(profile: string, { kind, includeTransferred, review }: StartFromFile | StartRun) {
  const mode: RunRequest['mode'] = review ? 'review' : 'write';
  return { ...{ profile, kind, includeTransferred, mode }, startedBy: 'web', format: null, folder: null } as const;
}

async function started(services: Services, profile: string, begin: Parameters<LiveRuns['start']>[2]) {
  const run = await services.live.start(profile, null, begin);
  return runSummary(await runOf(services, run), services.app.ledgers);
}

async function* noBytes(): AsyncGenerator<Uint8Array> {}

async function* andThen<Event, End>(events: AsyncGenerator<Event, End>, act: () => Promise<void>) {
  try {
    return yield* events;
  } finally {
    await act();
  }
}

export async function list({ app }: Services, profile: string): Promise<readonly RunSummary[]> {
  const runs = await app.deps.store.runs.list(profile, MAX_RUNS);
  return runs.map((run) => runSummary(run, app.ledgers));
}

export async function page(services: Services, id: string): Promise<RunPage> {
  const run = await runOf(services, id);
  const control = controlOf(run);
  const counted = await services.app.deps.store.runs.countReasons(id);
  const reasons = counted.map(({ state, code, count }) => ({ state, code, count }));
  const log = await services.live.log(id);
  const { undone } = await services.app.deps.store.undo.trace(id);
  return {
    ...runSummary(run, services.app.ledgers),
    log,
    control: control && { ...control, reasons },
    undone: undone === null ? null : undoneOf(undone),
  };
}

/** The documents of that name, with what was written of them and why. */
export async function explain({ app }: Services, profile: string, name: string): Promise<readonly Explanation[]> {
  const { id } = await app.deps.profiles.get(profile);
  const found = await explainDocuments(app.deps.store, id, name);
  if (found.length === 0) throw new Refusal(404, 'document.unknown', { document: name });
  return found.map((one) => explanationJson(one, reasonOf));
}

export async function stop(services: Services, id: string): Promise<RunSummary> {
  const run = await runOf(services, id);
  if (!services.live.stop(id)) throw new Refusal(409, 'run.not-running', { run: id });
  return runSummary(run, services.app.ledgers);
}

type DocumentsAsked = { readonly state: string; readonly offset: number; readonly limit: number };

export async function documents(
  services: Services,
  id: string,
  { state, offset, limit }: DocumentsAsked,
): Promise<RunDocuments> {
  await runOf(services, id);
  const states = state === '' ? null : [state];
  const { total, rows } = await services.app.deps.store.runs.documents(id, { states, problems: false, offset, limit });
  return { total, rows: rows.map(documentSummary) };
}

/** The bytes delivered, from the copy kept: the accounting software may have taken the file itself away. */
export async function file(
  services: Services,
  id: string,
  which: 'entries' | 'annex' | 'customers' | { readonly more: string } = 'entries',
): Promise<Response> {
  const whole = fileOf(await runOf(services, id));
  const delivered =
    which === 'entries' ? whole : typeof which === 'object' ? whole?.more[Number(which.more) - 1] : whole?.[which];
  if (!delivered) throw new Refusal(404, 'run.without-file', { run: id });
  const { size } = await stat(delivered.copyPath).catch((cause) => {
    throw new Failure('file.unreadable', { path: delivered.copyPath, reason: String(cause.code) }, { cause });
  });
  const { store, now } = services.app.deps;
  if (which === 'entries' || typeof which === 'object') await store.undo.downloaded(id, new Date(now()).toISOString());
  const name = basename(delivered.targetPath);
  return attached(name, 'application/octet-stream', createReadStream(delivered.copyPath), size);
}

export async function logFile(services: Services, id: string, lang: string): Promise<Response> {
  const run = await runOf(services, id);
  const zone = (await services.app.deps.profiles.get(run.profile)).profile.advanced.timeZone;
  const text = logText(await services.live.log(id), spokenIn(services, lang), zone);
  return attached(`${run.id}.txt`, 'text/plain; charset=utf-8', text);
}

export async function runOf({ app }: Services, id: string): Promise<RunRow> {
  const run = await app.deps.store.runs.get(id);
  if (run === null) throw new Refusal(404, 'run.unknown', { run: id.slice(0, 60) });
  return run;
}

function periodOf({ advanced }: Profile, { from, to, period }: StartRun, nowMs: number): RunRequest['period'] {
  if (period === 'since-last-import') return { type: 'since-last-import' };
  if (from !== null && to !== null) {
    if (from > to) throw new Refusal(400, 'request.invalid', { field: 'to', reason: `${to} < ${from}` });
    return { type: 'days', from: day(from), to: day(to) };
  }
  const name = parsePeriod(period);
  const days = name && periodDays(name, dayIn(advanced.timeZone ?? 'UTC', nowMs));
  if (!days) throw new Refusal(400, 'request.invalid', { field: 'from', reason: 'from and to are needed' });
  return { type: 'days', ...days };
}
