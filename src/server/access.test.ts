import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Bench, bench, call, listen, order, type TestShop } from '../../test/server-kit.ts';
import { mayAs, ROLES, type Role } from '../access/role.ts';
import { addUser } from '../access/users.ts';
import { ROUTES } from './routes.ts';

/** Users over HTTP: signing in, roles on every route, sessions, and what is recorded. */

const PASSWORD = 'cheval exact pile agrafe';
const shop: TestShop = {
  documents: [order(1, 'sale FR; product 10.00 20% 2.00; paid card 12.00')],
  ...{ gate: null, failure: null },
};
let on: Bench;
const cookies = new Map<Role, string>();

before(async () => {
  on = await bench(shop);
  for (const role of ['configure', 'read', 'prepare', 'approve'] as const)
    await addUser(on.deps.store, { name: role, role, password: PASSWORD }, Date.now());
  for (const role of ROLES) cookies.set(role, await signedIn(role));
});

after(() => on.close());

async function signedIn(user: string, password = PASSWORD): Promise<string> {
  const { status, headers, text } = await on.call('POST', '/api/session', { user, password });
  assert.equal(status, 200, text);
  return (headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
}

const as = (role: Role) => ({ cookie: cookies.get(role) ?? '' });

test('every route declares the role it asks, and refuses whoever has less before it reads anything', async () => {
  assert.ok(ROUTES.length > 55);
  const open = ROUTES.filter(({ role }) => role === 'nothing').map(({ method, path }) => `${method} ${path}`);
  const session = ['GET /api/session', 'POST /api/session', 'DELETE /api/session', 'POST /api/session/setup'];
  // The page of signing in speaks a language of a file too.
  assert.deepEqual(open, [...session, 'GET /api/languages/:language']);
  for (const { method, path, role } of ROUTES) {
    if (role === 'nothing') continue;
    const address = path.replace(/:\w+/g, 'x');
    const asked = (headers: Record<string, string>) =>
      on.call(method, address, method === 'GET' ? undefined : '{"broken', {
        ...(path.includes('/runs/file') || path === '/api/restore'
          ? { 'content-type': 'application/octet-stream' }
          : {}),
        ...headers,
      });
    const stranger = await asked({});
    assert.deepEqual([stranger.status, stranger.body.code], [401, 'access.sign-in'], `${method} ${path}`);
    for (const own of ROLES) {
      const { status, body } = await asked(as(own));
      if (mayAs(own, role)) assert.ok(status !== 401 && status !== 403, `${method} ${path} as ${own}: ${status}`);
      else assert.deepEqual([status, body.code], [403, 'access.role'], `${method} ${path} as ${own}`);
    }
  }
});

test('what changes something asks more than reading, and says under which name it is recorded or why not', () => {
  const changing = ROUTES.filter(({ method, role }) => method !== 'GET' && role !== 'nothing');
  const reading = changing.filter(({ role }) => role === 'read').map(({ path }) => path);
  assert.deepEqual(
    reading,
    ['/api/sessions/:session', '/api/password', '/api/tokens', '/api/tokens/:token'],
    'one’s own alone',
  );
  // Looks, drafts and one's own sessions; a run bears its author itself.
  const unrecorded = changing.filter(({ act }) => act === null).map(({ path }) => path);
  assert.deepEqual(unrecorded, [
    '/api/sessions/:session',
    '/api/demos/:demo',
    '/api/profiles/:profile/format',
    '/api/profiles/:profile/check',
    '/api/profiles/:profile/runs/file/peek',
    '/api/reviews/:run/ticks',
    '/api/reviews/:run/late',
  ]);
});

test('who prepares may make a list and not write; runs and the record bear their names', async () => {
  const start = { kind: 'sales', from: '2026-11-01', to: '2026-11-30' };
  const atOnce = await on.call('POST', '/api/profiles/lavande/runs', { ...start, review: false }, as('prepare'));
  assert.deepEqual([atOnce.status, atOnce.body.values], [403, { role: 'approve' }]);
  const { body } = await on.call('POST', '/api/profiles/lavande/runs', { ...start, review: true }, as('prepare'));
  const state = async () => (await on.call('GET', `/api/runs/${body.id}`, undefined, as('read'))).body;
  while ((await state()).state === 'reading') await new Promise((resolve) => setTimeout(resolve, 20));
  const refused = await on.call('POST', `/api/reviews/${body.id}/write`, {}, as('prepare'));
  assert.equal(refused.status, 403);
  assert.equal((await on.call('POST', `/api/reviews/${body.id}/write`, {}, as('approve'))).status, 202);
  while ((await state()).state !== 'written') await new Promise((resolve) => setTimeout(resolve, 20));
  const { user, writtenBy } = await state();
  assert.deepEqual([user, writtenBy], ['prepare', 'approve']);
  const { body: audit } = await on.call('GET', '/api/audit?limit=2', undefined, as('configure'));
  const told = audit.rows.map((row: Record<string, string>) => [row.user, row.act, row.object]);
  assert.deepEqual(told, [
    ['approve', 'review.write', body.id],
    ['prepare', 'run.start', 'lavande'],
  ]);
  const explained = await on.call('GET', '/api/profiles/lavande/explain?document=1', undefined, as('read'));
  assert.equal(explained.body[0].history[0].user, 'approve');
});

test('the cookie is for this server alone, and no script reads it', async () => {
  const { headers } = await on.call('POST', '/api/session', { user: 'read', password: PASSWORD });
  const [cookie = ''] = headers.getSetCookie();
  assert.match(
    cookie,
    new RegExp(`^comptoir-${new URL(on.url).port}=[\\w-]{43}; Max-Age=43200; Path=/; HttpOnly; SameSite=Strict$`),
  );
});

test('session fixation: a cookie brought to the sign-in is worth nothing after it, nor is that of a sign-out', async () => {
  const name = `comptoir-${new URL(on.url).port}`;
  const planted = `${name}=${'a'.repeat(43)}`;
  const { headers } = await on.call('POST', '/api/session', { user: 'read', password: PASSWORD }, { cookie: planted });
  const own = (headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  assert.notEqual(own, planted);
  assert.equal((await on.call('GET', '/api/info', undefined, { cookie: planted })).status, 401);
  assert.equal((await on.call('GET', '/api/info', undefined, { cookie: own })).status, 200);
  await on.call('DELETE', '/api/session', {}, { cookie: own });
  assert.equal((await on.call('GET', '/api/info', undefined, { cookie: own })).status, 401);
});

test('brute force: the same answers for a user and for nobody, then a pause, at which the right one is refused too', async () => {
  await addUser(on.deps.store, { name: 'victim', role: 'read', password: PASSWORD }, Date.now());
  for (const user of ['victim', 'nobody']) {
    const codes: unknown[] = [];
    for (let step = 0; step < 6; step += 1) {
      const { status, body } = await on.call('POST', '/api/session', { user, password: step < 5 ? 'faux' : PASSWORD });
      codes.push([status, body.code, body.values.left ?? body.values.minutes]);
    }
    const wrong = ['4', '3', '2', '1'].map((left) => [401, 'access.wrong', left]);
    assert.deepEqual(codes, [...wrong, [429, 'access.paused', '15'], [429, 'access.paused', '15']], user);
  }
  await on.deps.store.access.attempts.purge('9999');
});

test('one’s own password wants the old one, and ends the other sessions; sessions are listed and ended', async () => {
  const [here, there] = [await signedIn('read'), await signedIn('read')];
  const list = await on.call('GET', '/api/sessions', undefined, { cookie: here });
  assert.ok(list.body.length >= 2);
  assert.equal(list.body.filter(({ self }: { self: boolean }) => self).length, 1);
  assert.ok(!list.text.includes((here.split('=')[1] ?? '').slice(0, 20)));
  const change = (old: string) =>
    on.call('PUT', '/api/password', { old, password: `${PASSWORD} neuf` }, { cookie: here });
  assert.equal((await change('faux')).body.code, 'access.wrong');
  const changed = await change(PASSWORD);
  assert.equal(changed.status, 200);
  assert.equal((await on.call('GET', '/api/info', undefined, { cookie: there })).status, 401);
  const now = (changed.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  assert.equal((await on.call('GET', '/api/info', undefined, { cookie: now })).status, 200);
  const third = await signedIn('read', `${PASSWORD} neuf`);
  const others = await on.call('DELETE', '/api/sessions/others', {}, { cookie: now });
  assert.equal(others.body.length, 1);
  assert.equal((await on.call('GET', '/api/info', undefined, { cookie: third })).status, 401);
});

test('another’s password and role are changed by who configures; the sessions end, and no answer tells a hash', async () => {
  await addUser(on.deps.store, { name: 'Chloé', role: 'read', password: PASSWORD }, Date.now());
  const cookie = await signedIn('chloé');
  const path = `/api/users/${encodeURIComponent('chloé')}`;
  const changed = await on.call('PUT', path, { role: 'approve', password: `${PASSWORD} 2` }, as('configure'));
  assert.equal(changed.body.find(({ name }: { name: string }) => name === 'Chloé').role, 'approve');
  assert.doesNotMatch(changed.text, /scrypt/);
  assert.equal((await on.call('GET', '/api/info', undefined, { cookie })).status, 401);
  assert.equal((await on.call('DELETE', path, {}, as('configure'))).status, 200);
  assert.equal((await on.call('DELETE', path, {}, as('configure'))).status, 404);
});

test('a run that is being followed tells nothing more once the session has ended or its user is gone', async () => {
  const waiting = Promise.withResolvers<void>();
  shop.gate = waiting.promise;
  const asked = { kind: 'sales', from: '2026-11-01', to: '2026-11-30', period: 'custom', includeTransferred: false };
  const { body: run } = await on.call('POST', '/api/profiles/lavande/runs', { ...asked, review: true }, as('prepare'));
  await addUser(on.deps.store, { name: 'guest', role: 'read', password: PASSWORD }, Date.now());
  const [one, other] = [await signedIn('guest'), await signedIn('guest')];
  const follow = (cookie: string) => listen(`${on.url}/api/runs/${run.id}/events`, { cookie });
  const [left, removed] = [follow(one), follow(other)];
  await on.call('DELETE', '/api/session', {}, { cookie: one });
  assert.notEqual((await left).at(-1)?.event, 'end', 'cut off while the run goes on');
  await on.call('DELETE', '/api/users/guest', {}, as('configure'));
  assert.notEqual((await removed).at(-1)?.event, 'end');
  assert.equal((await on.call('GET', `/api/runs/${run.id}`, undefined, as('prepare'))).body.state, 'reading');
  shop.gate = null;
  waiting.resolve();
  assert.equal((await listen(`${on.url}/api/runs/${run.id}/events`, as('prepare'))).at(-1)?.event, 'end');
  await on.call('POST', `/api/reviews/${run.id}/close`, {}, as('prepare'));
});

test('a Comptoir with users on the same folder is found by another start, without being told the folder', async () => {
  const { text } = await on.call('GET', '/api/session');
  assert.ok(!text.includes(on.home));
  const { serve } = await import('./server.ts');
  const { port } = new URL(on.url);
  assert.equal((await serve(on.app, { port: Number(port) })).state, 'already');
});

test('S-246 the password of the options locks the options and the configuration, and nothing else', async () => {
  const one = await bench({ documents: [], gate: null, failure: null });
  try {
    const chosen = await one.call('PUT', '/api/options/password', { password: PASSWORD });
    assert.equal(chosen.status, 200);
    const cookie = (chosen.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    assert.equal((await one.call('GET', '/api/profiles/lavande/document', undefined, { cookie })).status, 200);
    for (const [method, path] of [
      ['GET', '/api/proxy'],
      ['GET', '/api/profiles/lavande/document'],
      ['PUT', '/api/profiles/lavande/document'],
      ['DELETE', '/api/profiles/lavande'],
      ['PUT', '/api/options/password'],
    ] as const) {
      const { status, body } = await one.call(method, path, method === 'GET' ? undefined : { password: null });
      assert.deepEqual([status, body.code], [401, 'access.locked'], `${method} ${path}`);
    }
    for (const path of ['/api/info', '/api/profiles/lavande', '/api/profiles/lavande/runs'])
      assert.equal((await one.call('GET', path)).status, 200, path);
    const short = await call(one.url, 'PUT', '/api/options/password', { password: 'court' }, { cookie });
    assert.deepEqual([short.status, short.body.code], [422, 'user.password-length']);
    assert.equal((await one.call('POST', '/api/session', { password: 'faux' })).body.code, 'access.wrong');
    const opened = await one.call('POST', '/api/session', { password: PASSWORD });
    assert.deepEqual([opened.body.entrance, opened.body.locked, opened.body.role], ['password', false, 'configure']);
    const gone = await one.call('PUT', '/api/options/password', { password: null }, { cookie });
    assert.deepEqual([gone.body.entrance, gone.body.role], ['open', 'configure']);
  } finally {
    await one.close();
  }
});

test('a key of the API: told once, kept by its hash, at most its owner’s role, expiring, revoked, and no key to others', async () => {
  const asked = { name: 'nightly', role: 'configure', days: 30 };
  const made = await on.call('POST', '/api/tokens', asked, as('prepare'));
  assert.equal(made.status, 201);
  const { secret, tokens } = made.body;
  assert.match(secret, /^comptoir_[\w-]{43}$/);
  assert.equal(tokens[0].role, 'prepare', 'the lesser of the two');
  const bearer = { authorization: `Bearer ${secret}` };
  assert.ok(!(await on.call('GET', '/api/tokens', undefined, as('prepare'))).text.includes(secret.slice(9)));
  const kept = await on.deps.store.access.tokens.list('prepare');
  assert.ok(!JSON.stringify(kept).includes(secret.slice(9)));
  const get = (path: string, headers: Record<string, string>) => on.call('GET', path, undefined, headers);
  assert.equal((await get('/api/info', bearer)).status, 200);
  assert.equal((await get('/api/users', bearer)).body.code, 'access.role');
  assert.equal((await get('/api/tokens', bearer)).body.code, 'access.by-token');
  assert.equal((await get('/api/sessions', bearer)).body.code, 'access.by-token');
  assert.equal((await get('/api/info', { authorization: 'Bearer comptoir_wrong', ...as('read') })).status, 401);
  assert.equal((await get('/api/info', { authorization: 'Basic eDp5' })).status, 401);
  await on.deps.store.access.users.setRole('prepare', 'read');
  const demo = await on.call('POST', '/api/demos/demo-test', {}, bearer);
  assert.equal(demo.body.code, 'access.role', 'less with its owner');
  await on.deps.store.access.users.setRole('prepare', 'prepare');
  const others = await on.call('DELETE', `/api/tokens/${tokens[0].id}`, {}, as('configure'));
  assert.equal(others.status, 404, 'one’s own alone');
  assert.equal((await on.call('DELETE', `/api/tokens/${tokens[0].id}`, {}, as('prepare'))).body.length, 0);
  assert.equal((await get('/api/info', bearer)).status, 401);
  const { makeToken } = await import('../access/tokens.ts');
  const old = await makeToken(on.deps.store, { id: 'read', role: 'read' }, { ...asked, role: 'read' }, 0);
  assert.equal((await get('/api/info', { authorization: `Bearer ${old.secret}` })).status, 401, 'expired');
});

test('each act that is recorded has its words', async () => {
  const { hasSentence } = await import('../i18n/translate.ts');
  for (const { act } of ROUTES)
    if (act !== null)
      for (const language of ['fr', 'en'] as const) assert.ok(hasSentence(language, `ui.audit.${act}`), act);
});
