import { z } from 'zod';
import type { Answer } from '../schema/answer.ts';
import { reason, ruleKey } from './api.ts';

const text = z.string().nullable();
/** Absent altogether when no run kept has the document. */
const fact = z.exactOptional(text);
const act = { run: text, at: z.string(), number: z.number().nullable(), reason: text };

const explainedLine = z.object({
  role: z.string(),
  account: z.string(),
  thirdParty: text,
  taxCode: text,
  taxRate: text,
  section: text,
  paymentMode: text,
  debit: z.string(),
  credit: z.string(),
  mapping: z.string(),
  rule: z.record(z.string(), z.string()).describe('Empty: the default of the mapping.'),
  tried: z.array(ruleKey.extend({ hit: z.boolean() })),
  sum: z.array(z.object({ line: z.string(), label: z.string(), amount: z.string() })),
});

const explainedEntry = z.object({
  source: z.enum(['written', 'review', 'read']),
  run: z.object({ id: z.string(), at: z.string(), file: text }),
  number: z.number(),
  kind: z.enum(['sale', 'creditNote', 'payment']),
  part: z.string(),
  journal: z.string(),
  date: z.string(),
  piece: z.string(),
  reference: z.string(),
  label: z.string(),
  currency: z.string(),
  treatment: text,
  treatmentReason: text,
  rate: text,
  lines: z.array(explainedLine),
});

export const explanation = z
  .object({
    key: z.string(),
    kind: z.exactOptional(z.enum(['sale', 'creditNote'])),
    orderId: z.exactOptional(z.string()),
    orderNumber: fact,
    invoiceNumber: fact,
    creditNoteNumber: fact,
    date: fact,
    currency: fact,
    gross: fact,
    country: fact,
    state: z.exactOptional(z.string()),
    parts: z.array(z.object({ part: z.string(), state: z.string(), ...act })),
    history: z.array(z.object({ part: z.string(), action: z.string(), user: text, ...act })),
    entries: z.array(explainedEntry),
    problems: z.array(reason),
  })
  .meta({
    id: 'Explanation',
    description: 'What was written of a document, or would be, and why; also `explain --json`.',
  });
export type Explanation = Answer<typeof explanation>;
