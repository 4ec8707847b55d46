import { z } from 'zod';
import { ZERO } from '../../core/decimal.ts';
import { textOrNull } from '../../schema/codes.ts';
import { decimal, decimalOrNull } from '../../schema/decimal.ts';
import { localTime } from '../../schema/instant.ts';

/**
 * The part of the Webservice we read: PrestaShop 1.6 to 9, resources named as in its documentation ("Web service
 * reference"). Everything is text. Amounts have six decimals and stand in the order's currency; flags are 0 or 1; an id
 * of 0 is none; times are on the shop's own clock, `0000-00-00 00:00:00` is none. Fields that older versions lack have
 * a default.
 */
const id = z.string().regex(/^\d{1,20}$/, 'not an id');
const idOrNull = z
  .string()
  .optional()
  .transform((text) => (text === undefined || text === '' || text === '0' ? null : text));
const flag = z
  .string()
  .optional()
  .transform((text) => text === '1');
const amountOrZero = decimalOrNull.transform((value) => value ?? ZERO);
const text = z.string().default('');
const timeOrNull = z.preprocess(
  (value) => (value === undefined || value === '' || value === '0000-00-00 00:00:00' ? null : value),
  localTime.nullable(),
);
/** Text by language id; a shop asked with `language=` and versions of one language give the bare text. */
export const multilingual = z
  .union([z.string().transform((only): Record<string, string> => ({ '': only })), z.record(z.string(), z.string())])
  .optional()
  .transform((value) => value ?? {});

export const order = z.object({
  id,
  reference: text,
  id_address_delivery: idOrNull,
  id_address_invoice: idOrNull,
  id_currency: id,
  id_lang: idOrNull,
  id_customer: idOrNull,
  id_carrier: idOrNull,
  id_shop: idOrNull,
  current_state: id,
  module: text,
  /** What the customer saw as payment method. */
  payment: text,
  invoice_number: idOrNull,
  invoice_date: timeOrNull,
  date_add: localTime,
  date_upd: timeOrNull,
  total_discounts_tax_incl: decimal,
  total_discounts_tax_excl: decimal,
  total_paid_tax_incl: decimal,
  total_paid_tax_excl: decimal,
  total_paid_real: amountOrZero,
  /** Net of all lines, before vouchers; `_wt` with tax. */
  total_products: decimal,
  total_products_wt: decimal,
  total_shipping_tax_incl: decimal,
  total_shipping_tax_excl: decimal,
  /** Percent; 0 when the shipping is not taxed. */
  carrier_tax_rate: amountOrZero,
  total_wrapping_tax_incl: amountOrZero,
  total_wrapping_tax_excl: amountOrZero,
  /** Mode and way the amounts were rounded when the order was made; 1.6.0 knows neither. */
  round_mode: z.string().optional(),
  round_type: z.string().optional(),
  /** Units of the order's currency for one unit of the shop's default currency. */
  conversion_rate: decimal,
});

export const orderDetail = z.object({
  id,
  id_order: id,
  product_id: idOrNull,
  id_order_invoice: idOrNull,
  product_name: text,
  product_reference: text,
  product_quantity: decimal,
  tax_computation_method: z.string().optional(),
  /** The *tax rule* of the item: a line that was not taxed keeps it. */
  id_tax_rules_group: idOrNull,
  /** Net for one, inside the unit price. */
  ecotax: amountOrZero,
  ecotax_tax_rate: amountOrZero,
  /** After the catalogue's own reductions, before vouchers. `product_price` may be either: it is not read. */
  unit_price_tax_excl: decimal,
  total_price_tax_incl: decimal,
  total_price_tax_excl: decimal,
  associations: z
    .object({ taxes: z.array(z.object({ id: z.string() })).default([]) })
    .default({ taxes: [] })
    // Only ids are given, no amounts; id 0 is how an exempt company's line says *no tax*.
    .transform(({ taxes }) => taxes.map((tax) => tax.id).filter((tax) => tax !== '0' && tax !== '')),
});

export const orderInvoice = z.object({
  id,
  id_order: id,
  /** 0: not an invoice, only a delivery slip. */
  number: idOrNull,
  date_add: timeOrNull,
  total_discount_tax_excl: decimal,
  total_discount_tax_incl: decimal,
  total_paid_tax_excl: decimal,
  total_paid_tax_incl: decimal,
  total_products: decimal,
  total_products_wt: decimal,
  total_shipping_tax_excl: decimal,
  total_shipping_tax_incl: decimal,
  total_wrapping_tax_excl: amountOrZero,
  total_wrapping_tax_incl: amountOrZero,
});

/** A voucher as the order used it: `order_cart_rules`, in 1.6 `order_discounts`. */
export const orderRule = z.object({
  id,
  id_order: id,
  id_cart_rule: idOrNull,
  id_order_invoice: idOrNull,
  name: text,
  /** With tax; six decimals, where the order's totals have two. */
  value: decimal,
  value_tax_excl: decimal,
  free_shipping: flag,
  deleted: flag,
});

export const orderPayment = z.object({
  id,
  order_reference: text,
  id_currency: idOrNull,
  amount: decimal,
  payment_method: text,
  conversion_rate: amountOrZero,
  transaction_id: textOrNull,
  date_add: localTime,
});

