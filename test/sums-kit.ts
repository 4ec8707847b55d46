import assert from 'node:assert/strict';
import type { NumberedEntry } from '../src/core/entry.ts';
import { ABOUTS, type Fact, factsOf, tallyOf } from '../src/core/tally.ts';
import { bringSumsUpToDate, entriesBehind, entriesOfOpenOrders } from '../src/runs/activity.ts';
import type { Store } from '../src/store/store.ts';

const EVER = { from: '2000-01-01', to: '2099-12-31' };
const PAGE = { offset: 0, limit: 3 };

/** The figures that the store keeps, held against those that the entries which stand add up to. */
export async function assertSums(store: Store, profile: string, entries: readonly NumberedEntry[]): Promise<void> {
  await bringSumsUpToDate(store, profile);
  assert.deepEqual(await store.sums.stale(profile), []);
  const wanted = tallyOf(entries);
  const codes = [...new Set(wanted.facts.map(({ currency }) => currency))].sort();
  const kept = await store.sums.currencies(profile);
  assert.deepEqual(kept.map(({ code }) => code).sort(), codes);
  for (const currency of codes) {
    const facts = wanted.facts.filter((fact) => fact.currency === currency);
    assert.deepEqual(sorted(await store.sums.facts(profile, { ...EVER, currency })), sorted(facts));
    const [first = ''] = facts.map(({ day }) => day).sort();
    const ofDay = facts.filter(({ day }) => day === first);
    assert.deepEqual(sorted(await store.sums.facts(profile, { from: first, to: first, currency })), sorted(ofDay));
    const open = wanted.open.filter((order) => order.currency === currency && order.day !== null);
    const due = open.reduce((sum, { amount }) => sum + amount, 0n);
    assert.deepEqual(await store.sums.open(profile, { ...EVER, currency }), { orders: open.length, amount: due });
    const orders = new Set(open.map(({ order }) => order));
    const { total } = await entriesOfOpenOrders(store, profile, { ...EVER, currency, ...PAGE });
    assert.equal(total, entries.filter(({ order }) => orders.has(order)).length, 'entries of open orders');
    for (const about of [null, ...ABOUTS]) await assertBehind(store, profile, { entries, currency, about });
  }
}

/** Counts and sums of a list are those of its entries, for each kind of figure, and for one country and item of it. */
async function assertBehind(
  store: Store,
  profile: string,
  { entries, currency, about }: { entries: readonly NumberedEntry[]; currency: string; about: Fact['about'] | null },
): Promise<void> {
  const said = entries.map((entry) => factsOf(entry).filter((fact) => about === null || fact.about === about));
  const some = said.flat().find((fact) => fact.currency === currency && about !== null);
  const of = (fact: Fact | undefined, name: 'country' | 'item') => (fact === undefined ? null : (fact[name] ?? ''));
  for (const [country, item] of [
    [null, null],
    [of(some, 'country'), null],
    [null, of(some, 'item')],
    [of(some, 'country'), of(some, 'item')],
  ] as const) {
    const answers = (fact: Fact) =>
      fact.currency === currency &&
      (country === null || (fact.country ?? '') === country) &&
      (item === null || (fact.item ?? '') === item);
    const wanted = said.map((facts) => facts.filter(answers)).filter((facts) => facts.length > 0);
    const query = { ...EVER, currency, about, country, item };
    const { total, amount, base, rows } = await entriesBehind(store, profile, { ...query, ...PAGE });
    const sum = (name: 'amount' | 'base') => wanted.flat().reduce((all, fact) => all + fact[name], 0n);
    const asked = `${about} of ${country} ${item}`;
    assert.deepEqual([total, amount, base], [wanted.length, sum('amount'), sum('base')], asked);
    assert.equal(rows.length, Math.min(PAGE.limit, total), asked);
  }
}

function sorted(facts: readonly Fact[]): readonly string[] {
  return facts
    .filter(({ entries, amount, base }) => entries !== 0 || amount !== 0n || base !== 0n)
    .map((fact) =>
      [
        ...[fact.day, fact.about, fact.country ?? '', fact.item ?? '', fact.currency, fact.amount, fact.base],
        ...[fact.entries, fact.entriesOfAbout, fact.entriesOfAll],
      ].join(' '),
    )
    .sort();
}
