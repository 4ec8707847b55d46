import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type Bench, bench } from '../../test/server-kit.ts';

async function open(t: TestContext): Promise<Bench> {
  const on = await bench({ documents: [], gate: null, failure: null });
  t.after(on.close);
  return on;
}

test('S-034 S-093 S-094 S-239 S-240 S-242 S-243 S-244 a profile is created, listed, made the default, duplicated and deleted', async (t) => {
  const on = await open(t);
  const made = await on.call('POST', '/api/profiles', {
    name: 'Atelier',
    shop: 'test-shop',
    url: 'https://atelier.example',
    ledger: 'csv',
    template: 'france',
    credentials: { key: 'SECRET-1' },
  });
  assert.deepEqual(
    [made.status, made.body.id, made.body.shopName, made.body.demo],
    [201, 'atelier', 'Test shop', false],
  );
  await on.call('PUT', '/api/profiles/atelier/default', {});
  const copy = await on.call('POST', '/api/profiles/atelier/duplicate', { name: 'Atelier été' });
  assert.deepEqual([copy.status, copy.body.id, copy.body.name], [201, 'atelier-ete', 'Atelier été']);
  assert.deepEqual(await on.deps.store.secrets.all('atelier-ete'), { key: 'SECRET-1' });
  const info = (await on.call('GET', '/api/info')).body;
  assert.equal(info.defaultProfile, 'atelier');
  assert.deepEqual(info.profiles.map(({ id }: { id: string }) => id).sort(), ['atelier', 'atelier-ete', 'lavande']);
  assert.deepEqual((await on.call('DELETE', '/api/profiles/atelier', {})).status, 200);
  const after = (await on.call('GET', '/api/info')).body;
  assert.deepEqual([after.defaultProfile, after.profiles.length], [null, 2]);
  const gone = await on.call('GET', '/api/profiles/atelier');
  assert.deepEqual([gone.status, gone.body], [404, { code: 'profile.unknown', values: { profile: 'atelier' } }]);
});

test('S-055 the main window is told name, ledger, folder, shop and address, the default period and what is missing', async (t) => {
  const on = await open(t);
  const home = (await on.call('GET', '/api/profiles/lavande')).body;
  assert.deepEqual(
    [home.name, home.shopName, home.ledgerName, home.url, home.timeZone],
    ['Maison Lavande', 'Test shop', 'CSV', 'https://lavande.example', 'Europe/Paris'],
  );
  assert.ok(home.folder.endsWith('/files/lavande'));
  assert.match(`${home.defaultFrom} ${home.defaultTo}`, /^\d{4}-\d\d-01 \d{4}-\d\d-(28|29|30|31)$/);
  assert.deepEqual(
    [home.missing, home.runningRun, home.openReview, home.waiting, home.lastRuns, home.lastImportAt],
    [[], null, null, 0, [], null],
  );
  await on.deps.store.profiles.add({
    id: 'new',
    document: '{"name":"New","shop":{"type":"test-shop"},"ledger":{"type":"csv"}}',
    demo: false,
    at: '2026-11-01T08:00:00Z',
  });
  const { missing } = (await on.call('GET', '/api/profiles/new')).body;
  assert.deepEqual(
    missing.map(({ path }: { path: string }) => path).filter((path: string) => /url|secrets|customers/.test(path)),
    ['shop.url', 'customers.account', 'secrets.key'],
  );
});

test('a document saved over an older revision is refused, and what was saved stays', async (t) => {
  const on = await open(t);
  const { body } = await on.call('GET', '/api/profiles/lavande/document');
  const rename = (name: string) =>
    on.call('PUT', '/api/profiles/lavande/document', { revision: body.revision, profile: { ...body.profile, name } });
  const saved = await rename('Lavande 1');
  assert.deepEqual([saved.status, saved.body.profile.name], [200, 'Lavande 1']);
  assert.ok(saved.body.revision > body.revision);
  const late = await rename('Lavande 2');
  assert.deepEqual([late.status, late.body], [409, { code: 'profile.changed', values: { profile: 'lavande' } }]);
  assert.equal((await on.call('GET', '/api/profiles/lavande/document')).body.profile.name, 'Lavande 1');
});

test('a document with faults is refused field by field', async (t) => {
  const on = await open(t);
  const { body } = await on.call('GET', '/api/profiles/lavande/document');
  const profile = {
    ...body.profile,
    shop: { ...body.profile.shop, url: 'http://plain.example' },
    entries: { sales: { label: '%ZZ' } },
  };
  const answer = await on.call('PUT', '/api/profiles/lavande/document', { revision: body.revision, profile });
  assert.equal(answer.status, 422);
  assert.equal(answer.body.code, 'profile.invalid');
  assert.deepEqual(
    answer.body.fields.map(({ path, code }: { path: string; code: string }) => [path, code]),
    [
      ['shop.url', 'plain-http'],
      ['entries.sales.label', 'unknown-pattern-code'],
    ],
  );
});

