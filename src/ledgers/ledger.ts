import type { Day } from '../core/calendar.ts';
import type { NumberedEntry } from '../core/entry.ts';
import type { Problem } from '../core/problem.ts';

/** A delivery in preparation: entries go in one by one, then the whole is sealed, verified and put in place. */
export type Ledger = {
  /** A look at entries in the order of a run, without a delivery: what would keep each out, and what warns. */
  readonly inspector: () => (entry: NumberedEntry) => readonly Problem[];
  readonly prepare: (target: DeliveryTarget) => Promise<Preparation>;
  /** Whether the destination can be written, without writing anything that stays. */
  readonly check: (target: DeliveryTarget) => Promise<{
    readonly ok: boolean;
    readonly code: string | null;
    readonly values: Readonly<Record<string, string>>;
  }>;
};

/** What a conversion tells, in the order of the file; then what is lost, each once; then the end. */
export type ConvertEvent =
  | {
      readonly type: 'fault';
      readonly line: number;
      readonly column: number | null;
      readonly expected: string;
      readonly found: string;
    }
  /** The entry that starts in that line is not in the new file. */
  | { readonly type: 'held'; readonly line: number; readonly piece: string; readonly problems: readonly Problem[] }
  | { readonly type: 'loss'; readonly loss: ConvertLoss; readonly entries: number; readonly line: number }
  | {
      readonly type: 'done';
      /** Null when no entry could be written. */
      readonly path: string | null;
      readonly entries: number;
      readonly lines: number;
      readonly debitMinor: bigint;
      readonly creditMinor: bigint;
    };

/** What the new file does not say as the old one did; with how many entries, and the line of the first. */
export type ConvertLoss =
  | 'journal'
  | 'collective' // one account is left of third party and collective account
  | 'thirdParty' // the old file does not tell third parties from accounts
  | 'noThirdParty'
  | 'pattern' // a user's own format asks for texts of the document, which a file does not have
  | 'kind' // the old file does not say what an entry is, so its accounts are asked
  | 'number' // entries are counted anew
  | 'reference'
  | 'label' // cut
  | 'taxCode'
  | 'dueDate'
  | 'paymentMode'
  | 'section'
  | 'currency'
  | 'vatGrid'
  | 'matching';

/** Where a delivery goes. */
export type DeliveryTarget = {
  readonly runId: string;
  /** Absolute folder and file name wanted. */
  readonly folder: string;
  readonly fileName: string;
  /** Where the copy for later downloads is kept. */
  readonly copyPath: string;
  readonly policy: 'newName' | 'append' | 'replaceAfterBackup';
  /** `YYYYMMDD-HHMMSS` of the run, for new names and backups. */
  readonly stamp: string;
  /** A file for each part of the entries, named by what its entries have in common; null: one file. */
  readonly split: SplitTarget | null;
  /** Name of the archive that the files of entries go into; null: none. */
  readonly zip: string | null;
  /** The file of customers in the same folder, where the format has one and the profile wants it. */
  readonly customers: { readonly fileName: string; readonly copyPath: string } | null;
};

export type SplitTarget = {
  readonly by: 'journal' | 'month' | 'journalAndMonth' | 'fiscalYear';
  /** Closing day of the fiscal year that a day is in. */
  readonly fiscalYearOf: (date: Day) => Day;
  readonly nameOf: (part: SplitPart) => string;
};

/** What the entries of a part have in common; `ordinal` counts the parts from 1, as their first entries come. */
export type SplitPart = {
  readonly journal: string | null;
  readonly month: string | null;
  readonly fiscalYear: Day | null;
  readonly ordinal: number;
};

/** A delivery being made: nothing of it can be seen at the target until the file is moved there. */
export type Preparation = {
  /** What keeps the entry from fitting the format, without adding it. */
  readonly fits: (entry: NumberedEntry) => readonly Problem[];
  /** Adds an entry; problems (hold) mean it was not added. Remarks come as warnings. */
  readonly add: (entry: NumberedEntry) => { readonly added: boolean; readonly problems: readonly Problem[] };
  /** Writes beside the target, flushes, reads back and re-adds, keeps a copy. Null when nothing was added. */
  readonly seal: () => Promise<SealedFile | null>;
  /** Removes every temporary file. */
  readonly discard: () => Promise<void>;
};

/** Files of entries beside their targets, read back and counted: one, or a part each. */
export type SealedEntries = SealedPart & {
  readonly debitMinor: bigint;
  readonly creditMinor: bigint;
  /** The other parts, put in place before it. */
  readonly more: readonly SealedPart[];
};

/** A whole delivery. */
export type SealedFile = SealedEntries & {
  /** The customers' file of the same delivery, put in place before it; null: no customer to list. */
  readonly customers: SealedPart | null;
  /** The documents behind grouped entries, in a file beside it. */
  readonly annex: SealedPart | null;
};

/** One file of a delivery. */
export type SealedPart = {
  readonly temporaryPath: string;
  readonly targetPath: string;
  readonly copyPath: string;
  readonly policy: DeliveryTarget['policy'];
  /** SHA-256 and size of the content the target had when an *append* or a *replace* was prepared; null: no target. */
  readonly oldSha256: string | null;
  readonly oldBytes: number | null;
  /** Where a *replace* keeps the old content; null: nothing to keep. */
  readonly backupPath: string | null;
  readonly format: string;
  /** Of the whole file, what an *append* continues included. */
  readonly bytes: number;
  readonly sha256: string;
  /** Of this delivery alone, as read back from the file. */
  readonly lines: number;
};

/** What has to be remembered of a sealed file to put it in place, now or at the next start. */
export type Placeable = Pick<
  SealedPart,
  'temporaryPath' | 'targetPath' | 'copyPath' | 'oldSha256' | 'oldBytes' | 'sha256' | 'backupPath'
>;
