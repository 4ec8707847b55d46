import { dayIn } from '../../core/calendar.ts';
import {
  add,
  type Decimal,
  decimalText,
  equal,
  isPositive,
  isZero,
  negate,
  round,
  subtract,
  sum,
} from '../../core/decimal.ts';
import type { Address, Customer, DocumentSource, Payment, SalesDocument } from '../../core/document.ts';
import { currencyOf } from '../../core/money.ts';
import { type Problem, problem } from '../../core/problem.ts';
import { countryCode } from '../../schema/codes.ts';
import { decodeEntities } from '../html-text.ts';
import type { ReadingOptions } from '../reader.ts';
import { CANCELLED, type Credits, creditsOfInvoice, creditsOfOrder, totalOf } from './credits.ts';
import { documentRows, orderRows } from './items.ts';
import { linesOf, type Part } from './lines.ts';
import type { MagentoAddress, MagentoCreditMemo, MagentoInvoice, MagentoOrder, MagentoTransaction } from './order.ts';
import { methodOf, type PaymentContext, paymentsOfInvoice, paymentsOfOrder } from './payments.ts';
import { merged } from './taxes.ts';

/** An order with all that belongs to it, and how the profile wants it read. */
export type OrderRecords = {
  readonly order: MagentoOrder;
  /** Null: they may not be read. */
  readonly invoices: readonly MagentoInvoice[] | null;
  readonly creditMemos: readonly MagentoCreditMemo[];
  readonly transactions: readonly MagentoTransaction[];
};

export type MagentoContext = { readonly timeZone: string; readonly options: ReadingOptions };

const ONE: Decimal = { units: 1n, scale: 0 };

/** The order itself as the sale, for shops that do not invoice in Magento. */
export function saleOfOrder(records: OrderRecords, context: MagentoContext): SalesDocument {
  const { order, invoices } = records;
  const source = sourceOf(`sale/${order.entity_id}`, order);
  const credits = creditsOfOrder(order);
  const part = partOf(order, credits, source);
  const common = partDocument(part, context);
  const { decimals } = common;
  const payments = paymentsOfOrder(order, credits, invoices ?? [], paymentContext(records, context, decimals));
  const stated = (order.extension_attributes?.applied_taxes ?? []).map((tax) => ({
    code: tax.code,
    name: tax.title,
    rate: tax.percent,
    base: null,
    amount: round(tax.amount, decimals),
    treatment: null,
  }));
  const cancelled = sum(
    order.items.filter(({ parent_item_id }) => parent_item_id === null).map((item) => item.qty_canceled),
  );
  const remarks = [...common.document.remarks];
  if (order.state === 'canceled') remarks.push(problem('document.cancelled', 'exclude', source, {}));
  if (isPositive(cancelled) && order.state !== 'canceled') {
    remarks.push(problem('document.units-cancelled', 'warn', source, { units: decimalText(cancelled) }));
  }
  remarks.push(...replacement(order, source), ...contradictions(records, source, decimals));
  return {
    ...common.document,
    payments,
    totals: { ...common.document.totals, taxes: stated.length === 0 ? null : merged(stated) },
    wholeOrder: wholeOrderOf(order, payments, decimals),
    remarks,
  };
}

/** An invoice as the sale. */
export function saleOfInvoice(invoice: MagentoInvoice, records: OrderRecords, context: MagentoContext): SalesDocument {
  const { order, invoices } = records;
  const source = sourceOf(`sale/inv-${invoice.entity_id}`, order);
  const credits = creditsOfInvoice(invoice, order, invoices ?? [invoice]);
  const part: Part = {
    order,
    totals: invoice,
    rows: documentRows(invoice.items, order),
    commerce: invoice.extension_attributes,
    shippingDiscount: null,
    gross: add(invoice.grand_total, totalOf(credits)),
    source,
  };
  const { document, decimals } = partDocument(part, context);
  const payments = paymentsOfInvoice(invoice, credits, order, paymentContext(records, context, decimals));
  return {
    ...document,
    invoice: { id: invoice.entity_id, number: invoice.increment_id, date: dayIn(context.timeZone, invoice.created_at) },
    updated: updatedOf(invoice.updated_at, order.updated_at),
    payments,
    wholeOrder: wholeOrderOf(order, payments, decimals),
    remarks: [
      ...document.remarks,
      ...replacement(order, source),
      ...(invoice.state === CANCELLED ? [problem('document.cancelled', 'exclude', source, {})] : []),
    ],
  };
}

