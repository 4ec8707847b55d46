import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { gathered, type Ran, runBench } from '../../test/run-kit.ts';
import { day } from '../core/calendar.ts';
import { decimalText } from '../core/decimal.ts';
import type { SalesDocument } from '../core/document.ts';
import type { NumberedEntry } from '../core/entry.ts';
import { sketch } from '../core/testing/sketch.ts';
import type { ProfileInput } from '../profiles/profile.ts';
import { writeReview } from './review-write.ts';

/** A sale of September; `text` is the sketch of what the shop says of it by now. */
function sale(id: number, text: string): SalesDocument {
  const on = day('2026-09-10');
  const one = sketch(text);
  return {
    ...one,
    key: `sale/${id}`,
    order: { id: String(id), number: String(id), date: on },
    invoice: { id: String(id), number: `FA${id}`, date: on },
    payments: one.payments.map((payment) => ({ ...payment, date: on })),
  };
}

const TWELVE = 'sale FR; product 10 20% 2; paid card 12';
const TWENTY_FOUR = 'sale FR; product 20 20% 4; paid card 24';

async function benchOf(t: TestContext, profile: Partial<ProfileInput> = {}) {
  const on = await runBench(profile);
  t.after(on.close);
  return on;
}

/** `part account amount ...` of each entry, in the order of numbers. */
function told(entries: readonly NumberedEntry[]): readonly string[] {
  return entries.map(
    ({ part, lines }) => `${part} ${lines.map(({ account, amount }) => `${account} ${amount.minor}`).join(' ')}`,
  );
}

/** Balances per account, third party and tax code of everything written. */
function balances(entries: readonly NumberedEntry[]): Record<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { account, thirdParty, taxCode, amount } of entries.flatMap(({ lines }) => lines)) {
    const key = `${account} ${thirdParty} ${taxCode}`;
    sums.set(key, (sums.get(key) ?? 0n) + amount.minor);
  }
  return Object.fromEntries([...sums].filter(([, minor]) => minor !== 0n).sort());
}

function codes({ documents }: Ran): readonly string[] {
  return documents.map(({ state, reasons }) => [state, ...reasons.map(({ code }) => code)].join(' '));
}

test('D-14 T-10 a sale that changed is corrected as asked: what was written is cancelled line by line, and written anew, once', async (t) => {
  const on = await benchOf(t);
  on.shop.documents = [sale(1, TWELVE)];
  const first = await on.run();
  on.shop.documents = [sale(1, TWENTY_FOUR)];
  const toldAlone = await on.run();
  assert.deepEqual(
    [codes(toldAlone), toldAlone.entries],
    [['already document.changed-after-transfer payment.changed-after-transfer'], []],
  );
  const second = await on.run({ corrections: 'write' });
  assert.deepEqual(told(second.entries), [
    'correction/1 411000 -1200 707100 1000 445711 200',
    'document 411000 2400 707100 -2000 445711 -400',
    'correction/1/payment/1 411000 1200 512000 -1200',
    'payment/1 411000 -2400 512000 2400',
  ]);
  assert.deepEqual([second.run.state, second.counts.written, second.files.length], ['written', 1, 1]);
  const changes = second.documents[0]?.reasons.filter(({ code }) => code === 'correction.proposed');
  const change = { was: '12.00', now: '24.00', difference: '12.00', currency: 'EUR' };
  assert.deepEqual(
    changes?.map(({ part, values }) => [part, values]),
    [
      [null, change],
      ['payment/1', change],
    ],
  );
  const third = await on.run({ corrections: 'write' });
  assert.deepEqual([codes(third), third.entries], [['already'], []]);
  assert.deepEqual(balances([...first.entries, ...second.entries]), {
    '445711 null C20': -400n,
    '512000 null null': 2400n,
    '707100 null C20': -2000n,
  });
});

test('D-14 changed again, it is corrected from its latest state', async (t) => {
  const on = await benchOf(t);
  const texts = [TWELVE, TWENTY_FOUR, 'sale FR; product 30 20% 6; paid card 36', TWELVE];
  const all: NumberedEntry[] = [];
  for (const text of texts) {
    on.shop.documents = [sale(1, text)];
    all.push(...(await on.run({ corrections: 'write' })).entries);
  }
  assert.deepEqual(
    all.map(({ part }) => part).filter((part) => part.startsWith('correction/')),
    [
      'correction/1',
      'correction/1/payment/1',
      'correction/2',
      'correction/2/payment/1',
      'correction/3',
      'correction/3/payment/1',
    ],
  );
  assert.deepEqual(balances(all), { '445711 null C20': -200n, '512000 null null': 1200n, '707100 null C20': -1000n });
});

