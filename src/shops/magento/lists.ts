import { z } from 'zod';
import { decimalText, isZero } from '../../core/decimal.ts';
import { countryCode, currencyCode, idText, textOrNull } from '../../schema/codes.ts';
import { decimal, decimalOrNull } from '../../schema/decimal.ts';
import { decodeEntities } from '../html-text.ts';
import type { ListItem, ShopLists } from '../reader.ts';
import type { AskOptions, MagentoClient, Params } from './client.ts';
import { CREDIT_METHODS } from './credits.ts';
import { SOLD_STATES } from './period.ts';
import { criteria } from './search.ts';

/** Magento has no list of payment methods, carriers and statuses: they are seen in the orders changed last. */
const ORDERS_LOOKED_AT = 500;
const PAGE_SIZE = 100;
const MAX_PAGES = 50;

/** Magento's own statuses, with the states they are attached to. */
const CORE_STATUSES: readonly (readonly [status: string, state: string])[] = [
  ['pending', 'new'],
  ['pending_payment', 'pending_payment'],
  ['payment_review', 'payment_review'],
  ['processing', 'processing'],
  ['complete', 'complete'],
  ['closed', 'closed'],
  ['holded', 'holded'],
  ['canceled', 'canceled'],
];

const storeConfig = z.object({
  id: idText,
  code: z.string(),
  base_currency_code: currencyCode,
  default_display_currency_code: textOrNull,
  timezone: textOrNull,
});
export type StoreConfig = z.infer<typeof storeConfig>;

const storeView = z.object({ id: idText, code: z.string(), name: textOrNull, is_active: z.unknown().optional() });
const taxRate = z.object({ id: idText, code: z.string(), rate: decimal, tax_country_id: textOrNull });
const country = z.object({ id: countryCode, full_name_locale: textOrNull, full_name_english: textOrNull });
const currencies = z.object({
  base_currency_code: currencyCode,
  available_currency_codes: z.array(currencyCode).catch([]),
});
const group = z.object({ id: idText, code: textOrNull });
const seenOrder = z.object({
  status: textOrNull,
  state: textOrNull,
  shipping_description: textOrNull,
  payment: z.object({ method: textOrNull, additional_information: z.unknown().optional() }).nullish().catch(null),
  extension_attributes: z
    .object({
      shipping_assignments: z.array(z.object({ shipping: z.object({ method: textOrNull }).nullish() })).nullish(),
      payment_additional_info: z.array(z.object({ key: textOrNull, value: textOrNull })).nullish(),
      customer_balance_amount: decimalOrNull.optional(),
      gift_cards_amount: decimalOrNull.optional(),
      reward_currency_amount: decimalOrNull.optional(),
    })
    .nullish()
    .catch(null),
});
type SeenOrder = z.infer<typeof seenOrder>;
const SEEN_FIELDS =
  'items[status,state,shipping_description,payment[method,additional_information],extension_attributes[shipping_assignments[shipping[method]],payment_additional_info[key,value],customer_balance_amount,gift_cards_amount,reward_currency_amount]],total_count';

/** Configuration of every store view; the first is the default one. Null: this integration may not read it. */
export async function readStores(client: MagentoClient, options: AskOptions): Promise<readonly StoreConfig[] | null> {
  const data = await client.askIfAllowed('store/storeConfigs', [], options);
  return data === null ? null : valid(storeConfig, data);
}

/** Values the mappings need. A list this integration may not read is empty: orders bring its values when they are read. */
export async function readLists(client: MagentoClient, options: AskOptions): Promise<ShopLists> {
  const orders = await seenOrders(client, options);
  const rates = (await searched(client, 'taxRates/search', taxRate, options)).map(taxItem);
  const known = currencies.safeParse(await client.askIfAllowed('directory/currency', [], options)).data;
  const views = valid(storeView, await client.askIfAllowed('store/storeViews', [], options));
  const groups = await searched(client, 'customerGroups/search', group, options);
  return {
    countries: valid(country, await client.askIfAllowed('directory/countries', [], options)).map((one) =>
      item(one.id, one.full_name_locale ?? one.full_name_english),
    ),
    // Orders do not show the class of an item; they show the code of its tax, and sales are mapped by that.
    taxRules: rates.map(({ id, name, active }) => ({ id, name, active })),
    taxes: rates,
    carriers: distinct(orders.flatMap(carrierOf)),
    paymentMethods: distinct([...orders.flatMap(methodOf), ...creditsIn(orders), item('N/A', 'N/A')]),
    statuses: statusesOf(orders),
    currencies: distinct(
      [known?.base_currency_code, ...(known?.available_currency_codes ?? [])].flatMap((code) =>
        code ? [item(code, code)] : [],
      ),
    ),
    subShops: views
      .filter(({ id }) => id !== '0') // the administration
      .map((view) => ({ ...item(view.id, view.name ?? view.code), active: view.is_active !== 0 })),
    customerGroups: groups.map((one) => item(one.id, one.code)),
  };
}