/** The sale an order is, whichever way it is booked: what its credit memos give back is held against it. */
export function partOf(order: MagentoOrder, credits: Credits, source: DocumentSource): Part {
  return {
    order,
    totals: order,
    rows: orderRows(order),
    commerce: order.extension_attributes,
    shippingDiscount: order.shipping_discount_amount,
    gross: add(order.grand_total, totalOf(credits)),
    source,
  };
}

/** All that a sale and a credit note have in common. */
export function partDocument(part: Part, context: MagentoContext): { document: SalesDocument; decimals: number } {
  const { order, totals, source } = part;
  const base = inBase(order, context.options);
  const code = base ? order.base_currency_code : order.order_currency_code;
  const { decimals } = currencyOf(code, context.options.decimals);
  const { lines, tax, remarks } = linesOf(part, context.options, decimals);
  const gross = round(part.gross, decimals);
  const billing = addressOf(order.billing_address ?? null);
  const delivery = addressOf(order.extension_attributes?.shipping_assignments[0]?.shipping?.address ?? null);
  const document: SalesDocument = {
    kind: source.kind,
    key: source.key,
    test: false,
    pricesIncludeTax: pricesIncludeTax(order),
    order: { id: order.entity_id, number: order.increment_id, date: dayIn(context.timeZone, order.created_at) },
    invoice: null,
    creditNote: null,
    updated: updatedOf(totals.updated_at, null),
    status: order.status === null ? null : { code: order.status, label: null },
    subShop: order.store_id === null ? null : { id: order.store_id, name: storeName(order) },
    channel: null,
    customer: customerOf(order),
    billing,
    delivery,
    taxCountry: null, // Magento taxes by the delivery address unless told otherwise, and does not say which
    currency: base
      ? { code, base: code, rate: ONE }
      : {
          code,
          base: order.base_currency_code,
          rate: code === order.base_currency_code ? ONE : order.base_to_order_rate,
        },
    lines,
    discounts: discountsOf(part, decimals),
    payments: [],
    totals: { net: subtract(gross, tax), tax, gross, taxes: null },
    tolerance: null,
    wholeOrder: null,
    remarks,
  };
  return { document, decimals };
}

/** Whether the base amounts are the ones to read: they are put in the place of the others by `inBaseCurrency`. */
export function inBase(
  order: Pick<MagentoOrder, 'order_currency_code' | 'base_currency_code'>,
  options: ReadingOptions,
): boolean {
  return order.order_currency_code !== order.base_currency_code && options.inCurrency !== true;
}

export function paymentContext(
  { transactions }: OrderRecords,
  { timeZone }: MagentoContext,
  decimals: number,
): PaymentContext {
  return { timeZone, decimals, transactions };
}

/** Credit notes name the order they belong to by the order's own number. */
export function sourceOf(key: string, order: MagentoOrder): DocumentSource {
  return { kind: key.startsWith('creditNote/') ? 'creditNote' : 'sale', key, number: order.increment_id };
}

/** Every invoice is paid by itself, so that no document waits for another; what is given back is held against the order. */
export function wholeOrderOf(
  order: MagentoOrder,
  payments: readonly Payment[],
  decimals: number,
): SalesDocument['wholeOrder'] {
  const sales = round(add(order.grand_total, totalOf(creditsOfOrder(order))), decimals);
  const paid = (direction: Payment['direction']) =>
    sum(payments.filter((payment) => payment.direction === direction).map(({ amount }) => amount));
  return {
    saleParts: 1,
    sales,
    creditNotes: round(order.total_refunded, decimals),
    paidIn: paid('in'),
    paidOut: paid('out'),
    firstMethod: methodOf(order).id,
  };
}

/** An order edited in the administration is cancelled, and another takes its place. */
function replacement(order: MagentoOrder, source: DocumentSource): readonly Problem[] {
  const replaced = order.relation_parent_real_id;
  return replaced === null ? [] : [problem('document.replaces-order', 'warn', source, { order: replaced })];
}

