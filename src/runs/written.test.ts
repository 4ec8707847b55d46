import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from '../core/calendar.ts';
import { decimal } from '../core/decimal.ts';
import type { EntryLine, NumberedEntry } from '../core/entry.ts';
import { currencyOf } from '../core/money.ts';
import { postDocument } from '../core/posting/post.ts';
import { manualSettings, sketch } from '../core/testing/sketch.ts';
import { openStore } from '../store/open.ts';
import type { WrittenLot } from '../store/store.ts';
import { lotPacker, unpackEntries, writtenEntry } from './written.ts';

const DOCUMENTS = [
  'sale FR; product 10 20% 2 rule=normal; product 4 5.5% 0.22; shipping 5 20% 1; paid card 22.22',
  'sale FR USD@1.0862; product 10; paid card 10',
  'creditNote FR; product 10 20% 2; refunded card 12',
];

function entries(): NumberedEntry[] {
  const posted = DOCUMENTS.flatMap((text) => {
    const result = postDocument(sketch(text), manualSettings());
    return result.state === 'ready' ? result.entries : assert.fail(JSON.stringify(result.problems));
  });
  return posted.map((entry, place) => ({ ...entry, number: place + 7 }));
}

const packer = lotPacker();

function lotOf(entries: readonly NumberedEntry[]): WrittenLot {
  for (const entry of entries) packer.add(entry);
  return packer.pack() ?? assert.fail('There are entries');
}

function packed(entries: readonly NumberedEntry[]): Uint8Array {
  return lotOf(entries).body;
}

/** Of a reason, the rule that won is kept, not those tried before it. */
function kept(entry: NumberedEntry): NumberedEntry {
  const line = ({ because, ...rest }: EntryLine): EntryLine => ({
    ...rest,
    because: { ...because, tried: [because.rule ?? { country: null, item: null }] },
  });
  return { ...entry, lines: entry.lines.map(line) };
}

test('D-14 entries come back as they were written: amounts, rates, texts, the rule that won and the sums', () => {
  const written = entries();
  assert.ok(written.length >= 6);
  assert.deepEqual(unpackEntries(packed(written)), written.map(kept));
});

test('D-14 one lot follows the other, each with its first number and what it alone holds; nothing added is no lot', () => {
  const own = lotPacker();
  assert.equal(own.pack(), null);
  const written = entries();
  for (const lot of [written.slice(0, 2), written.slice(2)]) {
    for (const entry of lot) own.add(entry);
    const { firstNumber, body } = own.pack() ?? assert.fail();
    assert.equal(firstNumber, lot[0]?.number);
    assert.deepEqual(unpackEntries(body), lot.map(kept));
  }
});

test('D-14 a field that an entry or a line gains later is kept with it', () => {
  const [first] = entries();
  const [line] = first?.lines ?? [];
  if (first === undefined || line === undefined) assert.fail();
  const inDollars = { minor: -1234n, currency: currencyOf('USD') };
  const richer = {
    ...first,
    letter: 'AAA',
    lines: [{ ...line, foreign: inDollars, share: decimal('8.875'), quantity: 3 }],
  };
  assert.deepEqual(unpackEntries(packed([richer as NumberedEntry])), [kept(richer as NumberedEntry)]);
});

test('D-14 a field of a kind that cannot be kept fails at once, not when it is needed', () => {
  const [first] = entries();
  assert.throws(() => packed([{ ...first, extra: { deep: 1 } } as unknown as NumberedEntry]), /extra|deep/);
});

test('D-14 the entry of a number is found in its lot of its run', async () => {
  const store = await openStore(':memory:', Buffer.alloc(32));
  await store.profiles.add({ id: 'p', document: '{}', demo: false, at: '2026-11-24T08:00:00Z' });
  const run = { id: 'r1', profile: 'p', kind: 'sales', from: null, to: null, state: 'writing', request: '{}' } as const;
  const at = '2026-11-24T08:00:00Z';
  await store.runs.add({
    ...run,
    startedAt: at,
    endedAt: null,
    counts: '{}',
    debitMinor: 0n,
    creditMinor: 0n,
    currency: 'EUR',
    decimals: 2,
    troubles: '[]',
    file: null,
    control: null,
  });
  const all = entries();
  for (const lot of [all.slice(0, 2), all.slice(2)]) {
    const marks = lot.map(({ document, part, number }) => ({
      document: `${document}-${number}`,
      part,
      number,
      hash: 'h',
      orderId: '1',
      day: day('2026-09-01'),
    }));
    await store.parts.claim('p', 'r1', at, marks, lotOf(lot));
  }
  for (const entry of all)
    assert.deepEqual(await writtenEntry(store, { run: 'r1', number: entry.number }), kept(entry));
  assert.equal(await writtenEntry(store, { run: 'r1', number: 99 }), null);
  assert.equal(await writtenEntry(store, { run: null, number: 7 }), null);
  await store.parts.release('r1');
  assert.equal(await writtenEntry(store, { run: 'r1', number: 7 }), null, 'what was not delivered is not kept');
  await store.close();
});
