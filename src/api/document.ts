import { z } from 'zod';
import type { Answer } from '../schema/answer.ts';
import { reason, ruleKey } from './api.ts';

export const documentContent = z
  .object({
    status: z.string().nullable(),
    lines: z.array(
      z.object({
        id: z.string(),
        kind: z.string(),
        label: z.string().nullable(),
        quantity: z.string().nullable(),
        net: z.string(),
        tax: z.string(),
        rates: z.array(z.string()),
        gross: z.string(),
      }),
    ),
    payments: z.array(
      z.object({
        id: z.string(),
        direction: z.enum(['in', 'out']),
        method: z.string(),
        date: z.string(),
        amount: z.string(),
        fee: z.string().nullable(),
      }),
    ),
    sums: z
      .array(
        z.object({
          what: z.enum(['net', 'tax', 'gross']),
          rate: z.string().nullable().describe('Of `tax`: the rate, when the shop states each; null: all of it.'),
          lines: z.string(),
          stated: z.string(),
          difference: z.string(),
        }),
      )
      .describe('What the lines make, what the shop states, and what separates them.'),
  })
  .meta({ id: 'DocumentContent' });
export type DocumentContent = Answer<typeof documentContent>;

export const documentEntry = z
  .object({
    source: z.string().describe('`written`: in a file; `review`: waits in an open list.'),
    run: z.string(),
    at: z.string(),
    file: z.string().nullable(),
    number: z.number(),
    kind: z.enum(['sale', 'creditNote', 'payment']),
    part: z.string(),
    journal: z.string(),
    date: z.string(),
    piece: z.string(),
    reference: z.string(),
    label: z.string(),
    currency: z.string(),
    payment: z.string().nullable(),
    lines: z.array(
      z.object({
        role: z.string(),
        account: z.string(),
        accountName: z.string().nullable(),
        thirdParty: z.string().nullable(),
        taxCode: z.string().nullable(),
        taxRate: z.string().nullable(),
        debit: z.string().nullable(),
        credit: z.string().nullable(),
        mapping: z.string(),
        rules: z.array(ruleKey.extend({ hit: z.boolean() })),
        parts: z.array(z.object({ line: z.string(), label: z.string(), amount: z.string() })),
      }),
    ),
  })
  .meta({ id: 'DocumentEntry' });
export type DocumentEntry = Answer<typeof documentEntry>;

export const comparison = z
  .object({
    before: z.string().describe('Of the document: as it was written, and now.'),
    now: z.string().nullable(),
    currency: z.string(),
    lines: z.array(
      z.object({
        part: z.string(),
        role: z.string(),
        account: z.string(),
        taxCode: z.string().nullable(),
        taxRate: z.string().nullable(),
        before: z.string().nullable(),
        now: z.string().nullable(),
      }),
    ),
  })
  .meta({
    id: 'Comparison',
    description: 'Only what differs; an amount is signed, debit positive, null where there is no such line.',
  });
export type Comparison = Answer<typeof comparison>;

const documentEvent = z
  .object({
    part: z.string(),
    action: z.string(),
    at: z.string(),
    run: z.string().nullable(),
    file: z.string().nullable(),
    number: z.number().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'DocumentEvent' });

export const documentPage = z
  .object({
    key: z.string(),
    kind: z.enum(['sale', 'creditNote']),
    order: z.string(),
    invoice: z.string().nullable(),
    creditNote: z.string().nullable(),
    date: z.string().nullable(),
    country: z.string().nullable(),
    gross: z.string().nullable(),
    currency: z.string().nullable(),
    state: z.string().describe('As it stands now: `written`, `ready`, `held`, `excluded`.'),
    reasons: z.array(reason),
    readBy: z.string().nullable().describe('The newest run that read it.'),
    readAt: z.string().nullable(),
    review: z.string().nullable().describe('The open list it stands in; there, it is mended, excluded and taken back.'),
    content: documentContent
      .nullable()
      .describe('Its lines, while they are kept: until the list they stand in is written or closed.'),
    entries: z.array(documentEntry),
    comparison: comparison
      .nullable()
      .describe('What was written against what the shop says now, line by line; null: nothing changed.'),
    parts: z.array(
      z.object({
        part: z.string(),
        state: z.string(),
        at: z.string(),
        run: z.string().nullable(),
        reason: z.string().nullable(),
      }),
    ),
    history: z.array(documentEvent).describe('Newest first.'),
    runs: z.array(z.object({ run: z.string(), state: z.string(), at: z.string(), document: z.string() })),
    related: z
      .array(
        z.object({
          key: z.string(),
          kind: z.enum(['sale', 'creditNote']),
          order: z.string(),
          piece: z.string().nullable(),
          date: z.string().nullable(),
          gross: z.string().nullable(),
          currency: z.string().nullable(),
          state: z.string(),
        }),
      )
      .describe('The other documents of its order.'),
  })
  .meta({ id: 'DocumentPage', description: 'One document with all that is known of it; amounts are decimal text.' });
export type DocumentPage = Answer<typeof documentPage>;
