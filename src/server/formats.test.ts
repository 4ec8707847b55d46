import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type Bench, bench } from '../../test/server-kit.ts';

async function open(t: TestContext): Promise<Bench> {
  const on = await bench({ documents: [], gate: null, failure: null });
  t.after(on.close);
  return on;
}

test('S-145 formats to start from: what custom is at first, and built-in ones; none that has rules of its own', async (t) => {
  const on = await open(t);
  const { status, body } = await on.call('GET', '/api/formats/starting-points');
  const ids = body.map(({ id }: { id: string }) => id);
  assert.equal(status, 200);
  assert.ok(ids.includes('custom') && ids.includes('ebp-v5') && !ids.includes('fec') && ids.length > 10);
});

test('S-145 a format is tried without being saved: what it writes, or each fault with its place', async (t) => {
  const on = await open(t);
  const [{ definition }] = (await on.call('GET', '/api/formats/starting-points')).body.filter(
    ({ id }: { id: string }) => id === 'openconcerto',
  );
  const tried = (await on.call('POST', '/api/profiles/lavande/format', { definition })).body;
  assert.deepEqual([tried.errors, tried.sample, tried.preview.read.state], [[], true, 'proven']);
  definition.records.line.columns.pop();
  const wrong = (await on.call('POST', '/api/profiles/lavande/format', { definition })).body;
  assert.deepEqual(
    [wrong.preview, wrong.errors.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`)],
    [null, ['records.line definition.no-value']],
  );
  const shapeless = (await on.call('POST', '/api/profiles/lavande/format', { definition: 'none' })).body;
  assert.equal(shapeless.errors[0].code, 'wrong-type');
  assert.equal((await on.call('POST', '/api/profiles/nobody/format', { definition })).status, 404);
  const { body } = await on.call('GET', '/api/profiles/lavande/document');
  assert.equal(body.profile.ledger?.definition ?? null, null);
});
