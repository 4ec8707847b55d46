import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { bench } from '../../test/server-kit.ts';

const one = await bench({ documents: [], gate: null, failure: null });
after(one.close);
const { call } = one;

test('S-248 S-249 a language is created, saved over what was read, exported and deleted; two tabs notice each other', async () => {
  const given = { code: 'nl', name: 'Nederlands', version: '1.0', from: 'en' };
  const created = await call('POST', '/api/languages', given);
  assert.equal(created.status, 201);
  assert.deepEqual([created.body.base, created.body.revision, created.body.translations], ['en', 1, {}]);
  assert.equal((await call('POST', '/api/languages', given)).status, 409);
  const change = { revision: 1, name: 'Nederlands', version: '1.1', changes: { 'ui.cancel': 'Annuleren' } };
  assert.equal((await call('PUT', '/api/languages/nl', change)).body.revision, 2);
  const late = await call('PUT', '/api/languages/nl', change);
  assert.deepEqual([late.status, late.body.code], [409, 'language.changed']);
  const lost = await call('PUT', '/api/languages/nl', {
    ...change,
    revision: 2,
    changes: { 'ui.profile.copy-of': 'Kopie' },
  });
  assert.deepEqual(
    [lost.status, lost.body.code, lost.body.values.key],
    [422, 'language.translation', 'ui.profile.copy-of'],
  );
  const list = (await call('GET', '/api/languages')).body;
  assert.deepEqual(
    list.map(({ code, base, translated }: { code: string; base: string; translated: number }) => [
      code,
      base,
      translated > 1,
    ]),
    [
      ['fr', null, true],
      ['en', null, true],
      ['nl', 'en', false],
    ],
  );
  const file = await call('GET', '/api/languages/nl/file');
  assert.match(file.headers.get('content-disposition') ?? '', /comptoir-nl\.json/);
  const copy = await call('POST', '/api/languages', { ...given, code: 'nl-BE', from: 'nl' });
  assert.deepEqual(copy.body.translations, { 'ui.cancel': 'Annuleren' }, 'from another language, with what it says');
  const again = await call('POST', '/api/languages/import', { document: JSON.parse(file.text), over: 2 });
  assert.deepEqual([again.body.file.revision, again.body.refused], [3, []]);
  assert.equal((await call('DELETE', '/api/languages/nl', {})).status, 200);
  assert.equal((await call('GET', '/api/languages/nl')).status, 404);
});

test('S-247 what the server writes for a person is in the language asked, a file’s too, and another is refused', async () => {
  await call('POST', '/api/languages', { code: 'de', name: 'Deutsch', version: '1', from: 'en' });
  const change = { revision: 1, name: 'Deutsch', version: '1', changes: { 'ui.column.account': 'Konto' } };
  assert.equal((await call('PUT', '/api/languages/de', change)).status, 200);
  const path = '/api/profiles/lavande/mappings/sales/exceptions.xlsx';
  assert.equal((await call('GET', `${path}?lang=de`)).status, 200);
  const none = await call('GET', `${path}?lang=../de`);
  assert.deepEqual([none.status, none.body.code], [404, 'language.unknown']);
});

test('S-248 a code that is a path is refused before any file is looked at', async () => {
  for (const code of ['..%2F..%2Fsecret', '%2e%2e', 'nl%00']) {
    const answer = await call('GET', `/api/languages/${code}`);
    assert.ok(answer.status === 404 || answer.status === 400, `${code}: ${answer.status}`);
  }
  const bad = await call('POST', '/api/languages', { code: '../x', name: 'x', version: '1', from: 'fr' });
  assert.deepEqual([bad.status, bad.body.code, bad.body.values.field], [400, 'request.invalid', 'code']);
  assert.deepEqual(one.faults, []);
});
