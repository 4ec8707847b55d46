import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Failure } from '../../core/problem.ts';
import { parseJson } from '../../schema/json.ts';
import { type HttpAnswer, type HttpRequest, httpClient, shown } from '../http.ts';
import { excerptOf, isHtml } from '../http-body.ts';
import { authorization, queryText, signed } from '../oauth.ts';
import type { ShopConnection } from '../reader.ts';

export type Params = readonly (readonly [string, string])[];

export type AskOptions = { readonly signal?: AbortSignal; readonly onRetry?: NonNullable<HttpRequest['onRetry']> };

export type MagentoClient = {
  /** Where the REST API was found; asked once, remembered. */
  readonly base: (options?: AskOptions) => Promise<URL>;
  readonly ask: (path: string, params: Params, options?: AskOptions) => Promise<unknown>;
  /** The same, or null when this integration may not read it, or the shop has no such route. */
  readonly askIfAllowed: (path: string, params: Params, options?: AskOptions) => Promise<unknown>;
  /** `2.4 (Community)`; null where the page is switched off. */
  readonly version: (options?: AskOptions) => Promise<string | null>;
  /** What the shop's clock is ahead of ours, by its latest `Date` header; milliseconds. */
  readonly clockAheadMs: () => number | null;
  readonly login: 'signature' | 'bearer';
};

const TOLD = [400, 401, 403, 404];
/** `%resources`, `%1`: the values of the holes stand beside the message, by name or in a list. */
const magentoError = z.object({
  message: z.string(),
  parameters: z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())]).catch([]),
});
/** Magento refuses a signature more than ten minutes ahead of its own clock (Oauth\Nonce\Generator). */
const NOT_AUTHORIZED = /isn't authorized|not authorized/i;
const TIMESTAMP = /oauth_timestamp|timestamp/i;
const PAGE_SIZE = /maximum\b.*\bpage\s?size\D*(\d{1,4})/i;

/**
 * Speaks to Magento's REST API in the scope `all`. With the four secrets of an integration each request is signed (OAuth
 * 1.0a), which every version takes; with the access token alone it travels as bearer, which shops since 2.4.4 refuse
 * unless they were told otherwise.
 */
