import { readFileSync } from 'node:fs';
import { z } from 'zod';
import {
  add,
  compare,
  type Decimal,
  decimalText,
  divide,
  equal,
  decimal as exactly,
  isZero,
  magnitude,
  multiply,
  negate,
  round,
  subtract,
  sum,
  ZERO,
} from '../../src/core/decimal.ts';
import { decimal } from '../../src/schema/decimal.ts';
import { parseJson } from '../../src/schema/json.ts';
import { byRate, cents, type OwnCents, ownTotals, type Stated, type StatedPayment, text, vatTotal } from './figures.ts';

const rate = z.union([z.string(), z.int()]).transform((value) => exactly(String(value)));
const table = z
  .union([
    z.record(z.string(), z.object({ rate, total_price_tax_excl: decimal, total_amount: decimal })),
    z.array(z.never()),
  ])
  .transform((rows) =>
    Object.values(rows).map((row) => ({
      rate: row.rate,
      base: cents(row.total_price_tax_excl),
      tax: cents(row.total_amount),
    })),
  );
const amounts = z
  .array(z.object({ rate, total_amount: decimal }))
  .transform((rows) => rows.map((row) => ({ rate: row.rate, tax: cents(row.total_amount) })));
const oracle = z.object({
  orders: z.array(
    z.object({
      key: z.string(),
      order_id: z.int(),
      reference: z.string(),
      state: z.string(),
      currency: z.string(),
      conversion_rate: decimal,
      round_type: z.int(),
      total_paid_tax_incl: decimal,
      total_paid_tax_excl: decimal,
      total_products: decimal,
      total_products_wt: decimal,
      total_discounts_tax_excl: decimal,
      total_discounts_tax_incl: decimal,
      total_shipping_tax_excl: decimal,
      total_shipping_tax_incl: decimal,
      total_wrapping_tax_excl: decimal,
      carrier_tax_rate: decimal,
      invoices: z.array(
        z.object({
          product_taxes: table,
          shipping_taxes: amounts,
          wrapping_taxes: amounts,
          ecotax_taxes: z.array(z.object({ rate, ecotax_tax_excl: decimal, ecotax_tax_incl: decimal })),
          pdf_footer: z.object({ shipping_tax_excl: decimal }),
        }),
      ),
      credit_slips: z.array(
        z.object({
          id: z.int(),
          total_products_tax_excl: decimal,
          total_products_tax_incl: decimal,
          total_shipping_tax_excl: decimal,
          total_shipping_tax_incl: decimal,
          amount: decimal,
          shipping_cost_amount: decimal,
          pdf_product_taxes: table.optional(),
        }),
      ),
      // The two versions name the method differently.
      payments: z.array(
        z
          .object({
            amount: decimal,
            method: z.string().optional(),
            payment_method: z.string().optional(),
            transaction_id: z.string(),
          })
          .transform((row) => ({
            amount: row.amount,
            transaction: row.transaction_id,
            method: row.method ?? row.payment_method ?? '',
          })),
      ),
    }),
  ),
});
type Order = z.infer<typeof oracle>['orders'][number];
type Invoice = Order['invoices'][number];
type Slip = Order['credit_slips'][number];

const HUNDRED = exactly('100');
const CENT = exactly('0.01');

/** Every order and credit slip of a recorded shop, from its rows and the tables that its invoices and slips print. */
export function prestashopFigures(folder: 'prestashop' | 'prestashop-1.6'): readonly Stated[] {
  const file = new URL(`../../src/demo/data/${folder}/expected.json`, import.meta.url);
  return oracle.parse(parseJson(readFileSync(file, 'utf8'))).orders.flatMap((order) => {
    const sale = saleOf(order);
    return [sale, ...order.credit_slips.map((slip) => creditNoteOf(slip, order, sale))];
  });
}

