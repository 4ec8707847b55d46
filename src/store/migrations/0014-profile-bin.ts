import type { Kysely } from 'kysely';

/** A deleted profile stays a while, out of sight, with all that is its. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('profile').addColumn('deleted_at', 'text').execute();
}
