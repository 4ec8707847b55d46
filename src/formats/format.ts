import type { Day } from '../core/calendar.ts';
import type { CustomerRecord } from '../core/customer-record.ts';
import type { EntryKind, NumberedEntry } from '../core/entry.ts';
import type { FormatDefinition } from '../schema/format-definition.ts';
import type { Layout } from './layout.ts';
import type { OptionSpecs } from './options.ts';
import type { Field } from './records.ts';

/** A file format of accounting software: one file of `formats/`, one line of `formats/index.ts`. */
export type Format = {
  readonly id: string;
  readonly name: string;
  readonly vendor: string;
  readonly extension: string;
  readonly mediaType: string;
  readonly newline: '\r\n' | '\n';
  /** 1-5: how sure the layout is (5: official text or a vendor's own files and independent code agree). */
  readonly confidence: 1 | 2 | 3 | 4 | 5;
  readonly checkedAgainst: string;
  readonly limits: FormatLimits;
  readonly carries: readonly Carried[];
  /** Third parties stand beside their collective account, or in its place, so that one code is left of the two. */
  readonly accounts: 'both' | 'one';
  /** Signs that accounts and third parties are made of. */
  readonly accountSigns: 'any' | 'digits';
  /** Third parties that the program takes for suppliers; null: it does not tell them apart by their codes. */
  readonly supplierCodes: RegExp | null;
  /** The codes that stand in the file for those of a line. */
  readonly codesOf: (codes: Codes) => Codes;
  /** The entries as the file says them, where that is not line for line; null: as they are. */
  readonly restated: ((entry: NumberedEntry) => readonly NumberedEntry[]) | null;
  /** Its records, field by field, where the format is declared so; for people. */
  readonly records: readonly { readonly name: string; readonly fields: readonly Field[] }[];
  /** What it is declared as, where it is: a user's own format may start from it. */
  readonly layout: Layout | null;
  /** Text patterns that it asks each entry for: see `columns` of an entry. */
  readonly patterns: readonly string[];
  /** Files are written journal by journal, or in the order of entry numbers. */
  readonly order: 'journal' | 'number';
  /** What tells a reader where an entry ends: another number, or the balance that comes back to zero. */
  readonly entriesEnd: 'number' | 'balance';
  /** Whether a file can be continued; not where its head, its foot or its one series of numbers say all that is in it. */
  readonly appends: boolean;
  /** Whether its head names a fiscal year, so that a file holds the entries of one. */
  readonly oneFiscalYear: boolean;
  /** The list of customers that goes in a file beside the entries; null: this format has none. */
  readonly customers: CustomersFormat | null;
  /** Asked of each file before it is delivered; null: its authority has published none that could be asked. */
  readonly rules: PublishedRules | null;
  /** What its user may choose, set by `configured`. */
  readonly options: OptionSpecs;
  /** The same format with these options; those it does not know are none of its business. */
  readonly configured: (options: FormatOptions) => Format;
  /** Bytes before the first entry. */
  readonly head: (context: FormatContext, contents: Contents) => Buffer;
  /** Bytes after the last entry. */
  readonly foot: (context: FormatContext, contents: Contents) => Buffer;
  /**
   * The entry's records as encoded bytes, or what keeps it from fitting. Numbers that depend on the place in the file
   * are left to `stamp`.
   */
  readonly encode: (entry: NumberedEntry, context: FormatContext) => Encoded;
  /**
   * Puts the running numbers into whole records, of one or more entries; `state` starts at `{ records: 0 }` for each
   * file, or at the last number of the file that is continued.
   */
  readonly stamp: (records: Buffer, state: StampState) => Buffer;
  /**
   * Reads a file back, a batch at a time; throws nothing: faults come as an answer with line and column. `decimals` are
   * those of the books' currency, 2 when nothing is said.
   */
  readonly read: (
    bytes: AsyncIterable<Buffer> | Iterable<Buffer>,
    decimals?: number,
  ) => AsyncIterable<readonly ReadBack[]>;
};

/** A finished file held against rules that the format's authority has published: the first that is broken; null: none. */
export type PublishedRules = (bytes: AsyncIterable<Buffer> | Iterable<Buffer>) => Promise<string | null>;

/** The list of customers beside the entries: a record each, who each is read back by his code. */
export type CustomersFormat = {
  /** Whether he has a place in it: some programs list third parties alone, not accounts. */
  readonly lists: (customer: CustomerRecord) => boolean;
  /** Its record, and the one that may follow it, field by field; for people. */
  readonly fields: readonly CustomerPlace[];
  readonly second: readonly CustomerPlace[];
  /** `stamp` is when the file is written, `YYYYMMDD-HHMMSS`; `from` the day of the first entry whose customer is in it. */
  readonly head: (context: FormatContext, stamp: string, from: Day) => Buffer;
  readonly foot: Buffer;
  readonly encode: (customer: CustomerRecord, context: FormatContext) => Encoded;
  readonly read: (bytes: AsyncIterable<Buffer> | Iterable<Buffer>) => AsyncIterable<readonly CustomerReadBack[]>;
};

export type CustomerPlace = { readonly name: string; readonly from?: number; readonly width?: number | null };

export type CustomerReadBack = { readonly type: 'customer'; readonly code: string } | ReadFault;

/** Of a line: its account and, on customers' lines, the third party. */
export type Codes = { readonly account: string; readonly thirdParty: string | null };

/** What a file tells of an entry besides date, account and amount. */
export type Carried =
  | 'journal'
  | 'number'
  | 'kind'
  | 'thirdParty'
  | 'piece'
  | 'reference'
  | 'label'
  | 'taxCode'
  | 'currency'
  | 'dueDate'
  | 'paymentMode'
  | 'section'
  | 'vatGrid'
  | 'matching';

