import { parseJson } from '../../schema/json.ts';
import { HTTP, itemsIn, OPTIONS } from '../read.test-kit.ts';
import type { ReadEvent, ShopConnection } from '../reader.ts';
import { type WooOrder, type WooRefund, wooOrder, wooRefund } from './order.ts';
import type { WooContext } from './to-document.ts';

export { gathered as eventsOf, itemsIn, OPTIONS, requestOf } from '../read.test-kit.ts';

/** Small orders and requests for the tests of this folder: the shapes of real answers, invented figures. */

export const CONTEXT: WooContext = {
  timeZone: 'Europe/Paris',
  currency: 'EUR',
  country: 'FR',
  taxBasedOn: 'shipping',
  rates: new Map(),
  categories: new Map(),
  roles: new Map(),
  options: OPTIONS,
};

type Fields = Readonly<Record<string, unknown>>;

/** An order as JSON data: a T-shirt of 24.90 at 20 %, unless told otherwise. */
export function orderRecord(fields: Fields = {}): Fields {
  return {
    id: 500,
    number: '500',
    status: 'processing',
    currency: 'EUR',
    prices_include_tax: true,
    date_created: '2026-10-03T23:58:00',
    date_created_gmt: '2026-10-03T21:58:00',
    date_modified_gmt: '2026-10-04T08:00:00',
    date_paid_gmt: '2026-10-03T22:05:12',
    date_completed_gmt: null,
    total: '24.900000',
    total_tax: '4.150000',
    customer_id: 0,
    customer_note: '',
    billing: address('FR'),
    shipping: address('FR'),
    payment_method: 'stripe',
    payment_method_title: 'Carte',
    transaction_id: 'ch_1',
    created_via: 'checkout',
    meta_data: [],
    line_items: [productRecord(1, '20.750000', [[1, '4.15']])],
    shipping_lines: [],
    fee_lines: [],
    tax_lines: [taxRecord(1, 20, '4.150000', '0.000000')],
    coupon_lines: [],
    refunds: [],
    ...fields,
  };
}

export function refundRecord(fields: Fields = {}): Fields {
  return {
    id: 600,
    date_created_gmt: '2026-10-12T08:30:00',
    amount: '24.900000',
    reason: '',
    refunded_payment: true,
    meta_data: [],
    line_items: [],
    shipping_lines: [],
    fee_lines: [],
    tax_lines: [],
    ...fields,
  };
}

export function productRecord(
  id: number,
  total: string,
  taxes: readonly (readonly [number, string])[],
  fields: Fields = {},
): Fields {
  return {
    id,
    name: `Article ${id}`,
    product_id: 100 + id,
    quantity: 1,
    tax_class: '',
    subtotal: total,
    total,
    taxes: taxes.map(([rate, amount]) => ({ id: rate, total: amount, subtotal: amount })),
    meta_data: [],
    sku: `SKU-${id}`,
    ...fields,
  };
}

/** A returned line names the sold one it gives back. */
export function returnedRecord(of: number, total: string, taxes: readonly (readonly [number, string])[]): Fields {
  const meta_data = [{ key: '_refunded_item_id', value: String(of) }];
  return productRecord(1000 + of, total, taxes, { quantity: -1, meta_data });
}

export function shippingRecord(
  id: number,
  total: string,
  taxes: readonly (readonly [number, string])[],
  fields: Fields = {},
): Fields {
  return {
    ...productRecord(id, total, taxes),
    method_title: 'Colissimo',
    method_id: 'flat_rate',
    instance_id: '1',
    ...fields,
  };
}

export function taxRecord(id: number, percent: number | null, tax: string, shipping: string): Fields {
  return { rate_id: id, label: `Taxe ${id}`, rate_percent: percent, tax_total: tax, shipping_tax_total: shipping };
}

export function address(country: string): Fields {
  return {
    first_name: 'Camille',
    last_name: 'Martin',
    address_1: '5 rue des Lilas',
    city: 'Paris',
    postcode: '75011',
    country,
    email: ' Camille@Exemple.test ',
  };
}

/** Through the same door as an answer: JSON text, then the schema. */
export function orderOf(fields: Fields = {}): WooOrder {
  return wooOrder.parse(parseJson(JSON.stringify(orderRecord(fields))));
}

export function refundOf(fields: Fields = {}): WooRefund {
  return wooRefund.parse(parseJson(JSON.stringify(refundRecord(fields))));
}

export function connectionOf(url: string, fields: Partial<ShopConnection> = {}): ShopConnection {
  return {
    url,
    credentials: { key: 'ck_test', secret: 'cs_test' },
    http: HTTP,
    now: Date.now,
    sleep: async (_ms, signal) => signal?.throwIfAborted(),
    ...fields,
  };
}

export function keysIn(events: readonly ReadEvent[]): string[] {
  return itemsIn(events).map((item) => (item.state === 'read' ? item.document.key : item.key));
}
