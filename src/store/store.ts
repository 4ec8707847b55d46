import type { CustomerCodeKind } from '../core/customer-codes.ts';
import type { CodeScheme } from '../core/settings.ts';
import type { Tally } from '../core/tally.ts';
import type { AccessStore } from './access-store.ts';
import type { ActivityStore } from './activity.ts';
import type { MaintenanceStore } from './maintenance.ts';
import type { ReadStore } from './reads.ts';
import type { ReviewStore } from './review-store.ts';
import type { SumStore } from './sums.ts';
import type { UndoStore } from './undo.ts';
import type { WrittenStore } from './written.ts';

/**
 * What Comptoir remembers: profiles and their secrets, runs and their log, and the transfer state of every part. The
 * store imports neither runs nor profiles: documents travel as JSON text that their owners parse. Money is bigint minor
 * units. Every method is one decision, in one transaction.
 */
export type Store = {
  readonly profiles: ProfileStore;
  readonly settings: {
    readonly get: (name: string) => Promise<string | null>;
    readonly set: (name: string, value: string) => Promise<void>;
    /** A setting that is sealed; null when there is none, or it was sealed with another key. */
    readonly secret: (name: string) => Promise<string | null>;
    /** Null forgets it. */
    readonly setSecret: (name: string, value: string | null) => Promise<void>;
  };
  readonly secrets: SecretStore;
  readonly runs: RunStore;
  readonly parts: PartStore;
  readonly written: WrittenStore;
  readonly undo: UndoStore;
  readonly activity: ActivityStore;
  readonly sums: SumStore;
  readonly customers: CustomerCodeStore;
  readonly review: ReviewStore;
  readonly locks: LockStore;
  readonly raw: RawStore;
  readonly reads: ReadStore;
  readonly access: AccessStore;
  readonly maintenance: MaintenanceStore;
  readonly close: () => Promise<void>;
};

/** `document` is the profile's JSON; `revision` grows with each saving, so that two people notice each other. */
export type ProfileRow = {
  readonly id: string;
  readonly document: string;
  readonly demo: boolean;
  readonly revision: number;
};

/** Profiles as JSON documents under a permanent id. */
export type ProfileStore = {
  readonly list: () => Promise<readonly ProfileRow[]>;
  readonly get: (id: string) => Promise<ProfileRow | null>;
  /** False when the id is taken. */
  readonly add: (row: { id: string; document: string; demo: boolean; at: string }) => Promise<boolean>;
  /** Saves over `revision`; false when somebody saved meanwhile. */
  readonly save: (id: string, change: { document: string; revision: number; at: string }) => Promise<boolean>;
  /** Out of sight from now on, with its secrets, runs and parts; false when it is not there. Its id stays taken. */
  readonly bin: (id: string, at: string) => Promise<boolean>;
  /** Those that are binned, newest first. */
  readonly binned: () => Promise<readonly (ProfileRow & { readonly deletedAt: string })[]>;
  /** Back as it was; false when it is not binned. */
  readonly restore: (id: string) => Promise<boolean>;
  /** For good, with all that is its. */
  readonly remove: (id: string) => Promise<void>;
};

/** Credentials, sealed; kept apart from the profile, which is exported. */
export type SecretStore = {
  readonly names: (profile: string) => Promise<readonly string[]>;
  /** Decrypted values; only who opens a shop or a ledger asks for them. */
  readonly all: (profile: string) => Promise<Readonly<Record<string, string>>>;
  readonly put: (profile: string, name: string, value: string) => Promise<void>;
};

/** A run, whatever became of it. JSON columns go through `runs/stored.ts`. */
export type RunRow = {
  readonly id: string;
  readonly profile: string;
  readonly kind: 'sales' | 'creditNotes';
  readonly from: string | null;
  readonly to: string | null;
  readonly state: string;
  /** JSON of the request. */
  readonly request: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** JSON of the counts. */
  readonly counts: string;
  readonly debitMinor: bigint;
  readonly creditMinor: bigint;
  readonly currency: string;
  /** Decimals the profile kept: 3 or 4; 2 is the currency's own. */
  readonly decimals: number;
  /** JSON list. */
  readonly troubles: string;
  /** JSON of the delivered file, or null. */
  readonly file: string | null;
  /** JSON of what was counted at the source and found in its series; null before that. */
  readonly control: string | null;
};

