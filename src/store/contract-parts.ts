import assert from 'node:assert/strict';
import { AT, LATER, mark, run, type Says, statesOf, transfer } from './contract-samples.ts';
import type { Store } from './store.ts';

/** Parts: claimed, marked, released, undone, reset, excluded and held, each once and with its history. */
export function partContract(says: Says): void {
  says('parts are claimed, then marked with their run in one transaction', async ({ store }) => {
    await store.runs.add(run('r1'));
    await store.parts.claim('lavande', 'r1', AT, [mark('sale/1'), mark('sale/1', 'payment/1'), mark('sale/2')], null);
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
      number: 1,
    });
    const { state, file } = (await store.runs.get('r1')) ?? run('none');
    assert.deepEqual([state, file], ['delivering', '{"path":"x"}']);
    assert.deepEqual(await store.parts.history('lavande', 'sale/2'), [
      { part: 'document', action: 'written', run: 'r1', at: AT, reason: null, number: 1, user: null },
    ]);
    assert.equal(await store.parts.markTransferred(run('r1'), AT, { state: 'written' }), 0, 'nothing is marked twice');
    assert.deepEqual([...(await store.parts.salesTransferred('lavande', ['1', '2', '3']))].sort(), ['1', '2']);
    assert.equal(await store.parts.countTransferred('lavande', 'sale', '2026-09-01', '2026-09-30'), 2);
    assert.equal(await store.parts.countTransferred('lavande', 'creditNote', '2026-09-01', '2026-09-30'), 0);
    assert.equal(await store.parts.countTransferred('lavande', 'sale', '2026-10-01', '2026-10-31'), 0);
  });

  says('a mark that fails in the middle marks nothing', async ({ store }) => {
    await store.runs.add(run('r1'));
    await store.parts.claim('lavande', 'r1', AT, [mark('sale/1')], null);
    await assert.rejects(store.parts.markTransferred(run('r1'), AT, { state: 'nonsense' }));
    assert.deepEqual(await statesOf(store, 'lavande', 'sale/1'), { document: 'new' });
    assert.deepEqual(await store.parts.history('lavande', 'sale/1'), []);
    assert.equal(await store.parts.markTransferred(run('r1'), AT, { state: 'written' }), 1, 'the claim is still there');
  });

  says('a claim is released without a trace; two profiles know nothing of each other', async ({ store }) => {
    await store.profiles.add({ id: 'other', document: '{}', demo: false, at: AT });
    await store.parts.claim('lavande', 'r1', AT, [mark('sale/1')], null);
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
    [
      'reset while the clock had been set back',
      async (store) => {
        await transfer(store, run('r1'), [mark('sale/1')], LATER);
        await store.parts.reset('lavande', null, AT, 'x');
      },
      { state: 'new', run: null, hash: null },
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

  says('each transfer of a part is told once, one whose delivery failed not at all', async ({ store }) => {
    const told = async () =>
      (await store.parts.history('lavande', 'sale/1')).map(({ action, run, at }) => [action, run, at]);
    await transfer(store, run('r1'), [mark('sale/1')]);
    await transfer(store, run('r2'), [mark('sale/1')], LATER);
    const both = [
      ['written', 'r1', AT],
      ['written', 'r2', LATER],
    ];
    assert.deepEqual(await told(), both);
    await transfer(store, run('r3'), [mark('sale/1')], '2026-11-25T10:00:00.000Z');
    await store.parts.unmark(run('r3'), '2026-11-25T10:00:01.000Z', { state: 'failed' });
    assert.deepEqual(await told(), both);
  });

  says(
    'reset makes parts new by order, by key or all of the profile, says how many, and is traced',
    async ({ store }) => {
      await store.profiles.add({ id: 'other', document: '{}', demo: false, at: AT });
      await transfer(store, run('r0', 'other'), [mark('sale/1')]);
      await transfer(store, run('r1'), [
        mark('sale/1'),
        mark('sale/1', 'payment/1'),
        mark('sale/2'),
        mark('sale/3'),
        mark('creditNote/9', 'document', '2'),
      ]);
      assert.equal(await store.parts.reset('lavande', ['1', 'nothing'], AT, 'lost file', 'Anne'), 2);
      assert.equal(await store.parts.reset('lavande', ['sale/3'], AT, 'x'), 1);
      assert.equal(await store.parts.reset('lavande', ['1'], AT, 'x'), 0, 'a new part is not reset again');
      assert.deepEqual(
        (await store.parts.history('lavande', 'sale/1'))
          .filter(({ part }) => part === 'document')
          .map(({ action, reason, user }) => [action, reason, user]),
        [
          ['written', null, null],
          ['reset', 'lost file', 'Anne'],
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
    const excluded = await store.parts.exclude(
      'lavande',
      [
        { key: 'sale/1', orderId: '1' },
        { key: 'sale/2', orderId: '2' },
      ],
      AT,
      'booked by hand',
    );
    assert.equal(excluded, 1);
    assert.deepEqual(await store.parts.excludedAt('lavande', AT), ['sale/1'], 'what one act excluded is found by it');
    assert.deepEqual(await store.parts.excludedAt('lavande', LATER), []);
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
    assert.deepEqual(await store.parts.excludedAt('lavande', AT), []);
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
}
