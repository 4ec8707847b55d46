import type { NumberedEntry } from '../core/entry.ts';
import { correctionOf, REVERSED } from '../core/posting/correction.ts';
import type { Preparation } from '../ledgers/ledger.ts';
import type { ReviewStore } from '../store/review-store.ts';
import type { PartRow, RunRow } from '../store/store.ts';
import { writtenParts } from './corrections.ts';
import { emptyTally } from './counts.ts';
import { letGoOfCodes } from './customer-codes.ts';
import { type Claims, claims, discard, finishDelivery, prepareDelivery } from './deliver.ts';
import type { RunDeps } from './deps.ts';
import { toItsEnd } from './end.ts';
import { entryFromJson } from './entry-json.ts';
import type { RunDocument, RunEvent, RunOutcome } from './events.ts';
import { forgetReview } from './forget-review.ts';
import { releaseLock, takeLock } from './lock.ts';
import { type Matcher, matcherOf } from './match.ts';
import { claimsOf } from './number.ts';
import { zoneOf } from './read.ts';
import { recorded } from './recorder.ts';
import { openReview } from './review.ts';
import { countsOf, documentOf, requestOf, troublesOf } from './stored.ts';
import { addToTotals, begin, done, now, type Told, type Work } from './work.ts';

type TickedRow = ReturnType<ReviewStore['ticked']> extends AsyncIterable<readonly (infer Row)[]> ? Row : never;

/** Where the writing is. Entries come in number order, so that a document's stand together. */
type Place = { readonly total: number; document: string | null };

/**
 * Writes the ticked entries of a review. Each part is looked at again: what another run has written meanwhile is taken
 * out and told, before a byte is written.
 */
