import type { Analysed } from './analyse.ts';
import { claims, finishDelivery, prepareDelivery } from './deliver.ts';
import type { RunEvent } from './events.ts';
import { type Matcher, matcherOf } from './match.ts';
import { type Counter, markOf, type Numbered, numberDocument } from './number.ts';
import type { Source } from './read.ts';
import {
  begin,
  countDocument,
  documentEvent,
  documentsOf,
  done,
  now,
  type Sink,
  settle,
  type Told,
  type Work,
} from './work.ts';

/** Up to this many documents a run is analysed to its end before it writes, so that the counter can say `n of total`. */
const MAX_WAITING = 500;

/** Documents put into the delivery between two looks at whether the run is to stop. */
const LOT = 200;

/**
 * Writes without a review. A run of usual size waits in memory until all of it is analysed; a longer one streams, so
 * that a million orders never stand in memory.
 */
export function writeSink(work: Work, source: Source): Sink {
  const { deps, stored, run, request, choice, tally } = work;
  const counter: Counter = { number: stored.profile.entries.firstNumber, seq: 0 };
  const inspect = choice.ledger.inspector();
  const look = choice.ledger.inspector();
  const claimed = claims(deps, work);
  const documents = documentsOf(work, { canonical: false, holds: true });
  let waiting: Numbered[] = [];
  let streaming = false;
  let total: number | null = null;
  let written = 0;
  let matcher: Matcher | null = null;
  return { take, end };

  async function* take(lot: readonly Analysed[]): Told {
    if (streaming) {
      const { preparation } = work;
      // A code stands on a document's lines only when all of its entries are known to go: they are looked at, then put.
      const accept =
        preparation === null || matcher !== null
          ? inspect
          : (entry: Parameters<typeof inspect>[0]) => preparation.add(entry).problems;
      const numbered = lot.map((one) => numberDocument(one, counter, accept, look));
      for (const one of numbered) countDocument(work, one);
      const matched = await withCodes(numbered);
      if (matcher !== null) for (const { entries } of matched) for (const { entry } of entries) put(entry);
      yield* keep(matched);
      return;
    }
    const numbered = lot.map((one) => numberDocument(one, counter, inspect, look));
    for (const one of numbered) countDocument(work, one);
    yield* keep(numbered.filter(({ entries }) => entries.length === 0));
    for (const one of numbered) {
      if (one.entries.length > 0) waiting.push({ ...one, document: null }); // its entries are all that is still needed
    }
    if (waiting.length > MAX_WAITING) {
      streaming = true;
      yield* writeWaiting();
    }
  }

  async function* end(): Told {
    yield [begin(work, 'analyse'), done(work)];
    if (!streaming) total = waiting.reduce((sum, { entries }) => sum + entries.length, 0);
    yield [begin(work, 'write')];
    yield* writeWaiting();
    await store();
    const { preparation } = work;
    const counts = () => JSON.stringify(tally);
    const files = preparation ? await finishDelivery(deps, run, preparation, { counts, matcher }) : [];
    if (files.length === 0) await settle(work, 'written');
    work.files.push(...files);
    yield files.map((file) => ({ type: 'file', at: now(deps), file }));
    yield [done(work)];
  }

  async function* writeWaiting(): Told {
    const found = waiting;
    waiting = [];
    if (streaming || found.length > 0) {
      const dated = { ...run, from: work.from, to: work.to };
      work.preparation ??= await prepareDelivery(deps, stored, dated, request, choice, source.timeZone);
    }
    matcher ??= await matcherOf(deps, stored, choice);
    const lots = await withCodes(found);
    work.step = 'write';
    for (let start = 0; start < lots.length; start += LOT) {
      work.signal.throwIfAborted();
      const lot = lots.slice(start, start + LOT);
      for (const { entries } of lot) for (const { entry } of entries) put(entry);
      yield* keep(lot);
    }
  }

  /** The documents with the matching codes of those that balance, when the profile asks for codes. */
  async function withCodes(documents: readonly Numbered[]): Promise<readonly Numbered[]> {
    if (matcher === null) return documents;
    const matched = await matcher.match(
      documents.map(({ summary, entries }) => ({
        orderId: summary.orderId,
        entries: entries.map(({ entry }) => entry),
      })),
    );
    return documents.map((one, place) => ({
      ...one,
      entries: one.entries.map((written, index) => ({ ...written, entry: matched[place]?.[index] ?? written.entry })),
    }));
  }

  function put(entry: Numbered['entries'][number]['entry']): void {
    const added = work.preparation?.add(entry).added ?? false;
    if (!added) throw new TypeError(`Entry ${entry.number} fitted and was refused`);
  }

  /** Claims what was just put into the delivery, and remembers each document. */
  async function* keep(lot: readonly Numbered[]): Told {
    const final = lot.map(asWritten);
    for (const one of final) {
      for (const written of one.entries) claimed.add(written.entry, markOf(one, written));
      documents.add(one);
    }
    if (documents.full()) await store();
    yield final.flatMap((one, place) => {
      written += one.entries.length;
      const told = documentEvent(work, one);
      // A long run is followed lot by lot: a person sees no more of it.
      return one.entries.length > 0 && (!streaming || place === final.length - 1) ? [told, progress(one)] : [told];
    });
  }

  async function store(): Promise<void> {
    await claimed.claim();
    await documents.keep();
  }

  function progress({ entries, summary }: Numbered): RunEvent {
    const { orderNumber, orderId, gross } = summary;
    const piece = entries.at(-1)?.entry.piece ?? null;
    return {
      type: 'progress',
      at: now(deps),
      step: 'write',
      done: written,
      total,
      label: orderNumber ?? orderId,
      piece,
      amount: gross,
    };
  }
}

function asWritten(one: Numbered): Numbered {
  return one.entries.length === 0 ? one : { ...one, summary: { ...one.summary, state: 'written' } };
}
