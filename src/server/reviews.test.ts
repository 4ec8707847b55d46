import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { type TestContext, test } from 'node:test';
import { type Bench, bench, lastOf, listen, order } from '../../test/server-kit.ts';
import type { ExcludeAnswer, Review, ReviewRow, ReviewRows, Why } from '../api/review.ts';

const SALES = [
  order(1, 'sale FR; product 403.00 20% 80.60 label=Lampe; paid card 483.60'),
  order(2, 'sale FR; product 11.22 20% 2.24; paid card 13.46'),
  order(4, 'sale BE; product 100.00 21% 21.00; paid card 121.00'),
  order(6, 'sale FR; product 74.95 20% 14.99; total 90.00 75.00 15.00; paid card 90.00'),
  order(7, 'sale BE; product 78.00 21% 16.38; paid card 94.38'),
  order(8, 'sale FR; product 249.17 20% 49.83; paid alma 299.00'),
  order(11, 'sale FR; product 10.00 20% 2.00; paid card 12.00', { test: true }),
];

async function reviewing(t: TestContext, documents = SALES): Promise<{ on: Bench; run: string }> {
  const on = await bench({ documents, gate: null, failure: null });
  t.after(on.close);
  const asked = { kind: 'sales', from: '2026-11-01', to: '2026-11-30', review: true };
  const { body } = await on.call('POST', '/api/profiles/lavande/runs', asked);
  const told = await listen(`${on.url}/api/runs/${body.id}/events`);
  assert.equal(lastOf(told).state, 'review');
  return { on, run: body.id };
}

