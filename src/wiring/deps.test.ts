import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../core/problem.ts';
import { profileSchema } from '../profiles/profile.ts';
import { openStore } from '../store/open.ts';
import { runDeps } from './deps.ts';

test('S-263 a run in a format that does not take the profile’s decimals is refused, and says which', async (t) => {
  const store = await openStore(':memory:', Buffer.alloc(32));
  t.after(store.close);
  const { ledgerFor } = runDeps(store, '/nowhere', () => 0);
  const profile = profileSchema.parse({
    name: 'Lien',
    shop: { type: 'woocommerce' },
    ledger: { type: 'csv' },
    reading: { decimals: 3 },
  });
  assert.equal(ledgerFor(profile, null).format, 'csv');
  assert.equal(ledgerFor({ ...profile, reading: { ...profile.reading, decimals: 2 } }, 'sage-pnm').format, 'sage-pnm');
  assert.throws(
    () => ledgerFor(profile, 'sage-pnm'),
    (error) => {
      assert.ok(error instanceof Failure);
      assert.equal(error.code, 'profile.invalid');
      const { path, reason, format, limit, value } = error.values;
      assert.deepEqual(
        [path, reason, format, limit, value],
        ['reading.decimals', 'too-many-decimals', 'sage-pnm', '2', '3'],
      );
      return true;
    },
  );
});
