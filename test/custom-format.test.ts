import assert from 'node:assert/strict';
import { copyFile, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { comptoir, inFolder, jsonOf, ROOT } from './command-kit.ts';

/** S-145 A format its user describes, through the commands: shown, checked, tried, chosen by a profile, converted to. */

const CABINET = join(ROOT, 'docs', 'samples', 'cabinet-riviere.json');
const PERIOD = ['--from', '2026-08-01', '--to', '2026-11-30'];

test('S-145 a built-in format is shown as a definition, which is checked, tried, and writes the same file', () =>
  inFolder('formats', async (home) => {
    const shown = await comptoir(home, ['formats', 'show', 'ebp-v5', '--json', '--option', 'charset=cp850']);
    assert.equal(shown.code, 0, shown.err);
    assert.equal(JSON.parse(shown.out).charset, 'cp850');
    await writeFile(join(home, 'own.json'), shown.out);
    const checked = await comptoir(home, ['formats', 'check', 'own.json'], { cwd: home });
    assert.equal(checked.code, 0, checked.err);
    assert.match(checked.out, /complete: date, account, amount, journal/);
    assert.match(checked.out, /does not carry: .*reference/);
    await copyFile(join(ROOT, 'src/formats/golden/csv/sales.csv'), join(home, 'V.csv'));
    const to = (format: string, out: string) =>
      comptoir(home, ['convert', 'V.csv', '--from', 'csv', '--to', format, '--out', out], { cwd: home });
    assert.equal((await to('own.json', 'own.txt')).code, 0);
    assert.equal((await to('ebp-v5', 'built-in.txt')).code, 0);
    assert.equal(await readFile(join(home, 'own.txt'), 'latin1'), await readFile(join(home, 'built-in.txt'), 'latin1'));
  }));

test('S-145 a format with rules of its own is no starting point, and says which', () =>
  inFolder('formats', async (home) => {
    const shown = await comptoir(home, ['formats', 'show', 'quadratus-ascii', '--json']);
    assert.equal(shown.code, 1);
    assert.match(shown.err, /code journal/);
  }));

test('S-145 a definition is tried on sample entries, under a ruler of positions', () =>
  inFolder('formats', async (home) => {
    const { code, out, err } = await comptoir(home, ['formats', 'preview', CABINET]);
    assert.equal(code, 0, err);
    assert.match(out, /\n {5}····\+····\|/);
    assert.match(out, /\n {3}\d VTE2611184110000 WEBFRANCE #FA000001 #FA000001 - 1 {9}D00000004836001\n/);
    assert.match(out, /Read back: \d+ lines, debit = credit = /);
  }));

test('S-145 what is wrong with a definition is told with its place, value and cure', () =>
  inFolder('formats', async (home) => {
    const definition = JSON.parse(await readFile(CABINET, 'utf8'));
    definition.records.line.columns[1].width = 4;
    await writeFile(join(home, 'bad.json'), JSON.stringify(definition));
    const checked = await comptoir(home, ['formats', 'check', 'bad.json'], { cwd: home });
    assert.equal(checked.code, 1);
    assert.match(checked.err, /records\.line\.columns\[1\]\.width: “JJMMAA” is longer than the 4 characters/);
    await writeFile(join(home, 'worse.json'), JSON.stringify({ ...definition, charset: 'ebcdic' }));
    const worse = await comptoir(home, ['formats', 'check', 'worse.json'], { cwd: home });
    assert.match(worse.err, /charset: “ebcdic” is not one of the choices.*cp850/);
  }));

test('S-145 chosen by a profile: imports write it, with texts of each document; its own entries are its preview', () =>
  inFolder('formats', async (home) => {
    const definition = JSON.parse(await readFile(CABINET, 'utf8'));
    definition.records.line.columns.push({
      name: 'Client',
      is: 'pattern',
      text: '%ON %CL',
      width: 20,
      accents: 'none',
    });
    await writeFile(join(home, 'cabinet.json'), JSON.stringify(definition));
    const set = ['profile', 'set', 'demo-woocommerce', 'ledger.type=custom', 'ledger.definition=@cabinet.json'];
    const saved = await comptoir(home, set, { cwd: home });
    assert.equal(saved.code, 0, saved.err);
    const ran = await comptoir(home, [
      'import',
      'sales',
      '--profile',
      'demo-woocommerce',
      ...PERIOD,
      '--yes',
      '--json',
    ]);
    const { files } = jsonOf(ran);
    assert.deepEqual([ran.code === 0 || ran.code === 3, files[0].format], [true, 'custom']);
    const lines = (await readFile(files[0].path, 'latin1')).split('\r\n').slice(0, -1);
    assert.ok(lines.length > 4 && lines.every((line) => line.length === 94));
    assert.ok(
      lines.every((line) => /^\d+ [A-Za-z]/.test(line.slice(74))) &&
        lines.some((line) => line.includes('0139 Lefevre')),
    );
    const shown = await comptoir(home, ['formats', 'preview', 'cabinet.json', '--profile', 'demo-woocommerce'], {
      cwd: home,
    });
    assert.equal(shown.code, 0, shown.err);
    assert.match(shown.out, /entries of the last import/);
    assert.ok(shown.out.includes(lines.find((line) => line.startsWith('VTE')) ?? 'no sale'));
    const back = [
      'convert',
      files[0].path,
      '--from',
      'custom',
      '--to',
      'csv',
      '--profile',
      'demo-woocommerce',
      '--out',
      join(home, 'back.csv'),
    ];
    const converted = await comptoir(home, back);
    assert.equal(converted.code, 0, converted.err);
  }));

test('S-145 a code that does not fit is refused when the profile is saved', () =>
  inFolder('formats', async (home) => {
    const definition = JSON.parse(await readFile(CABINET, 'utf8'));
    definition.records.line.columns[0].width = 2;
    const set = [
      'profile',
      'set',
      'demo-woocommerce',
      'ledger.type=custom',
      `ledger.definition=${JSON.stringify(definition)}`,
    ];
    const saved = await comptoir(home, set);
    assert.equal(saved.code, 1);
    assert.match(saved.err, /mappings\.journals\.default\.sales: “VTE” does not fit the files of custom, which take 2/);
    definition.records.line.columns[0] = { name: 'J', is: 'journal', width: 3, when: { kinds: ['sale'] } };
    const wrong = await comptoir(home, [...set.slice(0, 4), `ledger.definition=${JSON.stringify(definition)}`]);
    assert.match(
      wrong.err,
      /ledger\.definition\.records\.line\.columns\[0\]\.when: “journal” must stand on every line/,
    );
  }));

test('S-145 the example of docs/custom-format.md does what it says', () =>
  inFolder('formats', async (folder) => {
    const home = join(folder, 'home');
    await symlink(join(ROOT, 'docs'), join(folder, 'docs'));
    const page = await readFile(join(ROOT, 'docs', 'custom-format.md'), 'utf8');
    const blocks = [...page.matchAll(/```\n([\s\S]*?)```/g)].map(([, block = '']) => block);
    const commands = blocks
      .flatMap((block) => [...block.matchAll(/^bin\/comptoir (.*)$/gm)])
      .map(([, words = '']) => words);
    assert.equal(commands.length, 5);
    const shown = await comptoir(home, (commands[1] ?? '').split(' '), { cwd: folder });
    const lines = blocks.find((block) => block.includes('····+'))?.split('\n') ?? [];
    assert.ok(lines.length > 4);
    for (const line of lines) assert.ok(shown.out.includes(line), line);
    for (const command of commands) {
      if (command.startsWith('convert')) {
        const [{ file }] = JSON.parse((await comptoir(home, ['run', 'list', '--json'])).out);
        await copyFile(file, join(folder, 'VENTES.txt'));
      }
      const ended = await comptoir(home, command.split(' '), { cwd: folder });
      assert.equal(ended.code, 0, `${command}: ${ended.err}`);
    }
  }));
