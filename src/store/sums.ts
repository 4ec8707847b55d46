import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import { ABOUTS, type About, type Fact, TALLY_VERSION, type Tally } from '../core/tally.ts';
import { json } from './batches.ts';
import type { Tables } from './tables.ts';

/**
 * What was written adds up to this, lot by lot (`core/tally.ts`). Rows are made with the lot, in the transaction that claims
 * its parts, count from the moment their run is marked, and go with it; amounts are whole minor units, summed as integers.
 */
export type SumStore = {
  /** Lots whose sums are not what they hold now: written before sums were kept, or with entries that stand no longer. */
  readonly stale: (profile: string) => Promise<readonly StaleLot[]>;
  /** In place of the lot's sums before; `taken` are the entries that were left out of them. */
  readonly keep: (
    profile: string,
    lots: readonly (SummedLot & { readonly taken: readonly number[] })[],
  ) => Promise<void>;
  /** Numbers of a lot's entries that no longer stand. */
  readonly taken: (lot: LotId) => Promise<ReadonlySet<number>>;

  /** Books the profile was kept in, the newest first, with the last day that has entries. */
  readonly currencies: (
    profile: string,
  ) => Promise<readonly { readonly code: string; readonly decimals: number; readonly lastDay: string }[]>;
  /** Facts of a period in one currency, each once. */
  readonly facts: (profile: string, query: { currency: string } & Days) => Promise<readonly Fact[]>;
  /** The lots that hold what is asked for, newest run first: how many entries of each, and what they put into the figure. */
  readonly lots: (profile: string, query: { currency: string } & FactQuery) => Promise<readonly SaidLot[]>;
  /** Orders sold in the period that are not settled: how many, and what is due on the whole. */
  readonly open: (
    profile: string,
    query: { currency: string } & Days,
  ) => Promise<{ readonly orders: number; readonly amount: bigint }>;
  /** Whether payments were written at all, in books of that currency. */
  readonly hasPayments: (profile: string, currency: string) => Promise<boolean>;
  /** Entries of orders that are not settled, newest run first. */
  readonly openEntries: (profile: string, query: { currency: string } & Days) => Promise<readonly EntryId[]>;
};

export type Days = { readonly from: string; readonly to: string };
/** Null: whatever it is; an empty country or item is one that entries have not. Either is asked of one kind alone. */
export type FactQuery = Days & {
  readonly about: About | null;
  readonly country: string | null;
  readonly item: string | null;
};
export type LotId = { readonly run: string; readonly firstNumber: number };
export type EntryId = LotId & { readonly number: number };
export type SaidLot = LotId & { readonly entries: number; readonly amount: bigint; readonly base: bigint };
export type SummedLot = LotId & { readonly entries: number; readonly tally: Tally };
/** `entries`: how many the lot holds, when that is known. */
export type StaleLot = LotId & { readonly entries: number | null };

