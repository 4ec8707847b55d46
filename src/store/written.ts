import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** What was written, and what a person may call it. */
export type WrittenStore = {
  /** The lot of a run that holds the entry of that number, as `runs/written.ts` packed it. */
  readonly lot: (run: string, number: number) => Promise<Uint8Array | null>;
  /** Keys of the documents with that key, id of their order, or number (of order, invoice or credit note), newest first. */
  readonly documents: (profile: string, name: string) => Promise<readonly string[]>;
  /** Which of these invoice or credit-note numbers another run of the profile has read. */
  readonly numbersSeen: (profile: string, except: string, numbers: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Sales, or credit notes, dated in a period that were written and stand, by key, after one. */
  readonly standing: (
    profile: string,
    query: { kind: 'sale' | 'creditNote'; from: string; to: string; after: string; limit: number },
  ) => Promise<readonly { document: string; orderId: string }[]>;
  /** The runs that read a document, newest first. */
  readonly runsOf: (profile: string, document: string) => Promise<readonly { run: string; state: string }[]>;
};

/** More documents than one name means: it is no name then. */
const MAX_FOUND = 50;
/** Runs that are looked through for a document. */
const MAX_RUNS = 50;

/** Finds what was written again: the entries of a part, the documents a person names. */
export function writtenStore(db: Kysely<Tables>): WrittenStore {
  return { lot, documents, numbersSeen, standing, runsOf };

  async function lot(run: string, number: number): Promise<Uint8Array | null> {
    const row = await db
      .selectFrom('written_lot')
      .select('body')
      .where('run', '=', run)
      .where('first_number', '<=', number)
      .orderBy('first_number', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row?.body ?? null;
  }

  /** By key and order id through their indexes; only a number that is neither looks through the summaries of runs. */
  async function documents(profile: string, name: string): Promise<readonly string[]> {
    const parts = await db
      .selectFrom('part')
      .select('document')
      .distinct()
      .where('profile', '=', profile)
      .where((eb) => eb.or([eb('document', '=', name), eb('order_id', '=', name)]))
      .limit(MAX_FOUND)
      .execute();
    if (parts.length > 0) return parts.map(({ document }) => document);
    const named = sql<boolean>`(run_document.key = ${name} or exists (
      select 1 from json_each(run_document.summary) where ltrim(json_each.value, '#') = ${withoutSign(name)}
      and json_each.key in ('orderId', 'orderNumber', 'invoiceNumber', 'creditNoteNumber')))`;
    const rows = await db
      .selectFrom('run_document')
      .innerJoin('run', 'run.id', 'run_document.run')
      .select('run_document.key')
      .where('run.profile', '=', profile)
      .where(named)
      .orderBy('run.started_at', 'desc')
      .limit(MAX_FOUND)
      .execute();
    return [...new Set(rows.map(({ key }) => key))];
  }

  async function numbersSeen(
    profile: string,
    except: string,
    numbers: readonly string[],
  ): Promise<ReadonlySet<string>> {
    const number = sql<string>`json_each.value`;
    const { rows } = await sql<{ number: string }>`
      select distinct ${number} as number from run_document
      join run on run.id = run_document.run, json_each(run_document.summary)
      where run.profile = ${profile} and run.id <> ${except} and json_each.key in ('invoiceNumber', 'creditNoteNumber')
      and ${number} in (${sql.join([...numbers])})`.execute(db);
    return new Set(rows.map((row) => row.number));
  }

  async function standing(
    profile: string,
    { kind, from, to, after, limit }: Parameters<WrittenStore['standing']>[1],
  ): Promise<readonly { document: string; orderId: string }[]> {
    return db
      .selectFrom('part')
      .select(['document', 'order_id as orderId'])
      .where('profile', '=', profile)
      .where('document', '>', after)
      .where('document', 'like', `${kind}/%`)
      .where('part', '=', 'document')
      .where('state', '=', 'transferred')
      .where('hash', '<>', 'reversed')
      .where('day', '>=', from)
      .where('day', '<=', to)
      .orderBy('document')
      .limit(limit)
      .execute();
  }

  async function runsOf(profile: string, document: string): Promise<readonly { run: string; state: string }[]> {
    return db
      .selectFrom('run')
      .innerJoin('run_document', (join) =>
        join.onRef('run_document.run', '=', 'run.id').on('run_document.key', '=', document),
      )
      .select(['run.id as run', 'run.state'])
      .distinct()
      .where('run.profile', '=', profile)
      .orderBy('run.started_at', 'desc')
      .limit(MAX_RUNS)
      .execute();
  }
}

/** Shops put a sign before their numbers (`#1045`) that few people type. */
export function withoutSign(name: string): string {
  return name.replace(/^#+(?=.)/, '');
}
