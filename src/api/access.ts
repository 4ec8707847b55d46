import { z } from 'zod';
import type { Answer } from '../schema/answer.ts';

/** What travels of users, sessions and tokens. Passwords and secrets travel to the server alone, save a new token, once. */

const roleName = z.enum(['read', 'prepare', 'approve', 'configure']);
export type RoleName = z.output<typeof roleName>;

export const sessionAnswer = z
  .object({
    entrance: z.enum(['open', 'password', 'users', 'setup', 'closed']),
    user: z.string().nullable(),
    role: roleName.nullable(),
    locked: z.boolean(),
    instance: z.string(),
  })
  .meta({
    id: 'SessionAnswer',
    description:
      'Answer of /api/session: how one comes in (src/access/access.ts), who is in, and whether the options are locked.',
  });
export type SessionAnswer = Answer<typeof sessionAnswer>;

export const userInfo = z
  .object({
    id: z.string(),
    name: z.string(),
    role: roleName,
    createdAt: z.string(),
    seenAt: z.string().nullable(),
    self: z.boolean(),
  })
  .meta({ id: 'UserInfo' });
export type UserInfo = Answer<typeof userInfo>;

export const sessionInfo = z
  .object({
    id: z.string(),
    createdAt: z.string(),
    seenAt: z.string(),
    address: z.string(),
    agent: z.string(),
    self: z.boolean(),
  })
  .meta({ id: 'SessionInfo' });
export type SessionInfo = Answer<typeof sessionInfo>;

const auditLine = z
  .object({
    at: z.string(),
    user: z.string().nullable(),
    via: z.string(),
    act: z.string(),
    object: z.string().nullable(),
  })
  .meta({ id: 'AuditLine', description: 'A line of the record: sentence `ui.audit.<act>`.' });

export const auditPage = z.object({ total: z.number(), rows: z.array(auditLine) }).meta({ id: 'AuditPage' });
export type AuditPage = Answer<typeof auditPage>;

export const tokenInfo = z
  .object({
    id: z.string(),
    name: z.string(),
    role: roleName,
    createdAt: z.string(),
    expiresAt: z.string(),
    usedAt: z.string().nullable(),
  })
  .meta({ id: 'TokenInfo', description: 'A key of the API, without its secret.' });
export type TokenInfo = Answer<typeof tokenInfo>;

export const newToken = z
  .object({ secret: z.string(), tokens: z.array(tokenInfo) })
  .meta({ id: 'NewToken', description: 'Answer of POST /api/tokens: the secret is told this once.' });
export type NewToken = Answer<typeof newToken>;

export const restorePreview = z
  .object({
    version: z.string(),
    madeAt: z.string(),
    profiles: z.array(z.string()),
    transferred: z.number(),
    since: z.number(),
    hasSecrets: z.boolean(),
  })
  .meta({
    id: 'RestorePreview',
    description:
      'What a backup holds. `since`: parts transferred after it was made, which Comptoir would not know of after a restore.',
  });
export type RestorePreview = Answer<typeof restorePreview>;
