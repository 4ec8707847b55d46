import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../core/problem.ts';
import { idsOf } from './reset.ts';
import { speaker } from './say.ts';

/** [words of the command line, the ids they mean] */
const cases: [string, string][] = [
  ['39', '39'],
  ['39 41', '39 41'],
  ['39,41', '39 41'],
  ['39-42', '39 40 41 42'],
  ['39-41,40 sale/99 creditNote/7', '39 40 41 sale/99 creditNote/7'],
  ['7-7', '7'],
  ['ALL', 'ALL'],
  ['all', 'ALL'],
  ['', 'usage'],
  ['42-39', 'usage'],
  ['ALL 39', 'usage'],
  ['1-999999999', 'usage'],
];

for (const [words, expected] of cases) {
  test(`S-271 reset ${words} means ${expected}`, () => {
    assert.equal(meant(words.split(' ')), expected);
  });
}

function meant(words: readonly string[]): string {
  try {
    return idsOf(words, speaker('en'))?.join(' ') ?? 'ALL';
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
}
