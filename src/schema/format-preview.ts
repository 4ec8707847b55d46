import { z } from 'zod';
import type { Problem } from '../core/problem.ts';
import type { Answer } from './answer.ts';
import { RECORDS } from './format-words.ts';

export const previewLine = z
  .object({
    text: z.string(),
    record: z
      .enum(['head', 'names', 'foot', ...RECORDS])
      .describe('Of the head, the names of the columns, the foot, or one of the records.'),
    cells: z
      .array(z.object({ start: z.number(), end: z.number() }))
      .describe('Of each column in its order: where it starts and ends in the text, from 0.'),
  })
  .meta({ id: 'PreviewLine' });
export type PreviewLine = Answer<typeof previewLine>;

export const previewRead = z
  .discriminatedUnion('state', [
    z.object({ state: z.literal('proven'), lines: z.number(), debit: z.string(), credit: z.string() }),
    z.object({
      state: z.literal('fault'),
      line: z.number(),
      column: z.number().nullable(),
      expected: z.string(),
      found: z.string(),
    }),
    z.object({ state: z.literal('differs'), what: z.string() }),
    z.object({ state: z.literal('nothing') }),
  ])
  .meta({ id: 'PreviewRead', description: 'Sums are decimal text.' });
export type PreviewRead = Answer<typeof previewRead>;

export const formatPreview = z
  .object({
    lines: z.array(previewLine),
    held: z
      .array(z.object({ entry: z.number(), problems: z.array(z.custom<Problem>()) }))
      .describe('Entries that stay out of the file, and why.'),
    carries: z.array(z.string()).describe('What a file says of an entry, and what it has no place for.'),
    lacks: z.array(z.string()),
    read: previewRead,
  })
  .meta({
    id: 'FormatPreview',
    description: `What a user's own format writes for some entries, line by line and column by column, and whether it can be read back.`,
  });
export type FormatPreview = Answer<typeof formatPreview>;
