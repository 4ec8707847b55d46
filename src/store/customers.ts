import { createHmac } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import { type CustomerCodeKind, numberedCode } from '../core/customer-codes.ts';
import type { CodeScheme } from '../core/settings.ts';
import { lots } from './batches.ts';
import type { CustomerCodeStore } from './store.ts';
import type { Tables } from './tables.ts';

/** Numbers looked at together for free ones. */
const WINDOW = 1000;
/** 132 bits: two customers of a shop do not meet. */
const HASH_CHARACTERS = 22;

/**
 * The codes of customers. A customer stands here as a keyed hash (HMAC-SHA256), never by name, e-mail or id. A code is
 * reserved when it is given, so that nobody else gets it meanwhile, and kept for ever once an entry with it is written.
 */
export function customerCodeStore(db: Kysely<Tables>): CustomerCodeStore {
  let key: Promise<string> | null = null;
  return { of, give, keep, release };

  async function of(
    profile: string,
    kind: CustomerCodeKind,
    customers: readonly string[],
  ): Promise<ReadonlyMap<string, string>> {
    return known(db, profile, kind, await hashes(profile, customers));
  }

  async function give(request: Parameters<CustomerCodeStore['give']>[0]): Promise<ReadonlyMap<string, string>> {
    const { profile, kind, scheme, taken, customers, at } = request;
    const hashed = await hashes(profile, customers);
    return db.transaction().execute(async (trx) => {
      // A write first: whoever else gives codes of this profile waits here, and then sees what was given.
      await trx
        .updateTable('profile')
        .set((row) => ({ revision: row.ref('revision') }))
        .where('id', '=', profile)
        .execute();
      const given = new Map(await known(trx, profile, kind, hashed));
      const wanting = [...hashed].filter(([customer]) => !given.has(customer));
      const free = await freeNumbers(trx, { profile, kind, scheme, taken, count: wanting.length });
      const rows = [...wanting.entries()].flatMap(([place, [customer, hash]]) => {
        const number = free[place];
        const code = number === undefined ? null : numberedCode(scheme, number);
        if (number === undefined || code === null) return [];
        given.set(customer, code);
        return [{ profile, kind, customer: hash, scheme: schemeText(scheme), number, code, written: 0, at }];
      });
      for (const lot of lots(rows, 1000))
        await trx
          .insertInto('customer_code')
          .values([...lot])
          .execute();
      return given;
    });
  }

  async function keep(profile: string, kind: CustomerCodeKind, codes: readonly string[]): Promise<void> {
    for (const lot of lots(codes, 5000)) {
      await db
        .updateTable('customer_code')
        .set({ written: 1 })
        .where('profile', '=', profile)
        .where('kind', '=', kind)
        .where('code', 'in', [...lot])
        .where('written', '=', 0)
        .execute();
    }
  }

  async function release(profile: string): Promise<void> {
    await db
      .deleteFrom('customer_code')
      .where('profile', '=', profile)
      .where('written', '=', 0)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('run')
              .select('run.id')
              .where('run.profile', '=', profile)
              .where('run.state', 'in', ['reading', 'review', 'writing', 'delivering']),
          ),
        ),
      )
      .execute();
  }

  /** Each customer with the hash he is known by. */
  async function hashes(profile: string, customers: readonly string[]): Promise<ReadonlyMap<string, string>> {
    key ??= customerKeyOf(db);
    const secret = await key;
    return new Map(customers.map((customer) => [customer, hashOf(secret, profile, customer)]));
  }
}

async function customerKeyOf(db: Kysely<Tables>): Promise<string> {
  const row = await db.selectFrom('setting').select('value').where('name', '=', 'customer-key').executeTakeFirst();
  if (row === undefined) throw new TypeError('The store has no key for customers');
  return row.value;
}

function hashOf(secret: string, profile: string, customer: string): string {
  return createHmac('sha256', secret).update(`${profile}\n${customer}`).digest('base64url').slice(0, HASH_CHARACTERS);
}

async function known(
  db: Kysely<Tables>,
  profile: string,
  kind: CustomerCodeKind,
  hashed: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const codes = new Map<string, string>();
  for (const lot of lots([...hashed.values()], 5000)) {
    const rows = await db
      .selectFrom('customer_code')
      .select(['customer', 'code'])
      .where('profile', '=', profile)
      .where('kind', '=', kind)
      .where('customer', 'in', [...lot])
      .execute();
    for (const { customer, code } of rows) codes.set(customer, code);
  }
  const found = new Map<string, string>();
  for (const [customer, hash] of hashed) {
    const code = codes.get(hash);
    if (code !== undefined) found.set(customer, code);
  }
  return found;
}

type Search = {
  readonly profile: string;
  readonly kind: CustomerCodeKind;
  readonly scheme: CodeScheme;
  readonly taken: ReadonlySet<string>;
  readonly count: number;
};

/** The lowest numbers whose code nobody has, as many as asked, fewer when they run out. */
async function freeNumbers(trx: Transaction<Tables>, search: Search): Promise<readonly number[]> {
  const { profile, kind, scheme, taken, count } = search;
  const free: number[] = [];
  if (count === 0) return free;
  for (let from = await firstGap(trx, search); ; from += WINDOW) {
    if (numberedCode(scheme, from) === null) return free;
    const window = new Map<string, number>();
    for (let number = from; number < from + WINDOW; number += 1) {
      const code = numberedCode(scheme, number);
      if (code !== null && !taken.has(code)) window.set(code, number);
    }
    const rows = await trx
      .selectFrom('customer_code')
      .select('code')
      .where('profile', '=', profile)
      .where('kind', '=', kind)
      .where('code', 'in', [...window.keys()])
      .execute();
    for (const { code } of rows) window.delete(code);
    for (const number of window.values()) {
      free.push(number);
      if (free.length === count) return free;
    }
  }
}

/** The first number of the scheme that was not given: all below it were, so that a million customers are not looked through each time. */
async function firstGap(trx: Transaction<Tables>, { profile, kind, scheme }: Search): Promise<number> {
  const given = trx
    .selectFrom('customer_code as given')
    .where('given.profile', '=', profile)
    .where('given.kind', '=', kind)
    .where('given.scheme', '=', schemeText(scheme));
  const first = await given.select('given.number').where('given.number', '=', 1).executeTakeFirst();
  if (first === undefined) return 1;
  const before = await given
    .select('given.number')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('customer_code as next')
            .select('next.number')
            .where('next.profile', '=', profile)
            .where('next.kind', '=', kind)
            .where('next.scheme', '=', schemeText(scheme))
            .where('next.number', '=', sql<number>`given.number + 1`),
        ),
      ),
    )
    .orderBy('given.number')
    .limit(1)
    .executeTakeFirst();
  return before === undefined ? 1 : Number(before.number) + 1;
}

function schemeText({ prefix, length }: CodeScheme): string {
  return `${length}:${prefix}`;
}
