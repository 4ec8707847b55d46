import { z } from 'zod';
import type { Answer } from './answer.ts';
import { currencyCode } from './codes.ts';
import { CSV_DATES, CSV_DELIMITERS, CSV_ENCODINGS, CSV_FIELDS, OF_RATE } from './csv-fields.ts';

/** A percentage as text: 20, 5.5. */
const rate = z.string().regex(/^(?:100|\d{1,2}(?:\.\d{1,4})?)$/, 'not-percent');
const word = z.string().min(1).max(200);

/**
 * How a CSV of sales is read. It is guessed, shown, corrected by a person and kept under the file's column names; what is
 * null could not be told and must be answered before anything is read. Unknown fields are refused.
 */
export const csvLayout = z.strictObject({
  format: z.literal('comptoir-csv-layout'),
  version: z.literal(1),
  /** `auto`: by its marks, else UTF-8 where the whole file is, else Windows-1252. */
  encoding: z.enum(CSV_ENCODINGS).default('auto'),
  delimiter: z.enum(CSV_DELIMITERS),
  /** The row of the column names, counted from 1; what stands above is passed over. */
  headerRow: z.int().min(1).max(50).default(1),
  decimal: z.enum([',', '.']).nullable(),
  /** Order of day, month and year where dates are of numbers; ISO dates are read anyway. */
  dates: z.enum(CSV_DATES).nullable(),
  /** Rates as 20 or as 0.2. */
  rates: z.enum(['percent', 'fraction']).default('percent'),
  /** What rows are where no column says it: `bySign` takes a negative total for a credit note. */
  kind: z.enum(['sale', 'creditNote', 'bySign']).nullable().default('bySign'),
  /** What the values of the column of kinds mean, beside the words known anyway; `left`: its rows are left out. */
  kinds: z.record(word, z.enum(['sale', 'creditNote', 'left'])).default({}),
  /** The same of the column of statuses. */
  statuses: z.record(word, z.enum(['read', 'left'])).default({}),
  /** What makes a document one: its order, or its own number where an order may have several. */
  documents: z.enum(['order', 'number']).default('order'),
  /** Of all documents, where no column says it. */
  currency: currencyCode.nullable(),
  /** Of amounts beside which no rate stands; `none`: they bear no VAT. */
  vatRate: z.union([rate, z.literal('none')]).nullable(),
  /** Carriage of each row, or of the whole document said again on each of its rows. */
  shipping: z.enum(['row', 'document']).nullable(),
  /** What a method of payment without an amount means: the whole total was paid, or nothing is known of it. */
  payments: z.enum(['whole', 'none']).nullable(),
  /** The columns in the order of the file; a field of null is not read. */
  columns: z
    .array(
      z
        .strictObject({ header: z.string().max(500), field: z.enum(CSV_FIELDS).nullable(), rate: rate.optional() })
        .refine(({ field, rate: given }) => field === null || OF_RATE.has(field) === (given !== undefined), {
          path: ['rate'],
          error: 'rate-of-column',
        }),
    )
    .min(1)
    .max(500),
});

export type CsvLayout = Answer<typeof csvLayout>;
