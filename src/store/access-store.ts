/** What one may do, each with all that stands before it. */
export const ROLES = ['read', 'prepare', 'approve', 'configure'] as const;
export type Role = (typeof ROLES)[number];

/** `id` is the name without regard to case, `password` a hash with its parameters. */
export type UserRow = {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly password: string;
  readonly createdAt: string;
  readonly seenAt: string | null;
};

/** Kept by the hash of what the browser holds. `user` null: whoever gave the password of the options. */
export type SessionRow = {
  readonly hash: string;
  readonly user: string | null;
  readonly createdAt: string;
  readonly seenAt: string;
  readonly address: string;
  readonly agent: string;
};

/** A key for programmes, by its hash. `user` null: made where there are no users. */
export type TokenRow = {
  readonly id: string;
  readonly hash: string;
  readonly user: string | null;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly usedAt: string | null;
};

/** Passwords that were wrong since the last right one, by account or address. */
export type AttemptRow = { readonly failures: number; readonly at: string };

/** What somebody did: `object` is the profile, run or name it was done to. */
export type AuditRow = {
  readonly at: string;
  readonly user: string | null;
  readonly via: string;
  readonly act: string;
  readonly object: string | null;
};

/** Users, sessions, tokens, attempts, and the record of acts. */
export type AccessStore = {
  readonly users: {
    readonly list: () => Promise<readonly UserRow[]>;
    readonly get: (id: string) => Promise<UserRow | null>;
    readonly any: () => Promise<boolean>;
    /** False when the id is taken. */
    readonly add: (row: UserRow) => Promise<boolean>;
    /** False when the one who may configure alone would no longer be there. */
    readonly setRole: (id: string, role: Role) => Promise<boolean>;
    /** The other sessions of the user end with it; `keep` is the hash of one that stays. */
    readonly setPassword: (id: string, password: string, keep: string | null) => Promise<void>;
    /** False for the last one who may configure, unless there is nobody else at all. */
    readonly remove: (id: string) => Promise<boolean>;
    readonly seen: (id: string, at: string) => Promise<void>;
  };
  readonly sessions: {
    readonly add: (row: SessionRow) => Promise<void>;
    readonly get: (hash: string) => Promise<SessionRow | null>;
    /** Of a user, or of the options' password; newest first. */
    readonly list: (user: string | null) => Promise<readonly SessionRow[]>;
    readonly seen: (hash: string, at: string) => Promise<void>;
    readonly remove: (hash: string) => Promise<void>;
    /** All of a user, or of the options' password, but one. */
    readonly removeAll: (user: string | null, keep: string | null) => Promise<void>;
    /** Those not seen since, or older than. */
    readonly purge: (before: { readonly seen: string; readonly created: string }) => Promise<void>;
  };
  readonly tokens: {
    readonly add: (row: TokenRow) => Promise<void>;
    readonly byHash: (hash: string) => Promise<TokenRow | null>;
    /** Of a user, or of those made without users. */
    readonly list: (user: string | null) => Promise<readonly TokenRow[]>;
    readonly used: (id: string, at: string) => Promise<void>;
    /** False when the user has no such token. */
    readonly remove: (user: string | null, id: string) => Promise<boolean>;
  };
  readonly attempts: {
    readonly get: (key: string) => Promise<AttemptRow | null>;
    /** One more that was wrong; how many now. */
    readonly fail: (key: string, at: string) => Promise<number>;
    readonly forget: (keys: readonly string[]) => Promise<void>;
    readonly purge: (before: string) => Promise<void>;
  };
  readonly audit: {
    readonly add: (row: AuditRow) => Promise<void>;
    /** Newest first. */
    readonly list: (
      limit: number,
      offset: number,
    ) => Promise<{ readonly total: number; readonly rows: readonly AuditRow[] }>;
  };
};
