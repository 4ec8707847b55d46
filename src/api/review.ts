import type { RuleKey } from '../core/entry.ts';
import type { Completeness, ProfileSummary, Reason, RunSummary } from './api.ts';

/** The list of entries. */
export type Review = {
  readonly run: RunSummary;
  readonly profile: ProfileSummary;
  readonly tabs: {
    readonly toMend: number;
    readonly ready: number;
    readonly unticked: number;
    readonly excluded: number;
    readonly already: number;
    readonly all: number;
  };
  readonly totals: {
    readonly entries: number;
    readonly lines: number;
    readonly debit: string;
    readonly credit: string;
    readonly balanced: boolean;
    readonly untickedEntries: number;
    /** Documents that changed after their transfer, whose correction nobody has ticked. */
    readonly untickedCorrections: number;
  };
  readonly problems: readonly ProblemGroup[];
  readonly control: Completeness | null;
  /** What the run has something to show for: foreign documents, and amounts in their currency on the lines. */
  readonly columns: {
    readonly foreign: boolean;
    readonly inCurrency: boolean;
    readonly vatGrid: boolean;
    readonly section: boolean;
    readonly paymentMode: boolean;
  };
  readonly destination: { readonly fileName: string; readonly formatName: string; readonly policy: string };
  readonly payments: readonly string[];
  readonly journals: readonly string[];
};

/** One cause, however many documents it stops, with the cure when there is one. */
export type ProblemGroup = {
  readonly id: string;
  readonly reason: Reason;
  readonly documents: readonly { readonly key: string; readonly order: string }[];
  readonly documentCount: number;
  readonly heldDocuments: number;
  /** Held documents that nothing else holds: mending this cause frees them. */
  readonly releasedDocuments: number;
  readonly amount: string | null;
  readonly cure:
    | {
        readonly type: 'vat-account';
        readonly country: string;
        readonly item: string;
        readonly proposedAccount: string | null;
        readonly proposedCode: string | null;
      }
    | {
        readonly type: 'payment';
        readonly method: string;
        readonly name: string;
        readonly proposedJournal: string | null;
        readonly proposedBank: string | null;
        readonly journals: readonly string[];
        readonly banks: readonly string[];
      }
    | {
        readonly type: 'account';
        readonly mapping: string;
        readonly country: string | null;
        readonly item: string | null;
        readonly field: string;
        readonly proposedAccount: string | null;
      }
    | {
        readonly type: 'show-sum';
        readonly stated: string;
        readonly lines: string;
        readonly difference: string;
        readonly tolerance: string | null;
      }
    | {
        /** Dated in a closed period: one answer for all documents of the review, see `LateRequest`. */
        readonly type: 'late';
        readonly nextOpenDay: string;
      }
    | { readonly type: 'none' };
};

export type ReviewQuery = {
  readonly tab: string;
  readonly q: string;
  readonly filters: Readonly<Record<string, string>>;
  readonly sort: string;
  readonly flat: boolean;
  readonly folded: boolean;
  readonly offset: number;
  readonly limit: number;
};

/** A window of rows: entries with their lines, in the order asked. `index` is the row's place among all rows of the query. */
export type ReviewRows = {
  readonly total: number;
  readonly entries: number;
  /** Documents that the entries come from. */
  readonly documents: number;
  readonly debit: string;
  readonly credit: string;
  readonly offset: number;
  readonly rows: readonly ReviewRow[];
};

