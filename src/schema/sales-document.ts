import { z } from 'zod';
import { type Day, dayIn, parseDay } from '../core/calendar.ts';
import { type Decimal, decimalText, parseDecimal } from '../core/decimal.ts';
import type { Address, DocumentLine, Payment, SalesDocument, Tax } from '../core/document.ts';

/**
 * The JSON spelling of the canonical document (`comptoir-sales` 1.0): amounts and rates are text, absent fields are
 * left out, unknown fields are refused so that a typing error cannot lose an amount. Parsed with the shop's zone, since
 * a date-time becomes the civil day there.
 */

const AMOUNT = /^-?(?:0|[1-9]\d{0,11})(?:\.\d{1,6})?$/;
const RATE = /^(?:0|[1-9]\d{0,8})(?:\.\d{1,10})?$/;
const PERCENT = /^(?:100|\d{1,2}(?:\.\d{1,4})?)$/;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2}))?$/;

const id = z.string().min(1).max(200);
const words = z.string().max(1000);
const amount = z
  .string()
  .regex(AMOUNT, 'an amount is decimal text with a point and at most 6 decimals, such as "12.50"');
const rate = z.string().regex(RATE, 'a rate is decimal text with a point, such as "1.0862"');
const percent = z.string().regex(PERCENT, 'a VAT rate is a percentage as text, such as "5.5"');
const date = z.string().regex(DATE_TIME, 'a date is YYYY-MM-DD, or a date-time with its offset');
const countryCode = z.string().regex(/^[A-Z]{2}$/, 'a country is two capital letters');
const currencyCode = z.string().regex(/^[A-Z]{3}$/, 'a currency is three capital letters');
const named = z.strictObject({ id, name: words.optional() });

const tax = z.strictObject({
  code: id.optional(),
  name: words.optional(),
  rate: percent,
  base: amount.optional(),
  amount,
  treatment: z
    .enum([
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
    ])
    .optional(),
});

const line = z.strictObject({
  id,
  of: id.optional(),
  kind: z.enum([
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
  ]),
  label: words.optional(),
  product: z
    .strictObject({ id: id.optional(), sku: words.optional(), type: words.optional(), category: words.optional() })
    .optional(),
  carrier: named.optional(),
  taxRule: named.optional(),
  quantity: amount.optional(),
  netBeforeDiscount: amount.optional(),
  net: amount,
  taxes: z.array(tax).max(10).optional(),
  gross: amount,
});

const address = z.strictObject({
  company: words.optional(),
  firstName: words.optional(),
  lastName: words.optional(),
  lines: z.array(words).max(4).optional(),
  postcode: words.optional(),
  city: words.optional(),
  region: words.optional(),
  country: countryCode,
  phone: words.optional(),
});

const payment = z.strictObject({
  id,
  direction: z.enum(['in', 'out']),
  type: z.enum(['money', 'giftCard', 'storeCredit', 'points']).optional(),
  method: named,
  date,
  amount,
  inCurrency: z.strictObject({ code: currencyCode, amount, rate: rate.optional() }).optional(),
  fee: z.strictObject({ amount, currency: currencyCode, tax: amount.optional() }).optional(),
  transactionId: words.optional(),
  payoutId: words.optional(),
});

