import { z } from 'zod';
import { TREATMENTS } from '../core/treatment.ts';
import { type Answer, texts } from '../schema/answer.ts';

/**
 * What travels between server and browser. Amounts and rates are decimal text, dates ISO days, instants ISO with Z.
 * Problems and failures travel as codes with values; the browser turns them into sentences of its language.
 */

export const fieldError = z
  .object({ path: z.string(), code: z.string(), message: z.string(), values: z.exactOptional(texts) })
  .meta({
    id: 'FieldError',
    description:
      'A field refused: the sentence is `profile.<code>` with the values when there is one, else `message` (English, for developers).',
  });
export type FieldError = Answer<typeof fieldError>;

export const apiError = z
  .object({ code: z.string(), values: texts, fields: z.exactOptional(z.array(fieldError)) })
  .meta({
    id: 'ApiError',
    description: 'Why a request failed: the sentence is `failure.<code>` with the values as its holes.',
  });
export type ApiError = Answer<typeof apiError>;

export const shopChoice = z
  .object({
    id: z.string(),
    name: z.string(),
    credentials: z.array(z.object({ name: z.string(), secret: z.boolean(), required: z.boolean() })),
  })
  .meta({
    id: 'ShopChoice',
    description:
      'Shops a profile can be made for, with the credentials each asks, and ledgers (file formats) it can write for.',
  });
export type ShopChoice = Answer<typeof shopChoice>;

export const ledgerChoice = z
  .object({ id: z.string(), name: z.string(), extension: z.string(), confidence: z.number() })
  .meta({
    id: 'LedgerChoice',
    description:
      '`confidence`, 1 to 5: how sure the layout is; what it was checked against is the sentence `format.checked.<id>`.',
  });
export type LedgerChoice = Answer<typeof ledgerChoice>;

export const demoSummary = z
  .object({ id: z.string(), shop: z.string(), title: z.string(), orders: z.number() })
  .meta({ id: 'DemoSummary' });
export type DemoSummary = Answer<typeof demoSummary>;

export const profileSummary = z
  .object({
    id: z.string(),
    name: z.string(),
    shop: z.string(),
    shopName: z.string(),
    ledger: z.string(),
    ledgerName: z.string(),
    url: z.string(),
    demo: z.boolean(),
  })
  .meta({ id: 'ProfileSummary' });
export type ProfileSummary = Answer<typeof profileSummary>;

export const deletedProfile = z
  .object({
    id: z.string(),
    name: z.string(),
    deletedAt: z.string(),
    until: z.string().meta({ description: 'It can come back until then' }),
  })
  .meta({ id: 'DeletedProfile' });
export type DeletedProfile = Answer<typeof deletedProfile>;

export const appInfo = z
  .object({
    version: z.string(),
    defaultProfile: z.string().nullable(),
    profiles: z.array(profileSummary),
    demos: z.array(demoSummary),
    home: z.string(),
    shops: z.array(shopChoice),
    ledgers: z.array(ledgerChoice),
    templates: z.array(z.string()),
  })
  .meta({ id: 'AppInfo' });
export type AppInfo = Answer<typeof appInfo>;

export const trouble = z.object({ code: z.string(), values: texts }).meta({ id: 'Trouble' });
export type Trouble = Answer<typeof trouble>;

const counts = z
  .object({
    read: z.number(),
    ready: z.number(),
    held: z.number(),
    excluded: z.number(),
    alreadyTransferred: z.number(),
    written: z.number(),
    unticked: z.number(),
    entries: z.number(),
    lines: z.number(),
  })
  .meta({ id: 'Counts' });

export const deliveredFile = z
  .object({
    name: z.string(),
    folder: z.string(),
    format: z.string(),
    formatName: z.string(),
    bytes: z.number(),
    lines: z.number(),
    sha256: z.string(),
  })
  .meta({ id: 'DeliveredFile' });
export type DeliveredFile = Answer<typeof deliveredFile>;

