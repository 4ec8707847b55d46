import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { zipSync } from 'fflate';
import { Failure } from '../core/problem.ts';
import { openSalesFile } from './open.ts';

/** Several files at once: an archive, or files named one after another. */

const folder = await mkdtemp(join(tmpdir(), 'zip-'));
after(() => rm(folder, { recursive: true }));
const { signal } = new AbortController();
const fixture = (name: string) => readFile(new URL(`fixtures/${name}`, import.meta.url));
const UBL = await fixture('invoice.ubl.xml');
const CII = await fixture('invoice.cii.xml');
const CSV = Buffer.from('commande;date;net;devise\n9;2026-10-03;12,00;EUR\n');

async function read(path: string, more: readonly string[] = [], kind: 'sale' | 'creditNote' = 'sale') {
  const found: string[] = [];
  const { lots, documents } = await openSalesFile(path, signal, { kind, name: 'LOT' }, more);
  for await (const { items, broken } of lots) {
    assert.equal(broken, null);
    for (const item of items) {
      const values = item.state === 'unreadable' ? item.problems[0]?.values : null;
      found.push(item.state === 'read' ? item.document.key : `held ${values?.file ?? item.key}: ${values?.reason}`);
    }
  }
  assert.equal(documents(), found.length);
  return found;
}

async function zipped(name: string, files: Record<string, Uint8Array>, level: 0 | 6 = 6): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, zipSync(files, { level }));
  return path;
}

test('S-051 an archive of invoices and files: each is read, one that cannot be holds itself by its name', async () => {
  for (const level of [0, 6] as const) {
    const path = await zipped(
      `all-${level}.zip`,
      { 'a/ubl.xml': UBL, 'note.txt': Buffer.from('bonjour'), '__MACOSX/._x': CSV, 'cii.xml': CII, 'v.csv': CSV },
      level,
    );
    assert.deepEqual(await read(path), ['sale/FA000701', 'held note.txt: not-json', 'sale/FA000701', 'sale/9']);
  }
});

test('file.part-unreadable: a broken file, an archive in it, one too large; paths that lead out lead nowhere', async () => {
  const before = await readdir(folder);
  const cut = CII.subarray(0, CII.length - 40);
  const inner = zipSync({ 'x.xml': UBL });
  const path = await zipped('bad.zip', {
    '../../out.xml': UBL,
    'cut.xml': cut,
    'inner.zip': inner,
    'huge.xml': new Uint8Array(33 * 1024 * 1024),
    'last.csv': CSV,
  });
  const found = await read(path);
  assert.deepEqual(found.slice(0, 1), ['sale/FA000701']);
  assert.match(found[1] ?? '', /^held cut\.xml: not-well-formed/);
  assert.deepEqual(found.slice(2), ['held inner.zip: zip-in-zip', 'held huge.xml: too-large: 33554432', 'sale/9']);
  assert.deepEqual(
    (await readdir(folder)).filter((name) => !before.includes(name)),
    ['bad.zip'],
  );
});

test('an archive that is cut off, full of files, or made to unfold without end, is read as far as it may be', async () => {
  const whole = await readFile(await zipped('whole.zip', { 'a.xml': UBL, 'b.xml': CII }, 0));
  const cut = join(folder, 'cut.zip');
  await writeFile(cut, whole.subarray(0, UBL.length + 200));
  assert.deepEqual(await read(cut), ['sale/FA000701', 'held LOT: zip-broken']);
  const many = await zipped('many.zip', {
    'a.csv': CSV,
    ...Object.fromEntries(Array.from({ length: 10_001 }, (_, at) => [`${at}.txt`, new Uint8Array()])),
  });
  assert.match((await read(many)).at(-1) ?? '', /^held LOT: zip-entries: 10000/);
  const bomb = await zipped('bomb.zip', {
    'a.csv': CSV,
    ...Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`${at}.csv`, new Uint8Array(30 * 1024 * 1024)])),
  });
  assert.match((await read(bomb)).at(-1) ?? '', /^held LOT: zip-ratio/);
});

test('a spreadsheet is told from an archive, and an empty archive holds nothing', async () => {
  for (const [files, reason] of [
    [{ '[Content_Types].xml': CSV }, 'spreadsheet'],
    [{}, 'zip-empty'],
  ] as const) {
    const path = await zipped('other.zip', files);
    await assert.rejects(read(path), (error) => error instanceof Failure && error.values.reason === reason);
  }
});

test('S-051 S-052 files named one after another are read one after another; one that is missing holds itself', async () => {
  const paths = [join(folder, 'one.xml'), join(folder, 'absent.xml'), join(folder, 'two.csv')];
  await writeFile(paths[0] ?? '', UBL);
  await writeFile(paths[2] ?? '', CSV);
  const [first = '', ...more] = paths;
  assert.deepEqual(await read(first, more), ['sale/FA000701', 'held absent.xml: ENOENT', 'sale/9']);
});
