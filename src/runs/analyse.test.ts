import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_OWN_CODES } from '../core/customer-codes.ts';
import type { SalesDocument } from '../core/document.ts';
import type { Problem } from '../core/problem.ts';
import { manualSettings, sketch } from '../core/testing/sketch.ts';
import type { PartRow } from '../store/store.ts';
import { type AnalysisContext, analyse, postRead, repeated } from './analyse.ts';
import { documentHash, paymentHash } from './hash.ts';

const SALE = 'sale FR; product 10.00 20% 2.00; paid card 12.00';
const CREDIT_NOTE = 'creditNote FR; product 10.00 20% 2.00; refunded card 12.00';

const OPEN = { closedTo: null, late: 'refuse', answer: null } as const;

function analysed(document: SalesDocument, context: Partial<AnalysisContext> = {}) {
  const whole = {
    settings: manualSettings(),
    period: OPEN,
    corrections: null,
    corrects: false,
    includeTransferred: false,
    onlyTransferredOrders: false,
    known: [],
    saleTransferred: true,
    ...context,
  };
  const posted = postRead(document, NO_OWN_CODES, whole);
  return analyse({ state: 'read', document, raw: null }, { ...whole, posted });
}

/** The state, the entries' parts, then each reason with its severity and values. */
function told(document: SalesDocument, context: Partial<AnalysisContext> = {}) {
  const { summary, entries } = analysed(document, context);
  return [
    `${summary.state} ${entries.map(({ entry }) => entry.part).join(' ')}`.trim(),
    ...summary.reasons.map(({ code, severity, values }) => [code, severity, values]),
  ];
}

function part(name: string, changes: Partial<PartRow> = {}): PartRow {
  return {
    document: 'sale/1',
    part: name,
    state: 'transferred',
    hash: null,
    run: 'r1',
    at: '2026-11-24T08:00:00Z',
    reason: null,
    number: null,
    orderId: '1',
    ...changes,
  };
}

test('a reason carries the currency its amounts are in', () => {
  const text = 'sale FR USD@1.25; product 10.00 20% 2.00';
  assert.deepEqual(told(sketch(text)), [
    'ready document',
    ['document.unpaid', 'warn', { currency: 'USD', due: '12.00' }],
  ]);
});

test('a record that cannot be read stays out when it was excluded for good, and is held otherwise', () => {
  const source = { kind: 'sale', key: 'sale/1', number: '1' } as const;
  const unreadable: Problem = {
    ...{ code: 'record.unreadable', severity: 'hold', source, part: null },
    values: { field: 'total', reason: 'decimal' },
  };
  const item = { state: 'unreadable', raw: null, orderId: '1', ...source, problems: [unreadable] } as const;
  const context = {
    settings: manualSettings(),
    period: OPEN,
    corrections: null,
    corrects: false,
    includeTransferred: false,
    onlyTransferredOrders: false,
  };
  const read = (known: readonly PartRow[]) => {
    const { summary, held } = analyse(item, { ...context, posted: null, saleTransferred: true, known });
    return [summary.state, summary.reasons.map(({ code }) => code), held.map(({ reason }) => reason)];
  };
  assert.deepEqual(read([]), ['held', ['record.unreadable'], ['record.unreadable']]);
  const excluded = [part('document', { state: 'excluded', reason: 'Booked by hand' })];
  assert.deepEqual(read(excluded), ['excluded', ['document.excluded-for-good', 'record.unreadable'], []]);
});

test('document.changed-after-transfer: another hash than the one written is pointed out, with the new total', () => {
  const known = [part('document', { hash: 'older' }), part('payment/1')];
  assert.deepEqual(told(sketch(SALE), { known }), [
    'already',
    ['document.changed-after-transfer', 'warn', { currency: 'EUR', gross: '12.00' }],
  ]);
  const same = [part('document', { hash: documentHash(sketch(SALE)) }), part('payment/1')];
  assert.deepEqual(told(sketch(SALE), { known: same }), ['already']);
});

test('an order emptied after its transfer is still pointed out', () => {
  const known = [part('document', { hash: 'older' }), part('payment/1')];
  const emptied = sketch('sale FR; product 0.00 20% 0.00');
  const changed = ['document.changed-after-transfer', 'warn', { currency: 'EUR', gross: '0.00' }];
  assert.deepEqual(told(emptied, { known }), ['already', changed]);
  assert.deepEqual(told(emptied, { known, includeTransferred: true }), ['already', changed]);
});

test('payment.changed-after-transfer: a payment whose amount, method, date or fee changed is pointed out', () => {
  const [payment] = sketch(SALE).payments;
  const hash = documentHash(sketch(SALE));
  const known = (of: string) => [part('document', { hash }), part('payment/1', { hash: of })];
  assert.deepEqual(told(sketch(SALE), { known: known('older') }), [
    'already',
    ['payment.changed-after-transfer', 'warn', { currency: 'EUR', amount: '12.00' }],
  ]);
  const same = payment ? paymentHash(sketch(SALE), payment) : '';
  assert.deepEqual(told(sketch(SALE), { known: known(same) }), ['already']);
});

test('document.excluded-for-good: the reason somebody gave is told', () => {
  const known = [part('document', { state: 'excluded', reason: 'booked by hand' })];
  assert.deepEqual(told(sketch(SALE), { known }), [
    'excluded',
    ['document.excluded-for-good', 'exclude', { currency: 'EUR', reason: 'booked by hand' }],
  ]);
});

test('S-262 S-270 document.sale-not-transferred: a credit note is written all the same, or left out as the profile asks', () => {
  const without = { saleTransferred: false };
  assert.deepEqual(told(sketch(CREDIT_NOTE), without), [
    'ready document refund/1',
    ['document.sale-not-transferred', 'warn', { currency: 'EUR', order: '1' }],
  ]);
  assert.deepEqual(told(sketch(CREDIT_NOTE), { ...without, onlyTransferredOrders: true }), [
    'excluded',
    ['document.sale-not-transferred-excluded', 'exclude', { currency: 'EUR', order: '1' }],
  ]);
  assert.deepEqual(told(sketch(CREDIT_NOTE)), ['ready document refund/1']);
});

test('payment.supposed-replaced: a payment that appears after a supposed one was written waits', () => {
  const known = [part('document', { hash: documentHash(sketch(SALE)) }), part('payment/supposed')];
  assert.deepEqual(told(sketch(SALE), { known }), [
    'held',
    ['payment.supposed-replaced', 'part', { currency: 'EUR', amount: '12.00' }],
  ]);
});

test('document.key-conflict: the second of one key waits, and has nothing to write', () => {
  const { summary, entries, document } = repeated(analysed(sketch(SALE)));
  assert.deepEqual([summary.state, entries, document], ['held', [], null]);
  assert.deepEqual(
    summary.reasons.map(({ code, severity, values }) => [code, severity, values]),
    [['document.key-conflict', 'hold', { key: 'sale/1' }]],
  );
});
