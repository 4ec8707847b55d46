import {
  add,
  type Decimal,
  decimal,
  decimalText,
  isZero,
  magnitude,
  negate,
  round,
  subtract,
  sum,
  ZERO,
} from '../../src/core/decimal.ts';
import { type PsRecords, withPsField } from '../../src/demo/ps-records.ts';
import { byRate, cents, ownTotals, type Stated } from '../reconcile/figures.ts';
import { addRate, type Chance, taxAt, times, whole } from './chance.ts';
import {
  amount,
  rowsOf,
  type SlipDetail,
  slipDetailsIn,
  text,
  texts,
  type Values,
  valuesOf,
  withSlipDetails,
  withTaxIds,
} from './ps-text.ts';

type RoundType = '1' | '2' | '3';

/** Fields of each resource that hold the ids of orders, of what belongs to them, and of taxes. */
const ID_FIELDS: Readonly<Record<string, readonly string[]>> = {
  orders: ['id', 'id_customer'],
  order_details: ['id', 'id_order', 'id_order_invoice', 'product_id'],
  order_invoices: ['id', 'id_order'],
  order_payments: ['id'],
  order_slip: ['id', 'id_order', 'id_customer'],
  order_carriers: ['id', 'id_order', 'id_order_invoice'],
  order_cart_rules: ['id', 'id_order', 'id_order_invoice'],
  order_discounts: ['id', 'id_order', 'id_order_invoice'],
  order_histories: ['id', 'id_order'],
  customers: ['id'],
  addresses: ['id_customer'],
  products: ['id'],
  cart_rules: ['reduction_product'],
  taxes: ['id'],
  tax_rules: ['id_tax'],
};
/** A voucher's shares are exact to the cent on prices in whole thousands, at rates of one decimal and whole percents off. */
const THOUSANDS = 1000;
/** Wrapping is told by its rate alone: on so much, no two rates give the same tax. */
const WRAPPING_FACTOR = 40;
const MAX_DRAWS = 200;

/** The recorded shop with other figures, and what it then states: both made together, from the same draws. */
export function otherPsShop(
  records: PsRecords,
  stated: readonly Stated[],
  chance: Chance,
): { readonly records: PsRecords; readonly stated: readonly Stated[] } {
  const rates = new Map(
    rowsOf(records, 'taxes').map(({ values }) => [text(values, 'id'), otherRate(text(values, 'rate'), chance)]),
  );
  const changes = new Map<string, Map<string, string>>();
  const others: Stated[] = [];
  const set = (resource: string, id: string, fields: Readonly<Record<string, string>>) => {
    const known = changes.get(`${resource}/${id}`) ?? new Map<string, string>();
    for (const [name, value] of Object.entries(fields)) known.set(name, value);
    changes.set(`${resource}/${id}`, known);
  };
  for (const { values } of rowsOf(records, 'taxes')) {
    set('taxes', text(values, 'id'), { rate: decimalText(rates.get(text(values, 'id')) ?? ZERO, 3) });
  }
  const slipDetails = new Map<string, readonly SlipDetail[]>();
  for (const order of rowsOf(records, 'orders')) {
    const sale = stated.find(({ key }) => key === `sale/${text(order.values, 'id')}`);
    if (sale === undefined) throw new TypeError('Nothing is stated of an order');
    others.push(...otherOrder({ order: order.values, records, sale, rates, chance, set, slipDetails }));
  }
  const made = Object.entries(records).map(([resource, list]) => {
    const texts = list.records.map((record) => {
      const id = text(valuesOf(record), 'id');
      let changed = record;
      for (const [name, value] of changes.get(`${resource}/${id}`) ?? []) changed = withPsField(changed, name, value);
      if (resource === 'order_slip') changed = withSlipDetails(changed, slipDetails.get(id) ?? []);
      if (resource === 'order_details') changed = withTaxIds(changed, chance);
      for (const name of ID_FIELDS[resource] ?? []) {
        const old = valuesOf(changed).get(name);
        if (old !== undefined && old !== '') changed = withPsField(changed, name, String(chance.id(old)));
      }
      return changed;
    });
    return [resource, { ...list, records: texts }] as const;
  });
  return { records: Object.fromEntries(made), stated: others };
}