export type ReviewRow =
  | {
      readonly type: 'entry';
      readonly number: number;
      readonly kind: 'sale' | 'creditNote' | 'payment';
      readonly ticked: boolean;
      /** `ready`, `unticked`; `again`: transferred before; `reversal`, `replacement`: a correction of what was transferred. */
      readonly state: string;
      readonly journal: string;
      readonly date: string;
      readonly piece: string;
      readonly reference: string;
      readonly order: string;
      readonly document: string;
      readonly debit: string;
      readonly credit: string;
      readonly payment: string | null;
      readonly currency: string;
      readonly rate: string | null;
      readonly reasons: readonly Reason[];
    }
  | {
      readonly type: 'line';
      readonly number: number;
      readonly line: number;
      readonly ticked: boolean;
      readonly role: string;
      readonly account: string;
      readonly accountName: string | null;
      readonly thirdParty: string | null;
      readonly label: string;
      readonly taxCode: string | null;
      readonly taxRate: string | null;
      readonly debit: string | null;
      readonly credit: string | null;
      readonly paymentMode: string | null;
      /** Signed, debit positive; null when the line is in the books' currency alone. */
      readonly amountInCurrency: string | null;
      readonly vatGrid: string | null;
      readonly section: string | null;
      readonly head: {
        readonly journal: string;
        readonly date: string;
        readonly piece: string;
        readonly reference: string;
        readonly payment: string | null;
        readonly currency: string;
        readonly rate: string | null;
      };
    }
  | {
      readonly type: 'document';
      readonly key: string;
      readonly kind: 'sale' | 'creditNote';
      readonly order: string;
      readonly date: string | null;
      readonly gross: string | null;
      readonly currency: string | null;
      readonly state: string;
      readonly reasons: readonly Reason[];
    };

/** Why this account, why this amount. */
export type Why = {
  readonly entry: {
    readonly number: number;
    readonly kind: string;
    readonly journal: string;
    readonly date: string;
    readonly piece: string;
    readonly order: string;
  };
  readonly line: {
    readonly index: number;
    readonly role: string;
    readonly account: string;
    readonly accountName: string | null;
    readonly debit: string | null;
    readonly credit: string | null;
    readonly taxCode: string | null;
    readonly taxRate: string | null;
  };
  readonly mapping: string;
  /** A rule names its country, its item, and of the refined keys (`product`, `treatment` ...) those it has. */
  readonly rules: readonly (RuleKey & { readonly hit: boolean })[];
  readonly parts: readonly { readonly line: string; readonly label: string; readonly amount: string }[];
  readonly document: {
    readonly key: string;
    readonly order: string;
    readonly orderDate: string;
    readonly status: string | null;
    readonly invoice: string | null;
    readonly country: string | null;
    /** What the sale is for VAT, and why: sentences `treatment.<treatment>` and `treatment.because.<treatmentReason>`. */
    readonly treatment: string | null;
    readonly treatmentReason: string | null;
    readonly gross: string;
    readonly currency: string;
    readonly readAt: string;
    readonly canonical: unknown;
  };
};

/** Ticks: by entry, by entry range (both ends included), or everything a query matches. */
export type TickRequest = {
  readonly ticked: boolean;
  readonly numbers?: readonly number[];
  readonly range?: { readonly from: number; readonly to: number };
  readonly query?: ReviewQuery;
};
/** Documents left out for good: those named, all that one cause holds (`ProblemGroup.id`), or those of all entries a query finds. */
export type ExcludeRequest = { readonly reason: string } & (
  | { readonly keys: readonly string[] }
  | { readonly cause: string }
  | { readonly query: ReviewQuery }
);
/** `undo` is what `include` takes to bring back the documents of this very act. */
export type ExcludeAnswer = { readonly excluded: number; readonly undo: string; readonly review: Review };
export type IncludeRequest = { readonly keys: readonly string[] } | { readonly undo: string };
export type MendRequest =
  | {
      readonly type: 'vat-account';
      readonly country: string;
      readonly item: string;
      readonly account: string;
      readonly code: string | null;
    }
  | { readonly type: 'payment'; readonly method: string; readonly journal: string; readonly bank: string }
  | {
      readonly type: 'account';
      readonly mapping: string;
      readonly country: string | null;
      readonly item: string | null;
      readonly field: string;
      readonly account: string;
    };
/** What becomes of all documents of a review that are dated in a closed period. */
export type LateRequest = { readonly answer: 'nextOpenDay' | 'keepDate' };
/** `released`: documents that were held, or whose payment waited, and are free now. */
export type MendAnswer = { readonly released: number; readonly review: Review };
