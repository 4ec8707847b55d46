import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NumberedEntry } from '../src/core/entry.ts';
import { resetTransfers } from '../src/runs/reset.ts';
import { countsOf } from '../src/runs/stored.ts';
import { undoRun } from '../src/runs/undo.ts';
import { writtenEntry } from '../src/runs/written.ts';
import type { Store } from '../src/store/store.ts';
import { runBench } from './run-kit.ts';
import { order } from './server-kit.ts';
import { assertSums } from './sums-kit.ts';
import { chanceOf } from './transformed/chance.ts';

const SEPTEMBER = { from: '2026-09-01', to: '2026-09-30' };

/** An order of the month drawn by chance: countries, rates, what is paid of it, on one of a few days. */
function drawn(number: number, pick: (below: number) => number) {
  const cents = 100 + pick(90_000);
  const rates = [2000, 550, 1000];
  const lines = Array.from({ length: 1 + pick(3) }, () => {
    const net = 100 + pick(cents);
    const rate = rates[pick(rates.length)] ?? 2000;
    return { net, tax: Math.round((net * rate) / 10_000), rate: rate / 100 };
  });
  const text = (value: number) => (value / 100).toFixed(2);
  const gross = lines.reduce((sum, { net, tax }) => sum + net + tax, 0);
  const paid = [gross, gross, gross - 3000, null][pick(4)] ?? null;
  const parts = lines.map(({ net, tax, rate }) => `product ${text(net)} ${rate}% ${text(tax)}`);
  const payment = paid === null || paid <= 0 ? '' : `; paid ${['card', 'cheque'][pick(2)]} ${text(paid)}`;
  const made = order(number, `sale FR; ${parts.join('; ')}; total ${text(gross)}${payment}`);
  const date = `2026-09-${String(1 + pick(5)).padStart(2, '0')}` as typeof made.order.date;
  return {
    ...made,
    order: { ...made.order, date },
    invoice: made.invoice && { ...made.invoice, date },
    payments: made.payments.map((one) => ({ ...one, date })),
  };
}

test('figures are those of the entries that stand, whatever is written, made importable, written again or undone', async (t) => {
  const on = await runBench();
  t.after(on.close);
  const chance = chanceOf(3);
  const pick = (below: number) => chance.from(0, below - 1);
  on.shop.documents = Array.from({ length: 450 }, (_, place) => drawn(place + 1, pick));
  const first = await on.run();
  assert.equal(first.run.state, 'written');
  await agrees(on.store);

  await resetTransfers(on.deps, 'p', ['3', '4', 'sale/7'], 'test');
  await agrees(on.store);
  assert.equal((await on.run()).run.state, 'written');
  await agrees(on.store);

  on.shop.documents = [...on.shop.documents, ...Array.from({ length: 30 }, (_, place) => drawn(501 + place, pick))];
  assert.equal((await on.run({ includeTransferred: true })).run.state, 'written');
  await agrees(on.store);
  const [newest] = await on.store.runs.list('p', 1);
  await undoRun(on.deps, newest?.id ?? '', { files: 'leave', reason: 'test', by: 'cli' });
  await agrees(on.store);
  await resetTransfers(on.deps, 'p', null, 'test');
  await agrees(on.store);
});

/** Entries and documents as they stand, found one by one. */
async function agrees(store: Store): Promise<void> {
  const runs = await store.runs.list('p', 100);
  const entries: NumberedEntry[] = [];
  const newest = new Map<string, { state: string; date: string | null }>();
  for (const run of runs) {
    const { rows } = await store.runs.documents(run.id, { states: null, problems: false, offset: 0, limit: 10_000 });
    const isRead = !['failed', 'cancelled', 'undone'].includes(run.state);
    for (const { key, state, summary } of rows)
      if (isRead && !newest.has(key)) newest.set(key, { state, date: JSON.parse(summary).date });
    if (run.state !== 'written') continue;
    const keys = rows.map(({ key }) => key);
    const histories = await Promise.all(keys.map((key) => store.parts.history('p', key)));
    const gone = new Set(
      histories.flat().flatMap((one) => (one.action === 'reset' && one.run === run.id ? [one.number] : [])),
    );
    for (let number = 1; number <= countsOf(run).entries; number += 1) {
      const entry = await writtenEntry(store, { run: run.id, number });
      if (entry !== null && !gone.has(number)) entries.push(entry);
    }
  }
  await assertSums(store, 'p', entries);

  const states: Record<string, number> = {};
  const parts = await store.parts.of('p', [...newest.keys()]);
  for (const [key, { state }] of newest) {
    const own = parts.get(key)?.find(({ part }) => part === 'document')?.state;
    const now = own === 'transferred' ? 'written' : own === 'excluded' ? 'excluded' : state;
    const told = own !== 'transferred' && ['written', 'already', 'unticked'].includes(now) ? 'ready' : now;
    states[told] = (states[told] ?? 0) + 1;
  }
  assert.deepEqual(await store.activity.countDocuments('p', SEPTEMBER), states);
  for (const state of [null, ...Object.keys(states)]) {
    const query = { ...SEPTEMBER, state, name: null, offset: 0, limit: 5 };
    const { total, rows } = await store.activity.documents('p', query);
    assert.equal(total, state === null ? newest.size : states[state]);
    assert.ok(rows.length === Math.min(5, total) && rows.every((row) => state === null || row.state === state));
  }
}
