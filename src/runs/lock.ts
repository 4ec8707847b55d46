import { Failure } from '../core/problem.ts';
import type { RunDeps } from './deps.ts';
import { isAlive } from './processes.ts';
import { recoverProfile } from './recover.ts';

/**
 * Takes the profile for a run, or fails naming since when another has it. A dead process's lock is taken over, after
 * what it left half done has been mended.
 */
export async function takeLock(deps: RunDeps, profile: string, run: string): Promise<void> {
  const { store, process } = deps;
  const lock = { profile, run, pid: process.pid, process: process.started, since: new Date(deps.now()).toISOString() };
  const holder = await store.locks.take(lock);
  if (holder !== null) {
    const alive = isAlive({ pid: holder.pid, started: holder.process });
    if (alive || !(await store.locks.steal(holder, lock))) {
      throw new Failure('run.already-running', { since: holder.since, profile });
    }
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
