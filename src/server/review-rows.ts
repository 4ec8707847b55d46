import type { Reason, RunDocumentRow } from '../api/api.ts';
import type { ReviewQuery, ReviewRow, ReviewRows } from '../api/review.ts';
import { decimalText } from '../core/decimal.ts';
import { creditOf, debitOf, type EntryLine, type NumberedEntry } from '../core/entry.ts';
import { type Currency, currencyOf, moneyText } from '../core/money.ts';
import { correctionOf } from '../core/posting/correction.ts';
import { entryFromJson } from '../runs/entry-json.ts';
import type { KeptEntry, ReviewFilter } from '../store/review-store.ts';
import type { RunRow } from '../store/store.ts';
import type { Services } from './app.ts';
import { documentMatches, filterOf, isFiltered, type Tab, tabOf } from './review-query.ts';
import { documentSummary } from './summaries.ts';

/**
 * The rows of a review, in windows. A query is answered once as sections (documents to mend, entries, documents left
 * out); a window then cuts through them by place, so that the browser's scroll bar is honest at 100 000 rows.
 */
type Section =
  | {
      readonly type: 'documents';
      readonly total: number;
      readonly fetch: (offset: number, limit: number) => Promise<readonly RunDocumentRow[]>;
    }
  | {
      readonly type: 'entries';
      readonly total: number;
      readonly numbers: readonly number[];
      readonly ends: Uint32Array;
    };

type Plan = {
  readonly sections: readonly Section[];
  readonly total: number;
  readonly entries: number;
  readonly documents: readonly string[];
  readonly debitMinor: bigint;
  readonly creditMinor: bigint;
};

/** States of documents of the tabs that hold documents, not entries. */
export const DOCUMENT_TABS = {
  'to-mend': { states: ['held', 'ready', 'unticked', 'written'], problems: true },
  excluded: { states: ['excluded'], problems: false },
  already: { states: ['already'], problems: false },
} as const;

/** Documents read at a time when a filter has to look at each. */
const LOT = 2000;

export async function reviewRows(
  services: Services,
  run: RunRow,
  query: ReviewQuery,
  accounts: Readonly<Record<string, string>>,
): Promise<ReviewRows> {
  const currency = currencyOf(run.currency, run.decimals);
  const plan = await planFor(services, run, query);
  const rows: ReviewRow[] = [];
  let start = 0;
  for (const section of plan.sections) {
    const from = Math.max(0, query.offset - start);
    const to = Math.min(section.total, query.offset + query.limit - start);
    if (from < to) {
      if (section.type === 'documents') rows.push(...(await section.fetch(from, to - from)).map(documentRow));
      else rows.push(...(await entryRows(services, run, section, { from, to, query, accounts })));
    }
    start += section.total;
  }
  return {
    total: plan.total,
    entries: plan.entries,
    documents: plan.documents.length,
    debit: moneyText({ minor: plan.debitMinor, currency }),
    credit: moneyText({ minor: plan.creditMinor, currency }),
    offset: query.offset,
    rows,
  };
}

/** The entries a query matches, whatever the window, in its order, and the documents they come from. */
export async function matched(
  services: Services,
  run: RunRow,
  query: ReviewQuery,
): Promise<{ readonly numbers: readonly number[]; readonly documents: readonly string[] }> {
  const { sections, documents } = await planFor(services, run, query);
  return { documents, numbers: sections.flatMap((section) => (section.type === 'entries' ? section.numbers : [])) };
}

/** Whether a query matches all of the review. */
export function matchesAll(query: ReviewQuery): boolean {
  return tabOf(query) === 'all' && !isFiltered(query);
}

async function planFor(services: Services, run: RunRow, query: ReviewQuery): Promise<Plan> {
  const { tab, q, filters, sort, flat, folded } = query;
  const question = JSON.stringify([tab, q, Object.entries(filters).sort(), sort, flat, folded]);
  return services.reviews.remember(run.id, question, () => makePlan(services, run, query));
}

