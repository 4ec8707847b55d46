import { z } from 'zod';
import { type Decimal, round, ZERO } from '../../core/decimal.ts';
import { currencyCode, idText, textOrNull } from '../../schema/codes.ts';
import { decimalOrNull } from '../../schema/decimal.ts';

/**
 * The part of an order we read: Shopware's Admin API, entity `order` with its associations (shopware/admin-api-reference,
 * adminapi.json, 6.4 to 6.6). Amounts are JSON numbers in the order's currency, with tax or without as `taxStatus` says.
 */

/** PHP's numbers may come with binary noise; prices have at most four decimals. */
const amount = decimalOrNull.transform((value): Decimal => (value === null ? ZERO : round(value, PRICE_DECIMALS)));
const PRICE_DECIMALS = 4;
const list = <Shape extends z.ZodType>(shape: Shape) =>
  z
    .array(shape)
    .nullish()
    .transform((value) => value ?? []);
const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const instantOrNull = instant.nullish().transform((value) => value ?? null);

/** `price`: what the tax was computed on, with tax where prices have it. */
const calculatedTax = z.object({ tax: amount, taxRate: amount, price: amount });
const price = z.object({ totalPrice: amount, calculatedTaxes: list(calculatedTax) });
export type ShopwarePrice = z.infer<typeof price>;

const named = z.object({ id: idText, name: textOrNull, technicalName: textOrNull }).nullish();
const state = z.object({ technicalName: z.string() });

const lineItem = z.object({
  id: idText,
  parentId: textOrNull, // inside a container, whose price it is part of
  type: textOrNull, // product, promotion, credit, custom, container ...
  label: textOrNull,
  productId: textOrNull,
  quantity: amount,
  payload: z.object({ productNumber: textOrNull, taxId: textOrNull }).nullish().catch(null),
  createdAt: instantOrNull,
  price: price.nullish().transform((value) => value ?? null),
});
export type ShopwareLine = z.infer<typeof lineItem>;

const address = z.object({
  id: idText,
  company: textOrNull,
  firstName: textOrNull,
  lastName: textOrNull,
  street: textOrNull,
  additionalAddressLine1: textOrNull,
  zipcode: textOrNull,
  city: textOrNull,
  phoneNumber: textOrNull,
  vatId: textOrNull,
  country: z.object({ iso: textOrNull }).nullish(),
});
export type ShopwareAddress = z.infer<typeof address>;

export const shopwareOrder = z.object({
  id: idText,
  autoIncrement: z.int(),
  orderNumber: textOrNull,
  orderDateTime: instant,
  updatedAt: instantOrNull,
  currencyFactor: decimalOrNull, // units of the order's currency for one of the shop's
  currency: z.object({ isoCode: currencyCode }),
  price: z.object({
    totalPrice: amount,
    rawTotal: amount.nullish(),
    calculatedTaxes: list(calculatedTax),
    taxStatus: z.enum(['gross', 'net', 'tax-free']),
  }),
  stateMachineState: state,
  salesChannelId: textOrNull,
  salesChannel: z
    .object({ name: textOrNull, translated: z.object({ name: textOrNull }).nullish().catch(null) })
    .nullish(),
  customerComment: textOrNull,
  orderCustomer: z
    .object({
      customerId: textOrNull,
      firstName: textOrNull,
      lastName: textOrNull,
      email: textOrNull,
      company: textOrNull,
      vatIds: list(z.string().nullable()),
      customer: z.object({ guest: z.boolean().catch(false), groupId: textOrNull }).nullish(),
    })
    .nullish(),
  billingAddressId: textOrNull,
  addresses: list(address),
  lineItems: list(lineItem),
  deliveries: list(
    z.object({ id: idText, shippingCosts: price, shippingMethod: named, shippingOrderAddress: address.nullish() }),
  ),
  transactions: list(
    z.object({
      id: idText,
      createdAt: instant,
      amount: z.object({ totalPrice: amount }),
      paymentMethodId: textOrNull,
      paymentMethod: named,
      stateMachineState: state,
    }),
  ),
  documents: list(
    z.object({
      documentNumber: textOrNull,
      createdAt: instantOrNull,
      documentType: z.object({ technicalName: textOrNull }).nullish(),
      config: z.object({ documentNumber: textOrNull, documentDate: textOrNull }).nullish().catch(null),
    }),
  ),
});

export type ShopwareOrder = z.infer<typeof shopwareOrder>;

/** What is asked along with an order. */
export const ASSOCIATIONS = {
  currency: {},
  stateMachineState: {},
  salesChannel: {},
  orderCustomer: { associations: { customer: {} } },
  addresses: { associations: { country: {} } },
  lineItems: {},
  deliveries: { associations: { shippingMethod: {}, shippingOrderAddress: { associations: { country: {} } } } },
  transactions: { associations: { paymentMethod: {}, stateMachineState: {} } },
  documents: { associations: { documentType: {} } },
};
