import type { OwnCode } from '../core/customer-codes.ts';
import { decimalText } from '../core/decimal.ts';
import { type DocumentSource, type SalesDocument, sourceOf } from '../core/document.ts';
import type { Entry } from '../core/entry.ts';
import { currencyOf } from '../core/money.ts';
import { bearsTheSame } from '../core/posting/correction.ts';
import { countedIn } from '../core/posting/deposits.ts';
import { inOpenPeriod, type PeriodPolicy } from '../core/posting/late.ts';
import { partOf, partsOf } from '../core/posting/parts.ts';
import { type Posted, postDocument } from '../core/posting/post.ts';
import { type Problem, problem } from '../core/problem.ts';
import type { BookSettings } from '../core/settings.ts';
import type { ReadItem } from '../shops/reader.ts';
import type { PartRow } from '../store/store.ts';
import { type Corrections, changedParts, corrected, differenceBooked, overtaken, standing } from './corrections.ts';
import type { DocumentState, RunDocument } from './events.ts';
import { documentHash, paymentHash } from './hash.ts';

/** One document after the analysis: its summary, the entries to write, and the parts that wait. */
export type Analysed = {
  readonly summary: RunDocument;
  readonly document: SalesDocument | null;
  readonly entries: readonly AnalysedEntry[];
  /** Parts kept back, with the code of the reason. */
  readonly held: readonly { readonly part: string; readonly hash: string; readonly reason: string }[];
};

export type AnalysedEntry = {
  readonly entry: Entry;
  /** What was read of the part: tells a later change. */
  readonly hash: string;
  /** Written before and included again on request. */
  readonly again: boolean;
  /** Corrects what was written of its part, for the nth time; 0: goes with such a correction; null: neither. */
  readonly correction: number | null;
};

export type AnalysisContext = {
  readonly settings: BookSettings;
  /** What the engine, and the profile's script if it has one, made of the document; null for a record that cannot be read. */
  readonly posted: Posted | null;
  readonly period: PeriodPolicy;
  /** What was written of a document that changed since, or has a payment more; null: nothing of it is needed. */
  readonly corrections: Corrections | null;
  /** Whether changes are corrected, or told alone. */
  readonly corrects: boolean;
  readonly includeTransferred: boolean;
  readonly onlyTransferredOrders: boolean;
  /** What the store knows of the parts of this document. */
  readonly known: readonly PartRow[];
  readonly saleTransferred: boolean;
};

/** Posts a document; payments count in the sale's entry what it was written with. */
export function postRead(
  document: SalesDocument,
  ownCode: OwnCode,
  { settings, corrections, includeTransferred }: Omit<AnalysisContext, 'posted'>,
): Posted {
  const sale = includeTransferred ? undefined : corrections?.get('document')?.entry;
  return postDocument(document, settings, ownCode, sale ? countedIn(sale) : null);
}

