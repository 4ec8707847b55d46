import { createHash, type Hash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Unzip, type UnzipFile, UnzipInflate } from 'fflate';
import { Failure } from '../core/problem.ts';
import { BACKUP_VERSION, MANIFEST, type Manifest, manifestSchema } from './manifest.ts';

const MAX_MANIFEST = 200 * 1024 * 1024;

/**
 * Unpacks a backup into a folder while it comes, and believes nothing of it: the manifest first, then the files it names,
 * each once, of the bytes and the checksum it tells. What is longer, absent, doubled or elsewhere is refused.
 */
export async function unpack(bytes: AsyncIterable<Uint8Array>, folder: string): Promise<Manifest> {
  let manifest: Manifest | null = null;
  const text: Uint8Array[] = [];
  let length = 0;
  let fault: Failure | null = null;
  const wanted = new Map<string, Manifest['files'][number]>();
  const refuse = (reason: string, name: string) => {
    fault ??= new Failure('backup.unusable', { reason: `${reason}: ${name.slice(0, 100)}` });
  };

  const unzip = new Unzip((file) => {
    if (fault !== null) return;
    if (manifest === null) readManifest(file);
    else readFile(file);
  });
  unzip.register(UnzipInflate);

  function readManifest(file: UnzipFile): void {
    if (file.name !== MANIFEST) {
      refuse('no-manifest', file.name);
      return;
    }
    file.ondata = (error, chunk, final) => {
      if (fault !== null) return;
      length += chunk.length;
      if (error || length > MAX_MANIFEST) {
        refuse('damaged', file.name);
        return;
      }
      text.push(chunk);
      if (!final) return;
      try {
        manifest = parsed(Buffer.concat(text).toString('utf8'));
      } catch (given) {
        if (!(given instanceof Failure)) throw given;
        fault = given; // fflate would hide it
      }
      for (const one of manifest?.files ?? []) wanted.set(one.path, one);
    };
    file.start();
  }

  function readFile(file: UnzipFile): void {
    const facts = wanted.get(file.name);
    if (facts === undefined) {
      refuse('not-in-manifest', file.name);
      return;
    }
    wanted.delete(file.name);
    const path = join(folder, file.name);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const handle = openSync(path, 'wx', 0o600);
    const hash: Hash = createHash('sha256');
    let written = 0;
    file.ondata = (error, chunk, final) => {
      if (!error && fault === null) {
        written += chunk.length;
        if (written > facts.bytes) refuse('too-long', file.name);
        else {
          hash.update(chunk);
          for (let at = 0; at < chunk.length; ) at += writeSync(handle, chunk, at);
        }
      }
      if (error) refuse('damaged', file.name);
      if (final || error) closeSync(handle);
      if (final && !error && (written !== facts.bytes || hash.digest('hex') !== facts.sha256))
        refuse('checksum', file.name);
    };
    file.start();
  }

  try {
    for await (const chunk of bytes) {
      unzip.push(chunk);
      if (fault !== null) throw fault;
    }
    unzip.push(new Uint8Array(0), true);
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') throw error; // the disk, or who sends
    throw new Failure('backup.unusable', { reason: 'damaged' }, { cause: error });
  }
  if (fault !== null) throw fault;
  if (manifest === null) throw new Failure('backup.unusable', { reason: 'no-manifest' });
  const [absent] = wanted.keys();
  if (absent !== undefined) throw new Failure('backup.unusable', { reason: `absent: ${absent}` });
  return manifest;
}

function parsed(text: string): Manifest {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (cause) {
    throw new Failure('backup.unusable', { reason: 'no-manifest' }, { cause });
  }
  if (typeof given === 'object' && given !== null && 'version' in given && Number(given.version) > BACKUP_VERSION)
    throw new Failure('backup.too-new', {});
  const manifest = manifestSchema.safeParse(given);
  if (!manifest.success)
    throw new Failure('backup.unusable', { reason: `manifest: ${manifest.error.issues[0]?.path.join('.')}` });
  if (new Set(manifest.data.files.map(({ path }) => path)).size < manifest.data.files.length)
    throw new Failure('backup.unusable', { reason: 'doubled' });
  return manifest.data;
}
