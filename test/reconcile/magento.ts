import {
  add,
  type Decimal,
  divide,
  decimal as exactly,
  isPositive,
  isZero,
  multiply,
  negate,
  round,
  subtract,
  sum,
  ZERO,
} from '../../src/core/decimal.ts';
import { madeRecords } from '../../src/demo/mg-made.ts';
import type { Trade } from '../../src/demo/mg-trade.ts';
import type { JsonObject } from '../../src/demo/php.ts';
import { byRate, cents, ownTotals, type Stated, type StatedPayment } from './figures.ts';

/** Which set of the amounts that Magento states: the website's, or the order's own. */
type Reading = { readonly inCurrency: boolean };

const ONE = exactly('1');

/** What Magento's records state of every invoice and credit memo, taken from their fields without a line of the reader. */
export function magentoFigures(trades: readonly Trade[], reading: Reading): readonly Stated[] {
  const { orders, invoices, creditmemos } = madeRecords(trades);
  return trades.flatMap((trade) => {
    const order = orders.find(({ entity_id }) => entity_id === trade.id);
    if (order === undefined) throw new TypeError(`No order ${trade.name}`);
    const own = (records: readonly JsonObject[], ids: readonly number[]) =>
      ids.flatMap((id) => records.filter(({ entity_id }) => entity_id === id));
    const sales = own(
      invoices,
      trade.invoices.map(({ id }) => id),
    ).map((invoice, index) => saleOf(invoice, order, { trade, index, reading }));
    const notes = own(
      creditmemos,
      (trade.memos ?? []).map(({ id }) => id),
    ).map((memo, index) => noteOf(memo, order, { trade, index, reading }));
    return [...sales, ...notes];
  });
}

type Of = { readonly trade: Trade; readonly index: number; readonly reading: Reading };

function saleOf(invoice: JsonObject, order: JsonObject, of: Of): Stated {
  const { trade, index, reading } = of;
  const common = statedOf(invoice, order, of);
  const credits = [of_('customer_balance_amount'), of_('gift_cards_amount'), pointsOf(trade, index, reading)].filter(
    (amount) => !isZero(amount),
  );
  const money = field(invoice, 'grand_total', reading, trade);
  const gross = sum([money, ...credits]);
  const figures = withGross(common, gross, common.tax);
  const paid = invoice.state === 2 && isPositive(money) ? [money] : [];
  return {
    ...figures,
    kind: 'sale',
    key: `sale/inv-${invoice.entity_id}`,
    payments: [...credits, ...paid].map((amount): StatedPayment => ({ direction: 'in', amount, fee: ZERO })),
    own: ownTotals(figures),
  };

  function of_(name: string): Decimal {
    return field(attributes(invoice), name, reading, trade);
  }
}

function noteOf(memo: JsonObject, order: JsonObject, of: Of): Stated {
  const { trade, reading } = of;
  const common = statedOf(memo, order, of);
  const gross = field(memo, 'grand_total', reading, trade);
  const extra = field(memo, 'adjustment_positive', reading, trade);
  const shared = sharedTax(extra, trade);
  const vat = byRate([...[...common.vat].map(([rate, tax]) => [exactly(rate), tax] as const), ...shared]);
  const tax = sum([common.tax, ...shared.map(([, amount]) => amount)]);
  const figures = withGross({ ...common, vat }, gross, tax);
  const cause = `the memo gives ${extra.units === 0n ? 'nothing' : 'an amount'} on top and states no VAT of it: shared over the VAT of its order (amountOnlyRefunds: share)`;
  return {
    ...figures,
    kind: 'creditNote',
    key: `creditNote/${memo.entity_id}`,
    payments: isPositive(gross) ? [{ direction: 'out', amount: gross, fee: ZERO }] : [],
    own: shared.length === 0 ? [] : [{ what: 'unstatedVat', amount: sum(shared.map(([, amount]) => amount)), cause }],
  };
}

type Common = Omit<Stated, 'kind' | 'key' | 'payments' | 'own' | 'gross' | 'net'> & { readonly tax: Decimal };

