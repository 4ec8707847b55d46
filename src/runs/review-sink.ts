import type { ReviewEntryRow } from '../store/review-store.ts';
import type { Analysed } from './analyse.ts';
import { type Counter, numberDocument } from './number.ts';
import { reviewRows } from './review-rows.ts';
import {
  begin,
  countDocument,
  documentEvent,
  documentsOf,
  done,
  type Sink,
  settle,
  type Told,
  type Work,
} from './work.ts';

/** Keeps the entries for a review, or only the summaries for a preview; nothing is written. */
export function reviewSink(work: Work): Sink {
  const { deps, run, stored, choice, request } = work;
  const counter: Counter = { number: stored.profile.entries.firstNumber, seq: 0 };
  const inspect = choice.ledger.inspector();
  const look = choice.ledger.inspector();
  const review = request.mode === 'review';
  const documents = documentsOf(work, { canonical: review, holds: review });
  let entries: ReviewEntryRow[] = [];
  return { take, end };

  async function* take(lot: readonly Analysed[]): Told {
    const numbered = lot.map((one) => numberDocument(one, counter, inspect, look));
    for (const one of numbered) documents.add(one);
    if (review) entries.push(...reviewRows(numbered, request));
    if (documents.full()) await keep();
    for (const one of numbered) countDocument(work, one);
    yield numbered.map((one) => documentEvent(work, one));
  }

  async function keep(): Promise<void> {
    await documents.keep();
    const rows = entries;
    entries = [];
    if (rows.length > 0) await deps.store.review.add(run.id, rows);
  }

  async function* end(): Told {
    yield [begin(work, 'analyse')];
    await keep();
    await settle(work, review ? 'review' : 'preview');
    yield [done(work)];
  }
}
