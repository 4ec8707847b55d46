import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { z } from 'zod';
import { add, type Decimal, decimalText, equal, negate, round, sum } from '../../core/decimal.ts';
import type { SalesDocument } from '../../core/document.ts';
import { startWooDemo, type WooDemoShop } from '../../demo/woocommerce.ts';
import { decimal } from '../../schema/decimal.ts';
import { parseJson } from '../../schema/json.ts';
import type { Shop } from '../reader.ts';
import { woocommerce } from './index.ts';
import { connectionOf, eventsOf, itemsIn, requestOf } from './sample.ts';

/** What the shop itself says of each captured order, computed by WooCommerce: the oracle. */
const taxOf = z.object({ rate_id: z.int(), tax_total: decimal, shipping_tax_total: decimal });
const expected = z.object({
  orders: z.array(
    z.object({
      key: z.string(),
      order_id: z.int(),
      number: z.string(),
      status: z.string(),
      currency: z.string(),
      date_created: z.string(),
      date_paid: z.string().nullable(),
      payment_method: z.string(),
      total_incl_tax: decimal,
      total_tax: decimal,
      shipping_excl_tax: decimal,
      fees_excl_tax: decimal,
      discount_excl_tax: decimal,
      lines_subtotal_excl_tax: decimal,
      tax_by_rate: z.array(taxOf.extend({ rate_percent: decimal })),
      refunds: z.array(
        z.object({ id: z.int(), date: z.string(), amount: decimal, total_tax: decimal, taxes: z.array(taxOf) }),
      ),
    }),
  ),
});
const EXPECTED = new URL('../../demo/data/woocommerce/expected.json', import.meta.url);
const ORACLE = expected.parse(parseJson(readFileSync(EXPECTED, 'utf8'))).orders;
const STATUSES = [...new Set(ORACLE.map(({ status }) => status))];

