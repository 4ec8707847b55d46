import { type Row, rowsOf, shippingOf, wrappingOf } from './mg-cents.ts';
import { invoiceOf, memoOf, transactionsOf } from './mg-documents.ts';
import {
  add,
  amountsOf,
  bothCurrencies,
  captureId,
  creditsOf,
  currencies,
  incrementOf,
  invoiceFigures,
  isOnline,
  memoFigures,
  orderFigures,
  prefixed,
  textNumbers,
} from './mg-figures.ts';
import { METHODS, percentOf, TAXES, type TaxName, type Trade } from './mg-trade.ts';
import type { JsonObject } from './php.ts';

/** Records of the invented shop, as Magento answers them: amounts are JSON numbers, in both currencies. */
export type MagentoRecords = {
  readonly orders: readonly JsonObject[];
  readonly invoices: readonly JsonObject[];
  readonly creditmemos: readonly JsonObject[];
  readonly transactions: readonly JsonObject[];
};

export function madeRecords(trades: readonly Trade[]): MagentoRecords {
  return {
    orders: trades.map(orderOf),
    invoices: numbered(trades.flatMap((trade) => trade.invoices.map((_, index) => invoiceOf(trade, index)))),
    creditmemos: trades.flatMap((trade) => (trade.memos ?? []).map((_, index) => memoOf(trade, index))),
    transactions: trades.flatMap(transactionsOf),
  };
}

/** Each store counts its invoices as they are made; the others' numbers begin with their own. */
function numbered(invoices: readonly JsonObject[]): readonly JsonObject[] {
  const counts = new Map<unknown, number>();
  return invoices
    .toSorted((a, b) => (String(a.created_at) < String(b.created_at) ? -1 : 1))
    .map((invoice) => {
      const { store_id: store } = invoice;
      const count = (counts.get(store) ?? 0) + 1;
      counts.set(store, count);
      return { ...invoice, increment_id: `${store === 1 ? '0' : String(store)}${String(count).padStart(8, '0')}` };
    });
}

function orderOf(trade: Trade): JsonObject {
  const { id, customer, shipping, state = 'complete', invoices, memos = [] } = trade;
  const paid = invoices.filter((one) => (one.state ?? 2) === 2);
  const sums = (rate: number) => {
    const total = orderFigures(trade, rate).grand_total ?? 0;
    const totalPaid = add(paid.map((one) => invoiceFigures(trade, one, rate).grand_total ?? 0));
    return {
      ...orderFigures(trade, rate),
      shipping_discount_amount: shippingOf(trade, rate).discount,
      total_paid: totalPaid,
      total_due: state === 'canceled' ? 0 : total - totalPaid,
      total_invoiced: add(
        invoices.filter((one) => one.state !== 3).map((one) => invoiceFigures(trade, one, rate).grand_total ?? 0),
      ),
      total_refunded: add(memos.map((memo) => memoFigures(trade, memo, rate).grand_total ?? 0)),
    };
  };
  const moved = memos.at(-1)?.at ?? invoices.at(-1)?.at ?? trade.at;
  return {
    entity_id: id,
    increment_id: trade.increment ?? incrementOf(id),
    state,
    status: trade.status ?? state,
    store_id: trade.store ?? 1,
    store_name: trade.store === 2 ? 'Pro\nBoutique pro\nFrançais' : 'Principal\nBoutique\nFrançais',
    created_at: trade.at,
    updated_at: moved,
    ...currencies(trade),
    ...bothCurrencies(trade, sums),
    customer_email: emailOf(trade),
    customer_firstname: customer.firstName,
    customer_lastname: customer.lastName,
    customer_id: customer.id ?? null,
    customer_is_guest: customer.id === undefined ? 1 : 0,
    customer_group_id: customer.id === undefined ? 0 : customer.vat === undefined ? 1 : 2,
    customer_taxvat: null,
    coupon_code: trade.coupon ?? null,
    discount_description: trade.coupon ?? null,
    shipping_description: shipping?.name ?? null,
    is_virtual: customer.virtual === true ? 1 : 0,
    original_increment_id: trade.replaces ?? null,
    relation_parent_real_id: trade.replaces ?? null,
    relation_child_real_id: trade.replacedBy ?? null,
    items: itemsOf(trade),
    billing_address: addressOf(trade, 'billing'),
    payment: {
      entity_id: id,
      parent_id: id,
      method: trade.method,
      additional_information: [METHODS[trade.method] ?? trade.method],
      last_trans_id: invoices[0] === undefined || !isOnline(trade) ? null : captureId(trade, invoices[0]),
      account_status: null,
      ...bothCurrencies(trade, (rate) => {
        const { total_paid, total_refunded } = sums(rate);
        const { grand_total = 0 } = orderFigures(trade, rate);
        return { amount_ordered: grand_total, amount_paid: total_paid, amount_refunded: total_refunded };
      }),
    },
    status_histories: [],
    extension_attributes: attributesOf(trade),
  };
}

