import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Kysely, sql } from 'kysely';
import { Failure } from '../core/problem.ts';
import { storeContract } from './contract.ts';
import type { StoreBench } from './contract-samples.ts';
import * as start from './migrations/0001-start.ts';
import * as written from './migrations/0002-written.ts';
import * as lighterParts from './migrations/0003-lighter-parts.ts';
import * as historySequence from './migrations/0006-history-sequence.ts';
import { openStore } from './open.ts';
import { openSqlite } from './sqlite.ts';

const KEY = Buffer.alloc(32, 7);

storeContract('SQLite', bench);

async function bench(): Promise<StoreBench> {
  const folder = await mkdtemp(join(tmpdir(), 'comptoir-store-'));
  const path = join(folder, 'comptoir.db');
  const store = await openStore(path, KEY);
  return {
    store,
    again: (key = KEY) => openStore(path, key),
    bytes: async () => {
      const names = await readdir(folder); // what is not checkpointed yet stands in the -wal file
      return Buffer.concat(await Promise.all(names.map((name) => readFile(join(folder, name)))));
    },
    close: async () => {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

test('a data file is opened again as it was left', async () => {
  await inFile(async (path) => {
    const first = await openStore(path, KEY);
    await first.profiles.add({ id: 'lavande', document: '{}', demo: false, at: '2026-11-01T08:00:00Z' });
    await first.close();
    const second = await openStore(path, KEY);
    assert.deepEqual(
      (await second.profiles.list()).map(({ id }) => id),
      ['lavande'],
    );
    await second.close();
  });
});

test('the history of an older data file keeps its order, and its sequence goes on behind it', async () => {
  const file = openSqlite(':memory:');
  const db = new Kysely<unknown>({ dialect: file.dialect });
  for (const { up } of [start, written, lighterParts]) await up(db);
  await sql`insert into profile values ('p', '{}', 0, 1, '', '')`.execute(db);
  const add = (action: string) =>
    sql`insert into part_history (profile, document, part, action, at) values ('p', 'sale/1', 'document', ${action}, '2026')`.execute(
      db,
    );
  for (const action of ['written', 'reset', 'excluded']) await add(action);
  await historySequence.up(db);
  await add('included');
  const { rows } = await sql<{
    seq: bigint;
    action: string;
  }>`select seq, action from part_history order by seq`.execute(db);
  assert.deepEqual(
    rows.map(({ seq, action }) => `${seq} ${action}`),
    ['1 written', '2 reset', '3 excluded', '4 included'],
  );
  file.close();
});

test('a data file of a newer Comptoir is refused and left as it is', async () => {
  await inFile(async (path) => {
    await (await openStore(path, KEY)).close();
    const newer = new DatabaseSync(path);
    const count = () => newer.prepare('select count(*) as n from kysely_migration').get()?.n;
    const known = Number(count());
    newer.exec("insert into kysely_migration (name, timestamp) values ('9999-newer', '2030-01-01T00:00:00.000Z')");
    await assert.rejects(openStore(path, KEY), (error) => error instanceof Failure && error.code === 'store.too-new');
    assert.equal(count(), known + 1);
    newer.close();
  });
});

test('a file that is no data file is refused and left as it is', async () => {
  await inFile(async (path) => {
    await writeFile(path, 'not a database, but long enough to be looked at as one '.repeat(20));
    await assert.rejects(openStore(path, KEY));
    assert.match(await readFile(path, 'utf8'), /^not a database/);
  });
});

test('S-154 two processes that give codes at once give none twice, and no customer two', async () => {
  await inFile(async (path) => {
    const store = await openStore(path, KEY);
    await store.profiles.add({ id: 'lavande', document: '{}', demo: false, at: '2026-11-01T08:00:00Z' });
    const shared = Array.from({ length: 120 }, (_, at) => `email:${at}@both.example`);
    const own = (name: string) => Array.from({ length: 120 }, (_, at) => `email:${at}@${name}.example`);
    const child = fileURLToPath(new URL('customers.test-child.ts', import.meta.url));
    const answers = await Promise.all(
      [mixed(shared, own('one')), mixed(own('two'), shared.toReversed())].map(async (customers) => {
        const { stdout } = await promisify(execFile)(process.execPath, [child, path, ...customers]);
        return JSON.parse(stdout) as [string, string][];
      }),
    );
    const codes = new Map<string, Set<string>>();
    for (const [customer, code] of answers.flat()) codes.set(customer, (codes.get(customer) ?? new Set()).add(code));
    assert.equal(codes.size, 360);
    assert.deepEqual(
      [...codes].filter(([, given]) => given.size !== 1),
      [],
      'a customer has two codes',
    );
    const all = [...codes.values()].flatMap((given) => [...given]).sort();
    assert.deepEqual(
      all,
      Array.from({ length: 360 }, (_, at) => `411W${String(at + 1).padStart(4, '0')}`),
    );
    await store.close();
  });
});

function mixed(one: readonly string[], other: readonly string[]): string[] {
  return one.flatMap((text, at) => [text, other[at] ?? '']);
}

async function inFile(work: (path: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'comptoir-store-'));
  try {
    await work(join(folder, 'comptoir.db'));
  } finally {
    await rm(folder, { recursive: true });
  }
}
