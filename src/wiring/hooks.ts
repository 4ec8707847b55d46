import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from '../core/problem.ts';
import type { EntryHook } from '../hooks/hook.ts';
import { openHook } from '../hooks/runner.ts';
import type { StoredProfile } from '../profiles/profile.ts';

/**
 * Starts the script a profile names; null when it names none. Scripts stand in the folder `hooks` of the data folder and
 * nowhere else: a profile that is imported or saved over the network can name one that the owner of the machine put
 * there, and bring none.
 */
export async function hookOf(home: string, { profile }: StoredProfile): Promise<EntryHook | null> {
  const { hook } = profile.advanced;
  if (hook === null) return null;
  const folder = join(home, 'hooks');
  const path = join(folder, hook);
  return openHook(realOf(path, folder), realpathSync(folder));
}

/** The script behind the name; one that lies elsewhere, by a link, is not in the folder. */
function realOf(path: string, folder: string): string {
  try {
    const real = realpathSync(path);
    if (dirname(real) === realpathSync(folder)) return real;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new Failure('hook.unusable', { path, reason: String(error.code) }, { cause: error });
  }
  throw new Failure('hook.unusable', { path, reason: 'elsewhere' });
}
