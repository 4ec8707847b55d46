import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bench } from '../../test/server-kit.ts';

test('S-253 the proxy is kept by the API, and its password is never handed out', async (t) => {
  const one = await bench({ documents: [], gate: null, failure: null });
  t.after(one.close);
  const machine = ['localhost', '127.0.0.1', '::1'];
  const none = { url: null, user: null, exceptions: machine, passwordSet: false };
  assert.deepEqual((await one.call('GET', '/api/proxy')).body, none);
  const asked = { url: 'http://proxy.example:3128', user: 'anne', exceptions: ['shop.example'] };
  const saved = await one.call('PUT', '/api/proxy', { ...asked, password: 'secret-9' });
  assert.deepEqual([saved.status, saved.body], [200, { ...asked, passwordSet: true }]);
  assert.deepEqual((await one.call('PUT', '/api/proxy', asked)).body, { ...asked, passwordSet: true });
  assert.equal(await one.deps.store.settings.secret('proxy-password'), 'secret-9');
  assert.equal((await one.call('PUT', '/api/proxy', { ...asked, password: '' })).body.passwordSet, false);
  const wrong = await one.call('PUT', '/api/proxy', { ...asked, url: 'http://a:b@proxy.example' });
  assert.deepEqual([wrong.status, wrong.body.code, wrong.body.values.field], [400, 'request.invalid', 'url']);
});

test('S-126 the password of a site is asked beside its keys once the profile names a user', async (t) => {
  const one = await bench({ documents: [], gate: null, failure: null });
  t.after(one.close);
  const address = '/api/profiles/lavande/document';
  const { revision, profile, secrets } = (await one.call('GET', address)).body;
  assert.ok(!secrets.some(({ name }: { name: string }) => name === 'basicAuthPassword'));
  const changed = { ...profile, shop: { ...profile.shop, http: { basicAuthUser: 'anne' } } };
  const saved = await one.call('PUT', address, { revision, profile: changed });
  assert.deepEqual(saved.body.secrets.at(-1), { name: 'basicAuthPassword', set: false });
});
