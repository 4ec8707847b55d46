import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { sagePnm } from '../src/formats/sage-pnm.ts';
import { DEMOS } from '../src/profiles/demo.ts';
import { startRun } from '../src/runs/run.ts';
import type { Store } from '../src/store/store.ts';
import { delivered, inFolder, ROOT, salesFile } from './command-kit.ts';
import { depsOf, storeOf } from './kill-child.ts';

/** The server and a command on the same review: whoever comes second is told so, and nothing is written by halves. */

const COUNT = 800;
/** Lines of a sale and of its payment. */
const LINES = COUNT * 5;

/** A data folder with a review of `COUNT` sales that waits; its run. */
async function review(home: string): Promise<{ store: Store; run: string }> {
  const store = await storeOf(home);
  const document = JSON.stringify(DEMOS[0]?.profile());
  await store.profiles.add({ id: 'lavande', document, demo: false, at: '2026-11-01T08:00:00Z' });
  const sales = Array.from({ length: COUNT }, (_, index) => ({ id: index + 1 }));
  const path = await salesFile(join(home, 'shop.jsonl'), sales);
  const events = startRun(
    depsOf(store, home),
    {
      profile: 'lavande',
      kind: 'sales',
      source: { type: 'file', path },
      period: { type: 'all' },
      includeTransferred: false,
      mode: 'review',
      startedBy: 'web',
      format: null,
      folder: null,
    },
    new AbortController().signal,
  );
  for (;;) {
    const next = await events.next();
    if (next.done) return { store, run: next.value.run.id };
  }
}

async function child(home: string, run: string, act: string, ...when: string[]): Promise<string> {
  const script = join(ROOT, 'test', 'review-child.ts');
  const words = ['--disable-warning=ExperimentalWarning', script, home, run, act, ...when];
  return (await promisify(execFile)(process.execPath, words)).stdout;
}

/** [what another process does while this one writes, the answers it may get] */
const acts: [string, readonly string[]][] = [
  ['close', ['run.already-running']],
  ['exclude', ['run.already-running']],
  ['rebuild', ['run.already-running']],
  ['write', ['run.already-running']],
  ['untick', ['done']],
];

for (const [act, answers] of acts) {
  test(`S-074 a review that one process writes is not disturbed by another that would ${act} it`, () =>
    inFolder('two', async (home) => {
      const { store, run } = await review(home);
      const [second, first] = await Promise.all([child(home, run, act), child(home, run, 'write', 'now')]);
      assert.equal(first, 'done');
      assert.ok([...answers, 'run.review-closed'].includes(second), second);
      assert.equal((await store.runs.get(run))?.state, 'written');
      const lines = (await delivered(sagePnm, join(home, 'files', 'lavande'))).length;
      const transferred = await store.parts.countTransferred('lavande', 'sale', '2026-01-01', '2026-12-31');
      const whole = [LINES, COUNT];
      // What is unticked just before the writing begins is left out, all of it.
      assert.ok(
        [lines, transferred].join() === whole.join() || (act === 'untick' && lines + transferred === 0),
        `${lines}`,
      );
      assert.equal(await store.locks.get('lavande'), null);
      await store.close();
    }));
}

test('S-074 two processes that each take a document out of one review are both heard', () =>
  inFolder('two', async (home) => {
    const { store, run } = await review(home);
    const answers = await Promise.all([child(home, run, 'exclude', 'now'), child(home, run, 'exclude-other', 'now')]);
    assert.deepEqual(answers, ['done', 'done']);
    assert.equal((await store.runs.countDocuments(run)).excluded, 3);
    assert.equal((await store.review.totals(run)).all, (COUNT - 3) * 2);
    assert.equal(await child(home, run, 'write', 'now'), 'done');
    assert.equal((await delivered(sagePnm, join(home, 'files', 'lavande'))).length, LINES - 15);
    await store.close();
  }));
