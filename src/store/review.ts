import { type Kysely, type SqlBool, sql } from 'kysely';
import { lots } from './batches.ts';
import { groupsOf } from './review-groups.ts';
import type { Condition, KeptEntry, ReviewEntryRow, ReviewFilter, ReviewLineRow, ReviewStore } from './review-store.ts';
import type { Tables } from './tables.ts';

type Columns =
  | 'number'
  | 'journal'
  | 'day'
  | 'piece'
  | 'reference'
  | 'order_number'
  | 'payment'
  | 'currency'
  | 'total_minor';

const HEAD: Readonly<Record<string, Columns>> = {
  number: 'number',
  journal: 'journal',
  date: 'day',
  piece: 'piece',
  reference: 'reference',
  order: 'order_number',
  payment: 'payment',
  currency: 'currency',
  total: 'total_minor',
};
const LINE: Readonly<Record<string, 'account' | 'third_party' | 'label' | 'tax_code' | 'tax_rate'>> = {
  account: 'account',
  thirdParty: 'third_party',
  label: 'label',
  taxCode: 'tax_code',
  taxRate: 'tax_rate',
};

/** The entries of a review: kept, filtered, sorted and summed here, so that the browser holds a window only. */
export function reviewStore(db: Kysely<Tables>): ReviewStore {
  return {
    add,
    replace,
    renumber,
    find,
    entries,
    ofDocument,
    ticked,
    tick,
    drop,
    totals,
    counted,
    groups: (...asked) => groupsOf(db, ...asked),
    maxNumber,
    forget,
  };

  async function add(run: string, rows: readonly ReviewEntryRow[]): Promise<void> {
    await db.transaction().execute(async (trx) => insert(trx, run, rows));
  }

  async function replace(run: string, documents: readonly string[], rows: readonly ReviewEntryRow[]): Promise<void> {
    await db.transaction().execute(async (trx) => {
      const ticks = new Map<string, boolean>();
      for (const lot of lots(documents, 5000)) {
        for (const [part, on] of await ticksOf(trx, run, lot)) ticks.set(part, on);
        const old = trx
          .selectFrom('review_entry')
          .select('number')
          .where('run', '=', run)
          .where('document', 'in', [...lot]);
        await trx.deleteFrom('review_line').where('run', '=', run).where('number', 'in', old).execute();
        await trx
          .deleteFrom('review_entry')
          .where('run', '=', run)
          .where('document', 'in', [...lot])
          .execute();
      }
      const kept = rows.map((row) => ({ ...row, ticked: ticks.get(`${row.document} ${row.part}`) ?? row.ticked }));
      await insert(trx, run, kept);
    });
  }

  /** Two steps, since a number may be another row's until all have moved; lines follow their entry. */
  async function renumber(run: string, first: number): Promise<void> {
    await db.transaction().execute(async (trx) => {
      const moved = sql`select number as old, -(row_number() over (order by seq, number) + ${first - 1}) as fresh from review_entry where run = ${run}`;
      await sql`create temporary table moved as ${moved}`.execute(trx);
      await sql`create unique index moved_old on moved (old)`.execute(trx);
      await sql`update review_line set number = (select fresh from moved where old = number) where run = ${run}`.execute(
        trx,
      );
      await sql`update review_entry set number = (select fresh from moved where old = number) where run = ${run}`.execute(
        trx,
      );
      await sql`update review_line set number = -number where run = ${run}`.execute(trx);
      await sql`update review_entry set number = -number where run = ${run}`.execute(trx);
      await sql`drop table moved`.execute(trx);
    });
  }

  async function find(run: string, filter: ReviewFilter): ReturnType<ReviewStore['find']> {
    const lineConditions = filter.conditions.filter(
      ({ column }) => column in LINE || column === 'debit' || column === 'credit',
    );
    const headConditions = filter.conditions.filter(({ column }) => column in HEAD);
    let query = db
      .selectFrom('review_entry as e')
      .select(['e.number', 'e.document', 'e.lines', 'e.total_minor', 'e.credit_minor'])
      .where('e.run', '=', run);
    if (filter.ticked !== null) query = query.where('e.ticked', '=', filter.ticked ? 1 : 0);
    for (const condition of headConditions)
      query = query.where(() => test(sql.ref(`e.${HEAD[condition.column]}`), condition));
    if (lineConditions.length > 0) {
      query = query.where(({ exists, selectFrom }) =>
        exists(
          lineConditions.reduce(
            (lines, condition) => lines.where(() => test(lineColumn(condition.column), condition)),
            selectFrom('review_line as l')
              .select(sql`1`.as('one'))
              .whereRef('l.run', '=', 'e.run')
              .whereRef('l.number', '=', 'e.number'),
          ),
        ),
      );
    }
    const text = filter.text.trim();
    if (text !== '') {
      const like = `%${escapeLike(text)}%`;
      query = query.where(
        () => sql<SqlBool>`(e.piece like ${like} escape '\\' or e.reference like ${like} escape '\\' or e.order_number like ${like} escape '\\' or e.payment like ${like} escape '\\'
          or exists (select 1 from review_line l where l.run = e.run and l.number = e.number and (l.label like ${like} escape '\\' or l.account like ${like} escape '\\' or l.third_party like ${like} escape '\\')))`,
      );
    }
    const direction = filter.sort.descending ? 'desc' : 'asc';
    const rows = await query.orderBy(sortExpression(filter.sort.column), direction).orderBy('e.number').execute();
    return {
      numbers: rows.map(({ number }) => Number(number)),
      documents: [...new Set(rows.map(({ document }) => document))],
      lineCounts: rows.map(({ lines }) => Number(lines)),
      debitMinor: rows.reduce((sum, { total_minor }) => sum + BigInt(total_minor), 0n),
      creditMinor: rows.reduce((sum, { credit_minor }) => sum + BigInt(credit_minor), 0n),
    };
  }

  async function entries(run: string, numbers: readonly number[]) {
    const found = new Map<number, KeptEntry>();
    for (const lot of lots(numbers, 5000)) {
      const rows = await db
        .selectFrom('review_entry')
        .select(['number', 'ticked', 'again', 'correction', 'hash', 'document', 'entry'])
        .where('run', '=', run)
        .where('number', 'in', [...lot])
        .execute();
      for (const row of rows) {
        found.set(Number(row.number), {
          number: Number(row.number),
          ticked: Number(row.ticked) === 1,
          again: Number(row.again) === 1,
          correction: row.correction === null ? null : Number(row.correction),
          hash: row.hash,
          document: row.document,
          entry: row.entry,
        });
      }
    }
    return numbers.flatMap((number) => found.get(number) ?? []);
  }

  async function ofDocument(run: string, document: string): ReturnType<ReviewStore['entries']> {
    const rows = await db
      .selectFrom('review_entry')
      .select('number')
      .where('run', '=', run)
      .where('document', '=', document)
      .orderBy('number')
      .execute();
    return entries(
      run,
      rows.map(({ number }) => Number(number)),
    );
  }

  async function* ticked(run: string) {
    let after = 0;
    for (;;) {
      const rows = await db
        .selectFrom('review_entry')
        .select(['number', 'part', 'document', 'hash', 'again', 'correction', 'entry'])
        .where('run', '=', run)
        .where('ticked', '=', 1)
        .where('number', '>', after)
        .orderBy('number')
        .limit(500)
        .execute();
      if (rows.length === 0) return;
      const lot = rows.map((row) => ({
        ...row,
        number: Number(row.number),
        again: Number(row.again) === 1,
        correction: row.correction === null ? null : Number(row.correction),
      }));
      yield lot;
      after = lot.at(-1)?.number ?? after;
    }
  }

  async function tick(run: string, numbers: readonly number[] | null, value: boolean): Promise<void> {
    const open = db.selectFrom('run').select('id').where('id', '=', run).where('state', '=', 'review');
    const base = db
      .updateTable('review_entry')
      .set({ ticked: value ? 1 : 0 })
      .where('run', '=', run)
      .where(({ exists }) => exists(open));
    if (numbers === null) {
      await (value ? base.where('correction', 'is', null) : base).execute();
      return;
    }
    for (const lot of lots(numbers, 5000)) await base.where(() => oneOf(run, lot)).execute();
  }

  async function drop(run: string, numbers: readonly number[]): Promise<void> {
    const base = db.updateTable('review_entry').set({ ticked: 0 }).where('run', '=', run);
    for (const lot of lots(numbers, 5000)) await base.where(() => oneOf(run, lot)).execute();
  }

  /** Entries of these numbers, and with one that corrects all that correct its document. */
  function oneOf(run: string, numbers: readonly number[]) {
    const chosen = sql`(${sql.join([...numbers])})`;
    return sql<SqlBool>`(review_entry.number in ${chosen} or (review_entry.correction is not null and review_entry.document in (
      select document from review_entry where run = ${run} and correction is not null and number in ${chosen})))`;
  }

  async function totals(run: string) {
    const rows = await db
      .selectFrom('review_entry')
      .select([
        'ticked',
        (eb) => eb.fn.countAll<bigint>().as('entries'),
        (eb) => eb.fn.sum<bigint>('lines').as('lines'),
        (eb) => eb.fn.sum<bigint>('total_minor').as('debit'),
        (eb) => eb.fn.sum<bigint>('credit_minor').as('credit'),
        sql<bigint>`count(distinct case when correction is not null then document end)`.as('corrections'),
      ])
      .where('run', '=', run)
      .groupBy('ticked')
      .execute();
    const on = rows.find((row) => Number(row.ticked) === 1);
    const off = rows.find((row) => Number(row.ticked) === 0);
    return {
      entries: Number(on?.entries ?? 0),
      lines: Number(on?.lines ?? 0),
      debitMinor: BigInt(on?.debit ?? 0),
      creditMinor: BigInt(on?.credit ?? 0),
      untickedEntries: Number(off?.entries ?? 0),
      untickedCorrections: Number(off?.corrections ?? 0),
      all: Number(on?.entries ?? 0) + Number(off?.entries ?? 0),
    };
  }

  async function counted(run: string, column: 'journal' | 'payment' | 'currency'): ReturnType<ReviewStore['counted']> {
    const rows = await db
      .selectFrom('review_entry')
      .select([column, (eb) => eb.fn.countAll<bigint>().as('entries')])
      .where('run', '=', run)
      .groupBy(column)
      .orderBy(column)
      .execute();
    return rows.flatMap(({ [column]: value, entries }) => (value ? [{ value, entries: Number(entries) }] : []));
  }

  async function maxNumber(run: string): Promise<number> {
    const row = await db
      .selectFrom('review_entry')
      .select((eb) => eb.fn.max('number').as('max'))
      .where('run', '=', run)
      .executeTakeFirst();
    return Number(row?.max ?? 0);
  }

  async function forget(run: string): Promise<void> {
    await db.deleteFrom('review_line').where('run', '=', run).execute();
    await db.deleteFrom('review_entry').where('run', '=', run).execute();
  }
}

