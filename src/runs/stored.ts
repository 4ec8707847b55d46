import { z } from 'zod';
import { parseDay } from '../core/calendar.ts';
import type { Problem } from '../core/problem.ts';
import type { DocumentRow, RunRow } from '../store/store.ts';
import type { DeliveredFile } from './deliver.ts';
import type { RunControl, RunCounts, RunDocument, RunRequest, RunTrouble } from './events.ts';

/**
 * The door for the JSON that runs leave in the store, whoever reads it: a later run, the server, the command line. A row
 * that is not of its shape is a fault of the programme, and throws.
 */

/** A request as it is kept, with what its run found: a review is written and posted again without the shop. */
export type StoredRequest = RunRequest & {
  /** Where the file goes, which the profile may change meanwhile. */
  readonly targetFolder: string | null;
  readonly timeZone: string | null;
  readonly shopName: string | null;
};

const wholeNumber = z.int().min(0);
const text = z.string().nullable();
const values = z.record(z.string(), z.string());
const day = z.string().transform((written, context) => {
  const parsed = parseDay(written);
  if (parsed === null) context.addIssue(`not a day: ${written}`);
  return parsed ?? z.NEVER;
});

const storedRequest: z.ZodType<StoredRequest> = z.object({
  profile: z.string(),
  kind: z.enum(['sales', 'creditNotes']),
  source: z.discriminatedUnion('type', [
    z.object({ type: z.literal('shop') }),
    z.object({ type: z.literal('file'), path: z.string(), name: z.string().optional() }),
  ]),
  period: z.discriminatedUnion('type', [
    z.object({ type: z.literal('days'), from: day, to: day }),
    z.object({ type: z.literal('since-last-import') }),
    z.object({ type: z.literal('all') }),
  ]),
  includeTransferred: z.boolean(),
  corrections: z.enum(['tell', 'propose', 'write']).default('tell'),
  late: z.enum(['nextOpenDay', 'keepDate']).nullable().default(null),
  mode: z.enum(['preview', 'review', 'write']),
  startedBy: z.enum(['web', 'cli', 'schedule']),
  user: text.default(null),
  writtenBy: text.default(null),
  fresh: z.boolean().default(false),
  format: text,
  folder: text,
  targetFolder: text.default(null),
  timeZone: text.default(null),
  shopName: text.default(null),
});

const storedCounts: z.ZodType<RunCounts> = z.object({
  read: wholeNumber,
  ready: wholeNumber,
  held: wholeNumber,
  excluded: wholeNumber,
  alreadyTransferred: wholeNumber,
  written: wholeNumber,
  unticked: wholeNumber,
  entries: wholeNumber,
  lines: wholeNumber,
});

const storedPart = z.object({
  temporaryPath: z.string(),
  targetPath: z.string(),
  copyPath: z.string(),
  policy: z.enum(['newName', 'append', 'replaceAfterBackup']),
  oldSha256: text,
  oldBytes: wholeNumber.nullable().default(null),
  backupPath: text,
  format: z.string(),
  bytes: wholeNumber,
  sha256: z.string(),
  lines: wholeNumber,
});

const storedFile: z.ZodType<DeliveredFile> = storedPart.extend({
  path: z.string(),
  more: z.array(storedPart).default([]), // absent before deliveries could have several files
  annex: storedPart.nullable().default(null),
  customers: storedPart.nullable().default(null),
});

const storedTroubles = z.array(z.object({ code: z.string(), values }));

const storedDocument = z.object({
  kind: z.enum(['sale', 'creditNote']),
  key: z.string(),
  orderId: z.string(),
  orderNumber: text,
  invoiceNumber: text,
  creditNoteNumber: text,
  date: text,
  currency: text,
  gross: text,
  country: text,
  state: z.enum(['ready', 'held', 'excluded', 'already', 'written', 'unticked']),
  reasons: z.array(
    z.object({
      code: z.string(),
      severity: z.enum(['hold', 'part', 'exclude', 'warn']),
      source: z.object({ kind: z.enum(['sale', 'creditNote']), key: z.string(), number: z.string() }).nullable(),
      part: text,
      values,
    }),
  ),
});

const storedControl: z.ZodType<RunControl> = z.object({
  source: wholeNumber.nullable(),
  counted: z.enum(['shop', 'file']).nullable(),
  records: wholeNumber,
  leftOut: wholeNumber,
  complete: z.boolean().nullable(),
  series: z.array(
    z.object({
      name: z.string(),
      first: z.string(),
      last: z.string(),
      count: wholeNumber,
      missing: z.array(z.string()),
      missingCount: wholeNumber,
      doubles: z.array(z.object({ number: z.string(), order: z.string() })),
      disorder: z.array(z.object({ number: z.string(), date: z.string(), next: z.string(), nextDate: z.string() })),
      partial: z.boolean(),
    }),
  ),
});

export function controlOf({ control }: Pick<RunRow, 'control'>): RunControl | null {
  return control === null ? null : storedControl.parse(JSON.parse(control));
}

const storedUndone = z.object({ at: z.string(), by: z.enum(['web', 'cli']), user: text, reason: z.string() });

/** Who took a run back, when and why. */
export function undoneOf(undone: string): z.infer<typeof storedUndone> {
  return storedUndone.parse(JSON.parse(undone));
}

export function requestOf(run: Pick<RunRow, 'request'>): StoredRequest {
  return storedRequest.parse(JSON.parse(run.request));
}

export function countsOf(run: Pick<RunRow, 'counts'>): RunCounts {
  return storedCounts.parse(JSON.parse(run.counts));
}

/** What was delivered, or is being; `copyPath` is the copy kept in the data folder, byte for byte. */
export function fileOf({ file }: Pick<RunRow, 'file'>): DeliveredFile | null {
  return file === null ? null : storedFile.parse(JSON.parse(file));
}

export function troublesOf(run: Pick<RunRow, 'troubles'>): readonly RunTrouble[] {
  return storedTroubles.parse(JSON.parse(run.troubles)) as readonly RunTrouble[]; // codes are those of the version that wrote them
}

/** The state is the row's: it goes on changing after the summary was written. */
export function documentOf({ summary, state }: Pick<DocumentRow, 'summary' | 'state'>): RunDocument {
  const document = storedDocument.parse({ ...JSON.parse(summary), state });
  return { ...document, reasons: document.reasons as readonly Problem[] }; // codes are those of the version that wrote them
}

/** Whether a reason holds its document or a part of it: what a person may mend. */
export function isWaiting({ severity }: Pick<Problem, 'severity'>): boolean {
  return severity === 'hold' || severity === 'part';
}
