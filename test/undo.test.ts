import assert from 'node:assert/strict';
import { appendFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Failure } from '../src/core/problem.ts';
import type { ProfileInput } from '../src/profiles/profile.ts';
import { lookAtUndo, type UndoFiles, undoRun } from '../src/runs/undo.ts';
import { comptoir, HEADER, inFolder, saleJson } from './command-kit.ts';
import { type Ran, runBench } from './run-kit.ts';
import { order } from './server-kit.ts';

/** An import taken back before the accounting software has read it: whole runs on a real store and real files. */

const ONE = order(1, 'sale FR; product 403.00 20% 80.60; paid card 483.60');
const TWO = order(2, 'sale FR; product 11.22 20% 2.24; paid card 13.46');

async function books(ledger: Partial<ProfileInput['ledger']> = {}) {
  const on = await runBench();
  await on.save({ ledger: { type: 'sage-pnm', ...ledger } as ProfileInput['ledger'] });
  const folder = join(on.home, 'files', 'p');
  return {
    ...on,
    folder,
    names: async () => (await readdir(folder)).sort(),
    importing: async (...documents: (typeof ONE)[]): Promise<Ran> => {
      on.shop.documents = documents;
      on.later(60_000);
      return on.run({ corrections: 'write' });
    },
    undo: (ran: Ran, files: UndoFiles = 'rename') =>
      undoRun(on.deps, ran.run.id, { files, reason: 'wrong journal', by: 'cli' }),
    standing: async (key: string) =>
      (await on.store.parts.of('p', [key])).get(key)?.map(({ part, state, run }) => [part, state, run]) ?? [],
  };
}

const refusedAs = (code: string) => (error: unknown) => error instanceof Failure && error.code === code;

test('a written import is taken back: its documents are new, its file bears another name, and the history tells who and why', async (t) => {
  const on = await books();
  t.after(on.close);
  const first = await on.importing(ONE, TWO);
  const [written] = await on.files();
  assert.equal(await on.undo(first), 4);
  assert.deepEqual(await on.names(), [`VENTES.pnm.${first.run.id}.undone`]);
  assert.equal((await on.store.runs.get(first.run.id))?.state, 'undone');
  assert.deepEqual(
    (await on.standing('sale/1')).map(([part, state, run]) => [part, state, run]),
    [
      ['document', 'new', null],
      ['payment/1', 'new', null],
    ],
  );
  const history = await on.store.parts.history('p', 'sale/1');
  assert.deepEqual(
    history.filter(({ part }) => part === 'document').map(({ action, run, reason }) => [action, run, reason]),
    [
      ['written', first.run.id, null],
      ['undone', first.run.id, 'wrong journal'],
    ],
  );
  const trace = JSON.parse((await on.store.undo.trace(first.run.id)).undone ?? '{}');
  assert.deepEqual([trace.by, trace.reason], ['cli', 'wrong journal']);

  const again = await on.importing(ONE, TWO);
  assert.equal(again.counts.written, 2);
  const anew = (await on.files()).find(({ name }) => name === 'VENTES.pnm');
  assert.equal(anew?.text, written?.text, 'the same bytes: numbers, codes of customers and of matching too');
});

for (const [files, left] of [
  ['rename', 2],
  ['remove', 1],
  ['leave', 1],
] as [UndoFiles, number][])
  test(`with a file that was continued, undoing the last import (${files}) leaves what stood there before`, async (t) => {
    const on = await books({ policy: 'append' });
    t.after(on.close);
    const first = await on.importing(ONE);
    const [before] = await on.files();
    const second = await on.importing(ONE, TWO);
    assert.equal((await on.files()).length, 1);
    await assert.rejects(on.undo(first), refusedAs('undo.later-file'));
    await on.undo(second, files);
    const after = await on.files();
    assert.equal(after.length, left);
    const kept = after.find(({ name }) => name === before?.name);
    if (files === 'leave') assert.ok(kept?.text.startsWith(before?.text ?? '-') && kept.text !== before?.text);
    else assert.equal(kept?.text, before?.text);
    await (files === 'leave' ? on.undo(first, 'leave') : on.undo(first));
    assert.equal((await on.importing(ONE, TWO)).counts.written, 2);
  });

test('what a correction cancelled stands again when the correction is undone; until then the first import cannot be', async (t) => {
  const on = await books();
  t.after(on.close);
  const first = await on.importing(ONE);
  const changed = order(1, 'sale FR; product 400.00 20% 80.00; paid card 480.00');
  const second = await on.importing(changed);
  assert.equal(second.counts.written, 1);
  await assert.rejects(on.undo(first), refusedAs('undo.later-run'));
  await on.undo(second);
  const states = await on.standing('sale/1');
  assert.deepEqual(
    states.filter(([, state]) => state === 'transferred').map(([part, , run]) => [part, run]),
    [
      ['document', first.run.id],
      ['payment/1', first.run.id],
    ],
  );
  const anew = await on.importing(changed);
  assert.deepEqual(
    anew.entries.map(({ part }) => part),
    second.entries.map(({ part }) => part),
    'the same correction, under the same number',
  );
});

