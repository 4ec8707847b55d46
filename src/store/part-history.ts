import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { PartState, PartStore, RunRow } from './store.ts';
import type { Tables } from './tables.ts';

/** The documents among these whose own part is in one of the states. Part of the change that is then told. */
export async function documentsIn(
  trx: Transaction<Tables>,
  profile: string,
  states: readonly PartState[],
  documents: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await trx
    .selectFrom('part')
    .select('document')
    .where('profile', '=', profile)
    .where('document', 'in', [...documents])
    .where('part', '=', 'document')
    .where('state', 'in', [...states])
    .execute();
  return new Set(rows.map(({ document }) => document));
}

export async function tell(
  trx: Transaction<Tables>,
  profile: string,
  documents: readonly string[],
  told: {
    readonly action: string;
    readonly at: string;
    readonly reason: string | null;
    readonly user: string | null;
  },
): Promise<void> {
  const { action, at, reason, user } = told;
  const values = documents.map((document) => ({
    profile,
    document,
    part: 'document',
    action,
    run: null,
    hash: null,
    at,
    reason,
    number: null,
    user,
  }));
  await trx.insertInto('part_history').values(values).execute();
}

/**
 * The history holds what a part's row no longer says; the row itself tells the last transfer, so that a first one leaves
 * nothing but its row. Before transferred rows are overwritten, what they say becomes history.
 */
export async function keepPast(trx: Transaction<Tables>, profile: string, which: RawBuilder<unknown>): Promise<void> {
  await sql`
    insert into part_history (profile, document, part, action, run, hash, at, reason, number)
    select profile, document, part, 'written', run, hash, at, null, number from part
    where profile = ${profile} and state = 'transferred' and ${which}`.execute(trx);
}

/** What the run had marked is what it was before: transferred by an earlier run (*include already transferred*), or new. */
export async function bringBack(trx: Transaction<Tables>, run: RunRow, at: string): Promise<void> {
  const before = (column: 'action' | 'run' | 'hash' | 'number' | 'at') => sql`(
    select h.${sql.ref(column)} from part_history h
    where h.profile = part.profile and h.document = part.document and h.part = part.part and h.action in ('written', 'reset')
      and h.run is not ${run.id}
    order by h.seq desc limit 1)`;
  const written = sql`coalesce(${before('action')}, '') = 'written'`;
  await sql`
    update part set
      state = case when ${written} then 'transferred' else 'new' end,
      run = case when ${written} then ${before('run')} end,
      hash = case when ${written} then ${before('hash')} end,
      number = case when ${written} then ${before('number')} end,
      at = case when ${written} then ${before('at')} else ${at} end
    where run = ${run.id} and state = 'transferred'`.execute(trx);
  await sql`
    delete from part_history where profile = ${run.profile} and action = 'written' and exists (
      select 1 from part p
      where p.profile = part_history.profile and p.document = part_history.document and p.part = part_history.part
        and p.state = 'transferred' and p.run = part_history.run and p.at = part_history.at)`.execute(trx);
}

/** All that happened to the parts of a document, the last transfer included, oldest first. */
export async function pastOf(
  db: Kysely<Tables>,
  profile: string,
  document: string,
): Promise<Awaited<ReturnType<PartStore['history']>>> {
  const { rows } = await sql<
    Required<Pick<Tables['part_history'], 'part' | 'action' | 'run' | 'at' | 'reason' | 'number' | 'user'>>
  >`
    select part, action, run, at, reason, number, user from (
      select part, case when exists (
          select 1 from run where run.id = h.run and json_extract(run.undone, '$.at') = h.at and h.action = 'reset')
        then 'undone' else action end as action, run, at, reason, number, user, seq as place from part_history h
      where profile = ${profile} and document = ${document}
      union all
      select part, 'written', run, at, null, number, null, null from part
      where profile = ${profile} and document = ${document} and state = 'transferred')
    order by at, place is null, place`.execute(db);
  return rows.map((row) => ({ ...row, number: row.number === null ? null : Number(row.number) }));
}
