import { Failure } from '../core/problem.ts';
import { DEMOS as DEMO_SHOPS } from '../demo/index.ts';
import type { StoredProfile } from '../profiles/profile.ts';
import { httpSettings } from '../profiles/settings.ts';
import type { OpenShop } from '../runs/deps.ts';
import { shopOf } from '../shops/index.ts';
import type { ShopConnection } from '../shops/reader.ts';
import type { Store } from '../store/store.ts';
import { sleep } from './sleep.ts';

/** Opens the shop of a profile with its secrets; a demo profile's shop runs inside this process until it is closed. */
export async function openShop(store: Store, stored: StoredProfile, now: () => number): Promise<OpenShop> {
  const { id, profile, demo } = stored;
  const kind = shopOf(profile.shop.type);
  if (!kind)
    throw new Failure('profile.invalid', { path: 'shop.type', reason: 'unknown-shop', value: profile.shop.type });
  const secrets = await store.secrets.all(id);
  const connection = (url: string, credentials: Readonly<Record<string, string>>): ShopConnection => ({
    url,
    credentials,
    http: httpSettings(profile, secrets.basicAuthPassword ?? null),
    now,
    sleep,
  });
  if (!demo) return { kind, shop: kind.open(connection(profile.shop.url, secrets)), close: async () => {} };
  const shop = DEMO_SHOPS.find((one) => `demo-${one.id}` === id);
  if (!shop) throw new Failure('profile.unknown', { profile: id });
  const running = await shop.start({ now });
  return { kind, shop: kind.open(connection(running.url, running.credentials)), close: () => running.close() };
}
