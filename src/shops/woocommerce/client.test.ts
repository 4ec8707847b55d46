import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { generate } from 'selfsigned';
import { Failure } from '../../core/problem.ts';
import { startWooDemo } from '../../demo/woocommerce.ts';
import { basic } from '../http.ts';
import type { ConnectionCheck, ShopConnection } from '../reader.ts';
import { siteAddress, wooClient } from './client.ts';
import { woocommerce } from './index.ts';
import { connectionOf } from './sample.ts';

/** Never aborts. */
const { signal: SIGNAL } = new AbortController();

const ROOT = '{"name":"Boutique","namespaces":["wc/v3"],"timezone_string":"","gmt_offset":5.5}';
const REFUSED = '{"code":"woocommerce_rest_cannot_view","message":"Sorry","data":{"status":401}}';
const closers: (() => void)[] = [];
after(() => {
  for (const close of closers) close();
});

test('S-115 S-116 a good connection: every right is tested, and plain http is warned about', async () => {
  const demo = await startWooDemo();
  closers.push(() => void demo.close());
  const shop = woocommerce.open(connectionOf(demo.url, { credentials: demo.credentials }));
  assert.deepEqual(results(await shop.check(SIGNAL)), {
    address: 'ok',
    certificate: 'skipped',
    rest: 'ok',
    clock: 'ok',
    key: 'warning',
    orders: 'ok',
    refunds: 'ok',
    settings: 'ok',
    taxes: 'ok',
  });
  assert.deepEqual(await shop.facts(SIGNAL), {
    name: 'Boutique Témoin',
    version: '9.9.5',
    currency: 'EUR',
    country: 'FR',
    timeZone: 'Europe/Paris',
  });
  for (const { path } of demo.requests) assert.ok(!path.includes(demo.credentials.secret ?? ''), path);
});

test('S-115 what fails is told apart, and nothing after it is tried', async () => {
  const demo = await startWooDemo();
  closers.push(() => void demo.close());
  const check = async (fields: Partial<ShopConnection>) => {
    const connection = connectionOf(demo.url, { credentials: demo.credentials, ...fields });
    return (await woocommerce.open(connection).check(SIGNAL))
      .filter(({ result }) => result === 'failed')
      .map(({ id, values }) => [id, values.code]);
  };
  assert.deepEqual(await check({ credentials: { key: 'ck_bad', secret: 'cs_bad' } }), [['key', 'shop.key-refused']]);
  assert.deepEqual(await check({ url: 'http://127.0.0.1:9' }), [['address', 'shop.unreachable']]);
  assert.deepEqual(await check({ url: 'no address' }), [['address', 'shop.address-unknown']]);
  assert.deepEqual(await check({ url: `${demo.url}/elsewhere` }), [['rest', 'shop.not-found']]);
  const late = await woocommerce
    .open(connectionOf(demo.url, { credentials: demo.credentials, now: () => Date.now() + 3_600_000 }))
    .check(SIGNAL);
  assert.equal(results(late).clock, 'failed');
  assert.equal(late.find(({ id }) => id === 'clock')?.values.code, 'shop.clock');
});

test('a key that may not read settings is a warning, and orders are read all the same', async () => {
  const url = await serve((request, response) => {
    if (request.url === '/wp-json/') response.end(ROOT);
    else if (/settings|taxes/.test(request.url ?? ''))
      response.writeHead(403).end('{"code":"woocommerce_rest_cannot_view"}');
    else response.end('[]');
  });
  const shop = woocommerce.open(connectionOf(url));
  const { settings, taxes, orders } = results(await shop.check(SIGNAL));
  assert.deepEqual([settings, taxes, orders], ['warning', 'warning', 'ok']);
  await assert.rejects(shop.facts(SIGNAL), failure('shop.right-missing'));
});

