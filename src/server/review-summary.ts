import type { ProblemGroup, Review } from '../api/review.ts';
import { add, type Decimal, decimalText, parseDecimal, ZERO } from '../core/decimal.ts';
import { rateItem } from '../core/mapping.ts';
import { currencyOf, moneyText } from '../core/money.ts';
import type { Problem } from '../core/problem.ts';
import { fileNames } from '../profiles/file-names.ts';
import type { Profile, StoredProfile } from '../profiles/profile.ts';
import { documentOfKept } from '../runs/kept-document.ts';
import { controlOf, documentOf, isWaiting } from '../runs/stored.ts';
import type { DocumentRow, RunRow } from '../store/store.ts';
import type { Services } from './app.ts';
import { causeOf, reasonOf, tellsMore } from './causes.ts';
import { cureOf, journalsOf } from './cures.ts';
import { DOCUMENT_TABS } from './review-rows.ts';
import { profileSummary, runSummary } from './summaries.ts';

const LOT = 500;
const MAX_NAMED = 20;
/** Documents whose VAT is added up for a cause; beyond, the amount is not told. */
const MAX_SUMMED = 500;
/** Causes told one by one; they come most documents first, so the rest are the smallest. */
const MAX_GROUPS = 500;

/** The question about problems, which ticks do not change. */
export const PROBLEMS = 'problems';

/** The list of entries as a whole: what it counts, what it totals, what stops it, where it would go. */
export async function reviewOf(services: Services, run: RunRow, stored: StoredProfile): Promise<Review> {
  return services.reviews.remember(run.id, 'review', () => makeReview(services, run, stored));
}

async function makeReview(services: Services, run: RunRow, stored: StoredProfile): Promise<Review> {
  const { app } = services;
  const { store } = app.deps;
  const { profile } = stored;
  const currency = currencyOf(run.currency, run.decimals);
  const [totals, toMend, excluded, already] = await Promise.all([
    store.review.totals(run.id),
    countOf('to-mend'),
    countOf('excluded'),
    countOf('already'),
  ]);
  const foreign = (await store.review.counted(run.id, 'currency')).some(({ value }) => value !== run.currency);
  const ledger = app.ledgers.find(({ id }) => id === profile.ledger.type);
  return {
    run: runSummary(run, app.ledgers),
    profile: profileSummary(run.profile, stored, app),
    tabs: {
      toMend,
      ready: totals.entries,
      unticked: totals.untickedEntries,
      excluded,
      already,
      all: toMend + totals.all + excluded + already,
    },
    totals: {
      entries: totals.entries,
      lines: totals.lines,
      debit: moneyText({ minor: totals.debitMinor, currency }),
      credit: moneyText({ minor: totals.creditMinor, currency }),
      balanced: totals.debitMinor === totals.creditMinor,
      untickedEntries: totals.untickedEntries,
      untickedCorrections: totals.untickedCorrections,
    },
    problems: await services.reviews.remember(run.id, PROBLEMS, () => problemGroups(services, run, profile)),
    control: controlOf(run),
    columns: {
      foreign,
      inCurrency: foreign && profile.entries.inCurrency,
      vatGrid: hasGrids(profile),
      section: profile.entries.analytics || profile.entries.analyticsForCarriers,
      paymentMode: [profile.mappings.payments.default, ...profile.mappings.payments.exceptions].some(
        ({ paymentMode }) => paymentMode !== null,
      ),
    },
    destination: {
      fileName: nameShown(run, profile, ledger?.extension ?? 'txt'),
      formatName: ledger?.name ?? profile.ledger.type,
      policy: profile.ledger.policy,
    },
    payments: await store.review.counted(run.id, 'payment'),
    journals: [
      ...new Set([
        ...(await store.review.counted(run.id, 'journal')).map(({ value }) => value),
        ...journalsOf(profile),
      ]),
    ],
  };

  async function countOf(tab: keyof typeof DOCUMENT_TABS): Promise<number> {
    return (await store.runs.documents(run.id, { ...DOCUMENT_TABS[tab], offset: 0, limit: 0 })).total;
  }
}

/** The name of the file to come; of several, with what they will not have in common left open. */
function nameShown({ profile: id, kind, from, to }: RunRow, profile: Profile, extension: string): string {
  const { type, split, zip } = profile.ledger;
  const named = { profile: id, kind: kind === 'sales' ? 'sales' : 'creditNotes', from, to, stamp: '' } as const;
  const { fileName, nameOf, zipName } = fileNames(profile, named, { format: type, extension });
  if (zip) return zipName;
  if (split === 'none' || split === 'fiscalYear') return fileName;
  return nameOf({ journal: '…', month: '…', fiscalYear: null, ordinal: 1 });
}

