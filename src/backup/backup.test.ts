import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { Failure } from '../core/problem.ts';
import { AT, mark, run, transfer } from '../store/contract-samples.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { backup } from './backup.ts';
import { accept, forget, putInPlace, receive, received } from './restore.ts';

const SECRET = 'cs_CANARY-of-the-shop';
const PASSPHRASE = 'une phrase assez longue';
const [KEY, OTHER_KEY] = [Buffer.alloc(32, 7), Buffer.alloc(32, 9)];
const NOW = Date.UTC(2026, 10, 24, 8);

type Home = { readonly home: string; readonly store: Store; readonly now: () => number; readonly version: string };

async function onHomes(work: (one: Home, other: Home) => Promise<void>): Promise<void> {
  const homes = await Promise.all(
    [KEY, OTHER_KEY].map(async (key): Promise<Home> => {
      const home = await mkdtemp(join(tmpdir(), 'comptoir-backup-'));
      return { home, store: await openStore(join(home, 'comptoir.db'), key), now: () => NOW, version: '0.1.0' };
    }),
  );
  const [one, other] = homes;
  assert.ok(one && other);
  await one.store.profiles.add({ id: 'lavande', document: '{"name":"Lavande"}', demo: false, at: AT });
  await one.store.secrets.put('lavande', 'key', SECRET);
  await one.store.settings.setSecret('proxy-password', SECRET);
  await one.store.settings.set('default-profile', 'lavande');
  const copy = join(one.home, 'delivered', 'lavande', 'r1.pnm');
  await mkdir(join(one.home, 'delivered', 'lavande'), { recursive: true });
  await writeFile(copy, 'VTE 26/11/2018');
  await one.store.runs.add({ ...run('r1'), state: 'written', file: JSON.stringify({ copyPath: copy }) });
  await transfer(one.store, run('r1'), [mark('sale/1')]);
  await one.store.runs.change('r1', { state: 'written', file: JSON.stringify({ copyPath: copy }) });
  try {
    await work(one, other);
  } finally {
    for (const { store, home } of homes) {
      await store.close();
      await rm(home, { recursive: true, force: true });
    }
  }
}

async function bytesOf(one: Home, passphrase: string | null): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(backup(one, passphrase)));
}

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 5000) yield bytes.subarray(at, at + 5000);
}

const code = (wanted: string) => (error: unknown) => error instanceof Failure && error.code === wanted;

async function restored(other: Home, bytes: Uint8Array, passphrase: string | null): Promise<Store> {
  await receive(other, inPieces(bytes), openStore);
  await accept(other, passphrase, openStore);
  await other.store.close();
  assert.equal(await putInPlace(other.home, NOW), 'done');
  return openStore(join(other.home, 'comptoir.db'), OTHER_KEY);
}

test('S-014 a backup is restored on another machine: profiles, state, files, and the secrets by the passphrase', () =>
  onHomes(async (one, other) => {
    await other.store.profiles.add({ id: 'mine', document: '{}', demo: false, at: AT });
    const store = await restored(other, await bytesOf(one, PASSPHRASE), PASSPHRASE);
    assert.deepEqual(
      (await store.profiles.list()).map(({ id }) => id),
      ['lavande'],
    );
    assert.deepEqual(await store.secrets.all('lavande'), { key: SECRET });
    assert.equal(await store.settings.secret('proxy-password'), SECRET);
    assert.equal(
      (await store.parts.of('lavande', ['sale/1'])).get('sale/1')?.[0]?.state,
      'transferred',
      'nothing twice',
    );
    const { copyPath } = JSON.parse((await store.runs.get('r1'))?.file ?? '{}');
    assert.equal(copyPath, join(other.home, 'delivered', 'lavande', 'r1.pnm'), 'at home in its new folder');
    assert.equal(await readFile(copyPath, 'utf8'), 'VTE 26/11/2018');
    await store.close();
    const [before = ''] = (await readdir(other.home)).filter((name) => name.startsWith('before-restore-'));
    const kept = await openStore(join(other.home, before, 'comptoir.db'), OTHER_KEY);
    assert.deepEqual(
      (await kept.profiles.list()).map(({ id }) => id),
      ['mine'],
      'what was there is kept',
    );
    await kept.close();
  }));

test('without a passphrase the secrets stay closed elsewhere, and open where they were', () =>
  onHomes(async (one, other) => {
    const bytes = await bytesOf(one, null);
    const store = await restored(other, bytes, null);
    assert.deepEqual([await store.secrets.all('lavande'), await store.secrets.names('lavande')], [{}, ['key']]);
    await store.close();
    await receive(one, inPieces(bytes), openStore);
    await accept(one, null, openStore);
    await one.store.close();
    await putInPlace(one.home, NOW);
    const again = await openStore(join(one.home, 'comptoir.db'), KEY);
    assert.deepEqual(await again.secrets.all('lavande'), { key: SECRET });
    await again.close();
  }));

test('no secret, no key and no session stands readable in a backup', () =>
  onHomes(async (one) => {
    const session = { hash: 'HASH-OF-A-SESSION', user: null, createdAt: AT, seenAt: AT, address: '', agent: '' };
    await one.store.access.sessions.add(session);
    for (const passphrase of [null, PASSPHRASE]) {
      const files = unzipSync(await bytesOf(one, passphrase));
      assert.deepEqual(Object.keys(files), ['manifest.json', 'comptoir.db', 'delivered/lavande/r1.pnm']);
      const all = Buffer.concat(Object.values(files));
      for (const hidden of [SECRET, 'HASH-OF-A-SESSION', PASSPHRASE, KEY.toString('hex'), KEY.toString('base64')])
        assert.ok(!all.includes(hidden), hidden);
      assert.ok(!all.includes(KEY));
    }
  }));

