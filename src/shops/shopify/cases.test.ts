import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { day } from '../../core/calendar.ts';
import { decimalText } from '../../core/decimal.ts';
import type { SalesDocument } from '../../core/document.ts';
import { type ShopifyDemoShop, startShopifyDemo } from '../../demo/shopify.ts';
import type { DescribedOrder } from '../../demo/shopify-described.ts';
import type { Node } from '../../demo/shopify-money.ts';
import type { ReadItem, ReadingOptions } from '../reader.ts';
import { documentsOf, itemsOf, OPTIONS, requestOf, shopAt, sketch } from './sample.ts';

const ORDER = '5010000001';
const open: ShopifyDemoShop[] = [];
after(async () => {
  for (const shop of open) await shop.close();
});

describe('the orders of the demo shop', () => {
  let documents: ReadonlyMap<string, SalesDocument>;
  before(async () => {
    const shop = shopAt(await demoOf());
    const all = [
      ...(await documentsOf(shop, requestOf())),
      ...(await documentsOf(shop, requestOf({ kind: 'creditNotes' }))),
    ];
    documents = new Map(all.map((document) => [document.key.replace(ORDER, ''), document]));
  });

  const expected: readonly (readonly [what: string, key: string, sketched: string])[] = [
    [
      'the golden sale: two rates, a code, a parcel, a fee',
      'sale/042',
      '2026-10-03 product 36.00 +7.20@20; product 9.00 +0.49@5.5; shipping 4.92 +0.98@20; in shopify_payments 58.59 fee 1.13 = 58.59',
    ],
    [
      'the golden credit note: its retention has no tax',
      'creditNote/501',
      '2026-10-12 product 18.00 +3.60@20; adjustment -1.60; out shopify_payments 20.00 = 20.00',
    ],
    [
      'seen in dollars, a gift card sold and one used, settled less',
      'sale/043',
      '2026-11-01 product 60.00; giftCard 25.00; shipping 12.00; in gift_card 20.00; in shopify_payments 76.85 fee 2.63 = 97.00',
    ],
    [
      'cash rounded at a till',
      'sale/044',
      '2026-11-02 product 7.05 +1.48@21; product 3.77 +0.23@6; rounding 0.02; in cash 12.55 = 12.55',
    ],
    [
      'a parcel offered keeps its discount',
      'sale/046',
      '2026-09-05 product 29.85 +5.97@20; product 16.87 +3.38@20; shipping 0.00 +0.00@20; in paypal 56.07 = 56.07',
    ],
    [
      'an amount alone is shared over the VAT that is left',
      'creditNote/504',
      '2026-10-02 adjustment 2.76 +0.55@20; adjustment 1.60 +0.09@5.5; out shopify_payments 5.00 = 5.00',
    ],
    [
      'more than was returned',
      'creditNote/505',
      '2026-09-21 product 29.16 +5.84@20; adjustment 2.50 +0.50@20; out shopify_payments 38.00 = 38.00',
    ],
    [
      'an edit that adds is a sale of its day, with the money that came after',
      'sale/050/721',
      '2026-10-01 product 13.33 +2.67@20; in manual 16.00 = 16.00',
    ],
    [
      'an edit that takes away is a credit note, which the refund without rows pays',
      'creditNote/051/722',
      '2026-10-06 product 9.17 +1.83@20; out shopify_payments 11.00 = 11.00',
    ],
    [
      'an exchange: new goods',
      'sale/052/731',
      '2026-10-20 product 57.50 +11.50@20; in shopify_payments 10.00 fee 0.40 = 69.00',
    ],
    [
      'an exchange: what came back, netted, so without payment',
      'creditNote/return-31',
      '2026-10-20 product 49.17 +9.83@20 = 59.00',
    ],
    [
      'a fee kept with its tax, the balance paid back',
      'creditNote/return-32',
      '2026-10-22 product 100.00 +20.00@20; adjustment -5.00 +-1.00@20; out shopify_payments 24.00 = 114.00',
    ],
    ['new goods that those given back pay', 'sale/053/732', '2026-10-22 product 75.00 +15.00@20 = 90.00'],
    ['a tip; cash with change', 'sale/055', '2026-10-10 product 12.32 +0.68@5.5; tip 2.00; in cash 15.00 = 15.00'],
    [
      'cash given back, rounded',
      'creditNote/509',
      '2026-10-13 product 7.05 +1.48@21; rounding 0.02; out cash 8.55 = 8.55',
    ],
    [
      'duties, a levy, prices without tax',
      'sale/057',
      '2026-10-14 product 80.00 +16.00@20; shipping 14.00 +2.80@20; duty 4.80; fee 0.50 +0.10@20; in shopify_payments 118.05 fee 3.70 = 118.20',
    ],
    [
      'given back at another day’s rate',
      'creditNote/510',
      '2026-10-28 product 30.00; out shopify_payments 30.42 = 30.00',
    ],
    [
      'gift card and store credit',
      'sale/060',
      '2026-10-17 product 53.33 +10.67@20; in gift_card 50.00; in shopify_store_credit 14.00 = 64.00',
    ],
    [
      'no ledger: told from its lines',
      'sale/070',
      '2026-11-05 product 6.75 +1.35@20; product 11.37 +0.63@5.5; shipping 2.42 +0.48@20; in shopify_payments 23.00 fee 0.60 = 23.00',
    ],
    [
      'no ledger: a refund told from its lines',
      'creditNote/514',
      '2026-11-12 product 2.25 +0.45@20; shipping 2.42 +0.48@20; out shopify_payments 5.60 = 5.60',
    ],
  ];
  for (const [what, key, sketched] of expected) {
    test(`S-036 S-046 ${what}`, () => assert.equal(sketch(documents.get(key) ?? assert.fail(key)), sketched));
  }

  test('S-131 S-132 who buys: note, company and VAT number, guest, channel, place of sale', () => {
    const of = (key: string) => documents.get(key) ?? assert.fail(key);
    assert.equal(of('sale/042').customer.note, '411CMARTIN');
    assert.deepEqual(of('sale/063').customer.vatNumber, { value: 'BE0123456789', valid: null });
    assert.equal(of('sale/063').customer.company, 'Exemple BV');
    assert.ok(of('sale/046').customer.guest && !of('sale/045').customer.guest);
    assert.deepEqual(of('sale/044').channel, { id: 'pos', name: 'Point of Sale' });
    assert.deepEqual([of('sale/044').subShop, of('sale/044').taxCountry], [{ id: '12', name: 'Bruxelles' }, 'BE']);
  });

  test('S-196 a tax is its title and rate; what a channel remits is not the merchant’s VAT', () => {
    const taxes = (key: string) => documents.get(key)?.lines.flatMap((line) => line.taxes) ?? [];
    assert.deepEqual(
      taxes('sale/061').map(({ code, name, treatment }) => [code, name, treatment]),
      [['FR TVA 10', 'FR TVA', null]],
    );
    assert.deepEqual(
      taxes('sale/064').map(({ treatment }) => treatment),
      ['marketplace'],
    );
    assert.deepEqual(documents.get('sale/043')?.lines[1]?.taxRule, { id: 'untaxed', name: 'untaxed' });
  });

  test('discounts are named, with what was allocated of each; a line keeps its price before', () => {
    const { discounts, lines } = documents.get('sale/042') ?? assert.fail();
    assert.deepEqual(
      discounts.map(({ code, net, gross }) => [code, net, gross && decimalText(gross, 2)]),
      [['RENTREE10', null, '5.86']],
    );
    assert.deepEqual(
      lines.slice(0, 2).map(({ netBeforeDiscount: full }) => full && decimalText(full, 2)),
      ['40.00', '10.00'],
    );
    assert.deepEqual(
      documents.get('sale/068')?.discounts.map(({ code, label }) => [code, label]),
      [[null, 'Fidélité']],
    );
    const offered = documents.get('sale/046')?.lines[2];
    assert.equal(offered?.netBeforeDiscount && decimalText(offered.netBeforeDiscount, 2), '3.25');
  });

  test('credit notes are numbered within their order; what they give back names the sale’s row', () => {
    assert.deepEqual(
      ['503', '504'].map((id) => documents.get(`creditNote/${id}`)?.creditNote?.number),
      ['#1048-R1', '#1048-R2'],
    );
    const sold = documents.get('sale/048')?.lines[0]?.id;
    assert.equal(documents.get('creditNote/503')?.lines[0]?.of, sold);
  });

  test('an order of several parts tells the whole with each, and its first method', () => {
    const { wholeOrder } = documents.get('creditNote/return-32') ?? assert.fail();
    const { sales, creditNotes, paidIn, paidOut } = wholeOrder ?? assert.fail();
    assert.deepEqual(
      [sales, creditNotes, paidIn, paidOut].map((amount) => decimalText(amount, 2)),
      ['210.00', '114.00', '120.00', '24.00'],
    );
    assert.deepEqual([wholeOrder?.saleParts, wholeOrder?.firstMethod], [2, 'shopify_payments']);
    assert.equal(documents.get('sale/045')?.wholeOrder, null);
  });
});

