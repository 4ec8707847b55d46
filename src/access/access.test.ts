import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../core/problem.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { accessTo } from './access.ts';
import { hashPassword, isPassword } from './password.ts';
import { lesser, mayAs, ROLES } from './role.ts';
import { addUser, changePassword, changeRole, removeUser, userOf } from './users.ts';

const PASSWORD = 'cheval exact pile agrafe';
const HERE = { address: '192.0.2.7', agent: 'test' };
const MINUTE = 60_000;

/** A store, a clock one can move, and the door to both. */
async function onStore(
  work: (one: { store: Store; access: ReturnType<typeof accessTo>; pass: (ms: number) => void }) => Promise<void>,
  how = { exposed: false, code: null as string | null },
) {
  let now = Date.UTC(2026, 10, 24, 8);
  const store = await openStore(':memory:', Buffer.alloc(32, 7));
  const pass = (ms: number) => {
    now += ms;
  };
  await work({ store, access: accessTo(store, () => now, how), pass });
  await store.close();
}

const anne = { name: 'Anne', role: 'configure', password: PASSWORD } as const;
const code = (wanted: string) => (error: unknown) => error instanceof Failure && error.code === wanted;

test('each role does what those before it do, and a key has the lesser of two', () => {
  for (const [place, role] of ROLES.entries()) {
    for (const [other, asked] of ROLES.entries()) {
      assert.equal(mayAs(role, asked), place >= other, `${role} as ${asked}`);
      assert.equal(lesser(role, asked), ROLES[Math.min(place, other)]);
    }
  }
});

test('a password is kept as a salted scrypt hash, and is the same however a keyboard composes it', async () => {
  const [one, two] = [await hashPassword('éclair à la vanille'), await hashPassword('éclair à la vanille')];
  assert.notEqual(one, two);
  assert.match(one, /^\$scrypt\$ln=15,r=8,p=3\$[\w+/]{22}\$[\w+/]{43}$/);
  assert.equal(await isPassword('e\u0301clair à la vanille', one), true);
  assert.equal(await isPassword('eclair à la vanille', one), false);
  assert.equal(await isPassword('', null), false);
});

test('users: names without regard to case, and somebody can always configure', async () => {
  await onStore(async ({ store }) => {
    const add = (name: string, role: (typeof ROLES)[number], password = PASSWORD) =>
      addUser(store, { name, role, password }, 0);
    await assert.rejects(add('Bob', 'read'), code('user.last-administrator'), 'the first one configures');
    await add('Anne', 'configure');
    await assert.rejects(add('ANNE', 'read'), code('user.exists'));
    await assert.rejects(add(' ', 'read'), code('user.name'));
    await assert.rejects(add('<b>', 'read'), code('user.name'));
    await assert.rejects(add('Bob', 'read', 'court'), code('user.password-length'));
    await add('Bob', 'read');
    await assert.rejects(changeRole(store, 'anne', 'approve'), code('user.last-administrator'));
    await assert.rejects(removeUser(store, 'anne'), code('user.last-administrator'));
    await assert.rejects(userOf(store, 'eve'), code('user.unknown'));
    await changeRole(store, 'bob', 'configure');
    await removeUser(store, 'anne');
    await removeUser(store, 'bob');
    assert.equal(await store.access.users.any(), false, 'the very last one may go');
  });
});

test('without users and on this machine everybody may everything; beyond it nobody gets in', async () => {
  const nobody = { session: null, token: null };
  await onStore(async ({ access }) => {
    assert.equal(await access.entrance(), 'open');
    assert.equal((await access.actorOf(nobody))?.role, 'configure');
  });
  await onStore(
    async ({ access }) => {
      assert.equal(await access.entrance(), 'closed');
      assert.equal(await access.actorOf(nobody), null);
      const made = await access.setUp({ code: '', name: 'Eve', password: PASSWORD }, HERE);
      assert.equal(made.state, 'wrong');
    },
    { exposed: true, code: null },
  );
});

test('the first user is made once, by the code of the terminal', async () => {
  await onStore(
    async ({ access, store }) => {
      assert.equal(await access.entrance(), 'setup');
      const wrong = await access.setUp({ code: '000000000000', name: 'Eve', password: PASSWORD }, HERE);
      assert.equal(wrong.state, 'wrong');
      const made = await access.setUp({ code: '1234 5678-9012', name: 'Anne', password: PASSWORD }, HERE);
      assert.equal(made.state, 'made');
      assert.equal((await userOf(store, 'anne')).role, 'configure');
      const again = await access.setUp({ code: '123456789012', name: 'Eve', password: PASSWORD }, HERE);
      assert.equal(again.state, 'wrong', 'the code is good once');
    },
    { exposed: true, code: '123456789012' },
  );
});

