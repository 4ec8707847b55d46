import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startPrestashopDemo } from '../demo/prestashop.ts';
import * as prestashop from '../shops/prestashop/sample.ts';
import { withExtraMethods } from './extra-methods.ts';
import type { Batch } from './resume.ts';

test('S-261 a marketplace’s order goes by the name that the profile declares, whatever module brought it', async () => {
  const demo = await startPrestashopDemo({
    version: '9.1.4',
    transform: (records) => {
      const order = prestashop.changed(records, 'orders', '1', { module: 'shoppingfeed', payment: 'Cdiscount' });
      return prestashop.changed(order, 'order_payments', '1', { payment_method: 'Cdiscount' });
    },
  });
  try {
    const documents = await prestashop.documentsOf(prestashop.shopAt(demo), prestashop.requestOf());
    const methods = async (extra: readonly string[]) => {
      const found: string[] = [];
      for await (const { items } of withExtraMethods(batchOf(documents), extra)) {
        for (const item of items) {
          if (item.state !== 'read') continue;
          const { payments, wholeOrder, order } = item.document;
          if (order.id === '1') found.push(...payments.map(({ method }) => method.id), wholeOrder?.firstMethod ?? '');
        }
      }
      return found;
    };
    assert.deepEqual(await methods([]), ['shoppingfeed', 'shoppingfeed']);
    assert.deepEqual(await methods(['EBAY', 'CDISCOUNT']), ['CDISCOUNT', 'CDISCOUNT']);
    assert.deepEqual(await methods(['EBAY']), ['shoppingfeed', 'shoppingfeed']);
  } finally {
    await demo.close();
  }
});

async function* batchOf(documents: Awaited<ReturnType<typeof prestashop.documentsOf>>): AsyncGenerator<Batch> {
  yield { items: documents.map((document) => ({ state: 'read', document, raw: null })), events: [] };
}
