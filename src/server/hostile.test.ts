import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { type Answer, type Bench, bench, lastOf, listen, order } from '../../test/server-kit.ts';
import { attached } from './attached.ts';
import { ROUTES } from './routes.ts';

/** What somebody who means harm asks of the server: it answers 4xx, in its time, and tells nothing it should not. */

const SECRETS = ['CANARY-of-the-key', 'CANARY-of-basic-auth', 'CANARY-of-the-proxy', 'CANARY-of-a-user'] as const;
const PASSWORD = `${SECRETS[3]} long`;
const OCTETS = { 'content-type': 'application/octet-stream' };
let on: Bench;
let run: string;
let cookie: string;

/** Somebody has given every secret there is, a run was written, another waits. */
before(async () => {
  const documents = [
    order(1, 'sale FR; product 403.00 20% 80.60; paid card 483.60'),
    order(4, 'sale BE; product 100.00 21% 21.00; paid card 121.00'),
  ];
  on = await bench({ documents, gate: null, failure: null });
  const { body } = await on.call('GET', '/api/profiles/lavande/document');
  const http = { ...body.profile.shop.http, basicAuthUser: 'anne' };
  const saved = await on.call('PUT', '/api/profiles/lavande/document', {
    ...{ revision: body.revision, profile: { ...body.profile, shop: { ...body.profile.shop, http } } },
    secrets: { key: SECRETS[0], basicAuthPassword: SECRETS[1] },
  });
  assert.equal(saved.status, 200, saved.text);
  const proxy = { url: 'http://127.0.0.1:9', user: 'anne', exceptions: [], password: SECRETS[2] };
  assert.equal((await on.call('PUT', '/api/proxy', proxy)).status, 200);
  await imported(false);
  run = await imported(true);
  const made = await on.call('POST', '/api/users', { name: 'Anne', password: PASSWORD, role: 'configure' });
  [cookie = ''] = (made.headers.get('set-cookie') ?? '').split(';');
  if (cookie === '') {
    const signed = await on.call('POST', '/api/session', { user: 'Anne', password: PASSWORD });
    [cookie = ''] = (signed.headers.get('set-cookie') ?? '').split(';');
  }
});
after(() => on.close());

async function imported(review: boolean): Promise<string> {
  const asked = { kind: 'sales', from: '2026-11-01', to: '2026-11-30', review, includeTransferred: review };
  const { body } = await on.call('POST', '/api/profiles/lavande/runs', asked);
  lastOf(await listen(`${on.url}/api/runs/${body.id}/events`));
  return body.id;
}

const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  on.call(method, path, body, { cookie, ...headers });

test('no secret is in any answer, of any route that reads, in the stream, the exports, a backup or the data folder', async () => {
  const { body } = await ask('GET', `/api/reviews/${run}/rows?limit=1`);
  assert.ok(body.rows.length > 0, 'there is something to tell');
  const places: Readonly<Record<string, string>> = {
    ...{ profile: 'lavande', run, number: '1', line: '1', mapping: 'taxes', language: 'fr' },
  };
  const query = 'from=2026-11-01&to=2026-11-30&document=sale/1&kind=sales&lang=en';
  const told: [string, string][] = [];
  for (const { method, path } of ROUTES.filter((route) => route.method === 'GET')) {
    const address = path.replace(/:(\w+)/g, (_, name) => places[name] ?? 'none');
    if (path.endsWith('/events')) continue; // below
    const { status, text } = await ask(method, `${address}?${query}`);
    assert.ok(status < 500, `${path} ${status} ${text}`);
    told.push([path, text]);
  }
  assert.ok(told.filter(([, text]) => text.length > 20).length > 30, 'most have something to say');
  told.push(['stream', JSON.stringify(await listen(`${on.url}/api/runs/${run}/events`, { cookie }))]);
  for (const [method, path, asked] of [
    ['POST', '/api/profiles/lavande/check', {}],
    ['POST', '/api/profiles/lavande/duplicate', { name: 'Copie' }],
    ['POST', '/api/backup', { passphrase: null }],
    ['PUT', '/api/profiles/lavande/document', { revision: -1, profile: {}, secrets: { key: SECRETS[0] } }],
    ['POST', '/api/session', { user: 'Anne', password: `${SECRETS[3]} wrong` }],
    ['POST', '/api/profiles', { name: 'x', shop: 'none', url: 'x', credentials: { key: SECRETS[0] } }],
  ] as const)
    told.push([path, (await ask(method, path, asked)).text]);
  for (const name of await readdir(on.home, { recursive: true, withFileTypes: true })) {
    if (name.isFile()) told.push([name.name, await readFile(join(name.parentPath, name.name), 'latin1')]);
  }
  told.push(['faults', String(on.faults.map((fault) => (fault instanceof Error ? fault.stack : fault)))]);
  for (const [where, text] of told)
    for (const secret of [...SECRETS, cookie.split('=')[1] ?? '-'])
      assert.ok(!text.includes(secret), `${secret}: ${where}`);
});

