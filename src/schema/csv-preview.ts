import { z } from 'zod';
import type { ProblemCode } from '../core/problem.ts';
import { type Answer, texts } from './answer.ts';
import { CSV_FIELDS } from './csv-fields.ts';
import { csvLayout } from './csv-layout.ts';

export const csvQuestion = z
  .object({
    id: z.union([
      z.enum(['number', 'date', 'amount', 'twice', 'decimal', 'dates', 'currency', 'vatRate', 'shipping', 'payments']),
      z.enum(['kind', 'kinds', 'statuses']),
    ]),
    values: z.array(z.string()),
  })
  .meta({
    id: 'CsvQuestion',
    description:
      'What a file does not say for certain and a person must. `values`: examples of what is in doubt, or what is to be sorted.',
  });
export type CsvQuestion = Answer<typeof csvQuestion>;

export const csvPreviewDocument = z
  .object({
    kind: z.enum(['sale', 'creditNote']),
    number: z.string(),
    date: z.string().nullable(),
    lines: z.number(),
    net: z.string().nullable(),
    tax: z.string().nullable(),
    gross: z.string().nullable(),
    currency: z.string().nullable(),
    paid: z.string().nullable(),
    problem: z
      .object({
        code: z.custom<ProblemCode>((code) => typeof code === 'string').describe('docs/problems.md.'),
        values: texts,
      })
      .nullable(),
  })
  .meta({ id: 'CsvPreviewDocument' });
export type CsvPreviewDocument = Answer<typeof csvPreviewDocument>;

export const csvPreview = z
  .object({
    fingerprint: z.string(),
    known: z.boolean().describe('The layout was kept or given; false: it is a guess.'),
    headless: z.boolean().describe('The row of names holds values: nothing is read of the file.'),
    layout: csvLayout,
    encoding: z.string().describe('The encoding found, where the layout leaves it to the file.'),
    questions: z.array(csvQuestion),
    columns: z.array(
      z.object({
        header: z.string(),
        samples: z.array(z.string()),
        field: z.enum(CSV_FIELDS).nullable(),
        rate: z.string().nullable(),
      }),
    ),
    documents: z.array(csvPreviewDocument).describe('Empty while a question is open.'),
    held: z.number().describe('Of the documents looked at.'),
  })
  .meta({
    id: 'CsvPreview',
    description: 'What is shown of a CSV before it is read: how, from which columns, and its first documents.',
  });
export type CsvPreview = Answer<typeof csvPreview>;
