import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../core/problem.ts';
import type { RunRow } from '../store/store.ts';
import { letGoOfCodes } from './customer-codes.ts';
import { copiesFolder, customersFolder, defaultFolder, placeOrder } from './deliver.ts';
import type { RunDeps } from './deps.ts';
import type { RunTrouble } from './events.ts';
import { forgetReview } from './forget-review.ts';
import { isAlive } from './processes.ts';
import { purgeReads } from './resume.ts';
import { fileOf, requestOf, troublesOf } from './stored.ts';

/** What a dead process left half done, and what became of it. */
export type Recovered = {
  readonly run: string;
  readonly profile: string;
  readonly startedAt: string;
  readonly outcome: 'undone' | 'finished' | 'waiting';
};

/**
 * Mends what crashes left, at the start of the server or of a command: a run that had not marked its parts is undone,
 * one that had is finished from its copy. Runs of living processes are left alone.
 */
export async function recover(deps: RunDeps): Promise<readonly Recovered[]> {
  const recovered: Recovered[] = [];
  await purgeReads(deps);
  for (const run of await deps.store.runs.inState(['reading', 'writing', 'delivering'])) {
    const lock = await deps.store.locks.get(run.profile);
    if (lock?.run === run.id && isAlive({ pid: lock.pid, started: lock.process })) continue;
    const outcome = await mend(deps, run);
    if (lock?.run === run.id) await deps.store.locks.release(run.profile, run.id);
    recovered.push({ run: run.id, profile: run.profile, startedAt: run.startedAt, outcome });
  }
  return recovered;
}

/** The same for one profile whose lock was just taken: whatever it left unfinished is nobody's now. */
export async function recoverProfile(deps: RunDeps, profile: string, except: string): Promise<void> {
  for (const run of await deps.store.runs.inState(['reading', 'writing', 'delivering'])) {
    if (run.profile === profile && run.id !== except) await mend(deps, run);
  }
}

async function mend(deps: RunDeps, run: RunRow): Promise<Recovered['outcome']> {
  const endedAt = new Date(deps.now()).toISOString();
  if (run.state !== 'delivering') {
    await deps.store.parts.release(run.id);
    await removeLeftovers(deps, run);
    const trouble: RunTrouble = { code: 'run.interrupted', values: { run: run.id, started: run.startedAt } };
    await deps.store.runs.change(run.id, {
      state: 'failed',
      endedAt,
      troubles: JSON.stringify([...troublesOf(run), trouble]),
    });
    await deps.store.runs.changeDocumentStates(run.id, 'written', 'ready', null);
    await forgetReview(deps, run.id);
    await letGoOfCodes(deps, run.profile);
    return 'undone';
  }
  const file = fileOf(run);
  if (file === null) throw new TypeError(`Run ${run.id} delivers no file`);
  try {
    for (const one of placeOrder(file)) await deps.placeFromCopy(one.file);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    // The folder may be away for now (a network drive): the parts stay marked, the next start tries again.
    await deps.store.runs.change(run.id, { troubles: JSON.stringify([{ code: error.code, values: error.values }]) });
    return 'waiting';
  }
  await deps.store.runs.change(run.id, { state: 'written', endedAt, troubles: '[]' });
  await deps.store.runs.settleDocuments(run.id, run.profile);
  await forgetReview(deps, run.id);
  return 'finished';
}

/** Temporary files beside the target, and the copy of a file that was never delivered. */
async function removeLeftovers(deps: RunDeps, run: RunRow): Promise<void> {
  for (const copies of [copiesFolder(deps), customersFolder(deps, run.profile)]) {
    const names = await readdir(copies).catch(() => []); // no folder yet: no copy
    for (const name of names) if (name.startsWith(`${run.id}.`)) await rm(join(copies, name), { force: true });
  }
  const request = requestOf(run);
  const folder = request.targetFolder ?? request.folder ?? defaultFolder(deps, run.profile);
  try {
    await deps.removeLeftovers(folder, run.id);
  } catch (error) {
    if (!(error instanceof Failure)) throw error; // a folder that is away holds leftovers with a leading dot, nothing worse
  }
}
