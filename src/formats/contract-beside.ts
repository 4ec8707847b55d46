import assert from 'node:assert/strict';
import { decimalText } from '../core/decimal.ts';
import type { EntryLine, NumberedEntry } from '../core/entry.ts';
import type { LineRead } from './entries.ts';
import { foreignOf } from './extra-values.ts';
import type { Format } from './format.ts';

/** Test helper: what stands beside the amount of a line (amount in currency, that currency, its rate, matching code), to be compared. */

type Beside = { readonly amount: string; readonly currency: string; readonly rate: string; readonly matching: string };

/** What formats written by hand have a place for; declared ones say so themselves. */
const BY_HAND: Readonly<Record<string, readonly (keyof Beside)[]>> = {
  'sage-pnm': ['amount', 'currency'],
  fec: ['amount', 'currency', 'matching'],
  csv: ['amount', 'currency', 'rate', 'matching'],
  hledger: ['amount', 'currency', 'matching'],
  beancount: ['amount', 'currency', 'matching'],
};

/** What the format has a place for. */
export function placesBeside(format: Format): ReadonlySet<keyof Beside> {
  if (format.layout === null) return new Set(BY_HAND[format.id] ?? []);
  const fields = format.records.flatMap((record) => record.fields);
  const has = (name: keyof Beside, ...is: readonly string[]) =>
    fields.some((one) => is.includes(one.is)) ? [name] : [];
  return new Set([
    ...(format.carries.includes('currency') ? (['amount'] as const) : []),
    ...has('currency', 'currency', 'foreignCurrency'),
    ...has('rate', 'rate'),
    ...has('matching', 'matchingCode'),
  ]);
}

/** Of a line of an entry, as far as the format has a place for it. */
export function besideOf(format: Format, { rate }: NumberedEntry, line: EntryLine): Beside {
  const places = placesBeside(format);
  const foreign = foreignOf(line);
  return {
    amount: foreign !== null && places.has('amount') ? String(foreign.minor) : '',
    currency: foreign !== null && places.has('currency') ? foreign.currency.code : '',
    rate: foreign !== null && rate !== null && places.has('rate') ? decimalText(rate) : '',
    matching: places.has('matching') ? (line.matchingCode ?? '') : '',
  };
}

/** Of a line that was read. Its currency and rate are of no matter where no amount is in it. */
export function besideRead({ inCurrency, currency, rate, matching, amountMinor }: LineRead): Beside {
  const digits = inCurrency.replace(/\D/g, '').replace(/^0+/, '');
  if (inCurrency.includes('-')) assert.ok(amountMinor < 0n, `${inCurrency} beside ${amountMinor}`);
  if (digits === '') return { amount: '', currency: '', rate: '', matching };
  const [whole = '', fraction = ''] = rate.split(/[.,]/);
  const shown = fraction.replace(/0+$/, '');
  return { amount: digits, currency, rate: shown === '' ? whole : `${whole}.${shown}`, matching };
}
