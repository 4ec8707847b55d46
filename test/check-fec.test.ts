import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { comptoir, inFolder, jsonOf } from './command-kit.ts';

const NAME = '732829320FEC20261231.txt';

test('R-21 the FEC of a demo shop passes the check of FEC; damaged, each fault is told with its place and cure', () =>
  inFolder('check-fec', async (folder) => {
    const home = join(folder, 'home');
    const run = (words: string, lang: 'fr' | 'en' = 'en') => comptoir(home, words.split(' '), { cwd: folder, lang });
    const set = 'ledger.siren=732829320 ledger.closingDate=2026-12-31';
    assert.equal((await run(`profile set demo-woocommerce ${set}`)).code, 0);
    const period = '--from 2026-08-01 --to 2026-11-30';
    const written = await run(`import sales --profile demo-woocommerce ${period} --format fec --out . --yes`);
    assert.ok(written.out.includes(NAME), written.out + written.err);

    const good = await run(`check-fec ${NAME}`);
    assert.equal(good.code, 0, good.out + good.err);
    assert.match(good.out, /732829320FEC20261231\.txt: good\. \d+ entries, \d+ lines/);
    const { errors, findings, entries, lines, debit, credit } = jsonOf(await run(`check-fec ${NAME} --json`));
    assert.deepEqual([errors, debit], [0, credit]);
    assert.ok(entries > 50 && lines > 2 * entries);
    assert.deepEqual(
      findings.filter(({ code }: { code: string }) => code !== 'order'),
      [],
      'what is pointed out',
    );
    assert.equal(
      (await run(`check-fec ${NAME} --import`)).out.split('\n').length,
      2,
      'an import has an order of its own',
    );

    const rows = (await readFile(join(folder, NAME), 'utf8')).split('\r\n');
    rows[3] = (rows[3] ?? '').split('\t').with(3, '20260230').join('\t');
    rows[4] = (rows[4] ?? '').replace(',', '.');
    for (let line = 10; line < 30; line += 1) rows[line] = (rows[line] ?? '').split('\t').with(8, '').join('\t');
    await writeFile(join(folder, 'damaged.txt'), rows.join('\r\n'));
    const bad = await run('check-fec damaged.txt', 'fr');
    assert.equal(bad.code, 1, bad.out + bad.err);
    const said = bad.out.replace(/[\u00a0\u202f]/g, ' ');
    assert.match(said, /REFUSÉ ligne 4, champ 4 EcritureDate, « 20260230 » : Cette date n’existe pas .* Corrigez-la/u);
    assert.match(
      said,
      /REFUSÉ ligne 5, champ 1[23] (Debit|Credit), « \d+\.\d\d » : Le montant est écrit avec un point/u,
    );
    assert.match(said, /REFUSÉ fichier, « damaged\.txt » : Le nom du fichier/u);
    assert.match(said, /… et 10 autres : empty\./);
    const json = jsonOf(await run('check-fec damaged.txt --json'));
    const { path, findings: all } = json;
    assert.equal(path, join(folder, 'damaged.txt'));
    assert.equal(all.filter(({ code }: { code: string }) => code === 'empty').length, 20);
    const [date] = all.filter(({ code }: { code: string }) => code === 'date-unknown');
    assert.deepEqual(
      { ...date, message: '', cure: '' },
      {
        level: 'error',
        code: 'date-unknown',
        line: 4,
        place: 4,
        column: 'EcritureDate',
        value: '20260230',
        message: '',
        cure: '',
      },
    );

    assert.equal((await run('check-fec absent.txt')).code, 1);
    assert.equal((await run('check-fec')).code, 2);
  }));
