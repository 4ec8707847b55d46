import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dataNames, dataText } from './data-files.ts';
import type { DemoShop } from './demo-shop.ts';
import { type PrestashopVersion, startPrestashopDemo } from './prestashop.ts';
import { withPsField } from './ps-records.ts';

const FOLDERS: readonly [PrestashopVersion, string][] = [
  ['9.1.4', 'prestashop'],
  ['1.6.1.25', 'prestashop-1.6'],
];
let shop: DemoShop;
before(async () => {
  shop = await startPrestashopDemo({ version: '9.1.4' });
});
after(() => shop.close());

for (const [version, folder] of FOLDERS) {
  test(`${version}: what was asked of the real shop is answered as it answered`, async () => {
    const asked = await startPrestashopDemo({ version, unsorted: 'captured' });
    try {
      for (const sub of dataNames(folder, '').filter((name) => !['handwritten', 'expected.json'].includes(name))) {
        for (const name of dataNames(`${folder}/${sub}`, '.http.txt')) {
          const capture = dataText(`${folder}/${sub}/${name}`);
          const [method = '', path = ''] = capture.split(' ');
          const authorized = !/^Authorization: \(none\)/m.test(capture);
          const key = name.startsWith('401-bad') ? 'X'.repeat(32) : (asked.credentials.key ?? '');
          const headers = authorized ? basic(key) : undefined;
          const answer = await fetch(asked.url + path, { method, ...(headers && { headers }) });
          const label = `${folder}/${sub}/${name}`;
          assert.equal(await answer.text(), dataText(`${folder}/${sub}/${name.replace('.http.txt', '')}`), label);
          assert.equal(String(answer.status), /^HTTP\/1\.1 (\d+)/m.exec(capture)?.[1], label);
          for (const header of ['Content-Type', 'PSWS-Version', 'WWW-Authenticate', 'Content-Sha1']) {
            const stated = new RegExp(`^${header}: (.*?)\r?$`, 'im').exec(capture)?.[1] ?? null;
            assert.equal(answer.headers.get(header), stated, `${label} ${header}`);
          }
        }
      }
    } finally {
      await asked.close();
    }
  });
}

/** [resource and query, ids in order] */
const lists: [string, string][] = [
  ['orders?filter[date_add]=[2026-10-31 00:00:00,2026-10-31 23:59:59]&date=1&sort=[id_ASC]', '46'],
  ['orders?filter[date_add]=[2026-10-27,2026-10-31]&date=1&sort=[id_ASC]', '65'],
  ['orders?filter[id]=>[79]&sort=[id_ASC]', '80 83 84 86'],
  ['orders?filter[id]=<[4]&sort=[id_DESC]', '3 2 1'],
  ['orders?filter[id]=[80,84]&sort=[id_ASC]', '80 83 84'],
  ['orders?filter[id]=[84,80]&sort=[id_ASC]', '80 83 84'],
  ['orders?filter[id]=84', '84'],
  ['orders?filter[id]=>[79]&filter[current_state]=![2|7]&sort=[id_ASC]', '84'],
  ['orders?filter[reference]=[yr]%&sort=[id_ASC]', '1'],
  ['orders?filter[payment]=%[virement]%&filter[id]=<[30]&sort=[id_ASC]', '4 23 24'],
  ['orders?filter[total_paid]=31.8&sort=[id_ASC]', '1 28'],
  ['orders?filter[id]=>[79]&sort=[total_paid_DESC]&limit=2', '86 83'],
  ['orders?sort=[id_ASC]&limit=3,2', '4 6'],
  ['order_details?filter[id_order]=[33|34]&sort=[id_ASC]', '57 58 59 60'],
  ['taxes?filter[name]=%[TVA FR 20%]%', '1'],
  ['states', ''],
];
for (const [query, ids] of lists) {
  test(query, async () => {
    const body = await (await get(query)).text();
    assert.equal(idsOf(body).join(' '), ids, body);
  });
}

