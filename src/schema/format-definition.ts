import { z } from 'zod';
import { CHARSETS, DATE_PATTERNS, KINDS, PLAIN_VALUES, QUOTES, RECORDS, SEPARATORS } from './format-words.ts';

/**
 * A file format as its user describes it: what the file is, and the columns of its records, each with the value that
 * stands there. It is a document of its own (a file, or `ledger.definition` of a profile), published as
 * `docs/format-definition.schema.json`. What columns ask of each other is `formats/custom/faults.ts`.
 */

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be in a text.
const CONTROL = /[\u0000-\u001f\u007f]/;
const literal = (max = 200) =>
  z
    .string()
    .max(max)
    .refine((value) => !CONTROL.test(value), 'no control characters');
/** Text that may hold tabs. */
const row = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !CONTROL.test(value.replaceAll('\t', '')), 'no control characters');
const name = literal(60).trim().min(1);

/** Where a column says its value; it is empty elsewhere. */
const condition = z.strictObject({
  lines: z.enum(['thirdParty', 'general', 'vat', 'first']).optional(),
  kinds: z.array(z.enum(KINDS)).min(1).max(3).optional(),
  side: z.enum(['debit', 'credit']).optional(),
});

/** What every column may say. */
const common = {
  name,
  /** Fixed records: its first position, from 1; behind the column before it when left out. */
  from: z.int().min(1).max(5000).optional(),
  /** Fixed records: its positions. Separated ones: at most so many characters. */
  width: z.int().min(1).max(1000).optional(),
  justify: z.enum(['left', 'right']).optional(),
  padding: z.enum([' ', '0']).optional(),
  quoted: z.literal(true).optional(),
  when: condition.optional(),
  /** Texts: in capitals or small letters, without accents. */
  letters: z.enum(['upper', 'lower']).optional(),
  accents: z.literal('none').optional(),
  /** What becomes of a value that is longer than the width: held, or cut. */
  tooLong: z.enum(['hold', 'keepStart', 'keepEnd']).optional(),
};

function column<const Names extends readonly [string, ...string[]], Shape extends z.ZodRawShape>(
  names: Names,
  shape: Shape,
) {
  return z.strictObject({ is: z.enum(names), ...common, ...shape });
}

const point = z.enum(['.', ',', '']);
/** Decimals of an amount; as many as the books have when left out. */
const decimals = z.int().min(2).max(6).optional();
const pattern = z.enum(DATE_PATTERNS);

export const formatColumn = z.discriminatedUnion('is', [
  column(PLAIN_VALUES, {}),
  /** The third party, after the prefix, if the line has one, else its account. */
  column(['anyAccount'], { prefix: literal(10).optional() }),
  column(['piece'], { digits: z.literal(true).optional(), never: z.literal('empty').optional() }),
  column(['number'], { lastDigits: z.literal(true).optional() }),
  column(['date', 'documentDate'], { pattern }),
  column(['dueDate'], {
    pattern,
    none: literal(20).optional(),
    everyLine: z.literal(true).optional(),
    everyKind: z.literal(true).optional(),
  }),
  /** An amount without its sign, or signed with debits positive; `point` empty: without a decimal sign. */
  column(['amount', 'signed'], { point, decimals }),
  column(['debit', 'credit'], { point, decimals, zero: literal(20) }),
  /** Totals of the entry, before its lines or after them. */
  column(['entryLines'], {}),
  column(['entryDebit', 'entryCredit'], { point, decimals }),
  column(['side'], { debit: literal(10), credit: literal(10) }),
  column(['debitAccount', 'creditAccount'], { none: literal(20) }),
  column(['kind'], { sale: literal(20), creditNote: literal(20), payment: literal(20) }),
  column(['lineKind'], { thirdParty: literal(20), general: literal(20), vat: literal(20).optional() }),
  column(['constant'], { text: literal() }),
  /** A text with the codes of labels and references: `WEB%OI`, `%CF %CL`. */
  column(['pattern'], { text: literal().min(1) }),
  column(['foreignCurrency'], { none: literal(10) }),
  column(['amountInCurrency'], {
    point,
    none: literal(20).optional(),
    side: z.enum(['debit', 'credit']).optional(),
    signed: z.literal(true).optional(),
  }),
  column(['accountName'], { collective: z.literal(true).optional() }),
  /** Percent, and units of the document's currency for one of the books. */
  column(['taxRate', 'rate'], { point: z.enum(['.', ',']) }),
]);

const record = z.strictObject({
  columns: z.array(formatColumn).min(1).max(300),
  /** Separated records: what each of its lines starts with, before the first cell. */
  lead: row(10).min(1).optional(),
  /** Fixed records: its own length. `least`: blanks at the end are cut, down to so many positions. */
  length: z.int().min(1).max(5000).optional(),
  least: z.int().min(1).max(5000).optional(),
});

const shape = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('fixed'), length: z.int().min(1).max(5000).optional() }),
  z.strictObject({
    is: z.literal('separated'),
    separator: z.enum(SEPARATORS),
    quotes: z.enum(QUOTES).default('needed'),
    header: z.enum(['none', 'names', 'bareNames']).default('none'),
    bom: z.boolean().default(false),
  }),
]);

export const formatDefinition = z
  .strictObject({
    definition: z.literal(1).default(1),
    name: literal(60).trim().min(1),
    extension: z
      .string()
      .regex(/^[A-Za-z0-9]{1,10}$/, 'letters and digits, without a point')
      .default('txt'),
    charset: z.enum(CHARSETS).default('windows-1252'),
    newline: z.enum(['crlf', 'lf']).default('crlf'),
    shape,
    /** Journal by journal, or by the number of the entry. */
    order: z.enum(['journal', 'number']).default('journal'),
    /** Signs that texts of the file must not have, and what stands for them. */
    replaced: z.strictObject({ signs: literal(40).min(1), by: literal(1).default(' ') }).optional(),
    /** Lines before the first entry, and after the last. */
    head: z.array(row(1000)).max(50).default([]),
    foot: z.array(row(1000)).max(50).default([]),
    /** Rows of two accounts: `debitAccount`, `creditAccount`, `counterAccount`. */
    pairs: z.literal(true).optional(),
    /** Entries of other kinds and journals stay out of the file: their documents wait, with the reason. */
    takes: z
      .strictObject({
        kinds: z.array(z.enum(KINDS)).min(1).max(3).optional(),
        journals: z.array(literal(60).min(1)).min(1).max(100).optional(),
      })
      .prefault({}),
    records: z.strictObject({
      entry: record.optional(),
      first: record.optional(),
      thirdParty: record.optional(),
      line: record,
      dueDate: record.optional(),
      section: record.optional(),
      end: record.optional(),
    }),
  })
  .meta({ id: 'FormatDefinition' });

export type FormatDefinition = z.infer<typeof formatDefinition>;
export type FormatColumn = z.infer<typeof formatColumn>;
export type FormatRecord = z.infer<typeof record>;

/** The text patterns of its columns, each once: what the posting of a document has to say for it. */
export function columnPatterns({ records }: FormatDefinition): readonly string[] {
  const columns = RECORDS.flatMap((one) => records[one]?.columns ?? []);
  return [...new Set(columns.flatMap((one) => (one.is === 'pattern' ? [one.text] : [])))];
}

/** The published JSON Schema of what a user may write: what has a default may be left out. */
export function definitionJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(formatDefinition, { io: 'input' }),
    title: 'Comptoir file format',
    description: 'A file format of accounting software, as its user describes it.',
  };
}
