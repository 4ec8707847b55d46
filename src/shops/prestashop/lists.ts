import { addDays, dayIn, localTime } from '../../core/calendar.ts';
import { decimalText } from '../../core/decimal.ts';
import { Failure } from '../../core/problem.ts';
import type { ListItem, ShopFacts, ShopLists } from '../reader.ts';
import type { Asking, Webservice } from './client.ts';
import { inLanguage, parseRows, SETTINGS, settingOf } from './reference.ts';
import type { Contexts, Source } from './source.ts';
import { fieldOf, idOf, sourceOf } from './source.ts';
import type { Row } from './xml.ts';

const DAYS_OF_METHODS = 365;
const METHODS_PAGE = 5000;
/** Half a million orders a year; a shop with more shows all its methods in these. */
const MAX_METHOD_PAGES = 100;

/** The values the mappings need. A list that the key may not read is empty: *Test the connection* names its right. */
export async function shopLists(
  service: Webservice,
  contexts: Contexts,
  asking: Asking,
  nowMs: number,
): Promise<ShopLists> {
  const source = sourceOf(service, contexts, asking);
  const rowsOf = async (resource: string, query = {}): Promise<readonly Row[]> =>
    (await source.optional(resource, () => source.all(resource, query))) ?? [];
  const settings = parseRows(
    'configurations',
    await rowsOf('configurations', { 'filter[name]': `[${SETTINGS.join('|')}]` }),
  );
  const setting = settingOf(settings);
  const language = setting('PS_LANG_DEFAULT', null);
  const countries = parseRows('countries', await rowsOf('countries'));
  const rules = parseRows('tax_rules', await rowsOf('tax_rules'));
  const taxes = parseRows('taxes', await rowsOf('taxes'));
  const groups = parseRows('tax_rule_groups', await rowsOf('tax_rule_groups'));
  const statuses = parseRows('order_states', await rowsOf('order_states'));
  const currencies = parseRows('currencies', await rowsOf('currencies'));
  const shops = parseRows('shops', await rowsOf('shops'));
  const categories = parseRows('categories', await rowsOf('categories', { display: '[id,name,active]' }));
  const customerGroups = parseRows('groups', await rowsOf('groups', { display: '[id,name]' }));
  return {
    countries: countries.map((row) => ({ id: row.iso_code, name: inLanguage(row.name, language), active: row.active })),
    taxRules: groups.map(({ id, name, active, deleted }) => ({ id, name, active: active && !deleted })),
    taxes: taxes.map(({ id, name, rate, active, deleted }): ListItem => {
      const country = countryOf(id);
      const item = { id, name: inLanguage(name, language), active: active && !deleted, rate: decimalText(rate, 2) };
      return country === null ? item : { ...item, country };
    }),
    carriers: carriersOf(parseRows('carriers', await rowsOf('carriers')), setting('PS_SHOP_NAME', null) ?? ''),
    paymentMethods: await paymentMethods(source, setting('PS_TIMEZONE', null) ?? 'UTC', nowMs),
    statuses: statuses.map(({ id, name, paid, invoice, deleted }) => ({
      id,
      name: inLanguage(name, language),
      active: !deleted,
      readByDefault: paid || invoice,
    })),
    currencies: currencies.map((row) => ({
      id: row.iso_code,
      name: typeof row.name === 'string' ? row.name : inLanguage(row.name, language),
      active: row.active && !row.deleted,
    })),
    subShops: shops.map(({ id, name, active, deleted }) => ({ id, name, active: active && !deleted })),
    categories: categories.map(({ id, name, active }) => ({ id, name: inLanguage(name, language), active })),
    customerGroups: customerGroups.map(({ id, name }) => ({ id, name: inLanguage(name, language), active: true })),
  };

  /** The one country whose rules give that tax; null when several do. */
  function countryOf(tax: string): string | null {
    const ids = new Set(rules.filter((rule) => rule.id_tax === tax).map((rule) => rule.id_country));
    const [only] = ids;
    return ids.size === 1 ? (countries.find((country) => country.id === only)?.iso_code ?? null) : null;
  }
}

