import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { Failure } from '../core/problem.ts';
import { storeContract } from './contract.ts';
import type { StoreBench } from './contract-samples.ts';
import { openStore } from './open.ts';

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

async function inFile(work: (path: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'comptoir-store-'));
  try {
    await work(join(folder, 'comptoir.db'));
  } finally {
    await rm(folder, { recursive: true });
  }
}