export async function* writeReview(
  deps: RunDeps,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<RunEvent, RunOutcome> {
  const { profile } = await openReview(deps, id);
  await takeLock(deps, profile, id);
  try {
    const read = await openReview(deps, id); // as it stands now that nobody else can write it
    const run = { ...read, request: JSON.stringify({ ...requestOf(read), writtenBy: deps.by ?? null }) };
    await deps.store.runs.change(id, { request: run.request });
    const after = (await deps.store.runs.events(id, 0)).at(-1)?.seq ?? 0;
    const work = await workOf(deps, run, signal);
    return yield* recorded(deps, run, toItsEnd(work, { walk, undo: backToReview, state: 'written' }), after);
  } finally {
    await letGoOfCodes(deps, profile);
    await releaseLock(deps, profile, id);
  }
}

async function workOf(deps: RunDeps, run: RunRow, signal: AbortSignal): Promise<Work> {
  const stored = await deps.profiles.get(run.profile);
  const request = requestOf(run);
  return {
    deps,
    stored,
    run,
    request,
    choice: deps.ledgerFor(stored.profile, request.format),
    signal,
    tally: { ...emptyTally(), ...countsOf(run), written: 0, entries: 0, lines: 0 },
    troubles: [...troublesOf(run)],
    files: [],
    step: 'write',
    source: null,
    hook: null,
    preparation: null,
    from: run.from,
    to: run.to,
    debitMinor: 0n,
    finished: false,
  };
}

async function* walk(work: Work): Told {
  const { deps, stored, run, request, choice, signal, tally } = work;
  const { runs, review } = deps.store;
  yield [begin(work, 'write')];
  await runs.change(run.id, { state: 'writing' }); // nobody ticks anything back from here on
  yield await dropWrittenMeanwhile(work);
  const place: Place = { total: (await review.totals(run.id)).entries, document: null };
  const timeZone = zoneOf(stored, requestOf(run).timeZone);
  work.preparation = await prepareDelivery(deps, stored, run, request, choice, timeZone);
  const matcher = await matcherOf(deps, stored, choice);
  const gathered = claims(deps, work);
  for await (const rows of wholeOrders(work, matcher, review.ticked(run.id))) {
    signal.throwIfAborted();
    const told = put(work, work.preparation, rows, place, gathered);
    await gathered.claim();
    yield told;
  }
  tally.unticked = Math.max(0, tally.ready - tally.written);
  const counts = () => JSON.stringify(tally);
  const files = await finishDelivery(deps, run, work.preparation, { counts, matcher });
  work.finished = true;
  await runs.settleDocuments(run.id, run.profile);
  await forgetReview(deps, run.id);
  work.files.push(...files);
  yield files.map((file) => ({ type: 'file', at: now(deps), file }));
  yield [done(work)];
}

/** Puts ticked entries into the file and gathers their parts; what no longer fits is left out and told. */
function put(
  work: Work,
  preparation: Preparation,
  rows: readonly ReadyRow[],
  place: Place,
  gathered: Claims,
): readonly RunEvent[] {
  const { deps, tally, troubles } = work;
  const { total } = place;
  const told: RunEvent[] = [];
  for (const { number, document, part, hash, entry, summary } of rows) {
    const { added: fits, problems } = preparation.add(entry);
    if (!fits) {
      const [problem] = problems;
      const trouble = { code: problem?.code ?? ('entry.unbalanced' as const), values: problem?.values ?? {} };
      troubles.push(trouble);
      told.push({ type: 'trouble', at: now(deps), trouble });
      continue;
    }
    gathered.add(entry, claimsOf({ document, part, hash, orderId: summary.orderId, day: summary.date, number }));
    addToTotals(work, entry);
    if (document !== place.document) tally.written += 1;
    place.document = document;
    const { order: label, piece } = entry;
    const amount = summary.gross;
    told.push({ type: 'progress', at: now(deps), step: 'write', done: tally.entries, total, label, piece, amount });
  }
  return told;
}

/** A ticked entry with its document. */
type ReadyRow = Omit<TickedRow, 'entry'> & { readonly entry: NumberedEntry; readonly summary: RunDocument };

/**
 * The ticked entries, with matching codes when the profile asks for them. What an order's documents balance is seen when all
 * of them stand together: the last order of a batch waits for the next.
 */
async function* wholeOrders(
  { deps, run }: Work,
  matcher: Matcher | null,
  batches: AsyncIterable<readonly TickedRow[]>,
): AsyncGenerator<readonly ReadyRow[]> {
  let waiting: readonly ReadyRow[] = [];
  for await (const rows of batches) {
    const documents = await documentsOf(deps, run.id, rows);
    const ready = rows.map((row) => {
      const summary = documents.get(row.document);
      if (summary === undefined) throw new TypeError(`Entry ${row.number} of run ${run.id} has no document`);
      return { ...row, entry: entryFromJson(row.entry, row.number), summary };
    });
    if (matcher === null) {
      yield ready;
      continue;
    }
    const all = [...waiting, ...ready];
    const last = all.at(-1)?.summary.orderId;
    const end = all.findLastIndex(({ summary }) => summary.orderId !== last) + 1;
    waiting = all.slice(end);
    if (end > 0) yield await withCodes(matcher, all.slice(0, end));
  }
  if (matcher !== null && waiting.length > 0) yield await withCodes(matcher, waiting);
}

async function withCodes(matcher: Matcher, rows: readonly ReadyRow[]): Promise<readonly ReadyRow[]> {
  const documents: { orderId: string; document: string; entries: NumberedEntry[] }[] = [];
  for (const { document, summary, entry } of rows) {
    const last = documents.at(-1);
    if (last?.document === document) last.entries.push(entry);
    else documents.push({ orderId: summary.orderId, document, entries: [entry] });
  }
  const entries = (await matcher.match(documents)).flat();
  return rows.map((row, index) => ({ ...row, entry: entries[index] ?? row.entry }));
}

/** Unticks what another run has written, or somebody excluded, since this review was read. */
async function dropWrittenMeanwhile({ deps, run, troubles }: Work): Promise<readonly RunEvent[]> {
  const { parts, review, runs } = deps.store;
  let dropped = 0;
  for await (const rows of review.ticked(run.id)) {
    const keys = rows.map(({ document }) => document);
    const known = await parts.of(run.profile, keys);
    const gone: TickedRow[] = [];
    for (const row of rows) {
      const parts = known.get(row.document) ?? [];
      const isGone = row.correction === null ? writtenMeanwhile(row, parts) : !(await stillCorrects(deps, row, parts));
      if (isGone) gone.push(row);
    }
    if (gone.length === 0) continue;
    dropped += gone.length;
    const numbers = gone.map(({ number }) => number);
    await review.drop(run.id, numbers);
  }
  if (dropped === 0) return [];
  const trouble = { code: 'run.written-meanwhile' as const, values: { count: String(dropped) } };
  troubles.push(trouble);
  await runs.change(run.id, { troubles: JSON.stringify(troubles) });
  return [{ type: 'trouble', at: now(deps), trouble }];
}

function writtenMeanwhile(row: TickedRow, known: readonly PartRow[]): boolean {
  return known.some(({ part, state, hash }) =>
    state === 'excluded'
      ? part === 'document'
      : state === 'transferred' && hash !== REVERSED && part === row.part && !row.again,
  );
}

/** A correction cancels what was written last: another run may have corrected, or written again, since it was proposed. */
async function stillCorrects({ store }: RunDeps, row: TickedRow, known: readonly PartRow[]): Promise<boolean> {
  const of = correctionOf(row.part)?.of ?? row.part;
  const nth = row.correction ?? 0;
  if (nth === 0) return !writtenMeanwhile(row, known); // a payment that goes with a correction: whoever made that wrote this too
  const now = (await writtenParts(store, known)).get(of);
  if (now === undefined || now.nth !== nth) return false;
  if (of === row.part) return true; // its reversal, unticked together with it, is looked at as well
  const { lines } = entryFromJson(row.entry, row.number);
  return now.entry.lines.every(({ amount }, place) => amount.minor === -(lines[place]?.amount.minor ?? 0n));
}

/** Nothing was written: the review is as it was, and can be written again once the cause is mended. */
async function backToReview({ deps, run, preparation }: Work): Promise<void> {
  const { debitMinor, creditMinor } = run;
  await discard(preparation);
  await deps.store.parts.release(run.id);
  const before = { state: 'review', endedAt: null, troubles: run.troubles, file: null, debitMinor, creditMinor };
  await deps.store.runs.change(run.id, before);
}

async function documentsOf(
  deps: RunDeps,
  run: string,
  rows: readonly TickedRow[],
): Promise<ReadonlyMap<string, RunDocument>> {
  const keys = new Set(rows.map(({ document }) => document));
  const found = await deps.store.runs.documentsByKey(run, [...keys]);
  return new Map(found.map((row) => [row.key, documentOf(row)]));
}
