import type { CsvLayout } from '../../schema/csv-layout.ts';

/** A cell that cannot be read: why, as the key of a word with a detail after a colon. */
export class CellFault extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}

const SPACES = /[\s\u00A0\u2009\u202F]/g;
const MONEY = /^(?:EUR|USD|GBP|CHF|€|\$|£)|(?:EUR|USD|GBP|CHF|€|\$|£)$/g;

/**
 * What a cell holds, without what spreadsheets put around it: `="0012"` keeps zeros, and an apostrophe keeps a text from
 * being taken for a formula. No formula is ever worked out.
 */
export function bare(cell: string): string {
  const text = cell.trim();
  const [, held] = /^="([^"]*)"$/.exec(text) ?? [];
  if (held !== undefined) return held.trim();
  return /^'[=+\-@\t']/.test(text) ? text.slice(1).trim() : text;
}

/** An id that a spreadsheet took for a number and cut: `4,05E+11`. */
export function isCutNumber(text: string): boolean {
  return /^\d(?:[.,]\d+)?E\+\d+$/i.test(text);
}

/** The digits of an amount, with what is not part of it taken off: `1 234,50 €` is `1234,50`, `(12.00)` is `-12.00`. */
function digitsOf(cell: string): string {
  const text = bare(cell).replace(SPACES, '').replace(/['’]/g, '').replace(/^[−–]/, '-');
  const held = /^\((.+)\)$/.exec(text);
  const plain = (held ? `-${held[1]}` : text).replace(/^([-+]?)(.*)$/, (_, sign: string, rest: string) => {
    const without = rest.replace(MONEY, '');
    return `${sign === '+' ? '' : sign}${without}`;
  });
  return /^[^-].*-$/.test(plain) ? `-${plain.slice(0, -1)}` : plain;
}

/** Canonical decimal text of an amount written with that decimal sign; thousands may be grouped by the other. Null: empty. */
export function amountIn(cell: string, sign: ',' | '.' | null): string | null {
  const digits = digitsOf(cell);
  if (digits === '' || digits === '-') return null;
  const decimalSign = sign ?? '.';
  const group = decimalSign === ',' ? '.' : ',';
  const pattern =
    decimalSign === ','
      ? /^-?(?:\d{1,12}|\d{1,3}(?:\.\d{3}){1,3})(?:,\d{1,6})?$/
      : /^-?(?:\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.\d{1,6})?$/;
  if (!pattern.test(digits)) throw new CellFault('csv-amount');
  if (sign === null && /[.,]/.test(digits)) throw new CellFault('csv-amount');
  const plain = digits.replaceAll(group, '').replace(decimalSign, '.');
  const negative = plain.startsWith('-');
  const text = (negative ? plain.slice(1) : plain).replace(/^0+(?=\d)/, '');
  return negative && !/^[0.]+$/.test(text) ? `-${text}` : text;
}

/** What an amount tells of the sign before its decimals: it, or null where it may be either; undefined: nothing. */
export function decimalSignOf(cell: string): ',' | '.' | null | undefined {
  const digits = digitsOf(cell);
  if (!/^-?[\d.,]*\d$/.test(digits) || !/[.,]/.test(digits)) return undefined;
  const last = digits.lastIndexOf(',') > digits.lastIndexOf('.') ? ',' : '.';
  const other = last === ',' ? '.' : ',';
  if (digits.includes(other)) return last;
  if (digits.split(last).length > 2) return other; // 1.234.567
  const [before = '', after = ''] = digits.replace('-', '').split(last);
  return after.length === 3 && before.length <= 3 && before !== '0' ? null : last;
}

/** Canonical text of a VAT rate: `20,00 %` is `20`; a fraction of 0.2 too. Null: empty. */
export function rateIn(cell: string, rates: CsvLayout['rates']): string | null {
  const text = bare(cell).replace(SPACES, '').replace(/%$/, '').replace(',', '.');
  if (text === '') return null;
  if (!/^\d{1,3}(?:\.\d{1,8})?$/.test(text)) throw new CellFault('csv-rate');
  return rates === 'fraction' ? shifted(text) : shortest(text);
}

/** A fraction as a percentage: its point two places to the right. */
function shifted(text: string): string {
  const [whole = '', fraction = ''] = text.split('.');
  const digits = fraction.padEnd(2, '0');
  return shortest(`${whole}${digits.slice(0, 2)}.${digits.slice(2)}`);
}

function shortest(text: string): string {
  const plain = text.replace(/^0+(?=\d)/, '');
  return plain.includes('.') ? plain.replace(/\.?0*$/, '') : plain;
}
