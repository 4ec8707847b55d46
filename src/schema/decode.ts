import { type Decimal, plainDecimal } from '../core/decimal.ts';

/**
 * A door for large files: values of a parsed JSON object are checked and converted in one pass. It does for
 * `comptoir-sales` what zod does elsewhere, at a fifth of the cost, which is what a million orders ask for (docs/decisions/012).
 */

/** A value that is not what the format wants: where, and why (the key of a word, with a detail after a colon). */
export class Unreadable extends Error {
  readonly path: string;
  readonly reason: string;

  constructor(path: string, reason: string) {
    super(`${path}: ${reason}`);
    this.path = path;
    this.reason = reason;
  }
}

export type Fields = Readonly<Record<string, unknown>>;

/** An object whose every field is known: a typing error must not lose an amount. */
export function fields(value: unknown, known: ReadonlySet<string>): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Unreadable('', 'wrong-type: object');
  for (const key in value) if (!known.has(key)) throw new Unreadable('', `unknown-field: ${key.slice(0, 40)}`);
  return value as Fields; // just checked
}

/** Reads a part of an object, naming it when it fails. */
export function within<Value>(from: Fields, key: string, read: (value: unknown) => Value): Value {
  try {
    return read(from[key]);
  } catch (error) {
    throw named(error, key);
  }
}

export function optional<Value>(from: Fields, key: string, read: (value: unknown) => Value): Value | null {
  return from[key] === undefined ? null : within(from, key, read);
}

/** A list of at most `max` values; absent is empty. */
export function list<Value>(from: Fields, key: string, max: number, read: (value: unknown) => Value): readonly Value[] {
  const values = from[key];
  if (values === undefined) return [];
  if (!Array.isArray(values)) throw new Unreadable(key, 'wrong-type: array');
  if (values.length > max) throw new Unreadable(key, `too-large: ${max}`);
  let place = 0;
  try {
    return values.map((value, index) => {
      place = index;
      return read(value);
    });
  } catch (error) {
    throw named(error, `${key}.${place}`);
  }
}

export function text(from: Fields, key: string, max = 1000, min = 0): string {
  const value = from[key];
  if (typeof value !== 'string') throw new Unreadable(key, value === undefined ? 'missing' : 'wrong-type: string');
  if (value.length > max) throw new Unreadable(key, `too-large: ${max}`);
  if (value.length < min) throw new Unreadable(key, 'too-small: 1');
  return value;
}

export function textOr(from: Fields, key: string, max = 1000, min = 0): string | null {
  return from[key] === undefined ? null : text(from, key, max, min);
}

export function id(from: Fields, key: string): string {
  return text(from, key, 200, 1);
}

export function idOr(from: Fields, key: string): string | null {
  return from[key] === undefined ? null : id(from, key);
}

export function flag(from: Fields, key: string): boolean | null {
  const value = from[key];
  if (value === undefined) return null;
  if (typeof value !== 'boolean') throw new Unreadable(key, 'wrong-type: boolean');
  return value;
}

export function choice<Value extends string>(from: Fields, key: string, values: ReadonlySet<Value>): Value {
  const value = from[key];
  if (typeof value === 'string' && (values as ReadonlySet<string>).has(value)) return value as Value; // just checked
  throw new Unreadable(key, value === undefined ? 'missing' : `not-a-choice: ${[...values].join(', ')}`);
}

export function matching(from: Fields, key: string, pattern: RegExp, reason: string): string {
  const value = from[key];
  if (typeof value === 'string' && pattern.test(value)) return value;
  throw new Unreadable(key, value === undefined ? 'missing' : reason);
}

/** Decimal text that fits `pattern`, which lets nothing pass but digits with a sign and a point. */
export function decimal(from: Fields, key: string, pattern: RegExp, reason: string): Decimal {
  return plainDecimal(matching(from, key, pattern, reason));
}

export function decimalOr(from: Fields, key: string, pattern: RegExp, reason: string): Decimal | null {
  return from[key] === undefined ? null : decimal(from, key, pattern, reason);
}

function named(error: unknown, key: string): unknown {
  if (!(error instanceof Unreadable)) return error;
  return new Unreadable(error.path === '' ? key : `${key}.${error.path}`, error.reason);
}
