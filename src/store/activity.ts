import { type Kysely, type RawBuilder, sql } from 'kysely';
import { json } from './batches.ts';
import { documentFromRow } from './runs.ts';
import type { DocumentRow } from './store.ts';
import type { Tables } from './tables.ts';
import { withoutSign } from './written.ts';

/** What a profile has done as a whole, over all its runs: for the dashboard, the lists behind it, and the search. */
export type ActivityStore = {
  /** Every lot that was written, newest run first, with its tally when one of that version is kept. */
  readonly lots: (profile: string, version: number) => Promise<readonly LotRow[]>;
  readonly body: (run: string, firstNumber: number) => Promise<Uint8Array | null>;
  readonly keepTallies: (
    version: number,
    rows: readonly { run: string; firstNumber: number; tally: string }[],
  ) => Promise<void>;
  /** Entries that were written and do not stand: their parts were made importable again. */
  readonly taken: (profile: string) => Promise<readonly { run: string; number: number }[]>;
  /** How many documents dated in a period are in each state, each document once, as it stands now. */
  readonly countDocuments: (
    profile: string,
    period: { from: string; to: string },
  ) => Promise<Readonly<Record<string, number>>>;
  /** The same documents, newest first; `words` are looked for in numbers and, through `keys`, in what the caller found. */
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

export type LotRow = {
  readonly run: string;
  readonly startedAt: string;
  readonly firstNumber: number;
  readonly tally: string | null;
};

export function activityStore(db: Kysely<Tables>): ActivityStore {
  return { lots, body, keepTallies, taken, countDocuments, documents };

  async function lots(profile: string, version: number): Promise<readonly LotRow[]> {
    const { rows } = await sql<{ run: string; at: string; first: bigint; tally: string | null }>`
      select lot.run, run.started_at as at, lot.first_number as first, lot_tally.tally
      from run join written_lot lot on lot.run = run.id
      left join lot_tally on lot_tally.run = lot.run and lot_tally.first_number = lot.first_number
        and lot_tally.version = ${version}
      where run.profile = ${profile} and run.state in ('delivering', 'written')
      order by run.started_at desc, lot.first_number`.execute(db);
    return rows.map(({ run, at, first, tally }) => ({ run, startedAt: at, firstNumber: Number(first), tally }));
  }

  async function body(run: string, firstNumber: number): Promise<Uint8Array | null> {
    const row = await db
      .selectFrom('written_lot')
      .select('body')
      .where('run', '=', run)
      .where('first_number', '=', firstNumber)
      .executeTakeFirst();
    return row?.body ?? null;
  }

  /** A lot that went meanwhile (its delivery was taken back) leaves no tally. */
  async function keepTallies(
    version: number,
    rows: readonly { run: string; firstNumber: number; tally: string }[],
  ): Promise<void> {
    const given = json(rows.map(({ run, firstNumber, tally }) => [run, firstNumber, tally]));
    await sql`
      insert or replace into lot_tally (run, first_number, version, tally)
      select lot.run, lot.first_number, ${version}, value ->> 2
      from json_each(${given}) join written_lot lot on lot.run = value ->> 0 and lot.first_number = value ->> 1`.execute(
      db,
    );
  }

  async function taken(profile: string): Promise<readonly { run: string; number: number }[]> {
    const { rows } = await sql<{ run: string; number: bigint }>`
      select run, number from part_history
      where profile = ${profile} and action = 'reset' and run is not null and number is not null`.execute(db);
    return rows.map(({ run, number }) => ({ run, number: Number(number) }));
  }

  async function countDocuments(
    profile: string,
    { from, to }: { from: string; to: string },
  ): Promise<Readonly<Record<string, number>>> {
    const { rows } = await sql<{ state: string; count: bigint }>`
      with ${newest(profile, within(from, to))}
      select state, count(*) as count from newest group by state`.execute(db);
    return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
  }

  async function documents(
    profile: string,
    { from, to, state, name, offset, limit }: Parameters<ActivityStore['documents']>[1],
  ): ReturnType<ActivityStore['documents']> {
    const chosen = sql`${state === null ? sql`true` : sql`state = ${state}`}`;
    const some = newest(profile, sql`${within(from, to)} and ${named(name)}`);
    const counted = await sql<{
      total: bigint;
    }>`with ${some} select count(*) as total from newest where ${chosen}`.execute(db);
    const { rows } = await sql<Tables['run_document']>`
      with ${some} select run, seq, key, state, problem, summary, null as canonical from newest
      where ${chosen} order by day desc, key desc limit ${limit} offset ${offset}`.execute(db);
    return {
      total: Number(counted.rows[0]?.total ?? 0),
      rows: rows.map((row) => ({ ...documentFromRow(row), run: row.run })),
    };
  }
}

/**
 * Each document as the newest run that read it told it, with the state it has now: what was written and stands, what is
 * excluded for good, else what that run found. What was made importable again is ready.
 */
function newest(profile: string, which: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`seen as (
      select d.run, d.seq, d.key, d.state, d.problem, d.summary, d.summary ->> '$.date' as day,
        row_number() over (partition by d.key order by run.started_at desc, d.seq desc) as place
      from run join run_document d on d.run = run.id
      where run.profile = ${profile} and run.state not in ('failed', 'cancelled') and ${which}),
    newest as (
      select seen.run, seen.seq, seen.key, seen.problem, seen.summary, seen.day, case
        when part.state = 'transferred' then 'written'
        when part.state = 'excluded' then 'excluded'
        when seen.state in ('written', 'already', 'unticked') then 'ready'
        else seen.state end as state
      from seen left join part on part.profile = ${profile} and part.document = seen.key and part.part = 'document'
      where place = 1)`;
}

function within(from: string | null, to: string | null): RawBuilder<unknown> {
  if (from === null || to === null) return sql`true`;
  return sql`d.summary ->> '$.date' between ${from} and ${to}`;
}

/** Numbers that begin so, with their `#` or without it: of the order, invoice or credit note, or the id of the order. */
function named(name: string | null): RawBuilder<unknown> {
  if (name === null) return sql`true`;
  const like = `${withoutSign(name).replace(/[\\%_]/g, '\\$&')}%`;
  const parts = ['orderNumber', 'orderId', 'invoiceNumber', 'creditNoteNumber'].map(
    (part) => sql`ltrim(d.summary ->> ${`$.${part}`}, '#') like ${like} escape '\\'`,
  );
  return sql`(${sql.join(parts, sql` or `)})`;
}
