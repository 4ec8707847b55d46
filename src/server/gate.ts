import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Access, Actor, Place } from '../access/access.ts';
import { mayAs, type Role } from '../access/role.ts';
import { Refusal } from './refusal.ts';

/** What a route asks: a role, or nothing of anybody (signing in is for those who are not in yet). */
export type Asks = Role | 'nothing';

/** Who asks, let through or refused: the one place where roles are enforced. Null where nothing is asked of a stranger. */
export async function permitted(
  access: Access,
  context: Context,
  asked: Asks,
  { awake = true } = {},
): Promise<Actor | null> {
  const actor = await access.actorOf({ session: sessionIn(context), token: tokenIn(context) }, awake);
  if (asked !== 'nothing') permit(actor, asked);
  return actor;
}

export function permit(actor: Actor | null, asked: Role): void {
  if (actor === null) throw new Refusal(401, 'access.sign-in');
  if (mayAs(actor.role, asked)) return;
  // Where there are no users, the password of the options is all that is lacking.
  if (actor.id === null && actor.via !== 'token') throw new Refusal(401, 'access.locked');
  throw new Refusal(403, 'access.role', { role: asked });
}

/** A cookie is seen by all ports of a machine: each has its own name. */
export function cookieName(context: Context): string {
  const { port } = new URL(context.req.url);
  return isSecure(context) ? '__Host-comptoir' : `comptoir-${port || '80'}`;
}

export function sessionIn(context: Context): string | null {
  return getCookie(context, cookieName(context)) ?? null;
}

/** `maxAgeSeconds` 0 takes it away. */
export function keepSession(context: Context, secret: string, maxAgeSeconds: number): void {
  const safe = isSecure(context);
  setCookie(context, cookieName(context), secret, {
    ...{ path: '/', httpOnly: true, sameSite: 'Strict', secure: safe, maxAge: maxAgeSeconds },
  });
}

function tokenIn(context: Context): string | null {
  const header = context.req.header('authorization');
  if (header === undefined) return null;
  return /^Bearer\s+(\S{1,200})\s*$/i.exec(header)?.[1] ?? '';
}

/** What `server.ts` knows of the connection. */
export type Connection = { readonly address: string; readonly secure: boolean };

const CONNECTION = 'connection';

export function knowConnection(context: Context, connection: Connection): void {
  context.set(CONNECTION, connection);
}

function connectionOf(context: Context): Connection {
  return (context.get(CONNECTION) as Connection | undefined) ?? { address: '', secure: false }; // set by the server
}

function isSecure(context: Context): boolean {
  return connectionOf(context).secure;
}

export function placeOf(context: Context): Place {
  return { address: connectionOf(context).address, agent: context.req.header('user-agent') ?? '' };
}
