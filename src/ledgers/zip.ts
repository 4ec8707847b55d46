import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { mkdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Unzip, UnzipInflate, Zip, ZipDeflate } from 'fflate';
import { Failure } from '../core/problem.ts';
import { destination, writeAll } from './destination.ts';
import { type Content, chunksOf, onDisk, openNew, readBack, removeUnplaced, syncFolder } from './disk.ts';
import type { EntriesFile, EntriesTarget } from './entries-file.ts';
import type { SealedEntries, SealedPart } from './ledger.ts';
import { copyDurably, temporaryPrefix } from './place.ts';

/**
 * The files of entries in one archive, which is the file that is delivered. They are made whole and read back as ever, in a
 * hidden folder beside the target; then the archive is written, and read back file by file.
 */
export async function zippedFiles(
  target: EntriesTarget,
  zipName: string,
  open: (target: EntriesTarget) => EntriesFile,
): Promise<EntriesFile> {
  const prefix = join(target.folder, temporaryPrefix(target.runId));
  const folder = `${prefix}zip`;
  const temporaryPath = `${prefix}${zipName}.tmp`;
  const wantedPath = join(target.folder, zipName);
  await onDisk(target.folder, async () => {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { mode: 0o700 });
  });
  const inner = open({ ...target, folder, policy: 'newName', copyPath: join(folder, '.copies', 'copy') });
  return { fits: inner.fits, add: inner.add, seal, discard };

  async function seal(): Promise<SealedEntries | null> {
    try {
      const sealed = await inner.seal();
      if (sealed === null) {
        await discard();
        return null;
      }
      const { more, format, debitMinor, creditMinor } = sealed;
      const files: readonly SealedPart[] = [sealed, ...more];
      const place = await onDisk(target.folder, () => destination({ ...target, fileName: zipName }));
      await onDisk(wantedPath, () => write(files));
      const content = await onDisk(wantedPath, () => verify(files));
      await onDisk(target.copyPath, async () => {
        await mkdir(dirname(target.copyPath), { recursive: true, mode: 0o700 });
        await copyDurably(temporaryPath, target.copyPath);
      });
      await onDisk(target.folder, async () => {
        await rm(folder, { recursive: true, force: true });
        await syncFolder(target.folder);
      });
      const { copyPath, policy } = target;
      const lines = files.reduce((sum, one) => sum + one.lines, 0);
      const facts = { format, ...content, lines, debitMinor, creditMinor, more: [] };
      return { temporaryPath, copyPath, policy, ...place, ...facts };
    } catch (error) {
      await discard().catch(() => null); // the first fault is the one to tell
      throw error;
    }
  }

  async function write(files: readonly SealedPart[]): Promise<void> {
    const archive = await openNew(temporaryPath);
    try {
      await writeZip(archive, files, target.stamp);
      await archive.sync();
    } finally {
      await archive.close();
    }
  }

  /** Reads the archive back from the disk: the same files, byte for byte. */
  async function verify(files: readonly SealedPart[]): Promise<Content> {
    const { chunks, content } = readBack(temporaryPath);
    const found = new Map<string, string>();
    const reader = unzipper((name, sha256) => found.set(name, sha256));
    for await (const chunk of chunks) {
      reader.push(Uint8Array.from(chunk)); // the library keeps what it has not used, and the chunk is overwritten
    }
    const wrong = files.find((file) => found.get(basename(file.targetPath)) !== file.sha256);
    if (wrong !== undefined || found.size !== files.length) {
      const reason = wrong === undefined ? `${found.size} ≠ ${files.length}` : basename(wrong.targetPath);
      throw new Failure('delivery.verification', { path: wantedPath, reason });
    }
    return content();
  }

  async function discard(): Promise<void> {
    await inner.discard();
    await onDisk(wantedPath, async () => {
      await rm(folder, { recursive: true, force: true });
      await removeUnplaced(temporaryPath, target.copyPath);
    });
  }
}

/** Files one after the other; the date they bear is that of the run, so that the same run gives the same bytes. */
async function writeZip(archive: FileHandle, files: readonly SealedPart[], stamp: string): Promise<void> {
  const waiting: Uint8Array[] = [];
  const zip = new Zip((error, data) => {
    if (error !== null) throw error;
    waiting.push(data);
  });
  for (const { temporaryPath, targetPath } of files) {
    const file = new ZipDeflate(basename(targetPath), { level: 6 });
    file.mtime = dateOf(stamp);
    zip.add(file);
    for await (const chunk of chunksOf(temporaryPath)) {
      file.push(Uint8Array.from(chunk));
      await flush();
    }
    file.push(new Uint8Array(0), true);
    await flush();
  }
  zip.end();
  await flush();

  async function flush(): Promise<void> {
    for (const data of waiting.splice(0)) await writeAll(archive, Buffer.from(data));
  }
}

function unzipper(found: (name: string, sha256: string) => void): Unzip {
  const reader = new Unzip((file) => {
    const hash = createHash('sha256');
    file.ondata = (error, data, final) => {
      if (error !== null) throw error;
      hash.update(data);
      if (final) found(file.name, hash.digest('hex'));
    };
    file.start();
  });
  reader.register(UnzipInflate);
  return reader;
}

/** In the machine's own time, which an archive writes as civil time again. */
function dateOf(stamp: string): Date {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = (
    /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)$/.exec(stamp) ?? []
  )
    .slice(1)
    .map(Number);
  return new Date(year, month - 1, day, hour, minute, second);
}
