import { z } from 'zod';
import type { Store } from '../store/store.ts';

/** Names under which the store keeps the proxy, and its password sealed. */
const PROXY = 'proxy';
const PASSWORD = 'proxy-password';

const MACHINE_ITSELF = ['localhost', '127.0.0.1', '::1'];

/** `http://proxy.example:3128`: no path, and no password, which has a place of its own. */
const address = z
  .string()
  .trim()
  .max(300)
  .refine((text) => {
    const url = URL.parse(text);
    if (url === null || !/^https?:$/.test(url.protocol)) return false;
    return url.username === '' && url.password === '' && url.pathname === '/' && url.search === '' && url.hash === '';
  }, 'not-a-proxy');

/** Options › Proxy: the way out to every shop, save to the machine itself and other exceptions. */
export const proxySchema = z.strictObject({
  url: address.nullable(),
  user: z
    .string()
    .trim()
    .max(200)
    .transform((text) => text || null)
    .nullable()
    .default(null),
  /** Names of servers reached without it, with all that end in them. */
  exceptions: z
    .array(z.string().trim().toLowerCase().min(1).max(200))
    .max(200)
    .default(() => [...MACHINE_ITSELF]),
});

export type ProxyOptions = z.infer<typeof proxySchema>;

export async function proxyOptions({ settings }: Store): Promise<ProxyOptions & { readonly passwordSet: boolean }> {
  const kept = await settings.get(PROXY);
  const options = proxySchema.parse(kept === null ? { url: null } : JSON.parse(kept));
  return { ...options, passwordSet: (await settings.get(PASSWORD)) !== null };
}

/** Keeps the options; a password that is left out stays as it is, an empty one goes. */
export async function saveProxy({ settings }: Store, options: ProxyOptions, password?: string): Promise<void> {
  if (password !== undefined) await settings.setSecret(PASSWORD, password === '' ? null : password);
  await settings.set(PROXY, JSON.stringify(options));
}

/** The proxy by which a shop's address is reached; the same shape as `HttpSettings.proxy` of `shops/reader.ts`. */
export async function proxyTo(store: Store, shopUrl: string) {
  const { url, user, exceptions } = await proxyOptions(store);
  const host = URL.parse(shopUrl)?.hostname.replace(/^\[|\]$/g, '');
  if (url === null || host === undefined || exceptions.some((one) => host === one || host.endsWith(`.${one}`)))
    return null;
  return { url, user, password: (await store.settings.secret(PASSWORD)) ?? '' };
}
