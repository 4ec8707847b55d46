import type { Reason, RunSummary } from './api.ts';

/** The dashboard of a profile over a period; amounts are decimal text in `currency`, the books' own. */
export type Dashboard = {
  readonly from: string;
  readonly to: string;
  readonly currency: string;
  /** Books in other currencies that the profile had before: their entries are not in these figures. */
  readonly otherCurrencies: readonly string[];
  /** Sales without VAT, credit notes taken off. */
  readonly net: string;
  readonly tax: string;
  /** Of it, VAT of other countries than the seller's. */
  readonly foreignTax: string;
  /** As many days before the period as have passed of it; null when nothing was written then. */
  readonly before: {
    readonly from: string;
    readonly to: string;
    readonly net: string;
    readonly percent: string;
  } | null;
  /** Orders sold in the period that are not paid in full, or were paid too much; null when the profile writes no payments. */
  readonly open: { readonly orders: number; readonly amount: string } | null;
  readonly days: readonly { readonly day: string; readonly net: string; readonly entries: number }[];
  readonly vat: readonly {
    readonly country: string | null;
    /** `20.00`; null: none. */
    readonly rate: string | null;
    readonly base: string;
    readonly tax: string;
    readonly entries: number;
  }[];
  readonly payments: readonly {
    readonly method: string;
    readonly amount: string;
    readonly fee: string;
    readonly entries: number;
  }[];
  readonly paid: string;
  readonly fees: string;
  readonly differences: readonly { readonly role: string; readonly amount: string; readonly entries: number }[];
  /** Documents dated in the period, each once; they add up to `total`. */
  readonly documents: {
    readonly total: number;
    readonly written: number;
    readonly ready: number;
    readonly held: number;
    readonly excluded: number;
  };
  /** What the last import of sales found in its series; null: nothing was looked at. */
  readonly series: { readonly run: string; readonly missing: number; readonly doubles: number } | null;
  readonly runs: readonly RunSummary[];
  /** The last day of the profile that has entries. */
  readonly lastDay: string | null;
};

/** Entries behind a figure. */
export type ActivityEntries = {
  readonly total: number;
  readonly currency: string;
  /** What they put into the figure; `base` of VAT alone. */
  readonly amount: string | null;
  readonly base: string | null;
  readonly rows: readonly ActivityEntry[];
};
export type ActivityEntry = {
  readonly run: string;
  readonly number: number;
  readonly kind: 'sale' | 'creditNote' | 'payment';
  readonly document: string;
  readonly order: string;
  readonly journal: string;
  readonly date: string;
  readonly piece: string;
  readonly payment: string | null;
  readonly country: string | null;
  /** Sum of its debits. */
  readonly total: string;
  readonly amount: string | null;
  readonly base: string | null;
};

/** Documents of a profile, each once, newest first. */
export type ActivityDocuments = { readonly total: number; readonly rows: readonly ActivityDocument[] };
export type ActivityDocument = {
  readonly key: string;
  readonly kind: 'sale' | 'creditNote';
  readonly run: string;
  readonly order: string;
  readonly piece: string | null;
  readonly date: string | null;
  readonly gross: string | null;
  readonly currency: string | null;
  readonly state: string;
  readonly reasons: readonly Reason[];
};
