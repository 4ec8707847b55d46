import { type Day, dayIn, parseDay } from '../core/calendar.ts';
import { type Decimal, decimalText, parseDecimal } from '../core/decimal.ts';
import type { Address, DocumentLine, Payment, SalesDocument, Tax } from '../core/document.ts';
import type { SalesDocumentJson } from './sales-document.ts';

type TaxJson = NonNullable<SalesDocumentJson['lines'][number]['taxes']>[number];
type PaymentJson = NonNullable<SalesDocumentJson['payments']>[number];
type AddressJson = SalesDocumentJson['billing'];

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

function taxFrom(json: TaxJson): Tax {
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

function paymentFrom(json: PaymentJson, day: (text: string) => Day): Payment {
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

function addressFrom(json: AddressJson): Address | null {
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
