import { type Kysely, type RawBuilder, sql } from 'kysely';
import { documentFromRow } from './runs.ts';
import type { DocumentRow } from './store.ts';
import type { Tables } from './tables.ts';
import { withoutSign } from './written.ts';

/** What a profile has done as a whole, over all its runs: for the dashboard, the lists behind it, and the search. */
export type ActivityStore = {
  /** How many documents dated in a period are in each state, each document once, as it stands now. */
  readonly countDocuments: (
    profile: string,
    period: { from: string; to: string },
  ) => Promise<Readonly<Record<string, number>>>;
  /** The same documents, newest first; `name`: the beginning of a number, with its `#` or without it. */
  readonly documents: (
    profile: string,
    query: {
      from: string | null;
      to: string | null;
      state: string | null;
      name: string | null;
      offset: number;
      limit: number;
    },
  ) => Promise<{ total: number; rows: readonly (DocumentRow & { readonly run: string })[] }>;
};

export function activityStore(db: Kysely<Tables>): ActivityStore {
  return { countDocuments, documents };

  async function countDocuments(
    profile: string,
    { from, to }: { from: string; to: string },
  ): Promise<Readonly<Record<string, number>>> {
    const { rows } = await sql<{ state: string; count: bigint }>`
      with ${known(profile, { from, to, name: null })}
      select state, count(*) as count from known group by state`.execute(db);
    return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
  }

  async function documents(
    profile: string,
    { from, to, state, name, offset, limit }: Parameters<ActivityStore['documents']>[1],
  ): ReturnType<ActivityStore['documents']> {
    const chosen = state === null ? sql`true` : sql`state = ${state}`;
    const all = known(profile, { from, to, name });
    const counted = await sql<{
      total: bigint;
    }>`with ${all} select count(*) as total from known where ${chosen}`.execute(db);
    const { rows } = await sql<Tables['run_document'] & { run: string }>`
      with ${all}, page as materialized (
        select document, day, state from known where ${chosen}
        order by day desc, document desc limit ${limit} offset ${offset})
      select d.run, d.seq, d.key, page.state, d.problem, d.summary, null as canonical
      from page join run_document d on (d.run, d.seq) = (${newest(profile, sql`page.document`)})
      order by page.day desc, page.document desc`.execute(db);
    return {
      total: Number(counted.rows[0]?.total ?? 0),
      rows: rows.map((row) => ({ ...documentFromRow(row), run: row.run })),
    };
  }
}

/**
 * Each document once, with the day and state it has now. What was written and stands, nearly all, is told by its part, from an
 * index; the others by the newest run that read them. What was made importable again is ready.
 */
function known(
  profile: string,
  { from, to, name }: { readonly from: string | null; readonly to: string | null; readonly name: string | null },
): RawBuilder<unknown> {
  const within = from === null || to === null ? sql`true` : sql`day between ${from} and ${to}`;
  const standing = sql`part.profile = ${profile} and part.part = 'document' and part.state = 'transferred' and ${within}`;
  const other = sql`
    select d.key as document from run join run_document d on d.run = run.id
    where run.profile = ${profile} and d.state in ('ready', 'held', 'excluded', 'unticked')
    union
    select document from part
    where profile = ${profile} and part = 'document' and state <> 'transferred' and claim is null`;
  return sql`
    other as materialized (${name === null ? other : named(profile, name)}),
    told as (
      select other.document, d.summary ->> '$.date' as day, case
        when part.state = 'excluded' then 'excluded'
        when d.state in ('written', 'already', 'unticked') then 'ready'
        else d.state end as state
      from other
      left join part on part.profile = ${profile} and part.document = other.document and part.part = 'document'
      join run_document d on (d.run, d.seq) = (${newest(profile, sql`other.document`)})
      where part.state is null or part.state <> 'transferred'),
    known as (
      select part.document, part.day, 'written' as state
      from ${name === null ? sql`part` : sql`other cross join part on part.document = other.document`} where ${standing}
      union all
      select document, day, state from told where ${within})`;
}

/** Where the newest run that read a document has it. */
function newest(profile: string, document: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select read.run, read.seq from run cross join run_document read on read.run = run.id and read.key = ${document}
    where run.profile = ${profile} and run.state not in ('failed', 'cancelled')
    order by run.started_at desc, read.seq desc limit 1`;
}

/** Documents with a number that begins so: of the order, invoice or credit note, or the id of the order. */
function named(profile: string, name: string): RawBuilder<unknown> {
  const first = withoutSign(name);
  return sql`
    select distinct document from document_name
    where profile = ${profile} and name >= ${first} and name < ${`${first}\u{10ffff}`}`;
}