/** Holds what was made of one read document against what was transferred before. Pure but for the hashes. */
export function analyse(item: ReadItem, context: AnalysisContext): Analysed {
  const whole = context.known.find(({ part }) => part === 'document');
  if (item.state === 'unreadable') return unreadable(item, whole);
  const { document } = item;
  const source = sourceOf(document);
  const hash = documentHash(document);
  const excluded = excludedReason(document, source, whole, context);
  if (excluded) return outcome({ document, state: 'excluded', reasons: [excluded], date: null, entries: [], held: [] });

  const { posted } = context;
  if (posted === null) throw new TypeError(`${document.key} was not posted`);
  const written = standing(context.known);
  const rewrite = rewritten(document, hash, written, context);
  const remarks = [...changedSince(document, source, hash, written), ...saleRemark(document, source, context)];

  if (posted.state === 'excluded') {
    // An order emptied after its transfer: what was written stands, and the change is pointed out.
    const emptied = correct(document, rewrite, [], context);
    if (emptied.entries.length > 0)
      return outcome({
        document,
        state: 'ready',
        reasons: [...emptied.reasons, ...remarks],
        date: null,
        entries: emptied.entries,
        held: [],
      });
    if (written.size > 0)
      return outcome({ document, state: 'already', reasons: remarks, date: null, entries: [], held: [] });
    return outcome({ document, state: 'excluded', reasons: posted.problems, date: null, entries: [], held: [] });
  }
  if (posted.state === 'held') {
    if (rewrite.size === 0 && everyPartWritten(document, written, context) && !context.includeTransferred) {
      return outcome({ document, state: 'already', reasons: remarks, date: null, entries: [], held: [] });
    }
    const reason = posted.problems.find(({ severity }) => severity === 'hold')?.code ?? 'held';
    return outcome({
      document,
      state: 'held',
      reasons: [...posted.problems, ...remarks],
      date: null,
      entries: [],
      held: [{ part: 'document', hash, reason }],
    });
  }

  const replaced = supposedReplaced(document, source, written);
  const held = new Map<string, string>();
  for (const { part, code, severity } of [...posted.problems, ...replaced]) {
    const stands = part !== null && written.has(part) && !context.includeTransferred && !rewrite.has(part);
    if (severity === 'part' && part !== null && !stands) held.set(part, code);
  }
  addTiedPayments(rewrite, posted.entries, context);
  const ties =
    context.includeTransferred || written.size === 0
      ? NO_TIES
      : overtaken(posted.entries, written, context.corrections);
  const tied = ties.parts.length > 0;
  for (const part of context.corrects ? ties.parts : []) rewrite.add(part);
  const correction = correct(document, rewrite, posted.entries, context, held);
  const entries: AnalysedEntry[] = [...correction.entries];
  const late: Problem[] = [];
  for (const entry of posted.entries) {
    if (held.has(entry.part)) continue;
    const before = written.get(entry.part);
    if (rewrite.has(entry.part) || (before && !context.includeTransferred)) continue;
    const waits = tied && ties.late.includes(entry);
    if (waits && !(context.corrects && ties.parts.every((part) => !held.has(part)))) {
      late.push(differenceBooked(entry, ties.difference, source));
      held.set(entry.part, 'payment.difference-booked');
      continue;
    }
    const open = inOpenPeriod(entry, context.period, source);
    if (open.problem) late.push(open.problem);
    if (open.problem && open.problem.severity !== 'warn') held.set(entry.part, open.problem.code);
    else
      entries.push({
        entry: open.entry,
        hash: hashOf(entry.part, document, hash),
        again: before !== undefined,
        correction: waits ? 0 : null,
      });
  }
  const news = posted.problems.filter((one) => isNews(one, written, context));
  late.push(...correction.reasons);
  const reasons = [...news, ...replaced, ...late, ...remarks];
  const closed = late.find(({ severity }) => severity === 'hold');
  if (closed !== undefined)
    return outcome({
      document,
      state: 'held',
      reasons: [...news, ...replaced, closed, ...remarks],
      date: null,
      entries: [],
      held: [{ part: 'document', hash, reason: closed.code }],
    });
  const date =
    [...entries.map(({ entry }) => entry), ...posted.entries].find(({ part }) => part === 'document')?.date ?? null;
  const state: DocumentState =
    entries.length > 0 ? 'ready' : held.size > 0 ? 'held' : written.size > 0 ? 'already' : 'excluded';
  const heldParts = [...held].map(([part, reason]) => ({ part, hash: hashOf(part, document, hash), reason }));
  return outcome({ document, state, reasons, date, entries, held: heldParts });
}

const NO_TIES: ReturnType<typeof overtaken> = { parts: [], late: [], difference: 0n };

