import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { day } from '../src/core/calendar.ts';
import {
  add,
  compare,
  type Decimal,
  decimalText,
  divide,
  equal,
  decimal as exactly,
  magnitude,
  multiply,
  negate,
  round,
  subtract,
  sum,
  ZERO,
} from '../src/core/decimal.ts';
import type { SalesDocument } from '../src/core/document.ts';
import { toDecimal } from '../src/core/money.ts';
import { postDocument } from '../src/core/posting/post.ts';
import { type ShopifyDemoShop, startShopifyDemo } from '../src/demo/shopify.ts';
import type { Node } from '../src/demo/shopify-money.ts';
import { shopifyRecords } from '../src/demo/shopify-records.ts';
import { DEMOS } from '../src/profiles/demo.ts';
import { bookSettings } from '../src/profiles/settings.ts';
import { validateProfile } from '../src/profiles/validate.ts';
import { parseJson } from '../src/schema/json.ts';
import { documentsOf, requestOf, shopAt } from '../src/shops/shopify/sample.ts';
import { known } from '../src/wiring/profiles.ts';

/**
 * What a Shopify order must satisfy, figure by figure, on every record of the demo shop and on three real ledgers; then
 * the documents and the entries made of them against the shop's own order-level figures, which no reader uses.
 */
const { orders, payouts, balanceTransactions } = shopifyRecords();
const CENT = exactly('0.01');

for (const order of orders) {
  describe(`${order.name}`, () => {
    const rows = agreements(order).flatMap((one) => list(one.sales));
    const placed = agreements(order).find(({ __typename }) => __typename === 'OrderAgreement');
    const plain = agreements(order).every(({ __typename }) =>
      ['OrderAgreement', 'RefundAgreement'].includes(String(__typename)),
    );
    const included = order.taxesIncluded === true;

    test('I1 I2 the ledger makes the first total, and the present one with what was kept', () => {
      if (placed === undefined) return assert.equal(order.name, '#1070');
      same(amounts(list(placed.sales), 'totalAmount'), money(order.originalTotalPriceSet), 'I1');
      same(
        amounts(rows, 'totalAmount'),
        add(money(order.currentTotalPriceSet), money(order.refundDiscrepancySet)),
        'I2',
      );
    });

    test('I3 I4 lines, parcels and the rest make the total, and their taxes the order’s', () => {
      if (!plain) return;
      const lines = list(order.lineItems);
      const duties = lines.flatMap((line) => list(line.duties));
      const fees = list(order.additionalFees);
      const shipping = list(order.shippingLines);
      const goods = lines.map((line) => subtract(money(line.originalTotalSet), allocated(line)));
      const taxes = [...lines, ...shipping, ...fees, ...duties].flatMap((one) => list(one.taxLines));
      const tax = amounts(taxes, 'priceSet');
      const parts = [
        ...goods,
        amounts(shipping, 'discountedPriceSet'),
        amounts(duties, 'price'),
        amounts(fees, 'price'),
      ];
      const tip = order.totalTipReceivedSet == null ? ZERO : money(order.totalTipReceivedSet);
      same(sum([...parts, included ? ZERO : tax, tip]), money(order.originalTotalPriceSet), 'I3');
      const apart = magnitude(subtract(tax, amounts(list(order.taxLines), 'priceSet')));
      assert.ok(compare(apart, multiply(CENT, exactly(String(lines.length)))) <= 0, 'I4');
    });

    test('I5 I8 discounts are what was allocated; what is paid leaves nothing', () => {
      if (order.totalDiscountsSet === undefined) return; // stated by the recorded ones
      const all = [...list(order.lineItems), ...list(order.shippingLines)];
      same(sum(all.map(allocated)), money(order.totalDiscountsSet), 'I5');
      if (order.displayFinancialStatus === 'PAID') same(money(order.totalOutstandingSet), ZERO, 'I8');
    });

    test('I6 I7 money that moved is what the order says, and each refund’s rows are its money', () => {
      const done = list(order.transactions).filter(({ status, test: mark }) => status === 'SUCCESS' && mark !== true);
      const of = (...kinds: string[]) =>
        amounts(
          done.filter(({ kind }) => kinds.includes(String(kind))),
          'amountSet',
        );
      same(subtract(of('SALE', 'CAPTURE'), of('CHANGE')), money(order.totalReceivedSet), 'I7 in');
      same(of('REFUND'), money(order.totalRefundedSet), 'I7 out');
      for (const { refund, sales } of agreements(order).filter(({ __typename }) => __typename === 'RefundAgreement')) {
        const own = list(order.refunds).find(({ id }) => id === (refund as Node).id) ?? assert.fail();
        if (list(sales).length === 0 || (order.cancelledAt !== null && order.cancelledAt !== undefined)) continue;
        same(negate(amounts(list(sales), 'totalAmount')), money(own.totalRefundedSet), 'I6');
      }
    });

    test('I9 a row’s tax is its net at its rate', () => {
      for (const row of rows) {
        const net = subtract(money(row.totalAmount), money(row.totalTaxAmount));
        const rates = list(row.taxes).map(({ taxLine }) => exactly(String((taxLine as Node).rate)));
        const expected = round(multiply(net, sum(rates)), 2);
        const apart = magnitude(subtract(money(row.totalTaxAmount), expected));
        assert.ok(compare(apart, exactly('0.02')) <= 0, `${row.id} ${decimalText(apart)}`);
      }
    });
  });
}

