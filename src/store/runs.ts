import { type Kysely, sql } from 'kysely';
import { json, lots } from './batches.ts';
import type { DocumentRow, ReasonCount, RunChange, RunRow, RunStore } from './store.ts';
import type { Tables } from './tables.ts';
import { withoutSign } from './written.ts';

export function runStore(db: Kysely<Tables>): RunStore {
  return {
    add,
    change,
    get,
    list,
    inState,
    matchingCodes,
    addEvents,
    events,
    addDocuments,
    documents,
    documentsByKey,
    changeDocument,
    changeDocumentStates,
    settleDocuments,
    countDocuments,
    countReasons,
    forgetCanonical,
  };

  async function add(row: RunRow): Promise<void> {
    await db
      .insertInto('run')
      .values({
        id: row.id,
        profile: row.profile,
        kind: row.kind,
        from_day: row.from,
        to_day: row.to,
        state: row.state,
        request: row.request,
        started_at: row.startedAt,
        ended_at: row.endedAt,
        counts: row.counts,
        debit_minor: row.debitMinor,
        credit_minor: row.creditMinor,
        currency: row.currency,
        decimals: row.decimals,
        matching_codes: 0,
        troubles: row.troubles,
        file: row.file,
        control: row.control,
        undone: null,
        downloaded_at: null,
      })
      .execute();
  }

  async function change(id: string, changes: RunChange): Promise<void> {
    await db.updateTable('run').set(toColumns(changes)).where('id', '=', id).execute();
  }

  async function get(id: string): Promise<RunRow | null> {
    const row = await db.selectFrom('run').selectAll().where('id', '=', id).executeTakeFirst();
    return row ? runFromRow(row) : null;
  }

  async function list(profile: string, limit: number): Promise<readonly RunRow[]> {
    const rows = await db
      .selectFrom('run')
      .selectAll()
      .where('profile', '=', profile)
      .orderBy('started_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    return rows.map(runFromRow);
  }

  async function inState(states: readonly string[]): Promise<readonly RunRow[]> {
    const rows = await db
      .selectFrom('run')
      .selectAll()
      .where('state', 'in', [...states])
      .orderBy('started_at')
      .execute();
    return rows.map(runFromRow);
  }

  async function matchingCodes(profile: string): Promise<number> {
    const row = await db
      .selectFrom('run')
      .select((eb) => eb.fn.max('matching_codes').as('used'))
      .where('profile', '=', profile)
      .where('state', 'in', ['delivering', 'written'])
      .executeTakeFirst();
    return Number(row?.used ?? 0);
  }

  async function addEvents(run: string, rows: readonly { seq: number; event: string }[]): Promise<void> {
    for (const lot of lots(rows, 2000))
      await db
        .insertInto('run_event')
        .values(lot.map(({ seq, event }) => ({ run, seq, event })))
        .execute();
  }

  async function events(run: string, after: number): Promise<readonly { seq: number; event: string }[]> {
    const rows = await db
      .selectFrom('run_event')
      .select(['seq', 'event'])
      .where('run', '=', run)
      .where('seq', '>', after)
      .orderBy('seq')
      .execute();
    return rows.map(({ seq, event }) => ({ seq: Number(seq), event }));
  }

  async function addDocuments(run: string, rows: readonly DocumentRow[]): Promise<void> {
    const given = json(
      rows.map(({ seq, key, state, problem, summary, canonical }) => [
        seq,
        key,
        state,
        problem ? 1 : 0,
        summary,
        canonical,
      ]),
    );
    const names = rows.flatMap(({ key, names: called = [] }) => called.map((name) => [withoutSign(name), key]));
    await db.transaction().execute(async (trx) => {
      await sql`
        insert into run_document (run, seq, key, state, problem, summary, canonical)
        select ${run}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5
        from json_each(${given})`.execute(trx);
      await sql`
        insert or ignore into document_name (profile, name, document)
        select (select profile from run where id = ${run}), value ->> 0, value ->> 1
        from json_each(${json(names)})`.execute(trx);
    });
  }

  async function documents(
    run: string,
    query: { states: readonly string[] | null; problems: boolean; offset: number; limit: number },
  ): Promise<{ total: number; rows: readonly DocumentRow[] }> {
    let base = db.selectFrom('run_document').where('run', '=', run);
    if (query.problems) base = base.where('problem', '=', 1);
    if (query.states) base = base.where('state', 'in', [...query.states]);
    const { total } = await base.select((eb) => eb.fn.countAll<bigint>().as('total')).executeTakeFirstOrThrow();
    const rows = await base
      .selectAll()
      .orderBy('problem', 'desc')
      .orderBy('seq')
      .offset(query.offset)
      .limit(query.limit)
      .execute();
    return { total: Number(total), rows: rows.map(documentFromRow) };
  }

  async function documentsByKey(run: string, keys: readonly string[]): Promise<readonly DocumentRow[]> {
    const found: DocumentRow[] = [];
    for (const lot of lots(keys, 5000)) {
      const rows = await db
        .selectFrom('run_document')
        .selectAll()
        .where('run', '=', run)
        .where('key', 'in', [...lot])
        .orderBy(sql`+seq`) // by its key's index: without the sign the whole run is read in this order
        .execute();
      found.push(...rows.map(documentFromRow));
    }
    return found;
  }

  async function changeDocument(
    run: string,
    seq: number,
    { state, problem, summary }: { state?: string; problem?: boolean; summary?: string },
  ): Promise<void> {
    await db
      .updateTable('run_document')
      .set({
        ...(state === undefined ? {} : { state }),
        ...(problem === undefined ? {} : { problem: problem ? 1 : 0 }),
        ...(summary === undefined ? {} : { summary }),
      })
      .where('run', '=', run)
      .where('seq', '=', seq)
      .execute();
  }

  async function changeDocumentStates(
    run: string,
    from: string,
    to: string,
    keys: readonly string[] | null,
  ): Promise<void> {
    const base = db.updateTable('run_document').set({ state: to }).where('run', '=', run).where('state', '=', from);
    if (keys === null) {
      await base.execute();
      return;
    }
    for (const lot of lots(keys, 5000)) await base.where('key', 'in', [...lot]).execute();
  }

  async function settleDocuments(run: string, profile: string): Promise<void> {
    const written = sql`exists (select 1 from part where part.profile = ${profile} and part.document = run_document.key and part.run = ${run})`;
    await db
      .updateTable('run_document')
      .set({ state: sql<string>`case when ${written} then 'written' else 'unticked' end` })
      .where('run', '=', run)
      .where('state', '=', 'ready')
      .execute();
  }

  async function countDocuments(run: string): Promise<Readonly<Record<string, number>>> {
    const rows = await db
      .selectFrom('run_document')
      .select(['state', (eb) => eb.fn.countAll<bigint>().as('count')])
      .where('run', '=', run)
      .groupBy('state')
      .execute();
    return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
  }

  async function countReasons(run: string): Promise<readonly ReasonCount[]> {
    const first = (
      what: string,
    ) => sql`(select json_extract(r.value, ${`$.${what}`}) from json_each(summary, '$.reasons') r
      where json_extract(r.value, '$.severity') <> 'warn' limit 1)`;
    const code = sql<string>`coalesce(${first('code')}, 'held')`;
    const values = sql<
      string | null
    >`case when min(${first('values')}) = max(${first('values')}) then min(${first('values')}) end`;
    const rows = await db
      .selectFrom('run_document')
      .select(['state', code.as('code'), values.as('values'), (eb) => eb.fn.countAll<bigint>().as('count')])
      .where('run', '=', run)
      .where('state', 'in', ['held', 'excluded'])
      .groupBy(['state', 'code'])
      .orderBy('state')
      .orderBy('count', 'desc')
      .orderBy('code')
      .execute();
    return rows.map((row) => ({
      state: row.state === 'held' ? 'held' : 'excluded',
      code: row.code,
      count: Number(row.count),
      values: row.values === null ? null : JSON.parse(row.values),
    }));
  }

  async function forgetCanonical(run: string): Promise<void> {
    await db
      .updateTable('run_document')
      .set({ canonical: null })
      .where('run', '=', run)
      .where('canonical', 'is not', null)
      .execute();
  }
}

export function documentFromRow(row: Tables['run_document']): DocumentRow {
  return {
    seq: Number(row.seq),
    key: row.key,
    state: row.state,
    problem: Number(row.problem) === 1,
    summary: row.summary,
    canonical: row.canonical,
  };
}

function runFromRow(row: Tables['run']): RunRow {
  if (row.kind !== 'sales' && row.kind !== 'creditNotes') throw new TypeError(`Unknown kind of run: ${row.kind}`);
  return {
    id: row.id,
    profile: row.profile,
    kind: row.kind,
    from: row.from_day,
    to: row.to_day,
    state: row.undone ? 'undone' : row.state,
    request: row.request,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    counts: row.counts,
    debitMinor: BigInt(row.debit_minor),
    creditMinor: BigInt(row.credit_minor),
    currency: row.currency,
    decimals: Number(row.decimals),
    troubles: row.troubles,
    file: row.file,
    control: row.control,
  };
}

/** The columns a change of a run touches. */
export function toColumns(change: RunChange): Partial<Tables['run']> {
  const columns: Partial<Tables['run']> = {};
  if (change.state !== undefined) columns.state = change.state;
  if (change.request !== undefined) columns.request = change.request;
  if (change.endedAt !== undefined) columns.ended_at = change.endedAt;
  if (change.counts !== undefined) columns.counts = change.counts;
  if (change.debitMinor !== undefined) columns.debit_minor = change.debitMinor;
  if (change.creditMinor !== undefined) columns.credit_minor = change.creditMinor;
  if (change.troubles !== undefined) columns.troubles = change.troubles;
  if (change.file !== undefined) columns.file = change.file;
  if (change.matchingCodes !== undefined) columns.matching_codes = change.matchingCodes;
  if (change.control !== undefined) columns.control = change.control;
  if (change.from !== undefined) columns.from_day = change.from;
  if (change.to !== undefined) columns.to_day = change.to;
  return columns;
}
