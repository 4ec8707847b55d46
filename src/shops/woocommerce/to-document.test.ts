import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { decimalText, sum } from '../../core/decimal.ts';
import type { SalesDocument } from '../../core/document.ts';
import { firstIssue } from '../../schema/issue.ts';
import { parseJson } from '../../schema/json.ts';
import { wooOrder } from './order.ts';
import { address, CONTEXT, OPTIONS, orderOf, orderRecord, productRecord, shippingRecord, taxRecord } from './sample.ts';
import { toDocument, type WooContext } from './to-document.ts';

test('the golden order 1042: net 49.92, VAT 8.18 and 0.49, gross 58.59, fee 1.13, invoice of the day in Paris', () => {
  const text = readFileSync(new URL('fixtures/synthetic/order-1042.json', import.meta.url), 'utf8');
  const sale = toDocument(wooOrder.parse(parseJson(text)), CONTEXT);
  assert.deepEqual(lineTexts(sale), [
    ['product', '36.00', '20:7.20', 'standard'],
    ['product', '9.00', '5.5:0.49', 'taux-5-5'],
    ['shipping', '4.92', '20:0.98', null],
  ]);
  assert.deepEqual(
    [sale.totals.net, sale.totals.tax, sale.totals.gross].map((value) => decimalText(value, 2)),
    ['49.92', '8.67', '58.59'],
  );
  assert.deepEqual(sale.invoice, { id: null, number: 'FA-2026-0701', date: '2026-10-04' });
  assert.deepEqual([sale.order.date, sale.payments[0]?.date], ['2026-10-03', '2026-10-04']);
  assert.equal(decimalText(sale.payments[0]?.fee?.amount ?? sale.totals.net), '1.13');
  assert.deepEqual(
    sale.discounts.map(({ code, net, gross }) => [code, net && decimalText(net, 2), gross && decimalText(gross, 2)]),
    [['rentree10', '5.00', '5.86']],
  );
  assert.equal(decimalText(sale.wholeOrder?.creditNotes ?? sale.totals.net, 2), '20.00');
  assert.equal(sale.customer.email, 'camille.martin@exemple.test');
});

test('a compound tax keeps what it was taken on: the price, the plain taxes and the compound ones before it', () => {
  const order = orderOf({
    total: '120.75',
    total_tax: '20.75',
    line_items: [
      productRecord(1, '100.00', [
        [1, '5.00'],
        [2, '10.50'],
        [3, '5.25'],
      ]),
    ],
    tax_lines: [
      { ...taxRecord(1, 5, '5.00', '0'), compound: false },
      { ...taxRecord(2, 10, '10.50', '0'), compound: true },
      { ...taxRecord(3, 4.5455, '5.25', '0'), compound: true },
    ],
  });
  const bases = toDocument(order, CONTEXT).lines[0]?.taxes.map(({ base }) => base && decimalText(base, 2));
  assert.deepEqual(bases, [null, '105.00', '115.50']);
});

test('the parts of an order go by one method, paid or not yet: sale, cheque to come, gift card, refund', () => {
  const methodOf = (fields: Record<string, unknown>) => toDocument(orderOf(fields), CONTEXT).wholeOrder?.firstMethod;
  assert.equal(methodOf({}), 'stripe');
  assert.equal(methodOf({ date_paid_gmt: null, payment_method: 'cheque' }), 'cheque');
  assert.equal(methodOf({ date_paid_gmt: null, payment_method: '' }), null);
  assert.equal(methodOf({ gift_cards: [{ id: 2, amount: 4 }] }), 'gift_card');
});

