import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type Bench, bench, lastOf, listen, order, waitFor } from '../../test/server-kit.ts';
import { template, withPaymentRows } from '../profiles/templates.ts';

const PROFILE = { ...withPaymentRows(template('france'), ['card']), entries: { matchingCodes: true } };
const FIRST = [
  order(1, 'sale FR; product 10.00 20% 2.00; paid card 12.00'),
  order(2, 'sale FR; product 20.00 20% 4.00'),
  order(3, 'sale FR; product 30.00 20% 6.00; paid card 16.00; paid card 20.00'),
];

async function opened(t: TestContext, entries: object = {}) {
  const documents = [...FIRST];
  const on = await bench(
    { documents, gate: null, failure: null },
    { profile: { ...PROFILE, entries: { ...PROFILE.entries, ...entries } } },
  );
  t.after(on.close);
  return { on, documents };
}

async function run(on: Bench, review: boolean): Promise<string> {
  const asked = { kind: 'sales', from: '2026-11-01', to: '2026-11-30', review };
  const { body } = await on.call('POST', '/api/profiles/lavande/runs', asked);
  assert.equal(lastOf(await listen(`${on.url}/api/runs/${body.id}/events`)).state, review ? 'review' : 'written');
  return body.id;
}

/** The customer's lines of each file, oldest first: `order amount code`. */
async function files({ home }: Bench): Promise<string[][]> {
  const folder = join(home, 'files', 'lavande');
  const names = (await readdir(folder)).sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.map((text) =>
    text
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((row) => row.split(';'))
      .filter(([, , , , , account]) => account === '411000')
      .map((cells) => [cells[16], cells[10] || `-${cells[11]}`, cells[18], cells[19]].filter(Boolean).join(' ')),
  );
}

test('D-29 codes go from run to run without coming twice; a payment that comes later has none, nor had its sale', async (t) => {
  const { on, documents } = await opened(t);
  await run(on, false);
  documents[1] = order(2, 'sale FR; product 20.00 20% 4.00; paid card 24.00');
  documents.push(order(4, 'sale FR; product 40.00 20% 8.00; paid card 48.00'));
  await run(on, false);
  const [first, second] = await files(on);
  assert.deepEqual(first?.toSorted(), [
    'sale/1 -12,00 AAA 26/11/2026',
    'sale/1 12,00 AAA 26/11/2026',
    'sale/2 24,00',
    'sale/3 -16,00 AAB 26/11/2026',
    'sale/3 -20,00 AAB 26/11/2026',
    'sale/3 36,00 AAB 26/11/2026',
  ]);
  assert.deepEqual(second?.toSorted(), [
    'sale/2 -24,00',
    'sale/4 -48,00 AAC 26/11/2026',
    'sale/4 48,00 AAC 26/11/2026',
  ]);
});

for (const review of [false, true]) {
  test(`D-29 asked for it, a sale left open has a code that its payment has in a later run, ${review ? 'reviewed' : 'at once'}`, async (t) => {
    const { on, documents } = await opened(t, { matchingOpen: true });
    const write = async () => {
      const id = await run(on, review);
      if (!review) return;
      await on.call('POST', `/api/reviews/${id}/write`, {});
      await waitFor(async () => ((await on.call('GET', `/api/runs/${id}`)).body.state === 'written' ? true : null));
    };
    await write();
    documents[1] = order(2, 'sale FR; product 20.00 20% 4.00; paid card 10.00');
    await write();
    documents[1] = order(2, 'sale FR; product 20.00 20% 4.00; paid card 10.00; paid card 14.00');
    documents.push(order(4, 'sale FR; product 40.00 20% 8.00; paid card 48.00'));
    await write();
    const [first, second, third] = await files(on);
    assert.deepEqual(
      first?.filter((row) => row.startsWith('sale/2')),
      ['sale/2 24,00 AAB 26/11/2026'],
    );
    assert.deepEqual(second, ['sale/2 -10,00 AAB 26/11/2026']);
    assert.deepEqual(third?.toSorted(), [
      'sale/2 -14,00 AAB 26/11/2026',
      'sale/4 -48,00 AAD 26/11/2026',
      'sale/4 48,00 AAD 26/11/2026',
    ]);
  });
}

test('D-29 what is unticked in the list is no part of a match', async (t) => {
  const { on } = await opened(t);
  const review = await run(on, true);
  // 1 and 2 are order 1 and its payment, 4 order 3, 5 and 6 its payments.
  await on.call('POST', `/api/reviews/${review}/ticks`, { ticked: false, numbers: [5] });
  await on.call('POST', `/api/reviews/${review}/write`, {});
  await waitFor(async () => ((await on.call('GET', `/api/runs/${review}`)).body.state === 'written' ? true : null));
  const [only] = await files(on);
  assert.deepEqual(only?.toSorted(), [
    'sale/1 -12,00 AAA 26/11/2026',
    'sale/1 12,00 AAA 26/11/2026',
    'sale/2 24,00',
    'sale/3 -20,00',
    'sale/3 36,00',
  ]);
});

test('D-29 a run that failed used no codes', async (t) => {
  const { on } = await opened(t);
  const { store } = on.deps;
  await run(on, false);
  const [written] = await store.runs.list('lavande', 1);
  assert.equal(await store.runs.matchingCodes('lavande'), 2);
  await store.runs.change(written?.id ?? '', { state: 'failed' });
  assert.equal(await store.runs.matchingCodes('lavande'), 0);
});

test('D-29 a run too long to stand in memory gives each order a code of its own', async (t) => {
  const many = Array.from({ length: 2300 }, (_, place) =>
    order(place + 1, 'sale FR; product 10.00 20% 2.00; paid card 12.00'),
  );
  const on = await bench({ documents: many, gate: null, failure: null }, { profile: PROFILE });
  t.after(on.close);
  await run(on, false);
  const [lines = []] = await files(on);
  assert.equal(lines.length, 2 * many.length);
  const codes = new Map<string, Set<string>>();
  for (const line of lines) {
    const [document = '', , code = ''] = line.split(' ');
    codes.set(document, (codes.get(document) ?? new Set()).add(code));
  }
  assert.ok([...codes.values()].every((of) => of.size === 1));
  assert.equal(new Set([...codes.values()].flatMap((of) => [...of])).size, many.length);
});
