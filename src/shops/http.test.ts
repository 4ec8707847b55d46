import assert from 'node:assert/strict';
import { type AddressInfo, createServer as createMuteServer } from 'node:net';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Failure } from '../core/problem.ts';
import { certificate, client, closers, failure, serve, serveBoth } from './http.test-kit.ts';
import { retryAfterMs } from './http.ts';
import { isLinkLocal } from './http-agent.ts';
import type { HttpSettings } from './reader.ts';

test('S-122 an answer comes with status, headers, body and the address it came from', async () => {
  const { url, requests } = await serve((_, response) => response.setHeader('X-WP-Total', '3').end('[1]'));
  const { get } = client(url);
  const answer = await get({ url: new URL('/a?b=c', url), accept: 'json' });
  assert.equal(answer.body, '[1]');
  assert.equal(answer.headers['x-wp-total'], '3');
  assert.equal(answer.url.pathname, '/a');
  assert.equal(requests[0]?.headers['user-agent'], 'Comptoir test');
  assert.equal(requests[0]?.headers.accept, 'application/json');
});

test('a compressed answer is read, and one beyond the limit once unfolded is refused', async () => {
  let body = gzipSync('{"a":1}');
  const { url } = await serve((_, response) => response.setHeader('Content-Encoding', 'gzip').end(body));
  const { get } = client(url);
  assert.equal((await get({ url, accept: 'json' })).body, '{"a":1}');
  body = gzipSync(Buffer.alloc(65 * 1024 * 1024, ' '));
  await assert.rejects(get({ url, accept: 'json' }), failure('shop.answer-too-large', { limit: '64' }));
});

test('a cancelled request ends at once while the server has not greeted yet, and so does the time limit', async () => {
  const mute = createMuteServer(() => {}).listen(0, '127.0.0.1');
  await new Promise((resolve) => mute.once('listening', resolve));
  closers.push(() => mute.close());
  const url = new URL(`https://127.0.0.1:${(mute.address() as AddressInfo).port}/`);
  const cancelled = new AbortController();
  setTimeout(() => cancelled.abort(), 50);
  const began = performance.now();
  await assert.rejects(client(url).get({ url, accept: 'json', signal: cancelled.signal }), { name: 'AbortError' });
  await assert.rejects(client(url, { timeoutMs: 100, tries: 1 }).get({ url, accept: 'json' }), failure('shop.silent'));
  assert.ok(performance.now() - began < 1500, String(performance.now() - began));
});

test('S-124 requests after one another pause as the profile says', async () => {
  const { url } = await serve((_, response) => response.end('[]'));
  const waits: number[] = [];
  const { get } = client(url, { pauseMs: 25 }, waits);
  await get({ url, accept: 'json' });
  await get({ url, accept: 'json' });
  await get({ url, accept: 'json' });
  assert.deepEqual(waits, [25, 25]);
});

test('S-125 what passes by itself is tried again, with a pause that doubles and the same jitter for the same moment', async () => {
  const runs: number[][] = [];
  for (let run = 0; run < 2; run += 1) {
    let left = 2;
    const { url } = await serve((_, response) => {
      left -= 1;
      response.writeHead(left >= 0 ? 502 : 200).end(left >= 0 ? '<html>bad gateway</html>' : '[]');
    });
    const waits: number[] = [];
    const events: { attempt: number; waitMs: number; reason: string }[] = [];
    await client(url, {}, waits).get({ url, accept: 'json', onRetry: (event) => events.push(event) });
    assert.deepEqual(
      events.map(({ attempt, reason }) => [attempt, reason]),
      [
        [1, 'HTTP 502'],
        [2, 'HTTP 502'],
      ],
    );
    assert.deepEqual(
      events.map(({ waitMs }) => waitMs),
      waits,
    );
    runs.push(waits);
  }
  const [first = 0, second = 0] = runs[0] ?? [];
  assert.ok(first >= 250 && first <= 500, String(first));
  assert.ok(second >= 500 && second <= 1000, String(second));
});

test('Retry-After is obeyed in seconds and as a date, and a rest of hours ends the read', async () => {
  const now = Date.UTC(2026, 10, 24);
  assert.equal(retryAfterMs('7', now), 7000);
  assert.equal(retryAfterMs('Tue, 24 Nov 2026 00:01:00 GMT', now), 60_000);
  assert.equal(retryAfterMs('Mon, 23 Nov 2026 00:00:00 GMT', now), 0);
  assert.equal(retryAfterMs('soon', now), null);
  assert.equal(retryAfterMs(undefined, now), null);

  let header = '7';
  let left = 1;
  const { url, requests } = await serve((_, response) => {
    left -= 1;
    if (left >= 0) response.writeHead(429, { 'Retry-After': header }).end('{}');
    else response.end('[]');
  });
  const waits: number[] = [];
  const { get } = client(url, {}, waits);
  await get({ url, accept: 'json' });
  assert.deepEqual(waits, [7000]);
  header = '7200';
  left = 1;
  const before = requests.length;
  await assert.rejects(get({ url, accept: 'json' }), failure('shop.broken-answer', { status: '429' }));
  assert.equal(requests.length, before + 1);
});

