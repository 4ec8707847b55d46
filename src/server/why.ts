import type { Why } from '../api/review.ts';
import { decimalText } from '../core/decimal.ts';
import { partsOf, rulesOf } from '../core/reason.ts';
import { entryFromJson } from '../runs/entry-json.ts';
import { documentOfKept } from '../runs/kept-document.ts';
import { documentOf } from '../runs/stored.ts';
import { documentToJson } from '../schema/sales-json.ts';
import type { RunRow } from '../store/store.ts';
import type { Services } from './app.ts';
import { Refusal } from './refusal.ts';
import { lineSides, nameOf } from './review-rows.ts';

/** Why this account, why this amount: the rule that hit among those tried, and the lines of the document it sums. */
export async function whyOf(
  { app }: Services,
  run: RunRow,
  {
    number,
    line: index,
    accounts,
  }: { readonly number: number; readonly line: number; readonly accounts: Readonly<Record<string, string>> },
): Promise<Why> {
  const { store } = app.deps;
  const [kept] = await store.review.entries(run.id, [number]);
  const entry = kept && entryFromJson(kept.entry, kept.number);
  const line = entry?.lines[index];
  if (entry === undefined || line === undefined) {
    throw new Refusal(404, 'review.unknown-line', { number: String(number), line: String(index) });
  }
  const [row] = await store.runs.documentsByKey(run.id, [entry.document]);
  if (row === undefined) throw new TypeError(`Entry ${number} of run ${run.id} has no document`);
  const document = row.canonical === null ? null : documentOfKept(row.canonical);
  const { kind, journal, date, piece, order } = entry;
  const { role, account, taxCode, taxRate, because } = line;
  const summary = documentOf(row);
  return {
    entry: { number, kind, journal, date, piece, order },
    line: {
      index,
      role,
      account,
      accountName: nameOf(account, accounts),
      ...lineSides(line),
      taxCode,
      taxRate: taxRate && decimalText(taxRate, 2),
    },
    mapping: because.mapping,
    rules: rulesOf(because),
    parts: partsOf(because),
    document: {
      key: entry.document,
      order,
      orderDate: document?.order.date ?? summary.date ?? date,
      status: document?.status?.label ?? document?.status?.code ?? null,
      invoice: summary.invoiceNumber,
      country: entry.country,
      treatment: entry.treatment ?? null, // absent in entries kept by a version that knew none
      treatmentReason: entry.treatmentReason ?? null,
      gross: summary.gross ?? '',
      currency: entry.currency,
      readAt: run.startedAt,
      canonical: document && documentToJson(document),
    },
  };
}