test('over https the key travels in the header; where the server strips it, in the query, with a warning', async () => {
  const seen: { authorization: string | undefined; url: string }[] = [];
  let strips = false;
  const { url, cert } = await serveSecure((request, response) => {
    const { authorization } = request.headers;
    const at = new URL(request.url ?? '/', 'https://x');
    seen.push({ authorization, url: at.pathname });
    const inHeader = authorization === basic('ck_test', 'cs_test') && !strips;
    const inQuery =
      at.searchParams.get('consumer_key') === 'ck_test' && at.searchParams.get('consumer_secret') === 'cs_test';
    if (at.pathname === '/wp-json/') response.end(ROOT);
    else if (inHeader || inQuery) response.end('[]');
    else response.writeHead(401).end(REFUSED);
  });
  const trusting = connectionOf(url);
  const connection = { ...trusting, http: { ...trusting.http, certificate: cert } };
  const plain = wooClient(connection);
  await plain.ask('orders', {});
  assert.equal(plain.transport(), 'header');
  assert.equal(seen[0]?.authorization, undefined); // the API is found without the key

  strips = true;
  const stripped = wooClient(connection);
  await stripped.ask('orders', {});
  assert.equal(stripped.transport(), 'query');
  const check = (await woocommerce.open(connection).check(SIGNAL)).find(({ id }) => id === 'key');
  assert.deepEqual([check?.result, check?.values.transport], ['warning', 'query']);

  const bad = wooClient({ ...connection, credentials: { key: 'ck_bad', secret: 'x' } });
  await assert.rejects(bad.ask('orders', {}), failure('shop.key-refused'));

  const guarded = wooClient({ ...connection, http: { ...connection.http, basicAuth: { user: 'u', password: 'p' } } });
  await guarded.ask('orders', {});
  assert.equal(seen.at(-1)?.authorization, basic('u', 'p'));
});

test('a site that sends http to https is asked there, and the key never goes over http', async () => {
  const secureSeen: string[] = [];
  const { url, cert } = await serveSecure((request, response) => {
    secureSeen.push(request.headers.authorization ?? '');
    response.end(request.url === '/wp-json/' ? ROOT : '[]');
  });
  const plainSeen: (string | undefined)[] = [];
  const plain = await serve((request, response) => {
    plainSeen.push(request.headers.authorization);
    response.writeHead(301, { Location: url + (request.url ?? '') }).end();
  });
  const connection = connectionOf(plain);
  const client = wooClient({ ...connection, http: { ...connection.http, certificate: cert } });
  await client.ask('orders', {});
  assert.deepEqual(plainSeen, [undefined]);
  assert.deepEqual(secureSeen, ['', basic('ck_test', 'cs_test')]);
});

test('without permalinks the API is found behind ?rest_route=, even when the theme answers every address', async () => {
  const seen: string[] = [];
  for (const status of [404, 200]) {
    const url = await serve((request, response) => {
      const at = new URL(request.url ?? '/', 'http://x');
      const route = at.searchParams.get('rest_route');
      if (route === '/') response.end(ROOT);
      else if (route === null) response.writeHead(status).end('<html>shop</html>');
      else {
        seen.push(route);
        response.end('[]');
      }
    });
    const client = wooClient(connectionOf(url));
    await client.ask('orders', { page: '1' });
    assert.deepEqual([(await client.site()).permalinks, (await client.site()).timeZone], ['plain', '+05:30']);
  }
  assert.deepEqual(seen, ['/wc/v3/orders', '/wc/v3/orders']);
});

test('a WordPress without WooCommerce, and a site that is no WordPress, are not found', async () => {
  const bare = await serve((_, response) => response.end('{"name":"Blog","namespaces":["wp/v2"]}'));
  await assert.rejects(wooClient(connectionOf(bare)).site(), failure('shop.not-found'));
  const other = await serve((_, response) => response.writeHead(404).end('<html>nothing</html>'));
  await assert.rejects(wooClient(connectionOf(other)).site(), failure('shop.not-found'));
  const page = await serve((_, response) => response.end('<html>welcome</html>'));
  await assert.rejects(wooClient(connectionOf(page)).site(), failure('shop.not-an-answer'));
});