/** What a person ticked or took out of documents about to be replaced, by `document part`. */
async function ticksOf(
  db: Kysely<Tables>,
  run: string,
  documents: readonly string[],
): Promise<readonly (readonly [string, boolean])[]> {
  const rows = await db
    .selectFrom('review_entry')
    .select(['document', 'part', 'ticked'])
    .where('run', '=', run)
    .where('document', 'in', [...documents])
    .execute();
  return rows.map(({ document, part, ticked }) => [`${document} ${part}`, Number(ticked) === 1]);
}

async function insert(db: Kysely<Tables>, run: string, rows: readonly ReviewEntryRow[]): Promise<void> {
  for (const lot of lots(rows, 500)) {
    await db
      .insertInto('review_entry')
      .values(
        lot.map((row) => ({
          run,
          number: row.number,
          seq: row.seq,
          document: row.document,
          part: row.part,
          hash: row.hash,
          kind: row.kind,
          journal: row.journal,
          day: row.day,
          piece: row.piece,
          reference: row.reference,
          order_number: row.orderNumber,
          payment: row.payment,
          currency: row.currency,
          total_minor: sumOf(row.lines, 1n),
          credit_minor: sumOf(row.lines, -1n),
          lines: row.lines.length,
          ticked: row.ticked ? 1 : 0,
          again: row.again ? 1 : 0,
          correction: row.correction,
          entry: row.entry,
        })),
      )
      .execute();
    const lines = lot.flatMap((row) =>
      row.lines.map((line, index) => ({
        run,
        number: row.number,
        line: index,
        account: line.account,
        third_party: line.thirdParty,
        label: line.label,
        tax_code: line.taxCode,
        tax_rate: line.taxRate,
        amount_minor: line.amountMinor,
      })),
    );
    for (const part of lots(lines, 1000))
      await db
        .insertInto('review_line')
        .values([...part])
        .execute();
  }
}

