import { type Kysely, sql } from 'kysely';

/**
 * Profiles, runs, the transfer state of each part, and what a review needs. What must happen once only is a
 * constraint: one row per part, one lock per profile.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const make = db.schema;
  await make
    .createTable('profile')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('document', 'text', (c) => c.notNull())
    .addColumn('demo', 'integer', (c) => c.notNull())
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .execute();
  await make
    .createTable('setting')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute();
  await make
    .createTable('secret')
    .addColumn('profile', 'text', (c) => c.notNull().references('profile.id').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('sealed', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('secret_pk', ['profile', 'name'])
    .execute();
  await make
    .createTable('run')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('profile', 'text', (c) => c.notNull().references('profile.id').onDelete('cascade'))
    .addColumn('kind', 'text', (c) => c.notNull().check(sql`kind in ('sales','creditNotes')`))
    .addColumn('from_day', 'text')
    .addColumn('to_day', 'text')
    .addColumn('state', 'text', (c) =>
      c
        .notNull()
        .check(
          sql`state in ('reading','review','writing','delivering','written','preview','failed','cancelled','closed')`,
        ),
    )
    .addColumn('request', 'text', (c) => c.notNull())
    .addColumn('started_at', 'text', (c) => c.notNull())
    .addColumn('ended_at', 'text')
    .addColumn('counts', 'text', (c) => c.notNull())
    .addColumn('debit_minor', 'integer', (c) => c.notNull())
    .addColumn('credit_minor', 'integer', (c) => c.notNull())
    .addColumn('currency', 'text', (c) => c.notNull())
    .addColumn('troubles', 'text', (c) => c.notNull())
    .addColumn('file', 'text')
    .execute();
  await make.createIndex('run_by_profile').on('run').columns(['profile', 'started_at']).execute();
  await make
    .createTable('run_event')
    .addColumn('run', 'text', (c) => c.notNull().references('run.id').onDelete('cascade'))
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('event', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('run_event_pk', ['run', 'seq'])
    .execute();
  await make
    .createTable('part')
    .addColumn('profile', 'text', (c) => c.notNull().references('profile.id').onDelete('cascade'))
    .addColumn('document', 'text', (c) => c.notNull())
    .addColumn('part', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('new','held','excluded','transferred')`))
    .addColumn('hash', 'text')
    .addColumn('order_id', 'text', (c) => c.notNull())
    .addColumn('day', 'text')
    .addColumn('run', 'text')
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('claim', 'text')
    .addColumn('claim_hash', 'text')
    .addPrimaryKeyConstraint('part_pk', ['profile', 'document', 'part'])
    .execute();
  await make.createIndex('part_by_claim').on('part').column('claim').execute();
  await make.createIndex('part_by_order').on('part').columns(['profile', 'order_id']).execute();
  await make
    .createTable('part_history')
    .addColumn('profile', 'text', (c) => c.notNull().references('profile.id').onDelete('cascade'))
    .addColumn('document', 'text', (c) => c.notNull())
    .addColumn('part', 'text', (c) => c.notNull())
    .addColumn('action', 'text', (c) => c.notNull().check(sql`action in ('written','reset','excluded','included')`))
    .addColumn('run', 'text')
    .addColumn('hash', 'text')
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .execute();
  await make.createIndex('part_history_by_part').on('part_history').columns(['profile', 'document', 'part']).execute();
  await make
    .createTable('run_document')
    .addColumn('run', 'text', (c) => c.notNull().references('run.id').onDelete('cascade'))
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('problem', 'integer', (c) => c.notNull())
    .addColumn('summary', 'text', (c) => c.notNull())
    .addColumn('canonical', 'text')
    .addPrimaryKeyConstraint('run_document_pk', ['run', 'seq'])
    .execute();
  await make.createIndex('run_document_by_key').on('run_document').columns(['run', 'key']).execute();
  await make.createIndex('run_document_by_state').on('run_document').columns(['run', 'state']).execute();
  await make
    .createTable('review_entry')
    .addColumn('run', 'text', (c) => c.notNull().references('run.id').onDelete('cascade'))
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('document', 'text', (c) => c.notNull())
    .addColumn('part', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('journal', 'text', (c) => c.notNull())
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('piece', 'text', (c) => c.notNull())
    .addColumn('reference', 'text', (c) => c.notNull())
    .addColumn('order_number', 'text', (c) => c.notNull())
    .addColumn('payment', 'text')
    .addColumn('currency', 'text', (c) => c.notNull())
    .addColumn('total_minor', 'integer', (c) => c.notNull())
    .addColumn('credit_minor', 'integer', (c) => c.notNull())
    .addColumn('lines', 'integer', (c) => c.notNull())
    .addColumn('ticked', 'integer', (c) => c.notNull())
    .addColumn('again', 'integer', (c) => c.notNull())
    .addColumn('entry', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('review_entry_pk', ['run', 'number'])
    .execute();
  await make.createIndex('review_entry_by_document').on('review_entry').columns(['run', 'document']).execute();
  await make
    .createTable('review_line')
    .addColumn('run', 'text', (c) => c.notNull().references('run.id').onDelete('cascade'))
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('line', 'integer', (c) => c.notNull())
    .addColumn('account', 'text', (c) => c.notNull())
    .addColumn('third_party', 'text')
    .addColumn('label', 'text', (c) => c.notNull())
    .addColumn('tax_code', 'text')
    .addColumn('tax_rate', 'text')
    .addColumn('amount_minor', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('review_line_pk', ['run', 'number', 'line'])
    .execute();
  await make
    .createTable('lock')
    .addColumn('profile', 'text', (c) => c.primaryKey())
    .addColumn('run', 'text', (c) => c.notNull())
    .addColumn('pid', 'integer', (c) => c.notNull())
    .addColumn('process', 'text', (c) => c.notNull())
    .addColumn('since', 'text', (c) => c.notNull())
    .execute();
  await make
    .createTable('raw_answer')
    .addColumn('profile', 'text', (c) => c.notNull().references('profile.id').onDelete('cascade'))
    .addColumn('document', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('body', 'blob', (c) => c.notNull())
    .addPrimaryKeyConstraint('raw_answer_pk', ['profile', 'document'])
    .execute();
}
