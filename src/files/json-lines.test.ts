import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Failure } from '../core/problem.ts';
import { openSalesFile } from './open.ts';

const HEADER =
  '{"format":"comptoir-sales","version":"1.0","shop":{"id":"a","name":"A","currency":"EUR","timeZone":"Europe/Paris"}}';
let folder = '';

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comptoir-sales-file-'));
});
after(() => rm(folder, { recursive: true }));

async function problemsIn(...lines: readonly string[]) {
  const path = join(folder, 'sales.jsonl');
  await writeFile(path, [HEADER, ...lines].join('\n'));
  const found = [];
  for await (const { items } of (await openSalesFile(path, new AbortController().signal)).lots) {
    for (const item of items) found.push(item.state === 'unreadable' ? [item.key, ...item.problems] : [item.state]);
  }
  return found.map(([key, one]) => (typeof one === 'object' ? [key, one.code, one.severity, one.values] : [key]));
}

test('file.line-unreadable: a line that is no document is held with its number, its field and the reason', async () => {
  assert.deepEqual(await problemsIn('not json', '', '{"key":"sale/9","kind":"other","order":{"id":"9"}}'), [
    ['line/2', 'file.line-unreadable', 'hold', { line: '2', field: '', reason: 'not-json' }],
    ['sale/9', 'file.line-unreadable', 'hold', { line: '4', field: 'kind', reason: 'not-a-choice: sale, creditNote' }],
  ]);
});

test('documents of one order are handed on together, so that they can balance together', async () => {
  const path = join(folder, 'orders.jsonl');
  const orders = [...Array.from({ length: 24 }, (_, at) => String(at)), 'a', 'a', 'a', 'b'];
  const lines = orders.map((id, at) => JSON.stringify({ key: `sale/${at}`, kind: 'other', order: { id } }));
  await writeFile(path, [HEADER, ...lines].join('\n'));
  const lots: number[] = [];
  for await (const { items } of (await openSalesFile(path, new AbortController().signal)).lots) lots.push(items.length);
  assert.deepEqual(lots, [27, 1]);
});

test('a file that is not of this kind is a failure that says why', async () => {
  const failed = async (name: string, text: string | null) => {
    const path = join(folder, name);
    if (text !== null) await writeFile(path, text);
    const error = await openSalesFile(path, new AbortController().signal).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof Failure);
    return [error.code, error.values.field, error.values.reason];
  };
  assert.deepEqual(await failed('absent.jsonl', null), ['file.unreadable', undefined, 'ENOENT']);
  assert.deepEqual(await failed('text.txt', 'bonjour'), ['file.not-comptoir-sales', '', 'not-json']);
  assert.deepEqual(await failed('empty.jsonl', ''), ['file.not-comptoir-sales', '', 'not-json']);
  const [code, field] = await failed('other.jsonl', '{"format":"other"}');
  assert.deepEqual([code, field], ['file.not-comptoir-sales', 'format']);
  assert.deepEqual(await failed('late.jsonl', HEADER.replace('1.0', '2.0')), [
    'file.not-comptoir-sales',
    'version',
    'unknown-version',
  ]);
});

test('a line without end and a key without measure are held by their number, and the next line is read', async () => {
  const long = JSON.stringify({ key: 'k'.repeat(1_000_000), kind: 'sale', order: { id: 'i'.repeat(1_000_000) } });
  const found = await problemsIn('x'.repeat(40 * 1024 * 1024), long, 'not json');
  assert.deepEqual(
    found.map(([key]) => key),
    ['line/2', 'line/3', 'line/4'],
  );
  assert.deepEqual(found[0]?.[3], { line: '2', field: '', reason: 'too-large: 16777216' });
});

test('a folder in the place of a file is a failure', async () => {
  await assert.rejects(
    openSalesFile(folder, new AbortController().signal),
    (error) => error instanceof Failure && error.code === 'file.unreadable' && error.values.reason === 'EISDIR',
  );
});

test('signs of several bytes come whole, wherever the pieces the file is read in end', async () => {
  const label = 'é€😀'.repeat(40);
  const amounts = { net: '1.00', gross: '1.00' };
  const lines = Array.from({ length: 2000 }, (_, at) => ({ id: String(at), kind: 'product', label, ...amounts }));
  const document = {
    kind: 'sale',
    key: 'sale/1',
    order: { id: '1', date: '2026-11-24' },
    customer: {},
    currency: { code: 'EUR' },
    lines,
    totals: { net: '2000.00', tax: '0.00', gross: '2000.00' },
  };
  const path = join(folder, 'long.jsonl');
  for (const shift of ['', 'a', 'ab', 'abc']) {
    await writeFile(path, `${HEADER}\r\n${JSON.stringify({ ...document, key: `sale/${shift}` })}\r\n\r\n`);
    const opened = await openSalesFile(path, new AbortController().signal);
    const [item] = (await Array.fromAsync(opened.lots)).flatMap(({ items }) => items);
    assert.ok(item?.state === 'read');
    assert.equal(item.document.key, `sale/${shift}`);
    assert.ok(item.document.lines.every((line) => line.label === label));
    assert.equal(opened.documents(), 1);
  }
});

test('D-15 documents of a file are counted as they are handed over, the header and blank lines are none', async () => {
  const path = join(folder, 'counted.jsonl');
  await writeFile(path, [HEADER, '{}', '', '{}', '{}', ''].join('\n'));
  const { lots, documents } = await openSalesFile(path, new AbortController().signal);
  assert.equal(documents(), 0);
  let handed = 0;
  for await (const { items } of lots) handed += items.length;
  assert.deepEqual([handed, documents()], [3, 3]);
});
