import { type Day, dayIn, parseDay } from '../../core/calendar.ts';
import {
  add,
  type Decimal,
  decimalText,
  isNegative,
  isPositive,
  isZero,
  negate,
  round,
  subtract,
  sum,
  ZERO,
} from '../../core/decimal.ts';
import type {
  Address,
  DocumentLine,
  DocumentSource,
  LineKind,
  Named,
  Payment,
  SalesDocument,
  Tax,
} from '../../core/document.ts';
import { currencyOf } from '../../core/money.ts';
import { type Problem, problem } from '../../core/problem.ts';
import { countryCode } from '../../schema/codes.ts';
import { decodeEntities } from '../html-text.ts';
import type { ReadingOptions } from '../reader.ts';
import type { ShopwareAddress, ShopwareLine, ShopwareOrder, ShopwarePrice } from './order.ts';

export type ShopwareContext = {
  readonly timeZone: string;
  /** The currency whose factor is 1; null when it is not known. */
  readonly currency: string | null;
  /** When each transaction became paid, by its id; without one, its own day is taken and said. */
  readonly paidAt: ReadonlyMap<string, number>;
  readonly options: ReadingOptions;
};

const CREDIT = 'credit';
/** Money came in, whatever became of it since. `paid_partially` does not say how much. */
const PAID = new Set(['paid', 'refunded', 'refunded_partially']);
const PAID_BACK = new Set(['refunded', 'refunded_partially']);

/** An order as the sale it is: its credits, which the administration adds to it later, are documents of their own. */
export function saleOf(order: ShopwareOrder, context: ShopwareContext): SalesDocument {
  const source: DocumentSource = { kind: 'sale', key: `sale/${order.id}`, number: order.orderNumber ?? order.id };
  const { decimals } = currencyOf(order.currency.isoCode, context.options.decimals);
  const drawing = { order, decimals };
  const own = order.lineItems.filter(({ parentId, price }) => parentId === null && price !== null);
  const lines = [
    ...own.filter(({ type }) => type !== CREDIT).map((line) => productLine(line, drawing)),
    ...order.deliveries.flatMap((delivery) => shippingLine(delivery, drawing)),
    ...cashRounding(drawing),
  ];
  const credits = own.filter(({ type }) => type === CREDIT).map((line) => productLine(line, drawing));
  const credited = sum(credits.map(({ gross }) => gross));
  const gross = round(subtract(order.price.totalPrice, credited), decimals);
  const taxes = withoutTaxes(
    statedTaxes(order, decimals),
    credits.flatMap((line) => line.taxes),
  );
  const tax = sum(taxes.map(({ amount }) => amount));
  const { payments, remarks } = paymentsOf(order, context, source, decimals);
  return {
    kind: 'sale',
    key: source.key,
    test: false,
    pricesIncludeTax: order.price.taxStatus === 'gross',
    order: { id: order.id, number: order.orderNumber, date: dayIn(context.timeZone, order.orderDateTime) },
    invoice: invoiceOf(order, context),
    creditNote: null,
    updated: order.updatedAt === null ? null : new Date(order.updatedAt).toISOString(),
    status: { code: order.stateMachineState.technicalName, label: null },
    subShop: order.salesChannelId === null ? null : { id: order.salesChannelId, name: channelName(order) },
    channel: null,
    customer: customerOf(order),
    billing: addressOf(order.addresses.find(({ id }) => id === order.billingAddressId) ?? null),
    delivery: addressOf(order.deliveries[0]?.shippingOrderAddress ?? null),
    taxCountry: null, // by the delivery address
    currency: currencyOfOrder(order, context),
    lines,
    discounts: own
      .filter(({ type }) => type === 'promotion')
      .map(({ label }) => ({ code: null, label, net: null, gross: null })),
    payments,
    totals: { net: subtract(gross, tax), tax, gross, taxes },
    tolerance: null,
    wholeOrder: {
      saleParts: 1,
      sales: gross,
      creditNotes: negate(credited),
      paidIn: sum(payments.map(({ amount }) => amount)),
      paidOut: ZERO,
      firstMethod: methodOf(order)?.id ?? null,
    },
    remarks,
  };
}

