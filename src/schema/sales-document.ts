import { type Day, dayIn, parseDay } from '../core/calendar.ts';
import type { Decimal } from '../core/decimal.ts';
import type {
  Address,
  Customer,
  Discount,
  DocumentKind,
  DocumentLine,
  LineKind,
  Named,
  Payment,
  SalesDocument,
  Tax,
  TaxTreatment,
} from '../core/document.ts';
import {
  choice,
  decimal,
  decimalOr,
  type Fields,
  fields,
  flag,
  id,
  idOr,
  list,
  matching,
  optional,
  text,
  textOr,
  Unreadable,
  within,
} from './decode.ts';
import { readReading } from './reading.ts';

/**
 * The JSON spelling of the canonical document (`comptoir-sales` 1.1, docs/comptoir-sales-1.schema.json): amounts and
 * rates are text, absent fields are left out, unknown fields are refused. Read with the shop's zone, since a date-time
 * becomes the civil day there.
 */

const AMOUNT = /^-?(?:0|[1-9]\d{0,11})(?:\.\d{1,6})?$/;
const RATE = /^(?:0|[1-9]\d{0,8})(?:\.\d{1,10})?$/;
const PERCENT = /^(?:100|\d{1,2}(?:\.\d{1,4})?)$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2}))?$/;
const COUNTRY = /^[A-Z]{2}$/;
const CURRENCY = /^[A-Z]{3}$/;

const KINDS = new Set<DocumentKind>(['sale', 'creditNote']);
const LINE_KINDS = new Set<LineKind>([
  'product',
  'shipping',
  'wrapping',
  'fee',
  'tip',
  'duty',
  'ecotax',
  'giftCard',
  'discount',
  'adjustment',
  'rounding',
]);
const TREATMENTS = new Set<TaxTreatment>([
  'standard',
  'zero',
  'exempt',
  'reverseCharge',
  'intraCommunity',
  'export',
  'oss',
  'ioss',
  'margin',
  'marketplace',
  'outOfScope',
]);
const DIRECTIONS = new Set<Payment['direction']>(['in', 'out']);
const PAYMENT_TYPES = new Set<Payment['type']>(['money', 'giftCard', 'storeCredit', 'points']);

const known = (names: string): ReadonlySet<string> => new Set(names.split(' '));
const DOCUMENT = known(
  'kind key test pricesIncludeTax order invoice creditNote updated status subShop channel customer billing delivery currency lines discounts payments totals note reading',
);
const ORDER = known('id number date');
const CREDIT_NOTE = known('id number date reason');
const STATUS = known('code label');
const NAMED = known('id name');
const CUSTOMER = known(
  'id guest firstName lastName company email phone vatNumber registrationNumber groups note thirdPartyAccount account',
);
const VAT_NUMBER = known('value valid');
const ADDRESS = known('company firstName lastName lines postcode city region country phone');
const CURRENCY_FIELDS = known('code base rate');
const LINE = known('id of kind label product carrier taxRule quantity netBeforeDiscount net taxes gross');
const PRODUCT = known('id sku type category');
const TAX = known('code name rate base amount treatment');
const DISCOUNT = known('code label net gross');
const PAYMENT = known('id direction type method date amount inCurrency fee transactionId payoutId');
const IN_CURRENCY = known('code amount rate');
const FEE = known('amount currency tax');
const TOTALS = known('net tax gross taxes');
const HEADER = known('format version generator createdAt shop');
const SHOP = known('id name currency timeZone country');

/** What a file's first line says of the shop the documents come from. */
export type SalesFileHeader = {
  readonly shop: {
    readonly id: string;
    readonly name: string | null;
    readonly currency: string;
    readonly timeZone: string;
    readonly country: string | null;
  };
};

/** The header a JSON value spells; throws `Unreadable`. */
export function readHeader(json: unknown): SalesFileHeader {
  const from = fields(json, HEADER);
  if (from.format !== 'comptoir-sales') throw new Unreadable('format', 'not-a-choice: comptoir-sales');
  matching(from, 'version', /^1\.\d+$/, 'unknown-version');
  textOr(from, 'generator');
  if (from.createdAt !== undefined) matching(from, 'createdAt', DATE_TIME, 'not-date');
  return {
    shop: within(from, 'shop', (value) => {
      const shop = fields(value, SHOP);
      return {
        id: id(shop, 'id'),
        name: textOr(shop, 'name'),
        currency: matching(shop, 'currency', CURRENCY, 'not-currency'),
        timeZone: text(shop, 'timeZone'),
        country: shop.country === undefined ? null : matching(shop, 'country', COUNTRY, 'not-country'),
      };
    }),
  };
}

