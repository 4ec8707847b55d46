import { lazily } from '../lazily.ts';
import type { ShopKind } from '../reader.ts';

export const magento: ShopKind = {
  id: 'magento',
  name: 'Magento 2',
  credentials: [
    { name: 'token', secret: true, required: true },
    { name: 'consumerKey', secret: true, required: false },
    { name: 'consumerSecret', secret: true, required: false },
    { name: 'tokenSecret', secret: true, required: false },
  ],
  defaultStatuses: null,
  // Whatever becomes of an order, what was invoiced is a sale.
  statusesChoose: ({ salesSource }) => salesSource === 'orders',
  open: (connection) => lazily(async () => (await import('./shop.ts')).openMagento(connection)),
};
