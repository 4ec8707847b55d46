import type { DemoShop } from './demo-shop.ts';

export type Demo = {
  readonly id: string;
  /** The kind of shop it is, as `shops/index.ts` names it. */
  readonly shop: string;
  readonly title: string;
  readonly start: (options?: DemoOptions) => Promise<DemoShop>;
};

/** `copies`: how many times the captured orders exist, once when left out. */
export type DemoOptions = { readonly copies?: number; readonly now?: () => number };

/** The demo shops: answers of real shops, kept byte for byte; all people in them are invented. */
export const DEMOS: readonly Demo[] = [
  {
    id: 'woocommerce',
    shop: 'woocommerce',
    title: 'WooCommerce 9.9.5',
    start: async (options = {}) => (await import('./woocommerce.ts')).startWooDemo(options),
  },
  {
    id: 'shopify',
    shop: 'shopify',
    title: 'Shopify 2026-10',
    start: async (options = {}) => (await import('./shopify.ts')).startShopifyDemo(options),
  },
  {
    id: 'prestashop',
    shop: 'prestashop',
    title: 'PrestaShop 9.1.4',
    start: (options = {}) => startPrestashop('9.1.4', options),
  },
  {
    id: 'prestashop-1.6',
    shop: 'prestashop',
    title: 'PrestaShop 1.6.1.25',
    start: (options = {}) => startPrestashop('1.6.1.25', options),
  },
  {
    id: 'magento',
    shop: 'magento',
    title: 'Magento 2.4 (invented)',
    start: async (options = {}) => (await import('./magento.ts')).startMagentoDemo(options),
  },
];

/** Loaded when started: the answers of a shop are large. */
async function startPrestashop(version: '9.1.4' | '1.6.1.25', options: DemoOptions): Promise<DemoShop> {
  return (await import('./prestashop.ts')).startPrestashopDemo({ ...options, version });
}
