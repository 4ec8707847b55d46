import { compareIds, fieldOf, idOf, type Source } from './source.ts';
import type { Row } from './xml.ts';

/** All the records of one order as they came, before anything is believed of them; kept as the raw record. */
export type RawRecords = {
  readonly order: Row;
  readonly details: readonly Row[];
  readonly invoices: readonly Row[] | null;
  readonly rules: readonly Row[] | null;
  readonly cartRules: readonly Row[] | null;
  readonly payments: readonly Row[] | null;
  readonly siblings: readonly Row[];
  readonly slips: readonly Row[] | null;
  readonly histories: readonly Row[] | null;
  readonly products: readonly Row[] | null;
  readonly customer: Row | null;
  readonly billing: Row | null;
  readonly delivery: Row | null;
  readonly regions: Readonly<Record<string, string>>;
  readonly modules: Readonly<Record<string, string>>;
  readonly refundVouchers: readonly string[];
};

/** Remembered for a run: the module an order with that payment label has. */
export type ModuleOfLabel = Map<string, string | null>;

/** Never asked for: passwords, keys and birthdays stand in the same record. */
const CUSTOMER_FIELDS = '[id,id_default_group,firstname,lastname,email,company,siret,is_guest]';
/** `V<voucher>C<customer>O<order>`: how the shop names a voucher it makes for a refund. */
const REFUND_VOUCHER = /^V\d+C\d+O(\d+)$/;

/**
 * The records around a page of orders, in lots. `slips`: the credit notes of these orders are wanted too, with the
 * vouchers made for them; else they are read only where an order cannot be told without them.
 */