export const salesDocumentJson = z
  .strictObject({
    kind: z.enum(['sale', 'creditNote']),
    key: id,
    test: z.boolean().optional(),
    pricesIncludeTax: z.boolean().optional(),
    order: z.strictObject({ id, number: words.optional(), date }),
    invoice: z.strictObject({ id: id.optional(), number: words.optional(), date: date.optional() }).optional(),
    creditNote: z.strictObject({ id, number: words.optional(), date, reason: words.optional() }).optional(),
    updated: date.optional(),
    status: z.strictObject({ code: id, label: words.optional() }).optional(),
    subShop: named.optional(),
    channel: named.optional(),
    customer: z.strictObject({
      id: id.optional(),
      guest: z.boolean().optional(),
      firstName: words.optional(),
      lastName: words.optional(),
      company: words.optional(),
      email: words.optional(),
      phone: words.optional(),
      vatNumber: z.strictObject({ value: words, valid: z.boolean().optional() }).optional(),
      registrationNumber: words.optional(),
      groups: z.array(named).max(20).optional(),
      note: words.optional(),
      thirdPartyAccount: words.optional(),
      account: words.optional(),
    }),
    billing: address.optional(),
    delivery: address.optional(),
    currency: z.strictObject({ code: currencyCode, base: currencyCode.optional(), rate: rate.optional() }),
    lines: z.array(line).min(1),
    discounts: z
      .array(
        z.strictObject({
          code: words.optional(),
          label: words.optional(),
          net: amount.optional(),
          gross: amount.optional(),
        }),
      )
      .optional(),
    payments: z.array(payment).optional(),
    totals: z.strictObject({ net: amount, tax: amount, gross: amount, taxes: z.array(tax).max(50).optional() }),
    note: words.optional(),
  })
  .refine((document) => document.kind !== 'creditNote' || document.creditNote !== undefined, {
    path: ['creditNote'],
    error: 'credit-note-unnamed',
  });

export type SalesDocumentJson = z.infer<typeof salesDocumentJson>;

/** What a file's first line says of the shop the documents come from. */
export const salesFileHeader = z.strictObject({
  format: z.literal('comptoir-sales'),
  version: z.string().regex(/^1\.\d+$/, 'this version of Comptoir reads comptoir-sales 1.x'),
  generator: words.optional(),
  createdAt: date.optional(),
  shop: z.strictObject({
    id,
    name: words.optional(),
    currency: currencyCode,
    timeZone: words,
    country: countryCode.optional(),
  }),
});

export type SalesFileHeader = z.infer<typeof salesFileHeader>;

/** The document a checked JSON value spells. Throws `RangeError` for a date that does not exist. */
export function documentFromJson(json: SalesDocumentJson, timeZone: string): SalesDocument {
  const day = (text: string): Day => civilDay(text, timeZone);
  const { customer } = json;
  return {
    kind: json.kind,
    key: json.key,
    test: json.test ?? false,
    pricesIncludeTax: json.pricesIncludeTax ?? false,
    order: { id: json.order.id, number: json.order.number ?? null, date: day(json.order.date) },
    invoice: json.invoice
      ? {
          id: json.invoice.id ?? null,
          number: json.invoice.number ?? null,
          date: json.invoice.date === undefined ? null : day(json.invoice.date),
        }
      : null,
    creditNote: json.creditNote
      ? {
          id: json.creditNote.id,
          number: json.creditNote.number ?? null,
          date: day(json.creditNote.date),
          reason: json.creditNote.reason ?? null,
        }
      : null,
    updated: json.updated ?? null,
    status: json.status ? { code: json.status.code, label: json.status.label ?? null } : null,
    subShop: namedFrom(json.subShop),
    channel: namedFrom(json.channel),
    customer: {
      id: customer.id ?? null,
      guest: customer.guest ?? customer.id === undefined,
      firstName: customer.firstName ?? null,
      lastName: customer.lastName ?? null,
      company: customer.company ?? null,
      email: customer.email ?? null,
      phone: customer.phone ?? null,
      vatNumber: customer.vatNumber
        ? { value: customer.vatNumber.value, valid: customer.vatNumber.valid ?? null }
        : null,
      registrationNumber: customer.registrationNumber ?? null,
      groups: (customer.groups ?? []).map(({ id, name }) => ({ id, name: name ?? null })),
      note: customer.note ?? null,
      thirdPartyAccount: customer.thirdPartyAccount ?? null,
      account: customer.account ?? null,
    },
    billing: addressFrom(json.billing),
    delivery: addressFrom(json.delivery),
    taxCountry: null,
    currency: {
      code: json.currency.code,
      base: json.currency.base ?? null,
      rate: json.currency.rate === undefined ? null : exact(json.currency.rate),
    },
    lines: json.lines.map(lineFrom),
    discounts: (json.discounts ?? []).map((discount) => ({
      code: discount.code ?? null,
      label: discount.label ?? null,
      net: discount.net === undefined ? null : exact(discount.net),
      gross: discount.gross === undefined ? null : exact(discount.gross),
    })),
    payments: (json.payments ?? []).map((item) => paymentFrom(item, day)),
    totals: {
      net: exact(json.totals.net),
      tax: exact(json.totals.tax),
      gross: exact(json.totals.gross),
      taxes: json.totals.taxes ? json.totals.taxes.map(taxFrom) : null,
    },
    tolerance: null,
    wholeOrder: null,
    remarks: [],
  };
}

