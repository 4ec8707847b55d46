import { z } from 'zod';
import { type Decimal, decimalText } from '../../core/decimal.ts';
import { textOrNull } from '../../schema/codes.ts';
import { decimalOrNull } from '../../schema/decimal.ts';
import type { ListItem, ShopLists } from '../reader.ts';
import type { AskOptions, ShopifyClient } from './client.ts';
import { pagesOf } from './connection.ts';
import { readLocations } from './locations.ts';
import { OWED } from './payments.ts';
import { carrierOf } from './rows.ts';
import { DEFAULT_STATUSES, STATUSES } from './statuses.ts';
import { percent, UNTAXED } from './taxes.ts';

const place = z.object({ countryCodeV2: textOrNull }).nullish();
const recent = z.object({
  shippingAddress: place,
  billingAddress: place,
  taxLines: z.array(z.object({ title: z.string(), rate: decimalOrNull })),
  shippingLines: z.object({ nodes: z.array(z.object({ title: textOrNull, code: textOrNull })) }),
  transactions: z.array(z.object({ gateway: textOrNull, formattedGateway: textOrNull })),
});
type Recent = z.infer<typeof recent>;

/** Pages of the last orders looked through: 25 a page. */
const RECENT_PAGES = 4;

/**
 * Values the mappings need. Shopify lists neither its gateways, nor its taxes, nor its carriers: what the last orders show
 * is offered, and the rest is told when it is met.
 */
export async function readLists(client: ShopifyClient, options: AskOptions): Promise<ShopLists> {
  const { currency, currencies, entities } = await client.context(options);
  const places = await readLocations(client, options);
  const orders = await recentOrders(client, options);
  const taxes = taxesIn(orders);
  return {
    countries: distinct(orders.map(countryOf)).map((code) => item(code, code)),
    taxRules: [...distinct(taxes.map(({ id }) => id)).map((id) => item(id, id)), item(UNTAXED, UNTAXED)],
    taxes,
    carriers: unique(
      orders.flatMap(({ shippingLines }) => shippingLines.nodes.map(carrierOf)).map(({ id, name }) => item(id, name)),
    ),
    paymentMethods: [
      ...unique(
        orders.flatMap(({ transactions }) =>
          transactions.flatMap(({ gateway, formattedGateway }) =>
            gateway === null ? [] : methodItem(gateway, formattedGateway),
          ),
        ),
      ),
      item('N/A', 'N/A'),
    ],
    statuses: STATUSES.map(([id, name]) => ({ ...item(id, name), readByDefault: DEFAULT_STATUSES.includes(id) })),
    currencies: distinct([currency, ...currencies]).map((code) => item(code, code)),
    subShops: [
      ...[...places].map(([id, { name, active }]) => ({ ...item(id, name), active })),
      ...(entities.length > 1 ? entities.map(({ id, name }) => item(id, name)) : []),
    ],
  };
}

async function recentOrders(client: ShopifyClient, options: AskOptions): Promise<readonly Recent[]> {
  const orders: Recent[] = [];
  let pages = 0;
  for await (const { nodes } of pagesOf((after) => client.ask('recent-values', { after }, options), 'orders')) {
    for (const node of nodes) {
      const parsed = recent.safeParse(node);
      if (parsed.success) orders.push(parsed.data);
    }
    pages += 1;
    if (pages === RECENT_PAGES) break;
  }
  return orders;
}

/** A tax is its title and rate; the country is that of the orders that bear it, or of its title. */
function taxesIn(orders: readonly Recent[]): readonly ListItem[] {
  const found = new Map<string, ListItem>();
  for (const order of orders) {
    for (const { title, rate } of order.taxLines) {
      if (rate === null) continue;
      const country = /^([A-Z]{2}) /.exec(title)?.[1] ?? countryOf(order);
      const tax = taxItem(title, percent(rate));
      found.set(`${tax.id} ${country ?? ''}`, country === null ? tax : { ...tax, country });
    }
  }
  return [...found.values()];
}

function taxItem(title: string, rate: Decimal): ListItem {
  return { ...item(`${title} ${decimalText(rate)}`, title), rate: decimalText(rate, 2) };
}

function countryOf({ shippingAddress, billingAddress }: Recent): string | null {
  return shippingAddress?.countryCodeV2 ?? billingAddress?.countryCodeV2 ?? null;
}

function distinct(values: readonly (string | null)[]): readonly string[] {
  return [...new Set(values.filter((value) => value !== null))];
}

function unique(items: readonly ListItem[]): readonly ListItem[] {
  return [...new Map(items.map((one) => [one.id, one])).values()];
}

function item(id: string, name: string | null): ListItem {
  return { id, name: name ?? id, active: true };
}

/** A gift card and a store credit clear what the shop owed. */
function methodItem(gateway: string, name: string | null): ListItem {
  const owed = OWED[gateway];
  return { ...item(gateway, name), ...(owed === undefined ? {} : { owed }) };
}
