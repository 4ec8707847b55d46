import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { bench, lastOf, listen, order } from '../../test/server-kit.ts';
import { day } from '../core/calendar.ts';
import { template, withPaymentRows } from '../profiles/templates.ts';

test('D-28 a deposit that waits clears its sale’s account when it is written; one that becomes known later pays the customer', async (t) => {
  const profile = { ...withPaymentRows(template('france'), ['card']), entries: { deposits: true } };
  const sale = 'sale FR; product 10.00 20% 2.00';
  const paidBefore = (...paid: string[]) => {
    const one = order(1, [sale, ...paid].join('; paid '));
    return { ...one, payments: one.payments.map((payment) => ({ ...payment, date: day('2026-11-20') })) };
  };
  const documents = [paidBefore('card 4.00', 'alma 3.00')];
  const on = await bench({ documents, gate: null, failure: null }, { profile });
  t.after(on.close);
  const write = async () => {
    const asked = { kind: 'sales', from: '2026-11-01', to: '2026-11-30', review: false };
    const { body } = await on.call('POST', '/api/profiles/lavande/runs', asked);
    assert.equal(lastOf(await listen(`${on.url}/api/runs/${body.id}/events`)).state, 'written');
  };

  await write(); // the method alma has no row: its payment waits, its sale has counted it
  assert.deepEqual(await balances(), { '411000': 500n, '419100': 300n });

  const { body } = await on.call('GET', '/api/profiles/lavande/document');
  const mapped = { ...body.profile };
  mapped.mappings.payments.exceptions.push({ item: 'alma', create: true });
  const saved = await on.call('PUT', '/api/profiles/lavande/document', { profile: mapped, revision: body.revision });
  assert.equal(saved.status, 200, saved.text);
  documents[0] = paidBefore('card 4.00', 'alma 3.00', 'card 5.00');
  await write();
  assert.deepEqual(await balances(), { '411000': 0n, '419100': 0n });

  /** Of the customer and of deposits, over all files. */
  async function balances(): Promise<Record<string, bigint>> {
    const folder = join(on.home, 'files', 'lavande');
    const sums: Record<string, bigint> = { '411000': 0n, '419100': 0n };
    for (const name of await readdir(folder)) {
      const rows = (await readFile(join(folder, name), 'utf8')).trimEnd().split('\r\n').slice(1);
      for (const row of rows) {
        const [account = '', , , , , debit = '', credit = ''] = row.split(';').slice(5);
        const minor = BigInt((debit || `-${credit}`).replace(',', ''));
        if (sums[account] !== undefined) sums[account] += minor;
      }
    }
    return sums;
  }
});