/** The JSON spelling of a document: what files, answers and the store hold. Absent values are left out. */
export function documentToJson(document: SalesDocument): SalesDocumentJson {
  const { customer, creditNote, invoice, order, totals } = document;
  return present({
    kind: document.kind,
    key: document.key,
    test: document.test || undefined,
    pricesIncludeTax: document.pricesIncludeTax,
    order: present({ id: order.id, number: order.number, date: order.date }),
    invoice: invoice && present({ id: invoice.id, number: invoice.number, date: invoice.date }),
    creditNote:
      creditNote &&
      present({ id: creditNote.id, number: creditNote.number, date: creditNote.date, reason: creditNote.reason }),
    updated: document.updated,
    status: document.status && present({ code: document.status.code, label: document.status.label }),
    subShop: document.subShop && present(document.subShop),
    channel: document.channel && present(document.channel),
    customer: present({
      id: customer.id,
      guest: customer.guest,
      firstName: customer.firstName,
      lastName: customer.lastName,
      company: customer.company,
      email: customer.email,
      phone: customer.phone,
      vatNumber: customer.vatNumber && present(customer.vatNumber),
      registrationNumber: customer.registrationNumber,
      groups: customer.groups.length > 0 ? customer.groups.map((group) => present(group)) : undefined,
      note: customer.note,
      thirdPartyAccount: customer.thirdPartyAccount,
      account: customer.account,
    }),
    billing: addressTo(document.billing),
    delivery: addressTo(document.delivery),
    currency: present({
      code: document.currency.code,
      base: document.currency.base,
      rate: document.currency.rate && decimalText(document.currency.rate),
    }),
    lines: document.lines.map(lineTo),
    discounts:
      document.discounts.length > 0
        ? document.discounts.map(({ code, label, net, gross }) =>
            present({ code, label, net: net && decimalText(net, 2), gross: gross && decimalText(gross, 2) }),
          )
        : undefined,
    payments: document.payments.length > 0 ? document.payments.map(paymentTo) : undefined,
    totals: present({
      net: decimalText(totals.net, 2),
      tax: decimalText(totals.tax, 2),
      gross: decimalText(totals.gross, 2),
      taxes: totals.taxes ? totals.taxes.map(taxTo) : undefined,
    }),
  }) as SalesDocumentJson; // every value was spelt as the schema wants it, which the round-trip test checks
}

/** The civil day a date or date-time falls on in the zone. */
export function civilDay(text: string, timeZone: string): Day {
  const day = text.length === 10 ? parseDay(text) : dayIn(timeZone, Date.parse(text));
  if (day === null) throw new RangeError(`not-day: ${text}`);
  return day;
}

function lineFrom(json: SalesDocumentJson['lines'][number]): DocumentLine {
  return {
    id: json.id,
    of: json.of ?? null,
    kind: json.kind,
    label: json.label ?? null,
    product: json.product
      ? {
          id: json.product.id ?? null,
          sku: json.product.sku ?? null,
          type: json.product.type ?? null,
          category: json.product.category ?? null,
        }
      : null,
    carrier: namedFrom(json.carrier),
    taxRule: namedFrom(json.taxRule),
    quantity: json.quantity === undefined ? null : exact(json.quantity),
    netBeforeDiscount: json.netBeforeDiscount === undefined ? null : exact(json.netBeforeDiscount),
    net: exact(json.net),
    taxes: json.taxes ? json.taxes.map(taxFrom) : [],
    gross: exact(json.gross),
  };
}

