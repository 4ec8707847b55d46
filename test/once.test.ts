import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { sagePnm } from '../src/formats/sage-pnm.ts';
import { translate } from '../src/i18n/translate.ts';
import { DEMOS } from '../src/profiles/demo.ts';
import type { RunDeps } from '../src/runs/deps.ts';
import type { RunDocument, RunEvent, RunOutcome, RunRequest } from '../src/runs/events.ts';
import { recover } from '../src/runs/recover.ts';
import { resetTransfers } from '../src/runs/reset.ts';
import { closeReview, excludeDocuments, includeDocuments, rebuildReview } from '../src/runs/review.ts';
import { writeReview } from '../src/runs/review-write.ts';
import { startRun } from '../src/runs/run.ts';
import { delivered, HEADER, linesOf, type Sale, saleJson, salesFile, temporaryFolder } from './command-kit.ts';
import { depsOf, storeOf } from './kill-child.ts';

/** Once and only once, over whole runs: a real store in a folder, a file of sales as the shop, real files delivered. */

const folders: string[] = [];
const ends: (() => Promise<void>)[] = [];
after(async () => {
  for (const end of ends) await end();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

type Ran = RunOutcome & { readonly documents: readonly RunDocument[]; readonly entries: readonly string[] };

/** A data folder with a profile `lavande`; `sales` is what its shop holds by now. */
async function books(ledger: object = {}) {
  const home = await temporaryFolder('once');
  folders.push(home);
  const store = await storeOf(home);
  ends.push(store.close);
  let clockMs = Date.UTC(2026, 10, 24, 8, 0, 0);
  const deps: RunDeps = { ...depsOf(store, home), now: () => (clockMs += 1) };
  const addProfile = async (id: string) => {
    const profile = DEMOS[0]?.profile();
    await store.profiles.add({
      id,
      document: JSON.stringify({ ...profile, ledger: { ...profile?.ledger, ...ledger } }),
      demo: false,
      at: '2026-11-01T08:00:00Z',
    });
  };
  await addProfile('lavande');
  const path = join(home, 'shop.jsonl');

  async function run(sales: readonly Sale[], changes: Partial<RunRequest> = {}): Promise<Ran> {
    await salesFile(path, sales);
    return read(path, changes);
  }
  async function read(from: string, changes: Partial<RunRequest> = {}): Promise<Ran> {
    const request: RunRequest = {
      profile: 'lavande',
      kind: 'sales',
      source: { type: 'file', path: from },
      period: { type: 'all' },
      includeTransferred: false,
      mode: 'write',
      startedBy: 'cli',
      format: null,
      folder: null,
      ...changes,
    };
    return gather(startRun(deps, request, new AbortController().signal));
  }
  return {
    home,
    store,
    deps,
    addProfile,
    run,
    read,
    write: (id: string) => gather(writeReview(deps, id, new AbortController().signal)),
    folder: (profile = 'lavande') => join(home, 'files', profile),
    files: async (profile = 'lavande') => (await readdir(join(home, 'files', profile)).catch(() => [])).sort(),
    given: (profile = 'lavande') => delivered(sagePnm, join(home, 'files', profile)),
    wait: (seconds: number) => {
      clockMs += seconds * 1000;
    },
  };
}

async function gather(events: AsyncGenerator<RunEvent, RunOutcome>): Promise<Ran> {
  const documents: RunDocument[] = [];
  const entries: string[] = [];
  for (;;) {
    const next = await events.next();
    if (next.done) return { ...next.value, documents, entries };
    if (next.value.type !== 'document') continue;
    documents.push(next.value.document);
    entries.push(...next.value.entries.map(({ document, part }) => `${document} ${part}`));
  }
}

/** `read ready held excluded already written` */
function figures({ counts }: Ran): string {
  const { read, ready, held, excluded, alreadyTransferred, written } = counts;
  assert.equal(read, ready + held + excluded + alreadyTransferred, 'the counts add up');
  return [read, ready, held, excluded, alreadyTransferred, written].join(' ');
}

const TWO: readonly Sale[] = [{ id: 1 }, { id: 2 }];
const pieceOf = (lines: readonly string[], piece: string) => lines.filter((line) => line.includes(piece)).length;

test('a second import writes nothing: every document is already there and no file is made', async () => {
  const { run, files } = await books();
  const first = await run(TWO);
  assert.equal(figures(first), '2 2 0 0 0 2');
  assert.equal(first.entries.length, 4);
  const second = await run(TWO);
  assert.equal(figures(second), '2 0 0 0 2 0');
  assert.deepEqual([second.run.state, second.files, second.entries], ['written', [], []]);
  assert.deepEqual(
    second.documents.map(({ state }) => state),
    ['already', 'already'],
  );
  assert.deepEqual(await files(), ['VENTES.pnm']);
});

test('a payment that arrives a month later is written then, alone', async () => {
  const { run, given } = await books();
  await run([{ id: 1, paid: [] }]);
  assert.deepEqual(
    (await given()).filter((line) => line.startsWith('BNQ')),
    [],
  );
  const later = await run([{ id: 1, paid: [{ id: '77', amount: '12.00', method: 'cheque', date: '2026-10-02' }] }]);
  assert.equal(figures(later), '1 1 0 0 0 1');
  assert.deepEqual(later.entries, ['sale/1 payment/77']);
  assert.deepEqual(
    later.documents.flatMap(({ reasons }) => reasons.map(({ code }) => code)),
    [],
    'a payment does not change its sale',
  );
  const lines = await given();
  assert.equal(lines.filter((line) => line.startsWith('VTE')).length, 3, 'the sale stands once');
  assert.equal(lines.filter((line) => line.startsWith('BNQ')).length, 2);
  assert.equal(figures(await run([{ id: 1, paid: [{ id: '77', amount: '12.00', method: 'cheque' }] }])), '1 0 0 0 1 0');
});

test('with the transferred included everything is written again, stays transferred, and both runs are in the history', async () => {
  const { run, given, store, wait } = await books();
  const first = await run(TWO);
  wait(5);
  const again = await run(TWO, { includeTransferred: true });
  assert.equal(figures(again), '2 2 0 0 0 2');
  assert.equal(pieceOf(await given(), 'FA000001'), 10);
  const history = await store.parts.history('lavande', 'sale/1');
  assert.deepEqual(
    history.filter(({ part }) => part === 'document').map(({ action, run: by }) => [action, by]),
    [
      ['written', first.run.id],
      ['written', again.run.id],
    ],
  );
  assert.equal(figures(await run(TWO)), '2 0 0 0 2 0');
});

test('in a review the included ones are badged as written before', async () => {
  const { run, store } = await books();
  await run([{ id: 1 }]);
  const { run: review } = await run(TWO, { includeTransferred: true, mode: 'review' });
  const rows = await store.review.entries(review.id, [1, 2, 3, 4]);
  assert.deepEqual(
    rows.map(({ document, again }) => `${document} ${again}`),
    ['sale/1 true', 'sale/1 true', 'sale/2 false', 'sale/2 false'],
  );
});

/** [ids given to reset, orders that are written again] */
const resets: [readonly string[] | null, string][] = [
  [['2'], 'sale/2'],
  [['sale/3'], 'sale/3'],
  [['2', '3', '4'], 'sale/2 sale/3'],
  [['99'], ''],
  [null, 'sale/1 sale/2 sale/3'],
];
for (const [ids, expected] of resets) {
  test(`reset of ${ids?.join(', ') ?? 'ALL'} makes exactly that transferable again and writes nothing itself`, async () => {
    const { run, deps, files } = await books();
    const sales = [...TWO, { id: 3 }];
    await run(sales);
    const orders = expected.split(' ').filter((key) => key !== '');
    assert.equal(await resetTransfers(deps, 'lavande', ids, 'the file was lost'), 2 * orders.length);
    assert.equal((await files()).length, 1);
    const again = await run(sales);
    assert.deepEqual([...new Set(again.entries.map((entry) => entry.split(' ')[0]))], orders);
    assert.equal(figures(again), `3 ${orders.length} 0 0 ${3 - orders.length} ${orders.length}`);
    assert.equal(figures(await run(sales)), '3 0 0 0 3 0');
  });
}

test('a document excluded for good stays out of every run with its reason, until it is included again', async () => {
  const { run, deps, write } = await books();
  const { run: review } = await run(TWO, { mode: 'review' });
  await excludeDocuments(deps, review.id, ['sale/1'], 'booked by hand');
  const written = await write(review.id);
  assert.equal(written.counts.written, 1);
  const out = await run(TWO);
  assert.equal(figures(out), '2 0 0 1 1 0');
  assert.deepEqual(
    out.documents[0]?.reasons.map(({ code, values }) => [code, values.reason]),
    [['document.excluded-for-good', 'booked by hand']],
  );
  const { run: second } = await run(TWO, { mode: 'review' });
  await includeDocuments(deps, second.id, ['sale/1']);
  const back = await write(second.id);
  assert.equal(back.counts.written, 1);
  assert.equal(figures(await run(TWO)), '2 0 0 0 2 0');
});

test('T-09 two profiles on one shop know nothing of each other', async () => {
  const { run, addProfile, given } = await books();
  await addProfile('second');
  assert.equal(figures(await run(TWO)), '2 2 0 0 0 2');
  assert.equal(figures(await run(TWO, { profile: 'second' })), '2 2 0 0 0 2');
  assert.deepEqual(await given('second'), await given('lavande'));
  assert.equal(figures(await run(TWO, { profile: 'second' })), '2 0 0 0 2 0');
});

test('a review is written without what another run wrote or somebody excluded meanwhile, and says it', async () => {
  const { run, write, given, store, deps } = await books();
  const sales = [...TWO, { id: 3 }];
  const { run: review } = await run(sales, { mode: 'review' });
  const { run: other } = await run(sales, { mode: 'review' });
  await run([{ id: 1 }]);
  await excludeDocuments(deps, other.id, ['sale/3'], 'gift');
  const written = await write(review.id);
  assert.equal(written.run.state, 'written');
  assert.equal(written.counts.written, 1);
  const [told] = written.troubles;
  assert.deepEqual(
    written.troubles.map(({ code, values }) => [code, values.count]),
    [['run.written-meanwhile', '4']],
  );
  assert.match(translate('fr', `failure.${told?.code}.message`, told?.values), /4 écritures .* entre-temps/);
  assert.match(translate('en', `failure.${told?.code}.message`, told?.values), /4 entries .* meanwhile/);
  const lines = await given();
  assert.deepEqual(
    [1, 2, 3].map((id) => pieceOf(lines, `FA00000${id}`)),
    [5, 5, 0],
  );
  const { rows } = await store.runs.documents(review.id, { states: null, problems: false, offset: 0, limit: 10 });
  assert.deepEqual(
    rows.map(({ key, state }) => `${key} ${state}`),
    ['sale/1 unticked', 'sale/2 written', 'sale/3 unticked'],
  );
});

test('an unticked entry is left out of this run only; a written or closed review cannot be written again', async () => {
  const { run, write, store, deps } = await books();
  const { run: review } = await run(TWO, { mode: 'review' });
  await store.review.tick(review.id, [2, 3, 4], false);
  const written = await write(review.id);
  assert.deepEqual([written.counts.written, written.files[0]?.lines], [1, 3]);
  await assert.rejects(write(review.id), { code: 'run.review-closed' });
  const next = await run(TWO, { mode: 'review' });
  assert.deepEqual(next.entries, ['sale/1 payment/1', 'sale/2 document', 'sale/2 payment/1']);
  await closeReview(deps, next.run.id);
  await assert.rejects(write(next.run.id), { code: 'run.review-closed' });
  assert.equal((await run(TWO)).entries.length, 3);
});

test('a document that changed in the shop after its transfer is pointed out and not written again', async () => {
  const { run, files } = await books();
  await run([{ id: 1 }]);
  const changed = await run([{ id: 1, date: '2026-09-02', paid: [{ id: '1', amount: '12.00', date: '2026-09-01' }] }]);
  assert.equal(figures(changed), '1 0 0 0 1 0');
  assert.deepEqual(
    changed.documents[0]?.reasons.map(({ code, severity }) => [code, severity]),
    [['document.changed-after-transfer', 'warn']],
  );
  assert.deepEqual(await files(), ['VENTES.pnm']);
});

test('a document that comes twice in one read is written once, and the second waits with the reason', async () => {
  const { run, given } = await books();
  const twice = await run([{ id: 1 }, { id: 2 }, { id: 1 }]);
  assert.equal(figures(twice), '3 2 1 0 0 2');
  assert.deepEqual(
    twice.documents.find(({ state }) => state === 'held')?.reasons.map(({ code }) => code),
    ['document.key-conflict'],
  );
  assert.equal(pieceOf(await given(), 'FA000001'), 5);
});

test('and so in a review, however often it is rebuilt', async () => {
  const { run, given, deps, write } = await books();
  const { run: review } = await run([{ id: 1 }, { id: 1 }], { mode: 'review' });
  await rebuildReview(deps, review.id);
  assert.equal((await write(review.id)).counts.written, 1);
  assert.equal(pieceOf(await given(), 'FA000001'), 5);
});

test('policy newName: a name that is taken is left alone, the new file gets date and time', async () => {
  const { run, files, folder } = await books({ policy: 'newName' });
  await run([{ id: 1 }]);
  const before = await readFile(join(folder(), 'VENTES.pnm'));
  await run(TWO);
  const names = await files();
  assert.equal(names.length, 2);
  assert.match(names[0] ?? '', /^VENTES-20261124-09\d{4}\.pnm$/); // the shop's zone
  assert.deepEqual(await readFile(join(folder(), 'VENTES.pnm')), before);
});

test('policy append: one file holds both deliveries, the first untouched at its start', async () => {
  const { run, files, folder, given } = await books({ policy: 'append' });
  await run([{ id: 1 }]);
  const before = await readFile(join(folder(), 'VENTES.pnm'));
  const second = await run(TWO);
  assert.deepEqual(await files(), ['VENTES.pnm']);
  const whole = await readFile(join(folder(), 'VENTES.pnm'));
  assert.deepEqual(whole.subarray(0, before.length), before);
  assert.deepEqual([second.files[0]?.lines, second.files[0]?.bytes], [5, whole.length]);
  assert.deepEqual([pieceOf(await given(), 'FA000001'), pieceOf(await given(), 'FA000002')], [5, 5]);
});

test('policy replaceAfterBackup: the old file is kept whole under another name', async () => {
  const { run, files, folder } = await books({ policy: 'replaceAfterBackup' });
  await run([{ id: 1 }]);
  const before = await readFile(join(folder(), 'VENTES.pnm'));
  await run(TWO);
  const [name = '', backup = ''] = await files();
  assert.deepEqual([name, /^VENTES\.pnm\.20261124-09\d{4}\.bak$/.test(backup)], ['VENTES.pnm', true]);
  assert.deepEqual(await readFile(join(folder(), backup)), before);
  assert.equal(pieceOf(await linesOf(sagePnm, join(folder(), 'VENTES.pnm')), 'FA000001'), 0);
});

test('a file that was changed by hand into something else is not continued: nothing is written or marked', async () => {
  const { run, folder } = await books({ policy: 'append' });
  await run([{ id: 1 }]);
  await writeFile(join(folder(), 'VENTES.pnm'), 'my notes\r\nof last year\r\n');
  const failed = await run(TWO);
  assert.deepEqual([failed.run.state, failed.troubles[0]?.code], ['failed', 'delivery.old-file']);
  assert.equal(await readFile(join(folder(), 'VENTES.pnm'), 'utf8'), 'my notes\r\nof last year\r\n');
  await rm(join(folder(), 'VENTES.pnm'));
  assert.equal(figures(await run(TWO)), '2 1 0 0 1 1');
});

test('a move that fails leaves parts that were reset new, not transferred', async () => {
  const { run, deps, given } = await books();
  await run([{ id: 1 }]);
  await resetTransfers(deps, 'lavande', null, 'the file was lost');
  const place = deps.place;
  const broken: RunDeps = { ...deps, place: () => Promise.reject(new Error('a programme moved the folder')) };
  const request = {
    profile: 'lavande',
    kind: 'sales',
    source: { type: 'file', path: '' },
    period: { type: 'all' },
  } as const;
  const path = await salesFile(join(deps.home, 'again.jsonl'), [{ id: 1 }]);
  const asked: RunRequest = {
    ...request,
    source: { type: 'file', path },
    includeTransferred: false,
    mode: 'write',
    startedBy: 'cli',
    format: null,
    folder: null,
  };
  await assert.rejects(gather(startRun(broken, asked, new AbortController().signal)), /moved the folder/);
  assert.equal(deps.place, place);
  const retried = await run([{ id: 1 }]);
  assert.equal(figures(retried), '1 1 0 0 0 1');
  assert.equal(pieceOf(await given(), 'FA000001'), 10, 'the first delivery and the one after the reset');
});

test('a review whose delivery fails stays open, and is written whole once the cause is mended', async () => {
  const { run, write, given, folder, files, store } = await books();
  const { run: review } = await run(TWO, { mode: 'review' });
  await mkdir(join(folder(), '..'), { recursive: true });
  await writeFile(folder(), 'a file where the folder should be');
  const failed = await write(review.id);
  assert.deepEqual([failed.run.state, failed.troubles.map(({ code }) => code)], ['failed', ['delivery.file']]);
  assert.equal((await store.runs.get(review.id))?.state, 'review');
  assert.equal(await store.locks.get('lavande'), null);
  await rm(folder());
  const written = await write(review.id);
  assert.deepEqual([written.run.state, written.counts.written, await files()], ['written', 2, ['VENTES.pnm']]);
  assert.equal((await given()).length, 10);
});

test('the same input with the same profile gives the same bytes', async () => {
  const sales: readonly Sale[] = [
    { id: 3, date: '2026-09-03' },
    { id: 1, gross: '12.01' },
    { id: 2, country: 'DE' },
    {
      id: 4,
      paid: [
        { id: 'a', amount: '5.00' },
        { id: 'b', amount: '7.00', method: 'cheque' },
      ],
    },
  ];
  const [one, two] = [await books(), await books()];
  two.wait(86_400);
  for (const { run } of [one, two]) await run(sales);
  const bytes = await Promise.all([one, two].map(({ folder }) => readFile(join(folder(), 'VENTES.pnm'))));
  assert.ok((bytes[0]?.length ?? 0) > 1000);
  assert.deepEqual(bytes[0], bytes[1]);
});

test('a preview leaves no trace in the parts and no file', async () => {
  const { run, files, store } = await books();
  const preview = await run([...TWO, { id: 3, gross: '15.00' }], { mode: 'preview' });
  assert.equal(figures(preview), '3 2 1 0 0 0');
  assert.equal((await store.parts.of('lavande', ['sale/1', 'sale/3'])).size, 0);
  assert.deepEqual(await files(), []);
});

test('a failed sale is written once mended, and the others are not written again', async () => {
  const { run } = await books();
  assert.equal(figures(await run([{ id: 1 }, { id: 2, gross: '15.00' }])), '2 1 1 0 0 1');
  assert.equal(figures(await run([{ id: 1 }, { id: 2 }])), '2 1 0 0 1 1');
});

test('a run of another living process is left alone by the next start', async () => {
  const { deps, store } = await books();
  const row = {
    id: 'theirs',
    profile: 'lavande',
    kind: 'sales',
    from: null,
    to: null,
    state: 'reading',
    request: '{}',
    startedAt: '2026-11-24T08:00:00.000Z',
    endedAt: null,
    counts: '{}',
    debitMinor: 0n,
    creditMinor: 0n,
    currency: 'EUR',
    decimals: 2,
    troubles: '[]',
    file: null,
    control: null,
  } as const;
  await store.runs.add(row);
  await store.locks.take({
    profile: 'lavande',
    run: 'theirs',
    pid: deps.process.pid,
    process: deps.process.started,
    since: row.startedAt,
  });
  assert.deepEqual(await recover(deps), []);
  assert.equal((await store.runs.get('theirs'))?.state, 'reading');
});

test('a line that is no document is told by its number, and the others are written', async () => {
  const { home, read } = await books();
  const path = join(home, 'damaged.jsonl');
  await writeFile(
    path,
    [
      HEADER,
      JSON.stringify(saleJson({ id: 1 })),
      '{"kind":"sale","key":',
      JSON.stringify({ ...saleJson({ id: 2 }), totl: '1' }),
      '',
    ].join('\n'),
  );
  const ran = await read(path);
  assert.equal(figures(ran), '3 1 2 0 0 1');
  assert.deepEqual(
    ran.documents.filter(({ state }) => state === 'held').map(({ reasons }) => reasons[0]?.values.line),
    ['3', '4'],
  );
});
