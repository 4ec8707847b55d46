import { dayIn } from '../core/calendar.ts';
import { currencyOf, moneyText } from '../core/money.ts';
import { Failure } from '../core/problem.ts';
import type { Preparation } from '../ledgers/ledger.ts';
import { bookSettings } from '../profiles/settings.ts';
import type { DocumentRow, RunRow } from '../store/store.ts';
import { analyse } from './analyse.ts';
import { emptyTally, type Tally } from './counts.ts';
import { claim, discard, finishDelivery, prepareDelivery } from './deliver.ts';
import type { RunDeps } from './deps.ts';
import { entryFromJson } from './entry-json.ts';
import type { DocumentState, RunDocument, RunEvent, RunFile, RunOutcome, RunTrouble } from './events.ts';
import { documentOfKept } from './kept-document.ts';
import { releaseLock, takeLock } from './lock.ts';
import { type Counter, type Numbered, numberDocument } from './number.ts';
import { zoneOf } from './read.ts';
import { reviewRows } from './review-rows.ts';
import { recorded, troubleOf } from './run.ts';
import { countsOf, documentOf, isWaiting, requestOf } from './stored.ts';
import type { Told } from './work.ts';

/** Documents rebuilt or rewritten together. */
const LOT = 500;

/** The run of an open review; a `Failure` when it was written or closed meanwhile. */
export async function openReview(deps: RunDeps, id: string): Promise<RunRow> {
  const run = await deps.store.runs.get(id);
  if (run?.state !== 'review') throw new Failure('run.review-closed', { run: id });
  return run;
}

/**
 * Writes the ticked entries of a review. Each part is looked at again: what another run has written meanwhile is taken
 * out and told, before a byte is written.
 */
