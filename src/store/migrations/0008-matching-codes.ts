import type { Kysely } from 'kysely';

/** How many matching codes a profile had used when a run ended: the next run goes on from there. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('run')
    .addColumn('matching_codes', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
}