export type RunChange = Partial<
  Pick<
    RunRow,
    | 'state'
    | 'request'
    | 'endedAt'
    | 'counts'
    | 'debitMinor'
    | 'creditMinor'
    | 'troubles'
    | 'file'
    | 'control'
    | 'from'
    | 'to'
  >
> & { readonly matchingCodes?: number }; // those the profile has used when the run is done

/** Runs, their log and their documents. */
export type RunStore = {
  readonly add: (row: RunRow) => Promise<void>;
  readonly change: (id: string, change: RunChange) => Promise<void>;
  readonly get: (id: string) => Promise<RunRow | null>;
  /** Newest first. */
  readonly list: (profile: string, limit: number) => Promise<readonly RunRow[]>;
  readonly inState: (states: readonly string[]) => Promise<readonly RunRow[]>;
  /** How many matching codes the profile’s written runs have used. */
  readonly matchingCodes: (profile: string) => Promise<number>;
  readonly addEvents: (run: string, events: readonly { seq: number; event: string }[]) => Promise<void>;
  readonly events: (run: string, after: number) => Promise<readonly { seq: number; event: string }[]>;
  readonly addDocuments: (run: string, rows: readonly DocumentRow[]) => Promise<void>;
  readonly documents: (
    run: string,
    query: { states: readonly string[] | null; problems: boolean; offset: number; limit: number },
  ) => Promise<{ total: number; rows: readonly DocumentRow[] }>;
  readonly documentsByKey: (run: string, keys: readonly string[]) => Promise<readonly DocumentRow[]>;
  readonly changeDocument: (
    run: string,
    seq: number,
    change: { state?: string; problem?: boolean; summary?: string },
  ) => Promise<void>;
  readonly changeDocumentStates: (
    run: string,
    from: string,
    to: string,
    keys: readonly string[] | null,
  ) => Promise<void>;
  /** After a delivery: documents with a part this run wrote are `written`, the other ready ones `unticked`. */
  readonly settleDocuments: (run: string, profile: string) => Promise<void>;
  readonly countDocuments: (run: string) => Promise<Readonly<Record<string, number>>>;
  /** Why documents are held or left out: the first reason that does it, with how many. */
  readonly countReasons: (run: string) => Promise<readonly ReasonCount[]>;
  /** Forgets the canonical documents kept for a review. */
  readonly forgetCanonical: (run: string) => Promise<void>;
};

export type ReasonCount = {
  readonly state: 'held' | 'excluded';
  readonly code: string;
  readonly count: number;
  /** Those of the reason, where all its documents have the same. */
  readonly values: Readonly<Record<string, string>> | null;
};

/** `summary` and `canonical` are JSON; `problem` says whether a reason holds it or a part of it. */
export type DocumentRow = {
  readonly seq: number;
  readonly key: string;
  readonly state: string;
  readonly problem: boolean;
  readonly summary: string;
  readonly canonical: string | null;
  /** What a person may call it, when it is added; found by how they begin. */
  readonly names?: readonly string[];
};

/** `new` again after a reset; a part nobody has seen has no row. */
export type PartState = 'new' | 'held' | 'excluded' | 'transferred';
/** The state of one part, and the run that last changed it. */
export type PartRow = {
  readonly document: string;
  readonly part: string;
  readonly state: PartState;
  readonly hash: string | null;
  readonly run: string | null;
  readonly at: string;
  readonly reason: string | null;
  readonly orderId: string;
  /** Of its entry in the run that wrote it; null: not written, or by a version that did not keep it. */
  readonly number: number | null;
};
/** A part about to be written: what a later change is compared with, and what lists find it by. */
export type PartMark = {
  readonly document: string;
  readonly part: string;
  readonly hash: string;
  readonly orderId: string;
  readonly day: string | null;
};
/** A part claimed by the entry that writes it. */
export type PartClaim = PartMark & { readonly number: number };
/** Entries written together, packed by `runs/written.ts`, and what they add up to; found again by the number of any of them. */
export type WrittenLot = {
  readonly firstNumber: number;
  readonly body: Uint8Array;
  readonly entries: number;
  readonly tally: Tally;
};

