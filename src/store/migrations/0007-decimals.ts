import type { Kysely } from 'kysely';

/** The decimals a run keeps (2: each currency's own), so that its review and totals show what its entries have. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('run')
    .addColumn('decimals', 'integer', (c) => c.notNull().defaultTo(2))
    .execute();
}