test('D-14 in the list of entries a correction is unticked; ticking one of its entries ticks all of the document', async (t) => {
  const on = await benchOf(t);
  on.shop.documents = [sale(1, TWELVE)];
  await on.run();
  on.shop.documents = [sale(1, TWENTY_FOUR), sale(2, TWELVE)];
  const { run, counts } = await on.run({ mode: 'review', corrections: 'propose' });
  const ticks = async () =>
    (await on.store.review.entries(run.id, [1, 2, 3, 4, 5, 6])).map(({ ticked }) => (ticked ? 'x' : '.')).join('');
  assert.deepEqual([counts.ready, await ticks()], [2, '....xx']);
  await on.store.review.tick(run.id, null, true);
  assert.equal(await ticks(), '....xx', 'ticking everything decides nothing that was written');
  await on.store.review.tick(run.id, [2], true);
  assert.equal(await ticks(), 'xxxxxx');
  await on.store.review.tick(run.id, [3], false);
  assert.equal(await ticks(), '....xx');
  const unticked = await on.write(run.id);
  assert.deepEqual([unticked.counts.written, unticked.counts.unticked], [1, 1]);

  const again = await on.run({ mode: 'review', corrections: 'propose' });
  await on.store.review.tick(again.run.id, [1], true);
  assert.equal((await on.write(again.run.id)).counts.written, 1);
  const parts = (await on.store.parts.of('p', ['sale/1'])).get('sale/1') ?? [];
  assert.deepEqual(
    parts.map(({ part, state, run: by }) => [part, state, by === again.run.id]).sort(),
    ['correction/1', 'correction/1/payment/1', 'document', 'payment/1'].map((part) => [part, 'transferred', true]),
  );
});

test('D-13 D-14 a correction proposed twice is written once', async (t) => {
  const on = await benchOf(t);
  on.shop.documents = [sale(1, TWELVE)];
  await on.run();
  on.shop.documents = [sale(1, TWENTY_FOUR)];
  const proposed = await on.run({ mode: 'review', corrections: 'propose' });
  await on.store.review.tick(proposed.run.id, [1], true);
  const corrected = await on.run({ corrections: 'write' });
  assert.equal(corrected.entries.length, 4);
  const late = await on.write(proposed.run.id);
  assert.deepEqual(
    [late.files, late.troubles.map(({ code, values }) => [code, values.count])],
    [[], [['run.written-meanwhile', '4']]],
  );
});

test('D-14 a payment that changed or is gone is corrected alone', async (t) => {
  const on = await benchOf(t);
  const two = 'sale FR; product 10 20% 2; paid card 6; paid cheque 6';
  on.shop.documents = [sale(1, two)];
  await on.run();
  const [first] = sale(1, two).payments;
  on.shop.documents = [{ ...sale(1, two), payments: first ? [first] : [] }];
  const gone = await on.run({ corrections: 'write' });
  assert.deepEqual(told(gone.entries), ['correction/1/payment/2 411000 600 512000 -600']);
  assert.deepEqual((await on.run({ corrections: 'write' })).entries, []);
  on.shop.documents = [sale(1, two)];
  assert.deepEqual(
    told((await on.run({ corrections: 'write' })).entries),
    ['payment/2 411000 -600 512000 600'],
    'it is back',
  );
});

test('D-14 a payment that books the difference follows its document', async (t) => {
  const on = await benchOf(t);
  on.shop.documents = [sale(1, TWELVE)];
  await on.run();
  on.shop.documents = [sale(1, 'sale FR; product 9.50 20% 1.90; paid card 12')];
  const { entries } = await on.run({ corrections: 'write' });
  assert.deepEqual(told(entries), [
    'correction/1 411000 -1200 707100 1000 445711 200',
    'document 411000 1140 707100 -950 445711 -190',
    'correction/1/payment/1 411000 1200 512000 -1200',
    'payment/1 411000 -1140 758000 -60 512000 1200',
  ]);
});

test('D-14 D-33 a correction is dated by the policy for closed periods, both entries or none', async (t) => {
  const on = await benchOf(t);
  on.shop.documents = [sale(1, TWELVE)];
  await on.run();
  on.shop.documents = [sale(1, TWENTY_FOUR)];
  await on.save({ advanced: { closedTo: '2026-09-30' } });
  const refused = await on.run({ corrections: 'write' });
  assert.deepEqual([refused.documents[0]?.state, refused.entries], ['held', []]);
  assert.ok(refused.documents[0]?.reasons.some(({ code }) => code === 'period.closed'));
  await on.save({ advanced: { closedTo: '2026-09-30', lateDocuments: 'nextOpenDay' } });
  const moved = await on.run({ corrections: 'write' });
  assert.deepEqual(
    moved.entries.map(({ date }) => date),
    ['2026-10-01', '2026-10-01', '2026-10-01', '2026-10-01'],
  );
});

