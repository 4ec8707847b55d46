import assert from 'node:assert/strict';
import { readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { bench, lastOf, listen, order } from '../../test/server-kit.ts';

let now = Date.parse('2026-11-24T12:00:00Z');
const documents = [order(1, 'sale FR; product 10.00 20% 2.00; paid card 12.00')];
const on = await bench({ documents, gate: null, failure: null }, { now: () => now });
after(on.close);
const LOG = 'comptoir-2026-11-24.log';

test('links to whoever helps are https alone: nothing that runs, nothing with a password', async () => {
  const links = [{ label: 'Cabinet Rivière', url: 'https://riviere.example/aide' }];
  assert.deepEqual((await on.call('PUT', '/api/links', { links })).body, links);
  for (const url of [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>',
    'http://riviere.example',
    'https://anne:secret@riviere.example',
    'riviere.example',
    'file:///etc/passwd',
  ]) {
    const { status, body } = await on.call('PUT', '/api/links', { links: [{ label: 'x', url }] });
    assert.deepEqual([status, body.code], [400, 'request.invalid'], url);
  }
  assert.deepEqual((await on.call('GET', '/api/links')).body, links);
});

test('the log tells runs, faults and, in detail, requests, by codes and counts; no name, no amount, no key', async () => {
  assert.equal((await on.call('PUT', '/api/logs', { level: 'detailed', keptDays: 7 })).status, 200);
  const asked = { kind: 'sales', from: '2026-11-01', to: '2026-11-30', period: 'custom', includeTransferred: false };
  const { body: run } = await on.call('POST', '/api/profiles/lavande/runs', { ...asked, review: false });
  assert.equal(lastOf(await listen(`${on.url}/api/runs/${run.id}/events`)).state, 'written');
  await on.call('GET', '/api/profiles/lavande/explain?document=Jean%20Dupont');
  await on.deps.store.profiles.add({
    id: 'odd',
    document: '{"name":"Jean Dupont',
    demo: false,
    at: '2026-11-24T08:00:00Z',
  });
  assert.equal((await on.call('GET', '/api/profiles/odd/document')).status, 500);
  await on.deps.store.profiles.remove('odd');
  const { files } = (await on.call('GET', '/api/logs')).body;
  assert.deepEqual(
    files.map(({ name }: { name: string }) => name),
    [LOG],
  );
  const { text, headers } = await on.call('GET', `/api/logs/${LOG}`);
  assert.match(headers.get('content-disposition') ?? '', /comptoir-2026-11-24\.log/);
  assert.match(text, /info server\.start version=/);
  assert.match(text, new RegExp(`info run\\.end run=${run.id} state=written read=1 written=1 held=0 failed=-`));
  assert.match(text, /request GET \/api\/profiles\/:profile\/explain status=404/);
  assert.match(text, /request GET \/api\/profiles\/:profile\/document status=500/);
  assert.match(text, /fault GET error=SyntaxError at=server\/handlers\/profiles\.ts:\d+/);
  assert.doesNotMatch(text, /Dupont|SECRET|12\.00|Maison|riviere/);
});

test('errors alone, and days that are over: what was not asked is not written, old files go, others stay', async () => {
  await on.call('PUT', '/api/logs', { level: 'errors', keptDays: 7 });
  const before = (await on.call('GET', `/api/logs/${LOG}`)).text;
  await on.call('GET', '/api/info');
  assert.equal((await on.call('GET', `/api/logs/${LOG}`)).text, before);
  await writeFile(join(on.home, 'logs', 'notes.txt'), 'mine');
  await utimes(join(on.home, 'logs', 'notes.txt'), 0, 0);
  now += 7 * 86_400_000;
  assert.equal((await on.call('PUT', '/api/logs', { level: 'errors', keptDays: 7 })).body.files.length, 1);
  now += 86_400_000;
  assert.deepEqual((await on.call('PUT', '/api/logs', { level: 'errors', keptDays: 7 })).body.files, []);
  assert.equal(await readFile(join(on.home, 'logs', 'notes.txt'), 'utf8'), 'mine');
  for (const name of ['notes.txt', '..%2Fcomptoir.db', LOG])
    assert.equal((await on.call('GET', `/api/logs/${name}`)).status, 404, name);
});
