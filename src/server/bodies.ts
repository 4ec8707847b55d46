import { z } from 'zod';
import type { CreateProfile, SaveProfile, StartRun, UndoRun } from '../api/api.ts';
import type { StartFromFile } from '../api/file.ts';
import type { FormatAsked } from '../api/format.ts';
import type { SaveProxy } from '../api/proxy.ts';
import type { ExcludeRequest, IncludeRequest, LateRequest, MendRequest, TickRequest } from '../api/review.ts';
import { type Day, parseDay } from '../core/calendar.ts';
import { PERIODS } from '../core/periods.ts';
import { ABOUTS } from '../core/tally.ts';
import { TEMPLATES, type TemplateName } from '../profiles/templates.ts';
import { proxySchema } from '../runs/proxy.ts';
import { type CsvLayout, csvLayout } from '../schema/csv-layout.ts';
import { COLUMNS, MAX_ROWS, TABS } from './review-query.ts';

/** What requests may hold; unknown fields are refused, so that a misspelt one is noticed. */

const name = z.string().trim().min(1).max(200);
const code = z.string().trim().min(1).max(60);
const codeOrNull = z
  .string()
  .trim()
  .max(60)
  .transform((text) => text || null)
  .nullable();
const day = z.string().refine((text) => parseDay(text) !== null, 'not a day (2026-10-31)');
const keys = z.array(z.string().min(1).max(200)).min(1).max(20_000);
const secrets = z.record(z.string().min(1).max(60), z.string().max(4000));

/** The day itself, of the branded kind. */
const dayOrNull = z
  .string()
  .transform((text, context) => {
    const found = parseDay(text);
    if (found === null) context.addIssue('not a day (2026-10-31)');
    return found;
  })
  .nullable();

export const applyToAll = z.strictObject({ revision: z.int(), field: z.string().trim().min(1).max(200) });

export const createProfile: z.ZodType<
  CreateProfile & { readonly template: TemplateName; readonly fiscalYearStart: Day | null }
> = z.strictObject({
  name,
  shop: name,
  url: z.string().trim().max(500),
  ledger: name,
  template: z.enum(TEMPLATES),
  fiscalYearStart: dayOrNull.default(null),
  credentials: secrets.default({}),
});

export const useTemplate: z.ZodType<{
  readonly revision: number;
  readonly template: TemplateName;
  readonly fiscalYearStart: Day | null;
}> = z.strictObject({ revision: z.int(), template: z.enum(TEMPLATES), fiscalYearStart: dayOrNull.default(null) });

export const importProfile = z.strictObject({ document: z.record(z.string(), z.unknown()) });
export const formatAsked: z.ZodType<FormatAsked> = z.strictObject({ definition: z.unknown() });
export const duplicateProfile = z.strictObject({ name });

export const saveProfile: z.ZodType<SaveProfile> = z
  .strictObject({ revision: z.int(), profile: z.record(z.string(), z.unknown()), secrets: secrets.optional() })
  .transform(({ secrets: given, ...rest }) => (given === undefined ? rest : { ...rest, secrets: given }));

export const saveProxy: z.ZodType<SaveProxy> = proxySchema
  .extend({ password: z.string().max(1000).optional() })
  .transform(({ password, ...rest }) => (password === undefined ? rest : { ...rest, password }));

export const periodQuery = z.object({ kind: z.enum(['sales', 'creditNotes']).default('sales'), from: day, to: day });

export const startRun: z.ZodType<StartRun> = z.strictObject({
  kind: z.enum(['sales', 'creditNotes']),
  from: day.nullable().default(null),
  to: day.nullable().default(null),
  period: z.enum(PERIODS).default('custom'),
  includeTransferred: z.boolean().default(false),
  correct: z.boolean().default(false),
  review: z.boolean().default(true),
  fresh: z.boolean().default(false),
});

const yesOrNo = (given: 'true' | 'false') => z.enum(['true', 'false']).default(given);

export const fileQuery: z.ZodType<StartFromFile> = z
  .object({
    kind: z.enum(['sales', 'creditNotes']),
    name: z.string().trim().min(1).max(255),
    includeTransferred: yesOrNo('false'),
    review: yesOrNo('true'),
  })
  .transform(({ kind, name: called, includeTransferred, review }) => ({
    ...{ kind, name: called, includeTransferred: includeTransferred === 'true', review: review === 'true' },
  }));

export const peekQuery = z.object({ kind: z.enum(['sales', 'creditNotes']), name: z.string().trim().min(1).max(255) });

export const fileLayout: z.ZodType<{ readonly layout: CsvLayout }> = z.strictObject({ layout: csvLayout });

