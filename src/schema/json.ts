/** A JSON number that is not a whole number, as the sender wrote it. Written back by `JSON.stringify` unchanged. */
export type RawNumber = { readonly rawJSON: string };

declare global {
  // Merging with the built-in needs an interface; TypeScript's own libraries do not know the method yet.
  interface JSON {
    rawJSON(text: string): RawNumber;
    isRawJSON(value: unknown): value is RawNumber;
  }
}

const SAFE_INTEGER = /^-?(?:0|[1-9]\d{0,14})$/;

/**
 * Parses JSON without losing a digit: whole numbers up to fifteen digits stay numbers (ids, counts); every other number
 * keeps its source text, so that 55.20 is never a binary float. Throws `SyntaxError` like `JSON.parse`.
 */
export function parseJson(text: string): unknown {
  return JSON.parse(text, keepSource);
}

/** JSON text of a value that came from `parseJson`, numbers spelt as they were. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value);
}

function keepSource(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number') return value;
  const source = context?.source;
  if (source === undefined) throw new TypeError('This JavaScript engine does not give the source text of numbers');
  return SAFE_INTEGER.test(source) ? value : JSON.rawJSON(source);
}
