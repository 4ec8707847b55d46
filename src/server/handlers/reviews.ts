import type { RunSummary } from '../../api/api.ts';
import type {
  ExcludeAnswer,
  ExcludeRequest,
  IncludeRequest,
  MendAnswer,
  MendRequest,
  Review,
  ReviewGroups,
  ReviewRows,
  TickRequest,
  Why,
} from '../../api/review.ts';
import { currencyOf, moneyText } from '../../core/money.ts';
import type { LateAnswer } from '../../core/posting/late.ts';
import { Failure } from '../../core/problem.ts';
import { translate } from '../../i18n/translate.ts';
import type { StoredProfile } from '../../profiles/profile.ts';
import type { GroupBy } from '../../store/review-groups.ts';
import type { RunRow } from '../../store/store.ts';
import type { Services } from '../app.ts';
import { attached, XLSX } from '../attached.ts';
import { entriesCsv, entriesXlsx } from '../entries-table.ts';
import { mended } from '../mend.ts';
import { Refusal } from '../refusal.ts';
import { queryFromAddress } from '../review-query.ts';
import { matched, matchesAll, nameOf, reviewRows } from '../review-rows.ts';
import { keysHeldBy, PROBLEMS, reviewOf } from '../review-summary.ts';
import { runSummary } from '../summaries.ts';
import { whyOf } from '../why.ts';
import { spokenIn } from './languages.ts';
import { rowOf, validated } from './profiles.ts';
import { runOf } from './runs.ts';

/** Times a mend is tried again when somebody saves the profile at the same moment. */
const MAX_SAVES = 3;

export async function review(services: Services, id: string): Promise<Review> {
  const { run, stored } = await openReview(services, id);
  return reviewOf(services, run, stored);
}

export async function rows(services: Services, id: string, address: string): Promise<ReviewRows> {
  const { run, stored } = await openReview(services, id);
  return reviewRows(services, run, queryFromAddress(new URL(address).searchParams), stored.profile.chart.accounts);
}

/** All entries of a query with a sub-total for each value. */
export async function groups(services: Services, id: string, by: GroupBy, address: string): Promise<ReviewGroups> {
  const { run, stored } = await openReview(services, id);
  const { numbers } = await matched(services, run, queryFromAddress(new URL(address).searchParams));
  const found = await services.app.deps.store.review.groups(run.id, by, numbers);
  const currency = currencyOf(run.currency, run.decimals);
  const money = (minor: bigint) => moneyText({ minor, currency });
  const { accounts } = stored.profile.chart;
  return {
    rows: found.map(({ value, entries, lines, debitMinor, creditMinor }) => ({
      ...{ value, name: by === 'account' ? nameOf(value, accounts) : null, entries, lines },
      ...{ debit: money(debitMinor), credit: money(creditMinor) },
    })),
    total: {
      entries: numbers.length,
      lines: found.reduce((sum, { lines }) => sum + lines, 0),
      debit: money(found.reduce((sum, { debitMinor }) => sum + debitMinor, 0n)),
      credit: money(found.reduce((sum, { creditMinor }) => sum + creditMinor, 0n)),
    },
  };
}

/** All entries of a query as a file for a spreadsheet, made while it is sent. */
export async function csv(services: Services, id: string, lang: string, address: string): Promise<Response> {
  const { run } = await openReview(services, id);
  const language = spokenIn(services, lang);
  const lines = entriesCsv(services, run, queryFromAddress(new URL(address).searchParams), language);
  const { value: head } = await lines.next(); // what the query asks wrongly is told as an answer
  return attached(
    `${translate(language, `ui.export.name.${run.kind}`)}-${run.id}.csv`,
    'text/csv; charset=utf-8',
    all(),
  );

  async function* all(): AsyncGenerator<string> {
    yield head ?? '';
    yield* lines;
  }
}

export async function why(services: Services, id: string, number: string, line: string): Promise<Why> {
  const { run, stored } = await openReview(services, id);
  if (!/^\d{1,9}$/.test(number) || !/^\d{1,6}$/.test(line))
    throw new Refusal(404, 'review.unknown-line', { number, line });
  return whyOf(services, run, { number: Number(number), line: Number(line), accounts: stored.profile.chart.accounts });
}

/** The same as a workbook, with numbers and dates as such. */
export async function workbook(services: Services, id: string, lang: string, address: string): Promise<Response> {
  const { run } = await openReview(services, id);
  const language = spokenIn(services, lang);
  const body = await entriesXlsx(services, run, queryFromAddress(new URL(address).searchParams), language);
  return attached(`${translate(language, `ui.export.name.${run.kind}`)}-${run.id}.xlsx`, XLSX, body);
}