async function makePlan(services: Services, run: RunRow, query: ReviewQuery): Promise<Plan> {
  const tab = tabOf(query);
  const filter = filterOf(
    query,
    tab === 'ready' ? true : tab === 'unticked' ? false : null,
    currencyOf(run.currency, run.decimals).decimals,
  );
  const sections: Section[] = [];
  let [debitMinor, creditMinor] = [0n, 0n];
  let entries = 0;
  let documents: readonly string[] = [];
  for (const part of partsOf(tab)) {
    if (part !== 'entries') {
      // The flat list is the manual's grid: lines of entries alone.
      if (!query.flat || tab !== 'all')
        sections.push(await documentSection(services, run, part, filter, isFiltered(query)));
      continue;
    }
    const { tab: of, q, filters, sort } = query;
    const question = JSON.stringify(['entries', of, q, Object.entries(filters).sort(), sort]);
    const find = () => services.app.deps.store.review.find(run.id, filter);
    const found = await services.reviews.remember(run.id, question, find);
    ({ debitMinor, creditMinor, documents } = found);
    entries = found.numbers.length;
    const ends = new Uint32Array(entries);
    let end = 0;
    for (const [index, lines] of found.lineCounts.entries()) {
      end += query.flat ? lines : query.folded ? 1 : lines + 1;
      ends[index] = end;
    }
    sections.push({ type: 'entries', total: end, numbers: found.numbers, ends });
  }
  const total = sections.reduce((sum, section) => sum + section.total, 0);
  return { sections, total, entries, documents, debitMinor, creditMinor };
}

function partsOf(tab: Tab): readonly ('entries' | keyof typeof DOCUMENT_TABS)[] {
  if (tab === 'all') return ['to-mend', 'entries', 'excluded', 'already'];
  return tab === 'ready' || tab === 'unticked' ? ['entries'] : [tab];
}

async function documentSection(
  { app }: Services,
  run: RunRow,
  tab: keyof typeof DOCUMENT_TABS,
  filter: ReviewFilter,
  filtered: boolean,
): Promise<Section> {
  const { runs } = app.deps.store;
  const wanted = DOCUMENT_TABS[tab];
  if (!filtered) {
    const { total } = await runs.documents(run.id, { ...wanted, offset: 0, limit: 0 });
    const fetch = async (offset: number, limit: number) =>
      (await runs.documents(run.id, { ...wanted, offset, limit })).rows.map(documentSummary);
    return { type: 'documents', total, fetch };
  }
  const found: RunDocumentRow[] = [];
  for (let offset = 0; ; offset += LOT) {
    const { rows } = await runs.documents(run.id, { ...wanted, offset, limit: LOT });
    found.push(...rows.map(documentSummary).filter((row) => documentMatches(row, filter)));
    if (rows.length < LOT) break;
  }
  return {
    type: 'documents',
    total: found.length,
    fetch: async (offset, limit) => found.slice(offset, offset + limit),
  };
}

function documentRow({ key, kind, order, date, gross, currency, state, reasons }: RunDocumentRow): ReviewRow {
  return { type: 'document', key, kind, order, date, gross, currency, state, reasons };
}

type Window = {
  readonly from: number;
  readonly to: number;
  readonly query: ReviewQuery;
  readonly accounts: Readonly<Record<string, string>>;
};

async function entryRows(
  { app }: Services,
  run: RunRow,
  { numbers, ends }: Extract<Section, { type: 'entries' }>,
  { from, to, query, accounts }: Window,
): Promise<readonly ReviewRow[]> {
  const first = firstEndingAfter(ends, from);
  const last = firstEndingAfter(ends, to - 1);
  const wanted = numbers.slice(first, last + 1);
  const kept = await app.deps.store.review.entries(run.id, wanted);
  const keys = [...new Set(kept.map(({ document }) => document))];
  const documents = query.flat ? [] : await app.deps.store.runs.documentsByKey(run.id, keys);
  const reasons = new Map(documents.map((row) => [row.key, documentSummary(row).reasons]));

  const rows: ReviewRow[] = [];
  for (const row of kept) {
    const { number, ticked } = row;
    const entry = entryFromJson(row.entry, number);
    if (!query.flat) rows.push(entryRow(entry, row, reasonsOf(entry, reasons.get(row.document) ?? [])));
    if (query.flat || !query.folded)
      rows.push(...entry.lines.map((line, index) => lineRow(entry, line, { index, ticked, accounts })));
  }
  const skipped = from - (first === 0 ? 0 : (ends[first - 1] ?? 0));
  return rows.slice(skipped, skipped + to - from);
}

