import { z } from 'zod';
import { restorePreview } from '../api/access.ts';
import { saveSchedule, scheduleAnswer } from '../api/backup.ts';
import * as backup from './handlers/backup.ts';
import { type Route, route } from './route.ts';

const passphrase = z.strictObject({ passphrase: z.string().min(10).max(200).nullable() });

/** The whole configuration and state as one file, and back. */
export const BACKUP_ROUTES: readonly Route[] = [
  route('POST', '/api/backup', {
    role: 'configure',
    act: 'backup.make',
    summary:
      'The whole configuration and state as a zip; a passphrase seals the key of the secrets, without one it stays out',
    answers: { media: 'application/zip', holds: 'The backup' },
    body: passphrase,
    handle: (services, { body }) => backup.makeBackup(services, body.passphrase),
  }),
  route('GET', '/api/backup/schedule', {
    role: 'configure',
    summary: 'The backups that are made by themselves: when, where, how many are kept, and what became of the last one',
    answers: scheduleAnswer,
    handle: (services) => backup.getSchedule(services),
  }),
  route('PUT', '/api/backup/schedule', {
    role: 'configure',
    act: 'backup.schedule',
    summary: 'Sets when they are made; the folder is tried first, a passphrase that is left out stays',
    answers: scheduleAnswer,
    body: saveSchedule,
    handle: (services, { body }) => backup.putSchedule(services, body),
  }),
  route('GET', '/api/restore', {
    role: 'configure',
    summary: 'The backup that was received and waits for a yes; null when there is none',
    answers: restorePreview.nullable(),
    handle: (services) => backup.receivedBackup(services),
  }),
  route('POST', '/api/restore', {
    role: 'configure',
    act: 'backup.receive',
    summary: 'Takes a backup in and checks it, sent as application/octet-stream; nothing is changed yet',
    answers: restorePreview,
    upload: true,
    handle: (services, { context }) => backup.receiveBackup(services, context.req.raw),
  }),
  route('POST', '/api/restore/accept', {
    role: 'configure',
    act: 'backup.restore',
    summary: 'Puts the backup received in place; the server starts again, and what it replaces is kept beside it',
    answers: restorePreview,
    body: passphrase,
    handle: (services, { body }) => backup.acceptBackup(services, body.passphrase),
  }),
  route('DELETE', '/api/restore', {
    role: 'configure',
    act: 'backup.forget',
    summary: 'Forgets the backup received',
    answers: z.null(),
    handle: (services) => backup.forgetBackup(services),
  }),
];
