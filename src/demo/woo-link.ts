import type { Asked } from './demo-shop.ts';
import type { PhpParams } from './php.ts';

/**
 * The `Link` header of a page with neighbours, or null. The addresses carry every parameter of the request, a used
 * OAuth signature included, lists spelt out item by item, then what the shop added itself, then the page if the
 * request named none: all as captured. Who follows them over http has to sign again.
 */
export function wooLink(options: {
  asked: Asked;
  route: string;
  params: PhpParams;
  page: number;
  pages: number;
  appended: readonly (readonly [string, string])[];
}): string | null {
  const { asked, route, params, page, pages, appended } = options;
  const links: string[] = [];
  if (page > 1) links.push(`<${address(Math.min(page - 1, pages))}>; rel="prev"`);
  if (page < pages) links.push(`<${address(page + 1)}>; rel="next"`);
  return links.length === 0 ? null : links.join(', ');

  function address(to: number): string {
    const pairs: (readonly [string, string])[] = [];
    for (const [name, value] of params) {
      if (name === 'status' && appended.length > 0) continue;
      if (name === 'page') pairs.push(['page', String(to)]);
      else if (LISTS.includes(name) && typeof value === 'string') pairs.push(...items(name, value.split(',')));
      else if (typeof value === 'string') pairs.push([name, value]);
      else pairs.push(...[...value].map(([key, item]) => [`${name}[${key}]`, item] as const));
    }
    pairs.push(...appended.filter(([name]) => !params.has(name)));
    if (!params.has('page')) pairs.push(['page', String(to)]);
    const query = pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
    return params.has('rest_route') ? `${asked.origin}/?${query}` : `${asked.origin}/wp-json/${route}?${query}`;
  }
}

const LISTS = ['include', 'exclude', 'parent'];

function items(name: string, values: readonly string[]): [string, string][] {
  return values.map((value, at) => [`${name}[${at}]`, value]);
}

/** PHP's `urlencode`. */
function encode(text: string): string {
  return encodeURIComponent(text)
    .replaceAll('%20', '+')
    .replace(/[!'()*~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
