import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { bench, waitFor } from '../../test/server-kit.ts';

test('S-014 a server makes the backup that came due while it was stopped, and tells it; no passphrase is ever told', async (t) => {
  let now = Date.parse('2026-11-24T12:00:00Z');
  const on = await bench({ documents: [], gate: null, failure: null }, { now: () => now });
  t.after(on.close);
  const first = await on.call('GET', '/api/backup/schedule');
  assert.deepEqual([first.body.every, first.body.last, first.body.next], ['never', null, null]);
  const asked = { every: 'day', hour: 2, keep: 3, passphrase: 'a rather long phrase' };
  const set = await on.call('PUT', '/api/backup/schedule', asked);
  assert.deepEqual([set.status, set.body.next, set.body.passphraseSet], [200, '2026-11-25', true]);
  assert.ok(!set.text.includes('rather'));
  const kept = await on.call('PUT', '/api/backup/schedule', { every: 'day', hour: 3 });
  assert.equal(kept.body.passphraseSet, true, 'left out, it stays');
  const wrong = await on.call('PUT', '/api/backup/schedule', { every: 'day', folder: 'nowhere/relative' });
  assert.deepEqual([wrong.status, wrong.body.code, wrong.body.values.reason], [422, 'file.unwritable', 'not-absolute']);
  now = Date.parse('2026-11-26T12:00:00Z');
  await on.restart();
  const { last } = await waitFor(async () => {
    const { body } = await on.call('GET', '/api/backup/schedule');
    return body.last === null ? null : body;
  });
  assert.deepEqual([last.code, await readdir(join(on.home, 'backups'))], [null, ['comptoir-auto-2026-11-26-1300.zip']]);
  assert.equal((await on.call('PUT', '/api/backup/schedule', { every: 'never', passphrase: null })).body.next, null);
  assert.deepEqual(on.faults, []);
});
