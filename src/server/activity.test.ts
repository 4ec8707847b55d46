import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Bench, bench, lastOf, listen, order } from '../../test/server-kit.ts';
import type { ActivityEntries, Dashboard } from '../api/activity.ts';
import { template } from '../profiles/templates.ts';
import { XLSX } from './attached.ts';

const ASKED = { kind: 'sales', from: '2026-11-01', to: '2026-11-30', period: 'custom', review: false };
const MONTH = 'from=2026-11-01&to=2026-11-30';

const SALES = [
  order(1, 'sale FR; product 403.00 20% 80.60; paid card 483.60 fee=5.10/EUR'),
  order(2, 'sale FR; product 11.22 20% 2.24; total 13.46; paid card 13.00'),
  order(3, 'sale FR; product 40.00 5.5% 2.20; paid card 40.00'),
  order(4, 'sale BE; product 100.00 21% 21.00; paid card 121.00'),
];

async function written(on: Bench, changes: object = {}): Promise<string> {
  const { body } = await on.call('POST', '/api/profiles/lavande/runs', { ...ASKED, ...changes });
  assert.equal(lastOf(await listen(`${on.url}/api/runs/${body.id}/events`)).state, 'written');
  return body.id;
}

async function dashboard(on: Bench): Promise<Dashboard> {
  const { status, body, text } = await on.call('GET', `/api/profiles/lavande/dashboard?${MONTH}`);
  assert.equal(status, 200, text);
  return body;
}

test('the dashboard adds up what was written, to the cent, and says what waits', async (t) => {
  const on = await bench({ documents: SALES, gate: null, failure: null });
  t.after(on.close);
  const before = await dashboard(on);
  assert.deepEqual([before.net, before.documents.total, before.lastDay], ['0.00', 0, null]);

  await written(on);
  const told = await dashboard(on);
  assert.deepEqual(
    [told.net, told.tax, told.foreignTax, told.paid, told.fees],
    ['454.22', '85.04', '0.00', '536.60', '5.10'],
  );
  assert.deepEqual(told.vat, [
    { country: 'FR', rate: '20.00', base: '414.22', tax: '82.84', entries: 2 },
    { country: 'FR', rate: '5.50', base: '40.00', tax: '2.20', entries: 1 },
  ]);
  assert.deepEqual(told.payments, [{ method: 'Name of card', amount: '536.60', fee: '5.10', entries: 3 }]);
  assert.deepEqual(told.documents, { total: 4, written: 3, ready: 0, held: 1, excluded: 0 });
  assert.deepEqual(told.days, [{ day: '2026-11-26', net: '454.22', entries: 3 }]);
  assert.deepEqual(told.differences, [{ role: 'difference', amount: '-0.46', entries: 1 }]);
  assert.deepEqual(told.open, { orders: 1, amount: '2.20' });
  assert.equal(told.lastDay, '2026-11-26');
  assert.deepEqual(await dashboard(on), told); // the second time from the sums that were kept
});

test('every figure has the entries behind it, which add up to it', async (t) => {
  const on = await bench({ documents: SALES, gate: null, failure: null });
  t.after(on.close);
  await written(on);
  const behind = async (query: string): Promise<ActivityEntries> => {
    const { status, body, text } = await on.call('GET', `/api/profiles/lavande/entries?${MONTH}&${query}`);
    assert.equal(status, 200, text);
    return body;
  };
  const told = async (query: string) => {
    const { total, amount, base, rows } = await behind(query);
    return [total, amount, base, rows.map((row) => `${row.order} ${row.kind} ${row.amount}`).join(', ')];
  };
  assert.deepEqual(await told('about=net'), [3, '454.22', null, '1 sale 403.00, 2 sale 11.22, 3 sale 40.00']);
  assert.deepEqual(await told('about=vat&country=FR&item=20.00'), [2, '82.84', '414.22', '1 sale 80.60, 2 sale 2.24']);
  assert.deepEqual(await told('about=fee'), [1, '5.10', null, '1 payment 5.10']);
  assert.deepEqual(await told('about=payment&item=Name%20of%20card&limit=1'), [3, '536.60', null, '1 payment 483.60']);
  // Of a page the sums are of all, whether its entries were looked at or not.
  assert.deepEqual(await told('about=net&limit=1&offset=2'), [3, '454.22', null, '3 sale 40.00']);
  assert.deepEqual(await told('about=vat&country=FR&item=20.00&limit=1&offset=5'), [2, '82.84', '414.22', '']);
  assert.deepEqual(await told('open=true'), [2, null, null, '3 sale null, 3 payment null']);
  assert.deepEqual(await told('about=net&country=BE'), [0, '0.00', null, '']);
});