test('a payment that came later, or an open list of entries, keeps the import of its order', async (t) => {
  const on = await books();
  t.after(on.close);
  const unpaid = order(1, 'sale FR; product 403.00 20% 80.60');
  const first = await on.importing(unpaid);
  const second = await on.importing(ONE);
  await assert.rejects(on.undo(first), refusedAs('undo.later-run'));
  await on.undo(second);
  const review = await on.run({ mode: 'review' });
  assert.equal(review.run.state, 'review');
  await assert.rejects(on.undo(first), refusedAs('undo.open-review'));
  assert.equal(
    (await lookAtUndo(on.deps, (await on.store.runs.get(first.run.id)) ?? assert.fail())).obstacle?.code,
    'undo.open-review',
  );
});

test('an import is undone once, two at a time included, and one that wrote nothing not at all', async (t) => {
  const on = await books();
  t.after(on.close);
  const first = await on.importing(ONE);
  const both = await Promise.allSettled([on.undo(first), on.undo(first)]);
  assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  const refused = both.find(({ status }) => status === 'rejected');
  assert.ok(refused?.status === 'rejected' && refusedAs('undo.not-written')(refused.reason));
  const again = await on.importing(ONE);
  const nothing = await on.importing(ONE);
  await assert.rejects(on.undo(nothing), refusedAs('undo.not-written'));
  assert.equal((await on.store.runs.get(again.run.id))?.state, 'written');
});

test('while another import writes for the profile, nothing is undone', async (t) => {
  const on = await books();
  t.after(on.close);
  const first = await on.importing(ONE);
  const { pid, started } = on.deps.process;
  const lock = { profile: 'p', run: 'theirs', pid, process: started, since: '2026-11-24T09:00:00.000Z' };
  await on.store.locks.take(lock);
  await assert.rejects(on.undo(first), refusedAs('run.already-running'));
  await on.store.locks.release('p', 'theirs');
  assert.equal(await on.undo(first), 2);
});

test('a file that changed is not touched, nor is anything undone with it; one that is gone is told', async (t) => {
  const on = await books();
  t.after(on.close);
  const first = await on.importing(ONE);
  const path = join(on.folder, 'VENTES.pnm');
  await appendFile(path, 'by hand');
  await assert.rejects(on.undo(first), refusedAs('delivery.changed-meanwhile'));
  assert.equal((await on.store.runs.get(first.run.id))?.state, 'written');
  const row = (await on.store.runs.get(first.run.id)) ?? assert.fail();
  assert.deepEqual(
    (await lookAtUndo(on.deps, row)).files.map(({ standing }) => standing),
    ['changed'],
  );
  await rm(path);
  assert.deepEqual(
    (await lookAtUndo(on.deps, row)).files.map(({ standing }) => standing),
    ['gone'],
  );
  assert.equal(await on.undo(first), 2);
  assert.deepEqual(await on.names(), []);
});

test('`comptoir undo` takes an import back after a yes, the next one writes it again, and an undone one is not undone twice', () =>
  inFolder('undo', async (folder) => {
    const home = join(folder, 'home');
    const create = 'profile create lavande --shop woocommerce --url http://127.0.0.1:1 --template france'.split(' ');
    await comptoir(home, create);
    const sales = join(folder, 'sales.jsonl');
    await writeFile(sales, `${HEADER}\n${JSON.stringify(saleJson({ id: 1 }))}\n`);
    const importing = async () =>
      JSON.parse(
        (await comptoir(home, ['import', 'sales', '--profile', 'lavande', '--file', sales, '--yes', '--json'])).out,
      );
    const { run, counts, files } = await importing();
    assert.equal(counts.written, 1);
    const asks = await comptoir(home, ['undo', run.id]);
    assert.deepEqual([asks.code, /--yes/.test(asks.err)], [2, true], 'nobody is there to say yes');
    assert.equal((await importing()).counts.written, 0, 'nothing was undone');
    const undone = await comptoir(home, ['undo', run.id, '--yes', '--reason', 'wrong journal']);
    assert.equal(undone.code, 0, undone.err);
    assert.deepEqual(await readdir(join(home, 'files', 'lavande')), [`VENTES.pnm.${run.id}.undone`]);
    const twice = await comptoir(home, ['undo', run.id, '--yes']);
    assert.equal(twice.code, 1);
    const again = await importing();
    assert.deepEqual([again.counts.written, again.files[0].sha256], [1, files[0].sha256], 'the same bytes');
    assert.equal((await comptoir(home, ['undo', 'nowhere', '--yes'])).code, 2);
  }));
