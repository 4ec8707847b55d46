import { Failure } from '../core/problem.ts';
import type { ProfileRow } from '../store/store.ts';
import type { RunDeps } from './deps.ts';

/** How long a deleted profile can come back. */
export const BIN_DAYS = 30;
const DAY_MS = 86_400_000;

/** Name under which the store keeps which profile opens first; a profile that comes back may be it again. */
export const DEFAULT_PROFILE = 'default-profile';

type Deps = Pick<RunDeps, 'store' | 'now'>;

export type Binned = ProfileRow & { readonly deletedAt: string; readonly until: string };

/** Deletes a profile, with its secrets, its history and what it transferred, until it is restored or its days are over. */
export async function binProfile({ store, now }: Deps, id: string): Promise<void> {
  const lock = await store.locks.get(id);
  if (lock !== null) throw new Failure('run.already-running', { profile: id, since: lock.since });
  if (!(await store.profiles.bin(id, new Date(now()).toISOString())))
    throw new Failure('profile.unknown', { profile: id });
}

/** Those that can still come back; those whose days are over go for good. */
export async function binnedProfiles({ store, now }: Deps): Promise<readonly Binned[]> {
  const oldest = new Date(now() - BIN_DAYS * DAY_MS).toISOString();
  const kept: Binned[] = [];
  for (const row of await store.profiles.binned()) {
    if (row.deletedAt < oldest) await forget(store, row.id);
    else kept.push({ ...row, until: new Date(Date.parse(row.deletedAt) + BIN_DAYS * DAY_MS).toISOString() });
  }
  return kept;
}

export async function restoreProfile({ store }: Deps, id: string): Promise<void> {
  if (!(await store.profiles.restore(id))) throw new Failure('profile.unknown', { profile: id });
}

/** Before its days are over: only what is binned. */
export async function forgetProfile(deps: Deps, id: string): Promise<void> {
  const there = await deps.store.profiles.binned();
  if (!there.some((row) => row.id === id)) throw new Failure('profile.unknown', { profile: id });
  await forget(deps.store, id);
}

/** Another profile may get its id: it is not the one that opens first. */
async function forget(store: Deps['store'], id: string): Promise<void> {
  await store.profiles.remove(id);
  if ((await store.settings.get(DEFAULT_PROFILE)) === id) await store.settings.set(DEFAULT_PROFILE, '');
}
