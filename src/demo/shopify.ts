import { type Answer, type Asked, type DemoShop, type DemoTls, openShop } from './demo-shop.ts';
import { bulkOperations } from './shopify-bulk.ts';
import type { DescribedOrder } from './shopify-described.ts';
import { askGraph, type Roots } from './shopify-graph.ts';
import type { Node } from './shopify-money.ts';
import { refundsOf, type ShopifyRecords, shopifyRecords } from './shopify-records.ts';
import { searchBalance, searchOrders } from './shopify-search.ts';

export type ShopifyDemoOptions = {
  /** How many times the described orders exist, each time with other ids. */
  readonly copies?: number;
  /** Changes the described orders before they are built. */
  readonly change?: (orders: readonly DescribedOrder[]) => readonly DescribedOrder[];
  /** Changes the records. */
  readonly transform?: (records: ShopifyRecords) => ShopifyRecords;
  readonly scopes?: readonly string[];
  /** Fields refused in spite of their scope: `Order.customer` of a plan without protected customer data. */
  readonly refused?: readonly string[];
  /** Points the shop's bucket holds, and how many come back each second. */
  readonly bucket?: { readonly maximum: number; readonly restoreRate: number };
  readonly version?: string;
  /** Bulk operations end with this error. */
  readonly bulkFails?: string;
  /** Answered to everything: 402 of a shop that is not paid, 423 of one that is locked. */
  readonly status?: number;
  readonly tls?: DemoTls;
  readonly now?: () => number;
};

export type ShopifyDemoShop = DemoShop & {
  /** Every token given so far is refused from now on. */
  readonly expireTokens: () => void;
  /** What the shop answers next is of these records. */
  readonly change: (transform: (records: ShopifyRecords) => ShopifyRecords) => void;
  /** Called with the name of each question before it is answered. */
  readonly onQuestion: (listener: (operation: string) => void) => void;
};

const ENDPOINT = /^\/admin\/api\/[^/]+\/graphql\.json$/;
const TOKEN = '/admin/oauth/access_token';
const CLIENT = { clientId: 'demo-client', clientSecret: 'demo-secret' };
const LEGACY_TOKEN = 'shpat_demo0000000000000000000000000000';
const DAY_SECONDS = 86_399;
const ALL_SCOPES = [
  'read_orders',
  'read_all_orders',
  'read_customers',
  'read_products',
  'read_locations',
  'read_returns',
  'read_payment_terms',
  'read_shopify_payments_payouts',
  'read_shopify_payments_accounts',
];

