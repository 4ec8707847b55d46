/**
 * Exact decimals: what a shop wrote, as it wrote it. `units` × 10^-`scale`: 12.50 is { units: 1250n, scale: 2 }.
 * Nothing here rounds unless it is told how; no amount ever becomes a binary float.
 */
export type Decimal = { readonly units: bigint; readonly scale: number };

/** How a number between two neighbours is moved to one of them. `half-up` goes away from zero for negatives too. */
export type Rounding = 'up' | 'down' | 'half-up' | 'half-down' | 'half-even' | 'half-odd';

const PLAIN = /^-?\d+(?:\.\d+)?$/;
const EXPONENT = /^(-?\d+)(?:\.(\d+))?[eE]([+-]?\d{1,3})$/;
/** Longer texts are not amounts; the limit keeps hostile input from growing big integers. */
const MAX_LENGTH = 60;

export const ZERO: Decimal = { units: 0n, scale: 0 };

/** Reads decimal text (`-12.345678`, also the JSON spelling `1.2e-7`); null when it is anything else. */
export function parseDecimal(text: string): Decimal | null {
  if (text.length > MAX_LENGTH) return null;
  if (PLAIN.test(text)) return plainDecimal(text);
  const match = EXPONENT.exec(text);
  if (!match) return null;
  const [, whole = '', fraction = '', exponent = ''] = match;
  const scale = fraction.length - Number(exponent);
  const units = BigInt(whole + fraction);
  return scale >= 0 ? { units, scale } : { units: units * powerOfTen(-scale), scale: 0 };
}

/** A decimal from digits with at most a sign and a point, which somebody has just looked at: `-12.345678`. */
export function plainDecimal(text: string): Decimal {
  if (text.length <= SHORT) return shortDecimal(text);
  const point = text.indexOf('.');
  if (point < 0) return { units: BigInt(text), scale: 0 };
  return { units: BigInt(text.slice(0, point) + text.slice(point + 1)), scale: text.length - point - 1 };
}

/** So many digits are a whole number below 2^53, which JavaScript counts with exactly, and four times as fast. */
const SHORT = 15;

function shortDecimal(text: string): Decimal {
  let units = 0;
  let point = text.length - 1;
  for (let at = 0; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - DIGIT_ZERO;
    if (digit >= 0) units = units * 10 + digit;
    else if (text.charCodeAt(at) === POINT) point = at;
  }
  const scale = text.length - 1 - point;
  return { units: BigInt(text.charCodeAt(0) === MINUS ? -units : units), scale };
}

/** A decimal from text that is known to be one; throws when it is not (a fault of the programme, not of the data). */
export function decimal(text: string): Decimal {
  const value = parseDecimal(text);
  if (value === null) throw new TypeError(`Not a decimal: ${text}`);
  return value;
}

/** Canonical text: as many decimals as it has, at least `minDecimals`, no trailing zero beyond these. */
export function decimalText(value: Decimal, minDecimals = 0): string {
  const { units, scale } = value;
  if (scale <= minDecimals) return unitsText(rescale(value, minDecimals).units, minDecimals);
  const text = unitsText(units, scale);
  const shortest = text.length - (scale - minDecimals);
  let end = text.length;
  while (end > shortest && text.charCodeAt(end - 1) === DIGIT_ZERO) end -= 1;
  return text.slice(0, text.charCodeAt(end - 1) === POINT ? end - 1 : end);
}

const DIGIT_ZERO = 48;
const POINT = 46;
const MINUS = 45;

/** `units` of 10^-`scale` as text: (−5n, 2) → `-0.05`. */
export function unitsText(units: bigint, scale: number): string {
  return units < EXACT && units > -EXACT ? exactText(Number(units), scale) : pointed(units.toString(), scale);
}

/** Below it a whole number is exact as a JavaScript number too. */
const EXACT = 2n ** 53n;

/** An amount is written several times while it goes through: texts made last, by the last bits of their units. */
const TEXTS = 1024;
const lastUnits = new Float64Array(TEXTS);
const lastScales = new Int8Array(TEXTS).fill(-1);
const lastTexts: string[] = new Array(TEXTS).fill('');

function exactText(units: number, scale: number): string {
  const place = units & (TEXTS - 1);
  const known = lastTexts[place];
  if (known !== undefined && lastUnits[place] === units && lastScales[place] === scale) return known;
  const text = pointed(String(units), scale);
  lastUnits[place] = units;
  lastScales[place] = scale;
  lastTexts[place] = text;
  return text;
}

