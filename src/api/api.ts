import type { CsvPreview } from '../schema/csv-preview.ts';
import type { FormatDefinition } from '../schema/format-definition.ts';
import type { FormatPreview } from '../schema/format-preview.ts';

/**
 * What travels between server and browser. Amounts and rates are decimal text, dates ISO days, instants ISO with Z.
 * Problems and failures travel as codes with values; the browser turns them into sentences of its language.
 */

export type ApiError = {
  readonly code: string;
  readonly values: Readonly<Record<string, string>>;
  readonly fields?: readonly FieldError[];
};
/** A field refused: the sentence is `profile.<code>` with the values when there is one, else `message` (English, for developers). */
export type FieldError = {
  readonly path: string;
  readonly code: string;
  readonly message: string;
  readonly values?: Readonly<Record<string, string>>;
};

export type AppInfo = {
  readonly version: string;
  readonly defaultProfile: string | null;
  readonly profiles: readonly ProfileSummary[];
  readonly demos: readonly DemoSummary[];
  readonly home: string;
  readonly shops: readonly ShopChoice[];
  readonly ledgers: readonly LedgerChoice[];
  readonly templates: readonly string[];
};
/** Shops a profile can be made for, with the credentials each asks, and ledgers (file formats) it can write for. */
export type ShopChoice = {
  readonly id: string;
  readonly name: string;
  readonly credentials: readonly { readonly name: string; readonly secret: boolean; readonly required: boolean }[];
};
/** `confidence`, 1 to 5: how sure the layout is; what it was checked against is the sentence `format.checked.<id>`. */
export type LedgerChoice = {
  readonly id: string;
  readonly name: string;
  readonly extension: string;
  readonly confidence: number;
};
export type DemoSummary = {
  readonly id: string;
  readonly shop: string;
  readonly title: string;
  readonly orders: number;
};
export type ProfileSummary = {
  readonly id: string;
  readonly name: string;
  readonly shop: string;
  readonly shopName: string;
  readonly ledger: string;
  readonly ledgerName: string;
  readonly demo: boolean;
};

/** Everything the main window shows of a profile (S-055). */
export type ProfileHome = ProfileSummary & {
  readonly url: string;
  readonly folder: string;
  readonly timeZone: string | null;
  readonly defaultPeriod: string;
  readonly defaultFrom: string | null;
  readonly defaultTo: string | null;
  readonly showEntriesBeforeWriting: boolean;
  /** What must still be configured before an import (S-035); empty: ready. */
  readonly missing: readonly { readonly path: string; readonly code: string }[];
  readonly runningRun: string | null;
  readonly openReview: { readonly run: string; readonly held: number } | null;
  readonly waiting: number;
  readonly lastRuns: readonly RunSummary[];
  readonly lastImportAt: string | null;
};

export type ProfileDocument = {
  readonly id: string;
  readonly revision: number;
  readonly profile: unknown;
  readonly secrets: readonly { readonly name: string; readonly set: boolean }[];
};
/** Body of POST /api/profiles; `credentials` are secrets by name and never come back in an answer. */
export type CreateProfile = {
  readonly name: string;
  readonly shop: string;
  readonly url: string;
  readonly ledger: string;
  readonly template: string;
  /** The day the fiscal year opens, which chooses the chart; null or left out: the chart of today. */
  readonly fiscalYearStart?: string | null;
  readonly credentials: Readonly<Record<string, string>>;
};
/** Body of PUT /api/profiles/:p/document; a secret given as '' is removed, one left out is kept. */
export type SaveProfile = {
  readonly revision: number;
  readonly profile: unknown;
  readonly secrets?: Readonly<Record<string, string>>;
};

/** Answer of POST /api/profiles/:p/check: sentences `check.<id>.<result>`; the ledger's code is a failure's. */
export type CheckAnswer = {
  readonly checks: readonly {
    readonly id: string;
    readonly result: 'ok' | 'warning' | 'failed' | 'skipped';
    readonly values: Readonly<Record<string, string>>;
    readonly durationMs: number | null;
  }[];
  readonly ledger: {
    readonly ok: boolean;
    readonly code: string | null;
    readonly values: Readonly<Record<string, string>>;
  };
};

