import { Failure } from '../core/problem.ts';
import type { StoredProfile } from '../profiles/profile.ts';
import { httpSettings } from '../profiles/settings.ts';
import type { OpenShop } from '../runs/deps.ts';
import { proxyTo } from '../runs/proxy.ts';
import { shopOf } from '../shops/index.ts';
import type { ShopConnection } from '../shops/reader.ts';
import type { Store } from '../store/store.ts';
import type { DemoShops } from './demo-shops.ts';
import { sleep } from './sleep.ts';

/** Opens the shop of a profile with its secrets; a demo profile's shop runs inside this process. */
export async function openShop(
  { store, demos, now }: { store: Store; demos: DemoShops; now: () => number },
  stored: StoredProfile,
): Promise<OpenShop> {
  const { id, profile, demo } = stored;
  const kind = shopOf(profile.shop.type);
  if (!kind)
    throw new Failure('profile.invalid', { path: 'shop.type', reason: 'unknown-shop', value: profile.shop.type });
  const secrets = await store.secrets.all(id);
  const sealed = (await store.secrets.names(id)).find((name) => !Object.hasOwn(secrets, name));
  if (sealed !== undefined) throw new Failure('profile.invalid', { path: `secrets.${sealed}`, reason: 'sealed' });
  const proxy = demo ? null : await proxyTo(store, profile.shop.url);
  const connection = (url: string, credentials: Readonly<Record<string, string>>): ShopConnection => ({
    url,
    credentials,
    http: { ...httpSettings(profile, secrets.basicAuthPassword ?? null), proxy },
    now,
    sleep,
  });
  if (!demo) return { kind, shop: kind.open(connection(profile.shop.url, secrets)), close: async () => {} };
  const { shop, release } = await demos.use(id);
  return { kind, shop: kind.open(connection(shop.url, shop.credentials)), close: async () => release() };
}