type Facts = {
  readonly order: Values;
  readonly records: PsRecords;
  readonly sale: Stated;
  readonly rates: ReadonlyMap<string, Decimal>;
  readonly chance: Chance;
  readonly set: (resource: string, id: string, fields: Readonly<Record<string, string>>) => void;
  readonly slipDetails: Map<string, readonly SlipDetail[]>;
};
type Detail = {
  readonly id: string;
  readonly product: string;
  readonly rate: Decimal;
  readonly quantity: number;
  /** Of one, as the shop keeps it. */
  readonly unit: Decimal;
  readonly ecotax: Decimal;
  /** The line's net is its old one times this. */
  readonly factor: number;
  readonly pieces: number;
  /** The line's net as recorded, before vouchers. */
  readonly recorded: Decimal;
  /** Before vouchers, unrounded where the order is rounded on its total. */
  readonly net: Decimal;
  readonly tax: Decimal;
};

function otherOrder(facts: Facts): Stated[] {
  const { order, records, sale, chance, set } = facts;
  const id = text(order, 'id');
  const vouchers = [...rowsOf(records, 'order_cart_rules'), ...rowsOf(records, 'order_discounts')].filter(
    ({ values }) => text(values, 'id_order') === id,
  );
  const details = drawDetails(facts, vouchers.length > 0);
  const [products, computed] = totalsOf(details, roundTypeOf(order));
  const productTaxes = vouchers.length > 0 ? computed : withOddCent(computed, chance);
  const carrierRate = otherRate(text(order, 'carrier_tax_rate'), chance);
  const shippingFactor = chance.from(2, 9);
  const shipping = taxed(times(amount(order, 'total_shipping_tax_excl'), shippingFactor), carrierRate);
  const wrappingRate = otherRate('20', chance);
  const wrapping = taxed(times(amount(order, 'total_wrapping_tax_excl'), WRAPPING_FACTOR), wrappingRate);
  const { discounts, free, off, rules } = voucherOf({ facts, vouchers, details, products, productTaxes, shipping });
  for (const rule of rules)
    set(rule.resource, rule.id, { value: decimalText(rule.gross, 6), value_tax_excl: decimalText(rule.net, 6) });

  // The shop's own cents stay: what its totals missed of their parts, they miss again.
  const own = ownGaps(order);
  const productsGross = add(products, sum(productTaxes.values()));
  const net = sum([products, negate(discounts.net), shipping.net, wrapping.net]);
  const paidNet = add(net, own.net);
  const paid = add(sum([productsGross, negate(discounts.gross), shipping.gross, wrapping.gross]), own.gross);
  const rate = sale.currency === 'EUR' ? sale.rate : decimal(`1.${chance.from(1000, 1999)}00`);
  const totals = {
    total_discounts_tax_excl: discounts.net,
    total_discounts_tax_incl: discounts.gross,
    total_paid_tax_excl: paidNet,
    total_paid_tax_incl: paid,
    total_products: products,
    total_products_wt: productsGross,
    total_shipping_tax_excl: shipping.net,
    total_shipping_tax_incl: shipping.gross,
    total_wrapping_tax_excl: wrapping.net,
    total_wrapping_tax_incl: wrapping.gross,
  };
  set('orders', id, {
    ...texts(totals),
    ...texts({
      total_discounts: discounts.gross,
      total_paid: paid,
      total_shipping: shipping.gross,
      total_wrapping: wrapping.gross,
    }),
    total_paid_real: decimalText(sale.payments.length === 0 ? ZERO : paid, 6),
    carrier_tax_rate: decimalText(carrierRate, 3),
    conversion_rate: decimalText(rate, 6),
  });
  for (const { values } of rowsOf(records, 'order_invoices').filter((row) => text(row.values, 'id_order') === id)) {
    const { total_discounts_tax_excl: a, total_discounts_tax_incl: b, ...others } = totals;
    set('order_invoices', text(values, 'id'), {
      ...texts(others),
      ...texts({ total_discount_tax_excl: a, total_discount_tax_incl: b }),
    });
  }
  const payments = otherPayments(facts, paid);
  const vat = new Map<string, Decimal>();
  for (const [key, tax] of productTaxes) addRate(vat, decimal(key), subtract(tax, off.get(key) ?? ZERO));
  if (!free) addRate(vat, carrierRate, subtract(shipping.gross, shipping.net));
  addRate(vat, wrappingRate, subtract(wrapping.gross, wrapping.net));
  const figures = {
    gross: paid,
    net: paidNet,
    parts: {
      products: add(subtract(products, discounts.net), free ? shipping.net : ZERO),
      shipping: free ? ZERO : shipping.net,
      wrapping: wrapping.net,
      fees: ZERO,
    },
    vat: byRate([...vat].map(([key, tax]) => [decimal(key), tax] as const)),
  };
  const other: Stated = { ...sale, ...figures, key: `sale/${chance.id(id)}`, rate, payments, own: ownTotals(figures) };
  return [other, ...otherSlips(facts, { details, shipping, shippingFactor, carrierRate, other })];
}

