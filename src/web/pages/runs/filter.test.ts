import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countsByState, inState, monthsOf } from './filter.ts';

const runs = ['written', 'review', 'failed', 'closed', 'cancelled', 'written'].map((state, index) => ({
  state,
  startedAt: `2026-${index < 3 ? '10' : '11'}-01T00:00:00Z`,
}));

test('the states of the history add up to all, and each shows what it counts', () => {
  const counts = countsByState(runs);
  assert.deepEqual(counts, { all: 6, written: 2, review: 1, failed: 1, other: 2 });
  for (const [state, count] of Object.entries(counts))
    assert.equal(runs.filter((run) => inState(run, state)).length, count, state);
});

test('months are those of the runs, newest first', () => {
  assert.deepEqual(monthsOf(runs), ['2026-11', '2026-10']);
});