export async function* writeReview(
  deps: RunDeps,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<RunEvent, RunOutcome> {
  const run = await openReview(deps, id);
  await takeLock(deps, run.profile, run.id);
  try {
    const after = (await deps.store.runs.events(id, 0)).at(-1)?.seq ?? 0;
    return yield* recorded(deps, run, write(deps, await openReview(deps, id), signal), after);
  } finally {
    await releaseLock(deps, run.profile, run.id);
  }
}

async function* write(deps: RunDeps, run: RunRow, signal: AbortSignal): Told<RunOutcome> {
  const stored = await deps.profiles.get(run.profile);
  const request = requestOf(run);
  const choice = deps.ledgerFor(stored.profile, request.format);
  const tally: Tally = { ...emptyTally(), ...countsOf(run), entries: 0, lines: 0 };
  const troubles: RunTrouble[] = [];
  let preparation: Preparation | null = null;
  let finished = false;
  let debitMinor = 0n;
  const at = () => new Date(deps.now()).toISOString();
  try {
    yield [{ type: 'step', at: at(), step: 'write', state: 'begin', counts: { ...tally }, trouble: null }];
    const dropped = await dropWrittenMeanwhile(deps, run);
    if (dropped > 0) {
      const trouble: RunTrouble = { code: 'run.written-meanwhile', values: { count: String(dropped) } };
      troubles.push(trouble);
      yield [{ type: 'trouble', at: at(), trouble }];
      await deps.store.runs.change(run.id, { troubles: JSON.stringify(troubles) });
    }
    const { entries: total } = await deps.store.review.totals(run.id);
    preparation = await prepareDelivery(deps, stored, run, request, choice, zoneOf(stored, request.timeZone));
    const writtenKeys = new Set<string>();
    for await (const rows of deps.store.review.ticked(run.id)) {
      signal.throwIfAborted();
      const summaries = await summariesOf(
        deps,
        run.id,
        rows.map(({ document }) => document),
      );
      const marks = [];
      const told: RunEvent[] = [];
      for (const row of rows) {
        const entry = entryFromJson(row.entry, row.number);
        const { added, problems } = preparation.add(entry);
        const summary = summaries.get(row.document);
        if (!added || !summary) {
          const code = problems[0]?.code ?? 'entry.unbalanced';
          told.push({ type: 'trouble', at: at(), trouble: { code, values: problems[0]?.values ?? {} } });
          continue;
        }
        marks.push({
          document: row.document,
          part: row.part,
          hash: row.hash,
          orderId: summary.orderId,
          day: summary.date,
        });
        writtenKeys.add(row.document);
        tally.entries += 1;
        tally.lines += entry.lines.length;
        for (const { amount } of entry.lines) if (amount.minor > 0n) debitMinor += amount.minor;
        told.push({
          type: 'progress',
          at: at(),
          step: 'write',
          done: tally.entries,
          total,
          label: entry.order,
          piece: entry.piece,
          amount: summary.gross,
        });
      }
      await claim(deps, run, marks);
      yield told;
    }
    tally.written = writtenKeys.size;
    tally.unticked = Math.max(0, tally.ready - tally.written);
    const file = await finishDelivery(deps, run, preparation, () => JSON.stringify(tally));
    finished = true;
    await deps.store.runs.settleDocuments(run.id, run.profile);
    await forget(deps, run.id);
    if (file) yield [{ type: 'file', at: at(), file }];
    yield [{ type: 'step', at: at(), step: 'write', state: 'ok', counts: { ...tally }, trouble: null }];
    return outcome({ run, tally, debitMinor, state: 'written', troubles, files: file ? [file] : [] });
  } catch (error) {
    if (finished) throw error; // the file is delivered: only what follows it failed
    const trouble = troubleOf(signal.aborted ? new Failure('run.cancelled', {}, { cause: error }) : error);
    yield [{ type: 'step', at: at(), step: 'write', state: 'failed', counts: { ...tally }, trouble }];
    await backToReview(deps, run, preparation);
    finished = true;
    if (!(error instanceof Failure) && !signal.aborted) throw error; // a fault of the programme: the caller logs it
    return outcome({
      run,
      tally: { ...tally, written: 0 },
      debitMinor: 0n,
      state: signal.aborted ? 'cancelled' : 'failed',
      troubles: [trouble],
      files: [],
    });
  } finally {
    if (!finished) await backToReview(deps, run, preparation);
  }
}

/** Nothing was written: the review is as it was, and can be written again once the cause is mended. */
async function backToReview(deps: RunDeps, run: RunRow, preparation: Preparation | null): Promise<void> {
  await discard(preparation);
  await deps.store.parts.release(run.id);
  await deps.store.runs.change(run.id, {
    state: 'review',
    endedAt: null,
    troubles: '[]',
    file: null,
    debitMinor: run.debitMinor,
    creditMinor: run.creditMinor,
  });
}

/** Unticks what another run has written, or somebody excluded, since this review was read; how many entries. */
export async function dropWrittenMeanwhile(deps: RunDeps, run: RunRow): Promise<number> {
  let dropped = 0;
  for await (const rows of deps.store.review.ticked(run.id)) {
    const known = await deps.store.parts.of(
      run.profile,
      rows.map(({ document }) => document),
    );
    const details = new Map(
      (
        await deps.store.review.entries(
          run.id,
          rows.map(({ number }) => number),
        )
      ).map((row) => [row.number, row]),
    );
    const gone = rows.filter(({ document, part, number }) => {
      const parts = known.get(document) ?? [];
      if (parts.some((row) => row.part === 'document' && row.state === 'excluded')) return true;
      return parts.some((row) => row.part === part && row.state === 'transferred') && !details.get(number)?.again;
    });
    if (gone.length === 0) continue;
    dropped += gone.length;
    await deps.store.review.tick(
      run.id,
      gone.map(({ number }) => number),
      false,
    );
  }
  return dropped;
}

/**
 * Posts again the documents that wait, with the profile as it is saved now; the shop is not asked. Answers how many
 * documents have entries that had none, or more than before.
 */
export async function rebuildReview(deps: RunDeps, id: string): Promise<{ readonly released: number }> {
  const run = await openReview(deps, id);
  const waiting: DocumentRow[] = [];
  for (let offset = 0; ; offset += LOT) {
    const { rows } = await deps.store.runs.documents(id, { states: null, problems: true, offset, limit: LOT });
    waiting.push(...rows);
    if (rows.length < LOT) break;
  }
  return rebuild(deps, run, waiting);
}

async function rebuild(
  deps: RunDeps,
  run: RunRow,
  rows: readonly DocumentRow[],
): Promise<{ readonly released: number }> {
  const stored = await deps.profiles.get(run.profile);
  const request = requestOf(run);
  const inspect = deps.ledgerFor(stored.profile, request.format).ledger.inspector();
  const settings = bookSettings(stored.profile, {
    today: dayIn(request.timeZone ?? 'UTC', Date.parse(run.startedAt)),
    ...(request.shopName === null ? {} : { shopName: request.shopName }),
  });
  const counter: Counter = { number: (await deps.store.review.maxNumber(run.id)) + 1, seq: 0 };
  let released = 0;
  for (let start = 0; start < rows.length; start += LOT) {
    const lot = rows.slice(start, start + LOT).filter((row) => row.canonical !== null && !isSecond(row));
    const known = await deps.store.parts.of(
      run.profile,
      lot.map(({ key }) => key),
    );
    const transferred = await deps.store.parts.salesTransferred(
      run.profile,
      lot.map((row) => documentOf(row).orderId),
    );
    const again: Numbered[] = [];
    for (const row of lot) {
      const document = documentOfKept(row.canonical ?? '');
      const analysed = analyse(
        { state: 'read', document, raw: null },
        {
          settings,
          includeTransferred: request.includeTransferred,
          onlyTransferredOrders: stored.profile.reading.creditNotes === 'transferred',
          known: known.get(row.key) ?? [],
          saleTransferred: transferred.has(document.order.id),
        },
      );
      const waited = documentOf(row).reasons.some(isWaiting);
      const numbered = { ...numberDocument(analysed, counter, inspect), seq: row.seq };
      const waits = numbered.summary.reasons.some(isWaiting);
      if (waited && !waits) released += 1;
      again.push(numbered);
      await deps.store.runs.changeDocument(run.id, row.seq, {
        state: numbered.summary.state,
        problem: waits,
        summary: JSON.stringify(numbered.summary),
      });
    }
    await deps.store.review.replace(
      run.id,
      again.map(({ summary }) => summary.key),
      reviewRows(again),
    );
  }
  await deps.store.review.renumber(run.id, stored.profile.entries.firstNumber);
  await recountReview(deps, run);
  return { released };
}

/** The second of one key in a read waits for a person, whatever the mapping says. */
function isSecond(row: DocumentRow): boolean {
  return documentOf(row).reasons.some(({ code }) => code === 'document.key-conflict');
}

/** Keeps documents out for good, with a reason; they leave the review. */
export async function excludeDocuments(
  deps: RunDeps,
  id: string,
  keys: readonly string[],
  reason: string,
): Promise<void> {
  const run = await openReview(deps, id);
  const rows = await deps.store.runs.documentsByKey(id, keys);
  const at = new Date(deps.now()).toISOString();
  const documents = rows.map((row) => ({ key: row.key, orderId: documentOf(row).orderId }));
  await deps.store.parts.exclude(run.profile, documents, at, reason);
  await rebuild(deps, run, rows);
}

/** Undoes an exclusion: the documents come back as they were read. */
export async function includeDocuments(deps: RunDeps, id: string, keys: readonly string[]): Promise<void> {
  const run = await openReview(deps, id);
  await deps.store.parts.include(run.profile, keys, new Date(deps.now()).toISOString());
  await rebuild(deps, run, await deps.store.runs.documentsByKey(id, keys));
}

/** Leaves a review without writing; nothing of it is kept but its log and summaries. */
export async function closeReview(deps: RunDeps, id: string): Promise<void> {
  const run = await openReview(deps, id);
  await deps.store.runs.change(run.id, { state: 'closed', endedAt: new Date(deps.now()).toISOString() });
  await forget(deps, id);
}

async function recountReview(deps: RunDeps, run: RunRow): Promise<void> {
  const states = await deps.store.runs.countDocuments(run.id);
  const { entries, lines, debitMinor, creditMinor } = await deps.store.review.totals(run.id);
  const of = (state: DocumentState) => states[state] ?? 0;
  const tally: Tally = {
    ...emptyTally(),
    read: Object.values(states).reduce((sum, count) => sum + count, 0),
    ready: of('ready'),
    held: of('held'),
    excluded: of('excluded'),
    alreadyTransferred: of('already'),
    entries,
    lines,
  };
  await deps.store.runs.change(run.id, {
    counts: JSON.stringify(tally),
    debitMinor,
    creditMinor,
  });
}

async function summariesOf(
  deps: RunDeps,
  run: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, RunDocument>> {
  const rows = await deps.store.runs.documentsByKey(run, [...new Set(keys)]);
  return new Map(rows.map((row) => [row.key, documentOf(row)]));
}

async function forget(deps: RunDeps, run: string): Promise<void> {
  await deps.store.review.forget(run);
  await deps.store.runs.forgetCanonical(run);
}

function outcome(end: {
  run: RunRow;
  tally: Tally;
  debitMinor: bigint;
  state: RunOutcome['run']['state'];
  troubles: readonly RunTrouble[];
  files: readonly RunFile[];
}): RunOutcome {
  const { run, tally, troubles, files, state } = end;
  const total = moneyText({ minor: end.debitMinor, currency: currencyOf(run.currency) });
  return {
    run: { id: run.id, profile: run.profile, kind: run.kind, from: run.from, to: run.to, state },
    counts: { ...tally },
    totals: { debit: total, credit: total },
    troubles,
    files,
  };
}