export type ListItem = {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  readonly rate?: string;
  readonly country?: string;
  readonly owed?: 'giftCard' | 'storeCredit' | 'points';
};
/** Answer of GET /api/profiles/:p/lists: what the shop knows, for the mappings. */
export type ShopLists = {
  readonly countries: readonly ListItem[];
  readonly taxRules: readonly ListItem[];
  readonly taxes: readonly ListItem[];
  readonly carriers: readonly ListItem[];
  readonly paymentMethods: readonly ListItem[];
  readonly statuses: readonly (ListItem & { readonly readByDefault: boolean })[];
  readonly currencies: readonly ListItem[];
  readonly subShops: readonly ListItem[];
};

/** A value the shop shows and the mappings lack, and the exception that would fill it: answer of GET …/gaps. */
export type ProfileGap = {
  readonly kind: 'payment' | 'tax' | 'currency' | 'account' | 'vatRate';
  readonly item: string;
  readonly name: string;
  readonly country: string | null;
  readonly rate: string | null;
  /** The list where the row is to be added. */
  readonly path: string;
  readonly row: Readonly<Record<string, string | boolean | null>> | null;
};

export type Trouble = { readonly code: string; readonly values: Readonly<Record<string, string>> };
export type Reason = Trouble & {
  readonly severity: 'hold' | 'part' | 'exclude' | 'warn';
  readonly part: string | null;
  readonly document: string | null;
};

export type Counts = {
  readonly read: number;
  readonly ready: number;
  readonly held: number;
  readonly excluded: number;
  readonly alreadyTransferred: number;
  readonly written: number;
  readonly unticked: number;
  readonly entries: number;
  readonly lines: number;
};

export type RunSummary = {
  readonly id: string;
  readonly kind: 'sales' | 'creditNotes';
  readonly from: string | null;
  readonly to: string | null;
  readonly state: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly startedBy: string;
  /** Who asked for it, and who had it written; null where nobody has a name. */
  readonly user: string | null;
  readonly writtenBy: string | null;
  /** Name of the file that stood in for the shop. */
  readonly sourceFile: string | null;
  readonly counts: Counts;
  readonly debit: string;
  readonly credit: string;
  readonly currency: string;
  readonly file: DeliveredFile | null;
  /** The other parts, when the profile has its entries in several files. */
  readonly moreFiles: readonly DeliveredFile[];
  /** The list of customers delivered with it. */
  readonly customersFile: DeliveredFile | null;
  /** The documents behind grouped entries. */
  readonly annexFile: Pick<DeliveredFile, 'name' | 'folder'> | null;
  readonly trouble: Trouble | null;
};

/** An import from a file; `name` is what people call it. */
export type StartFromFile = {
  readonly kind: 'sales' | 'creditNotes';
  readonly name: string;
  readonly includeTransferred: boolean;
  readonly review: boolean;
};

export type DeliveredFile = {
  readonly name: string;
  readonly folder: string;
  readonly format: string;
  readonly formatName: string;
  readonly bytes: number;
  readonly lines: number;
  readonly sha256: string;
};

export type RunPage = RunSummary & {
  readonly log: readonly LogLine[];
  readonly control: Control | null;
  /** Who took the run back, when and why; null: it stands. */
  readonly undone: {
    readonly at: string;
    readonly by: 'web' | 'cli';
    readonly user: string | null;
    readonly reason: string;
  } | null;
};
/** Answer of GET /api/runs/:run/undo: what a person should know before a run is taken back. */
export type RunUndo = {
  /** Why it cannot be, as a failure; null: it can. */
  readonly obstacle: Trouble | null;
  /** Sales, credit notes and payments that would be new again. */
  readonly parts: number;
  readonly files: readonly {
    readonly name: string;
    readonly folder: string;
    readonly standing: 'there' | 'gone' | 'changed';
  }[];
  readonly downloadedAt: string | null;
};
/** Body of POST /api/runs/:run/undo. `rename`: under a name that no program imports, beside where it was. */
export type UndoRun = { readonly files: 'rename' | 'remove' | 'leave'; readonly reason: string };
/** `reasons`: why documents are held or left out. */
export type Control = Completeness & {
  readonly reasons: readonly { readonly state: 'held' | 'excluded'; readonly code: string; readonly count: number }[];
};
/** What was read, held against its source, and the series of numbers. */
export type Completeness = {
  readonly source: number | null;
  readonly counted: 'shop' | 'file' | null;
  readonly records: number;
  readonly leftOut: number;
  readonly complete: boolean | null;
  readonly series: readonly {
    readonly name: string;
    readonly first: string;
    readonly last: string;
    readonly count: number;
    readonly missing: readonly string[];
    readonly missingCount: number;
    readonly doubles: readonly { readonly number: string; readonly order: string }[];
    readonly disorder: readonly {
      readonly number: string;
      readonly date: string;
      readonly next: string;
      readonly nextDate: string;
    }[];
    readonly partial: boolean;
  }[];
};
export type RunDocumentRow = {
  readonly kind: 'sale' | 'creditNote';
  readonly key: string;
  readonly order: string;
  readonly piece: string | null;
  readonly date: string | null;
  readonly gross: string | null;
  readonly currency: string | null;
  readonly state: string;
  readonly reasons: readonly Reason[];
};