/** A tick on a line acts on its whole entry, since half an entry cannot be written. */
export async function tick(
  services: Services,
  id: string,
  { ticked, numbers, range, query }: TickRequest,
): Promise<Review> {
  const { run } = await openReview(services, id);
  const { store } = services.app.deps;
  if (query !== undefined && matchesAll(query)) await store.review.tick(id, null, ticked);
  else {
    const found = query === undefined ? [] : (await matched(services, run, query)).numbers;
    const wanted = new Set([...found, ...(numbers ?? [])]);
    if (range !== undefined) for (const number of await numbersBetween(services, run, range)) wanted.add(number);
    await store.review.tick(id, [...wanted], ticked);
  }
  services.reviews.touch(id, PROBLEMS);
  return review(services, id);
}

/** Left out for good, with a reason; `include` undoes it. */
export async function exclude(services: Services, id: string, asked: ExcludeRequest): Promise<ExcludeAnswer> {
  const { run } = await openReview(services, id);
  const { deps, runs } = services.app;
  const keys = await keysOf(services, run, asked);
  const { excluded, at } = await runs.excludeDocuments(deps, id, keys, asked.reason);
  services.reviews.touch(id);
  return { excluded, undo: at, review: await review(services, id) };
}

async function keysOf(services: Services, run: RunRow, asked: ExcludeRequest): Promise<readonly string[]> {
  if ('keys' in asked) return asked.keys;
  return 'cause' in asked
    ? keysHeldBy(services, run, asked.cause)
    : (await matched(services, run, asked.query)).documents;
}

export async function include(services: Services, id: string, asked: IncludeRequest): Promise<Review> {
  await openReview(services, id);
  const { deps, runs } = services.app;
  if ('keys' in asked) await runs.includeDocuments(deps, id, asked.keys);
  else await runs.undoExclusion(deps, id, asked.undo);
  services.reviews.touch(id);
  return review(services, id);
}

/** The rule goes into the profile, which is validated and saved; then what it concerns is posted again, without the shop. */
export async function mend(services: Services, id: string, request: MendRequest): Promise<MendAnswer> {
  const { run } = await openReview(services, id);
  const { deps, runs } = services.app;
  const { released } = await runs.rebuildReview(deps, id, () => saveMended(services, run.profile, request));
  services.reviews.touch(id);
  return { released, review: await review(services, id) };
}

export async function late(services: Services, id: string, answer: LateAnswer): Promise<MendAnswer> {
  await openReview(services, id);
  const { released } = await services.app.runs.answerLate(services.app.deps, id, answer);
  services.reviews.touch(id);
  return { released, review: await review(services, id) };
}

export async function write(services: Services, id: string): Promise<RunSummary> {
  const { run } = await openReview(services, id);
  const { app, live, reviews } = services;
  await live.start(run.profile, id, (signal) => app.runs.writeReview(app.deps, id, signal));
  reviews.touch(id);
  return runSummary(await runOf(services, id), app.ledgers);
}

export async function close(services: Services, id: string): Promise<RunSummary> {
  await openReview(services, id);
  await services.app.runs.closeReview(services.app.deps, id);
  services.reviews.touch(id);
  return runSummary(await runOf(services, id), services.app.ledgers);
}

async function openReview(
  services: Services,
  id: string,
): Promise<{ readonly run: RunRow; readonly stored: StoredProfile }> {
  const run = await runOf(services, id);
  if (run.state !== 'review') throw new Failure('run.review-closed', { run: id });
  return { run, stored: await services.app.deps.profiles.get(run.profile) };
}

async function numbersBetween(
  services: Services,
  run: RunRow,
  { from, to }: { readonly from: number; readonly to: number },
) {
  const { store } = services.app.deps;
  const [min, max] = from <= to ? [BigInt(from), BigInt(to)] : [BigInt(to), BigInt(from)];
  const filter = {
    ticked: null,
    text: '',
    conditions: [{ column: 'number', test: 'between', min, max }],
    sort: { column: 'number', descending: false },
  } as const;
  return (await store.review.find(run.id, filter)).numbers;
}

async function saveMended(services: Services, profile: string, request: MendRequest): Promise<void> {
  const { store, now } = services.app.deps;
  for (let attempt = 1; attempt <= MAX_SAVES; attempt += 1) {
    const row = await rowOf(services, profile);
    const document = mended(JSON.parse(row.document), request);
    validated(services, document);
    const change = { document: JSON.stringify(document), revision: row.revision, at: new Date(now()).toISOString() };
    if (await store.profiles.save(profile, change)) return;
  }
  throw new Refusal(409, 'profile.changed', { profile });
}
