import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { Failure } from '../core/problem.ts';
import { newAgent } from './http-agent.ts';
import { excerptOf, isAnswer, isHtml } from './http-body.ts';
import { codeOf, failureOfNetwork } from './http-failure.ts';
import type { ShopConnection } from './reader.ts';

export type HttpAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly durationMs: number;
  /** Where the answer came from, after redirects. */
  readonly url: URL;
};

export type HttpRequest = {
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Called for each try: signatures with a nonce are made anew. */
  readonly prepare?: () => { url: URL; headers: Record<string, string> };
  readonly signal?: AbortSignal;
  readonly accept: 'json' | 'xml';
  readonly onRetry?: (event: { attempt: number; waitMs: number; reason: string }) => void;
  /** Statuses answered as they come, body unchecked, instead of thrown or tried again. */
  readonly allowStatuses?: readonly number[];
};

/** A question too long for an address. It is asked again like any other, so it must change nothing at the shop. */
export type HttpQuestion = HttpRequest & {
  readonly body: string;
  readonly contentType: 'application/json' | 'application/x-www-form-urlencoded';
};

export type HttpClient = {
  readonly get: (request: HttpRequest) => Promise<HttpAnswer>;
  readonly post: (question: HttpQuestion) => Promise<HttpAnswer>;
  /** The bytes of a file, as they come and in one try: no keys are sent, since it may lie with somebody else. */
  readonly stream: (request: { readonly url: URL; readonly signal?: AbortSignal }) => AsyncIterable<Buffer>;
  readonly close: () => Promise<void>;
};

const MAX_BODY_BYTES = 64 * 1024 * 1024;
const MAX_REDIRECTS = 5;
const FIRST_WAIT_MS = 500;
const MAX_WAIT_MS = 30_000;
/** A shop that asks for a longer rest is answered by stopping: nobody watches a bar for that long. */
const MAX_RETRY_AFTER_MS = 300_000;
/** Requests lost in a row, all their tries, after which a shop is left alone for a while. */
const MAX_LOST_IN_A_ROW = 3;
const REST_MS = 30_000;
const WORTH_ANOTHER_TRY = new Set([408, 425, 429, 500, 502, 503, 504, 507, 508, 520, 521, 522, 523, 524]);
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** The others make a GET of a question, which would then be another one. */
const KEEPS_THE_BODY = new Set([307, 308]);
const ACCEPT = { json: 'application/json', xml: 'application/xml, text/xml' } as const;

/** What one try came to: an answer, or a failure that another try may or may not cure. */
type Outcome =
  | { readonly state: 'answered'; readonly answer: HttpAnswer }
  | {
      readonly state: 'failed';
      readonly failure: Failure;
      readonly again: boolean;
      readonly reason: string;
      readonly retryAfterMs: number | null;
    };

/**
 * The one way out to a shop: one connection, requests after one another with a pause, a time limit for each try, new
 * tries for what passes by itself, and a `Failure` that tells what to do for everything else. After three requests
 * lost in a row the others fail at once, as the last did, for half a minute, or for as long as the shop asks to rest. No
 * value of a failure holds a query string, since shops take keys there.
 */
