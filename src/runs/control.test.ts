import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { HEADER, saleJson } from '../../test/command-kit.ts';
import { runBench } from '../../test/run-kit.ts';
import { day } from '../core/calendar.ts';
import type { SalesDocument } from '../core/document.ts';
import { sketch } from '../core/testing/sketch.ts';

/** A sale of 12.00 with that invoice number; each its own order. */
function sale(
  id: number,
  number: string | null,
  date = '2026-09-10',
  changes: Partial<SalesDocument> = {},
): SalesDocument {
  const on = day(date);
  return {
    ...sketch('sale FR; product 10 20% 2; paid card 12'),
    key: `sale/${id}`,
    order: { id: String(id), number: String(id), date: on },
    invoice: number === null ? null : { id: String(id), number, date: on },
    ...changes,
  };
}

async function benchOf(t: TestContext) {
  const on = await runBench();
  t.after(on.close);
  return on;
}

test('D-15 read, ready, held, excluded and already transferred add up to what the shop counts, with their reasons', async (t) => {
  const on = await benchOf(t);
  on.shop.documents = [sale(1, 'FA1'), sale(2, 'FA2')];
  on.shop.count = () => on.shop.documents.length;
  await on.run();
  on.shop.documents = [
    ...on.shop.documents,
    sale(3, 'FA3', '2026-09-11', { test: true }),
    { ...sale(4, 'FA4', '2026-09-11'), billing: null, delivery: null, taxCountry: null },
    sale(5, 'FA5', '2026-09-12'),
  ];
  const { counts, control, reasonCounts, troubles } = await on.run();
  assert.deepEqual(
    [counts.read, counts.ready, counts.held, counts.excluded, counts.alreadyTransferred],
    [5, 1, 1, 1, 2],
  );
  assert.deepEqual([control?.source, control?.counted, control?.records, control?.complete], [5, 'shop', 5, true]);
  assert.deepEqual(reasonCounts, [
    { state: 'excluded', code: 'document.test-order', count: 1, values: { currency: 'EUR' } },
    { state: 'held', code: 'document.no-country', count: 1, values: { currency: 'EUR' } },
  ]);
  assert.deepEqual(troubles, []);
});

test('D-15 a shop that counts more than it hands over is told, with what to do; the rest is written', async (t) => {
  const on = await benchOf(t);
  on.shop.documents = [sale(1, 'FA1'), sale(2, 'FA2')];
  on.shop.count = () => 3;
  const { counts, control, troubles, run } = await on.run();
  assert.deepEqual([run.state, counts.written, control?.complete], ['written', 2, false]);
  assert.deepEqual(troubles, [{ code: 'run.count-differs', values: { source: '3', read: '2' } }]);
  assert.deepEqual(
    JSON.parse((await on.store.runs.get(run.id))?.troubles ?? ''),
    troubles,
    'it stays on the page of the run',
  );
});

test('D-15 an order that comes in while we read is no difference; one that cannot be counted is not judged', async (t) => {
  const on = await benchOf(t);
  on.shop.documents = [sale(1, 'FA1'), sale(2, 'FA2')];
  const counts = [1, 2];
  on.shop.count = () => counts.shift() ?? 2;
  assert.equal((await on.run({ mode: 'preview' })).control?.complete, true);
  on.shop.count = null;
  const { control, troubles } = await on.run({ mode: 'preview' });
  assert.deepEqual([control?.source, control?.complete, control?.records, troubles], [null, null, 2, []]);
});

test('D-15 an order of two invoices is one at the shop and two documents here', async (t) => {
  const on = await benchOf(t);
  const [first, second] = [sale(1, 'FA1'), { ...sale(1, 'FA2'), key: 'sale/1/inv-9' }];
  on.shop.documents = [first, second, sale(2, 'FA3')];
  on.shop.count = () => 2;
  const { counts, control } = await on.run({ mode: 'preview' });
  assert.deepEqual([counts.read, control?.records, control?.complete], [3, 2, true]);
});

