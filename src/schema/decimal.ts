import { z } from 'zod';
import { type Decimal, parseDecimal } from '../core/decimal.ts';

/** An amount or rate at a door: decimal text, or a number that `parseJson` kept exact. */
export const decimal = z.unknown().transform((value, context): Decimal => {
  const parsed = toDecimal(value);
  if (parsed !== null) return parsed;
  context.addIssue({ code: 'custom', message: reasonOf(value) });
  return z.NEVER;
});

/** The same, where the sender writes an empty text or null for *does not apply*. */
export const decimalOrNull = z
  .unknown()
  .transform((value, context): Decimal | null => {
    if (value === null || value === '') return null;
    const parsed = toDecimal(value);
    if (parsed !== null) return parsed;
    context.addIssue({ code: 'custom', message: reasonOf(value) });
    return z.NEVER;
  })
  .default(null);

function toDecimal(value: unknown): Decimal | null {
  if (typeof value === 'string') return parseDecimal(value.trim());
  if (JSON.isRawJSON(value)) return parseDecimal(value.rawJSON);
  return Number.isSafeInteger(value) ? parseDecimal(String(value)) : null;
}

function reasonOf(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = typeof value === 'object' && value !== null ? '{…}' : String(value).slice(0, 30);
  return `not-decimal: ${text}`;
}
