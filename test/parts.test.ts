import assert from 'node:assert/strict';
import { readdir, readFile, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { after, test } from 'node:test';
import { unzipSync } from 'fflate';
import { Failure } from '../src/core/problem.ts';
import { csv } from '../src/formats/csv.ts';
import { DEMOS } from '../src/profiles/demo.ts';
import type { RunDeps } from '../src/runs/deps.ts';
import type { RunEvent, RunOutcome } from '../src/runs/events.ts';
import { recover } from '../src/runs/recover.ts';
import { startRun } from '../src/runs/run.ts';
import { comptoir, delivered, inFolder, jsonOf, type Sale, salesFile, temporaryFolder } from './command-kit.ts';
import { depsOf, storeOf } from './kill-child.ts';

/** S-147 Entries in several files, over whole runs: all of them, or none; each once. */

const folders: string[] = [];
const ends: (() => Promise<void>)[] = [];
after(async () => {
  for (const end of ends) await end();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

const TWO: readonly Sale[] = [{ id: 1 }, { id: 2 }];
const PARTS = ['VENTES-BNQ.csv', 'VENTES-VTE.csv'];

async function books(ledger: object = {}) {
  const home = await temporaryFolder('parts');
  folders.push(home);
  const store = await storeOf(home);
  ends.push(store.close);
  const deps: RunDeps = depsOf(store, home);
  const profile = DEMOS[0]?.profile();
  const settings = { ...profile?.ledger, type: 'csv', split: 'journal', ...ledger };
  const document = JSON.stringify({ ...profile, ledger: settings });
  await store.profiles.add({ id: 'lavande', document, demo: false, at: '2026-11-01T08:00:00Z' });
  const folder = join(home, 'files', 'lavande');
  const run = async (sales: readonly Sale[], changed: Partial<RunDeps> = {}): Promise<RunOutcome> => {
    const path = await salesFile(join(home, 'shop.jsonl'), sales);
    const request = {
      ...{ profile: 'lavande', kind: 'sales', source: { type: 'file', path }, period: { type: 'all' } },
      ...{ includeTransferred: false, mode: 'write', startedBy: 'cli', format: null, folder: null },
    } as const;
    return lastOf(
      startRun({ ...deps, ...changed }, request as Parameters<typeof startRun>[1], new AbortController().signal),
    );
  };
  return {
    deps,
    folder,
    run,
    store,
    files: async () => (await readdir(folder)).sort(),
    given: () => delivered(csv, folder),
    stateOf: async (id: number) =>
      ((await store.parts.of('lavande', [`sale/${id}`])).get(`sale/${id}`) ?? []).map(({ state }) => state),
  };
}

async function lastOf(events: AsyncGenerator<RunEvent, RunOutcome>): Promise<RunOutcome> {
  for (;;) {
    const next = await events.next();
    if (next.done) return next.value;
  }
}

test('a part for each journal, all told, each entry in one of them and marked once', async () => {
  const { run, files, given, folder } = await books();
  const { run: ended, files: told, counts } = await run(TWO);
  assert.deepEqual([ended.state, counts.written], ['written', 2]);
  assert.deepEqual(told.map(({ path }) => basename(path)).sort(), PARTS);
  assert.deepEqual(await files(), PARTS);
  assert.equal((await given()).length, 10);
  for (const { path, lines } of told) {
    const rows = (await readFile(path, 'utf8')).trim().split('\r\n').slice(1);
    assert.equal(rows.length, lines);
    assert.ok(
      rows.every((row) => row.startsWith(path.includes('VTE') ? 'VTE;' : 'BNQ;')),
      folder,
    );
  }
  assert.equal((await run(TWO)).counts.written, 0);
  assert.deepEqual(await files(), PARTS);
});

test('each part continues its file', async () => {
  const { run, files, given } = await books({ policy: 'append' });
  await run([{ id: 1 }]);
  await run(TWO);
  assert.deepEqual(await files(), PARTS);
  assert.equal((await given()).length, 10);
});

for (const policy of ['newName', 'append', 'replaceAfterBackup']) {
  test(`a part that cannot be placed takes the others back, and marks nothing (${policy})`, async () => {
    const { run, files, deps, folder, stateOf, given } = await books({ policy });
    if (policy !== 'newName') await run([{ id: 9 }]);
    const before = policy === 'newName' ? [] : await given();
    const names = policy === 'newName' ? [] : await files();
    // Another program takes the name of the last file between the moves.
    const place: RunDeps['place'] = async (part) => {
      if (part.targetPath.endsWith('VTE.csv')) {
        if (policy !== 'newName') await rename(part.targetPath, `${part.targetPath}.kept`);
        await writeFile(part.targetPath, 'somebody else');
      }
      return deps.place(part);
    };
    const failed = await run([{ id: 2 }], { place });
    assert.deepEqual(
      [failed.run.state, failed.files, failed.troubles.map(({ code }) => code)],
      ['failed', [], ['delivery.changed-meanwhile']],
    );
    assert.deepEqual(await stateOf(2), ['new', 'new']);
    await unlink(join(folder, 'VENTES-VTE.csv'));
    if (policy !== 'newName') await rename(join(folder, 'VENTES-VTE.csv.kept'), join(folder, 'VENTES-VTE.csv'));
    assert.deepEqual([await files(), await given()], [names, before], 'as if nothing had been');
    assert.equal((await run([{ id: 2 }])).counts.written, 1);
    const lines = await given();
    assert.equal(lines.filter((line) => line.includes('FA000002')).length, 5);
  });
}

test('parts that cannot be taken back wait for the next start, which puts the rest in place (delivery.unfinished)', async () => {
  const { run, deps, store, given, files, stateOf } = await books();
  let placed = 0;
  const changed: Partial<RunDeps> = {
    place: async (part) => {
      placed += 1;
      if (placed > 1) throw new Failure('delivery.no-access', { path: part.targetPath });
      return deps.place(part);
    },
    takeBack: async ({ targetPath }) => {
      throw new Failure('delivery.no-access', { path: targetPath });
    },
  };
  await assert.rejects(
    run(TWO, changed),
    (error: unknown) => error instanceof Failure && error.code === 'delivery.unfinished',
  );
  assert.deepEqual(await stateOf(1), ['transferred', 'transferred']);
  assert.equal((await given()).length, 4, 'the payments stand there');
  assert.deepEqual(
    (await recover(deps)).map(({ outcome }) => outcome),
    ['finished'],
  );
  assert.deepEqual(await files(), PARTS);
  assert.equal((await given()).length, 10);
  assert.deepEqual(await store.runs.inState(['delivering', 'writing']), []);
  assert.equal((await run(TWO)).counts.written, 0);
});

test('S-147 by the command: patterns of names, parts, archive, and every file again', () =>
  inFolder('parts-command', async (home) => {
    const ask = (words: string) => comptoir(home, words.split(' '), { cwd: home });
    const file = await salesFile(join(home, 'sales.jsonl'), TWO);
    const settings = 'ledger.type=csv ledger.split=journal ledger.salesFile=%KI-%JO-%PN';
    const set = await ask(`profile set demo-woocommerce ${settings}`);
    assert.equal(set.code, 0, set.err);
    const one = jsonOf(await ask(`import sales --profile demo-woocommerce --file ${file} --out . --yes --json`));
    const names = ['VENTES-BNQ-demo-woocommerce.csv', 'VENTES-VTE-demo-woocommerce.csv'];
    assert.deepEqual(one.files.map(({ path }: { path: string }) => basename(path)).sort(), names);
    await comptoir(home, ['--lang', 'en', 'run', 'download', one.run.id], { cwd: join(home, 'files') });
    for (const name of names) {
      const again = await readFile(join(home, 'files', name));
      assert.deepEqual(again, await readFile(join(home, name)));
    }
    assert.equal((await ask('profile set demo-woocommerce ledger.zip=true')).code, 0);
    assert.equal((await ask('reset --profile demo-woocommerce --all --yes')).code, 0);
    const two = jsonOf(await ask(`import sales --profile demo-woocommerce --file ${file} --out . --yes --json`));
    assert.deepEqual(
      two.files.map(({ path, lines }: { path: string; lines: number }) => [basename(path), lines]),
      [['VENTES-demo-woocommerce.zip', 10]],
    );
    const inside = unzipSync(await readFile(join(home, 'VENTES-demo-woocommerce.zip')));
    assert.deepEqual(Object.keys(inside).sort(), names);
    for (const name of names) assert.deepEqual(Buffer.from(inside[name] ?? []), await readFile(join(home, name)));
    const refused = await ask('profile set demo-woocommerce ledger.policy=append');
    assert.match(refused.err, /an archive cannot be continued/);
  }));
