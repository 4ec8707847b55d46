import { z } from 'zod';
import { decimalText } from '../../core/decimal.ts';
import { idText, textOrNull } from '../../schema/codes.ts';
import { decodeEntities } from '../html-text.ts';
import type { ListItem, ShopLists } from '../reader.ts';
import type { AskOptions, WooClient } from './client.ts';
import { readAll, readCurrency, readSettings, readTaxRates, type WooTaxRate } from './settings.ts';
import { DEFAULT_STATUSES } from './statuses.ts';

/** WooCommerce's own, for keys that may not read the reports. */
const CORE_STATUSES = [
  'pending',
  'processing',
  'on-hold',
  'completed',
  'cancelled',
  'refunded',
  'failed',
  'checkout-draft',
];

const named = z.object({ slug: z.string(), name: textOrNull });
const country = z.object({ code: z.string(), name: textOrNull });
const gateway = z.object({ id: z.string(), title: textOrNull, method_title: textOrNull, enabled: z.boolean() });
const category = z.object({ id: idText, name: textOrNull });
const zone = z.object({ id: idText });
const zoneMethod = z.object({ instance_id: idText, method_id: z.string(), title: textOrNull, enabled: z.boolean() });

/** Values the mappings need. A list this key may not read is empty: orders bring its values when they are read. */
export async function readLists(client: WooClient, options: AskOptions): Promise<ShopLists> {
  const settings = await readSettings(client, options);
  const currency = settings?.currency ?? (await readCurrency(client, options));
  const rates = (await readTaxRates(client, options)) ?? [];
  const classes = (await readAll(client, 'taxes/classes', {}, named, options)) ?? [];
  const countries = (await readAll(client, 'data/countries', {}, country, options)) ?? [];
  const categories = (await readAll(client, 'products/categories', { _fields: 'id,name' }, category)) ?? [];
  const gateways = (await readAll(client, 'payment_gateways', {}, gateway, options)) ?? [];
  const statuses = (await readAll(client, 'reports/orders/totals', {}, named, options)) ?? [];
  return {
    countries: countries.map(({ code, name }) => ({
      ...item(code, name),
      active: settings?.soldTo?.has(code) ?? true,
    })),
    taxRules: taxRules(classes, rates),
    taxes: rates.map(taxItem),
    carriers: await readCarriers(client, options),
    paymentMethods: [
      ...gateways.map(({ id, title, method_title, enabled }) => ({
        ...item(id, title ?? method_title),
        active: enabled,
      })),
      item('N/A', 'N/A'),
    ],
    statuses: (statuses.length > 0 ? statuses : CORE_STATUSES.map((slug) => ({ slug, name: slug }))).map(
      ({ slug, name }) => ({
        ...item(slug, name),
        readByDefault: DEFAULT_STATUSES.includes(slug),
      }),
    ),
    currencies: currency === null ? [] : [item(currency, currency)],
    subShops: [],
    categories: categories.map(({ id, name }) => item(id, name)),
  };
}

/** Classes of the list, then those that only rates still name: orders carry them too. */
function taxRules(classes: readonly z.infer<typeof named>[], rates: readonly WooTaxRate[]): ListItem[] {
  const listed = new Set(classes.map(({ slug }) => slug));
  const outlived = new Set(rates.map((rate) => rate.class).filter((slug) => !listed.has(slug)));
  return [
    ...classes.map(({ slug, name }) => item(slug, name)),
    ...[...outlived].map((slug) => ({ ...item(slug, slug), active: false })),
  ];
}

function taxItem({ id, name, rate, country: of }: WooTaxRate): ListItem {
  const tax = { ...item(id, name), rate: decimalText(rate, 2) };
  return of === null ? tax : { ...tax, country: of };
}

/** Methods of all zones; zone 0 is the rest of the world. The method alone is a key too, for orders without instance. */
async function readCarriers(client: WooClient, options: AskOptions): Promise<readonly ListItem[]> {
  const zones = (await readAll(client, 'shipping/zones', {}, zone, options)) ?? [];
  const carriers: ListItem[] = [];
  for (const { id } of zones) {
    const methods = (await readAll(client, `shipping/zones/${id}/methods`, {}, zoneMethod, options)) ?? [];
    for (const { method_id, instance_id, title, enabled } of methods) {
      carriers.push({ ...item(`${method_id}:${instance_id}`, title), active: enabled });
    }
  }
  return carriers;
}

function item(id: string, name: string | null): ListItem {
  return { id, name: name === null ? id : decodeEntities(name), active: true };
}