test('a session is a new one at each sign-in, ends when it is left, after a day, and with the password', async () => {
  await onStore(async ({ store, access, pass }) => {
    await addUser(store, anne, 0);
    const signIn = async (before: string | null = null) => {
      const answer = await access.signIn({ name: 'ANNE', password: PASSWORD }, HERE, before);
      assert.equal(answer.state, 'in');
      return answer.state === 'in' ? answer.secret : '';
    };
    const isIn = async (session: string) => (await access.actorOf({ session, token: null })) !== null;
    const first = await signIn('planted-by-somebody');
    assert.notEqual(first, 'planted-by-somebody');
    assert.equal(await isIn('planted-by-somebody'), false);
    const second = await signIn(first);
    assert.deepEqual([await isIn(first), await isIn(second)], [false, true], 'what was there before is worth nothing');
    pass(121 * MINUTE);
    assert.equal(await isIn(second), false, 'left for two hours');
    const third = await signIn();
    for (let step = 0; step < 7; step += 1) {
      pass(100 * MINUTE);
      assert.equal(await isIn(third), true);
    }
    pass(30 * MINUTE);
    assert.equal(await isIn(third), false, 'twelve hours are over');
    const [one, two] = [await signIn(), await signIn()];
    await changePassword(store, 'anne', `${PASSWORD} neuf`, null);
    assert.deepEqual([await isIn(one), await isIn(two)], [false, false]);
  });
});

test('wrong passwords: five, then a pause that doubles, whether there is such a user or not', async () => {
  await onStore(async ({ store, access, pass }) => {
    await addUser(store, anne, 0);
    const tryIn = (name: string, password: string, address = '192.0.2.7') =>
      access.signIn({ name, password }, { address, agent: '' }, null);
    const told: Record<string, unknown[]> = { anne: [], nobody: [] };
    for (const [name, answers] of Object.entries(told)) {
      for (let step = 0; step < 5; step += 1) answers.push(await tryIn(name, 'faux'));
      answers.push(await tryIn(name, PASSWORD));
    }
    assert.deepEqual(told.anne, told.nobody);
    const wrong = (left: number, pauseMs: number) => ({ state: 'wrong', left, pauseMs });
    assert.deepEqual(told.anne, [
      wrong(4, 0),
      wrong(3, 0),
      wrong(2, 0),
      wrong(1, 0),
      wrong(0, 15 * MINUTE),
      { state: 'paused', pauseMs: 15 * MINUTE },
    ]);
    pass(16 * MINUTE);
    assert.deepEqual(await tryIn('anne', 'faux'), wrong(0, 30 * MINUTE));
    pass(31 * MINUTE);
    assert.equal((await tryIn('anne', PASSWORD)).state, 'in');
    assert.deepEqual(await tryIn('anne', 'faux', '192.0.2.8'), wrong(4, 0), 'the right one begins anew');
  });
});

test('tries made together count as one after another; and an address that tries many names pauses too', async () => {
  await onStore(async ({ store, access }) => {
    await addUser(store, anne, 0);
    const together = await Promise.all(
      Array.from({ length: 12 }, () => access.signIn({ name: 'anne', password: 'faux' }, HERE, null)),
    );
    assert.equal(together.filter(({ state }) => state === 'wrong').length, 5);
    assert.equal(together.filter(({ state }) => state === 'paused').length, 7);
    for (let step = 0; step < 15; step += 1) await access.signIn({ name: `n${step}`, password: 'faux' }, HERE, null);
    assert.equal((await access.signIn({ name: 'another', password: 'faux' }, HERE, null)).state, 'paused');
    const elsewhere = { address: '198.51.100.1', agent: '' };
    assert.equal((await access.signIn({ name: 'another', password: 'faux' }, elsewhere, null)).state, 'wrong');
  });
});

test('S-246 with a password of the options all may work, and who gives it may configure, for a quarter of an hour', async () => {
  await onStore(async ({ access, pass }) => {
    await access.setOptionsPassword(PASSWORD, null);
    assert.equal(await access.entrance(), 'password');
    assert.equal((await access.actorOf({ session: null, token: null }))?.role, 'approve');
    assert.equal((await access.signIn({ name: null, password: 'faux' }, HERE, null)).state, 'wrong');
    const given = await access.signIn({ name: null, password: PASSWORD }, HERE, null);
    const session = given.state === 'in' ? given.secret : '';
    assert.equal((await access.actorOf({ session, token: null }))?.role, 'configure');
    pass(16 * MINUTE);
    assert.equal((await access.actorOf({ session, token: null }))?.role, 'approve');
    await access.setOptionsPassword(null, null);
    assert.equal(await access.entrance(), 'open');
  });
});
