import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NumberedEntry } from '../core/entry.ts';
import { Failure } from '../core/problem.ts';
import { fileOf } from '../formats/contract-kit.ts';
import type { Format } from '../formats/format.ts';
import { sagePnm } from '../formats/sage-pnm.ts';
import { CONTEXT, SALE } from '../formats/sample-entries.ts';
import { fileLedger } from './file.ts';
import type { DeliveryTarget, SealedFile } from './ledger.ts';

/** What file.test.ts and place.test.ts share: real folders, new for each test, and deliveries into them. */

const root = mkdtempSync(join(tmpdir(), 'comptoir-file-'));
export let home = root;
export let folder = root;

export function freshFolders(): void {
  home = mkdtempSync(join(root, 'home-'));
  folder = mkdtempSync(join(root, 'folder-'));
}

export function removeFolders(): void {
  rmSync(root, { recursive: true, force: true });
}

export type Wish = Partial<DeliveryTarget> & { readonly format?: Format };

export function target(wish: Wish = {}): DeliveryTarget {
  const { runId = 'run1', fileName = `VENTES.${wish.format?.extension ?? 'pnm'}`, policy = 'newName' } = wish;
  return {
    runId,
    folder: wish.folder ?? folder,
    fileName,
    copyPath: join(home, `copy-${runId}`),
    policy,
    stamp: '20261124-044100',
    customers: wish.customers ?? null,
    split: wish.split ?? null,
    zip: wish.zip ?? null,
  };
}

export function ledger(format: Format = sagePnm) {
  return fileLedger(format, CONTEXT);
}

export async function sealWith(entries: readonly NumberedEntry[], wish: Wish = {}): Promise<SealedFile> {
  const preparation = await ledger(wish.format).prepare(target(wish));
  for (const entry of entries) assert.deepEqual(preparation.add(entry), { added: true, problems: [] });
  const sealed = await preparation.seal();
  assert.ok(sealed);
  return sealed;
}

export function failure(code: string): (error: unknown) => boolean {
  return (error) => error instanceof Failure && error.code === code;
}

export function oldFor(policy: DeliveryTarget['policy']): string | null {
  if (policy === 'newName') return null;
  const content = fileOf(sagePnm, [SALE]);
  writeFileSync(join(folder, 'VENTES.pnm'), content);
  return content.toString('latin1');
}

/** Root may write everywhere, so the child is somebody else then; else the folder itself says no. */
export function readOnly(): { uid: number | null; restore: () => void } {
  const nobody = 65534;
  if (process.getuid?.() === 0) {
    for (const path of [root, folder, home]) chmodSync(path, 0o755);
    return { uid: nobody, restore: () => undefined };
  }
  chmodSync(folder, 0o555);
  return { uid: null, restore: () => chmodSync(folder, 0o755) };
}

export type ChildWork = DeliveryTarget & { readonly entries: number; readonly die: 'adding' | 'sealed' | 'never' };

/** Prepares a delivery in a process of its own, which kills itself where it is told; `limit` is in blocks of 1024 bytes. */
export function child(work: ChildWork, uid: number | null = null, limit: number | null = null) {
  const script = fileURLToPath(new URL('./file.test-child.ts', import.meta.url));
  const args = [
    script,
    JSON.stringify({ ...work, entry: SALE, context: CONTEXT }, (_, value) =>
      typeof value === 'bigint' ? { minor: String(value) } : value,
    ),
  ];
  const identity = uid === null ? {} : { uid, gid: uid };
  if (limit === null) return spawnSync(process.execPath, args, identity);
  // An ignored signal stays ignored in the program that follows, so the write itself fails.
  return spawnSync(
    'bash',
    ['-c', `trap '' XFSZ; ulimit -f ${limit}; exec "$@"`, 'bash', process.execPath, ...args],
    identity,
  );
}