test('a question is sent with its body, again when it was lost, and never turned into another by a redirect', async () => {
  const bodies: string[] = [];
  let left = 1;
  let redirect: number | null = null;
  const { url, requests } = await serve(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    bodies.push(body);
    left -= 1;
    if (left >= 0) response.writeHead(502).end();
    else if (redirect !== null && request.url === '/ask') response.writeHead(redirect, { Location: '/there' }).end();
    else response.end('{"data":1}');
  });
  const { post } = client(url);
  const question = {
    url: new URL('/ask', url),
    accept: 'json',
    body: '{"q":1}',
    contentType: 'application/json',
  } as const;
  assert.equal((await post(question)).body, '{"data":1}');
  assert.deepEqual(bodies, ['{"q":1}', '{"q":1}']);
  assert.equal(requests[0]?.headers['content-type'], 'application/json');
  redirect = 307;
  assert.equal((await post(question)).url.pathname, '/there');
  assert.equal(bodies.at(-1), '{"q":1}');
  redirect = 302;
  await assert.rejects(post(question), failure('shop.redirected'));
});

test('refusals are not tried again, and each has its own failure', async () => {
  const cases: [number, string, string][] = [
    [400, '{}', 'shop.broken-answer'],
    [401, '{}', 'shop.key-refused'],
    [403, '{}', 'shop.right-missing'],
    [403, '<html>blocked by the firewall</html>', 'shop.not-an-answer'],
    [404, '{}', 'shop.not-found'],
    [410, '{}', 'shop.broken-answer'],
  ];
  for (const [status, body, code] of cases) {
    const { url, requests } = await serve((_, response) => response.writeHead(status).end(body));
    await assert.rejects(client(url).get({ url, accept: 'json' }), failure(code), String(status));
    assert.equal(requests.length, 1);
  }
});

test('an allowed status is an answer like any other', async () => {
  const { url } = await serve((_, response) => response.writeHead(401).end('{"code":"no"}'));
  const { status, body } = await client(url).get({ url, accept: 'json', allowStatuses: [401] });
  assert.deepEqual([status, body], [401, '{"code":"no"}']);
});

test('S-123 a silent shop is left after the time limit of each try', async () => {
  const { url, requests } = await serve(() => {});
  const asked = client(url, { timeoutMs: 50, tries: 2 }).get({ url, accept: 'json' });
  await assert.rejects(asked, failure('shop.silent', { timeoutSeconds: '0.05', tries: '2' }));
  assert.equal(requests.length, 2);
});

test('a body that stops in the middle is tried again, whether the connection says so or not', async () => {
  let turn = 0;
  const { url } = await serve((_, response) => {
    turn += 1;
    if (turn === 1) {
      response.writeHead(200, { 'Content-Length': '100' }).write('[1,');
      setTimeout(() => response.destroy(), 10);
    } else if (turn === 2) response.end('[{"id":1},{"id":');
    else response.end('[1]');
  });
  const reasons: string[] = [];
  const answer = await client(url).get({ url, accept: 'json', onRetry: ({ reason }) => reasons.push(reason) });
  assert.equal(answer.body, '[1]');
  assert.equal(reasons.length, 2);
  assert.equal(reasons[1], 'truncated');
});

test('pages for people, notices, byte order marks and empty answers are told with their first words', async () => {
  const notice = '<br />\n<b>Notice</b>: Undefined index: a in <b>x.php</b><br />\n[{"email":"someone@exemple.test"}]';
  const cases: ['json' | 'xml', string, RegExp][] = [
    ['json', '<!DOCTYPE html><html><body>Briefly unavailable</body></html>', /Briefly unavailable/],
    ['json', notice, /^<br \/> <b>Notice<\/b>: Undefined index: a in <b>x\.php<\/b><br \/>$/],
    ['json', '\uFEFF[1]', /^<BOM>/],
    ['json', '', /^$/],
    ['xml', '<html><head><title>Login</title></head></html>', /Login/],
    ['xml', '<br />\n<b>Warning</b>: x<?xml version="1.0"?><prestashop/>', /Warning/],
    ['xml', '\uFEFF<?xml version="1.0"?><prestashop/>', /^<BOM>/],
  ];
  for (const [accept, body, excerpt] of cases) {
    const { url, requests } = await serve((_, response) => response.end(body));
    await assert.rejects(client(url).get({ url, accept }), (error: unknown) => {
      assert.ok(error instanceof Failure);
      assert.equal(error.code, 'shop.not-an-answer');
      assert.match(error.values.excerpt ?? '', excerpt);
      assert.ok((error.values.excerpt ?? '').length <= 200);
      return true;
    });
    assert.equal(requests.length, 1, body);
  }
  const { url } = await serve((_, response) => response.writeHead(503).end('<html>maintenance</html>'));
  await assert.rejects(client(url).get({ url, accept: 'xml' }), failure('shop.not-an-answer', { status: '503' }));
});

