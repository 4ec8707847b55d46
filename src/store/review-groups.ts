import { type Kysely, sql } from 'kysely';
import { json } from './batches.ts';
import type { Tables } from './tables.ts';

/** What entries of a review may be added up by. */
export type GroupBy = 'journal' | 'account' | 'date' | 'payment';

export type ReviewGroup = {
  /** Empty: entries that have none. */
  readonly value: string;
  readonly entries: number;
  readonly lines: number;
  readonly debitMinor: bigint;
  readonly creditMinor: bigint;
};

const VALUES = { journal: 'e.journal', date: 'e.day', payment: 'e.payment', account: 'l.account' } as const;

/** Entries of these numbers added up, in the order of the values; an account has the lines that stand on it alone. */
export async function groupsOf(
  db: Kysely<Tables>,
  run: string,
  by: GroupBy,
  numbers: readonly number[],
): Promise<readonly ReviewGroup[]> {
  const value = sql.ref(VALUES[by]);
  const { rows } = await sql<{ value: string; entries: bigint; lines: bigint; debit: bigint; credit: bigint }>`
    select coalesce(${value}, '') as value, count(distinct e.number) as entries, count(*) as lines,
      sum(max(l.amount_minor, 0)) as debit, sum(max(-l.amount_minor, 0)) as credit
    from json_each(${json(numbers)}) wanted
    join review_entry e on e.run = ${run} and e.number = wanted.value
    join review_line l on l.run = e.run and l.number = e.number
    group by 1 order by 1`.execute(db);
  return rows.map((row) => ({
    ...{ value: row.value, entries: Number(row.entries), lines: Number(row.lines) },
    ...{ debitMinor: BigInt(row.debit), creditMinor: BigInt(row.credit) },
  }));
}
