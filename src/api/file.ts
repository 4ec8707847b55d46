import { z } from 'zod';
import type { Answer } from '../schema/answer.ts';
import { csvPreview } from '../schema/csv-preview.ts';

/** A file of sales that stands in for the shop. */

/** An import from a file; `name` is what people call it. */
export type StartFromFile = {
  readonly kind: 'sales' | 'creditNotes';
  readonly name: string;
  readonly includeTransferred: boolean;
  readonly review: boolean;
};

export const peekedFile = z
  .object({
    format: z.string(),
    shop: z.string(),
    first: z.object({ order: z.string(), date: z.string(), gross: z.string(), currency: z.string() }).nullable(),
    csv: csvPreview.nullable().describe('How a CSV would be read; null: the file is something else.'),
  })
  .meta({
    id: 'PeekedFile',
    description:
      'What the beginning of a file of sales tells; `first`: its first document of the kind asked, if it was met.',
  });
export type PeekedFile = Answer<typeof peekedFile>;
