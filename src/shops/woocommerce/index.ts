import { lazily } from '../lazily.ts';
import type { ShopKind } from '../reader.ts';
import { DEFAULT_STATUSES } from './statuses.ts';

export const woocommerce: ShopKind = {
  id: 'woocommerce',
  name: 'WooCommerce',
  credentials: [
    { name: 'key', secret: true, required: true },
    { name: 'secret', secret: true, required: true },
  ],
  defaultStatuses: DEFAULT_STATUSES,
  open: (connection) => lazily(async () => (await import('./shop.ts')).openWoocommerce(connection)),
};
