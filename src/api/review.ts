import { z } from 'zod';
import type { Answer } from '../schema/answer.ts';
import { completeness, profileSummary, reason, ruleKey, runSummary } from './api.ts';

export const problemGroup = z
  .object({
    id: z.string(),
    reason,
    documents: z.array(z.object({ key: z.string(), order: z.string() })),
    documentCount: z.number(),
    heldDocuments: z.number(),
    releasedDocuments: z.number().describe('Held documents that nothing else holds: mending this cause frees them.'),
    amount: z.string().nullable(),
    cure: z.discriminatedUnion('type', [
      z.object({
        type: z.literal('vat-account'),
        country: z.string(),
        item: z.string(),
        proposedAccount: z.string().nullable(),
        proposedCode: z.string().nullable(),
      }),
      z.object({
        type: z.literal('payment'),
        method: z.string(),
        name: z.string(),
        proposedJournal: z.string().nullable(),
        proposedBank: z.string().nullable(),
        journals: z.array(z.string()),
        banks: z.array(z.string()),
      }),
      z.object({
        type: z.literal('account'),
        mapping: z.string(),
        country: z.string().nullable(),
        item: z.string().nullable(),
        field: z.string(),
        proposedAccount: z.string().nullable(),
      }),
      z.object({
        type: z.literal('show-sum'),
        stated: z.string(),
        lines: z.string(),
        difference: z.string(),
        tolerance: z.string().nullable(),
      }),
      z.object({
        type: z
          .literal('late')
          .describe('Dated in a closed period: one answer for all documents of the review, see `LateRequest`.'),
        nextOpenDay: z.string(),
      }),
      z.object({ type: z.literal('none') }),
    ]),
  })
  .meta({
    id: 'ProblemGroup',
    description: 'One cause, however many documents it stops, with the cure when there is one.',
  });
export type ProblemGroup = Answer<typeof problemGroup>;

export const review = z
  .object({
    run: runSummary,
    profile: profileSummary,
    tabs: z.object({
      toMend: z.number(),
      ready: z.number(),
      unticked: z.number(),
      excluded: z.number(),
      already: z.number(),
      all: z.number(),
    }),
    totals: z.object({
      entries: z.number(),
      lines: z.number(),
      debit: z.string(),
      credit: z.string(),
      balanced: z.boolean(),
      untickedEntries: z.number(),
      untickedCorrections: z
        .number()
        .describe('Documents that changed after their transfer, whose correction nobody has ticked.'),
    }),
    problems: z.array(problemGroup),
    control: completeness.nullable(),
    columns: z
      .object({
        foreign: z.boolean(),
        inCurrency: z.boolean(),
        vatGrid: z.boolean(),
        section: z.boolean(),
        paymentMode: z.boolean(),
      })
      .describe(
        'What the run has something to show for: foreign documents, and amounts in their currency on the lines.',
      ),
    destination: z.object({ fileName: z.string(), formatName: z.string(), policy: z.string() }),
    payments: z
      .array(z.object({ value: z.string(), entries: z.number() }))
      .describe('Payment methods of the list, each with how many entries have it.'),
    journals: z.array(z.string()),
  })
  .meta({ id: 'Review', description: 'The list of entries.' });
export type Review = Answer<typeof review>;

const reviewSums = { entries: z.number(), lines: z.number(), debit: z.string(), credit: z.string() };
export const reviewGroups = z
  .object({
    rows: z.array(
      z.object({
        value: z.string().describe('Empty: entries that have none.'),
        name: z.string().nullable().describe('Of an account, in the chart.'),
        ...reviewSums,
      }),
    ),
    total: z.object(reviewSums),
  })
  .meta({
    id: 'ReviewGroups',
    description: 'Entries of a query, added up by journal, account, day or payment method.',
  });
export type ReviewGroups = Answer<typeof reviewGroups>;

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