test('S-263 with entries in currency the documents are in what the customer saw, at the order’s own rate', async () => {
  const shop = shopAt(await demoOf());
  const options: ReadingOptions = { ...OPTIONS, inCurrency: true };
  const [sale] = await documentsOf(shop, requestOf({ options, from: day('2026-11-01'), to: day('2026-11-01') }));
  assert.equal(
    sketch(sale ?? assert.fail()),
    '2026-11-01 product 66.00; giftCard 27.50; shipping 13.20; in gift_card 22.00; in shopify_payments 84.70 fee 2.63 = 106.70',
  );
  assert.deepEqual(
    [sale?.currency.code, sale?.currency.base, sale?.currency.rate && decimalText(sale.currency.rate)],
    ['USD', 'EUR', '1.1'],
  );
  assert.equal(sale?.payments[1]?.inCurrency?.amount && decimalText(sale.payments[1].inCurrency.amount), '76.85');
});

describe('refunds known by their amount, and retentions, as the profile says', () => {
  const note = async (key: string, options: Partial<ReadingOptions>) => {
    const shop = shopAt(await demoOf());
    const all = await documentsOf(shop, requestOf({ kind: 'creditNotes', options: { ...OPTIONS, ...options } }));
    return sketch(all.find((one) => one.key === key) ?? assert.fail(key));
  };
  test('amountOnlyRefunds: untaxed', async () => {
    assert.match(await note('creditNote/504', { amountOnlyRefunds: 'untaxed' }), /adjustment 5\.00; out/);
  });
  test('retentions: shareVat', async () => {
    assert.match(
      await note('creditNote/501', { retentions: 'shareVat' }),
      /18\.00 \+3\.60@20; adjustment -1\.33 \+-0\.27@20; out shopify_payments 20\.00 = 20\.00/,
    );
  });
  test('more than is left of the order is held', async () => {
    const demo = await demoOf([
      made({
        events: [{ type: 'refund', id: 1, at: '2026-10-02T08:00:00Z', onTop: '50.00', money: [{ gateway: 'cash' }] }],
      }),
    ]);
    const [one] = await documentsOf(shopAt(demo), october('creditNotes'));
    assert.deepEqual(
      one?.remarks.map(({ code, severity }) => `${code} ${severity}`),
      ['document.refund-too-large hold'],
    );
  });
});

