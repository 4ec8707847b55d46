import { magento } from './magento/index.ts';
import { prestashop } from './prestashop/index.ts';
import type { ShopKind } from './reader.ts';
import { shopify } from './shopify/index.ts';
import { shopware } from './shopware/index.ts';
import { woocommerce } from './woocommerce/index.ts';

/** The shops Comptoir reads: a new one is a folder and a line here. */
export const shops: readonly ShopKind[] = [woocommerce, prestashop, magento, shopify, shopware];

export function shopOf(id: string): ShopKind | null {
  return shops.find((shop) => shop.id === id) ?? null;
}
