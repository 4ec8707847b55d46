import { gunzipSync, gzipSync } from 'node:zlib';
import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** The read of each kind that a profile has begun and not ended: its items as text, a page at a time. */
export type ReadStore = {
  readonly get: (
    profile: string,
    kind: string,
  ) => Promise<{
    /** What the read was asked: another question starts anew. */
    readonly signature: string;
    readonly startedAt: string;
    /** From where it goes on; null before its first page was whole. */
    readonly mark: string | null;
    readonly page: number;
    readonly items: number;
  } | null>;
  /** Forgets the one before. */
  readonly begin: (profile: string, kind: string, read: { signature: string; startedAt: string }) => Promise<void>;
  /** A whole page, and the mark behind it, in one transaction. */
  readonly keep: (
    profile: string,
    kind: string,
    page: { mark: string; page: number; items: readonly string[] },
  ) => Promise<void>;
  /** In the order they were kept. */
  readonly pages: (profile: string, kind: string) => AsyncIterable<readonly string[]>;
  readonly forget: (profile: string, kind: string) => Promise<void>;
  /** Forgets those that began before an instant, of every profile. */
  readonly purge: (before: string) => Promise<void>;
};

/** What a read has so far, a page a row, compressed: customers' data, gone with the end of its run or after a day. */
export function readStore(db: Kysely<Tables>): ReadStore {
  return { get, begin, keep, pages, forget, purge };

  async function get(profile: string, kind: string): ReturnType<ReadStore['get']> {
    const row = await db
      .selectFrom('kept_read')
      .selectAll()
      .where('profile', '=', profile)
      .where('kind', '=', kind)
      .executeTakeFirst();
    if (!row) return null;
    const { signature, started_at: startedAt, mark, page, items } = row;
    return { signature, startedAt, mark, page: Number(page), items: Number(items) };
  }

  async function begin(profile: string, kind: string, read: { signature: string; startedAt: string }): Promise<void> {
    await db.transaction().execute(async (trx) => {
      await trx.deleteFrom('kept_read').where('profile', '=', profile).where('kind', '=', kind).execute(); // and its pages
      const { signature, startedAt: started_at } = read;
      await trx
        .insertInto('kept_read')
        .values({ profile, kind, signature, started_at, mark: null, page: 0, items: 0 })
        .execute();
    });
  }

  async function keep(
    profile: string,
    kind: string,
    { mark, page, items }: { mark: string; page: number; items: readonly string[] },
  ): Promise<void> {
    await db.transaction().execute(async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable('kept_read')
        .set((row) => ({ mark, page, items: row('items', '+', items.length) }))
        .where('profile', '=', profile)
        .where('kind', '=', kind)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) throw new TypeError(`No read of ${profile} has begun`);
      const body = gzipSync(JSON.stringify(items));
      if (items.length > 0) await trx.insertInto('kept_page').values({ profile, kind, body }).execute();
    });
  }

  async function* pages(profile: string, kind: string): AsyncGenerator<readonly string[]> {
    let after: number | bigint = 0;
    for (;;) {
      const row: { seq: number | bigint; body: Uint8Array } | undefined = await db
        .selectFrom('kept_page')
        .select(['seq', 'body'])
        .where('profile', '=', profile)
        .where('kind', '=', kind)
        .where('seq', '>', after)
        .orderBy('seq')
        .limit(1)
        .executeTakeFirst();
      if (!row) return;
      after = row.seq;
      yield JSON.parse(gunzipSync(row.body).toString('utf8')) as string[]; // written by `keep`
    }
  }

  async function forget(profile: string, kind: string): Promise<void> {
    await db.deleteFrom('kept_read').where('profile', '=', profile).where('kind', '=', kind).execute();
  }

  async function purge(before: string): Promise<void> {
    await db.deleteFrom('kept_read').where('started_at', '<', before).execute();
  }
}