function lineTo(line: DocumentLine) {
  return present({
    id: line.id,
    of: line.of,
    kind: line.kind,
    label: line.label,
    product: line.product && present(line.product),
    carrier: line.carrier && present(line.carrier),
    taxRule: line.taxRule && present(line.taxRule),
    quantity: line.quantity && decimalText(line.quantity),
    netBeforeDiscount: line.netBeforeDiscount && decimalText(line.netBeforeDiscount, 2),
    net: decimalText(line.net, 2),
    taxes: line.taxes.length > 0 ? line.taxes.map(taxTo) : undefined,
    gross: decimalText(line.gross, 2),
  });
}

function taxFrom(json: z.infer<typeof tax>): Tax {
  return {
    code: json.code ?? null,
    name: json.name ?? null,
    rate: exact(json.rate),
    base: json.base === undefined ? null : exact(json.base),
    amount: exact(json.amount),
    treatment: json.treatment ?? null,
  };
}

function taxTo({ code, name, rate, base, amount, treatment }: Tax) {
  return present({
    code,
    name,
    rate: decimalText(rate),
    base: base && decimalText(base, 2),
    amount: decimalText(amount, 2),
    treatment,
  });
}

function paymentFrom(json: z.infer<typeof payment>, day: (text: string) => Day): Payment {
  return {
    id: json.id,
    direction: json.direction,
    type: json.type ?? 'money',
    method: { id: json.method.id, name: json.method.name ?? null },
    date: day(json.date),
    amount: exact(json.amount),
    inCurrency: json.inCurrency
      ? {
          code: json.inCurrency.code,
          amount: exact(json.inCurrency.amount),
          rate: json.inCurrency.rate === undefined ? null : exact(json.inCurrency.rate),
        }
      : null,
    fee: json.fee
      ? {
          amount: exact(json.fee.amount),
          currency: json.fee.currency,
          tax: json.fee.tax === undefined ? null : exact(json.fee.tax),
        }
      : null,
    transactionId: json.transactionId ?? null,
    payoutId: json.payoutId ?? null,
  };
}

function paymentTo(payment: Payment) {
  const { inCurrency, fee } = payment;
  return present({
    id: payment.id,
    direction: payment.direction,
    type: payment.type === 'money' ? undefined : payment.type,
    method: present(payment.method),
    date: payment.date,
    amount: decimalText(payment.amount, 2),
    inCurrency:
      inCurrency &&
      present({
        code: inCurrency.code,
        amount: decimalText(inCurrency.amount, 2),
        rate: inCurrency.rate && decimalText(inCurrency.rate),
      }),
    fee:
      fee &&
      present({ amount: decimalText(fee.amount, 2), currency: fee.currency, tax: fee.tax && decimalText(fee.tax, 2) }),
    transactionId: payment.transactionId,
    payoutId: payment.payoutId,
  });
}

function addressFrom(json: z.infer<typeof address> | undefined): Address | null {
  if (!json) return null;
  return {
    company: json.company ?? null,
    firstName: json.firstName ?? null,
    lastName: json.lastName ?? null,
    lines: json.lines ?? [],
    postcode: json.postcode ?? null,
    city: json.city ?? null,
    region: json.region ?? null,
    country: json.country,
    phone: json.phone ?? null,
  };
}

function addressTo(address: Address | null) {
  return address && present({ ...address, lines: address.lines.length > 0 ? address.lines : undefined });
}

function namedFrom(json: { id: string; name?: string | undefined } | undefined) {
  return json ? { id: json.id, name: json.name ?? null } : null;
}

function exact(text: string): Decimal {
  const value = parseDecimal(text);
  if (value === null) throw new TypeError(`Not a decimal: ${text}`); // the schema has checked it
  return value;
}

function present(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
}
