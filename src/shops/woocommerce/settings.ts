import { z } from 'zod';
import type { Decimal } from '../../core/decimal.ts';
import { countryCode, currencyCode, idText, textOrNull } from '../../schema/codes.ts';
import { decimal } from '../../schema/decimal.ts';
import type { AskOptions, Params, WooClient } from './client.ts';
import type { WooContext } from './to-document.ts';

/** Settings of the shop that decide how its orders are understood. Null: this key may not read them. */
export type WooSettings = Pick<WooContext, 'currency' | 'country' | 'taxBasedOn'> & {
  /** Countries the shop sells to; null: all. */
  readonly soldTo: ReadonlySet<string> | null;
};

const setting = z.object({ id: z.string(), value: z.unknown().optional() });
const taxRate = z.object({
  id: idText,
  country: textOrNull, // "" is any country
  rate: decimal,
  name: textOrNull,
  class: z.string(),
});
export type WooTaxRate = z.infer<typeof taxRate>;

const MAX_PAGES = 200;
const PER_PAGE = 100;

/** Reads `/settings` (an administrator's key); a shop manager's still reads the currency elsewhere. */
export async function readSettings(client: WooClient, options: AskOptions = {}): Promise<WooSettings | null> {
  const general = await settingsGroup(client, 'general', options);
  const tax = await settingsGroup(client, 'tax', options);
  if (general === null || tax === null) return null;
  const country = countryCode.safeParse(text(general, 'woocommerce_default_country')?.split(':')[0]); // FR:75 has a region
  const currency = currencyCode.safeParse(text(general, 'woocommerce_currency'));
  const basedOn = z.enum(['shipping', 'billing', 'base']).safeParse(text(tax, 'woocommerce_tax_based_on'));
  return {
    currency: currency.success ? currency.data : null,
    country: country.success ? country.data : null,
    taxBasedOn: basedOn.success ? basedOn.data : null,
    soldTo: soldTo(general),
  };
}

export async function readCurrency(client: WooClient, options: AskOptions = {}): Promise<string | null> {
  const answer = await client.askIfAllowed('data/currencies/current', {}, options);
  const parsed = z.object({ code: currencyCode }).safeParse(answer?.data);
  return parsed.success ? parsed.data.code : null;
}

/** All tax rates the shop still has, or null when the key may not read them. */
export async function readTaxRates(client: WooClient, options: AskOptions = {}): Promise<readonly WooTaxRate[] | null> {
  return readAll(client, 'taxes', { orderby: 'id', order: 'asc' }, taxRate, options);
}

export function percentages(rates: readonly WooTaxRate[]): ReadonlyMap<string, Decimal> {
  return new Map(rates.map(({ id, rate }) => [id, rate]));
}

/**
 * A whole list, page after page; records that are not of the shape are left out, since lists only help to choose.
 * Some lists do not page and answer whole whatever is asked (`data/countries`, 249 of them): more than a page is all.
 */
export async function readAll<Shape extends z.ZodType>(
  client: WooClient,
  path: string,
  params: Params,
  shape: Shape,
  options: AskOptions = {},
): Promise<readonly z.infer<Shape>[] | null> {
  const all: z.infer<Shape>[] = [];
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const answer = await client.askIfAllowed(
      path,
      { ...params, per_page: String(PER_PAGE), page: String(page) },
      options,
    );
    if (answer === null) return null;
    const records = z.array(z.unknown()).safeParse(answer.data);
    if (!records.success) return null;
    for (const record of records.data) {
      const parsed = shape.safeParse(record);
      if (parsed.success) all.push(parsed.data);
    }
    if (records.data.length !== PER_PAGE) break;
  }
  return all;
}

async function settingsGroup(
  client: WooClient,
  group: string,
  options: AskOptions,
): Promise<ReadonlyMap<string, unknown> | null> {
  const answer = await client.askIfAllowed(`settings/${group}`, { _fields: 'id,value' }, options);
  const parsed = z.array(setting).safeParse(answer?.data);
  return parsed.success ? new Map(parsed.data.map(({ id, value }) => [id, value])) : null;
}

function text(settings: ReadonlyMap<string, unknown>, id: string): string | undefined {
  const value = settings.get(id);
  return typeof value === 'string' ? value : undefined;
}

function soldTo(general: ReadonlyMap<string, unknown>): ReadonlySet<string> | null {
  if (text(general, 'woocommerce_allowed_countries') !== 'specific') return null;
  const list = z.array(z.string()).safeParse(general.get('woocommerce_specific_allowed_countries'));
  return list.success ? new Set(list.data) : null;
}
