import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seenKeys } from './seen-keys.ts';

test('each of 300 000 keys is new once and known afterwards, like numbers and long ones too', () => {
  const seen = seenKeys();
  const keys = Array.from({ length: 300_000 }, (_, at) =>
    at % 2 === 0 ? `sale/${at}` : `creditNote/${'x'.repeat(at % 50)}${at}`,
  );
  assert.equal(keys.filter((key) => seen(key)).length, 0);
  assert.equal(keys.filter((key) => seen(key)).length, keys.length);
  assert.equal(seen(''), false);
  assert.equal(seen(''), true);
  assert.deepEqual(['a', 'b', 'ab', 'ba', 'a'].map(seen), [false, false, false, false, true]);
});
