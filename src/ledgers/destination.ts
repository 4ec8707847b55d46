import { type FileHandle, stat } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { Failure } from '../core/problem.ts';
import { lstatIfThere, sha256IfThere } from './disk.ts';
import type { DeliveryTarget, SealedPart } from './ledger.ts';

/** More files of one second than anyone makes. */
const MAX_NAMES = 99;

/** Where the file goes under the policy, and what stands there now. */
export async function destination(
  target: Pick<DeliveryTarget, 'folder' | 'fileName' | 'policy' | 'stamp'>,
): Promise<Pick<SealedPart, 'targetPath' | 'oldSha256' | 'oldBytes' | 'backupPath'>> {
  const { folder, fileName, policy, stamp } = target;
  const wanted = join(folder, fileName);
  if (policy === 'newName') {
    const { name, ext } = parse(fileName);
    const targetPath = await firstFree(wanted, (again) => join(folder, `${name}-${stamp}${again}${ext}`));
    return { targetPath, oldSha256: null, oldBytes: null, backupPath: null };
  }
  const oldSha256 = await sha256IfThere(wanted);
  const oldBytes = oldSha256 === null ? null : (await stat(wanted)).size;
  if (oldSha256 === null || policy === 'append') return { targetPath: wanted, oldSha256, oldBytes, backupPath: null };
  const backup = (again: string) => join(folder, `${fileName}.${stamp}${again}.bak`);
  return { targetPath: wanted, oldSha256, oldBytes, backupPath: await firstFree(backup(''), backup) };
}

async function firstFree(wanted: string, other: (again: string) => string): Promise<string> {
  let path = wanted;
  for (let count = 1; count <= MAX_NAMES; count++) {
    if ((await lstatIfThere(path)) === null) return path;
    path = other(count === 1 ? '' : `-${count}`);
  }
  throw new Failure('delivery.changed-meanwhile', { path: wanted });
}

export async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
}
