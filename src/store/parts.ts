import { type Kysely, sql } from 'kysely';
import { among, json, lots } from './batches.ts';
import { durably } from './durably.ts';
import { bringBack, documentsIn, keepPast, pastOf, tell } from './part-history.ts';
import { toColumns } from './runs.ts';
import type { PartClaim, PartMark, PartRow, PartState, PartStore, RunChange, RunRow, WrittenLot } from './store.ts';
import { keepSums } from './sums.ts';
import type { Tables } from './tables.ts';

/**
 * The transfer state of each part. One row per (profile, document, part): the primary key is what makes *once* true.
 * A delivery claims its parts first, and marks them all in the one transaction that also makes the run `delivering`.
 */
export function partStore(db: Kysely<Tables>): PartStore {
  return {
    of,
    salesTransferred,
    countTransferred,
    countHeld,
    hold,
    claim,
    markTransferred,
    release,
    unmark,
    reset,
    exclude,
    excludedAt,
    include,
    history,
  };

  async function of(profile: string, documents: readonly string[]): Promise<ReadonlyMap<string, readonly PartRow[]>> {
    const found = new Map<string, PartRow[]>();
    const { rows } = await sql<Tables['part']>`
      select * from part where profile = ${profile} and document in ${among(documents)}`.execute(db);
    for (const row of rows) {
      const list = found.get(row.document);
      if (list) list.push(fromRow(row));
      else found.set(row.document, [fromRow(row)]);
    }
    return found;
  }

  async function salesTransferred(profile: string, orderIds: readonly string[]): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    for (const lot of lots(orderIds, 5000)) {
      const rows = await db
        .selectFrom('part')
        .select('order_id')
        .where('profile', '=', profile)
        .where('order_id', 'in', [...lot])
        .where('part', '=', 'document')
        .where('document', 'like', 'sale/%')
        .where('state', '=', 'transferred')
        .execute();
      for (const { order_id } of rows) found.add(order_id);
    }
    return found;
  }

  async function countTransferred(
    profile: string,
    kind: 'sale' | 'creditNote',
    from: string,
    to: string,
  ): Promise<number> {
    const { rows } = await sql<{ count: bigint }>`
      select count(*) as count from part
      where profile = ${profile} and part = 'document' and state = 'transferred' and day between ${from} and ${to}
        and document like ${`${kind}/%`}`.execute(db); // said as its index says it
    return Number(rows[0]?.count);
  }

  async function countHeld(profile: string): Promise<number> {
    const { count } = await db
      .selectFrom('part')
      .select((eb) => eb.fn.count<bigint>('document').distinct().as('count'))
      .where('profile', '=', profile)
      .where('state', '=', 'held')
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  async function hold(
    profile: string,
    at: string,
    rows: readonly (PartMark & { readonly reason: string })[],
  ): Promise<void> {
    for (const lot of lots(rows, 1000)) {
      await db
        .insertInto('part')
        .values(
          lot.map((row) => ({
            profile,
            document: row.document,
            part: row.part,
            state: 'held',
            hash: row.hash,
            order_id: row.orderId,
            day: row.day,
            run: null,
            at,
            reason: row.reason,
            claim: null,
            claim_hash: null,
            number: null,
            claim_number: null,
          })),
        )
        .onConflict((conflict) =>
          conflict
            .columns(['profile', 'document', 'part'])
            .doUpdateSet((row) => ({
              state: 'held',
              hash: row.ref('excluded.hash'),
              at,
              reason: row.ref('excluded.reason'),
            }))
            .where('part.state', 'in', ['new', 'held']),
        )
        .execute();
    }
  }

  async function claim(
    profile: string,
    run: string,
    at: string,
    rows: readonly PartClaim[],
    lot: WrittenLot | null,
  ): Promise<void> {
    const given = json(rows.map((row) => [row.document, row.part, row.hash, row.number, row.orderId, row.day]));
    await db.transaction().execute(async (trx) => {
      if (lot) {
        const { firstNumber: first_number, body } = lot;
        await trx.insertInto('written_lot').values({ run, first_number, body }).execute();
        await keepSums(trx, { profile, run, ...lot });
      }
      await sql`
        insert into part (profile, document, part, state, order_id, day, at, claim, claim_hash, claim_number)
        select ${profile}, value ->> 0, value ->> 1, 'new', value ->> 4, value ->> 5, ${at}, ${run}, value ->> 2, value ->> 3
        from json_each(${given}) where true
        on conflict (profile, document, part) do update set
          claim = excluded.claim, claim_hash = excluded.claim_hash, claim_number = excluded.claim_number, day = excluded.day
      `.execute(trx);
    });
  }

  async function markTransferred(run: RunRow, at: string, change: RunChange): Promise<number> {
    return durably(db, async (trx) => {
      await keepPast(trx, run.profile, sql`claim = ${run.id}`);
      const { numUpdatedRows } = await trx
        .updateTable('part')
        .set((row) => ({
          state: 'transferred',
          hash: row.ref('claim_hash'),
          number: row.ref('claim_number'),
          run: run.id,
          at,
          reason: null,
          claim: null,
          claim_hash: null,
          claim_number: null,
        }))
        .where('claim', '=', run.id)
        .executeTakeFirst();
      await trx.updateTable('run').set(toColumns(change)).where('id', '=', run.id).execute();
      return Number(numUpdatedRows);
    });
  }

  async function release(run: string): Promise<void> {
    await db
      .updateTable('part')
      .set({ claim: null, claim_hash: null, claim_number: null })
      .where('claim', '=', run)
      .execute();
    await db.deleteFrom('written_lot').where('run', '=', run).execute();
  }

  /** What the run had marked is what it was before: transferred by an earlier run (*include already transferred*), or new. */
  async function unmark(run: RunRow, at: string, change: RunChange): Promise<void> {
    await db.transaction().execute(async (trx) => {
      await bringBack(trx, run, at);
      await trx.deleteFrom('written_lot').where('run', '=', run.id).execute();
      await trx.updateTable('run').set(toColumns(change)).where('id', '=', run.id).execute();
    });
  }

  async function reset(
    profile: string,
    ids: readonly string[] | null,
    at: string,
    reason: string,
    by: string | null = null,
  ): Promise<number> {
    return durably(db, async (trx) => {
      let count = 0;
      const scopes = ids === null ? [null] : [...lots(ids, 5000)];
      for (const scope of scopes) {
        const chosen = scope === null ? sql`true` : sql`(order_id in ${among(scope)} or document in ${among(scope)})`;
        await keepPast(trx, profile, chosen);
        await sql`
          insert into part_history (profile, document, part, action, run, hash, at, reason, number, user)
          select profile, document, part, 'reset', run, hash, ${at}, ${reason}, number, ${by} from part
          where profile = ${profile} and state = 'transferred' and ${chosen}`.execute(trx);
        await sql`
          insert or ignore into taken_entry (run, number, taken_off)
          select run, number, 0 from part
          where profile = ${profile} and state = 'transferred' and run in (select id from run) and number is not null and ${chosen}
        `.execute(trx);
        const { numAffectedRows = 0n } = await sql`
          update part set state = 'new', run = null, number = null, at = ${at}
          where profile = ${profile} and state = 'transferred' and ${chosen}`.execute(trx);
        count += Number(numAffectedRows);
      }
      return count;
    });
  }

  async function exclude(
    profile: string,
    documents: readonly { key: string; orderId: string }[],
    at: string,
    reason: string,
    by: string | null = null,
  ): Promise<number> {
    return db.transaction().execute(async (trx) => {
      let count = 0;
      for (const lot of lots(documents, 1000)) {
        const fixed = await documentsIn(
          trx,
          profile,
          ['transferred', 'excluded'],
          lot.map(({ key }) => key),
        );
        const free = lot.filter(({ key }) => !fixed.has(key));
        if (free.length === 0) continue;
        await trx
          .insertInto('part')
          .values(
            free.map(({ key, orderId }) => ({
              profile,
              document: key,
              part: 'document',
              state: 'excluded',
              hash: null,
              order_id: orderId,
              day: null,
              run: null,
              at,
              reason,
              claim: null,
              claim_hash: null,
              number: null,
              claim_number: null,
            })),
          )
          .onConflict((conflict) =>
            conflict.columns(['profile', 'document', 'part']).doUpdateSet({ state: 'excluded', at, reason }),
          )
          .execute();
        await tell(
          trx,
          profile,
          free.map(({ key }) => key),
          { action: 'excluded', at, reason, user: by },
        );
        count += free.length;
      }
      return count;
    });
  }

  async function excludedAt(profile: string, at: string): Promise<readonly string[]> {
    const rows = await db
      .selectFrom('part')
      .select('document')
      .where('profile', '=', profile)
      .where('state', '=', 'excluded')
      .where('at', '=', at)
      .execute();
    return rows.map(({ document }) => document);
  }

  async function include(
    profile: string,
    documents: readonly string[],
    at: string,
    by: string | null = null,
  ): Promise<void> {
    await db.transaction().execute(async (trx) => {
      for (const lot of lots(documents, 1000)) {
        const excluded = [...(await documentsIn(trx, profile, ['excluded'], lot))];
        if (excluded.length === 0) continue;
        await trx
          .updateTable('part')
          .set({ state: 'new', at, reason: null })
          .where('profile', '=', profile)
          .where('document', 'in', excluded)
          .where('state', '=', 'excluded')
          .execute();
        await tell(trx, profile, excluded, { action: 'included', at, reason: null, user: by });
      }
    });
  }

  async function history(profile: string, document: string): ReturnType<PartStore['history']> {
    return pastOf(db, profile, document);
  }
}

const STATES: readonly string[] = ['new', 'held', 'excluded', 'transferred'];

function fromRow(row: Tables['part']): PartRow {
  if (!STATES.includes(row.state)) throw new TypeError(`Unknown state of a part: ${row.state}`);
  return {
    document: row.document,
    part: row.part,
    state: row.state as PartState,
    hash: row.hash,
    run: row.run,
    at: row.at,
    reason: row.reason,
    orderId: row.order_id,
    number: row.number === null ? null : Number(row.number),
  }; // the state was just checked
}