/** What an invoice and a credit memo have in common: taxes by rate, shipping, wrapping. */
function statedOf(document: JsonObject, order: JsonObject, { trade, index, reading }: Of): Common {
  const amount = (name: string) => field(document, name, reading, trade);
  const rows = objects(document.items);
  const taxes: (readonly [Decimal, Decimal])[] = [];
  for (const row of rows) {
    const rates = ratesOf(order, 'product', row.order_item_id);
    const tax = field(row, 'tax_amount', reading, trade);
    const all = sum(rates.map(({ amount: part }) => part));
    let left = tax;
    rates.forEach(({ rate, amount: part }, place) => {
      const share =
        place === rates.length - 1 || isZero(all)
          ? left
          : round(divide(multiply(tax, part), all, 6, 'half-up'), 2, 'down');
      taxes.push([rate, share]);
      left = subtract(left, share);
    });
  }
  for (const { rate } of ratesOf(order, 'shipping')) taxes.push([rate, amount('shipping_tax_amount')]);
  const wraps = [
    ['quote_gw', 'gw_tax_amount'],
    ['item_gw', 'gw_items_tax_amount'],
    ['printed_card_gw', 'gw_card_tax_amount'],
  ] as const;
  for (const [type, name] of wraps) {
    for (const { rate } of ratesOf(order, type)) taxes.push([rate, field(attributes(document), name, reading, trade)]);
  }
  const ofRows = sum(rows.map((row) => field(row, 'discount_amount', reading, trade)));
  const offShipping = subtract(negate(amount('discount_amount')), ofRows);
  const shipping = sum([
    amount('shipping_amount'),
    negate(offShipping),
    amount('shipping_discount_tax_compensation_amount'),
  ]);
  const wrapping = sum(
    ['gw_price', 'gw_items_price', 'gw_card_price'].map((name) => field(attributes(document), name, reading, trade)),
  );
  return {
    name: index === 0 ? trade.name : `${trade.name}-${index + 1}`,
    order: String(order.increment_id),
    status: String(order.status),
    accounted: true,
    currency: reading.inCurrency ? (trade.currency?.code ?? 'EUR') : 'EUR',
    perUnit: false,
    rate: reading.inCurrency ? exactly(String(trade.currency?.rate ?? 1)) : ONE,
    vat: byRate(taxes),
    parts: { products: ZERO, shipping: cents(shipping), wrapping: cents(wrapping), fees: ZERO },
    tax: amount('tax_amount'),
  };
}

function withGross(common: Common, gross: Decimal, tax: Decimal) {
  const net = subtract(gross, tax);
  const { shipping, wrapping } = common.parts;
  const { tax: _, ...rest } = common;
  return { ...rest, gross, net, parts: { ...common.parts, products: subtract(net, add(shipping, wrapping)) } };
}

/** Of points, an invoice states none: the trade says how many of them it took. */
function pointsOf({ credits, invoices, currency }: Trade, index: number, { inCurrency }: Reading): Decimal {
  if (credits?.points === undefined) return ZERO;
  const points = { units: BigInt(invoices[index]?.points ?? credits.points), scale: 2 };
  return inCurrency && currency !== undefined ? cents(multiply(points, exactly(String(currency.rate)))) : points;
}

/** VAT in an amount given on top: that of the order's only rate; several have a test of their own. */
function sharedTax(extra: Decimal, trade: Trade): (readonly [Decimal, Decimal])[] {
  if (isZero(extra)) return [];
  const names = new Set([
    ...trade.lines.flatMap(({ taxes }) => taxes),
    ...(trade.shipping?.tax ? [trade.shipping.tax] : []),
  ]);
  const [only, ...others] = names;
  if (only === undefined || others.length > 0) throw new TypeError(`${trade.name}: an amount over several rates`);
  const order = madeRecords([trade]).orders[0] ?? {};
  const [tax] = objects(attributes(order).applied_taxes);
  const rate = exactly(String(tax?.percent));
  const net = divide(multiply(extra, exactly('100')), add(exactly('100'), rate), 2, 'half-up');
  return [[rate, subtract(extra, net)]];
}

function ratesOf(order: JsonObject, type: string, item?: JsonObject[string]) {
  return objects(attributes(order).item_applied_taxes)
    .filter((one) => one.type === type && (item === undefined || one.item_id === item))
    .flatMap((one) => objects(one.applied_taxes))
    .map((tax) => ({ rate: exactly(String(tax.percent)), amount: exactly(String(tax.amount)) }));
}

/** The amount of a name: of the order's currency, or the base one, whose name Magento cuts or puts in the middle. */
function field(record: JsonObject, name: string, { inCurrency }: Reading, { currency }: Trade): Decimal {
  const base =
    name === 'shipping_discount_tax_compensation_amount'
      ? 'base_shipping_discount_tax_compensation_amnt'
      : name.replace(/^(gw_items_|gw_card_|gw_|)/, '$1base_');
  const own = inCurrency && currency !== undefined ? name : base;
  const value = record[own] ?? record[name];
  return value === undefined || value === null ? ZERO : exactly(String(value));
}

function attributes(record: JsonObject): JsonObject {
  return (record.extension_attributes ?? {}) as JsonObject; // an object in every record
}

function objects(value: JsonObject[string] | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value : [];
}
