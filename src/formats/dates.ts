import { type Day, parseDay } from '../core/calendar.ts';
import type { DATE_PATTERNS } from '../schema/format-words.ts';

/** A day as vendors write it: JJ the day, MM the month, AA or AAAA the year, and signs between them. */
export type DatePattern = (typeof DATE_PATTERNS)[number];

type Dates = {
  /** Null when the year has no two digits: they can only mean 1950 to 2049. */
  readonly write: (day: Day) => string | null;
  readonly parse: (text: string) => Day | null;
};

/** Writer and reader of a pattern. Lines that follow each other mostly have the same day, so the last one is kept. */
export function datesOf(pattern: DatePattern): Dates {
  const parts = pattern.split(/(AAAA|AA|MM|JJ)/).filter((part) => part !== '');
  const shortYear = !pattern.includes('AAAA');
  let written: { readonly day: Day; readonly text: string | null } | null = null;
  let parsed: { readonly text: string; readonly day: Day | null } | null = null;
  return { write, parse };

  function write(day: Day): string | null {
    if (written?.day !== day) written = { day, text: textOf(day) };
    return written.text;
  }

  function parse(text: string): Day | null {
    if (parsed?.text !== text) parsed = { text, day: dayOf(text) };
    return parsed.day;
  }

  function textOf(day: Day): string | null {
    const year = day.slice(0, 4);
    if (shortYear && (year < '1950' || year > '2049')) return null;
    const values: Readonly<Record<string, string>> = {
      AAAA: year,
      AA: day.slice(2, 4),
      MM: day.slice(5, 7),
      JJ: day.slice(8, 10),
    };
    return parts.map((part) => values[part] ?? part).join('');
  }

  function dayOf(text: string): Day | null {
    if (text.length !== pattern.length) return null;
    const values: Record<string, string> = {};
    let at = 0;
    for (const part of parts) {
      const found = text.slice(at, at + part.length);
      if (/[AMJ]/.test(part)) values[part] = found;
      else if (found !== part) return null;
      at += part.length;
    }
    const { AA = '', MM = '', JJ = '' } = values;
    const year = values.AAAA ?? `${AA < '50' ? '20' : '19'}${AA}`;
    return parseDay(`${year}-${MM}-${JJ}`);
  }
}
