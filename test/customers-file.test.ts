import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { place } from '../src/ledgers/place.ts';
import { DEMOS } from '../src/profiles/demo.ts';
import type { RunDeps } from '../src/runs/deps.ts';
import type { RunEvent, RunOutcome, RunRequest } from '../src/runs/events.ts';
import { writeReview } from '../src/runs/review-write.ts';
import { startRun } from '../src/runs/run.ts';
import { runDeps } from '../src/wiring/deps.ts';
import { comptoir, type Sale, salesFile, temporaryFolder } from './command-kit.ts';
import { storeOf } from './kill-child.ts';

/** S-149 The list of customers beside the entries, over whole runs that deliver real files. */

const folders: string[] = [];
const ends: (() => Promise<void>)[] = [];
after(async () => {
  for (const end of ends) await end();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

const DAY_MS = 86_400_000;

async function books(ledger: object = {}, advanced: object = {}) {
  const home = await temporaryFolder('customers');
  folders.push(home);
  const store = await storeOf(home);
  ends.push(store.close);
  let clockMs = Date.UTC(2026, 10, 24, 8, 0, 0);
  const deps = runDeps(store, home, () => (clockMs += 1000));
  const profile = DEMOS[0]?.profile();
  const thirdParty = { mode: 'onePerCustomer', prefix: 'CLI', length: 6 };
  const document = {
    ...profile,
    ledger: { ...profile?.ledger, type: 'csv', customersFile: 'CLIENTS', ...ledger },
    customers: { ...profile?.customers, thirdParty },
    advanced: { ...profile?.advanced, ...advanced },
  };
  const at = '2026-11-01T08:00:00Z';
  await store.profiles.add({ id: 'lavande', document: JSON.stringify(document), demo: false, at });
  const path = join(home, 'shop.jsonl');
  const folder = join(home, 'files', 'lavande');
  const signal = new AbortController().signal;
  return {
    home,
    store,
    deps,
    folder,
    run: async (sales: readonly Sale[], changes: Partial<RunRequest> = {}, how: RunDeps = deps) => {
      await salesFile(path, sales);
      const request: RunRequest = {
        profile: 'lavande',
        kind: 'sales',
        source: { type: 'file', path },
        period: { type: 'all' },
        includeTransferred: false,
        mode: 'write',
        startedBy: 'cli',
        format: null,
        folder: null,
        ...changes,
      };
      return end(startRun(how, request, signal));
    },
    write: (id: string) => end(writeReview(deps, id, signal)),
    /** Codes and names in each list of customers, by file. */
    lists: async () => {
      const names = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith('CLIENTS')).sort();
      return Promise.all(names.map(async (name) => [name, ...rowsOf(await readFile(join(folder, name), 'utf8'))]));
    },
    wait: (days: number) => {
      clockMs += days * DAY_MS;
    },
  };
}

function rowsOf(text: string): readonly string[] {
  const rows = text.trim().split('\r\n').slice(1);
  return rows.map((row) => [row.split(';')[0], row.split(';')[3]].join(' '));
}

async function end(events: AsyncGenerator<RunEvent, RunOutcome>): Promise<RunOutcome> {
  for (;;) {
    const next = await events.next();
    if (next.done) return next.value;
  }
}

const by = (id: number, name: string, changes: Partial<Sale> = {}): Sale => {
  return { id, customer: { id: name, firstName: name, lastName: 'Été' }, ...changes };
};

test('S-096 S-149 each customer of the delivery stands once in its list, whatever he bought; a second import lists nobody', async () => {
  const { run, lists, folder } = await books();
  const ran = await run([by(1, 'anne'), by(2, 'zoé'), by(3, 'anne')]);
  assert.deepEqual(await lists(), [['CLIENTS.csv', 'CLI001 anne Été', 'CLI002 zoé Été']]);
  assert.deepEqual(
    ran.files.map(({ path, lines }) => [path, lines]),
    [
      [join(folder, 'VENTES.csv'), 15],
      [join(folder, 'CLIENTS.csv'), 2],
    ],
  );
  assert.deepEqual((await run([by(1, 'anne'), by(2, 'zoé'), by(3, 'anne')])).files, []);
  await run([by(4, 'anne'), by(5, 'max')]);
  assert.deepEqual(
    (await lists()).map(([, ...rows]) => rows),
    [
      ['CLI001 anne Été', 'CLI003 max Été'],
      ['CLI001 anne Été', 'CLI002 zoé Été'],
    ],
  );
});

/** [format, names of its files, how the list of two customers starts, what it ends with] */
const beside = [
  ['ebp-v5', ['VENTES.txt', 'COMPTES.TXT'], 'CLI001,anne Été,anne Été,', /^CLI002,zoé Été,/m],
  ['quadratus-ascii', ['VENTES.txt', 'CLIENTS.txt'], 'CCLI001  anne Été', /^CCLI002 {2}zoé Été/m],
  ['cegid-tra-std', ['VENTES.tra', 'CLIENTS.tra'], '***S5CLIJRLSTD', /^\*{3}CAECLI002 {11}zoé Été/m],
  [
    'sage-100-flat',
    ['VENTES.txt', 'CLIENTS.txt'],
    '#FLG 000\r\n#VER 31\r\n#DEV EUR\r\n#MPCT\r\nCLI001\r\n',
    /#FIN\r\n$/,
  ],
] as const;
for (const [type, names, start, end] of beside) {
  test(`S-149 ${type}: its own records of customers, in a file of their own beside the entries`, async () => {
    const { run, folder } = await books({ type, customersFile: names[1] });
    const ran = await run([by(1, 'anne'), by(2, 'zoé'), by(3, 'anne')]);
    assert.deepEqual(
      [ran.run.state, ran.files.map(({ path, lines }) => [path, lines])],
      ['written', names.map((name, index) => [join(folder, name), index === 0 ? 15 : 2])],
    );
    const list = await readFile(join(folder, names[1]), 'latin1');
    assert.ok(list.startsWith(start), list.slice(0, 80));
    assert.match(list, end);
  });
}

test('a review lists the customers of the entries that are ticked, and keeps nobody’s name afterwards', async () => {
  const { run, write, lists, store } = await books();
  const { run: review } = await run([by(1, 'anne'), by(2, 'zoé')], { mode: 'review' });
  await store.review.tick(review.id, [1, 2], false);
  await write(review.id);
  assert.deepEqual(await lists(), [['CLIENTS.csv', 'CLI002 zoé Été']]);
  const number = (await store.parts.history('lavande', 'sale/2'))[0]?.number ?? 0;
  const lot = await store.written.lot(review.id, number);
  assert.ok(lot !== null);
  const { unpackEntries } = await import('../src/runs/written.ts');
  const kept = unpackEntries(lot);
  assert.equal(kept[0]?.lines[0]?.thirdParty, 'CLI002');
  assert.doesNotMatch(
    JSON.stringify(kept, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
    /zoé/,
  );
});

test('only customers with a code of their own are listed: none, no list', async () => {
  const { run, lists, store } = await books();
  const row = await store.profiles.get('lavande');
  const profile = JSON.parse(row?.document ?? '');
  const document = JSON.stringify({ ...profile, customers: DEMOS[0]?.profile().customers });
  await store.profiles.save('lavande', { document, revision: row?.revision ?? 0, at: '2026-11-02T08:00:00Z' });
  const ran = await run([by(1, 'anne'), by(2, 'zoé', { customer: { id: '9', account: '411ZOE', lastName: 'Zoé' } })]);
  assert.equal(ran.files.length, 2);
  assert.deepEqual(await lists(), [['CLIENTS.csv', '411ZOE Zoé']]);
  assert.equal((await run([by(3, 'anne')])).files.length, 1);
});

test('a format without a list, asked for this run, writes its entries alone', async () => {
  const { run, lists } = await books();
  const ran = await run([by(1, 'anne')], { format: 'fec' });
  assert.deepEqual([ran.run.state, ran.files.length, await lists()], ['written', 1, []]);
});

test('a list is not continued: with append each delivery has its own; with replace the old one is kept beside', async () => {
  const one = await books({ policy: 'append' });
  await one.run([by(1, 'anne')]);
  await one.run([by(2, 'zoé')]);
  assert.deepEqual(
    (await one.lists()).map(([, ...rows]) => rows.join()),
    ['CLI002 zoé Été', 'CLI001 anne Été'],
  );
  assert.equal((await readdir(one.folder)).filter((name) => name.startsWith('VENTES')).length, 1);
  const two = await books({ policy: 'replaceAfterBackup' });
  await two.run([by(1, 'anne')]);
  await two.run([by(2, 'zoé')]);
  const [now, before] = await two.lists();
  assert.deepEqual(now, ['CLIENTS.csv', 'CLI002 zoé Été']);
  assert.match(before?.[0] ?? '', /^CLIENTS\.csv\.[\d-]+\.bak$/);
});

test('grouped by day, each customer keeps his own line and stands once in the list', async () => {
  const { run, lists, folder } = await books({}, { grouping: 'day' });
  await run([by(1, 'anne'), by(2, 'zoé'), by(3, 'anne')]);
  assert.deepEqual(await lists(), [['CLIENTS.csv', 'CLI001 anne Été', 'CLI002 zoé Été']]);
  const rows = (await readFile(join(folder, 'VENTES.csv'), 'utf8')).split('\r\n').map((row) => row.split(';'));
  const ofCustomers = rows.filter(([journal, , , , , , customer]) => journal === 'VTE' && customer !== '');
  assert.deepEqual(
    ofCustomers.map((cells) => [cells[6], cells[10]]),
    [
      ['CLI001', '24,00'],
      ['CLI002', '12,00'],
    ],
  );
  assert.ok((await readdir(folder)).includes('VENTES-annexe.csv'));
});

for (const policy of ['newName', 'replaceAfterBackup']) {
  test(`entries that cannot be put in place take their list back, and nothing is marked (${policy})`, async () => {
    const { run, deps, lists, folder, home, store } = await books({ policy });
    if (policy !== 'newName') await run([by(1, 'anne')]);
    const before = await lists();
    // Another program takes the name of the entries' file between the two moves.
    const taken: RunDeps = {
      ...deps,
      place: async (sealed) => {
        await mkdir(folder, { recursive: true });
        if (sealed.targetPath.endsWith('VENTES.csv')) await writeFile(sealed.targetPath, 'somebody else');
        return place(sealed);
      },
    };
    const failed = await run([by(2, 'zoé')], {}, taken);
    assert.deepEqual(
      [failed.run.state, failed.files, failed.troubles.map(({ code }) => code)],
      ['failed', [], ['delivery.changed-meanwhile']],
    );
    assert.deepEqual(await lists(), before);
    assert.equal((await store.parts.of('lavande', ['sale/2'])).get('sale/2')?.[0]?.state, 'new');
    const left = [...(await readdir(folder)), ...(await readdir(join(home, 'customers', 'lavande')))];
    assert.deepEqual(
      left.filter((name) => name.startsWith('.') || name.startsWith(failed.run.id)),
      [],
    );
    await rm(join(folder, 'VENTES.csv'));
    assert.equal((await run([by(2, 'zoé')])).run.state, 'written');
    assert.match((await lists()).flat().join(), /CLI00\d zoé Été/);
  });
}

test('R-30 the copy of a list is given again until it is old, then purged; that of the entries stays', async () => {
  const { run, wait, home, store } = await books();
  const first = await run([by(1, 'anne')]);
  const out = join(home, 'again.csv');
  const args = ['run', 'download', first.run.id, '--customers', '--out', out];
  assert.equal((await comptoir(home, args)).code, 0);
  assert.deepEqual(rowsOf(await readFile(out, 'utf8')), ['CLI001 anne Été']);
  wait(29);
  await run([by(2, 'zoé')]);
  assert.equal((await readdir(join(home, 'customers', 'lavande'))).length, 2);
  wait(2);
  await run([by(3, 'max')]);
  const kept = await readdir(join(home, 'customers', 'lavande'));
  assert.ok(!kept.includes(`${first.run.id}.csv`) && kept.length === 2, kept.join());
  assert.equal((await readdir(join(home, 'delivered'))).length, 3);
  const codes = await store.customers.of('lavande', 'thirdParty', ['id:anne']);
  assert.equal(codes.get('id:anne'), 'CLI001', 'his code is kept for ever');
});
