import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from '../../core/calendar.ts';
import { type ShopifyDemoOptions, startShopifyDemo } from '../../demo/shopify.ts';
import type { Node } from '../../demo/shopify-money.ts';
import type { ReadRequest } from '../reader.ts';
import { documentsOf, eventsOf, requestOf, shopAt, sketch, without } from './sample.ts';

const PAYOUTS = 'read_shopify_payments_payouts';

/** Changes the row of the balance that an order's payment (or its refund) made. */
function withRow(order: string, type: string, change: Node): NonNullable<ShopifyDemoOptions['transform']> {
  return (records) => {
    const own = records.orders.find(({ name }) => name === order) ?? assert.fail(order);
    const ids = (own.transactions as Node[]).map(({ id }) => String(id).split('/').at(-1));
    const isOwn = (row: Node) => row.type === type && ids.includes(String(row.sourceOrderTransactionId));
    assert.equal(records.balanceTransactions.filter(isOwn).length, 1);
    return {
      ...records,
      balanceTransactions: records.balanceTransactions.map((row) => (isOwn(row) ? { ...row, ...change } : row)),
    };
  };
}

/** A dispute about an order, its fee, and money kept back. */
const BESIDE: NonNullable<ShopifyDemoOptions['transform']> = (records) => {
  const [model] = records.balanceTransactions;
  const row = (id: number, type: string, at: string, amount: string, fee: string, net: string) => ({
    ...model,
    id: `gid://shopify/ShopifyPaymentsBalanceTransaction/${id}`,
    type,
    transactionDate: at,
    amount: euro(amount),
    fee: euro(fee),
    net: euro(net),
    associatedPayout: { id: null },
  });
  const more = [
    row(9001, 'DISPUTE_WITHDRAWAL', '2026-10-14T09:00:00Z', '-35.0', '0.0', '-35.0'),
    row(9002, 'CHARGEBACK_FEE', '2026-10-14T09:00:00Z', '0.0', '15.0', '-15.0'),
    row(9003, 'RESERVED_FUNDS', '2026-10-20T09:00:00Z', '-50.0', '0.0', '-50.0'),
    row(9004, 'ANOMALY_CREDIT', '2026-10-15T09:00:00Z', '1.0', '0.0', '1.0'),
  ];
  return { ...records, balanceTransactions: [...records.balanceTransactions, ...more] };
};

const euro = (amount: string) => ({ amount, currencyCode: 'EUR' });

test('D-11 S-202 the fee of a payment is that of its row of the balance, and each payment knows its payout', async () => {
  const transform = withRow('#1045', 'CHARGE', { fee: euro('1.52'), net: euro('76.08') });
  const sales = await read({ transform }, {});
  const sale = sales.find(({ order }) => order.number === '#1045') ?? assert.fail();
  assert.match(sketch(sale), /in shopify_payments 77\.60 fee 1\.52/);
  assert.equal(sale.payments[0]?.payoutId, '902');
  const late = sales.find(({ order }) => order.number === '#1070') ?? assert.fail();
  assert.equal(late.payments[0]?.payoutId, '911');
  const paypal = sales.find(({ order }) => order.number === '#1046') ?? assert.fail();
  assert.deepEqual([paypal.payments[0]?.fee, paypal.payments[0]?.payoutId], [null, null]);
});

test('D-11 a refund has a fee in the balance alone: one given back is negative', async () => {
  const transform = withRow('#1047', 'REFUND', { fee: euro('-0.96'), net: euro('-62.94') });
  const notes = await read({ transform }, { kind: 'creditNotes' });
  const note = notes.find(({ key }) => key === 'creditNote/502') ?? assert.fail();
  assert.match(sketch(note), /out shopify_payments 63\.90 fee -0\.96/);
});

test('D-11 a row written after midnight is found; a payment without row keeps the fee that its order states', async () => {
  const paid = withRow('#1045', 'CHARGE', { fee: euro('1.50'), transactionDate: '2026-09-03T00:00:40Z' });
  const [sale] = await read({ transform: paid }, { from: day('2026-09-02'), to: day('2026-09-02') });
  assert.match(sketch(sale ?? assert.fail()), /fee 1\.50/);
  const gone = withRow('#1045', 'CHARGE', { sourceOrderTransactionId: '1' });
  const [other] = await read({ transform: gone }, { from: day('2026-09-02'), to: day('2026-09-02') });
  assert.match(sketch(other ?? assert.fail()), /fee 1\.40/);
});

test('D-12 shop.balance-beside, shop.payout-differs: what moved without an order, and a payout that is not the sum of its rows', async () => {
  assert.deepEqual(await told({ transform: BESIDE }, { from: day('2026-10-13'), to: day('2026-10-15') }), [
    'shop.balance-beside DISPUTE_WITHDRAWAL -35.00 EUR (1), CHARGEBACK_FEE -15.00 EUR (1), ANOMALY_CREDIT 1.00 EUR (1)',
  ]);
  assert.deepEqual(await told({}, { from: day('2026-09-07'), to: day('2026-09-10') }), []);
  const transform = withRow('#1045', 'CHARGE', { net: euro('76.00') });
  assert.deepEqual(await told({ transform }, { from: day('2026-09-07'), to: day('2026-09-10') }), [
    'shop.payout-differs 902 76.20 76.00',
  ]);
});

test('D-11 a long period, read as one file, has the fees of its rows too', async () => {
  const many: NonNullable<ShopifyDemoOptions['transform']> = (records) => {
    const own = withRow('#1045', 'CHARGE', { fee: euro('1.52') })(records);
    const [first] = own.orders;
    const copies = Array.from({ length: 1001 }, (_, at) => ({
      ...first,
      id: `gid://shopify/Order/6${at}`,
      legacyResourceId: `6${at}`,
      transactions: [],
      refunds: [],
    }));
    return { ...own, orders: [...own.orders, ...copies] };
  };
  const sale = (await read({ transform: many }, {})).find(({ order }) => order.number === '#1045') ?? assert.fail();
  assert.match(sketch(sale), /fee 1\.52/);
});

test('T-13 without the scope nothing is asked of payouts, and fees are those of the orders; a plan that refuses them says so once', async () => {
  const transform = withRow('#1045', 'CHARGE', { fee: euro('1.52') });
  const shop = await startShopifyDemo({ transform, scopes: without(PAYOUTS) });
  const asked: string[] = [];
  shop.onQuestion((operation) => asked.push(operation));
  try {
    const documents = await documentsOf(shopAt(shop), requestOf());
    assert.match(sketch(documents.find(({ order }) => order.number === '#1045') ?? assert.fail()), /fee 1\.40/);
    assert.deepEqual(
      asked.filter((name) => /Payout|Balance/.test(name)),
      [],
    );
  } finally {
    await shop.close();
  }
  const refused = ['QueryRoot.shopifyPaymentsAccount'];
  assert.deepEqual(await told({ refused }, {}), ['shop.read-incomplete shopifyPaymentsAccount']);
});

async function read(options: ShopifyDemoOptions, request: Partial<ReadRequest>) {
  const shop = await startShopifyDemo(options);
  try {
    return await documentsOf(shopAt(shop), requestOf(request));
  } finally {
    await shop.close();
  }
}

async function told(options: ShopifyDemoOptions, request: Partial<ReadRequest>): Promise<readonly string[]> {
  const shop = await startShopifyDemo(options);
  try {
    const events = await eventsOf(shopAt(shop), requestOf(request));
    return events.flatMap((event) =>
      event.type === 'problem' ? [[event.problem.code, ...Object.values(event.problem.values)].join(' ')] : [],
    );
  } finally {
    await shop.close();
  }
}
