import type { DocumentSource, SalesDocument } from '../core/document.ts';
import type { Entry, NumberedEntry } from '../core/entry.ts';
import { moneyText } from '../core/money.ts';
import { correctionOf, customerAmount, REVERSED, reversalOf } from '../core/posting/correction.ts';
import { inOpenPeriod, type PeriodPolicy } from '../core/posting/late.ts';
import { partOf } from '../core/posting/parts.ts';
import { type Problem, problem } from '../core/problem.ts';
import type { ReadItem } from '../shops/reader.ts';
import type { PartRow, Store } from '../store/store.ts';
import type { AnalysedEntry } from './analyse.ts';
import { documentHash, paymentHash } from './hash.ts';
import { writtenEntry } from './written.ts';

/** The entry written last of each part of a document that changed, and which correction of it comes next. */
export type Corrections = ReadonlyMap<string, { readonly entry: NumberedEntry; readonly nth: number }>;

/** Parts that were written and stand: one whose entry was reversed may be written anew. */
export function standing(known: readonly PartRow[]): ReadonlyMap<string, PartRow> {
  if (known.length === 0) return NO_PARTS;
  const written = known.filter(({ state, hash }) => state === 'transferred' && hash !== REVERSED);
  return new Map(written.map((row) => [row.part, row]));
}

const NO_PARTS: ReadonlyMap<string, PartRow> = new Map();

/** Parts whose content differs from what was written; payments that are no longer there too. */
export function changedParts(
  document: SalesDocument,
  hash: string,
  written: ReadonlyMap<string, PartRow>,
): ReadonlySet<string> {
  const changed = new Set<string>();
  const before = written.get('document')?.hash;
  if (before && before !== hash) changed.add('document');
  const now = new Map(document.payments.map((payment) => [partOf(payment), payment]));
  for (const [part, row] of written) {
    if (part === 'document' || part.endsWith('/supposed') || correctionOf(part) !== null) continue;
    const payment = now.get(part);
    if (payment === undefined || (row.hash && row.hash !== paymentHash(document, payment))) changed.add(part);
  }
  return changed;
}

/**
 * Loads what was written of the documents of a lot that have a payment more than was written, or, when changes are to be
 * corrected, that changed since; empty for the others.
 */
export async function correctionsOf(
  store: Pick<Store, 'written'>,
  items: readonly ReadItem[],
  {
    knownOf,
    corrects,
    deposits,
  }: {
    readonly knownOf: (item: ReadItem) => readonly PartRow[];
    readonly corrects: boolean;
    /** Whether a first payment that comes late matters too: its sale may hold it for a deposit, or not. */
    readonly deposits: boolean;
  },
): Promise<ReadonlyMap<string, Corrections>> {
  const found = new Map<string, Corrections>();
  for (const item of items) {
    if (item.state !== 'read') continue;
    const known = knownOf(item);
    if (known.length === 0) continue;
    const written = standing(known);
    const changed = corrects && changedParts(item.document, documentHash(item.document), written).size > 0;
    if (!changed && !hasLatePayment(item.document, written, deposits)) continue;
    found.set(item.document.key, await writtenParts(store, known));
  }
  return found;
}

function hasLatePayment(
  { payments }: SalesDocument,
  written: ReadonlyMap<string, PartRow>,
  deposits: boolean,
): boolean {
  const parts = payments.map(partOf);
  const isKnown = parts.some((part) => written.has(part)) || (deposits && written.has('document'));
  return isKnown && parts.some((part) => !written.has(part));
}

/**
 * Written payments that bear a difference which a later payment has made good: `late` are the entries that wait, and
 * would clear twice what the difference has cleared, `parts` the written ones that must give it back with them.
 */
