import assert from 'node:assert/strict';
import { run, type Says } from './contract-samples.ts';
import type { ReviewEntryRow, ReviewFilter } from './review-store.ts';
import type { Store } from './store.ts';

/** The entries of a review: found, sorted, ticked, replaced and summed, whatever stands in their texts. */
export function reviewContract(says: Says): void {
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
      const kept = await store.review.entries('r1', found.numbers);
      assert.deepEqual(found.documents, [...new Set(kept.map(({ document }) => document))], title);
      assert.deepEqual(
        found.lineCounts,
        expected.map(() => 2),
        title,
      );
    }
    const all = await store.review.find('r1', ALL);
    assert.deepEqual([all.debitMinor, all.creditMinor], [10_000n, 10_000n]);
    assert.deepEqual(await store.review.totals('r1'), {
      entries: 3,
      lines: 6,
      debitMinor: 7000n,
      creditMinor: 7000n,
      untickedEntries: 1,
      untickedCorrections: 0,
      all: 4,
    });
    const journals = await store.review.counted('r1', 'journal');
    assert.deepEqual(
      journals.map(({ value }) => value),
      ['BNQ', 'VTE'],
    );
    assert.equal(
      journals.reduce((sum, { entries }) => sum + entries, 0),
      4,
    );
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
    await store.runs.change('r1', { state: 'writing' });
    await store.review.tick('r1', null, true);
    assert.deepEqual(await ticked(), [2, 4], 'what is being written is not ticked any more');
    await store.review.drop('r1', [4]);
    assert.deepEqual(await ticked(), [2]);
  });

  says('corrections that nobody took are counted by document', async ({ store }) => {
    await reviewed(store);
    const proposed = { ticked: false, correction: 1 };
    await store.review.add('r1', [
      { ...entry(5, { document: 'sale/5' }), ...proposed, part: 'correction/1' },
      { ...entry(6, { document: 'sale/5' }), ...proposed },
      { ...entry(7, { document: 'sale/7' }), ...proposed, part: 'correction/1' },
    ]);
    const waiting = async () => (await store.review.totals('r1')).untickedCorrections;
    assert.equal(await waiting(), 2);
    assert.deepEqual(
      (await store.review.entries('r1', [4, 5])).map(({ correction }) => correction),
      [null, 1],
    );
    await store.review.tick('r1', [6], true);
    assert.equal(await waiting(), 1, 'ticking one entry of a correction takes all of it');
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
      debitMinor: 0n,
      creditMinor: 0n,
      untickedEntries: 0,
      untickedCorrections: 0,
      all: 0,
    });
    assert.equal(await store.review.maxNumber('r1'), 0);
  });

  says('debits and credits are the own sums of the lines, so that an entry out of balance shows', async ({ store }) => {
    await store.runs.add({ ...run('r1'), state: 'review' });
    const [first, last] = entry(1, { total: 1000n }).lines;
    if (first === undefined || last === undefined) throw new TypeError('An entry of two lines');
    await store.review.add('r1', [{ ...entry(1, {}), lines: [first, { ...last, amountMinor: -999n }] }]);
    const { debitMinor, creditMinor } = await store.review.totals('r1');
    assert.deepEqual([debitMinor, creditMinor], [1000n, 999n]);
  });

  says('what a person has unticked stays so when its entries are replaced', async ({ store }) => {
    await reviewed(store);
    await store.review.tick('r1', [2], false);
    const payment = { ...entry(10, { document: 'sale/2' }), part: 'payment/1' };
    await store.review.replace('r1', ['sale/2'], [entry(9, { document: 'sale/2' }), payment]);
    const found = await store.review.find('r1', { ...ALL, ticked: false });
    assert.deepEqual(found.numbers, [9]);
  });

  says('a review of 100 000 rows is filtered, ticked and summed', async ({ store }) => {
    await store.runs.add({ ...run('r1'), state: 'review' });
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
      [totals.lines + 2 * totals.untickedEntries, totals.untickedEntries, totals.debitMinor, totals.creditMinor],
      [100_000, 500, 4_950_000n, 4_950_000n],
    );
  });
}

const ALL: ReviewFilter = { ticked: null, text: '', conditions: [], sort: { column: 'number', descending: false } };

async function reviewed(store: Store): Promise<void> {
  await store.runs.add({ ...run('r1'), state: 'review' });
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
    lines: [
      { ...line, account: '411000', amountMinor: total },
      { ...line, account: '707100', amountMinor: -total },
    ],
    ticked: true,
    again: false,
    correction: null,
    entry: `{"entry":${number}}`,
  };
}
