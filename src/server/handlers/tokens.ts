import type { Actor } from '../../access/access.ts';
import type { Role } from '../../access/role.ts';
import { makeToken } from '../../access/tokens.ts';
import type { NewToken, TokenInfo } from '../../api/access.ts';
import type { Services } from '../app.ts';
import { Refusal } from '../refusal.ts';

/** Keys for programmes: a key makes no other, so that one that leaks ends with itself. */

export async function tokens({ app }: Services, actor: Actor): Promise<readonly TokenInfo[]> {
  bySession(actor);
  const rows = await app.deps.store.access.tokens.list(actor.id);
  return rows.map(({ id, name, role, createdAt, expiresAt, usedAt }) => ({
    ...{ id, name, role, createdAt, expiresAt, usedAt },
  }));
}

type Asked = { readonly name: string; readonly role: Role; readonly days: number };

export async function createToken(services: Services, asked: Asked, actor: Actor): Promise<NewToken> {
  bySession(actor);
  const { store, now } = services.app.deps;
  const { secret } = await makeToken(store, actor, asked, now());
  return { secret, tokens: await tokens(services, actor) };
}

export async function revokeToken(services: Services, id: string, actor: Actor): Promise<readonly TokenInfo[]> {
  bySession(actor);
  if (!(await services.app.deps.store.access.tokens.remove(actor.id, id)))
    throw new Refusal(404, 'access.unknown-token');
  return tokens(services, actor);
}

function bySession({ via }: Actor): void {
  if (via === 'token') throw new Refusal(403, 'access.by-token');
}
