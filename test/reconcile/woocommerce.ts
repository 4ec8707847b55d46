import { readFileSync } from 'node:fs';
import { z } from 'zod';
import {
  type Decimal,
  divide,
  equal,
  decimal as exactly,
  isPositive,
  magnitude,
  multiply,
  negate,
  subtract,
  sum,
  ZERO,
} from '../../src/core/decimal.ts';
import { capturedWooRecords } from '../../src/demo/woo-records.ts';
import { decimal } from '../../src/schema/decimal.ts';
import { parseJson } from '../../src/schema/json.ts';
import { type ByRate, byRate, cents, ownTotals, type Stated, type StatedPayment, text } from './figures.ts';

const tax = z.object({ rate_id: z.int(), tax_total: decimal, shipping_tax_total: decimal });
const oracle = z.object({
  orders: z.array(
    z.object({
      key: z.string(),
      order_id: z.int(),
      number: z.string(),
      status: z.string(),
      currency: z.string(),
      date_paid: z.string().nullable(),
      total_incl_tax: decimal,
      total_excl_tax: decimal,
      shipping_excl_tax: decimal,
      fees_excl_tax: decimal,
      discount_excl_tax: decimal,
      lines_subtotal_excl_tax: decimal,
      tax_by_rate: z.array(tax.extend({ rate_percent: decimal })),
      refunds: z.array(
        z.object({
          id: z.int(),
          amount: decimal,
          total_tax: decimal,
          shipping_total: decimal,
          taxes: z.array(tax),
        }),
      ),
    }),
  ),
});
type Order = z.infer<typeof oracle>['orders'][number];
type Refund = Order['refunds'][number];

/** The oracle gives the fees' sum and no provider fee: these come from the answers as recorded, two decimals. */
const recorded = z.object({
  id: z.int(),
  fee_lines: z.array(z.object({ name: z.string(), total: decimal })),
  meta_data: z.array(z.object({ key: z.string(), value: z.unknown() })),
});
type Recorded = z.infer<typeof recorded>;

const ACCOUNTED = ['processing', 'completed', 'refunded'];
const FEES = ['_stripe_fee', 'PayPal Transaction Fee'];
const RATES = ['_wcpay_multi_currency_order_exchange_rate'];
const HUNDRED = exactly('100');
const ONE = exactly('1');

/** Every order and refund of the recorded shop, as WooCommerce's own programme states it. */
export function wooFigures(wrappingNames: readonly string[]): readonly Stated[] {
  const file = new URL('../../src/demo/data/woocommerce/expected.json', import.meta.url);
  const records = new Map(capturedWooRecords().orders.map(({ dp2 }) => [dp2.id, recorded.parse(dp2)]));
  return oracle.parse(parseJson(readFileSync(file, 'utf8'))).orders.flatMap((order) => {
    const record = records.get(order.order_id);
    if (record === undefined) throw new TypeError(`No recorded order ${order.order_id}`);
    const sale = saleOf(order, record, wrappingNames);
    return [sale, ...order.refunds.map((refund) => creditNoteOf(refund, order, sale))];
  });
}

function saleOf(order: Order, record: Recorded, wrappingNames: readonly string[]): Stated {
  const { key: name, order_id, number, status, currency } = order;
  const wrappings = record.fee_lines.filter((fee) => wrappingNames.includes(fee.name));
  const others = record.fee_lines.filter((fee) => !wrappingNames.includes(fee.name));
  const fees = sum(others.map((fee) => fee.total).filter(isPositive));
  const wrapping = sum(wrappings.map((fee) => fee.total));
  // What is left of the fees is negative: a discount that somebody wrote as a fee.
  const lowered = subtract(subtract(order.fees_excl_tax, fees), wrapping);
  const products = sum([order.lines_subtotal_excl_tax, negate(order.discount_excl_tax), lowered]);
  const figures = {
    gross: cents(order.total_incl_tax),
    net: cents(order.total_excl_tax),
    parts: { products: cents(products), shipping: cents(order.shipping_excl_tax), wrapping, fees },
    vat: byRate(
      order.tax_by_rate.flatMap((row): [Decimal, Decimal][] => [
        [row.rate_percent, cents(row.tax_total)],
        [row.rate_percent, cents(row.shipping_tax_total)],
      ]),
    ),
  };
  return {
    kind: 'sale',
    key: `sale/${order_id}`,
    name,
    order: number,
    status,
    accounted: ACCOUNTED.includes(status),
    currency,
    perUnit: false,
    rate: metaAmount(record, RATES) ?? ONE,
    ...figures,
    payments: paymentsOf(order, record),
    own: ownTotals(figures),
  };
}

