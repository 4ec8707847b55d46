import { z } from 'zod';
import { currencyCode, idText, textOrNull } from '../../schema/codes.ts';
import { decimal, decimalOrNull } from '../../schema/decimal.ts';
import { utcTime } from '../../schema/instant.ts';

/**
 * The part of orders and refunds we read: WooCommerce REST API v3, *Order properties* and *Refund properties*, 3.5 to
 * 10.x. Amounts are decimal text in the order's currency, net whatever the shop's prices are, and after discounts in
 * `total`. Read with `dp=6`, they have six decimals; taxes of a line have up to six whatever is asked.
 */

/** Plug-ins add to it, in any shape; a shop without any sends an empty list. */
const metaData = z.array(z.object({ key: z.string(), value: z.unknown().optional() })).default([]);

/** An administrator's recalculation writes every rate of the order on every line: `""` when it does not apply. */
const lineTaxes = z.array(z.object({ id: idText, total: decimalOrNull })).default([]);

const address = z.object({
  first_name: textOrNull,
  last_name: textOrNull,
  company: textOrNull,
  address_1: textOrNull,
  address_2: textOrNull,
  city: textOrNull,
  state: textOrNull,
  postcode: textOrNull,
  country: textOrNull,
  email: textOrNull,
  phone: textOrNull,
});

/** `price` is left out on purpose: a JSON number with many decimals that is no stated amount. */
const productLine = z.object({
  id: idText,
  name: textOrNull,
  product_id: idText,
  quantity: decimal, // plug-ins sell 0.5 metre
  tax_class: z.string(), // "" is `standard`; a slug can outlive the shop's list of classes
  subtotal: decimal,
  total: decimal,
  taxes: lineTaxes,
  meta_data: metaData,
  sku: textOrNull,
  bundled_by: textOrNull, // Product Bundles: id of the parent's line, else ""
});

const shippingLine = z.object({
  id: idText,
  method_title: textOrNull,
  method_id: textOrNull,
  instance_id: textOrNull, // "" on orders typed by hand or imported
  total: decimal,
  taxes: lineTaxes,
  meta_data: metaData,
});

/** `total` below zero is a discount of a plug-in or typed by hand. */
const feeLine = z.object({
  id: idText,
  name: textOrNull,
  tax_class: textOrNull,
  total: decimal,
  taxes: lineTaxes,
  meta_data: metaData,
});

const taxLine = z.object({
  rate_id: idText,
  label: textOrNull,
  tax_total: decimal, // of products and fees
  shipping_tax_total: decimal,
  compound: z.boolean().default(false), // on the price and the taxes before it
  rate_percent: decimalOrNull, // a number, 20 for 20 %; missing before WooCommerce 3.7
});

const couponLine = z.object({ code: textOrNull, discount: decimal, discount_tax: decimalOrNull });

/** The extension Gift Cards puts them beside the lines; the order's `total` is then what was left to pay. */
const giftCard = z.object({ id: idText, amount: decimal });

/** An order holds only this of its refunds; `total` is negative. */
const refundMention = z.object({ id: idText, total: decimal });

export const wooOrder = z.object({
  id: idText,
  number: z.string(),
  status: z.string(),
  currency: currencyCode,
  prices_include_tax: z.boolean(),
  date_created_gmt: utcTime, // no offset: 2026-03-31T21:40:12 is UTC
  date_modified_gmt: utcTime.nullable(),
  date_paid_gmt: utcTime.nullable(), // null: not paid, or a shop that skips it for bank transfers
  date_completed_gmt: utcTime.nullable(),
  total: decimal,
  total_tax: decimal,
  customer_id: z.int(), // 0: guest
  customer_note: textOrNull,
  billing: address,
  shipping: address,
  payment_method: textOrNull,
  payment_method_title: textOrNull,
  transaction_id: textOrNull,
  created_via: textOrNull,
  meta_data: metaData,
  line_items: z.array(productLine),
  shipping_lines: z.array(shippingLine),
  fee_lines: z.array(feeLine),
  tax_lines: z.array(taxLine),
  coupon_lines: z.array(couponLine),
  refunds: z.array(refundMention).default([]),
  gift_cards: z.array(giftCard).default([]),
});

/** `amount` is positive and authoritative; lines, when there are any, are negative. Small shops' answers lack lists. */
export const wooRefund = z.object({
  id: idText,
  date_created_gmt: utcTime,
  amount: decimal,
  reason: textOrNull,
  meta_data: metaData,
  line_items: z.array(productLine).default([]),
  shipping_lines: z.array(shippingLine).default([]),
  fee_lines: z.array(feeLine).default([]),
  tax_lines: z.array(taxLine).default([]),
});

export type WooOrder = z.infer<typeof wooOrder>;
export type WooRefund = z.infer<typeof wooRefund>;
export type WooAddress = WooOrder['billing'];
export type WooTaxLine = WooOrder['tax_lines'][number];
export type WooMeta = WooOrder['meta_data'];
export type WooLines = Pick<WooRefund, 'line_items' | 'shipping_lines' | 'fee_lines' | 'tax_lines'>;
