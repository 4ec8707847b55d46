import { type Day, dayIn, parseDay } from '../../core/calendar.ts';
import {
  add,
  type Decimal,
  decimalText,
  equal,
  isPositive,
  isZero,
  magnitude,
  round,
  subtract,
  sum,
} from '../../core/decimal.ts';
import type {
  Address,
  Customer,
  DocumentSource,
  Payment,
  SalesDocument,
  Tax,
  WholeOrder,
} from '../../core/document.ts';
import { currencyOf } from '../../core/money.ts';
import { type Problem, problem } from '../../core/problem.ts';
import { countryCode } from '../../schema/codes.ts';
import type { ReadingOptions } from '../reader.ts';
import { documentLines, label } from './lines.ts';
import * as meta from './metadata.ts';
import type { WooAddress, WooOrder } from './order.ts';
import { type Rates, ratesOf } from './rates.ts';

/** What the shop's settings say, needed to understand its orders. Null: the key may not read the settings. */
export type WooContext = {
  readonly timeZone: string;
  readonly currency: string | null;
  readonly country: string | null;
  readonly taxBasedOn: 'shipping' | 'billing' | 'base' | null;
  /** Percentages of the rates the shop still has, for orders too old to state their own. */
  readonly rates: ReadonlyMap<string, Decimal>;
  readonly options: ReadingOptions;
  /** What orders do not say: category by product, role by customer; empty unless the profile goes by them. */
  readonly categories: ReadonlyMap<string, string>;
  readonly roles: ReadonlyMap<string, string>;
};

const ONE: Decimal = { units: 1n, scale: 0 };
/** Methods whose orders a shop may complete without noting the day the money came. */
const OFFLINE_METHODS = new Set(['bacs', 'cheque', 'cod']);
/** An order fetched at the shop is taxed at the shop (WooCommerce: `woocommerce_apply_base_tax_for_local_pickup`). */
const PICKUP_METHODS = new Set(['local_pickup', 'pickup_location']);

/** An order as the sale it is, amounts as stated. */
export function toDocument(order: WooOrder, context: WooContext): SalesDocument {
  const { decimals } = currencyOf(order.currency, context.options.decimals);
  const number = meta.orderNumberOf(order);
  const source: DocumentSource = { kind: 'sale', key: `sale/${order.id}`, number };
  const { rates, remarks: rateRemarks } = ratesOf(order, context.rates, source);
  const cards = sum(order.gift_cards.map(({ amount }) => amount));
  const gross = round(add(order.total, cards), decimals);
  const tax = round(order.total_tax, decimals);
  const { options, categories } = context;
  const lines = documentLines(order, { sign: 1, gross, decimals, rates, options, categories });
  const { payments, remarks: paymentRemarks } = paymentsOf(order, context, source);
  const billing = addressOf(order.billing);
  const delivery = addressOf(order.shipping);
  const untaxedDiscounts = lines
    .filter((line) => line.kind === 'discount' && line.taxes.length === 0 && isPositive(tax))
    .map((line) =>
      problem('document.discount-without-vat', 'warn', source, {
        line: line.label ?? line.id,
        net: decimalText(line.net, decimals),
      }),
    );

  return {
    kind: 'sale',
    key: source.key,
    test: meta.isTest(order.meta_data),
    pricesIncludeTax: order.prices_include_tax,
    order: { id: order.id, number, date: dayIn(context.timeZone, order.date_created_gmt) },
    invoice: invoiceOf(order, context),
    creditNote: null,
    updated: order.date_modified_gmt === null ? null : new Date(order.date_modified_gmt).toISOString(),
    status: { code: order.status, label: null },
    subShop: null, // one WordPress is one shop
    channel: order.created_via === null ? null : { id: order.created_via, name: null },
    customer: customerOf(order, context),
    billing,
    delivery,
    taxCountry: taxCountryOf(order, context, { billing, delivery }),
    currency: currencyOfOrder(order, context),
    lines,
    discounts: order.coupon_lines.map(({ code, discount, discount_tax }) => ({
      code: label(code),
      label: null,
      net: round(discount, decimals),
      gross: discount_tax === null ? null : add(round(discount, decimals), round(discount_tax, decimals)),
    })),
    payments,
    totals: { net: subtract(gross, tax), tax, gross, taxes: statedTaxes(order, rates, decimals, 1) },
    tolerance: null,
    wholeOrder: wholeOrderOf(order, gross, payments),
    remarks: [...rateRemarks, ...untaxedDiscounts, ...paymentRemarks],
  };
}

/** The taxes by rate as an order or a refund states them; a refund's are negative and come out positive. */
export function statedTaxes(
  stated: Pick<WooOrder, 'tax_lines'>,
  rates: Rates,
  decimals: number,
  sign: 1 | -1,
): readonly Tax[] {
  return stated.tax_lines.map((tax): Tax => {
    const amount = add(round(tax.tax_total, decimals), round(tax.shipping_tax_total, decimals));
    return {
      code: tax.rate_id,
      name: label(tax.label),
      rate: rates.get(tax.rate_id)?.rate ?? { units: 0n, scale: 0 },
      base: null,
      amount: { units: sign === 1 ? amount.units : -amount.units, scale: decimals },
      treatment: null,
    };
  });
}

/** The method customers see and mappings are keyed by; an order without one is the row N/A. */
export function methodOf(order: WooOrder): Payment['method'] {
  return { id: order.payment_method ?? 'N/A', name: label(order.payment_method_title) };
}

