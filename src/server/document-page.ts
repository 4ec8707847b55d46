import { basename } from 'node:path';
import type { Comparison, DocumentContent, DocumentEntry, DocumentPage } from '../api/document.ts';
import { add, type Decimal, decimalText, subtract, sum, unitsText } from '../core/decimal.ts';
import type { SalesDocument } from '../core/document.ts';
import { correctionOf } from '../core/posting/correction.ts';
import { partsOf, rulesOf } from '../core/reason.ts';
import type { Explained, ExplainedEntry } from '../runs/explain.ts';
import { documentOfKept } from '../runs/kept-document.ts';
import { fileOf } from '../runs/stored.ts';
import type { DocumentRow, RunRow } from '../store/store.ts';
import { reasonOf } from './causes.ts';
import { lineSides, nameOf } from './review-rows.ts';
import { documentSummary } from './summaries.ts';

type Known = {
  readonly explained: Explained;
  /** The state the document has now. */
  readonly state: string;
  /** Runs that read it, newest first, each with what it found. */
  readonly runs: readonly { readonly run: RunRow; readonly row: DocumentRow }[];
  readonly writers: ReadonlyMap<string, RunRow>;
  readonly related: readonly DocumentRow[];
  readonly accounts: Readonly<Record<string, string>>;
};

/** Everything known of one document, as it travels. */
export function documentPage({ explained, state, runs, writers, related, accounts }: Known): DocumentPage {
  const { key, document, parts, history, entries } = explained;
  const [newest] = runs;
  const review = runs.find(({ run }) => run.state === 'review') ?? null;
  const canonical = review?.row.canonical ?? null;
  const fileName = (run: string | null) => {
    const writer = run === null ? undefined : writers.get(run);
    const file = writer === undefined ? null : fileOf(writer);
    return file === null ? null : basename(file.targetPath);
  };
  const [kind = 'sale'] = key.split('/');
  return {
    key,
    kind: kind === 'creditNote' ? 'creditNote' : 'sale',
    order: document?.orderNumber ?? document?.orderId ?? key,
    invoice: document?.invoiceNumber ?? null,
    creditNote: document?.creditNoteNumber ?? null,
    date: document?.date ?? null,
    country: document?.country ?? null,
    gross: document?.gross ?? null,
    currency: document?.currency ?? null,
    state,
    reasons: (document?.reasons ?? []).map(reasonOf),
    readBy: newest?.run.id ?? null,
    readAt: newest?.run.startedAt ?? null,
    review: review?.run.id ?? null,
    content: canonical === null ? null : contentOf(documentOfKept(canonical)),
    entries: entries.map((entry) => entryOf(entry, fileName, accounts)),
    comparison: comparisonOf(explained),
    parts: parts.map(({ part, state: now, at, run, reason }) => ({ part, state: now, at, run, reason })),
    history: history
      .map(({ part, action, at, run, number, reason }) => ({
        part,
        action,
        at,
        run,
        file: fileName(run),
        number,
        reason,
      }))
      .reverse(),
    runs: runs.map(({ run, row }) => ({ run: run.id, state: run.state, at: run.startedAt, document: row.state })),
    related: related.map((row) => {
      const { key: other, kind: of, order, piece, date, gross, currency } = documentSummary(row);
      return { key: other, kind: of, order, piece, date, gross, currency, state: row.state };
    }),
  };
}

function contentOf(document: SalesDocument): DocumentContent {
  const { lines, totals, payments, status } = document;
  const text = (value: Decimal) => decimalText(value, 2);
  const taxOf = (line: SalesDocument['lines'][number]) => sum(line.taxes.map(({ amount }) => amount));
  const row = (what: 'net' | 'tax' | 'gross', rate: string | null, made: Decimal, stated: Decimal) => ({
    ...{ what, rate, lines: text(made), stated: text(stated), difference: text(subtract(made, stated)) },
  });
  const net = sum(lines.map((line) => line.net));
  const tax = sum(lines.map(taxOf));
  const rates = (totals.taxes ?? []).map((stated) => {
    const rate = decimalText(stated.rate, 2);
    const ofRate = lines.flatMap((line) => line.taxes.filter((one) => decimalText(one.rate, 2) === rate));
    return row('tax', rate, sum(ofRate.map(({ amount }) => amount)), stated.amount);
  });
  return {
    status: status?.label ?? status?.code ?? null,
    lines: lines.map((line) => ({
      ...{ id: line.id, kind: line.kind, label: line.label },
      quantity: line.quantity && decimalText(line.quantity),
      ...{ net: text(line.net), tax: text(taxOf(line)) },
      rates: line.taxes.map(({ rate }) => decimalText(rate, 2)),
      gross: text(line.gross),
    })),
    payments: payments.map(({ id, direction, method, date, amount, fee }) => ({
      ...{ id, direction, method: method.name ?? method.id, date, amount: text(amount) },
      fee: fee === null ? null : text(fee.amount),
    })),
    sums: [
      row('net', null, net, totals.net),
      ...(rates.length > 1 ? rates : []),
      row('tax', null, tax, totals.tax),
      row('gross', null, add(net, tax), totals.gross),
    ],
  };
}

