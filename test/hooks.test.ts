import assert from 'node:assert/strict';
import { mkdir, readFile, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { SalesDocument } from '../src/core/document.ts';
import { sketch, toldEntry } from '../src/core/testing/sketch.ts';
import { template } from '../src/profiles/templates.ts';
import { rebuildReview } from '../src/runs/review.ts';
import { comptoir, inFolder } from './command-kit.ts';
import { type Ran, runBench } from './run-kit.ts';

/** §7.6 A profile's own script over whole runs, its examples, and the commands that know it. */

const closing: (() => Promise<void>)[] = [];
after(async () => {
  for (const close of closing) await close();
});

async function withScript(script: string, profile: object = {}) {
  const bench = await runBench({ advanced: { hook: 'script.ts', timeZone: 'Europe/Paris' }, ...profile });
  closing.push(bench.close);
  const folder = join(bench.home, 'hooks');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'script.ts'), script);
  return { ...bench, folder, rewrite: (text: string) => writeFile(join(folder, 'script.ts'), text) };
}

const SALE = 'sale FR; product 10 20% 2; paid card 12';

function sale(id: number, text = SALE, changes: Partial<SalesDocument> = {}): SalesDocument {
  const order = { id: String(id), number: String(id), date: '2018-11-26' as SalesDocument['order']['date'] };
  return sketch(text, { key: `sale/${id}`, order, ...changes });
}

/** State and reasons of each document, then the entries. */
function told({ documents, entries }: Ran): unknown {
  return [
    documents.map(({ state, reasons }) => [state, ...reasons.map(({ code }) => code)].join(' ')),
    entries.map((entry) => `${entry.journal} ${toldEntry(entry)}`),
  ];
}

const OTHER_JOURNAL = `export const hook = (document, entries) => entries.map((entry) => ({ ...entry, journal: 'ZZZ' }));`;

test('§7.6 S-107 entries go to the file as the script answers them', async () => {
  const { shop, run } = await withScript(OTHER_JOURNAL);
  shop.documents = [sale(1)];
  const ran = await run({ mode: 'write' });
  assert.deepEqual(told(ran), [
    ['written'],
    ['ZZZ 411000 12.00 | 707100 -10.00 | 445711 -2.00', 'ZZZ 411000 -12.00 | 512000 12.00'],
  ]);
  const [file] = ran.files;
  assert.match(await readFile(file?.path ?? '', 'latin1'), /^ZZZ/m);
});

test('a document the script fails on waits, the others are written; the script mended, it is released in the review', async () => {
  const { shop, run, deps, rewrite } = await withScript(
    "export const hook = (d, entries) => { if (d.order.id === '2') throw new Error('two'); return entries; };",
  );
  shop.documents = [sale(1), sale(2), sale(3)];
  const review = await run({ mode: 'review' });
  assert.deepEqual(
    review.documents.map(({ state, reasons }) => [state, ...reasons.map(({ code }) => code)].join(' ')),
    ['ready', 'held hook.threw', 'ready'],
  );
  await rewrite(OTHER_JOURNAL);
  assert.equal((await rebuildReview(deps, review.run.id)).released, 1);
});

test('what a script leaves out is told, not written, and offered again; nothing is written twice', async () => {
  const { shop, run, rewrite } = await withScript('export const hook = (d, entries) => entries.slice(0, 1);');
  shop.documents = [sale(1)];
  const first = await run({ mode: 'write' });
  assert.deepEqual(told(first), [['written hook.left-out'], ['VTE 411000 12.00 | 707100 -10.00 | 445711 -2.00']]);
  assert.deepEqual(told(await run({ mode: 'write' })), [['already hook.left-out'], []]);
  await rewrite('export const hook = (d, entries) => entries;');
  assert.deepEqual(told(await run({ mode: 'write' })), [['written'], ['BNQ 411000 -12.00 | 512000 12.00']]);
  await rewrite('export const hook = () => [];');
  shop.documents = [sale(2)];
  assert.deepEqual(told(await run({ mode: 'write' })), [['excluded hook.left-out hook.left-out'], []]);
});

