import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Role, SessionRow } from '../store/access-store.ts';
import type { Store } from '../store/store.ts';
import { limiter } from './attempts.ts';
import { hashPassword, isPassword, newPassword } from './password.ts';
import { queue } from './queue.ts';
import { lesser } from './role.ts';
import { addUser, userId } from './users.ts';

/**
 * How people come in. `open`: no password, on this machine alone. `password`: all may work, the options and the profiles'
 * configuration want the password of the options. `users`: each with a name. `setup`: beyond this machine without users
 * yet, the first comes in by the code of the terminal; `closed`: the same without a code.
 */
export type Entrance = 'open' | 'password' | 'users' | 'setup' | 'closed';

/** Who asks, and by what. `user` is a name, `id` the same as a key; null where nobody has one. */
export type Actor = {
  readonly role: Role;
  readonly user: string | null;
  readonly id: string | null;
  readonly via: 'open' | 'session' | 'token';
  /** Hash of the session. */
  readonly session: string | null;
};

export type SignedIn =
  | { readonly state: 'in'; readonly secret: string; readonly maxAgeSeconds: number }
  | { readonly state: 'wrong'; readonly left: number; readonly pauseMs: number }
  | { readonly state: 'paused'; readonly pauseMs: number };

export type Place = { readonly address: string; readonly agent: string };

const MINUTE = 60_000;
/** Of a user: a pause, and a working day. Of the options' password: as long as one is at it. */
const IDLE_MS = { user: 120 * MINUTE, options: 15 * MINUTE } as const;
const LONGEST_MS = 12 * 60 * MINUTE;
/** A session is not written at each request. */
const SEEN_EVERY_MS = MINUTE;

const MAX_WAITING = 20;
const BUSY: SignedIn = { state: 'paused', pauseMs: MINUTE };

/** Where the store keeps the hash of the options' password. */
const OPTIONS_PASSWORD = 'options-password';
/** The account under which attempts at it are counted; no user's name has such a sign. */
const OPTIONS_ACCOUNT = '/options';
const SETUP_ACCOUNT = '/setup';

export type Access = ReturnType<typeof accessTo>;

