import { z } from 'zod';
import { textOrNull } from '../../schema/codes.ts';
import { decimal, decimalOrNull } from '../../schema/decimal.ts';
import { utcTime } from '../../schema/instant.ts';
import { balanceRow } from './balance-row.ts';

/**
 * The part of an order we read: Admin GraphQL API 2026-10, `Order` with all its connections as lists (fetch.ts), a line
 * of a bulk operation in the same shape (bulk.ts). Amounts are decimal text without trailing zeros, in the shop's money
 * and in what the customer saw; rates are fractions; times are UTC with `Z`.
 */
const money = z.object({ amount: decimal, currencyCode: z.string() });
const bag = z.object({ shopMoney: money, presentmentMoney: money });
const maybeBag = bag.nullish().transform((value) => value ?? null);
const id = z.string().min(1);
const reference = z
  .object({ id })
  .nullish()
  .transform((value) => value?.id ?? null);

const taxLine = z.object({
  title: z.string(),
  /** A fraction: 0.2 for 20 %. */
  rate: decimalOrNull,
  /** Remitted by the channel: not the merchant's VAT. */
  channelLiable: z.boolean().nullish(),
});
const tax = taxLine.extend({ priceSet: bag });

const address = z
  .object({
    firstName: textOrNull,
    lastName: textOrNull,
    name: textOrNull,
    company: textOrNull,
    address1: textOrNull,
    address2: textOrNull,
    zip: textOrNull,
    city: textOrNull,
    province: textOrNull,
    countryCodeV2: textOrNull,
    phone: textOrNull,
  })
  .nullish()
  .transform((value) => value ?? null);

const customer = z
  .object({
    legacyResourceId: z.coerce.string(),
    firstName: textOrNull,
    lastName: textOrNull,
    note: textOrNull,
    defaultEmailAddress: z.object({ emailAddress: textOrNull }).nullish(),
    defaultPhoneNumber: z.object({ phoneNumber: textOrNull }).nullish(),
    taxSettings: z.object({ taxId: textOrNull }).nullish(),
  })
  .nullish()
  .transform((value) => value ?? null);

const purchasingEntity = z
  .object({
    company: z.object({ name: textOrNull }).nullish(),
    location: z.object({ taxSettings: z.object({ taxRegistrationId: textOrNull }).nullish() }).nullish(),
  })
  .nullish()
  .transform((value) => value ?? null);

const named = z
  .object({ id: textOrNull, name: textOrNull })
  .nullish()
  .transform((value) => value ?? null);

/** Each allocation names its discount: by its place in the order's list, and in a bulk operation by itself. */
const application = z.object({
  index: z.int(),
  targetType: textOrNull,
  code: textOrNull,
  title: textOrNull,
});
const allocation = z.object({ allocatedAmountSet: bag, discountApplication: application });

const duty = z.object({ id, price: bag, taxLines: z.array(tax) });

const line = z.object({
  id,
  name: textOrNull,
  sku: textOrNull,
  quantity: z.int(),
  isGiftCard: z.boolean(),
  taxable: z.boolean(),
  originalTotalSet: bag,
  discountAllocations: z.array(allocation),
  taxLines: z.array(tax),
  duties: z.array(duty),
  product: z
    .object({ legacyResourceId: z.coerce.string(), productType: textOrNull })
    .nullish()
    .transform((value) => value ?? null),
});

const shippingLine = z.object({
  id: z
    .string()
    .nullish()
    .transform((value) => value ?? null),
  title: textOrNull,
  code: textOrNull,
  isRemoved: z.boolean(),
  originalPriceSet: bag,
  discountedPriceSet: bag,
  discountAllocations: z.array(allocation),
  taxLines: z.array(tax),
});

const moneyOnly = money.nullish().transform((value) => value ?? null);

const transaction = z.object({
  id,
  kind: z.string(),
  status: z.string(),
  test: z.boolean(),
  gateway: textOrNull,
  formattedGateway: textOrNull,
  createdAt: utcTime.nullish(),
  processedAt: utcTime.nullish(),
  amountSet: bag,
  /** What cash was rounded by: really taken are the two together. */
  amountRoundingSet: maybeBag,
  parentTransaction: reference,
  paymentId: textOrNull,
  fees: z.array(z.object({ amount: money, taxAmount: moneyOnly })).nullish(),
  currencyExchangeAdjustment: z.object({ finalAmountSet: money }).nullish(),
});

const sale = z.object({
  __typename: z.string(),
  id,
  actionType: z.string(),
  quantity: z
    .int()
    .nullish()
    .transform((value) => value ?? null),
  /** After discounts and with taxes, whether or not prices include them. */
  totalAmount: bag,
  totalTaxAmount: bag,
  totalDiscountAmountBeforeTaxes: bag,
  taxes: z.array(z.object({ amount: bag, taxLine })),
  lineItem: z.object({ id, title: textOrNull }).nullish(),
  shippingLine: z.object({ id: textOrNull, title: textOrNull, code: textOrNull }).nullish(),
  duty: z.object({ id }).nullish(),
  additionalFee: z.object({ id, name: textOrNull }).nullish(),
});

