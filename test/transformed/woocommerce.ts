import {
  add,
  type Decimal,
  decimal,
  decimalText,
  divide,
  isZero,
  magnitude,
  negate,
  round,
  subtract,
  sum,
  ZERO,
} from '../../src/core/decimal.ts';
import type { Json, JsonObject } from '../../src/demo/php.ts';
import { objects, type WooRecord, type WooRecords } from '../../src/demo/woo-records.ts';
import { byRate, cents, ownTotals, type Stated } from '../reconcile/figures.ts';
import { type Chance, taxAt, times, whole } from './chance.ts';

type Fields = Record<string, Json>;
/** An order or line whose amounts are six decimals wide. */
type Line = {
  readonly fields: Fields;
  readonly net: Decimal;
  readonly before: Decimal;
  readonly factor: number;
  readonly taxes: readonly LineTax[];
};
type LineTax = { readonly id: number; readonly rate: Decimal; readonly amount: Decimal; readonly before: Decimal };

const LISTS = ['line_items', 'shipping_lines', 'fee_lines'] as const;
const MAX_QUANTITY = 3;

/** The recorded shop with other figures, and what it then states: both made together, from the same draws. */
export function otherWooShop(
  records: WooRecords,
  stated: readonly Stated[],
  chance: Chance,
): { readonly records: WooRecords; readonly stated: readonly Stated[] } {
  const others: Stated[] = [];
  const refunds: WooRecord[] = [];
  const orders = records.orders.map(({ dp2, dp6 }) => {
    const sale = stated.find(({ key }) => key === `sale/${dp2.id}`);
    if (sale === undefined) throw new TypeError(`Nothing is stated of ${dp2.id}`);
    const own = records.refunds.filter((refund) => refund.dp2.parent_id === dp2.id).map((refund) => refund.dp6);
    const made = otherOrder(dp2, dp6, sale, chance);
    others.push(made.stated);
    const notes = own.map((refund) => otherRefund(refund, made, chance));
    for (const note of notes) {
      refunds.push(bothDecimals(note.record));
      others.push(note.stated);
    }
    const mentions = notes.map(({ record, amount }, index) => ({
      ...listOf(dp2.refunds)[index],
      id: record.id ?? null,
      total: six(negate(amount)),
    }));
    return bothDecimals({ ...made.record, refunds: mentions });
  });
  return { records: { orders, refunds }, stated: others };
}

type Made = {
  readonly record: JsonObject;
  readonly stated: Stated;
  readonly lines: ReadonlyMap<string, Line>;
  readonly rates: ReadonlyMap<string, { id: number; rate: Decimal }>;
  /** The smallest factor of its lines: an amount times it is still less than the order. */
  readonly factor: number;
};

