/** What travels of users, sessions and tokens. Passwords and secrets travel to the server alone, save a new token, once. */

export type RoleName = 'read' | 'prepare' | 'approve' | 'configure';

/** Answer of /api/session: how one comes in (src/access/access.ts), who is in, and whether the options are locked. */
export type SessionAnswer = {
  readonly entrance: 'open' | 'password' | 'users' | 'setup' | 'closed';
  readonly user: string | null;
  readonly role: RoleName | null;
  readonly locked: boolean;
  readonly instance: string;
};

export type UserInfo = {
  readonly id: string;
  readonly name: string;
  readonly role: RoleName;
  readonly createdAt: string;
  readonly seenAt: string | null;
  readonly self: boolean;
};

export type SessionInfo = {
  readonly id: string;
  readonly createdAt: string;
  readonly seenAt: string;
  readonly address: string;
  readonly agent: string;
  readonly self: boolean;
};

/** A line of the record: sentence `ui.audit.<act>`. */
export type AuditLine = {
  readonly at: string;
  readonly user: string | null;
  readonly via: string;
  readonly act: string;
  readonly object: string | null;
};
export type AuditPage = { readonly total: number; readonly rows: readonly AuditLine[] };

/** A key of the API, without its secret. */
export type TokenInfo = {
  readonly id: string;
  readonly name: string;
  readonly role: RoleName;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly usedAt: string | null;
};
/** Answer of POST /api/tokens: the secret is told this once. */
export type NewToken = { readonly secret: string; readonly tokens: readonly TokenInfo[] };

/** What a backup holds. `since`: parts transferred after it was made, which Comptoir would not know of after a restore. */
export type RestorePreview = {
  readonly version: string;
  readonly madeAt: string;
  readonly profiles: readonly string[];
  readonly transferred: number;
  readonly since: number;
  readonly hasSecrets: boolean;
};