export async function loadRecords(
  source: Source,
  orders: readonly Row[],
  {
    slips: slipsWanted,
    modules,
    categories,
  }: { readonly slips: boolean; readonly modules: ModuleOfLabel; readonly categories: boolean },
): Promise<readonly RawRecords[]> {
  const ids = orders.map(idOf);
  const references = orders.map((order) => fieldOf(order, 'reference')).filter((reference) => reference !== '');
  const details = byField(await source.among('order_details', 'id_order', ids), 'id_order');
  const invoices = await around('order_invoices', 'id_order', ids);
  const ruleRows = await source.rules(ids);
  const rules = ruleRows === null ? null : byField(ruleRows, 'id_order');
  const payments = await around('order_payments', 'order_reference', references);
  const siblings = byField(
    await source.among('orders', 'reference', references, { display: '[id,reference,total_paid_tax_incl]' }),
    'reference',
  );
  const cartRules = await byId('cart_rules', rulesIds(), '[id,code,reduction_product]');
  const customers = await byId('customers', valuesOf(orders, ['id_customer']), CUSTOMER_FIELDS);
  const addresses = await byId('addresses', valuesOf(orders, ['id_address_invoice', 'id_address_delivery']), 'full');
  const productIds = categories ? valuesOf([...details.values()].flat(), ['product_id']) : [];
  const products = categories ? await byId('products', productIds, '[id,id_category_default]') : null;
  const regions = await byId('states', valuesOf([...(addresses?.values() ?? [])], ['id_state']), '[id,name]');
  const slips = await around('order_slip', 'id_order', slipsWanted ? ids : ids.filter(needsSlips));
  const histories = await around(
    'order_histories',
    'id_order',
    ids.filter((id) => paymentsOf(id)?.length === 0),
  );
  const vouchers = slipsWanted ? await refundVouchersOf() : new Map<string, string[]>();
  await learnModules();

  return orders.map((order) => {
    const id = idOf(order);
    const own = paymentsOf(id);
    const ownRules = listIn(rules, id);
    const ruleIds = new Set(valuesOf(ownRules ?? [], ['id_cart_rule']));
    return {
      order,
      details: details.get(id) ?? [],
      invoices: listIn(invoices, id),
      rules: ownRules,
      cartRules:
        cartRules === null ? null : [...ruleIds].map((rule) => cartRules.get(rule)).filter((row) => row !== undefined),
      payments: own,
      siblings: siblings.get(fieldOf(order, 'reference')) ?? [],
      slips: listIn(slips, id),
      histories: listIn(histories, id),
      products: products && productsOf(id),
      customer: customers?.get(fieldOf(order, 'id_customer')) ?? null,
      billing: addresses?.get(fieldOf(order, 'id_address_invoice')) ?? null,
      delivery: addresses?.get(fieldOf(order, 'id_address_delivery')) ?? null,
      regions: regionsOf(order),
      modules: modulesOf(own ?? []),
      refundVouchers: vouchers.get(id) ?? [],
    };
  });

  function productsOf(order: string): Row[] {
    const ids = valuesOf(details.get(order) ?? [], ['product_id']);
    return ids.map((id) => products?.get(id)).filter((row) => row !== undefined);
  }

  async function around(
    resource: string,
    field: string,
    values: readonly string[],
  ): Promise<Map<string, Row[]> | null> {
    if (values.length === 0) return new Map();
    const rows = await source.optional(resource, () => source.among(resource, field, values));
    return rows === null ? null : byField(rows, field);
  }

  async function byId(resource: string, values: readonly string[], display: string): Promise<Map<string, Row> | null> {
    if (values.length === 0) return new Map();
    const rows = await source.optional(resource, () => source.among(resource, 'id', values, { display }));
    return rows === null ? null : new Map(rows.map((row) => [idOf(row), row]));
  }

  function rulesIds(): string[] {
    return valuesOf(ruleRows ?? [], ['id_cart_rule']);
  }

  function paymentsOf(id: string): readonly Row[] | null {
    const order = orders.find((row) => idOf(row) === id);
    return payments === null || order === undefined ? null : (payments.get(fieldOf(order, 'reference')) ?? []);
  }

  /** Money given back in a negative payment, or an order of several invoices, is told with its credit notes. */
  function needsSlips(id: string): boolean {
    const negative = paymentsOf(id)?.some((row) => fieldOf(row, 'amount').startsWith('-')) ?? false;
    return negative || (invoices?.get(id) ?? []).length > 1;
  }

  async function refundVouchersOf(): Promise<Map<string, string[]>> {
    const result = new Map<string, string[]>();
    const buyers = valuesOf(orders, ['id_customer']);
    const display = '[id,code,id_customer]';
    const rows = await source.optional('cart_rules', () =>
      source.among('cart_rules', 'id_customer', buyers, { display }),
    );
    for (const row of rows ?? []) {
      const code = fieldOf(row, 'code');
      const order = REFUND_VOUCHER.exec(code)?.[1];
      if (order !== undefined) result.set(order, [...(result.get(order) ?? []), code]);
    }
    return result;
  }

  /** A payment whose label is not the order's is recognised by the latest order that was paid that way. */
  async function learnModules(): Promise<void> {
    for (const order of orders) {
      const own = paymentsOf(idOf(order)) ?? [];
      if (own.length < 2) continue;
      for (const label of new Set(own.map((row) => fieldOf(row, 'payment_method')))) {
        if (label === '' || label === fieldOf(order, 'payment') || modules.has(label) || /[[\]|]/.test(label)) continue;
        modules.set(label, await source.moduleOf(label));
      }
    }
  }

  function regionsOf(order: Row): Record<string, string> {
    const result: Record<string, string> = {};
    for (const field of ['id_address_invoice', 'id_address_delivery']) {
      const id = fieldOf(addresses?.get(fieldOf(order, field)) ?? {}, 'id_state');
      const region = regions?.get(id);
      if (region !== undefined) result[id] = fieldOf(region, 'name');
    }
    return result;
  }

  function modulesOf(rows: readonly Row[]): Record<string, string> {
    const result: Record<string, string> = {};
    for (const row of rows) {
      const label = fieldOf(row, 'payment_method');
      const module = modules.get(label);
      if (module !== undefined && module !== null) result[label] = module;
    }
    return result;
  }
}

function byField(rows: readonly Row[], field: string): Map<string, Row[]> {
  const groups = Map.groupBy(rows, (row) => fieldOf(row, field));
  for (const group of groups.values()) group.sort((a, b) => compareIds(idOf(a), idOf(b)));
  return groups;
}

function listIn(groups: ReadonlyMap<string, readonly Row[]> | null, id: string): readonly Row[] | null {
  return groups === null ? null : (groups.get(id) ?? []);
}

/** The ids that stand in these fields, each once; 0 is none. */
function valuesOf(rows: readonly Row[], fields: readonly string[]): string[] {
  const values = rows.flatMap((row) => fields.map((field) => fieldOf(row, field)));
  return [...new Set(values)].filter((value) => value !== '' && value !== '0');
}
