import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, readFileSync } from 'node:fs';
import { mkdir, open, readdir, readlink, rename, rm, stat, statfs, symlink, writeFile } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import process from 'node:process';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { DATABASE } from '../backup/files.ts';
import { Failure } from '../core/problem.ts';
import { faultOf, isAlone } from '../store/maintenance.ts';
import type { Store } from '../store/store.ts';

/**
 * The data folder goes elsewhere (S-015). Where it is, a small file in the platform's own folder says; `--home` and
 * `COMPTOIR_HOME` win over it. Nobody has the data file open while it is copied: the server closes it, and a mark in the
 * folder keeps other commands out. Each file is copied, flushed and read again; only a whole copy is switched to, by one
 * rename of the small file. Until then the old folder is the one, after it the old one opens no more: what it remembers as
 * new may be transferred.
 */

/** In the platform's own folder: where the data are. */
export const POINTER = 'location.json';
/** In the folder that is left: where the data went. */
const MOVED = 'moved.json';
/** In the folder that is being copied: by which process, and where to. */
const MOVING = 'moving.json';
/** In the copy until it is whole. */
const INCOMPLETE = '.comptoir-incomplete';
/** What is of a place and not of the data. */
const OF_THE_PLACE = new Set([POINTER, MOVED, MOVING, INCOMPLETE]);

const pointer = z.object({ home: z.string(), from: z.string(), at: z.string() });
const moving = z.object({ pid: z.number(), to: z.string() });
const moved = z.object({ to: z.string() });

/** Where the platform's own folder says the data are; null: there. */
export function pointedFrom(platform: string): z.infer<typeof pointer> | null {
  return read(join(platform, POINTER), pointer);
}

/** Refuses a folder whose data are elsewhere, or on their way; what a killed process left half done is taken away first. */
export async function refuseMoved(home: string, platform: string): Promise<void> {
  const pointed = pointedFrom(platform);
  if (pointed?.home === home && !existsSync(join(home, DATABASE)))
    throw new Failure('home.missing', { path: home, pointer: join(platform, POINTER) });
  const under = read(join(home, MOVING), moving);
  if (under !== null && under.pid !== process.pid) {
    if (isAlive(under.pid)) throw new Failure('home.moving', { path: home, target: under.to });
    if (pointed?.home === under.to) await mark(home, under.to);
    else if (existsSync(join(under.to, INCOMPLETE))) await emptied(under.to);
    await rm(join(home, MOVING), { force: true });
  }
  // Killed after the switch: the old folder lacks its mark.
  if (pointed?.home === home && existsSync(join(pointed.from, MOVING))) {
    await mark(pointed.from, home);
    await rm(join(pointed.from, MOVING), { force: true });
  }
  const gone = read(join(home, MOVED), moved);
  if (gone !== null) throw new Failure('home.moved', { path: home, target: gone.to });
}

/** Whether the data can go to that folder: absolute, elsewhere, new or empty, writable, with room for them. */
export async function checkTarget(home: string, target: string): Promise<void> {
  const refused = (reason: string) => new Failure('home.target', { path: target, reason });
  if (!isAbsolute(target)) throw refused('not-absolute');
  if (isWithin(home, target) || isWithin(target, home)) throw refused('within');
  try {
    await mkdir(target, { recursive: true, mode: 0o700 });
    if ((await readdir(target)).some((name) => name !== POINTER)) throw refused('not-empty');
    const trial = join(target, INCOMPLETE);
    await writeFile(trial, '');
    await rm(trial);
    const { bavail, bsize } = await statfs(target);
    if (bavail * bsize < (await bytesOf(home)) * 1.05) throw refused('ENOSPC');
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw refused(codeOf(error));
  }
}

/**
 * Copies the folder, whose data file nobody has open, and switches to the copy. A failure leaves the old folder as it was
 * and the new one empty.
 */