function attributesOf(trade: Trade): JsonObject {
  const { customer, shipping, method } = trade;
  const rate = trade.currency?.rate ?? 1;
  const taxes = appliedTaxes(trade, rate);
  const address = customer.virtual === true ? {} : { address: addressOf(trade, 'shipping') };
  const refunded = (trade.memos ?? []).filter((memo) => memo.toStoreCredit === true);
  const credits = (at: number) => {
    const { balance, cards, points } = creditsOf(trade, at);
    return {
      customer_balance_amount: balance,
      gift_cards_amount: cards,
      reward_currency_amount: points,
      customer_balance_total_refunded: add(refunded.map((memo) => memoFigures(trade, memo, at).grand_total ?? 0)),
    };
  };
  return {
    shipping_assignments: [{ shipping: { ...address, method: shipping?.method ?? null }, items: [] }],
    payment_additional_info: [{ key: 'method_title', value: METHODS[method] ?? method }],
    ...(taxes.length === 0 ? {} : { applied_taxes: summed(trade, taxes), item_applied_taxes: taxes }),
    ...(trade.credits === undefined && refunded.length === 0 ? {} : bothCurrencies(trade, credits)),
    ...textNumbers(trade.wrapping === undefined ? {} : bothCurrencies(trade, (at) => wrappingOf(trade, at))),
    converting_from_quote: true,
  };
}

type Applied = {
  readonly type: string;
  readonly item_id?: number;
  readonly associated_item_id?: null;
  readonly applied_taxes: readonly JsonObject[];
};

function appliedTaxes(trade: Trade, rate: number): Applied[] {
  const rows = rowsOf(trade, rate);
  const products = rows
    .filter((row) => row.taxes.length > 0)
    .map((row) => ({
      type: 'product',
      item_id: row.itemId,
      applied_taxes: row.taxes.map((tax) => applied(trade, tax.name, tax.amount)),
    }));
  const shipping = shippingOf(trade, rate);
  const wrapping = wrappingOf(trade, rate);
  const tax = trade.wrapping?.tax;
  const wrapped = [
    ['quote_gw', wrapping.gw_tax_amount ?? 0],
    ['item_gw', wrapping.gw_items_tax_amount ?? 0],
    ['printed_card_gw', wrapping.gw_card_tax_amount ?? 0],
  ] as const;
  return [
    ...products,
    ...(trade.shipping?.tax && shipping.amount > 0
      ? [{ type: 'shipping', applied_taxes: [applied(trade, trade.shipping.tax, shipping.tax)] }]
      : []),
    ...wrapped.flatMap(([type, amount]) =>
      tax === undefined || amount === 0
        ? []
        : [{ type, associated_item_id: null, applied_taxes: [applied(trade, tax, amount)] }],
    ),
  ];
}

