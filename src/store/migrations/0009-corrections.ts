import type { Kysely } from 'kysely';

/** Entries of a review that correct what was written: they are ticked by a person, together with their document's. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('review_entry').addColumn('correction', 'integer').execute();
}
