import { sql, type Transaction } from 'kysely';
import type { PartState, RunRow } from './store.ts';
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
  { action, at, reason }: { readonly action: string; readonly at: string; readonly reason: string | null },
): Promise<void> {
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
  }));
  await trx.insertInto('part_history').values(values).execute();
}

export async function addHistory(
  trx: Transaction<Tables>,
  run: RunRow,
  at: string,
  action: string,
  reason: string | null,
): Promise<void> {
  await trx
    .insertInto('part_history')
    .columns(['profile', 'document', 'part', 'action', 'run', 'hash', 'at', 'reason', 'number'])
    .expression((eb) =>
      eb
        .selectFrom('part')
        .select([
          'profile',
          'document',
          'part',
          sql<string>`${action}`.as('action'),
          sql<string>`${run.id}`.as('run'),
          'claim_hash as hash',
          sql<string>`${at}`.as('at'),
          sql<string | null>`${reason}`.as('reason'),
          'claim_number as number',
        ])
        .where('claim', '=', run.id),
    )
    .execute();
}
