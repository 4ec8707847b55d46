import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { bench } from '../../test/server-kit.ts';
import { binnedProfiles } from './profile-bin.ts';

let now = Date.UTC(2026, 10, 24, 8);
const DAY = 86_400_000;
const one = await bench({ documents: [], gate: null, failure: null }, { now: () => now });
after(one.close);
const { call, deps } = one;
const names = async () => (await call('GET', '/api/info')).body.profiles.map(({ id }: { id: string }) => id);

test('S-242 S-244 a deleted profile comes back with its keys and as the one that opens first, within thirty days', async () => {
  await call('PUT', '/api/profiles/lavande/default', {});
  assert.equal((await call('DELETE', '/api/profiles/lavande', {})).status, 200);
  const after = await call('GET', '/api/info');
  assert.deepEqual([after.body.profiles, after.body.defaultProfile], [[], null]);
  for (const path of ['', '/document'])
    assert.equal((await call('GET', `/api/profiles/lavande${path}`)).status, 404, path);
  const start = { kind: 'sales', from: '2026-11-01', to: '2026-11-30', period: 'custom', includeTransferred: false };
  assert.equal((await call('POST', '/api/profiles/lavande/runs', { ...start, review: true })).status, 404);
  assert.equal((await call('DELETE', '/api/profiles/lavande', {})).status, 404, 'twice');
  const [kept] = (await call('GET', '/api/deleted-profiles')).body;
  assert.deepEqual(kept, {
    ...{ id: 'lavande', name: 'Maison Lavande' },
    ...{ deletedAt: '2026-11-24T08:00:00.000Z', until: '2026-12-24T08:00:00.000Z' },
  });
  now += 30 * DAY;
  assert.equal((await call('POST', '/api/deleted-profiles/lavande/restore', {})).body.name, 'Maison Lavande');
  assert.equal((await call('POST', '/api/deleted-profiles/lavande/restore', {})).status, 404, 'it is there');
  assert.equal((await call('GET', '/api/info')).body.defaultProfile, 'lavande');
  assert.equal((await deps.store.secrets.all('lavande')).key, 'SECRET-OF-LAVANDE');
});

test('S-242 after thirty days it is gone for good, with its keys; what is not binned cannot be deleted for good', async () => {
  assert.equal((await call('DELETE', '/api/deleted-profiles/lavande', {})).status, 404);
  await call('POST', '/api/profiles/lavande/duplicate', { name: 'Copie' });
  await call('DELETE', '/api/profiles/lavande', {});
  now += 30 * DAY + 1;
  assert.deepEqual(await binnedProfiles(deps), []);
  assert.deepEqual(await deps.store.secrets.names('lavande'), []);
  await call('DELETE', '/api/profiles/copie', {});
  assert.equal((await call('DELETE', '/api/deleted-profiles/copie', {})).status, 200);
  assert.deepEqual(await deps.store.profiles.binned(), []);
  assert.deepEqual(await names(), []);
});

test('S-242 a profile at work is not deleted', async () => {
  await deps.store.profiles.add({ id: 'work', document: '{}', demo: false, at: '2026-11-24T08:00:00Z' });
  await deps.store.locks.take({ profile: 'work', run: 'r', pid: 1, process: 'x', since: '2026-11-24T08:00:00Z' });
  const answer = await call('DELETE', '/api/profiles/work', {});
  assert.deepEqual([answer.status, answer.body.code], [409, 'run.already-running']);
});