export async function moveHome(
  { home, platform, now }: { readonly home: string; readonly platform: string; readonly now: () => number },
  target: string,
  openCopy: (home: string) => Promise<Store>,
): Promise<void> {
  await checkTarget(home, target);
  if (!isAlone(join(home, DATABASE))) throw new Failure('home.in-use', { path: home });
  await writeFile(join(home, MOVING), JSON.stringify({ pid: process.pid, to: target }), { mode: 0o600 });
  try {
    await writeFile(join(target, INCOMPLETE), '');
    await copyFolder(home, target);
    const fault = faultOf(join(target, DATABASE));
    if (fault !== null) throw new Failure('home.target', { path: target, reason: fault.slice(0, 200) });
    const store = await openCopy(target);
    await store.maintenance.rebase(home, target);
    await store.close();
    await rm(join(target, INCOMPLETE));
    await flushFolder(target);
  } catch (error) {
    await emptied(target);
    await rm(join(home, MOVING), { force: true });
    throw error instanceof Failure
      ? error
      : new Failure('home.target', { path: target, reason: codeOf(error) }, { cause: error });
  }
  await point(platform, { home: target, from: home, at: new Date(now()).toISOString() });
  await mark(home, target);
  await rm(join(home, MOVING), { force: true });
}

/** The folder that was left and what is still in it; null: nothing. */
export async function leftBehind(platform: string): Promise<{ readonly path: string; readonly bytes: number } | null> {
  const from = pointedFrom(platform)?.from;
  if (from === undefined || read(join(from, MOVED), moved) === null) return null;
  const bytes = await bytesOf(from);
  return bytes === 0 ? null : { path: from, bytes };
}

/** Deletes what was copied, and nothing that came into the folder from elsewhere since: a folder it is not sure of stays. */
export async function removeLeftBehind(platform: string, home: string): Promise<void> {
  const left = await leftBehind(platform);
  if (left === null || read(join(left.path, MOVED), moved)?.to !== home) return;
  for (const name of await readdir(left.path))
    if (!OF_THE_PLACE.has(name)) await rm(join(left.path, name), { recursive: true, force: true });
  await rm(join(left.path, MOVED), { force: true });
}

async function copyFolder(from: string, to: string): Promise<void> {
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (OF_THE_PLACE.has(entry.name)) continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      await mkdir(target, { mode: (await stat(source)).mode & 0o777 });
      await copyFolder(source, target);
      await flushFolder(target);
    } else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else if (entry.isFile()) await copyFile(source, target);
  }
}

/** Copied, flushed, and read again: the copy's sum is that of what was read. */
async function copyFile(source: string, target: string): Promise<void> {
  const hash = createHash('sha256');
  const sum = new Transform({
    transform: (chunk, _, done) => {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const mode = (await stat(source)).mode & 0o777;
  await pipeline(createReadStream(source), sum, createWriteStream(target, { mode, flags: 'wx', flush: true }));
  const again = createHash('sha256');
  for await (const chunk of createReadStream(target)) again.update(chunk);
  if (again.digest('hex') !== hash.digest('hex'))
    throw new Failure('home.target', { path: target, reason: 'checksum' });
}

/** Beside its place, flushed, then moved into it: the data are in the one folder or in the other. */
async function point(platform: string, to: z.infer<typeof pointer>): Promise<void> {
  await mkdir(platform, { recursive: true, mode: 0o700 });
  const path = join(platform, POINTER);
  await writeFile(`${path}.new`, `${JSON.stringify(to, null, 2)}\n`, { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
  await flushFolder(platform);
}

async function mark(home: string, to: string): Promise<void> {
  if (!existsSync(join(home, MOVED))) await writeFile(join(home, MOVED), JSON.stringify({ to }), { mode: 0o600 });
}

async function emptied(target: string): Promise<void> {
  for (const name of await readdir(target).catch(() => []))
    if (name !== POINTER) await rm(join(target, name), { recursive: true, force: true }).catch(() => {}); // what a failing disk keeps is told by the next try
}

async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return; // folders cannot be opened there
  const handle = await open(path);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function bytesOf(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || OF_THE_PLACE.has(entry.name)) continue;
    bytes += await stat(join(entry.parentPath, entry.name)).then(
      ({ size }) => size,
      () => 0, // gone meanwhile
    );
  }
  return bytes;
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
}

function read<Value>(path: string, schema: z.ZodType<Value>): Value | null {
  if (!existsSync(path)) return null;
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new Failure('file.unreadable', { path, reason: 'damaged' }, { cause });
  }
}
