import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { type TestContext, test } from 'node:test';
import { runBench } from '../../test/run-kit.ts';
import { day } from '../core/calendar.ts';
import type { SalesDocument } from '../core/document.ts';
import { sketch } from '../core/testing/sketch.ts';
import { csv } from '../formats/csv.ts';
import type { ProfileInput } from '../profiles/profile.ts';
import { fileOf } from './stored.ts';

function sale(id: number, date: string, text = 'sale FR; product 10 20% 2; paid card 12'): SalesDocument {
  const one = sketch(text);
  const on = day(date);
  return {
    ...one,
    key: `sale/${id}`,
    order: { id: String(id), number: String(id), date: on },
    invoice: { id: String(id), number: `FA${id}`, date: on },
    payments: one.payments.map((payment) => ({ ...payment, date: on })),
  };
}

async function benchOf(t: TestContext, advanced: ProfileInput['advanced']) {
  const on = await runBench({ ledger: { type: 'csv' }, advanced });
  t.after(on.close);
  return on;
}

/** `journal date piece account amount` of each line of a CSV file. */
async function linesOf(text: string): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const batch of csv.read([Buffer.from(text, 'latin1')])) {
    for (const line of batch) {
      if (line.type === 'fault') assert.fail(`${line.lineNumber}: ${line.expected}`);
      const { journal, date, piece, reference, account, amountMinor } = line;
      lines.push([journal, date, piece, reference, account, amountMinor].join(' '));
    }
  }
  return lines;
}

test('SPEC-7.5 D-26 the file has one entry a day; its annex every document with its group; each document is marked', async (t) => {
  const on = await benchOf(t, { grouping: 'day' });
  on.shop.documents = [sale(1, '2026-09-01'), sale(2, '2026-09-01'), sale(3, '2026-09-02')];
  const { counts, run, files, documents, troubles } = await on.run();
  assert.deepEqual([counts.written, counts.entries, troubles], [3, 6, []], 'documents keep their own entries');
  assert.ok(documents.every(({ state }) => state === 'written'));
  const [annex, file] = await on.files();
  assert.deepEqual([annex?.name, file?.name], ['VENTES-annexe.csv', 'VENTES.csv']);
  assert.deepEqual(await linesOf(file?.text ?? ''), [
    'BNQ 2026-09-01 20260901-2 FR Name of card 411000 -2400',
    'BNQ 2026-09-01 20260901-2 FR Name of card 512000 2400',
    'BNQ 2026-09-02 20260902-4 FR Name of card 411000 -1200',
    'BNQ 2026-09-02 20260902-4 FR Name of card 512000 1200',
    'VTE 2026-09-01 20260901-1 FR Name of card 411000 2400',
    'VTE 2026-09-01 20260901-1 FR Name of card 707100 -2000',
    'VTE 2026-09-01 20260901-1 FR Name of card 445711 -400',
    'VTE 2026-09-02 20260902-3 FR Name of card 411000 1200',
    'VTE 2026-09-02 20260902-3 FR Name of card 707100 -1000',
    'VTE 2026-09-02 20260902-3 FR Name of card 445711 -200',
  ]);
  const detail = (await linesOf(annex?.text ?? '')).filter((line) => line.includes(' 411000 '));
  assert.deepEqual(detail, [
    'BNQ 2026-09-01 FA1 2 20260901-2 411000 -1200',
    'BNQ 2026-09-01 FA2 2 20260901-2 411000 -1200',
    'BNQ 2026-09-02 FA3 4 20260902-4 411000 -1200',
    'VTE 2026-09-01 FA1 1 20260901-1 411000 1200',
    'VTE 2026-09-01 FA2 1 20260901-1 411000 1200',
    'VTE 2026-09-02 FA3 3 20260902-3 411000 1200',
  ]);
  assert.equal(files[0]?.lines, 10);
  const kept = fileOf((await on.store.runs.get(run.id)) ?? assert.fail());
  assert.equal(await readFile(kept?.annex?.copyPath ?? '', 'latin1'), annex?.text, 'it can be had again');
  assert.deepEqual((await on.run()).entries, [], 'once');
});

test('SPEC-7.5 grouping changes nothing of what a document is: it is corrected and explained by its own entries', async (t) => {
  const on = await benchOf(t, { grouping: 'day' });
  on.shop.documents = [sale(1, '2026-09-01'), sale(2, '2026-09-01')];
  await on.run();
  on.shop.documents = [sale(1, '2026-09-01', 'sale FR; product 20 20% 4; paid card 24'), sale(2, '2026-09-01')];
  const { entries, files } = await on.run({ corrections: 'write' });
  assert.deepEqual(
    entries.map(({ part }) => part),
    ['correction/1', 'document', 'correction/1/payment/1', 'payment/1'],
  );
  assert.equal(files.length, 2, 'the file and its annex');
});

test('SPEC-7.5 what the format refuses of one document holds that one; the group goes without it', async (t) => {
  const on = await benchOf(t, { grouping: 'day' });
  await on.save({ ledger: { type: 'sage-pnm' }, advanced: { grouping: 'day' } });
  on.shop.documents = [
    sale(1, '2026-09-01'),
    sale(2, '2026-09-01', 'sale FR; product 10 20% 2; total 15 13 2; paid card 15'),
  ];
  const { counts, run } = await on.run();
  assert.deepEqual([run.state, counts.written, counts.held], ['written', 1, 1]);
});

test('R-02 grouping by month is told on each run; by day is not', async (t) => {
  const on = await benchOf(t, { grouping: 'month' });
  on.shop.documents = [sale(1, '2026-09-01'), sale(2, '2026-09-20')];
  const { troubles } = await on.run();
  assert.deepEqual(troubles, [{ code: 'grouping.monthly', values: {} }]);
  const [, file] = await on.files();
  assert.deepEqual(
    (await linesOf(file?.text ?? '')).filter((line) => line.includes('707100')),
    ['VTE 2026-09-20 202609-1 FR Name of card 707100 -2000'],
  );
});

test('SPEC-7.5 a delivery that cannot be placed leaves neither file nor annex, and marks nothing', async (t) => {
  const on = await benchOf(t, { grouping: 'day' });
  on.shop.documents = [sale(1, '2026-09-01')];
  const place = on.deps.place;
  Object.assign(on.deps, {
    place: (sealed: Parameters<typeof place>[0]) =>
      sealed.targetPath.endsWith('VENTES.csv') ? Promise.reject(new Error('gone')) : place(sealed),
  });
  await assert.rejects(on.run());
  assert.deepEqual(await on.files(), []);
  Object.assign(on.deps, { place });
  assert.equal((await on.run()).counts.written, 1);
});