test('errors of WordPress are told by their code', async () => {
  const answers: Record<string, [number, string]> = {
    'wc/v3/a': [400, '{"code":"rest_invalid_param","message":"Invalid parameter(s): status"}'],
    'wc/v3/b': [403, '{"code":"rest_forbidden"}'],
    'wc/v3/c': [403, '<html>firewall</html>'],
    'wc/v3/d': [404, '{"code":"rest_no_route"}'],
    'wc/v3/e': [200, '[1,}]'],
  };
  const url = await serve((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname.replace('/wp-json/', '');
    const [status, body] = answers[path] ?? [200, ROOT];
    response.writeHead(status).end(body);
  });
  const { ask, askIfAllowed } = wooClient(connectionOf(url));
  await assert.rejects(ask('a', {}), failure('shop.broken-answer', { status: '400', excerpt: 'rest_invalid_param' }));
  await assert.rejects(ask('b', {}), failure('shop.right-missing', { right: 'b' }));
  await assert.rejects(ask('c', {}), failure('shop.not-an-answer', { excerpt: '<html>firewall</html>' }));
  await assert.rejects(ask('d', {}), failure('shop.not-found'));
  await assert.rejects(ask('e', {}), failure('shop.not-an-answer'));
  assert.equal(await askIfAllowed('b', {}), null);
  await assert.rejects(askIfAllowed('a', {}), failure('shop.broken-answer'));
});

test('S-117 S-118 whatever is pasted as the address, the site is meant', () => {
  for (const text of [
    'https://x.example/shop',
    ' https://x.example/shop/ ',
    'https://x.example/shop/wp-json/wc/v3/',
    'https://x.example/shop/wp-admin/admin.php?page=wc-settings#a',
  ]) {
    assert.equal(siteAddress(text).href, 'https://x.example/shop/');
  }
  assert.throws(() => siteAddress('javascript:alert(1)'), failure('shop.address-unknown'));
});

test('S-180 S-204 S-208 lists for the mappings: what the shop has, what orders may still carry', async () => {
  const demo = await startWooDemo();
  closers.push(() => void demo.close());
  const lists = await woocommerce.open(connectionOf(demo.url, { credentials: demo.credentials })).lists(SIGNAL);
  assert.equal(lists.countries.length, 249);
  assert.ok(demo.requests.length < 30, 'a list that does not page is asked for once');
  assert.deepEqual(
    lists.taxRules.filter(({ active }) => !active).map(({ id }) => id),
    ['taux-10', 'taux-5-5', 'taux-2-1', 'boissons'],
  );
  const reunion = lists.taxes.find(({ id }) => id === '6');
  assert.deepEqual(reunion, { id: '6', name: 'TVA 8,5 % Réunion', active: true, rate: '8.50', country: 'RE' });
  assert.ok(lists.carriers.some(({ id, name }) => id === 'flat_rate:1' && name === 'Colissimo domicile'));
  assert.deepEqual(
    lists.paymentMethods.map(({ id }) => id),
    ['bacs', 'cheque', 'cod', 'stripe', 'ppcp-gateway', 'N/A'],
  );
  assert.deepEqual(
    lists.statuses.filter(({ readByDefault }) => readByDefault).map(({ id }) => id),
    ['processing', 'completed', 'refunded'],
  );
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo; // a listening TCP server always has one
  return `http://127.0.0.1:${port}`;
}

async function serveSecure(listener: RequestListener): Promise<{ url: string; cert: string }> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  const server = createSecureServer({ key, cert }, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo; // a listening TCP server always has one
  return { url: `https://127.0.0.1:${port}`, cert };
}

function results(checks: readonly ConnectionCheck[]): Record<string, string> {
  return Object.fromEntries(checks.map(({ id, result }) => [id, result]));
}

function failure(code: string, values: Readonly<Record<string, string>> = {}) {
  return (error: unknown) => {
    assert.ok(error instanceof Failure, String(error));
    assert.equal(error.code, code);
    for (const [name, value] of Object.entries(values)) assert.equal(error.values[name], value, name);
    return true;
  };
}