/** [resource and query, status and code] */
const refusals: [string, string][] = [
  ['orders?filter[date_add]=[2026-10-01,2026-10-31]', '400 32'],
  ['orders?sort=[date_add_ASC]', '400 38'],
  ['orders?sort=[id]', '400 37'],
  ['orders?filter[id]=', '400 33'],
  ['orders?filter[shipping_number]=[x]', '400 34'],
  ['orders?display=all', '400 36'],
  ['orders?limit=1,2,3', '400 39'],
  ['orders?language=9', '400 81'],
  ['employees', '401 26'],
  ['orders?id_shop=9', '302 none'],
  ['orders/1?display=[nope]', '400 35'],
];
for (const [query, expected] of refusals) {
  test(`${query} is refused`, async () => {
    const answer = await get(query);
    const code = /<code><!\[CDATA\[(\d+)\]\]>/.exec(await answer.text())?.[1] ?? 'none';
    assert.equal(`${answer.status} ${code}`, expected);
  });
}

test('without sort rows come in no order, and pages may lose and double some', async () => {
  const ids = idsOf(await (await get('orders')).text());
  assert.equal(ids.length, 43);
  assert.notDeepEqual(
    ids,
    ids.toSorted((a, b) => Number(a) - Number(b)),
  );
  const pages = [
    idsOf(await (await get('orders?limit=0,22')).text()),
    idsOf(await (await get('orders?limit=22,22')).text()),
  ];
  assert.ok(new Set(pages.flat()).size < 43);
  assert.deepEqual(pages[0], idsOf(await (await get('orders?limit=0,22')).text()));
});

test('the key goes as a parameter too; a key without a right is told so; the root lists what it may read', async () => {
  const limited = await startPrestashopDemo({ version: '9.1.4', rights: ['orders', 'taxes'] });
  try {
    const key = limited.credentials.key ?? '';
    assert.equal((await fetch(`${limited.url}/api/orders/1?ws_key=${key}`)).status, 200);
    assert.equal((await fetch(`${limited.url}/api/customers?ws_key=${key}`)).status, 401);
    const root = await (await fetch(`${limited.url}/api/?ws_key=${key}`)).text();
    assert.deepEqual(
      [...root.matchAll(/^<(\w+) xlink:href="(.*?)" get="true"/gm)]
        .map(([, name]) => name)
        .filter((n) => n !== 'description'),
      ['orders', 'taxes'],
    );
    assert.match(root, /^<api shopName="Boutique Témoin PS">$/m);
    assert.equal((await fetch(`${limited.url}/api/orders?ws_key=short`)).status, 401);
  } finally {
    await limited.close();
  }
});