/** `exposed`: the server listens beyond this machine. `code` lets the first user in. */
export function accessTo(
  store: Store,
  now: () => number,
  { exposed, code }: { readonly exposed: boolean; readonly code: string | null },
) {
  const { access, settings } = store;
  const attempts = limiter(access, now);
  // One at a time: tries made together count as one after another, and a flood takes neither memory nor all processors.
  const inTurn = queue(MAX_WAITING);
  return {
    entrance,
    actorOf,
    signIn: async (...given: Parameters<typeof signIn>) => (await inTurn(() => signIn(...given))) ?? BUSY,
    signOut,
    setUp: async (...given: Parameters<typeof setUp>) => (await inTurn(() => setUp(...given))) ?? BUSY,
    setOptionsPassword,
  };

  async function entrance(): Promise<Entrance> {
    if (await access.users.any()) return 'users';
    if (exposed) return code === null ? 'closed' : 'setup';
    return (await settings.get(OPTIONS_PASSWORD)) === null ? 'open' : 'password';
  }

  /** Null: nobody we know; `awake`: it counts as using the session. A key that is given must be good, also where none is asked. */
  async function actorOf(
    given: {
      readonly session: string | null;
      readonly token: string | null;
    },
    awake = true,
  ): Promise<Actor | null> {
    const how = await entrance();
    if (given.token !== null) return actorOfToken(given.token, how);
    const session = given.session === null ? null : await sessionOf(given.session, awake);
    if (how === 'users') {
      const user = session?.user ? await access.users.get(session.user) : null;
      if (session === null || user === null) return null;
      return { role: user.role, user: user.name, id: user.id, via: 'session', session: session.hash };
    }
    const nobody = { user: null, id: null } as const;
    if (how === 'open') return { ...nobody, role: 'configure', via: 'open', session: null };
    if (how !== 'password') return null;
    if (session === null || session.user !== null) return { ...nobody, role: 'approve', via: 'open', session: null };
    return { ...nobody, role: 'configure', via: 'session', session: session.hash };
  }

  async function actorOfToken(token: string, how: Entrance): Promise<Actor | null> {
    const row = await access.tokens.byHash(hashOf(token));
    if (row === null || Date.parse(row.expiresAt) <= now()) return null;
    const owner = row.user === null ? null : await access.users.get(row.user);
    // Made where there were no users: good for nothing once there are some.
    if (owner === null && how !== 'open' && how !== 'password') return null;
    const role = owner === null ? row.role : lesser(row.role, owner.role);
    if (row.usedAt === null || now() - Date.parse(row.usedAt) > SEEN_EVERY_MS)
      await access.tokens.used(row.id, instant());
    return { role, user: owner?.name ?? null, id: owner?.id ?? null, via: 'token', session: null };
  }

  /** The session, unless it has been left too long, or has lasted a day. */
  async function sessionOf(secret: string, awake: boolean): Promise<SessionRow | null> {
    const row = await access.sessions.get(hashOf(secret));
    if (row === null) return null;
    const idle = now() - Date.parse(row.seenAt);
    const ended = idle > IDLE_MS[row.user === null ? 'options' : 'user'];
    if (ended || now() - Date.parse(row.createdAt) > LONGEST_MS) {
      await access.sessions.remove(row.hash);
      return null;
    }
    if (awake && idle > SEEN_EVERY_MS) await access.sessions.seen(row.hash, instant());
    return row;
  }

  /**
   * By name and password, or by the password of the options alone. The answer does not tell whether there is such a user,
   * nor does its time. Each time the session is a new one: what a browser had before is worth nothing (session fixation).
   */
  async function signIn(
    { name, password }: { readonly name: string | null; readonly password: string },
    { address, agent }: Place,
    before: string | null,
  ): Promise<SignedIn> {
    const how = await entrance();
    const account = how === 'users' ? userId(name ?? '') : OPTIONS_ACCOUNT;
    const paused = await attempts.pauseMs(account, address);
    if (paused > 0) return { state: 'paused', pauseMs: paused };
    const user = how === 'users' ? await access.users.get(account) : null;
    const kept = how === 'users' ? (user?.password ?? null) : await settings.get(OPTIONS_PASSWORD);
    if (!(await isPassword(password, kept))) return { state: 'wrong', ...(await attempts.fail(account, address)) };
    await attempts.succeed(account);
    if (before !== null) await access.sessions.remove(hashOf(before));
    const idle = new Date(now() - IDLE_MS.user).toISOString();
    await access.sessions.purge({ seen: idle, created: new Date(now() - LONGEST_MS).toISOString() });
    const secret = randomBytes(32).toString('base64url');
    const at = instant();
    const row = { hash: hashOf(secret), user: user?.id ?? null, createdAt: at, seenAt: at };
    await access.sessions.add({ ...row, address, agent: agent.slice(0, 200) });
    if (user !== null) await access.users.seen(user.id, at);
    return { state: 'in', secret, maxAgeSeconds: LONGEST_MS / 1000 };
  }

  async function signOut(session: string): Promise<void> {
    await access.sessions.remove(session);
  }

  /** Makes the first user, who may configure, by the code of the terminal. */
  async function setUp(
    given: { readonly code: string; readonly name: string; readonly password: string },
    { address }: Place,
  ): Promise<SignedIn | { readonly state: 'made' }> {
    const paused = await attempts.pauseMs(SETUP_ACCOUNT, address);
    if (paused > 0) return { state: 'paused', pauseMs: paused };
    const right = (await entrance()) === 'setup' && code !== null && same(given.code.replace(/[\s-]/g, ''), code);
    if (!right) return { state: 'wrong', ...(await attempts.fail(SETUP_ACCOUNT, address)) };
    await addUser(store, { name: given.name, password: given.password, role: 'configure' }, now());
    return { state: 'made' };
  }

  /** Null takes it away. Whoever had given the old one gives the new one. */
  async function setOptionsPassword(password: string | null, keep: string | null): Promise<void> {
    if (password === null) await settings.setSecret(OPTIONS_PASSWORD, null);
    else await settings.set(OPTIONS_PASSWORD, await hashPassword(newPassword.parse(password)));
    await access.sessions.removeAll(null, keep);
  }

  function instant(): string {
    return new Date(now()).toISOString();
  }
}

/** The secrets are random: a plain hash is enough, and is found by itself. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

function same(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(hashOf(one)), Buffer.from(hashOf(other)));
}
