import { unitsText } from '../core/decimal.ts';
import { type Portion, portionOf, rowsOf, type ShippingCents, shippingOf, wrappingOf } from './mg-cents.ts';
import type { Invoicing, Refunding, Trade } from './mg-trade.ts';
import type { JsonObject } from './php.ts';

const BASE = 'EUR';

/** The same figures twice: in the order's currency, and, each name with `base_` before it, in the shop's. */
export function bothCurrencies(trade: Trade, figures: (rate: number) => Readonly<Record<string, number>>): JsonObject {
  const own = figures(trade.currency?.rate ?? 1);
  const base = figures(1);
  return {
    ...units(own),
    ...Object.fromEntries(Object.entries(units(base)).map(([name, value]) => [baseName(name), value])),
  };
}

function units(figures: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(figures).map(([name, cents]) => [name, cents / 100]));
}

/** Magento cuts two of its longest names, and puts `base_` inside those of the wrapping. */
function baseName(name: string): string {
  if (name === 'shipping_discount_tax_compensation_amount') return 'base_shipping_discount_tax_compensation_amnt';
  if (name === 'weee_tax_applied_row_amount') return 'base_weee_tax_applied_row_amnt';
  return name.replace(/^(gw_items_|gw_card_|gw_|)/, '$1base_');
}

export function currencies({ currency }: Trade): JsonObject {
  return {
    base_currency_code: BASE,
    global_currency_code: BASE,
    order_currency_code: currency?.code ?? BASE,
    store_currency_code: BASE,
    base_to_order_rate: currency?.rate ?? 1,
    base_to_global_rate: 1,
    store_to_base_rate: 0,
    store_to_order_rate: 0,
  };
}

export const add = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

/** Totals of a document from its rows: what Magento's total collectors add up. */
function totalsOf(facts: {
  rows: readonly Portion[];
  shipping: ShippingCents;
  wrapping: Readonly<Record<string, number>>;
  extra?: number;
  kept?: number;
}): Record<string, number> {
  const { rows, shipping, wrapping, extra = 0, kept = 0 } = facts;
  const subtotal = add(rows.map((row) => row.subtotal));
  const discount = add(rows.map((row) => row.discount)) + shipping.discount;
  const compensation = add(rows.map((row) => row.compensation));
  const wrappingNet = add([wrapping.gw_price ?? 0, wrapping.gw_items_price ?? 0, wrapping.gw_card_price ?? 0]);
  const wrappingTax = add([
    wrapping.gw_tax_amount ?? 0,
    wrapping.gw_items_tax_amount ?? 0,
    wrapping.gw_card_tax_amount ?? 0,
  ]);
  const tax = add(rows.map((row) => row.tax)) + shipping.tax + wrappingTax;
  const fixed = add(rows.map((row) => row.fixedTax));
  const total =
    subtotal +
    shipping.amount +
    tax -
    discount +
    compensation +
    shipping.compensation +
    wrappingNet +
    fixed +
    extra -
    kept;
  return {
    subtotal,
    subtotal_incl_tax: add(rows.map((row) => row.inclTax)),
    discount_amount: discount === 0 ? 0 : -discount,
    discount_tax_compensation_amount: compensation,
    shipping_amount: shipping.amount,
    shipping_incl_tax: shipping.inclTax,
    shipping_tax_amount: shipping.tax,
    shipping_discount_tax_compensation_amount: shipping.compensation,
    tax_amount: tax,
    grand_total: total,
  };
}

export function creditsOf({ credits }: Trade, rate: number) {
  const of = (amount = 0) => Math.round(amount * rate);
  return { balance: of(credits?.storeCredit), cards: of(credits?.giftCards), points: of(credits?.points) };
}

