import { z } from 'zod';
import type { Answer } from '../schema/answer.ts';

/** Links to whoever helps, and the log files they may ask for. */

/** Nothing but a page of the web: no script, no file, no password in it. */
const httpsAddress = z
  .string()
  .trim()
  .max(500)
  .refine((text) => {
    const url = URL.parse(text);
    return url !== null && url.protocol === 'https:' && url.username === '' && url.password === '';
  }, 'not-https');

const link = z.strictObject({ label: z.string().trim().min(1).max(60), url: httpsAddress });
export const supportLinks = z.array(link).max(20);
export type SupportLinks = Answer<typeof supportLinks>;
export const saveLinks = z.strictObject({ links: supportLinks });

export const logSettings = z.strictObject({
  level: z
    .enum(['errors', 'normal', 'detailed'])
    .default('normal')
    .meta({ description: '`normal`: runs, backups, starts; `detailed`: each request too' }),
  keptDays: z.int().min(1).max(365).default(30),
});
export type LogSettings = Answer<typeof logSettings>;

export const logsAnswer = logSettings
  .extend({ files: z.array(z.object({ name: z.string(), bytes: z.number() })) })
  .meta({ id: 'LogsAnswer' });
export type LogsAnswer = Answer<typeof logsAnswer>;
