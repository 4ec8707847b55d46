import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startMagentoDemo } from '../../demo/magento.ts';
import type { MagentoRecords } from '../../demo/mg-made.ts';
import { demoMagentoRecords } from '../../demo/mg-records.ts';
import type { Json, JsonObject } from '../../demo/php.ts';
import type { ReadingOptions, ReadRequest } from '../reader.ts';
import { documentsOf, during, requestOf, shopAt, told } from './sample.ts';

/** What Magento does in its own way, one order of the invented shop each, and the same order with something changed. */
const DEMO = demoMagentoRecords();
const idOf = (record: JsonObject) => Number(record.entity_id);

type Change = (record: JsonObject, kind: keyof MagentoRecords) => JsonObject;

async function read(
  id: number,
  facts: { change?: Change; options?: Partial<ReadingOptions>; request?: Partial<ReadRequest> } = {},
): Promise<string[]> {
  const { change = (record) => record, options = {}, request = {} } = facts;
  const transform = (): MagentoRecords => ({
    orders: DEMO.orders.filter((one) => idOf(one) === id).map((one) => change(one, 'orders')),
    invoices: DEMO.invoices.filter((one) => one.order_id === id).map((one) => change(one, 'invoices')),
    creditmemos: DEMO.creditmemos.filter((one) => one.order_id === id).map((one) => change(one, 'creditmemos')),
    transactions: DEMO.transactions.filter((one) => one.order_id === id),
  });
  return await during(startMagentoDemo({ transform }), async (shop) => {
    const documents = await documentsOf(shopAt(shop), requestOf(request, options));
    return documents.map((document) => `${document.key} ${told(document)}`);
  });
}

const ORDERS = { salesSource: 'orders' } as const;
const PAID = 'in money stripe_payments';
const HOME = 'shipping 4.92 20%=0.98';

