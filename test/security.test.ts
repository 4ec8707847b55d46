import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { comptoir, filesIn, HEADER, inFolder, saleJson } from './command-kit.ts';

/** What may not get out of a data folder, and what a hostile shop may not do through the command line. */

const KEY = 'ck_0123456789SECRET';
const PERSON = { firstName: 'Ninon', lastName: 'Fontvieille', email: 'ninon@fontvieille.example' };
const CREATE = ['profile', 'create', 'lavande', '--shop', 'woocommerce', '--url', 'http://127.0.0.1:1'];
const NEW_PROFILE = [...CREATE, '--credential', `key=${KEY}`, '--credential', `secret=${KEY}`, '--template', 'france'];

test('a data folder that was open to others keeps its files to its owner', async () => {
  await inFolder('modes', async (home) => {
    await chmod(home, 0o755);
    await comptoir(home, NEW_PROFILE);
    const file = await sales(home, saleJson({ id: 1 }));
    assert.equal((await comptoir(home, ['import', 'sales', '--profile', 'lavande', '--file', file, '--yes'])).code, 0);
    for (const [name, mode] of [
      ['comptoir.db', 0o600],
      ['secret.key', 0o600],
      ['delivered', 0o700],
      ['files', 0o700],
    ] as const) {
      assert.equal((await stat(join(home, name))).mode & 0o777, mode, name);
    }
  });
});

test('neither a key nor a customer stands in anything that is told, kept of a run, exported or written', async () => {
  await inFolder('told', async (home) => {
    const told = [await comptoir(home, NEW_PROFILE)];
    const good = { ...saleJson({ id: 1 }), customer: { id: '1', ...PERSON } };
    const held = { ...saleJson({ id: 2, gross: '99.00' }), customer: { id: '2', ...PERSON } };
    const unreadable = { ...saleJson({ id: 3 }), customer: { id: '3', ...PERSON, phone: PERSON.email } };
    const file = await sales(home, good, held, unreadable);
    told.push(await comptoir(home, ['import', 'sales', '--profile', 'lavande', '--file', file, '--yes', '--json']));
    told.push(
      await comptoir(home, [
        'import',
        'sales',
        '--profile',
        'lavande',
        '--from',
        '2026-09-01',
        '--to',
        '2026-09-02',
        '--yes',
      ]),
    );
    told.push(await comptoir(home, ['profile', 'export', 'lavande']));
    await writeFile(file, ''); // the shop's own file is not ours
    const texts = told.flatMap(({ out, err }) => [out, err]);
    for (const name of await filesIn(home)) texts.push(await readFile(join(home, name), 'latin1'));
    for (const secret of [KEY, ...Object.values(PERSON)])
      assert.ok(!texts.some((text) => text.includes(secret)), `${secret} was told`);
    const log = new DatabaseSync(join(home, 'comptoir.db')).prepare('select count(*) as kept from run_event').get();
    assert.ok(Number(log?.kept) > 5, 'there was a log to look through');
  });
});

test('a text of a shop does not command the terminal', async () => {
  await inFolder('terminal', async (home) => {
    await comptoir(home, NEW_PROFILE);
    const number = '\u001b[2J\u001b]0;mine\u0007\u009b1m\u202e7\nWritten: 1 000 000';
    const order = { id: '7', number, date: '2026-09-01' };
    const file = await sales(
      home,
      { ...saleJson({ id: 7 }), order },
      { ...saleJson({ id: 8, gross: '99.00' }), order },
    );
    for (const last of ['--yes', '--dry-run', '--json']) {
      const args = ['import', 'sales', '--profile', 'lavande', '--file', file, '--include-transferred', '--yes'];
      const { out, err } = await comptoir(home, last === '--json' ? [...args, last] : [...args.slice(0, -1), last]);
      assert.doesNotMatch(out + err, /[^\P{Cc}\n\t]|\u202e/u, last);
      assert.doesNotMatch(out + err, /^Written: 1 000 000/m, last);
      assert.match(out, /\\u001b\[2J/, last);
    }
  });
});

test('a run goes on to its end when the programme that reads its output has left', async () => {
  await inFolder('reader', async (home) => {
    await comptoir(home, NEW_PROFILE);
    const many = Array.from({ length: 300 }, (_, at) => saleJson({ id: at + 1 }));
    const args = ['import', 'sales', '--profile', 'lavande', '--file', await sales(home, ...many), '--json', '--yes'];
    const { err } = await comptoir(home, args, { through: ['sh', '-c', '"$@" | head -c 1', 'sh'] });
    assert.doesNotMatch(err, /EPIPE/);
    assert.match((await comptoir(home, ['run', 'list'])).out, /written .* 300 /);
  });
});

test('a key file that is damaged, and one that is not the right one, are told with the cure', async () => {
  await inFolder('key', async (home) => {
    await comptoir(home, NEW_PROFILE);
    const key = join(home, 'secret.key');
    await writeFile(key, `${'a'.repeat(64)}\n`);
    const other = await comptoir(home, ['check', '--profile', 'lavande']);
    assert.equal(other.code, 1);
    assert.match(other.out, /secrets\.key.*encrypted with another key/);
    await writeFile(key, '');
    const empty = await comptoir(home, ['profile', 'list']);
    assert.deepEqual([empty.code, empty.err.includes(key)], [2, true]);
    assert.match(empty.err, /64 hexadecimal digits.*delete it and give the keys again/);
  });
});

async function sales(home: string, ...documents: readonly object[]): Promise<string> {
  const folder = join(home, 'from-the-shop');
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'sales.jsonl');
  await writeFile(path, [HEADER, ...documents.map((one) => JSON.stringify(one))].map((line) => `${line}\n`).join(''));
  return path;
}
