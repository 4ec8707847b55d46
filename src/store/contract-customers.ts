import assert from 'node:assert/strict';
import { AT, run, type Says } from './contract-samples.ts';
import type { CustomerCodeStore, Store } from './store.ts';

const SCHEME = { prefix: '411W', length: 6 };

/** What every store promises of customers' codes: given once, for ever, to nobody twice. */
export function customerContract(says: Says): void {
  says('S-154 each customer gets the first free number, in order, and keeps it', async ({ store }) => {
    assert.deepEqual(await given(store, ['id:1', 'id:2']), ['id:1 411W01', 'id:2 411W02']);
    assert.deepEqual(await given(store, ['id:3', 'id:2']), ['id:2 411W02', 'id:3 411W03']);
    const known = await store.customers.of('lavande', 'account', ['id:3', 'id:9']);
    assert.deepEqual([...known], [['id:3', '411W03']]);
    assert.deepEqual(await given(store, ['id:1'], { kind: 'thirdParty', scheme: { prefix: 'CLIWE', length: 8 } }), [
      'id:1 CLIWE001',
    ]);
  });

  says('each profile numbers its own customers', async ({ store }) => {
    await store.profiles.add({ id: 'other', document: '{}', demo: false, at: AT });
    await given(store, ['id:1', 'id:2']);
    assert.deepEqual(await given(store, ['id:2'], { profile: 'other' }), ['id:2 411W01']);
    await store.profiles.remove('other');
    assert.equal((await store.customers.of('other', 'account', ['id:2'])).size, 0);
    assert.equal((await store.customers.of('lavande', 'account', ['id:2'])).size, 1);
  });

  says('codes of somebody else in the ledger are passed over', async ({ store }) => {
    const taken = new Set(['411W01', '411W03']);
    assert.deepEqual(await given(store, ['id:1', 'id:2'], { taken }), ['id:1 411W02', 'id:2 411W04']);
  });

  says(
    'when the numbers run out the last customers get none, and a wider scheme goes on beside the old codes',
    async ({ store }) => {
      const customers = Array.from({ length: 101 }, (_, at) => `id:${at + 1}`);
      const codes = await given(store, customers);
      assert.equal(codes.length, 99);
      assert.equal(codes.at(-1), 'id:99 411W99');
      assert.deepEqual(await given(store, ['id:99', 'id:100'], { scheme: { prefix: '411W', length: 8 } }), [
        'id:99 411W99',
        'id:100 411W0001',
      ]);
    },
  );

  says('two schemes that meet in one code give it once', async ({ store }) => {
    await given(store, ['id:1'], { scheme: { prefix: '41', length: 4 } });
    assert.deepEqual(await given(store, ['id:2'], { scheme: { prefix: '410', length: 4 } }), ['id:2 4102']);
  });

  says('what no entry was written with is let go when nothing is under way, and given again', async ({ store }) => {
    await given(store, ['id:1', 'id:2', 'id:3']);
    await store.customers.keep('lavande', 'account', ['411W02']);
    for (const state of ['reading', 'review', 'writing', 'delivering']) {
      await store.runs.add({ ...run(state), state });
      await store.customers.release('lavande');
      assert.equal((await store.customers.of('lavande', 'account', ['id:1'])).size, 1, `held while ${state}`);
      await store.runs.change(state, { state: 'closed' });
    }
    await store.customers.release('lavande');
    assert.deepEqual(await given(store, ['id:4', 'id:5']), ['id:4 411W01', 'id:5 411W03']);
    assert.deepEqual(await given(store, ['id:2']), ['id:2 411W02']);
  });

  says('R-30 neither e-mail nor id of a customer stands in the data, in any plain form', async ({ store, bytes }) => {
    await given(store, ['email:anne.martin@lavande.example', 'id:20261124']);
    const kept = await bytes();
    assert.ok(kept.includes('411W01'), 'the data were looked at');
    for (const text of ['anne.martin', 'lavande.example', '20261124'])
      for (const form of [text, Buffer.from(text).toString('base64').slice(0, -2), Buffer.from(text).toString('hex')])
        assert.ok(!kept.includes(form), form);
  });

  says('customers are known again in a copy of the data opened with another secret key', async ({ store, again }) => {
    await given(store, ['email:anne@lavande.example']);
    const other = await again(Buffer.alloc(32, 9));
    assert.deepEqual(await given(other, ['email:anne@lavande.example']), ['email:anne@lavande.example 411W01']);
    await other.close();
  });
}

type Request = Parameters<CustomerCodeStore['give']>[0];

/** `customer code` of each, by code. */
async function given(store: Store, customers: readonly string[], changes: Partial<Request> = {}): Promise<string[]> {
  const request = { profile: 'lavande', kind: 'account', scheme: SCHEME, taken: new Set<string>(), customers, at: AT };
  const codes = await store.customers.give({ ...request, kind: 'account', ...changes });
  return [...codes].map(([customer, code]) => `${customer} ${code}`).sort((a, b) => rank(a) - rank(b));

  function rank(text: string): number {
    return customers.length > 1 ? Number(text.split(' ')[0]?.replace('id:', '')) : 0;
  }
}