test('language= leaves out the other languages', async () => {
  const one = await (await get('taxes/1?language=1')).text();
  assert.match(one, /<name><language id="1"[^>]*><!\[CDATA\[/);
});

test('1.6: cart rules of an order are order_discounts, and id_shop=all is a redirection', async () => {
  const old = await startPrestashopDemo({ version: '1.6.1.25' });
  try {
    const discounts = await get('order_discounts?display=full&sort=[id_ASC]', old);
    assert.match(await discounts.text(), /<order_cart_rules>\n<order_cart_rule>\n\t<id><!\[CDATA\[1\]\]>/);
    assert.equal((await get('order_cart_rules', old)).status, 400);
    assert.equal((await get('orders?id_shop=all', old)).status, 302);
    assert.equal((await get('orders?id_shop=all')).status, 200);
  } finally {
    await old.close();
  }
});

test('10 750 orders: unique ids and references, what belongs to a copy points at it, a period in milliseconds', async () => {
  const large = await startPrestashopDemo({ version: '9.1.4', copies: 250 });
  try {
    const ids = idsOf(await (await get('orders', large)).text());
    assert.equal(new Set(ids).size, 43 * 250);
    const period =
      'filter[date_add]=[2026-10-15 00:00:00,2026-10-15 23:59:59]&date=1&sort=[id_ASC]&display=[id,date_add]';
    await get(`orders?${period}`, large);
    const start = performance.now();
    const day = await (await get(`orders?${period}`, large)).text();
    assert.ok(performance.now() - start < 500);
    const dates = [...day.matchAll(/<date_add><!\[CDATA\[(.{10})/g)].map(([, date]) => date);
    assert.ok(dates.length > 20);
    assert.deepEqual([...new Set(dates)], ['2026-10-15']);

    const order = await (await get('orders/7034', large)).text();
    const reference = /<reference><!\[CDATA\[(\w+)/.exec(order)?.[1] ?? '';
    assert.match(reference, /^NEFVR[A-Z]{4}$/);
    const payments = await (
      await get(`order_payments?filter[order_reference]=[${reference}]&display=full`, large)
    ).text();
    assert.equal(payments.match(/<order_payment>/g)?.length, 1);
    assert.equal(payments.includes(/<date_add><!\[CDATA\[(.{10})/.exec(order)?.[1] ?? 'none'), true);
    const slips = await (await get('order_slip?filter[id_order]=7034&display=full', large)).text();
    const detail = /<id_order_detail><!\[CDATA\[(\d+)/.exec(slips)?.[1] ?? 'none';
    assert.match(slips, /xlink:href="http:\/\/127\.0\.0\.1:8082\/api\/orders\/7034"/);
    const details = await (await get('order_details?filter[id_order]=[7034]', large)).text();
    assert.ok(idsOf(details).includes(detail));
    assert.ok(order.includes(`<id><![CDATA[${detail}]]></id>`));
    const lines = await (await get('order_details?filter[id_order]=[7034]&display=full', large)).text();
    const taxes = [...lines.matchAll(/<tax.*>\n\t<id><!\[CDATA\[(\d+)/g)].map(([, id]) => Number(id));
    assert.ok(taxes.length > 0 && taxes.every((id) => id < 1000));
  } finally {
    await large.close();
  }
});

test('transformed records are served and filtered as they are', async () => {
  const changed = await startPrestashopDemo({
    version: '9.1.4',
    transform: ({ orders, ...rest }) => ({
      ...rest,
      ...(orders && {
        orders: { ...orders, records: orders.records.map((r) => withPsField(r, 'total_paid', '1.000000')) },
      }),
    }),
  });
  try {
    assert.equal(idsOf(await (await get('orders?filter[total_paid]=1', changed)).text()).length, 43);
    assert.match(await (await get('orders/2', changed)).text(), /<total_paid><!\[CDATA\[1\.000000\]\]><\/total_paid>/);
  } finally {
    await changed.close();
  }
});

test('with two shops the first answers unless id_shop says another or all', async () => {
  const two = await startPrestashopDemo({
    version: '9.1.4',
    transform: ({ orders, shops, ...rest }) => ({
      ...rest,
      ...(shops && {
        shops: { ...shops, records: [...shops.records, ...shops.records.map((r) => withPsField(r, 'id', '2'))] },
      }),
      ...(orders && {
        orders: { ...orders, records: orders.records.map((r, at) => (at < 3 ? withPsField(r, 'id_shop', '2') : r)) },
      }),
    }),
  });
  try {
    const count = async (query: string) => idsOf(await (await get(`orders?${query}`, two)).text()).length;
    assert.deepEqual([await count(''), await count('id_shop=2'), await count('id_shop=all')], [40, 3, 43]);
  } finally {
    await two.close();
  }
});

function get(query: string, of = shop): Promise<Response> {
  const url = `${of.url}/api/${query}`.replace(
    /[[\]|<>% ]/g,
    (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return fetch(url, { headers: basic(of.credentials.key ?? ''), redirect: 'manual' });
}

function basic(key: string): Record<string, string> {
  return { Authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` };
}

function idsOf(body: string): string[] {
  return [...body.matchAll(/^<\w+ id="(\d+)"/gm)].map(([, id = '']) => id);
}
