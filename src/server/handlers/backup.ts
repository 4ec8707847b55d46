import { Readable } from 'node:stream';
import type { RestorePreview } from '../../api/access.ts';
import type { SaveSchedule, ScheduleAnswer } from '../../api/backup.ts';
import { backup } from '../../backup/backup.ts';
import type { Manifest } from '../../backup/manifest.ts';
import { accept, forget, receive, received } from '../../backup/restore.ts';
import { folderOf, hasPassphrase, lastOf, nextDay, saveSchedule, scheduleOf } from '../../backup/schedule.ts';
import { openStore } from '../../store/open.ts';
import type { Services } from '../app.ts';
import { attached } from '../attached.ts';

/** The whole configuration and state as one file, and back. */

export async function makeBackup({ app }: Services, passphrase: string | null): Promise<Response> {
  const { store, home, now } = app.deps;
  const parts = backup({ store, home, now, version: app.version }, passphrase);
  const { value: first } = await parts.next(); // what is wrong before the first byte is told as an answer
  const stamp = new Date(now()).toISOString().slice(0, 10);
  return attached(`comptoir-${stamp}.zip`, 'application/zip', all());

  async function* all(): AsyncGenerator<Uint8Array> {
    if (first) yield first;
    yield* parts;
  }
}

export async function receiveBackup(services: Services, { body }: Pick<Request, 'body'>): Promise<RestorePreview> {
  const bytes = body === null ? Readable.from([]) : (body as AsyncIterable<Uint8Array>); // Node's streams are
  return preview(services, await receive(services.app.deps, bytes, openStore));
}

/** Accepts what was received: it is in place when the server has started again, at once. */
export async function acceptBackup(services: Services, passphrase: string | null): Promise<RestorePreview> {
  const answer = await preview(services, await accept(services.app.deps, passphrase, openStore));
  services.app.restart();
  return answer;
}

export async function forgetBackup({ app }: Services): Promise<null> {
  await forget(app.deps.home);
  return null;
}

export async function receivedBackup(services: Services): Promise<RestorePreview | null> {
  const manifest = await received(services.app.deps.home);
  return manifest && preview(services, manifest);
}

export async function getSchedule({ app }: Services): Promise<ScheduleAnswer> {
  const { store, home, now } = app.deps;
  const schedule = await scheduleOf(store);
  return {
    ...schedule,
    folderShown: folderOf(home, schedule),
    passphraseSet: await hasPassphrase(store),
    next: nextDay(schedule, now(), app.zone),
    zone: app.zone,
    last: await lastOf(store),
  };
}

export async function putSchedule(services: Services, given: SaveSchedule): Promise<ScheduleAnswer> {
  const { passphrase, ...schedule } = given;
  const { app } = services;
  const { store, home, now } = app.deps;
  await saveSchedule({ store, home, now, version: app.version, zone: app.zone }, schedule, passphrase);
  return getSchedule(services);
}

async function preview({ app }: Services, { app: version, madeAt, profiles, transferred, key }: Manifest) {
  const since = await app.deps.store.maintenance.transferredSince(madeAt);
  return { version, madeAt, profiles, transferred, since, hasSecrets: key !== null };
}