function applied(trade: Trade, name: TaxName, cents: number): JsonObject {
  const { title } = TAXES[name];
  const percent = percentOf(trade, name);
  return { code: name, title, percent: percent / 100, amount: cents / 100, base_amount: cents / 100 };
}

function summed(trade: Trade, taxes: readonly Applied[]): JsonObject[] {
  const sums = new Map<string, number>();
  for (const { code, amount } of taxes.flatMap((one) => one.applied_taxes)) {
    sums.set(String(code), (sums.get(String(code)) ?? 0) + Math.round(Number(amount) * 100));
  }
  return [...sums].map(([name, cents]) => applied(trade, name as TaxName, cents)); // a code comes from the table of taxes
}

function itemsOf(trade: Trade): JsonObject[] {
  const rows = rowsOf(trade, trade.currency?.rate ?? 1);
  const base = rowsOf(trade, 1);
  return rows.map((row, index) => {
    const { line, itemId, parentId, quantity } = row;
    const invoiced = add(
      trade.invoices.filter((one) => one.state !== 3).map((one) => one.items?.[row.lineIndex] ?? quantity),
    );
    return {
      item_id: itemId,
      order_id: trade.id,
      store_id: trade.store ?? 1,
      ...(parentId === null ? {} : { parent_item_id: parentId }),
      product_id: 100 + (itemId % 1000),
      product_type: row.type,
      sku: line.sku,
      name: line.name,
      qty_ordered: quantity,
      qty_invoiced: trade.invoices.length === 0 ? 0 : invoiced,
      qty_canceled: trade.state === 'canceled' ? quantity : 0,
      qty_refunded: 0,
      tax_percent: row.percent / 100,
      ...amountsOf(row.total),
      ...prefixed(amountsOf(base[index]?.total ?? row.total)),
      ...fixedTaxFields(trade, row),
    };
  });
}

function fixedTaxFields(trade: Trade, { line, total }: Row): JsonObject {
  const { fixedTax } = line;
  if (fixedTax === undefined) return {};
  const vat = total.fixedTaxVat;
  const applied = {
    title: fixedTax.name,
    amount: fixedTax.amount / 100,
    row_amount: total.fixedTax / 100,
    row_amount_incl_tax: (total.fixedTax + vat) / 100,
    base_row_amount: total.fixedTax / 100,
    base_row_amount_incl_tax: (total.fixedTax + vat) / 100,
  };
  if (trade.currency !== undefined) throw new TypeError('No fixed tax of a foreign order was thought of');
  return {
    weee_tax_applied_amount: fixedTax.amount / 100,
    weee_tax_applied_row_amount: total.fixedTax / 100,
    weee_tax_applied: JSON.stringify([applied]),
  };
}

function addressOf(trade: Trade, type: 'billing' | 'shipping'): JsonObject {
  const { customer, id } = trade;
  const country = type === 'billing' ? (customer.billingCountry ?? customer.country) : customer.country;
  const [postcode, city] = PLACES[country] ?? ['75011', 'Paris'];
  return {
    address_type: type,
    entity_id: id * 2 + (type === 'billing' ? 0 : 1),
    parent_id: id,
    firstname: customer.firstName,
    lastname: customer.lastName,
    company: customer.company ?? null,
    street: ['5 rue des Lilas'],
    postcode,
    city,
    country_id: country,
    telephone: '+33600000000',
    email: emailOf(trade),
    ...(customer.vat === undefined ? {} : { vat_id: customer.vat, vat_is_valid: 1 }),
  };
}

const PLACES: Readonly<Record<string, readonly [string, string]>> = {
  FR: ['75011', 'Paris'],
  DE: ['10115', 'Berlin'],
  BE: ['1000', 'Bruxelles'],
  US: ['10577', 'Purchase'],
  CH: ['1204', 'Genève'],
};

function emailOf({ customer }: Trade): string {
  const name = `${customer.firstName}.${customer.lastName}`.toLowerCase();
  return `${name.normalize('NFD').replace(/[^a-z.]/g, '')}@exemple.test`;
}
