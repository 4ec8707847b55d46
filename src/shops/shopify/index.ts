import { lazily } from '../lazily.ts';
import type { ShopKind } from '../reader.ts';
import { DEFAULT_STATUSES } from './statuses.ts';

export const shopify: ShopKind = {
  id: 'shopify',
  name: 'Shopify',
  // The two of an app of the Dev Dashboard, or the token of an older one: which, its owner knows.
  credentials: [
    { name: 'clientId', secret: false, required: false },
    { name: 'clientSecret', secret: true, required: false },
    { name: 'token', secret: true, required: false },
  ],
  defaultStatuses: DEFAULT_STATUSES,
  open: (connection) => lazily(async () => (await import('./shop.ts')).openShopify(connection)),
};
