import { setTimeout } from 'node:timers/promises';
import { Failure } from '../core/problem.ts';
import type { LockRow } from '../store/store.ts';
import type { RunDeps } from './deps.ts';
import { isAlive } from './processes.ts';
import { recoverProfile } from './recover.ts';

/** What holds the profile for a moment, not for a run: whoever comes then waits for it. */
const BRIEF = 'brief/';
const LOOK_MS = 25;
const MAX_WAIT_MS = 30_000;

/**
 * Takes the profile for a run, or fails naming since when another has it; one that holds it briefly is waited for. A
 * dead process's lock is taken over, after what it left half done has been mended.
 */
export async function takeLock(deps: RunDeps, profile: string, run: string): Promise<void> {
  const { store, process } = deps;
  const lock = { profile, run, pid: process.pid, process: process.started, since: new Date(deps.now()).toISOString() };
  for (let waitedMs = 0; ; waitedMs += LOOK_MS) {
    const holder = await store.locks.take(lock);
    if (holder === null) break;
    if (!isHeld(holder) && (await store.locks.steal(holder, lock))) break;
    if (!holder.run.startsWith(BRIEF) || waitedMs >= MAX_WAIT_MS) {
      throw new Failure('run.already-running', { since: holder.since, profile });
    }
    await setTimeout(LOOK_MS);
  }
  try {
    await recoverProfile(deps, profile, run);
  } catch (error) {
    await store.locks.release(profile, run);
    throw error;
  }
}

export async function releaseLock(deps: RunDeps, profile: string, run: string): Promise<void> {
  await deps.store.locks.release(profile, run);
}

/** Does what takes a moment alone on the profile, whichever process the others are in. */
export async function briefly<Result>(deps: RunDeps, profile: string, work: () => Promise<Result>): Promise<Result> {
  const name = `${BRIEF}${crypto.randomUUID()}`; // two of one process are kept apart too
  await takeLock(deps, profile, name);
  try {
    return await work();
  } finally {
    await releaseLock(deps, profile, name);
  }
}

function isHeld({ pid, process }: LockRow): boolean {
  return isAlive({ pid, started: process });
}
