import { capturedAnswer } from './captured.ts';
import { dataJson, dataNames, dataText } from './data-files.ts';
import { type Answer, type Asked, type DemoShop, type DemoTls, openShop } from './demo-shop.ts';
import { type Json, type JsonObject, type PhpParams, parsePhpQuery, phpJson } from './php.ts';
import { type WooKey, wooAuthentication } from './woo-auth.ts';
import { wooLink } from './woo-link.ts';
import { type InvalidParam, list, onlyFields, parseWooList, type WooTable, wooTable } from './woo-query.ts';
import { capturedWooRecords, isObject, objects, type WooRecords, wooRows } from './woo-records.ts';

export type WooDemoOptions = {
  /** How many times the captured orders exist, each time with other ids and dates: 250 makes 10 000 orders. */
  readonly copies?: number;
  /** How many of the paid orders state a total their lines do not add up to. */
  readonly broken?: number;
  /** Changes the captured records before they are copied. */
  readonly transform?: (records: WooRecords) => WooRecords;
  /** Changes what it answers, as text: for a shop that means harm. */
  readonly told?: (body: string) => string;
  /** Records a page, where the host allows fewer than WooCommerce's hundred. */
  readonly mostPerPage?: number;
  readonly key?: WooKey;
  /** With a certificate the shop speaks https and takes Basic authentication. */
  readonly tls?: DemoTls;
  readonly now?: () => number;
};

export type WooDemoShop = DemoShop & { readonly brokenIds: readonly number[] };

const DEMO_KEY: WooKey = {
  key: 'ck_demo000000000000000000000000000000000000',
  secret: 'cs_demo000000000000000000000000000000000000',
};
const CAPTURED_SHOP = /https?:\/\/127\.0\.0\.1:(?:8444|8081)/g;
const DATA = 'woocommerce';
/** Lists that page, from captured pages. */
const PAGED: Readonly<Record<string, { files: readonly string[]; like: string }>> = {
  taxes: { files: names('config', 'taxes-page-'), like: 'config/taxes-page-01' },
  products: { files: names('config', 'products-page-'), like: 'config/products-page-01' },
  customers: { files: names('customers', 'page-'), like: 'customers/page-01' },
  coupons: { files: ['config/coupons'], like: 'config/coupons' },
};
/** Answers that are always the captured one. */
const FIXED: Readonly<Record<string, string>> = {
  'taxes/classes': 'config/tax-classes',
  settings: 'config/settings-groups',
  'settings/general': 'config/settings-general',
  'settings/tax': 'config/settings-tax',
  payment_gateways: 'config/payment-gateways',
  shipping_methods: 'config/shipping-methods',
  'shipping/zones': 'config/shipping-zones',
  'data/currencies/current': 'config/currency-current',
  'products/26/variations': 'config/product-26-variations',
  ...Object.fromEntries(
    ['0', '1', '2', '3'].flatMap((zone) =>
      ['locations', 'methods'].map((what) => [
        `shipping/zones/${zone}/${what}`,
        `config/shipping-zone-${zone}-${what}`,
      ]),
    ),
  ),
};
const HANDWRITTEN: Readonly<Record<string, string>> = {
  'data/countries': 'countries',
  system_status: 'system-status',
};
const CORE_STATUSES = objects(dataJson(`${DATA}/handwritten/order-statuses.json`));