function paymentsOf(order: Order, record: Recorded): StatedPayment[] {
  const { total_incl_tax: amount } = order;
  if (order.date_paid === null || !isPositive(amount)) return [];
  return [{ direction: 'in', amount, fee: metaAmount(record, FEES) ?? ZERO }];
}

function creditNoteOf(refund: Refund, order: Order, sale: Stated): Stated {
  const { amount } = refund;
  const rates = new Map(order.tax_by_rate.map((row) => [row.rate_id, row.rate_percent]));
  const stated = byRate(
    refund.taxes.flatMap((row): [Decimal, Decimal][] => {
      const rate = rates.get(row.rate_id);
      if (rate === undefined) throw new TypeError(`Refund ${refund.id}: no rate ${row.rate_id}`);
      return [
        [rate, cents(negate(row.tax_total))],
        [rate, cents(negate(row.shipping_tax_total))],
      ];
    }),
  );
  const whole = equal(amount, sale.gross);
  const unstated = refund.taxes.length === 0;
  const vat = unstated ? sharedVat(amount, sale) : stated;
  const net = subtract(amount, sum(vat.values()));
  const shipping = unstated ? (whole ? sale.parts.shipping : ZERO) : negate(refund.shipping_total);
  const parts = { products: subtract(net, shipping), shipping, wrapping: ZERO, fees: ZERO };
  const cause = `the shop states an amount of ${text(amount)} and no VAT: ${whole ? 'the whole order is given back' : 'shared over the VAT of its order (amountOnlyRefunds: share)'}`;
  return {
    ...sale,
    kind: 'creditNote',
    key: `creditNote/${refund.id}`,
    accounted: true,
    gross: amount,
    net,
    parts,
    vat,
    payments: sale.payments.length === 0 ? [] : [{ direction: 'out', amount, fee: ZERO }],
    own: unstated ? [{ what: 'unstatedVat', amount: sum(vat.values()), cause }] : [],
  };
}

/** VAT in an amount refunded without lines: all of its order's, or that of the order's only rate. */
function sharedVat(amount: Decimal, sale: Stated): ByRate {
  if (equal(amount, sale.gross)) return sale.vat;
  const [only, ...others] = sale.vat.keys();
  if (only === undefined) return sale.vat;
  const net = divide(multiply(amount, HUNDRED), sum([HUNDRED, exactly(only)]), 2, 'half-up');
  // Part untaxed, or several rates: the sharing of an amount has its own tests; nothing recorded needs it here.
  if (others.length > 0 || !taxed(sale, exactly(only))) throw new TypeError(`Refund of ${sale.name}: several groups`);
  return byRate([[exactly(only), subtract(amount, net)]]);
}

/** Whether all of an order is taxed at this rate, but for rounding. */
function taxed({ net, vat }: Stated, rate: Decimal): boolean {
  const all = cents(divide(multiply(net, rate), HUNDRED, 6, 'half-up'));
  return magnitude(subtract(all, sum(vat.values()))).units <= 2n;
}

function metaAmount({ meta_data }: Recorded, keys: readonly string[]): Decimal | null {
  const value = meta_data.find(({ key }) => keys.includes(key))?.value;
  return typeof value === 'string' ? exactly(value) : null;
}
