import { readFileSync } from 'node:fs';
import { type Answer, type Asked, type DemoShop, openShop } from '../src/demo/demo-shop.ts';

/**
 * Orders invented after Shopware's published schema (README), served over a loopback server that obeys the search by its
 * own code; expected figures written by hand.
 */
export type Json = Readonly<Record<string, unknown>>;

export const ORDERS = JSON.parse(
  readFileSync(new URL('../src/shops/shopware/fixtures/6.6/orders.json', import.meta.url), 'utf8'),
) as readonly Json[];
export const KEY = { clientId: 'SWIAACCESS', clientSecret: 'secret-key' };

/** What the server holds and refuses may be changed while it runs. */
export type ShopwareTestShop = DemoShop & {
  orders: readonly Json[];
  denied: readonly string[];
  /** Given so far. */
  tokens: number;
  /** The token in use is refused from now on. */
  expireTokens: () => void;
};

export function copy(number: number): Json {
  const [, first = {}] = ORDERS;
  return { ...first, id: String(number).padStart(32, '0'), autoIncrement: number, orderNumber: String(number) };
}

export async function startShopware(): Promise<ShopwareTestShop> {
  let valid = '';
  const state: Pick<ShopwareTestShop, 'orders' | 'denied' | 'tokens'> = { orders: ORDERS, denied: [], tokens: 0 };
  /** Made anew when the orders are others. */
  let tables: { of: readonly Json[] | null; rows: Readonly<Record<string, readonly Json[]>> } = { of: null, rows: {} };
  const shop = await openShop({
    credentials: KEY,
    tls: null,
    answer,
    pageOf: ({ body }) => (body.includes('autoIncrement","parameters') ? 2 : 1),
  });
  return Object.assign(state, { ...shop, expireTokens: () => (valid = '') });

  /** The server: a token, and searches over dotted fields, lists met by any of their members. */
  function answer(asked: Asked): Answer {
    const body = (asked.body === '' ? {} : JSON.parse(asked.body)) as Json;
    if (asked.path === '/api/oauth/token') {
      if (body.client_id !== KEY.clientId || body.client_secret !== KEY.clientSecret)
        return json(401, { errors: [{ code: '10', title: 'invalid_client' }] });
      state.tokens += 1;
      valid = `token-${state.tokens}`;
      return json(200, { token_type: 'Bearer', expires_in: 600, access_token: valid });
    }
    if (asked.authorization !== `Bearer ${valid}`)
      return json(401, {
        errors: [{ code: '9', title: 'The resource owner or authorization server denied the request.' }],
      });
    if (asked.path === '/api/_info/version') return json(200, { version: '6.6.5.0' });
    const entity = asked.path.replace('/api/search/', '');
    if (state.denied.includes(entity)) {
      const right = `${entity.replaceAll('-', '_')}:read`;
      return json(403, {
        errors: [
          {
            code: 'FRAMEWORK__MISSING_PRIVILEGE_ERROR',
            detail: `{"message":"Missing privilege","missingPrivileges":["${right}"]}`,
          },
        ],
      });
    }
    const rows = tableOf(entity);
    if (rows === null) return json(404, { errors: [{ code: '0', title: 'Not Found' }] });
    const tests = ((body.filter ?? []) as readonly Json[]).map(testOf);
    const found = rows.filter((row) => tests.every((test) => test(row)));
    const sorted = found.toSorted((a, b) => Number(a.autoIncrement ?? 0) - Number(b.autoIncrement ?? 0));
    return json(200, { total: found.length, data: sorted.slice(0, Number(body.limit ?? 25)), aggregations: [] });
  }

  function tableOf(entity: string): readonly Json[] | null {
    if (tables.of !== state.orders) tables = { of: state.orders, rows: tablesOf(state.orders) };
    return tables.rows[entity] ?? null;
  }
}

function tablesOf(orders: readonly Json[]): Readonly<Record<string, readonly Json[]>> {
  const days = (at: string) =>
    new Date(
      Date.parse(at) + 86_400_000 * (at.startsWith('2026-10-03') || at.startsWith('2026-10-31') ? 0.01 : 1),
    ).toISOString();
  return {
    order: orders,
    'order-line-item': orders.flatMap(lines),
    'state-machine-history': orders.flatMap((order) =>
      (order.transactions as readonly Json[]).map(({ id, createdAt }) => ({
        referencedId: id,
        createdAt: days(String(createdAt)),
        toStateMachineState: { technicalName: 'paid' },
      })),
    ),
    currency: [{ id: 'b7d2554b0ce847cd82f3ac9bd1c0dfca', isoCode: 'EUR', name: 'Euro' }],
    tax: [{ id: 't', name: 'TVA 20 %', taxRate: 20 }],
    country: [],
    'shipping-method': [],
    'payment-method': [{ id: 'm', name: 'Carte', technicalName: 'stripe_card', active: true }],
    'sales-channel': [],
    'customer-group': [],
  };
}

export function lines(order: Json | undefined): readonly Json[] {
  return (order?.lineItems ?? []) as readonly Json[]; // every order of the fixtures has them
}

function testOf(filter: Json): (row: Json) => boolean {
  const { type, field, value, parameters, queries, operator } = filter;
  if (type === 'multi') {
    const parts = queries as readonly Json[];
    const tests = parts.map(testOf);
    const joined = parts.every((part) => String(part.field).startsWith('lineItems.'));
    // Conditions on a list are met by one and the same member.
    if (operator === 'and' && joined)
      return (row) => lines(row).some((line) => tests.every((test) => test({ lineItems: [line] })));
    return (row) => (operator === 'and' ? tests.every((test) => test(row)) : tests.some((test) => test(row)));
  }
  const path = String(field).split('.');
  if (type === 'equals') return (row) => valuesAt(row, path).includes(value);
  const any = new Set(String(value).split('|'));
  if (type === 'equalsAny') return (row) => valuesAt(row, path).some((one) => any.has(String(one)));
  const bounds = Object.entries(parameters as Json);
  return (row) => valuesAt(row, path).some((one) => bounds.every(([name, bound]) => within(name, one, bound)));
}

function within(name: string, own: unknown, bound: unknown): boolean {
  if (own === null || own === undefined) return false;
  const number = (value: unknown) => (typeof value === 'number' ? value : Date.parse(String(value)));
  const [a, b] = [number(own), number(bound)];
  return name === 'gte' ? a >= b : name === 'gt' ? a > b : name === 'lte' ? a <= b : a < b;
}

function valuesAt(value: unknown, path: readonly string[]): readonly unknown[] {
  const [name, ...rest] = path;
  if (name === undefined) return [value];
  if (Array.isArray(value)) return value.flatMap((one) => valuesAt(one, path));
  return typeof value === 'object' && value !== null ? valuesAt(Reflect.get(value, name), rest) : [];
}

function json(status: number, value: unknown): Answer {
  return { status, headers: [['Content-Type', 'application/json']], body: JSON.stringify(value) };
}
