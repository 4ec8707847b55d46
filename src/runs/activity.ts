import type { NumberedEntry } from '../core/entry.ts';
import { ABOUTS, type About, type Fact, factsOf, joined, type Tally, tallyOf } from '../core/tally.ts';
import type { LotRow } from '../store/activity.ts';
import type { Store } from '../store/store.ts';
import { unpackEntries } from './written.ts';

/** Grows when `core/tally.ts` counts otherwise: what was kept before is then added up anew. */
const VERSION = 1;
/** Lots added up before the tallies are kept and others get their turn: about 100 ms. */
const AT_ONCE = 50;

/** A lot with what its entries add up to, those that no longer stand taken off. */
export type Standing = LotRow & { readonly sum: Tally; readonly taken: ReadonlySet<number> };

/**
 * What each lot of a profile adds up to. A lot is added up when it is asked for the first time, and its sums are kept: an
 * import is not slowed by a dashboard that nobody may open.
 */
export async function standingLots(
  { activity }: Pick<Store, 'activity'>,
  profile: string,
): Promise<readonly Standing[]> {
  const lots = await activity.lots(profile, VERSION);
  const takenByRun = new Map<string, number[]>();
  for (const { run, number } of await activity.taken(profile)) {
    takenByRun.set(run, [...(takenByRun.get(run) ?? []), number]);
  }
  const found: Standing[] = [];
  let fresh: { run: string; firstNumber: number; tally: string }[] = [];
  for (const [place, lot] of lots.entries()) {
    const next = lots[place + 1];
    const end = next?.run === lot.run ? next.firstNumber : Number.POSITIVE_INFINITY;
    const numbers = (takenByRun.get(lot.run) ?? []).filter((number) => number >= lot.firstNumber && number < end);
    let sum = lot.tally === null ? null : tallyFromText(lot.tally);
    if (sum === null || numbers.length > 0) {
      const entries = await entriesOf({ activity }, lot);
      if (sum === null) {
        sum = tallyOf(entries);
        fresh.push({ run: lot.run, firstNumber: lot.firstNumber, tally: tallyText(sum) });
      }
      if (numbers.length > 0) {
        const gone = new Set(numbers);
        sum = joined([sum], [tallyOf(entries.filter(({ number }) => gone.has(number)))]);
      }
    }
    found.push({ ...lot, sum, taken: new Set(numbers) });
    if (fresh.length >= AT_ONCE) {
      await activity.keepTallies(VERSION, fresh);
      fresh = [];
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  if (fresh.length > 0) await activity.keepTallies(VERSION, fresh);
  return found;
}

/** Which entries stand behind a figure; null: whatever it is. */
export type FactQuery = {
  readonly from: string;
  readonly to: string;
  readonly currency: string | null;
  readonly about: About | null;
  readonly country: string | null;
  readonly item: string | null;
  /** Entries of orders that are not paid in full. */
  readonly open: boolean;
};

export type FoundEntry = {
  readonly run: string;
  readonly entry: NumberedEntry;
  /** What the entry puts into the figure. */
  readonly fact: Fact | null;
};

/** The entries behind a figure, newest run first, each run in its own order; `total` is of all of them. */
export async function entriesBehind(
  store: Pick<Store, 'activity'>,
  profile: string,
  { offset, limit, ...query }: FactQuery & { readonly offset: number; readonly limit: number },
): Promise<{
  readonly total: number;
  readonly amount: bigint;
  readonly base: bigint;
  readonly rows: readonly FoundEntry[];
}> {
  const lots = await standingLots(store, profile);
  const open = query.open ? openOrders(lots, query) : null;
  const rows: FoundEntry[] = [];
  let total = 0;
  let [amount, base] = [0n, 0n];
  for (const lot of lots) {
    const said = open === null ? lot.sum.facts.filter((fact) => answers(fact, query)) : [];
    if (open === null && said.length === 0) continue;
    const count = said.reduce((all, { entries }) => all + entries, 0);
    if (isSaidOnce(query) && (total + count <= offset || rows.length >= limit)) {
      for (const fact of said) [amount, base] = [amount + fact.amount, base + fact.base];
      total += count; // its sums say all that is needed of it
      continue;
    }
    for (const entry of await entriesOf(store, lot)) {
      if (lot.taken.has(entry.number) || (open !== null && !open.has(entry.order))) continue;
      const facts = factsOf(entry).filter((fact) => answers(fact, query));
      if (open === null && facts.length === 0) continue;
      for (const fact of facts) [amount, base] = [amount + fact.amount, base + fact.base];
      if (total >= offset && rows.length < limit) rows.push({ run: lot.run, entry, fact: added(facts) });
      total += 1;
    }
  }
  return { total, amount, base, rows };
}

/** Whether an entry says it by one fact at most, so that facts count entries. */
function isSaidOnce({ about, country, item, open }: FactQuery): boolean {
  if (open || about === null) return false;
  return about === 'net' || (item !== null && (about !== 'vat' || country !== null));
}

/** Orders sold in the period that are not settled, by what is still due. */
export function openOrders(
  lots: readonly Pick<Standing, 'sum'>[],
  { from, to, currency }: Pick<FactQuery, 'from' | 'to' | 'currency'>,
): ReadonlyMap<string, bigint> {
  const { open } = joined(lots.map(({ sum }) => ({ facts: [], open: sum.open })));
  return new Map(
    open
      .filter((one) => one.day !== null && one.day >= from && one.day <= to)
      .filter((one) => currency === null || one.currency === currency)
      .map(({ order, amount }) => [order, amount]),
  );
}

export function answers(fact: Fact, { from, to, currency, about, country, item }: Omit<FactQuery, 'open'>): boolean {
  if (fact.day < from || fact.day > to) return false;
  if (about !== null && fact.about !== about) return false;
  if (currency !== null && fact.currency !== currency) return false;
  return (country === null || (fact.country ?? '') === country) && (item === null || (fact.item ?? '') === item);
}

function added(facts: readonly Fact[]): Fact | null {
  const [first, ...rest] = facts;
  if (first === undefined) return null;
  let { amount, base } = first;
  for (const fact of rest) {
    amount += fact.amount;
    base += fact.base;
  }
  return { ...first, amount, base };
}

async function entriesOf(
  { activity }: Pick<Store, 'activity'>,
  { run, firstNumber }: Pick<LotRow, 'run' | 'firstNumber'>,
): Promise<readonly NumberedEntry[]> {
  const body = await activity.body(run, firstNumber);
  return body === null ? [] : unpackEntries(body);
}

type Row = readonly [string, number, string | null, string | null, string, number, string, string, number];

function tallyText({ facts, open }: Tally): string {
  const rows = facts.map(
    (fact): Row => [
      ...([fact.day, ABOUTS.indexOf(fact.about), fact.country, fact.item, fact.currency, fact.decimals] as const),
      ...([String(fact.amount), String(fact.base), fact.entries] as const),
    ],
  );
  return JSON.stringify([rows, open.map(({ order, day, currency, amount }) => [order, day, currency, String(amount)])]);
}

function tallyFromText(text: string): Tally {
  const [rows, open] = JSON.parse(text) as [Row[], [string, string | null, string, string][]]; // written by tallyText
  return {
    facts: rows.map(([day, about, country, item, currency, decimals, amount, base, entries]) => ({
      ...{ day, about: ABOUTS[about] ?? 'net', country, item, currency, decimals },
      ...{ amount: BigInt(amount), base: BigInt(base), entries },
    })),
    open: open.map(([order, day, currency, amount]) => ({ order, day, currency, amount: BigInt(amount) })),
  };
}
