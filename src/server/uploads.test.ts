import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { strToU8, zipSync } from 'fflate';
import { type Bench, bench, lastOf, listen, order, waitFor } from '../../test/server-kit.ts';
import type { RunDocuments } from '../api/api.ts';
import { MAX_FILE_MEGABYTES } from '../api/limits.ts';
import type { Review, ReviewRows } from '../api/review.ts';
import type { SalesDocument } from '../core/document.ts';
import { sketch } from '../core/testing/sketch.ts';
import { documentToJson } from '../schema/sales-json.ts';
import { keepUpload, removeOldUploads } from './uploads.ts';

const HEADER = {
  format: 'comptoir-sales',
  version: '1.0',
  shop: { id: 'atelier', currency: 'EUR', timeZone: 'Europe/Paris' },
};
const NOTE: SalesDocument = {
  ...sketch('creditNote FR; product 10.00 20% 2.00; refunded card 12.00'),
  ...{ key: 'creditNote/1' },
};
const LINES = [
  JSON.stringify(HEADER),
  JSON.stringify(documentToJson(order(1, 'sale FR; product 403.00 20% 80.60; paid card 483.60'))),
  '{"kind":"sale","key":"sale/2","order":{"id":"2","date":"2026-11-02"},"gross":"twelve"}',
  JSON.stringify(documentToJson(NOTE)),
];

async function open(t: TestContext): Promise<Bench> {
  const on = await bench({ documents: [], gate: null, failure: null });
  t.after(on.close);
  return on;
}

function send(on: Bench, query: string, body: string | Uint8Array, type = 'application/x-ndjson') {
  return on.call('POST', `/api/profiles/lavande/runs/file?${query}`, body, { 'content-type': type });
}

const uploads = (on: Bench) => readdir(join(on.home, 'uploads')).catch(() => []);

test('S-051 a file of sales is read, reviewed and forgotten; a line that is no document is held, with its number', async (t) => {
  const on = await open(t);
  const started = await send(on, 'kind=sales&name=ventes%20d%27octobre.jsonl', LINES.join('\n'));
  assert.deepEqual([started.status, started.body.sourceFile], [202, 'ventes d’octobre.jsonl'.replace('’', "'")]);
  const { state, counts, from } = lastOf(await listen(`${on.url}/api/runs/${started.body.id}/events`));
  assert.deepEqual([state, counts.read, counts.ready, counts.held, from], ['review', 2, 1, 1, null]);
  await waitFor(async () => ((await uploads(on)).length === 0 ? true : null));
  const review = (await on.call('GET', `/api/reviews/${started.body.id}`)).body as Review;
  assert.deepEqual([review.totals.entries, review.totals.debit], [2, '967.20']);
  const { rows } = (await on.call('GET', `/api/reviews/${started.body.id}/rows?tab=to-mend`)).body as ReviewRows;
  const [held] = rows;
  assert.equal(held?.type, 'document');
  const [reason] = held.reasons;
  assert.deepEqual([held.key, reason?.code, reason?.values.line], ['sale/2', 'file.line-unreadable', '3']);
});

test('S-052 a file of credit notes, written at once when no review is asked', async (t) => {
  const on = await open(t);
  const { body } = await send(on, 'kind=creditNotes&name=avoirs.jsonl&review=false', LINES.join('\n'));
  const { state, counts, file } = lastOf(await listen(`${on.url}/api/runs/${body.id}/events`));
  assert.deepEqual([state, counts.read, counts.written], ['written', 1, 1]);
  assert.ok(file !== null);
  const again = await send(on, 'kind=creditNotes&name=avoirs.jsonl&review=false', LINES.join('\n'));
  const second = lastOf(await listen(`${on.url}/api/runs/${again.body.id}/events`));
  assert.deepEqual([second.counts.alreadyTransferred, second.counts.written], [1, 0], 'once and only once');
  const included = 'kind=creditNotes&name=avoirs.jsonl&review=false&includeTransferred=true';
  const third = await send(on, included, LINES.join('\n'));
  assert.equal(lastOf(await listen(`${on.url}/api/runs/${third.body.id}/events`)).counts.written, 1);
});

