import { dayIn } from '../core/calendar.ts';
import type { LateAnswer } from '../core/posting/late.ts';
import { Failure, problem } from '../core/problem.ts';
import type { EntryHook } from '../hooks/hook.ts';
import { bookSettings } from '../profiles/settings.ts';
import type { DocumentRow, RunRow } from '../store/store.ts';
import { lotAnalyser } from './analyse-lots.ts';
import { emptyTally, type Tally } from './counts.ts';
import { letGoOfCodes } from './customer-codes.ts';
import type { RunDeps } from './deps.ts';
import type { DocumentState } from './events.ts';
import { forgetReview } from './forget-review.ts';
import { documentOfKept } from './kept-document.ts';
import { briefly } from './lock.ts';
import { type Counter, numberDocument } from './number.ts';
import { reviewRows } from './review-rows.ts';
import { documentOf, isWaiting, requestOf } from './stored.ts';
import { now } from './work.ts';

/** Documents posted again together. */
const LOT = 500;

/** `released`: documents that were held, or whose payment waited, and are free now. */
export type Rebuilt = { readonly released: number };

/** The run of an open review; a `Failure` when it was written or closed meanwhile. */
export async function openReview(deps: RunDeps, id: string): Promise<RunRow> {
  const run = await deps.store.runs.get(id);
  if (run?.state !== 'review') throw new Failure('run.review-closed', { run: id });
  return run;
}

/** A change of an open review, alone on its profile: a run that writes it, in whatever process, is never disturbed. */
async function changing<Result>(deps: RunDeps, id: string, work: (run: RunRow) => Promise<Result>): Promise<Result> {
  const { profile } = await openReview(deps, id);
  return briefly(deps, profile, async () => work(await openReview(deps, id))); // as it stands now that nobody else changes it
}

/**
 * Posts again the documents that wait, with the profile as it is saved now; the shop is not asked. `mend` comes first
 * and changes the profile: when the review is at work elsewhere, neither happens.
 */
export async function rebuildReview(deps: RunDeps, id: string, mend = async () => {}): Promise<Rebuilt> {
  return changing(deps, id, async (run) => {
    await mend();
    return repost(deps, run);
  });
}

async function repost(deps: RunDeps, run: RunRow): Promise<Rebuilt> {
  const waiting: DocumentRow[] = [];
  for (let offset = 0; ; offset += LOT) {
    const { rows } = await deps.store.runs.documents(run.id, { states: null, problems: true, offset, limit: LOT });
    waiting.push(...rows);
    if (rows.length < LOT) break;
  }
  return rebuild(deps, run, waiting);
}

/** How many documents an act excluded, and the instant by which it is undone. */
export type Exclusion = { readonly excluded: number; readonly at: string };

/** Says what becomes of the documents of a review that are dated in a closed period, and posts again those that wait. */
export async function answerLate(deps: RunDeps, id: string, answer: LateAnswer): Promise<Rebuilt> {
  return changing(deps, id, async (run) => {
    await deps.store.runs.change(id, { request: JSON.stringify({ ...requestOf(run), late: answer }) });
    return repost(deps, await openReview(deps, id));
  });
}

/** Keeps documents out for good, with a reason; they leave the review. */
export async function excludeDocuments(
  deps: RunDeps,
  id: string,
  keys: readonly string[],
  reason: string,
): Promise<Exclusion> {
  return changing(deps, id, async (run) => {
    const rows = await deps.store.runs.documentsByKey(id, keys);
    const documents = rows.map((row) => ({ key: row.key, orderId: documentOf(row).orderId }));
    const at = now(deps);
    const excluded = await deps.store.parts.exclude(run.profile, documents, at, reason, deps.by);
    const gone = new Set(await deps.store.parts.excludedAt(run.profile, at));
    await leaveOut(
      deps,
      run,
      rows.filter(({ key, canonical }) => canonical === null && gone.has(key)),
      reason,
    );
    await rebuild(deps, run, rows);
    return { excluded, at };
  });
}

/** Undoes an exclusion: the documents come back as they were read. */
export async function includeDocuments(deps: RunDeps, id: string, keys: readonly string[]): Promise<void> {
  await changing(deps, id, (run) => comeBack(deps, run, keys));
}

async function comeBack(deps: RunDeps, run: RunRow, keys: readonly string[]): Promise<void> {
  await deps.store.parts.include(run.profile, keys, now(deps), deps.by);
  const rows = await deps.store.runs.documentsByKey(run.id, keys);
  await takeBack(
    deps,
    run,
    rows.filter(({ canonical }) => canonical === null),
  );
  await rebuild(deps, run, rows);
}

/** Undoes one act of exclusion, whatever was excluded before or after it. Answers how many documents came back. */
export async function undoExclusion(deps: RunDeps, id: string, at: string): Promise<number> {
  return changing(deps, id, async (run) => {
    const keys = await deps.store.parts.excludedAt(run.profile, at);
    await comeBack(deps, run, keys);
    return keys.length;
  });
}

