import type { RuleKey } from '../core/entry.ts';
import type { Reason } from './api.ts';

/** One document with all that is known of it; amounts are decimal text. */
export type DocumentPage = {
  readonly key: string;
  readonly kind: 'sale' | 'creditNote';
  readonly order: string;
  readonly invoice: string | null;
  readonly creditNote: string | null;
  readonly date: string | null;
  readonly country: string | null;
  readonly gross: string | null;
  readonly currency: string | null;
  /** As it stands now: `written`, `ready`, `held`, `excluded`. */
  readonly state: string;
  readonly reasons: readonly Reason[];
  /** The newest run that read it. */
  readonly readBy: string | null;
  readonly readAt: string | null;
  /** The open list it stands in; there, it is mended, excluded and taken back. */
  readonly review: string | null;
  /** Its lines, while they are kept: until the list they stand in is written or closed. */
  readonly content: DocumentContent | null;
  readonly entries: readonly DocumentEntry[];
  /** What was written against what the shop says now, line by line; null: nothing changed. */
  readonly comparison: Comparison | null;
  readonly parts: readonly {
    readonly part: string;
    readonly state: string;
    readonly at: string;
    readonly run: string | null;
    readonly reason: string | null;
  }[];
  /** Newest first. */
  readonly history: readonly DocumentEvent[];
  readonly runs: readonly {
    readonly run: string;
    readonly state: string;
    readonly at: string;
    readonly document: string;
  }[];
  /** The other documents of its order. */
  readonly related: readonly {
    readonly key: string;
    readonly kind: 'sale' | 'creditNote';
    readonly order: string;
    readonly piece: string | null;
    readonly date: string | null;
    readonly gross: string | null;
    readonly currency: string | null;
    readonly state: string;
  }[];
};

export type DocumentContent = {
  readonly status: string | null;
  readonly lines: readonly {
    readonly id: string;
    readonly kind: string;
    readonly label: string | null;
    readonly quantity: string | null;
    readonly net: string;
    readonly tax: string;
    readonly rates: readonly string[];
    readonly gross: string;
  }[];
  readonly payments: readonly {
    readonly id: string;
    readonly direction: 'in' | 'out';
    readonly method: string;
    readonly date: string;
    readonly amount: string;
    readonly fee: string | null;
  }[];
  /** What the lines make, what the shop states, and what separates them. */
  readonly sums: readonly {
    readonly what: 'net' | 'tax' | 'gross';
    /** Of `tax`: the rate, when the shop states each; null: all of it. */
    readonly rate: string | null;
    readonly lines: string;
    readonly stated: string;
    readonly difference: string;
  }[];
};

export type DocumentEntry = {
  /** `written`: in a file; `review`: waits in an open list. */
  readonly source: string;
  readonly run: string;
  readonly at: string;
  readonly file: string | null;
  readonly number: number;
  readonly kind: 'sale' | 'creditNote' | 'payment';
  readonly part: string;
  readonly journal: string;
  readonly date: string;
  readonly piece: string;
  readonly reference: string;
  readonly label: string;
  readonly currency: string;
  readonly payment: string | null;
  readonly lines: readonly {
    readonly role: string;
    readonly account: string;
    readonly accountName: string | null;
    readonly thirdParty: string | null;
    readonly taxCode: string | null;
    readonly taxRate: string | null;
    readonly debit: string | null;
    readonly credit: string | null;
    readonly mapping: string;
    readonly rules: readonly (RuleKey & { readonly hit: boolean })[];
    readonly parts: readonly { readonly line: string; readonly label: string; readonly amount: string }[];
  }[];
};

/** Only what differs; an amount is signed, debit positive, null where there is no such line. */
export type Comparison = {
  /** Of the document: as it was written, and now. */
  readonly before: string;
  readonly now: string | null;
  readonly currency: string;
  readonly lines: readonly {
    readonly part: string;
    readonly role: string;
    readonly account: string;
    readonly taxCode: string | null;
    readonly taxRate: string | null;
    readonly before: string | null;
    readonly now: string | null;
  }[];
};

export type DocumentEvent = {
  readonly part: string;
  readonly action: string;
  readonly at: string;
  readonly run: string | null;
  readonly file: string | null;
  readonly number: number | null;
  readonly reason: string | null;
};
