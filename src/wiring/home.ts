import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import envPaths from 'env-paths';
import { Failure } from '../core/problem.ts';
import type { Store } from '../store/store.ts';
import { pointedFrom } from './move-home.ts';

const KEY_BYTES = 32;

/** The platform's own place for our data; where they were moved, it tells where to. */
export function platformFolder(): string {
  return envPaths('comptoir', { suffix: '' }).data;
}

/** The data folder asked for, else `COMPTOIR_HOME`, else where they were moved, else the platform's own. */
export function homeFolder(asked: string | null, environment: Readonly<Record<string, string | undefined>>): string {
  const given = asked ?? environment.COMPTOIR_HOME;
  const platform = platformFolder();
  return given === undefined ? (pointedFrom(platform)?.home ?? platform) : resolve(given);
}

/** Opens the data folder, made at first use and readable by its owner alone. */
export async function openHome(
  home: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Store> {
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    // A backup that was accepted.
    if (existsSync(join(home, 'restore-ready'))) await putInPlace(home);
    const path = join(home, 'comptoir.db');
    // The folder may have been there before, open to others; SQLite gives its other files the modes of this one.
    closeSync(openSync(path, 'a', 0o600));
    const { openStore } = await import('../store/open.ts'); // loaded by the commands that open the folder
    return await openStore(path, secretKey(home, environment));
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string' && /^E[A-Z]+$/.test(error.code)) {
      throw new Failure('store.no-access', { path: home, reason: error.code }, { cause: error });
    }
    throw error;
  }
}

/** Loaded by who needs it. */
export async function putInPlace(home: string): Promise<'nothing' | 'in-use' | 'done'> {
  const backup = await import('../backup/restore.ts');
  return backup.putInPlace(home, Date.now());
}

/** The key that seals secrets: `COMPTOIR_SECRET_KEY` (64 hexadecimal digits), else a file made at first start. */
function secretKey(home: string, environment: Readonly<Record<string, string | undefined>>): Buffer {
  const given = environment.COMPTOIR_SECRET_KEY;
  if (given !== undefined) {
    if (!/^[0-9a-f]{64}$/i.test(given)) throw new Failure('usage', { reason: 'secret-key' });
    return Buffer.from(given, 'hex');
  }
  const path = join(home, 'secret.key');
  if (!existsSync(path)) {
    try {
      writeFileSync(path, `${randomBytes(KEY_BYTES).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
      chmodSync(path, 0o600);
    } catch (error) {
      // Another process of this folder made it between the look and the write: its key is the one.
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
  const kept = readFileSync(path, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/i.test(kept)) throw new Failure('usage', { reason: 'secret-file', path });
  return Buffer.from(kept, 'hex');
}