/** Each credit that was added to an order: what it gives back, on the day it was added. */
export function creditNotesOf(order: ShopwareOrder, context: ShopwareContext): readonly SalesDocument[] {
  const sale = saleOf(order, context);
  const { decimals } = currencyOf(order.currency.isoCode, context.options.decimals);
  const credits = order.lineItems.filter(
    ({ type, parentId, price }) => type === CREDIT && parentId === null && price !== null,
  );
  const numbers = order.documents.filter(({ documentType }) => documentType?.technicalName === 'credit_note');
  return credits.map((credit): SalesDocument => {
    const line = turned(productLine(credit, { order, decimals }));
    const number = credits.length === 1 && numbers.length === 1 ? numberOf(numbers[0]) : null;
    const source: DocumentSource = {
      kind: 'creditNote',
      key: `creditNote/${credit.id}`,
      number: number ?? order.orderNumber ?? credit.id,
    };
    const date = dayIn(context.timeZone, credit.createdAt ?? order.orderDateTime);
    const tax = sum(line.taxes.map(({ amount }) => amount));
    const payments = paidOut(order, line.gross, date, credit.id);
    const remarks: Problem[] = [];
    if (payments.length > 0) {
      const values = { amount: decimalText(line.gross, decimals), method: payments[0]?.method.name ?? '', date };
      remarks.push(problem('payment.supposed', 'warn', source, values, `refund/${credit.id}`));
    }
    return {
      ...sale,
      kind: 'creditNote',
      key: source.key,
      creditNote: { id: credit.id, number, date, reason: credit.label },
      lines: [line],
      discounts: [],
      payments,
      totals: { net: subtract(line.gross, tax), tax, gross: line.gross, taxes: null },
      remarks,
    };
  });
}

type Drawing = { readonly order: ShopwareOrder; readonly decimals: number };

function productLine(line: ShopwareLine, drawing: Drawing): DocumentLine {
  const { type, label, productId, payload, quantity, price } = line;
  if (price === null) throw new TypeError('A line without price was left out before');
  const amounts = amountsOf(price, drawing);
  return {
    ...bare,
    id: line.id,
    kind: kindOf(type, amounts.net),
    label: label === null ? null : decodeEntities(label),
    product:
      type === 'product' ? { id: productId, sku: payload?.productNumber ?? null, type: null, category: null } : null,
    taxRule: payload?.taxId ? { id: payload.taxId, name: null } : null,
    quantity,
    ...amounts,
  };
}

/** A promotion lowers prices at the rates it was shared over; a line typed by hand may too. */
function kindOf(type: string | null, net: Decimal): LineKind {
  if (type === CREDIT) return 'adjustment';
  return type === 'promotion' || isNegative(net) ? 'discount' : 'product';
}

/** A promotion on the shipping is a delivery of its own, below zero. */
function shippingLine(delivery: ShopwareOrder['deliveries'][number], drawing: Drawing): DocumentLine[] {
  const amounts = amountsOf(delivery.shippingCosts, drawing);
  if (isZero(amounts.gross) && isZero(amounts.net)) return [];
  const method = delivery.shippingMethod;
  const carrier: Named | null = method ? { id: method.technicalName ?? method.id, name: method.name } : null;
  return [{ ...bare, id: delivery.id, kind: 'shipping', label: method?.name ?? null, carrier, ...amounts }];
}

/** Where cash is rounded to 0.05, the total is not the sum any more. */
function cashRounding({ order, decimals }: Drawing): DocumentLine[] {
  const { rawTotal, totalPrice } = order.price;
  if (!rawTotal) return [];
  const gap = round(subtract(totalPrice, round(rawTotal, decimals)), decimals);
  return isZero(gap)
    ? []
    : [{ ...bare, id: 'rounding', kind: 'rounding', label: null, net: gap, taxes: [], gross: gap }];
}

/** Net, taxes and gross of a price; each tax has its own part of it as base. */
function amountsOf(
  { totalPrice, calculatedTaxes }: ShopwarePrice,
  { order, decimals }: Drawing,
): Pick<DocumentLine, 'net' | 'taxes' | 'gross'> {
  const { taxStatus } = order.price;
  const total = round(totalPrice, decimals);
  const taxes =
    taxStatus === 'tax-free'
      ? []
      : calculatedTaxes.map((tax) => taxOf(tax, taxStatus, decimals, calculatedTaxes.length > 1));
  const tax = sum(taxes.map(({ amount }) => amount));
  return taxStatus === 'gross'
    ? { net: subtract(total, tax), taxes, gross: total }
    : { net: total, taxes, gross: add(total, tax) };
}

function taxOf(
  { tax, taxRate, price }: ShopwarePrice['calculatedTaxes'][number],
  taxStatus: 'gross' | 'net',
  decimals: number,
  ofPart: boolean,
): Tax {
  const base = round(taxStatus === 'gross' ? subtract(price, tax) : price, decimals);
  const amount = round(tax, decimals);
  return { code: null, name: null, rate: taxRate, base: ofPart ? base : null, amount, treatment: null };
}

function statedTaxes({ price }: ShopwareOrder, decimals: number): readonly Tax[] {
  if (price.taxStatus === 'tax-free') return [];
  return price.calculatedTaxes.map(({ tax, taxRate }) => ({
    code: null,
    name: null,
    rate: taxRate,
    base: null,
    amount: round(tax, decimals),
    treatment: null,
  }));
}

/** Credits lowered the order's own taxes when they were added to it. */
function withoutTaxes(stated: readonly Tax[], credited: readonly Tax[]): readonly Tax[] {
  return stated.map((tax) => {
    const same = credited.filter(({ rate }) => decimalText(rate) === decimalText(tax.rate));
    return { ...tax, amount: subtract(tax.amount, sum(same.map(({ amount }) => amount))) };
  });
}