test('an answer that repeats the address it was asked at shows no value of its query', async () => {
  const { url } = await serve(({ url: asked = '' }, response) => {
    response.statusCode = 500;
    response.end(`Fatal error at ${asked.replace('&', '&amp;')}: memory`);
  });
  const { get } = client(url, { tries: 1 });
  const asked = new URL('/a?consumer_key=ck_1&consumer_secret=cs_2', url);
  const shown = 'Fatal error at /a?consumer_key=…&amp;consumer_secret=… memory';
  await assert.rejects(get({ url: asked, accept: 'json' }), failure('shop.broken-answer', { excerpt: shown }));
});

test('a browser name that is no text for a header does not keep the shop from being asked', async () => {
  const { url, requests } = await serve((_, response) => response.end('[]'));
  const { get } = client(url, { userAgent: 'Café\n☕' });
  await get({ url, accept: 'json' });
  assert.equal(requests[0]?.headers['user-agent'], 'Caf???');
});

test('headers without end, a body that trickles for ever and one that is no gzip end with a failure', async () => {
  const { url } = await serve(({ url: asked }, response) => {
    if (asked === '/headers') for (let n = 0; n < 2000; n += 1) response.setHeader(`x-${n}`, 'y'.repeat(20));
    if (asked === '/gzip') response.setHeader('content-encoding', 'gzip');
    response.write('[');
    const next = asked === '/drip' ? () => response.write(' ') : () => response.end(']');
    const drip = setInterval(next, 20);
    response.on('close', () => clearInterval(drip));
  });
  const { get } = client(url, { tries: 1, timeoutMs: 300 });
  const ask = (path: string) => get({ url: new URL(path, url), accept: 'json' });
  await assert.rejects(ask('/headers'), failure('shop.unreachable', { reason: 'UND_ERR_HEADERS_OVERFLOW' }));
  await assert.rejects(ask('/drip'), failure('shop.silent'));
  await assert.rejects(ask('/gzip'), failure('shop.unreachable', { reason: 'Z_DATA_ERROR' }));
});

test('redirects stay on the host: credentials go to no other', async () => {
  const other = await serve((_, response) => response.end('[]'));
  let location = '/b';
  const { url, requests } = await serve((request, response) => {
    if (request.url?.startsWith('/a')) response.writeHead(302, { Location: location }).end();
    else response.end('[]');
  });
  const { get } = client(url);
  const ask = () => get({ url: new URL('/a?key=secret', url), accept: 'json', headers: { authorization: 'Basic x' } });
  assert.equal((await ask()).url.pathname, '/b');
  assert.equal(requests[1]?.headers.authorization, 'Basic x');
  for (const target of [other.url.href, 'http://user:word@127.0.0.1/', 'ftp://127.0.0.1/', '/a?again']) {
    location = target;
    await assert.rejects(ask(), (error: unknown) => {
      assert.ok(error instanceof Failure);
      assert.equal(error.code, 'shop.redirected');
      assert.ok(!JSON.stringify(error.values).includes('secret'));
      return true;
    });
  }
  assert.equal(other.requests.length, 0);
});

test('from http to https of the same host is followed, from https to http never', async () => {
  const pem = await certificate({});
  const secure = await serve((_, response) => response.end('[]'), pem);
  const plain = await serve((_, response) => response.writeHead(301, { Location: secure.url.href }).end());
  const answer = await client(plain.url, { certificate: pem.cert }).get({ url: plain.url, accept: 'json' });
  assert.equal(answer.url.protocol, 'https:');
  const down = await serve((_, response) => response.writeHead(301, { Location: plain.url.href }).end(), pem);
  const asked = client(down.url, { certificate: pem.cert }).get({ url: down.url, accept: 'json' });
  await assert.rejects(asked, failure('shop.redirected'));
});

