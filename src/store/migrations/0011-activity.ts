import type { Kysely } from 'kysely';

/** What the entries of a lot add up to (`core/tally.ts`), kept when it was first asked for; it goes with its lot. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('lot_tally')
    .addColumn('run', 'text', (c) => c.notNull())
    .addColumn('first_number', 'integer', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('tally', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('lot_tally_pk', ['run', 'first_number'])
    .addForeignKeyConstraint('lot_tally_lot', ['run', 'first_number'], 'written_lot', ['run', 'first_number'], (c) =>
      c.onDelete('cascade'),
    )
    .execute();
}
