import { z } from 'zod';

/** ISO 4217, three capitals. */
export const currencyCode = z.string().regex(/^[A-Z]{3}$/, 'not-currency');

/** ISO 3166-1 alpha-2, two capitals. */
export const countryCode = z.string().regex(/^[A-Z]{2}$/, 'not-country');

/** An id the sender writes as a number or as text; kept as text. */
export const idText = z.union([z.int(), z.string().min(1).max(100)]).transform(String);

/** Text that may be missing: null when there is none. Anything that is not text counts as none. */
export const textOrNull = z
  .unknown()
  .transform((value): string | null => {
    const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
    return text === '' ? null : text;
  })
  .default(null);