test('S-115 certificates that cannot be trusted are told apart, and one of the profile is trusted', async () => {
  const good = await certificate({});
  const served = await serve((_, response) => response.end('[]'), good);
  const ask = (url: URL, trusted: string | null) => client(url, { certificate: trusted }).get({ url, accept: 'json' });
  assert.equal((await ask(served.url, good.cert)).status, 200);
  await assert.rejects(ask(served.url, null), failure('shop.certificate', { reason: 'selfSigned', host: '127.0.0.1' }));

  const expired = await certificate({ to: new Date(Date.now() - 86_400_000) });
  const old = await serve((_, response) => response.end('[]'), expired);
  await assert.rejects(ask(old.url, expired.cert), failure('shop.certificate', { reason: 'expired' }));

  const elsewhere = await certificate({ host: 'shop.example' });
  const wrong = await serve((_, response) => response.end('[]'), elsewhere);
  await assert.rejects(ask(wrong.url, elsewhere.cert), failure('shop.certificate', { reason: 'nameMismatch' }));

  const plain = await serve((_, response) => response.end('[]'));
  const asHttps = new URL(plain.url.href.replace('http:', 'https:'));
  await assert.rejects(ask(asHttps, null), failure('shop.certificate', { reason: 'protocol' }));
});

test('S-120 S-121 the profile decides the version of HTTP and the oldest TLS', async () => {
  const pem = await certificate({});
  const settings = { certificate: pem.cert };
  const both = await serveBoth(pem);
  const ask = async (more: Partial<HttpSettings>) => {
    const answer = await client(both.url, { ...settings, ...more }).get({ url: both.url, accept: 'json' });
    return answer.body;
  };
  assert.equal(await ask({}), '["2.0"]');
  assert.equal(await ask({ version: '1.1' }), '["1.1"]');
  assert.equal(await ask({ version: '2' }), '["2.0"]');
  const old = await serve((_, response) => response.end('[]'), pem, 'TLSv1.2');
  assert.equal((await client(old.url, settings).get({ url: old.url, accept: 'json' })).body, '[]');
  const asked = client(old.url, { ...settings, minimumTls: '1.3' }).get({ url: old.url, accept: 'json' });
  await assert.rejects(asked, failure('shop.certificate', { reason: 'protocol' }));
});

test('S-115 a name nobody knows and a closed port are told apart', async () => {
  const nowhere = new URL('http://no-such-shop.invalid/');
  const named = client(nowhere).get({ url: nowhere, accept: 'json' });
  await assert.rejects(named, failure('shop.address-unknown', { host: 'no-such-shop.invalid' }));
  const closed = new URL('http://127.0.0.1:9/');
  const refused = client(closed).get({ url: closed, accept: 'json' });
  await assert.rejects(refused, failure('shop.unreachable', { reason: 'ECONNREFUSED' }));
});

test('S-126 each try is prepared anew, and the password of the server itself goes along unless another one does', async () => {
  let left = 1;
  const { url, requests } = await serve((_, response) => {
    left -= 1;
    response.writeHead(left >= 0 ? 500 : 200).end('{}');
  });
  let nonce = 0;
  const { get } = client(url, { basicAuth: { user: 'a', password: 'é' } });
  const prepare = () => {
    nonce += 1;
    return { url: new URL(`/?nonce=${nonce}`, url), headers: {} };
  };
  await get({ url, accept: 'json', prepare });
  await get({ url, accept: 'json', headers: { authorization: 'Basic other' } });
  assert.deepEqual(
    requests.map((request) => request.url),
    ['/?nonce=1', '/?nonce=2', '/'],
  );
  const [first, , third] = requests.map((request) => request.headers.authorization);
  assert.equal(first, `Basic ${Buffer.from('a:é').toString('base64')}`);
  assert.equal(third, 'Basic other');
});

test('a stopped read asks nothing more', async () => {
  const { url, requests } = await serve((_, response) => response.writeHead(502).end());
  const stop = new AbortController();
  const asked = client(url).get({ url, accept: 'json', signal: stop.signal, onRetry: () => stop.abort() });
  await assert.rejects(asked, { name: 'AbortError' });
  assert.equal(requests.length, 1);
});

test('S-120 shop.no-http2: a profile that wants HTTP/2 and nothing else is not served over another version', async () => {
  const pem = await certificate({});
  const old = await serve((_, response) => response.end('[]'), pem);
  const plain = await serve((_, response) => response.end('[]'));
  for (const { url, requests } of [old, plain]) {
    const asked = client(url, { certificate: pem.cert, version: '2' }).get({ url, accept: 'json' });
    await assert.rejects(asked, failure('shop.no-http2', { host: '127.0.0.1' }));
    assert.equal(requests.length, 0);
  }
});

test('shop.link-local: an inner address of the machine is left before anything is sent, however it is written', async () => {
  for (const host of ['169.254.169.254', '2852039166', '[::ffff:a9fe:a9fe]', '[fe80::1]', '[fd00:ec2::254]']) {
    const url = new URL(`http://${host}/latest/meta-data/`);
    await assert.rejects(client(url).get({ url, accept: 'json' }), failure('shop.link-local'), host);
  }
  for (const other of ['10.0.0.1', '192.168.1.10', '127.0.0.1', 'fd12::1', '::1', 'feed::1', '169.255.0.1'])
    assert.equal(isLinkLocal(other), false, other);
});