test('what was made importable again leaves the figures, and comes back once when it is written anew', async (t) => {
  const on = await bench({ documents: SALES, gate: null, failure: null });
  t.after(on.close);
  await written(on);
  const told = await dashboard(on);
  await on.deps.store.parts.reset('lavande', ['1'], '2026-11-25T10:00:00Z', 'test');
  const less = await dashboard(on);
  assert.deepEqual([less.net, less.fees, less.payments[0]?.entries], ['51.22', '0.00', 2]);
  assert.deepEqual(less.documents, { total: 4, written: 2, ready: 1, held: 1, excluded: 0 });
  await written(on);
  const again = await dashboard(on);
  assert.deepEqual([again.net, again.tax, again.paid, again.days], [told.net, told.tax, told.paid, told.days]);
});

test('documents are found by state and by the beginning of their numbers, each once', async (t) => {
  const on = await bench({ documents: SALES, gate: null, failure: null });
  t.after(on.close);
  await written(on);
  await written(on);
  const found = async (query: string) => {
    const { body } = await on.call('GET', `/api/profiles/lavande/documents?${query}`);
    return [
      body.total,
      body.rows
        .map((row: { order: string; state: string }) => `${row.order} ${row.state}`)
        .sort()
        .join(', '),
    ];
  };
  assert.deepEqual(await found(''), [4, '1 written, 2 written, 3 written, 4 held']);
  assert.deepEqual(await found(`${MONTH}&state=held`), [1, '4 held']);
  assert.deepEqual(await found('q=%23FA00000'), [4, '1 written, 2 written, 3 written, 4 held']);
  assert.deepEqual(await found('q=%23FA000002'), [1, '2 written']);
  assert.deepEqual(await found('q=FA000002'), [1, '2 written'], 'nobody types the sign');
  assert.deepEqual(await found('q=%25'), [0, '']);
});

test('D-19 the sheet of the one-stop shop: member states and rates of a quarter, credit notes off, as a page and as files', async (t) => {
  const { mappings } = template('france');
  const exceptions = [
    ...(mappings?.taxes?.exceptions ?? []),
    { country: 'BE', item: '21%', account: '445721', code: 'B21' },
    { country: 'DE', item: '19%', account: '445719', code: 'D19' },
  ];
  const on = await bench(
    {
      documents: [
        ...SALES,
        order(5, 'sale BE; product 50.00 21% 10.50; shipping 10.00 21% 2.10; total 72.60'),
        order(6, 'sale DE; product 100.00 19% 19.00; total 119.00'),
        order(7, 'sale US; product 80.00; total 80.00'),
      ],
      gate: null,
      failure: null,
    },
    { profile: { advanced: { country: 'FR' }, mappings: { ...mappings, taxes: { ...mappings?.taxes, exceptions } } } },
  );
  t.after(on.close);
  await written(on);
  const { body, text } = await on.call('GET', '/api/profiles/lavande/oss?from=2026-10-01&to=2026-12-31');
  assert.deepEqual(
    body.rows,
    [
      { country: 'BE', rate: '21.00', base: '160.00', tax: '33.60', entries: 2 },
      { country: 'DE', rate: '19.00', base: '100.00', tax: '19.00', entries: 1 },
    ],
    text,
  );
  assert.deepEqual([body.base, body.tax, body.home], ['260.00', '52.60', 'FR']);
  const { body: behind } = await on.call(
    'GET',
    `/api/profiles/lavande/entries?${MONTH}&about=oss&country=BE&item=21.00`,
  );
  assert.deepEqual([behind.total, behind.amount, behind.base], [2, '33.60', '160.00']);
  const csv = await on.call('GET', '/api/profiles/lavande/oss.csv?from=2026-10-01&to=2026-12-31&lang=fr');
  assert.deepEqual(csv.text.replace('\uFEFF', '').split('\r\n').slice(1), [
    'BE;21,00;160,00;33,60',
    'DE;19,00;100,00;19,00',
    '',
  ]);
  const { status, headers } = await on.call('GET', '/api/profiles/lavande/oss.xlsx?from=2026-10-01&to=2026-12-31');
  assert.deepEqual([status, headers.get('content-type')], [200, XLSX]);
  assert.equal((await on.call('GET', '/api/profiles/lavande/oss?from=2026-01-01&to=2026-03-31')).body.rows.length, 0);
});
