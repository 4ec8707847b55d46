import type { Kysely } from 'kysely';
import type { LockRow, LockStore } from './store.ts';
import type { Tables } from './tables.ts';

/** One row per profile: the primary key is what keeps two runs apart. */
export function lockStore(db: Kysely<Tables>): LockStore {
  return { take, steal, release, get };

  async function take(lock: LockRow): Promise<LockRow | null> {
    const result = await db
      .insertInto('lock')
      .values(lock)
      .onConflict((conflict) => conflict.column('profile').doNothing())
      .executeTakeFirst();
    if (Number(result.numInsertedOrUpdatedRows ?? 0n) > 0) return null;
    return (await get(lock.profile)) ?? take(lock); // released between the two statements: it is free, take it
  }

  async function steal(old: LockRow, lock: LockRow): Promise<boolean> {
    const result = await db
      .updateTable('lock')
      .set(lock)
      .where('profile', '=', old.profile)
      .where('run', '=', old.run)
      .where('pid', '=', old.pid)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }

  async function release(profile: string, run: string): Promise<void> {
    await db.deleteFrom('lock').where('profile', '=', profile).where('run', '=', run).execute();
  }

  async function get(profile: string): Promise<LockRow | null> {
    const row = await db.selectFrom('lock').selectAll().where('profile', '=', profile).executeTakeFirst();
    return row ? { ...row, pid: Number(row.pid) } : null;
  }
}