/** The parts to correct: those that changed and whose entry is known, when corrections are asked for. */
function rewritten(
  document: SalesDocument,
  hash: string,
  written: ReadonlyMap<string, PartRow>,
  { corrections, corrects, includeTransferred }: AnalysisContext,
): Set<string> {
  if (corrections === null || !corrects || includeTransferred) return new Set();
  return new Set([...changedParts(document, hash, written)].filter((part) => corrections.has(part)));
}

/** A payment may bear the document's difference: when the document changes, one that would clear another amount, or bear other VAT, follows. */
function addTiedPayments(rewrite: Set<string>, posted: readonly Entry[], { corrections }: AnalysisContext): void {
  if (!rewrite.has('document')) return;
  for (const entry of posted) {
    const before = corrections?.get(entry.part)?.entry;
    if (before !== undefined && !bearsTheSame(before, entry)) rewrite.add(entry.part);
  }
}

/** Corrections of the parts that changed; a part that cannot be posted now stays as it was written. */
function correct(
  document: SalesDocument,
  rewrite: ReadonlySet<string>,
  posted: readonly Entry[],
  { corrections, period }: AnalysisContext,
  held = new Map<string, string>(),
): { readonly entries: readonly AnalysedEntry[]; readonly reasons: readonly Problem[] } {
  const entries: AnalysedEntry[] = [];
  const reasons: Problem[] = [];
  if (rewrite.size === 0) return { entries, reasons };
  const source = sourceOf(document);
  const hash = documentHash(document);
  for (const part of rewrite) {
    const written = corrections?.get(part);
    const now = posted.find((entry) => entry.part === part) ?? null;
    const isThere = part === 'document' ? posted.length > 0 : document.payments.some((one) => partOf(one) === part);
    if (written === undefined || held.has(part) || (now === null && isThere)) continue;
    const made = corrected({ written, now, hash: hashOf(part, document, hash), period, source });
    entries.push(...made.entries);
    reasons.push(...made.reasons);
    if (made.fault !== null) held.set(part, made.fault.code);
  }
  return { entries, reasons };
}

/**
 * A document whose key came before in the same run: two of one key cannot both be written once, so the first stands and
 * this one waits. It is not kept for a review, since no mended mapping would tell the two apart.
 */
export function repeated({ summary }: Analysed): Analysed {
  const { kind, key, orderId, orderNumber } = summary;
  const conflict = problem('document.key-conflict', 'hold', { kind, key, number: orderNumber ?? orderId }, { key });
  return { document: null, entries: [], held: [], summary: { ...summary, state: 'held', reasons: [conflict] } };
}

function excludedReason(
  document: SalesDocument,
  source: DocumentSource,
  whole: PartRow | undefined,
  context: AnalysisContext,
): Problem | null {
  if (whole?.state === 'excluded') return excludedForGood(source, whole);
  if (
    document.kind === 'creditNote' &&
    context.onlyTransferredOrders &&
    !context.saleTransferred &&
    whole?.state !== 'transferred'
  ) {
    return problem('document.sale-not-transferred-excluded', 'exclude', source, {
      order: document.order.number ?? document.order.id,
    });
  }
  return null;
}

function excludedForGood(source: DocumentSource, { reason }: PartRow): Problem {
  return problem('document.excluded-for-good', 'exclude', source, { reason: reason ?? '' });
}

function saleRemark(document: SalesDocument, source: DocumentSource, context: AnalysisContext): readonly Problem[] {
  if (document.kind !== 'creditNote' || context.saleTransferred) return [];
  return [
    problem('document.sale-not-transferred', 'warn', source, { order: document.order.number ?? document.order.id }),
  ];
}

/** A payment that was supposed and written: real ones that appear later are held, not added to it. */
function supposedReplaced(
  document: SalesDocument,
  source: DocumentSource,
  written: ReadonlyMap<string, PartRow>,
): readonly Problem[] {
  if (written.size === 0) return [];
  const supposed = ['payment/supposed', 'refund/supposed'].filter((part) => written.has(part));
  if (supposed.length === 0) return [];
  return document.payments
    .filter(({ id }) => id !== 'supposed')
    .map((payment) => ({ payment, part: partOf(payment) }))
    .filter(({ part }) => !written.has(part) && supposed.includes(`${part.slice(0, part.indexOf('/'))}/supposed`))
    .map(({ payment, part }) =>
      problem('payment.supposed-replaced', 'part', source, { amount: decimalText(payment.amount, 2) }, part),
    );
}

