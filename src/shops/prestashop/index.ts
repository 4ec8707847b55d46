import { lazily } from '../lazily.ts';
import type { ShopKind } from '../reader.ts';

export const prestashop: ShopKind = {
  id: 'prestashop',
  name: 'PrestaShop',
  credentials: [{ name: 'key', secret: true, required: true }],
  defaultStatuses: null,
  open: (connection) => lazily(async () => (await import('./shop.ts')).openPrestashop(connection)),
};
