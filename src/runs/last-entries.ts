import type { NumberedEntry } from '../core/entry.ts';
import type { Store } from '../store/store.ts';
import { unpackEntries } from './written.ts';

const LOOKED_AT = 20;

/** Some entries of the last import that wrote any, in their order; none: nothing was written yet. */
export async function lastEntries(
  { runs, written }: Pick<Store, 'runs' | 'written'>,
  profile: string,
  most: number,
): Promise<readonly NumberedEntry[]> {
  for (const { id, state } of await runs.list(profile, LOOKED_AT)) {
    const body = state === 'written' ? await written.lot(id, Number.MAX_SAFE_INTEGER) : null;
    if (body !== null) return unpackEntries(body).slice(0, most);
  }
  return [];
}