/** The document a JSON value spells; throws `Unreadable`, naming the field and the reason. */
export function readDocument(json: unknown, timeZone: string): SalesDocument {
  const from = fields(json, DOCUMENT);
  const kind = choice(from, 'kind', KINDS);
  const day = (at: Fields, key: string): Day => dayOf(at, key, timeZone);
  if (kind === 'creditNote' && from.creditNote === undefined) {
    throw new Unreadable('creditNote', 'credit-note-unnamed');
  }
  const lines = list(from, 'lines', 100_000, readLine);
  if (lines.length === 0) throw new Unreadable('lines', 'too-small: 1');
  textOr(from, 'note'); // of no use to the books
  const document: SalesDocument = {
    kind,
    key: id(from, 'key'),
    test: flag(from, 'test') ?? false,
    pricesIncludeTax: flag(from, 'pricesIncludeTax') ?? false,
    order: within(from, 'order', (value) => {
      const order = fields(value, ORDER);
      return { id: id(order, 'id'), number: textOr(order, 'number'), date: day(order, 'date') };
    }),
    invoice: optional(from, 'invoice', (value) => {
      const invoice = fields(value, ORDER);
      const date = invoice.date === undefined ? null : day(invoice, 'date');
      return { id: idOr(invoice, 'id'), number: textOr(invoice, 'number'), date };
    }),
    creditNote: optional(from, 'creditNote', (value) => {
      const note = fields(value, CREDIT_NOTE);
      return {
        id: id(note, 'id'),
        number: textOr(note, 'number'),
        date: day(note, 'date'),
        reason: textOr(note, 'reason'),
      };
    }),
    updated: from.updated === undefined ? null : matching(from, 'updated', DATE_TIME, 'not-date'),
    status: optional(from, 'status', (value) => {
      const status = fields(value, STATUS);
      return { code: id(status, 'code'), label: textOr(status, 'label') };
    }),
    subShop: optional(from, 'subShop', readNamed),
    channel: optional(from, 'channel', readNamed),
    customer: within(from, 'customer', readCustomer),
    billing: optional(from, 'billing', readAddress),
    delivery: optional(from, 'delivery', readAddress),
    taxCountry: null,
    currency: within(from, 'currency', (value) => {
      const currency = fields(value, CURRENCY_FIELDS);
      return {
        code: currencyCode(currency, 'code'),
        base: currency.base === undefined ? null : currencyCode(currency, 'base'),
        rate: decimalOr(currency, 'rate', RATE, 'not-rate'),
      };
    }),
    lines,
    discounts: list(from, 'discounts', 10_000, readDiscount),
    payments: list(from, 'payments', 10_000, (value) => readPayment(value, day)),
    totals: within(from, 'totals', (value) => {
      const totals = fields(value, TOTALS);
      const taxes = totals.taxes === undefined ? null : list(totals, 'taxes', 50, readTax);
      return { net: amount(totals, 'net'), tax: amount(totals, 'tax'), gross: amount(totals, 'gross'), taxes };
    }),
    tolerance: null,
    wholeOrder: null,
    remarks: [],
  };
  const reading = optional(from, 'reading', (value) => readReading(value, document));
  return reading === null ? document : { ...document, ...reading };
}

function readLine(value: unknown): DocumentLine {
  const from = fields(value, LINE);
  return {
    id: id(from, 'id'),
    of: idOr(from, 'of'),
    kind: choice(from, 'kind', LINE_KINDS),
    label: textOr(from, 'label'),
    product: optional(from, 'product', readProduct),
    carrier: optional(from, 'carrier', readNamed),
    taxRule: optional(from, 'taxRule', readNamed),
    quantity: amountOr(from, 'quantity'),
    netBeforeDiscount: amountOr(from, 'netBeforeDiscount'),
    net: amount(from, 'net'),
    taxes: list(from, 'taxes', 10, readTax),
    gross: amount(from, 'gross'),
  };
}

function readProduct(value: unknown) {
  const from = fields(value, PRODUCT);
  return {
    id: idOr(from, 'id'),
    sku: textOr(from, 'sku'),
    type: textOr(from, 'type'),
    category: textOr(from, 'category'),
  };
}