test('D-14 an order deleted or cancelled after its transfer is reversed, and written anew when it comes back', async (t) => {
  const on = await benchOf(t);
  on.shop.documents = [sale(1, TWELVE), sale(2, TWELVE), sale(3, TWELVE)];
  const first = await on.run();
  on.shop.documents = [sale(3, TWELVE)];
  on.shop.statuses = { 2: 'cancelled' };
  assert.deepEqual(codes(await on.run()), ['already'], 'without being asked, nothing is looked for');
  const gone = await on.run({ corrections: 'write' });
  assert.deepEqual(codes(gone).slice(1), [
    'written document.gone-after-transfer correction.reversal correction.reversal',
    'written document.gone-after-transfer correction.reversal correction.reversal',
  ]);
  assert.deepEqual(
    gone.documents.slice(1).map(({ reasons }) => reasons[0]?.values.status),
    ['', 'cancelled'],
  );
  const kept = first.entries.filter(({ document }) => document === 'sale/3');
  assert.deepEqual(balances([...first.entries, ...gone.entries]), balances(kept));
  assert.deepEqual((await on.run({ corrections: 'write' })).entries, [], 'once');
  on.shop.documents = [sale(2, TWELVE), sale(3, TWELVE)];
  assert.deepEqual(
    (await on.run()).entries.map(({ document, part }) => `${document} ${part}`),
    ['sale/2 document', 'sale/2 payment/1'],
  );
});

/** A refund of September on the order of that id. */
function creditNote(id: number, text = 'creditNote FR; product 10 20% 2; refunded card 12'): SalesDocument {
  const on = day('2026-09-20');
  const one = { ...sale(id, text), kind: 'creditNote' as const, key: `creditNote/9${id}` };
  return { ...one, creditNote: { id: `9${id}`, number: `AV${id}`, date: on, reason: null } };
}

test('D-14 a credit note deleted in the shop after its transfer is reversed with its refund, once', async (t) => {
  const on = await benchOf(t);
  on.shop.documents = [creditNote(1), creditNote(2), creditNote(3)];
  const first = await on.run({ kind: 'creditNotes' });
  on.shop.documents = [creditNote(3)];
  on.shop.creditNotesLeft = ['92', '93'];
  assert.deepEqual((await on.run({ kind: 'creditNotes' })).entries, [], 'without being asked, nothing is looked for');
  const gone = await on.run({ kind: 'creditNotes', corrections: 'write' });
  assert.deepEqual(codes(gone).slice(1), ['written document.credit-note-gone correction.reversal correction.reversal']);
  assert.deepEqual(told(gone.entries), [
    'correction/1 411000 1200 707100 -1000 445711 -200',
    'correction/1/refund/1 411000 -1200 512000 1200',
  ]);
  const kept = first.entries.filter(({ document }) => document !== 'creditNote/91');
  assert.deepEqual(balances([...first.entries, ...gone.entries]), balances(kept));
  assert.deepEqual((await on.run({ kind: 'creditNotes', corrections: 'write' })).entries, [], 'once');
});

test('D-14 a shop that cannot say which credit notes it has is not believed to have none', async (t) => {
  const on = await benchOf(t);
  on.shop.documents = [creditNote(1)];
  await on.run({ kind: 'creditNotes' });
  on.shop.documents = [];
  assert.deepEqual((await on.run({ kind: 'creditNotes', corrections: 'write' })).documents, []);
});

test('D-14 a sale moved to another period, but still a sale, is left alone', async (t) => {
  const on = await benchOf(t);
  on.shop.documents = [sale(1, TWELVE)];
  await on.run();
  on.shop.documents = [];
  on.shop.statuses = { 1: 'completed' };
  assert.deepEqual((await on.run({ corrections: 'write' })).documents, []);
});

test('D-14 what cannot be posted now is held, and what was written stands', async (t) => {
  const on = await benchOf(t);
  on.shop.documents = [sale(1, TWELVE)];
  await on.run();
  on.shop.documents = [sale(1, 'sale FR; product 10 20% 2; total 15 13 2; paid card 15')];
  const held = await on.run({ corrections: 'write' });
  assert.deepEqual([held.documents[0]?.state, held.entries], ['held', []]);
});

test('D-14 whatever a document goes through, what was written adds up to what it is now', async (t) => {
  const figure = fc.integer({ min: 1, max: 9999 });
  const state = fc.tuple(figure, fc.constantFrom('card', 'cheque'), fc.boolean());
  await fc.assert(
    fc.asyncProperty(fc.array(state, { minLength: 2, maxLength: 5 }), async (states) => {
      const on = await benchOf(t);
      const all: NumberedEntry[] = [];
      const texts = states.map(([cents, method, foreign]) => {
        const [net, tax, gross] = [5, 1, 6].map((times) => decimalText({ units: BigInt(times * cents), scale: 2 }, 2));
        return `sale ${foreign ? 'FR USD@1.0862' : 'FR'}; product ${net} 20% ${tax}; paid ${method} ${gross}`;
      });
      for (const text of texts) {
        on.shop.documents = [sale(1, text)];
        all.push(...(await on.run({ corrections: 'write' })).entries);
      }
      const alone = await benchOf(t);
      alone.shop.documents = [sale(1, texts.at(-1) ?? '')];
      assert.deepEqual(balances(all), balances((await alone.run()).entries));
    }),
    { numRuns: 12 },
  );
});