export function httpClient(connection: ShopConnection): HttpClient {
  const { http, now, sleep } = connection;
  let agent: Promise<Dispatcher> | null = null;
  let asked = false;
  let lostInARow = 0;
  let rest: { readonly endsMs: number; readonly failure: Failure } | null = null;

  /** A page asked for ahead is not waited for once nobody wants it. */
  const closing = new AbortController();

  return { get: ask, post: ask, stream, close };

  async function close(): Promise<void> {
    closing.abort();
    await (await agent)?.destroy();
  }

  async function ask(asking: HttpRequest | HttpQuestion): Promise<HttpAnswer> {
    if (rest !== null && now() < rest.endsMs) throw rest.failure;
    const signal = asking.signal ? AbortSignal.any([asking.signal, closing.signal]) : closing.signal;
    const request = { ...asking, signal };
    for (let attempt = 1; ; attempt += 1) {
      signal.throwIfAborted();
      if (asked && http.pauseMs > 0) await sleep(http.pauseMs, signal);
      asked = true;
      const outcome = await attemptOnce(request);
      if (outcome.state === 'answered' || !outcome.again) lostInARow = 0;
      if (outcome.state === 'answered') return outcome.answer;
      const { failure, again, reason, retryAfterMs } = outcome;
      if (!again) throw failure;
      if (attempt >= http.tries || (retryAfterMs ?? 0) > MAX_RETRY_AFTER_MS) {
        lostInARow += 1;
        const restMs = Math.max(lostInARow >= MAX_LOST_IN_A_ROW ? REST_MS : 0, retryAfterMs ?? 0);
        rest = { endsMs: now() + restMs, failure };
        throw failure;
      }
      const waitMs = retryAfterMs ?? backOff(attempt, `${request.url.host} ${now()}`);
      request.onRetry?.({ attempt, waitMs, reason });
      await sleep(waitMs, signal);
    }
  }

  /** On a connection of its own: questions are asked while the file is read. */
  async function* stream({ url, signal }: { url: URL; signal?: AbortSignal }): AsyncGenerator<Buffer> {
    const own = await newAgent(http, http.proxy?.user ? basic(http.proxy.user, http.proxy.password) : null);
    try {
      const { origin, pathname, search } = url;
      const headers = { 'user-agent': standardHeaders('json')['user-agent'] ?? '' };
      const ends = signal ?? new AbortController().signal;
      const request = own.request({ origin, path: pathname + search, method: 'GET', headers, signal: ends });
      const response = await unlessAborted(request, ends);
      const { statusCode: status } = response;
      if (status !== 200) {
        await response.body.dump();
        throw new Failure('shop.broken-answer', { url: shown(url), status: String(status), excerpt: '' });
      }
      yield* response.body;
    } catch (error) {
      if (error instanceof Failure) throw error;
      signal?.throwIfAborted();
      throw networkFailure(error, url).failure;
    } finally {
      await own.destroy();
    }
  }

  function networkFailure(error: unknown, url: URL) {
    return failureOfNetwork(error, {
      host: url.hostname,
      url: shown(url),
      timeoutSeconds: String(http.timeoutMs / 1000),
      tries: String(http.tries),
      proxy: http.proxy == null ? null : new URL(http.proxy.url).host,
    });
  }

  /** One try, redirects included. */
  async function attemptOnce(request: HttpRequest | HttpQuestion): Promise<Outcome> {
    const { url: first, headers } = request.prepare?.() ?? { url: request.url, headers: { ...request.headers } };
    const startedMs = now();
    let url = first;
    for (let hops = 0; ; hops += 1) {
      const answer = await exchange({
        url,
        headers,
        accept: request.accept,
        signal: request.signal ?? null,
        startedMs,
        ...('body' in request ? { body: request.body, contentType: request.contentType } : {}),
      });
      if ('failure' in answer) return answer;
      const { location } = answer.headers;
      if (!REDIRECTS.has(answer.status) || location === undefined || request.allowStatuses?.includes(answer.status)) {
        return judge(answer, request, now());
      }
      const target = targetOf(location, url);
      const kept = !('body' in request) || KEEPS_THE_BODY.has(answer.status);
      if (target === null || hops >= MAX_REDIRECTS || !kept || !mayFollow(url, target)) {
        return lost(new Failure('shop.redirected', { url: shown(url), target: target === null ? '?' : shown(target) }));
      }
      url = target;
    }
  }

  /** One request and its whole body. */
  async function exchange(ask: {
    url: URL;
    headers: Readonly<Record<string, string>>;
    accept: HttpRequest['accept'];
    signal: AbortSignal | null;
    startedMs: number;
    body?: string;
    contentType?: string;
  }): Promise<HttpAnswer | Extract<Outcome, { state: 'failed' }>> {
    const { url, headers, accept, signal, startedMs, body: question = null, contentType = '' } = ask;
    const proxy = http.proxy ?? null;
    agent ??= newAgent(http, proxy?.user ? basic(proxy.user, proxy.password) : null);
    const connected = await agent;
    const limit = AbortSignal.timeout(http.timeoutMs);
    try {
      const ends = signal === null ? limit : AbortSignal.any([signal, limit]);
      const request = connected.request({
        origin: url.origin,
        path: url.pathname + url.search,
        method: question === null ? 'GET' : 'POST',
        headers: {
          ...standardHeaders(accept),
          ...(question === null ? {} : { 'content-type': contentType }),
          ...headers,
        },
        body: question,
        signal: ends,
      });
      const response = await unlessAborted(request, ends);
      const body = await bodyOf(response, url);
      return { status: response.statusCode, headers: flat(response.headers), body, durationMs: now() - startedMs, url };
    } catch (error) {
      if (error instanceof Failure) return lost(error);
      signal?.throwIfAborted();
      const { failure, again } = networkFailure(error, url);
      return { state: 'failed', failure, again, reason: codeOf(error), retryAfterMs: null };
    }
  }

  function standardHeaders(accept: HttpRequest['accept']): Record<string, string> {
    const headers: Record<string, string> = {
      accept: ACCEPT[accept],
      'accept-encoding': 'gzip',
      'user-agent': http.userAgent.replace(/[^\x20-\x7e]/g, '?'), // a header holds nothing else
    };
    const { basicAuth } = http;
    if (basicAuth !== null) headers.authorization = basic(basicAuth.user, basicAuth.password);
    return headers;
  }
}

