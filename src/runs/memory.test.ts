import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pagesGivenBack } from './memory.ts';

test('a long run collects every twenty thousand documents, a usual one never', () => {
  let times = 0;
  const passed = pagesGivenBack(() => {
    times += 1;
  });
  for (let lot = 0; lot < 799; lot += 1) passed(25);
  assert.equal(times, 0);
  for (let lot = 0; lot < 801; lot += 1) passed(25);
  assert.equal(times, 2);
  pagesGivenBack()(20_000); // V8 obeys
});
