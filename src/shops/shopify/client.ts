import { z } from 'zod';
import { Failure } from '../../core/problem.ts';
import { textOrNull } from '../../schema/codes.ts';
import { parseJson } from '../../schema/json.ts';
import { linesOf } from '../download.ts';
import { type HttpAnswer, type HttpRequest, httpClient, retryAfterMs, shown } from '../http.ts';
import type { ShopConnection } from '../reader.ts';
import { redirectedAddress, shopAddress } from './address.ts';
import { brokenAnswer, failureOf, notAnAnswer } from './failures.ts';
import { operationOf, type QueryName, queryText } from './query-text.ts';
import { SCOPES, type Scope, scopesOf } from './scopes.ts';
import { type Cost, throttle } from './throttle.ts';
import { tokenSource } from './token.ts';

/** One fixed version; Shopify keeps each for a year and then answers with its oldest living one. */
export const API_VERSION = '2026-10';

export type AskOptions = { readonly signal?: AbortSignal; readonly onRetry?: NonNullable<HttpRequest['onRetry']> };

export type Variables = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export type ShopifyAnswer = {
  /** What stands under `data`. */
  readonly data: unknown;
  /** Places of the answer that the shop left empty since the app may not read them. */
  readonly refused: readonly string[];
  readonly answer: HttpAnswer;
};

/** What the shop says of itself and of the app that asks. */
export type ShopContext = {
  readonly name: string;
  readonly currency: string;
  readonly currencies: readonly string[];
  readonly country: string | null;
  readonly timeZone: string;
  readonly scopes: ReadonlySet<Scope>;
  /** Legal entities that are not archived; several make sub-shops of them. */
  readonly entities: readonly { readonly id: string; readonly name: string }[];
  /** The version that answered, where it is not the one asked for. */
  readonly otherVersion: string | null;
  readonly answer: HttpAnswer;
};

export type ShopifyClient = {
  /** The shop's permanent address; asked once where the merchant gave the public one. */
  readonly base: (options?: AskOptions) => Promise<URL>;
  /** Asked once, remembered. */
  readonly context: (options?: AskOptions) => Promise<ShopContext>;
  /** Lines of a result that the shop has laid out as a file. */
  readonly lines: (url: URL, options?: AskOptions) => AsyncIterable<string>;
  /** One answer to a document of `queries/`, cut to the scopes the app has. */
  readonly ask: (name: QueryName, variables: Variables, options?: AskOptions) => Promise<ShopifyAnswer>;
};

/** Points, which come as `2000` and as `2000.0`; a part of one changes nothing of what they pace. */
const points = z.union([
  z.number(),
  z.unknown().transform((value, context): number => {
    const whole = JSON.isRawJSON(value) ? Number.parseInt(value.rawJSON, 10) : Number.NaN;
    if (Number.isSafeInteger(whole)) return whole;
    context.addIssue({ code: 'custom', message: 'not-a-number' });
    return z.NEVER;
  }),
]);
const cost = z.object({
  requestedQueryCost: points,
  throttleStatus: z.object({ maximumAvailable: points, currentlyAvailable: points, restoreRate: points }),
});
const problemOf = z.object({
  message: z.string(),
  path: z.array(z.union([z.string(), z.number()])).optional(),
  extensions: z.object({ code: textOrNull, requiredAccess: textOrNull }).nullish(),
});
const envelope = z.object({
  data: z.unknown().optional(),
  // A refused token or shop is told as text, a refused question as a list.
  errors: z.union([z.array(problemOf), z.string()]).optional(),
  extensions: z.object({ cost: cost.nullish() }).nullish(),
});
type Trouble = z.infer<typeof problemOf>;

const shopContext = z.object({
  shop: z.object({
    name: z.string(),
    currencyCode: z.string(),
    enabledPresentmentCurrencies: z.array(z.string()),
    ianaTimezone: z.string(),
    shopAddress: z.object({ countryCodeV2: textOrNull }).nullish(),
  }),
  businessEntities: z.array(
    z.object({ id: z.string(), displayName: z.string(), companyName: textOrNull, archived: z.boolean() }),
  ),
  currentAppInstallation: z.object({ accessScopes: z.array(z.object({ handle: z.string() })) }),
});