function otherOrder(dp2: JsonObject, dp6: JsonObject, sale: Stated, chance: Chance): Made {
  const rates = new Map(
    listOf(dp2.tax_lines).map((tax) => [
      String(tax.rate_id),
      { id: chance.id(String(tax.rate_id)), rate: chance.rate(decimal(String(tax.rate_percent))) },
    ]),
  );
  // A shop that rounds VAT on the total shows it by taxes of more than two decimals.
  const roundsTotal = listOf(dp6.tax_lines).some(
    (tax) => !isZero(subtract(decimal(String(tax.tax_total)), cents(decimal(String(tax.tax_total))))),
  );
  const lines = new Map<string, Line>();
  const lists = Object.fromEntries(
    LISTS.map((list) => [
      list,
      listOf(dp6[list]).map((line) => {
        const other = otherLine(line, { factor: chance.from(2, 9), rates, roundsTotal, chance });
        lines.set(String(line.id), other);
        return other.fields;
      }),
    ]),
  );
  const of = (list: (typeof LISTS)[number]) => listOf(dp2[list]).flatMap((line) => lines.get(String(line.id)) ?? []);
  const [products, shipping, fees] = [of('line_items'), of('shipping_lines'), of('fee_lines')];
  const taxLines = listOf(dp2.tax_lines).map((tax) => {
    const known = rates.get(String(tax.rate_id));
    if (known === undefined) throw new TypeError('A tax line without rate');
    const of = (some: readonly Line[]) => taxesOf(some, known.id, roundsTotal);
    return { tax, ...known, cart: of([...products, ...fees]), shipped: of(shipping) };
  });
  const [cartTax, shippingTax] = [sum(taxLines.map(({ cart }) => cart)), sum(taxLines.map(({ shipped }) => shipped))];
  const tax = add(cartTax, shippingTax);
  const gross = cents(
    sum([...products, ...shipping, ...fees].flatMap((line) => [line.net, ...line.taxes.map(({ amount }) => amount)])),
  );
  const discount = sum(products.map((line) => subtract(line.before, line.net)));
  const discountTax = sum(products.flatMap((line) => line.taxes.map((one) => subtract(one.before, one.amount))));
  const rate = sale.currency === 'EUR' ? sale.rate : decimal(`1.${chance.from(1000, 1999)}`);
  const factor = Math.min(...[...lines.values()].map((line) => line.factor));
  const fee = sale.payments[0] === undefined ? ZERO : times(sale.payments[0].fee, factor);
  const id = chance.id(String(dp2.id));
  const record: JsonObject = {
    ...dp2,
    ...lists,
    id,
    number: String(id),
    customer_id: chance.id(String(dp2.customer_id)),
    discount_total: six(discount),
    discount_tax: six(discountTax),
    shipping_total: six(sum(shipping.map((line) => line.net))),
    shipping_tax: six(shippingTax),
    cart_tax: six(cartTax),
    total_tax: six(tax),
    total: six(gross),
    tax_lines: taxLines.map(({ tax: line, id: rateId, rate: percentage, cart, shipped }) => ({
      ...line,
      rate_id: rateId,
      rate_percent: Number(decimalText(percentage)), // the shop sends a number here
      tax_total: six(cart),
      shipping_tax_total: six(shipped),
    })),
    coupon_lines: listOf(dp2.coupon_lines).map((coupon, index) => ({
      ...coupon,
      discount: six(index === 0 ? discount : ZERO),
      discount_tax: six(index === 0 ? discountTax : ZERO),
    })),
    meta_data: listOf(dp2.meta_data).map((meta) => ({ ...meta, value: metaValue(meta, { gross, fee, rate }) })),
  };
  const wrapping = sale.parts.wrapping.units !== 0n ? sum(fees.map((line) => line.net)) : ZERO;
  const positive = sum(fees.map((line) => line.net).filter(({ units }) => units > 0n));
  const lowered = sum(fees.map((line) => line.net).filter(({ units }) => units < 0n));
  const figures = {
    gross,
    net: subtract(gross, cents(tax)),
    parts: {
      products: add(sum(products.map((line) => cents(line.net))), lowered),
      shipping: sum(shipping.map((line) => line.net)),
      wrapping,
      fees: subtract(positive, wrapping),
    },
    vat: byRate(
      taxLines.flatMap((line) => [[line.rate, cents(line.cart)] as const, [line.rate, cents(line.shipped)] as const]),
    ),
  };
  const stated: Stated = {
    ...sale,
    ...figures,
    key: `sale/${id}`,
    order: String(id),
    rate,
    payments: gross.units === 0n ? [] : sale.payments.map((payment) => ({ ...payment, amount: gross, fee })),
    own: ownTotals(figures),
  };
  return { record, stated, lines, rates, factor };
}

