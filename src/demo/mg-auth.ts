import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Asked } from './demo-shop.ts';
import { rawUrlEncode } from './php.ts';

/** The four secrets of an integration; `token` alone is what travels as bearer. */
export type MagentoKey = {
  readonly token: string;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly tokenSecret: string;
};

/** Who asks: nobody, the integration, or somebody who is refused in these words. */
export type MagentoCaller = 'nobody' | 'integration' | { readonly status: 400 | 401; readonly message: string };

/** Magento lets a signature be ten minutes ahead of its clock, and any time behind it (Oauth\Nonce\Generator). */
const AHEAD_SECONDS = 600;
const MAX_NONCES = 100_000;
const REQUIRED = [
  'oauth_consumer_key',
  'oauth_signature',
  'oauth_signature_method',
  'oauth_nonce',
  'oauth_timestamp',
  'oauth_token',
];

/**
 * Magento's login: a signed request (OAuth 1.0a, in the header only), or the access token as bearer where the shop allows
 * it. A bearer that is not allowed is nobody. The words are those of Magento's public source.
 */
export function magentoAuthentication(
  key: MagentoKey,
  options: { readonly bearer: boolean; readonly now: () => number; readonly expired: () => boolean },
) {
  const nonces = new Set<string>();
  return authenticate;

  function authenticate(asked: Asked): MagentoCaller {
    const { authorization } = asked;
    const bearer = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
    if (bearer !== undefined)
      return bearer === key.token && options.bearer && !options.expired() ? 'integration' : 'nobody';
    if (!/oauth /i.test(authorization ?? '')) return 'nobody';
    return withSignature(asked, signedHeader(authorization ?? ''));
  }

  function withSignature(asked: Asked, params: ReadonlyMap<string, string>): MagentoCaller {
    const missing = REQUIRED.filter((name) => !params.has(name));
    if (missing.length > 0) return refused(400, `"${missing[0]}" is required. Enter and try again.`);
    const method = /^HMAC-(SHA1|SHA256)$/.exec(params.get('oauth_signature_method') ?? '')?.[1];
    if (method === undefined)
      return refused(400, `Signature method ${params.get('oauth_signature_method')} is not supported`);
    if (params.get('oauth_consumer_key') !== key.consumerKey)
      return refused(401, 'A consumer having the specified key does not exist');
    const timestamp = Number.parseInt(params.get('oauth_timestamp') ?? '', 10);
    if (!(timestamp > 0) || timestamp > Math.floor(options.now() / 1000) + AHEAD_SECONDS) {
      return refused(401, 'The timestamp value in the oauth_timestamp parameter is invalid.');
    }
    const nonce = params.get('oauth_nonce') ?? '';
    if (nonces.has(nonce)) return refused(401, `The nonce is already being used by the consumer with ID 1`);
    nonces.add(nonce);
    const [oldest] = nonces.size > MAX_NONCES ? nonces : [];
    if (oldest !== undefined) nonces.delete(oldest);
    if (params.get('oauth_token') !== key.token || options.expired())
      return refused(401, 'Specified token does not exist');
    const stated = params.get('oauth_signature') ?? '';
    return same(stated, signature(asked, params, method))
      ? 'integration'
      : refused(401, 'The signature is invalid. Verify and try again.');
  }

  /** Method, address without query, and all parameters sorted, each escaped, the pairs escaped again (RFC 5849). */
  function signature(
    { method, origin, path, query }: Asked,
    own: ReadonlyMap<string, string>,
    algorithm: string,
  ): string {
    const inQuery = query === '' ? [] : query.split('&').map((pair) => pair.split('=').map(decode));
    const pairs = [...inQuery.map(([name = '', value = '']) => [name, value]), ...own].filter(
      ([name]) => name !== 'oauth_signature',
    );
    const sorted = pairs.map(([name = '', value = '']) => `${rawUrlEncode(name)}=${rawUrlEncode(value)}`).sort(byBytes);
    const base = [method, rawUrlEncode(origin + path), rawUrlEncode(sorted.join('&'))].join('&');
    const secret = `${rawUrlEncode(key.consumerSecret)}&${rawUrlEncode(key.tokenSecret)}`;
    return createHmac(algorithm.toLowerCase(), secret).update(base).digest('base64');
  }
}

function refused(status: 400 | 401, message: string): MagentoCaller {
  return { status, message };
}

function signedHeader(authorization: string): ReadonlyMap<string, string> {
  const after = authorization.slice(authorization.toLowerCase().indexOf('oauth ') + 'oauth '.length);
  return new Map(
    after.split(',').flatMap((pair) => {
      const [, name, value = ''] = /^\s*(oauth_[a-z_]+)="?([^"]*)"?\s*$/.exec(pair) ?? [];
      return name === undefined ? [] : [[name, decodeURIComponent(value)] as const];
    }),
  );
}

function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

function same(stated: string, computed: string): boolean {
  const [a, b] = [Buffer.from(stated), Buffer.from(computed)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