/** Index of the first entry whose rows end beyond that place. */
function firstEndingAfter(ends: Uint32Array, place: number): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ends[middle] ?? 0) > place) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A payment shows what concerns it; the document's own entry the rest, a payment that waits included. */
function reasonsOf(entry: NumberedEntry, reasons: readonly Reason[]): readonly Reason[] {
  const part = correctionOf(entry.part)?.of ?? entry.part;
  if (part !== 'document') return reasons.filter((reason) => reason.part === part);
  return reasons.filter((reason) => reason.part === null || reason.part === 'document' || reason.severity === 'part');
}

function entryRow(entry: NumberedEntry, kept: KeptEntry, reasons: readonly Reason[]): ReviewRow {
  const { number, kind, order, document } = entry;
  const [debit, credit] = sidesOf(entry);
  return {
    type: 'entry',
    number,
    kind,
    ticked: kept.ticked,
    state: stateOf(entry, kept),
    order,
    document,
    debit,
    credit,
    reasons,
    ...headOf(entry),
  };
}

function stateOf({ part }: NumberedEntry, { ticked, again, correction }: KeptEntry): string {
  if (correction !== null) return correctionOf(part) === null ? 'replacement' : 'reversal';
  return again ? 'again' : ticked ? 'ready' : 'unticked';
}

function headOf({ journal, date, piece, reference, paymentMethod, currency, rate }: NumberedEntry) {
  return { journal, date, piece, reference, payment: paymentMethod, currency, rate: rate && decimalText(rate, 2) };
}

function lineRow(
  entry: NumberedEntry,
  line: EntryLine,
  {
    index,
    ticked,
    accounts,
  }: { readonly index: number; readonly ticked: boolean; readonly accounts: Readonly<Record<string, string>> },
): ReviewRow {
  const { role, account, thirdParty, label, taxCode, taxRate, paymentMode } = line;
  return {
    type: 'line',
    number: entry.number,
    line: index,
    ticked,
    role,
    account,
    accountName: nameOf(account, accounts),
    thirdParty,
    label,
    taxCode,
    taxRate: taxRate && decimalText(taxRate, 2),
    ...lineSides(line),
    paymentMode,
    amountInCurrency: line.amountInCurrency && moneyText(line.amountInCurrency),
    vatGrid: line.vatGrid ?? null, // absent in entries kept before there were any
    section: line.section,
    head: headOf(entry),
  };
}

export function lineSides(line: EntryLine): { readonly debit: string | null; readonly credit: string | null } {
  const { currency } = line.amount;
  const [debit, credit] = [debitOf(line), creditOf(line)];
  return {
    debit: debit === 0n ? null : moneyText({ minor: debit, currency }),
    credit: credit === 0n ? null : moneyText({ minor: credit, currency }),
  };
}

export function nameOf(account: string, accounts: Readonly<Record<string, string>>): string | null {
  return Object.hasOwn(accounts, account) ? (accounts[account] ?? null) : null;
}

function sidesOf({ lines }: NumberedEntry): readonly [string, string] {
  const currency: Currency = lines[0]?.amount.currency ?? currencyOf('EUR');
  const debit = lines.reduce((sum, line) => sum + debitOf(line), 0n);
  const credit = lines.reduce((sum, line) => sum + creditOf(line), 0n);
  return [moneyText({ minor: debit, currency }), moneyText({ minor: credit, currency })];
}
