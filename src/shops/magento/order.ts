import { z } from 'zod';
import { type Decimal, round, ZERO } from '../../core/decimal.ts';
import { currencyCode, idText, textOrNull } from '../../schema/codes.ts';
import { decimalOrNull } from '../../schema/decimal.ts';
import { utcTime } from '../../schema/instant.ts';
import { listIn } from './base-amounts.ts';

/**
 * The part of orders, invoices and credit memos we read: Magento's REST API V1, 2.3 to 2.4.9 (admin schema of
 * AdobeDocs/commerce-webapi). Amounts are JSON numbers in the order's currency, net of tax unless the name says
 * otherwise; `base_*` are the same in the website's (base-amounts.ts). Absent is zero: rows inside a composite item lack most of them.
 */

/** PHP on some hosts adds binary noise to what the database holds at four decimals (55.200000000000003). */
const amount = decimalOrNull.transform((value): Decimal => (value === null ? ZERO : round(value, DATABASE_DECIMALS)));
const DATABASE_DECIMALS = 4;
const idOrNull = z
  .unknown()
  .transform((value) => idText.safeParse(value).data ?? null)
  .default(null);
const list = <Shape extends z.ZodType>(shape: Shape) =>
  z
    .array(shape)
    .nullish()
    .transform((found) => found ?? []);

const appliedTax = z.object({ code: textOrNull, title: textOrNull, percent: amount, amount });
export type AppliedTax = z.infer<typeof appliedTax>;

/** FPT, the eco-tax: a list as JSON text, or as data; amounts of the whole row. */
const fixedTaxes = z
  .unknown()
  .transform((value) => {
    const data = listIn(value);
    return (
      z.array(z.object({ title: textOrNull, row_amount: amount, row_amount_incl_tax: amount })).safeParse(data).data ??
      []
    );
  })
  .default([]);

const itemAmounts = {
  name: textOrNull,
  sku: textOrNull,
  product_id: idOrNull,
  row_total: amount,
  discount_amount: amount, // positive; of prices with tax, it contains the tax
  discount_tax_compensation_amount: amount, // the tax contained in the discount
  tax_amount: amount,
  weee_tax_applied_row_amount: amount,
  weee_tax_applied: fixedTaxes,
};

const orderItem = z.object({
  ...itemAmounts,
  item_id: idText,
  parent_item_id: idOrNull,
  product_type: textOrNull,
  price: amount,
  price_incl_tax: amount,
  original_price: amount,
  tax_percent: amount,
  qty_ordered: amount,
  qty_invoiced: amount,
  qty_canceled: amount,
  weee_tax_applied_amount: amount,
});
export type OrderItem = z.infer<typeof orderItem>;

/** Items of invoices and credit memos have neither type nor parent: the order's item tells (magento/magento2 #38328). */
const documentItem = z.object({ ...itemAmounts, entity_id: idOrNull, order_item_id: idText, qty: amount });
export type DocumentItem = z.infer<typeof documentItem>;

const address = z.object({
  firstname: textOrNull,
  lastname: textOrNull,
  company: textOrNull,
  street: list(z.string().nullable()),
  postcode: textOrNull,
  city: textOrNull,
  region: textOrNull,
  country_id: textOrNull,
  telephone: textOrNull,
  email: textOrNull,
  vat_id: textOrNull,
  vat_is_valid: z.unknown().optional(),
});
export type MagentoAddress = z.infer<typeof address>;

/** What Adobe Commerce adds; wrapping of the whole order, of its items, and a printed card, each with its tax. */
const commerce = {
  customer_balance_amount: amount,
  gift_cards_amount: amount,
  gw_price: amount,
  gw_tax_amount: amount,
  gw_items_price: amount,
  gw_items_tax_amount: amount,
  gw_card_price: amount,
  gw_card_tax_amount: amount,
};

