import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../core/problem.ts';
import { faultOf, isAlone } from '../store/maintenance.ts';
import type { Store } from '../store/store.ts';
import { DATABASE, FOLDERS } from './files.ts';
import { type Manifest, manifestSchema, unsealKey } from './manifest.ts';
import { unpack } from './unpack.ts';

/** Where a backup waits, checked, until it is put in place: `checked`, then `ready`. */
const STAGE = 'restore';
const READY = 'restore-ready';
const FACTS = 'restore.json';

type OpenStore = (path: string, key: Buffer) => Promise<Store>;

/**
 * Takes a backup into the data folder and checks all of it, the data file too, which is brought up to this version; one of
 * a newer version is refused. Nothing of the data in use is touched.
 */
export async function receive(
  { store, home }: { readonly store: Store; readonly home: string },
  bytes: AsyncIterable<Uint8Array>,
  openStore: OpenStore,
): Promise<Manifest> {
  const stage = join(home, STAGE);
  await forget(home);
  await mkdir(stage, { recursive: true, mode: 0o700 });
  try {
    const manifest = await unpack(bytes, stage);
    const path = join(stage, DATABASE);
    const fault = existsSync(path) ? faultOf(path) : 'no data file';
    if (fault !== null) throw new Failure('backup.unusable', { reason: fault.slice(0, 200) });
    const opened = await openStore(path, store.maintenance.key);
    await opened.maintenance.rebase(manifest.home, home);
    await opened.close();
    await writeFile(join(stage, FACTS), JSON.stringify(manifest), { mode: 0o600 });
    return manifest;
  } catch (error) {
    await forget(home);
    throw error;
  }
}

/** The backup that was received and waits for a yes; null when there is none. */
export async function received(home: string): Promise<Manifest | null> {
  const text = await readFile(join(home, STAGE, FACTS), 'utf8').catch(() => null);
  return text === null ? null : manifestSchema.parse(JSON.parse(text));
}

export async function forget(home: string): Promise<void> {
  await rm(join(home, STAGE), { recursive: true, force: true });
}

/**
 * Says yes: the secrets are sealed by this folder's key, and one rename makes the backup ready. It is put in place when the
 * folder is opened next (`putInPlace`), since nobody may have it open then.
 */
export async function accept(
  { store, home, now }: { readonly store: Store; readonly home: string; readonly now: () => number },
  passphrase: string | null,
  openStore: OpenStore,
): Promise<Manifest> {
  const manifest = await received(home);
  if (manifest === null) throw new Failure('backup.none', {});
  const key = manifest.key === null || passphrase === null ? null : unsealKey(manifest.key, passphrase);
  if (passphrase !== null && manifest.key !== null && key === null) throw new Failure('backup.passphrase', {});
  const opened = await openStore(join(home, STAGE, DATABASE), store.maintenance.key);
  if (key !== null) await opened.maintenance.reseal(key);
  await opened.settings.set('restored', JSON.stringify({ at: new Date(now()).toISOString(), madeAt: manifest.madeAt }));
  await opened.close();
  await rm(join(home, READY), { recursive: true, force: true });
  await rename(join(home, STAGE), join(home, READY));
  return manifest;
}

/**
 * Puts an accepted backup in place of what is there, which is kept in `before-restore-…`. Each step is one rename, and may
 * be done again: a process that dies in between leaves the rest to the next opening. `in-use`: another process has the
 * folder open; it goes on with what is there.
 */
export async function putInPlace(home: string, nowMs: number): Promise<'nothing' | 'in-use' | 'done'> {
  const ready = join(home, READY);
  if (!existsSync(ready)) return 'nothing';
  const current = join(home, DATABASE);
  if (existsSync(join(ready, DATABASE)) && existsSync(current) && !isAlone(current)) return 'in-use';
  const stamp = new Date(nowMs).toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  const before = join(home, `before-restore-${stamp}`);
  await mkdir(before, { recursive: true, mode: 0o700 });
  // The data file last: until it is there, an opening finds the rest to be done.
  for (const name of [...FOLDERS, DATABASE]) {
    if (!existsSync(join(ready, name))) continue;
    if (existsSync(join(home, name))) await rename(join(home, name), join(before, name));
    await rename(join(ready, name), join(home, name));
  }
  await rm(ready, { recursive: true, force: true });
  if ((await readdir(before)).length === 0) await rm(before, { recursive: true });
  return 'done';
}
