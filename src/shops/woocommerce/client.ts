import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Failure } from '../../core/problem.ts';
import { textOrNull } from '../../schema/codes.ts';
import { parseJson } from '../../schema/json.ts';
import { basic, type HttpAnswer, type HttpRequest, httpClient, shown } from '../http.ts';
import { excerptOf } from '../http-body.ts';
import { queryText, signed } from '../oauth.ts';
import type { ShopConnection } from '../reader.ts';

export type Params = Readonly<Record<string, string>>;

export type WooAnswer = { readonly data: unknown; readonly total: number | null; readonly answer: HttpAnswer };

export type AskOptions = { readonly signal?: AbortSignal; readonly onRetry?: NonNullable<HttpRequest['onRetry']> };

/** Where the REST API was found, and what the site says of itself there. */
export type WooSite = {
  readonly name: string;
  readonly timeZone: string | null;
  /** `pretty`: `/wp-json/...`; `plain`: `/?rest_route=...`, for sites without permalinks. */
  readonly permalinks: 'pretty' | 'plain';
  readonly base: URL;
  readonly answer: HttpAnswer;
};

export type WooClient = {
  /** Finds the REST API; asked once, remembered. */
  readonly site: (options?: AskOptions) => Promise<WooSite>;
  /** One answer of `wc/v3`, as data. */
  readonly ask: (path: string, params: Params, options?: AskOptions) => Promise<WooAnswer>;
  /** The same, of a list whose reader takes any number of records a page: fewer where the host allows fewer. */
  readonly askPage: (path: string, params: Params, options?: AskOptions) => Promise<WooAnswer>;
  /** The same, or null when the shop has no such route, no such record, or does not let this key read it. */
  readonly askIfAllowed: (path: string, params: Params, options?: AskOptions) => Promise<WooAnswer | null>;
  /** How the key travels. `query` over https means that the server takes the header away. */
  readonly transport: () => 'header' | 'query' | 'signature';
};

const root = z.object({
  name: z.string(),
  namespaces: z.array(z.string()),
  timezone_string: textOrNull, // empty when the site only states a distance from UTC
  gmt_offset: z.unknown().optional(),
});
const wooError = z.object({ code: z.string(), data: z.object({ status: z.int() }).optional() });
const wooPageRefused = z.object({ data: z.object({ params: z.object({ per_page: z.string() }) }) });
/** Answers of WordPress itself, told apart by their code; nothing of these is cured by asking again. */
const TOLD = [400, 401, 403, 404];

/**
 * Speaks to WooCommerce's REST API: Basic over https (in the query when the server strips the header), OAuth 1.0a over
 * http. The key never travels over plain http.
 */
