import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { generate } from 'selfsigned';
import { type Bench, bench } from '../../test/server-kit.ts';
import { addUser } from '../access/users.ts';
import { Failure } from '../core/problem.ts';
import { type Listening, type Serving, serve } from './server.ts';

/** Listening beyond this machine: only for users, under its own names, with https where it is given. */

const PASSWORD = 'cheval exact pile agrafe';
let on: Bench;

before(async () => {
  on = await bench({ documents: [], gate: null, failure: null });
});
after(() => on.close());

type Answer = {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
};

function ask(
  url: string,
  {
    method = 'GET',
    path = '/api/info',
    headers = {},
    body = '',
  }: { method?: string; path?: string; headers?: Record<string, string>; body?: string },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port, protocol } = new URL(url);
    const options = { hostname, port, method, path, headers, rejectUnauthorized: false, agent: false };
    const asked = (protocol === 'https:' ? httpsRequest : httpRequest)(options, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => {
        text += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

async function serving(
  listening: Listening,
  work: (one: Serving & { state: 'serving' }) => Promise<void>,
): Promise<void> {
  const one = await serve(on.app, { port: 0, ...listening });
  assert.equal(one.state, 'serving');
  if (one.state !== 'serving') return;
  try {
    await work(one);
  } finally {
    await one.close();
  }
}

const JSON_BODY = { 'content-type': 'application/json' };
const codeOf = ({ text }: Answer) => JSON.parse(text).code;

test('without users it does not listen beyond this machine, nor behind a proxy', async () => {
  for (const listening of [{ host: '0.0.0.0' }, { url: 'https://comptoir.example' }])
    await assert.rejects(
      serve(on.app, { port: 0, ...listening }),
      (error) => error instanceof Failure && error.code === 'server.beyond-loopback',
    );
});

test('with --setup nothing is answered but the making of the first user, by the code', async () => {
  await serving({ host: '0.0.0.0', setup: true }, async ({ port, code }) => {
    const url = `http://127.0.0.1:${port}`;
    assert.match(code ?? '', /^\d{12}$/);
    assert.equal(codeOf(await ask(url, {})), 'access.sign-in');
    assert.equal(JSON.parse((await ask(url, { path: '/api/session' })).text).entrance, 'setup');
    const setUp = (given: string) =>
      ask(url, {
        ...{ method: 'POST', path: '/api/session/setup', headers: JSON_BODY },
        body: JSON.stringify({ code: given, user: 'Anne', password: PASSWORD }),
      });
    assert.equal(codeOf(await setUp('000000000000')), 'access.wrong');
    const made = await setUp(code ?? '');
    assert.equal(made.status, 200, made.text);
    const [cookie = ''] = String(made.headers['set-cookie']).split(';');
    assert.equal((await ask(url, { headers: { cookie } })).status, 200);
    assert.equal((await setUp(code ?? '')).status, 401, 'once');
  });
});

test('with users it listens, under the addresses of the machine and no other name', async () => {
  await serving({ host: '0.0.0.0' }, async ({ port, code }) => {
    assert.equal(code, null);
    const url = `http://127.0.0.1:${port}`;
    for (const [host, status] of [
      [`127.0.0.1:${port}`, 401],
      [`evil.example:${port}`, 421],
      [`0.0.0.0.evil.example:${port}`, 421],
      ['127.0.0.1', 421],
    ] as const)
      assert.equal((await ask(url, { headers: { host } })).status, status, host);
  });
});

test('behind a proxy: the name given, its https, and each client’s own attempts', async () => {
  await on.deps.store.access.attempts.purge('9999');
  await serving({ url: 'https://comptoir.example' }, async ({ port, url }) => {
    assert.equal(url, 'https://comptoir.example');
    const own = `http://127.0.0.1:${port}`;
    const headers = { ...JSON_BODY, host: 'comptoir.example', origin: 'https://comptoir.example' };
    const signIn = (password: string, client: string, more = {}) =>
      ask(own, {
        ...{ method: 'POST', path: '/api/session', headers: { ...headers, 'x-forwarded-for': client, ...more } },
        body: JSON.stringify({ user: `somebody-${password}`, password }),
      });
    for (let step = 0; step < 20; step += 1) await signIn(`faux${step}`, '203.0.113.9');
    assert.equal(codeOf(await signIn('again', '203.0.113.9')), 'access.paused');
    assert.equal(
      codeOf(await signIn('again2', '6.6.6.6, 203.0.113.9')),
      'access.paused',
      'what the client says of itself',
    );
    assert.equal(codeOf(await signIn('again3', '203.0.113.10')), 'access.wrong');
    assert.equal((await signIn('x', '203.0.113.10', { origin: 'http://comptoir.example' })).status, 403);
    const good = await ask(own, {
      ...{ method: 'POST', path: '/api/session', headers: { ...headers, 'x-forwarded-for': '203.0.113.11' } },
      body: JSON.stringify({ user: 'anne', password: PASSWORD }),
    });
    assert.match(String(good.headers['set-cookie']), /^__Host-comptoir=.*; HttpOnly; Secure; SameSite=Strict$/);
    assert.match(String(good.headers['strict-transport-security']), /max-age/);
  });
});

test('it speaks https itself with a certificate', async () => {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], { keySize: 2048 });
  await serving({ host: '0.0.0.0', tls: { cert, key } }, async ({ port, url }) => {
    assert.match(url, /^https:/);
    const answer = await ask(`https://127.0.0.1:${port}`, { path: '/api/session' });
    assert.equal(JSON.parse(answer.text).entrance, 'users');
  });
});

test('when the last user goes while it listens beyond, nobody gets in', async () => {
  const { store } = on.deps;
  await serving({ host: '0.0.0.0' }, async ({ port }) => {
    await store.access.users.remove('anne');
    assert.equal((await ask(`http://127.0.0.1:${port}`, {})).status, 401);
  });
  await addUser(store, { name: 'Anne', role: 'configure', password: PASSWORD }, 0);
});

test('a body that trickles in is given up after a time, and others are served meanwhile', async () => {
  await serving({ bodyMs: 1500 }, async ({ port }) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8').on('data', (part) => {
      answer += part;
    });
    socket.on('error', () => {});
    socket.write(
      `POST /api/session HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{`,
    );
    const trickle = setInterval(() => socket.write(' '), 200);
    assert.equal((await ask(`http://127.0.0.1:${port}`, { path: '/api/session' })).status, 200);
    await new Promise((resolve) => socket.once('close', resolve));
    clearInterval(trickle);
    assert.match(answer, /^HTTP\/1\.1 408/);
  });
});
