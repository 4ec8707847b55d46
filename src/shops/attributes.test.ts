import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SalesDocument } from '../core/document.ts';
import type { DemoShop } from '../demo/demo-shop.ts';
import { startPrestashopDemo } from '../demo/prestashop.ts';
import { startWooDemo } from '../demo/woocommerce.ts';
import { requestOf as psRequest, RIGHTS, shopAt } from './prestashop/sample.ts';
import type { ReadEvent, ReadRequest, Shop } from './reader.ts';
import { woocommerce } from './woocommerce/index.ts';
import { connectionOf, requestOf as wooRequest } from './woocommerce/sample.ts';

/** What orders do not say and exceptions may go by: read when a profile needs it, and only then. */
const SHOPS = [
  {
    name: 'WooCommerce',
    start: () => startWooDemo(),
    open: (demo: DemoShop) => woocommerce.open(connectionOf(demo.url, { credentials: demo.credentials })),
    request: wooRequest,
    asked: /\/(products|customers)\?/,
  },
  {
    name: 'PrestaShop',
    start: () => startPrestashopDemo({ version: '9.1.4' }),
    open: (demo: DemoShop) => shopAt(demo),
    request: psRequest,
    asked: /\/products\?/,
  },
  {
    name: 'PrestaShop 1.6',
    start: () => startPrestashopDemo({ version: '1.6.1.25' }),
    open: (demo: DemoShop) => shopAt(demo),
    request: psRequest,
    asked: /\/products\?/,
  },
] as const;

for (const { name, start, open, request, asked } of SHOPS) {
  for (const kind of ['sales', 'creditNotes'] as const) {
    test(`${name}: ${kind} bear the category of each product and the group of their customer when a rule goes by them`, async () => {
      const demo = await start();
      try {
        const wanted = request({ kind });
        const bare = await documentsOf(open(demo), wanted);
        assert.ok(bare.length > 0);
        assert.ok(!demo.requests.some(({ path }) => asked.test(path)), 'nothing is asked unless a rule goes by it');
        assert.deepEqual(categoriesOf(bare), []);
        const options = { ...wanted.options, categories: true, customerGroups: true };
        const full = await documentsOf(open(demo), { ...wanted, options });
        assert.ok(categoriesOf(full).length > 0);
        assert.deepEqual(
          full.map((document) => withoutAttributes(document)),
          bare.map((document) => withoutAttributes(document)),
          'nothing else changes',
        );
        const known = full.filter(({ customer }) => !customer.guest && customer.groups.length > 0);
        assert.ok(known.length > 0 || full.every(({ customer }) => customer.guest), 'customers have their group');
      } finally {
        await demo.close();
      }
    });
  }

  test(`${name}: the lists offer categories and groups by the ids that documents bear`, async () => {
    const demo = await start();
    try {
      const shop = open(demo);
      const lists = await shop.lists(new AbortController().signal);
      const options = { ...request().options, categories: true, customerGroups: true };
      const categories = categoriesOf(await documentsOf(shop, request({ options })));
      const offered = new Set(lists.categories?.map(({ id }) => id));
      assert.deepEqual(
        categories.filter((id) => !offered.has(id)),
        [],
      );
    } finally {
      await demo.close();
    }
  });
}

test('a key that may not read products is told so once, and the documents come without their categories', async () => {
  const demo = await startPrestashopDemo({ version: '9.1.4', rights: RIGHTS });
  try {
    const options = { ...psRequest().options, categories: true };
    const events = await eventsOf(shopAt(demo), psRequest({ options }));
    const told = events.flatMap((event) =>
      event.type === 'problem' ? [[event.problem.code, event.problem.values.right]] : [],
    );
    assert.deepEqual(told, [['shop.read-incomplete', 'products']]);
    assert.ok(events.filter(({ type }) => type === 'item').length > 0);
  } finally {
    await demo.close();
  }
});

async function eventsOf(shop: Shop, request: ReadRequest): Promise<readonly ReadEvent[]> {
  return Array.fromAsync(shop.read(request));
}

async function documentsOf(shop: Shop, request: ReadRequest): Promise<readonly SalesDocument[]> {
  const events = await eventsOf(shop, request);
  return events.flatMap((event) => (event.type === 'item' && event.item.state === 'read' ? [event.item.document] : []));
}

function categoriesOf(documents: readonly SalesDocument[]): readonly string[] {
  return [...new Set(documents.flatMap(({ lines }) => lines.flatMap(({ product }) => product?.category ?? [])))];
}

function withoutAttributes({ lines, customer, ...rest }: SalesDocument): unknown {
  const bare = lines.map(({ product, ...line }) => ({ ...line, product: product && { ...product, category: null } }));
  return { ...rest, lines: bare, customer: { ...customer, groups: null } };
}
