import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../core/problem.ts';
import { certificate, client, failure, serve, serveBoth } from './http.test-kit.ts';
import { PASSWORD, proxyServer, USER } from './proxy.test-kit.ts';

test('S-253 a shop is reached by a proxy that asks for user and password, with and without encryption', async () => {
  const pem = await certificate({});
  const plain = await serve((_, response) => response.end('[1]'));
  const secure = await serve((_, response) => response.end('[2]'), pem);
  const proxy = await proxyServer();
  const settings = { certificate: pem.cert, proxy: { url: proxy.url, user: USER, password: PASSWORD } };
  const { get } = client(plain.url, settings);
  assert.equal((await get({ url: new URL('/a?b=c', plain.url), accept: 'json' })).body, '[1]');
  assert.equal((await get({ url: secure.url, accept: 'json' })).body, '[2]');
  assert.deepEqual(proxy.asked, [`GET ${plain.url.href}a?b=c`, `CONNECT ${secure.url.host}`]);
  for (const { headers } of [...plain.requests, ...secure.requests])
    assert.equal(headers['proxy-authorization'], undefined);
});

test('S-253 S-120 HTTP/2 goes through a tunnel, and a server that does not speak it is left there too', async () => {
  const pem = await certificate({});
  const both = await serveBoth(pem);
  const old = await serve((_, response) => response.end('[]'), pem);
  const proxy = { url: (await proxyServer()).url, user: USER, password: PASSWORD };
  const ask = async (url: URL, version: 'auto' | '2') =>
    (await client(url, { certificate: pem.cert, proxy, version }).get({ url, accept: 'json' })).body;
  assert.equal(await ask(both.url, '2'), '["2.0"]');
  assert.equal(await ask(both.url, 'auto'), '["2.0"]');
  await assert.rejects(ask(old.url, '2'), failure('shop.no-http2'));
});

test('S-253 proxy.key-refused: another password is refused, once, and no failure repeats it', async () => {
  const pem = await certificate({});
  const plain = await serve((_, response) => response.end('[]'));
  const secure = await serve((_, response) => response.end('[]'), pem);
  const proxy = await proxyServer();
  for (const { url } of [plain, secure]) {
    const wrong = { url: proxy.url, user: USER, password: 'secret-2' };
    const asked = client(url, { certificate: pem.cert, proxy: wrong }).get({ url, accept: 'json' });
    await assert.rejects(asked, (error: unknown) => {
      assert.ok(error instanceof Failure);
      const values = { proxy: new URL(proxy.url).host, host: '127.0.0.1', status: '407' };
      assert.deepEqual([error.code, error.values], ['proxy.key-refused', values]);
      return true;
    });
  }
  assert.equal(proxy.asked.length, 2);
});

test('S-253 proxy.refused: a proxy that leads elsewhere only is not asked twice, one that finds nobody is', async () => {
  const pem = await certificate({});
  const { url } = await serve((_, response) => response.end('[]'), pem);
  for (const [status, times] of [
    [403, 1],
    [502, 3],
  ] as const) {
    const proxy = await proxyServer(status);
    const settings = { proxy: { url: proxy.url, user: USER, password: PASSWORD } };
    const asked = client(url, settings).get({ url, accept: 'json' });
    await assert.rejects(asked, failure('proxy.refused', { status: String(status), host: '127.0.0.1' }));
    assert.equal(proxy.asked.length, times);
  }
});

test('S-253 proxy.unreachable: a proxy that is not there is named, not the shop', async () => {
  const pem = await certificate({});
  const { url } = await serve((_, response) => response.end('[]'), pem);
  for (const [address, reason] of [
    ['http://127.0.0.1:9', 'ECONNREFUSED'],
    ['http://no-such-proxy.invalid:3128', 'ENOTFOUND'],
  ] as const) {
    const asked = client(url, { proxy: { url: address, user: null, password: '' } }).get({ url, accept: 'json' });
    await assert.rejects(asked, failure('proxy.unreachable', { proxy: new URL(address).host, reason }));
  }
});
