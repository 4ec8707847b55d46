import { type Kysely, sql } from 'kysely';

/** What a read that did not come to its end has read: the next run of the same kind goes on from there. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const make = db.schema;
  await make
    .createTable('kept_read')
    .addColumn('profile', 'text', (c) => c.notNull().references('profile.id').onDelete('cascade'))
    .addColumn('kind', 'text', (c) => c.notNull().check(sql`kind in ('sales','creditNotes')`))
    .addColumn('signature', 'text', (c) => c.notNull())
    .addColumn('started_at', 'text', (c) => c.notNull())
    .addColumn('mark', 'text')
    .addColumn('page', 'integer', (c) => c.notNull())
    .addColumn('items', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('kept_read_pk', ['profile', 'kind'])
    .execute();
  await make
    .createTable('kept_page')
    .addColumn('seq', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('profile', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('body', 'blob', (c) => c.notNull())
    .addForeignKeyConstraint('kept_page_read', ['profile', 'kind'], 'kept_read', ['profile', 'kind'], (c) =>
      c.onDelete('cascade'),
    )
    .execute();
  await make.createIndex('kept_page_by_read').on('kept_page').columns(['profile', 'kind', 'seq']).execute();
}
