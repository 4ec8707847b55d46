import { z } from 'zod';
import type { Answer } from '../schema/answer.ts';

/** Languages of the interface, and the files of those that people write. */

/** Far more than there are sentences. */
const MAX_SENTENCES = 20_000;
const base = z.enum(['fr', 'en']);
const line = z.string().trim().min(1).max(60);

/** `nl`, `fr-BE`: a language, and where it is spoken. Nothing else becomes a name of a file. */
export const languageCode = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Z]{2})?$/)
  .refine((code) => code !== 'fr' && code !== 'en', 'comes with Comptoir');

export const languageSummary = z
  .object({
    code: z.string(),
    name: z.string(),
    base: base
      .nullable()
      .meta({ description: 'The built-in language that says what is not translated; null: it is one' }),
    version: z.string().meta({ description: 'What its author calls it' }),
    translated: z.number().meta({ description: 'How many of the sentences can serve' }),
    total: z.number(),
    fault: z.string().nullable().meta({ description: 'Why its file cannot be read; null: it can' }),
  })
  .meta({ id: 'LanguageSummary' });
export type LanguageSummary = Answer<typeof languageSummary>;

export const languageFile = z
  .object({
    format: z.literal('comptoir-language'),
    code: languageCode,
    name: line,
    base,
    version: line,
    revision: z
      .int()
      .min(1)
      .max(1e9)
      .meta({ description: 'Grows with each saving, so that two people notice each other' }),
    translations: z
      .record(z.string().max(200), z.string().max(20_000))
      .refine((all) => Object.keys(all).length <= MAX_SENTENCES, 'too many'),
  })
  .meta({ id: 'LanguageFile' });
export type LanguageFile = Answer<typeof languageFile>;

export const createLanguage = z.strictObject({
  ...{ code: languageCode, name: line, version: line },
  from: z.string().max(20).meta({ description: 'The language it starts from' }),
});
export type CreateLanguage = Answer<typeof createLanguage>;

export const saveLanguage = z.strictObject({
  ...{ revision: z.int().min(1).max(1e9), name: line, version: line },
  changes: z
    .record(z.string().max(200), z.string().max(20_000))
    .meta({ description: 'By key; empty: not translated any more' }),
});
export type SaveLanguage = Answer<typeof saveLanguage>;

export const importLanguage = z.strictObject({
  document: z.unknown(),
  over: z.int().min(1).max(1e9).nullable().default(null).meta({ description: 'The revision whose place it takes' }),
});

export const importedLanguage = z
  .object({
    file: languageFile,
    refused: z
      .array(z.object({ key: z.string(), reason: z.string(), hole: z.string() }))
      .meta({ description: 'What cannot serve: it stays out, the rest is taken' }),
  })
  .meta({ id: 'ImportedLanguage' });
export type ImportedLanguage = Answer<typeof importedLanguage>;
