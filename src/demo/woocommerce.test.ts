import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { request } from 'node:https';
import { after, before, test } from 'node:test';
import { generate } from 'selfsigned';
import { dataNames, dataText } from './data-files.ts';
import { rawUrlEncode } from './php.ts';
import { startWooDemo, type WooDemoShop } from './woocommerce.ts';

let shop: WooDemoShop;
before(async () => {
  shop = await startWooDemo();
});
after(() => shop.close());

const FOLDERS = [
  ['orders', 'orders-dp6', 'paging', 'single', 'refunds', 'refunds-dp6', 'customers', 'config'],
  ['errors'],
] as const;

test('what was asked of the real shop is answered as it answered: body, status and paging headers', async () => {
  for (const folder of FOLDERS[0]) {
    for (const name of dataNames(`woocommerce/${folder}`, '.http.txt')) {
      const capture = dataText(`woocommerce/${folder}/${name}`);
      const path = capture.split(' ')[1] ?? '';
      const answer = await get(path);
      const body = await answer.text();
      const label = `${folder}/${name}`;
      assert.equal(answer.status, 200, label);
      assert.equal(body, dataText(`woocommerce/${folder}/${name.replace('.http.txt', '.json')}`), label);
      for (const header of ['X-WP-Total', 'X-WP-TotalPages', 'Allow', 'Content-Type']) {
        const stated = new RegExp(`^${header}: (.*?)\r?$`, 'm').exec(capture)?.[1] ?? null;
        assert.equal(answer.headers.get(header), stated, `${label} ${header}`);
      }
      const link = (text: string) =>
        text.replace(/https?:\/\/127\.0\.0\.1:\d+/g, '').replace(/&oauth_[a-z_]+=[^&>]*/g, '');
      const stated = /^Link: (.*?)\r?$/m.exec(capture)?.[1] ?? '';
      assert.equal(link(answer.headers.get('Link') ?? ''), link(stated), label);
    }
  }
});

test('errors have the real shop’s status and body', async () => {
  const same = async (name: string, answer: Response, status: number) => {
    assert.equal(answer.status, status, name);
    assert.equal(await answer.text(), dataText(`woocommerce/errors/${name}.json`), name);
  };
  const orders = `${shop.url}/wp-json/wc/v3/orders`;
  const { key: consumerKey = '', secret: consumerSecret = '' } = shop.credentials;
  const basic = { Authorization: `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64')}` };
  await same('400-bad-param', await get('/wp-json/wc/v3/orders?per_page=500&orderby=foo'), 400);
  await same('401-no-auth', await fetch(`${orders}?per_page=1`), 401);
  await same('401-basic-over-http', await fetch(`${orders}?per_page=1`, { headers: basic }), 401);
  await same(
    '401-no-auth',
    await fetch(`${orders}?consumer_key=${consumerKey}&consumer_secret=${consumerSecret}`),
    401,
  );
  await same('401-write-with-read-key', await get('/wp-json/wc/v3/orders/39', { method: 'DELETE' }), 401);
  await same('404-order', await get('/wp-json/wc/v3/orders/999999'), 404);
  await same('404-route', await get('/wp-json/wc/v3/nope'), 404);
});

/** [what is wrong, how the request is signed, part of the answer] */
const refusals: [string, Partial<Signing>, string][] = [
  ['another secret', { secret: 'cs_other' }, 'provided signature does not match'],
  ['another key', { key: 'ck_other' }, 'Consumer key is invalid'],
  ['a clock 16 minutes late', { timestamp: nowSeconds() - 16 * 60 }, 'Invalid timestamp'],
  ['a clock 16 minutes early', { timestamp: nowSeconds() + 16 * 60 }, 'Invalid timestamp'],
  ['an unknown method', { algorithm: 'MD5' }, 'signature method is invalid'],
];
for (const [wrong, signing, part] of refusals) {
  test(`a request signed with ${wrong} is refused`, async () => {
    const answer = await get('/wp-json/wc/v3/orders', signing);
    assert.equal(answer.status, 401);
    const body = await answer.json();
    assert.equal(body.code, 'woocommerce_rest_authentication_error');
    assert.match(body.message, new RegExp(part));
  });
}

test('a nonce serves once', async () => {
  const url = sign('/wp-json/wc/v3/orders?per_page=1', {});
  assert.equal((await fetch(url)).status, 200);
  assert.equal((await fetch(url)).status, 401);
});

test('status[]= breaks the signature, status[0]= and a comma do not', async () => {
  const count = async (query: string) => {
    const answer = await get(`/wp-json/wc/v3/orders?${query}&per_page=1`);
    return `${answer.status} ${answer.headers.get('X-WP-Total')}`;
  };
  assert.equal(await count('status[]=completed'), '401 null');
  assert.equal(await count('status[0]=completed'), '200 3');
  assert.equal(await count('status[0]=completed&status[1]=failed'), '200 4');
  assert.equal(await count('status=completed,failed'), '200 4');
  assert.equal(await count('status=any'), '200 40');
});