test('S-051 S-052 several files in one archive are one import; one that cannot be read holds itself by its name', async (t) => {
  const on = await open(t);
  const [header = '', sale = '', , note = ''] = LINES;
  const body = zipSync({
    'ventes.jsonl': strToU8(`${header}\n${sale}`),
    'à garder.txt': strToU8('bonjour'),
    'avoirs.jsonl': strToU8(`${header}\n${note}`),
  });
  for (const [kind, key] of [
    ['sales', 'sale/1'],
    ['creditNotes', 'creditNote/1'],
  ]) {
    const { body: run } = await send(on, `kind=${kind}&name=lot.zip`, body, 'application/octet-stream');
    const { state, counts } = lastOf(await listen(`${on.url}/api/runs/${run.id}/events`));
    assert.deepEqual([state, run.sourceFile, counts.read, counts.ready, counts.held], ['review', 'lot.zip', 2, 1, 1]);
    const { rows } = (await on.call('GET', `/api/runs/${run.id}/documents`)).body as RunDocuments;
    assert.ok(
      rows.some((row) => row.key === key),
      JSON.stringify(rows),
    );
    const mend = (await on.call('GET', `/api/reviews/${run.id}/rows?tab=to-mend`)).body as ReviewRows;
    const [held] = mend.rows;
    assert.equal(held?.type, 'document');
    assert.equal(held.reasons[0]?.values.file, 'à garder.txt');
  }
  await waitFor(async () => ((await uploads(on)).length === 0 ? true : null));
});

test('a file that is none of ours is said by its own name, and nothing stays of it', async (t) => {
  const on = await open(t);
  for (const body of ['{"orders":[]}', '', 'bonjour']) {
    const started = await send(on, 'kind=sales&name=commandes.csv', body);
    const { state, trouble } = lastOf(await listen(`${on.url}/api/runs/${started.body.id}/events`));
    assert.deepEqual(
      [state, trouble?.code, trouble?.values.path],
      ['failed', 'file.not-comptoir-sales', 'commandes.csv'],
      body,
    );
  }
  await waitFor(async () => ((await uploads(on)).length === 0 ? true : null));
});

test('a file is taken from our own page alone, under its own type, for a profile that is there and at rest', async (t) => {
  const on = await open(t);
  const statuses = await Promise.all([
    send(on, 'kind=sales&name=a', LINES.join('\n'), 'application/json'),
    send(on, 'kind=sales&name=a', LINES.join('\n'), 'text/plain'),
    send(on, 'kind=orders&name=a', LINES.join('\n')),
    send(on, 'kind=sales', LINES.join('\n')),
    on.call('POST', '/api/profiles/none/runs/file?kind=sales&name=a', 'x', { 'content-type': 'application/x-ndjson' }),
    on.call('POST', '/api/profiles/lavande/runs/file?kind=sales&name=a', LINES.join('\n'), {
      ...{ 'content-type': 'application/x-ndjson', origin: 'https://evil.example' },
    }),
    on.call('POST', '/api/profiles/lavande/runs', '{}', { 'content-type': 'application/x-ndjson' }),
  ]);
  assert.deepEqual(
    statuses.map(({ status }) => status),
    [415, 415, 400, 400, 404, 403, 415],
  );
  assert.deepEqual((await on.call('GET', '/api/profiles/lavande/runs')).body, []);
  assert.deepEqual(await uploads(on), []);
});

test('a file beyond the limit, or that breaks off, leaves nothing; leftovers go after a day', async (t) => {
  const home = await mkdtemp(join(tmpdir(), 'comptoir-uploads-'));
  t.after(() => rm(home, { recursive: true }));
  const left = () => readdir(join(home, 'uploads'));
  async function* chunks(count: number, end?: Error) {
    for (let at = 0; at < count; at += 1) yield new Uint8Array(1024);
    if (end) throw end;
  }
  await assert.rejects(keepUpload(home, chunks(3), 2048), { code: 'request.too-large' });
  await assert.rejects(keepUpload(home, chunks(1, new Error('gone'))), /gone/);
  assert.deepEqual(await left(), []);
  const { path } = await keepUpload(home, chunks(2), 2048);
  const young = await keepUpload(home, chunks(1));
  const now = Date.now();
  await utimes(path, (now - 25 * 3600_000) / 1000, (now - 25 * 3600_000) / 1000);
  await removeOldUploads(home, now);
  assert.deepEqual(
    (await left()).map((name) => join(home, 'uploads', name)),
    [young.path],
  );
  await young.forget();
  await removeOldUploads(join(home, 'none'), now);
  assert.ok(MAX_FILE_MEGABYTES >= 512);
});