type Gathered = {
  problem: Problem;
  readonly documents: { readonly key: string; readonly order: string }[];
  readonly keys: string[];
  count: number;
  held: number;
  released: number;
  amount: Decimal | null;
};

/** One line per cause, most documents first. */
async function problemGroups(services: Services, run: RunRow, profile: Profile): Promise<readonly ProblemGroup[]> {
  const { app } = services;
  const groups = new Map<string, Gathered>();
  for await (const row of toMend(services, run)) gather(groups, row);
  const sorted = [...groups].sort(([, a], [, b]) => b.count - a.count).slice(0, MAX_GROUPS);
  const told: ProblemGroup[] = [];
  for (const [id, group] of sorted) {
    const { problem, documents, keys, count, held, released } = group;
    const vat =
      problem.code === 'mapping.no-vat-account' ? await vatOf(app.deps.store.runs, run, keys, problem.values) : null;
    const amount = vat ?? group.amount;
    told.push({
      id,
      reason: reasonOf(problem),
      documents,
      documentCount: count,
      heldDocuments: held,
      releasedDocuments: released,
      amount: amount === null ? null : decimalText(amount, 2),
      cure: cureOf(problem, profile),
    });
  }
  return told;
}

/** The documents that a cause holds, all of them: what the group names is only the first. */
export async function keysHeldBy(services: Services, run: RunRow, cause: string): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const row of toMend(services, run)) {
    if (row.state !== 'held') continue;
    if (documentOf(row).reasons.some((problem) => isWaiting(problem) && causeOf(problem) === cause)) keys.push(row.key);
  }
  return keys;
}

async function* toMend({ app }: Services, run: RunRow): AsyncGenerator<DocumentRow> {
  for (let offset = 0; ; offset += LOT) {
    const { rows } = await app.deps.store.runs.documents(run.id, { ...DOCUMENT_TABS['to-mend'], offset, limit: LOT });
    yield* rows;
    if (rows.length < LOT) break;
  }
}

function gather(groups: Map<string, Gathered>, row: DocumentRow): void {
  const document = documentOf(row);
  const order = document.creditNoteNumber ?? document.orderNumber ?? document.orderId;
  const waiting = document.reasons.filter(isWaiting);
  // A payment that waits does not hold its sale: mending what holds the sale frees it.
  const holding = waiting.filter(({ severity }) => severity === 'hold');
  const alone = new Set((holding.length > 0 ? holding : waiting).map(causeOf));
  const seen = new Set<string>();
  for (const problem of waiting) {
    const cause = causeOf(problem);
    const group = groups.get(cause) ?? {
      problem,
      documents: [],
      keys: [],
      count: 0,
      held: 0,
      released: 0,
      amount: null,
    };
    groups.set(cause, group);
    if (tellsMore(problem, group.problem)) group.problem = problem;
    const amount = problem.code === 'mapping.unknown-payment' ? parseDecimal(problem.values.amount ?? '') : null;
    if (amount !== null) group.amount = add(group.amount ?? ZERO, amount);
    if (seen.has(cause)) continue;
    seen.add(cause);
    group.count += 1;
    if (row.state === 'held') group.held += 1;
    if (row.state === 'held' && alone.size === 1 && alone.has(cause)) group.released += 1;
    if (group.documents.length < MAX_NAMED) group.documents.push({ key: row.key, order });
    if (group.keys.length <= MAX_SUMMED) group.keys.push(row.key);
  }
}

/** The VAT that a missing account keeps back, as the shop states it; null when it is too much to add or mixes currencies. */
async function vatOf(
  runs: Services['app']['deps']['store']['runs'],
  run: RunRow,
  keys: readonly string[],
  { rate }: Problem['values'],
): Promise<Decimal | null> {
  if (keys.length > MAX_SUMMED) return null;
  let total = ZERO;
  for (const { canonical } of await runs.documentsByKey(run.id, keys)) {
    if (canonical === null) return null;
    const document = documentOfKept(canonical);
    if (document.currency.code !== run.currency) return null;
    for (const tax of document.lines.flatMap(({ taxes }) => taxes))
      if (rateItem(tax.rate) === rate) total = add(total, tax.amount);
  }
  return total;
}

function hasGrids({ mappings: { taxes, otherTaxes } }: Profile): boolean {
  const rows = [taxes, otherTaxes].flatMap((mapping) => [mapping.default, ...mapping.exceptions]);
  return rows.some(({ grid, creditGrid }) => grid !== null || creditGrid !== null);
}