export const reviewRow = z
  .discriminatedUnion('type', [
    z.object({
      type: z.literal('entry'),
      number: z.number(),
      kind: z.enum(['sale', 'creditNote', 'payment']),
      ticked: z.boolean(),
      state: z
        .string()
        .describe(
          '`ready`, `unticked`; `again`: transferred before; `reversal`, `replacement`: a correction of what was transferred.',
        ),
      journal: z.string(),
      date: z.string(),
      piece: z.string(),
      reference: z.string(),
      order: z.string(),
      document: z.string(),
      debit: z.string(),
      credit: z.string(),
      payment: z.string().nullable(),
      currency: z.string(),
      rate: z.string().nullable(),
      reasons: z.array(reason),
    }),
    z.object({
      type: z.literal('line'),
      number: z.number(),
      line: z.number(),
      ticked: z.boolean(),
      role: z.string(),
      account: z.string(),
      accountName: z.string().nullable(),
      thirdParty: z.string().nullable(),
      label: z.string(),
      taxCode: z.string().nullable(),
      taxRate: z.string().nullable(),
      debit: z.string().nullable(),
      credit: z.string().nullable(),
      paymentMode: z.string().nullable(),
      amountInCurrency: z
        .string()
        .nullable()
        .describe(`Signed, debit positive; null when the line is in the books' currency alone.`),
      vatGrid: z.string().nullable(),
      section: z.string().nullable(),
      head: z.object({
        journal: z.string(),
        date: z.string(),
        piece: z.string(),
        reference: z.string(),
        payment: z.string().nullable(),
        currency: z.string(),
        rate: z.string().nullable(),
      }),
    }),
    z.object({
      type: z.literal('document'),
      key: z.string(),
      kind: z.enum(['sale', 'creditNote']),
      order: z.string(),
      date: z.string().nullable(),
      gross: z.string().nullable(),
      currency: z.string().nullable(),
      state: z.string(),
      reasons: z.array(reason),
    }),
  ])
  .meta({ id: 'ReviewRow' });
export type ReviewRow = Answer<typeof reviewRow>;

export const reviewRows = z
  .object({
    total: z.number(),
    entries: z.number(),
    documents: z.number().describe('Documents that the entries come from.'),
    debit: z.string(),
    credit: z.string(),
    offset: z.number(),
    rows: z.array(reviewRow),
  })
  .meta({
    id: 'ReviewRows',
    description:
      "A window of rows: entries with their lines, in the order asked. `index` is the row's place among all rows of the query.",
  });
export type ReviewRows = Answer<typeof reviewRows>;

export const why = z
  .object({
    entry: z.object({
      number: z.number(),
      kind: z.string(),
      journal: z.string(),
      date: z.string(),
      piece: z.string(),
      order: z.string(),
    }),
    line: z.object({
      index: z.number(),
      role: z.string(),
      account: z.string(),
      accountName: z.string().nullable(),
      debit: z.string().nullable(),
      credit: z.string().nullable(),
      taxCode: z.string().nullable(),
      taxRate: z.string().nullable(),
    }),
    mapping: z.string(),
    rules: z
      .array(ruleKey.extend({ hit: z.boolean() }))
      .describe(
        'A rule names its country, its item, and of the refined keys (`product`, `treatment` ...) those it has.',
      ),
    parts: z.array(z.object({ line: z.string(), label: z.string(), amount: z.string() })),
    document: z.object({
      key: z.string(),
      order: z.string(),
      orderDate: z.string(),
      status: z.string().nullable(),
      invoice: z.string().nullable(),
      country: z.string().nullable(),
      treatment: z
        .string()
        .nullable()
        .describe(
          'What the sale is for VAT, and why: sentences `treatment.<treatment>` and `treatment.because.<treatmentReason>`.',
        ),
      treatmentReason: z.string().nullable(),
      gross: z.string(),
      currency: z.string(),
      readAt: z.string(),
      canonical: z.unknown(),
    }),
  })
  .meta({ id: 'Why', description: 'Why this account, why this amount.' });
export type Why = Answer<typeof why>;

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
export const excludeAnswer = z.object({ excluded: z.number(), undo: z.string(), review }).meta({
  id: 'ExcludeAnswer',
  description: '`undo` is what `include` takes to bring back the documents of this very act.',
});
export type ExcludeAnswer = Answer<typeof excludeAnswer>;

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
export const mendAnswer = z.object({ released: z.number(), review }).meta({
  id: 'MendAnswer',
  description: '`released`: documents that were held, or whose payment waited, and are free now.',
});
export type MendAnswer = Answer<typeof mendAnswer>;