/** What the order says of its own sums, beside what its documents say. */
function contradictions(
  { order, invoices, creditMemos }: OrderRecords,
  source: DocumentSource,
  decimals: number,
): readonly Problem[] {
  const found: Problem[] = [];
  const paid = (invoices ?? []).filter(({ state }) => state === 2).map(({ grand_total }) => grand_total);
  if (invoices !== null && paid.length > 0) check('total_paid', order.total_paid, sum(paid));
  const refunded = creditMemos.filter(({ state }) => state !== CANCELLED).map(({ grand_total }) => grand_total);
  if (refunded.length > 0) check('total_refunded', order.total_refunded, sum(refunded));
  return found;

  function check(field: string, stated: Decimal, computed: Decimal) {
    if (equal(round(stated, decimals), round(computed, decimals))) return;
    const values = { field, stated: decimalText(stated, decimals), computed: decimalText(computed, decimals) };
    found.push(problem('document.order-contradicts', 'warn', source, values));
  }
}

function discountsOf({ order, totals }: Part, decimals: number): SalesDocument['discounts'] {
  if (isZero(totals.discount_amount)) return [];
  const contained = add(totals.discount_tax_compensation_amount, totals.shipping_discount_tax_compensation_amount);
  const stated = negate(totals.discount_amount);
  const net = round(subtract(stated, contained), decimals);
  return [
    {
      code: order.coupon_code,
      label: order.discount_description,
      net,
      gross: isZero(contained) ? null : round(stated, decimals),
    },
  ];
}

/** Of prices with tax the discount contains tax, or the catalogue's price is the one with tax. */
function pricesIncludeTax({ items, discount_tax_compensation_amount: contained }: MagentoOrder): boolean {
  return (
    !isZero(contained) ||
    items.some(
      (item) =>
        isPositive(item.original_price) &&
        equal(item.original_price, item.price_incl_tax) &&
        !equal(item.price, item.price_incl_tax),
    )
  );
}

function customerOf(order: MagentoOrder): Customer {
  const billing = order.billing_address ?? null;
  const id = order.customer_id === '0' ? null : order.customer_id;
  const vat = (billing?.vat_id ?? order.customer_taxvat)?.toUpperCase().replace(/[\s.-]/g, '');
  const valid = billing?.vat_is_valid;
  const known = billing?.vat_id && valid !== undefined && valid !== null;
  return {
    id,
    guest: id === null,
    firstName: text(order.customer_firstname ?? billing?.firstname),
    lastName: text(order.customer_lastname ?? billing?.lastname),
    company: text(order.extension_attributes?.company_order_attributes?.company_name ?? billing?.company),
    email: (order.customer_email ?? billing?.email)?.toLowerCase() ?? null,
    phone: billing?.telephone ?? null,
    vatNumber: vat
      ? { value: vat, valid: known ? [1, '1', true].includes(valid as string | number | boolean) : null }
      : null,
    registrationNumber: null,
    groups: id === null || order.customer_group_id === null ? [] : [{ id: order.customer_group_id, name: null }],
    note: text(order.customer_note),
    thirdPartyAccount: null,
    account: null,
  };
}

function addressOf(address: MagentoAddress | null): Address | null {
  const country = countryCode.safeParse(address?.country_id);
  if (address === null || !country.success) return null;
  return {
    company: text(address.company),
    firstName: text(address.firstname),
    lastName: text(address.lastname),
    lines: address.street.flatMap((line) => text(line) ?? []),
    postcode: address.postcode,
    city: text(address.city),
    region: text(address.region),
    country: country.data,
    phone: address.telephone,
  };
}

/** The last of website, store and view is what its customers see. */
function storeName({ store_name: name }: MagentoOrder): string | null {
  return (
    name
      ?.split('\n')
      .map((line) => line.trim())
      .findLast((line) => line !== '') ?? null
  );
}

function updatedOf(...instants: readonly (number | null)[]): string | null {
  const known = instants.filter((instant) => instant !== null);
  return known.length === 0 ? null : new Date(Math.max(...known)).toISOString();
}

function text(value: string | null | undefined): string | null {
  const trimmed = value?.trim();
  return trimmed ? decodeEntities(trimmed) : null;
}