test('I10 a payout is the sum of what it holds, and each amount less its fee is its net', () => {
  assert.ok(payouts.length > 10);
  for (const one of balanceTransactions)
    same(subtract(plainMoney(one.amount), plainMoney(one.fee)), plainMoney(one.net), String(one.id));
  for (const payout of payouts) {
    const own = balanceTransactions.filter(({ associatedPayout }) => (associatedPayout as Node).id === payout.id);
    same(sum(own.map(({ net }) => plainMoney(net))), plainMoney(payout.net), String(payout.id));
  }
});

test('three real ledgers: what is sold and given back is told with taxes inside, and what comes back is negative', () => {
  const file = new URL('../src/shops/shopify/fixtures/airbyte-order-agreements.json', import.meta.url);
  const real = parseJson(readFileSync(file, 'utf8')) as {
    agreements: { reason: string; sales: Record<string, unknown>[] }[];
  }[];
  const figure = (value: unknown): Decimal => {
    const { amount } = (value as { shop_money: { amount: unknown } }).shop_money;
    return exactly(JSON.isRawJSON(amount) ? amount.rawJSON : String(amount));
  };
  const totals = real.map(({ agreements: all }) =>
    all.map(
      ({ reason, sales }) =>
        `${reason} ${decimalText(sum(sales.map((row) => figure(row.total_amount))), 2)} ${decimalText(sum(sales.map((row) => figure(row.total_tax_amount))), 2)}`,
    ),
  );
  assert.deepEqual(totals[0], ['ORDER 19.00 3.17']);
  assert.deepEqual(totals[1]?.[0], 'ORDER 57.23 0.00');
  assert.equal(totals[1]?.[1], 'REFUND -57.23 0.00');
  const inside = round(divide(exactly('19.00'), exactly('6'), 10, 'half-up'), 2); // a sixth of what is with 20 %
  same(inside, exactly('3.17'), '20 %');
});

describe('documents and entries against the order’s own figures', () => {
  let shop: ShopifyDemoShop;
  let documents: readonly SalesDocument[] = [];
  before(async () => {
    shop = await startShopifyDemo();
    const read = shopAt(shop);
    documents = [
      ...(await documentsOf(read, requestOf())),
      ...(await documentsOf(read, requestOf({ kind: 'creditNotes' }))),
    ];
  });
  after(() => shop.close());

  test('S-036 S-046 all documents of an order make its present total, what was kept and the rounding of cash beside', () => {
    let checked = 0;
    for (const order of orders) {
      const own = documents.filter(({ order: { number } }) => number === order.name);
      if (own.length === 0) continue;
      checked += 1;
      const total = sum(
        own.map(({ kind, totals, lines }) => {
          const cash = sum(lines.filter((line) => line.kind === 'rounding').map(({ gross }) => gross));
          const gross = subtract(totals.gross, cash);
          return kind === 'sale' ? gross : negate(gross);
        }),
      );
      same(total, add(money(order.currentTotalPriceSet), money(order.refundDiscrepancySet)), String(order.name));
    }
    assert.equal(checked, 28);
  });

  test('S-036 S-046 entries balance, bear the gross and the VAT by rate of the shop, and nothing is held', () => {
    const demo = DEMOS.find(({ id }) => id === 'demo-shopify') ?? assert.fail();
    const validated = validateProfile(demo.profile(), known);
    assert.ok(validated.ok);
    const settings = bookSettings(validated.profile, { today: day('2026-12-01') });
    let posted = 0;
    for (const document of documents) {
      const outcome = postDocument(document, settings);
      if (outcome.state === 'excluded') continue;
      assert.equal(outcome.state, 'ready', document.key);
      if (outcome.state !== 'ready') continue;
      posted += 1;
      assert.deepEqual(outcome.heldParts, []);
      const main = outcome.entries.filter(({ kind }) => kind !== 'payment');
      for (const { lines } of outcome.entries)
        same(sum(lines.map(({ amount }) => toDecimal(amount))), ZERO, document.key);
      const customer = sum(
        main.flatMap(({ lines }) =>
          lines.filter(({ role }) => role === 'customer').map(({ amount }) => toDecimal(amount)),
        ),
      );
      same(magnitude(customer), document.totals.gross, document.key);
      const order = orders.find(({ name }) => name === document.order.number) ?? assert.fail();
      if (document.key !== `sale/${order.legacyResourceId}`) continue;
      const booked = new Map<string, Decimal>();
      for (const { role, taxRate, amount } of main.flatMap(({ lines }) => lines)) {
        if (role !== 'vat' || taxRate === null) continue;
        const rate = decimalText(taxRate);
        booked.set(rate, add(booked.get(rate) ?? ZERO, negate(toDecimal(amount))));
      }
      for (const { rate, priceSet } of list(order.taxLines)) {
        const percent = decimalText(multiply(exactly(String(rate)), exactly('100')));
        if (!equal(money(priceSet), ZERO))
          same(booked.get(percent) ?? ZERO, money(priceSet), `${document.key} ${percent} %`);
      }
    }
    assert.equal(posted, 43);
  });
});

function agreements(order: Node): readonly Node[] {
  return list(order.agreements);
}

function list(value: unknown): readonly Node[] {
  return Array.isArray(value) ? (value as Node[]) : [];
}

function money(bag: unknown): Decimal {
  return plainMoney((bag as Node).shopMoney);
}

function plainMoney(value: unknown): Decimal {
  return exactly(String((value as Node).amount));
}

function amounts(nodes: readonly Node[], field: string): Decimal {
  return sum(nodes.map((node) => money(node[field])));
}

function allocated(node: Node): Decimal {
  return amounts(list(node.discountAllocations), 'allocatedAmountSet');
}

function same(actual: Decimal, wanted: Decimal, what: string): void {
  assert.ok(equal(actual, wanted), `${what}: ${decimalText(actual, 2)} is not ${decimalText(wanted, 2)}`);
}