export const runSummary = z
  .object({
    id: z.string(),
    kind: z.enum(['sales', 'creditNotes']),
    from: z.string().nullable(),
    to: z.string().nullable(),
    state: z.string(),
    startedAt: z.string(),
    endedAt: z.string().nullable(),
    startedBy: z.string(),
    user: z.string().nullable().describe('Who asked for it, and who had it written; null where nobody has a name.'),
    writtenBy: z.string().nullable(),
    sourceFile: z.string().nullable().describe('Name of the file that stood in for the shop.'),
    counts,
    debit: z.string(),
    credit: z.string(),
    currency: z.string(),
    file: deliveredFile.nullable(),
    moreFiles: z.array(deliveredFile).describe('The other parts, when the profile has its entries in several files.'),
    customersFile: deliveredFile.nullable().describe('The list of customers delivered with it.'),
    annexFile: deliveredFile
      .pick({ name: true, folder: true })
      .nullable()
      .describe('The documents behind grouped entries.'),
    trouble: trouble.nullable(),
  })
  .meta({ id: 'RunSummary' });
export type RunSummary = Answer<typeof runSummary>;

export const profileHome = profileSummary
  .extend({
    url: z.string(),
    folder: z.string(),
    timeZone: z.string().nullable(),
    defaultPeriod: z.string(),
    defaultFrom: z.string().nullable(),
    defaultTo: z.string().nullable(),
    showEntriesBeforeWriting: z.boolean(),
    missing: z
      .array(z.object({ path: z.string(), code: z.string() }))
      .describe('What must still be configured before an import (S-035); empty: ready.'),
    runningRun: z.string().nullable(),
    openReview: z.object({ run: z.string(), held: z.number() }).nullable(),
    waiting: z.number(),
    lastRuns: z.array(runSummary),
    lastImportAt: z.string().nullable(),
  })
  .meta({ id: 'ProfileHome', description: 'Everything the main window shows of a profile (S-055).' });
export type ProfileHome = Answer<typeof profileHome>;

export const profileDocument = z
  .object({
    id: z.string(),
    revision: z.number(),
    profile: z.unknown(),
    secrets: z.array(z.object({ name: z.string(), set: z.boolean() })),
  })
  .meta({ id: 'ProfileDocument' });
export type ProfileDocument = Answer<typeof profileDocument>;

/** Body of POST /api/profiles; `credentials` are secrets by name and never come back in an answer. */
export type CreateProfile = {
  readonly name: string;
  readonly shop: string;
  readonly url: string;
  readonly ledger: string;
  readonly template: string;
  /** The day the fiscal year opens, which chooses the chart; null or left out: the chart of today. */
  readonly fiscalYearStart?: string | null;
  readonly credentials: Readonly<Record<string, string>>;
};
/** Body of PUT /api/profiles/:p/document; a secret given as '' is removed, one left out is kept. */
export type SaveProfile = {
  readonly revision: number;
  readonly profile: unknown;
  readonly secrets?: Readonly<Record<string, string>>;
};

export const reason = trouble
  .extend({
    severity: z.enum(['hold', 'part', 'exclude', 'warn']),
    part: z.string().nullable(),
    document: z.string().nullable(),
  })
  .meta({ id: 'Reason' });
export type Reason = Answer<typeof reason>;

/** Of a mapping (`core/settings.ts` has its meaning): null, or a key left out, stands for *all*. */
export const ruleKey = z
  .object({
    country: z.string().nullable(),
    item: z.string().nullable(),
    product: z.string().nullish(),
    category: z.string().nullish(),
    customerGroup: z.string().nullish(),
    subShop: z.string().nullish(),
    channel: z.string().nullish(),
    treatment: z.enum(TREATMENTS).nullish(),
    businessCustomer: z.boolean().nullish(),
  })
  .meta({ id: 'RuleKey' });