/** Leaves a review without writing; nothing of it is kept but its log and summaries. */
export async function closeReview(deps: RunDeps, id: string): Promise<void> {
  await changing(deps, id, async ({ profile }) => {
    await deps.store.runs.change(id, { state: 'closed', endedAt: now(deps) });
    await forgetReview(deps, id);
    await letGoOfCodes(deps, profile);
  });
}

/** A record that cannot be read is not posted again: it takes its exclusion beside the problems it has. */
async function leaveOut(deps: RunDeps, run: RunRow, rows: readonly DocumentRow[], reason: string): Promise<void> {
  for (const row of rows) {
    const document = documentOf(row);
    const { kind, key, orderId, orderNumber } = document;
    const source = { kind, key, number: orderNumber ?? orderId };
    const reasons = [problem('document.excluded-for-good', 'exclude', source, { reason }), ...document.reasons];
    const summary = JSON.stringify({ ...document, state: 'excluded', reasons });
    await deps.store.runs.changeDocument(run.id, row.seq, { state: 'excluded', problem: false, summary });
  }
}

async function takeBack(deps: RunDeps, run: RunRow, rows: readonly DocumentRow[]): Promise<void> {
  for (const row of rows) {
    const document = documentOf(row);
    const reasons = document.reasons.filter(({ code }) => code !== 'document.excluded-for-good');
    const summary = JSON.stringify({ ...document, state: 'held', reasons });
    await deps.store.runs.changeDocument(run.id, row.seq, { state: 'held', problem: true, summary });
  }
}

/** What was not kept (a record that cannot be read, the second of one key) stays as it is: no mapping mends it. */
async function rebuild(deps: RunDeps, run: RunRow, rows: readonly DocumentRow[]): Promise<Rebuilt> {
  const kept = rows.filter(({ canonical }) => canonical !== null);
  const stored = await deps.profiles.get(run.profile);
  const { profile } = stored;
  const hook = await deps.openHook(stored);
  let released = 0;
  try {
    const rebuildLot = await lotRebuilder(deps, run, hook);
    for (let start = 0; start < kept.length; start += LOT) released += await rebuildLot(kept.slice(start, start + LOT));
  } finally {
    await hook?.close();
  }
  await deps.store.review.renumber(run.id, profile.entries.firstNumber);
  await recount(deps, run);
  return { released };
}

/** Posts a lot again as its run did, in the place of what the review has; answers how many documents that frees. */
async function lotRebuilder(
  deps: RunDeps,
  run: RunRow,
  hook: EntryHook | null,
): Promise<(lot: readonly DocumentRow[]) => Promise<number>> {
  const { runs, review } = deps.store;
  const stored = await deps.profiles.get(run.profile);
  const request = requestOf(run);
  const today = dayIn(request.timeZone ?? 'UTC', Date.parse(run.startedAt));
  const { shopName } = request;
  const decimals = run.decimals === 3 || run.decimals === 4 ? run.decimals : 2; // as the documents were read
  const settings = bookSettings(stored.profile, { today, decimals, ...(shopName === null ? {} : { shopName }) });
  const analyseLot = lotAnalyser({ deps, stored, request, settings, hook });
  const inspect = deps.ledgerFor(stored.profile, request.format).ledger.inspector();
  const look = deps.ledgerFor(stored.profile, request.format).ledger.inspector();
  const counter: Counter = { number: (await review.maxNumber(run.id)) + 1, seq: 0 };

  return async (lot) => {
    const items = lot.map(({ canonical }) => {
      return { state: 'read', document: documentOfKept(canonical ?? ''), raw: null } as const;
    });
    const analysed = await analyseLot(items);
    const numbered = lot.flatMap(({ seq }, index) => {
      const one = analysed[index];
      return one === undefined ? [] : { ...numberDocument(one, counter, inspect, look), seq };
    });
    let released = 0;
    for (const [index, { seq, summary }] of numbered.entries()) {
      const waits = summary.reasons.some(isWaiting);
      const before = lot[index];
      if (summary.state === 'ready' && (before?.state === 'held' || (before?.problem && !waits))) released += 1;
      await runs.changeDocument(run.id, seq, {
        state: summary.state,
        problem: waits,
        summary: JSON.stringify(summary),
      });
    }
    const keys = lot.map(({ key }) => key);
    await review.replace(run.id, keys, reviewRows(numbered, request));
    return released;
  };
}

async function recount(deps: RunDeps, run: RunRow): Promise<void> {
  const states = await deps.store.runs.countDocuments(run.id);
  const { entries, lines, debitMinor, creditMinor } = await deps.store.review.totals(run.id);
  const of = (state: DocumentState) => states[state] ?? 0;
  const tally: Tally = {
    ...emptyTally(),
    read: Object.values(states).reduce((sum, count) => sum + count, 0),
    ready: of('ready'),
    held: of('held'),
    excluded: of('excluded'),
    alreadyTransferred: of('already'),
    entries,
    lines,
  };
  await deps.store.runs.change(run.id, { counts: JSON.stringify(tally), debitMinor, creditMinor });
}
