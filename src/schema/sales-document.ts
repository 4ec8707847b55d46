import { z } from 'zod';

/**
 * The JSON spelling of the canonical document (`comptoir-sales` 1.0): amounts and rates are text, absent fields are
 * left out, unknown fields are refused so that a typing error cannot lose an amount. `sales-json.ts` makes documents of it.
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