const agreement = z.object({
  __typename: z.string(),
  id,
  reason: z.string(),
  happenedAt: utcTime,
  refund: reference,
  return: z
    .object({ id, name: textOrNull })
    .nullish()
    .transform((value) => value ?? null),
  sales: z.array(sale),
});

const refund = z.object({
  id,
  legacyResourceId: z.coerce.string(),
  createdAt: utcTime.nullish(),
  processedAt: utcTime.nullish(),
  note: textOrNull,
  totalRefundedSet: bag,
  return: reference,
  /** Ids of its transactions (12b of the notes), which do not say their refund themselves. */
  transactionIds: z.array(z.string()),
});

/** A refund by its own lines, read where the order's ledger does not tell it. */
const refundDetail = z.object({
  id,
  createdAt: utcTime.nullish(),
  processedAt: utcTime.nullish(),
  totalRefundedSet: bag,
  duties: z.array(z.object({ amountSet: bag, originalDuty: z.object({ id }).nullish() })).nullish(),
  refundLineItems: z.array(
    z.object({
      id: textOrNull,
      quantity: z.int(),
      lineItem: z.object({ id, isGiftCard: z.boolean() }),
      subtotalSet: bag,
      totalTaxSet: bag,
    }),
  ),
  refundShippingLines: z.array(
    z.object({
      id: textOrNull,
      shippingLine: z.object({ id: textOrNull, title: textOrNull, code: textOrNull }).nullish(),
      subtotalAmountSet: bag,
      taxAmountSet: bag,
    }),
  ),
  orderAdjustments: z.array(z.object({ id, amountSet: bag, taxAmountSet: bag })),
});

export const shopifyOrder = z.object({
  id,
  legacyResourceId: z.coerce.string(),
  name: z.string(),
  processedAt: utcTime,
  updatedAt: utcTime,
  cancelledAt: utcTime.nullish(),
  test: z.boolean(),
  taxesIncluded: z.boolean(),
  dutiesIncluded: z.boolean().nullish(),
  estimatedTaxes: z.boolean(),
  displayFinancialStatus: textOrNull,
  currencyCode: z.string(),
  presentmentCurrencyCode: z.string(),
  sourceName: textOrNull,
  app: named,
  attribution: z.object({ handle: textOrNull, displayName: textOrNull }).nullish(),
  merchantBusinessEntity: z.object({ id, displayName: textOrNull, companyName: textOrNull }).nullish(),
  /** Present where the app that sold is the seller of record. */
  merchantOfRecordApp: named,
  retailLocation: named,
  customAttributes: z.array(z.object({ key: z.string(), value: textOrNull })),
  note: textOrNull,
  email: textOrNull,
  phone: textOrNull,
  customer,
  purchasingEntity,
  billingAddress: address,
  shippingAddress: address,
  localizedFields: z
    .array(z.object({ purpose: textOrNull, value: textOrNull }))
    .nullish()
    .transform((value) => value ?? []),
  taxLines: z.array(tax),
  originalTotalPriceSet: bag,
  totalPriceSet: bag,
  currentTotalPriceSet: bag,
  refundDiscrepancySet: bag,
  totalTipReceivedSet: maybeBag,
  totalReceivedSet: bag,
  totalRefundedSet: bag,
  additionalFees: z.array(z.object({ id, name: textOrNull, price: bag, taxLines: z.array(tax) })),
  /** Null in a bulk operation, where each allocation names its own. */
  discountApplications: z
    .array(application)
    .nullish()
    .transform((value) => value ?? null),
  lineItems: z.array(line),
  shippingLines: z.array(shippingLine),
  transactions: z.array(transaction),
  refunds: z.array(refund),
  agreements: z.array(agreement),
  refundDetails: z.array(refundDetail).nullish(),
  /** Rows of Shopify Payments' balance that its payments made (balance.ts); absent where they may not be read. */
  balance: z.array(balanceRow).nullish(),
});

export type ShopifyOrder = z.infer<typeof shopifyOrder>;
export type ShopifyBag = z.infer<typeof bag>;
export type ShopifyTax = z.infer<typeof tax>;
export type ShopifyLine = ShopifyOrder['lineItems'][number];
export type ShopifyShipping = ShopifyOrder['shippingLines'][number];
export type ShopifyTransaction = ShopifyOrder['transactions'][number];
export type ShopifyRefund = ShopifyOrder['refunds'][number];
export type ShopifyAgreement = ShopifyOrder['agreements'][number];
export type ShopifySale = ShopifyAgreement['sales'][number];