export const documentsQuery = z.object({
  state: z.enum(['ready', 'held', 'excluded', 'already', 'written', 'unticked', '']).default(''),
  offset: z.coerce.number().int().min(0).max(1e9).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

export const dashboardQuery = z.object({ from: day, to: day });
export const sheetQuery = z.object({ from: day, to: day, lang: z.string().max(20).default('fr') });

/** How a column of each kind is filtered. */
const FILTERS = {
  text: 'A part of it; =, ^ before it: the whole, its beginning; a|b: one of these.',
  rate: '20 or 5.5|20.',
  whole: '3, 3..7, >=3, <=7.',
  amount: '10.00, 10.00..20.00, >=10, <=20.',
  day: '2026-10-01, 2026-10-01..2026-10-31, >=2026-10-01, <=2026-10-31.',
} as const;

const given = z.string().trim().max(200);
const page = {
  offset: z.coerce.number().int().min(0).max(1e9).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
};

/** An empty country or item is one that entries have not: no country, no VAT. */
export const entriesQuery = z
  .object({
    ...{ from: day, to: day, about: z.enum(ABOUTS).nullable().default(null) },
    ...{ country: given.nullable().default(null), item: given.nullable().default(null) },
    open: yesOrNo('false').transform((text) => text === 'true'),
    ...page,
  })
  .refine(({ about, country, item }) => about !== null || (country === null && item === null), {
    path: ['about'],
    error: 'country and item are those of one kind of figure: about is needed',
  });

export const knownDocumentsQuery = z.object({
  ...{ from: day.nullable().default(null), to: day.nullable().default(null) },
  state: z.enum(['written', 'ready', 'held', 'excluded']).nullable().default(null),
  q: given.min(1).nullable().default(null),
  ...page,
});

export const documentQuery = z.object({ document: z.string().trim().min(1).max(200) });
export const groupsQuery = z.object({ by: z.enum(['journal', 'account', 'date', 'payment']) });
export const languageQuery = z.object({ lang: z.string().max(20).default('fr') });
export const afterQuery = z.object({ after: z.coerce.number().int().min(-1).default(-1) });

const query = z.strictObject({
  tab: z.string().max(20),
  q: z.string().max(200),
  filters: z.record(z.string().max(20), z.string().max(2000)),
  sort: z.string().max(20),
  flat: z.boolean(),
  folded: z.boolean(),
  offset: z.int().min(0),
  limit: z.int().min(0),
});

/** What `queryFromAddress` reads. */
export const reviewAddress = z.object({
  tab: z.enum(TABS).default('all'),
  q: z.string().max(200).default('').describe('Words that an entry must have.'),
  sort: z.enum(Object.keys(COLUMNS)).default('number').describe('A column; with - before it, downwards.'),
  flat: yesOrNo('false').describe('Lines alone, without a row for each entry.'),
  folded: yesOrNo('false').describe('Entries alone, without their lines.'),
  offset: z.int().min(0).default(0),
  limit: z.int().min(0).max(MAX_ROWS).default(300),
  ...Object.fromEntries(
    Object.entries(COLUMNS).map(([name, kind]) => [
      `f.${name}`,
      z.string().max(2000).optional().describe(FILTERS[kind]),
    ]),
  ),
});

export const ticks: z.ZodType<TickRequest> = z
  .strictObject({
    ticked: z.boolean(),
    numbers: z.array(z.int().min(0)).max(100_000).optional(),
    range: z.strictObject({ from: z.int().min(0), to: z.int().min(0) }).optional(),
    query: query.optional(),
  })
  .refine((request) => request.numbers !== undefined || request.range !== undefined || request.query !== undefined, {
    path: ['numbers'],
    error: 'numbers, range or query is needed',
  }) as z.ZodType<TickRequest>; // an optional field left out is absent, as JSON has no undefined

const why = z.string().trim().min(1).max(500);
/** Problems of one document have its key in their cause: an id of a shop, hence the room. */
export const documentAct = z.strictObject({ document: z.string().trim().min(1).max(200), reason: why });
const cause = z.string().min(1).max(2000);
const instant = z.iso.datetime();

export const exclude: z.ZodType<ExcludeRequest> = z.union([
  z.strictObject({ keys, reason: why }),
  z.strictObject({ cause, reason: why }),
  z.strictObject({ query, reason: why }),
]);
export const late: z.ZodType<LateRequest> = z.strictObject({ answer: z.enum(['nextOpenDay', 'keepDate']) });
export const include: z.ZodType<IncludeRequest> = z.union([
  z.strictObject({ keys }),
  z.strictObject({ undo: instant }),
]);

export const mend: z.ZodType<MendRequest> = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('vat-account'),
    country: z.string().regex(/^([A-Z]{2})?$/),
    item: z.string().trim().max(200),
    account: code,
    code: codeOrNull,
  }),
  z.strictObject({ type: z.literal('payment'), method: name, journal: code, bank: code }),
  z.strictObject({
    type: z.literal('account'),
    mapping: z.string().regex(/^[a-zA-Z]{1,30}$/),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .nullable(),
    item: z.string().trim().min(1).max(200).nullable(),
    field: z.string().regex(/^[a-zA-Z]{1,40}$/),
    account: code,
  }),
]);

export const undoRun: z.ZodType<UndoRun> = z.object({
  files: z.enum(['rename', 'remove', 'leave']),
  reason: z.string().trim().min(1).max(200),
});
