import { type Kysely, sql } from 'kysely';

/** Gives the history a sequence of its own: two lines of one moment keep their order in any database. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('part_history').renameTo('part_history_before').execute();
  await db.schema
    .createTable('part_history')
    .addColumn('seq', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('profile', 'text', (c) => c.notNull().references('profile.id').onDelete('cascade'))
    .addColumn('document', 'text', (c) => c.notNull())
    .addColumn('part', 'text', (c) => c.notNull())
    .addColumn('action', 'text', (c) => c.notNull().check(sql`action in ('written','reset','excluded','included')`))
    .addColumn('run', 'text')
    .addColumn('hash', 'text')
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('number', 'integer')
    .execute();
  await sql`
    insert into part_history (profile, document, part, action, run, hash, at, reason, number)
    select profile, document, part, action, run, hash, at, reason, number from part_history_before order by rowid`.execute(
    db,
  );
  await db.schema.dropTable('part_history_before').execute(); // with its index
  await db.schema
    .createIndex('part_history_by_part')
    .on('part_history')
    .columns(['profile', 'document', 'part'])
    .execute();
}
