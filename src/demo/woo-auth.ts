import { createHmac, timingSafeEqual } from 'node:crypto';
import { basicOf } from './basic-auth.ts';
import type { Asked } from './demo-shop.ts';
import { type PhpParams, rawUrlEncode } from './php.ts';

/**
 * Who asks. WooCommerce tells a wrong key over https from no key at all by nothing (`nobody`), and refuses a bad
 * signature at once (`refused`), before it looks at the route.
 */
export type WooCaller = 'nobody' | 'key' | { readonly refused: string };

export type WooKey = { readonly key: string; readonly secret: string };

const WINDOW_SECONDS = 15 * 60;
/** Nonces kept, the oldest forgotten first: more than a run of tests asks within the window. */
const MAX_NONCES = 100_000;
const REQUIRED = [
  'oauth_consumer_key',
  'oauth_timestamp',
  'oauth_nonce',
  'oauth_signature',
  'oauth_signature_method',
] as const;

/**
 * Authentication of WooCommerce 9.9.5: Basic, or key and secret as parameters, over https only; over http OAuth 1.0a
 * with one leg, where Basic is as good as nothing (`errors/401-basic-over-http`). The messages of `refused` are those
 * of WooCommerce's source (class-wc-rest-authentication.php); no capture shows them.
 */
export function wooAuthentication(key: WooKey, options: { secure: boolean; now: () => number }) {
  const nonces = new Set<string>();
  return authenticate;

  function authenticate(asked: Asked, params: PhpParams): WooCaller {
    if (options.secure) {
      const basic = withSecret(asked, params);
      if (basic !== 'nobody') return basic;
    }
    return withSignature(asked, params);
  }

  function withSecret({ authorization }: Asked, params: PhpParams): WooCaller {
    const inQuery = { id: text(params, 'consumer_key'), secret: text(params, 'consumer_secret') };
    const { id, secret } = inQuery.id !== '' && inQuery.secret !== '' ? inQuery : basicOf(authorization);
    if (id !== key.key || secret === '') return 'nobody';
    return secret === key.secret ? 'key' : { refused: 'Consumer secret is invalid.' };
  }

  function withSignature(asked: Asked, query: PhpParams): WooCaller {
    const params = new Map([...query, ...signedHeader(asked.authorization)]);
    const missing = REQUIRED.filter((name) => text(params, name) === '');
    if (missing.length === REQUIRED.length) return 'nobody';
    if (missing.length > 0) {
      return { refused: `Missing OAuth parameter${missing.length > 1 ? 's' : ''} ${missing.join(', ')}` };
    }
    if (text(params, 'oauth_consumer_key') !== key.key) return { refused: 'Consumer key is invalid.' };
    const algorithm = /^HMAC-(SHA1|SHA256)$/.exec(text(params, 'oauth_signature_method'))?.[1];
    if (algorithm === undefined) return { refused: 'Invalid signature - signature method is invalid.' };
    const stated = text(params, 'oauth_signature').replaceAll(' ', '+');
    const signed = baseUrls(asked).some((url) =>
      same(stated, signature({ asked, url, params, algorithm, secret: key.secret })),
    );
    if (!signed) return { refused: 'Invalid signature - provided signature does not match.' };

    const timestamp = Number.parseInt(text(params, 'oauth_timestamp'), 10);
    const age = Math.abs(Math.floor(options.now() / 1000) - timestamp);
    if (!(age <= WINDOW_SECONDS)) return { refused: 'Invalid timestamp.' };
    const nonce = `${timestamp} ${text(params, 'oauth_nonce')}`;
    if (nonces.has(nonce)) return { refused: 'Invalid nonce - nonce has already been used.' };
    nonces.add(nonce);
    const [oldest] = nonces.size > MAX_NONCES ? nonces : [];
    if (oldest !== undefined) nonces.delete(oldest);
    return 'key';
  }
}

/**
 * The text signed: method, address without query, and the parameters encoded twice, sorted by name. PHP has already
 * turned `status[]` into `status[0]`, so a client that signed `status[]` signed another text.
 */
function signature(options: {
  asked: Asked;
  url: string;
  params: PhpParams;
  algorithm: string;
  secret: string;
}): string {
  const { asked, url, params, algorithm, secret } = options;
  const pairs: string[] = [];
  const names = [...params.keys()].filter((name) => name !== 'oauth_signature').sort(byBytes);
  for (const name of names) {
    const value = params.get(name) ?? '';
    if (typeof value === 'string') pairs.push(pair(name, value));
    else for (const [key, item] of value) pairs.push(pair(`${name}[${key}]`, item));
  }
  const base = [asked.method.toUpperCase(), rawUrlEncode(url), pairs.join('%26')].join('&');
  return createHmac(algorithm.toLowerCase(), `${secret}&`).update(base).digest('base64');

  function pair(name: string, value: string): string {
    return `${rawUrlEncode(rawUrlEncode(name))}%3D${rawUrlEncode(rawUrlEncode(value))}`;
  }
}

/** WordPress signs the bare address when the path is `/` (plain permalinks); clients sign it with the slash. */
function baseUrls({ origin, path }: Asked): string[] {
  return path === '/' ? [origin, `${origin}/`] : [origin + path];
}

function signedHeader(authorization: string | null): Map<string, string> {
  const params = new Map<string, string>();
  if (authorization === null || !authorization.startsWith('OAuth ')) return params;
  for (const [, name = '', quoted, bare] of authorization.matchAll(/(oauth_[a-z_-]*)=(?:"([^"]*)"|([^,]*))/g)) {
    params.set(name, decodeURIComponent(quoted ?? bare ?? ''));
  }
  return params;
}

function text(params: PhpParams, name: string): string {
  const value = params.get(name);
  return typeof value === 'string' ? value : '';
}

function same(stated: string, computed: string): boolean {
  const [a, b] = [Buffer.from(stated), Buffer.from(computed)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