/** WooCommerce 9.9.5 as captured: REST API v3, read only, in the time zone of Paris. */
export async function startWooDemo(options: WooDemoOptions = {}): Promise<WooDemoShop> {
  const { copies = 1, broken = 0, transform, told, key = DEMO_KEY, tls = null, now = Date.now } = options;
  const captured = capturedWooRecords();
  const rows = wooRows(transform === undefined ? captured : transform(captured), { copies, broken });
  const orders = wooTable(rows.orders);
  const refunds = wooTable(rows.refunds);
  const statuses = [
    ...new Set(['any', 'trash', ...CORE_STATUSES.map(({ slug }) => String(slug)), ...rows.orders.map((o) => o.status)]),
  ];
  const authenticate = wooAuthentication(key, { secure: tls !== null, now });
  const shop = await openShop({ credentials: { ...key }, tls, answer: asTold, pageOf });
  return { ...shop, brokenIds: rows.orders.filter((row) => row.broken).map((row) => row.id) };

  function asTold(asked: Asked): Answer {
    const given = answer(asked);
    return told === undefined ? given : { ...given, body: told(given.body) };
  }

  function answer(asked: Asked): Answer {
    const params = parsePhpQuery(asked.query);
    const route = routeOf(asked, params);
    if (route === null) return { status: 404, headers: [['Content-Type', 'text/html; charset=UTF-8']], body: '' };
    const caller = authenticate(asked, params);
    if (typeof caller === 'object') {
      return failure(asked, 401, { code: 'woocommerce_rest_authentication_error', message: caller.refused });
    }
    if (route === '' || route === 'wc/v3') return handwrittenRoot(asked, route);
    const path = route.startsWith('wc/v3/') ? route.slice('wc/v3/'.length) : '';
    const found = reply(path);
    if (found === null) return capturedError(asked, '404-route');
    if (caller === 'nobody') return capturedError(asked, '401-no-auth');
    if (asked.method !== 'GET' && asked.method !== 'HEAD') return capturedError(asked, '401-write-with-read-key');
    return found({ asked, params, route });
  }

  function reply(path: string): ((request: Request) => Answer) | null {
    const fixed = FIXED[path];
    if (fixed !== undefined) return ({ asked }) => capturedFile(asked, fixed);
    const paged = PAGED[path];
    if (paged !== undefined) return (request) => pagedFiles(request, paged);
    if (path === 'products/categories') return (request) => pagedRecords(request, categories(), 'GET, POST');
    const handwritten = HANDWRITTEN[path];
    if (handwritten !== undefined) return ({ asked }) => json(asked, { value: handwrittenJson(handwritten) });
    if (path === 'reports/orders/totals') return ({ asked }) => json(asked, { value: totals() });
    if (path === 'orders') return (request) => table(request, orders, {});
    if (path === 'refunds') return (request) => table(request, refunds, { allow: 'GET' });
    const [, id = '', of, refund = ''] = /^orders\/(\d+)(\/refunds(?:\/(\d+))?)?$/.exec(path) ?? [];
    if (id === '') return null;
    if (of === undefined) return (request) => one(request, orders, Number.parseInt(id, 10));
    if (refund !== '') return (request) => one(request, refunds, Number.parseInt(refund, 10), ['parent_id']);
    return (request) => table(request, refunds, { parent: Number.parseInt(id, 10), hide: ['parent_id'] });
  }

  function table(request: Request, rows: WooTable, of: { parent?: number; hide?: string[]; allow?: string }): Answer {
    const { asked, params } = request;
    if (of.parent !== undefined && !orders.byId.has(of.parent)) return capturedError(asked, '404-order');
    const query = parseWooList(params, statuses, options.mostPerPage);
    if ('length' in query) return invalidParams(asked, query);
    const found = rows.select(of.parent === undefined ? query : { ...query, parents: [of.parent] });
    const from = query.offset ?? (query.page - 1) * query.perPage;
    const shown = found.slice(from, from + query.perPage);
    // Beyond the last page the shop has counted nothing, and says zero (`paging/orders-past-last-page`).
    const total = from > 0 && shown.length === 0 ? 0 : found.length;
    const fields = list(params.get('_fields'));
    return json(asked, {
      value: shown.map((row) => onlyFields(without(row.body(query.decimals), of.hide ?? []), fields)),
      paging: { ...request, total, query, appended: appended(rows, shown.length > 0, query.statuses) },
      allow: of.allow ?? 'GET, POST',
    });
  }

  /** Parameters the shop adds to the addresses of the pages around, once it has worked them out. */
  function appended(rows: WooTable, shown: boolean, asked: readonly string[]): [string, string][] {
    const named = asked.length === 0 ? ['any'] : asked;
    const status = rows === orders ? named.map((slug, at): [string, string] => [`status[${at}]`, slug]) : [];
    return shown ? [...status, ['dp', '2'], ['context', 'view']] : status;
  }

  function one({ asked, params }: Request, rows: WooTable, id: number, hide: string[] = []): Answer {
    const row = rows.byId.get(id);
    if (row === undefined) return capturedError(asked, '404-order');
    const query = parseWooList(params, statuses, options.mostPerPage);
    if ('length' in query) return invalidParams(asked, query);
    const value = onlyFields(without(row.body(query.decimals), hide), list(params.get('_fields')));
    return json(asked, { value, allow: 'GET, POST, PUT, PATCH, DELETE' });
  }

  function totals(): Json {
    const counts = new Map<string, number>();
    for (const { status } of rows.orders) counts.set(status, (counts.get(status) ?? 0) + 1);
    const known = CORE_STATUSES.map(({ slug = null, name = null }) => ({ slug, name }));
    const others = [...counts.keys()].filter((slug) => known.every((status) => status.slug !== slug));
    return [...known, ...others.map((slug) => ({ slug, name: slug }))].map(({ slug, name }) => {
      return { slug, name, total: counts.get(String(slug)) ?? 0 };
    });
  }
}