test('D-14 a document that changed is corrected by what the script makes of it, and what it made before is cancelled', async () => {
  const { shop, run } = await withScript(
    "export const hook = (d, entries) => { entries[0].lines[1].account = '707999'; return entries; };",
  );
  shop.documents = [sale(1, 'sale FR; product 10 20% 2')];
  await run({ mode: 'write' });
  shop.documents = [sale(1, 'sale FR; product 20 20% 4')];
  const corrected = await run({ mode: 'write', corrections: 'write' });
  assert.deepEqual(corrected.entries.map(toldEntry), [
    '411000 -12.00 | 707999 10.00 | 445711 2.00',
    '411000 24.00 | 707999 -20.00 | 445711 -4.00',
  ]);
});

test('one code per customer is given for what the script lets through alone', async () => {
  const { shop, run, store } = await withScript("export const hook = (d, e) => (d.order.id === '1' ? [] : e);", {
    customers: { ...template('france').customers, account: { mode: 'onePerCustomer', prefix: '411W', length: 6 } },
  });
  const customer = { ...sale(1).customer };
  shop.documents = [
    sale(1, SALE, { customer: { ...customer, id: 'a' } }),
    sale(2, SALE, { customer: { ...customer, id: 'b' } }),
  ];
  const ran = await run({ mode: 'write' });
  assert.equal(ran.counts.written, 1);
  const codes = await store.customers.of('p', 'account', ['id:a', 'id:b']);
  assert.deepEqual([...codes.keys()], ['id:b'], 'the other’s is free again');
});

test('a run ends its script; one whose script is missing fails before it reads anything', async () => {
  const { shop, run, folder } = await withScript(OTHER_JOURNAL);
  shop.documents = [sale(1)];
  await run({ mode: 'preview' });
  await unlink(join(folder, 'script.ts'));
  const failed = await run({ mode: 'write' });
  assert.deepEqual(
    [failed.run.state, failed.troubles.map(({ code, values }) => [code, values.reason]), failed.counts.read],
    ['failed', [['hook.unusable', 'ENOENT']], 0],
  );
});

test('a script that is a link to elsewhere is not followed', async () => {
  const { shop, run, folder, home } = await withScript(OTHER_JOURNAL);
  await writeFile(join(home, 'elsewhere.ts'), OTHER_JOURNAL);
  await unlink(join(folder, 'script.ts'));
  await symlink(join(home, 'elsewhere.ts'), join(folder, 'script.ts'));
  shop.documents = [sale(1)];
  const failed = await run({ mode: 'write' });
  assert.deepEqual(
    failed.troubles.map(({ code, values }) => [code, values.reason]),
    [['hook.unusable', 'elsewhere']],
  );
});

test('the command checks the script as a run would load it; a profile that is imported brings none', () =>
  inFolder('hooks', async (home) => {
    const out = join(home, 'profile.json');
    await comptoir(home, [
      'profile',
      'create',
      'Lavande',
      '--shop',
      'woocommerce',
      '--url',
      'https://shop.example',
      '--credential',
      'key=ck',
      '--credential',
      'secret=cs',
      '--template',
      'france',
    ]);
    const set = await comptoir(home, ['profile', 'set', 'lavande', 'advanced.hook=/srv/hook.ts']);
    assert.equal(set.code, 1);
    assert.match(set.out + set.err, /is not the name of a script/);
    assert.equal((await comptoir(home, ['profile', 'set', 'lavande', 'advanced.hook=mine.ts'])).code, 0);
    const missing = await comptoir(home, ['profile', 'check', 'lavande']);
    assert.equal(missing.code, 1);
    assert.match(missing.out, /mine\.ts cannot be used: it does not exist/);
    await mkdir(join(home, 'hooks'));
    await writeFile(join(home, 'hooks', 'mine.ts'), '\nthrow new Error("no");\n');
    assert.match((await comptoir(home, ['profile', 'check', 'lavande'])).out, /mine\.ts cannot be used: mine\.ts:2 no/);
    await writeFile(join(home, 'hooks', 'mine.ts'), OTHER_JOURNAL);
    assert.equal((await comptoir(home, ['profile', 'check', 'lavande'])).code, 0);
    assert.equal((await comptoir(home, ['profile', 'export', 'lavande', '--out', out])).code, 0);
    const exported = JSON.parse(await readFile(out, 'utf8'));
    assert.equal(exported.advanced.hook, 'mine.ts');
    await writeFile(out, JSON.stringify({ ...exported, name: 'Evil', advanced: { hook: '../../tmp/evil.ts' } }));
    const imported = await comptoir(home, ['profile', 'import', out]);
    assert.equal(imported.code, 1);
    assert.match(imported.out + imported.err, /is not the name of a script/);
  }));

