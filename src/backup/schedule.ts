import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type BackupSchedule, backupSchedule, type LastBackup, lastBackup } from '../api/backup.ts';
import { addDays, type Day, day, dayIn, localTime } from '../core/calendar.ts';
import { Failure } from '../core/problem.ts';
import type { Store } from '../store/store.ts';
import { backup } from './backup.ts';

/**
 * Backups made by themselves: each day, or on one day of the week, at an hour of this machine's zone. What is due is a
 * day, not an instant: an hour that a change of clocks leaves out or repeats is missed by none and made once. The server
 * looks each minute, and when it starts: what was missed meanwhile is made up for, once.
 */

const SCHEDULE = 'backup-schedule';
const PASSPHRASE = 'backup-schedule-passphrase';
const DONE = 'backup-schedule-done';
const LAST = 'backup-schedule-last';
/** What failed is tried again after that long. */
const AGAIN_MS = 3_600_000;
/** Ours, and no other file of the folder. */
const NAME = /^comptoir-auto-\d{4}-\d\d-\d\d-\d{4}\.zip$/;

/** What a scheduled backup works with; `zone` is this machine's. */
export type Scheduled = {
  readonly store: Store;
  readonly home: string;
  readonly now: () => number;
  readonly version: string;
  readonly zone: string;
};

export async function scheduleOf({ settings }: Store): Promise<BackupSchedule> {
  const kept = await settings.get(SCHEDULE);
  return backupSchedule.parse(kept === null ? { every: 'never' } : JSON.parse(kept));
}

export async function lastOf({ settings }: Store): Promise<LastBackup | null> {
  const kept = await settings.get(LAST);
  return kept === null ? null : lastBackup.parse(JSON.parse(kept));
}

export async function hasPassphrase({ settings }: Store): Promise<boolean> {
  return (await settings.secret(PASSPHRASE)) !== null;
}

/**
 * Keeps a schedule whose folder can be written; the first backup is the next that comes due. A passphrase that is left out
 * stays, null takes it away: the backups are then without the key of the secrets.
 */
export async function saveSchedule(
  one: Scheduled,
  schedule: BackupSchedule,
  passphrase?: string | null,
): Promise<void> {
  const { settings } = one.store;
  if (schedule.every !== 'never') await checkFolder(folderOf(one.home, schedule));
  if (passphrase !== undefined) await settings.setSecret(PASSPHRASE, passphrase);
  await settings.set(SCHEDULE, JSON.stringify(schedule));
  await settings.set(DONE, dueDay(schedule, one.now(), one.zone) ?? '');
}

export function folderOf(home: string, { folder }: BackupSchedule): string {
  return folder ?? join(home, 'backups');
}

/** The last day on which a backup came due; null: none does. */
export function dueDay({ every, weekday, hour }: BackupSchedule, nowMs: number, zone: string): Day | null {
  if (every === 'never') return null;
  const today = dayIn(zone, nowMs);
  let due = hourIn(zone, nowMs) >= hour ? today : addDays(today, -1);
  while (every === 'week' && weekdayOf(due) !== weekday) due = addDays(due, -1);
  return due;
}

/** The day of the next one. */
export function nextDay(schedule: BackupSchedule, nowMs: number, zone: string): Day | null {
  const due = dueDay(schedule, nowMs, zone);
  return due === null ? null : addDays(due, schedule.every === 'week' ? 7 : 1);
}

/** Makes the backup that is due, if one is, and takes the oldest away; what became of it is kept. */
export async function backupIfDue(one: Scheduled): Promise<LastBackup | null> {
  const { settings } = one.store;
  const schedule = await scheduleOf(one.store);
  const due = dueDay(schedule, one.now(), one.zone);
  if (due === null || due <= ((await settings.get(DONE)) ?? '')) return null;
  const last = await lastOf(one.store);
  if (last !== null && last.code !== null && one.now() - Date.parse(last.at) < AGAIN_MS) return null;
  const result = await made(one, schedule);
  await settings.set(LAST, JSON.stringify(result));
  if (result.code === null) await settings.set(DONE, due);
  return result;
}

async function made(one: Scheduled, schedule: BackupSchedule): Promise<LastBackup> {
  const folder = folderOf(one.home, schedule);
  const at = new Date(one.now()).toISOString();
  const name = `comptoir-auto-${localTime(one.zone, one.now()).slice(0, 16).replace('T', '-').replace(':', '')}.zip`;
  const path = join(folder, name);
  try {
    await checkFolder(folder);
    const passphrase = await one.store.settings.secret(PASSPHRASE);
    await pipeline(
      Readable.from(backup(one, passphrase)),
      createWriteStream(`${path}.part`, { mode: 0o600, flush: true }),
    );
    await rename(`${path}.part`, path);
    await removeOldest(folder, schedule.keep);
    return { at, file: path, bytes: (await stat(path)).size, code: null, values: {} };
  } catch (error) {
    await rm(`${path}.part`, { force: true }).catch(() => {}); // of a folder that is gone nothing is left
    const failure = error instanceof Failure ? error : unwritable(folder, error);
    return { at, file: null, bytes: 0, code: failure.code, values: { ...failure.values } };
  }
}

async function removeOldest(folder: string, keep: number): Promise<void> {
  const names = (await readdir(folder)).filter((name) => NAME.test(name)).sort();
  for (const name of names.slice(0, -keep)) await rm(join(folder, name), { force: true });
}

/** There, made if need be, and writable: tried by writing. */
async function checkFolder(folder: string): Promise<void> {
  if (!isAbsolute(folder)) throw new Failure('file.unwritable', { path: folder, reason: 'not-absolute' });
  const trial = join(folder, '.comptoir-trial');
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(trial, '');
    await (await open(trial)).close();
    await rm(trial);
  } catch (error) {
    throw unwritable(folder, error);
  }
}

function unwritable(path: string, error: unknown): Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : null;
  if (code === null || !/^E[A-Z]+$/.test(code)) throw error;
  return new Failure('file.unwritable', { path, reason: code }, { cause: error });
}

function hourIn(zone: string, nowMs: number): number {
  return Number(localTime(zone, nowMs).slice(11, 13));
}

/** 1: Monday. */
function weekdayOf(date: Day): number {
  return new Date(`${day(date)}T00:00:00Z`).getUTCDay() || 7;
}
