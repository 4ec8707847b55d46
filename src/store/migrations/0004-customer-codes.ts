import { randomBytes } from 'node:crypto';
import { type Kysely, sql } from 'kysely';

/**
 * The codes given to customers, one of each kind for ever: the keys are what makes it true. A customer is known by a
 * keyed hash alone; its key is made here, with the data it goes with, so that a restored backup knows its customers.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('customer_code')
    .addColumn('profile', 'text', (c) => c.notNull().references('profile.id').onDelete('cascade'))
    .addColumn('kind', 'text', (c) => c.notNull().check(sql`kind in ('account','thirdParty')`))
    .addColumn('customer', 'text', (c) => c.notNull())
    .addColumn('scheme', 'text', (c) => c.notNull())
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('written', 'integer', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('customer_code_pk', ['profile', 'kind', 'customer'])
    .addUniqueConstraint('customer_code_once', ['profile', 'kind', 'code'])
    .addUniqueConstraint('customer_code_number', ['profile', 'kind', 'scheme', 'number'])
    .execute();
  const key = randomBytes(32).toString('hex');
  await sql`insert into setting (name, value) values ('customer-key', ${key})`.execute(db);
}
