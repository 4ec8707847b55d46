import { z } from 'zod';
import { type Answer, texts } from '../schema/answer.ts';

/** Backups that are made by themselves. */

export const backupSchedule = z.strictObject({
  every: z.enum(['never', 'day', 'week']),
  weekday: z.int().min(1).max(7).default(1).meta({ description: '1: Monday; of weekly backups' }),
  hour: z.int().min(0).max(23).default(2).meta({ description: "In the zone of the server's machine" }),
  keep: z.int().min(1).max(366).default(14).meta({ description: 'How many are kept' }),
  folder: z
    .string()
    .trim()
    .min(1)
    .max(1000)
    .nullable()
    .default(null)
    .meta({ description: 'Absolute; null: `backups` of the data folder' }),
});
export type BackupSchedule = Answer<typeof backupSchedule>;

export const saveSchedule = backupSchedule.extend({
  passphrase: z
    .string()
    .min(10)
    .max(200)
    .nullable()
    .optional()
    .meta({ description: 'Left out: as it was; null: without the key of the secrets' }),
});
export type SaveSchedule = z.output<typeof saveSchedule>;

export const lastBackup = z.object({
  at: z.string(),
  file: z.string().nullable(),
  bytes: z.number(),
  code: z.string().nullable().meta({ description: "A failure's; null: it was made" }),
  values: texts,
});
export type LastBackup = Answer<typeof lastBackup>;

export const scheduleAnswer = backupSchedule
  .extend({
    folderShown: z.string(),
    passphraseSet: z.boolean(),
    next: z.string().nullable().meta({ description: 'The day of the next one' }),
    zone: z.string(),
    last: lastBackup.nullable(),
  })
  .meta({ id: 'BackupSchedule' });
export type ScheduleAnswer = Answer<typeof scheduleAnswer>;
