import { createHash } from 'node:crypto';
import { lstat, open, rm } from 'node:fs/promises';
import { Failure, type FailureCode } from '../core/problem.ts';

const CODES: Readonly<Record<string, FailureCode>> = {
  ENOSPC: 'delivery.disk-full',
  EDQUOT: 'delivery.disk-full',
  EFBIG: 'delivery.disk-full',
  EACCES: 'delivery.no-access',
  EPERM: 'delivery.no-access',
  EROFS: 'delivery.no-access',
  ENOENT: 'delivery.no-folder',
  ENOTDIR: 'delivery.no-folder',
};

/** What the operating system refused, as a failure of the delivery; faults of the programme pass through. */
export function failureOf(error: unknown, path: string): unknown {
  if (error instanceof Failure || !isSystemError(error)) return error;
  const code = CODES[error.code];
  if (code) return new Failure(code, { path }, { cause: error });
  return new Failure('delivery.file', { path, reason: error.code }, { cause: error });
}

/** Runs a task on the disk; what goes wrong names `path`. */
export async function onDisk<Result>(path: string, task: () => Promise<Result>): Promise<Result> {
  try {
    return await task();
  } catch (error) {
    throw failureOf(error, path);
  }
}

export function isSystemError(error: unknown): error is NodeJS.ErrnoException & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error;
}

/** Longest name in bytes: file systems take 255, and temporary names add the run's id. */
const MAX_NAME = 160;

/** Whether the name names a file of the folder and nothing else, on every system that may hold the folder. */
export function isPlainName(name: string): boolean {
  if (name === '' || Buffer.byteLength(name) > MAX_NAME || !name.isWellFormed()) return false;
  if (/[/\\:*?"<>|]|\p{Cc}/u.test(name) || /^[. ]|[. ]$/.test(name)) return false;
  return !/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(name);
}

/** Bytes read at once: small enough for what is made of them to be short-lived. */
const CHUNK = 1 << 16;

/**
 * The bytes of a file; each chunk may be overwritten once the next is asked for, so that a big file leaves no garbage. The
 * next is read while one is looked at.
 */
export async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  const file = await open(path, 'r');
  try {
    let buffer = Buffer.alloc(CHUNK);
    let other = Buffer.alloc(CHUNK);
    let reading = readInto(buffer);
    for (;;) {
      const { bytesRead } = await reading;
      if (bytesRead === 0) return;
      reading = readInto(other);
      yield buffer.subarray(0, bytesRead);
      [buffer, other] = [other, buffer];
    }
  } finally {
    await file.close();
  }

  function readInto(target: Buffer) {
    const reading = file.read(target, 0, CHUNK, null);
    reading.catch(() => undefined); // told to who asks for the chunk, who may come later or not at all
    return reading;
  }
}

/** What a file holds, as it stands on the disk. */
export type Content = { readonly bytes: number; readonly sha256: string };

/** A file for who checks it: its pieces as they are read, and what it held once all of them are. */
export function readBack(path: string): { readonly chunks: AsyncGenerator<Buffer>; readonly content: () => Content } {
  const hash = createHash('sha256');
  let bytes = 0;
  return { chunks: counted(), content: () => ({ bytes, sha256: hash.digest('hex') }) };

  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of chunksOf(path)) {
      bytes += chunk.length;
      hash.update(chunk);
      yield chunk;
    }
  }
}

/** Tasks side by side, until all of them are over; then the first of them that failed is told. */
export async function sideBySide<First>(first: Promise<First>, ...others: readonly Promise<void>[]): Promise<First> {
  await Promise.allSettled([first, ...others]);
  const [answer] = await Promise.all([first, ...others]);
  return answer;
}

/** Makes the content of a file last. */
export async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function sha256Of(path: string): Promise<string> {
  const { chunks, content } = readBack(path);
  for await (const _ of chunks);
  return content().sha256;
}

/** Takes away a file that was never placed, with its copy, which is then nobody's; once placed, the temporary file is gone. */
export async function removeUnplaced(temporaryPath: string, copyPath: string): Promise<void> {
  if ((await lstatIfThere(temporaryPath)) !== null) await rm(copyPath, { force: true });
  await rm(temporaryPath, { force: true });
}

/** The hash of a regular file; null when nothing has that name; anything else there is refused. */
export async function sha256IfThere(path: string): Promise<string | null> {
  const found = await lstatIfThere(path);
  if (found === null) return null;
  if (!found.isFile()) throw new Failure('delivery.file', { path, reason: 'EEXIST' });
  return sha256Of(path);
}

export async function lstatIfThere(path: string) {
  try {
    return await lstat(path);
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Makes names put into or taken out of the folder last. Windows keeps them without, and cannot open a folder. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A file that did not exist; what an earlier try of the same run left under that name goes first. */
export async function openNew(path: string) {
  await rm(path, { force: true });
  return open(path, 'wx');
}
