import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type { Actor, SignedIn } from '../../access/access.ts';
import { MIN_PASSWORD } from '../../access/password.ts';
import { mayAs, type Role } from '../../access/role.ts';
import { addUser, changePassword, changeRole, type NewUser, removeUser, userOf } from '../../access/users.ts';
import type { AuditPage, SessionAnswer, SessionInfo, UserInfo } from '../../api/access.ts';
import type { Services } from '../app.ts';
import { keepSession, permitted, placeOf, sessionIn } from '../gate.ts';
import { Refusal } from '../refusal.ts';

/** Signing in and out, users and their sessions, and the record of what was done. */

/** How one comes in here, and who is in: all that a stranger is told. */
async function session({ app, access }: Services, actor: Actor | null): Promise<SessionAnswer> {
  const entrance = await access.entrance();
  return {
    entrance,
    user: actor?.user ?? null,
    role: actor?.role ?? null,
    locked: entrance === 'password' && actor !== null && !mayAs(actor.role, 'configure'),
    instance: instanceOf(app.deps.home),
  };
}

export async function sessionNow(services: Services, context: Context): Promise<SessionAnswer> {
  return session(services, await permitted(services.access, context, 'nothing'));
}

/** Tells two servers of one folder, without telling the folder. */
export function instanceOf(home: string): string {
  return createHash('sha256').update(`comptoir ${home}`).digest('base64url').slice(0, 22);
}

type Given = { readonly user: string | null; readonly password: string };

export async function signIn(services: Services, { user, password }: Given, context: Context): Promise<SessionAnswer> {
  const entrance = await services.access.entrance();
  if (entrance !== 'users' && entrance !== 'password') throw new Refusal(409, 'access.nothing-to-sign-in');
  const given = { name: user, password };
  const answer = await services.access.signIn(given, placeOf(context), sessionIn(context));
  if (answer.state !== 'in') throw refused(answer);
  keepSession(context, answer.secret, answer.maxAgeSeconds);
  return session(services, await services.access.actorOf({ session: answer.secret, token: null }));
}

export async function signOut(services: Services, actor: Actor | null, context: Context): Promise<SessionAnswer> {
  if (actor?.session) await services.access.signOut(actor.session);
  keepSession(context, '', 0);
  return session(services, await services.access.actorOf({ session: null, token: null }));
}

export async function setUp(
  services: Services,
  given: { readonly code: string; readonly user: string; readonly password: string },
  context: Context,
): Promise<SessionAnswer> {
  const answer = await services.access.setUp({ ...given, name: given.user }, placeOf(context));
  if (answer.state === 'wrong' || answer.state === 'paused') throw refused(answer);
  return signIn(services, { user: given.user, password: given.password }, context);
}

function refused(answer: Exclude<SignedIn, { state: 'in' }>): Refusal {
  const minutes = String(Math.ceil(answer.pauseMs / 60_000));
  if (answer.state === 'wrong' && answer.pauseMs === 0)
    return new Refusal(401, 'access.wrong', { left: String(answer.left) });
  return new Refusal(429, 'access.paused', { minutes });
}

export async function setOptionsPassword(
  services: Services,
  password: string | null,
  actor: Actor,
  context: Context,
): Promise<SessionAnswer> {
  if ((await services.access.entrance()) === 'users') throw new Refusal(409, 'access.has-users');
  if (password !== null && password.length < MIN_PASSWORD) throw new Refusal(422, 'user.password-length');
  await services.access.setOptionsPassword(password, actor.session);
  // Whoever chose it has given it.
  if (password !== null && actor.via === 'open') return signIn(services, { user: null, password }, context);
  return sessionNow(services, context);
}

export async function users({ app }: Services, actor: Actor): Promise<readonly UserInfo[]> {
  const rows = await app.deps.store.access.users.list();
  return rows.map(({ id, name, role, createdAt, seenAt }) => ({
    ...{ id, name, role, createdAt, seenAt, self: id === actor.id },
  }));
}

/** The first user made here is signed in with the same answer: from then on, everybody signs in. */
export async function createUser(
  services: Services,
  user: NewUser,
  actor: Actor,
  context: Context,
): Promise<readonly UserInfo[]> {
  const { store, now } = services.app.deps;
  const first = !(await store.access.users.any());
  await addUser(store, user, now());
  if (!first) return users(services, actor);
  await signIn(services, { user: user.name, password: user.password }, context);
  const { id } = await userOf(store, user.name.trim().normalize('NFKC').toLowerCase());
  return users(services, { ...actor, id });
}

type Change = { readonly role?: Role | undefined; readonly password?: string | undefined };

export async function changeUser(services: Services, id: string, change: Change, actor: Actor) {
  const { store } = services.app.deps;
  await userOf(store, id);
  if (change.role !== undefined) await changeRole(store, id, change.role);
  if (change.password !== undefined)
    await changePassword(store, id, change.password, id === actor.id ? actor.session : null);
  return users(services, actor);
}

export async function deleteUser(services: Services, id: string, actor: Actor): Promise<readonly UserInfo[]> {
  await removeUser(services.app.deps.store, id);
  return users(services, actor);
}

/** One's own password: the old one is asked, so that a browser left open is not enough. */
export async function changeOwnPassword(
  services: Services,
  { old, password }: { readonly old: string; readonly password: string },
  actor: Actor,
  context: Context,
): Promise<SessionAnswer> {
  const { user, id } = actor;
  if (user === null || id === null || actor.via !== 'session') throw new Refusal(409, 'access.nothing-to-sign-in');
  const answer = await services.access.signIn({ name: user, password: old }, placeOf(context), sessionIn(context));
  if (answer.state !== 'in') throw refused(answer);
  const actorNow = await services.access.actorOf({ session: answer.secret, token: null });
  keepSession(context, answer.secret, answer.maxAgeSeconds);
  await changePassword(services.app.deps.store, id, password, actorNow?.session ?? null);
  return session(services, actorNow);
}

export async function sessions({ app }: Services, actor: Actor): Promise<readonly SessionInfo[]> {
  if (actor.via === 'token') throw new Refusal(403, 'access.by-token');
  const rows = await app.deps.store.access.sessions.list(actor.id);
  return rows.map(({ hash, createdAt, seenAt, address, agent }) => ({
    ...{ id: shortId(hash), createdAt, seenAt, address, agent, self: hash === actor.session },
  }));
}

/** Ends one of one's own sessions, or all the others. */
export async function endSession(services: Services, id: string, actor: Actor): Promise<readonly SessionInfo[]> {
  if (actor.via === 'token') throw new Refusal(403, 'access.by-token');
  const { sessions: kept } = services.app.deps.store.access;
  if (id === 'others') await kept.removeAll(actor.id, actor.session);
  else for (const { hash } of await kept.list(actor.id)) if (shortId(hash) === id) await kept.remove(hash);
  return sessions(services, actor);
}

/** Names a session without being a key to anything. */
function shortId(hash: string): string {
  return createHash('sha256').update(hash).digest('base64url').slice(0, 16);
}

type Window = { readonly offset: number; readonly limit: number };

export async function audit({ app }: Services, { offset, limit }: Window): Promise<AuditPage> {
  return app.deps.store.access.audit.list(limit, offset);
}
