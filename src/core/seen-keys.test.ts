import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seenKeys } from './seen-keys.ts';

test('each of 20 000 keys is new once and known afterwards, like numbers and long ones too', () => {
  const seen = seenKeys();
  const keys = Array.from({ length: 20_000 }, (_, at) =>
    at % 2 === 0 ? `sale/${at}` : `creditNote/${'x'.repeat(at % 50)}${at}`,
  );
  assert.equal(keys.filter((key) => seen(key)).length, 0);
  assert.equal(keys.filter((key) => seen(key)).length, keys.length);
  assert.equal(seen(''), false);
  assert.equal(seen(''), true);
  // Two of which one half of the hash is the same are two.
  for (const pair of [
    ['1jmf0ny1imahr0', '100xkyu1m0enh0'],
    ['rn6zha1ae9gc', 'xxgqbslegfgi'],
  ])
    assert.deepEqual(pair.map(seen), [false, false]);
  assert.deepEqual(['a', 'b', 'ab', 'ba', 'a'].map(seen), [false, false, false, false, true]);
});
