import type { LogLine } from '../../../api/api.ts';
import type { Speech } from '../../language.tsx';
import { sayCause } from '../../parts/state.ts';

/** A line of the log as people read it: a problem by its own sentence behind the orders it stops, else `log.<event>`. */
export function logText(line: LogLine, speech: Pick<Speech, 'say' | 'knows'>): string {
  const values = readable(line.values);
  if (!line.reason) return speech.say(`log.${line.event}`, values);
  const { message } = sayCause(line.reason, speech);
  const key = `log.${line.event}`;
  return speech.knows(key) ? speech.say(key, { ...values, problem: message }) : message;
}

/** The right-hand detail: what the server gave, else how long it took. */
export function logDetail(line: LogLine, speech: Pick<Speech, 'duration'>): string {
  if (line.detail !== null) return line.detail;
  const took = line.values.durationMs;
  return took === undefined || !/^[1-9]\d*$/.test(took) ? '' : speech.duration(Number(took));
}

/** The log as plain text, for the clipboard. */
export function logAsText(
  lines: readonly LogLine[],
  speech: Pick<Speech, 'say' | 'knows' | 'time' | 'duration' | 'amount'>,
): string {
  return lines
    .map((line) =>
      [
        speech.time(line.at),
        logText(line, speech),
        logDetail(line, speech),
        line.amount ? speech.amount(line.amount) : '',
      ]
        .filter((part) => part !== '')
        .join('\t'),
    )
    .join('\n');
}

export function isProblem(line: LogLine): boolean {
  return line.level === 'held' || line.level === 'failed' || line.level === 'warn';
}

/** Problems that wait for a decision, as the filter counts them. */
export function countProblems(lines: readonly LogLine[]): number {
  return lines.filter(isProblem).length;
}

/** Counts travel as text; as numbers they are grouped and choose the word that goes with them. */
function readable(values: LogLine['values']): Record<string, string | number> {
  const COUNTS = new Set([
    'count',
    'read',
    'ready',
    'held',
    'excluded',
    'already',
    'written',
    'entries',
    'lines',
    'records',
    'documents',
    'total',
    'done',
    'page',
    'attempt',
    'bytes',
  ]);
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      COUNTS.has(name) && /^\d{1,15}$/.test(value) ? Number(value) : value,
    ]),
  );
}