function otherLine(
  line: JsonObject,
  {
    factor,
    rates,
    roundsTotal,
    chance,
  }: { factor: number; rates: Made['rates']; roundsTotal: boolean; chance: Chance },
): Line {
  const applied = listOf(line.taxes).flatMap((tax) => (tax.total === '' ? [] : (rates.get(String(tax.id)) ?? [])));
  const net = otherNet('total');
  const before = line.subtotal === undefined ? net : otherNet('subtotal');
  const taxes = listOf(line.taxes).map((tax) => {
    const known = rates.get(String(tax.id));
    // An empty text is a rate that does not touch this line.
    if (known === undefined || tax.total === '')
      return { tax, id: chance.id(String(tax.id)), rate: ZERO, amount: null, before: ZERO };
    return { tax, ...known, amount: otherTax('total', known.rate), before: otherTax('subtotal', known.rate) };
  });
  const total = sum(taxes.map(({ amount }) => amount ?? ZERO));
  const fields: Fields = {
    ...line,
    id: chance.id(String(line.id)),
    total: six(net),
    total_tax: six(total),
    taxes: taxes.map(({ tax, id, amount, before: full }) => ({
      ...tax,
      id,
      total: amount === null ? '' : decimalText(amount),
      subtotal: tax.subtotal === '' ? '' : decimalText(full),
    })),
  };
  if (line.subtotal !== undefined) {
    fields.subtotal = six(before);
    fields.subtotal_tax = six(sum(taxes.map((tax) => tax.before)));
  }
  if (line.quantity !== undefined) fields.quantity = Number(line.quantity) * chance.from(2, MAX_QUANTITY);
  if (line.product_id !== undefined) fields.product_id = chance.id(String(line.product_id));
  const given = taxes.flatMap(({ id, rate, amount, before: full }) =>
    amount === null ? [] : [{ id, rate, amount, before: full }],
  );
  return { fields, net, before, factor, taxes: given };

  /** Price with tax, where the shop made the line from one: then net and tax are its parts, six decimals each. */
  function priced(side: 'total' | 'subtotal'): Decimal | null {
    const tax = listOf(line.taxes).find((one) => one.total !== '');
    if (applied.length !== 1 || roundsTotal || tax?.[side] === undefined || tax[side] === '') return null;
    const gross = add(decimal(String(line[side])), decimal(String(tax[side])));
    const isWhole = isZero(subtract(gross, cents(gross)));
    return isWhole && !isZero(subtract(decimal(String(line[side])), cents(decimal(String(line[side])))))
      ? times(cents(gross), factor)
      : null;
  }

  function otherNet(side: 'total' | 'subtotal'): Decimal {
    const gross = priced(side);
    const rate = applied[0]?.rate ?? ZERO;
    if (gross === null) return times(whole(String(line[side])), factor);
    return divide(times(gross, 100), add(decimal('100'), rate), 6, 'half-up');
  }

  function otherTax(side: 'total' | 'subtotal', rate: Decimal): Decimal {
    const gross = priced(side);
    const own = side === 'total' || line.subtotal === undefined ? net : before;
    return gross === null ? taxAt(own, rate, roundsTotal ? 6 : 2) : subtract(gross, own);
  }
}

