/** Query parameters as PHP sees them: `a[x]=1` and `a[]=1` make an array under `a`. One level is all the shops use. */
export type PhpParams = ReadonlyMap<string, PhpValue>;
export type PhpValue = string | ReadonlyMap<string, string>;

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export function parsePhpQuery(query: string): PhpParams {
  const params = new Map<string, string | Map<string, string>>();
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    const name = decode(at < 0 ? pair : pair.slice(0, at));
    const value = at < 0 ? '' : decode(pair.slice(at + 1));
    const bracket = /^([^[]+)\[([^\]]*)\]/.exec(name);
    if (bracket === null) {
      params.set(name, value);
      continue;
    }
    const [, array = '', key = ''] = bracket;
    const known = params.get(array);
    const items = known instanceof Map ? known : new Map<string, string>();
    items.set(key === '' ? String(items.size) : key, value);
    params.set(array, items);
  }
  return params;
}

/** Encodes for a URL as PHP's `rawurlencode` does (RFC 3986). */
export function rawUrlEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Writes JSON as PHP's `json_encode` does: slashes escaped, everything beyond ASCII as `\uXXXX`. */
export function phpJson(value: Json): string {
  return JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    // PHP keeps a stray percent sign as it is.
    return spaced;
  }
}