function saleOf(order: Order): Stated {
  const [invoice] = order.invoices;
  // With a voucher that gives the shipping away the invoice prints no shipping; the voucher is that much of the discounts.
  const shipping = cents(invoice?.pdf_footer.shipping_tax_excl ?? order.total_shipping_tax_excl);
  const given = subtract(order.total_shipping_tax_excl, shipping);
  const products = add(subtract(order.total_products, order.total_discounts_tax_excl), given);
  const printed = invoice === undefined ? { vat: byRate([]), own: [] } : vatOf(order, invoice);
  const figures = {
    gross: cents(order.total_paid_tax_incl),
    net: cents(order.total_paid_tax_excl),
    parts: { products: cents(products), shipping, wrapping: cents(order.total_wrapping_tax_excl), fees: ZERO },
    vat: printed.vat,
  };
  const { payments, repeated } = paymentsOf(order);
  return {
    kind: 'sale',
    key: `sale/${order.order_id}`,
    name: order.key,
    order: order.reference,
    status: order.state,
    accounted: invoice !== undefined,
    currency: order.currency,
    perUnit: order.round_type === 1,
    rate: order.conversion_rate,
    ...figures,
    payments,
    own: [...(invoice === undefined ? [] : ownTotals(figures)), ...printed.own, ...repeated],
  };
}

/**
 * VAT by rate as the invoice prints it. 1.6 prints taxes before the discount beside bases after it: such a table is
 * recognised by its own figures (a tax that is not the rate's part of the base printed on the same row, in a table that
 * does not add up to the tax of the order's totals), and what the bases say is taken, which does add up.
 */
function vatOf(order: Order, invoice: Invoice): { vat: Stated['vat']; own: readonly OwnCents[] } {
  const around = [
    ...invoice.shipping_taxes.map((row): [Decimal, Decimal] => [row.rate, row.tax]),
    ...invoice.wrapping_taxes.map((row): [Decimal, Decimal] => [row.rate, row.tax]),
  ];
  const ecotax = invoice.ecotax_taxes.map((row): [Decimal, Decimal] => [
    row.rate,
    cents(subtract(row.ecotax_tax_incl, row.ecotax_tax_excl)),
  ]);
  const rows = invoice.product_taxes.map((row): [Decimal, Decimal] => [row.rate, row.tax]);
  const printed = byRate([...rows, ...ecotax, ...around]);
  const total = productTax(order, invoice);
  const ofBases = taxesOfBases(invoice, total);
  const wrongRow = invoice.product_taxes.some(
    (row) => !isZero(order.total_discounts_tax_excl) && beyondACent(row.tax, percent(row.base, row.rate)),
  );
  const printedTotal = sum(rows.map(([, tax]) => tax));
  if (!wrongRow || equal(printedTotal, total) || ofBases === null) return { vat: printed, own: [] };
  const figures = `${tableText(rows)} printed, ${tableText(ofBases)} by the bases on the same rows; the totals say ${text(total)}`;
  const cause = `the invoice prints the taxes before its discount: ${figures}`;
  return {
    vat: byRate([...ofBases, ...around]),
    own: [{ what: 'printedVat', amount: subtract(printedTotal, total), cause }],
  };
}

/**
 * Each base at its rate, brought to the total of the taxes: a cent that rounding by rate lost, since the shop rounds line
 * by line, goes where most was dropped. Null when more than a cent a row is missing: then the bases explain nothing.
 */
function taxesOfBases({ product_taxes: rows }: Invoice, total: Decimal): readonly [Decimal, Decimal][] | null {
  const taxes = rows.map((row) => {
    const tax = percent(row.base, row.rate);
    const exact = divide(multiply(row.base, row.rate), HUNDRED, 8, 'half-up');
    return { rate: row.rate, tax, dropped: subtract(exact, tax) };
  });
  const missing = subtract(total, sum(taxes.map(({ tax }) => tax)));
  const count = round(magnitude(missing), 2).units;
  if (count > BigInt(rows.length)) return null;
  const down = missing.units < 0n;
  const order = [...taxes].sort((a, b) => (down ? compare(a.dropped, b.dropped) : compare(b.dropped, a.dropped)));
  const moved = new Set(order.slice(0, Number(count)));
  return taxes.map((row) => [row.rate, moved.has(row) ? add(row.tax, down ? negate(CENT) : CENT) : row.tax]);
}