describe('every captured order and refund becomes a document whose figures are those of the shop', () => {
  let demo: WooDemoShop;
  let shop: Shop;
  let sales: ReadonlyMap<string, SalesDocument>;
  let creditNotes: ReadonlyMap<string, SalesDocument>;

  before(async () => {
    demo = await startWooDemo();
    shop = woocommerce.open(connectionOf(demo.url, { credentials: demo.credentials }));
    sales = await documents('sales');
    creditNotes = await documents('creditNotes');
  });
  after(() => demo.close());

  test('all forty orders and five refunds are read', () => {
    assert.equal(sales.size, 40);
    assert.equal(creditNotes.size, 5);
  });

  for (const order of ORACLE) {
    test(`${order.key} sale ${order.order_id}`, () => {
      const sale = sales.get(`sale/${order.order_id}`);
      assert.ok(sale);
      same(sale.totals.gross, order.total_incl_tax, 'gross');
      same(sale.totals.tax, round(order.total_tax, 2), 'tax');
      same(sum(sale.lines.map((line) => line.gross)), order.total_incl_tax, 'lines add up to the total');
      same(sum(sale.lines.map((line) => line.net)), sale.totals.net, 'nets');
      same(netOf(sale, ['shipping']), round(order.shipping_excl_tax, 2), 'shipping');
      same(netOf(sale, ['fee', 'discount']), round(order.fees_excl_tax, 2), 'fees');
      const beforeDiscount = sum(sale.lines.flatMap((line) => line.netBeforeDiscount ?? []));
      assert.equal(decimalText(round(beforeDiscount, 2)), decimalText(round(order.lines_subtotal_excl_tax, 2)));
      for (const tax of order.tax_by_rate) {
        const stated = add(round(tax.tax_total, 2), round(tax.shipping_tax_total, 2));
        same(taxOfCode(sale, String(tax.rate_id)), stated, `tax ${tax.rate_id} of the lines`);
        const total = sale.totals.taxes?.find(({ code }) => code === String(tax.rate_id));
        assert.ok(total);
        same(total.amount, stated, `tax ${tax.rate_id} of the totals`);
        same(total.rate, tax.rate_percent, 'rate');
      }
      assert.equal(sale.order.date, order.date_created.slice(0, 10)); // written with the offset of Paris
      assert.equal(sale.order.number, order.number);
      assert.equal(sale.currency.code, order.currency);
      assert.deepEqual(paymentsOf(sale), paid(order));
    });

    for (const refund of order.refunds) {
      test(`${order.key} credit note ${refund.id}`, () => {
        const note = creditNotes.get(`creditNote/${refund.id}`);
        assert.ok(note);
        same(note.totals.gross, refund.amount, 'gross');
        same(sum(note.lines.map((line) => line.gross)), refund.amount, 'lines add up to the amount');
        same(
          sum(note.lines.flatMap((line) => line.taxes.map(({ amount }) => amount))),
          note.totals.tax,
          'tax of the lines',
        );
        for (const tax of refund.taxes) {
          const stated = negate(add(tax.tax_total, tax.shipping_tax_total));
          same(taxOfCode(note, String(tax.rate_id)), stated, `tax ${tax.rate_id}`);
        }
        if (refund.taxes.length > 0) same(note.totals.tax, negate(refund.total_tax), 'tax');
        assert.equal(note.creditNote?.date, refund.date.slice(0, 10));
        assert.equal(note.order.id, String(order.order_id));
        const [out] = note.payments;
        assert.deepEqual(
          [out?.direction, out?.method.id, out?.date],
          ['out', order.payment_method, refund.date.slice(0, 10)],
        );
      });
    }
  }

  test('W34 a full refund without lines gives back the lines of its order', () => {
    const note = creditNotes.get('creditNote/72');
    const kinds = note?.lines.map(({ kind, net, of }) => [kind, decimalText(net, 2), of]);
    assert.deepEqual(kinds, [
      ['product', '20.75', '152'],
      ['product', '17.54', '153'],
      ['shipping', '5.75', '154'],
    ]);
    assert.deepEqual(note?.remarks, []);
  });

  test('W37 an amount without lines is shared over the VAT of its order, and said so', () => {
    const note = creditNotes.get('creditNote/78');
    const lines = note?.lines.map(({ kind, net, taxes }) => [
      kind,
      decimalText(net),
      taxes.map((tax) => decimalText(tax.amount)),
    ]);
    assert.deepEqual(lines, [['adjustment', '6.25', ['1.25']]]);
    assert.deepEqual(
      note?.remarks.map(({ code, severity }) => [code, severity]),
      [['document.split-by-proportion', 'warn']],
    );
  });

  test('W43 a dollar order states its rate, and its fee in euro', () => {
    const sale = sales.get('sale/92');
    assert.deepEqual([sale?.currency.base, decimalText(sale?.currency.rate ?? negate(decimalOne))], ['EUR', '1.0862']);
    assert.equal(sale?.payments[0]?.fee?.currency, 'EUR');
  });

  test('W72 billed in France and delivered in Belgium is taxed in Belgium; W12 fetched at the shop, at the shop', () => {
    assert.deepEqual([sales.get('sale/121')?.billing?.country, sales.get('sale/121')?.taxCountry], ['FR', 'BE']);
    assert.equal(sales.get('sale/50')?.taxCountry, 'FR');
  });

  test('W25 W26 VAT numbers come with what the shop found out about them', () => {
    assert.deepEqual(sales.get('sale/63')?.customer.vatNumber, { value: 'FR83404833048', valid: true });
    assert.deepEqual(sales.get('sale/64')?.customer.vatNumber, { value: 'BE0403170701', valid: true });
  });

  test('W10 a negative fee without VAT is a discount line, said so', () => {
    const sale = sales.get('sale/48');
    const line = sale?.lines.find(({ kind }) => kind === 'discount');
    assert.deepEqual([decimalText(line?.net ?? decimalOne, 2), line?.taxes], ['-4.00', []]);
    assert.deepEqual(
      sale?.remarks.map(({ code }) => code),
      ['document.discount-without-vat'],
    );
  });

  async function documents(kind: 'sales' | 'creditNotes'): Promise<ReadonlyMap<string, SalesDocument>> {
    const items = itemsIn(await eventsOf(shop.read(requestOf({ kind, statuses: STATUSES }))));
    return new Map(
      items.map((item) => {
        assert.ok(item.state === 'read', item.state === 'read' ? '' : item.key);
        return [item.document.key, item.document];
      }),
    );
  }
});

const decimalOne: Decimal = { units: 1n, scale: 0 };

function same(actual: Decimal, wanted: Decimal, what: string): void {
  assert.ok(equal(actual, wanted), `${what}: ${decimalText(actual)} is not ${decimalText(wanted)}`);
}

function netOf(document: SalesDocument, kinds: readonly string[]): Decimal {
  return sum(document.lines.filter(({ kind }) => kinds.includes(kind)).map(({ net }) => net));
}

function taxOfCode(document: SalesDocument, code: string): Decimal {
  const taxes = document.lines.flatMap((line) => line.taxes);
  return sum(taxes.filter((tax) => tax.code === code).map(({ amount }) => amount));
}

function paymentsOf(sale: SalesDocument) {
  return sale.payments.map(({ method, date, amount }) => [method.id, date, decimalText(amount, 2)]);
}

/** Paid on the day the shop says; a total of zero is paid by nothing. */
function paid(order: (typeof ORACLE)[number]) {
  if (order.date_paid === null || order.total_incl_tax.units === 0n) return [];
  return [[order.payment_method, order.date_paid.slice(0, 10), decimalText(order.total_incl_tax, 2)]];
}