/** What is in a file, for heads that announce it. */
export type Contents = {
  /** By code: the kind of its first entry, and the first account of it that is a bank's. */
  readonly journals: ReadonlyMap<string, { readonly kind: EntryKind; readonly bank: string | null }>;
  /** Days of the first and the last entry. */
  readonly from: Day;
  readonly to: Day;
  /** When it is written: `YYYYMMDD-HHMMSS`. */
  readonly stamp: string;
  /** How many lines its entries have, and what they add up to in minor units. */
  readonly lines: number;
  readonly debitMinor: bigint;
  readonly creditMinor: bigint;
};

/** How many records stand before, for formats that count them through the file. */
export type StampState = { records: number };

/** An entry as bytes, which the next one overwrites, or why it does not go. */
export type Encoded =
  | {
      readonly state: 'fits';
      readonly bytes: Buffer;
      readonly records: number;
      readonly remarks: readonly FormatRemark[];
    }
  | { readonly state: 'refused'; readonly faults: readonly FormatFault[] };

/** What keeps an entry out; `width` is the room there is. */
export type FormatFault =
  | {
      readonly reason: 'too-long' | 'unencodable' | 'missing';
      readonly field: string;
      readonly value: string;
      readonly width: number;
    }
  /** A user's own format does not take entries of this kind, or of this journal. */
  | { readonly reason: 'not-taken'; readonly field: 'kind' | 'journal'; readonly value: string }
  /** The entry was made before its format asked for what this text pattern says. */
  | { readonly reason: 'no-text'; readonly value: string }
  | { readonly reason: 'unbalanced'; readonly debit: string; readonly credit: string };
/** What was done to make it fit. */
export type FormatRemark =
  | { readonly reason: 'piece-cut'; readonly value: string; readonly cut: string }
  /** Nothing to tell, as the format wants digits; two pieces may meet in them. */
  | { readonly reason: 'piece-digits'; readonly value: string; readonly cut: string }
  /** The format has a place for the code's name, which the chart lacks: the code itself stands there. */
  | { readonly reason: 'unnamed'; readonly field: 'account' | 'journal'; readonly code: string };

/** Largest number of characters each code may have; null: no limit. */
export type FormatLimits = {
  readonly journal: number | null;
  readonly account: number | null;
  readonly thirdParty: number | null;
  readonly piece: number | null;
  readonly reference: number | null;
  readonly label: number | null;
  readonly paymentMode: number | null;
  /** The ledger's code of a currency. */
  readonly currency: number | null;
  readonly taxCode: number | null;
  /** Analytic section. */
  readonly section: number | null;
  /** Decimals of an amount beyond those of the currency itself. */
  readonly decimals: number | null;
};

/** Of a format that takes every length. */
export const NO_LIMITS: FormatLimits = {
  journal: null,
  account: null,
  thirdParty: null,
  piece: null,
  reference: null,
  label: null,
  paymentMode: null,
  currency: null,
  taxCode: null,
  section: null,
  decimals: null,
};

/** What most formats are that have no more to say. */
export const PLAIN = {
  accounts: 'both',
  accountSigns: 'any',
  supplierCodes: null,
  codesOf: ({ account, thirdParty }: Codes): Codes => ({ account, thirdParty }),
  restated: null,
  layout: null,
  patterns: [],
  entriesEnd: 'number',
  appends: true,
  oneFiscalYear: false,
  records: [],
  customers: null,
  rules: null,
  options: {},
  foot: () => Buffer.alloc(0),
} as const;

/** What a format knows beside the entry. */
export type FormatContext = {
  readonly companyName: string;
  readonly booksCurrency: string;
  readonly chart: {
    readonly accounts: Readonly<Record<string, string>>;
    readonly journals: Readonly<Record<string, string>>;
    readonly thirdParties: Readonly<Record<string, string>>;
  };
  /** Codes as this ledger has them, by the profile's own; codes without a row stay. */
  readonly translate: FormatContext['chart'];
  readonly options: FormatOptions;
};

/** Options by name, as a profile has them. */
export type FormatOptions = {
  readonly recordLength?: 138 | 199;
  readonly validDate?: 'entry' | 'blank';
  /** Number or name of the analytic plan that sections belong to, where a format tells it. */
  readonly analyticPlan?: string;
  /** What the user's own format is; null: the one it starts as. */
  readonly definition?: FormatDefinition | null;
  readonly [name: string]: string | number | FormatDefinition | null | undefined;
};

/** One general line of a file, read back. `amountMinor` is signed, debit positive; a day is `YYYY-MM-DD`. */
export type ReadBack =
  | {
      readonly type: 'line';
      readonly lineNumber: number;
      readonly journal: string;
      readonly date: string;
      readonly number: string;
      readonly kind: EntryKind | null;
      readonly account: string;
      readonly thirdParty: string | null;
      readonly piece: string;
      readonly reference: string;
      readonly label: string;
      readonly taxCode: string | null;
      readonly dueDate: string | null;
      readonly paymentMode: string | null;
      readonly section: string | null;
      /** As they stand there, empty where there is none: amount in currency, that currency, its rate, the matching code. */
      readonly inCurrency: string;
      readonly currency: string;
      readonly rate: string;
      readonly matching: string;
      /** What else stands on the line, and has no place in an entry that is made of it. */
      readonly unread: readonly Carried[];
      readonly amountMinor: bigint;
    }
  | ReadFault;

/** Where a file is not what it should be. */
export type ReadFault = {
  readonly type: 'fault';
  readonly lineNumber: number;
  readonly column: number | null;
  readonly expected: string;
  readonly found: string;
};
