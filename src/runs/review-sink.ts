import type { Analysed } from './analyse.ts';
import { type Counter, numberDocument } from './number.ts';
import { reviewRows } from './review-rows.ts';
import {
  begin,
  countDocument,
  documentEvent,
  done,
  holdParts,
  keepDocuments,
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
  return { take, end };

  async function* take(lot: readonly Analysed[]): Told {
    const numbered = lot.map((one) => numberDocument(one, counter, inspect, look));
    await keepDocuments(work, numbered, review);
    if (review) {
      await holdParts(work, numbered);
      await deps.store.review.add(run.id, reviewRows(numbered, request));
    }
    for (const one of numbered) countDocument(work, one);
    yield numbered.map((one) => documentEvent(work, one));
  }

  async function* end(): Told {
    yield [begin(work, 'analyse')];
    await settle(work, review ? 'review' : 'preview');
    yield [done(work)];
  }
}