test('names that every object has are columns, profiles and fields of nobody', async () => {
  for (const name of ['__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty']) {
    for (const path of [`/api/reviews/${run}/rows?sort=${name}`, `/api/reviews/${run}/rows?f.${name}=1`])
      assert.equal((await ask('GET', path)).body.code, 'request.invalid', path);
    for (const path of [
      `/api/profiles/${name}`,
      `/api/runs/${name}`,
      `/api/profiles/lavande/mappings/${name}/exceptions.xlsx`,
    ])
      assert.equal((await ask('GET', path)).status, 404, path);
    const field = { revision: 1, field: `${name}.polluted` };
    assert.equal((await ask('POST', '/api/profiles/lavande/apply-to-all', field)).status, 400);
    const document = `{"document":{"name":"x","shop":{"type":"${name}"},"ledger":{"type":"${name}"},"${name}":{"polluted":1}}}`;
    assert.equal((await ask('POST', '/api/profiles/import', document)).status, 422, name);
    const head = '"format":"comptoir-language","code":"de","name":"x","base":"fr","version":"1","revision":1';
    const language = `{"document":{${head},"translations":{"${name}":"x"}},"over":null}`;
    assert.ok((await ask('POST', '/api/languages/import', language)).status < 500, name);
  }
  assert.equal('polluted' in {}, false);
});

test('amounts, numbers and texts of any size are a filter or a refusal, never a fault', async () => {
  const digits = '9'.repeat(25);
  for (const [query, status] of [
    [`f.debit=>=${digits}`, 200],
    [`f.debit=-${digits}..${digits}`, 200],
    [`f.debit=>=${digits.repeat(20)}`, 400],
    [`f.number=${digits}`, 400],
    [`offset=${digits}`, 400],
    [`f.label=${'%'.repeat(500)}`, 200],
    [`f.label=${'(a%2B)%2B$'.repeat(50)}`, 200],
    [`q=${'_'.repeat(201)}`, 400],
    [`f.label=${'x'.repeat(2001)}`, 400],
    ["q='; drop table runs; --", 200],
  ] as const)
    assert.equal((await ask('GET', `/api/reviews/${run}/rows?${query}`)).status, status, query.slice(0, 60));
});