function changedSince(
  document: SalesDocument,
  source: DocumentSource,
  hash: string,
  written: ReadonlyMap<string, PartRow>,
): readonly Problem[] {
  const problems: Problem[] = [];
  if (written.size === 0) return problems;
  const before = written.get('document');
  if (before?.hash && before.hash !== hash)
    problems.push(problem('document.changed-after-transfer', 'warn', source, { gross: amountOf(document) }));
  for (const payment of document.payments) {
    const part = partOf(payment);
    const own = written.get(part);
    if (!own?.hash || own.hash === paymentHash(document, payment)) continue;
    const amount = decimalText(payment.amount, currencyOf(document.currency.code).decimals);
    problems.push(problem('payment.changed-after-transfer', 'warn', source, { amount }, part));
  }
  return problems;
}

/** What concerns a part already written is not said again. */
function isNews(
  { part }: Problem,
  written: ReadonlyMap<string, PartRow>,
  { includeTransferred }: AnalysisContext,
): boolean {
  return includeTransferred || part === null || !written.has(part);
}

function everyPartWritten(
  document: SalesDocument,
  written: ReadonlyMap<string, PartRow>,
  { settings }: AnalysisContext,
): boolean {
  return partsOf(document, settings).every((part) => written.has(part));
}

function hashOf(part: string, document: SalesDocument, whole: string): string {
  if (part === 'document') return whole;
  const payment = document.payments.find((one) => partOf(one) === part);
  return payment ? paymentHash(document, payment) : whole;
}

function outcome(result: {
  document: SalesDocument;
  state: DocumentState;
  reasons: readonly Problem[];
  date: string | null;
  entries: readonly AnalysedEntry[];
  held: Analysed['held'];
}): Analysed {
  const { document, state, reasons, entries, held } = result;
  const { order, invoice, creditNote } = document;
  const { code } = currencyOf(document.currency.code);
  return {
    document,
    entries,
    held,
    summary: {
      kind: document.kind,
      key: document.key,
      orderId: order.id,
      orderNumber: order.number,
      invoiceNumber: invoice?.number ?? null,
      creditNoteNumber: creditNote?.number ?? creditNote?.id ?? null,
      date: result.date ?? creditNote?.date ?? invoice?.date ?? order.date,
      currency: code,
      gross: amountOf(document),
      country:
        entries[0]?.entry.country ??
        document.taxCountry ??
        document.delivery?.country ??
        document.billing?.country ??
        null,
      state,
      reasons: reasons.map((reason) => ({ ...reason, values: { currency: code, ...reason.values } })),
    },
  };
}

function amountOf({ totals, currency }: SalesDocument): string {
  return decimalText(totals.gross, currencyOf(currency.code).decimals);
}

function unreadable(item: Extract<ReadItem, { state: 'unreadable' }>, whole: PartRow | undefined): Analysed {
  const { kind, key, orderId, problems } = item;
  const out = whole?.state === 'excluded' ? [excludedForGood({ kind, key, number: orderId }, whole)] : [];
  return {
    document: null,
    entries: [],
    held: out.length > 0 ? [] : [{ part: 'document', hash: '', reason: problems[0]?.code ?? 'record.unreadable' }],
    summary: {
      kind,
      key,
      orderId,
      orderNumber: null,
      invoiceNumber: null,
      creditNoteNumber: null,
      date: null,
      currency: null,
      gross: null,
      country: null,
      state: out.length > 0 ? 'excluded' : 'held',
      reasons: [...out, ...problems],
    },
  };
}