export function sumStore(db: Kysely<Tables>): SumStore {
  return { stale, keep, taken, currencies, facts, lots, open, hasPayments, openEntries };

  async function stale(profile: string): Promise<readonly StaleLot[]> {
    const { rows } = await sql<{ run: string; first: bigint; entries: bigint | null }>`
      with standing as materialized (
        select id from run where profile = ${profile} and state in ('delivering', 'written'))
      select lot.run, lot.first_number as first, done.entries
      from standing join written_lot lot on lot.run = standing.id
      left join summed_lot done on done.run = lot.run and done.first_number = lot.first_number
      where done.version is not ${TALLY_VERSION}
      union
      select lot.run, lot.first_number, lot.entries
      from standing join taken_entry gone on gone.run = standing.id and gone.taken_off = 0
      join summed_lot lot on lot.run = gone.run and lot.first_number = (
        select max(first_number) from summed_lot where run = gone.run and first_number <= gone.number)
      order by 1, 2`.execute(db);
    return rows.map(({ run, first, entries }) => ({
      ...{ run, firstNumber: Number(first), entries: entries === null ? null : Number(entries) },
    }));
  }

  /** A lot that went meanwhile (its delivery was taken back) leaves no sums. */
  async function keep(profile: string, summed: Parameters<SumStore['keep']>[1]): Promise<void> {
    await db.transaction().execute(async (trx) => {
      for (const { taken: numbers, ...lot } of summed) {
        const { run, firstNumber } = lot;
        await trx.deleteFrom('summed_lot').where('run', '=', run).where('first_number', '=', firstNumber).execute();
        const { rows } = await sql`
          select 1 from written_lot where run = ${run} and first_number = ${firstNumber}`.execute(trx);
        if (rows.length > 0) await keepSums(trx, { profile, ...lot });
        await sql`
          update taken_entry set taken_off = 1
          where run = ${run} and number in (select value from json_each(${json(numbers)}))`.execute(trx);
      }
    });
  }

  async function taken({ run, firstNumber }: LotId): Promise<ReadonlySet<number>> {
    const { rows } = await sql<{ number: bigint }>`
      select number from taken_entry where run = ${run} and number >= ${firstNumber} and number < coalesce((
        select min(first_number) from written_lot where run = ${run} and first_number > ${firstNumber}), number + 1)
    `.execute(db);
    return new Set(rows.map(({ number }) => Number(number)));
  }

  async function currencies(profile: string): ReturnType<SumStore['currencies']> {
    const { rows } = await sql<{ code: string; decimals: bigint; last: string; newest: string }>`
      select each.currency as code, each.decimals, max(each.last) as last, max(run.started_at) as newest
      from (select currency, run, decimals, max(day) as last from lot_fact
        where profile = ${profile} group by currency, run, decimals) each
      join run on run.id = each.run and run.state in ('delivering', 'written')
      group by each.currency order by newest desc, code`.execute(db);
    return rows.map(({ code, decimals, last }) => ({ code, decimals: Number(decimals), lastDay: last }));
  }

  async function facts(
    profile: string,
    { from, to, currency }: Parameters<SumStore['facts']>[1],
  ): Promise<readonly Fact[]> {
    const { rows } = await sql<Tables['lot_fact']>`
      select day, about, country, item, currency, max(decimals) as decimals,
        sum(amount_minor) as amount_minor, sum(base_minor) as base_minor, sum(entries) as entries,
        sum(entries_of_about) as entries_of_about, sum(entries_of_all) as entries_of_all
      from lot_fact
      where profile = ${profile} and day between ${from} and ${to} and currency = ${currency} and ${ofStanding(profile)}
      group by day, about, currency, country, item`.execute(db);
    return rows.map((row) => ({
      ...{ day: row.day, about: row.about as About, country: row.country || null, item: row.item }, // written by factsText
      ...{ currency: row.currency, decimals: Number(row.decimals) },
      ...{ amount: BigInt(row.amount_minor), base: BigInt(row.base_minor), entries: Number(row.entries) },
      ...{ entriesOfAbout: Number(row.entries_of_about), entriesOfAll: Number(row.entries_of_all) },
    }));
  }

  async function lots(
    profile: string,
    { from, to, currency, about, country, item }: Parameters<SumStore['lots']>[1],
  ): Promise<readonly SaidLot[]> {
    const counted = about === null ? 'entries_of_all' : item === null ? 'entries_of_about' : 'entries';
    const abouts = about === null ? ABOUTS : [about];
    const { rows } = await sql<{ run: string; first: bigint; entries: bigint; amount: bigint; base: bigint }>`
      select run, first_number as first, sum(${sql.ref(counted)}) as entries,
        sum(amount_minor) as amount, sum(base_minor) as base
      from lot_fact
      where profile = ${profile} and day between ${from} and ${to} and currency = ${currency} and ${ofStanding(profile)}
        and about in (${sql.join([...abouts])})
        and ${country === null ? sql`true` : sql`country = ${country}`} and ${item === null ? sql`true` : sql`item = ${item}`}
      group by run, first_number
      order by (select started_at from run where id = run) desc, run, first_number`.execute(db);
    return rows.map(({ run, first, entries, amount, base }) => ({
      ...{ run, firstNumber: Number(first), entries: Number(entries) },
      ...{ amount: BigInt(amount), base: BigInt(base) },
    }));
  }

  async function open(profile: string, query: Parameters<SumStore['open']>[1]) {
    const { rows } = await sql<{ orders: bigint; amount: bigint | null }>`
      select count(*) as orders, sum(amount) as amount from (${unsettled(profile, query)})`.execute(db);
    const [row] = rows;
    return { orders: Number(row?.orders ?? 0), amount: BigInt(row?.amount ?? 0) };
  }

  async function hasPayments(profile: string, currency: string): Promise<boolean> {
    const { rows } = await sql`
      select 1 from lot_fact where profile = ${profile} and about = 'payment' and currency = ${currency}
        and ${ofStanding(profile)} limit 1`.execute(db);
    return rows.length > 0;
  }

  /** Through the parts of the order: those that stand, and what an earlier run wrote of them before. */
  async function openEntries(
    profile: string,
    query: Parameters<SumStore['openEntries']>[1],
  ): Promise<readonly EntryId[]> {
    const { rows } = await sql<{ run: string; number: bigint; first: bigint }>`
      with unsettled as materialized (${unsettled(profile, query)}),
        own as (select distinct order_id from part join unsettled on part.document = unsettled.document
          where part.profile = ${profile}),
        entry as (
          select part.run, part.number from own
          join part on part.profile = ${profile} and part.order_id = own.order_id
          where part.state = 'transferred' and part.number is not null
          union
          select past.run, past.number from own
          join part on part.profile = ${profile} and part.order_id = own.order_id
          join part_history past on past.profile = ${profile} and past.document = part.document and past.part = part.part
          where past.action = 'written' and past.run is not null and past.number is not null)
      select entry.run, entry.number, (
        select max(first_number) from summed_lot lot where lot.run = entry.run and first_number <= entry.number) as first
      from entry join run on run.id = entry.run and run.state in ('delivering', 'written')
      where first is not null
        and not exists (select 1 from taken_entry gone where gone.run = entry.run and gone.number = entry.number)
      order by run.started_at desc, entry.run, entry.number`.execute(db);
    return rows.map(({ run, number, first }) => ({ run, number: Number(number), firstNumber: Number(first) }));
  }
}

