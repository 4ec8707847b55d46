import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { decimal, decimalText, sum } from '../../core/decimal.ts';
import type { SalesDocument } from '../../core/document.ts';
import { parseJson } from '../../schema/json.ts';
import type { ReadingOptions } from '../reader.ts';
import { creditNotesOf } from './credit-note.ts';
import { wooOrder, wooRefund } from './order.ts';
import {
  CONTEXT,
  OPTIONS,
  orderOf,
  productRecord,
  refundOf,
  returnedRecord,
  shippingRecord,
  taxRecord,
} from './sample.ts';

/** 20.75 + 4.15 at 20 %, 17.54 + 0.96 at 5.5 %, shipping 5.75 + 1.15: 50.30 in all. */
const ORDER = orderOf({
  total: '50.300000',
  total_tax: '6.260000',
  line_items: [
    productRecord(1, '20.750000', [[1, '4.15']]),
    productRecord(2, '17.535545', [[3, '0.964455']], { tax_class: 'taux-5-5' }),
  ],
  shipping_lines: [shippingRecord(3, '5.750000', [[1, '1.15']])],
  tax_lines: [taxRecord(1, 20, '4.150000', '1.150000'), taxRecord(3, 5.5, '0.960000', '0.000000')],
});

test('what PayPal gives back of its fee is known of an only refund, and of several not', () => {
  const fees = {
    gross_amount: { value: '24.90', currency_code: 'EUR' },
    paypal_fee: { value: '0.72', currency_code: 'EUR' },
    net_amount: { value: '24.18', currency_code: 'EUR' },
  };
  const meta_data = [{ id: 1, key: '_ppcp_paypal_refund_fees', value: fees }];
  const given = (ids: readonly number[]) =>
    creditNotesOf(
      { ...ORDER, meta_data, refunds: ids.map((id) => ({ id: String(id), total: decimal('-24.90') })) },
      [refundOf({ id: 12, amount: '24.90' })],
      CONTEXT,
    ).flatMap(({ payments }) => payments.map(({ fee }) => fee && [decimalText(fee.amount), fee.currency]));
  assert.deepEqual(given([12]), [['-0.72', 'EUR']]);
  assert.deepEqual(given([11, 12]), [null]);
});

test('the golden refund of 1042: 18.00 + 3.60 less 1.60 kept is 16.40 + 3.60, or with VAT shared 16.67 + 3.33', () => {
  const read = (name: string) =>
    parseJson(readFileSync(new URL(`fixtures/synthetic/${name}`, import.meta.url), 'utf8'));
  const order = wooOrder.parse(read('order-1042.json'));
  const refunds = wooRefund.array().parse(read('order-1042-refunds.json'));
  const [stated] = creditNotesOf(order, refunds, CONTEXT);
  assert.deepEqual(summary(stated), {
    lines: ['product 18.00 3.60', 'adjustment -1.60'],
    net: '16.40',
    tax: '3.60',
    gross: '20.00',
  });
  assert.deepEqual(
    stated?.remarks.map(({ code, severity }) => [code, severity]),
    [['document.refund-differs', 'warn']],
  );
  const [shared] = creditNotesOf(order, refunds, withOptions({ retentions: 'shareVat' }));
  assert.deepEqual(summary(shared), {
    lines: ['product 18.00 3.60', 'adjustment -1.33 -0.27'],
    net: '16.67',
    tax: '3.33',
    gross: '20.00',
  });
  assert.deepEqual(
    stated?.payments.map(({ id, direction, amount, date }) => [id, direction, decimalText(amount), date]),
    [['1050', 'out', '20', '2026-10-12']],
  );
  assert.equal(stated?.invoice?.number, 'FA-2026-0701');
});

test('(a) lines that add up to the amount are given back as they were sold', () => {
  const [note] = creditNotesOf(ORDER, [returnOfShirt(600)], CONTEXT);
  assert.deepEqual(summary(note), { lines: ['product 20.75 4.15'], net: '20.75', tax: '4.15', gross: '24.90' });
  assert.deepEqual([note?.lines[0]?.of, note?.lines[0]?.quantity, note?.remarks], ['1', { units: 1n, scale: 0 }, []]);
});

