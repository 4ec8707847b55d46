import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { comptoir, inFolder, jsonOf, salesFile } from './command-kit.ts';

test('SPEC-7.5 entries grouped by day through the command line: one entry for all, and the annex again', async () => {
  await inFolder('annex', async (home) => {
    const ask = ['--profile', 'demo-woocommerce'];
    assert.equal((await comptoir(home, ['profile', 'show', 'demo-woocommerce'])).code, 0);
    assert.equal((await comptoir(home, ['profile', 'set', 'demo-woocommerce', 'advanced.grouping=day'])).code, 0);
    const file = await salesFile(join(home, 'sales.jsonl'), [{ id: 1 }, { id: 2 }, { id: 3 }]);
    const out = ['--format', 'csv', '--out', home];
    const { counts, entries, files, run } = jsonOf(
      await comptoir(home, ['import', 'sales', ...ask, '--file', file, ...out, '--yes', '--json']),
    );
    assert.deepEqual([counts.written, entries.length, files[0].lines], [3, 6, 5]);
    const beside = await readFile(join(home, 'VENTES-annexe.csv'));
    const { code, err } = await comptoir(home, [
      'run',
      'download',
      run.id,
      '--annex',
      '--out',
      join(home, 'again.csv'),
    ]);
    assert.equal(code, 0, err);
    assert.deepEqual(await readFile(join(home, 'again.csv')), beside);
    for (const piece of ['FA000001', 'FA000002', 'FA000003']) assert.ok(beside.includes(piece));
  });
});
