import { type Day, dayIn } from '../../core/calendar.ts';
import { add, type Decimal } from '../../core/decimal.ts';
import type { Address, Customer, Discount, Named, SalesDocument } from '../../core/document.ts';
import { countryCode } from '../../schema/codes.ts';
import type { ReadingOptions } from '../reader.ts';
import { numberIn } from './client.ts';
import type { View } from './money.ts';
import type { ShopifyOrder } from './order.ts';

/** What the shop says of itself, needed to understand its orders. */
export type OrderContext = {
  readonly timeZone: string;
  readonly country: string | null;
  /** Places of sale, by id: their country is that of what is sold there. */
  readonly locations: ReadonlyMap<string, { readonly name: string; readonly country: string | null }>;
  /** Several legal entities sell through the shop: each is a sub-shop. */
  readonly hasEntities: boolean;
  readonly options: ReadingOptions;
};

type Address2 = NonNullable<ShopifyOrder['billingAddress']>;

/** What all documents of an order share. */
export function headerOf(order: ShopifyOrder, context: OrderContext, view: View) {
  const billing = addressOf(order.billingAddress);
  const delivery = addressOf(order.shippingAddress);
  const country = countryOf(order, context);
  const header: Pick<
    SalesDocument,
    | 'test'
    | 'pricesIncludeTax'
    | 'updated'
    | 'status'
    | 'subShop'
    | 'channel'
    | 'customer'
    | 'billing'
    | 'delivery'
    | 'taxCountry'
    | 'currency'
    | 'tolerance'
  > = {
    test: order.test,
    pricesIncludeTax: order.taxesIncluded,
    updated: new Date(order.updatedAt).toISOString(),
    status: order.displayFinancialStatus === null ? null : { code: order.displayFinancialStatus, label: null },
    subShop: subShopOf(order, context.hasEntities),
    channel: channelOf(order),
    customer: customerOf(order),
    billing,
    delivery,
    taxCountry: country.code,
    currency: view.currency,
    tolerance: null,
  };
  return { header, countrySupposed: country.supposed };
}

/**
 * Where the sale was taxed: where the goods went, for a till where it stands, else where the invoice goes. An order whose
 * addresses may not be read, or were erased, says it by its taxes (`FR TVA`) at best; the shop's own country is a guess.
 */
function countryOf(order: ShopifyOrder, { country, locations }: OrderContext) {
  const place = locations.get(numberIn(order.retailLocation?.id ?? ''))?.country ?? null;
  const stated =
    order.shippingAddress?.countryCodeV2 ?? place ?? order.billingAddress?.countryCodeV2 ?? titleCountry(order);
  return { code: stated ?? country, supposed: stated === null && country !== null };
}

function titleCountry({ taxLines }: ShopifyOrder): string | null {
  for (const { title } of taxLines) {
    const found = /^([A-Z]{2}) /.exec(title)?.[1];
    if (found !== undefined) return found;
  }
  return null;
}

/** Legal entities are sub-shops where there are several; a till's place of sale is one always. */
export function subShopOf(
  { retailLocation, merchantBusinessEntity }: Pick<ShopifyOrder, 'retailLocation' | 'merchantBusinessEntity'>,
  hasEntities: boolean,
): Named | null {
  if (retailLocation?.id != null) return { id: numberIn(retailLocation.id), name: retailLocation.name };
  if (!hasEntities || merchantBusinessEntity == null) return null;
  const { id, companyName, displayName } = merchantBusinessEntity;
  return { id: numberIn(id), name: companyName ?? displayName };
}

function channelOf({ sourceName, app, attribution }: ShopifyOrder): Named | null {
  const id = attribution?.handle ?? sourceName;
  return id === null || id === undefined ? null : { id, name: attribution?.displayName ?? app?.name ?? null };
}

function customerOf(order: ShopifyOrder): Customer {
  const { customer, purchasingEntity, billingAddress, shippingAddress, email, phone } = order;
  const address = billingAddress ?? shippingAddress;
  const number = vatNumberOf(order);
  return {
    id: customer?.legacyResourceId ?? null,
    guest: customer === null,
    firstName: customer?.firstName ?? address?.firstName ?? null,
    lastName: customer?.lastName ?? address?.lastName ?? null,
    company: purchasingEntity?.company?.name ?? address?.company ?? null,
    email: email ?? customer?.defaultEmailAddress?.emailAddress ?? null,
    phone: phone ?? customer?.defaultPhoneNumber?.phoneNumber ?? address?.phone ?? null,
    vatNumber: number === null ? null : { value: number.toUpperCase().replace(/[\s.-]/g, ''), valid: null },
    registrationNumber: null,
    groups: [],
    note: customer?.note ?? null,
    thirdPartyAccount: null,
    account: null,
  };
}

/** Of the company that buys, else of the customer, else the tax field of the country's own checkout (IT, ES, PT ...). */
function vatNumberOf({ purchasingEntity, customer, localizedFields }: ShopifyOrder): string | null {
  return (
    purchasingEntity?.location?.taxSettings?.taxRegistrationId ??
    customer?.taxSettings?.taxId ??
    localizedFields.find(({ purpose, value }) => purpose === 'TAX' && value !== null)?.value ??
    null
  );
}

function addressOf(address: Address2 | null): Address | null {
  const country = countryCode.safeParse(address?.countryCodeV2);
  if (address === null || !country.success) return null;
  return {
    company: address.company,
    firstName: address.firstName,
    lastName: address.lastName ?? address.name,
    lines: [address.address1, address.address2].filter((line) => line !== null),
    postcode: address.zip,
    city: address.city,
    region: address.province,
    country: country.data,
    phone: address.phone,
  };
}

/** Shopify numbers no invoices; an invoicing app writes its number in an attribute that the profile names. */
export function invoiceOf(order: ShopifyOrder, context: OrderContext, date: Day): SalesDocument['invoice'] {
  for (const wanted of context.options.invoiceNumberKeys) {
    const number = order.customAttributes.find(({ key }) => key === wanted)?.value ?? null;
    if (number !== null) return { id: null, number, date };
  }
  return null;
}

/** Each discount of the order with its share of all lines and parcels, in prices as the order has them. */
export function discountsOf(order: ShopifyOrder, view: View): readonly Discount[] {
  const found = new Map<number, { code: string | null; label: string | null; amount: Decimal }>();
  for (const { discountAllocations } of [...order.lineItems, ...order.shippingLines]) {
    for (const { allocatedAmountSet, discountApplication: own } of discountAllocations) {
      const named = order.discountApplications?.find(({ index }) => index === own.index) ?? own;
      const amount = view.of(allocatedAmountSet);
      const known = found.get(own.index);
      if (known === undefined) found.set(own.index, { code: named.code, label: named.title ?? named.code, amount });
      else known.amount = add(known.amount, amount);
    }
  }
  return [...found]
    .toSorted(([a], [b]) => a - b)
    .map(([, { code, label, amount }]) => ({
      code,
      label,
      net: order.taxesIncluded ? null : amount,
      gross: order.taxesIncluded ? amount : null,
    }));
}

export function orderDay({ processedAt }: Pick<ShopifyOrder, 'processedAt'>, { timeZone }: OrderContext): Day {
  return dayIn(timeZone, processedAt);
}