/** Orders that stand open in a period, with one of their documents each and what is due. */
function unsettled(profile: string, { from, to, currency }: { currency: string } & Days): RawBuilder<unknown> {
  return sql`
    select order_number, min(document) as document, sum(amount_minor) as amount from lot_order
    where profile = ${profile} and currency = ${currency} and ${ofStanding(profile)}
    group by order_number having sum(amount_minor) <> 0 and min(day) between ${from} and ${to}`;
}

/** Of runs whose entries are in the books. */
function ofStanding(profile: string): RawBuilder<unknown> {
  return sql`run in (select id from run where profile = ${profile} and state in ('delivering', 'written'))`;
}

/** Keeps what a lot adds up to: part of the change that writes the lot. */
export async function keepSums(
  trx: Transaction<Tables>,
  { profile, run, firstNumber, entries, tally }: SummedLot & { readonly profile: string },
): Promise<void> {
  await trx
    .insertInto('summed_lot')
    .values({ run, first_number: firstNumber, version: TALLY_VERSION, entries })
    .execute();
  await sql`
    insert into lot_fact (profile, run, first_number, day, about, currency, country, item, amount_minor, base_minor,
      entries, entries_of_about, entries_of_all, decimals)
    select ${profile}, ${run}, ${firstNumber}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4,
      cast(value ->> 5 as integer), cast(value ->> 6 as integer), value ->> 7, value ->> 8, value ->> 9, value ->> 10
    from json_each(${factsText(tally)})`.execute(trx);
  if (tally.open.length === 0) return;
  const open = tally.open.map(({ order, document, currency, day, amount }) => [
    currency,
    order,
    document,
    day,
    String(amount),
  ]);
  await sql`
    insert into lot_order (profile, run, first_number, currency, order_number, document, day, amount_minor)
    select ${profile}, ${run}, ${firstNumber}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, cast(value ->> 4 as integer)
    from json_each(${json(open)})`.execute(trx);
}

/** Amounts as text: a JSON number of more than 53 bits would not come back the same. */
function factsText({ facts }: Tally): string {
  return json(
    facts.map(
      ({ day, about, currency, country, item, amount, base, entries, entriesOfAbout, entriesOfAll, decimals }) => [
        ...[day, about, currency, country ?? '', item ?? '', String(amount), String(base)],
        ...[entries, entriesOfAbout, entriesOfAll, decimals],
      ],
    ),
  );
}