const totals = {
  entity_id: idText,
  increment_id: z.string().min(1),
  store_id: idOrNull,
  created_at: utcTime, // UTC, without offset
  updated_at: utcTime.nullable().catch(null),
  base_currency_code: currencyCode,
  order_currency_code: currencyCode,
  base_to_order_rate: decimalOrNull, // units of the order's currency for one of the base
  grand_total: amount, // what is left to pay after store credit, gift cards and points
  subtotal: amount, // before discount
  tax_amount: amount, // of everything
  discount_amount: amount, // negative, that of shipping included
  discount_tax_compensation_amount: amount,
  shipping_amount: amount,
  shipping_tax_amount: amount,
  shipping_discount_tax_compensation_amount: amount,
};

const extension = z
  .looseObject({
    ...commerce,
    reward_currency_amount: amount,
    customer_balance_total_refunded: amount,
    applied_taxes: list(appliedTax),
    item_applied_taxes: list(
      z.object({ type: textOrNull, item_id: idOrNull, associated_item_id: idOrNull, applied_taxes: list(appliedTax) }),
    ),
    payment_additional_info: list(z.object({ key: textOrNull, value: textOrNull })),
    shipping_assignments: list(
      z.object({ shipping: z.object({ method: textOrNull, address: address.nullish() }).nullish() }),
    ),
    company_order_attributes: z.object({ company_name: textOrNull }).nullish().catch(null),
  })
  .nullish()
  .transform((value) => value ?? null);

export const magentoOrder = z.object({
  ...totals,
  state: textOrNull,
  status: textOrNull,
  store_name: textOrNull, // website, store and view, a line each
  customer_id: idOrNull,
  customer_is_guest: z.unknown().optional(),
  customer_group_id: idOrNull,
  customer_firstname: textOrNull,
  customer_lastname: textOrNull,
  customer_email: textOrNull,
  customer_taxvat: textOrNull,
  customer_note: textOrNull,
  coupon_code: textOrNull,
  discount_description: textOrNull,
  shipping_description: textOrNull,
  shipping_discount_amount: amount,
  total_paid: amount,
  total_due: amount,
  total_refunded: amount,
  original_increment_id: textOrNull,
  relation_parent_real_id: textOrNull,
  relation_child_id: idOrNull,
  relation_child_real_id: textOrNull,
  items: list(orderItem),
  billing_address: address.nullish(),
  payment: z
    .object({
      entity_id: idOrNull,
      method: textOrNull,
      additional_information: z.unknown().optional(), // texts without keys
      amount_paid: amount,
      last_trans_id: textOrNull,
    })
    .nullish(),
  extension_attributes: extension,
});

const commerceExtension = z
  .object(commerce)
  .nullish()
  .transform((value) => value ?? null);

/** `state`: 1 open, 2 paid, 3 cancelled. */
export const magentoInvoice = z.object({
  ...totals,
  order_id: idText,
  state: z.int().catch(1),
  transaction_id: textOrNull,
  items: list(documentItem),
  extension_attributes: commerceExtension,
});

/** Positive amounts, but for the discount; `state`: 1 open, 2 refunded, 3 cancelled. */
export const magentoCreditMemo = z.object({
  ...totals,
  order_id: idText,
  invoice_id: idOrNull,
  state: z.int().catch(2),
  transaction_id: textOrNull,
  customer_note: textOrNull,
  adjustment_positive: amount, // given back on top, without tax
  adjustment_negative: amount, // kept back, without tax
  items: list(documentItem),
  extension_attributes: commerceExtension,
});

/** Transactions of the payment gateway, where it registers them; they state no amount. */
export const magentoTransaction = z.object({
  transaction_id: idText,
  order_id: idText,
  txn_id: textOrNull,
  txn_type: textOrNull,
  created_at: utcTime.nullable().catch(null),
});

export type MagentoOrder = z.infer<typeof magentoOrder>;
export type MagentoInvoice = z.infer<typeof magentoInvoice>;
export type MagentoCreditMemo = z.infer<typeof magentoCreditMemo>;
export type MagentoTransaction = z.infer<typeof magentoTransaction>;
export type MagentoTotals = Pick<MagentoInvoice, keyof typeof totals>;
export type Commerce = NonNullable<MagentoInvoice['extension_attributes']>;
