import { type Kysely, sql } from 'kysely';
import { durably } from './durably.ts';
import { bringBack, keepPast } from './part-history.ts';
import type { RunRow } from './store.ts';
import type { Tables } from './tables.ts';

/** Takes a written run back, as long as nothing stands on it. */
export type UndoStore = {
  /** JSON of who undid the run, null for one that stands; and the instant its file was last downloaded. */
  readonly trace: (run: string) => Promise<{ readonly undone: string | null; readonly downloadedAt: string | null }>;
  readonly downloaded: (run: string, at: string) => Promise<void>;
  /** Runs that wrote something of the same orders after it, and reviews that wait with its documents. */
  readonly dependents: (
    run: RunRow,
  ) => Promise<{ readonly runs: readonly string[]; readonly reviews: readonly string[] }>;
  /** Parts that are in the books by this run. */
  readonly count: (run: string) => Promise<number>;
  /**
   * In one transaction: its parts are what they were before it, each with a line in its history, and the run is undone.
   * Answers how many parts changed.
   */
  readonly undo: (
    run: RunRow,
    at: string,
    undone: { readonly json: string; readonly reason: string; readonly user: string | null },
  ) => Promise<number>;
};

/** Later runs that are named; one is enough to refuse. */
const MAX_NAMED = 5;

export function undoStore(db: Kysely<Tables>): UndoStore {
  return { trace, downloaded, dependents, count, undo };

  async function trace(run: string) {
    const row = await db.selectFrom('run').select(['undone', 'downloaded_at']).where('id', '=', run).executeTakeFirst();
    return { undone: row?.undone ?? null, downloadedAt: row?.downloaded_at ?? null };
  }

  async function downloaded(run: string, at: string): Promise<void> {
    await db.updateTable('run').set({ downloaded_at: at }).where('id', '=', run).execute();
  }

  async function dependents({ id, profile }: RunRow) {
    const own = sql`(
      select order_id, at from part where profile = ${profile} and run = ${id} and state = 'transferred'
      union all
      select p.order_id, h.at from part_history h
      join part p on p.profile = h.profile and p.document = h.document and p.part = h.part
      where h.profile = ${profile} and h.run = ${id} and h.action = 'written')`;
    const { rows: runs } = await sql<{ run: string }>`
      select distinct p.run from part p join ${own} own on own.order_id = p.order_id
      where p.profile = ${profile} and p.state = 'transferred' and p.run <> ${id} and p.at > own.at
      limit ${MAX_NAMED}`.execute(db);
    const { rows: reviews } = await sql<{ run: string }>`
      select distinct e.run from run r join review_entry e on e.run = r.id
      where r.profile = ${profile} and r.state = 'review'
        and e.document in (select document from part where profile = ${profile} and run = ${id})
      limit ${MAX_NAMED}`.execute(db);
    return { runs: runs.map(({ run }) => run), reviews: reviews.map(({ run }) => run) };
  }

  async function count(run: string): Promise<number> {
    const { found } = await db
      .selectFrom('part')
      .select((eb) => eb.fn.countAll<bigint>().as('found'))
      .where('run', '=', run)
      .where('state', '=', 'transferred')
      .executeTakeFirstOrThrow();
    return Number(found);
  }

  async function undo(
    run: RunRow,
    at: string,
    { json, reason, user }: { readonly json: string; readonly reason: string; readonly user: string | null },
  ): Promise<number> {
    return durably(db, async (trx) => {
      await keepPast(trx, run.profile, sql`run = ${run.id}`);
      const { numAffectedRows = 0n } = await sql`
        insert into part_history (profile, document, part, action, run, hash, at, reason, number, user)
        select profile, document, part, 'reset', run, hash, ${at}, ${reason}, number, ${user} from part
        where run = ${run.id} and state = 'transferred'`.execute(trx);
      await bringBack(trx, run, at);
      await trx.updateTable('run').set({ state: 'cancelled', undone: json }).where('id', '=', run.id).execute();
      await trx
        .updateTable('run_document')
        .set({ state: 'ready' })
        .where('run', '=', run.id)
        .where('state', '=', 'written')
        .execute();
      return Number(numAffectedRows);
    });
  }
}
