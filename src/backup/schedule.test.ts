import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { BackupSchedule } from '../api/backup.ts';
import { Failure } from '../core/problem.ts';
import { openStore } from '../store/open.ts';
import { receive, received } from './restore.ts';
import { backupIfDue, dueDay, lastOf, nextDay, type Scheduled, saveSchedule } from './schedule.ts';

const DAILY: BackupSchedule = { every: 'day', weekday: 1, hour: 2, keep: 2, folder: null };
const at = (text: string) => Date.parse(text);

/** [every, weekday, hour, the instant, zone, the day due, the next one] */
const cases: [BackupSchedule['every'], number, number, string, string, string | null, string | null][] = [
  ['never', 1, 2, '2026-11-24T12:00Z', 'UTC', null, null],
  ['day', 1, 2, '2026-11-24T12:00Z', 'UTC', '2026-11-24', '2026-11-25'],
  ['day', 1, 13, '2026-11-24T12:59Z', 'UTC', '2026-11-23', '2026-11-24'],
  ['day', 1, 13, '2026-11-24T12:00Z', 'Europe/Paris', '2026-11-24', '2026-11-25'], // 13:00 there
  ['day', 1, 0, '2026-11-24T23:30Z', 'Europe/Paris', '2026-11-25', '2026-11-26'],
  ['day', 1, 2, '2026-03-29T01:30Z', 'Europe/Paris', '2026-03-29', '2026-03-30'], // 02:00 does not exist: 03:30 there
  ['day', 1, 2, '2026-10-25T00:30Z', 'Europe/Paris', '2026-10-25', '2026-10-26'], // 02:30 for the first time
  ['day', 1, 2, '2026-10-25T01:30Z', 'Europe/Paris', '2026-10-25', '2026-10-26'], // and the second
  ['week', 1, 2, '2026-11-24T12:00Z', 'UTC', '2026-11-23', '2026-11-30'], // a Tuesday
  ['week', 2, 13, '2026-11-24T12:00Z', 'UTC', '2026-11-17', '2026-11-24'],
  ['week', 7, 2, '2026-11-24T12:00Z', 'UTC', '2026-11-22', '2026-11-29'],
];
for (const [every, weekday, hour, instant, zone, due, next] of cases)
  test(`S-014 backups each ${every} ${weekday} at ${hour}: at ${instant} in ${zone}, due ${due}, then ${next}`, () => {
    const schedule = { ...DAILY, every, weekday, hour };
    assert.equal(dueDay(schedule, at(instant), zone), due);
    assert.equal(nextDay(schedule, at(instant), zone), next);
  });

async function onClock(work: (one: Scheduled, clock: { now: number }) => Promise<void>): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'comptoir-schedule-'));
  const store = await openStore(join(home, 'comptoir.db'), Buffer.alloc(32, 7));
  const clock = { now: at('2026-11-24T12:00Z') };
  try {
    await work({ store, home, now: () => clock.now, version: '0.1.0', zone: 'UTC' }, clock);
  } finally {
    await store.close();
    await rm(home, { recursive: true, force: true });
  }
}

test('S-014 one a day, at its hour and not before; what was missed is made up for once; the oldest go, other files stay', () =>
  onClock(async (one, clock) => {
    const folder = join(one.home, 'backups');
    await saveSchedule(one, DAILY, 'a rather long phrase');
    assert.equal(await backupIfDue(one), null, 'not at once');
    clock.now = at('2026-11-25T01:59Z');
    assert.equal(await backupIfDue(one), null);
    clock.now = at('2026-11-25T02:00Z');
    const first = await backupIfDue(one);
    assert.equal(first?.code, null);
    assert.equal(first?.file, join(folder, 'comptoir-auto-2026-11-25-0200.zip'));
    assert.equal((await stat(first?.file ?? '')).mode & 0o777, 0o600);
    assert.equal(await backupIfDue(one), null, 'once');
    await writeFile(join(folder, 'comptoir-2026-01-01.zip'), 'made by hand');
    clock.now = at('2026-11-29T12:00Z'); // off for days
    assert.notEqual(await backupIfDue(one), null);
    assert.equal(await backupIfDue(one), null, 'not one for each day missed');
    clock.now = at('2026-11-30T02:00Z');
    await backupIfDue(one);
    assert.deepEqual((await readdir(folder)).sort(), [
      'comptoir-2026-01-01.zip',
      'comptoir-auto-2026-11-29-1200.zip',
      'comptoir-auto-2026-11-30-0200.zip',
    ]);
    assert.deepEqual(await lastOf(one.store).then((last) => last?.at), '2026-11-30T02:00:00.000Z');
    const file = (await lastOf(one.store))?.file ?? '';
    const { createReadStream } = await import('node:fs');
    await receive(one, createReadStream(file), openStore);
    assert.notEqual((await received(one.home))?.key, null, 'a whole backup, with the sealed key');
  }));

test('S-014 a folder that cannot be written is refused when it is set; one that fails later is told, and tried again an hour later', () =>
  onClock(async (one, clock) => {
    const [file, folder] = [join(one.home, 'a-file'), join(one.home, 'elsewhere')];
    await writeFile(file, '');
    for (const wrong of ['relative/folder', join(file, 'x')])
      await assert.rejects(saveSchedule(one, { ...DAILY, folder: wrong }), (error) => {
        assert.ok(error instanceof Failure);
        assert.equal(error.code, 'file.unwritable');
        return true;
      });
    await saveSchedule(one, { ...DAILY, folder });
    await rm(folder, { recursive: true });
    await writeFile(folder, 'in its place');
    clock.now = at('2026-11-25T02:00Z');
    const failed = await backupIfDue(one);
    assert.equal(failed?.code, 'file.unwritable');
    assert.equal(failed?.values.path, folder);
    clock.now += 59 * 60_000;
    assert.equal(await backupIfDue(one), null);
    await rm(folder);
    await mkdir(folder);
    await chmod(folder, 0o700);
    clock.now += 60_000;
    assert.equal((await backupIfDue(one))?.code, null);
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.endsWith('.part')),
      [],
    );
  }));