/** [what, order, options, expected] */
const cases: [string, number, Partial<ReadingOptions>, string[]][] = [
  [
    'two rates, a discount on prices with tax: its compensation is no part of the net',
    1002,
    {},
    [`sale/inv-2002 58.59 EUR | product 36.00 20%=7.20; product 9.00 5.5%=0.49; ${HOME} | ${PAID} 58.59 2026-09-03`],
  ],
  [
    'a configurable product counts once; shipping wholly offered is no line',
    1003,
    {},
    [
      'sale/inv-2003 63.60 EUR | product 32.25 20%=6.45; product 23.60 5.5%=1.30 | in money paypal_express 63.60 2026-09-05',
    ],
  ],
  [
    'a bundle priced by its parts counts by them',
    1004,
    {},
    [
      `sale/inv-2004 100.84 EUR | product 31.65 20%=6.33; product 32.38 5.5%=1.78; product 19.00 20%=3.80; ${HOME} | ${PAID} 100.84 2026-09-08`,
    ],
  ],
  [
    'a bundle at a price of its own counts itself',
    1005,
    {},
    [`sale/inv-2005 55.89 EUR | product 41.66 20%=8.33; ${HOME} | in money checkmo 55.89 2026-09-10`],
  ],
  [
    'two invoices are two sales, each paid by itself',
    1006,
    {},
    [
      `sale/inv-2006 33.40 EUR | product 17.22 20%=3.45; product 6.47 5.5%=0.36; ${HOME} | ${PAID} 33.40 2026-09-15`,
      `sale/inv-2106 23.95 EUR | product 8.61 20%=1.72; product 12.91 5.5%=0.71 | ${PAID} 23.95 2026-09-22`,
    ],
  ],
  [
    'the order itself, in the way of shops that do not invoice in Magento',
    1006,
    ORDERS,
    [`sale/1006 57.35 EUR | product 25.83 20%=5.17; product 19.38 5.5%=1.07; ${HOME} | ${PAID} 57.35 2026-09-22`],
  ],
  [
    'points that only the order states are shared over its invoices',
    1007,
    {},
    [
      `sale/inv-2007 15.91 EUR | product 8.34 20%=1.67; ${HOME} | in points reward 15.91 2026-09-18`,
      `sale/inv-2107 9.99 EUR | product 8.33 20%=1.66 | in points reward 4.09 2026-09-25; ${PAID} 5.90 2026-09-25`,
    ],
  ],
  [
    'store credit is a payment, not a discount',
    1008,
    {},
    [
      `sale/inv-2008 105.90 EUR | product 83.33 20%=16.67; ${HOME} | in storeCredit customerbalance 30.00 2026-09-20; ${PAID} 75.90 2026-09-20`,
    ],
  ],
  [
    'a gift card that pays all leaves a total of nothing and a whole sale',
    1009,
    {},
    ['sale/inv-2009 49.80 EUR | product 47.20 5.5%=2.60 | in giftCard giftcardaccount 49.80 2026-09-21'],
  ],
  [
    'a gift card sold is a debt',
    1010,
    {},
    [`sale/inv-2010 80.80 EUR | giftCard 50.00; product 23.60 5.5%=1.30; ${HOME} | ${PAID} 80.80 2026-09-24`],
  ],
  [
    'wrapping of the order, of its items, and a card',
    1011,
    {},
    [
      `sale/inv-2011 47.80 EUR | product 31.28 5.5%=1.72; ${HOME}; wrapping 4.17 20%=0.83; wrapping 2.00 20%=0.40; wrapping 1.25 20%=0.25 | ${PAID} 47.80 2026-09-28`,
    ],
  ],
  [
    'eco-tax is a line of its own, with the VAT that the item contains',
    1012,
    {},
    [`sale/inv-2012 234.70 EUR | product 166.67 20%=33.33; ecotax 24.00 20%=4.80; ${HOME} | ${PAID} 234.70 2026-09-30`],
  ],
  [
    'a foreign order in the books’ currency: the base amounts as they are',
    1013,
    {},
    [
      'sale/inv-2013 100.72 EUR | product 63.72; product 18.00; shipping 19.00 | in money paypal_express 100.72 2026-10-01',
    ],
  ],
  [
    'the same with entries in currency: its own amounts',
    1013,
    { inCurrency: true },
    [
      'sale/inv-2013 109.39 USD | product 69.20; product 19.55; shipping 20.64 | in money paypal_express 109.39 2026-10-01',
    ],
  ],
  [
    'VAT on the price before discount',
    1017,
    {},
    ['sale/inv-2017 150.00 EUR | product 120.00 20%=30.00/150.00 | in money banktransfer 150.00 2026-10-08'],
  ],
  [
    'an open invoice is a sale that is not paid',
    1018,
    {},
    [`sale/inv-2018 205.82 EUR | product 166.60 20%=33.32; ${HOME}`],
  ],
  ['what is not invoiced is no sale yet', 1019, {}, []],
  [
    'what took the place of an edited order says so',
    1021,
    {},
    [
      'sale/inv-2021 74.70 EUR | product 70.81 5.5%=3.89 | in money checkmo 74.70 2026-10-16 | warn document.replaces-order 000001020',
    ],
  ],
  [
    'rows that stand after their discount',
    1023,
    {},
    [
      `sale/inv-2023 192.76 EUR | product 79.31 20%=15.86; product 76.41 20%=15.28; ${HOME} | ${PAID} 192.76 2026-10-15`,
    ],
  ],
  [
    'two taxes on one row',
    1024,
    {},
    [`sale/inv-2024 35.00 EUR | product 27.27 5.5%=1.50 1.2%=0.33; ${HOME} | ${PAID} 35.00 2026-10-17`],
  ],
];

for (const [what, id, options, expected] of cases) {
  test(`S-011 Magento: ${what}`, async () => assert.deepEqual(await read(id, { options }), expected));
}