export function orderFigures(trade: Trade, rate: number): Record<string, number> {
  const rows = rowsOf(trade, rate);
  const shipping = shippingOf(trade, rate);
  const totals = totalsOf({ rows: rows.flatMap(({ whole }) => whole), shipping, wrapping: wrappingOf(trade, rate) });
  const { balance, cards, points } = creditsOf(trade, rate);
  return { ...totals, grand_total: (totals.grand_total ?? 0) - balance - cards - points };
}

/** The portions of a document: so many of each line, the last piece taking what rounding left. */
export function portions(
  trade: Trade,
  rate: number,
  before: readonly (readonly number[])[],
  items: readonly number[] | undefined,
) {
  return rowsOf(trade, rate).map((row) => {
    const from = add(before.map((one) => one[row.lineIndex] ?? 0));
    const quantity = items?.[row.lineIndex] ?? row.lineQuantity - (items === undefined ? from : row.lineQuantity);
    return { row, portion: portionOf(row, from, quantity), quantity: quantity * row.perLine };
  });
}

export function quantitiesBefore(trade: Trade, list: readonly (Invoicing | Refunding)[], one: Invoicing | Refunding) {
  return list
    .slice(0, list.indexOf(one))
    .map((other) => trade.lines.map((line, index) => other.items?.[index] ?? line.quantity));
}

export function invoiceFigures(trade: Trade, invoice: Invoicing, rate: number): Record<string, number> {
  const before = quantitiesBefore(trade, trade.invoices, invoice);
  const rows = portions(trade, rate, before, invoice.items);
  const ships = invoice.shipping ?? true;
  const totals = totalsOf({
    rows: rows.filter(({ row }) => row.counts).map(({ portion }) => portion),
    shipping: ships ? shippingOf(trade, rate) : NO_SHIPPING,
    wrapping: ships ? wrappingOf(trade, rate) : {},
  });
  const { balance, cards, points } = creditsOf(trade, rate);
  const taken = trade.credits?.points === undefined ? 0 : Math.round((invoice.points ?? points / rate) * rate);
  return { ...totals, grand_total: (totals.grand_total ?? 0) - (ships ? balance + cards : 0) - taken };
}

const NO_SHIPPING: ShippingCents = { amount: 0, inclTax: 0, tax: 0, discount: 0, compensation: 0 };

export function memoFigures(trade: Trade, memo: Refunding, rate: number): Record<string, number> {
  const before = quantitiesBefore(trade, trade.memos ?? [], memo);
  const rows = portions(trade, rate, before, memo.items);
  const of = (amount = 0) => Math.round(amount * rate);
  return totalsOf({
    rows: rows.filter(({ row }) => row.counts).map(({ portion }) => portion),
    shipping: memo.shipping === true ? shippingOf(trade, rate) : NO_SHIPPING,
    wrapping: {},
    extra: of(memo.extra),
    kept: of(memo.kept),
  });
}

export function amountsOf(row: Portion): Record<string, number> {
  return {
    price: row.unit / 100,
    price_incl_tax: row.unitInclTax / 100,
    original_price: row.original / 100,
    row_total: row.rowTotal / 100,
    row_total_incl_tax: row.inclTax / 100,
    discount_amount: row.discount / 100,
    tax_amount: row.tax / 100,
    discount_tax_compensation_amount: row.compensation / 100,
  };
}

export function prefixed(record: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [`base_${name}`, value]));
}

/** What Adobe Commerce adds is text. */
export function textNumbers(record: JsonObject): JsonObject {
  const cents = (value: unknown) => BigInt(Math.round(Number(value) * 100));
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, `${unitsText(cents(value), 2)}00`]));
}

export function isOnline({ method }: Trade): boolean {
  return method === 'stripe_payments' || method === 'paypal_express';
}

export function captureId(trade: Trade, invoice: Invoicing): string {
  return `${trade.method === 'stripe_payments' ? 'pi' : 'PAY'}_${invoice.id}`;
}

export function incrementOf(id: number): string {
  return String(id).padStart(9, '0');
}
