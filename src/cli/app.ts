import type { FecFinding, FecPurpose, FecSummary } from '../formats/fec-check/findings.ts';
import type { FormatContext } from '../formats/format.ts';
import type { Language } from '../i18n/language.ts';
import type { ConvertEvent } from '../ledgers/ledger.ts';
import type { OwnFormats } from '../profiles/own-format.ts';
import type { StoredProfile } from '../profiles/profile.ts';
import type { Known } from '../profiles/validate.ts';
import type { RunDeps } from '../runs/deps.ts';
import type { RunEvent, RunOutcome, RunRequest } from '../runs/events.ts';
import type { Recovered } from '../runs/recover.ts';
import type { FormatDefinition } from '../schema/format-definition.ts';

/** What the command line needs of the world before any data folder is opened; `main.ts` builds it. */
export type App = {
  readonly version: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Folder that relative paths of the command line start from. */
  readonly cwd: string;
  readonly terminal: Terminal;
  /** Opens the data folder (null: `COMPTOIR_HOME`, else the platform's own). Called once, by commands that need it. */
  readonly open: (home: string | null) => Promise<Tools>;
  /** Languages that somebody wrote, in that data folder; reading one refuses what is no language file. */
  readonly ownLanguages: {
    readonly codes: (home: string | null) => readonly string[];
    readonly read: (home: string | null, code: string) => Language;
  };
  readonly shops: readonly ShopChoice[];
  readonly formats: readonly FormatChoice[];
  readonly ownFormats: OwnFormats;
  /** Makes a file of one format into a file of another. */
  readonly convert: (request: ConvertRequest) => AsyncIterable<ConvertEvent>;
  /** Holds a FEC against the published rules; `path` is absolute. */
  readonly checkFec: (request: {
    readonly path: string;
    readonly purpose: FecPurpose;
  }) => AsyncGenerator<readonly FecFinding[], FecSummary>;
};

export type ConvertRequest = {
  /** Absolute paths. */
  readonly source: string;
  readonly target: string;
  /** Formats by their ids, or as their users describe them. */
  readonly from: string | FormatDefinition;
  readonly to: string | FormatDefinition;
  /** Of the books the file goes to; options as they were written, for either format. */
  readonly context: Omit<FormatContext, 'options'>;
  /** Journal of the entries whose file has none; empty: none is known. */
  readonly journal: string;
  readonly options: Readonly<Record<string, string | number>>;
};

export type Terminal = {
  /** Text, or the bytes of a file. */
  readonly out: (text: string | Uint8Array) => void;
  readonly err: (text: string) => void;
  /** Resolves when what was put out has been taken. */
  readonly flush: () => Promise<void>;
  /** Whether a person can be asked: standard input and error are a terminal. */
  readonly interactive: boolean;
  /** Where bars are drawn; null when standard error is no terminal. */
  readonly bars: NodeJS.WritableStream | null;
  readonly columns: number | null;
  /** Shows the question on standard error and gives the line typed; rejects when it is interrupted. */
  readonly ask: (question: string, signal: AbortSignal) => Promise<string>;
  /** The same without showing what is typed. */
  readonly askSecret: (question: string, signal: AbortSignal) => Promise<string>;
  /** The first lines of standard input, fewer when it ends before. */
  readonly lines: (count: number) => Promise<readonly string[]>;
  /** Aborts on Ctrl-C or SIGTERM from now on. */
  readonly interrupt: () => AbortSignal;
};

export type ShopChoice = {
  readonly id: string;
  readonly name: string;
  readonly credentials: readonly { readonly name: string; readonly required: boolean }[];
};

export type FormatChoice = {
  readonly id: string;
  readonly name: string;
  readonly vendor: string;
  readonly extension: string;
  readonly confidence: number;
  readonly checkedAgainst: string;
  /** What its user may choose, as the format declares it. */
  readonly options: Readonly<Record<string, object>>;
};

/** What commands work with once the data folder is open. */
export type Tools = {
  readonly deps: RunDeps;
  readonly runs: {
    readonly startRun: (
      deps: RunDeps,
      request: RunRequest,
      signal: AbortSignal,
    ) => AsyncGenerator<RunEvent, RunOutcome>;
    readonly writeReview: (deps: RunDeps, run: string, signal: AbortSignal) => AsyncGenerator<RunEvent, RunOutcome>;
    readonly closeReview: (deps: RunDeps, run: string) => Promise<void>;
    /** How many parts became new again. */
    readonly resetTransfers: (
      deps: RunDeps,
      profile: string,
      ids: readonly string[] | null,
      reason: string,
    ) => Promise<number>;
  };
  readonly known: Known;
  /** The demo profile, made at its first use; its id, or null when there is no such demo. */
  readonly openDemo: (id: string) => Promise<string | null>;
  readonly demos: readonly { readonly id: string }[];
  /** Whether the profile's destination can be written; the code is a failure's. */
  readonly checkLedger: (stored: StoredProfile) => Promise<LedgerCheck>;
  /** Serves until the signal aborts; the exit code. */
  readonly serve: (options: ServeOptions, signal: AbortSignal) => Promise<ExitCode>;
  /** Puts an accepted backup in place; closes the folder. */
  readonly putInPlace: () => Promise<'nothing' | 'in-use' | 'done'>;
  /** What dead processes had left half done, and what became of it when the folder was opened. */
  readonly recovered: readonly Recovered[];
  readonly close: () => Promise<void>;
};

export type LedgerCheck = {
  readonly ok: boolean;
  readonly code: string | null;
  readonly values: Readonly<Record<string, string>>;
};

/** Nulls are what the server takes by itself: port 4860 or the next free one, loopback. */
export type ServeOptions = {
  readonly port: number | null;
  readonly host: string | null;
  /** Under which people reach it, and a certificate with its key, as paths. */
  readonly url: string | null;
  readonly tls: { readonly cert: string; readonly key: string } | null;
  /** The first user is made in the browser, by a code. */
  readonly setup: boolean;
  readonly language: Language;
};

/** 0 done, 1 failed, 2 bad usage, 3 some documents held. */
export type ExitCode = 0 | 1 | 2 | 3;