/** [what, order, options, expected] */
const memos: [string, number, Partial<ReadingOptions>, string[]][] = [
  [
    'something kept from a returned line has no VAT',
    1025,
    {},
    [
      'creditNote/501 20.00 EUR | product 18.00 20%=3.60; adjustment -1.60 | out money stripe_payments 20.00 2026-10-27',
    ],
  ],
  [
    'a part with the shipping, then the rest',
    1026,
    {},
    [
      `creditNote/502 24.34 EUR | product 9.26 20%=1.85; product 6.95 5.5%=0.38; ${HOME} | out money stripe_payments 24.34 2026-10-28`,
      'creditNote/503 29.55 EUR | product 18.51 20%=3.71; product 6.95 5.5%=0.38 | out money stripe_payments 29.55 2026-11-03',
    ],
  ],
  [
    'an amount alone is shared over the order’s VAT',
    1027,
    {},
    [
      'creditNote/504 15.00 EUR | adjustment 12.50 20%=2.50/12.50 | out money stripe_payments 15.00 2026-11-05 | warn document.split-by-proportion 15.00',
    ],
  ],
  [
    'the same without VAT',
    1027,
    { amountOnlyRefunds: 'untaxed' },
    ['creditNote/504 15.00 EUR | adjustment 15.00 | out money stripe_payments 15.00 2026-11-05'],
  ],
  [
    'given back to store credit',
    1028,
    {},
    ['creditNote/505 33.00 EUR | product 31.28 5.5%=1.72 | out storeCredit customerbalance 33.00 2026-11-06'],
  ],
  [
    'dollars given back, in the base currency',
    1031,
    {},
    ['creditNote/507 83.33 EUR | product 83.33 | out money paypal_express 83.33 2026-11-12'],
  ],
];

for (const [what, id, options, expected] of memos) {
  test(`S-011 a credit memo of Magento: ${what}`, async () => {
    assert.deepEqual(await read(id, { options, request: { kind: 'creditNotes' } }), expected);
  });
}

test('an amount beyond what the order holds is held', async () => {
  const change: Change = (record, kind) =>
    kind === 'creditmemos' ? more(record, { adjustment_positive: 500, grand_total: 500 }) : record;
  const [note = ''] = await read(1027, { change, request: { kind: 'creditNotes' } });
  assert.match(note, /hold document\.refund-too-large 500\.00 125\.90/);
});

test('D-07 rows that do not come to the subtotal hold the invoice, and say what is missing', async () => {
  const change: Change = (record, kind) => (kind === 'invoices' ? { ...record, items: rows(record).slice(1) } : record);
  const [sale = ''] = await read(1002, { change });
  assert.match(sale, /hold document\.parts-differ subtotal 50\.00 10\.00 40\.00/);
});

test('D-07 a discount that neither rows nor shipping explain holds the order', async () => {
  const change: Change = (record) => more(record, { discount_amount: -9, grand_total: 55.45 });
  const [sale = ''] = await read(1002, { change, options: ORDERS, request: {} });
  assert.match(sale, /hold document\.parts-differ discount_amount 9\.00 5\.86 3\.14/);
});

test('a fee that no line bears: held, its attribute named; booked once the profile declares it', async () => {
  const change: Change = (record, kind) => {
    const total = more(record, { grand_total: Number(record.grand_total) + 3 });
    if (kind !== 'orders') return total;
    return { ...total, extension_attributes: { ...object(record.extension_attributes), cod_fee_amount: 2.5 } };
  };
  const declared = (upTo: string): Partial<ReadingOptions> => ({ unexplainedFee: { upTo, rate: '20' } });
  assert.match((await read(1002, { change }))[0] ?? '', /hold document\.fee-undeclared 3\.00 cod_fee_amount/);
  assert.match((await read(1002, { change, options: declared('1') }))[0] ?? '', /hold document\.fee-undeclared/);
  const [booked = ''] = await read(1002, { change, options: declared('5') });
  assert.match(booked, /^sale\/inv-2002 61\.59 EUR .*; fee 2\.50 20%=0\.50 \| in/);
  assert.doesNotMatch(booked, /hold/);
  const unnamed: Change = (record) => more(record, { grand_total: Number(record.grand_total) + 3 });
  assert.match((await read(1002, { change: unnamed }))[0] ?? '', /hold document\.unexplained-amount 3\.00/);
});

