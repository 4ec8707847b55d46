import { type Kysely, sql } from 'kysely';

/**
 * What each lot of entries adds up to, in rows that a question sums by their indexes instead of in texts that are all read;
 * rows go with their lot. Entries that no longer stand are taken off their lot's rows once. Numbers of documents are found by
 * how they begin, and what was written by its day. Lots written before are added up when they are first asked for.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop table lot_tally`.execute(db);
  await sql`
    create table summed_lot (
      run text not null, first_number integer not null, version integer not null, entries integer not null,
      primary key (run, first_number),
      foreign key (run, first_number) references written_lot (run, first_number) on delete cascade
    ) without rowid`.execute(db);
  await sql`
    create table lot_fact (
      profile text not null, day text not null, about text not null, currency text not null, country text not null,
      item text not null, run text not null, first_number integer not null, decimals integer not null,
      amount_minor integer not null, base_minor integer not null,
      entries integer not null, entries_of_about integer not null, entries_of_all integer not null,
      primary key (profile, day, about, currency, country, item, run, first_number),
      foreign key (run, first_number) references summed_lot (run, first_number) on delete cascade
    ) without rowid`.execute(db);
  await sql`create index lot_fact_by_lot on lot_fact (run, first_number)`.execute(db);
  await sql`create index lot_fact_by_currency on lot_fact (profile, currency, day, run, decimals)`.execute(db);
  await sql`
    create table lot_order (
      profile text not null, currency text not null, order_number text not null, run text not null,
      first_number integer not null, document text not null, day text, amount_minor integer not null,
      primary key (profile, currency, order_number, run, first_number),
      foreign key (run, first_number) references summed_lot (run, first_number) on delete cascade
    ) without rowid`.execute(db);
  await sql`create index lot_order_by_lot on lot_order (run, first_number)`.execute(db);
  await sql`
    create table taken_entry (
      run text not null references run (id) on delete cascade, number integer not null, taken_off integer not null,
      primary key (run, number)
    ) without rowid`.execute(db);
  await sql`create index taken_entry_waiting on taken_entry (run) where taken_off = 0`.execute(db);
  await sql`
    insert or ignore into taken_entry (run, number, taken_off)
    select h.run, h.number, 0 from part_history h join run on run.id = h.run
    where h.action = 'reset' and h.number is not null`.execute(db);
  await sql`
    create table document_name (
      profile text not null references profile (id) on delete cascade, name text not null collate nocase, document text not null,
      primary key (profile, name, document)
    ) without rowid`.execute(db);
  for (const name of ['$.orderId', '$.orderNumber', '$.invoiceNumber', '$.creditNoteNumber']) {
    await sql`
      insert or ignore into document_name (profile, name, document)
      select run.profile, ltrim(d.summary ->> ${name}, '#'), d.key
      from run join run_document d on d.run = run.id
      where ltrim(d.summary ->> ${name}, '#') <> ''`.execute(db);
  }
  await sql`
    create index part_standing on part (profile, day, document)
    where part = 'document' and state = 'transferred'`.execute(db);
  await sql`
    create index part_waiting on part (profile, document)
    where part = 'document' and state <> 'transferred' and claim is null`.execute(db);
}