test('an address that is too long, and a request that could be taken for two, are refused before anybody reads them', async () => {
  const { host, port } = new URL(on.url);
  const say = (text: string) =>
    new Promise<string>((resolve) => {
      let answer = '';
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(text));
      socket.setEncoding('latin1').on('data', (part) => {
        answer += part;
      });
      socket.on('error', () => {}).on('close', () => resolve(answer));
    });
  const post = `POST /api/demos/demo-test HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\n`;
  const smuggled = 'GET /api/info HTTP/1.1\r\nhost: evil.example\r\n\r\n';
  for (const [text, status] of [
    [`GET /${'a'.repeat(70_000)} HTTP/1.1\r\nhost: ${host}\r\n\r\n`, 431],
    [`${post}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`, 400],
    [`${post}content-length: 2\r\ncontent-length: 40\r\n\r\n{}${smuggled}`, 400],
    [`${post}transfer-encoding: identity, chunked\r\ntransfer-encoding: x\r\n\r\n0\r\n\r\n`, 400],
    [`${post}content-length: 0x2\r\n\r\n{}`, 400],
    [`GET /api/session HTTP/1.1\nhost: ${host}\nx: \u0001\n\n`, 400],
  ] as const) {
    const answer = await say(text);
    assert.match(answer, new RegExp(`^HTTP/1\\.1 ${status}`), answer.slice(0, 40));
    assert.equal(answer.match(/HTTP\/1\.1 \d/g)?.length, 1, 'one answer');
  }
});

test('a small file that unfolds to a great one, or is deep without end, is told at once and in little memory', async () => {
  const deep = '['.repeat(100_000);
  const bombs: readonly [string, string | Buffer][] = [
    ['blanks', gzipSync(Buffer.alloc(100 << 20, ' '))],
    [
      'one line',
      gzipSync(Buffer.concat([Buffer.from('{"format":"comptoir-sales","a":"'), Buffer.alloc(60 << 20, 'a')])),
    ],
    ['xml', `<?xml version="1.0"?><salesFile xmlns="urn:comptoir:sales:1">${'<a>'.repeat(300_000)}`],
    ['entities', '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><salesFile>&c;</salesFile>'],
    ['json', `{"format":"comptoir-sales","documents":${deep}`],
    ['csv', gzipSync(Buffer.concat([Buffer.from('date;number;gross\n"'), Buffer.alloc(60 << 20, ';')]))],
  ];
  const before = process.memoryUsage().rss;
  for (const [name, bytes] of bombs) {
    const startedMs = performance.now();
    const response = await fetch(`${on.url}/api/profiles/lavande/runs/file/peek?kind=sales&name=${name}`, {
      ...{
        method: 'POST',
        headers: { ...OCTETS, cookie },
        body: typeof bytes === 'string' ? bytes : new Uint8Array(bytes),
      },
    });
    assert.ok(response.status < 500, `${name}: ${response.status} ${await response.text()}`);
    assert.ok(performance.now() - startedMs < 8000, `${name} took its time`);
  }
  assert.ok(process.memoryUsage().rss - before < 300 << 20, 'memory');
  const nested = await ask('POST', '/api/profiles/import', `{"document":{"name":${deep}${']'.repeat(100_000)}}}`);
  assert.equal(nested.status, 422);
});

test('the stream of a run is for our own page: another site may neither open nor read it', async () => {
  const events = `/api/runs/${run}/events`;
  assert.equal((await ask('GET', events, undefined, { 'sec-fetch-site': 'cross-site' })).status, 403);
  const own = await fetch(`${on.url}${events}`, { headers: { cookie, origin: 'http://localhost:3000' } });
  assert.equal(own.headers.get('access-control-allow-origin'), null);
  await own.body?.cancel();
  const socket = await ask('GET', events, undefined, { cookie: '' });
  assert.equal(socket.status, 401, 'nor without having signed in');
});

test('a file under any name of its entries is a download with one header, and names that are none are mended', async () => {
  for (const name of [
    'a"b.csv',
    'a\r\nset-cookie: x=1.csv',
    'ventes été 🧾.csv',
    "o'x(1)*.csv",
    '\ud800.csv',
    '../../etc/passwd',
  ]) {
    const { headers } = attached(name, 'text/plain', '');
    const told = headers.get('content-disposition') ?? '';
    assert.match(told, /^attachment; filename="[\w.-]+"; filename\*=UTF-8''[\w.!~%-]+$/, name);
    assert.equal(headers.get('set-cookie'), null);
  }
});
