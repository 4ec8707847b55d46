import type { Kysely } from 'kysely';

/** What a run counted at its source, and what it found in the series of numbers: JSON, or null. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('run').addColumn('control', 'text').execute();
}