test('gift cards are payments, and the gross is what was left to pay plus the cards', () => {
  const sale = toDocument(
    orderOf({
      total: '4.00',
      total_tax: '0.00',
      line_items: [productRecord(1, '18.00', [])],
      shipping_lines: [shippingRecord(2, '10.00', [])],
      tax_lines: [],
      gift_cards: [
        { id: 2, code: 'SECRET', amount: 20 },
        { id: 4, code: 'SECRET', amount: 4 },
      ],
    }),
    CONTEXT,
  );
  assert.equal(decimalText(sale.totals.gross, 2), '28.00');
  assert.equal(decimalText(sum(sale.lines.map(({ gross }) => gross)), 2), '28.00');
  assert.deepEqual(
    sale.payments.map(({ id, type, amount }) => [id, type, decimalText(amount)]),
    [
      ['gift-card-2', 'giftCard', '20'],
      ['gift-card-4', 'giftCard', '4'],
      ['1', 'money', '4'],
    ],
  );
});

test('bundles: parent and children are all lines, and a child names its parent', () => {
  const sale = toDocument(
    orderOf({
      total: '75.20',
      total_tax: '0.00',
      tax_lines: [],
      line_items: [
        productRecord(752, '59.00', [], { bundled_by: '' }),
        productRecord(753, '16.20', [], { bundled_by: 752 }),
      ],
    }),
    CONTEXT,
  );
  assert.deepEqual(
    sale.lines.map(({ id, of }) => [id, of]),
    [
      ['752', null],
      ['753', '752'],
    ],
  );
  assert.equal(decimalText(sum(sale.lines.map(({ gross }) => gross))), '75.2');
});

test('S-206 fees whose name the profile lists are wrapping, compared without case and entities', () => {
  const context = { ...CONTEXT, options: { ...OPTIONS, wrappingNames: ['emballage cadeau & ruban'] } };
  const fee = { ...productRecord(2, '2.50', [[1, '0.50']]), name: 'Emballage cadeau &amp; ruban' };
  const sale = toDocument(
    orderOf({ total: '27.90', fee_lines: [fee], tax_lines: [taxRecord(1, 20, '4.65', '0')] }),
    context,
  );
  assert.deepEqual(
    sale.lines.map(({ kind }) => kind),
    ['product', 'wrapping'],
  );
});

test('a rate the order does not state comes from the shop, and a deleted one is derived with a warning', () => {
  const order = orderOf({ tax_lines: [taxRecord(1, null, '4.150000', '0.000000')] });
  const known = toDocument(order, { ...CONTEXT, rates: new Map([['1', { units: 200000n, scale: 4 }]]) });
  assert.deepEqual([lineTexts(known)[0]?.[2], known.remarks], ['20:4.15', []]);
  const derived = toDocument(order, CONTEXT);
  assert.equal(lineTexts(derived)[0]?.[2], '20:4.15');
  assert.deepEqual(
    derived.remarks.map(({ code, values }) => [code, values]),
    [['document.tax-rate-derived', { tax: 'Taxe 1', rate: '20', base: '20.75', amount: '4.15' }]],
  );
  const odd = orderOf({
    total: '108.88',
    line_items: [productRecord(1, '100.00', [[1, '8.88']])],
    tax_lines: [taxRecord(1, null, '8.88', '0')],
  });
  assert.equal(lineTexts(toDocument(odd, CONTEXT))[0]?.[2], '8.88:8.88');
});

test('the country of taxation follows the shop’s setting; fetched at the shop is the shop’s', () => {
  const order = { billing: address('FR'), shipping: address('BE') };
  const country = (fields: Record<string, unknown>, context: Partial<WooContext> = {}) =>
    toDocument(orderOf({ ...order, ...fields }), { ...CONTEXT, country: 'LU', ...context }).taxCountry;
  assert.equal(country({}), 'BE');
  assert.equal(country({}, { taxBasedOn: 'billing' }), 'FR');
  assert.equal(country({}, { taxBasedOn: 'base' }), 'LU');
  assert.equal(country({}, { taxBasedOn: null }), null);
  assert.equal(country({ shipping: address('') }), 'FR');
  assert.equal(country({ shipping_lines: [shippingRecord(2, '0', [], { method_id: 'local_pickup' })] }), 'LU');
});