/** What was transferred, is held or excluded: the memory of *once*. */
export type PartStore = {
  readonly of: (profile: string, documents: readonly string[]) => Promise<ReadonlyMap<string, readonly PartRow[]>>;
  /** Whether the sale of each order was written here. */
  readonly salesTransferred: (profile: string, orderIds: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly countTransferred: (
    profile: string,
    kind: 'sale' | 'creditNote',
    from: string,
    to: string,
  ) => Promise<number>;
  readonly countHeld: (profile: string) => Promise<number>;
  readonly hold: (
    profile: string,
    at: string,
    rows: readonly (PartMark & { readonly reason: string })[],
  ) => Promise<void>;
  /** Step 1 of a delivery: the parts belong to the run. Fails for a part another living run has claimed: those are returned. */
  readonly claim: (
    profile: string,
    run: string,
    at: string,
    rows: readonly PartClaim[],
    written: WrittenLot | null,
  ) => Promise<void>;
  /** Step 3, in one transaction: claimed parts become transferred and the run `delivering` with its file. */
  readonly markTransferred: (run: RunRow, at: string, change: RunChange) => Promise<number>;
  /** Undoes claims of a run that wrote nothing. */
  readonly release: (run: string) => Promise<void>;
  /** Undoes step 3 when the move failed: parts back to what they were, run failed. */
  readonly unmark: (run: RunRow, at: string, change: RunChange) => Promise<void>;
  /** Makes transferred parts new again; ids of orders or document keys, null for all. Returns how many. */
  readonly reset: (
    profile: string,
    ids: readonly string[] | null,
    at: string,
    reason: string,
    by?: string | null,
  ) => Promise<number>;
  /** What is written or excluded already stays as it is. Returns how many documents it excluded. */
  readonly exclude: (
    profile: string,
    documents: readonly { key: string; orderId: string }[],
    at: string,
    reason: string,
    by?: string | null,
  ) => Promise<number>;
  /** Documents that one act excluded, by its instant, and that still are. */
  readonly excludedAt: (profile: string, at: string) => Promise<readonly string[]>;
  readonly include: (profile: string, documents: readonly string[], at: string, by?: string | null) => Promise<void>;
  readonly history: (
    profile: string,
    document: string,
  ) => Promise<
    readonly {
      part: string;
      action: string;
      run: string | null;
      at: string;
      reason: string | null;
      number: number | null;
      /** Who did it, where that is known; a transfer's is its run's. */
      user: string | null;
    }[]
  >;
};

/** Codes of customers, by the key `core/customer-codes.ts` gives; the keys themselves are not kept. */
export type CustomerCodeStore = {
  /** The codes that customers have; who has none is absent. */
  readonly of: (
    profile: string,
    kind: CustomerCodeKind,
    customers: readonly string[],
  ) => Promise<ReadonlyMap<string, string>>;
  /**
   * Gives each customer without a code the first free one of the scheme, in the order given, and answers the codes of
   * all; absent are those for whom no number is left. `taken`: codes that are somebody else's in the ledger. One
   * transaction: two at once never give one code twice, nor one customer two.
   */
  readonly give: (request: {
    readonly profile: string;
    readonly kind: CustomerCodeKind;
    readonly scheme: CodeScheme;
    readonly taken: ReadonlySet<string>;
    readonly customers: readonly string[];
    readonly at: string;
  }) => Promise<ReadonlyMap<string, string>>;
  /** From now on these are kept for ever: entries with them are being written. */
  readonly keep: (profile: string, kind: CustomerCodeKind, codes: readonly string[]) => Promise<void>;
  /** Lets go of the codes no entry was written with, unless a run of the profile is still under way or being reviewed. */
  readonly release: (profile: string) => Promise<void>;
};

export type LockStore = {
  /** Null when the lock is ours now; else who holds it. */
  readonly take: (lock: {
    profile: string;
    run: string;
    pid: number;
    process: string;
    since: string;
  }) => Promise<LockRow | null>;
  readonly steal: (
    old: LockRow,
    lock: { profile: string; run: string; pid: number; process: string; since: string },
  ) => Promise<boolean>;
  readonly release: (profile: string, run: string) => Promise<void>;
  readonly get: (profile: string) => Promise<LockRow | null>;
};
export type LockRow = {
  readonly profile: string;
  readonly run: string;
  readonly pid: number;
  readonly process: string;
  readonly since: string;
};

export type RawStore = {
  readonly keep: (profile: string, at: string, rows: readonly { document: string; body: string }[]) => Promise<void>;
  readonly get: (profile: string, document: string) => Promise<{ at: string; body: string } | null>;
  readonly purge: (profile: string, before: string) => Promise<number>;
};
