import { constants } from 'node:fs';
import { copyFile, link, readdir, rename, rm, stat, truncate } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure } from '../core/problem.ts';
import { flush, isSystemError, lstatIfThere, onDisk, sha256IfThere, sha256Of, syncFolder } from './disk.ts';
import type { Placeable } from './ledger.ts';

/**
 * Moves the sealed file to its place, in one step, without overwriting anything but the content it was made to
 * continue or replace; answers the place. A target that already has the file's content means that it was done.
 */
export async function place(sealed: Placeable): Promise<string> {
  const { targetPath, temporaryPath, oldSha256, sha256 } = sealed;
  return onDisk(targetPath, async () => {
    const current = await sha256IfThere(targetPath);
    if (current === sha256) {
      await settle(sealed);
      return targetPath;
    }
    if (current !== oldSha256) throw new Failure('delivery.changed-meanwhile', { path: targetPath });
    if (oldSha256 === null) {
      await moveWithoutOverwriting(temporaryPath, targetPath);
    } else {
      if (sealed.backupPath !== null) await keepOld(targetPath, sealed.backupPath, oldSha256);
      await rename(temporaryPath, targetPath);
    }
    await settle(sealed);
    return targetPath;
  });
}

/**
 * Takes the temporary name away and flushes the folder. The file is in place by now: a fault here must not be told as
 * a failed move, which would have the entries written again.
 */
async function settle({ temporaryPath, targetPath }: Placeable): Promise<void> {
  try {
    await rm(temporaryPath, { force: true });
    await syncFolder(dirname(targetPath));
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

/**
 * Takes a placed file away again, because the whole delivery could not be put in place: what stood there before comes
 * back, and the file waits beside its target as it did. False: it is not there any more, or was changed since.
 */
export async function takeBack({ temporaryPath, targetPath, sha256, ...old }: Placeable): Promise<boolean> {
  return onDisk(targetPath, async () => {
    if ((await sha256IfThere(targetPath)) !== sha256) return false;
    await copyDurably(targetPath, temporaryPath);
    await bringBack(targetPath, `${temporaryPath}.old`, old);
    await syncFolder(dirname(targetPath));
    return true;
  });
}

/** Whether the target still is what was put there. */
export async function standing({ targetPath, sha256 }: Placeable): Promise<'there' | 'gone' | 'changed'> {
  return onDisk(targetPath, async () => {
    const found = await sha256IfThere(targetPath);
    return found === null ? 'gone' : found === sha256 ? 'there' : 'changed';
  });
}

/** The end of a file that was taken back: beside its target under a name no program imports, or nowhere (null). */
export async function putAside({ temporaryPath, targetPath }: Placeable, runId: string | null): Promise<void> {
  await onDisk(targetPath, async () => {
    if (runId === null) await rm(temporaryPath, { force: true });
    else if ((await lstatIfThere(temporaryPath)) !== null) await rename(temporaryPath, `${targetPath}.${runId}.undone`);
    await syncFolder(dirname(targetPath));
  });
}

/** The content a target had: the backup of a *replace*, the start of what an *append* made, or nothing. */
async function bringBack(
  targetPath: string,
  beside: string,
  { oldSha256, oldBytes, backupPath }: Pick<Placeable, 'oldSha256' | 'oldBytes' | 'backupPath'>,
): Promise<void> {
  if (backupPath !== null && (await lstatIfThere(backupPath)) !== null) return rename(backupPath, targetPath);
  if (oldSha256 === null || oldBytes === null) return rm(targetPath, { force: true });
  await copyDurably(targetPath, beside);
  await truncate(beside, oldBytes);
  await flush(beside);
  if ((await sha256Of(beside)) !== oldSha256) throw new Failure('delivery.changed-meanwhile', { path: targetPath });
  await rename(beside, targetPath);
}

/**
 * Finishes after a crash what `place` may have begun. The temporary file says how far it went: it goes away as soon as
 * the target is in place. Gone with its target, the target was imported by the accounting software and is not written
 * twice; damaged, it is made again from the copy.
 */
export async function placeFromCopy(sealed: Placeable): Promise<string> {
  const { targetPath, temporaryPath, copyPath, sha256 } = sealed;
  return onDisk(targetPath, async () => {
    const folder = await stat(dirname(targetPath));
    if (!folder.isDirectory()) throw new Failure('delivery.no-folder', { path: dirname(targetPath) });
    if ((await lstatIfThere(targetPath))?.isFile() && (await sha256Of(targetPath)) === sha256) return place(sealed);
    const prepared = await sha256IfThere(temporaryPath);
    if (prepared === null) return targetPath; // was moved, and has been taken away since
    if (prepared !== sha256) await copyAgain(copyPath, temporaryPath, sha256);
    return place(sealed);
  });
}

/** Removes what an undone run left beside its targets. */
export async function removeLeftovers(folder: string, runId: string): Promise<void> {
  await onDisk(folder, async () => {
    for (const name of await readdir(folder)) {
      if (name.startsWith(temporaryPrefix(runId))) await rm(join(folder, name), { force: true, recursive: true });
    }
  });
}

/** How every temporary name of a run begins; a leading dot hides it from programs that import a whole folder. */
export function temporaryPrefix(runId: string): string {
  if (!/^[\w-]{1,64}$/.test(runId)) throw new TypeError(`Not the id of a run: ${runId}`);
  return `.comptoir-${runId}-`;
}

/** A new file, whole and flushed, with the bytes of another. */
export async function copyDurably(from: string, to: string): Promise<void> {
  const beside = `${to}.tmp`;
  await rm(beside, { force: true });
  await copyFile(from, beside, constants.COPYFILE_EXCL);
  await flush(beside);
  await rename(beside, to);
  await syncFolder(dirname(to));
}

async function copyAgain(copyPath: string, temporaryPath: string, sha256: string): Promise<void> {
  if ((await sha256IfThere(copyPath)) !== sha256) {
    throw new Failure('delivery.verification', { path: copyPath, reason: 'sha256' });
  }
  await copyDurably(copyPath, temporaryPath);
}

/** `link` fails when the name is taken, and leaves the temporary name to `settle`; file systems without links get a look before the move. */
async function moveWithoutOverwriting(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (isSystemError(error) && error.code === 'EEXIST') throw new Failure('delivery.changed-meanwhile', { path: to });
    if (!isSystemError(error) || !WITHOUT_LINKS.has(error.code)) throw error;
    if ((await lstatIfThere(to)) !== null) throw new Failure('delivery.changed-meanwhile', { path: to });
    await rename(from, to);
  }
}

const WITHOUT_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** The old content under a second name, by a link where there are links, so that nothing of it is ever missing. */
async function keepOld(targetPath: string, backupPath: string, oldSha256: string): Promise<void> {
  if ((await sha256IfThere(backupPath)) === oldSha256) return;
  try {
    await link(targetPath, backupPath);
  } catch (error) {
    if (!isSystemError(error) || !WITHOUT_LINKS.has(error.code)) throw error;
    await copyFile(targetPath, backupPath, constants.COPYFILE_EXCL);
    await flush(backupPath);
  }
}