/** Rounded on the total, some draws leave half a cent between taxes by rate and their sum: the shop's cents, not ours. */
function drawDetails(facts: Facts, exact: boolean): readonly Detail[] {
  for (let draw = 0; draw < MAX_DRAWS; draw += 1) {
    const details = drawnDetails(facts, exact);
    if (roundTypeOf(facts.order) !== '3') return details;
    const [products, taxes] = totalsOf(details, '3');
    const gaps = [
      subtract(products, sum(details.map(({ net }) => net))),
      subtract(sum(taxes.values()), sum(details.map(({ tax }) => tax))),
    ];
    if (gaps.every((gap) => isZero(round(gap, 2)))) return details;
  }
  throw new TypeError('No draw keeps the roundings together');
}

function drawnDetails({ order, records, rates, chance, set }: Facts, exact: boolean): readonly Detail[] {
  const rows = rowsOf(records, 'order_details').filter(({ values }) => text(values, 'id_order') === text(order, 'id'));
  return rows.map(({ values, record }): Detail => {
    const id = text(values, 'id');
    const [taxId] = [...record.matchAll(/<tax [^>]*>\s*<id><!\[CDATA\[(\d+)\]\]>/g)].map(([, tax]) => tax ?? '');
    const rate = rates.get(taxId ?? '') ?? ZERO;
    const pieces = chance.from(1, 3);
    const factor = chance.from(2, 9);
    const quantity = Number(text(values, 'product_quantity')) * pieces;
    const unit = exact
      ? whole(String(chance.from(1, 9) * THOUSANDS))
      : times(amount(values, 'unit_price_tax_excl'), factor);
    const ecotax = exact ? ZERO : times(amount(values, 'ecotax'), factor);
    const type = roundTypeOf(order);
    const [net, tax] = lineOf({ unit, quantity, rate, type });
    set('order_details', id, {
      product_quantity: String(quantity),
      unit_price_tax_excl: decimalText(unit, 6),
      unit_price_tax_incl: decimalText(add(unit, taxAt(unit, rate, 6)), 6),
      ecotax: decimalText(ecotax, 6),
      ecotax_tax_rate: decimalText(otherRate(text(values, 'ecotax_tax_rate'), chance), 3),
      total_price_tax_excl: decimalText(net, 6),
      total_price_tax_incl: decimalText(add(net, tax), 6),
    });
    return {
      id,
      product: text(values, 'product_id'),
      rate,
      quantity,
      unit,
      ecotax,
      factor,
      pieces,
      recorded: amount(values, 'total_price_tax_excl'),
      net,
      tax,
    };
  });
}

/** As the shop rounds a line: each unit, the line, or nothing before the total. */
function lineOf({
  unit,
  quantity,
  rate,
  type,
}: {
  unit: Decimal;
  quantity: number;
  rate: Decimal;
  type: RoundType;
}): [Decimal, Decimal] {
  if (type === '1') return [times(round(unit, 2), quantity), times(taxAt(unit, rate, 2), quantity)];
  const net = times(unit, quantity);
  return type === '2' ? [round(net, 2), taxAt(net, rate, 2)] : [net, taxAt(net, rate, 8)];
}

