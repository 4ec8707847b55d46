import { gunzipSync, gzipSync } from 'node:zlib';
import type { Kysely } from 'kysely';
import { lots } from './batches.ts';
import type { RawStore } from './store.ts';
import type { Tables } from './tables.ts';

/** The shop's answers as they came, compressed: they hold customers' data and are purged by age. */
export function rawStore(db: Kysely<Tables>): RawStore {
  return { keep, get, purge };

  async function keep(profile: string, at: string, rows: readonly { document: string; body: string }[]): Promise<void> {
    for (const lot of lots(rows, 200)) {
      await db
        .insertInto('raw_answer')
        .values(lot.map(({ document, body }) => ({ profile, document, at, body: gzipSync(body) })))
        .onConflict((conflict) =>
          conflict
            .columns(['profile', 'document'])
            .doUpdateSet((row) => ({ at: row.ref('excluded.at'), body: row.ref('excluded.body') })),
        )
        .execute();
    }
  }

  async function get(profile: string, document: string): Promise<{ at: string; body: string } | null> {
    const row = await db
      .selectFrom('raw_answer')
      .select(['at', 'body'])
      .where('profile', '=', profile)
      .where('document', '=', document)
      .executeTakeFirst();
    return row ? { at: row.at, body: gunzipSync(row.body).toString('utf8') } : null;
  }

  async function purge(profile: string, before: string): Promise<number> {
    const result = await db
      .deleteFrom('raw_answer')
      .where('profile', '=', profile)
      .where('at', '<', before)
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  }
}
