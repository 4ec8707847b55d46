import { createHmac } from 'node:crypto';

/**
 * OAuth 1.0a, HMAC-SHA256: the parameters of a GET and those of the signature, which is last. Without a token it is
 * "one-legged", what WooCommerce takes over plain http, where it refuses the key itself; Magento's integrations have one.
 */
export function signed(
  url: URL,
  params: readonly (readonly [string, string])[],
  by: {
    readonly key: string;
    readonly secret: string;
    readonly token?: { readonly value: string; readonly secret: string };
    readonly nonce: string;
    readonly timestampSeconds: number;
  },
): readonly (readonly [string, string])[] {
  const all: (readonly [string, string])[] = [
    ...params,
    ['oauth_consumer_key', by.key],
    ['oauth_nonce', by.nonce],
    ['oauth_signature_method', 'HMAC-SHA256'],
    ['oauth_timestamp', String(by.timestampSeconds)],
  ];
  if (by.token !== undefined) all.push(['oauth_token', by.token.value], ['oauth_version', '1.0']);
  const sorted = all.map(([name, value]) => [encode(name), encode(value)] as const).sort(byNameThenValue);
  const normalised = sorted.map(([name, value]) => `${name}=${value}`).join('&');
  const text = ['GET', encode(url.origin + url.pathname), encode(normalised)].join('&');
  const signature = createHmac('sha256', `${encode(by.secret)}&${encode(by.token?.secret ?? '')}`)
    .update(text)
    .digest('base64');
  return [...all, ['oauth_signature', signature]];
}

/** What of a signed request goes into the header `Authorization`. */
export function authorization(params: readonly (readonly [string, string])[]): string {
  const own = params.filter(([name]) => name.startsWith('oauth_'));
  return `OAuth ${own.map(([name, value]) => `${encode(name)}="${encode(value)}"`).join(', ')}`;
}

/** A query string with every reserved character escaped, as RFC 3986 has it and the signature needs it. */
export function queryText(params: readonly (readonly [string, string])[]): string {
  return params.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function byNameThenValue(a: readonly [string, string], b: readonly [string, string]): number {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1;
  return a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0;
}