/** One line of the log, live or later; `event` names a sentence `log.<event>`. */
export type LogLine = {
  readonly seq: number;
  readonly at: string;
  readonly step: 'start' | 'read' | 'analyse' | 'write';
  readonly event: string;
  readonly level: 'head' | 'ok' | 'warn' | 'held' | 'failed' | 'info';
  readonly values: Readonly<Record<string, string>>;
  /** Right-hand detail: an invoice number, a duration ... already text. */
  readonly detail: string | null;
  readonly amount: string | null;
  /**
   * A problem: its own sentence fills the hole `problem` of `log.<event>` ("Orders 4, 7 held: {problem}").
   * `values.orders` are the first numbers, `values.count` how many there are in all. A line that took time has
   * `values.durationMs`.
   */
  readonly reason: Reason | null;
};

/** Server-sent events of `/api/runs/:run/events`: `log` (LogLine), `progress`, `end` (RunSummary). */
export type Progress = {
  readonly step: string;
  readonly done: number;
  readonly total: number | null;
  readonly label: string;
  readonly elapsedMs: number;
};

export type StartRun = {
  readonly kind: 'sales' | 'creditNotes';
  readonly from: string | null;
  readonly to: string | null;
  readonly period: string;
  readonly includeTransferred: boolean;
  /** Writes corrections of what changed after its transfer without asking; a review proposes them unticked. */
  readonly correct?: boolean;
  readonly review: boolean;
  /** Reads everything anew, also where an earlier read stopped on its way. */
  readonly fresh?: boolean;
};

/** What the beginning of a file of sales tells; `first`: its first document of the kind asked, if it was met. */
export type PeekedFile = {
  readonly format: string;
  readonly shop: string;
  readonly first: {
    readonly order: string;
    readonly date: string;
    readonly gross: string;
    readonly currency: string;
  } | null;
  /** How a CSV would be read; null: the file is something else. */
  readonly csv: CsvPreview | null;
};

/** Options › Proxy. `exceptions`: servers reached without it; null address: no proxy. */
export type ProxyAnswer = {
  readonly url: string | null;
  readonly user: string | null;
  readonly exceptions: readonly string[];
  readonly passwordSet: boolean;
};

export type SaveProxy = Omit<ProxyAnswer, 'passwordSet'> & { readonly password?: string };

export type PeriodCount = {
  readonly documents: number | null;
  readonly alreadyTransferred: number;
  readonly statusesRead: number;
  readonly statusesKnown: number;
  readonly findBy: 'order' | 'invoice';
  readonly timeZone: string;
  readonly trouble: Trouble | null;
};

/** Body of POST /api/profiles/:profile/format: a format as it is being described. */
export type FormatAsked = { readonly definition: unknown };
/** What is wrong with it, or what it writes for entries of the last import, else of the manual (`sample`). */
export type FormatTrial = {
  readonly errors: readonly FieldError[];
  readonly preview: FormatPreview | null;
  readonly sample: boolean;
};
/** Formats that a user's own may start from, `custom` what it is until then. */
export type StartingPoint = { readonly id: string; readonly name: string; readonly definition: FormatDefinition };
