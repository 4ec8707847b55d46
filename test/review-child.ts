import process from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { Failure } from '../src/core/problem.ts';
import type { RunDeps } from '../src/runs/deps.ts';
import { closeReview, excludeDocuments, rebuildReview } from '../src/runs/review.ts';
import { writeReview } from '../src/runs/review-write.ts';
import { depsOf, storeOf } from './kill-child.ts';

/**
 * One act on a review in a process of its own: `node review-child.ts HOME RUN ACT [now]`. Unless `now` is said, it waits
 * until another process has taken the profile. Prints `done`, or the code of the refusal.
 */

const ACTS: Readonly<Record<string, (deps: RunDeps, run: string) => Promise<unknown>>> = {
  write: async (deps, run) => {
    for await (const _ of writeReview(deps, run, new AbortController().signal));
  },
  close: closeReview,
  exclude: (deps, run) => excludeDocuments(deps, run, ['sale/1', 'sale/700'], 'booked by hand'),
  'exclude-other': (deps, run) => excludeDocuments(deps, run, ['sale/2'], 'booked by hand'),
  rebuild: (deps, run) => rebuildReview(deps, run),
  untick: ({ store }, run) => store.review.tick(run, null, false),
};

if (import.meta.main) {
  const [home = '', run = '', act = '', when] = process.argv.slice(2);
  const store = await storeOf(home);
  try {
    for (let looks = 0; when !== 'now' && looks < 5000; looks += 1) {
      if ((await store.locks.get('lavande')) !== null) break;
      await setTimeout(1);
    }
    await ACTS[act]?.(depsOf(store, home), run);
    process.stdout.write('done');
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    process.stdout.write(error.code);
  } finally {
    await store.close();
  }
}
