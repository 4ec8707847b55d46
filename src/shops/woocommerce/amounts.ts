import { type Decimal, divide, equal, magnitude, round, sum } from '../../core/decimal.ts';
import type { ReadingOptions } from '../reader.ts';
import type { WooLines } from './order.ts';

/** Amounts of one line in whole units of the currency, taxes in the order of the line's own. */
export type LineAmounts = {
  readonly net: bigint;
  readonly taxes: readonly { readonly id: string; readonly amount: bigint }[];
};

type Part = {
  readonly section: 'tax_total' | 'shipping_tax_total';
  readonly total: Decimal;
  /** Pieces of a product; one of what has none. */
  readonly quantity: Decimal;
  readonly taxes: readonly { readonly id: string; readonly total: Decimal }[];
};

/** How lines are brought to whole units: the profile's rounding, and how many decimals it keeps. */
export type Manner = { readonly decimals: number; readonly rounding: ReadingOptions['rounding'] };

/**
 * Brings amounts of six decimals to the currency's, in the order of products, shipping, fees. Taxes are spread so that
 * those of a rate add up to what the order states for it. Nets are rounded line by line (what the shop itself shows);
 * when that misses the stated total, the lines of each set of taxes are rounded together; when that misses it too, the
 * first stands and the difference is left to the checks. That is the shop's own way; a profile that names another gets
 * it by the book (each piece, each line, or each rate as a whole), whatever the difference to the stated total.
 */
export function settleAmounts(lines: WooLines, gross: Decimal, manner: Manner): readonly LineAmounts[] {
  const { decimals, rounding } = manner;
  const parts = partsOf(lines);
  if (rounding !== 'shop') return settleBy(rounding, parts, decimals);
  const taxes = settleTaxes(parts, lines, decimals);
  const wanted = units(gross, decimals) - total(taxes.flatMap((item) => item.map(({ amount }) => amount)));
  const byLine = parts.map((part) => units(part.total, decimals));
  const byGroup = total(byLine) === wanted ? byLine : roundByGroup(parts, decimals);
  const nets = total(byGroup) === wanted ? byGroup : byLine;
  return parts.map((_, index) => ({ net: nets[index] ?? 0n, taxes: taxes[index] ?? [] }));
}

/** Nets and taxes rounded in one of the three plain ways, without a look at what the order states in all. */
function settleBy(
  rounding: 'perUnit' | 'perLine' | 'onTotal',
  parts: readonly Part[],
  decimals: number,
): LineAmounts[] {
  if (rounding !== 'onTotal') {
    const rounded = (amount: Decimal, part: Part) =>
      rounding === 'perUnit' ? byPiece(amount, part.quantity, decimals) : units(amount, decimals);
    return parts.map((part) => ({
      net: rounded(part.total, part),
      taxes: part.taxes.map(({ id, total }) => ({ id, amount: rounded(total, part) })),
    }));
  }
  const nets = roundByGroup(parts, decimals);
  const settled = parts.map((part, index) => ({
    net: nets[index] ?? 0n,
    taxes: part.taxes.map(({ id, total }) => ({ id, amount: units(total, decimals) })),
  }));
  for (const rate of new Set(parts.flatMap(({ taxes }) => taxes.map(({ id }) => id)))) {
    const places = parts.flatMap(({ taxes }, line) =>
      taxes.flatMap(({ id, total }, index) => (id === rate ? [{ line, index, total }] : [])),
    );
    const values = places.map((place) => place.total);
    const amounts = spread(values, units(sum(values), decimals), decimals);
    for (const [place, { line, index }] of places.entries()) {
      const tax = settled[line]?.taxes[index];
      if (tax !== undefined) tax.amount = amounts[place] ?? tax.amount;
    }
  }
  return settled;
}

/** The amount of one piece, rounded, times the pieces; parts of a piece are rounded as a line. */
function byPiece(amount: Decimal, quantity: Decimal, decimals: number): bigint {
  const pieces = round(magnitude(quantity), 0);
  if (pieces.units === 0n || !equal(pieces, magnitude(quantity))) return units(amount, decimals);
  return divide(amount, pieces, decimals, 'half-up').units * pieces.units;
}

