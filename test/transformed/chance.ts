import { add, type Decimal, decimal, decimalText, multiply, round } from '../../src/core/decimal.ts';

/** What one seed draws: the same numbers for the same seed, on every machine. */
export type Chance = {
  /** A whole number from `min` to `max`, both included. */
  readonly from: (min: number, max: number) => number;
  /** Another number for each id, never the same for two; 0 and empty stay what they are. Ids stay below 9973. */
  readonly id: (old: string | number) => number;
  /** Another percentage for each rate above zero, one decimal, all of them at least 0.8 apart. */
  readonly rate: (old: Decimal) => Decimal;
};

const PRIME = 9973;
/** All the rates that the recorded shops know. */
const OLD_RATES = '1.2 2.1 4 5.5 6 7 8.5 10 12 17 18 19 20 21 22 23 24 25 25.5 27'.split(' ');

export function chanceOf(seed: number): Chance {
  let state = seed * 2654435761;
  const multiplier = 2 + (next() % (PRIME - 3));
  const rates = new Map<string, Decimal>();
  // At least 0.8 apart, in an order that is not that of the old ones.
  const places = shuffled(OLD_RATES.map((_, place) => place));
  for (const [index, old] of OLD_RATES.entries()) {
    const tenths = 15 + (places[index] ?? 0) * 12 + (next() % 5);
    rates.set(old, { units: BigInt(tenths), scale: 1 });
  }
  return { from, id, rate };

  function from(min: number, max: number): number {
    return min + (next() % (max - min + 1));
  }

  function id(old: string | number): number {
    const value = Number(old);
    if (value === 0) return 0;
    if (!(value > 0 && value < PRIME)) throw new TypeError(`Not an id that can be moved: ${old}`);
    return (value * multiplier) % PRIME;
  }

  function rate(old: Decimal): Decimal {
    if (old.units === 0n) return old;
    const found = rates.get(decimalText(old));
    if (found === undefined) throw new TypeError(`No other rate for ${decimalText(old)} %`);
    return found;
  }

  function shuffled(values: number[]): number[] {
    for (let last = values.length - 1; last > 0; last -= 1) {
      const other = from(0, last);
      [values[last], values[other]] = [values[other] ?? 0, values[last] ?? 0];
    }
    return values;
  }

  /** Mulberry32. */
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 1;
  }
}

export function times(amount: Decimal, factor: number): Decimal {
  return multiply(amount, { units: BigInt(factor), scale: 0 });
}

/** A percentage of an amount: rounded half up to `decimals`. */
export function taxAt(net: Decimal, rate: Decimal, decimals: number): Decimal {
  const { units, scale } = multiply(net, rate);
  return round({ units, scale: scale + 2 }, decimals);
}

export function whole(text: string): Decimal {
  return round(decimal(text), 2);
}

/** Collects amounts by rate. */
export function addRate(rows: Map<string, Decimal>, rate: Decimal, amount: Decimal): void {
  const key = decimalText(rate);
  const known = rows.get(key);
  rows.set(key, known === undefined ? amount : add(known, amount));
}