test('a wrong passphrase, and a yes without a backup, change nothing', () =>
  onHomes(async (one, other) => {
    await assert.rejects(accept(other, null, openStore), code('backup.none'));
    await receive(other, inPieces(await bytesOf(one, PASSPHRASE)), openStore);
    await assert.rejects(accept(other, 'une autre phrase', openStore), code('backup.passphrase'));
    assert.equal((await received(other.home))?.transferred, 1);
    await forget(other.home);
    assert.equal(await received(other.home), null);
    assert.equal(await putInPlace(other.home, NOW), 'nothing');
  }));

test('what is damaged, longer, absent, elsewhere, of no backup or of a newer version is refused, and leaves nothing', () =>
  onHomes(async (one, other) => {
    const good = unzipSync(await bytesOf(one, null));
    const manifest = JSON.parse(Buffer.from(good['manifest.json'] ?? []).toString());
    const zip = (files: Record<string, Uint8Array>, changes: object = {}) => {
      const { 'manifest.json': _, ...rest } = { ...good, ...files };
      return zipSync({ 'manifest.json': strToU8(JSON.stringify({ ...manifest, ...changes })), ...rest });
    };
    const whole = await bytesOf(one, null);
    const facts = manifest.files[0];
    const outside = { ...facts, path: 'delivered/../../outside' };
    const cases: [string, Uint8Array, string][] = [
      ['text', strToU8('hello'), 'backup.unusable'],
      ['nothing', new Uint8Array(0), 'backup.unusable'],
      ['cut', whole.subarray(0, whole.length / 2), 'backup.unusable'],
      ['another zip', zipSync({ 'a.txt': strToU8('a') }), 'backup.unusable'],
      ['changed bytes', zip({ 'delivered/lavande/r1.pnm': strToU8('VTE 27/11/2018') }), 'backup.unusable'],
      ['a bomb', zip({ 'delivered/lavande/r1.pnm': new Uint8Array(20_000_000) }), 'backup.unusable'],
      ['one more file', zip({ 'delivered/more.txt': strToU8('a') }), 'backup.unusable'],
      ['a file that leads out', zip({ '../evil.txt': strToU8('a') }), 'backup.unusable'],
      ['a manifest that leads out', zip({}, { files: [...manifest.files, outside] }), 'backup.unusable'],
      ['the key file', zip({}, { files: [...manifest.files, { ...facts, path: 'secret.key' }] }), 'backup.unusable'],
      ['an absent file', zip({}, { files: [...manifest.files, { ...facts, path: 'hooks/a.ts' }] }), 'backup.unusable'],
      ['a newer backup', zip({}, { version: 2 }), 'backup.too-new'],
    ];
    for (const [what, bytes, wanted] of cases) {
      await assert.rejects(receive(other, inPieces(bytes), openStore), code(wanted), what);
      assert.equal(existsSync(join(other.home, 'restore')), false, what);
      assert.equal(existsSync(join(other.home, '..', 'evil.txt')), false, what);
    }
    assert.deepEqual(await other.store.profiles.list(), []);
  }));

test('a data file of a newer version is refused', () =>
  onHomes(async (one, other) => {
    const { DatabaseSync } = await import('node:sqlite');
    const direct = new DatabaseSync(join(one.home, 'comptoir.db'));
    direct.exec("insert into kysely_migration (name, timestamp) values ('9999-later', '2030')");
    direct.close();
    await assert.rejects(receive(other, inPieces(await bytesOf(one, null)), openStore), code('store.too-new'));
  }));

test('while another process has the folder open nothing is put in place; a step that was cut off is done again', () =>
  onHomes(async (one, other) => {
    await receive(other, inPieces(await bytesOf(one, null)), openStore);
    await accept(other, null, openStore);
    assert.equal(await putInPlace(other.home, NOW), 'in-use');
    await other.store.close();
    await rm(join(other.home, 'comptoir.db')); // as if it had died when the old one was moved away
    assert.equal(await putInPlace(other.home, NOW), 'done');
    const store = await openStore(join(other.home, 'comptoir.db'), OTHER_KEY);
    assert.equal((await store.profiles.list()).length, 1);
    assert.match((await store.settings.get('restored')) ?? '', /madeAt/);
    await store.close();
  }));

test('backup.busy and backup.too-large are told: a delivery that does not end, and more than a zip holds', () =>
  onHomes(async (one) => {
    await one.store.runs.change('r1', { state: 'delivering' });
    const { mock } = await import('node:test');
    const waits = mock.timers;
    waits.enable({ apis: ['setTimeout'] });
    const asked = assert.rejects(bytesOf(one, null), code('backup.busy'));
    for (let step = 0; step < 400; step += 1) {
      waits.tick(1000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await asked;
    waits.reset();
    await one.store.runs.change('r1', { state: 'written' });
    await assert.rejects(Array.fromAsync(backup(one, null, 1000)), code('backup.too-large'));
    assert.deepEqual(
      (await readdir(one.home)).filter((name) => name.startsWith('backup-')),
      [],
      'no copy is left',
    );
  }));
