import process from 'node:process';
import { startMagentoDemo } from '../src/demo/magento.ts';
import { startPrestashopDemo } from '../src/demo/prestashop.ts';
import { startShopifyDemo } from '../src/demo/shopify.ts';
import { startWooDemo } from '../src/demo/woocommerce.ts';

/** `bench/shop-server.ts SHOP COPIES`: a demo shop in a process of its own; its address and keys as one line of JSON. */
const [, , id = '', copies = '1'] = process.argv;
const many = { copies: Number(copies) };
const LIMITLESS = { maximum: 1e9, restoreRate: 1e9 };
const STARTS: Readonly<Record<string, () => Promise<{ url: string; credentials: Readonly<Record<string, string>> }>>> =
  {
    woocommerce: () => startWooDemo(many),
    prestashop: () => startPrestashopDemo({ ...many, version: '9.1.4' }),
    magento: () => startMagentoDemo(many),
    shopify: () => startShopifyDemo({ ...many, bucket: LIMITLESS }),
  };
const shop = await STARTS[id]?.();
if (shop === undefined) throw new TypeError(`No demo shop ${id}`);
process.stdout.write(`${JSON.stringify({ url: shop.url, credentials: shop.credentials })}\n`);
