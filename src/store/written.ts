import { type Kysely, sql } from 'kysely';
import { json } from './batches.ts';
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

  async function documents(profile: string, name: string): Promise<readonly string[]> {
    const { rows: parts } = await sql<{ document: string }>`
      select distinct document from (
        select document from part where profile = ${profile} and document = ${name}
        union all select document from part where profile = ${profile} and order_id = ${name})
      limit ${MAX_FOUND}`.execute(db);
    if (parts.length > 0) return parts.map(({ document }) => document);
    const { rows } = await sql<{ document: string }>`
      with named as (
        select document from document_name where profile = ${profile} and name = ${withoutSign(name)}
        union select ${name})
      select named.document from named
      join run on run.profile = ${profile} join run_document d on d.run = run.id and d.key = named.document
      group by named.document order by max(run.started_at) desc limit ${MAX_FOUND}`.execute(db);
    return rows.map(({ document }) => document);
  }

  /** Through the names of documents; that it is an invoice or credit note which has the number, its summary says. */
  async function numbersSeen(
    profile: string,
    except: string,
    numbers: readonly string[],
  ): Promise<ReadonlySet<string>> {
    const called = json(numbers.map((number) => [number, withoutSign(number)]));
    const { rows } = await sql<{ number: string }>`
      select distinct asked.value ->> 0 as number from json_each(${called}) asked
      cross join document_name known on known.profile = ${profile} and known.name = asked.value ->> 1
      cross join run on run.profile = ${profile} and run.id <> ${except}
      cross join run_document d on d.run = run.id and d.key = known.document
      where asked.value ->> 0 in (d.summary ->> '$.invoiceNumber', d.summary ->> '$.creditNoteNumber')`.execute(db);
    return new Set(rows.map(({ number }) => number));
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