type Request = { readonly asked: Asked; readonly params: PhpParams; readonly route: string };

/** Both ways to an endpoint: pretty permalinks, and `?rest_route=` which needs none. Null: not of the REST API. */
function routeOf({ path }: Asked, params: PhpParams): string | null {
  const plain = params.get('rest_route');
  if ((path === '/' || path === '/index.php') && typeof plain === 'string') return trimSlashes(plain);
  if (path === '/wp-json' || path.startsWith('/wp-json/')) return trimSlashes(decodeURI(path.slice('/wp-json'.length)));
  return null;
}

function pagedFiles(request: Request, { files, like }: { files: readonly string[]; like: string }): Answer {
  const all = files.flatMap((file) => objects(dataJson(`${DATA}/${file}.json`)));
  const allow = capturedFile(request.asked, like).headers.find(([name]) => name === 'Allow')?.[1] ?? 'GET';
  return pagedRecords(request, all, allow);
}

/** The categories that the captured products name. */
function categories(): readonly JsonObject[] {
  const products = (PAGED.products?.files ?? []).flatMap((file) => objects(dataJson(`${DATA}/${file}.json`)));
  const found = products.flatMap(({ categories: named }) => (Array.isArray(named) ? named.filter(isObject) : []));
  return [...new Map(found.map((category) => [String(category.id), category])).values()];
}

function pagedRecords(request: Request, all: readonly JsonObject[], allow: string): Answer {
  const { asked, params } = request;
  const query = parseWooList(new Map([...params].filter(([name]) => !['orderby', 'status'].includes(name))), []);
  if ('length' in query) return invalidParams(asked, query);
  const kept = all.filter(({ id }) => query.include.length === 0 || query.include.includes(Number(id)));
  const order = params.get('order') === 'desc' ? -1 : 1;
  if (params.get('orderby') === 'id') kept.sort((a, b) => order * (Number(a.id) - Number(b.id)));
  const from = query.offset ?? (query.page - 1) * query.perPage;
  const fields = list(params.get('_fields'));
  return json(asked, {
    value: kept.slice(from, from + query.perPage).map((record) => onlyFields(record, fields)),
    paging: { ...request, total: kept.length, query, appended: [] },
    allow,
  });
}

function handwrittenRoot(asked: Asked, route: string): Answer {
  if (route === '') return json(asked, { value: handwrittenJson('wp-root', asked.origin), allow: 'GET' });
  const value = { namespace: 'wc/v3', routes: {}, _links: { up: [{ href: `${asked.origin}/wp-json/` }] } };
  return json(asked, { value, allow: 'GET' });
}