export function overtaken(
  posted: readonly Entry[],
  written: ReadonlyMap<string, PartRow>,
  corrections: Corrections | null,
): { readonly parts: readonly string[]; readonly late: readonly Entry[]; readonly difference: bigint } {
  const payments = posted.filter(({ kind }) => kind === 'payment');
  const late = payments.filter(({ part }) => !written.has(part));
  const parts: string[] = [];
  let difference = 0n;
  for (const now of late.length > 0 ? payments : []) {
    const before = corrections?.get(now.part)?.entry;
    if (before === undefined || customerAmount(before) === customerAmount(now)) continue;
    parts.push(now.part);
    difference += customerAmount(before) - customerAmount(now);
  }
  return { parts, late, difference };
}

/** Why a late payment waits: see `overtaken`. Amounts are in the books' currency. */
export function differenceBooked(entry: Entry, difference: bigint, source: DocumentSource): Problem {
  const { code, decimals } = entry.lines[0]?.amount.currency ?? { code: 'EUR', decimals: 2 };
  const text = (minor: bigint) => moneyText({ minor: minor < 0n ? -minor : minor, currency: { code, decimals } });
  const values = { amount: text(customerAmount(entry)), difference: text(difference), currency: code };
  return problem('payment.difference-booked', 'part', source, values, entry.part);
}

/** The entries of all standing parts of a document; one written by a version that kept none is left out. */
export async function writtenParts(store: Pick<Store, 'written'>, known: readonly PartRow[]): Promise<Corrections> {
  const found = new Map<string, { entry: NumberedEntry; nth: number }>();
  for (const [part, row] of standing(known)) {
    if (correctionOf(part) !== null) continue;
    const entry = await writtenEntry(store, row);
    if (entry !== null) found.set(part, { entry: { ...entry, part }, nth: nextOf(part, known) });
  }
  return found;
}

function nextOf(part: string, known: readonly PartRow[]): number {
  const done = known.flatMap((row) => {
    const correction = row.state === 'transferred' ? correctionOf(row.part) : null;
    return correction?.of === part ? [correction.nth] : [];
  });
  return Math.max(0, ...done) + 1;
}

export type Corrected = {
  readonly entries: readonly AnalysedEntry[];
  readonly reasons: readonly Problem[];
  /** What keeps the correction back: a closed period. */
  readonly fault: Problem | null;
};

/**
 * The entries that correct one part: what was written, cancelled, and what it is now, if it still is. Both are dated by the
 * policy for closed periods; what holds one holds both.
 */
export function corrected(given: {
  readonly written: { readonly entry: NumberedEntry; readonly nth: number };
  readonly now: Entry | null;
  readonly hash: string;
  readonly period: PeriodPolicy;
  readonly source: DocumentSource;
}): Corrected {
  const { written, now, hash, period, source } = given;
  const { nth } = written;
  const { number: _, ...before } = written.entry;
  const reversal = inOpenPeriod(reversalOf(before, nth), period, source);
  const fresh = now && inOpenPeriod(now, period, source);
  const told = [reversal.problem, fresh?.problem ?? null].filter((one) => one !== null);
  const fault = told.find(({ severity }) => severity !== 'warn') ?? null;
  const entries: AnalysedEntry[] = [
    { entry: reversal.entry, hash: now === null ? REVERSED : hash, again: false, correction: nth },
    ...(fresh ? [{ entry: fresh.entry, hash, again: true, correction: nth }] : []),
  ];
  return { entries: fault === null ? entries : [], reasons: [difference(before, now, source), ...told], fault };
}

function difference(before: Entry, now: Entry | null, source: DocumentSource): Problem {
  const part = before.part === 'document' ? null : before.part;
  const currency = before.lines[0]?.amount.currency ?? { code: 'EUR', decimals: 2 };
  const sign = customerAmount(before) < 0n ? -1n : 1n; // a payment or a credit note of 75 is told as 75
  const text = (minor: bigint) => moneyText({ minor: minor * sign, currency });
  const was = customerAmount(before);
  const in_ = { currency: currency.code };
  if (now === null) return problem('correction.reversal', 'warn', source, { was: text(was), ...in_ }, part);
  const is = customerAmount(now);
  const values = { was: text(was), now: text(is), difference: text(is - was), ...in_ };
  return problem('correction.proposed', 'warn', source, values, part);
}
