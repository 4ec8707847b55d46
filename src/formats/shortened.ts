import { day } from '../core/calendar.ts';
import type { NumberedEntry } from '../core/entry.ts';
import type { Money } from '../core/money.ts';
import type { Format } from './format.ts';

/** The entry with codes as short as the format needs them, as a merchant would choose them, and in a year it can hold. */
export function shortened({ limits, oneFiscalYear, accountSigns }: Format, entry: NumberedEntry): NumberedEntry {
  const date = oneFiscalYear ? day(`2018${entry.date.slice(4).replace('-02-29', '-02-28')}`) : entry.date;
  const cut = (text: string, width: number | null) => text.slice(0, width ?? undefined);
  const signs = (text: string) => (accountSigns === 'digits' ? text.replace(/\D/g, digitFor) : text);
  const customer = (text: string) => (accountSigns === 'digits' ? `1${signs(text).slice(1)}` : text);
  const cutAny = (text: string | null, width: number | null) => (text === null ? null : cut(text, width));
  const lines = entry.lines.map((line) => ({
    ...line,
    account: cut(signs(line.account), limits.account),
    thirdParty: cutAny(line.thirdParty && customer(line.thirdParty), limits.thirdParty),
    paymentMode: cutAny(line.paymentMode, limits.paymentMode),
    taxCode: cutAny(line.taxCode, limits.taxCode),
    section: cutAny(line.section, limits.section),
  }));
  // Where there is no room for USD, currencies have numbers.
  const coded = (money: Money | null) =>
    money === null || limits.currency === null || limits.currency >= money.currency.code.length
      ? money
      : { ...money, currency: { ...money.currency, code: '1' } };
  return {
    ...entry,
    date,
    journal: cut(entry.journal, limits.journal),
    lines: lines.map((line) => ({ ...line, amountInCurrency: coded(line.amountInCurrency) })),
  };
}

function digitFor(sign: string): string {
  return String((sign.codePointAt(0) ?? 0) % 10);
}
