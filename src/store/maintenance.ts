import { DatabaseSync } from 'node:sqlite';
import { type Kysely, sql } from 'kysely';
import { seal, unseal } from './seal.ts';
import type { Tables } from './tables.ts';

/** The data file as a whole: copied while it is used, and made at home in another place. */
export type MaintenanceStore = {
  /** A whole copy of one moment, in a new file; sessions are not in it. */
  readonly snapshot: (path: string) => Promise<void>;
  /** What seals the secrets: 32 bytes. A backup holds it sealed by a passphrase, or not at all. */
  readonly key: Buffer;
  /** Secrets that another key sealed are sealed by ours; those of a third key stay closed. */
  readonly reseal: (other: Buffer) => Promise<void>;
  /** What runs, profiles and scheduled backups tell of files of a folder is told of another. */
  readonly rebase: (from: string, to: string) => Promise<void>;
  /** Parts that are transferred, and those among them that were after an instant. */
  readonly transferred: () => Promise<number>;
  readonly transferredSince: (at: string) => Promise<number>;
};

export function maintenanceStore(db: Kysely<Tables>, key: Buffer): MaintenanceStore {
  return {
    key,
    snapshot: async (path) => {
      await sql`vacuum into ${path}`.execute(db);
      const copy = new DatabaseSync(path);
      try {
        copy.exec('pragma secure_delete = on; delete from session; delete from lock'); // overwritten, not only let go
      } finally {
        copy.close();
      }
    },
    reseal: async (other) => {
      await db.transaction().execute(async (trx) => {
        for (const { profile, name, sealed } of await trx.selectFrom('secret').selectAll().execute()) {
          const value = unseal(other, `${profile}/${name}`, sealed);
          if (value === null) continue;
          const again = seal(key, `${profile}/${name}`, value);
          await trx
            .updateTable('secret')
            .set({ sealed: again })
            .where('profile', '=', profile)
            .where('name', '=', name)
            .execute();
        }
        for (const { name, value: sealed } of await trx.selectFrom('setting').selectAll().execute()) {
          const value = looksSealed(sealed) ? unseal(other, `setting/${name}`, sealed) : null;
          if (value === null) continue;
          const again = seal(key, `setting/${name}`, value);
          await trx.updateTable('setting').set({ value: again }).where('name', '=', name).execute();
        }
      });
    },
    rebase: async (from, to) => {
      const [before, after] = [from, to].map((path) => JSON.stringify(`${path}/`).slice(1, -1));
      await sql`
        update run set file = replace(file, ${before}, ${after}), request = replace(request, ${before}, ${after})`.execute(
        db,
      );
      await sql`update profile set document = replace(document, ${`"${before}`}, ${`"${after}`})`.execute(db);
      await sql`
        update setting set value = replace(value, ${`"${before}`}, ${`"${after}`}) where name like 'backup-schedule%'`.execute(
        db,
      );
    },
    transferredSince: async (at) => {
      const row = await db
        .selectFrom('part')
        .select((eb) => eb.fn.countAll<bigint>().as('count'))
        .where('state', '=', 'transferred')
        .where('at', '>', at)
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },
    transferred: async () => {
      const row = await db
        .selectFrom('part')
        .select((eb) => eb.fn.countAll<bigint>().as('count'))
        .where('state', '=', 'transferred')
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },
  };
}

/** Base64 of a nonce and a tag at least. */
function looksSealed(text: string): boolean {
  return /^[\w+/]{38,}={0,2}$/.test(text);
}

/** Folds the write-ahead log into the file; false when another process has it open. */
export function isAlone(path: string): boolean {
  const database = new DatabaseSync(path);
  try {
    database.exec('pragma busy_timeout = 0');
    const row = database.prepare('pragma journal_mode = delete').get();
    return row?.journal_mode === 'delete';
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return false;
    throw error;
  } finally {
    database.close();
  }
}

const SQLITE_BUSY = 5;

/** What SQLite finds wrong with a file; null: nothing. */
export function faultOf(path: string): string | null {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(path, { readOnly: true });
    const row = database.prepare('pragma integrity_check(1)').get();
    return row?.integrity_check === 'ok' ? null : String(row?.integrity_check);
  } catch (error) {
    if (error instanceof Error) return error.message;
    throw error;
  } finally {
    database?.close();
  }
}