function turned(line: DocumentLine): DocumentLine {
  const taxes = line.taxes.map((tax) => ({ ...tax, base: tax.base && negate(tax.base), amount: negate(tax.amount) }));
  return { ...line, quantity: line.quantity, net: negate(line.net), taxes, gross: negate(line.gross) };
}

function paymentsOf(
  order: ShopwareOrder,
  { timeZone, paidAt }: ShopwareContext,
  source: DocumentSource,
  decimals: number,
) {
  const payments: Payment[] = [];
  const remarks: Problem[] = [];
  for (const transaction of order.transactions) {
    const amount = round(transaction.amount.totalPrice, decimals);
    if (!PAID.has(transaction.stateMachineState.technicalName) || !isPositive(amount)) continue;
    const at = paidAt.get(transaction.id);
    const date = dayIn(timeZone, at ?? transaction.createdAt);
    if (at === undefined)
      remarks.push(problem('payment.date-supposed', 'warn', source, { date }, `payment/${transaction.id}`));
    payments.push({ ...money, id: transaction.id, direction: 'in', method: methodIn(transaction), date, amount });
  }
  return { payments, remarks };
}

/** The core keeps no trace of how much went back: a credit of an order whose payment was refunded counts as paid out. */
function paidOut(order: ShopwareOrder, amount: Decimal, date: Day, id: string): Payment[] {
  const refunded = order.transactions.find(({ stateMachineState }) => PAID_BACK.has(stateMachineState.technicalName));
  if (refunded === undefined || !isPositive(amount)) return [];
  return [{ ...money, id, direction: 'out', method: methodIn(refunded), date, amount }];
}

const money = { type: 'money', inCurrency: null, fee: null, transactionId: null, payoutId: null } as const;

function methodOf({ transactions }: ShopwareOrder): Named | null {
  const last = transactions.at(-1);
  return last === undefined ? null : methodIn(last);
}

function methodIn({ paymentMethod, paymentMethodId }: ShopwareOrder['transactions'][number]): Named {
  return { id: paymentMethod?.technicalName ?? paymentMethodId ?? 'N/A', name: paymentMethod?.name ?? null };
}

function invoiceOf(order: ShopwareOrder, { timeZone }: ShopwareContext): SalesDocument['invoice'] {
  const invoice = order.documents.find(({ documentType }) => documentType?.technicalName === 'invoice');
  if (invoice === undefined) return null;
  const stated = parseDay((invoice.config?.documentDate ?? '').slice(0, 10));
  const date = stated ?? (invoice.createdAt === null ? null : dayIn(timeZone, invoice.createdAt));
  return { id: null, number: numberOf(invoice), date };
}

function numberOf(document: ShopwareOrder['documents'][number] | undefined): string | null {
  return document?.documentNumber ?? document?.config?.documentNumber ?? null;
}

function customerOf({ orderCustomer, customerComment }: ShopwareOrder): SalesDocument['customer'] {
  const guest = orderCustomer?.customer?.guest ?? true;
  const vat = orderCustomer?.vatIds
    .find((id) => id)
    ?.toUpperCase()
    .replace(/[\s.-]/g, '');
  const group = orderCustomer?.customer?.groupId ?? null;
  return {
    id: guest ? null : (orderCustomer?.customerId ?? null),
    guest,
    firstName: orderCustomer?.firstName ?? null,
    lastName: orderCustomer?.lastName ?? null,
    company: orderCustomer?.company ?? null,
    email: orderCustomer?.email?.toLowerCase() ?? null,
    phone: null,
    vatNumber: vat ? { value: vat, valid: null } : null,
    registrationNumber: null,
    groups: guest || group === null ? [] : [{ id: group, name: null }],
    note: customerComment,
    thirdPartyAccount: null,
    account: null,
  };
}

function addressOf(address: ShopwareAddress | null): Address | null {
  const country = countryCode.safeParse(address?.country?.iso);
  if (address === null || !country.success) return null;
  return {
    company: address.company,
    firstName: address.firstName,
    lastName: address.lastName,
    lines: [address.street, address.additionalAddressLine1].filter((line) => line !== null),
    postcode: address.zipcode,
    city: address.city,
    region: null,
    country: country.data,
    phone: address.phoneNumber,
  };
}

function currencyOfOrder(
  { currency, currencyFactor }: ShopwareOrder,
  context: ShopwareContext,
): SalesDocument['currency'] {
  const { isoCode: code } = currency;
  if (code === context.currency) return { code, base: code, rate: { units: 1n, scale: 0 } };
  return { code, base: context.currency, rate: currencyFactor };
}

function channelName({ salesChannel }: ShopwareOrder): string | null {
  return salesChannel?.translated?.name ?? salesChannel?.name ?? null;
}

const bare = {
  of: null,
  product: null,
  carrier: null,
  taxRule: null,
  quantity: null,
  netBeforeDiscount: null,
} as const;
