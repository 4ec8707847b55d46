import type { Report } from './findings.ts';

/** Gaps of one series that are remembered; with more it is told so, and followed no further. */
const MAX_GAPS = 1000;
const NUMBER = /^(.*?)(\d{1,15})$/;

type Gap = { readonly from: number; readonly to: number; readonly line: number };
type Series = { min: number; max: number; gaps: Gap[]; scattered: number | null };

/**
 * Whether the numbers of entries follow each other (A. 47 A-1, VII-3°): one series for all or one for each journal, both
 * are allowed, so both are followed and the better one counts. Numbers may come in any order; what is missing at the end is told.
 */
export function numbering(report: Report) {
  const all = new Map<string, Series>();
  const byJournal = new Map<string, Series>();
  let unnumbered = false;
  return { add, end };

  /** A new entry, first met in that line. */
  function add(journal: string, text: string, line: number): void {
    const match = NUMBER.exec(text);
    if (match === null) {
      if (!unnumbered && text !== '') report('number-form', { line, column: 'EcritureNum', value: text });
      unnumbered = true;
      return;
    }
    const [, prefix = '', digits = ''] = match;
    count(all, prefix, Number(digits), line);
    count(byJournal, `${journal}\t${prefix}`, Number(digits), line);
  }

  function end(): void {
    const best = missing(all) <= missing(byJournal) ? all : byJournal;
    for (const [key, { gaps, scattered }] of best) {
      if (scattered !== null) report('number-scattered', { line: scattered, column: 'EcritureNum' });
      const prefix = key.split('\t').at(-1) ?? '';
      for (const { from, to, line } of gaps.toSorted((a, b) => a.line - b.line)) {
        const values = { from: `${prefix}${from}`, to: from === to ? '' : `${prefix}${to}` };
        report('number-gap', { line, column: 'EcritureNum', values });
      }
    }
  }
}

function count(all: Map<string, Series>, key: string, number: number, line: number): void {
  const series = all.get(key);
  if (series === undefined) {
    all.set(key, { min: number, max: number, gaps: [], scattered: null });
    return;
  }
  if (series.scattered !== null) return;
  const { min, max, gaps } = series;
  if (number > max) {
    if (number > max + 1) gaps.push({ from: max + 1, to: number - 1, line });
    series.max = number;
  } else if (number < min) {
    if (number < min - 1) gaps.push({ from: number + 1, to: min - 1, line });
    series.min = number;
  } else fill(gaps, number);
  if (gaps.length <= MAX_GAPS) return;
  series.scattered = line;
  series.gaps = [];
}

/** The number came after all. */
function fill(gaps: Gap[], number: number): void {
  const place = gaps.findLastIndex(({ from, to }) => from <= number && number <= to);
  const gap = gaps[place];
  if (gap === undefined) return;
  const { from, to, line } = gap;
  const left = [
    { from, to: number - 1, line },
    { from: number + 1, to, line },
  ].filter((part) => part.from <= part.to);
  gaps.splice(place, 1, ...left);
}

/** Numbers that are missing; a scattered series has too many to say. */
function missing(all: ReadonlyMap<string, Series>): number {
  let sum = 0;
  for (const { gaps, scattered } of all.values()) {
    if (scattered !== null) return Number.POSITIVE_INFINITY;
    for (const { from, to } of gaps) sum += to - from + 1;
  }
  return sum;
}