/** Answers of Shopify itself, told apart by status; all but the last two are not cured by asking again. */
const TOLD = [400, 401, 402, 403, 404, 423, 429, 430];
const TOO_FAST = new Set([429, 430]);
/** Waits for the shop's bucket to fill are no failures, but a shop that refuses for so long is not read. */
const MAX_THROTTLED_MS = 300_000;
/** Tried again: `INTERNAL_SERVER_ERROR` stands in answers that are otherwise good. */
const PASSING = new Set(['INTERNAL_SERVER_ERROR', 'TIMEOUT']);
const PASSING_WAIT_MS = 1000;

/** Speaks to Shopify's Admin GraphQL API: one endpoint, one token, as fast as the shop's bucket allows. */
export function shopifyClient(connection: ShopConnection): ShopifyClient {
  const http = httpClient(connection);
  const bucket = throttle(connection.now);
  const tokens = tokenSource(connection, http, () => base());
  let found: Promise<URL> | null = null;
  let known: Promise<ShopContext> | null = null;

  return { base, context, ask, lines };

  function base(options: AskOptions = {}): Promise<URL> {
    found ??= find(options).catch((error: unknown) => {
      found = null;
      throw error;
    });
    return found;
  }

  async function find(options: AskOptions): Promise<URL> {
    const address = shopAddress(connection.url);
    if (address.state === 'known') return address.url;
    const { headers } = await http.get({
      url: address.url,
      accept: 'json',
      allowStatuses: [200, 301, 302, 303, 307, 308, 401, 403, 404],
      ...options,
    });
    const target = redirectedAddress(headers.location, address.url);
    if (target === null) throw new Failure('shop.not-found', { url: shown(address.url), status: '' });
    return target;
  }

  function lines(url: URL, { signal }: AskOptions = {}): AsyncIterable<string> {
    const { sleep } = connection;
    return linesOf(http, url, { tries: connection.http.tries, sleep, ...(signal === undefined ? {} : { signal }) });
  }

  function context(options: AskOptions = {}): Promise<ShopContext> {
    known ??= readContext(options).catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  }

  async function readContext(options: AskOptions): Promise<ShopContext> {
    const { data, answer } = await send('shop-context', {}, new Set(SCOPES), options);
    const parsed = shopContext.safeParse(data);
    if (!parsed.success) throw notAnAnswer(answer);
    const { shop, businessEntities, currentAppInstallation } = parsed.data;
    const version = answer.headers['x-shopify-api-version'];
    return {
      name: shop.name,
      currency: shop.currencyCode,
      currencies: shop.enabledPresentmentCurrencies,
      country: shop.shopAddress?.countryCodeV2 ?? null,
      timeZone: shop.ianaTimezone,
      scopes: scopesOf(currentAppInstallation.accessScopes.map(({ handle }) => handle)),
      entities: businessEntities
        .filter(({ archived }) => !archived)
        .map(({ id, displayName, companyName }) => ({ id: numberIn(id), name: companyName ?? displayName })),
      otherVersion: version === undefined || version === API_VERSION ? null : version,
      answer,
    };
  }

  async function ask(name: QueryName, variables: Variables, options: AskOptions = {}): Promise<ShopifyAnswer> {
    const { scopes } = await context(options);
    return send(name, variables, scopes, options);
  }

  async function send(
    name: QueryName,
    variables: Variables,
    scopes: ReadonlySet<Scope>,
    options: AskOptions,
  ): Promise<ShopifyAnswer> {
    const query = queryText(name, scopes);
    const body = JSON.stringify({ query, variables, operationName: operationOf(query) });
    const url = new URL(`admin/api/${API_VERSION}/graphql.json`, await base(options));
    let throttledMs = 0;
    let renewed = false;
    for (let attempt = 1; ; ) {
      const early = bucket.waitMs(name);
      if (early > 0) await connection.sleep(early, options.signal);
      const token = await tokens.token(options);
      const answer = await http.post({
        url,
        accept: 'json',
        body,
        contentType: 'application/json',
        headers: { 'x-shopify-access-token': token },
        allowStatuses: TOLD,
        ...options,
      });
      if (answer.status === 401 && !renewed && tokens.renew(token)) {
        renewed = true;
        continue;
      }
      const told = toldIn(answer);
      bucket.learn(name, told.cost);
      const throttled = TOO_FAST.has(answer.status) || told.troubles.some((one) => codeIn(one) === 'THROTTLED');
      if (throttled) {
        const waitMs = bucket.refusedMs(name, retryAfterMs(answer.headers['retry-after'], connection.now()));
        throttledMs += waitMs;
        if (throttledMs > MAX_THROTTLED_MS) throw brokenAnswer(answer, 'THROTTLED');
        options.onRetry?.({ attempt, waitMs, reason: 'THROTTLED' });
        await connection.sleep(waitMs, options.signal);
        continue;
      }
      if (answer.status !== 200) throw failureOf(answer);
      const passing = told.troubles.find((one) => PASSING.has(codeIn(one)));
      if (passing !== undefined) {
        if (attempt >= connection.http.tries) throw brokenAnswer(answer, codeIn(passing));
        const waitMs = PASSING_WAIT_MS * 2 ** (attempt - 1);
        options.onRetry?.({ attempt, waitMs, reason: codeIn(passing) });
        await connection.sleep(waitMs, options.signal);
        attempt += 1;
        continue;
      }
      return { data: told.data, refused: refusedIn(told, answer), answer };
    }
  }
}