test('S-113 secrets go in and never come out', async (t) => {
  const on = await open(t);
  const { body } = await on.call('GET', '/api/profiles/lavande/document');
  assert.deepEqual(body.secrets, [{ name: 'key', set: true }]);
  const saved = await on.call('PUT', '/api/profiles/lavande/document', {
    revision: body.revision,
    profile: body.profile,
    secrets: { key: 'SECRET-NEW' },
  });
  assert.equal(saved.status, 200);
  assert.deepEqual(await on.deps.store.secrets.all('lavande'), { key: 'SECRET-NEW' });
  for (const path of ['/api/info', '/api/profiles/lavande', '/api/profiles/lavande/document']) {
    assert.equal((await on.call('GET', path)).text.includes('SECRET'), false, path);
  }
  assert.equal(saved.text.includes('SECRET'), false);
});

test('an exported profile is taken in under a free id; one that does not fit is refused', async (t) => {
  const on = await open(t);
  const { body } = await on.call('GET', '/api/profiles/lavande/document');
  const taken = await on.call('POST', '/api/profiles/import', { document: body.profile });
  assert.deepEqual([taken.status, taken.body.id, taken.body.name], [201, 'maison-lavande', 'Maison Lavande']);
  assert.deepEqual((await on.call('GET', '/api/profiles/maison-lavande')).body.missing, [
    { path: 'secrets.key', code: 'credential' },
  ]);
  const wrong = await on.call('POST', '/api/profiles/import', {
    document: { name: 'X', shop: { type: 'unknown' }, colour: 1 },
  });
  assert.deepEqual([wrong.status, wrong.body.code], [422, 'profile.invalid']);
});

test('S-115 the shop and the ledger are tested, counted and listed', async (t) => {
  const on = await open(t);
  const check = await on.call('POST', '/api/profiles/lavande/check', {});
  assert.deepEqual(check.body, {
    checks: [{ id: 'key', result: 'ok', values: {}, durationMs: 3 }],
    ledger: { ok: true, code: null, values: {} },
  });
  const count = await on.call('GET', '/api/profiles/lavande/count?kind=sales&from=2026-11-01&to=2026-11-30');
  assert.deepEqual(count.body, {
    documents: 0,
    alreadyTransferred: 0,
    statusesRead: 1,
    statusesKnown: 2,
    findBy: 'order',
    timeZone: 'Europe/Paris',
    trouble: null,
  });
  assert.equal((await on.call('GET', '/api/profiles/lavande/count?kind=sales&from=2026-11-01')).status, 400);
  const gaps = (await on.call('GET', '/api/profiles/lavande/gaps')).body;
  assert.deepEqual(
    gaps.map(({ kind, item }: { kind: string; item: string }) => [kind, item]),
    [
      ['payment', 'alma'],
      ['tax', 'BE-21'],
    ],
  );
  assert.equal((await on.call('GET', '/api/schema/profile')).body.title, 'Comptoir profile');
});

test('a demo that does not exist is refused', async (t) => {
  const on = await open(t);
  assert.deepEqual((await on.call('POST', '/api/demos/demo-test', {})).body.id, 'lavande');
  assert.deepEqual((await on.call('POST', '/api/demos/nothing', {})).body, {
    code: 'demo.unknown',
    values: { demo: 'nothing' },
  });
});

test('S-179 apply to all copies a default on every exception, over the revision it was read at', async (t) => {
  const on = await open(t);
  const { body } = await on.call('GET', '/api/profiles/lavande/document');
  const before = body.profile.mappings.taxes.exceptions;
  assert.ok(before.length > 1);
  const call = (revision: number, field: string) =>
    on.call('POST', '/api/profiles/lavande/apply-to-all', { revision, field });
  const wrong = await call(body.revision, 'taxes.dream');
  assert.deepEqual(
    [wrong.status, wrong.body],
    [400, { code: 'usage', values: { reason: 'no-such-default', written: 'taxes.dream' } }],
  );
  const applied = await call(body.revision, 'taxes.code');
  assert.equal(applied.status, 200);
  const { code = null } = body.profile.mappings.taxes.default ?? {};
  assert.deepEqual(
    applied.body.profile.mappings.taxes.exceptions,
    before.map((row: object) => ({ ...row, code })),
  );
  assert.equal((await call(body.revision, 'taxes.code')).status, 409);
});

test('R-06 a profile is created for a fiscal year, whose opening day chooses the chart', async (t) => {
  const on = await open(t);
  const create = (fiscalYearStart: string) =>
    on.call('POST', '/api/profiles', {
      name: 'Lux',
      shop: 'test-shop',
      url: 'https://lux.example',
      ledger: 'csv',
      template: 'luxembourg',
      fiscalYearStart,
    });
  const early = await create('2019-01-01');
  assert.deepEqual(
    [early.status, early.body],
    [400, { code: 'usage', values: { reason: 'no-chart', written: '2019-01-01' } }],
  );
  assert.equal((await create('2026-02-30')).status, 400);
  assert.equal((await create('2026-01-01')).status, 201);
  const { profile } = (await on.call('GET', '/api/profiles/lux/document')).body;
  assert.equal(profile.ledger.fiscalYearStart, '2026-01-01');
});
