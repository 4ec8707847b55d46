import { decimalText } from '../core/decimal.ts';
import type { EntryLine } from '../core/entry.ts';
import { type Money, moneyText } from '../core/money.ts';
import { minorOf } from './encode.ts';
import type { Statement } from './layout.ts';
import type { Compiled, Draft, Point, Read, Row, Value } from './values.ts';

/** Values of rows that name two accounts, amounts in currency with their signs, totals, names of the chart. */

type Either = Extract<Value, { is: 'debitAccount' | 'creditAccount' | 'counterAccount' }>;

/**
 * The account of a side. A row that has both gives the second to `against`, which the reader of the layout makes a line
 * of its own.
 */
export function eitherAccount(value: Either): Compiled {
  const none = value.is === 'counterAccount' ? '' : value.none;
  const chosen = ({ line, against }: Row) => {
    if (value.is === 'counterAccount') return against;
    const wanted = value.is === 'debitAccount';
    return line.amount.minor > 0n === wanted ? line : against;
  };
  return {
    fault: 'account',
    fit: 'code',
    required: none !== '',
    write: (row) => {
      const line = chosen(row);
      return line === undefined ? none : (line.thirdParty ?? line.account);
    },
    read: (found, draft) => {
      if (found === none) return null;
      if (value.is === 'counterAccount' || draft.account !== '') draft.against = found;
      else {
        draft.account = found;
        draft.side = value.is === 'debitAccount' ? 1n : -1n;
      }
      return null;
    },
  };
}

/** How many lines the entry has, or what its debits or its credits add up to. */
export function entryTotal(value: Extract<Value, { is: 'entryLines' | 'entryDebit' | 'entryCredit' }>): Compiled {
  const plain = { fault: '', fit: 'own', required: false } as const;
  if (value.is === 'entryLines') {
    const read: Read = (found, draft) => noted(draft, 'lines', /^\d{1,15}$/.test(found) ? BigInt(found) : null, found);
    return { ...plain, write: ({ entry }) => String(entry.lines.length), read };
  }
  const { point } = value;
  const what = value.is === 'entryDebit' ? 'debit' : 'credit';
  return {
    ...plain,
    write: ({ entry, line }) => {
      const side = entry.lines.filter(({ amount }) => amount.minor > 0n === (what === 'debit'));
      const minor = side.reduce((sum, { amount }) => sum + (amount.minor < 0n ? -amount.minor : amount.minor), 0n);
      return moneyText({ minor, currency: line.amount.currency }).replace('.', point);
    },
    read: (found, draft) => noted(draft, what, minorOf(found, point === '' ? null : draft.decimals), found),
  };
}

function noted(draft: Draft, what: Statement['what'], value: bigint | null, found: string): null {
  draft.totals = [...(draft.totals ?? []), { what, value, found }];
  return null;
}

/** The amount in the document's currency, where one side tells for both. */
export function amountInCurrencyOf(value: Extract<Value, { is: 'amountInCurrency' }>): (row: Row) => string {
  const { point, none = '', side, signed } = value;
  return ({ line }) => {
    if (side !== undefined && line.amount.minor > 0n !== (side === 'debit')) return none;
    const text = inCurrency(line, point);
    if (text === '') return none;
    if (signed === true && line.amountInCurrency !== null) return moneyText(line.amountInCurrency).replace('.', point);
    return text;
  };
}

/**
 * The amount in currency where one side tells for both. Two of different signs (a bank line that its fee eats up) can
 * only be said in the books' currency.
 */
export function foreignOf({ amount, amountInCurrency }: EntryLine): Money | null {
  if (amountInCurrency === null || amountInCurrency.minor > 0n !== amount.minor > 0n) return null;
  const { minor, currency } = amountInCurrency;
  return { minor: minor < 0n ? -minor : minor, currency };
}

/** Noted as it stands there; a zero is none. */
export function inCurrencyRead(found: string, draft: Draft): null {
  if (/[1-9]/.test(found)) draft.inCurrency = found;
  return null;
}

export function currencyRead(found: string, draft: Draft): null {
  draft.currency = found;
  return null;
}

export function rateRead(found: string, draft: Draft): null {
  draft.rate = found;
  return null;
}

/** The entry's rate, on lines that have an amount in its currency. */
export function rateOf({ point, decimals, none }: Extract<Value, { is: 'rate' }>): (row: Row) => string {
  return ({ entry: { rate }, line }) => {
    if (rate === null || foreignOf(line) === null) return none;
    const [whole = '', fraction = ''] = decimalText(rate, decimals ?? 0).split('.');
    return fraction === '' ? whole : whole + point + fraction.slice(0, decimals);
  };
}

/**
 * The first of two amounts, which is that of the line where there is no second; else the one in currency, and the second that
 * of the books.
 */
export function firstOfTwo(read: Read): Read {
  return (found, draft) => {
    draft.inCurrency = found;
    return read(found, draft);
  };
}

export function secondOfTwo(read: Read): Read {
  return (found, draft) => {
    if (/[1-9]/.test(found)) return read(found, draft);
    draft.inCurrency = '';
    return null;
  };
}

/** The foreign amount without its sign, or nothing. */
export function inCurrency(line: EntryLine, point: Point): string {
  const foreign = foreignOf(line);
  return foreign === null ? '' : moneyText(foreign).replace('.', point);
}

export function collectiveName({ line, context: { chart } }: Row): string {
  return nameOf(chart.accounts, line.account);
}

/** The third party's name where it stands for the account. */
export function accountName({ line, context: { chart } }: Row): string {
  return line.thirdParty === null ? nameOf(chart.accounts, line.account) : nameOf(chart.thirdParties, line.thirdParty);
}

/** A name of the profile's chart, empty when it has none for the code. */
export function nameOf(chart: Readonly<Record<string, string>>, name: string): string {
  return Object.hasOwn(chart, name) ? (chart[name] ?? '') : '';
}
