import { type Kysely, sql } from 'kysely';

/**
 * A part's row tells its last transfer, the history only what came before it. The index of claims holds claimed parts
 * alone: transferred ones, nearly all, leave it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    delete from part_history where action = 'written' and exists (
      select 1 from part p
      where p.profile = part_history.profile and p.document = part_history.document and p.part = part_history.part
        and p.state = 'transferred' and p.run = part_history.run)`.execute(db);
  await db.schema.dropIndex('part_by_claim').execute();
  await sql`create index part_by_claim on part (claim) where claim is not null`.execute(db);
}
