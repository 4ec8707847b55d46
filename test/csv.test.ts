import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { comptoir, inFolder, jsonOf, ROOT } from './command-kit.ts';

/** A CSV of sales from the command line to the entries: looked at, answered, kept, read. */

const SALES = join(ROOT, 'src/files/csv/fixtures/french-excel.csv');
const PROFILE = ['--profile', 'demo-woocommerce'];

test('S-051 S-052 a CSV is looked at, its layout written, answered, kept, and next time read without a word', () =>
  inFolder('csv', async (folder) => {
    const run = (...words: string[]) => comptoir(folder, [...words, ...PROFILE]);
    const unsure = await run('import', 'sales', '--file', SALES, '--dry-run', '--json');
    assert.equal(unsure.code, 1);
    assert.match(jsonOf(unsure).problems[0].message, /which currency/);

    const layout = join(folder, 'layout.json');
    const looked = await run('layout', SALES, '--out', layout, '--keep');
    assert.equal(looked.code, 3);
    assert.match(looked.out, /N° commande.*Order number.*1042/);
    assert.match(looked.err, /which currency[\s\S]*what the VAT rate is/);

    const answered = { ...JSON.parse(await readFile(layout, 'utf8')), currency: 'EUR', vatRate: '20' };
    await writeFile(layout, JSON.stringify(answered));
    const given = await run('import', 'sales', '--file', SALES, '--layout', layout, '--dry-run', '--json');
    const { counts, totals } = jsonOf(given);
    assert.deepEqual([counts.read, counts.ready, counts.held], [2, 1, 1], 'the demo has no account for VAT of Belgium');
    assert.equal(totals.debit, '58.59');

    assert.equal((await run('layout', SALES, '--layout', layout, '--keep')).code, 0);
    const kept = await run('import', 'sales', '--file', SALES, '--dry-run', '--json');
    assert.deepEqual(jsonOf(kept).totals, totals);
    const notes = jsonOf(await run('import', 'credit-notes', '--file', SALES, '--dry-run', '--json'));
    assert.deepEqual(
      [notes.counts.read, notes.documents[0].key, notes.documents[0].gross],
      [1, 'creditNote/AV000012', '21.60'],
    );
  }));

test('file.csv-layout-wrong: a layout that cannot be is refused by the name of its field', () =>
  inFolder('csv', async (folder) => {
    const layout = join(folder, 'layout.json');
    await writeFile(layout, '{"format":"comptoir-csv-layout","version":1,"delimiter":"+"}');
    const { code, err } = await comptoir(folder, ['layout', SALES, '--layout', layout, ...PROFILE]);
    assert.equal(code, 1);
    assert.match(err, /delimiter/);
    const alone = await comptoir(folder, ['import', 'sales', '--layout', layout, '--dry-run', ...PROFILE]);
    assert.equal(alone.code, 2);
  }));

test('S-051 several files are given one after another: each document is read, a file that is missing holds itself', () =>
  inFolder('csv', async (folder) => {
    const ubl = join(ROOT, 'src/files/fixtures/invoice.ubl.xml');
    const csv = join(folder, 'v.csv');
    await writeFile(csv, 'commande;date;net;pays;devise\n9;2026-10-03;12,00;FR;EUR\n');
    const files = [ubl, join(folder, 'absent.xml'), csv].flatMap((file) => ['--file', file]);
    const { code, out } = await comptoir(folder, ['import', 'sales', ...files, '--dry-run', '--json', ...PROFILE]);
    assert.equal(code, 3);
    const { documents } = JSON.parse(out);
    assert.deepEqual(
      documents.map(({ key }: { key: string }) => key),
      ['sale/FA000701', 'file/absent.xml', 'sale/9'],
    );
    assert.match(documents[1].reasons[0].message, /absent\.xml.*does not exist/);
  }));