function readTax(value: unknown): Tax {
  const from = fields(value, TAX);
  return {
    code: idOr(from, 'code'),
    name: textOr(from, 'name'),
    rate: decimal(from, 'rate', PERCENT, 'not-percent'),
    base: amountOr(from, 'base'),
    amount: amount(from, 'amount'),
    treatment: from.treatment === undefined ? null : choice(from, 'treatment', TREATMENTS),
  };
}

function readDiscount(value: unknown): Discount {
  const from = fields(value, DISCOUNT);
  return {
    code: textOr(from, 'code'),
    label: textOr(from, 'label'),
    net: amountOr(from, 'net'),
    gross: amountOr(from, 'gross'),
  };
}

function readPayment(value: unknown, day: (from: Fields, key: string) => Day): Payment {
  const from = fields(value, PAYMENT);
  return {
    id: id(from, 'id'),
    direction: choice(from, 'direction', DIRECTIONS),
    type: from.type === undefined ? 'money' : choice(from, 'type', PAYMENT_TYPES),
    method: within(from, 'method', readNamed),
    date: day(from, 'date'),
    amount: amount(from, 'amount'),
    inCurrency: optional(from, 'inCurrency', (inner) => {
      const other = fields(inner, IN_CURRENCY);
      return {
        code: currencyCode(other, 'code'),
        amount: amount(other, 'amount'),
        rate: decimalOr(other, 'rate', RATE, 'not-rate'),
      };
    }),
    fee: optional(from, 'fee', (inner) => {
      const fee = fields(inner, FEE);
      return { amount: amount(fee, 'amount'), currency: currencyCode(fee, 'currency'), tax: amountOr(fee, 'tax') };
    }),
    transactionId: textOr(from, 'transactionId'),
    payoutId: textOr(from, 'payoutId'),
  };
}

function readCustomer(value: unknown): Customer {
  const from = fields(value, CUSTOMER);
  const customerId = idOr(from, 'id');
  return {
    id: customerId,
    guest: flag(from, 'guest') ?? customerId === null,
    firstName: textOr(from, 'firstName'),
    lastName: textOr(from, 'lastName'),
    company: textOr(from, 'company'),
    email: textOr(from, 'email'),
    phone: textOr(from, 'phone'),
    vatNumber: optional(from, 'vatNumber', (inner) => {
      const number = fields(inner, VAT_NUMBER);
      return { value: text(number, 'value'), valid: flag(number, 'valid') };
    }),
    registrationNumber: textOr(from, 'registrationNumber'),
    groups: list(from, 'groups', 20, readNamed),
    note: textOr(from, 'note'),
    thirdPartyAccount: textOr(from, 'thirdPartyAccount'),
    account: textOr(from, 'account'),
  };
}

function readAddress(value: unknown): Address {
  const from = fields(value, ADDRESS);
  return {
    company: textOr(from, 'company'),
    firstName: textOr(from, 'firstName'),
    lastName: textOr(from, 'lastName'),
    lines: list(from, 'lines', 4, (line) => text({ line }, 'line')),
    postcode: textOr(from, 'postcode'),
    city: textOr(from, 'city'),
    region: textOr(from, 'region'),
    country: matching(from, 'country', COUNTRY, 'not-country'),
    phone: textOr(from, 'phone'),
  };
}

function readNamed(value: unknown): Named {
  const from = fields(value, NAMED);
  return { id: id(from, 'id'), name: textOr(from, 'name') };
}

function amount(from: Fields, key: string): Decimal {
  return decimal(from, key, AMOUNT, 'not-amount');
}

function amountOr(from: Fields, key: string): Decimal | null {
  return decimalOr(from, key, AMOUNT, 'not-amount');
}

function currencyCode(from: Fields, key: string): string {
  return matching(from, key, CURRENCY, 'not-currency');
}

/** The civil day a date or date-time falls on in the zone. */
function dayOf(from: Fields, key: string, timeZone: string): Day {
  const written = matching(from, key, DATE_TIME, 'not-date');
  const day = parseDay(written.slice(0, 10));
  if (written.length === 10 && day !== null) return day;
  const instant = Date.parse(written);
  if (day === null || Number.isNaN(instant)) throw new Unreadable(key, `not-day: ${written.slice(0, 30)}`);
  return dayIn(timeZone, instant);
}
