import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { sagePnm } from '../src/formats/sage-pnm.ts';
import { DEMOS } from '../src/profiles/demo.ts';
import type { RunDeps } from '../src/runs/deps.ts';
import type { RunEvent, RunOutcome, RunRequest } from '../src/runs/events.ts';
import { recover } from '../src/runs/recover.ts';
import { resetTransfers } from '../src/runs/reset.ts';
import { closeReview, rebuildReview } from '../src/runs/review.ts';
import { writeReview } from '../src/runs/review-write.ts';
import { startRun } from '../src/runs/run.ts';
import { type Sale, salesFile, temporaryFolder } from './command-kit.ts';
import { depsOf, storeOf } from './kill-child.ts';

/** Codes of customers over whole runs: a real store in a folder, a file of sales as the shop, real files delivered. */

const folders: string[] = [];
const ends: (() => Promise<void>)[] = [];
after(async () => {
  for (const end of ends) await end();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

const EACH = {
  account: { mode: 'onePerCustomer', prefix: '411W', length: 6 },
  thirdParty: { mode: 'onePerCustomer', prefix: 'CLIWE', length: 8 },
};

type Ran = RunOutcome & { readonly codes: readonly string[]; readonly reasons: readonly string[] };

async function books(customers: object = EACH) {
  const home = await temporaryFolder('codes');
  folders.push(home);
  const store = await storeOf(home);
  ends.push(store.close);
  let clockMs = Date.UTC(2026, 10, 24, 8, 0, 0);
  const deps: RunDeps = { ...depsOf(store, home), now: () => (clockMs += 1000) };
  const profile = { ...DEMOS[0]?.profile(), customers };
  const at = '2026-11-01T08:00:00Z';
  await store.profiles.add({ id: 'lavande', document: JSON.stringify(profile), demo: false, at });
  const path = join(home, 'shop.jsonl');
  const folder = join(home, 'files', 'lavande');

  async function run(sales: readonly Sale[], changes: Partial<RunRequest> = {}): Promise<Ran> {
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
    return gather(startRun(deps, request, new AbortController().signal));
  }
  return {
    store,
    deps,
    run,
    change: async (next: object) => {
      const row = await store.profiles.get('lavande');
      const document = JSON.stringify({ ...profile, ...next });
      assert.ok(await store.profiles.save('lavande', { document, revision: row?.revision ?? 0, at }));
    },
    write: (id: string) => gather(writeReview(deps, id, new AbortController().signal)),
    /** What the list of a review shows. */
    listed: async (id: string) => {
      const { numbers } = await store.review.find(id, FILTER);
      const rows = await store.review.entries(id, numbers);
      return codesOf(rows.map(({ entry }) => JSON.parse(entry)));
    },
    /** What the accounting software was given. */
    given: async () => {
      const found: string[] = [];
      for (const name of await readdir(folder).catch(() => [])) {
        for (const line of (
          await Array.fromAsync(sagePnm.read(createReadStream(join(folder, name)) as AsyncIterable<Buffer>))
        ).flat()) {
          if (line.type === 'line' && line.thirdParty !== null)
            found.push(`${line.piece} ${line.account} ${line.thirdParty}`);
        }
      }
      return [...new Set(found)].sort();
    },
  };
}

const FILTER = { ticked: null, text: '', conditions: [], sort: { column: 'number', descending: false } } as const;

async function gather(events: AsyncGenerator<RunEvent, RunOutcome>): Promise<Ran> {
  const codes: string[] = [];
  const reasons: string[] = [];
  for (;;) {
    const next = await events.next();
    if (next.done) return { ...next.value, codes, reasons };
    if (next.value.type !== 'document') continue;
    codes.push(...codesOf(next.value.entries));
    reasons.push(...next.value.document.reasons.map(({ code }) => `${next.value.type} ${code}`.slice(9)));
  }
}

type Coded = { piece: string; lines: readonly { role: string; account: string; thirdParty: string | null }[] };

function codesOf(entries: readonly Coded[]): readonly string[] {
  const codes = entries.flatMap(({ piece, lines }) =>
    lines.flatMap((line) => (line.role === 'customer' ? `${piece} ${line.account} ${line.thirdParty}` : [])),
  );
  return [...new Set(codes)];
}

const by = (id: number, customer: object, changes: Partial<Sale> = {}): Sale => ({ id, customer, ...changes });
const anne = { id: '7', email: 'anne@example.test' };
const guest = (email: string) => ({ guest: true, email });

const FOUR: readonly Sale[] = [
  by(1, anne),
  by(2, guest('Zoe@Example.test')),
  by(3, anne),
  by(4, guest(' zoe@example.TEST')),
];
const CODES = [
  'FA000001 411W01 CLIWE001',
  'FA000002 411W02 CLIWE002',
  'FA000003 411W01 CLIWE001',
  'FA000004 411W02 CLIWE002',
];

test('S-099 S-154 S-155 S-157 S-161 S-162 a customer has one code in all his orders, in the list and in the file', async () => {
  const { run, given } = await books();
  const ran = await run(FOUR);
  assert.deepEqual(ran.codes, CODES);
  assert.deepEqual(await given(), CODES);
});

test('a dry run shows the codes it would give and gives none away', async () => {
  const { run, store, given } = await books();
  const first = await run([by(1, { id: '1' }), by(2, { id: '2' })], { mode: 'preview' });
  assert.deepEqual(first.codes, ['FA000001 411W01 CLIWE001', 'FA000002 411W02 CLIWE002']);
  assert.equal((await store.customers.of('lavande', 'account', ['id:1', 'id:2'])).size, 0);
  const second = await run([by(2, { id: '2' })], { mode: 'preview' });
  assert.deepEqual(second.codes, ['FA000002 411W01 CLIWE001'], 'two previews may show the same number');
  await run([by(2, { id: '2' }), by(1, { id: '1' })]);
  assert.deepEqual(await given(), ['FA000001 411W02 CLIWE002', 'FA000002 411W01 CLIWE001']);
});

test('a code that was written is kept for ever: another period, a reset, a wider scheme', async () => {
  const { run, deps, change } = await books();
  await run(FOUR);
  assert.deepEqual((await run([by(5, { id: '9' }), by(6, anne)])).codes, [
    'FA000005 411W03 CLIWE003',
    'FA000006 411W01 CLIWE001',
  ]);
  assert.ok((await resetTransfers(deps, 'lavande', null, 'test')) > 0);
  assert.deepEqual((await run(FOUR.toReversed())).codes, CODES.toReversed());
  await change({
    customers: { ...EACH, account: { mode: 'onePerCustomer', prefix: '411X', length: 7 } },
  });
  assert.deepEqual((await run([by(7, anne), by(8, { id: '10' })])).codes, [
    'FA000007 411W01 CLIWE001',
    'FA000008 411X001 CLIWE004',
  ]);
});

test('a review keeps its codes: as listed, as rebuilt, as written, whatever is written meanwhile', async () => {
  const { run, listed, write, given, deps, change } = await books();
  const held = by(3, { id: '3' }, { paid: [{ id: '1', amount: '12.00', method: 'unknown' }], country: null });
  const review = await run([by(1, { id: '1' }), held, by(2, { id: '2' })], { mode: 'review' });
  const two = ['FA000001 411W01 CLIWE001', 'FA000002 411W02 CLIWE002'];
  assert.deepEqual(await listed(review.run.id), two, 'what is held uses up no number');
  const other = await run([by(4, { id: '4' }), by(5, { id: '2' })]);
  assert.deepEqual(other.codes, ['FA000004 411W03 CLIWE003', 'FA000005 411W02 CLIWE002']);
  const profile = DEMOS[0]?.profile();
  await change({ customers: EACH, reading: { ...profile?.reading, defaultCountry: 'FR' } });
  await rebuildReview(deps, review.run.id);
  const three = [two[0], 'FA000003 411W04 CLIWE004', two[1]].sort();
  assert.deepEqual([...(await listed(review.run.id))].sort(), three);
  await write(review.run.id);
  assert.deepEqual(await given(), [...three, ...other.codes].sort());
});

test('a review that is closed without writing gives its codes back, once no other needs them', async () => {
  const { run, store, deps } = await books();
  const one = await run([by(1, { id: '1' })], { mode: 'review' });
  const two = await run([by(1, { id: '1' }), by(2, { id: '2' })], { mode: 'review' });
  assert.deepEqual(two.codes, ['FA000001 411W01 CLIWE001', 'FA000002 411W02 CLIWE002']);
  await closeReview(deps, one.run.id);
  assert.equal((await store.customers.of('lavande', 'account', ['id:1'])).get('id:1'), '411W01');
  await closeReview(deps, two.run.id);
  assert.equal((await store.customers.of('lavande', 'account', ['id:1', 'id:2'])).size, 0);
});

test('an entry that is unticked keeps no code', async () => {
  const { run, store, write } = await books();
  const { run: review } = await run([by(1, { id: '1' }), by(2, { id: '2' })], { mode: 'review' });
  await store.review.tick(review.id, [1, 2], false);
  await write(review.id);
  assert.deepEqual([...(await store.customers.of('lavande', 'account', ['id:1', 'id:2']))], [['id:2', '411W02']]);
});

test('a run that was killed gives its reservations back at the next start', async () => {
  const { store, deps } = await books();
  const request = { profile: 'lavande', kind: 'account', scheme: { prefix: '411W', length: 6 } } as const;
  await store.customers.give({ ...request, taken: new Set(), customers: ['id:1'], at: '2026-11-24T08:00:00Z' });
  const row = { profile: 'lavande', kind: 'sales', from: null, to: null, request: REQUEST, endedAt: null } as const;
  const sums = {
    counts: '{}',
    debitMinor: 0n,
    creditMinor: 0n,
    currency: 'EUR',
    decimals: 2,
    troubles: '[]',
    file: null,
    control: null,
  };
  await store.runs.add({ ...row, ...sums, id: 'dead', state: 'reading', startedAt: '2026-11-24T08:00:00Z' });
  await recover(deps);
  assert.equal((await store.customers.of('lavande', 'account', ['id:1'])).size, 0);
});

const REQUEST = JSON.stringify({
  profile: 'lavande',
  kind: 'sales',
  source: { type: 'shop' },
  period: { type: 'all' },
  includeTransferred: false,
  mode: 'write',
  startedBy: 'cli',
  format: null,
  folder: null,
});

test('when the numbers run out the last customers wait, the others are written', async () => {
  const { run, given } = await books({
    account: { mode: 'same', code: '411000' },
    thirdParty: { mode: 'onePerCustomer', prefix: 'CL', length: 3 },
  });
  const ran = await run(Array.from({ length: 11 }, (_, at) => by(at + 1, { id: String(at) })));
  assert.deepEqual(
    [ran.counts.written, ran.counts.held, ran.reasons],
    [9, 2, Array(2).fill('customer.numbers-used-up')],
  );
  assert.equal((await given()).at(-1), 'FA000009 411000 CL9');
});

test('codes that the chart or a mapping has are passed over', async () => {
  const { run, change } = await books();
  await change({
    customers: EACH,
    chart: { accounts: { '411W01': 'Magasin' }, thirdParties: { CLIWE002: 'Salon' } },
    reading: { guestAccount: '411W02' },
  });
  const ran = await run([by(1, { id: '1' }), by(2, { id: '2' })]);
  assert.deepEqual(ran.codes, ['FA000001 411W03 CLIWE001', 'FA000002 411W04 CLIWE003']);
});
