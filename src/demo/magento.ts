import { dataJson } from './data-files.ts';
import { type Answer, type Asked, type DemoShop, type DemoTls, openShop } from './demo-shop.ts';
import { type MagentoKey, magentoAuthentication } from './mg-auth.ts';
import type { MagentoRecords } from './mg-made.ts';
import { onlyFields, pageOf, searchOf, selected } from './mg-query.ts';
import { copiesOf, demoMagentoRecords } from './mg-records.ts';
import { TAXES } from './mg-trade.ts';
import { type Json, type JsonObject, phpJson } from './php.ts';

export type MagentoDemoOptions = {
  readonly copies?: number;
  readonly now?: () => number;
  readonly tls?: DemoTls | null;
  /** Other records than the demo's, or these changed. */
  readonly transform?: (records: MagentoRecords) => MagentoRecords;
  /** Shops since 2.4.4 refuse the access token as bearer unless they were told otherwise. */
  readonly bearer?: boolean;
  /** Whether the token has been withdrawn by now. */
  readonly expired?: () => boolean;
  /** What this integration may not read, by path: `transactions`. */
  readonly denied?: readonly string[];
  /** The largest page; a larger one is refused, as Magento does where a limit is set. */
  readonly maximumPageSize?: number;
  /** Rows handed out at most, whatever was asked. */
  readonly cappedAt?: number;
  /** A cache or an extension in the way: the condition on ids is not obeyed. */
  readonly ignoresIds?: boolean;
  /** Web servers without rewriting answer under `index.php` alone. */
  readonly rewriting?: boolean;
  /** Called before each search of documents, with their path: orders may change while they are read. */
  readonly onSearch?: (path: string) => ((records: MagentoRecords) => MagentoRecords) | null;
};

const KEY: MagentoKey = {
  token: 'demo-access-token-0000000000000000',
  consumerKey: 'demo-consumer-key-0000000000000000',
  consumerSecret: 'demo-consumer-secret-00000000000000',
  tokenSecret: 'demo-token-secret-0000000000000000',
};

/** The right that stands before each list, as Magento names it when it refuses. */
const RIGHTS: Readonly<Record<string, string>> = {
  orders: 'Magento_Sales::actions_view',
  invoices: 'Magento_Sales::sales_invoice',
  creditmemos: 'Magento_Sales::sales_creditmemo',
  transactions: 'Magento_Sales::transactions_fetch',
  'store/storeConfigs': 'Magento_Backend::store',
  'store/storeViews': 'Magento_Backend::store',
  'taxRates/search': 'Magento_Tax::manage_tax',
  'customerGroups/search': 'Magento_Customer::group',
};
const DATA = 'magento/handwritten';
const NOT_FOUND_PAGE =
  '<!doctype html>\n<html lang="fr"><head><title>404 Not Found</title></head><body><h1>Oups</h1></body></html>\n';

/** Magento 2.4 as its documentation and public source say: REST API V1, an integration that may read. */
export async function startMagentoDemo(options: MagentoDemoOptions = {}): Promise<DemoShop> {
  const { copies = 1, transform, now = Date.now, tls = null, denied = [], bearer = false, rewriting = true } = options;
  const own = demoMagentoRecords();
  let records = copiesOf(transform === undefined ? own : transform(own), copies);
  const authenticate = magentoAuthentication(KEY, { bearer, now, expired: options.expired ?? (() => false) });
  const credentials = bearer ? { token: KEY.token } : { ...KEY };
  return openShop({ credentials, tls, answer, pageOf: asksFor });

  function answer(asked: Asked): Answer {
    if (asked.path === '/magento_version')
      return { status: 200, headers: [['Content-Type', 'text/html; charset=UTF-8']], body: 'Magento/2.4 (Community)' };
    const path = routeOf(asked);
    if (path === null)
      return { status: 404, headers: [['Content-Type', 'text/html; charset=UTF-8']], body: NOT_FOUND_PAGE };
    if (asked.method !== 'GET') return error(404, 'Request does not match any route.');
    const params = parsedQuery(asked.query);
    if (path === 'directory/currency' || path === 'directory/countries') return json(handwritten(path), params);
    const caller = authenticate(asked);
    if (typeof caller === 'object') return error(caller.status, caller.message);
    const right = RIGHTS[path];
    if (right === undefined) return error(404, 'Request does not match any route.');
    if (caller === 'nobody' || denied.includes(path)) {
      return error(401, "The consumer isn't authorized to access %resources.", { resources: right });
    }
    if (path.startsWith('store/')) return json(handwritten(path), params);
    if (path === 'taxRates/search') return searched(taxRates(), params);
    if (path === 'customerGroups/search') return searched(handwritten(path) as readonly JsonObject[], params); // a list in its file
    records = options.onSearch?.(path)?.(records) ?? records;
    return searched(records[path as keyof MagentoRecords], params); // the rights name the lists there are
  }

  function searched(rows: readonly JsonObject[], params: Pairs): Answer {
    const search = searchOf(options.ignoresIds === true ? params.filter(([, value]) => value !== 'gt') : params);
    const { maximumPageSize, cappedAt } = options;
    if (maximumPageSize !== undefined && (search.pageSize ?? maximumPageSize) > maximumPageSize) {
      return error(400, 'Maximum SearchCriteria pageSize is %max', { max: String(maximumPageSize) });
    }
    const found = selected(rows, search);
    const items = pageOf(found, search).slice(0, cappedAt);
    const criteria = { filter_groups: [], page_size: search.pageSize, current_page: search.page };
    return json({ items, search_criteria: criteria, total_count: found.length }, params);
  }

  /** `/rest/all/V1/orders` → `orders`; null outside the API. */
  function routeOf({ path }: Asked): string | null {
    const start = rewriting ? '(?:/index\\.php)?' : '/index\\.php';
    return new RegExp(`^${start}/rest/(?:all|default|pro)/V1/(.+)$`).exec(path)?.[1] ?? null;
  }
}

type Pairs = readonly (readonly [string, string])[];

function parsedQuery(query: string): Pairs {
  return [...new URLSearchParams(query)];
}

function handwritten(path: string): Json {
  return dataJson(`${DATA}/${path.replaceAll('/', '-')}.json`);
}

function taxRates(): readonly JsonObject[] {
  return Object.entries(TAXES).map(([code, { percent, country }], index) => ({
    id: index + 1,
    code,
    rate: percent / 100,
    tax_country_id: country,
    tax_region_id: 0,
    tax_postcode: '*',
    titles: [],
  }));
}

function json(value: Json, params: Pairs): Answer {
  const fields = params.find(([name]) => name === 'fields')?.[1];
  return answered(200, fields === undefined ? value : onlyFields(value, fields));
}

function error(status: number, message: string, parameters: JsonObject = {}): Answer {
  return answered(status, { message, parameters });
}

function answered(status: number, value: Json): Answer {
  const headers: [string, string][] = [
    ['Server', 'nginx'],
    ['Content-Type', 'application/json; charset=utf-8'],
    ['Cache-Control', 'no-store, no-cache, must-revalidate, max-age=0'],
  ];
  return { status, headers, body: phpJson(value) };
}

/** Pages are asked by the last id: the first is the one without. */
function asksFor({ query }: Asked): number {
  return /filters%5D%5B0%5D%5Bcondition_type%5D=gt(?:&|$)/.test(query) ? 2 : 1;
}
