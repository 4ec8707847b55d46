import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Bench, bench } from '../../test/server-kit.ts';
import { Failure } from '../core/problem.ts';
import { serve } from './server.ts';

let on: Bench;
let web: string;

before(async () => {
  web = await mkdtemp(join(tmpdir(), 'comptoir-web-'));
  await mkdir(join(web, 'assets'));
  await writeFile(join(web, 'index.html'), '<!doctype html><title>Comptoir</title>');
  await writeFile(join(web, 'assets', 'main-a1b2.js'), 'export {};');
  on = await bench({ documents: [], gate: null, failure: null }, { webFolder: web });
});

after(async () => {
  await on.close();
  await rm(web, { recursive: true });
});

/** A request as written, for headers and paths that `fetch` would mend. */
function raw(options: { path?: string; method?: string; headers?: Record<string, string>; body?: string }) {
  const { hostname, port } = new URL(on.url);
  return new Promise<{ status: number; text: string; headers: Record<string, unknown> }>((resolve, reject) => {
    const asked = request({ hostname, port, path: '/api/info', agent: false, ...options }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => {
        text += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text, headers: answer.headers }));
    });
    asked.on('error', reject);
    asked.end(options.body);
  });
}

/** Bytes as they stand, and all that is answered until the server hangs up. */
function socket(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const asked = connect(Number(new URL(on.url).port), '127.0.0.1', () => asked.write(bytes));
    asked.setEncoding('utf8').on('data', (part) => {
      answer += part;
    });
    asked.on('error', reject).on('close', () => resolve(answer));
  });
}

/** As a command that reads its body from a pipe sends it. */
const CHUNKED = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
const POST_IMPORT = { method: 'POST', path: '/api/profiles/import', headers: CHUNKED };

