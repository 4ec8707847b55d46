import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ahead } from './ahead.ts';

/** Numbers up to `count`, each noted when it is made; what comes after fails when `fails`. */
async function* made(count: number, notes: string[], fails = false): AsyncGenerator<number> {
  try {
    for (let value = 1; value <= count; value += 1) {
      notes.push(`made ${value}`);
      yield value;
    }
    if (fails) throw new Error('the shop is gone');
  } finally {
    notes.push('closed');
  }
}

const aWhile = () => new Promise((resolve) => setTimeout(resolve, 5));

test('D-16 the next page is asked for while one is worked on, one and no more, in the same order', async () => {
  const notes: string[] = [];
  for await (const value of ahead(made(4, notes))) {
    await aWhile();
    notes.push(`used ${value}`);
  }
  assert.deepEqual(notes, [
    ...['made 1', 'made 2', 'used 1', 'made 3', 'used 2', 'made 4', 'used 3', 'closed', 'used 4'],
  ]);
});

test('what fails ahead is said after all that came before it', async () => {
  const used: number[] = [];
  await assert.rejects(async () => {
    for await (const value of ahead(made(2, [], true))) {
      await aWhile();
      used.push(value);
    }
  }, /the shop is gone/);
  assert.deepEqual(used, [1, 2]);
});

test('whoever stops early does not wait, and the source is closed', async () => {
  const notes: string[] = [];
  for await (const _ of ahead(made(9, notes))) break;
  await aWhile();
  assert.deepEqual(notes, ['made 1', 'made 2', 'closed']);
});