function invalidParams(asked: Asked, invalid: readonly InvalidParam[]): Answer {
  const names = invalid.map(({ name }) => name).join(', ');
  const of = (value: (param: InvalidParam) => Json) =>
    Object.fromEntries(invalid.map((param) => [param.name, value(param)]));
  return failure(asked, 400, {
    code: 'rest_invalid_param',
    message: `Invalid parameter(s): ${names}`,
    data: {
      params: of(({ message }) => message),
      details: of(({ code, message }) => ({ code, message, data: null })),
    },
  });
}

function failure(asked: Asked, status: number, error: { code: string; message: string; data?: JsonObject }): Answer {
  const { code, message, data = {} } = error;
  const headers = baseHeaders(asked.origin, null);
  return { status, headers, body: phpJson({ code, message, data: { status, ...data } }) };
}

type Paging = Request & {
  total: number;
  query: { page: number; perPage: number };
  appended: readonly (readonly [string, string])[];
};

function json(asked: Asked, reply: { value: Json; paging?: Paging; allow?: string }): Answer {
  const { value, paging, allow = 'GET' } = reply;
  const pages = paging === undefined ? 0 : Math.ceil(paging.total / paging.query.perPage);
  const link = paging === undefined ? null : wooLink({ ...paging, page: paging.query.page, pages });
  const counts: [string, string][] =
    paging === undefined
      ? []
      : [
          ['X-WP-Total', String(paging.total)],
          ['X-WP-TotalPages', String(pages)],
        ];
  const [before, after] = [
    baseHeaders(asked.origin, link),
    ['Content-Type', 'application/json; charset=UTF-8'] as const,
  ];
  const cache = [
    ['Allow', allow],
    ['Expires', 'Wed, 11 Jan 1984 05:00:00 GMT'],
    ['Cache-Control', 'no-cache, must-revalidate, max-age=0, no-store, private'],
  ] as const;
  return { status: 200, headers: [...before.slice(0, -1), ...counts, ...cache, after], body: phpJson(value) };
}

function baseHeaders(origin: string, link: string | null): [string, string][] {
  return [
    ['Server', 'Apache'],
    ['X-Robots-Tag', 'noindex'],
    ['Link', link ?? `<${origin}/wp-json/>; rel="https://api.w.org/"`],
    ['X-Content-Type-Options', 'nosniff'],
    ['Access-Control-Expose-Headers', 'X-WP-Total, X-WP-TotalPages, Link'],
    ['Access-Control-Allow-Headers', 'Authorization, X-WP-Nonce, Content-Disposition, Content-MD5, Content-Type'],
    ['Content-Type', 'application/json; charset=UTF-8'],
  ];
}

function capturedFile(asked: Asked, name: string): Answer {
  const file = `${DATA}/${name}`;
  return capturedAnswer({
    file: `${file}.json`,
    headers: `${file}.http.txt`,
    from: CAPTURED_SHOP,
    origin: asked.origin,
  });
}

function capturedError(asked: Asked, name: string): Answer {
  return capturedFile(asked, `errors/${name}`);
}

function handwrittenJson(name: string, origin = ''): Json {
  return JSON.parse(dataText(`${DATA}/handwritten/${name}.json`).replaceAll('https://shop.example', origin));
}

function pageOf({ query }: Asked): number {
  const page = parsePhpQuery(query).get('page');
  return typeof page === 'string' ? Number.parseInt(page, 10) || 1 : 1;
}

function without(record: JsonObject, hidden: readonly string[]): JsonObject {
  if (hidden.length === 0 || !isObject(record)) return record;
  return Object.fromEntries(Object.entries(record).filter(([name]) => !hidden.includes(name)));
}

function names(folder: string, start: string): string[] {
  return dataNames(`${DATA}/${folder}`, '.json')
    .filter((name) => name.startsWith(start))
    .map((name) => `${folder}/${name.slice(0, -'.json'.length)}`);
}

function trimSlashes(path: string): string {
  return path.replace(/^\/+|\/+$/g, '');
}
