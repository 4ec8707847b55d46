import type { NumberedEntry } from '../core/entry.ts';
import type { EntryHook } from '../hooks/hook.ts';
import type { Preparation } from '../ledgers/ledger.ts';
import type { StoredProfile } from '../profiles/profile.ts';
import type { DocumentRow, PartMark, RunRow } from '../store/store.ts';
import type { Analysed } from './analyse.ts';
import { count, type Tally } from './counts.ts';
import type { LedgerChoice, RunDeps } from './deps.ts';
import type { RunDocument, RunEvent, RunFile, RunRequest, RunState, RunStep, RunTrouble } from './events.ts';
import { keptDocument } from './kept-document.ts';
import type { Numbered } from './number.ts';
import type { Source } from './read.ts';
import { isWaiting } from './stored.ts';

/** The whole of a run's moving state. */
export type Work = {
  readonly deps: RunDeps;
  readonly stored: StoredProfile;
  readonly run: RunRow;
  readonly request: RunRequest;
  readonly choice: LedgerChoice;
  readonly signal: AbortSignal;
  readonly tally: Tally;
  readonly troubles: RunTrouble[];
  readonly files: RunFile[];
  step: RunStep;
  source: Source | null;
  /** The profile's script while entries are made. */
  hook: EntryHook | null;
  preparation: Preparation | null;
  from: string | null;
  to: string | null;
  debitMinor: bigint;
  /** Nothing is left to undo: all is done, or was undone. */
  finished: boolean;
};

/** Where analysed documents go: into a review, a preview, or straight into the delivery. */
export type Sink = {
  readonly take: (lot: readonly Analysed[]) => Told;
  readonly end: () => Told;
};

/** Events on their way out, in lots: a generator within a generator costs more than posting a document does. */
export type Told<Result = void> = AsyncGenerator<readonly RunEvent[], Result>;

export function begin(work: Work, step: RunStep): RunEvent {
  work.step = step;
  return { type: 'step', at: now(work.deps), step, state: 'begin', counts: { ...work.tally }, trouble: null };
}

export function done(work: Work): RunEvent {
  return { type: 'step', at: now(work.deps), step: work.step, state: 'ok', counts: { ...work.tally }, trouble: null };
}

/** Adds a document's state to the counts. */
export function countDocument({ tally }: Work, { summary }: Numbered): void {
  count(tally, summary.state);
}

/** A document in its final state, its entries added to the totals. */
export function documentEvent(work: Work, { seq, summary, entries }: Numbered): RunEvent {
  const { tally, deps } = work;
  if (summary.state === 'written') tally.written += 1;
  for (const { entry } of entries) addToTotals(work, entry);
  return { type: 'document', at: now(deps), seq, document: summary, entries: entries.map(({ entry }) => entry) };
}

export function addToTotals(work: Work, { lines }: NumberedEntry): void {
  work.tally.entries += 1;
  work.tally.lines += lines.length;
  for (const { amount } of lines) if (amount.minor > 0n) work.debitMinor += amount.minor;
}

/** Documents whose rows are written together: a statement has its price. */
const LOT = 200;

/** Documents of a run on their way into the store, as rows. */
export type Documents = {
  readonly add: (one: Numbered) => void;
  /** As many as are written together. */
  readonly full: () => boolean;
  readonly keep: () => Promise<void>;
};

/** Remembers documents, with what can be posted again (`canonical`), and what waits of them, and why (`holds`). */
export function documentsOf(
  { deps, run, stored }: Work,
  { canonical, holds }: { readonly canonical: boolean; readonly holds: boolean },
): Documents {
  let rows: DocumentRow[] = [];
  let waiting: (PartMark & { readonly reason: string })[] = [];
  return { add, full: () => rows.length >= LOT, keep };

  function add({ seq, summary, document, held }: Numbered): void {
    const { key, state, reasons, orderId, date } = summary;
    rows.push({
      seq,
      key,
      state,
      problem: reasons.some(isWaiting),
      summary: JSON.stringify(summary),
      canonical: canonical && document ? keptDocument(document) : null,
      names: namesOf(summary),
    });
    if (!holds) return;
    for (const { part, hash, reason } of held) {
      waiting.push({ document: key, part, hash, reason, orderId, day: date });
    }
  }

  async function keep(): Promise<void> {
    const [documents, parts] = [rows, waiting];
    rows = [];
    waiting = [];
    if (parts.length > 0) await deps.store.parts.hold(stored.id, now(deps), parts);
    if (documents.length > 0) await deps.store.runs.addDocuments(run.id, documents);
  }
}

/** What a person may call a document. */
function namesOf({ orderId, orderNumber, invoiceNumber, creditNoteNumber }: RunDocument): readonly string[] {
  return [...new Set([orderId, orderNumber, invoiceNumber, creditNoteNumber].filter((name) => name !== null))];
}

/** The run's end without a delivery: its counts, totals and state. */
export async function settle(work: Work, state: RunState): Promise<void> {
  const { deps, run, tally, troubles, debitMinor } = work;
  await deps.store.runs.change(run.id, {
    state,
    counts: JSON.stringify(tally),
    troubles: JSON.stringify(troubles),
    debitMinor,
    creditMinor: debitMinor,
    endedAt: state === 'review' ? null : now(deps),
  });
}

export function now(deps: Pick<RunDeps, 'now'>): string {
  return new Date(deps.now()).toISOString();
}