test('a file larger than any body of JSON may be is taken', async (t) => {
  const on = await open(t);
  const label = 'x'.repeat(200);
  const many = Array.from({ length: 6000 }, (_, at) =>
    JSON.stringify(documentToJson(order(at + 1, `sale FR; product 10.00 20% 2.00 label=${label}; paid card 12.00`))),
  );
  const text = [JSON.stringify(HEADER), ...many].join('\n');
  assert.ok(text.length > 4 * 1024 * 1024);
  await writeFile(join(on.home, 'big.jsonl'), text);
  const { status, body } = await send(on, 'kind=sales&name=big.jsonl', text);
  assert.equal(status, 202);
  assert.equal(lastOf(await listen(`${on.url}/api/runs/${body.id}/events`)).counts.ready, 6000);
});

test('S-051 the beginning of a file tells what it is before it is sent, and nothing stays of it', async (t) => {
  const on = await open(t);
  const peek = (body: string, query = 'kind=sales&name=ventes.jsonl') =>
    on.call('POST', `/api/profiles/lavande/runs/file/peek?${query}`, body, {
      'content-type': 'application/octet-stream',
    });
  const { status, body } = await peek(LINES.join('\n').slice(0, -20));
  assert.deepEqual([status, body.format, body.shop, body.first.gross], [200, 'json-lines', 'atelier', '483.60']);
  const wrong = await peek('bonjour');
  assert.deepEqual(
    [wrong.status, wrong.body.code, wrong.body.values.path],
    [422, 'file.not-comptoir-sales', 'ventes.jsonl'],
  );
  assert.deepEqual(await uploads(on), []);
  assert.deepEqual((await on.call('GET', '/api/profiles/lavande/runs')).body, []);
});

test('S-051 a CSV is told by how it would be read; a correction is kept for its columns, and forgotten', async (t) => {
  const on = await open(t);
  const text = 'Commande;Date;Montant HT;Devise\n1;03/04/2026;12,00;EUR\n2;05/04/2026;10,00;EUR\n';
  const peek = async () => {
    const { body } = await on.call('POST', '/api/profiles/lavande/runs/file/peek?kind=sales&name=ventes.csv', text, {
      'content-type': 'application/octet-stream',
    });
    return body;
  };
  const { format, csv } = await peek();
  assert.deepEqual([format, csv.known, csv.documents], ['csv', false, []]);
  assert.deepEqual(csv.questions, [{ id: 'dates', values: ['03/04/2026', '05/04/2026'] }]);
  const refused = await send(on, 'kind=sales&name=ventes.csv', text);
  const failed = lastOf(await listen(`${on.url}/api/runs/${refused.body.id}/events`));
  assert.deepEqual([failed.state, failed.trouble?.code], ['failed', 'file.csv-unsure']);

  const address = `/api/profiles/lavande/file-layouts/${csv.fingerprint}`;
  const json = { 'content-type': 'application/json' };
  const keep = (layout: object) => on.call('PUT', address, JSON.stringify({ layout }), json);
  assert.equal((await keep({ ...csv.layout, dates: 'dm' })).status, 400);
  assert.equal((await keep({ ...csv.layout, dates: 'dmy' })).status, 200);
  const kept = (await peek()).csv;
  assert.deepEqual(
    [kept.known, kept.questions, kept.documents[0].date, kept.documents[0].gross],
    [true, [], '2026-04-03', '12.00'],
  );
  const { status, body } = await send(on, 'kind=sales&name=ventes.csv', text);
  assert.equal(status, 202);
  assert.equal(lastOf(await listen(`${on.url}/api/runs/${body.id}/events`)).counts.read, 2);
  assert.equal((await on.call('DELETE', address, '{}', json)).status, 200);
  assert.equal((await peek()).csv.known, false);
  assert.equal(
    (await on.call('PUT', '/api/profiles/lavande/file-layouts/x', JSON.stringify({ layout: csv.layout }), json)).status,
    400,
  );
});