/** [query, ids in order] */
const lists: [string, string][] = [
  ['after=2026-10-31T23:59:58&before=2026-11-01T22:23:01&orderby=date&order=asc', '97 109'],
  ['after=2026-10-31T23:59:59&before=2026-11-01T22:23:00&orderby=date&order=asc', ''],
  ['after=2026-10-31T22:59:58&before=2026-10-31T23:00:00&dates_are_gmt=true', '97'],
  ['before=2026-09-01T00:00:00&orderby=id&order=asc', '39'],
  ['status=completed&orderby=id&order=asc', '41 50 64'],
  ['orderby=id&order=asc&per_page=3&page=2', '42 43 44'],
  ['orderby=id&order=asc&per_page=3&offset=1', '40 41 42'],
  ['include=99,39,1&orderby=include', '99 39'],
  ['orderby=id&order=asc&exclude=39,40&per_page=1', '41'],
  ['orderby=id&order=desc&per_page=2', '128 125'],
];
for (const [query, ids] of lists) {
  test(`orders?${query}`, async () => {
    const orders = await (await get(`/wp-json/wc/v3/orders?${query}`)).json();
    assert.equal(orders.map((order: { id: number }) => order.id).join(' '), ids);
  });
}

test('a date without a time, an unknown status and page 0 are refused', async () => {
  const code = async (query: string) => {
    const answer = await get(`/wp-json/wc/v3/orders?${query}`);
    const { data } = await answer.json();
    return `${answer.status} ${JSON.stringify(data.params)}`;
  };
  assert.equal(await code('after=2026-10-01'), '400 {"after":"Invalid date."}');
  assert.match(await code('status=shipped'), /status\[0\] is not one of any, trash, pending, .*, and checkout-draft\./);
  assert.match(await code('page=0'), /page must be greater than or equal to 1/);
});

test('dp rounds what the shop keeps, and only amounts', async () => {
  const [four, none] = [await order('dp=4'), await order('dp=0')];
  assert.equal(four.line_items[1].total, '17.5355');
  assert.equal(four.line_items[1].taxes[0].total, '0.964455');
  assert.equal(four.total, '107.4900');
  assert.equal(none.line_items[1].total, '18');
  async function order(query: string) {
    return (await get(`/wp-json/wc/v3/orders/40?${query}`)).json();
  }
});

test('plain permalinks, the root and the hand-written answers', async () => {
  const plain = await get('/?rest_route=/wc/v3/orders&per_page=7&orderby=id&order=asc');
  assert.equal((await plain.json()).length, 7);
  assert.match(plain.headers.get('Link') ?? '', /\/\?rest_route=%2Fwc%2Fv3%2Forders&per_page=7.*page=2>; rel="next"/);
  const root = await (await fetch(`${shop.url}/wp-json/`)).json();
  assert.deepEqual([root.timezone_string, root.home], ['Europe/Paris', shop.url]);
  assert.ok(root.namespaces.includes('wc/v3'));
  const totals = await (await get('/wp-json/wc/v3/reports/orders/totals')).json();
  assert.deepEqual(totals[1], { slug: 'processing', name: 'Processing', total: 32 });
  assert.equal((await (await get('/wp-json/wc/v3/data/countries')).json()).length, 249);
  assert.equal((await (await get('/wp-json/wc/v3/system_status')).json()).environment.version, '9.9.5');
  assert.equal((await fetch(`${shop.url}/shop/`)).status, 404);
});

test('10 000 orders: unique ids, the same months, a period answered in milliseconds, the broken ones as many as asked', async () => {
  const large = await startWooDemo({ copies: 250, broken: 17 });
  try {
    assert.equal(large.brokenIds.length, 17);
    const path = '/wp-json/wc/v3/orders?per_page=100&orderby=id&order=asc';
    const first = await get(path, { shop: large });
    assert.equal(first.headers.get('X-WP-Total'), '10000');
    const period = 'after=2026-10-14T23:59:59&before=2026-10-16T00:00:00';
    await get(`/wp-json/wc/v3/orders?${period}&_fields=id`, { shop: large });
    const start = performance.now();
    const day = await get(`/wp-json/wc/v3/orders?${period}&_fields=id,date_created`, { shop: large });
    assert.ok(performance.now() - start < 500);
    for (const { date_created } of await day.json()) assert.match(date_created, /^2026-10-15T/);
    const months = new Map<string, number>();
    const ids = new Set<number>();
    for (let page = 1; page <= 100; page += 1) {
      const answer = await get(`${path}&page=${page}&_fields=id,number,total,date_created`, { shop: large });
      for (const { id, number, date_created } of await answer.json()) {
        assert.equal(number, String(id));
        ids.add(id);
        months.set(date_created.slice(0, 7), (months.get(date_created.slice(0, 7)) ?? 0) + 1);
      }
    }
    assert.equal(ids.size, 10_000);
    assert.deepEqual([...months.keys()].sort(), ['2026-08', '2026-09', '2026-10', '2026-11']);
    const copy = await (await get('/wp-json/wc/v3/orders/7075/refunds', { shop: large })).json();
    assert.equal(copy[0].id, 7076);
    const order = await (await get('/wp-json/wc/v3/orders/7075', { shop: large })).json();
    assert.equal(order.refunds[0].id, 7076);
    const item = copy[0].line_items[0].meta_data[0].value;
    assert.ok(order.line_items.some((line: { id: number }) => String(line.id) === item));
  } finally {
    await large.close();
  }
});