async function rowsOf({ on, run }: { on: Bench; run: string }, query: string): Promise<ReviewRows> {
  const answer = await on.call('GET', `/api/reviews/${run}/rows?${query}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}

/** `1 VTE 483.60`, `. 411000 483.60`, `[4 held]`. */
function shown({ rows }: ReviewRows): string[] {
  return rows.map((row: ReviewRow) => {
    if (row.type === 'entry') return `${row.ticked ? '' : '-'}${row.number} ${row.journal} ${row.debit}`;
    if (row.type === 'document') return `[${row.order} ${row.state}]`;
    return `. ${row.account} ${row.debit ?? `-${row.credit}`}`;
  });
}

test('S-045 the list of entries shows the entries of the manual with their sums, problems first', async (t) => {
  const at = await reviewing(t);
  assert.deepEqual(shown(await rowsOf(at, 'tab=all')), [
    '[4 held]',
    '[6 held]',
    '[7 held]',
    '[8 ready]',
    '1 VTE 483.60',
    '. 411000 483.60',
    '. 707100 -403.00',
    '. 445711 -80.60',
    '2 BNQ 483.60',
    '. 411000 -483.60',
    '. 512000 483.60',
    '3 VTE 13.46',
    '. 411000 13.46',
    '. 707100 -11.22',
    '. 445711 -2.24',
    '4 BNQ 13.46',
    '. 411000 -13.46',
    '. 512000 13.46',
    '5 VTE 299.00',
    '. 411000 299.00',
    '. 707100 -249.17',
    '. 445711 -49.83',
    '[11 excluded]',
  ]);
});

test('the tabs add up, and the totals speak of what is ticked', async (t) => {
  const { on, run } = await reviewing(t);
  const { tabs, totals } = (await on.call('GET', `/api/reviews/${run}`)).body as Review;
  assert.deepEqual(tabs, { toMend: 4, ready: 5, unticked: 0, excluded: 1, already: 0, all: 10 });
  assert.deepEqual(totals, {
    entries: 5,
    lines: 13,
    debit: '1293.12',
    credit: '1293.12',
    balanced: true,
    untickedEntries: 0,
    untickedCorrections: 0,
  });
  const after = (await on.call('POST', `/api/reviews/${run}/ticks`, { ticked: false, numbers: [1, 2] })).body as Review;
  assert.deepEqual(after.tabs, { toMend: 4, ready: 3, unticked: 2, excluded: 1, already: 0, all: 10 });
  assert.deepEqual([after.totals.entries, after.totals.debit, after.totals.untickedEntries], [3, '325.92', 2]);
});

test('S-082 filters on each column, sorts, windows, folded and flat', async (t) => {
  const at = await reviewing(t);
  const cases: [string, string[]][] = [
    ['tab=ready&folded=1', ['1 VTE 483.60', '2 BNQ 483.60', '3 VTE 13.46', '4 BNQ 13.46', '5 VTE 299.00']],
    ['tab=ready&folded=1&sort=-debit&offset=1&limit=2', ['2 BNQ 483.60', '5 VTE 299.00']],
    ['tab=ready&folded=1&f.journal=VTE', ['1 VTE 483.60', '3 VTE 13.46', '5 VTE 299.00']],
    ['tab=ready&folded=1&f.journal=VTE|BNQ&f.debit=>=300', ['1 VTE 483.60', '2 BNQ 483.60']],
    ['tab=ready&folded=1&f.debit=13,46', ['3 VTE 13.46', '4 BNQ 13.46']],
    ['tab=ready&folded=1&f.credit=200..250', ['5 VTE 299.00']],
    ['tab=ready&folded=1&f.credit=<=2.245', ['3 VTE 13.46']],
    ['tab=ready&folded=1&f.account=^512', ['2 BNQ 483.60', '4 BNQ 13.46']],
    ['tab=ready&folded=1&f.account=^707&f.debit=>=1', []], // one line must match both
    ['tab=ready&folded=1&f.taxRate=20', ['1 VTE 483.60', '3 VTE 13.46', '5 VTE 299.00']],
    ['tab=ready&folded=1&f.taxCode==C2', []],
    ['tab=ready&folded=1&f.piece==%23FA000002', ['3 VTE 13.46', '4 BNQ 13.46']],
    ['tab=ready&folded=1&f.date=2026-11-01..2026-11-25', []],
    ['tab=ready&folded=1&f.number=>=4', ['4 BNQ 13.46', '5 VTE 299.00']],
    ['tab=ready&folded=1&q=FA000008', ['5 VTE 299.00']],
    ['tab=ready&folded=1&f.label=~100%25', []], // a percent sign is itself
    ['tab=to-mend&q=FA000004', ['[4 held]']],
    ['tab=to-mend&f.journal=VTE', []],
    ['tab=ready&flat=1&limit=3', ['. 411000 483.60', '. 707100 -403.00', '. 445711 -80.60']],
    ['tab=ready&offset=2&limit=3', ['. 707100 -403.00', '. 445711 -80.60', '2 BNQ 483.60']],
    ['tab=ready&offset=90&limit=3', []],
  ];
  for (const [query, expected] of cases) assert.deepEqual(shown(await rowsOf(at, query)), expected, query);
  const filtered = await rowsOf(at, 'tab=ready&f.journal=VTE');
  assert.deepEqual([filtered.total, filtered.entries, filtered.debit, filtered.credit], [12, 3, '796.06', '796.06']);
});

test('a filter that cannot be read is refused with its column', async (t) => {
  const { on, run } = await reviewing(t);
  for (const [query, field] of [
    ['f.debit=abc', 'f.debit'],
    ['f.colour=red', 'f.colour'],
    ['sort=colour', 'sort'],
    ['tab=held', 'tab'],
    ['f.date=2026-02-30', 'f.date'],
    ['limit=x', 'limit'],
    ['f.number=-1', 'f.number'],
  ]) {
    const { status, body } = await on.call('GET', `/api/reviews/${run}/rows?${query}`);
    assert.deepEqual([status, body.code, body.values.field], [400, 'request.invalid', field], query);
  }
});

test('S-076 ticks by number, by range and by what a filter matches; the filter itself changes nothing', async (t) => {
  const at = await reviewing(t);
  const tick = async (body: unknown) => (await at.on.call('POST', `/api/reviews/${at.run}/ticks`, body)).body as Review;
  const query = {
    tab: 'all',
    q: '',
    filters: { journal: 'BNQ' },
    sort: '',
    flat: false,
    folded: true,
    offset: 0,
    limit: 10,
  };
  assert.equal((await tick({ ticked: false, query })).totals.untickedEntries, 2);
  assert.deepEqual(shown(await rowsOf(at, 'tab=unticked&folded=1')), ['-2 BNQ 483.60', '-4 BNQ 13.46']);
  assert.equal((await tick({ ticked: true, range: { from: 4, to: 2 } })).totals.untickedEntries, 0);
  const all = await tick({ ticked: false, query: { ...query, filters: {} } });
  assert.deepEqual([all.totals.entries, all.totals.debit, all.tabs.unticked], [0, '0.00', 5]);
  assert.equal((await tick({ ticked: true, numbers: [3] })).totals.entries, 1);
  assert.equal((await at.on.call('POST', `/api/reviews/${at.run}/ticks`, { ticked: true })).status, 400);
});

test('one cause is one line with its documents, its amount and the cure; mending releases them without the shop', async (t) => {
  const at = await reviewing(t);
  const { on, run } = at;
  const { problems } = (await on.call('GET', `/api/reviews/${run}`)).body as Review;
  assert.deepEqual(
    problems.map(({ reason, documents, heldDocuments, amount }) => [
      reason.code,
      documents.map((one) => one.order).join(),
      heldDocuments,
      amount,
    ]),
    [
      ['mapping.no-vat-account', '4,7', 2, '37.38'],
      ['document.totals-differ', '6', 1, null],
      ['mapping.unknown-payment', '8', 0, '299.00'],
    ],
  );
  assert.deepEqual(
    problems.map(({ cure }) => cure),
    [
      { type: 'vat-account', country: 'BE', item: '21%', proposedAccount: '445721', proposedCode: 'BE21' },
      { type: 'show-sum', stated: '90.00', lines: '89.94', difference: '0.06', tolerance: '0.05' },
      {
        type: 'payment',
        method: 'alma',
        name: 'Name of alma',
        proposedJournal: 'BNQ',
        proposedBank: '512000',
        journals: ['BNQ', 'VTE'],
        banks: ['512000'],
      },
    ],
  );

  const vat = await on.call('POST', `/api/reviews/${run}/mend`, {
    type: 'vat-account',
    country: 'BE',
    item: '21%',
    account: '445721',
    code: 'BE21',
  });
  assert.deepEqual(
    [vat.status, vat.body.released, vat.body.review.tabs.toMend, vat.body.review.totals.entries],
    [200, 2, 2, 9],
  );
  const alma = await on.call('POST', `/api/reviews/${run}/mend`, {
    type: 'payment',
    method: 'alma',
    journal: 'BNQ',
    bank: '512000',
  });
  assert.deepEqual([alma.body.released, alma.body.review.tabs.toMend, alma.body.review.totals.entries], [1, 1, 10]);
  assert.equal(
    new Set((await rowsOf(at, 'tab=ready&folded=1')).rows.map((row) => row.type === 'entry' && row.number)).size,
    10,
  );

  const { profile } = (await on.call('GET', '/api/profiles/lavande/document')).body;
  assert.deepEqual(profile.mappings.taxes.exceptions.at(-1), {
    country: 'BE',
    item: '21%',
    account: '445721',
    code: 'BE21',
  });
  assert.deepEqual(profile.mappings.payments.exceptions.at(-1), {
    country: null,
    item: 'alma',
    create: true,
    journal: 'BNQ',
    bank: '512000',
  });
});

test('a mend that the profile refuses changes nothing', async (t) => {
  const { on, run } = await reviewing(t);
  const before = (await on.call('GET', '/api/profiles/lavande/document')).body;
  const answers = await Promise.all([
    on.call('POST', `/api/reviews/${run}/mend`, {
      type: 'account',
      mapping: 'colours',
      country: null,
      item: 'x',
      field: 'red',
      account: '1',
    }),
    on.call('POST', `/api/reviews/${run}/mend`, {
      type: 'account',
      mapping: 'sales',
      country: null,
      item: null,
      field: '__proto__',
      account: '1',
    }),
    on.call('POST', `/api/reviews/${run}/mend`, { type: 'payment', method: '', journal: 'BNQ', bank: '1' }),
  ]);
  assert.deepEqual(
    answers.map(({ status }) => status),
    [422, 400, 400],
  );
  assert.deepEqual((await on.call('GET', '/api/profiles/lavande/document')).body, before);
});

test('a document is excluded for good with its reason, and taken back', async (t) => {
  const { on, run } = await reviewing(t);
  const out = await on.call('POST', `/api/reviews/${run}/exclude`, { keys: ['sale/6'], reason: 'Booked by hand' });
  assert.deepEqual([out.body.excluded, out.body.review.tabs.toMend, out.body.review.tabs.excluded], [1, 3, 2]);
  const rows = (await on.call('GET', `/api/reviews/${run}/rows?tab=excluded&q=6`)).body as ReviewRows;
  assert.deepEqual(
    rows.rows.map((row) => row.type === 'document' && row.reasons[0]?.values.reason),
    ['Booked by hand'],
  );
  const back = await on.call('POST', `/api/reviews/${run}/include`, { keys: ['sale/6'] });
  assert.deepEqual([back.body.tabs.toMend, back.body.tabs.excluded], [4, 1]);
  assert.equal((await on.call('POST', `/api/reviews/${run}/exclude`, { keys: ['sale/6'], reason: ' ' })).status, 400);
});

test('excluding a cause acts on all it holds, not on those it names; one act is undone alone', async (t) => {
  const belgian = (at: number) => order(100 + at, 'sale BE; product 100.00 21% 21.00; paid card 121.00');
  const { on, run } = await reviewing(t, [...SALES, ...Array.from({ length: 48 }, (_, at) => belgian(at))]);
  const before = (await on.call('GET', `/api/reviews/${run}`)).body as Review;
  const vat = before.problems.find(({ reason }) => reason.code === 'mapping.no-vat-account');
  assert.deepEqual([vat?.documents.length, vat?.heldDocuments, vat?.releasedDocuments], [20, 50, 50]);
  const exclude = async (body: unknown) => {
    const answer = await on.call('POST', `/api/reviews/${run}/exclude`, body);
    assert.equal(answer.status, 200, answer.text);
    return answer.body as ExcludeAnswer;
  };
  await exclude({ keys: ['sale/6'], reason: 'Booked by hand' });
  const all = await exclude({ cause: vat?.id, reason: 'Belgium is booked elsewhere' });
  assert.deepEqual([all.excluded, all.review.tabs.toMend, all.review.tabs.excluded], [50, 1, 52]);
  assert.equal((await exclude({ cause: vat?.id, reason: 'again' })).excluded, 0, 'a second click finds none');
  const back = await on.call('POST', `/api/reviews/${run}/include`, { undo: all.undo });
  assert.deepEqual([back.body.tabs.toMend, back.body.tabs.excluded], [51, 2], 'the other act stands');
  assert.equal((await on.call('POST', `/api/reviews/${run}/include`, { undo: 'yesterday' })).status, 400);
});

test('what a cause would free: not what another holds too, and a waiting payment does not hold its sale', async (t) => {
  const { on, run } = await reviewing(t, [
    order(1, 'sale BE; product 100.00 21% 21.00; paid card 121.00'),
    order(2, 'sale BE; product 100.00 21% 21.00; total 130.00 109.00 21.00; paid card 130.00'),
    order(3, 'sale BE; product 100.00 21% 21.00; paid alma 121.00'),
  ]);
  const { problems } = (await on.call('GET', `/api/reviews/${run}`)).body as Review;
  const vat = problems.find(({ reason }) => reason.code === 'mapping.no-vat-account');
  assert.deepEqual([vat?.documentCount, vat?.heldDocuments, vat?.releasedDocuments], [3, 3, 2]);
  const mend = { type: 'vat-account', country: 'BE', item: '21%', account: '445721', code: null };
  const { body } = await on.call('POST', `/api/reviews/${run}/mend`, mend);
  assert.equal(body.released, 2, 'as many as the button said');
});

test('a line says why: the rules tried, the one that hit, the lines of the order it sums', async (t) => {
  const { on, run } = await reviewing(t);
  const why = (await on.call('GET', `/api/reviews/${run}/why/1/2`)).body as Why;
  assert.deepEqual(why.line, {
    index: 2,
    role: 'vat',
    account: '445711',
    accountName: 'TVA collectée 20 %',
    debit: null,
    credit: '80.60',
    taxCode: 'C20',
    taxRate: '20.00',
  });
  assert.deepEqual(why.rules, [
    { country: 'FR', item: 'FR-20', hit: false },
    { country: 'FR', item: '20%', hit: true },
  ]);
  assert.deepEqual([why.mapping, why.parts], ['taxes', [{ line: '1', label: 'Lampe', amount: '80.60' }]]);
  assert.deepEqual(
    [
      why.document.order === '1',
      why.document.gross,
      why.document.invoice,
      why.document.treatment,
      why.document.treatmentReason,
    ],
    [true, '483.60', '#FA000001', 'domestic', 'taxed-at-home'],
  );
  for (const place of ['1/9', '99/0', 'x/0', '1/-1']) {
    assert.equal((await on.call('GET', `/api/reviews/${run}/why/${place}`)).status, 404, place);
  }
});

test('S-043 writing writes what is ticked, once; the review is then closed', async (t) => {
  const { on, run } = await reviewing(t);
  await on.call('POST', `/api/reviews/${run}/ticks`, { ticked: false, numbers: [3, 4] });
  const before = (await on.call('GET', `/api/runs/${run}`)).body.log.at(-1).seq;
  const started = await on.call('POST', `/api/reviews/${run}/write`, {});
  assert.equal(started.status, 202);
  const told = await listen(`${on.url}/api/runs/${run}/events?after=${before}`);
  assert.deepEqual(
    told.filter(({ event }) => event === 'log').map(({ data }) => (data as { event: string }).event),
    ['write-sales', 'entry-written', 'entry-written', 'entry-written', 'file', 'write-done'],
  );
  const end = lastOf(told);
  assert.deepEqual([end.state, end.debit], ['written', '1266.20']);
  const again = await on.call('POST', `/api/reviews/${run}/write`, {});
  assert.deepEqual([again.status, again.body.code], [409, 'run.review-closed']);
  assert.equal((await on.call('GET', `/api/reviews/${run}`)).status, 409);
});

test('S-083 a review closed without writing is closed, and nothing was written', async (t) => {
  const { on, run } = await reviewing(t);
  assert.deepEqual((await on.call('GET', '/api/profiles/lavande')).body.openReview, { run, held: 3 });
  const closed = await on.call('POST', `/api/reviews/${run}/close`, {});
  assert.deepEqual([closed.body.state, closed.body.file], ['closed', null]);
  assert.equal((await on.call('GET', '/api/profiles/lavande')).body.openReview, null);
});

test('answers of the API, as the browser reads them', async (t) => {
  const { on, run } = await reviewing(t);
  const samples: [string, string][] = [
    ['info', '/api/info'],
    ['profile-home', '/api/profiles/lavande'],
    ['profile-document', '/api/profiles/lavande/document'],
    ['lists', '/api/profiles/lavande/lists'],
    ['gaps', '/api/profiles/lavande/gaps'],
    ['count', '/api/profiles/lavande/count?kind=sales&from=2026-11-01&to=2026-11-30'],
    ['run', `/api/runs/${run}`],
    ['runs', '/api/profiles/lavande/runs'],
    ['documents', `/api/runs/${run}/documents`],
    ['review', `/api/reviews/${run}`],
    ['rows', `/api/reviews/${run}/rows?tab=all`],
    ['rows-flat', `/api/reviews/${run}/rows?tab=ready&flat=1`],
    ['why', `/api/reviews/${run}/why/1/2`],
    ['error', '/api/runs/unknown'],
  ];
  const folder = new URL('../api/samples/', import.meta.url);
  await mkdir(folder, { recursive: true });
  for (const [name, address] of samples) {
    const { body } = await on.call('GET', address);
    const text = `${JSON.stringify(steady(body, { run, home: on.home }), null, 2)}\n`;
    const file = new URL(`${name}.json`, folder);
    if (process.env.UPDATE === '1') await writeFile(file, text);
    assert.equal(text, await readFile(file, 'utf8'), `${name}: UPDATE=1 npm test rewrites it`);
    assert.equal(text.includes('SECRET'), false, name);
  }
});

/** What changes with each run of the tests, made still. */
function steady(value: unknown, { run, home }: { run: string; home: string }): unknown {
  const text = JSON.stringify(value)
    .replaceAll(run, '20261124-081402-a1b2c3')
    .replaceAll(home, '/home/claire/comptoir')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '2026-11-24T08:14:02.000Z')
    .replace(/"durationMs":"\d+"/g, '"durationMs":"182"');
  return JSON.parse(text);
}
