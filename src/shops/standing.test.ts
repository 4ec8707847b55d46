import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startPrestashopDemo } from '../demo/prestashop.ts';
import { capturedWooRecords } from '../demo/woo-records.ts';
import { startWooDemo } from '../demo/woocommerce.ts';
import * as prestashop from './prestashop/sample.ts';
import { woocommerce } from './woocommerce/index.ts';
import * as woo from './woocommerce/sample.ts';

/** What became of orders that were read before: their status now, and whether it is one of those read. */

test('D-14 WooCommerce says of orders by id whether they are still sales; one that is gone is not among them', async () => {
  const demo = await startWooDemo({
    transform: ({ orders, refunds }) => {
      const [first, ...others] = orders;
      const cancelled = first && {
        dp2: { ...first.dp2, status: 'cancelled' },
        dp6: { ...first.dp6, status: 'cancelled' },
      };
      return { refunds, orders: cancelled === undefined ? others : [cancelled, ...others] };
    },
  });
  try {
    const shop = woocommerce.open(woo.connectionOf(demo.url, { credentials: demo.credentials }));
    const states = await shop.standing?.(woo.requestOf(), ['39', '41', '999999']);
    assert.deepEqual(states?.get('39'), { status: 'cancelled', wanted: false });
    assert.equal(states?.get('41')?.wanted, true);
    assert.equal(states?.has('999999'), false);
  } finally {
    await demo.close();
  }
});

test('D-14 PrestaShop says of orders by id whether they are still sales; one that is gone is not among them', async () => {
  const demo = await startPrestashopDemo({
    version: '9.1.4',
    transform: (records) => prestashop.changed(records, 'orders', '1', { current_state: '6' }),
  });
  try {
    const states = await prestashop.shopAt(demo).standing?.(prestashop.requestOf(), ['1', '3', '999999']);
    assert.deepEqual(states?.get('1'), { status: '6', wanted: false });
    assert.equal(states?.get('3')?.wanted, true);
    assert.equal(states?.has('999999'), false);
  } finally {
    await demo.close();
  }
});

test('D-14 WooCommerce says which credit notes are left; of an order that is gone, none', async () => {
  const { refunds } = capturedWooRecords();
  const notes = refunds.map(({ dp2 }) => ({ id: String(dp2.id), orderId: String(dp2.parent_id) }));
  const [deleted = fail(), ofGone = fail()] = notes.filter(({ orderId }, place) => {
    return notes.findIndex((other) => other.orderId === orderId) === place;
  });
  const demo = await startWooDemo({
    transform: (records) => ({
      orders: records.orders.filter(({ dp2 }) => String(dp2.id) !== ofGone.orderId),
      refunds: records.refunds.filter(({ dp2 }) => String(dp2.id) !== deleted.id),
    }),
  });
  try {
    const shop = woocommerce.open(woo.connectionOf(demo.url, { credentials: demo.credentials }));
    const left = await shop.creditNotesLeft?.(woo.requestOf(), notes);
    const others = notes.filter(({ id, orderId }) => id !== deleted.id && orderId !== ofGone.orderId);
    assert.ok(others.length > 0);
    assert.deepEqual([...(left ?? [])].sort(), others.map(({ id }) => id).sort());
  } finally {
    await demo.close();
  }
});

test('D-14 PrestaShop says which credit notes are left', async () => {
  const demo = await startPrestashopDemo({ version: '9.1.4' });
  try {
    const notes = ['2', '3', '999999'].map((id) => ({ id, orderId: '1' }));
    const left = await prestashop.shopAt(demo).creditNotesLeft?.(prestashop.requestOf(), notes);
    assert.deepEqual([...(left ?? [])].sort(), ['2', '3']);
  } finally {
    await demo.close();
  }
});

function fail(): never {
  throw new TypeError('The captured shop has refunds of several orders');
}
