import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { z } from 'zod';
import {
  add,
  compare,
  type Decimal,
  decimalText,
  equal,
  decimal as exactly,
  magnitude,
  negate,
  round,
  subtract,
  sum,
  ZERO,
} from '../../core/decimal.ts';
import type { DocumentLine, SalesDocument } from '../../core/document.ts';
import type { DemoShop } from '../../demo/demo-shop.ts';
import { startPrestashopDemo } from '../../demo/prestashop.ts';
import { decimal } from '../../schema/decimal.ts';
import { parseJson } from '../../schema/json.ts';
import { amount, documentsOf, requestOf, shopAt } from './sample.ts';

/** What each shop says of its own orders, from its rows and the tax tables of its invoices and credit slips: the oracle. */
const taxTable = z.union([
  z.record(z.string(), z.object({ total_price_tax_excl: decimal, total_amount: decimal, rate: z.string() })),
  z.array(z.never()),
]);
const amountTable = z.array(
  z.object({ rate: z.union([z.string(), z.int()]).transform(String), total_tax_excl: decimal, total_amount: decimal }),
);
/** 1.6 gives the rows of its database, under their own names. */
const paymentRow = z
  .object({
    id: z.coerce.string(),
    amount: decimal,
    method: z.string().optional(),
    payment_method: z.string().optional(),
    transaction_id: z.string(),
    date: z.string().optional(),
    date_add: z.string().optional(),
  })
  .transform((row) => ({
    id: row.id,
    amount: row.amount,
    method: row.method ?? row.payment_method,
    transaction_id: row.transaction_id,
    date: (row.date ?? row.date_add ?? '').slice(0, 10),
  }));
const expected = z.object({
  orders: z.array(
    z.object({
      key: z.string(),
      order_id: z.int(),
      reference: z.string(),
      currency: z.string(),
      conversion_rate: decimal,
      module: z.string(),
      payment: z.string(),
      total_paid_tax_incl: decimal,
      total_paid_tax_excl: decimal,
      invoices: z.array(
        z.object({
          formatted: z.string(),
          date: z.string(),
          product_taxes: taxTable,
          shipping_taxes: amountTable,
          wrapping_taxes: amountTable,
          ecotax_taxes: z.union([
            z.array(z.object({ rate: z.string(), ecotax_tax_excl: decimal, ecotax_tax_incl: decimal })),
            z.array(z.never()),
          ]),
          pdf_footer: z.object({ shipping_tax_excl: decimal, total_taxes: decimal }),
        }),
      ),
      credit_slips: z.array(
        z.object({
          id: z.int(),
          date: z.string(),
          total_products_tax_excl: decimal,
          total_shipping_tax_excl: decimal,
          total_shipping_tax_incl: decimal,
          amount: decimal,
          shipping_cost_amount: decimal,
          pdf_product_taxes: taxTable.optional(),
        }),
      ),
      payments: z.array(paymentRow),
    }),
  ),
});
type Expected = z.infer<typeof expected>['orders'][number];

const CENT = exactly('0.01');
/** The shop's own totals miss the sum of its own parts by a cent: the gross is booked, the cent is an adjustment. */
const SHOPS_OWN_CENTS = ['P15', 'P17', 'P53'];
/** 1.6 prints the taxes of discounted orders before the discount: by its own totals they are these. */
const MISPRINTED: Readonly<Record<string, string>> = { Q03: '20% 5.40, 5.5% 2.04', Q04: '20% 3.74, 5.5% 1.19' };
/** The second and third copies of one payment, written again at each paid state. */
const REPEATED: Readonly<Record<string, number>> = { Q03: 1 };

