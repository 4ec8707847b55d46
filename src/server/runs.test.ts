import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bench, lastOf, listen, order, type TestShop, type Told, waitFor } from '../../test/server-kit.ts';
import { Failure } from '../core/problem.ts';

const SALES = [
  order(1, 'sale FR; product 403.00 20% 80.60; paid card 483.60'),
  order(2, 'sale FR; product 11.22 20% 2.24; paid card 13.46'),
  order(4, 'sale BE; product 100.00 21% 21.00; paid card 121.00'),
];

const ASKED = {
  kind: 'sales',
  from: '2026-11-01',
  to: '2026-11-30',
  period: 'custom',
  includeTransferred: false,
  review: false,
};

function shopOf(documents = SALES): TestShop {
  return { documents, gate: null, failure: null };
}

const events = (told: readonly Told[]) =>
  told.filter(({ event }) => event === 'log').map(({ data }) => (data as { event: string }).event);

test('a run goes on in the background, its log is followed live and ends with the run; the file can be had again', async (t) => {
  const on = await bench(shopOf());
  t.after(on.close);
  const started = await on.call('POST', '/api/profiles/lavande/runs', ASKED);
  assert.equal(started.status, 202);
  const run = started.body.id;
  const told = await listen(`${on.url}/api/runs/${run}/events`);
  assert.equal(told.at(-1)?.event, 'end');
  assert.equal(lastOf(told).state, 'written');
  assert.deepEqual(events(told), [
    'begin-sales',
    'start-done',
    'read-sales',
    'page-of-total',
    'read-done',
    'trouble', // D-10 the invoice number that nobody has
    'analyse-sales',
    'held-sale',
    'analyse-done',
    'write-sales',
    'entry-written',
    'entry-written',
    'file',
    'write-done',
  ]);

  const page = await on.call('GET', `/api/runs/${run}`);
  assert.equal(page.body.log.length, told.filter(({ event }) => event === 'log').length);
  assert.deepEqual([page.body.counts.written, page.body.counts.held, page.body.debit], [2, 1, '994.12']);
  const file = await on.call('GET', `/api/runs/${run}/file`);
  assert.equal(
    file.headers.get('content-disposition'),
    `attachment; filename="VENTES.csv"; filename*=UTF-8''VENTES.csv`,
  );
  assert.equal(Number(file.headers.get('content-length')), page.body.file.bytes);
  assert.match(file.text, /483,60/);
  const log = await on.call('GET', `/api/runs/${run}/log.txt?lang=en`);
  assert.match(log.text, /Import of sales begins\r\n/);
  const held = await on.call('GET', `/api/runs/${run}/documents?state=held`);
  assert.deepEqual(
    [held.body.total, held.body.rows[0].order, held.body.rows[0].reasons[0].code],
    [1, '4', 'mapping.no-vat-account'],
  );
  const [why] = (await on.call('GET', '/api/profiles/lavande/explain?document=1')).body;
  const [line] = why.entries[0].lines;
  assert.deepEqual(
    [why.key, why.state, why.entries[0].source, why.entries[0].run.id, line.account, line.mapping, line.sum],
    ['sale/1', 'written', 'written', run, '411000', 'customers', [{ line: 'total', label: '', amount: '483.60' }]],
  );
  const unknown = await on.call('GET', '/api/profiles/lavande/explain?document=nothing');
  assert.deepEqual([unknown.status, unknown.body.code], [404, 'document.unknown']);
});

test('a page that comes late reads all lines; one that comes back reads those it missed', async (t) => {
  const on = await bench(shopOf());
  t.after(on.close);
  const { body } = await on.call('POST', '/api/profiles/lavande/runs', ASKED);
  const address = `${on.url}/api/runs/${body.id}/events`;
  const whole = await listen(address);
  const lines = whole.filter(({ event }) => event === 'log');
  assert.deepEqual(
    (await listen(address)).filter(({ event }) => event === 'log'),
    lines,
  );
  const seen = lines[5]?.id ?? '';
  const missed = lines.slice(6);
  assert.deepEqual(
    (await listen(address, { 'last-event-id': seen })).filter(({ event }) => event === 'log'),
    missed,
  );
  assert.deepEqual(
    (await listen(`${address}?after=${seen}`)).filter(({ event }) => event === 'log'),
    missed,
  );

  await on.restart();
  const after = await listen(`${on.url}/api/runs/${body.id}/events`);
  assert.deepEqual(events(after), events(whole));
  assert.equal(after.at(-1)?.event, 'end');
});

