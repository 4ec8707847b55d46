import type { NumberedEntry } from '../core/entry.ts';
import { correctionOf, REVERSED } from '../core/posting/correction.ts';
import type { Problem } from '../core/problem.ts';
import type { PartClaim } from '../store/store.ts';
import type { Analysed, AnalysedEntry } from './analyse.ts';

/** An analysed document with its place in the run, its entries numbered. */
export type Numbered = Omit<Analysed, 'entries'> & {
  readonly seq: number;
  readonly entries: readonly (AnalysedEntry & { readonly entry: NumberedEntry })[];
};

export type Counter = { number: number; seq: number };

/** Takes an entry into the file, or looks whether it would go; a problem that is more than a warning keeps it out. */
export type Accept = (entry: NumberedEntry) => readonly Problem[];

/**
 * Numbers entries in the order of reading, without a gap. What the format refuses holds the document when it is the
 * sale or credit note itself, and the payment alone when it is a payment.
 */
export function numberDocument(one: Analysed, counter: Counter, accept: Accept, look: Accept = accept): Numbered {
  counter.seq += 1;
  const { seq } = counter;
  const unfit = unfitCorrection(one, counter, look);
  if (unfit !== null) {
    const held = [
      ...one.held,
      { part: 'document', hash: one.entries[0]?.hash ?? '', reason: unfit[0]?.code ?? 'held' },
    ];
    const reasons = [...one.summary.reasons, ...unfit];
    return { ...one, seq, entries: [], held, summary: { ...one.summary, state: 'held', reasons } };
  }
  const reasons = [...one.summary.reasons];
  const held = [...one.held];
  const entries: Numbered['entries'][number][] = [];
  for (const analysed of one.entries) {
    const entry: NumberedEntry = { ...analysed.entry, number: counter.number };
    const problems = accept(entry);
    const fault = problems.find(({ severity }) => severity !== 'warn');
    if (fault === undefined) {
      counter.number += 1;
      entries.push({ ...analysed, entry });
      reasons.push(...problems);
      continue;
    }
    held.push({ part: entry.part, hash: analysed.hash, reason: fault.code });
    if (entry.part === 'document') {
      return {
        ...one,
        seq,
        entries: [],
        held,
        summary: { ...one.summary, state: 'held', reasons: [...reasons, ...problems] },
      };
    }
    reasons.push(...problems.map((problem) => ({ ...problem, severity: 'part' as const, part: entry.part })));
  }
  const state = entries.length === 0 && one.entries.length > 0 ? 'held' : one.summary.state;
  return { ...one, seq, entries, held, summary: { ...one.summary, state, reasons } };
}

/** A correction is two entries or none: before one goes into the file, both are looked at. */
function unfitCorrection({ entries }: Analysed, { number }: Counter, look: Accept): readonly Problem[] | null {
  if (entries.every(({ correction }) => correction === null)) return null;
  const faults = entries
    .filter(({ correction }) => correction !== null)
    .flatMap(({ entry }) => look({ ...entry, number }))
    .filter(({ severity }) => severity !== 'warn')
    .map((problem) => ({ ...problem, severity: 'hold' as const, part: null }));
  return faults.length === 0 ? null : faults;
}

/** How the store knows the parts an entry writes: a reversal that nothing replaces also frees what it reverses. */
export function markOf(
  { summary }: Pick<Numbered, 'summary'>,
  { entry, hash }: Numbered['entries'][number],
): readonly PartClaim[] {
  const { part, number } = entry;
  return claimsOf({ document: summary.key, part, hash, orderId: summary.orderId, day: summary.date, number });
}

export function claimsOf(claim: PartClaim): readonly PartClaim[] {
  const reversed = claim.hash === REVERSED ? correctionOf(claim.part) : null;
  return reversed === null ? [claim] : [claim, { ...claim, part: reversed.of }];
}
