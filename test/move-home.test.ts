import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { Failure } from '../src/core/problem.ts';
import { run } from '../src/store/contract-samples.ts';
import { openHome } from '../src/wiring/home.ts';
import {
  checkTarget,
  leftBehind,
  moveHome,
  POINTER,
  pointedFrom,
  refuseMoved,
  removeLeftBehind,
} from '../src/wiring/move-home.ts';
import { inFolder, ROOT } from './command-kit.ts';
import { bench, call, waitFor } from './server-kit.ts';

/** The data folder goes elsewhere: whole, or not at all. */

const failed = (code: string, reason?: string) => (error: unknown) => {
  assert.ok(error instanceof Failure, String(error));
  assert.deepEqual([error.code, error.values.reason], [code, reason]);
  return true;
};

async function onHome(
  work: (on: { folder: string; home: string; platform: string; now: () => number }) => Promise<void>,
) {
  await inFolder('move', async (folder) => {
    const [home, platform] = [join(folder, 'old'), join(folder, 'platform')];
    const store = await openHome(home, {});
    await store.profiles.add({
      ...{ id: 'lavande', demo: false, at: '2026-11-24T08:00:00Z' },
      document: JSON.stringify({ name: 'Lavande', ledger: { folder: join(home, 'files', 'x') } }),
    });
    await store.secrets.put('lavande', 'key', 'ck_CANARY');
    await store.close();
    await mkdir(join(home, 'delivered', 'lavande'), { recursive: true });
    await writeFile(join(home, 'delivered', 'lavande', 'r1.pnm'), 'VTE');
    await work({ folder, home, platform, now: () => Date.UTC(2026, 10, 24) });
  });
}

const openCopy = (home: string) => openHome(home, {});

test('S-015 S-245 all is copied and read again, the pointer switches, the old folder opens no more and can be deleted', () =>
  onHome(async ({ folder, home, platform, now }) => {
    const target = join(folder, 'new', 'place');
    await moveHome({ home, platform, now }, target, openCopy);
    assert.equal(pointedFrom(platform)?.home, target);
    assert.equal(await readFile(join(target, 'delivered', 'lavande', 'r1.pnm'), 'utf8'), 'VTE');
    assert.equal((await stat(join(target, 'secret.key'))).mode & 0o777, 0o600);
    await refuseMoved(target, platform);
    const store = await openHome(target, {});
    assert.equal((await store.secrets.all('lavande')).key, 'ck_CANARY');
    const { ledger } = JSON.parse((await store.profiles.get('lavande'))?.document ?? '{}');
    assert.equal(ledger.folder, join(target, 'files', 'x'), 'what lay in the old folder is looked for in the new one');
    await store.close();
    await assert.rejects(refuseMoved(home, platform), failed('home.moved'));
    assert.ok(((await leftBehind(platform))?.bytes ?? 0) > 1000);
    await removeLeftBehind(platform, join(folder, 'another'));
    assert.ok(existsSync(join(home, 'comptoir.db')), 'only for the folder it went to');
    await removeLeftBehind(platform, target);
    assert.deepEqual(await readdir(home), []);
    assert.equal(await leftBehind(platform), null);
    await rm(target, { recursive: true });
    await assert.rejects(refuseMoved(target, platform), failed('home.missing'), 'an unplugged disk is no new folder');
  }));

test('S-015 the data go back to the platform’s own folder, which the pointer stays in', () =>
  onHome(async ({ home, platform, now }) => {
    await moveHome({ home, platform, now }, platform, openCopy);
    assert.ok(existsSync(join(platform, 'comptoir.db')));
    const back = join(platform, '..', 'third');
    await moveHome({ home: platform, platform, now }, back, openCopy);
    await removeLeftBehind(platform, back);
    assert.deepEqual(await readdir(platform), [POINTER]);
    await moveHome({ home: back, platform, now }, platform, openCopy);
    await refuseMoved(platform, platform);
  }));

test('S-015 a folder that cannot take the data is refused by name and reason, and nothing changes', () =>
  onHome(async ({ folder, home, platform, now }) => {
    const full = join(folder, 'full');
    await mkdir(full);
    await writeFile(join(full, 'notes.txt'), 'mine');
    const cases: [string, string][] = [
      ['relative', 'not-absolute'],
      [home, 'within'],
      [join(home, 'inside'), 'within'],
      [folder, 'within'],
      [full, 'not-empty'],
      [join(full, 'notes.txt'), 'EEXIST'],
      [join(full, 'notes.txt', 'x'), 'ENOTDIR'],
    ];
    for (const [target, reason] of cases)
      await assert.rejects(checkTarget(home, target), failed('home.target', reason), target);
    const open = await openHome(home, {});
    await open.settings.set('x', 'y');
    const target = join(folder, 'new');
    await assert.rejects(moveHome({ home, platform, now }, target, openCopy), failed('home.in-use'));
    await open.close();
    const broken = () => Promise.reject(new Failure('store.too-new', { path: target }));
    await assert.rejects(moveHome({ home, platform, now }, target, broken), failed('store.too-new'));
    assert.deepEqual(await readdir(target), [], 'a copy that cannot be opened is taken away');
    assert.equal(pointedFrom(platform), null);
    await refuseMoved(home, platform);
    assert.equal(await readFile(join(full, 'notes.txt'), 'utf8'), 'mine');
  }));