describe('what holds a document, and what is only said', () => {
  const problems = async (
    orders: readonly DescribedOrder[],
    change: (order: Node) => Node = (one) => one,
    kind: 'sales' | 'creditNotes' = 'sales',
  ) => {
    const demo = await demoOf(orders, change);
    return (await itemsOf(shopAt(demo), october(kind))).flatMap(told);
  };

  test('document.taxes-estimated: the shop has not worked them out', async () => {
    assert.deepEqual(await problems([made({ estimated: true })]), ['document.taxes-estimated hold']);
  });

  test('document.country-supposed: no address, no place and no title that says it', async () => {
    const lines = [{ title: 'Sac', sku: null, quantity: 1, price: '12.00', tax: ['TVA', '0.2'] as const }];
    assert.deepEqual(await problems([made({ country: null, lines })]), ['document.country-supposed warn']);
    assert.deepEqual(await problems([made({ country: null })]), []); // `FR TVA`
  });

  test('document.shop-figures-differ: money received, money given back, the present total', async () => {
    const off = (field: string) => (order: Node) => ({
      ...order,
      [field]: {
        shopMoney: { amount: '9.99', currencyCode: 'EUR' },
        presentmentMoney: { amount: '9.99', currencyCode: 'EUR' },
      },
    });
    for (const field of ['totalReceivedSet', 'totalRefundedSet', 'currentTotalPriceSet'])
      assert.deepEqual(await problems([made({})], off(field)), ['document.shop-figures-differ warn'], field);
  });

  test('a kind of row or of event that is not known, a tax without rate, a status missing', async () => {
    const rows = (change: (row: Node) => Node) => (order: Node) => ({
      ...order,
      agreements: (order.agreements as Node[]).map((one) => ({ ...one, sales: (one.sales as Node[]).map(change) })),
    });
    assert.deepEqual(
      await problems(
        [made({})],
        rows((row) => ({ ...row, __typename: 'UnknownSale' })),
      ),
      ['record.unreadable sales unknown-row: UnknownSale'],
    );
    assert.deepEqual(
      await problems(
        [made({})],
        rows((row) => ({
          ...row,
          taxes: [{ ...(row.taxes as Node[])[0], taxLine: { title: 'FR TVA', rate: null, channelLiable: false } }],
        })),
      ),
      ['record.unreadable taxLine.rate (FR TVA) missing'],
    );
  });

  test('money given back of which nothing in the order tells why is held, not lost', async () => {
    const events = [
      { type: 'refund' as const, id: 88, at: '2026-10-02T08:00:00Z', money: [{ gateway: 'cash', amount: '3.00' }] },
    ];
    assert.deepEqual(await problems([made({ events })], undefined, 'creditNotes'), [
      'record.unreadable agreements.sales no-rows: 3.00',
    ]);
  });

  test('a refund still pending gives its credit note, and its money later', async () => {
    const events = [
      {
        type: 'refund' as const,
        id: 89,
        at: '2026-10-02T08:00:00Z',
        back: [{ line: 0, quantity: 1 }],
        money: [{ gateway: 'cash', status: 'PENDING' }],
      },
    ];
    const [note] = await documentsOf(shopAt(await demoOf([made({ events })])), october('creditNotes'));
    assert.equal(sketch(note ?? assert.fail()), '2026-10-02 product 10.00 +2.00@20 = 12.00');
  });

  test('an order whose ledger and lines both miss its total is told as it stands, for the check of totals to hold', async () => {
    const bag = {
      shopMoney: { amount: '13.0', currencyCode: 'EUR' },
      presentmentMoney: { amount: '13.0', currencyCode: 'EUR' },
    };
    const [sale] = await documentsOf(
      shopAt(await demoOf([made({})], (one) => ({ ...one, originalTotalPriceSet: bag }))),
      october('sales'),
    );
    assert.equal(decimalText(sale?.totals.gross ?? assert.fail(), 2), '13.00');
    assert.equal(decimalText(sale?.lines[0]?.gross ?? assert.fail(), 2), '12.00');
  });
});

