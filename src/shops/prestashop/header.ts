import { type Day, dayIn, instantOf, parseDay } from '../../core/calendar.ts';
import type { Rounding } from '../../core/decimal.ts';
import type { Address, Customer, SalesDocument } from '../../core/document.ts';
import { keptDecimals } from '../../core/money.ts';
import type { ReadingOptions } from '../reader.ts';
import type { AddressRow, CustomerRow, OrderInvoice, OrderRecords } from './order.ts';
import type { Reference } from './reference.ts';
import type { RoundType } from './vat.ts';

/** What turning records into documents needs beside the records. */
export type Translation = {
  readonly reference: Reference;
  readonly options: ReadingOptions;
  readonly clock: ShopClock;
};

/** The shop writes times on its own clock, without offset; documents have days of the profile's zone. */
export type ShopClock = { readonly day: (local: string) => Day; readonly instant: (local: string) => string };

/** The part of a document that a sale and the credit notes of its order have in common. */
export type Header = Pick<
  SalesDocument,
  | 'test'
  | 'pricesIncludeTax'
  | 'order'
  | 'subShop'
  | 'channel'
  | 'customer'
  | 'billing'
  | 'delivery'
  | 'taxCountry'
  | 'currency'
> & {
  /** Kept of every amount that is computed here. */
  readonly decimals: number;
  /** Those the shop rounds its own totals and taxes to: by these it is judged. */
  readonly statedDecimals: number;
};

/** A field that refers to something the shop does not give: the document cannot be read. */
export type Fault = { readonly field: string; readonly reason: string };

const ROUNDINGS: readonly Rounding[] = ['up', 'down', 'half-up', 'half-down', 'half-even', 'half-odd'];
const ROUND_TYPES: Readonly<Record<string, RoundType>> = { '1': 'perUnit', '2': 'perLine', '3': 'onTotal' };

export function shopClock(shopZone: string, zone: string): ShopClock {
  return {
    day: (local) => (shopZone === zone ? dayOf(local) : dayIn(zone, instantOf(shopZone, local))),
    instant: (local) => new Date(instantOf(shopZone, local)).toISOString(),
  };
}

function dayOf(local: string): Day {
  const day = parseDay(local.slice(0, 10));
  if (day === null) throw new TypeError(`Not a local time: ${local}`); // the door has checked it
  return day;
}

export function headerOf(records: OrderRecords, { reference, clock, options }: Translation): Header | Fault {
  const { order } = records;
  const currency = reference.currencies.get(order.id_currency);
  if (currency === undefined) return { field: 'id_currency', reason: `currency-gone: ${order.id_currency}` };
  const billing = addressOf(records.billing, records, reference);
  const delivery = addressOf(records.delivery, records, reference);
  const byInvoice = reference.setting('PS_TAX_ADDRESS_TYPE', order.id_shop) === 'id_address_invoice';
  const taxAddress = byInvoice ? (billing ?? delivery) : (delivery ?? billing);
  return {
    test: false,
    pricesIncludeTax: false, // prices are kept net; what the customer sees is computed from them
    order: { id: order.id, number: order.reference === '' ? null : order.reference, date: clock.day(order.date_add) },
    subShop: order.id_shop === null ? null : { id: order.id_shop, name: reference.shops.get(order.id_shop) ?? null },
    channel: null,
    customer: customerOf(records),
    billing,
    delivery,
    taxCountry: taxAddress?.country ?? null,
    // A payment's own rate can be 1 on an order in dollars: only the order's counts.
    currency: { code: currency.code, base: reference.baseCurrency, rate: order.conversion_rate },
    decimals: keptDecimals(currency.decimals, options.decimals),
    statedDecimals: currency.decimals,
  };
}

export function isFault(value: object): value is Fault {
  return 'reason' in value && 'field' in value;
}

/** Invoices that are invoices, in the order they were made. */
export function invoicesOf({ invoices }: OrderRecords): readonly OrderInvoice[] {
  return (invoices ?? []).filter((invoice) => invoice.number !== null);
}

