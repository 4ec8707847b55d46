import type { DemoShop } from './demo-shop.ts';
import { startPrestashopDemo } from './prestashop.ts';
import { startWooDemo } from './woocommerce.ts';

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
    start: (options = {}) => startWooDemo(options),
  },
  {
    id: 'prestashop',
    shop: 'prestashop',
    title: 'PrestaShop 9.1.4',
    start: (options = {}) => startPrestashopDemo({ ...options, version: '9.1.4' }),
  },
  {
    id: 'prestashop-1.6',
    shop: 'prestashop',
    title: 'PrestaShop 1.6.1.25',
    start: (options = {}) => startPrestashopDemo({ ...options, version: '1.6.1.25' }),
  },
];