async function seenOrders(client: MagentoClient, options: AskOptions): Promise<readonly SeenOrder[]> {
  const seen: SeenOrder[] = [];
  for (let page = 1; page <= ORDERS_LOOKED_AT / PAGE_SIZE; page += 1) {
    const latest = onPage(criteria([], PAGE_SIZE, 'updated_at', 'DESC'), page);
    const data = await client.askIfAllowed('orders', [...latest, ['fields', SEEN_FIELDS]], options);
    const { items, total } = pageIn(data);
    seen.push(...valid(seenOrder, items));
    if (items.length === 0 || page * PAGE_SIZE >= total) break;
  }
  return seen;
}

async function searched<Shape extends z.ZodType>(
  client: MagentoClient,
  path: string,
  shape: Shape,
  options: AskOptions,
): Promise<readonly z.infer<Shape>[]> {
  const all: z.infer<Shape>[] = [];
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const { items, total } = pageIn(
      await client.askIfAllowed(path, onPage(criteria([], PAGE_SIZE, null), page), options),
    );
    all.push(...valid(shape, items));
    if (items.length === 0 || page * PAGE_SIZE >= total) break; // beyond the end the last page comes again
  }
  return all;
}

function onPage(params: Params, page: number): Params {
  return params.map(([name, value]) => [name, name.endsWith('[currentPage]') ? String(page) : value]);
}

function pageIn(data: unknown): { readonly items: readonly unknown[]; readonly total: number } {
  const parsed = z.object({ items: z.array(z.unknown()).nullable(), total_count: z.int() }).safeParse(data).data;
  return { items: parsed?.items ?? [], total: parsed?.total_count ?? 0 };
}

/** Records that are not of the shape are left out, since lists only help to choose. */
function valid<Shape extends z.ZodType>(shape: Shape, data: unknown): readonly z.infer<Shape>[] {
  const records = z.array(z.unknown()).safeParse(data).data ?? [];
  return records.flatMap((record) => {
    const parsed = shape.safeParse(record);
    return parsed.success ? [parsed.data] : [];
  });
}

function taxItem({ code, rate, tax_country_id }: z.infer<typeof taxRate>): ListItem {
  const tax = { ...item(code, code), rate: decimalText(rate, 2) };
  return tax_country_id === null ? tax : { ...tax, country: tax_country_id };
}

function carrierOf({ extension_attributes: attributes, shipping_description: name }: SeenOrder): ListItem[] {
  const method = attributes?.shipping_assignments?.[0]?.shipping?.method ?? null;
  return method === null ? [] : [item(method, name)];
}

function methodOf({ payment, extension_attributes: attributes }: SeenOrder): ListItem[] {
  if (!payment?.method) return [];
  const title = attributes?.payment_additional_info?.find(({ key }) => key === 'method_title')?.value;
  const first: unknown = Array.isArray(payment.additional_information) ? payment.additional_information[0] : null;
  return [item(payment.method, title ?? (typeof first === 'string' && first !== '' ? first : null))];
}

/** What orders were paid with that the shop owed; Adobe Commerce alone has it. */
function creditsIn(orders: readonly SeenOrder[]): ListItem[] {
  const isUsed = (field: (typeof CREDIT_METHODS)[number]['field']) =>
    orders.some(({ extension_attributes: attributes }) => {
      const amount = attributes?.[field] ?? null;
      return amount !== null && !isZero(amount);
    });
  return CREDIT_METHODS.filter(({ field }) => isUsed(field)).map(({ id, name, owed }) => ({ ...item(id, name), owed }));
}

function statusesOf(orders: readonly SeenOrder[]): ShopLists['statuses'] {
  const seen = orders.flatMap(({ status, state }) =>
    status === null || state === null ? [] : [[status, state] as const],
  );
  const states = new Map([...seen, ...CORE_STATUSES]);
  return [...states].map(([status, state]) => ({
    ...item(status, status),
    readByDefault: SOLD_STATES.includes(state),
  }));
}

function distinct(items: readonly ListItem[]): readonly ListItem[] {
  return [...new Map(items.map((one) => [one.id, one])).values()];
}

function item(id: string, name: string | null): ListItem {
  return { id, name: name === null ? id : decodeEntities(name), active: true };
}
