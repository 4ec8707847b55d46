import { Failure } from '../../core/problem.ts';

const ADMIN = 'admin.shopify.com';
const PERMANENT = '.myshopify.com';
const LOOPBACK = /^(?:127\.0\.0\.1|localhost|\[::1\])$/;
const HANDLE = /^[a-z0-9][a-z0-9-]*$/i;

/** Where a shop is asked: `known`, or `asked`, when only the shop's public site can say which one it is. */
export type ShopAddress = { readonly state: 'known' | 'asked'; readonly url: URL };

/**
 * What people paste: the shop's name, its permanent address, its administration, or its public site. The API lives at the
 * permanent address alone, `https://NAME.myshopify.com`. Loopback addresses (demo shops, tests) are taken as they are.
 */
export function shopAddress(text: string): ShopAddress {
  const typed = text.trim();
  if (HANDLE.test(typed)) return known(typed);
  const url = URL.parse(/^https?:\/\//i.test(typed) ? typed : `https://${typed}`);
  if (url === null || url.hostname === '') throw new Failure('shop.address-unknown', { host: typed });
  if (LOOPBACK.test(url.hostname)) return { state: 'known', url: new URL('/', url) };
  if (url.hostname.endsWith(PERMANENT)) return known(url.hostname.slice(0, -PERMANENT.length));
  const handle = handleInAdmin(url);
  if (handle !== null) return known(handle);
  if (url.hostname === ADMIN) throw new Failure('shop.address-unknown', { host: typed });
  return { state: 'asked', url: new URL('/admin', `https://${url.host}`) };
}

/** The permanent address that a public site's `/admin` leads to; null when it leads elsewhere. */
export function redirectedAddress(location: string | undefined, from: URL): URL | null {
  const target = location === undefined ? null : URL.parse(location, from);
  if (target === null) return null;
  if (target.hostname.endsWith(PERMANENT)) return known(target.hostname.slice(0, -PERMANENT.length)).url;
  const handle = handleInAdmin(target);
  return handle === null ? null : known(handle).url;
}

function handleInAdmin(url: URL): string | null {
  const handle = url.hostname === ADMIN ? /^\/store\/([^/]+)/.exec(url.pathname)?.[1] : undefined;
  return handle !== undefined && HANDLE.test(handle) ? handle : null;
}

function known(handle: string): ShopAddress {
  return { state: 'known', url: new URL(`https://${handle.toLowerCase()}${PERMANENT}/`) };
}