test('D-15 the lines of a file are all accounted for: of this import, of another kind or period, or unreadable', async (t) => {
  const on = await benchOf(t);
  const path = join(on.home, 'sales.jsonl');
  const lines = [
    saleJson({ id: 1 }),
    saleJson({ id: 2, date: '2026-10-05' }),
    { kind: 'sale', key: 'sale/3' },
    'not a document',
  ];
  await writeFile(path, `${[HEADER, ...lines.map((line) => JSON.stringify(line))].join('\n\n')}\n`);
  const { counts, control } = await on.run({ source: { type: 'file', path }, mode: 'preview' });
  assert.deepEqual(
    [control?.source, control?.counted, control?.records, control?.leftOut, control?.complete],
    [4, 'file', 3, 1, true],
  );
  assert.deepEqual([counts.read, counts.held], [3, 2]);
});

test('D-10 missing and doubled numbers and disorder of dates are told before anything is delivered', async (t) => {
  const on = await benchOf(t);
  on.shop.documents = [
    sale(1, 'FA1'),
    sale(2, 'FA3', '2026-09-12'),
    sale(3, 'FA3', '2026-09-12'),
    sale(4, 'FA4', '2026-09-11'),
  ];
  const { troubles, control } = await on.run({ mode: 'review' });
  assert.deepEqual(troubles, [
    { code: 'series.missing', values: { series: 'FA#', count: '1', numbers: 'FA2' } },
    { code: 'series.doubled', values: { series: 'FA#', numbers: 'FA3 (3)' } },
    { code: 'series.disorder', values: { series: 'FA#', numbers: 'FA3 (2026-09-12) > FA4 (2026-09-11)' } },
  ]);
  assert.deepEqual([control?.series[0]?.first, control?.series[0]?.last, control?.series[0]?.count], ['FA1', 'FA4', 4]);
});

test('D-10 a number read in another period is not missing; a series goes on from where the period before ended', async (t) => {
  const on = await benchOf(t);
  const month = (from: string, to: string) => ({ type: 'days', from: day(from), to: day(to) }) as const;
  on.shop.documents = [sale(1, 'FA1', '2026-08-10'), sale(2, 'FA2', '2026-08-11'), sale(3, 'FA5', '2026-08-31')];
  const august = await on.run({ period: month('2026-08-01', '2026-08-31') });
  assert.deepEqual(august.control?.series[0]?.missing, ['FA3', 'FA4']);
  on.shop.documents = [sale(4, 'FA4', '2026-09-02'), sale(5, 'FA6', '2026-09-02'), sale(6, 'FA8', '2026-09-03')];
  const september = await on.run();
  assert.deepEqual(september.control?.series[0]?.missing, ['FA7'], 'FA5 was read with August');
  on.shop.documents = [sale(7, 'FA11', '2026-10-02')];
  const october = await on.run({ period: month('2026-10-01', '2026-10-31') });
  assert.deepEqual(october.control?.series[0]?.missing, ['FA9', 'FA10'], 'nothing is between two months');
});

test('D-10 credit notes have their own series, sub-shops theirs, and documents without number none', async (t) => {
  const on = await benchOf(t);
  const note = (id: number, number: string, shop: string): SalesDocument => ({
    ...sketch('creditNote FR; product 10 20% 2; refunded card 12'),
    key: `creditNote/${id}`,
    creditNote: { id: String(id), number, date: day('2026-09-10'), reason: null },
    subShop: { id: shop, name: null },
  });
  on.shop.documents = [note(1, 'AV1', '1'), note(2, 'AV3', '1'), note(3, 'AV2', '2'), sale(1, null)];
  const { control } = await on.run({ kind: 'creditNotes', mode: 'preview' });
  assert.deepEqual(
    control?.series.map(({ name, missing }) => [name, missing]),
    [
      ['1: AV#', ['AV2']],
      ['2: AV#', []],
    ],
  );
  assert.deepEqual((await on.run({ mode: 'preview' })).control?.series, []);
});