test('(b) an amount without lines is shared over what the earlier refunds left; the last gives back the rest', () => {
  const refunds = [
    refundOf({ id: 603, date_created_gmt: '2026-11-01T08:00:00', amount: '15.40' }),
    returnOfShirt(601),
    refundOf({ id: 602, date_created_gmt: '2026-10-20T08:00:00', amount: '10.00' }),
  ];
  const notes = creditNotesOf(ORDER, refunds, CONTEXT);
  assert.deepEqual(
    notes.map(({ creditNote }) => creditNote?.id),
    ['601', '602', '603'],
  );
  // Left after the shirt: 6.90 at 20 %, 18.50 at 5.5 %.
  assert.deepEqual(summary(notes[1]).lines, ['adjustment 2.27 0.45', 'adjustment 6.90 0.38']);
  assert.deepEqual(summary(notes[2]).lines, ['adjustment 3.48 0.70', 'adjustment 10.64 0.58']);
  const all = notes.flatMap(({ lines }) => lines);
  assert.equal(decimalText(sum(all.map(({ gross }) => gross)), 2), '50.30');
  assert.equal(decimalText(sum(all.flatMap(({ taxes }) => taxes.map(({ amount }) => amount))), 2), '6.26');
});

test('(b) all that is left after returned lines gives back the other lines themselves', () => {
  const notes = creditNotesOf(
    ORDER,
    [returnOfShirt(600), refundOf({ id: 601, date_created_gmt: '2026-10-30T08:00:00', amount: '25.40' })],
    CONTEXT,
  );
  assert.deepEqual(summary(notes[1]).lines, ['product 17.54 0.96', 'shipping 5.75 1.15']);
  assert.deepEqual(notes[1]?.remarks, []);
});

test('(b) with amounts untaxed, one line without tax, and later refunds as if it had been shared', () => {
  const refunds = [
    refundOf({ id: 600, amount: '10.00' }),
    refundOf({ id: 601, date_created_gmt: '2026-10-30T08:00:00', amount: '40.30' }),
  ];
  const notes = creditNotesOf(ORDER, refunds, withOptions({ amountOnlyRefunds: 'untaxed' }));
  assert.deepEqual(
    notes.map((note) => summary(note).lines),
    [['adjustment 10.00'], ['adjustment 40.30']],
  );
  assert.equal(decimalText(notes[0]?.totals.tax ?? ORDER.total), '0');
});

test('(c) more than the lines is shared over what they left, and said so', () => {
  const [note] = creditNotesOf(ORDER, [refundOf({ ...shirt, amount: '26.90' })], CONTEXT);
  assert.deepEqual(summary(note).lines, ['product 20.75 4.15', 'adjustment 0.45 0.09', 'adjustment 1.38 0.08']);
  assert.deepEqual(
    note?.remarks.map(({ code, severity }) => [code, severity]),
    [
      ['document.refund-differs', 'warn'],
      ['document.split-by-proportion', 'warn'],
    ],
  );
});

test('(c) a gap beyond 5 % of the order holds the credit note', () => {
  const [note] = creditNotesOf(ORDER, [refundOf({ ...shirt, amount: '20.00' })], CONTEXT);
  assert.deepEqual(
    note?.remarks.map(({ code, severity, values }) => [code, severity, values]),
    [['document.refund-differs', 'hold', { amount: '20.00', lines: '24.90', difference: '-4.90' }]],
  );
});

test('an amount beyond what is left gives back earlier retentions without VAT, and beyond these is held', () => {
  const kept = refundOf({ ...shirt, amount: '22.90' });
  const later = (amount: string) =>
    creditNotesOf(ORDER, [kept, refundOf({ id: 601, date_created_gmt: '2026-10-30T08:00:00', amount })], CONTEXT)[1];
  assert.deepEqual(summary(later('27.40')).lines, ['adjustment 5.75 1.15', 'adjustment 17.54 0.96', 'adjustment 2.00']);
  const tooMuch = later('27.41');
  assert.deepEqual(
    tooMuch?.remarks.map(({ code, severity, values }) => [code, severity, values]),
    [['document.refund-too-large', 'hold', { amount: '27.41', remaining: '27.40' }]],
  );
});