/** Digits, perhaps with a minus, and where their point goes. */
function pointed(digits: string, scale: number): string {
  if (scale === 0) return digits;
  const sign = digits.startsWith('-') ? '-' : '';
  const bare = sign === '' ? digits : digits.slice(1);
  if (bare.length > scale) return `${sign}${bare.slice(0, -scale)}.${bare.slice(-scale)}`;
  return `${sign}0.${bare.padStart(scale, '0')}`;
}

/** Exact: the result has the larger of the two scales. */
export function add(a: Decimal, b: Decimal): Decimal {
  if (a.scale === b.scale) return { units: a.units + b.units, scale: a.scale };
  const scale = Math.max(a.scale, b.scale);
  return { units: rescale(a, scale).units + rescale(b, scale).units, scale };
}

export function negate(a: Decimal): Decimal {
  return { units: -a.units, scale: a.scale };
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  return add(a, negate(b));
}

/** Exact: the scales add up. */
export function multiply(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale };
}

/** a / b at `scale` decimals, rounded as told. Throws when b is zero. */
export function divide(a: Decimal, b: Decimal, scale: number, rounding: Rounding): Decimal {
  if (b.units === 0n) throw new TypeError('Division by zero');
  const numerator = a.units * powerOfTen(scale + b.scale);
  const denominator = b.units * powerOfTen(a.scale);
  return { units: divideRounded(numerator, denominator, rounding), scale };
}

/** The value at `scale` decimals, rounded as told; exact when it already has no more. */
export function round(value: Decimal, scale: number, rounding: Rounding = 'half-up'): Decimal {
  if (value.scale <= scale) return rescale(value, scale);
  return { units: divideRounded(value.units, powerOfTen(value.scale - scale), rounding), scale };
}

export function sum(values: Iterable<Decimal>): Decimal {
  let total = ZERO;
  for (const value of values) total = add(total, value);
  return total;
}

/** By value: 1.5 and 1.50 are the same. */
export function compare(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const { units } = subtract(a, b);
  if (units < 0n) return -1;
  return units > 0n ? 1 : 0;
}

/** By value: 1.5 equals 1.50. */
export function equal(a: Decimal, b: Decimal): boolean {
  return compare(a, b) === 0;
}

export function isZero(a: Decimal): boolean {
  return a.units === 0n;
}

export function isNegative(a: Decimal): boolean {
  return a.units < 0n;
}

export function isPositive(a: Decimal): boolean {
  return a.units > 0n;
}

/** Without its sign. */
export function magnitude(a: Decimal): Decimal {
  return a.units < 0n ? negate(a) : a;
}

export function minimum(a: Decimal, b: Decimal): Decimal {
  return compare(a, b) <= 0 ? a : b;
}

export function maximum(a: Decimal, b: Decimal): Decimal {
  return compare(a, b) >= 0 ? a : b;
}

/** numerator / denominator as an integer, rounded as told. */
export function divideRounded(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const n = numerator < 0n ? -numerator : numerator;
  const d = denominator < 0n ? -denominator : denominator;
  const quotient = n / d;
  const twice = (n % d) * 2n;
  const awayFromZero = n % d !== 0n && goesUp(quotient, twice < d ? -1 : twice === d ? 0 : 1, rounding);
  const result = awayFromZero ? quotient + 1n : quotient;
  return negative ? -result : result;
}

function goesUp(quotient: bigint, half: -1 | 0 | 1, rounding: Rounding): boolean {
  switch (rounding) {
    case 'up':
      return true;
    case 'down':
      return false;
    case 'half-up':
      return half >= 0;
    case 'half-down':
      return half > 0;
    case 'half-even':
      return half > 0 || (half === 0 && quotient % 2n === 1n);
    case 'half-odd':
      return half > 0 || (half === 0 && quotient % 2n === 0n);
  }
}

function rescale(value: Decimal, scale: number): Decimal {
  if (value.scale === scale) return value;
  return { units: value.units * powerOfTen(scale - value.scale), scale };
}

const POWERS: bigint[] = Array.from({ length: 40 }, (_, exponent) => 10n ** BigInt(exponent));

function powerOfTen(exponent: number): bigint {
  return POWERS[exponent] ?? 10n ** BigInt(exponent);
}
