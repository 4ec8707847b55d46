import { join } from 'node:path';
import process from 'node:process';
import { Failure } from '../src/core/problem.ts';
import { groupedLedger } from '../src/ledgers/grouped.ts';
import { ledgerOf } from '../src/ledgers/index.ts';
import { place, placeFromCopy, putAside, removeLeftovers, standing, takeBack } from '../src/ledgers/place.ts';
import { profileSchema } from '../src/profiles/profile.ts';
import { formatSettings } from '../src/profiles/settings.ts';
import type { RunDeps } from '../src/runs/deps.ts';
import { thisProcess } from '../src/runs/processes.ts';
import { recover } from '../src/runs/recover.ts';
import { writeReview } from '../src/runs/review-write.ts';
import { startRun } from '../src/runs/run.ts';
import { openStore } from '../src/store/open.ts';
import type { Store } from '../src/store/store.ts';

/** The next start of a data folder and one import, as short as it can be: `node kill-child.ts HOME FILE write|review`. */

export const SECRET_KEY = Buffer.alloc(32, 7);

export function storeOf(home: string): Promise<Store> {
  return openStore(join(home, 'comptoir.db'), SECRET_KEY);
}

export function depsOf(store: Store, home: string): RunDeps {
  return {
    store,
    home,
    now: Date.now,
    process: thisProcess(),
    profiles: {
      get: async (id) => {
        const row = await store.profiles.get(id);
        if (row === null) throw new Failure('profile.unknown', { profile: id });
        return { id, profile: profileSchema.parse(JSON.parse(row.document)), demo: row.demo };
      },
    },
    openShop: () => Promise.reject(new TypeError('These runs read files')),
    openHook: async () => null,
    ledgerFor: (profile, format) => {
      const kind = ledgerOf(format ?? profile.ledger.type);
      if (kind === null) throw new Failure('profile.invalid', { path: 'ledger.type', reason: 'unknown' });
      const ledger = kind.open(formatSettings(profile));
      const detail = ledgerOf('csv')?.open(formatSettings(profile, 'csv'));
      const { grouping } = profile.advanced;
      return {
        ledger: grouping === 'none' || detail === undefined ? ledger : groupedLedger(ledger, detail, grouping),
        format: kind.id,
        extension: kind.format.extension,
        carries: kind.format.carries,
      };
    },
    place,
    placeFromCopy,
    removeLeftovers,
    takeBack,
    standing,
    putAside,
  };
}

export type Mode = 'write' | 'review';

/** What the last start left is mended, then everything of the file is imported; null when it failed. */
export async function importFile(
  home: string,
  path: string,
  mode: Mode,
  profile = 'lavande',
): Promise<{ readonly written: number } | null> {
  const store = await storeOf(home);
  try {
    const deps = depsOf(store, home);
    const signal = new AbortController().signal;
    await recover(deps);
    const request = {
      profile,
      kind: 'sales',
      source: { type: 'file', path },
      period: { type: 'all' },
      includeTransferred: false,
      mode,
      startedBy: 'cli',
      format: null,
      folder: null,
    } as const;
    let outcome = await lastOf(startRun(deps, request, signal));
    if (outcome.run.state === 'review') outcome = await lastOf(writeReview(deps, outcome.run.id, signal));
    return outcome.run.state === 'written' ? { written: outcome.counts.written } : null;
  } finally {
    await store.close();
  }
}

async function lastOf<Result>(events: AsyncGenerator<unknown, Result>): Promise<Result> {
  for (;;) {
    const next = await events.next();
    if (next.done) return next.value;
  }
}

if (import.meta.main) {
  const [home = '', path = '', mode = 'write'] = process.argv.slice(2);
  process.exitCode = (await importFile(home, path, mode === 'review' ? 'review' : 'write')) === null ? 1 : 0;
}
