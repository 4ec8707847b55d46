import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { bench, lastOf, listen, order, waitFor } from '../../test/server-kit.ts';
import type { Review, ReviewRow, ReviewRows } from '../api/review.ts';
import { template } from '../profiles/templates.ts';

const DOCUMENTS = [
  order(1, 'sale FR USD@3; product 1.01 20% 0.20 rule=books; paid card 1.21'),
  order(2, 'sale FR; product 10.0004 20% 2.00; paid alma 12.00'),
];

test('S-210 S-223 S-263 amounts in currency, sections and three decimals go from the profile to the list, a mended list and the file', async (t) => {
  const { mappings, ...rest } = template('france');
  const profile = {
    ...rest,
    mappings: {
      ...mappings,
      payments: { ...mappings?.payments, exceptions: [{ item: 'card', create: true }] },
      currencies: { ...mappings?.currencies, exceptions: [{ item: 'USD', ledgerCurrency: 'USD' }] },
      analytics: { default: { section: '953WEB' }, exceptions: [{ item: 'books', section: '953LIV' }] },
    },
    entries: { inCurrency: true, analytics: true },
    reading: { decimals: 3 as const },
  };
  const on = await bench({ documents: DOCUMENTS, gate: null, failure: null }, { profile });
  t.after(on.close);
  const asked = { kind: 'sales', from: '2026-11-01', to: '2026-11-30', review: true };
  const run = (await on.call('POST', '/api/profiles/lavande/runs', asked)).body.id;
  assert.equal(lastOf(await listen(`${on.url}/api/runs/${run}/events`)).state, 'review');

  const dollars = [
    '411000 0.403 1.210',
    '707100 953LIV -0.337 -1.010',
    '445711 -0.067 -0.200',
    '656000 0.001',
    '411000 -0.403 -1.210',
    '512000 0.403 1.210',
  ];
  assert.deepEqual(await shown(), [...dollars, '411000 12.000', '707100 953WEB -10.000', '445711 -2.000']);
  const before = (await on.call('GET', `/api/reviews/${run}`)).body as Review;
  assert.deepEqual([before.totals.debit, before.columns.foreign, before.columns.section], ['12.807', true, true]);

  // The profile keeps two decimals by now: what was read with three stays so.
  const saved = await on.call('GET', '/api/profiles/lavande/document');
  const changed = { ...saved.body.profile, reading: { ...saved.body.profile.reading, decimals: 2 } };
  await on.call('PUT', '/api/profiles/lavande/document', { profile: changed, revision: saved.body.revision });
  await on.call('POST', `/api/reviews/${run}/mend`, {
    type: 'payment',
    method: 'alma',
    journal: 'BNQ',
    bank: '512000',
  });
  const all = [
    ...dollars,
    '411000 12.000',
    '707100 953WEB -10.000',
    '445711 -2.000',
    '411000 -12.000',
    '512000 12.000',
  ];
  assert.deepEqual(await shown(), all);

  const { status } = await on.call('POST', `/api/reviews/${run}/write`, {});
  assert.equal(status, 202);
  await waitFor(async () => ((await on.call('GET', `/api/runs/${run}`)).body.state === 'written' ? true : null));
  const file = await readFile(join(on.home, 'files', 'lavande', 'VENTES.csv'), 'utf8');
  const cells = file
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((row) => row.split(';'));
  const amounts = cells.map((row) => {
    const amount = row[10] === '' ? `-${row[11]}` : row[10];
    return [row[5], row[17], amount, row[15]].filter(Boolean).join(' ').replaceAll(',', '.');
  });
  assert.deepEqual(amounts.toSorted(), all.toSorted());

  async function shown(): Promise<string[]> {
    const { rows } = (await on.call('GET', `/api/reviews/${run}/rows?tab=ready&limit=100`)).body as ReviewRows;
    return rows.flatMap((row: ReviewRow) => {
      if (row.type !== 'line') return [];
      const amount = row.debit ?? `-${row.credit}`;
      return [[row.account, row.section, amount, row.amountInCurrency].filter(Boolean).join(' ')];
    });
  }
});
