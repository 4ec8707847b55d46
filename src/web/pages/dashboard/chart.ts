import { addDays, type Day, day } from '../../../core/calendar.ts';
import { add, type Decimal, decimal, decimalText, parseDecimal, ZERO } from '../../../core/decimal.ts';
import { monthDays } from '../../../core/periods.ts';

/** A bar of a chart: a day, or a month of a long period. Heights are thousandths of the chart's, for drawing alone. */
export type Bar = {
  readonly from: string;
  readonly to: string;
  /** Under the bar; empty where there is no room for all. */
  readonly label: string;
  readonly net: string;
  readonly entries: number;
  readonly height: number;
};

export type Chart = {
  readonly bars: readonly Bar[];
  /** Thousandths of the chart that stand above its base line; what is below are days that gave more back than they sold. */
  readonly above: number;
  readonly largest: Bar | null;
};

type Sold = { readonly day: string; readonly net: string; readonly entries: number };

/** Longer than two months, days are thinner than they can be read. */
const MAX_DAYS = 62;
/** A figure above zero is seen, however small. */
const LEAST = 4;

export function chartOf(days: readonly Sold[], period: { readonly from: string; readonly to: string }): Chart {
  const spans = spansOf(day(period.from), day(period.to));
  const sums = spans.map((span) => {
    const within = days.filter((one) => one.day >= span.from && one.day <= span.to);
    return {
      ...span,
      net: within.reduce((total, { net }) => add(total, parseDecimal(net) ?? ZERO), ZERO),
      entries: within.reduce((total, { entries }) => total + entries, 0),
    };
  });
  const scale = Math.max(2, ...sums.map(({ net }) => net.scale));
  const minor = ({ units, scale: own }: Decimal) => units * 10n ** BigInt(scale - own);
  const values = sums.map(({ net }) => minor(net));
  const top = values.reduce((a, b) => (b > a ? b : a), 0n);
  const bottom = values.reduce((a, b) => (b < a ? b : a), 0n);
  const whole = top - bottom;
  const thousandths = (value: bigint) => (whole === 0n ? 0 : Number((value * 1000n) / whole));
  const bars = sums.map(({ from, to, label, net, entries }, place): Bar => {
    const value = values[place] ?? 0n;
    const height = thousandths(value);
    const shown = value === 0n ? 0 : value > 0n ? Math.max(height, LEAST) : Math.min(height, -LEAST);
    return { from, to, label, net: decimalText(net, 2), entries, height: shown };
  });
  const largest = top === 0n ? null : (bars[values.indexOf(top)] ?? null);
  return { bars, above: whole === 0n ? 1000 : thousandths(top), largest };
}

/** Thousandths of the largest amount, for bars beside each other; nothing below zero is drawn. */
export function sharesOf(amounts: readonly string[]): readonly number[] {
  const values = amounts.map((text) => decimal(text));
  const scale = Math.max(0, ...values.map((value) => value.scale));
  const minor = values.map(({ units, scale: own }) => units * 10n ** BigInt(scale - own));
  const top = minor.reduce((a, b) => (b > a ? b : a), 0n);
  return minor.map((value) => (top === 0n || value <= 0n ? 0 : Math.max(LEAST, Number((value * 1000n) / top))));
}

function spansOf(from: Day, to: Day): { from: Day; to: Day; label: string }[] {
  const found: { from: Day; to: Day; label: string }[] = [];
  const byDay = addDays(from, MAX_DAYS) > to;
  for (let start = from; start <= to; ) {
    const last = byDay ? start : monthDays(start).to;
    const end = last < to ? last : to;
    found.push({ from: start, to: end, label: byDay ? dayLabel(start) : `${start.slice(5, 7)}/${start.slice(2, 4)}` });
    start = addDays(end, 1);
  }
  return found;
}

/** Each week's first day of a month: 01, 08, 15, 22, 29. */
function dayLabel(of: Day): string {
  return (Number(of.slice(8)) - 1) % 7 === 0 ? of.slice(8) : '';
}