function totalsOf(details: readonly Detail[], type: RoundType): [Decimal, ReadonlyMap<string, Decimal>] {
  const nets = new Map<string, Decimal>();
  const taxes = new Map<string, Decimal>();
  for (const { rate, net, tax } of details) {
    addRate(nets, rate, net);
    addRate(taxes, rate, tax);
  }
  const settle = (value: Decimal) => (type === '3' ? round(value, 2) : value);
  return [sum([...nets.values()].map(settle)), new Map([...taxes].map(([key, tax]) => [key, settle(tax)]))];
}

/** The shop computes prices with tax apart: its total of taxes can be a cent off its lines. At one rate, that rate has it. */
function withOddCent(taxes: ReadonlyMap<string, Decimal>, chance: Chance): ReadonlyMap<string, Decimal> {
  const [[rate, tax] = ['0', ZERO], ...more] = [...taxes];
  if (more.length > 0 || isZero(tax)) return taxes;
  return new Map([[rate, add(tax, { units: BigInt(chance.from(-1, 1)), scale: 2 })]]);
}

type Rule = { readonly resource: string; readonly id: string; readonly net: Decimal; readonly gross: Decimal };
type Taxed = { readonly net: Decimal; readonly gross: Decimal };

/** What the vouchers take off: the shipping, a percentage of one product, or of all; all of it at a total of zero. */
function voucherOf(options: {
  readonly facts: Facts;
  readonly vouchers: readonly { readonly values: Values; readonly resource: string }[];
  readonly details: readonly Detail[];
  readonly products: Decimal;
  readonly productTaxes: ReadonlyMap<string, Decimal>;
  readonly shipping: Taxed;
}): { discounts: Taxed; free: boolean; off: ReadonlyMap<string, Decimal>; rules: readonly Rule[] } {
  const { facts, vouchers, details, shipping } = options;
  const { records, chance, order } = facts;
  const off = new Map<string, Decimal>();
  const rules: Rule[] = [];
  let free = false;
  for (const { values, resource } of vouchers) {
    const id = text(values, 'id');
    if (text(values, 'free_shipping') === '1') {
      free = true;
      rules.push({ resource, id, ...shipping });
      continue;
    }
    const cartRule = rowsOf(records, 'cart_rules').find(
      (row) => text(row.values, 'id') === text(values, 'id_cart_rule'),
    );
    const aimed = cartRule === undefined ? '0' : text(cartRule.values, 'reduction_product');
    const percent = isZero(amount(order, 'total_paid_tax_incl')) ? 100 : chance.from(5, 60);
    const lowered = details.filter(({ product }) => Number(aimed) <= 0 || product === aimed);
    const part = (value: Decimal) => cents({ units: times(value, percent).units, scale: value.scale + 2 });
    for (const { rate, tax } of lowered) addRate(off, rate, part(tax));
    const net = sum(lowered.map((line) => part(line.net)));
    rules.push({ resource, id, net, gross: add(net, sum(lowered.map(({ tax }) => part(tax)))) });
  }
  const discounts = { net: sum(rules.map(({ net }) => net)), gross: sum(rules.map(({ gross }) => gross)) };
  return { discounts, free, off, rules };
}

/** One payment is the total, all those the shop repeats too; of several the last takes what the others leave. */
function otherPayments({ order, records, sale, set, chance }: Facts, paid: Decimal): Stated['payments'] {
  const rows = rowsOf(records, 'order_payments').filter(
    ({ values }) => text(values, 'order_reference') === text(order, 'reference'),
  );
  const total = amount(order, 'total_paid_tax_incl');
  const whole = rows.every(({ values }) => isZero(subtract(amount(values, 'amount'), total)));
  let left = paid;
  const amounts = rows.map((_, index) => {
    if (whole) return paid;
    const part =
      index === rows.length - 1
        ? left
        : cents({ units: times(paid, chance.from(10, 40)).units, scale: paid.scale + 2 });
    left = subtract(left, part);
    return part;
  });
  for (const [index, { values }] of rows.entries()) {
    set('order_payments', text(values, 'id'), { amount: decimalText(amounts[index] ?? ZERO, 6) });
  }
  return sale.payments.map((payment, index) => ({ ...payment, amount: amounts[index] ?? ZERO }));
}