/**
 * undici hears a signal only once it is connected: a name that is looked up, a port that swallows packets or a server
 * that never greets would keep who has cancelled waiting.
 */
async function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** The value of an `Authorization` header of the Basic scheme. */
export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}

/** Milliseconds a `Retry-After` header asks for (seconds or an HTTP date); null when it says nothing readable. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header.trim()) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}

/** What may be shown of an address: without its query, where keys and signatures stand. */
export function shown(url: URL): string {
  return url.origin + url.pathname;
}

function judge(answer: HttpAnswer, request: HttpRequest, nowMs: number): Outcome {
  const { status, body, url } = answer;
  const where = { url: shown(url), status: String(status), excerpt: excerptOf(body) };
  if (request.allowStatuses?.includes(status)) return { state: 'answered', answer };
  if (status >= 200 && status < 300) {
    const state = isAnswer(body, request.accept);
    if (state === 'whole') return { state: 'answered', answer };
    const again = state === 'cut';
    return { ...lost(new Failure('shop.not-an-answer', where)), again, reason: again ? 'truncated' : 'not-an-answer' };
  }
  if (WORTH_ANOTHER_TRY.has(status)) {
    const failure = new Failure(status === 503 && isHtml(body) ? 'shop.not-an-answer' : 'shop.broken-answer', where);
    const wait = retryAfterMs(answer.headers['retry-after'], nowMs);
    return { state: 'failed', failure, again: true, reason: `HTTP ${status}`, retryAfterMs: wait };
  }
  if (status === 401) return lost(new Failure('shop.key-refused', { shop: url.host }));
  if (status === 403 && isHtml(body)) return lost(new Failure('shop.not-an-answer', where));
  if (status === 403) return lost(new Failure('shop.right-missing', { right: url.pathname }));
  if (status === 404) return lost(new Failure('shop.not-found', where));
  return lost(new Failure('shop.broken-answer', where));
}

function lost(failure: Failure): Extract<Outcome, { state: 'failed' }> {
  return { state: 'failed', failure, again: false, reason: failure.code, retryAfterMs: null };
}

async function bodyOf(response: Dispatcher.ResponseData, url: URL): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw tooLarge(url);
    chunks.push(chunk);
  }
  let bytes = Buffer.concat(chunks);
  if (flat(response.headers)['content-encoding']?.toLowerCase() === 'gzip' && size > 0) {
    try {
      bytes = await promisify(gunzip)(bytes, { maxOutputLength: MAX_BODY_BYTES });
    } catch (error) {
      if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(url);
      throw error;
    }
  }
  return bytes.toString('utf8'); // keeps a byte order mark, so that it can be told
}

function tooLarge(url: URL): Failure {
  return new Failure('shop.answer-too-large', { url: shown(url), limit: String(MAX_BODY_BYTES / 1024 / 1024) });
}

function flat(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) result[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return result;
}

function targetOf(location: string, base: URL): URL | null {
  return URL.parse(location, base);
}

/** Credentials travel with the request, so only the same host gets it, and never on a less safe way. */
function mayFollow(from: URL, to: URL): boolean {
  if (to.username !== '' || to.password !== '') return false;
  if (from.protocol === to.protocol) return from.host === to.host;
  return from.protocol === 'http:' && to.protocol === 'https:' && from.hostname === to.hostname;
}

/** 0.5 to 1 times a pause that doubles; the part is drawn from the seed, so the same moment waits the same. */
function backOff(attempt: number, seed: string): number {
  const full = Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));
  let hash = 0x811c9dc5;
  for (const character of `${seed} ${attempt}`) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return Math.round(full * (0.5 + ((hash >>> 0) % 1000) / 2000));
}
