import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { comptoir, HEADER, inFolder, saleJson } from './command-kit.ts';

/** `comptoir backup` and `restore`, in processes of their own. */

const CREATE = 'profile create lavande --shop woocommerce --url http://127.0.0.1:1 --template france'.split(' ');
const KEY = 'ck_CANARY_0123456789';
const PASSPHRASE = 'une phrase assez longue\n';

test('S-014 a backup restored in another folder knows what was transferred, and keeps what it replaces', () =>
  inFolder('backup', async (folder) => {
    const [one, other] = [join(folder, 'one'), join(folder, 'other')];
    await comptoir(one, [...CREATE, '--credential', `key=${KEY}`, '--credential', `secret=${KEY}`]);
    const sales = join(folder, 'sales.jsonl');
    await writeFile(sales, `${HEADER}\n${JSON.stringify(saleJson({ id: 1 }))}\n`);
    const imported = ['import', 'sales', '--profile', 'lavande', '--file', sales, '--yes'];
    const first = await comptoir(one, [...imported, '--json']);
    assert.equal(JSON.parse(first.out).counts.written, 1);
    const file = join(folder, 'all.zip');
    const made = await comptoir(one, ['backup', file], { input: PASSPHRASE });
    assert.equal(made.code, 0, made.err);
    assert.ok(!(await readFile(file)).includes(KEY));
    const wrong = await comptoir(other, ['restore', file, '--yes'], { input: 'une autre phrase\n' });
    assert.equal(wrong.code, 1);
    assert.match(wrong.err, /not the passphrase/);
    const done = await comptoir(other, ['restore', file, '--yes'], { input: PASSPHRASE });
    assert.equal(done.code, 0, done.err);
    assert.match(done.err, /1 profile, 2 parts transferred|1 profile, 1 part transferred/);
    const again = await comptoir(other, [...imported, '--json']);
    const { counts } = JSON.parse(again.out);
    assert.deepEqual([counts.read, counts.ready, counts.written], [1, 0, 0], 'nothing twice');
    assert.match((await comptoir(other, ['check', '--profile', 'lavande'])).out, /127\.0\.0\.1/);
    assert.equal((await comptoir(other, ['run', 'list'])).code, 0);
    const short = await comptoir(one, ['backup', file], { input: 'court\n' });
    assert.equal(short.code, 2);
    assert.match((await comptoir(one, ['restore', sales, '--yes'])).err, /not a whole backup/);
  }));