test('(d) a restock without amount gives nothing back', () => {
  const line = returnedRecord(1, '0.000000', [[1, '0']]);
  const [note] = creditNotesOf(ORDER, [refundOf({ amount: '0.00', line_items: [line] })], CONTEXT);
  assert.deepEqual([note?.lines, note?.payments], [[], []]);
});

test('a refund of an order that was never paid moves no money', () => {
  const [note] = creditNotesOf({ ...ORDER, date_paid_gmt: null }, [returnOfShirt(600)], CONTEXT);
  assert.deepEqual(note?.payments, []);
});

test('number and transaction of a credit note: of the refund, and of the order for its last refund', () => {
  const order = {
    ...ORDER,
    refunds: [600, 601].map((id) => ({ id: String(id), total: ORDER.total })),
    meta_data: [{ key: '_stripe_refund_id', value: 're_2' }],
  };
  const numbered = refundOf({ ...shirt, meta_data: [{ key: '_wcpdf_credit_note_number', value: 'AV-9' }] });
  const notes = creditNotesOf(
    order,
    [numbered, refundOf({ id: 601, date_created_gmt: '2026-10-30T08:00:00', amount: '1.00' })],
    CONTEXT,
  );
  assert.deepEqual(
    notes.map(({ creditNote, key }) => [key, creditNote?.number]),
    [
      ['creditNote/600', 'AV-9'],
      ['creditNote/601', null],
    ],
  );
  assert.deepEqual(
    notes.map(({ payments }) => payments[0]?.transactionId),
    [null, 're_2'],
  );
});

const shirt = {
  line_items: [returnedRecord(1, '-20.750000', [[1, '-4.15']])],
  tax_lines: [taxRecord(1, 20, '-4.150000', '0.000000')],
};

function returnOfShirt(id: number) {
  return refundOf({ id, ...shirt });
}

function withOptions(options: Partial<ReadingOptions>) {
  return { ...CONTEXT, options: { ...OPTIONS, ...options } };
}

function summary(note: SalesDocument | undefined) {
  assert.ok(note);
  const { net, tax, gross } = note.totals;
  const lines = note.lines.map((line) =>
    [line.kind, ...[line.net, ...line.taxes.map(({ amount }) => amount)].map((value) => decimalText(value, 2))].join(
      ' ',
    ),
  );
  assert.equal(decimalText(sum(note.lines.map((line) => line.gross)), 2), decimalText(gross, 2));
  return { lines, net: decimalText(net, 2), tax: decimalText(tax, 2), gross: decimalText(gross, 2) };
}

test('what remains of a line with a compound tax keeps the base of what remains', () => {
  const taxes = (sign: string) =>
    [
      [1, `${sign}5.00`],
      [2, `${sign}10.50`],
    ] as const;
  const compound = (sign: string) => [
    taxRecord(1, 5, `${sign}5.00`, '0'),
    { ...taxRecord(2, 10, `${sign}10.50`, '0'), compound: true },
  ];
  const sold = [
    productRecord(1, '200.00', [
      [1, '10.00'],
      [2, '21.00'],
    ]),
  ];
  const stated = [taxRecord(1, 5, '10.00', '0'), { ...taxRecord(2, 10, '21.00', '0'), compound: true }];
  const order = orderOf({ total: '231.00', total_tax: '31.00', line_items: sold, tax_lines: stated });
  const half = { amount: '115.50', line_items: [returnedRecord(1, '-100.00', taxes('-'))], tax_lines: compound('-') };
  const rest = { id: 601, date_created_gmt: '2026-10-13T08:30:00', amount: '115.50' };
  const bases = creditNotesOf(order, [refundOf(half), refundOf(rest)], CONTEXT).map(({ lines }) =>
    lines[0]?.taxes.map(({ base, amount }) => [base && decimalText(base, 2), decimalText(amount, 2)]),
  );
  const expected = [
    [null, '5.00'],
    ['105.00', '10.50'],
  ];
  assert.deepEqual(bases, [expected, expected]);
});
