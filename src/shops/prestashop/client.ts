import { Failure } from '../../core/problem.ts';
import { basic, type HttpAnswer, httpClient, shown } from '../http.ts';
import type { ShopConnection } from '../reader.ts';
import { parseAnswer, parseResources, type Row } from './xml.ts';

/** Parameters of a request, in the Webservice's own language: `display`, `filter[...]`, `sort`, `limit`, `date`. */
export type Query = Readonly<Record<string, string>>;

export type Asking = {
  readonly signal?: AbortSignal;
  readonly onRetry?: (event: { attempt: number; waitMs: number; reason: string }) => void;
};

/**
 * What the shop says to a request: records, or why not. `right`: the key has no right on the resource; `resource`: this
 * version has none of that name; `filter`: it cannot be filtered or shown that way; `shop`: no such sub-shop.
 */
export type ShopAnswer =
  | { readonly state: 'rows'; readonly rows: readonly Row[] }
  | { readonly state: 'refused'; readonly why: 'right' | 'resource' | 'filter' | 'shop'; readonly message: string };

export type Webservice = {
  readonly ask: (resource: string, query: Query, asking: Asking) => Promise<ShopAnswer>;
  /** The resources the key may read. */
  readonly resources: (asking: Asking) => Promise<readonly string[]>;
  /** `9.1.4`, once a request has been answered. */
  readonly version: () => string | null;
  /** Milliseconds the shop's clock is ahead, by its latest `Date` header. */
  readonly clockAheadMs: () => number | null;
  readonly close: () => Promise<void>;
};

/** Codes of the Webservice (class `WebserviceRequest`), as far as they decide something. */
const NO_RIGHT = new Set([25, 26, 101, 132]);
const NO_RESOURCE = 27;
const NOT_FILTERABLE = new Set([31, 32, 33, 34, 35, 38]);
const NO_SHOP = 999;
const DISABLED = 22;
const ANSWERED = [400, 401, 403, 404, 405];
const UNKNOWN_SHOP_STATUS = 302;

/**
 * The Webservice of one shop, XML spoken. The key is the user of Basic authentication; where the host takes that header
 * for itself (CGI without pass-through, a site behind a password) it goes into the address, which nobody is shown.
 */
export function webservice(connection: ShopConnection): Webservice {
  const { http, credentials, now } = connection;
  const key = credentials.key ?? '';
  const base = connection.url.replace(/\/+$/, '').replace(/\/api$/, '');
  const client = httpClient(connection);
  let keyInAddress = http.basicAuth !== null;
  let version: string | null = null;
  let clockAheadMs: number | null = null;

  return {
    ask,
    resources,
    close: client.close,
    version: () => version,
    clockAheadMs: () => clockAheadMs,
  };

  async function ask(resource: string, query: Query, asking: Asking): Promise<ShopAnswer> {
    const answer = await get(resource, query, asking);
    const where = shown(answer.url);
    if (answer.status === UNKNOWN_SHOP_STATUS) return refused('shop', `id_shop=${query.id_shop}`);
    if (answer.status === 404 && answer.body.trim() === '') return { state: 'rows', rows: [] }; // an id that is not there
    if (answer.status !== 200 && !answer.body.trimStart().startsWith('<?xml')) throw notUnderstood(answer);
    const parsed = parseAnswer(answer.body, where);
    if (parsed.state === 'rows') return parsed;
    const codes = parsed.errors.map((error) => error.code);
    const message = parsed.errors
      .map((error) => error.message)
      .join(' ')
      .slice(0, 200);
    if (codes.some((code) => NO_RIGHT.has(code))) return refused('right', message);
    if (codes.includes(NO_RESOURCE)) return refused('resource', message);
    if (codes.some((code) => NOT_FILTERABLE.has(code))) return refused('filter', message);
    if (codes.includes(NO_SHOP)) return refused('shop', message);
    if (codes.includes(DISABLED)) throw new Failure('shop.not-found', { url: where });
    if (answer.status === 401) throw new Failure('shop.key-refused', { shop: answer.url.host });
    if (answer.status === 403) return refused('right', message);
    throw new Failure('shop.broken-answer', { status: String(answer.status), url: where });
  }

  async function resources(asking: Asking): Promise<readonly string[]> {
    const answer = await get('', {}, asking);
    if (answer.status === 401) throw new Failure('shop.key-refused', { shop: answer.url.host });
    if (answer.status !== 200) throw notUnderstood(answer);
    return parseResources(answer.body, shown(answer.url));
  }

  async function get(resource: string, query: Query, asking: Asking): Promise<HttpAnswer> {
    const first = await once(resource, query, asking);
    if (first.status !== 401 || first.body.includes('<errors') || keyInAddress) return first;
    keyInAddress = true; // a bare 401 without the Webservice's errors: it never saw the key
    const second = await once(resource, query, asking);
    if (second.status === 401) keyInAddress = false;
    return second;
  }

  async function once(resource: string, query: Query, asking: Asking): Promise<HttpAnswer> {
    const url = new URL(`${base}/api/${resource}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    if (keyInAddress) url.searchParams.set('ws_key', key);
    const answer = await client.get({
      url,
      accept: 'xml',
      headers: keyInAddress ? {} : { authorization: basic(key, '') },
      // An unknown sub-shop is answered by a redirect to the shop's front page; any other redirect is http.ts's business.
      allowStatuses: query.id_shop === undefined ? ANSWERED : [...ANSWERED, UNKNOWN_SHOP_STATUS],
      ...asking,
    });
    noteHeaders(answer.headers);
    return answer;
  }

  function noteHeaders(headers: Readonly<Record<string, string>>): void {
    const stated = headers['psws-version'];
    if (stated !== undefined && /^\d+\.\d/.test(stated)) version = stated; // `0` before the key is known
    const clock = Date.parse(headers.date ?? '');
    if (!Number.isNaN(clock)) clockAheadMs = clock - now();
  }
}

function refused(why: 'right' | 'resource' | 'filter' | 'shop', message: string): ShopAnswer {
  return { state: 'refused', why, message };
}

/** An answer outside the Webservice: wrong path, no rewriting, a firewall, a bare refusal of the key. */
function notUnderstood({ status, url }: HttpAnswer): Failure {
  if (status === 401) return new Failure('shop.key-refused', { shop: url.host });
  if (status === 404) return new Failure('shop.not-found', { url: shown(url) });
  return new Failure('shop.broken-answer', { status: String(status), url: shown(url) });
}
