import assert from 'node:assert/strict';
import { test } from 'node:test';
import { customerContract } from './contract-customers.ts';
import { partContract } from './contract-parts.ts';
import { reviewContract } from './contract-review.ts';
import { AT, LATER, mark, run, type Says, type StoreBench, statesOf, transfer } from './contract-samples.ts';
import { settingOf } from './profiles.ts';

const SECRET = 'cs_5ecret-that-nobody-may-read';

/** What every store must do, whatever the database behind it. */
export function storeContract(name: string, open: () => Promise<StoreBench>): void {
  const says: Says = (what, work) => {
    test(`${name}: ${what}`, async () => {
      const bench = await open();
      try {
        await bench.store.profiles.add({ id: 'lavande', document: '{"name":"Maison Lavande"}', demo: false, at: AT });
        await work(bench);
      } finally {
        await bench.close();
      }
    });
  };

  says('a profile is saved over the revision that was read, and an id is given once', async ({ store }) => {
    assert.equal(await store.profiles.add({ id: 'lavande', document: '{}', demo: true, at: AT }), false);
    assert.deepEqual(await store.profiles.get('lavande'), {
      id: 'lavande',
      document: '{"name":"Maison Lavande"}',
      demo: false,
      revision: 1,
    });
    assert.equal(await store.profiles.save('lavande', { document: '{"a":1}', revision: 1, at: AT }), true);
    assert.equal(
      await store.profiles.save('lavande', { document: '{"b":1}', revision: 1, at: AT }),
      false,
      'an old revision was saved',
    );
    assert.deepEqual(await store.profiles.get('lavande'), {
      id: 'lavande',
      document: '{"a":1}',
      demo: false,
      revision: 2,
    });
    assert.equal(await store.profiles.get('nobody'), null);
  });

  says('a deleted profile takes its secrets, runs and parts with it, and no other profile’s', async ({ store }) => {
    await store.profiles.add({ id: 'other', document: '{}', demo: false, at: AT });
    for (const profile of ['lavande', 'other']) {
      await store.secrets.put(profile, 'key', SECRET);
      await store.runs.add(run(profile, profile));
      await transfer(store, run(profile, profile), [mark('sale/1')]);
    }
    await store.profiles.remove('lavande');
    assert.deepEqual(
      (await store.profiles.list()).map(({ id }) => id),
      ['other'],
    );
    assert.deepEqual(await store.secrets.names('lavande'), []);
    assert.equal(await store.runs.get('lavande'), null);
    assert.equal((await store.parts.of('lavande', ['sale/1'])).size, 0);
    assert.equal((await statesOf(store, 'other', 'sale/1')).document, 'transferred');
    assert.equal((await store.secrets.all('other')).key, SECRET);
  });

  says(
    'S-242 a binned profile is out of sight with its id taken, and comes back with all that is its',
    async ({ store }) => {
      await store.secrets.put('lavande', 'key', SECRET);
      await store.runs.add(run('r1', 'lavande'));
      await transfer(store, run('r1', 'lavande'), [mark('sale/1')]);
      assert.equal(await store.profiles.bin('lavande', AT), true);
      assert.equal(await store.profiles.bin('lavande', AT), false);
      assert.equal(await store.profiles.get('lavande'), null);
      assert.deepEqual(await store.profiles.list(), []);
      assert.equal(await store.profiles.save('lavande', { document: '{}', revision: 1, at: AT }), false);
      assert.equal(await store.profiles.add({ id: 'lavande', document: '{}', demo: false, at: AT }), false);
      assert.deepEqual(
        (await store.profiles.binned()).map(({ id, deletedAt }) => [id, deletedAt]),
        [['lavande', AT]],
      );
      assert.equal(await store.profiles.restore('nobody'), false);
      assert.equal(await store.profiles.restore('lavande'), true);
      assert.equal(await store.profiles.restore('lavande'), false);
      assert.equal((await store.secrets.all('lavande')).key, SECRET);
      assert.equal((await statesOf(store, 'lavande', 'sale/1')).document, 'transferred');
    },
  );

  says('settings are kept by name', async ({ store }) => {
    assert.equal(await store.settings.get('default-profile'), null);
    await store.settings.set('default-profile', 'a');
    await store.settings.set('default-profile', 'b');
    assert.equal(await store.settings.get('default-profile'), 'b');
  });

  says('settings of a profile go with it, and with no other', async ({ store }) => {
    const names = [settingOf('lavande', 'layout'), settingOf('lavande-2', 'layout'), 'default-profile'];
    for (const name of names) await store.settings.set(name, 'kept');
    await store.profiles.remove('lavande');
    assert.deepEqual(await Promise.all(names.map(store.settings.get)), [null, 'kept', 'kept']);
  });

  says(
    'S-253 a sealed setting is read back with its key, stands nowhere in the data, and is forgotten',
    async (one) => {
      const { store, again, bytes } = one;
      await store.settings.setSecret('proxy-password', 'old');
      await store.settings.setSecret('proxy-password', SECRET);
      assert.equal(await store.settings.secret('proxy-password'), SECRET);
      assert.notEqual(await store.settings.get('proxy-password'), SECRET);
      assert.ok(!(await bytes()).includes(SECRET));
      const other = await again(Buffer.alloc(32, 9));
      assert.equal(await other.settings.secret('proxy-password'), null);
      await store.settings.setSecret('proxy-password', null);
      assert.equal(await store.settings.get('proxy-password'), null);
    },
  );

  says('a secret is read back with its key, and stands nowhere in the data', async ({ store, again, bytes }) => {
    await store.secrets.put('lavande', 'key', 'old');
    await store.secrets.put('lavande', 'key', SECRET);
    assert.deepEqual(await store.secrets.names('lavande'), ['key']);
    assert.deepEqual(await store.secrets.all('lavande'), { key: SECRET });
    const kept = await bytes();
    assert.ok(kept.includes('Maison Lavande'), 'the data were looked at');
    for (const form of [
      SECRET,
      Buffer.from(SECRET).toString('base64').slice(0, -3),
      Buffer.from(SECRET).toString('hex'),
    ]) {
      assert.equal(kept.includes(form), false, 'the secret can be read in the data');
    }
    const stranger = await again(Buffer.alloc(32, 99));
    assert.deepEqual(await stranger.secrets.all('lavande'), {}, 'another key opens nothing');
    assert.deepEqual(await stranger.secrets.names('lavande'), ['key']);
    await stranger.close();
  });

  says(
    'a run is kept with amounts beyond what a number holds, changed field by field, and listed newest first',
    async ({ store }) => {
      const big = 9_007_199_254_740_993_017n;
      await store.runs.add({ ...run('r1'), debitMinor: big, creditMinor: big });
      await store.runs.add({ ...run('r2'), startedAt: LATER });
      assert.deepEqual(await store.runs.get('r1'), { ...run('r1'), debitMinor: big, creditMinor: big });
      await store.runs.change('r1', { state: 'failed', endedAt: LATER, debitMinor: 5n });
      assert.deepEqual(await store.runs.get('r1'), {
        ...run('r1'),
        state: 'failed',
        endedAt: LATER,
        debitMinor: 5n,
        creditMinor: big,
      });
      assert.deepEqual(
        (await store.runs.list('lavande', 10)).map(({ id }) => id),
        ['r2', 'r1'],
      );
      assert.deepEqual(
        (await store.runs.list('lavande', 1)).map(({ id }) => id),
        ['r2'],
      );
      assert.deepEqual(
        (await store.runs.inState(['reading'])).map(({ id }) => id),
        ['r2'],
      );
      await assert.rejects(store.runs.change('r1', { state: 'nonsense' }));
    },
  );

  says('events of a run come back in order, after any of them', async ({ store }) => {
    await store.runs.add(run('r1'));
    await store.runs.addEvents('r1', [
      { seq: 2, event: 'b' },
      { seq: 1, event: 'a' },
    ]);
    await store.runs.addEvents('r1', [{ seq: 3, event: 'c' }]);
    assert.deepEqual(await store.runs.events('r1', 1), [
      { seq: 2, event: 'b' },
      { seq: 3, event: 'c' },
    ]);
    await assert.rejects(store.runs.addEvents('r1', [{ seq: 3, event: 'again' }]));
  });

  says('documents of a run: problems first, by state, by key, and settled after a delivery', async ({ store }) => {
    await store.runs.add(run('r1'));
    const row = (seq: number, state: string, problem: boolean) => ({
      seq,
      key: `sale/${seq}`,
      state,
      problem,
      summary: `{"n":${seq}}`,
      canonical: `c${seq}`,
    });
    await store.runs.addDocuments('r1', [
      row(1, 'ready', false),
      row(2, 'held', true),
      row(3, 'ready', true),
      row(4, 'already', false),
      row(5, 'ready', false),
    ]);
    const asked = { states: null, problems: false, offset: 0, limit: 3 };
    const page = await store.runs.documents('r1', asked);
    assert.deepEqual([page.total, page.rows.map(({ seq }) => seq)], [5, [2, 3, 1]]);
    assert.deepEqual(
      (await store.runs.documents('r1', { ...asked, offset: 3 })).rows.map(({ seq }) => seq),
      [4, 5],
    );
    assert.deepEqual(
      (await store.runs.documents('r1', { ...asked, problems: true, states: ['ready'] })).rows.map(({ seq }) => seq),
      [3],
    );
    assert.deepEqual(
      (await store.runs.documentsByKey('r1', ['sale/4', 'sale/9'])).map(({ key }) => key),
      ['sale/4'],
    );
    await store.runs.changeDocument('r1', 2, { state: 'ready', problem: false, summary: '{}' });
    await transfer(store, run('r1'), [mark('sale/1'), mark('sale/2')]);
    await store.runs.settleDocuments('r1', 'lavande');
    assert.deepEqual(await store.runs.countDocuments('r1'), { written: 2, already: 1, unticked: 2 });
    await store.runs.changeDocumentStates('r1', 'written', 'ready', ['sale/1']);
    assert.deepEqual(await store.runs.countDocuments('r1'), { written: 1, already: 1, unticked: 2, ready: 1 });
    await store.runs.forgetCanonical('r1');
    assert.deepEqual(
      (await store.runs.documentsByKey('r1', ['sale/1'])).map(({ canonical }) => canonical),
      [null],
    );
  });

  says(
    'a lock has one holder, whoever asks, and is stolen only from the one that was seen',
    async ({ store, again }) => {
      const other = await again();
      const mine = { profile: 'lavande', run: 'r1', pid: 10, process: 'a', since: AT };
      const theirs = { profile: 'lavande', run: 'r2', pid: 20, process: 'b', since: LATER };
      const taken = await Promise.all([store.locks.take(mine), other.locks.take(theirs)]);
      assert.equal(taken.filter((holder) => holder === null).length, 1, 'both got the lock');
      const [winner, loser] = taken[0] === null ? [mine, theirs] : [theirs, mine];
      assert.deepEqual(await store.locks.get('lavande'), winner);
      await store.locks.release('lavande', loser.run);
      assert.deepEqual(await store.locks.get('lavande'), winner, 'somebody else released it');
      assert.equal(await other.locks.steal({ ...winner, pid: 99 }, loser), false);
      assert.equal(await other.locks.steal(winner, loser), true);
      assert.equal(await store.locks.steal(winner, loser), false, 'it was stolen twice');
      await store.locks.release('lavande', loser.run);
      assert.equal(await store.locks.get('lavande'), null);
      await other.close();
    },
  );

  says(
    'a read is kept page by page, in order, until it is begun anew, forgotten or too old',
    async ({ store, bytes }) => {
      const { reads } = store;
      const all = async () => (await Array.fromAsync(reads.pages('lavande', 'sales'))).flat();
      assert.equal(await reads.get('lavande', 'sales'), null);
      await assert.rejects(reads.keep('lavande', 'sales', { mark: '2', page: 1, items: ['a'] }), TypeError);
      await reads.begin('lavande', 'sales', { signature: 's', startedAt: AT });
      await reads.begin('lavande', 'creditNotes', { signature: 't', startedAt: LATER });
      assert.equal((await reads.get('lavande', 'sales'))?.mark, null);
      await reads.keep('lavande', 'sales', { mark: '2', page: 1, items: ['Zoé', 'b'] });
      await reads.keep('lavande', 'sales', { mark: '3', page: 2, items: [] });
      await reads.keep('lavande', 'sales', { mark: '9', page: 3, items: ['c'] });
      await reads.keep('lavande', 'creditNotes', { mark: '1', page: 1, items: ['other'] });
      assert.deepEqual(await reads.get('lavande', 'sales'), {
        signature: 's',
        startedAt: AT,
        mark: '9',
        page: 3,
        items: 3,
      });
      assert.deepEqual(await all(), ['Zoé', 'b', 'c']);
      assert.equal((await bytes()).includes('Zoé'), false, 'customers are readable in the data file');
      await reads.purge(LATER);
      assert.deepEqual([await reads.get('lavande', 'sales'), await all()], [null, []]);
      await reads.begin('lavande', 'creditNotes', { signature: 't', startedAt: LATER });
      assert.deepEqual(await Array.fromAsync(reads.pages('lavande', 'creditNotes')), []);
      await reads.forget('lavande', 'creditNotes');
      assert.equal(await reads.get('lavande', 'creditNotes'), null);
    },
  );

  says('raw answers are replaced, given back and purged by age', async ({ store, bytes }) => {
    await store.raw.keep('lavande', AT, [
      { document: 'sale/1', body: 'first' },
      { document: 'sale/2', body: 'x'.repeat(5000) },
    ]);
    await store.raw.keep('lavande', LATER, [{ document: 'sale/1', body: 'ségo' }]);
    assert.deepEqual(await store.raw.get('lavande', 'sale/1'), { at: LATER, body: 'ségo' });
    assert.equal((await bytes()).includes('x'.repeat(100)), false, 'they are compressed');
    assert.equal(await store.raw.purge('lavande', LATER), 1);
    assert.equal(await store.raw.get('lavande', 'sale/2'), null);
  });

  customerContract(says);
  partContract(says);
  reviewContract(says);
}
