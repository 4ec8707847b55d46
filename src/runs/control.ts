import type { Day } from '../core/calendar.ts';
import { Failure } from '../core/problem.ts';
import { gapAfter, numberOf, type Series, type SeriesWatch, seriesWatch } from '../core/series.ts';
import type { ReadItem } from '../shops/reader.ts';
import type { RunRow, Store } from '../store/store.ts';
import { keyOf } from './analyse-lots.ts';
import type { RunControl, RunTrouble, SeriesTold } from './events.ts';
import type { Source } from './read.ts';
import { controlOf } from './stored.ts';

/** Missing numbers told one by one, and asked of what was read before; the rest are only counted. */
const MAX_NUMBERS = 200;
/** Runs looked through for where a series stood before. */
const MAX_RUNS = 50;

/**
 * Holds what was read against the source: as many records as it counts, and series of numbers without gap, double or
 * disorder. It sees documents as they pass and keeps ranges, so that a million of them weigh nothing.
 */
export type Controller = {
  readonly take: (items: readonly ReadItem[]) => void;
  readonly end: () => Promise<{ readonly control: RunControl; readonly troubles: readonly RunTrouble[] }>;
};

export async function controller(store: Store, run: RunRow, source: Source): Promise<Controller> {
  const before = await counted(source);
  const watch = seriesWatch();
  let records = 0;
  let last: string | null = null;
  return { take, end };

  /** Parts of one record (an order of several invoices) come one after the other. */
  function take(items: readonly ReadItem[]): void {
    for (const item of items) {
      const record = recordOf(item);
      if (record !== last) records += 1;
      last = record;
      seeNumber(watch, item);
    }
  }

  async function end(): ReturnType<Controller['end']> {
    const found = records + source.leftOut();
    const now = before === found ? before : await counted(source);
    // An order may come in while we read: between the count before and the one after, nothing is missing.
    const complete =
      before === null || now === null ? null : found >= Math.min(before, now) && found <= Math.max(before, now);
    const all = await continued(store, run, watch.told());
    const series: SeriesTold[] = [];
    for (const one of all) series.push(await told(store, run, one, isShared(one, all)));
    const control = {
      source: now,
      counted: now === null ? null : source.counted,
      records,
      leftOut: source.leftOut(),
      complete,
      series,
    };
    return { control, troubles: troublesOf(control) };
  }
}

/** Null when the source cannot say: reading by change, by invoice date, or on another clock. */
async function counted(source: Source): Promise<number | null> {
  try {
    return await source.count();
  } catch (error) {
    if (error instanceof Failure) return null; // reading itself tells what is wrong with the shop
    throw error;
  }
}

/** What the shop counts as one: an order, or a credit note with all its parts. */
function recordOf(item: ReadItem): string {
  const key = keyOf(item);
  if (key.startsWith('creditNote/')) return key.split('/', 2).join('/');
  return `sale/${item.state === 'read' ? item.document.order.id : item.orderId}`;
}

function seeNumber(watch: SeriesWatch, item: ReadItem): void {
  if (item.state !== 'read') return;
  const { kind, invoice, creditNote, order, subShop } = item.document;
  const number = kind === 'sale' ? invoice?.number : creditNote?.number;
  if (!number) return;
  const date: Day = creditNote?.date ?? invoice?.date ?? order.date;
  watch.see(number, date, { subShop: subShop?.id ?? null, name: order.number ?? order.id });
}

/** Series with what is missing since the period just before, when that was imported. */
async function continued(store: Store, run: RunRow, series: readonly Series[]): Promise<readonly Series[]> {
  if (run.from === null || series.length === 0) return series;
  const runs = await store.runs.list(run.profile, MAX_RUNS);
  const before = runs.find(
    ({ kind, to, state }) => kind === run.kind && to === dayBefore(run.from) && state === 'written',
  );
  const ended = before === undefined ? [] : (controlOf(before)?.series ?? []);
  return series.map((one) => {
    const last = ended.find(({ name }) => name === one.name)?.last;
    const gap = last === undefined ? null : gapAfter(last, one);
    if (gap === null) return one;
    return { ...one, missing: [gap, ...one.missing], missingCount: one.missingCount + gap.high - gap.low + 1 };
  });
}

function dayBefore(day: string | null): string | null {
  return day === null ? null : new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/** Several sub-shops write the same numbers: what another run read does not say of which. */
function isShared({ name, around }: Series, all: readonly Series[]): boolean {
  return all.some((other) => other.name !== name && other.around.join('#') === around.join('#'));
}

/** A number that another run of the profile read is not missing: its order was placed in another period. */
async function told(store: Store, run: RunRow, series: Series, shared: boolean): Promise<SeriesTold> {
  const { name, low, high, width, count, disorder, doubles, partial } = series;
  const numbers: string[] = [];
  for (const gap of series.missing) {
    for (let counter = gap.low; counter <= gap.high && numbers.length < MAX_NUMBERS; counter += 1)
      numbers.push(numberOf(series, counter, gap.width));
  }
  const ask = numbers.length > 0 && !shared;
  const seen = ask ? await store.written.numbersSeen(run.profile, run.id, numbers) : new Set<string>();
  return {
    name,
    first: numberOf(series, low, width),
    last: numberOf(series, high, String(high).length > width ? 0 : width),
    count,
    missing: numbers.filter((number) => !seen.has(number)),
    missingCount: series.missingCount - seen.size,
    doubles: doubles.map(({ number, name: order }) => ({ number, order })),
    disorder,
    partial: partial || series.missingCount > numbers.length,
  };
}

/** Numbers that a sentence names. */
const MAX_NAMED = 12;

function troublesOf({ source, records, leftOut, complete, series }: RunControl): readonly RunTrouble[] {
  const troubles: RunTrouble[] = [];
  if (complete === false)
    troubles.push({ code: 'run.count-differs', values: { source: String(source), read: String(records + leftOut) } });
  for (const { name, missing, missingCount, doubles, disorder } of series) {
    const of = { series: name };
    if (missingCount > 0)
      troubles.push({
        code: 'series.missing',
        values: { ...of, count: String(missingCount), numbers: named(missing, missingCount) },
      });
    if (doubles.length > 0)
      troubles.push({
        code: 'series.doubled',
        values: {
          ...of,
          numbers: named(
            doubles.map(({ number, order }) => `${number} (${order})`),
            doubles.length,
          ),
        },
      });
    if (disorder.length > 0) {
      const pairs = disorder.map(({ number, date, next, nextDate }) => `${number} (${date}) > ${next} (${nextDate})`);
      troubles.push({ code: 'series.disorder', values: { ...of, numbers: named(pairs, disorder.length) } });
    }
  }
  return troubles;
}

function named(words: readonly string[], count: number): string {
  const shown = words.slice(0, MAX_NAMED).join(', ');
  return count > MAX_NAMED ? `${shown} …` : shown;
}