export function wooClient(connection: ShopConnection): WooClient {
  const http = httpClient(connection);
  const key = connection.credentials.key ?? '';
  const secret = connection.credentials.secret ?? '';
  let found: Promise<WooSite> | null = null;
  // The server's own password already takes the only Authorization header there is.
  let headerStripped = connection.http.basicAuth !== null;
  let headerWorks = false;
  let secure = true; // known once the site is found, before anything is asked with the key

  /** Records a page, of lists whose host hands out fewer than WooCommerce's hundred. */
  const largest = new Map<string, number>();

  return { site, ask, askPage, askIfAllowed, transport };

  function site(options: AskOptions = {}): Promise<WooSite> {
    found ??= discover(options).catch((error: unknown) => {
      found = null; // a silent shop may answer the next time
      throw error;
    });
    return found;
  }

  async function discover(options: AskOptions): Promise<WooSite> {
    const base = siteAddress(connection.url);
    let first: unknown = null;
    for (const permalinks of ['pretty', 'plain'] as const) {
      const url = restAddress(base, permalinks, '', []);
      try {
        const answer = await http.get({ url, accept: 'json', allowStatuses: TOLD, ...options });
        const data = answer.status === 200 ? root.safeParse(dataOf(answer)) : null;
        if (data?.success) return siteOf(data.data, { answer, asked: url, base, permalinks });
      } catch (error) {
        // Without permalinks a theme may answer any address with a page of the shop.
        if (!(error instanceof Failure) || error.code !== 'shop.not-an-answer') throw error;
        first ??= error;
      }
    }
    throw first ?? new Failure('shop.not-found', { url: shown(restAddress(base, 'pretty', '', [])) });
  }

  function siteOf(
    { name, namespaces, timezone_string, gmt_offset }: z.infer<typeof root>,
    from: { answer: HttpAnswer; asked: URL; base: URL; permalinks: WooSite['permalinks'] },
  ): WooSite {
    const { answer, asked, base: typed, permalinks } = from;
    if (!namespaces.includes('wc/v3')) throw new Failure('shop.not-found', { url: shown(asked) });
    // A site that sends http to https is asked there from now on: a signature is good for one address only.
    const base = new URL(typed);
    if (answer.url.protocol !== asked.protocol) {
      base.protocol = answer.url.protocol;
      base.port = answer.url.port;
    }
    secure = base.protocol === 'https:';
    return { name, timeZone: timeZoneOf(timezone_string, gmt_offset), permalinks, base, answer };
  }

  async function ask(path: string, params: Params, options: AskOptions = {}): Promise<WooAnswer> {
    const { answer, error } = await exchange(path, params, options);
    if (error !== null) throw failureOf(error, answer, path);
    return answered(answer);
  }

  async function askPage(path: string, params: Params, options: AskOptions = {}): Promise<WooAnswer> {
    const wanted = Number(params.per_page);
    const list = path.replace(/\d+/, '');
    const asked = Math.min(wanted, largest.get(list) ?? wanted);
    const { answer, error } = await exchange(path, { ...params, per_page: String(asked) }, options);
    if (error === null) return answered(answer);
    const most = answer.status === 400 ? pageAllowed(answer) : null;
    const named = String(params.include ?? '').split(',').length; // a list of ids does not go on on a next page
    if (most === null || most >= asked || most < named) throw failureOf(error, answer, path);
    largest.set(list, most);
    return askPage(path, params, options);
  }

  async function askIfAllowed(path: string, params: Params, options: AskOptions = {}): Promise<WooAnswer | null> {
    const { answer, error } = await exchange(path, params, options);
    if (error === null) return answered(answer);
    // WordPress says 401 to who is nobody to it, 403 to a key without the right (rest_authorization_required_code).
    if (answer.status === 400 || answer.status === 401) throw failureOf(error, answer, path);
    return null;
  }

  /** Error is the code WordPress gives, empty when the answer is not WordPress's, null when there is none. */
  async function exchange(path: string, params: Params, options: AskOptions) {
    const answer = await send(path, params, options);
    if (answer.status === 401 && secure && !headerStripped && !headerWorks) {
      headerStripped = true;
      const again = await send(path, params, options);
      if (again.status !== 401) return { answer: again, error: errorOf(again) };
      headerStripped = false;
    }
    if (answer.status === 200 && secure && !headerStripped) headerWorks = true;
    return { answer, error: errorOf(answer) };
  }

  async function send(path: string, params: Params, options: AskOptions): Promise<HttpAnswer> {
    const { base, permalinks } = await site(options);
    const list = Object.entries(params);
    const url = restAddress(base, permalinks, `wc/v3/${path}`, list);
    const common = { url, accept: 'json', allowStatuses: TOLD, ...options } as const;
    switch (transport()) {
      case 'header':
        return http.get({ ...common, headers: { authorization: basic(key, secret) } });
      case 'query': {
        const keys = [...list, ['consumer_key', key] as const, ['consumer_secret', secret] as const];
        return http.get({ ...common, url: restAddress(base, permalinks, `wc/v3/${path}`, keys) });
      }
      case 'signature':
        return http.get({ ...common, prepare: () => ({ url: signedAddress(url), headers: {} }) });
    }
  }

  function transport(): 'header' | 'query' | 'signature' {
    if (!secure) return 'signature';
    return headerStripped ? 'query' : 'header';
  }

  /** A signature is good for one request: each try has its own nonce and time. */
  function signedAddress(url: URL): URL {
    const nonce = randomUUID().replaceAll('-', '');
    const timestampSeconds = Math.floor(connection.now() / 1000);
    const result = new URL(url);
    result.search = queryText(signed(url, [...url.searchParams], { key, secret, nonce, timestampSeconds }));
    return result;
  }
}