/**
 * Rounds values so that they add up to a stated whole: each half up, then those nearest to the next unit are moved.
 * A whole too far away for one unit a value is no rounding difference: the values then keep their own rounding.
 */
export function spread(values: readonly Decimal[], whole: bigint, decimals: number): bigint[] {
  const rounded = values.map((value) => units(value, decimals));
  const missing = whole - total(rounded);
  const step = missing < 0n ? -1n : 1n;
  const scale = Math.max(decimals, ...values.map((value) => value.scale));
  const movable = values
    .map((value, index) => ({ index, exact: round(value, scale).units, size: round(magnitude(value), scale).units }))
    .filter(({ size }) => size !== 0n)
    .map(({ index, exact, size }) => ({
      index,
      size,
      gain: (exact - (rounded[index] ?? 0n) * 10n ** BigInt(scale - decimals)) * step,
    }))
    .sort((a, b) => descending(a.gain, b.gain) || descending(a.size, b.size) || a.index - b.index);
  if (missing * step > BigInt(movable.length)) return rounded;
  for (const { index } of movable.slice(0, Number(missing * step))) rounded[index] = (rounded[index] ?? 0n) + step;
  return rounded;
}

const ONE: Decimal = { units: 1n, scale: 0 };

function partsOf(lines: WooLines): Part[] {
  return [
    ...lines.line_items.map((line) => part('tax_total', line, line.quantity)),
    ...lines.shipping_lines.map((line) => part('shipping_tax_total', line)),
    ...lines.fee_lines.map((line) => part('tax_total', line)),
  ];

  /** A tax whose amount is empty does not apply to the line. */
  function part(
    section: Part['section'],
    line: WooLines['fee_lines'][number] | WooLines['shipping_lines'][number],
    quantity?: Decimal,
  ): Part {
    const taxes = line.taxes.flatMap(({ id, total }) => (total === null ? [] : [{ id, total }]));
    return { section, total: line.total, quantity: quantity ?? ONE, taxes };
  }
}

function settleTaxes(parts: readonly Part[], lines: WooLines, decimals: number): { id: string; amount: bigint }[][] {
  const settled = parts.map((part) => part.taxes.map(({ id, total }) => ({ id, amount: units(total, decimals) })));
  for (const stated of lines.tax_lines) {
    for (const section of ['tax_total', 'shipping_tax_total'] as const) {
      const places = parts.flatMap((part, line) =>
        part.section === section
          ? part.taxes.flatMap(({ id, total }, index) => (id === stated.rate_id ? [{ line, index, total }] : []))
          : [],
      );
      const amounts = spread(
        places.map((place) => place.total),
        units(stated[section], decimals),
        decimals,
      );
      places.forEach(({ line, index }, place) => {
        const tax = settled[line]?.[index];
        if (tax !== undefined) tax.amount = amounts[place] ?? tax.amount;
      });
    }
  }
  return settled;
}

function roundByGroup(parts: readonly Part[], decimals: number): bigint[] {
  const groups = new Map<string, number[]>();
  parts.forEach((part, index) => {
    const key = part.taxes.map(({ id }) => id).join('+');
    groups.set(key, [...(groups.get(key) ?? []), index]);
  });
  const nets = parts.map(() => 0n);
  for (const indexes of groups.values()) {
    const values = indexes.flatMap((index) => parts[index]?.total ?? []);
    const amounts = spread(values, units(sum(values), decimals), decimals);
    indexes.forEach((index, place) => {
      nets[index] = amounts[place] ?? 0n;
    });
  }
  return nets;
}

function units(amount: Decimal, decimals: number): bigint {
  return round(amount, decimals, 'half-up').units;
}

function total(values: readonly bigint[]): bigint {
  return values.reduce((all, value) => all + value, 0n);
}

function descending(a: bigint, b: bigint): number {
  return a > b ? -1 : a < b ? 1 : 0;
}
