import { z } from 'zod';
import { Failure } from '../../core/problem.ts';
import { parseJson } from '../../schema/json.ts';
import { type HttpAnswer, type HttpRequest, httpClient, shown } from '../http.ts';
import { excerptOf } from '../http-body.ts';
import type { ShopConnection } from '../reader.ts';

export type AskOptions = { readonly signal?: AbortSignal; readonly onRetry?: NonNullable<HttpRequest['onRetry']> };

/** Shopware's search: filters, sorting, associations, as JSON. */
export type Criteria = Readonly<Record<string, unknown>>;
export type Found = { readonly records: readonly unknown[]; readonly total: number | null };

export type ShopwareClient = {
  readonly search: (entity: string, criteria: Criteria, options?: AskOptions) => Promise<Found>;
  /** The same, or null when the integration lacks the right. */
  readonly searchIfAllowed: (entity: string, criteria: Criteria, options?: AskOptions) => Promise<Found | null>;
  readonly version: (options?: AskOptions) => Promise<string | null>;
  readonly clockAheadMs: () => number | null;
};

const token = z.object({ access_token: z.string().min(1), expires_in: z.int() });
const found = z.object({ data: z.array(z.unknown()), total: z.int().nullable().default(null) });
const refusal = z.object({
  errors: z
    .array(z.object({ code: z.unknown().optional(), title: z.string().nullish(), detail: z.string().nullish() }))
    .min(1),
});
const TOLD = [400, 401, 403, 404];
/** A token lives ten minutes; one that is nearly over is asked anew. */
const RENEW_BEFORE_MS = 60_000;

/** Speaks to Shopware's Admin API with the two keys of an integration (OAuth 2.0, client credentials). */
export function shopwareClient(connection: ShopConnection): ShopwareClient {
  const http = httpClient(connection);
  const { clientId = '', clientSecret = '' } = connection.credentials;
  const base = siteAddress(connection.url);
  let held: { readonly value: string; readonly endsMs: number } | null = null;
  let clockAheadMs: number | null = null;

  return { search, searchIfAllowed, version, clockAheadMs: () => clockAheadMs };

  async function search(entity: string, criteria: Criteria, options: AskOptions = {}): Promise<Found> {
    const answer = await ask(`search/${entity}`, criteria, options);
    if (answer.status !== 200) throw failureOf(answer);
    return foundIn(answer);
  }

  async function searchIfAllowed(entity: string, criteria: Criteria, options: AskOptions = {}): Promise<Found | null> {
    const answer = await ask(`search/${entity}`, criteria, options);
    if (answer.status === 200) return foundIn(answer);
    const failure = failureOf(answer);
    if (failure.code === 'shop.right-missing' || failure.code === 'shop.not-found') return null;
    throw failure;
  }

  async function version(options: AskOptions = {}): Promise<string | null> {
    const url = new URL('api/_info/version', base);
    const headers = { authorization: `Bearer ${await tokenOf(options)}` };
    const answer = await http.get({ url, accept: 'json', headers, allowStatuses: TOLD, ...options });
    return (
      z.object({ version: z.string() }).safeParse(answer.status === 200 ? dataOf(answer) : null).data?.version ?? null
    );
  }

  /** A token may be withdrawn, or over by the shop's clock: it is asked anew once. */
  async function ask(path: string, criteria: Criteria, options: AskOptions): Promise<HttpAnswer> {
    const first = await send(path, criteria, options);
    if (first.status !== 401) return first;
    held = null;
    return await send(path, criteria, options);
  }

  async function send(path: string, criteria: Criteria, options: AskOptions): Promise<HttpAnswer> {
    return await post(path, criteria, { authorization: `Bearer ${await tokenOf(options)}` }, options);
  }

  async function tokenOf(options: AskOptions): Promise<string> {
    if (held !== null && connection.now() < held.endsMs - RENEW_BEFORE_MS) return held.value;
    const asked = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    const answer = await post('oauth/token', asked, {}, options);
    if (answer.status === 400 || answer.status === 401) throw new Failure('shop.key-refused', { shop: base.host });
    if (answer.status !== 200) throw failureOf(answer);
    const given = token.safeParse(dataOf(answer)).data;
    if (given === undefined) throw notUnderstood(answer);
    held = { value: given.access_token, endsMs: connection.now() + given.expires_in * 1000 };
    return held.value;
  }

  async function post(path: string, body: Criteria, headers: Readonly<Record<string, string>>, options: AskOptions) {
    const answer = await http.post({
      url: new URL(`api/${path}`, base),
      body: JSON.stringify(body),
      contentType: 'application/json',
      accept: 'json',
      headers,
      allowStatuses: TOLD,
      ...options,
    });
    const date = Date.parse(answer.headers.date ?? '');
    if (!Number.isNaN(date)) clockAheadMs = date - connection.now();
    return answer;
  }
}

/** What people paste: the shop, its administration, or the API itself. Only the shop counts. */
export function siteAddress(text: string): URL {
  const url = URL.parse(text.trim());
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw new Failure('shop.address-unknown', { host: text });
  url.search = '';
  url.hash = '';
  url.pathname = url.pathname.replace(/\/(?:admin|api)(?:\/.*)?$/, '').replace(/\/*$/, '/');
  return url;
}

function foundIn(answer: HttpAnswer): Found {
  const parsed = found.safeParse(dataOf(answer));
  if (!parsed.success) throw notUnderstood(answer);
  return { records: parsed.data.data, total: parsed.data.total };
}

function failureOf(answer: HttpAnswer): Failure {
  const where = { url: shown(answer.url), status: String(answer.status) };
  const error = errorOf(answer);
  if (error === null) {
    return answer.status === 404 ? new Failure('shop.not-found', where) : notUnderstood(answer);
  }
  if (answer.status === 401) return new Failure('shop.key-refused', { shop: answer.url.host });
  if (answer.status === 403)
    return new Failure('shop.right-missing', { right: /\b([a-z_]+:read)\b/.exec(error)?.[1] ?? answer.url.pathname });
  if (answer.status === 404) return new Failure('shop.not-found', where);
  return new Failure('shop.broken-answer', { ...where, excerpt: error.slice(0, 200) });
}

function errorOf({ body }: HttpAnswer): string | null {
  try {
    const [first] = refusal.safeParse(parseJson(body)).data?.errors ?? [];
    return first === undefined ? null : (first.detail ?? first.title ?? '');
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function dataOf(answer: HttpAnswer): unknown {
  try {
    return parseJson(answer.body);
  } catch (error) {
    if (error instanceof SyntaxError) throw notUnderstood(answer);
    throw error;
  }
}

function notUnderstood({ url, status, body }: HttpAnswer): Failure {
  return new Failure('shop.not-an-answer', { url: shown(url), status: String(status), excerpt: excerptOf(body) });
}
