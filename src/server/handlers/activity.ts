import type { ActivityDocuments, ActivityEntries, Dashboard, Oss } from '../../api/activity.ts';
import { day, dayIn, isTimeZone } from '../../core/calendar.ts';
import { divideRounded, unitsText } from '../../core/decimal.ts';
import { debitOf } from '../../core/entry.ts';
import { type Days, daysBefore, yearBefore } from '../../core/periods.ts';
import type { Fact } from '../../core/tally.ts';
import { bringSumsUpToDate, entriesBehind, entriesOfOpenOrders } from '../../runs/activity.ts';
import { controlOf } from '../../runs/stored.ts';
import type { RunRow } from '../../store/store.ts';
import type { FactQuery } from '../../store/sums.ts';
import type { Services } from '../app.ts';
import { documentSummary, runSummary } from '../summaries.ts';

const SHOWN_RUNS = 5;
const LOOKED_AT = 200;

type Period = { readonly from: string; readonly to: string };

/** What the dashboard shows of a period: sums of what was written, and the state of what was read. */
export async function dashboard(services: Services, profile: string, { from, to }: Period): Promise<Dashboard> {
  const { app } = services;
  const { store, now } = app.deps;
  const stored = await app.deps.profiles.get(profile);
  const runs = await store.runs.list(profile, LOOKED_AT);
  await bringSumsUpToDate(store, profile);
  const [current, ...others] = await store.sums.currencies(profile);
  const books = booksOf(runs, current);
  const facts = await store.sums.facts(profile, { from, to, currency: books.code });
  const money = (amount: bigint) => unitsText(amount, books.decimals);
  const of = (about: Fact['about']) => facts.filter((fact) => fact.about === about);
  const { advanced } = stored.profile;
  const today = dayIn(advanced.timeZone !== null && isTimeZone(advanced.timeZone) ? advanced.timeZone : 'UTC', now());
  const net = amountOf(of('net'));
  const payments = grouped(of('payment'), ({ item }) => item ?? '');
  const fees = grouped(of('fee'), ({ item }) => item ?? '');
  const states = await store.activity.countDocuments(profile, { from, to });
  const open = await store.sums.open(profile, { from, to, currency: books.code });
  const period = { from: day(from), to: day(to) };
  const last = today >= period.from && today < period.to ? today : period.to;
  const compared = (days: Days) => comparedWith(services, profile, { days, books, net });
  const count = (state: string) => states[state] ?? 0;
  return {
    ...{ from, to, currency: books.code, net: money(net) },
    otherCurrencies: others.map(({ code }) => code),
    tax: money(amountOf(of('vat'))),
    foreignTax: money(amountOf(of('vat').filter(({ country }) => country !== advanced.country))),
    before: await compared(daysBefore(period, last)),
    yearBefore: await compared(yearBefore(period, last)),
    open: (await store.sums.hasPayments(profile, books.code)) ? { ...open, amount: money(open.amount) } : null,
    days: [...grouped(of('net'), (fact) => fact.day)]
      .map(([name, found]) => ({ day: name, net: money(amountOf(found)), entries: entriesOf(found) }))
      .sort((a, b) => (a.day < b.day ? -1 : 1)),
    vat: [...grouped(of('vat'), ({ country, item }) => JSON.stringify([country, item]))]
      .map(([, found]) => found)
      .filter((found) => amountOf(found) !== 0n || baseOf(found) !== 0n)
      .sort(byCountry(of('vat')))
      .map((found) => ({
        country: found[0]?.country ?? null,
        rate: found[0]?.item || null,
        ...{ base: money(baseOf(found)), tax: money(amountOf(found)), entries: entriesOf(found) },
      })),
    payments: [...payments]
      .sort(([, a], [, b]) => bySize(amountOf(a), amountOf(b)))
      .map(([method, found]) => ({
        ...{ method, amount: money(amountOf(found)), entries: entriesOf(found) },
        fee: money(amountOf(fees.get(method) ?? [])),
      })),
    paid: money(amountOf(of('payment'))),
    fees: money(amountOf(of('fee'))),
    differences: [...grouped(of('difference'), ({ item }) => item ?? '')].map(([role, found]) => ({
      ...{ role, amount: money(amountOf(found)), entries: entriesOf(found) },
    })),
    documents: {
      total: Object.values(states).reduce((total, one) => total + one, 0),
      ...{ written: count('written'), ready: count('ready'), held: count('held'), excluded: count('excluded') },
    },
    series: seriesOf(runs),
    runs: runs.slice(0, SHOWN_RUNS).map((run) => runSummary(run, app.ledgers)),
    lastDay: current?.lastDay ?? null,
  };
}

/** What was written of a period and is declared through the one-stop shop, by member state and rate. */
export async function oss({ app }: Services, profile: string, { from, to }: Period): Promise<Oss> {
  const { store, profiles } = app.deps;
  const stored = await profiles.get(profile);
  await bringSumsUpToDate(store, profile);
  const [current] = await store.sums.currencies(profile);
  const books = booksOf(await store.runs.list(profile, 1), current);
  const facts = await store.sums.facts(profile, { from, to, currency: books.code });
  const ours = facts.filter(({ about }) => about === 'oss');
  const money = (amount: bigint) => unitsText(amount, books.decimals);
  return {
    ...{ from, to, currency: books.code, home: stored.profile.advanced.country },
    ...{ base: money(baseOf(ours)), tax: money(amountOf(ours)) },
    rows: [...grouped(ours, ({ country, item }) => JSON.stringify([country, item])).values()]
      .sort(byStateAndSize)
      .map((found) => ({
        ...{ country: found[0]?.country ?? '', rate: found[0]?.item ?? '' },
        ...{ base: money(baseOf(found)), tax: money(amountOf(found)), entries: entriesOf(found) },
      })),
  };
}