test('a name of another site that points here is refused', async () => {
  const { port } = new URL(on.url);
  for (const host of [
    'evil.example',
    `evil.example:${port}`,
    `localhost.evil.example:${port}`,
    '127.0.0.1:1',
    '127.0.0.1',
    `0.0.0.0:${port}`,
  ]) {
    const { status, text } = await raw({ headers: { host } });
    assert.deepEqual([status, JSON.parse(text).code], [421, 'request.host'], host);
  }
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`, `LOCALHOST:${port}`]) {
    assert.equal((await raw({ headers: { host } })).status, 200, host);
  }
  assert.equal((await raw({ path: '/', headers: { host: 'evil.example' } })).status, 421);
  assert.equal((await raw({ headers: { host: `127.0.0.1:${port}@evil.example` } })).status, 400);
});

test('a change asked by the page of another site is refused; one asked by our page or by a command is not', async () => {
  const own = on.url;
  const cases: [Record<string, string>, number][] = [
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: own.replace('127.0.0.1', 'localhost') }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ origin: own, 'sec-fetch-site': 'same-origin' }, 200],
    [{}, 200],
  ];
  for (const [headers, status] of cases) {
    const answer = await on.call('POST', '/api/demos/demo-test', {}, headers);
    assert.equal(answer.status, status, JSON.stringify(headers));
    if (status === 403) assert.equal(answer.body.code, 'request.origin');
  }
  assert.equal((await on.call('GET', '/api/info', undefined, { 'sec-fetch-site': 'cross-site' })).status, 403);
});

test('a body that is not JSON, or not of the shape asked, is refused by name', async () => {
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
  ]) {
    const answer = await on.call('POST', '/api/demos/demo-test', '{}', { 'content-type': type });
    assert.deepEqual([answer.status, answer.body.code], [415, 'request.content-type'], type);
  }
  const broken = await on.call('POST', '/api/profiles', '{"name":');
  assert.deepEqual(
    [broken.status, broken.body],
    [400, { code: 'request.invalid', values: { field: 'body', reason: 'not JSON' } }],
  );
  const wrong = await on.call('POST', '/api/profiles/lavande/duplicate', { name: '', colour: 'red' });
  assert.equal(wrong.status, 400);
  assert.deepEqual(
    wrong.body.fields.map(({ path }: { path: string }) => path),
    ['name', ''],
  );
});

test('a body larger than the limit is refused before it is read', async () => {
  const answer = await on.call('POST', '/api/profiles/import', { document: { text: 'x'.repeat(5 * 1024 * 1024) } });
  const told = [413, { code: 'request.too-large', values: { limit: '4' } }];
  assert.deepEqual([answer.status, answer.body], told);
  const chunked = await raw({ ...POST_IMPORT, body: '{'.padEnd(5 * 1024 * 1024) });
  assert.deepEqual([chunked.status, JSON.parse(chunked.text)], told, 'in chunks, without its length');
});

test('a body may come in chunks, and one that is not needed may be absent altogether', async () => {
  const head = 'POST /api/demos/demo-test HTTP/1.1\r\ncontent-type: application/json\r\nconnection: close\r\n';
  assert.match(await socket(`${head}host: ${new URL(on.url).host}\r\n\r\n`), /^HTTP\/1\.1 200 [\s\S]*"id":"lavande"/);
  const chunked = await raw({ ...POST_IMPORT, body: '{"document":{}}' });
  assert.deepEqual([chunked.status, JSON.parse(chunked.text).code], [422, 'profile.invalid']);
});

test('every answer carries the security headers, and no script may come from inside a page', async () => {
  for (const path of ['/', '/api/info', '/api/nothing', '/assets/nothing.js']) {
    const { headers } = await on.call('GET', path);
    const policy = headers.get('content-security-policy') ?? '';
    assert.match(policy, /script-src 'self';/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
    assert.equal(headers.get('referrer-policy'), 'no-referrer', path);
  }
  assert.equal((await on.call('GET', '/api/info')).headers.get('cache-control'), 'no-store');
});

test('no path leads out of the web app', async () => {
  await writeFile(join(web, '..', 'comptoir-secret.txt'), 'secret');
  const paths = [
    '/../comptoir-secret.txt',
    '/..%2fcomptoir-secret.txt',
    '/%2e%2e/comptoir-secret.txt',
    '/assets/../../comptoir-secret.txt',
    '/assets/..%5c..%5ccomptoir-secret.txt',
    '//comptoir-secret.txt',
    '/%',
    '/%00',
    '/assets/main-a1b2.js%00.txt',
  ];
  for (const path of paths) {
    const { status, text } = await raw({ path });
    assert.equal(text.includes('secret'), false, path);
    assert.ok(status === 404 || status === 200, `${path} ${status}`);
  }
  await rm(join(web, '..', 'comptoir-secret.txt'));
});

test('the web app is served: pages by the same document, hashed files for ever, missing files as missing', async () => {
  for (const path of ['/', '/welcome', '/p/lavande/review/20261124-081402-a1?tab=all']) {
    const answer = await on.call('GET', path);
    assert.match(answer.text, /<title>Comptoir/);
    assert.equal(answer.headers.get('cache-control'), 'no-cache');
    assert.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8');
  }
  const script = await on.call('GET', '/assets/main-a1b2.js');
  assert.equal(script.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  const again = await on.call('GET', '/', undefined, {
    'if-none-match': (await on.call('GET', '/')).headers.get('etag') ?? '',
  });
  assert.equal(again.status, 304);
  assert.equal((await on.call('GET', '/assets/old-0000.js')).status, 404);
  const unknown = await on.call('GET', '/api/nothing');
  assert.deepEqual([unknown.status, unknown.body.code], [404, 'request.unknown']);
});

test('a fault of the programme answers 500 without details, and is logged', async () => {
  const before = on.faults.length;
  await on.deps.store.profiles.add({ id: 'broken', document: '{"name":1}', demo: false, at: '2026-11-01T08:00:00Z' });
  const answer = await on.call('GET', '/api/profiles/broken');
  assert.deepEqual([answer.status, answer.body], [500, { code: 'internal', values: {} }]);
  assert.equal(on.faults.length, before + 1);
  const info = await on.call('GET', '/api/info');
  assert.equal(info.body.profiles.find(({ id }: { id: string }) => id === 'broken')?.name, 'broken');
  await on.deps.store.profiles.remove('broken');
});

test('a port taken by another program gives the next one; by a Comptoir of the same folder, its address', async () => {
  const other = createServer((_, answer) => answer.end('hello'));
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const next = await serve(on.app, { port });
  assert.equal(next.state, 'serving');
  assert.ok(next.port > port);
  const same = await serve(on.app, { port: next.port });
  assert.deepEqual(same, { state: 'already', url: next.url, port: next.port });
  const elsewhere = { ...on.app, deps: { ...on.app.deps, home: '/another/folder' } };
  const third = await serve(elsewhere, { port: next.port });
  assert.equal(third.state, 'serving');
  for (const one of [next, third]) if (one.state === 'serving') await one.close();
  other.close();
});

test('beyond this machine it does not listen', async () => {
  for (const host of ['0.0.0.0', '::', '192.168.1.10', 'comptoir.example']) {
    await assert.rejects(
      serve(on.app, { port: 0, host }),
      (error) => error instanceof Failure && error.code === 'server.beyond-loopback',
      host,
    );
  }
});