test('orders around midnight and around the change of clocks fall on the day of the zone', () => {
  const days = [
    '2026-08-31T21:59:58',
    '2026-08-31T22:00:00',
    '2026-10-24T22:30:00',
    '2026-10-25T22:59:59',
    '2026-10-25T23:00:00',
    '2026-12-31T23:00:00',
  ];
  const read = days.map((date_created_gmt) => toDocument(orderOf({ date_created_gmt }), CONTEXT).order.date);
  assert.deepEqual(read, ['2026-08-31', '2026-09-01', '2026-10-25', '2026-10-25', '2026-10-26', '2027-01-01']);
});

test('an order is paid when it says when; a completed bank transfer that does not, on its completion, with a warning', () => {
  const payments = (fields: Record<string, unknown>) => {
    const { payments, remarks } = toDocument(orderOf(fields), CONTEXT);
    return [payments.map(({ id, date, method }) => [id, date, method.id]), remarks.map(({ code }) => code)];
  };
  const completed = { date_paid_gmt: null, status: 'completed', date_completed_gmt: '2026-10-20T23:30:00' };
  assert.deepEqual(payments({ date_paid_gmt: null }), [[], []]);
  assert.deepEqual(payments({ ...completed, payment_method: 'bacs' }), [
    [['supposed', '2026-10-21', 'bacs']],
    ['payment.date-supposed'],
  ]);
  assert.deepEqual(payments(completed), [[], []]);
  assert.deepEqual(payments({ payment_method: '' }), [[['1', '2026-10-04', 'N/A']], []]);
  assert.deepEqual(payments({ total: '0.00' }), [[], []]);
});

test('an order in the shop’s currency has the rate 1; in another without rate, none', () => {
  const currency = (fields: Record<string, unknown>) => {
    const { code, base, rate } = toDocument(orderOf(fields), CONTEXT).currency;
    return [code, base, rate === null ? null : decimalText(rate)];
  };
  assert.deepEqual(currency({}), ['EUR', 'EUR', '1']);
  assert.deepEqual(currency({ currency: 'USD' }), ['USD', 'EUR', null]);
  assert.deepEqual(currency({ currency: 'USD', meta_data: [{ key: '_woocs_order_rate', value: '1.1' }] }), [
    'USD',
    'EUR',
    '1.1',
  ]);
});

test('labels lose their entities, guests are known by e-mail, customers by id', () => {
  const sale = toDocument(
    orderOf({ line_items: [productRecord(1, '20.75', [[1, '4.15']], { name: 'Mug &times; 2 &amp; th&eacute;' })] }),
    CONTEXT,
  );
  assert.equal(sale.lines[0]?.label, 'Mug × 2 & thé');
  assert.deepEqual([sale.customer.guest, sale.customer.id, sale.customer.email], [true, null, 'camille@exemple.test']);
  assert.equal(toDocument(orderOf({ customer_id: 7 }), CONTEXT).customer.id, '7');
});

test('an order that lacks what is read names the field and the reason', () => {
  const refusals: [Record<string, unknown>, string, RegExp][] = [
    [{ total: undefined }, 'total', /missing/],
    [{ total: '12,50' }, 'total', /12,50/],
    [{ currency: 'euro' }, 'currency', /currency/],
    [{ date_created_gmt: 'yesterday' }, 'date_created_gmt', /yesterday/],
    [{ line_items: [{ ...productRecord(1, '1', []), total: {} }] }, 'line_items.0.total', /not-decimal/],
    [{ tax_lines: null }, 'tax_lines', /array/],
  ];
  for (const [fields, field, reason] of refusals) {
    const parsed = wooOrder.safeParse(parseJson(JSON.stringify({ ...orderRecord(), ...fields })));
    assert.ok(!parsed.success, field);
    const issue = firstIssue(parsed.error);
    assert.equal(issue.field, field);
    assert.match(issue.reason, reason);
  }
});

function lineTexts(sale: SalesDocument) {
  return sale.lines.map(({ kind, net, taxes, taxRule }) => [
    kind,
    decimalText(net, 2),
    taxes.map((tax) => `${decimalText(tax.rate)}:${decimalText(tax.amount, 2)}`).join(' '),
    taxRule?.id ?? null,
  ]);
}
