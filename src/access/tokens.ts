import { randomBytes } from 'node:crypto';
import type { Role, TokenRow } from '../store/access-store.ts';
import type { Store } from '../store/store.ts';
import { type Actor, hashOf } from './access.ts';
import { lesser } from './role.ts';

/** A key of the API begins so: whoever finds one knows what it is, and search programs find it. */
const MARK = 'comptoir_';
const DAY_MS = 86_400_000;

/** Makes a key for a programme, with a role that is never more than its owner's. The secret is told this once. */
export async function makeToken(
  { access }: Store,
  actor: Pick<Actor, 'id' | 'role'>,
  asked: { readonly name: string; readonly role: Role; readonly days: number },
  nowMs: number,
): Promise<{ readonly secret: string; readonly row: TokenRow }> {
  const secret = `${MARK}${randomBytes(32).toString('base64url')}`;
  const row: TokenRow = {
    id: randomBytes(6).toString('hex'),
    hash: hashOf(secret),
    user: actor.id,
    name: asked.name,
    role: lesser(asked.role, actor.role),
    createdAt: new Date(nowMs).toISOString(),
    expiresAt: new Date(nowMs + asked.days * DAY_MS).toISOString(),
    usedAt: null,
  };
  await access.tokens.add(row);
  return { secret, row };
}