function otherSlips(
  { order, records, sale, set, slipDetails, chance }: Facts,
  made: { details: readonly Detail[]; shipping: Taxed; shippingFactor: number; carrierRate: Decimal; other: Stated },
): Stated[] {
  const rows = rowsOf(records, 'order_slip').filter(({ values }) => text(values, 'id_order') === text(order, 'id'));
  return rows.map(({ values, record }): Stated => {
    const id = text(values, 'id');
    const vat = new Map<string, Decimal>();
    const details = slipDetailsIn(record).map((old): SlipDetail => {
      const sold = made.details.find((detail) => detail.id === old.detail);
      if (sold === undefined) throw new TypeError('A slip of an unknown line');
      // A whole line comes back at what it was sold for; of a part, or an amount, the shop computes the tax.
      const all = isZero(subtract(old.net, sold.recorded));
      const line = all
        ? { net: sold.net, gross: add(sold.net, sold.tax) }
        : taxed(times(old.net, sold.factor * sold.pieces), sold.rate);
      addRate(vat, sold.rate, subtract(line.gross, line.net));
      const quantity = String(Number(old.quantity) * sold.pieces);
      return { id: String(chance.id(id)), detail: String(chance.id(old.detail)), quantity, ...line };
    });
    slipDetails.set(id, details);
    const shipping = taxed(times(amount(values, 'total_shipping_tax_excl'), made.shippingFactor), made.carrierRate);
    addRate(vat, made.carrierRate, subtract(shipping.gross, shipping.net));
    const products = sum(details.map(({ net }) => net));
    const gross = sum(details.map((detail) => detail.gross));
    set(
      'order_slip',
      id,
      texts({
        total_products_tax_excl: products,
        total_products_tax_incl: gross,
        total_shipping_tax_excl: shipping.net,
        total_shipping_tax_incl: shipping.gross,
        amount: gross,
        shipping_cost_amount: shipping.gross,
      }),
    );
    set('order_slip', id, { conversion_rate: decimalText(made.other.rate, 6) });
    const all = add(gross, shipping.gross);
    return {
      ...sale,
      kind: 'creditNote',
      key: `creditNote/${chance.id(id)}`,
      accounted: true,
      rate: made.other.rate,
      gross: all,
      net: add(products, shipping.net),
      parts: { products, shipping: shipping.net, wrapping: ZERO, fees: ZERO },
      vat: byRate([...vat].map(([key, tax]) => [decimal(key), tax] as const)),
      payments: [{ direction: 'out', amount: all, fee: ZERO }],
      own: [],
    };
  });
}

/** What the totals miss of their parts in the recorded order: nothing, or the shop's own cent. */
function ownGaps(order: Values): Taxed {
  const of = (name: string) => amount(order, name);
  const net = sum([
    of('total_products'),
    negate(of('total_discounts_tax_excl')),
    of('total_shipping_tax_excl'),
    of('total_wrapping_tax_excl'),
  ]);
  const gross = sum([
    of('total_products_wt'),
    negate(of('total_discounts_tax_incl')),
    of('total_shipping_tax_incl'),
    of('total_wrapping_tax_incl'),
  ]);
  const gaps = { net: subtract(of('total_paid_tax_excl'), net), gross: subtract(of('total_paid_tax_incl'), gross) };
  if (magnitude(gaps.gross).units > 20_000n) throw new TypeError('More than a cent or two');
  return gaps;
}

function taxed(net: Decimal, rate: Decimal): Taxed {
  return { net, gross: add(net, taxAt(net, rate, 2)) };
}

function roundTypeOf(order: Values): RoundType {
  const type = text(order, 'round_type');
  return type === '1' || type === '3' ? type : '2';
}

function otherRate(rate: string, chance: Chance): Decimal {
  return chance.rate(decimal(rate));
}
