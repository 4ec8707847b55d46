import { z } from 'zod';
import type { Answer } from '../schema/answer.ts';
import { runDocumentRow, runSummary } from './api.ts';

const compared = z
  .object({ from: z.string(), to: z.string(), net: z.string(), percent: z.string() })
  .meta({ id: 'Compared', description: 'Sales of other days; `percent` is how much more the period has.' });
export type Compared = Answer<typeof compared>;

export const dashboard = z
  .object({
    from: z.string(),
    to: z.string(),
    currency: z.string(),
    otherCurrencies: z
      .array(z.string())
      .describe('Books in other currencies that the profile had before: their entries are not in these figures.'),
    net: z.string().describe('Sales without VAT, credit notes taken off.'),
    tax: z.string(),
    foreignTax: z.string().describe(`Of it, VAT of other countries than the seller's.`),
    before: compared
      .nullable()
      .describe('The period before in the calendar, as far as this one has passed; null when nothing was sold then.'),
    yearBefore: compared.nullable().describe('The same days a year before.'),
    open: z
      .object({ orders: z.number(), amount: z.string() })
      .nullable()
      .describe(
        'Orders sold in the period that are not paid in full, or were paid too much; null when the profile writes no payments.',
      ),
    days: z.array(z.object({ day: z.string(), net: z.string(), entries: z.number() })),
    vat: z.array(
      z.object({
        country: z.string().nullable(),
        rate: z.string().nullable().describe('`20.00`; null: none.'),
        base: z.string(),
        tax: z.string(),
        entries: z.number(),
      }),
    ),
    payments: z.array(z.object({ method: z.string(), amount: z.string(), fee: z.string(), entries: z.number() })),
    paid: z.string(),
    fees: z.string(),
    differences: z.array(z.object({ role: z.string(), amount: z.string(), entries: z.number() })),
    documents: z
      .object({ total: z.number(), written: z.number(), ready: z.number(), held: z.number(), excluded: z.number() })
      .describe('Documents dated in the period, each once; they add up to `total`.'),
    series: z
      .object({ run: z.string(), missing: z.number(), doubles: z.number() })
      .nullable()
      .describe('What the last import of sales found in its series; null: nothing was looked at.'),
    runs: z.array(runSummary),
    lastDay: z.string().nullable().describe('The last day of the profile that has entries.'),
  })
  .meta({
    id: 'Dashboard',
    description: "The dashboard of a profile over a period; amounts are decimal text in `currency`, the books' own.",
  });
export type Dashboard = Answer<typeof dashboard>;

export const oss = z
  .object({
    from: z.string(),
    to: z.string(),
    currency: z.string(),
    home: z.string().nullable().describe('Where the seller is established; null: the profile does not say it.'),
    base: z.string(),
    tax: z.string(),
    rows: z.array(
      z.object({ country: z.string(), rate: z.string(), base: z.string(), tax: z.string(), entries: z.number() }),
    ),
  })
  .meta({
    id: 'Oss',
    description: 'Sales declared through the one-stop shop by member state and rate, credit notes taken off.',
  });
export type Oss = Answer<typeof oss>;

const activityEntry = z
  .object({
    run: z.string(),
    number: z.number(),
    kind: z.enum(['sale', 'creditNote', 'payment']),
    document: z.string(),
    order: z.string(),
    journal: z.string(),
    date: z.string(),
    piece: z.string(),
    payment: z.string().nullable(),
    country: z.string().nullable(),
    total: z.string().describe('Sum of its debits.'),
    amount: z.string().nullable(),
    base: z.string().nullable(),
  })
  .meta({ id: 'ActivityEntry' });

export const activityEntries = z
  .object({
    total: z.number(),
    currency: z.string(),
    amount: z.string().nullable().describe('What they put into the figure; `base` of VAT alone.'),
    base: z.string().nullable(),
    rows: z.array(activityEntry),
  })
  .meta({ id: 'ActivityEntries', description: 'Entries behind a figure.' });
export type ActivityEntries = Answer<typeof activityEntries>;

/** A document of a run, and which run. */
const activityDocument = runDocumentRow.extend({ run: z.string() }).meta({ id: 'ActivityDocument' });

export const activityDocuments = z
  .object({ total: z.number(), rows: z.array(activityDocument) })
  .meta({ id: 'ActivityDocuments', description: 'Documents of a profile, each once, newest first.' });
export type ActivityDocuments = Answer<typeof activityDocuments>;
