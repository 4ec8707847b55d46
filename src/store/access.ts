import { type Kysely, sql } from 'kysely';
import type { AccessStore, AuditRow, Role, SessionRow, TokenRow, UserRow } from './access-store.ts';
import { ROLES } from './access-store.ts';
import type { Tables } from './tables.ts';

export function accessStore(db: Kysely<Tables>): AccessStore {
  return { users: users(db), sessions: sessions(db), tokens: tokens(db), attempts: attempts(db), audit: audit(db) };
}

function users(db: Kysely<Tables>): AccessStore['users'] {
  const othersConfigure = (id: string) =>
    db.selectFrom('user').select('id').where('role', '=', 'configure').where('id', '<>', id);
  return {
    list: async () => (await db.selectFrom('user').selectAll().orderBy('id').execute()).map(userFromRow),
    get: async (id) => {
      const row = await db.selectFrom('user').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? userFromRow(row) : null;
    },
    any: async () => (await db.selectFrom('user').select('id').limit(1).executeTakeFirst()) !== undefined,
    add: async ({ id, name, role, password, createdAt, seenAt }) => {
      const result = await db
        .insertInto('user')
        .values({ id, name, role, password, created_at: createdAt, seen_at: seenAt })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirst();
      return Number(result.numInsertedOrUpdatedRows ?? 0n) > 0;
    },
    setRole: async (id, role) => {
      const result = await db
        .updateTable('user')
        .set({ role })
        .where('id', '=', id)
        .where((eb) => eb.or([eb.val(role === 'configure'), eb.exists(othersConfigure(id))]))
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    setPassword: async (id, password, keep) => {
      await db.transaction().execute(async (trx) => {
        await trx.updateTable('user').set({ password }).where('id', '=', id).execute();
        await trx
          .deleteFrom('session')
          .where('user', '=', id)
          .where('hash', '<>', keep ?? '')
          .execute();
      });
    },
    remove: async (id) => {
      const others = db.selectFrom('user').select('id').where('id', '<>', id);
      const result = await db
        .deleteFrom('user')
        .where('id', '=', id)
        .where((eb) => eb.or([eb.exists(othersConfigure(id)), eb.not(eb.exists(others))]))
        .executeTakeFirst();
      return result.numDeletedRows > 0n;
    },
    seen: async (id, at) => {
      await db.updateTable('user').set({ seen_at: at }).where('id', '=', id).execute();
    },
  };
}

function sessions(db: Kysely<Tables>): AccessStore['sessions'] {
  return {
    add: async ({ hash, user, createdAt, seenAt, address, agent }) => {
      await db
        .insertInto('session')
        .values({ hash, user, created_at: createdAt, seen_at: seenAt, address, agent })
        .execute();
    },
    get: async (hash) => {
      const row = await db.selectFrom('session').selectAll().where('hash', '=', hash).executeTakeFirst();
      return row ? sessionFromRow(row) : null;
    },
    list: async (user) => {
      const rows = await db
        .selectFrom('session')
        .selectAll()
        .where('user', 'is', user)
        .orderBy('seen_at', 'desc')
        .execute();
      return rows.map(sessionFromRow);
    },
    seen: async (hash, at) => {
      await db.updateTable('session').set({ seen_at: at }).where('hash', '=', hash).execute();
    },
    remove: async (hash) => {
      await db.deleteFrom('session').where('hash', '=', hash).execute();
    },
    removeAll: async (user, keep) => {
      await db
        .deleteFrom('session')
        .where('user', 'is', user)
        .where('hash', '<>', keep ?? '')
        .execute();
    },
    purge: async ({ seen, created }) => {
      await db
        .deleteFrom('session')
        .where((eb) => eb.or([eb('seen_at', '<', seen), eb('created_at', '<', created)]))
        .execute();
    },
  };
}

function tokens(db: Kysely<Tables>): AccessStore['tokens'] {
  return {
    add: async ({ id, hash, user, name, role, createdAt, expiresAt, usedAt }) => {
      const dates = { created_at: createdAt, expires_at: expiresAt, used_at: usedAt };
      await db
        .insertInto('token')
        .values({ ...{ id, hash, user, name, role }, ...dates })
        .execute();
    },
    byHash: async (hash) => {
      const row = await db.selectFrom('token').selectAll().where('hash', '=', hash).executeTakeFirst();
      return row ? tokenFromRow(row) : null;
    },
    list: async (user) => {
      const rows = await db.selectFrom('token').selectAll().where('user', 'is', user).orderBy('created_at').execute();
      return rows.map(tokenFromRow);
    },
    used: async (id, at) => {
      await db.updateTable('token').set({ used_at: at }).where('id', '=', id).execute();
    },
    remove: async (user, id) => {
      const result = await db.deleteFrom('token').where('user', 'is', user).where('id', '=', id).executeTakeFirst();
      return result.numDeletedRows > 0n;
    },
  };
}

function attempts(db: Kysely<Tables>): AccessStore['attempts'] {
  return {
    get: async (key) => {
      const row = await db.selectFrom('attempt').selectAll().where('key', '=', key).executeTakeFirst();
      return row ? { failures: Number(row.failures), at: row.at } : null;
    },
    fail: async (key, at) => {
      const { failures } = await db
        .insertInto('attempt')
        .values({ key, failures: 1, at })
        .onConflict((conflict) =>
          conflict.column('key').doUpdateSet({ failures: sql<number>`attempt.failures + 1`, at }),
        )
        .returning('failures')
        .executeTakeFirstOrThrow();
      return Number(failures);
    },
    forget: async (keys) => {
      await db
        .deleteFrom('attempt')
        .where('key', 'in', [...keys])
        .execute();
    },
    purge: async (before) => {
      await db.deleteFrom('attempt').where('at', '<', before).execute();
    },
  };
}

function audit(db: Kysely<Tables>): AccessStore['audit'] {
  return {
    add: async ({ at, user, via, act, object }) => {
      await db.insertInto('audit').values({ at, user, via, act, object }).execute();
    },
    list: async (limit, offset) => {
      const { total } = await db
        .selectFrom('audit')
        .select((eb) => eb.fn.countAll<bigint>().as('total'))
        .executeTakeFirstOrThrow();
      const rows = await db
        .selectFrom('audit')
        .selectAll()
        .orderBy('seq', 'desc')
        .limit(limit)
        .offset(offset)
        .execute();
      const told = ({ at, user, via, act, object }: AuditRow): AuditRow => ({ at, user, via, act, object });
      return { total: Number(total), rows: rows.map(told) };
    },
  };
}

function userFromRow(row: Tables['user']): UserRow {
  const { id, name, password } = row;
  return { id, name, role: roleOf(row.role), password, createdAt: row.created_at, seenAt: row.seen_at };
}

function sessionFromRow(row: Tables['session']): SessionRow {
  const { hash, user, address, agent } = row;
  return { hash, user, createdAt: row.created_at, seenAt: row.seen_at, address, agent };
}

function tokenFromRow(row: Tables['token']): TokenRow {
  const { id, hash, user, name } = row;
  const dates = { createdAt: row.created_at, expiresAt: row.expires_at, usedAt: row.used_at };
  return { ...{ id, hash, user, name, role: roleOf(row.role) }, ...dates };
}

function roleOf(text: string): Role {
  return ROLES.find((role) => role === text) ?? fail(text);
}

function fail(text: string): never {
  throw new TypeError(`Unknown role: ${text}`);
}
