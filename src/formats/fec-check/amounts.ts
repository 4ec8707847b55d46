import { parseDay } from '../../core/calendar.ts';

/** Decimals kept of an amount: the law names no most. */
const SCALE = 10;
const AMOUNT = /^([+-]?)(\d{1,30})(?:,(\d{1,10}))?([+-]?)$/;

export type AmountFault = 'amount' | 'amount-point' | 'amount-spaces';

/** An amount in units of 10^-10, or what is wrong with it. The sign stands first or last (A. 47 A-1, VIII). */
export function amountOf(text: string): bigint | AmountFault {
  if (text === '0,00') return 0n;
  const match = AMOUNT.exec(text);
  if (match === null) {
    if (/\d[\s\u00a0\u202f']+\d/.test(text)) return 'amount-spaces';
    return /^[+-]?\d*\.\d+[+-]?$/.test(text) || /^\d{1,3}(?:\.\d{3})+(?:,\d+)?$/.test(text) ? 'amount-point' : 'amount';
  }
  const [, before = '', whole = '', fraction = '', after = ''] = match;
  if (before !== '' && after !== '') return 'amount';
  const units = BigInt(whole + fraction.padEnd(SCALE, '0'));
  return before === '-' || after === '-' ? -units : units;
}

/** `1234,5` of units of 10^-10, with two decimals at least, a point for the sentences that show it. */
export function amountText(units: bigint): string {
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(SCALE + 1, '0');
  const fraction = digits.slice(-SCALE).replace(/0+$/, '').padEnd(2, '0');
  return `${sign}${digits.slice(0, -SCALE)}.${fraction}`;
}

/** `YYYY-MM-DD` of an AAAAMMJJ date of 1900 to 2099, or what is wrong with it. */
export function dateOf(text: string): string | 'date-form' | 'date-unknown' {
  if (!/^\d{8}$/.test(text)) return 'date-form';
  const written = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
  if (parseDay(written) !== null && /^(19|20)/.test(text)) return written;
  // 26112018 is a date written the wrong way round, not one that does not exist.
  const turned = `${text.slice(4)}-${text.slice(2, 4)}-${text.slice(0, 2)}`;
  return parseDay(turned) !== null && !/^(19|20)/.test(text) ? 'date-form' : 'date-unknown';
}
