import { z } from 'zod';
import { parseDay } from '../core/calendar.ts';

const UTC_TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})Z?$/;
const LOCAL_TIME = /^(\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):([0-5]\d):([0-5]\d)$/;

/** A civil day, `YYYY-MM-DD`, that exists. */
export const day = z.string().transform((text, context) => {
  const value = parseDay(text);
  if (value !== null) return value;
  context.addIssue({ code: 'custom', message: `not-day: ${text.slice(0, 30)}` });
  return z.NEVER;
});

/** A time without offset that is UTC (`2026-03-31T21:40:12`), as milliseconds since 1970. */
export const utcTime = z.string().transform((text, context): number => {
  const match = UTC_TIME.exec(text);
  const instant =
    match === null || parseDay(match[1] ?? '') === null ? Number.NaN : Date.parse(`${match[1]}T${match[2]}Z`);
  if (!Number.isNaN(instant)) return instant;
  context.addIssue({ code: 'custom', message: `not-time: ${text.slice(0, 30)}` });
  return z.NEVER;
});

/** A time on the shop's own clock, with `T` between day and time; what instant it is, only the zone tells. */
export const localTime = z.string().transform((text, context): string => {
  const match = LOCAL_TIME.exec(text);
  if (match !== null && parseDay(match[1] ?? '') !== null) return text.replace(' ', 'T');
  context.addIssue({ code: 'custom', message: `not-time: ${text.slice(0, 30)}` });
  return z.NEVER;
});