/** Of the lines on one side: 1 for debits, -1 for credits. */
function sumOf(lines: readonly ReviewLineRow[], side: 1n | -1n): bigint {
  let sum = 0n;
  for (const { amountMinor } of lines) if (amountMinor * side > 0n) sum += amountMinor * side;
  return sum;
}

type Reference = ReturnType<typeof sql.ref>;

function lineColumn(column: string): Reference {
  if (column === 'debit' || column === 'credit') return sql.ref('l.amount_minor');
  return sql.ref(`l.${LINE[column]}`);
}

/** Amount conditions are on the positive side asked for: credits are stored negative. */
function test(reference: Reference, condition: Condition) {
  const credit = condition.column === 'credit';
  const debit = condition.column === 'debit';
  const value = credit ? sql`-${reference}` : sql`${reference}`;
  const side = credit || debit ? sql`${value} > 0 and ` : sql``;
  switch (condition.test) {
    case 'contains':
      return sql<SqlBool>`${side}${value} like ${`%${escapeLike(condition.value)}%`} escape '\\'`;
    case 'starts':
      return sql<SqlBool>`${side}${value} like ${`${escapeLike(condition.value)}%`} escape '\\'`;
    case 'equals':
      return sql<SqlBool>`${side}${value} = ${condition.value}`;
    case 'in':
      return condition.values.length === 0
        ? sql<SqlBool>`1 = 0`
        : sql<SqlBool>`${side}${value} in (${sql.join([...condition.values])})`;
    case 'between':
      return sql<SqlBool>`${side}${condition.min === null ? sql`1 = 1` : sql`${value} >= ${condition.min}`} and ${condition.max === null ? sql`1 = 1` : sql`${value} <= ${condition.max}`}`;
  }
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
}

function sortExpression(column: string) {
  const head = HEAD[column];
  if (head) return sql`${sql.ref(`e.${head}`)}`;
  if (column === 'debit' || column === 'credit') return sql`e.total_minor`;
  const line = LINE[column];
  if (line)
    return sql`(select min(${sql.ref(`l.${line}`)}) from review_line l where l.run = e.run and l.number = e.number)`;
  return sql`e.number`;
}
