import { basename, dirname } from 'node:path';
import { z } from 'zod';
import type { LedgerChoice, ProfileSummary, RunDocumentRow, RunSummary, ShopChoice, Trouble } from '../api/api.ts';
import { currencyOf, moneyText } from '../core/money.ts';
import type { Problem } from '../core/problem.ts';
import type { Profile } from '../profiles/profile.ts';
import type { RunCounts, RunDocument, RunFile, RunTrouble } from '../runs/events.ts';
import type { DocumentRow, RunRow } from '../store/store.ts';
import { reasonOf } from './causes.ts';

/** What travels of runs, documents and profiles, built field by field: a larger object would carry more than is meant. */
export function runSummary(row: RunRow, ledgers: readonly LedgerChoice[]): RunSummary {
  const currency = currencyOf(row.currency);
  const counts = countsOf(row);
  const file = fileOf(row);
  return {
    id: row.id,
    kind: row.kind,
    from: row.from,
    to: row.to,
    state: row.state,
    startedAt: row.startedAt,
    endedAt: row.endedAt,
    startedBy: storedRequest.parse(JSON.parse(row.request)).startedBy,
    counts: {
      read: counts.read,
      ready: counts.ready,
      held: counts.held,
      excluded: counts.excluded,
      alreadyTransferred: counts.alreadyTransferred,
      written: counts.written,
      unticked: counts.unticked,
      entries: counts.entries,
      lines: counts.lines,
    },
    debit: moneyText({ minor: row.debitMinor, currency }),
    credit: moneyText({ minor: row.creditMinor, currency }),
    currency: row.currency,
    file: file && {
      name: basename(file.path),
      folder: dirname(file.path),
      format: file.format,
      formatName: ledgers.find(({ id }) => id === file.format)?.name ?? file.format,
      bytes: file.bytes,
      lines: file.lines,
      sha256: file.sha256,
    },
    trouble: troublesOf(row)[0] ?? null,
  };
}

export function profileSummary(
  id: string,
  { profile, demo }: { readonly profile: Profile; readonly demo: boolean },
  { shops, ledgers }: { readonly shops: readonly ShopChoice[]; readonly ledgers: readonly LedgerChoice[] },
): ProfileSummary {
  return {
    id,
    name: profile.name,
    shop: profile.shop.type,
    shopName: shops.find((shop) => shop.id === profile.shop.type)?.name ?? profile.shop.type,
    ledger: profile.ledger.type,
    ledgerName: ledgers.find((ledger) => ledger.id === profile.ledger.type)?.name ?? profile.ledger.type,
    demo,
  };
}

export function documentSummary(row: DocumentRow): RunDocumentRow {
  const { kind, key, orderNumber, orderId, invoiceNumber, creditNoteNumber, date, gross, currency, reasons } =
    documentOf(row);
  return {
    kind,
    key,
    order: orderNumber ?? orderId,
    piece: creditNoteNumber ?? invoiceNumber,
    date,
    gross,
    currency,
    state: row.state,
    reasons: reasons.map(reasonOf),
  };
}

const wholeNumber = z.int().min(0);

/** JSON that `runs` wrote beside the run; a row that is not of this shape is a fault of the programme. */
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
const storedRequest = z.object({ startedBy: z.string() });
const storedFile = z.object({
  path: z.string(),
  copyPath: z.string(),
  format: z.string(),
  bytes: wholeNumber,
  sha256: z.string(),
  lines: wholeNumber,
});
const storedTroubles = z.array(z.object({ code: z.string(), values: z.record(z.string(), z.string()) }));

export function countsOf(row: RunRow): RunCounts {
  return storedCounts.parse(JSON.parse(row.counts));
}

/** `copyPath` is the copy kept in the data folder, byte for byte what was delivered. */
export function fileOf(row: RunRow): (RunFile & { readonly copyPath: string }) | null {
  return row.file === null ? null : storedFile.parse(JSON.parse(row.file));
}

export function troublesOf(row: RunRow): readonly Trouble[] {
  return storedTroubles.parse(JSON.parse(row.troubles));
}

const storedProblem = z.object({
  code: z.string(),
  severity: z.enum(['hold', 'part', 'exclude', 'warn']),
  source: z.object({ kind: z.enum(['sale', 'creditNote']), key: z.string(), number: z.string() }).nullable(),
  part: z.string().nullable(),
  values: z.record(z.string(), z.string()),
});
const text = z.string().nullable();
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
  reasons: z.array(storedProblem),
});

export function documentOf(row: DocumentRow): RunDocument {
  const document = storedDocument.parse(JSON.parse(row.summary));
  return { ...document, reasons: document.reasons as readonly Problem[] }; // codes are those of the version that wrote them
}

export function troubleOf({ code, values }: RunTrouble): Trouble {
  return { code, values };
}