/** A refund gives back lines at the factor of the line it names, an amount at the order's, or all of it. */
function otherRefund(
  refund: JsonObject,
  made: Made,
  chance: Chance,
): { record: JsonObject; stated: Stated; amount: Decimal } {
  const { stated: sale, lines, rates } = made;
  const given: Line[] = [];
  const lists = Object.fromEntries(
    LISTS.map((list) => [
      list,
      listOf(refund[list]).map((line) => {
        const parent = String(listOf(line.meta_data).find((meta) => meta.key === '_refunded_item_id')?.value);
        const sold = lines.get(parent);
        if (sold === undefined) throw new TypeError(`A refund of an unknown line ${parent}`);
        const other = otherLine(line, { factor: sold.factor, rates, roundsTotal: false, chance });
        given.push(other);
        const named = String(chance.id(parent));
        const meta = listOf(line.meta_data).map((one) =>
          one.key === '_refunded_item_id' ? { ...one, value: named, display_value: named } : one,
        );
        return { ...other.fields, meta_data: meta };
      }),
    ]),
  );
  const ofLines = sum(given.flatMap((line) => [line.net, ...line.taxes.map(({ amount }) => amount)]));
  const entire = given.length === 0 && String(refund.reason).startsWith('Order fully');
  const amount =
    given.length > 0 ? magnitude(ofLines) : entire ? sale.gross : times(whole(String(refund.amount)), made.factor);
  const shippingNet = magnitude(
    sum(given.filter((line) => line.fields.method_id !== undefined).map((line) => line.net)),
  );
  const [rateText] = sale.vat.keys();
  const rate = decimal(rateText ?? '0');
  const shared = byRate([
    [rate, subtract(amount, divide(times(amount, 100), add(decimal('100'), rate), 2, 'half-up'))],
  ]);
  const vat =
    given.length > 0
      ? byRate(given.flatMap((line) => line.taxes.map((tax) => [tax.rate, cents(negate(tax.amount))] as const)))
      : entire
        ? sale.vat
        : shared;
  const net = subtract(amount, sum(vat.values()));
  const shipping = entire ? sale.parts.shipping : shippingNet;
  const id = chance.id(String(refund.id));
  const record: JsonObject = {
    ...refund,
    ...lists,
    id,
    parent_id: made.record.id ?? null,
    amount: six(amount),
    tax_lines: listOf(refund.tax_lines).map((tax) => {
      const known = rates.get(String(tax.rate_id));
      const [products, shipped] = [
        given.filter((line) => line.fields.method_id === undefined),
        given.filter((line) => line.fields.method_id !== undefined),
      ];
      return {
        ...tax,
        rate_id: known?.id ?? null,
        rate_percent: Number(decimalText(known?.rate ?? ZERO)),
        tax_total: six(taxesOf(products, known?.id ?? 0, false)),
        shipping_tax_total: six(taxesOf(shipped, known?.id ?? 0, false)),
      };
    }),
  };
  const stated: Stated = {
    ...sale,
    kind: 'creditNote',
    key: `creditNote/${id}`,
    accounted: true,
    gross: amount,
    net,
    vat,
    parts: { products: subtract(net, shipping), shipping, wrapping: ZERO, fees: ZERO },
    payments: sale.payments.map(() => ({ direction: 'out', amount, fee: ZERO })),
    own: [],
  };
  return { record, stated, amount };
}

function metaValue(
  { key, value = null }: JsonObject,
  { gross, fee, rate }: { gross: Decimal; fee: Decimal; rate: Decimal },
): Json {
  if (key === '_stripe_fee' || key === 'PayPal Transaction Fee') return decimalText(fee, 2);
  if (key === '_stripe_net') return decimalText(subtract(divide(gross, rate, 2, 'half-up'), fee), 2);
  if (key === '_wcpay_multi_currency_order_exchange_rate') return decimalText(rate);
  if (key !== '_ppcp_paypal_fees') return value;
  const amount = (figure: Decimal) => ({ currency_code: 'EUR', value: decimalText(figure, 2) });
  return { gross_amount: amount(gross), paypal_fee: amount(fee), net_amount: amount(subtract(gross, fee)) };
}

/** VAT of a rate: each line's rounded to the cent, unless the shop rounds the total. */
function taxesOf(lines: readonly Line[], id: number, roundsTotal: boolean): Decimal {
  const amounts = lines.flatMap((line) => line.taxes.filter((tax) => tax.id === id).map(({ amount }) => amount));
  return sum(roundsTotal ? amounts : amounts.map(cents));
}

/** The same record with two decimals: texts of six decimals are its amounts. */
function bothDecimals(dp6: JsonObject): WooRecord {
  const two = (value: Json): Json => {
    if (typeof value === 'string')
      return /^-?\d+\.\d{6}$/.test(value) ? decimalText(round(decimal(value), 2), 2) : value;
    if (Array.isArray(value)) return value.map(two);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, two(item)]));
  };
  return { dp2: two(dp6) as JsonObject, dp6 }; // an object stays one
}

function six(amount: Decimal): string {
  return decimalText(amount, 6);
}

function listOf(value: Json | undefined): JsonObject[] {
  return objects(value ?? null);
}
