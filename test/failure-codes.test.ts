import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Failure } from '../src/core/problem.ts';
import type { StoredProfile } from '../src/profiles/profile.ts';
import { profileSchema } from '../src/profiles/profile.ts';
import type { RunEvent, RunOutcome, RunRequest } from '../src/runs/events.ts';
import { addProfile } from '../src/runs/new-profile.ts';
import { zoneOf } from '../src/runs/read.ts';
import { recover } from '../src/runs/recover.ts';
import { startRun } from '../src/runs/run.ts';
import { serve } from '../src/server/server.ts';
import { openHome } from '../src/wiring/home.ts';
import { comptoir, inFolder } from './command-kit.ts';
import { type Bench, bench, order, type TestShop } from './server-kit.ts';

/** The failures of runs and of the machine that no part provokes alone; the others stand beside the code. */

const SALES: RunRequest = {
  profile: 'lavande',
  kind: 'sales',
  source: { type: 'shop' },
  period: { type: 'days', from: '2026-11-01', to: '2026-11-30' } as RunRequest['period'], // two days of the branded kind
  includeTransferred: false,
  mode: 'preview',
  startedBy: 'cli',
  format: null,
  folder: null,
};

async function onBench(work: (one: Bench) => Promise<void>, shop: Partial<TestShop> = {}): Promise<void> {
  const documents = [order(1, 'sale FR; product 10.00 20% 2.00; paid card 12.00')];
  const one = await bench({ documents, gate: null, failure: null, ...shop });
  try {
    await work(one);
  } finally {
    await one.close();
  }
}

/** The end of a run, however it ended. */
async function ended(run: AsyncGenerator<RunEvent, RunOutcome>): Promise<RunOutcome> {
  for (;;) {
    const { value, done } = await run.next();
    if (done) return value;
  }
}

function codes({ run, troubles }: RunOutcome): unknown {
  return [run.state, ...troubles.map(({ code, values }) => [code, values])];
}

function failure(code: string) {
  return (error: unknown) => error instanceof Failure && error.code === code;
}

describe('a run', () => {
  test('run.never-imported: since the last import, before the first', () =>
    onBench(async ({ deps }) => {
      const request: RunRequest = { ...SALES, period: { type: 'since-last-import' } };
      const outcome = await ended(startRun(deps, request, new AbortController().signal));
      assert.deepEqual(codes(outcome), ['failed', ['run.never-imported', { profile: 'Maison Lavande' }]]);
    }));

  test('run.cancelled: stopped while it reads, nothing is written', () =>
    onBench(async ({ deps }) => {
      const stop = new AbortController();
      const run = startRun(deps, SALES, stop.signal);
      await run.next();
      stop.abort();
      assert.deepEqual(codes(await ended(run)), ['cancelled', ['run.cancelled', {}]]);
    }));

  test('run.interrupted: the next start finds what a dead process left, undoes it and says so', () =>
    onBench(async ({ deps }) => {
      const startedAt = '2026-11-24T08:14:00.000Z';
      const row = { profile: 'lavande', kind: 'sales', from: null, to: null, request: JSON.stringify(SALES) } as const;
      const rest = {
        endedAt: null,
        counts: '{}',
        debitMinor: 0n,
        creditMinor: 0n,
        currency: 'EUR',
        decimals: 2,
        troubles: '[]',
        file: null,
        control: null,
      };
      await deps.store.runs.add({ id: 'dead', state: 'writing', startedAt, ...row, ...rest });
      const [recovered] = await recover(deps);
      assert.deepEqual([recovered?.run, recovered?.outcome], ['dead', 'undone']);
      const left = await deps.store.runs.get('dead');
      assert.equal(left?.state, 'failed');
      assert.deepEqual(JSON.parse(left?.troubles ?? ''), [
        { code: 'run.interrupted', values: { run: 'dead', started: startedAt } },
      ]);
    }));

  test('shop.no-time-zone: neither the shop nor the profile says where its days begin', () => {
    const stored = (timeZone: string | null): StoredProfile => {
      const profile = profileSchema.parse({ name: 'A', shop: { type: 'a', url: '' }, advanced: { timeZone } });
      return { id: 'a', profile, demo: false };
    };
    assert.throws(() => zoneOf(stored(null), null), failure('shop.no-time-zone'));
    assert.throws(() => zoneOf(stored(null), 'Mars/Olympus'), failure('shop.no-time-zone'));
    assert.equal(zoneOf(stored('Europe/Paris'), null), 'Europe/Paris');
  });

  test('profile.exists: a name that every number is taken of', () =>
    onBench(async ({ app, deps }) => {
      const { store } = deps;
      const full = { ...deps, store: { ...store, profiles: { ...store.profiles, add: async () => false } } };
      const row = await store.profiles.get('lavande');
      const adding = addProfile({ deps: full, known: app.known }, JSON.parse(row?.document ?? ''));
      await assert.rejects(adding, failure('profile.exists'));
    }));
});

describe('the machine', () => {
  test('store.no-access: a data folder that is a file', () =>
    inFolder('failures', async (folder) => {
      const path = join(folder, 'taken');
      await writeFile(path, '');
      const { code, err, out } = await comptoir(path, ['profile', 'list'], { lang: 'fr' });
      assert.deepEqual([code, out], [1, '']);
      assert.match(err, /^Le dossier des données \S+taken ne peut pas être ouvert \(.+\)\. Rendez-le accessible/);
      await assert.rejects(openHome(path, {}), failure('store.no-access'));
    }));

  test('usage: a secret key that is none is told before any data is touched', () =>
    inFolder('failures', async (folder) => {
      const opening = openHome(folder, { COMPTOIR_SECRET_KEY: 'short' });
      await assert.rejects(
        opening,
        (error) => error instanceof Failure && error.code === 'usage' && error.values.reason === 'secret-key',
      );
    }));

  test('file.unwritable: an export over what is there already', () =>
    inFolder('failures', async (folder) => {
      const path = join(folder, 'out.json');
      await mkdir(path);
      const args = ['profile', 'export', 'demo-woocommerce', '--out', path];
      const { code, err } = await comptoir(folder, args, { lang: 'en' });
      assert.equal(code, 1);
      assert.equal(
        err.trim(),
        `The file ${path} cannot be written (the name is taken). Choose another name or another folder.`,
      );
    }));

  test('server.no-port: the port and all that follow it are taken', () =>
    onBench(async ({ app }) => {
      const last = 65_535;
      const other = createServer((socket) => socket.destroy());
      await new Promise<void>((resolve) => {
        other.once('error', () => resolve()); // taken by somebody else: taken all the same
        other.listen(last, '127.0.0.1', resolve);
      });
      try {
        await assert.rejects(serve(app, { port: last }), failure('server.no-port'));
      } finally {
        other.close();
      }
    }));
});