/** Other orders that share a reference: the shop split them by carrier or warehouse, and their payments are common. */
export const sibling = z.object({ id, reference: text, total_paid_tax_incl: decimal });

export const orderHistory = z.object({ id, id_order: id, id_order_state: id, date_add: localTime });

export const orderSlip = z.object({
  id,
  id_order: id,
  total_products_tax_excl: decimalOrNull,
  total_products_tax_incl: decimalOrNull,
  total_shipping_tax_excl: amountOrZero,
  total_shipping_tax_incl: amountOrZero,
  /** With tax, never with the shipping. */
  amount: decimal,
  shipping_cost_amount: amountOrZero,
  date_add: localTime,
  date_upd: timeOrNull,
  associations: z
    .object({
      order_slip_details: z
        .array(
          z.object({
            id_order_detail: id,
            product_quantity: decimal,
            amount_tax_excl: decimal,
            amount_tax_incl: decimal,
          }),
        )
        .default([]),
    })
    .default({ order_slip_details: [] })
    .transform(({ order_slip_details }) => order_slip_details),
});

export const customer = z.object({
  id,
  id_default_group: idOrNull,
  firstname: textOrNull,
  lastname: textOrNull,
  email: textOrNull,
  company: textOrNull,
  siret: textOrNull,
  is_guest: flag,
});

export const address = z.object({
  id,
  id_country: idOrNull,
  id_state: idOrNull,
  company: textOrNull,
  firstname: textOrNull,
  lastname: textOrNull,
  vat_number: textOrNull,
  dni: textOrNull,
  address1: textOrNull,
  address2: textOrNull,
  postcode: textOrNull,
  city: textOrNull,
  phone: textOrNull,
  phone_mobile: textOrNull,
});

/** A voucher itself; `reduction_product` above 0 is the one product it lowers. */
export const cartRule = z.object({ id, code: textOrNull, reduction_product: z.string().default('0') });

/** All that is known of one order; null is what the key may not read. */
export const orderRecords = z.object({
  order,
  details: z.array(orderDetail),
  invoices: z.array(orderInvoice).nullable(),
  rules: z.array(orderRule).nullable(),
  cartRules: z.array(cartRule).nullable(),
  payments: z.array(orderPayment).nullable(),
  siblings: z.array(sibling),
  slips: z.array(orderSlip).nullable(),
  histories: z.array(orderHistory).nullable(),
  /** Null unless the profile goes by categories, or where the key may not read products. */
  products: z
    .array(z.object({ id, id_category_default: idOrNull }))
    .nullable()
    .default(null),
  customer: customer.nullable(),
  billing: address.nullable(),
  delivery: address.nullable(),
  /** Names of the regions of the two addresses, by id. */
  regions: z.record(z.string(), z.string()),
  /** Module of the payment labels that are not the order's own, as other orders tell it. */
  modules: z.record(z.string(), z.string()),
  /** Vouchers the shop made when it gave back this order. */
  refundVouchers: z.array(z.string()),
});

/** The default category of a line's product; null where nobody asked, or the product is gone. */
export function categoryOf({ product_id }: OrderDetail, { products }: Pick<OrderRecords, 'products'>): string | null {
  return products?.find((product) => product.id === product_id)?.id_category_default ?? null;
}

export type OrderDetail = z.infer<typeof orderDetail>;
export type OrderInvoice = z.infer<typeof orderInvoice>;
export type OrderRule = z.infer<typeof orderRule>;
export type OrderPayment = z.infer<typeof orderPayment>;
export type OrderSlip = z.infer<typeof orderSlip>;
export type CustomerRow = z.infer<typeof customer>;
export type AddressRow = z.infer<typeof address>;
export type OrderRecords = z.infer<typeof orderRecords>;

/** An amount that may be missing counts as nothing only where the version has no such field. */
export const referenceRows = {
  taxes: z.object({ id, rate: decimal, name: multilingual, active: flag, deleted: flag }),
  tax_rule_groups: z.object({ id, name: text, active: flag, deleted: flag }),
  tax_rules: z.object({ id, id_tax_rules_group: id, id_country: idOrNull, id_state: idOrNull, id_tax: idOrNull }),
  carriers: z.object({
    id,
    id_reference: idOrNull,
    name: text,
    active: flag,
    deleted: flag,
    id_tax_rules_group: idOrNull,
  }),
  currencies: z.object({
    id,
    iso_code: z.string().regex(/^[A-Z]{3}$/),
    name: z.union([text, multilingual]),
    precision: z.string().optional(),
    decimals: z.string().optional(),
    conversion_rate: amountOrZero,
    active: flag,
    deleted: flag,
  }),
  countries: z.object({ id, iso_code: z.string().regex(/^[A-Z]{2}$/), name: multilingual, active: flag }),
  order_states: z.object({ id, name: multilingual, paid: flag, invoice: flag, deleted: flag }),
  shops: z.object({ id, name: text, active: flag, deleted: flag }),
  categories: z.object({ id, name: multilingual, active: flag }),
  groups: z.object({ id, name: multilingual }),
  configurations: z.object({ name: text, value: text, id_shop: idOrNull, id_shop_group: idOrNull }),
  translated_configurations: z.object({
    name: text,
    value: multilingual,
    id_shop: idOrNull,
    id_shop_group: idOrNull,
  }),
};