/** The order's first invoice; without a right on invoices, what the order itself says of it. */
export function firstInvoice(records: OrderRecords, translation: Translation): SalesDocument['invoice'] {
  const [invoice] = invoicesOf(records);
  if (invoice !== undefined) return invoiceOf(records, invoice, translation);
  const { invoice_number: number, invoice_date: date } = records.order;
  if (records.invoices !== null || number === null || date === null) return null;
  return { id: null, number: formatted(records, number, date, translation), date: translation.clock.day(date) };
}

export function invoiceOf(
  records: OrderRecords,
  invoice: OrderInvoice,
  translation: Translation,
): SalesDocument['invoice'] {
  const { number, date_add: date } = invoice;
  if (number === null) return null;
  return {
    id: invoice.id,
    number: formatted(records, number, date ?? records.order.date_add, translation),
    date: date === null ? null : translation.clock.day(date),
  };
}

/** `#FA000001`, with the invoice's year before or after where the shop counts by year. */
function formatted({ order }: OrderRecords, number: string, date: string, { reference }: Translation): string {
  const prefix = reference.prefix('PS_INVOICE_PREFIX', order.id_shop, order.id_lang);
  const digits = number.padStart(6, '0');
  if (reference.setting('PS_INVOICE_USE_YEAR', order.id_shop) !== '1') return prefix + digits;
  const year = date.slice(0, 4);
  const first = reference.setting('PS_INVOICE_YEAR_POS', order.id_shop) === '1';
  return first ? `${prefix}${year}/${digits}` : `${prefix}${digits}/${year}`;
}

/** The profile's rounding, else the order's own, else the shop's; per line where none says it. */
export function roundTypeOf({ order }: OrderRecords, { reference, options }: Translation): RoundType {
  return options.rounding === 'shop' ? ownRoundType(order, reference) : options.rounding;
}

export function ownRoundType(order: OrderRecords['order'], reference: Reference): RoundType {
  const stated = order.round_type ?? reference.setting('PS_ROUND_TYPE', order.id_shop);
  return ROUND_TYPES[stated ?? ''] ?? 'perLine';
}

export function roundingOf({ order }: OrderRecords, { reference }: Translation): Rounding {
  const stated = order.round_mode ?? reference.setting('PS_PRICE_ROUND_MODE', order.id_shop) ?? '2';
  return ROUNDINGS[Number(stated)] ?? 'half-up';
}

function customerOf({ customer, billing, delivery }: OrderRecords): Customer {
  const guest = customer?.is_guest ?? false;
  const vatNumber = billing?.vat_number ?? delivery?.vat_number ?? null;
  return {
    // Each order of a guest makes a new record: the e-mail is who the guest is.
    id: guest ? null : (customer?.id ?? null),
    guest,
    firstName: customer?.firstname ?? billing?.firstname ?? null,
    lastName: customer?.lastname ?? billing?.lastname ?? null,
    company: customer?.company ?? billing?.company ?? null,
    email: customer?.email?.toLowerCase() ?? null,
    phone: billing?.phone ?? billing?.phone_mobile ?? null,
    vatNumber: vatNumber === null ? null : { value: vatNumber.toUpperCase().replace(/[\s.-]/g, ''), valid: null },
    registrationNumber: customer?.siret ?? billing?.dni ?? null,
    groups: groupsOf(customer),
    note: null,
    thirdPartyAccount: null,
    account: null,
  };
}

function groupsOf(customer: CustomerRow | null): Customer['groups'] {
  const group = customer?.id_default_group ?? null;
  return group === null ? [] : [{ id: group, name: null }];
}

function addressOf(row: AddressRow | null, { regions }: OrderRecords, reference: Reference): Address | null {
  const country = row?.id_country === null ? undefined : reference.countries.get(row?.id_country ?? '');
  if (row === null || country === undefined) return null;
  return {
    company: row.company,
    firstName: row.firstname,
    lastName: row.lastname,
    lines: [row.address1, row.address2].filter((line) => line !== null),
    postcode: row.postcode,
    city: row.city,
    region: row.id_state === null ? null : (regions[row.id_state] ?? null),
    country,
    phone: row.phone ?? row.phone_mobile,
  };
}