test('an invoice number that an app writes in an attribute the profile names', async () => {
  const demo = await demoOf([made({ attributes: { 'Facture n°': 'FA-77' } })]);
  const options = { ...OPTIONS, invoiceNumberKeys: ['Facture n°'] };
  const [sale] = await documentsOf(shopAt(demo), { ...october('sales'), options });
  assert.deepEqual(sale?.invoice, { id: null, number: 'FA-77', date: '2026-10-01' });
});

test('names, SKUs and types counted as wrapping', async () => {
  const lines = [{ title: 'Papier cadeau', sku: 'EMB', quantity: 1, price: '3.00', tax: ['FR TVA', '0.2'] as const }];
  for (const name of ['Papier cadeau', 'EMB']) {
    const [sale] = await documentsOf(shopAt(await demoOf([made({ lines })])), {
      ...october('sales'),
      options: { ...OPTIONS, wrappingNames: [name] },
    });
    assert.deepEqual(
      sale?.lines.map(({ kind }) => kind),
      ['wrapping'],
      name,
    );
  }
});

function made(changes: Partial<DescribedOrder>): DescribedOrder {
  return {
    what: 'made for a test',
    id: 7,
    at: '2026-10-01T08:00:00Z',
    country: 'FR',
    taxesIncluded: true,
    lines: [{ title: 'Sac', sku: 'SAC', quantity: 1, price: '12.00', tax: ['FR TVA', '0.2'] }],
    payments: [{ gateway: 'cash' }],
    ...changes,
  };
}

function october(kind: 'sales' | 'creditNotes') {
  return requestOf({ kind, from: day('2026-10-01'), to: day('2026-10-02') });
}

function told(item: ReadItem): string[] {
  const all = item.state === 'read' ? item.document.remarks : item.problems;
  return all.map(({ code, severity, values }) =>
    code === 'record.unreadable' ? [code, ...Object.values(values)].join(' ') : `${code} ${severity}`,
  );
}

async function demoOf(
  orders?: readonly DescribedOrder[],
  change: (order: Node) => Node = (one) => one,
): Promise<ShopifyDemoShop> {
  const shop = await startShopifyDemo({
    ...(orders === undefined ? {} : { change: () => orders }),
    transform: (records) => ({
      ...records,
      orders: records.orders.map((one) => (one.name === '#7' ? change(one) : one)),
    }),
  });
  open.push(shop);
  return shop;
}
