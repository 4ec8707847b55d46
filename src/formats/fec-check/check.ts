import { addDays, parseDay } from '../../core/calendar.ts';
import { entryChecks } from './entries.ts';
import { rowReader } from './fields.ts';
import { type FecFinding, type FecPurpose, type FecSummary, findingsFor, type Report } from './findings.ts';
import { headerOf } from './header.ts';
import { fecLines } from './lines.ts';

export type FecRequest = {
  readonly bytes: AsyncIterable<Buffer> | Iterable<Buffer>;
  /** Without its folder; null: not looked at. */
  readonly fileName: string | null;
  readonly purpose: FecPurpose;
};

/** SIREN, `FEC`, the day the year closes; parts of one file end with `_1`, `_2` (the checker's notice). */
const FILE_NAME = /^(\d{9})FEC(\d{8})(?:_\d+)?(?:\.\w+)?$/i;
/** No year is longer. */
const LONGEST_YEAR_DAYS = 731;

/**
 * Holds a FEC against the published rules, in memory that does not grow with the file; findings come in lots, those of a
 * whole entry or of the whole file at the end. Answers what the file holds.
 */
export async function* checkFec({
  bytes,
  fileName,
  purpose,
}: FecRequest): AsyncGenerator<readonly FecFinding[], FecSummary> {
  const { report, take } = findingsFor(purpose);
  const places = new Map<string, number>();
  const located: Report = (code, { column = null, place = null, ...rest }) =>
    report(code, { ...rest, column, place: place ?? (column === null ? null : (places.get(column) ?? null)) });
  const closing = fileName === null ? null : closingDay(fileName, report);
  const year = closing === null ? null : { from: addDays(closing, -LONGEST_YEAR_DAYS), to: closing };
  const entries = entryChecks(located, year);
  let read: ReturnType<typeof rowReader> | null = null;
  let lines = 0;
  for await (const batch of fecLines(bytes, report)) {
    for (const { text, number } of batch) {
      if (read === null) {
        const header = headerOf(text, report);
        read = rowReader(header, report);
        for (const [field, at] of Object.entries(header.at)) if (at >= 0) places.set(field, at + 1);
        if (!header.absent) continue;
      }
      lines += 1;
      const row = read(text, number);
      if (row === null) entries.unreadable();
      else entries.take(row);
    }
    yield take();
  }
  if (read === null) report('empty-file', { line: null });
  else if (lines === 0) report('no-entries', { line: null });
  const totals = entries.end();
  yield take();
  return { ...totals, lines };
}

/** The first rule that a file of some entries breaks, with its line and field; null: it may be delivered. */
export async function brokenRule(bytes: FecRequest['bytes']): Promise<string | null> {
  for await (const findings of checkFec({ bytes, fileName: null, purpose: 'import' })) {
    const fault = findings.find(({ level }) => level === 'error');
    if (fault !== undefined) return `${fault.line ?? 0}: ${fault.column ?? ''} ${fault.code} ${fault.value}`;
  }
  return null;
}

function closingDay(fileName: string, report: Report) {
  const match = FILE_NAME.exec(fileName);
  if (match === null) {
    report('file-name', { line: null, value: fileName });
    return null;
  }
  const [, siren = '', date = ''] = match;
  if (!isSiren(siren)) report('siren', { line: null, value: siren });
  const closing = parseDay(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`);
  if (closing === null) report('file-name-date', { line: null, value: date });
  return closing;
}

/** The last digit of a SIREN is a check digit (Luhn). */
function isSiren(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
