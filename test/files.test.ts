import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
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
