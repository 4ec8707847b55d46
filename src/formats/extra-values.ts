import type { EntryLine } from '../core/entry.ts';
import { type Money, moneyText } from '../core/money.ts';
import type { Compiled, Draft, Point, Row, Value } from './values.ts';

/** Values of rows that name two accounts, and amounts in currency with their signs. */

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

/** Noted, so that a reader can tell that it is there. */
export function inCurrencyRead(found: string, draft: Draft): null {
  if (/[1-9]/.test(found)) draft.inCurrency = found;
  return null;
}

/** The foreign amount without its sign, or nothing. */
export function inCurrency(line: EntryLine, point: Point): string {
  const foreign = foreignOf(line);
  return foreign === null ? '' : moneyText(foreign).replace('.', point);
}