export async function shopFacts(service: Webservice, contexts: Contexts, asking: Asking): Promise<ShopFacts> {
  const source = sourceOf(service, contexts, asking);
  const rows = await source.all('configurations', { 'filter[name]': `[${SETTINGS.join('|')}]` });
  const setting = settingOf(parseRows('configurations', rows));
  const currencies = parseRows('currencies', await source.all('currencies'));
  const countries = parseRows('countries', await source.all('countries'));
  const currency = currencies.find((row) => row.id === setting('PS_CURRENCY_DEFAULT', null));
  if (currency === undefined)
    throw new Failure('shop.broken-answer', { status: 'PS_CURRENCY_DEFAULT', url: 'configurations' });
  return {
    name: setting('PS_SHOP_NAME', null) ?? '',
    version: service.version(),
    currency: currency.iso_code,
    country: countries.find((row) => row.id === setting('PS_COUNTRY_DEFAULT', null))?.iso_code ?? null,
    timeZone: setting('PS_TIMEZONE', null),
  };
}

/** Each edit of a carrier makes a new record: one item for all, named as the latest, active while one still is. */
function carriersOf(rows: ReturnType<typeof parseRows<'carriers'>>, shopName: string): ListItem[] {
  const items = new Map<string, ListItem>();
  for (const row of rows) {
    const id = row.id_reference ?? row.id;
    const active = row.active && !row.deleted;
    items.set(id, {
      id,
      name: row.name === '0' ? shopName : row.name,
      active: active || (items.get(id)?.active ?? false),
    });
  }
  return [...items.values()];
}

/**
 * The shop has no list of payment methods: they are the modules of the orders of the last twelve months, and the labels
 * of payments added by hand beside them. Others are typed in the profile.
 */
async function paymentMethods(source: Source, timeZone: string, nowMs: number): Promise<ListItem[]> {
  const from = addDays(dayIn(timeZone, nowMs), -DAYS_OF_METHODS);
  const to = localTime(timeZone, nowMs + 86_400_000).replace('T', ' ');
  const period = { 'filter[date_add]': `[${from} 00:00:00,${to}]`, date: '1' };
  const orders = await rowsOf('orders', '[id,reference,module,payment]');
  const payments =
    (await source.optional('order_payments', () => rowsOf('order_payments', '[id,order_reference,payment_method]'))) ??
    [];
  const items = new Map<string, ListItem>();
  const labels = new Map<string, string>();
  for (const order of orders) {
    const name = fieldOf(order, 'payment');
    const id = fieldOf(order, 'module') || name;
    if (id === '') continue;
    items.set(id, { id, name, active: true });
    labels.set(name, id);
  }
  const orderLabels = new Map(orders.map((order) => [fieldOf(order, 'reference'), fieldOf(order, 'payment')]));
  for (const [reference, rows] of Map.groupBy(payments, (row) => fieldOf(row, 'order_reference'))) {
    const own = new Set(rows.map((row) => fieldOf(row, 'payment_method')));
    if (own.size < 2) continue;
    for (const label of own) {
      if (label !== '' && label !== orderLabels.get(reference) && !labels.has(label))
        items.set(label, { id: label, name: label, active: true });
    }
  }
  return [...items.values()].sort((a, b) => (a.id < b.id ? -1 : 1));

  async function rowsOf(resource: string, display: string): Promise<readonly Row[]> {
    const result: Row[] = [];
    for (let count = 0; count < MAX_METHOD_PAGES; count += 1) {
      const last = result.at(-1);
      const page = await source.page(
        resource,
        { ...period, display },
        { after: last === undefined ? null : idOf(last), limit: METHODS_PAGE },
      );
      result.push(...page);
      if (page.length < METHODS_PAGE) break;
    }
    return result;
  }
}
