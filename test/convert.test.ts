import assert from 'node:assert/strict';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { comptoir, inFolder, jsonOf } from './command-kit.ts';

/** `comptoir convert`, as people call it: a process of its own, files on the disk. */

const GOLDEN = fileURLToPath(new URL('../src/formats/golden/', import.meta.url));

test('a PNM file becomes a TRA file beside it, its losses told once, the totals at the end', () =>
  inFolder('convert', async (home) => {
    await copyFile(join(GOLDEN, 'sage-pnm/sales.pnm'), join(home, 'VENTES.pnm'));
    const options = { cwd: home, lang: 'en' } as const;
    const ended = await comptoir(home, ['convert', 'VENTES.pnm', '--from', 'sage-pnm', '--to', 'ebp-v5'], options);
    assert.equal(ended.code, 0, ended.err);
    assert.match(ended.out, /VENTES\.txt: 4 entries, 10 lines, 994\.12 on both sides\.\n$/);
    assert.equal(
      ended.err,
      'The format has one account column: the collective account of third parties is not in it (4 entries, the first in line 2).\n',
    );
    assert.equal((await readFile(join(home, 'VENTES.txt'), 'latin1')).split('\r\n')[0]?.split(',')[3], 'WEBFRANCE');
  }));

test('what the format cannot hold is told with line and reason: exit code 3, 1 when nothing is left', () =>
  inFolder('convert', async (home) => {
    const sales = await readFile(join(GOLDEN, 'csv/sales.csv'), 'utf8');
    await writeFile(join(home, 'all.csv'), sales);
    await writeFile(join(home, 'some.csv'), sales.replaceAll(/^BEU;/gm, 'BE;'));
    const line = (file: string) => ['convert', file, '--from', 'csv', '--to', 'ciel-ximport', '--json'];
    const some = await comptoir(home, line('some.csv'), { cwd: home, lang: 'en' });
    assert.equal(some.code, 3, some.err);
    const { path, entries, debit, credit, refusedCount, refused } = jsonOf(some);
    assert.deepEqual([path, entries, debit, credit, refusedCount], [join(home, 'some.txt'), 2, '497.06', '497.06', 2]);
    assert.deepEqual(
      [refused[0].line, refused[0].piece, refused[0].problems[0].code],
      [6, '#FA000001', 'format.too-long'],
    );
    const all = await comptoir(home, line('all.csv'), { cwd: home, lang: 'en' });
    assert.deepEqual([all.code, jsonOf(all).path, jsonOf(all).refusedCount], [1, null, 4]);
  }));

/** [words after the file, what is told] */
const wrong: [readonly string[], RegExp][] = [
  [['--from', 'csv'], /--to/],
  [['--from', 'csv', '--to', 'dream'], /dream/],
  [['--from', 'csv', '--to', 'ebp-v5', '--option', 'pieceLength'], /--option pieceLength/],
  [['--from', 'csv', '--to', 'ebp-v5', '--option', 'pieceLength=99'], /pieceLength/],
  [['--from', 'csv', '--to', 'ebp-v5', '--currency', 'euro'], /--currency/],
];
for (const [words, told] of wrong) {
  test(`bad usage ends with 2: ${words.join(' ')}`, () =>
    inFolder('convert', async (home) => {
      const ended = await comptoir(home, ['convert', 'a.csv', ...words], { cwd: home, lang: 'en' });
      assert.equal(ended.code, 2, ended.err);
      assert.match(ended.err, told);
    }));
}

test('an option of the format is obeyed: EBP pieces of 15 characters', () =>
  inFolder('convert', async (home) => {
    const sales = await readFile(join(GOLDEN, 'csv/sales.csv'), 'utf8');
    await writeFile(join(home, 'a.csv'), sales.replaceAll('#FA000001', 'FA2018-11-00001'));
    const words = [
      'convert',
      'a.csv',
      '--from',
      'csv',
      '--to',
      'ebp-v5',
      '--option',
      'pieceLength=15',
      '--out',
      'b.txt',
    ];
    assert.equal((await comptoir(home, words, { cwd: home, lang: 'en' })).code, 0);
    assert.ok((await readFile(join(home, 'b.txt'), 'latin1')).includes('"FA2018-11-00001"'));
  }));
