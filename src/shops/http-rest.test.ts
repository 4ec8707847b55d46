import assert from 'node:assert/strict';
import { test } from 'node:test';
import { client, failure, serve } from './http.test-kit.ts';

test('after three requests lost in a row a shop is left alone for half a minute, then asked again', async () => {
  let status = 500;
  const { url, requests } = await serve((_, response) => response.writeHead(status).end('{}'));
  let nowMs = 0;
  const { get } = client(url, { tries: 2 }, [], () => nowMs);
  const ask = () => get({ url, accept: 'json' });
  for (let lost = 0; lost < 5; lost += 1) await assert.rejects(ask(), failure('shop.broken-answer', { status: '500' }));
  assert.equal(requests.length, 6);
  nowMs = 30_001;
  await assert.rejects(ask(), failure('shop.broken-answer'));
  assert.equal(requests.length, 8);
  status = 404; // it answers: no rest is due
  nowMs = 60_002;
  for (let refused = 0; refused < 4; refused += 1) await assert.rejects(ask(), failure('shop.not-found'));
  assert.equal(requests.length, 12);
});

test('a shop that asks for hours of rest is not asked again before', async () => {
  let nowMs = 0;
  const { url, requests } = await serve((_, response) => {
    response.writeHead(nowMs === 0 ? 429 : 200, { 'Retry-After': '7200' }).end('{}');
  });
  const { get } = client(url, {}, [], () => nowMs);
  for (let at = 0; at < 2; at += 1) await assert.rejects(get({ url, accept: 'json' }), failure('shop.broken-answer'));
  assert.equal(requests.length, 1);
  nowMs = 7_200_000;
  assert.equal((await get({ url, accept: 'json' })).status, 200);
});

test('a client that is closed waits for no answer, and asks nothing more', async () => {
  const { url, requests } = await serve(() => {});
  const made = client(url);
  const ahead = assert.rejects(made.get({ url, accept: 'json' }), { name: 'AbortError' });
  while (requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
  await Promise.all([made.close(), ahead]);
  await assert.rejects(made.get({ url, accept: 'json' }), { name: 'AbortError' });
  assert.equal(requests.length, 1);
});