describe('the examples of docs/hooks.md', () => {
  const AUTHOR = new URL('../src/hooks/author/', import.meta.url);
  const example = async (name: string, documents: readonly SalesDocument[], profile: object = {}) => {
    const { shop, run } = await withScript(await readFile(new URL(`${name}.ts`, AUTHOR), 'utf8'), profile);
    shop.documents = documents;
    return run({ mode: 'preview' });
  };

  test('the page shows them as they are', async () => {
    const page = await readFile(new URL('../docs/hooks.md', import.meta.url), 'utf8');
    for (const name of ['section-by-channel', 'account-by-sku', 'payments-by-transaction'])
      assert.ok(page.includes(await readFile(new URL(`${name}.ts`, AUTHOR), 'utf8')), name);
  });

  test('section by channel', async () => {
    const text = 'sale FR; product 10 20% 2; shipping 5 20% 1';
    const web = sale(1, text, { channel: { id: 'pos', name: null } });
    const { entries } = await example('section-by-channel', [web, sale(2, text)]);
    assert.deepEqual(
      entries.map(({ lines }) => lines.map(({ role, section }) => `${role} ${section ?? '-'}`)),
      [
        ['customer -', 'sales MAGASIN', 'shipping MAGASIN', 'vat -'],
        ['customer -', 'sales -', 'shipping -', 'vat -'],
      ],
    );
  });

  test('account by SKU: the parts make the whole, to the cent', async () => {
    const text = 'sale FR; product 10.01 20% 2 sku=LIV-1; product 4.99 20% 1 sku=DVD-7; product 2 20% 0.40 sku=X';
    const all = 'sale FR; product 3 20% 0.60 sku=LIV-2';
    const { entries, documents } = await example('account-by-sku', [sale(1, text), sale(2, all)]);
    assert.deepEqual(
      documents.map(({ state }) => state),
      ['ready', 'ready'],
    );
    assert.deepEqual(entries.map(toldEntry), [
      '411000 20.40 | 707100 -2.00 | 445711 -3.40 | 707110 -10.01 | 707120 -4.99',
      '411000 3.60 | 445711 -0.60 | 707110 -3.00',
    ]);
  });

  test('payments by transaction, those of the carrier left out', async () => {
    const paid = sale(1);
    const payments = paid.payments.map((payment) => ({ ...payment, transactionId: 'ch_123' }));
    const byHand = { ...sale(2).payments[0], method: { id: 'cod', name: null } } as SalesDocument['payments'][number];
    const france = template('france');
    const { entries, documents } = await example(
      'payments-by-transaction',
      [sale(1, SALE, { payments }), sale(2, SALE, { payments: [byHand] })],
      {
        mappings: {
          ...france.mappings,
          payments: {
            default: { create: true, journal: 'BNQ', bank: '512000' },
            exceptions: [{ item: 'card' }, { item: 'cod' }],
          },
        },
      },
    );
    assert.deepEqual(
      entries.map(({ kind, order, reference }) => `${kind} ${order} ${reference}`),
      ['sale 1 WEB1', 'payment 1 ch_123', 'sale 2 WEB2'],
    );
    assert.deepEqual(
      documents[1]?.reasons.map(({ code }) => code),
      ['hook.left-out'],
    );
  });
});