export const completeness = z
  .object({
    source: z.number().nullable(),
    counted: z.enum(['shop', 'file']).nullable(),
    records: z.number(),
    leftOut: z.number(),
    complete: z.boolean().nullable(),
    series: z.array(
      z.object({
        name: z.string(),
        first: z.string(),
        last: z.string(),
        count: z.number(),
        missing: z.array(z.string()),
        missingCount: z.number(),
        doubles: z.array(z.object({ number: z.string(), order: z.string() })),
        disorder: z.array(z.object({ number: z.string(), date: z.string(), next: z.string(), nextDate: z.string() })),
        partial: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Completeness', description: 'What was read, held against its source, and the series of numbers.' });
export type Completeness = Answer<typeof completeness>;

const control = completeness
  .extend({ reasons: z.array(z.object({ state: z.enum(['held', 'excluded']), code: z.string(), count: z.number() })) })
  .meta({ id: 'Control', description: '`reasons`: why documents are held or left out.' });

export const logLine = z
  .object({
    seq: z.number(),
    at: z.string(),
    step: z.enum(['start', 'read', 'analyse', 'write']),
    event: z.string(),
    level: z.enum(['head', 'ok', 'warn', 'held', 'failed', 'info']),
    values: texts,
    detail: z.string().nullable().describe('Right-hand detail: an invoice number, a duration ... already text.'),
    amount: z.string().nullable(),
    reason: reason
      .nullable()
      .describe(
        'A problem: its own sentence fills the hole `problem` of `log.<event>` ("Orders 4, 7 held: {problem}"). `values.orders` are the first numbers, `values.count` how many there are in all. A line that took time has `values.durationMs`.',
      ),
  })
  .meta({ id: 'LogLine', description: 'One line of the log, live or later; `event` names a sentence `log.<event>`.' });
export type LogLine = Answer<typeof logLine>;

export const runPage = runSummary
  .extend({
    log: z.array(logLine),
    control: control.nullable(),
    undone: z
      .object({ at: z.string(), by: z.enum(['web', 'cli']), user: z.string().nullable(), reason: z.string() })
      .nullable()
      .describe('Who took the run back, when and why; null: it stands.'),
  })
  .meta({ id: 'RunPage' });
export type RunPage = Answer<typeof runPage>;

export const runUndo = z
  .object({
    obstacle: trouble.nullable().describe('Why it cannot be, as a failure; null: it can.'),
    parts: z.number().describe('Sales, credit notes and payments that would be new again.'),
    files: z.array(z.object({ name: z.string(), folder: z.string(), standing: z.enum(['there', 'gone', 'changed']) })),
    downloadedAt: z.string().nullable(),
  })
  .meta({
    id: 'RunUndo',
    description: 'Answer of GET /api/runs/:run/undo: what a person should know before a run is taken back.',
  });
export type RunUndo = Answer<typeof runUndo>;

/** Body of POST /api/runs/:run/undo. `rename`: under a name that no program imports, beside where it was. */
export type UndoRun = { readonly files: 'rename' | 'remove' | 'leave'; readonly reason: string };

export const runDocumentRow = z
  .object({
    kind: z.enum(['sale', 'creditNote']),
    key: z.string(),
    order: z.string(),
    piece: z.string().nullable(),
    date: z.string().nullable(),
    gross: z.string().nullable(),
    currency: z.string().nullable(),
    state: z.string(),
    reasons: z.array(reason),
  })
  .meta({ id: 'RunDocumentRow' });
export type RunDocumentRow = Answer<typeof runDocumentRow>;

export const runDocuments = z.object({ total: z.number(), rows: z.array(runDocumentRow) }).meta({ id: 'RunDocuments' });
export type RunDocuments = Answer<typeof runDocuments>;

export const progress = z
  .object({
    step: z.string(),
    done: z.number(),
    total: z.number().nullable(),
    label: z.string(),
    elapsedMs: z.number(),
  })
  .meta({
    id: 'Progress',
    description: 'Server-sent events of `/api/runs/:run/events`: `log` (LogLine), `progress`, `end` (RunSummary).',
  });
export type Progress = Answer<typeof progress>;

export type StartRun = {
  readonly kind: 'sales' | 'creditNotes';
  readonly from: string | null;
  readonly to: string | null;
  readonly period: string;
  readonly includeTransferred: boolean;
  /** Writes corrections of what changed after its transfer without asking; a review proposes them unticked. */
  readonly correct?: boolean;
  readonly review: boolean;
  /** Reads everything anew, also where an earlier read stopped on its way. */
  readonly fresh?: boolean;
};