/** The number that ends an id: `gid://shopify/Order/5010000001042`, with or without parameters behind. */
export function numberIn(id: string): string {
  return /\/([^/?]+)(?:\?.*)?$/.exec(id)?.[1] ?? id;
}

type Told = { readonly data: unknown; readonly troubles: readonly Trouble[]; readonly cost: Cost | null };

function toldIn(answer: HttpAnswer): Told {
  let value: unknown;
  try {
    value = parseJson(answer.body);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    if (answer.status === 200) throw notAnAnswer(answer);
    return { data: null, troubles: [], cost: null };
  }
  const parsed = envelope.safeParse(value);
  if (!parsed.success) {
    if (answer.status === 200) throw notAnAnswer(answer);
    return { data: null, troubles: [], cost: null };
  }
  const { data = null, errors = [], extensions } = parsed.data;
  const status = extensions?.cost ?? null;
  return {
    data,
    troubles: typeof errors === 'string' ? [{ message: errors }] : errors,
    cost:
      status === null
        ? null
        : {
            requested: status.requestedQueryCost,
            maximum: status.throttleStatus.maximumAvailable,
            available: status.throttleStatus.currentlyAvailable,
            restoreRate: status.throttleStatus.restoreRate,
          },
  };
}

/** What the shop would not say, when it said the rest; without any data it is a failure. */
function refusedIn({ data, troubles }: Told, answer: HttpAnswer): readonly string[] {
  if (troubles.length === 0) {
    if (data === null) throw notAnAnswer(answer);
    return [];
  }
  const [first] = troubles;
  const denied = troubles.every((one) => codeIn(one) === 'ACCESS_DENIED');
  if (denied && isSomething(data)) return [...new Set(troubles.map(placeIn))];
  if (denied) {
    const right = troubles.map((one) => /read_\w+/.exec(one.extensions?.requiredAccess ?? '')?.[0]).find(Boolean);
    throw new Failure('shop.right-missing', { right: right ?? placeIn(first) });
  }
  const refused = troubles.find((one) => codeIn(one) !== 'ACCESS_DENIED') ?? first;
  throw brokenAnswer(answer, codeIn(refused) === '' ? (refused?.message ?? '') : codeIn(refused));
}

/** Whether any field of the answer is there: an object of nulls is no answer. */
function isSomething(data: unknown): boolean {
  return typeof data === 'object' && data !== null && Object.values(data).some((value) => value !== null);
}

function codeIn(trouble: Trouble | undefined): string {
  return trouble?.extensions?.code ?? '';
}

/** `order.customer`, without places in lists: one right is missing, however many records show it. */
function placeIn(trouble: Trouble | undefined): string {
  return (trouble?.path ?? []).filter((step) => typeof step === 'string').join('.');
}
