/**
 * Shapes of VAT identification numbers without their prefix, as VIES publishes them (*VAT number format* of its
 * questions and answers); `GR` writes `EL`. A shape is no proof that the number exists: only the shop or VIES says that.
 */
const SHAPES: Readonly<Record<string, RegExp>> = {
  AT: /^U\d{8}$/,
  BE: /^[01]\d{9}$/,
  BG: /^\d{9,10}$/,
  CY: /^\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^\d{9}$/,
  DK: /^\d{8}$/,
  EE: /^\d{9}$/,
  ES: /^[A-Z\d]\d{7}[A-Z\d]$/,
  FI: /^\d{8}$/,
  FR: /^[A-Z\d]{2}\d{9}$/,
  GR: /^\d{9}$/,
  HR: /^\d{11}$/,
  HU: /^\d{8}$/,
  IE: /^(\d{7}[A-Z]{1,2}|\d[A-Z+*]\d{5}[A-Z])$/,
  IT: /^\d{11}$/,
  LT: /^(\d{9}|\d{12})$/,
  LU: /^\d{8}$/,
  LV: /^\d{11}$/,
  MT: /^\d{8}$/,
  NL: /^\d{9}B\d{2}$/,
  PL: /^\d{10}$/,
  PT: /^\d{9}$/,
  RO: /^\d{2,10}$/,
  SE: /^\d{12}$/,
  SI: /^\d{8}$/,
  SK: /^\d{10}$/,
  XI: /^(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/,
};

const PREFIXES: Readonly<Record<string, string>> = { EL: 'GR' };

/**
 * The member state (ISO 3166-1, or `XI`) whose number it is; null when it has the shape of none, however it is spaced.
 * Customers leave the prefix out: then the number is looked at as one of their own country.
 */
export function stateOfVatNumber(written: string, country: string | null): string | null {
  const value = written.toUpperCase().replace(/[\s./-]/g, '');
  const prefix = value.slice(0, 2);
  const stated = PREFIXES[prefix] ?? prefix;
  if (SHAPES[stated]?.test(value.slice(2))) return stated;
  return country !== null && SHAPES[country]?.test(value) ? country : null;
}
