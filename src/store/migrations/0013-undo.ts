import type { Kysely } from 'kysely';

/** What undid a run (JSON), and when its file was last downloaded. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('run').addColumn('undone', 'text').execute();
  await db.schema.alterTable('run').addColumn('downloaded_at', 'text').execute();
}