test('broken orders do not add up, transformed records are served', async () => {
  const changed = await startWooDemo({
    broken: 2,
    transform: ({ orders, refunds }) => ({
      refunds,
      orders: orders.map(({ dp2, dp6 }) => ({ dp2: { ...dp2, customer_note: 'x' }, dp6 })),
    }),
  });
  try {
    const [id] = changed.brokenIds;
    const [theirs, ours] = [
      await (await get(`/wp-json/wc/v3/orders/${id}`, { shop: changed })).json(),
      await (await get(`/wp-json/wc/v3/orders/${id}`)).json(),
    ];
    assert.equal(Math.round((theirs.total - ours.total) * 100), 321);
    assert.equal(theirs.customer_note, 'x');
  } finally {
    await changed.close();
  }
});

test('over https Basic and the two parameters are taken, a wrong secret is refused, a wrong key is nobody', async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }]);
  const secure = await startWooDemo({ tls: { key, cert } });
  try {
    const { key: consumerKey = '', secret: consumerSecret = '' } = secure.credentials;
    const ask = (auth: string | null, query = '') =>
      new Promise<string>((resolve, reject) => {
        const headers = auth === null ? {} : { Authorization: `Basic ${Buffer.from(auth).toString('base64')}` };
        const url = `${secure.url}/wp-json/wc/v3/orders/39?_fields=id${query}`;
        const asking = request(url, { headers, rejectUnauthorized: false }, (response) => {
          let body = '';
          response.on('data', (chunk) => (body += chunk)).on('end', () => resolve(`${response.statusCode} ${body}`));
        });
        asking.on('error', reject).end();
      });
    assert.equal(await ask(`${consumerKey}:${consumerSecret}`), '200 {"id":39}');
    assert.equal(await ask(null, `&consumer_key=${consumerKey}&consumer_secret=${consumerSecret}`), '200 {"id":39}');
    assert.match(await ask(`${consumerKey}:other`), /^401 .*Consumer secret is invalid/);
    assert.match(await ask(`ck_other:${consumerSecret}`), /^401 .*woocommerce_rest_cannot_view/);
  } finally {
    await secure.close();
  }
});

test('a misbehaviour can aim at a page', async () => {
  shop.misbehave([{ when: { page: 2 }, do: 'status502' }]);
  const seen: number[] = [];
  for (const page of [1, 2, 2]) seen.push((await get(`/wp-json/wc/v3/orders?page=${page}`)).status);
  assert.deepEqual(seen, [200, 502, 200]);
});

type Signing = {
  shop: WooDemoShop;
  key: string;
  secret: string;
  timestamp: number;
  algorithm: string;
  method: string;
};

function get(path: string, signing: Partial<Signing> = {}): Promise<Response> {
  return fetch(sign(path, signing), { method: signing.method ?? 'GET', redirect: 'manual' });
}

/** Signs as a client does, from the text of the query, independently of the shop's own code. */
function sign(path: string, signing: Partial<Signing>): string {
  const { url, credentials } = signing.shop ?? shop;
  const at = path.indexOf('?');
  const [bare, query] = at < 0 ? [path, ''] : [path.slice(0, at), path.slice(at + 1)];
  const pairs = query === '' ? [] : query.split('&').map((pair) => pair.split('=').map(decodeURIComponent));
  pairs.push(
    ['oauth_consumer_key', signing.key ?? credentials.key ?? ''],
    ['oauth_nonce', randomBytes(12).toString('hex')],
    ['oauth_signature_method', `HMAC-${signing.algorithm ?? 'SHA256'}`],
    ['oauth_timestamp', String(signing.timestamp ?? nowSeconds())],
  );
  const encoded = pairs.map(([name = '', value = '']) => `${rawUrlEncode(name)}=${rawUrlEncode(value)}`);
  const base = [signing.method ?? 'GET', rawUrlEncode(url + bare), rawUrlEncode(encoded.toSorted().join('&'))].join(
    '&',
  );
  const signature = createHmac('sha256', `${signing.secret ?? credentials.secret}&`)
    .update(base)
    .digest('base64');
  return `${url}${bare}?${encoded.join('&')}&oauth_signature=${rawUrlEncode(signature)}`;
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
