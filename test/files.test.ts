import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { comptoir, inFolder, jsonOf, ROOT } from './command-kit.ts';

/** Files of sales from the command line to the entries. */

const PROFILE = 'demo-woocommerce';
const golden = (name: string) => join(ROOT, 'src', 'schema', 'golden', `sale-and-credit-note-1042.${name}`);

/** What `--json` says of a run, without what is the run's own. */
async function preview(home: string, kind: 'sales' | 'credit-notes', file: string) {
  const ended = await comptoir(home, ['import', kind, '--profile', PROFILE, '--file', file, '--dry-run', '--json']);
  const { counts, documents, entries, totals, problems } = jsonOf(ended);
  return { code: ended.code, counts, documents, entries, totals, problems };
}

test('S-051 S-052 XML, JSON and their packed forms give the same entries, sales and credit notes apart', () =>
  inFolder('files', async (folder) => {
    const packed = join(folder, 'ventes.xml.gz');
    await writeFile(packed, gzipSync(await readFile(golden('xml'))));
    for (const [kind, debit] of [
      ['sales', '117.18'],
      ['credit-notes', '41.60'],
    ] as const) {
      const xml = await preview(folder, kind, golden('xml'));
      assert.deepEqual([xml.code, xml.counts.ready, xml.totals.debit], [0, 1, debit], JSON.stringify(xml));
      for (const file of [golden('json'), packed]) assert.deepEqual(await preview(folder, kind, file), xml);
    }
  }));

test('file.broken: what stands before the break is imported, the rest is held, and the command says so', () =>
  inFolder('files', async (folder) => {
    const broken = join(folder, 'ventes.xml');
    await writeFile(broken, (await readFile(golden('xml'), 'utf8')).slice(0, -300));
    const { code, counts, documents } = await preview(folder, 'sales', broken);
    assert.deepEqual([code, counts.ready, counts.held], [3, 1, 1]);
    assert.equal(documents[1].reasons[0].code, 'file.broken');
    assert.match(documents[1].reasons[0].message, /line \d+, column \d+/);
    const notes = await preview(folder, 'credit-notes', broken);
    assert.deepEqual([notes.code, notes.counts.ready, notes.counts.held], [3, 0, 1]);
  }));

const EXPORTS = {
  'demo-woocommerce': { 'a.jsonl': [], 'b.xml.gz': [] },
  'demo-prestashop': { 'a.json': [], 'ventes.txt.gz': ['--as', 'xml'] },
  'demo-prestashop-1.6': { 'a.xml': [], 'b.jsonl.gz': [] },
} as const;
for (const [profile, files] of Object.entries(EXPORTS)) {
  test(`what was read from ${profile} and exported gives the same entries again, held documents included`, () =>
    inFolder('export', async (folder) => {
      const days = ['--from', '2026-01-01', '--to', '2026-12-31'];
      const run = (...words: string[]) => comptoir(folder, [...words, '--profile', profile, '--json']);
      for (const [name, as] of Object.entries(files)) {
        const path = join(folder, name);
        const written = jsonOf(await run('export', ...days, '--format', 'comptoir-sales', ...as, '--out', path));
        assert.ok(written.sales > 10 && written.creditNotes > 0, JSON.stringify(written));
        assert.equal((await stat(path)).mode & 0o777, 0o600);
        for (const kind of ['sales', 'credit-notes']) {
          const { entries, totals, documents } = jsonOf(await run('import', kind, ...days, '--dry-run'));
          const again = jsonOf(await run('import', kind, ...days, '--dry-run', '--file', path));
          const readable = documents.filter(
            ({ reasons }: { reasons: { code: string }[] }) => !reasons.some(({ code }) => code === 'record.unreadable'),
          );
          assert.deepEqual(again.documents, readable);
          assert.deepEqual([again.entries, again.totals], [entries, totals]);
        }
      }
      const [there = ''] = Object.keys(files);
      const twice = await comptoir(folder, ['export', ...days, '--profile', profile, '--out', join(folder, there)]);
      assert.equal(twice.code, 1);
      assert.ok(twice.err.includes(there));
    }));
}

test('an electronic invoice becomes a sale with its own VAT; its payment waits until its means is mapped', () =>
  inFolder('invoice', async (folder) => {
    const { code, documents, entries } = await preview(
      folder,
      'sales',
      join(ROOT, 'src/files/fixtures/invoice.cii.xml'),
    );
    assert.equal(code, 0);
    assert.deepEqual([documents.length, documents[0].key, documents[0].gross], [1, 'sale/FA000701', '58.60']);
    const vat = entries[0].lines.filter(({ role }: { role: string }) => role === 'vat');
    assert.deepEqual(
      vat.map(({ taxRate, credit }: { taxRate: string; credit: string }) => [taxRate, credit]),
      [
        ['20.00', '8.18'],
        ['5.50', '0.50'],
      ],
    );
    assert.ok(documents[0].reasons.some(({ message }: { message: string }) => message.includes('Carte bancaire')));
  }));
