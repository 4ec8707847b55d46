import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reviewCache } from './review-cache.ts';

test('a question is answered once, until the review is touched; others are not concerned', async () => {
  const cache = reviewCache();
  let computed = 0;
  const ask = (run: string, question: string) => cache.remember(run, question, async () => (computed += 1));
  assert.deepEqual([await ask('a', 'x'), await ask('a', 'x'), await ask('b', 'x')], [1, 1, 2]);
  cache.touch('a');
  assert.deepEqual([await ask('a', 'x'), await ask('b', 'x')], [3, 2]);
  await ask('a', 'problems');
  cache.touch('a', 'problems');
  assert.deepEqual([await ask('a', 'problems'), await ask('a', 'x')], [4, 5]);
});

test('an answer that failed is not kept, and only the last questions are', async () => {
  const cache = reviewCache();
  await assert.rejects(cache.remember('a', 'x', async () => Promise.reject(new Error('no'))));
  assert.equal(await cache.remember('a', 'x', async () => 'yes'), 'yes');
  for (let index = 0; index < 30; index += 1) await cache.remember('a', `q${index}`, async () => index);
  assert.equal(await cache.remember('a', 'x', async () => 'asked again'), 'asked again');
});
