import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { MAX_FILE_MEGABYTES } from '../api/limits.ts';
import { Failure } from '../core/problem.ts';
import { Refusal } from './refusal.ts';

/** A file that a browser sent, for one run; `forget` removes it. */
export type Upload = { readonly path: string; readonly forget: () => Promise<void> };

/** What a server that died left behind goes at the next start, once no run can still be reading it. */
const MAX_AGE_MS = 24 * 3600_000;

const folderOf = (home: string) => join(home, 'uploads');

/**
 * Keeps a file in the data folder, which is its owner's alone, while it comes: it never stands in memory. One that is
 * larger than the limit, or that breaks off, leaves nothing.
 */
export async function keepUpload(
  home: string,
  body: AsyncIterable<Uint8Array>,
  maxBytes = MAX_FILE_MEGABYTES * 1024 * 1024,
): Promise<Upload> {
  await mkdir(folderOf(home), { recursive: true, mode: 0o700 });
  const path = join(folderOf(home), `${randomBytes(12).toString('hex')}.jsonl`);
  const forget = () => rm(path, { force: true });
  try {
    await pipeline(Readable.from(body), limited(maxBytes), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    await forget();
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC')
      throw new Failure('delivery.disk-full', { path: folderOf(home) }, { cause: error });
    throw error;
  }
  return { path, forget };
}

export async function removeOldUploads(home: string, nowMs: number): Promise<void> {
  const names = await readdir(folderOf(home)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const name of names) {
    const path = join(folderOf(home), name);
    if (nowMs - (await stat(path)).mtimeMs > MAX_AGE_MS) await rm(path, { force: true });
  }
}

function limited(maxBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.length;
      if (bytes <= maxBytes) done(null, chunk);
      else done(new Refusal(413, 'request.too-large', { limit: String(maxBytes / 1024 / 1024) }));
    },
  });
}