for (const [version, folder] of [
  ['9.1.4', 'prestashop'],
  ['1.6.1.25', 'prestashop-1.6'],
] as const) {
  describe(`PrestaShop ${version}: every captured order and credit slip has the figures of the shop's own invoice`, () => {
    const file = new URL(`../../demo/data/${folder}/expected.json`, import.meta.url);
    const orders = expected.parse(parseJson(readFileSync(file, 'utf8'))).orders;
    const invoiced = orders.filter((order) => order.invoices.length > 0);
    let demo: DemoShop;
    let sales: ReadonlyMap<string, SalesDocument>;
    let creditNotes: ReadonlyMap<string, SalesDocument>;

    before(async () => {
      demo = await startPrestashopDemo({ version });
      const shop = shopAt(demo);
      sales = byKey(await documentsOf(shop, requestOf()));
      creditNotes = byKey(await documentsOf(shop, requestOf({ kind: 'creditNotes' })));
    });
    after(() => demo.close());

    test('all and only the accounted orders are read, smallest id first', () => {
      assert.deepEqual(
        [...sales.keys()],
        invoiced.map((order) => `sale/${order.order_id}`),
      );
      const slips = orders
        .flatMap((order) => order.credit_slips)
        .map((slip) => slip.id)
        .sort((a, b) => a - b);
      assert.deepEqual(
        [...creditNotes.keys()],
        slips.map((id) => `creditNote/${id}`),
      );
    });

    for (const order of invoiced) {
      test(`${order.key}: gross, net, VAT by rate, shipping, invoice, payments`, () => {
        const sale = sales.get(`sale/${order.order_id}`) ?? assert.fail('not read');
        const [invoice] = order.invoices;
        assert.ok(invoice);
        assert.deepEqual(
          sale.remarks.filter((remark) => remark.severity !== 'warn'),
          [],
        );
        assertEqual(sale.totals.gross, order.total_paid_tax_incl, 'gross');
        assertEqual(sale.totals.net, order.total_paid_tax_excl, 'net');
        assert.equal(sale.order.number, order.reference);
        assert.equal(sale.currency.code, order.currency);
        assertEqual(sale.currency.rate ?? ZERO, order.conversion_rate, 'rate');
        assert.equal(sale.invoice?.date, invoice.date.slice(0, 10));

        const products = sale.lines.filter((line) => line.kind === 'product');
        const taxes = taxesText(products);
        assert.equal(taxes, MISPRINTED[order.key] ?? printedTaxes(invoice));
        assertEqual(netOf(sale.lines, 'shipping'), invoice.pdf_footer.shipping_tax_excl, 'shipping');
        assert.equal(
          taxesText(sale.lines.filter((line) => line.kind === 'shipping')),
          amountsText(invoice.shipping_taxes),
        );
        assert.equal(
          taxesText(sale.lines.filter((line) => line.kind === 'wrapping')),
          amountsText(invoice.wrapping_taxes),
        );
        for (const { rate, total_price_tax_excl } of Object.values(invoice.product_taxes)) {
          const net = sum(products.filter((line) => rateOf(line) === Number(rate)).map((line) => line.net));
          assertEqual(net, total_price_tax_excl, `net at ${rate} %`);
        }

        const gap = magnitude(subtract(sum(sale.lines.map((line) => line.gross)), sale.totals.gross));
        assert.ok(compare(gap, CENT) <= 0, `lines miss the total by ${decimalText(gap)}`);
        if (!SHOPS_OWN_CENTS.includes(order.key)) assertEqual(gap, ZERO, 'lines against total');

        const paid = order.payments
          .filter((payment) => decimalText(payment.amount) !== '0')
          .slice(0, REPEATED[order.key]);
        assert.deepEqual(
          sale.payments.map(({ id, method, amount: value, date, transactionId }) => [
            id,
            method.name,
            amount(value),
            date,
            transactionId ?? '',
          ]),
          paid.map((row) => [row.id, row.method, amount(row.amount), row.date, row.transaction_id]),
        );
      });

      for (const slip of order.credit_slips) {
        test(`${order.key}: credit slip ${slip.id}`, () => {
          const note = creditNotes.get(`creditNote/${slip.id}`) ?? assert.fail('not read');
          const gross = add(slip.amount, slip.shipping_cost_amount);
          assertEqual(note.totals.gross, gross, 'gross');
          assertEqual(sum(note.lines.map((line) => line.gross)), gross, 'lines');
          assertEqual(note.totals.net, add(slip.total_products_tax_excl, slip.total_shipping_tax_excl), 'net');
          assertEqual(netOf(note.lines, 'shipping'), slip.total_shipping_tax_excl, 'shipping');
          assert.equal(note.creditNote?.date, slip.date.slice(0, 10));
          const products = note.lines.filter((line) => line.kind === 'product');
          if (slip.pdf_product_taxes !== undefined)
            assert.equal(taxesText(products), tableText(slip.pdf_product_taxes));
          assert.deepEqual(
            note.payments.map(({ direction, method, amount: value, date }) => [
              direction,
              method.id,
              amount(value),
              date,
            ]),
            [['out', order.module, amount(gross), slip.date.slice(0, 10)]],
          );
        });
      }
    }
  });
}

function byKey(documents: readonly SalesDocument[]): Map<string, SalesDocument> {
  return new Map(documents.map((document) => [document.key, document]));
}

function assertEqual(actual: Decimal, wanted: Decimal, what: string): void {
  assert.ok(equal(actual, wanted), `${what}: ${decimalText(actual)} instead of ${decimalText(wanted)}`);
}

function netOf(lines: readonly DocumentLine[], kind: DocumentLine['kind']): Decimal {
  return sum(lines.filter((line) => line.kind === kind).map((line) => line.net));
}

function rateOf(line: DocumentLine): number {
  return Number(decimalText(line.taxes[0]?.rate ?? ZERO));
}

/** `20% 4.15, 5.5% 0.96`, highest rate first; rates without tax are left out, since an exempt line has none. */
function taxesText(lines: readonly DocumentLine[]): string {
  const byRate = new Map<string, Decimal>();
  for (const tax of lines.flatMap((line) => line.taxes)) {
    const rate = decimalText(tax.rate);
    byRate.set(rate, add(byRate.get(rate) ?? ZERO, tax.amount));
  }
  return ratesText(byRate);
}

/** The invoice's table, with the tax on eco-tax that it shows apart added to its rate. */
function printedTaxes(invoice: Expected['invoices'][number]): string {
  const byRate = tableOf(invoice.product_taxes);
  for (const item of invoice.ecotax_taxes.flat()) {
    const rate = decimalText(exactly(item.rate));
    byRate.set(rate, sum([byRate.get(rate) ?? ZERO, item.ecotax_tax_incl, negate(item.ecotax_tax_excl)]));
  }
  return ratesText(byRate);
}

function tableText(table: z.infer<typeof taxTable>): string {
  return ratesText(tableOf(table));
}

function tableOf(table: z.infer<typeof taxTable>): Map<string, Decimal> {
  return new Map(Object.values(table).map(({ rate, total_amount }) => [decimalText(exactly(rate)), total_amount]));
}

function amountsText(rows: z.infer<typeof amountTable>): string {
  return ratesText(new Map(rows.map((row) => [decimalText(exactly(row.rate)), row.total_amount])));
}

function ratesText(byRate: ReadonlyMap<string, Decimal>): string {
  return [...byRate]
    .filter(([, tax]) => compare(magnitude(tax), exactly('0.000001')) > 0)
    .sort(([a], [b]) => Number(b) - Number(a))
    .map(([rate, tax]) => `${rate}% ${cents(tax)}`)
    .join(', ');
}

/** The oracle's amounts are PHP's binary floats: 1.1500000000000004 is 1.15. */
function cents(amount: Decimal): string {
  return decimalText(round(amount, 2), 2);
}
