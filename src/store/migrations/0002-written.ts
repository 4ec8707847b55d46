import type { Kysely } from 'kysely';

/**
 * What was written, kept: the entries of a run in lots, packed by their owner, and the number each part's entry had in
 * its run. A later change of the document is reversed from them to the cent, and explained.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const make = db.schema;
  await make
    .createTable('written_lot')
    .addColumn('run', 'text', (c) => c.notNull().references('run.id').onDelete('cascade'))
    .addColumn('first_number', 'integer', (c) => c.notNull())
    .addColumn('body', 'blob', (c) => c.notNull())
    .addPrimaryKeyConstraint('written_lot_pk', ['run', 'first_number'])
    .execute();
  await make.alterTable('part').addColumn('number', 'integer').execute();
  await make.alterTable('part').addColumn('claim_number', 'integer').execute();
  await make.alterTable('part_history').addColumn('number', 'integer').execute();
}