/** Tax of the products after discounts, by the order's totals. */
function productTax(order: Order, invoice: Invoice): Decimal {
  const free = isZero(invoice.pdf_footer.shipping_tax_excl);
  const shipping = free ? subtract(order.total_shipping_tax_incl, order.total_shipping_tax_excl) : ZERO;
  const discounts = subtract(order.total_discounts_tax_incl, order.total_discounts_tax_excl);
  return sum([subtract(order.total_products_wt, order.total_products), negate(discounts), shipping]);
}

/** An order that passes through several paid states can get its whole payment again each time: the first one is real. */
function paymentsOf(order: Order): { payments: readonly StatedPayment[]; repeated: readonly OwnCents[] } {
  const total = order.total_paid_tax_incl;
  const rows = order.payments.filter(({ amount }) => !isZero(amount));
  const kept = rows.filter((row, index) => {
    const same = rows.findIndex((one) => equal(one.amount, row.amount) && one.method === row.method);
    return !(equal(row.amount, total) && row.transaction === '' && same < index);
  });
  const count = rows.length - kept.length;
  const amount = multiply(total, { units: BigInt(count), scale: 0 });
  const cause = `the shop wrote its payment of ${text(total)} ${rows.length} times, without transaction`;
  return {
    payments: kept.map((row) => ({ direction: 'in', amount: row.amount, fee: ZERO })),
    repeated: count === 0 ? [] : [{ what: 'repeatedPayment', amount, cause }],
  };
}

function creditNoteOf(slip: Slip, order: Order, sale: Stated): Stated {
  const gross = add(slip.amount, slip.shipping_cost_amount);
  const shipping = slip.total_shipping_tax_excl;
  const shippingTax = subtract(slip.total_shipping_tax_incl, shipping);
  // 1.6 keeps no tax table of a slip: what its order has at one rate only tells that rate.
  const [only] = sale.vat.keys();
  const productTaxes = subtract(slip.total_products_tax_incl, slip.total_products_tax_excl);
  const products =
    slip.pdf_product_taxes?.map((row): [Decimal, Decimal] => [row.rate, row.tax]) ??
    (only === undefined ? [] : [[rateOf(slip, sale), productTaxes] as [Decimal, Decimal]]);
  const figures = {
    gross,
    net: add(slip.total_products_tax_excl, shipping),
    parts: { products: slip.total_products_tax_excl, shipping, wrapping: ZERO, fees: ZERO },
    vat: byRate([...products, [order.carrier_tax_rate, shippingTax]]),
  };
  return {
    ...sale,
    kind: 'creditNote',
    key: `creditNote/${slip.id}`,
    accounted: true,
    ...figures,
    payments: isZero(gross) ? [] : [{ direction: 'out', amount: gross, fee: ZERO }],
    own: ownTotals(figures),
  };
}

/** The rate of the order that explains the tax of a slip to the cent. */
function rateOf(slip: Slip, { vat, name }: Stated): Decimal {
  const tax = subtract(slip.total_products_tax_incl, slip.total_products_tax_excl);
  const found = [...vat.keys()].map(exactly).filter((one) => equal(percent(slip.total_products_tax_excl, one), tax));
  const [first, second] = found;
  if (first === undefined || second !== undefined) throw new TypeError(`Slip of ${name}: no single rate explains it`);
  return first;
}

function percent(amount: Decimal, percentage: Decimal): Decimal {
  return divide(multiply(amount, percentage), HUNDRED, 2, 'half-up');
}

function beyondACent(a: Decimal, b: Decimal): boolean {
  return compare(magnitude(subtract(a, b)), CENT) > 0;
}

function tableText(rows: readonly (readonly [Decimal, Decimal])[]): string {
  const vat = byRate(rows);
  return `${[...vat].map(([one, tax]) => `${decimalText(exactly(one))} % ${text(tax)}`).join(' + ')} = ${text(vatTotal(vat))}`;
}
