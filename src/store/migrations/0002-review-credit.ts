import { type Kysely, sql } from 'kysely';

/** The credits of an entry to review beside its debits, so that a list is seen to balance, not taken to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('review_entry')
    .addColumn('credit_minor', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await sql`update review_entry set credit_minor = (select coalesce(-sum(amount_minor), 0) from review_line
    where review_line.run = review_entry.run and review_line.number = review_entry.number and amount_minor < 0)`.execute(
    db,
  );
}
