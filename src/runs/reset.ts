import { bringSumsUpToDate } from './activity.ts';
import type { RunDeps } from './deps.ts';
import { briefly } from './lock.ts';

/**
 * Makes transferred parts new again, so that the next import writes them a second time: orders' ids or documents' keys,
 * null for all. It writes no file and is kept in the history of each part. Answers how many parts changed.
 */
export async function resetTransfers(
  deps: RunDeps,
  profile: string,
  ids: readonly string[] | null,
  reason: string,
): Promise<number> {
  return briefly(deps, profile, async () => {
    const count = await deps.store.parts.reset(profile, ids, new Date(deps.now()).toISOString(), reason, deps.by);
    await bringSumsUpToDate(deps.store, profile); // whoever resets waits for it, not the next who looks at the figures
    return count;
  });
}
