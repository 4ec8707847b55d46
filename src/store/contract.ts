import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PartMark, ReviewEntryRow, ReviewFilter, RunRow, Store } from './store.ts';

/** A fresh store and what its data look like from outside. */
export type StoreBench = {
  readonly store: Store;
  /** A second process's view of the same data; another key when one is given. */
  readonly again: (key?: Buffer) => Promise<Store>;
  /** Everything the store keeps, as bytes. */
  readonly bytes: () => Promise<Buffer>;
  readonly close: () => Promise<void>;
};

const AT = '2026-11-24T08:00:00.000Z';
const LATER = '2026-11-24T09:00:00.000Z';
const SECRET = 'cs_5ecret-that-nobody-may-read';

/** What every store must do, whatever the database behind it. */
export function storeContract(name: string, open: () => Promise<StoreBench>): void {
  const says = (what: string, work: (bench: StoreBench) => Promise<void>) =>
    test(`${name}: ${what}`, async () => {
      const bench = await open();
      try {
        await bench.store.profiles.add({ id: 'lavande', document: '{"name":"Maison Lavande"}', demo: false });
        await work(bench);
      } finally {
        await bench.close();
      }
    });

  says('a profile is saved over the revision that was read, and an id is given once', async ({ store }) => {
    assert.equal(await store.profiles.add({ id: 'lavande', document: '{}', demo: true }), false);
    assert.deepEqual(await store.profiles.get('lavande'), {
      id: 'lavande',
      document: '{"name":"Maison Lavande"}',
      demo: false,
      revision: 1,
    });
    assert.equal(await store.profiles.save('lavande', '{"a":1}', 1), true);
    assert.equal(await store.profiles.save('lavande', '{"b":1}', 1), false, 'an old revision was saved');
    assert.deepEqual(await store.profiles.get('lavande'), {
      id: 'lavande',
      document: '{"a":1}',
      demo: false,
      revision: 2,
    });
    assert.equal(await store.profiles.get('nobody'), null);
  });

  says('a deleted profile takes its secrets, runs and parts with it, and no other profile’s', async ({ store }) => {
    await store.profiles.add({ id: 'other', document: '{}', demo: false });
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

  says('settings are kept by name', async ({ store }) => {
    assert.equal(await store.settings.get('default-profile'), null);
    await store.settings.set('default-profile', 'a');
    await store.settings.set('default-profile', 'b');
    assert.equal(await store.settings.get('default-profile'), 'b');
  });

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

  says('parts are claimed, then marked with their run in one transaction', async ({ store }) => {
    await store.runs.add(run('r1'));
    await store.parts.claim('lavande', 'r1', AT, [mark('sale/1'), mark('sale/1', 'payment/1'), mark('sale/2')]);
    assert.deepEqual(await statesOf(store, 'lavande', 'sale/1'), { document: 'new', 'payment/1': 'new' });
    assert.equal(await store.parts.markTransferred(run('r1'), AT, { state: 'delivering', file: '{"path":"x"}' }), 3);
    const [part] = (await store.parts.of('lavande', ['sale/1'])).get('sale/1') ?? [];
    assert.deepEqual(part, {
      document: 'sale/1',
      part: 'document',
      state: 'transferred',
      hash: 'h-sale/1',
      run: 'r1',
      at: AT,
      reason: null,
      orderId: '1',
    });
    const { state, file } = (await store.runs.get('r1')) ?? run('none');
    assert.deepEqual([state, file], ['delivering', '{"path":"x"}']);
    assert.deepEqual(await store.parts.history('lavande', 'sale/2'), [
      { part: 'document', action: 'written', run: 'r1', at: AT, reason: null },
    ]);
    assert.equal(await store.parts.markTransferred(run('r1'), AT, { state: 'written' }), 0, 'nothing is marked twice');
    assert.deepEqual([...(await store.parts.salesTransferred('lavande', ['1', '2', '3']))].sort(), ['1', '2']);
    assert.equal(await store.parts.countTransferred('lavande', 'sale', '2026-09-01', '2026-09-30'), 2);
    assert.equal(await store.parts.countTransferred('lavande', 'creditNote', '2026-09-01', '2026-09-30'), 0);
    assert.equal(await store.parts.countTransferred('lavande', 'sale', '2026-10-01', '2026-10-31'), 0);
  });

  says('a mark that fails in the middle marks nothing', async ({ store }) => {
    await store.runs.add(run('r1'));
    await store.parts.claim('lavande', 'r1', AT, [mark('sale/1')]);
    await assert.rejects(store.parts.markTransferred(run('r1'), AT, { state: 'nonsense' }));
    assert.deepEqual(await statesOf(store, 'lavande', 'sale/1'), { document: 'new' });
    assert.deepEqual(await store.parts.history('lavande', 'sale/1'), []);
    assert.equal(await store.parts.markTransferred(run('r1'), AT, { state: 'written' }), 1, 'the claim is still there');
  });

  says('a claim is released without a trace; two profiles know nothing of each other', async ({ store }) => {
    await store.profiles.add({ id: 'other', document: '{}', demo: false });
    await store.parts.claim('lavande', 'r1', AT, [mark('sale/1')]);
    await transfer(store, run('r2', 'other'), [mark('sale/1')]);
    await store.parts.release('r1');
    assert.equal(await store.parts.markTransferred(run('r1'), AT, { state: 'written' }), 0);
    assert.deepEqual(await statesOf(store, 'lavande', 'sale/1'), { document: 'new' });
    assert.deepEqual(await statesOf(store, 'other', 'sale/1'), { document: 'transferred' });
  });

  /** [what happened before, what the part is after the delivery of run r9 failed] */
  const before: [string, (store: Store) => Promise<unknown>, object][] = [
    ['nothing', async () => {}, { state: 'new', run: null, hash: null }],
    [
      'written by r1',
      (store) => transfer(store, run('r1'), [mark('sale/1')]),
      { state: 'transferred', run: 'r1', hash: 'h-sale/1' },
    ],
    [
      'written, then reset',
      async (store) => {
        await transfer(store, run('r1'), [mark('sale/1')]);
        await store.parts.reset('lavande', null, AT, 'asked');
      },
      { state: 'new', run: null, hash: null },
    ],
    [
      'written, again by r2 whose delivery failed',
      async (store) => {
        await transfer(store, run('r1'), [mark('sale/1')]);
        await transfer(store, run('r2'), [{ ...mark('sale/1'), hash: 'other' }], LATER);
        await store.parts.unmark(run('r2'), LATER, { state: 'failed' });
      },
      { state: 'transferred', run: 'r1', hash: 'h-sale/1' },
    ],
  ];
  for (const [title, prepare, expected] of before) {
    says(`a delivery that failed leaves a part as it was (${title})`, async ({ store }) => {
      await store.runs.add(run('r9'));
      await prepare(store);
      await transfer(store, run('r9'), [{ ...mark('sale/1'), hash: 'newer' }], '2026-11-24T10:00:00.000Z');
      await store.parts.unmark(run('r9'), '2026-11-24T10:00:01.000Z', { state: 'failed', file: null });
      const [part] = (await store.parts.of('lavande', ['sale/1'])).get('sale/1') ?? [];
      assert.deepEqual({ state: part?.state, run: part?.run, hash: part?.hash ?? null }, expected);
      assert.equal((await store.runs.get('r9'))?.state, 'failed');
    });
  }

  says(
    'reset makes parts new by order, by key or all of the profile, says how many, and is traced',
    async ({ store }) => {
      await store.profiles.add({ id: 'other', document: '{}', demo: false });
      await transfer(store, run('r0', 'other'), [mark('sale/1')]);
      await transfer(store, run('r1'), [
        mark('sale/1'),
        mark('sale/1', 'payment/1'),
        mark('sale/2'),
        mark('sale/3'),
        mark('creditNote/9', 'document', '2'),
      ]);
      assert.equal(await store.parts.reset('lavande', ['1', 'nothing'], AT, 'lost file'), 2);
      assert.equal(await store.parts.reset('lavande', ['sale/3'], AT, 'x'), 1);
      assert.equal(await store.parts.reset('lavande', ['1'], AT, 'x'), 0, 'a new part is not reset again');
      assert.deepEqual(
        (await store.parts.history('lavande', 'sale/1'))
          .filter(({ part }) => part === 'document')
          .map(({ action, reason }) => [action, reason]),
        [
          ['written', null],
          ['reset', 'lost file'],
        ],
      );
      assert.equal(await store.parts.reset('lavande', null, AT, 'x'), 2);
      assert.deepEqual(await statesOf(store, 'other', 'sale/1'), { document: 'transferred' });
    },
  );

  says('reset takes more ids than the database binds at once', async ({ store }) => {
    await transfer(store, run('r1'), [mark('sale/1'), mark('sale/70000')]);
    const ids = Array.from({ length: 70_000 }, (_, at) => String(at + 1));
    assert.equal(await store.parts.reset('lavande', ids, AT, 'x'), 2);
  });

  says('excluded for good, and back; what is transferred cannot be excluded', async ({ store }) => {
    await transfer(store, run('r1'), [mark('sale/2')]);
    await store.parts.exclude(
      'lavande',
      [
        { key: 'sale/1', orderId: '1' },
        { key: 'sale/2', orderId: '2' },
      ],
      AT,
      'booked by hand',
    );
    const [part] = (await store.parts.of('lavande', ['sale/1'])).get('sale/1') ?? [];
    assert.deepEqual([part?.state, part?.reason], ['excluded', 'booked by hand']);
    assert.deepEqual(await statesOf(store, 'lavande', 'sale/2'), { document: 'transferred' });
    await store.parts.hold('lavande', AT, [{ ...mark('sale/1'), reason: 'mapping.no-account' }]);
    assert.deepEqual(
      await statesOf(store, 'lavande', 'sale/1'),
      { document: 'excluded' },
      'a new problem does not bring it back',
    );
    await store.parts.include('lavande', ['sale/1', 'sale/2'], LATER);
    assert.deepEqual(await statesOf(store, 'lavande', 'sale/1'), { document: 'new' });
    assert.deepEqual(await statesOf(store, 'lavande', 'sale/2'), { document: 'transferred' });
    assert.deepEqual(
      (await store.parts.history('lavande', 'sale/1')).map(({ action }) => action),
      ['excluded', 'included'],
    );
    assert.deepEqual(
      (await store.parts.history('lavande', 'sale/2')).map(({ action }) => action),
      ['written'],
      'what changed nothing is not told',
    );
  });

  says('held parts are counted by document, and a transferred one never becomes held', async ({ store }) => {
    await transfer(store, run('r1'), [mark('sale/3')]);
    const held = (key: string, part: string) => ({ ...mark(key, part), reason: 'document.totals-differ' });
    await store.parts.hold('lavande', AT, [
      held('sale/1', 'document'),
      held('sale/1', 'payment/1'),
      held('sale/2', 'payment/1'),
      held('sale/3', 'document'),
    ]);
    assert.equal(await store.parts.countHeld('lavande'), 2);
    assert.deepEqual(await statesOf(store, 'lavande', 'sale/3'), { document: 'transferred' });
    await transfer(store, run('r2'), [mark('sale/1')]);
    assert.deepEqual(await statesOf(store, 'lavande', 'sale/1'), { document: 'transferred', 'payment/1': 'held' });
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

  /** Signs that mean something to a database, in the texts of one entry. */
  const HOSTILE = `100% "sûr" d'A_B\\C; drop table part; -- 😀`;
  /** [filter, the numbers it finds] of the entries below. */
  const filters: [string, Partial<ReviewFilter>, number[]][] = [
    ['all', {}, [1, 2, 3, 4]],
    ['free text in a label', { text: 'savon' }, [1, 3]],
    ['free text in a piece', { text: 'FA2' }, [2]],
    ['a percent sign is a percent sign', { text: '100%' }, [4]],
    ['and not any text', { text: '%' }, [4]],
    ['an underscore is an underscore', { text: 'A_B' }, [4]],
    ['and not any sign', { text: '_' }, [4]],
    ['a backslash', { text: 'B\\C' }, [4]],
    ['quotes', { text: `d'A` }, [4]],
    ['double quotes', { text: '"sûr"' }, [4]],
    ['nothing hostile is run', { text: `'; drop table part; --` }, []],
    ['a label whole', { conditions: [{ column: 'label', test: 'equals', value: HOSTILE }] }, [4]],
    ['a label that starts', { conditions: [{ column: 'label', test: 'starts', value: '100%' }] }, [4]],
    ['a label that starts with any sign', { conditions: [{ column: 'label', test: 'starts', value: '_00' }] }, []],
    [
      'an account of one line and its amount',
      {
        conditions: [
          { column: 'account', test: 'starts', value: '411' },
          { column: 'debit', test: 'between', min: 1000n, max: 2000n },
        ],
      },
      [1, 2],
    ],
    [
      'another line has the amount',
      {
        conditions: [
          { column: 'account', test: 'starts', value: '707' },
          { column: 'debit', test: 'between', min: 1000n, max: null },
        ],
      },
      [],
    ],
    ['credits', { conditions: [{ column: 'credit', test: 'between', min: 3000n, max: 3000n }] }, [3]],
    ['a journal of a list', { conditions: [{ column: 'journal', test: 'in', values: ['BNQ', 'X'] }] }, [2]],
    ['an empty list', { conditions: [{ column: 'journal', test: 'in', values: [] }] }, []],
    ['dates', { conditions: [{ column: 'date', test: 'between', min: '2026-09-02', max: '2026-09-03' }] }, [2, 3]],
    ['numbers', { conditions: [{ column: 'number', test: 'between', min: 3n, max: null }] }, [3, 4]],
    ['unticked', { ticked: false }, [3]],
    ['by date, last first', { sort: { column: 'date', descending: true } }, [4, 3, 2, 1]],
    ['by amount', { sort: { column: 'total', descending: false } }, [1, 2, 3, 4]],
    ['by journal, then number', { sort: { column: 'journal', descending: false } }, [2, 1, 3, 4]],
  ];
  says('a review is filtered and sorted, whatever stands in its texts', async ({ store }) => {
    await reviewed(store);
    await store.review.tick('r1', [3], false);
    for (const [title, filter, expected] of filters) {
      const found = await store.review.find('r1', { ...ALL, ...filter });
      assert.deepEqual(found.numbers, expected, title);
      assert.deepEqual(
        found.lineCounts,
        expected.map(() => 2),
        title,
      );
    }
    const all = await store.review.find('r1', ALL);
    assert.equal(all.totalMinor, 1000n + 2000n + 3000n + 4000n);
    assert.deepEqual(await store.review.totals('r1'), {
      entries: 3,
      lines: 6,
      totalMinor: 7000n,
      untickedEntries: 1,
      all: 4,
    });
    assert.deepEqual(await store.review.distinct('r1', 'journal'), ['BNQ', 'VTE']);
  });

  says('ticks act on numbers or on all; only ticked entries are given for writing', async ({ store }) => {
    await reviewed(store);
    const ticked = async () => {
      const numbers: number[] = [];
      for await (const rows of store.review.ticked('r1')) numbers.push(...rows.map(({ number }) => number));
      return numbers;
    };
    await store.review.tick('r1', null, false);
    assert.deepEqual(await ticked(), []);
    await store.review.tick('r1', [4, 2, 77], true);
    assert.deepEqual(await ticked(), [2, 4]);
    assert.deepEqual(
      (await store.review.entries('r1', [4, 77, 1])).map(({ number, ticked: on, entry }) => [number, on, entry]),
      [
        [4, true, '{"entry":4}'],
        [1, false, '{"entry":1}'],
      ],
    );
  });

  says('replaced entries are numbered anew in the order of reading, with their lines', async ({ store }) => {
    await reviewed(store);
    await store.review.replace(
      'r1',
      ['sale/2', 'sale/5'],
      [entry(9, { seq: 2, document: 'sale/2', label: 'mended' }), entry(10, { seq: 2, document: 'sale/2' })],
    );
    assert.equal(await store.review.maxNumber('r1'), 10);
    await store.review.renumber('r1', 100);
    const { numbers } = await store.review.find('r1', ALL);
    assert.deepEqual(numbers, [100, 101, 102, 103, 104]);
    assert.deepEqual(
      (await store.review.entries('r1', numbers)).map(({ document }) => document),
      ['sale/1', 'sale/2', 'sale/2', 'sale/3', 'sale/4'],
    );
    assert.deepEqual(
      (await store.review.find('r1', { ...ALL, text: 'mended' })).numbers,
      [101],
      'the lines followed their entry',
    );
    await store.review.forget('r1');
    assert.deepEqual(await store.review.totals('r1'), {
      entries: 0,
      lines: 0,
      totalMinor: 0n,
      untickedEntries: 0,
      all: 0,
    });
    assert.equal(await store.review.maxNumber('r1'), 0);
  });

  says('a review of 100 000 rows is filtered, ticked and summed', async ({ store }) => {
    await store.runs.add(run('r1'));
    const ENTRIES = 50_000;
    for (let start = 0; start < ENTRIES; start += 10_000) {
      const rows = Array.from({ length: 10_000 }, (_, at) =>
        entry(start + at + 1, { label: (start + at) % 100 === 0 ? 'rare' : 'often', total: 100n }),
      );
      await store.review.add('r1', rows);
    }
    const rare = await store.review.find('r1', {
      ...ALL,
      conditions: [{ column: 'label', test: 'equals', value: 'rare' }],
    });
    assert.equal(rare.numbers.length, ENTRIES / 100);
    assert.equal((await store.review.find('r1', { ...ALL, text: 'FA49999' })).numbers.length, 1);
    await store.review.tick('r1', rare.numbers, false);
    const totals = await store.review.totals('r1');
    assert.deepEqual(
      [totals.lines + 2 * totals.untickedEntries, totals.untickedEntries, totals.totalMinor],
      [100_000, 500, 4_950_000n],
    );
  });
}

const ALL: ReviewFilter = { ticked: null, text: '', conditions: [], sort: { column: 'number', descending: false } };

async function reviewed(store: Store): Promise<void> {
  await store.runs.add(run('r1'));
  await store.review.add('r1', [
    entry(1, { label: 'Savon' }),
    entry(2, { journal: 'BNQ', label: 'Carte' }),
    entry(3, { label: 'SAVON noir' }),
    entry(4, { label: `100% "sûr" d'A_B\\C; drop table part; -- 😀` }),
  ]);
}

function entry(
  number: number,
  changes: { seq?: number; document?: string; journal?: string; label?: string; total?: bigint },
): ReviewEntryRow {
  const {
    seq = number,
    document = `sale/${number}`,
    journal = 'VTE',
    label = 'Savon',
    total = BigInt(number) * 1000n,
  } = changes;
  const line = { thirdParty: null, label, taxCode: null, taxRate: null };
  return {
    number,
    seq,
    document,
    part: 'document',
    hash: `h${number}`,
    kind: 'sale',
    journal,
    day: `2026-09-${String((number % 28) + 0 || 28).padStart(2, '0')}`,
    piece: `FA${number}`,
    reference: '',
    orderNumber: `N${number}`,
    payment: null,
    currency: 'EUR',
    totalMinor: total,
    lines: [
      { ...line, account: '411000', amountMinor: total },
      { ...line, account: '707100', amountMinor: -total },
    ],
    ticked: true,
    again: false,
    entry: `{"entry":${number}}`,
  };
}

function mark(document: string, part = 'document', orderId = document.split('/')[1] ?? ''): PartMark {
  return { document, part, hash: `h-${document}`, orderId, day: '2026-09-01' };
}

function run(id: string, profile = 'lavande'): RunRow {
  return {
    id,
    profile,
    kind: 'sales',
    from: '2026-09-01',
    to: '2026-09-30',
    state: 'reading',
    request: '{}',
    startedAt: AT,
    endedAt: null,
    counts: '{}',
    debitMinor: 0n,
    creditMinor: 0n,
    currency: 'EUR',
    troubles: '[]',
    file: null,
  };
}

async function transfer(store: Store, by: RunRow, marks: readonly PartMark[], at = AT): Promise<void> {
  await store.parts.claim(by.profile, by.id, at, marks);
  await store.parts.markTransferred(by, at, { state: 'written' });
}

async function statesOf(store: Store, profile: string, document: string): Promise<Record<string, string>> {
  const parts = (await store.parts.of(profile, [document])).get(document) ?? [];
  return Object.fromEntries(parts.map(({ part, state }) => [part, state]));
}