/**
 * What was paid: gift cards, then the rest by the order's method. An order is paid when it says when; bank transfers,
 * cheques and cash on delivery that were completed without saying so count as paid on that day, with a warning.
 */
function paymentsOf(
  order: WooOrder,
  context: WooContext,
  source: DocumentSource,
): { payments: readonly Payment[]; remarks: readonly Problem[] } {
  const { decimals } = currencyOf(order.currency, context.options.decimals);
  const supposed =
    order.date_paid_gmt === null && order.status === 'completed' && OFFLINE_METHODS.has(order.payment_method ?? '');
  const paidAt = order.date_paid_gmt ?? (supposed ? order.date_completed_gmt : null);
  const date = paidAt === null ? null : dayIn(context.timeZone, paidAt);
  const payments: Payment[] = order.gift_cards.map(({ id, amount }) => ({
    ...nothingMore,
    id: `gift-card-${id}`,
    type: 'giftCard',
    method: { id: 'gift_card', name: 'Gift card' },
    date: date ?? dayIn(context.timeZone, order.date_created_gmt),
    amount: round(amount, decimals),
  }));
  const amount = round(order.total, decimals);
  if (date === null || !isPositive(amount)) return { payments, remarks: [] };
  const fee = meta.feeOf(order);
  payments.push({
    ...nothingMore,
    id: supposed ? 'supposed' : '1',
    type: 'money',
    method: methodOf(order),
    date,
    amount,
    fee: fee === null ? null : { ...fee, tax: null },
    transactionId: order.transaction_id,
  });
  const remarks = supposed ? [problem('payment.date-supposed', 'warn', source, { date }, 'payment/supposed')] : [];
  return { payments, remarks };
}

const nothingMore = { direction: 'in', inCurrency: null, fee: null, transactionId: null, payoutId: null } as const;

/** Refunds count by the amounts the order itself mentions, so that a sale is read without them. */
function wholeOrderOf(order: WooOrder, gross: Decimal, payments: readonly Payment[]): WholeOrder {
  const refunded = sum(order.refunds.map(({ total }) => round(magnitude(total), gross.scale)));
  const paidIn = sum(payments.map(({ amount }) => amount));
  return {
    saleParts: 1,
    sales: gross,
    creditNotes: refunded,
    paidIn,
    paidOut: isZero(paidIn) ? paidIn : refunded,
    // A cheque still to come is known by the order's method: its sale and its payment are one customer account's.
    firstMethod: payments[0]?.method.id ?? order.payment_method,
  };
}

function invoiceOf(order: WooOrder, context: WooContext): SalesDocument['invoice'] {
  const invoice = meta.invoiceOf(order.meta_data, context.options.invoiceNumberKeys);
  return invoice === null ? null : { id: null, number: invoice.number, date: dayOf(invoice.date, context.timeZone) };
}

/** Unix seconds, or text that begins with a day; other spellings depend on the site's language and are left. */
function dayOf(text: string | null, timeZone: string): Day | null {
  if (text === null) return null;
  return /^\d{9,11}$/.test(text) ? dayIn(timeZone, Number(text) * 1000) : parseDay(text.slice(0, 10));
}

function customerOf(order: WooOrder, { roles }: WooContext): Customer {
  const { billing, shipping, meta_data: data } = order;
  const guest = order.customer_id === 0;
  const role = roles.get(String(order.customer_id));
  return {
    id: guest ? null : String(order.customer_id),
    guest,
    firstName: label(billing.first_name ?? shipping.first_name),
    lastName: label(billing.last_name ?? shipping.last_name),
    company: label(billing.company ?? shipping.company),
    email: billing.email?.toLowerCase() ?? null,
    phone: billing.phone ?? shipping.phone,
    vatNumber: meta.vatNumberOf(data),
    registrationNumber: meta.registrationNumberOf(data),
    groups: guest || role === undefined ? [] : [{ id: role, name: null }],
    note: label(order.customer_note),
    thirdPartyAccount: null,
    account: null,
  };
}

/** Virtual orders have no delivery address: WooCommerce sends one with every field empty. */
function addressOf(address: WooAddress): Address | null {
  const country = countryCode.safeParse(address.country);
  if (!country.success) return null;
  return {
    company: label(address.company),
    firstName: label(address.first_name),
    lastName: label(address.last_name),
    lines: [address.address_1, address.address_2].flatMap((line) => label(line) ?? []),
    postcode: address.postcode,
    city: label(address.city),
    region: label(address.state),
    country: country.data,
    phone: address.phone,
  };
}

function taxCountryOf(
  order: WooOrder,
  context: WooContext,
  { billing, delivery }: { billing: Address | null; delivery: Address | null },
): string | null {
  const pickup = order.shipping_lines.some(({ method_id }) => PICKUP_METHODS.has(method_id ?? ''));
  if (pickup || context.taxBasedOn === 'base') return context.country;
  if (context.taxBasedOn === 'billing') return billing?.country ?? null;
  if (context.taxBasedOn === 'shipping') return delivery?.country ?? billing?.country ?? null;
  return null;
}

function currencyOfOrder(order: WooOrder, context: WooContext): SalesDocument['currency'] {
  const { currency: code } = order;
  if (code === context.currency) return { code, base: code, rate: ONE };
  const stated = meta.currencyRateOf(order);
  const base = stated?.base ?? context.currency;
  // A plug-in writes a rate of 1 on orders in the shop's own currency too.
  const own = stated !== null && base === null && equal(stated.rate, ONE);
  return { code, base: own ? code : base, rate: stated?.rate ?? null };
}
