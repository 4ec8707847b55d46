import type { GroupBy, ReviewGroup } from './review-groups.ts';

export type ReviewEntryRow = {
  readonly number: number;
  readonly seq: number;
  readonly document: string;
  readonly part: string;
  readonly hash: string;
  readonly kind: string;
  readonly journal: string;
  readonly day: string;
  readonly piece: string;
  readonly reference: string;
  readonly orderNumber: string;
  readonly payment: string | null;
  readonly currency: string;
  readonly lines: readonly ReviewLineRow[];
  readonly ticked: boolean;
  /** Written before, included again on request. */
  readonly again: boolean;
  /** Corrects what was written, for the nth time; a document's corrections are ticked together. */
  readonly correction: number | null;
  /** JSON of the whole entry. */
  readonly entry: string;
};

export type KeptEntry = Pick<
  ReviewEntryRow,
  'number' | 'ticked' | 'again' | 'correction' | 'hash' | 'document' | 'entry'
>;

export type ReviewLineRow = {
  readonly account: string;
  readonly thirdParty: string | null;
  readonly label: string;
  readonly taxCode: string | null;
  readonly taxRate: string | null;
  readonly amountMinor: bigint;
};

export type ReviewFilter = {
  readonly ticked: boolean | null;
  /** Free text over order, piece, reference, label, account, third party. */
  readonly text: string;
  readonly conditions: readonly Condition[];
  readonly sort: { readonly column: string; readonly descending: boolean };
};

/** Columns: number journal date piece reference order payment currency (head); account thirdParty label taxCode taxRate debit credit (line). */
export type Condition =
  | { readonly column: string; readonly test: 'contains' | 'starts' | 'equals'; readonly value: string }
  | { readonly column: string; readonly test: 'in'; readonly values: readonly string[] }
  | {
      readonly column: string;
      readonly test: 'between';
      readonly min: string | bigint | null;
      readonly max: string | bigint | null;
    };

export type ReviewStore = {
  readonly add: (run: string, rows: readonly ReviewEntryRow[]) => Promise<void>;
  /** Replaces the entries of some documents (a mended mapping); a part that was unticked stays so. */
  readonly replace: (run: string, documents: readonly string[], rows: readonly ReviewEntryRow[]) => Promise<void>;
  /** Numbers the entries anew from `first`, in the order of reading (a document's entries in the order they have). */
  readonly renumber: (run: string, first: number) => Promise<void>;
  readonly find: (
    run: string,
    filter: ReviewFilter,
  ) => Promise<{
    readonly numbers: readonly number[];
    /** Keys of the documents they come from, each once. */
    readonly documents: readonly string[];
    readonly lineCounts: readonly number[];
    readonly debitMinor: bigint;
    readonly creditMinor: bigint;
  }>;
  /** JSON entries by number, in the order of the numbers given. */
  readonly entries: (run: string, numbers: readonly number[]) => Promise<readonly KeptEntry[]>;
  /** The entries of one document, as `entries` gives them. */
  readonly ofDocument: (run: string, document: string) => ReturnType<ReviewStore['entries']>;
  readonly ticked: (run: string) => AsyncIterable<
    readonly {
      number: number;
      part: string;
      document: string;
      hash: string;
      again: boolean;
      correction: number | null;
      entry: string;
    }[]
  >;
  /**
   * A person's choice, null for all; nothing happens once the review is being written, or is over. All leaves corrections
   * out when it ticks: each is somebody's decision.
   */
  readonly tick: (run: string, numbers: readonly number[] | null, ticked: boolean) => Promise<void>;
  /** Takes entries out of what is being written. */
  readonly drop: (run: string, numbers: readonly number[]) => Promise<void>;
  /** Entries, lines, debits and credits of what is ticked. */
  readonly totals: (run: string) => Promise<{
    readonly entries: number;
    readonly lines: number;
    readonly debitMinor: bigint;
    readonly creditMinor: bigint;
    readonly untickedEntries: number;
    /** Documents whose correction is proposed and not taken. */
    readonly untickedCorrections: number;
    readonly all: number;
  }>;
  /** The values of a column in their order, each with how many entries have it. */
  readonly counted: (
    run: string,
    column: 'journal' | 'payment' | 'currency',
  ) => Promise<readonly { readonly value: string; readonly entries: number }[]>;
  /** Entries of these numbers, added up by one of their values. */
  readonly groups: (run: string, by: GroupBy, numbers: readonly number[]) => Promise<readonly ReviewGroup[]>;
  readonly maxNumber: (run: string) => Promise<number>;
  readonly forget: (run: string) => Promise<void>;
};
