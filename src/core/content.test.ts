import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from './calendar.ts';
import { contentOf, contentOfPayment } from './content.ts';
import { decimal } from './decimal.ts';
import type { Payment, SalesDocument } from './document.ts';
import { sketch } from './testing/sketch.ts';

const TEXT =
  'sale FR; product 36.00 20% 7.20 was=40.00; shipping 4.92 20% 0.98; total 49.10; paid card 49.10 fee=1.13/EUR';
const document = sketch(TEXT);
const line = document.lines[0] as (typeof document.lines)[number]; // the sketch has two
const payment = document.payments[0] as Payment; // the sketch has one

test('what does not matter to the books does not count as a change', () => {
  const unchanged: Partial<SalesDocument>[] = [
    { updated: '2026-01-01T00:00:00Z' },
    { status: { code: 'completed', label: 'Done' } },
    { lines: document.lines.map((one) => ({ ...one, id: `x${one.id}`, label: 'Another text' })) },
    { customer: { ...document.customer, lastName: 'Other', email: null } },
    { payments: [] },
    { delivery: document.delivery && { ...document.delivery, postcode: '75001' } },
    { totals: { ...document.totals, gross: decimal('49.1000') } },
  ];
  for (const change of unchanged)
    assert.equal(contentOf({ ...document, ...change }), contentOf(document), JSON.stringify(Object.keys(change)));
});

test('what the books hold counts', () => {
  const changed: Partial<SalesDocument>[] = [
    { kind: 'creditNote' },
    { lines: document.lines.slice(1) },
    { lines: [...document.lines].reverse() },
    { lines: [{ ...line, net: decimal('36.01') }, ...document.lines.slice(1)] },
    { lines: [{ ...line, taxes: [] }, ...document.lines.slice(1)] },
    { lines: [{ ...line, taxRule: { id: 'reduced', name: null } }, ...document.lines.slice(1)] },
    { totals: { ...document.totals, gross: decimal('49.11') } },
    { currency: { code: 'USD', base: 'EUR', rate: decimal('1.1') } },
    { order: { ...document.order, date: day('2018-11-27') } },
    { invoice: null },
    { taxCountry: 'BE' },
    { delivery: document.delivery && { ...document.delivery, postcode: '97400' } },
    { customer: { ...document.customer, vatNumber: { value: 'BE0123456789', valid: true } } },
  ];
  const contents = new Set([contentOf(document), ...changed.map((change) => contentOf({ ...document, ...change }))]);
  assert.equal(contents.size, changed.length + 1);
});

test('a payment has its own content', () => {
  const changed: Partial<Payment>[] = [
    { amount: decimal('49.00') },
    { date: day('2018-11-27') },
    { method: { id: 'cheque', name: null } },
    { fee: null },
    { direction: 'out' },
  ];
  const contents = changed.map((change) => contentOfPayment(document, { ...payment, ...change }));
  assert.equal(new Set([contentOfPayment(document, payment), ...contents]).size, changed.length + 1);
  assert.equal(contentOfPayment(document, { ...payment, transactionId: 'ch_1' }), contentOfPayment(document, payment));
});
