import type { Day } from '../core/calendar.ts';
import type { NumberedEntry } from '../core/entry.ts';
import type { LateAnswer } from '../core/posting/late.ts';
import type { FailureCode, Problem } from '../core/problem.ts';
import type { CsvLayout } from '../schema/csv-layout.ts';

/** What is asked of a run; the web app, the command line and the scheduler all ask the same way. */
export type RunRequest = {
  readonly profile: string;
  readonly kind: RunKind;
  /** The shop, or a file of sales that stands in for it; `name` when people know it by another. */
  readonly source:
    | { readonly type: 'shop' }
    | {
        readonly type: 'file';
        readonly path: string;
        readonly name?: string | undefined;
        /** Files that go with it, each for itself. */
        readonly more?: readonly string[] | undefined;
        /** How a CSV is read, whatever is kept for its columns. */
        readonly layout?: CsvLayout | undefined;
      };
  /** `all`: everything the file holds; a shop is always asked for days or changes. */
  readonly period:
    | { readonly type: 'days'; readonly from: Day; readonly to: Day }
    | { readonly type: 'since-last-import' }
    | { readonly type: 'all' };
  readonly includeTransferred: boolean;
  /** What changed after its transfer is told alone, proposed for a person to tick, or corrected as it is asked. */
  readonly corrections?: 'tell' | 'propose' | 'write';
  /** What somebody said of documents dated in a closed period, where the profile asks. */
  readonly late?: LateAnswer | null;
  /** `preview` writes nothing, `review` stops before writing, `write` goes through. */
  readonly mode: 'preview' | 'review' | 'write';
  readonly startedBy: 'web' | 'cli' | 'schedule';
  /** Who asked for it, and who had it written; null where nobody has a name. */
  readonly user?: string | null;
  readonly writtenBy?: string | null;
  /** Reads everything anew, also where an earlier read stopped on its way. */
  readonly fresh?: boolean;
  /** Another format and folder than the profile's, for this run alone. */
  readonly format: string | null;
  readonly folder: string | null;
};

export type RunKind = 'sales' | 'creditNotes';

/** `review` waits for a person; `delivering` has its parts marked and its file perhaps not yet in place. */
export type RunState =
  | 'reading'
  | 'review'
  | 'writing'
  | 'delivering'
  | 'written'
  | 'preview'
  | 'failed'
  | 'cancelled'
  | 'closed'
  | 'undone';

export type DocumentState = 'ready' | 'held' | 'excluded' | 'already' | 'written' | 'unticked';

/** One document of a run, small: what lists, tables and `--json` show. Amounts are decimal text. */
export type RunDocument = {
  readonly kind: 'sale' | 'creditNote';
  readonly key: string;
  readonly orderId: string;
  readonly orderNumber: string | null;
  readonly invoiceNumber: string | null;
  readonly creditNoteNumber: string | null;
  readonly date: string | null;
  readonly currency: string | null;
  readonly gross: string | null;
  readonly country: string | null;
  readonly state: DocumentState;
  readonly reasons: readonly Problem[];
};

export type RunCounts = {
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

/** What was read, held against its source: the records it counts, and its series of numbers. */
export type RunControl = {
  /** Null: the source cannot say (reading by change or invoice date, or on two clocks). */
  readonly source: number | null;
  readonly counted: 'shop' | 'file' | null;
  /** Orders, or credit notes, handed over; each may be several documents. */
  readonly records: number;
  /** Of a file: documents of the other kind, or outside the period. */
  readonly leftOut: number;
  readonly complete: boolean | null;
  readonly series: readonly SeriesTold[];
};

export type SeriesTold = {
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
  /** More was found than is told. */
  readonly partial: boolean;
};

/** Why documents are held or left out, with how many. */
export type RunReason = {
  readonly state: 'held' | 'excluded';
  readonly code: string;
  readonly count: number;
  /** Those of the reason, where all its documents have the same. */
  readonly values: Readonly<Record<string, string>> | null;
};

export type RunFile = {
  readonly path: string;
  readonly format: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly lines: number;
};

/** A failure or a problem of the run as a whole, as a sentence's code and values. */
export type RunTrouble = {
  readonly code: FailureCode | Problem['code'];
  readonly values: Readonly<Record<string, string>>;
};

export type RunStep = 'start' | 'read' | 'analyse' | 'write';

/** What a run tells while it goes; whoever runs it prints, streams or ignores. `at` is an ISO instant. */
export type RunEvent =
  | { readonly type: 'begin'; readonly at: string; readonly run: RunOutcome['run'] }
  | {
      readonly type: 'step';
      readonly at: string;
      readonly step: RunStep;
      readonly state: 'begin' | 'ok' | 'failed';
      readonly counts: RunCounts;
      readonly trouble: RunTrouble | null;
    }
  | {
      readonly type: 'page';
      readonly at: string;
      readonly page: number;
      readonly records: number;
      readonly total: number | null;
    }
  | {
      /** An earlier read, begun at `startedAt`, goes on at this page; `documents` of it are kept. */
      readonly type: 'resumed';
      readonly at: string;
      readonly page: number;
      readonly documents: number;
      readonly startedAt: string;
    }
  | {
      readonly type: 'retry';
      readonly at: string;
      readonly attempt: number;
      readonly waitMs: number;
      readonly reason: string;
    }
  | {
      readonly type: 'document';
      /** Its place in the order of reading; documents are told as they are settled, which may be another order. */
      readonly seq: number;
      readonly at: string;
      readonly document: RunDocument;
      readonly entries: readonly NumberedEntry[];
    }
  | {
      readonly type: 'progress';
      readonly at: string;
      readonly step: RunStep;
      readonly done: number;
      readonly total: number | null;
      readonly label: string;
      readonly piece: string | null;
      readonly amount: string | null;
    }
  | { readonly type: 'trouble'; readonly at: string; readonly trouble: RunTrouble }
  | { readonly type: 'file'; readonly at: string; readonly file: RunFile };

/** How a run ended. */
export type RunOutcome = {
  readonly run: {
    readonly id: string;
    readonly profile: string;
    readonly kind: RunKind;
    readonly from: string | null;
    readonly to: string | null;
    readonly state: RunState;
  };
  readonly counts: RunCounts;
  readonly totals: { readonly debit: string; readonly credit: string };
  readonly troubles: readonly RunTrouble[];
  readonly files: readonly RunFile[];
  /** Null: the run did not come to the end of reading. */
  readonly control: RunControl | null;
  readonly reasonCounts: readonly RunReason[];
};