export function magentoClient(connection: ShopConnection): MagentoClient {
  const http = httpClient(connection);
  const { token = '', consumerKey = '', consumerSecret = '', tokenSecret = '' } = connection.credentials;
  const login = [consumerKey, consumerSecret, tokenSecret].every((value) => value !== '') ? 'signature' : 'bearer';
  let found: Promise<URL> | null = null;
  let clockAheadMs: number | null = null;
  /** A token that was let in once is no token that travels the wrong way. */
  let letIn = false;

  return { base, ask, askIfAllowed, version, clockAheadMs: () => clockAheadMs, login };

  function base(options: AskOptions = {}): Promise<URL> {
    found ??= discover(options).catch((error: unknown) => {
      found = null; // a silent shop may answer the next time
      throw error;
    });
    return found;
  }

  /** With URL rewriting and without; the list of currencies is open to anybody. */
  async function discover(options: AskOptions): Promise<URL> {
    const site = siteAddress(connection.url);
    let first: unknown = null;
    for (const folder of ['rest/all/V1/', 'index.php/rest/all/V1/']) {
      const asked = new URL(folder, site);
      try {
        const answer = await http.get({
          url: new URL('directory/currency', asked),
          accept: 'json',
          allowStatuses: TOLD,
          ...options,
        });
        noteClock(answer);
        // A shop may close even this to strangers: that it refuses in its own words shows that it is there.
        if (answer.status === 200 || errorOf(answer) !== null) return movedTo(asked, answer.url);
        first ??= failureOf(answer, 'directory/currency');
      } catch (error) {
        if (!(error instanceof Failure) || error.code !== 'shop.not-an-answer') throw error;
        first ??= error;
      }
    }
    throw first ?? new Failure('shop.not-found', { url: shown(site) });
  }

  async function ask(path: string, params: Params, options: AskOptions = {}): Promise<unknown> {
    const answer = await send(path, params, options);
    if (answer.status !== 200) throw failureOf(answer, path);
    return dataOf(answer);
  }

  async function askIfAllowed(path: string, params: Params, options: AskOptions = {}): Promise<unknown> {
    const answer = await send(path, params, options);
    if (answer.status === 200) return dataOf(answer);
    const failure = failureOf(answer, path);
    if (failure.code === 'shop.right-missing' || failure.code === 'shop.not-found') return null;
    throw failure;
  }

  async function version(options: AskOptions = {}): Promise<string | null> {
    const url = new URL('magento_version', siteAddress((await base(options)).href));
    const answer = await http.get({ url, accept: 'json', allowStatuses: [200, ...TOLD], ...options });
    return /^\s*Magento\/(\d[\w.]*(?: \(\w+\))?)/.exec(answer.body)?.[1] ?? null;
  }

  async function send(path: string, params: Params, options: AskOptions): Promise<HttpAnswer> {
    const bare = new URL(path, await base(options));
    const url = new URL(bare);
    url.search = queryText(params);
    const common = { url, accept: 'json', allowStatuses: TOLD, ...options } as const;
    const answer = await http.get(
      login === 'signature'
        ? { ...common, prepare: () => ({ url, headers: { authorization: signature(bare, params) } }) }
        : { ...common, headers: { authorization: `Bearer ${token}` } },
    );
    noteClock(answer);
    if (answer.status === 200) letIn = true;
    return answer;
  }

  /** A signature is good for one request: each try has its own nonce and time. */
  function signature(url: URL, params: Params): string {
    const nonce = randomUUID().replaceAll('-', '');
    const timestampSeconds = Math.floor(connection.now() / 1000);
    const own = { value: token, secret: tokenSecret };
    return authorization(
      signed(url, params, { key: consumerKey, secret: consumerSecret, token: own, nonce, timestampSeconds }),
    );
  }

  function noteClock({ headers }: HttpAnswer): void {
    const date = Date.parse(headers.date ?? '');
    if (!Number.isNaN(date)) clockAheadMs = date - connection.now();
  }

  function failureOf(answer: HttpAnswer, path: string): Failure {
    const error = errorOf(answer);
    const where = { url: shown(answer.url), status: String(answer.status) };
    if (error === null) {
      if (answer.status === 401) return new Failure('shop.key-refused', { shop: answer.url.host });
      if (answer.status === 404) return new Failure('shop.not-found', where);
      return new Failure('shop.not-an-answer', { ...where, excerpt: excerptOf(answer.body) });
    }
    const refused = answer.status === 401 || answer.status === 403;
    if (refused && TIMESTAMP.test(error)) {
      return new Failure('shop.clock', { skewSeconds: String(Math.abs(Math.round((clockAheadMs ?? 0) / 1000))) });
    }
    if (refused && NOT_AUTHORIZED.test(error)) {
      if (login === 'bearer' && !letIn) return new Failure('shop.bearer-refused', { shop: answer.url.host });
      return new Failure('shop.right-missing', { right: /\b(Magento_\w+::\w+)/.exec(error)?.[1] ?? path });
    }
    if (refused) return new Failure('shop.key-refused', { shop: answer.url.host });
    if (answer.status === 404) return new Failure('shop.not-found', where);
    return new Failure('shop.broken-answer', { ...where, excerpt: error });
  }
}

/** The largest page the shop hands out, when that is what it says it refused. */
export function pageSizeAllowed(error: unknown): number | null {
  if (!(error instanceof Failure) || error.code !== 'shop.broken-answer') return null;
  const most = Number(PAGE_SIZE.exec(error.values.excerpt ?? '')?.[1] ?? 0);
  return most > 0 ? most : null;
}

/** What people paste: the shop, its administration, or the API itself. Only the shop counts. */
export function siteAddress(text: string): URL {
  const url = URL.parse(text.trim());
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw new Failure('shop.address-unknown', { host: text });
  url.search = '';
  url.hash = '';
  url.pathname = url.pathname.replace(/\/(?:index\.php|rest|admin\w*)(?:\/.*)?$/, '').replace(/\/*$/, '/');
  return url;
}

/** A shop that sends http to https is asked there from now on: a signature is good for one address only. */
function movedTo(asked: URL, answered: URL): URL {
  const base = new URL(asked);
  if (answered.protocol !== asked.protocol) {
    base.protocol = answered.protocol;
    base.port = answered.port;
  }
  return base;
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

/** Magento's own words, holes filled; null when the answer is somebody else's (a firewall's page). */
function errorOf({ body }: HttpAnswer): string | null {
  if (isHtml(body)) return null;
  try {
    const error = magentoError.safeParse(parseJson(body));
    if (!error.success) return null;
    const { message, parameters } = error.data;
    return message.replace(/%(\w+)/g, (hole, name: string) => {
      const value: unknown = Array.isArray(parameters) ? parameters[Number(name) - 1] : parameters[name];
      return typeof value === 'string' || typeof value === 'number' ? String(value) : hole;
    });
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
