import { lazily } from '../lazily.ts';
import type { ShopKind } from '../reader.ts';
import { DEFAULT_STATUSES } from './statuses.ts';

export const shopware: ShopKind = {
  id: 'shopware',
  name: 'Shopware 6',
  credentials: [
    { name: 'clientId', secret: true, required: true },
    { name: 'clientSecret', secret: true, required: true },
  ],
  defaultStatuses: DEFAULT_STATUSES,
  open: (connection) => lazily(async () => (await import('./shop.ts')).openShopware(connection)),
};