function byStateAndSize(a: readonly Fact[], b: readonly Fact[]): number {
  const [left, right] = [a[0]?.country ?? '', b[0]?.country ?? ''];
  return left === right ? bySize(baseOf(a), baseOf(b)) : left < right ? -1 : 1;
}

/** The entries behind a figure of the dashboard. */
export async function entries(
  { app }: Services,
  profile: string,
  query: FactQuery & { readonly open: boolean; readonly offset: number; readonly limit: number },
): Promise<ActivityEntries> {
  const { store } = app.deps;
  await app.deps.profiles.get(profile);
  await bringSumsUpToDate(store, profile);
  const [current] = await store.sums.currencies(profile);
  const books = booksOf(await store.runs.list(profile, 1), current);
  const { open, ...rest } = { ...query, currency: books.code };
  const found = await (open ? entriesOfOpenOrders : entriesBehind)(store, profile, rest);
  const money = (amount: bigint) => unitsText(amount, books.decimals);
  const isVat = query.about === 'vat' || query.about === 'oss';
  return {
    total: found.total,
    currency: books.code,
    amount: query.about === null ? null : money(found.amount),
    base: isVat ? money(found.base) : null,
    rows: found.rows.map(({ run, entry, fact }) => ({
      ...{ run, number: entry.number, kind: entry.kind, document: entry.document, order: entry.order },
      ...{ journal: entry.journal, date: entry.date, piece: entry.piece },
      payment: entry.paymentMethod,
      country: entry.country,
      total: money(sum(entry.lines.map(debitOf))),
      amount: query.about === null || fact === null ? null : money(fact.amount),
      base: isVat && fact !== null ? money(fact.base) : null,
    })),
  };
}

/** Documents of the profile, each once with the state it has now; by period, state, or the beginning of a number. */
export async function documents(
  { app }: Services,
  profile: string,
  query: {
    from: string | null;
    to: string | null;
    state: string | null;
    q: string | null;
    offset: number;
    limit: number;
  },
): Promise<ActivityDocuments> {
  await app.deps.profiles.get(profile);
  const { q: name, ...rest } = query;
  const { total, rows } = await app.deps.store.activity.documents(profile, { ...rest, name });
  return { total, rows: rows.map((row) => ({ ...documentSummary(row), run: row.run })) };
}

type Books = { readonly code: string; readonly decimals: number };

/** The books' currency as it is now: of the newest run that wrote something. */
function booksOf(runs: readonly RunRow[], current: Books | undefined): Books {
  return current ?? { code: runs[0]?.currency ?? 'EUR', decimals: 2 };
}

/** Sales of other days beside these; null when nothing was written then, or nothing sold on the whole. */
async function comparedWith(
  { app }: Services,
  profile: string,
  { days, books, net }: { readonly days: Days; readonly books: Books; readonly net: bigint },
): Promise<Dashboard['before']> {
  const facts = await app.deps.store.sums.facts(profile, { ...days, currency: books.code });
  const before = amountOf(facts.filter(({ about }) => about === 'net'));
  if (before <= 0n) return null;
  const tenths = divideRounded((net - before) * 1000n, before, 'half-up');
  return { ...days, net: unitsText(before, books.decimals), percent: unitsText(tenths, 1) };
}

function seriesOf(runs: readonly RunRow[]): Dashboard['series'] {
  const last = runs.find(({ kind, state, control }) => kind === 'sales' && control !== null && state !== 'failed');
  const series = last === undefined ? [] : (controlOf(last)?.series ?? []);
  if (last === undefined || series.length === 0) return null;
  return {
    run: last.id,
    missing: series.reduce((total, { missingCount }) => total + missingCount, 0),
    doubles: series.reduce((total, { doubles }) => total + doubles.length, 0),
  };
}

function grouped(facts: readonly Fact[], keyOf: (fact: Fact) => string): ReadonlyMap<string, Fact[]> {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) {
    const key = keyOf(fact);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [fact]);
    else group.push(fact);
  }
  return groups;
}

function amountOf(facts: readonly Fact[]): bigint {
  return sum(facts.map(({ amount }) => amount));
}

function baseOf(facts: readonly Fact[]): bigint {
  return sum(facts.map(({ base }) => base));
}

function entriesOf(facts: readonly Fact[]): number {
  return facts.reduce((total, fact) => total + fact.entries, 0);
}

/** Countries with the largest sales first, rates of one country by their base. */
function byCountry(facts: readonly Fact[]): (a: readonly Fact[], b: readonly Fact[]) => number {
  const countries = grouped(facts, ({ country }) => country ?? '');
  const sold = (found: readonly Fact[]) => baseOf(countries.get(found[0]?.country ?? '') ?? []);
  return (a, b) => {
    const [left, right] = [a[0]?.country ?? '', b[0]?.country ?? ''];
    if (left !== right) return bySize(sold(a), sold(b)) || (left < right ? -1 : 1);
    return bySize(baseOf(a), baseOf(b));
  };
}

/** Largest first. */
function bySize(a: bigint, b: bigint): number {
  return a === b ? 0 : a > b ? -1 : 1;
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
