import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { openStore } from './open.ts';

test('a data file that could not be brought up to date is as it was: what stood in the way gone, it is', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'comptoir-open-'));
  const path = join(folder, 'comptoir.db');
  const before = new DatabaseSync(path);
  before.exec('create table lot_fact (x)'); // the last migration makes it
  await assert.rejects(openStore(path, Buffer.alloc(32)), /lot_fact/);
  const left = before
    .prepare("select name from sqlite_schema where type = 'table' and name in ('profile', 'run')")
    .all();
  assert.deepEqual(left, []);
  before.exec('drop table lot_fact');
  before.close();
  const store = await openStore(path, Buffer.alloc(32));
  assert.deepEqual(await store.profiles.list(), []);
  await store.close();
  await rm(folder, { recursive: true });
});