/** What people paste: the site, its administration, or the API itself. Only the site counts. */
export function siteAddress(text: string): URL {
  const url = URL.parse(text.trim());
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw new Failure('shop.address-unknown', { host: text });
  url.search = '';
  url.hash = '';
  url.pathname = url.pathname.replace(/\/(?:wp-json|wp-admin|wp-login\.php)(?:\/.*)?$/, '').replace(/\/*$/, '/');
  return url;
}

function restAddress(
  base: URL,
  permalinks: WooSite['permalinks'],
  route: string,
  params: [string, string][] | readonly (readonly [string, string])[],
): URL {
  const url = new URL(permalinks === 'pretty' ? `wp-json/${route}` : '', base);
  const all = permalinks === 'pretty' ? params : [['rest_route', `/${route}`] as const, ...params];
  url.search = queryText(all);
  return url;
}

/** The zone's name, else its fixed distance from UTC as `+02:00`, which is a zone too. */
function timeZoneOf(name: string | null, offset: unknown): string | null {
  if (name !== null) return name;
  const hours =
    typeof offset === 'number' ? String(offset) : JSON.isRawJSON(offset) ? offset.rawJSON : String(offset ?? '');
  const match = /^(-?)(\d{1,2})(\.25|\.5|\.75)?$/.exec(hours);
  if (match === null) return null;
  const minutes = { '.25': '15', '.5': '30', '.75': '45' }[match[3] ?? ''] ?? '00';
  return `${match[1] === '-' ? '-' : '+'}${(match[2] ?? '').padStart(2, '0')}:${minutes}`;
}

function answered(answer: HttpAnswer): WooAnswer {
  const total = answer.headers['x-wp-total'];
  return {
    data: dataOf(answer),
    total: total === undefined || !/^\d{1,9}$/.test(total) ? null : Number(total),
    answer,
  };
}

function dataOf(answer: HttpAnswer): unknown {
  try {
    return parseJson(answer.body);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const values = { url: shown(answer.url), status: String(answer.status), excerpt: excerptOf(answer.body) };
    throw new Failure('shop.not-an-answer', values, { cause: error });
  }
}

function errorOf(answer: HttpAnswer): string | null {
  if (answer.status === 200) return null;
  try {
    const error = wooError.safeParse(parseJson(answer.body));
    return error.success ? error.data.code : '';
  } catch (error) {
    if (error instanceof SyntaxError) return ''; // a firewall's page: the status tells
    throw error;
  }
}

/** The last number of a refusal in whatever language: `between 1 (inclusive) and 50 (inclusive)`. */
function pageAllowed(answer: HttpAnswer): number | null {
  const refused = wooPageRefused.safeParse(dataOf(answer));
  const most = refused.success ? Number(/(\d{1,4})\D*$/.exec(refused.data.data.params.per_page)?.[1] ?? 0) : 0;
  return most > 0 ? most : null;
}

function failureOf(code: string, answer: HttpAnswer, path: string): Failure {
  const where = { url: shown(answer.url), status: String(answer.status) };
  if (answer.status === 401) return new Failure('shop.key-refused', { shop: answer.url.host });
  if (answer.status === 403 && code !== '') return new Failure('shop.right-missing', { right: path });
  if (answer.status === 403) return new Failure('shop.not-an-answer', { ...where, excerpt: excerptOf(answer.body) });
  if (answer.status === 404) return new Failure('shop.not-found', where);
  return new Failure('shop.broken-answer', { ...where, excerpt: code });
}