test('a fee whose tax stands in the document’s tax is net of it', async () => {
  const change: Change = (record) =>
    more(record, { grand_total: Number(record.grand_total) + 3, tax_amount: Number(record.tax_amount) + 0.5 });
  const [booked = ''] = await read(1002, { change, options: { unexplainedFee: { upTo: '5', rate: '5.5' } } });
  assert.match(booked, /; fee 2\.50 20%=0\.50 \| in/);
});

test('an order that contradicts its invoices, or its two currencies, is pointed out', async () => {
  const unpaid: Change = (record, kind) => (kind === 'orders' ? more(record, { total_paid: 50 }) : record);
  assert.match(
    (await read(1002, { change: unpaid, options: ORDERS }))[0] ?? '',
    /warn document\.order-contradicts total_paid 50\.00 58\.59/,
  );
  const mixed: Change = (record) => ({ ...record, grand_total: Number(record.grand_total) + 5 });
  assert.match(
    (await read(1013, { change: mixed }))[0] ?? '',
    /warn document\.order-contradicts grand_total 114\.39 109\.40/,
  );
});

test('cancelled units are still in the order’s amounts: pointed out; a cancelled invoice is left out with its reason', async () => {
  const units: Change = (record, kind) =>
    kind === 'orders' ? { ...record, items: rows(record).map((row) => ({ ...row, qty_canceled: 1 })) } : record;
  assert.match((await read(1001, { change: units, options: ORDERS }))[0] ?? '', /warn document\.units-cancelled 1$/);
  const cancelled: Change = (record, kind) => (kind === 'invoices' ? { ...record, state: 3 } : record);
  assert.match((await read(1001, { change: cancelled }))[0] ?? '', /exclude document\.cancelled$/);
});

test('binary noise of PHP in an amount is what the database holds', async () => {
  const change: Change = (record) => ({ ...record, tax_amount: 2.2800000000000002, subtotal: 23.600000000000001 });
  const [sale = ''] = await read(1001, { change });
  assert.equal(sale, `sale/inv-2001 30.80 EUR | product 23.60 5.5%=1.30; ${HOME} | ${PAID} 30.80 2026-09-02`);
});

test('without taxes named by the order: the item’s own rate, and for shipping the rate that fits', async () => {
  const change: Change = (record, kind) => {
    if (kind !== 'orders') return record;
    const { item_applied_taxes: _, ...rest } = object(record.extension_attributes);
    return { ...record, extension_attributes: rest };
  };
  const [sale = ''] = await read(1002, { change });
  assert.equal(
    sale,
    `sale/inv-2002 58.59 EUR | product 36.00 20%=7.20; product 9.00 5.5%=0.49; ${HOME} | ${PAID} 58.59 2026-09-03`,
  );
  const none: Change = (record, kind) => (kind === 'orders' ? { ...record, extension_attributes: {} } : record);
  assert.match(
    (await read(1002, { change: none }))[0] ?? '',
    /shipping 4\.92 20%=0\.98 \|.*warn document\.tax-rate-derived/,
  );
});

test('an invoice with an amount that is none is held by itself', async () => {
  const change: Change = (record, kind) =>
    kind === 'invoices' && record.entity_id === 2006 ? { ...record, subtotal: 'douze' } : record;
  const told = await read(1006, { change });
  assert.equal(told.length, 1);
  assert.match(told[0] ?? '', /^sale\/inv-2106/);
});

/** The same figures in both currencies. */
function more(record: JsonObject, figures: Readonly<Record<string, number>>): JsonObject {
  const base = Object.fromEntries(Object.entries(figures).map(([name, value]) => [`base_${name}`, value]));
  return { ...record, ...figures, ...base };
}

function rows(record: JsonObject): readonly JsonObject[] {
  return record.items as readonly JsonObject[]; // every record of these kinds has them
}

function object(value: Json | undefined): JsonObject {
  return value as JsonObject; // the demo's own records have it
}