const SHORT = 'sale FR; product 10 20% 2; paid card 11.50';
const MADE_GOOD = `${SHORT}; paid cheque 0.50`;

test('D-14 a late payment of a difference that was booked waits, and says what to do; nothing else is held for it', async (t) => {
  const on = await benchOf(t);
  on.shop.documents = [sale(1, SHORT)];
  assert.deepEqual(told((await on.run()).entries).at(-1), 'payment/1 411000 -1200 658000 50 512000 1150');
  on.shop.documents = [sale(1, MADE_GOOD)];
  const waits = await on.run();
  assert.deepEqual([codes(waits), waits.entries], [['held payment.difference-booked'], []]);
  const [reason] = waits.documents[0]?.reasons ?? [];
  assert.deepEqual(reason?.values, { currency: 'EUR', amount: '0.50', difference: '0.50' });
});

test('D-14 --correct gives a booked difference back with the late payment: the customer is cleared once, the difference gone', async (t) => {
  for (const [text, rest] of [
    [MADE_GOOD, 0n],
    [`${SHORT}; paid cheque 11.50`, -1100n],
    [`${SHORT}; paid cheque 0.20`, 0n],
  ] as const) {
    const on = await benchOf(t);
    on.shop.documents = [sale(1, SHORT)];
    const all = [...(await on.run()).entries];
    on.shop.documents = [sale(1, text)];
    all.push(...(await on.run({ corrections: 'write' })).entries);
    const after = balances(all);
    assert.equal(after['411000 WEB null'] ?? 0n, rest, text);
    const anew = await benchOf(t);
    anew.shop.documents = [sale(1, text)];
    assert.deepEqual(after, balances((await anew.run()).entries), `${text}: as if all had come at once`);
    assert.deepEqual((await on.run({ corrections: 'write' })).entries, [], 'once');
    assert.match(codes(await on.run()).join(), /^already/);
  }
});

test('D-14 a review proposes both together: ticking the correction ticks the late payment, and neither goes alone', async (t) => {
  const on = await benchOf(t);
  on.shop.documents = [sale(1, SHORT)];
  await on.run();
  on.shop.documents = [sale(1, MADE_GOOD)];
  const { run } = await on.run({ mode: 'review', corrections: 'propose' });
  const ticked = async () => (await Array.fromAsync(on.store.review.ticked(run.id))).flat().map(({ part }) => part);
  assert.deepEqual(await ticked(), []);
  await on.store.review.tick(run.id, [1], true);
  assert.deepEqual(await ticked(), ['correction/1/payment/1', 'payment/1', 'payment/2']);
  const written = await gathered(writeReview(on.deps, run.id, new AbortController().signal));
  assert.equal(written.run.state, 'written');
  assert.deepEqual(codes(await on.run()), ['already']);
});

test('D-14 late payments that make no booked difference wrong are written as ever', async (t) => {
  const on = await benchOf(t);
  on.shop.documents = [sale(1, 'sale FR; product 10 20% 2; paid card 5')];
  await on.run();
  on.shop.documents = [sale(1, 'sale FR; product 10 20% 2; paid card 5; paid cheque 6.90')];
  const late = await on.run();
  assert.deepEqual(told(late.entries), ['payment/2 411000 -700 658000 10 512000 690']);
});

test('D-14 D-28 a sale whose VAT changed is corrected with its deposit, whose VAT hangs on it', async (t) => {
  const on = await benchOf(t, { entries: { deposits: true, depositVat: true } });
  const paid = (text: string) => {
    const one = sale(1, text);
    return { ...one, payments: one.payments.map((payment) => ({ ...payment, date: day('2026-09-05') })) };
  };
  on.shop.documents = [paid(TWELVE)];
  const all = [...(await on.run()).entries];
  on.shop.documents = [paid('sale FR; product 6 20% 1.20; product 4.80; paid card 12')];
  const corrected = await on.run({ corrections: 'write' });
  all.push(...corrected.entries);
  assert.deepEqual(
    corrected.entries.map(({ part }) => part),
    ['correction/1', 'document', 'correction/1/payment/1', 'payment/1'],
  );
  const after = balances(all);
  assert.deepEqual(
    [after['445880 null null'], after['419100 null null'], after['445711 null C20']],
    [undefined, undefined, -120n],
  );
});