function entryOf(
  { source, run, entry }: ExplainedEntry,
  fileName: (run: string) => string | null,
  accounts: Readonly<Record<string, string>>,
): DocumentEntry {
  const { number, kind, part, journal, date, piece, reference, label, currency, paymentMethod } = entry;
  return {
    ...{ source, run: run.id, at: run.at, file: source === 'written' ? fileName(run.id) : null },
    ...{ number, kind, part, journal, date, piece, reference, label, currency, payment: paymentMethod },
    lines: entry.lines.map((line) => ({
      ...{ role: line.role, account: line.account, accountName: nameOf(line.account, accounts) },
      ...{ thirdParty: line.thirdParty, taxCode: line.taxCode, taxRate: line.taxRate && decimalText(line.taxRate, 2) },
      ...lineSides(line),
      mapping: line.because.mapping,
      rules: rulesOf(line.because),
      parts: partsOf(line.because),
    })),
  };
}

const CHANGED = new Set(['document.changed-after-transfer', 'payment.changed-after-transfer']);

/**
 * What was written against what an open list would write in its place; without such a list, only what the document is worth.
 * Nothing unless the newest run found it changed.
 */
function comparisonOf({ document, entries }: Explained): Comparison | null {
  if (document === null || !document.reasons.some(({ code }) => CHANGED.has(code))) return null;
  const written = entries.filter(({ source, entry }) => source === 'written' && correctionOf(entry.part) === null);
  const waiting = entries.filter(({ source, entry }) => source === 'review' && correctionOf(entry.part) === null);
  const [first] = written.flatMap(({ entry }) => entry.lines);
  if (first === undefined) return null;
  const { decimals, code } = first.amount.currency;
  const money = (amount: bigint | undefined) => (amount === undefined ? null : unitsText(amount, decimals));
  const [before, now] = [amountsOf(written), amountsOf(waiting)];
  const differing = [...new Set([...before.keys(), ...now.keys()])].filter(
    (key) => waiting.length > 0 && (before.get(key) ?? 0n) !== (now.get(key) ?? 0n) && isAnswered(key, waiting),
  );
  const own = written.find(({ entry }) => entry.part === 'document')?.entry;
  const customer = (own?.lines ?? []).filter(({ role }) => role === 'customer');
  const worth = customer.reduce((all, { amount }) => all + amount.minor, 0n);
  return {
    before: unitsText(worth < 0n ? -worth : worth, decimals),
    now: document.gross,
    currency: code,
    lines: differing.map((key) => {
      const [part = '', role = '', account = '', taxCode, taxRate] = JSON.parse(key) as (string | null)[]; // written by keyOf
      return {
        ...{
          part: part ?? '',
          role: role ?? '',
          account: account ?? '',
          taxCode: taxCode ?? null,
          taxRate: taxRate ?? null,
        },
        ...{ before: money(before.get(key)), now: money(now.get(key)) },
      };
    }),
  };
}

/** Lines of a part that the list does not write anew have not changed. */
function isAnswered(key: string, waiting: readonly ExplainedEntry[]): boolean {
  const [part] = JSON.parse(key) as string[]; // written by amountsOf
  return waiting.some(({ entry }) => entry.part === part);
}

function amountsOf(entries: readonly ExplainedEntry[]): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { entry } of entries) {
    for (const { role, account, taxCode, taxRate, amount } of entry.lines) {
      const key = JSON.stringify([entry.part, role, account, taxCode, taxRate && decimalText(taxRate, 2)]);
      sums.set(key, (sums.get(key) ?? 0n) + amount.minor);
    }
  }
  return sums;
}
