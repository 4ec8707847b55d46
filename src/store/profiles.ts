import { type Kysely, type Selectable, sql } from 'kysely';
import { seal, unseal } from './seal.ts';
import type { ProfileRow, ProfileStore, Store } from './store.ts';
import type { Tables } from './tables.ts';

export function profileStore(db: Kysely<Tables>): ProfileStore {
  return { list, get, add, save, bin, binned, restore, remove };

  async function list(): Promise<readonly ProfileRow[]> {
    const rows = await db
      .selectFrom('profile')
      .selectAll()
      .where('deleted_at', 'is', null)
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    return rows.map(fromRow);
  }

  async function get(id: string): Promise<ProfileRow | null> {
    const row = await db
      .selectFrom('profile')
      .selectAll()
      .where('id', '=', id)
      .where('deleted_at', 'is', null)
      .executeTakeFirst();
    return row ? fromRow(row) : null;
  }

  async function add(row: { id: string; document: string; demo: boolean; at: string }): Promise<boolean> {
    const { id, document, demo, at } = row;
    const result = await db
      .insertInto('profile')
      .values({ id, document, demo: demo ? 1 : 0, revision: 1, created_at: at, updated_at: at })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    return Number(result.numInsertedOrUpdatedRows ?? 0n) > 0;
  }

  async function save(id: string, change: { document: string; revision: number; at: string }): Promise<boolean> {
    const { document, revision, at } = change;
    const result = await db
      .updateTable('profile')
      .set({ document, revision: revision + 1, updated_at: at })
      .where('id', '=', id)
      .where('revision', '=', revision)
      .where('deleted_at', 'is', null)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }

  async function bin(id: string, at: string): Promise<boolean> {
    const result = await db
      .updateTable('profile')
      .set({ deleted_at: at })
      .where('id', '=', id)
      .where('deleted_at', 'is', null)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }

  async function binned() {
    const rows = await db
      .selectFrom('profile')
      .selectAll()
      .where('deleted_at', 'is not', null)
      .orderBy('deleted_at', 'desc')
      .orderBy('id')
      .execute();
    return rows.map((row) => ({ ...fromRow(row), deletedAt: row.deleted_at ?? '' }));
  }

  async function restore(id: string): Promise<boolean> {
    const result = await db
      .updateTable('profile')
      .set({ deleted_at: null })
      .where('id', '=', id)
      .where('deleted_at', 'is not', null)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }

  async function remove(id: string): Promise<void> {
    const own = settingOf(id, '');
    await db.transaction().execute(async (trx) => {
      await trx.deleteFrom('profile').where('id', '=', id).execute();
      await trx.deleteFrom('setting').where(sql<boolean>`substr(name, 1, ${own.length}) = ${own}`).execute();
    });
  }
}

/** The name of a setting that belongs to a profile, and goes with it. */
export function settingOf(profile: string, name: string): string {
  return `profile/${profile}/${name}`;
}

function fromRow(row: Selectable<Tables['profile']>): ProfileRow {
  return { id: row.id, document: row.document, demo: Number(row.demo) === 1, revision: Number(row.revision) };
}

export function settingStore(db: Kysely<Tables>, key: Buffer): Store['settings'] {
  return {
    get,
    set,
    secret: async (name) => {
      const sealed = await get(name);
      return sealed === null ? null : unseal(key, `setting/${name}`, sealed);
    },
    setSecret: async (name, value) => {
      if (value !== null) await set(name, seal(key, `setting/${name}`, value));
      else await db.deleteFrom('setting').where('name', '=', name).execute();
    },
  };

  async function get(name: string): Promise<string | null> {
    return (await db.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst())?.value ?? null;
  }

  async function set(name: string, value: string): Promise<void> {
    await db
      .insertInto('setting')
      .values({ name, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute();
  }
}