test('while a run goes its lines come as they happen, the profile says it runs, and it can be stopped: nothing is written', async (t) => {
  let open = () => {};
  const shop = shopOf();
  shop.gate = new Promise((resolve) => {
    open = resolve;
  });
  const on = await bench(shop);
  t.after(on.close);
  const { body } = await on.call('POST', '/api/profiles/lavande/runs', ASKED);
  const told = await listen(`${on.url}/api/runs/${body.id}/events`, {}, (sofar) =>
    events(sofar).includes('read-sales'),
  );
  assert.deepEqual(events(told), ['begin-sales', 'start-done', 'read-sales']);
  assert.equal((await on.call('GET', '/api/profiles/lavande')).body.runningRun, body.id);
  const second = await on.call('POST', '/api/profiles/lavande/runs', ASKED);
  assert.deepEqual([second.status, second.body.code], [409, 'run.already-running']);
  assert.deepEqual((await on.call('DELETE', '/api/profiles/lavande', {})).body.code, 'run.running');

  assert.equal((await on.call('POST', `/api/runs/${body.id}/stop`, {})).status, 200);
  open();
  const rest = await listen(`${on.url}/api/runs/${body.id}/events`);
  assert.deepEqual(events(rest).slice(-2), ['failed', 'nothing-written']);
  const home = (await on.call('GET', '/api/profiles/lavande')).body;
  assert.deepEqual([home.runningRun, home.lastRuns[0].state, home.lastRuns[0].file], [null, 'cancelled', null]);
  assert.equal((await on.call('POST', `/api/runs/${body.id}/stop`, {})).body.code, 'run.not-running');
});

test('a shop that refuses its key makes a failed run with the cause first', async (t) => {
  const shop = shopOf();
  shop.failure = new Failure('shop.key-refused', { shop: 'Test shop' });
  const on = await bench(shop);
  t.after(on.close);
  const { body } = await on.call('POST', '/api/profiles/lavande/runs', ASKED);
  const failed = await waitFor(async () => {
    const { body: page } = await on.call('GET', `/api/runs/${body.id}`);
    return page.state === 'failed' ? page : null;
  });
  assert.deepEqual(failed.trouble, { code: 'shop.key-refused', values: { shop: 'Test shop' } });
  assert.equal((await on.call('GET', `/api/runs/${body.id}/file`)).body.code, 'run.without-file');
  const counted = await on.call('GET', '/api/profiles/lavande/count?kind=sales&from=2026-11-01&to=2026-11-30');
  assert.deepEqual([counted.body.documents, counted.body.trouble.code], [null, 'shop.key-refused']);
  assert.equal((await on.call('GET', '/api/profiles/lavande/lists')).status, 200);
  assert.deepEqual(on.faults, []);
});

test('periods: a name alone is enough, days in disorder or missing are refused', async (t) => {
  const on = await bench(shopOf([]), { now: () => Date.UTC(2026, 10, 24, 8) });
  t.after(on.close);
  const named = await on.call('POST', '/api/profiles/lavande/runs', { kind: 'sales', period: 'last-month' });
  assert.deepEqual([named.body.from, named.body.to], ['2026-10-01', '2026-10-31']);
  await listen(`${on.url}/api/runs/${named.body.id}/events`);
  for (const wrong of [
    { from: '2026-11-30', to: '2026-11-01' },
    { period: 'custom' },
    { from: '2026-02-30', to: '2026-03-01' },
    { period: 'someday' },
  ]) {
    const answer = await on.call('POST', '/api/profiles/lavande/runs', { ...ASKED, from: null, to: null, ...wrong });
    assert.deepEqual([answer.status, answer.body.code], [400, 'request.invalid'], JSON.stringify(wrong));
  }
  assert.equal((await on.call('GET', '/api/runs/nothing')).body.code, 'run.unknown');
});