test('S-015 killed on its way: the copy is taken away and the old folder goes on; killed after the switch: the new one', () =>
  onHome(async ({ folder, home, platform }) => {
    const target = join(folder, 'new');
    const dead = JSON.stringify({ pid: 2 ** 22 + 1, to: target }); // beyond the greatest there is
    await mkdir(target);
    await writeFile(join(target, '.comptoir-incomplete'), '');
    await writeFile(join(target, 'comptoir.db'), 'half');
    await writeFile(join(home, 'moving.json'), dead);
    await refuseMoved(home, platform);
    assert.deepEqual([await readdir(target), existsSync(join(home, 'moving.json'))], [[], false]);
    await writeFile(join(home, 'moving.json'), JSON.stringify({ pid: process.ppid, to: target }));
    await assert.rejects(refuseMoved(home, platform), failed('home.moving'), 'another process is at it');

    await writeFile(join(home, 'moving.json'), dead);
    await mkdir(platform);
    await writeFile(join(platform, POINTER), JSON.stringify({ home: target, from: home, at: '2026-11-24T00:00:00Z' }));
    await writeFile(join(target, 'comptoir.db'), 'whole');
    await assert.rejects(refuseMoved(home, platform), failed('home.moved'), 'the old one is not gone on with');
    await refuseMoved(target, platform);
    assert.equal(await readFile(join(target, 'comptoir.db'), 'utf8'), 'whole');
  }));

test('S-015 the page moves the data of the real server, which answers from there, also after a restart; --home is left alone', () =>
  inFolder('move-server', async (folder) => {
    const target = join(folder, 'elsewhere');
    let served = await serve(folder);
    try {
      const at = () => served.url;
      const create = {
        name: 'Lavande',
        shop: 'woocommerce',
        url: 'https://shop.example',
        ledger: 'csv',
        template: 'blank',
      };
      const made = await call(at(), 'POST', '/api/profiles', create);
      assert.equal(made.status, 201, made.text);
      assert.equal((await call(at(), 'GET', '/api/home')).body.origin, 'platform');
      assert.equal((await call(at(), 'POST', '/api/home', { folder: 'x' })).body.code, 'home.target');
      assert.equal((await call(at(), 'POST', '/api/home', { folder: target })).status, 202);
      const there = () =>
        call(at(), 'GET', '/api/home')
          .then(({ body }) => (body.path === target ? body : null))
          .catch(() => null);
      const moved = await waitFor(there);
      assert.deepEqual([moved.origin, moved.last.code], ['moved', null]);
      await stop(served.child);
      served = await serve(folder);
      const after = await waitFor(there);
      assert.ok(after.left.bytes > 0);
      assert.equal((await call(at(), 'GET', '/api/info')).body.profiles[0].name, 'Lavande');
      assert.equal((await call(at(), 'DELETE', '/api/home/left', {})).body.left, null);
    } finally {
      await stop(served.child);
    }
    const on = await bench({ documents: [], gate: null, failure: null });
    try {
      const given = await on.call('POST', '/api/home', { folder: target });
      assert.deepEqual([given.status, given.body.code], [422, 'home.given']);
      Object.assign(on.app.home, { origin: 'platform' });
      await on.deps.store.runs.add({ ...run('r1'), state: 'writing' });
      const busy = await on.call('POST', '/api/home', { folder: target });
      assert.deepEqual([busy.status, busy.body.code], [409, 'run.already-running']);
    } finally {
      await on.close();
    }
  }));

async function serve(folder: string): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('COMPTOIR_'));
  const env = { ...Object.fromEntries(own), HOME: folder, XDG_DATA_HOME: join(folder, 'data') };
  const args = ['--disable-warning=ExperimentalWarning', 'src/main.ts', 'serve', '--port', '0'];
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const [url] = /https?:\/\/\S+?:\d+/.exec(line) ?? [];
    if (url !== undefined) return { child, url };
  }
  throw new Error('The server ended before it said its address.');
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