/** Shopify's Admin GraphQL API, the schema executed over recorded and described orders. */
export async function startShopifyDemo(options: ShopifyDemoOptions = {}): Promise<ShopifyDemoShop> {
  const {
    transform = (all: ShopifyRecords) => all,
    scopes = ALL_SCOPES,
    version = '2026-10',
    tls = null,
    now = Date.now,
  } = options;
  const { maximum, restoreRate } = options.bucket ?? { maximum: 2000, restoreRate: 100 };
  let records = transform(shopifyRecords(options.change, options.copies));
  const access = { scopes, refused: options.refused ?? [] };
  let listener = (_operation: string): void => {};
  let indexed: { byId: ReadonlyMap<unknown, Node>; refunds: ReadonlyMap<string, Node> } | null = null;
  let granted = 0;
  let expired = 0;
  let bucket = { points: maximum, atMs: now() };
  let origin = '';
  const bulk = bulkOperations({
    answer: (query) => askGraph({ query, operationName: null, variables: {} }, roots(), access).data,
    origin: () => origin,
    fails: options.bulkFails ?? null,
  });
  const shop = await openShop({ credentials: { ...CLIENT }, tls, answer, pageOf: () => 1, nameOf });
  origin = shop.url;
  return {
    ...shop,
    expireTokens: () => (expired = granted),
    change: (next) => {
      records = next(records);
      indexed = null;
    },
    onQuestion: (told) => (listener = told),
  };

  function answer(asked: Asked): Answer {
    if (options.status !== undefined) return json(options.status, { errors: 'Unavailable Shop' });
    if (asked.path === TOKEN) return token(asked);
    const file = bulk.file(asked.path);
    if (file !== null) return { status: 200, headers: [['Content-Type', 'application/jsonl']], body: file };
    if (!ENDPOINT.test(asked.path) || asked.method !== 'POST') return json(404, { errors: 'Not Found' });
    if (!isToken(asked.headers['x-shopify-access-token']))
      return json(401, { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' });
    const question = JSON.parse(asked.body) as { query: string; operationName?: string; variables?: Node };
    listener(question.operationName ?? '');
    const { data, errors, cost } = askGraph(
      { query: question.query, operationName: question.operationName ?? null, variables: question.variables ?? {} },
      roots(),
      access,
    );
    refill();
    const status = () => ({ maximumAvailable: maximum, currentlyAvailable: Math.floor(bucket.points), restoreRate });
    if (cost > bucket.points) {
      const refused = [
        {
          message: 'Throttled',
          extensions: { code: 'THROTTLED', documentation: 'https://shopify.dev/api/usage/rate-limits' },
        },
      ];
      return json(200, {
        errors: refused,
        extensions: { cost: { requestedQueryCost: cost, actualQueryCost: null, throttleStatus: status() } },
      });
    }
    bucket.points -= cost;
    const extensions = { cost: { requestedQueryCost: cost, actualQueryCost: cost, throttleStatus: status() } };
    return json(200, { ...(errors.length === 0 ? {} : { errors }), data, extensions });
  }

  function token({ method, body, headers }: Asked): Answer {
    const form = new URLSearchParams(body);
    const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
    if (method !== 'POST' || !isForm || form.get('grant_type') !== 'client_credentials')
      return json(400, { error: 'invalid_request', error_description: 'Could not find the grant type.' });
    if (form.get('client_id') !== CLIENT.clientId || form.get('client_secret') !== CLIENT.clientSecret)
      return json(400, {
        error: 'application_cannot_be_found',
        error_description: 'No application was found for this client id.',
      });
    granted += 1;
    return json(200, { access_token: `shpat_granted${granted}`, scope: scopes.join(','), expires_in: DAY_SECONDS });
  }

  function isToken(value: string | string[] | undefined): boolean {
    if (value === LEGACY_TOKEN) return true;
    const number = typeof value === 'string' ? Number(/^shpat_granted(\d+)$/.exec(value)?.[1] ?? 0) : 0;
    return number > expired && number <= granted;
  }

  function refill(): void {
    const at = now();
    bucket = { points: Math.min(maximum, bucket.points + ((at - bucket.atMs) / 1000) * restoreRate), atMs: at };
  }

  function index() {
    indexed ??= { byId: new Map(records.orders.map((order) => [order.id, order])), refunds: refundsOf(records.orders) };
    return indexed;
  }

  function roots(): Roots {
    const { orders } = records;
    const { byId, refunds } = index();
    const found = (id: unknown) => byId.get(id) ?? refunds.get(String(id)) ?? null;
    return {
      shop: () => records.shop,
      businessEntities: () => records.businessEntities,
      currentAppInstallation: () => ({ accessScopes: scopes.map((handle) => ({ handle })) }),
      locations: () => records.locations,
      orders: ({ query, sortKey, reverse }) => {
        const found = searchOrders(orders, String(query ?? ''), String(sortKey));
        return reverse === true ? found.toReversed() : found;
      },
      ordersCount: ({ query }) => ({
        count: searchOrders(orders, String(query ?? ''), 'ID').length,
        precision: 'EXACT',
      }),
      order: ({ id }) => byId.get(id) ?? null,
      refund: ({ id }) => refunds.get(String(id)) ?? null,
      bulkOperationRunQuery: ({ query }) => bulk.run(String(query)),
      bulkOperation: ({ id }) => bulk.status(String(id)),
      nodes: ({ ids }) => (ids as string[]).map(found),
      shopifyPaymentsAccount: () => ({
        id: 'gid://shopify/ShopifyPaymentsAccount/1',
        payouts: payoutsLastFirst(),
        balanceTransactions: ({ query }: Node) => searchBalance(records.balanceTransactions, String(query ?? '')),
      }),
    };
  }

  function payoutsLastFirst(): readonly Node[] {
    return records.payouts.toSorted((a, b) => (String(a.issuedAt) < String(b.issuedAt) ? 1 : -1));
  }

  function json(status: number, value: unknown): Answer {
    const headers = [
      ['Content-Type', 'application/json; charset=utf-8'],
      ['X-Shopify-API-Version', version],
      ['Date', new Date(now()).toUTCString()],
    ] as const;
    return { status, headers, body: JSON.stringify(value) };
  }
}

/** The operation a question names: all questions have one address. */
function nameOf({ target, body }: Asked): string {
  const name = /"operationName":"(\w+)"/.exec(body)?.[1];
  return name === undefined ? target : `${target}#${name}`;
}
