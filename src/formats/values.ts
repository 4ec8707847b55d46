import { type EntryKind, type EntryLine, isVat, type NumberedEntry } from '../core/entry.ts';
import { type DatePattern, datesOf } from './dates.ts';
import { amountText, type Fit, minorOf } from './encode.ts';
import {
  accountName,
  amountInCurrencyOf,
  collectiveName,
  currencyRead,
  eitherAccount,
  entryTotal,
  foreignOf,
  inCurrencyRead,
  nameOf,
  rateOf,
  rateRead,
} from './extra-values.ts';
import type { FormatContext } from './format.ts';
import type { Statement } from './layout.ts';

/**
 * What a field of a layout holds, as data, and from that both its writer and its reader. Names of fields are the
 * vendor's; `is` says which value of the entry stands there, in this project's words.
 */
export type Value =
  /** Codes, exactly as they are or refused. `anyAccount`: the third party, after the `prefix`, if there is one, else the account. */
  | { readonly is: 'journal' | 'account' | 'thirdParty' | 'taxCode' | 'section' | 'paymentMode' | 'matchingCode' }
  | { readonly is: 'anyAccount'; readonly prefix?: string }
  /** Texts: label and reference are cut at the end, the piece keeps its end. */
  | { readonly is: 'reference' | 'label' }
  /** `digits`: its digits alone. `never: 'empty'`: the reference stands in for it, then the order's number. */
  | { readonly is: 'piece'; readonly digits?: true; readonly never?: 'empty' }
  /** The number of the entry; `lastDigits`: only as many of its digits as there is room for. */
  | { readonly is: 'number'; readonly lastDigits?: true }
  /** Counts the lines through the file, from 1. */
  | { readonly is: 'lineNumber' }
  | { readonly is: 'date' | 'documentDate'; readonly pattern: DatePattern }
  /**
   * Of sales: on the customer's line, or on `everyLine`; `everyKind`: of credit notes and payments too. `none` is what
   * stands there when there is no day.
   */
  | {
      readonly is: 'dueDate';
      readonly pattern: DatePattern;
      readonly none?: string;
      readonly everyLine?: true;
      readonly everyKind?: true;
    }
  /** Without its sign; `point` empty: in cents. `debit` and `credit` have `zero` on the other side. */
  | { readonly is: 'amount'; readonly point: Point }
  | { readonly is: 'debit' | 'credit'; readonly point: Point; readonly zero: string }
  /** Debit positive. */
  | { readonly is: 'signed'; readonly point: Point }
  /** Totals of the entry, in a record before its lines or after them; held against these when a file is read. */
  | { readonly is: 'entryLines' }
  | { readonly is: 'entryDebit' | 'entryCredit'; readonly point: Point }
  | { readonly is: 'side'; readonly debit: string; readonly credit: string }
  /** Rows of two accounts: the third party, else the account, of that side; `none` where the row has nothing there. */
  | { readonly is: 'debitAccount' | 'creditAccount'; readonly none: string }
  /** Rows of two accounts where a side tells which is debited: the other one. */
  | { readonly is: 'counterAccount' }
  /** Always `+` from us; a reader takes `-` for the other side. */
  | { readonly is: 'sign' }
  | { readonly is: 'kind'; readonly sale: string; readonly creditNote: string; readonly payment: string }
  | { readonly is: 'constant'; readonly text: string }
  /** What the line is; `vat` is that of general lines when it is left out. Not read back. */
  | { readonly is: 'lineKind'; readonly thirdParty: string; readonly general: string; readonly vat?: string }
  /** `currency`: of the line's own amount; `foreignCurrency`: that of its amount in currency, else `none`. */
  | { readonly is: 'booksCurrency' | 'currency' }
  | { readonly is: 'foreignCurrency'; readonly none: string }
  /** Without its sign, unless `signed`; `none`, or empty, on lines without one. */
  | {
      readonly is: 'amountInCurrency';
      readonly point: Point;
      readonly none?: string;
      readonly side?: 'debit' | 'credit';
      readonly signed?: true;
    }
  /** Units of the currency for one of the books', on lines in another; `decimals`: no more of them, and no less. */
  | { readonly is: 'rate'; readonly point: '.' | ','; readonly decimals?: number; readonly none: string }
  /** From the profile's chart; empty when it has no name for the code. `collective`: never the third party's. */
  | { readonly is: 'journalName' }
  | { readonly is: 'accountName'; readonly collective?: true }
  /** A rule of the format's own; without `read` it is passed over. */
  | { readonly is: 'own'; readonly write: (row: Row) => string; readonly read?: Read };

export type Point = '.' | ',' | '';

/** What a record is made of; a record of the whole entry gets its first line. */
export type Row = {
  readonly entry: NumberedEntry;
  readonly line: EntryLine;
  readonly context: FormatContext;
  /** Rows of two accounts: the other one, for the same amount on the other side. */
  readonly against?: EntryLine;
};

/** A line being read. Amounts in minor units, as they stand there; signs are put together at the end. */
export type Draft = {
  decimals: number;
  journal: string;
  date: string;
  number: string;
  kind: EntryKind | null;
  account: string;
  /** The other account of a row of two, as it stands there. */
  against: string;
  thirdParty: string | null;
  piece: string;
  reference: string;
  label: string;
  taxCode: string | null;
  dueDate: string | null;
  paymentMode: string | null;
  section: string | null;
  /** As they stand there. */
  inCurrency: string;
  currency: string;
  rate: string;
  matching: string;
  amount: bigint;
  /** Of `amount`: 1 debit, -1 credit. */
  side: 1n | -1n;
  sign: 1n | -1n;
  /** What the record says of its entry. */
  totals?: readonly Statement[];
};

/** Puts the text into the draft; gives what was expected instead when it cannot be read. */
export type Read = (text: string, draft: Draft) => string | null;

export type Compiled = {
  readonly fault: string;
  readonly fit: Fit;
  readonly required: boolean;
  readonly write: (row: Row) => string;
  readonly read: Read | null;
};

const OWN = { fault: '', fit: 'own', required: false } as const;

/** Writer, reader and rules of a value. `width` null: any. */
export function compiled(value: Value, width: number | null): Compiled {
  switch (value.is) {
    case 'journal':
      return code(value.is, ({ entry }) => entry.journal, true);
    case 'account':
      return code(value.is, ({ line }) => line.account, true);
    case 'anyAccount':
      return code('account', anyAccountOf(value), true);
    case 'thirdParty':
    case 'taxCode':
    case 'section':
    case 'paymentMode':
      return optionalCode(value.is);
    case 'matchingCode':
      return { ...OWN, write: ({ line }) => line.matchingCode ?? '', read: matchingRead };
    case 'piece':
      return pieceOf(value);
    case 'reference':
      return text('reference', ({ entry }) => entry.reference, into('reference'));
    case 'label':
      return text('label', ({ line }) => line.label, into('label'));
    case 'number':
      return numberOf(value.lastDigits === true ? width : null);
    case 'lineNumber': // put in when the records have their place
      return { ...OWN, write: () => '', read: (found, draft) => set(draft, 'number', found) };
    case 'date':
    case 'documentDate':
      return dateOf(value);
    case 'dueDate':
      return dueDateOf(value);
    case 'amount':
      return amountOf(value.point);
    case 'debit':
    case 'credit':
      return sided(value);
    case 'signed':
      return signedOf(value.point);
    case 'entryLines':
    case 'entryDebit':
    case 'entryCredit':
      return entryTotal(value);
    case 'side':
      return sideOf(value);
    case 'debitAccount':
    case 'creditAccount':
    case 'counterAccount':
      return eitherAccount(value);
    case 'sign':
      return { ...OWN, write: () => '+', read: signRead };
    case 'kind':
      return kindOf(value);
    case 'constant':
      return { ...OWN, write: () => value.text, read: null };
    case 'lineKind':
      return { ...OWN, write: ({ line }) => lineKind(value, line), read: null };
    case 'booksCurrency':
      return { ...OWN, write: ({ context }) => context.booksCurrency, read: null };
    case 'currency':
      return currencyOf((row) => foreignOf(row.line)?.currency.code ?? row.context.booksCurrency);
    case 'foreignCurrency':
      return currencyOf(({ line }) => foreignOf(line)?.currency.code ?? value.none);
    case 'rate':
      return { ...OWN, write: rateOf(value), read: rateRead };
    case 'amountInCurrency':
      return { ...OWN, write: amountInCurrencyOf(value), read: inCurrencyRead };
    case 'journalName':
      return text('label', ({ entry, context }) => nameOf(context.chart.journals, entry.journal), null);
    case 'accountName':
      return text('label', value.collective === true ? collectiveName : accountName, null);
    case 'own':
      return { ...OWN, write: value.write, read: value.read ?? null };
  }
}

type TextField = 'journal' | 'account' | 'piece' | 'reference' | 'label' | 'number';

function into(name: TextField): Read {
  return (found, draft) => set(draft, name, found);
}

function set(draft: Draft, name: TextField, found: string): null {
  draft[name] = found;
  return null;
}

function code(name: 'journal' | 'account', write: Compiled['write'], required: boolean): Compiled {
  return { fault: name, fit: 'code', required, write, read: into(name) };
}

function optionalCode(name: 'thirdParty' | 'taxCode' | 'section' | 'paymentMode'): Compiled {
  return {
    fault: name,
    fit: 'code',
    required: false,
    write: ({ line }) => line[name] ?? '',
    read: (found, draft) => {
      if (found !== '') draft[name] = found; // it may have several places, for several kinds of lines
      return null;
    },
  };
}

function pieceOf({ digits, never }: Extract<Value, { is: 'piece' }>): Compiled {
  const write = ({ entry }: Row) =>
    never === 'empty' ? entry.piece.trim() || entry.reference.trim() || entry.order : entry.piece;
  return { fault: 'piece', fit: digits === true ? 'digits' : 'piece', required: false, write, read: into('piece') };
}

function lineKind({ thirdParty, general, vat = general }: Extract<Value, { is: 'lineKind' }>, line: EntryLine): string {
  if (line.thirdParty !== null) return thirdParty;
  return isVat(line) ? vat : general;
}

function text(fault: string, write: Compiled['write'], read: Read | null): Compiled {
  return { fault, fit: 'text', required: false, write, read };
}

function numberOf(digits: number | null): Compiled {
  return {
    fault: 'number',
    fit: 'own',
    required: true,
    write: ({ entry }) => (digits === null ? String(entry.number) : String(entry.number).slice(-digits)),
    read: digits === null ? (found, draft) => set(draft, 'number', found.replace(/^0+(?=\d)/, '')) : null,
  };
}

function dateOf({ is, pattern }: Extract<Value, { is: 'date' | 'documentDate' }>): Compiled {
  const { write, parse } = datesOf(pattern);
  return {
    ...OWN,
    fault: 'date',
    required: true,
    write: ({ entry }) => write(entry[is]) ?? entry[is], // what does not fit is too long, and is told so
    read: (found, draft) => {
      const day = parse(found);
      if (day !== null && is === 'date') draft.date = day;
      return day === null ? pattern : null;
    },
  };
}

function dueDateOf({ pattern, none = '', everyLine, everyKind }: Extract<Value, { is: 'dueDate' }>): Compiled {
  const { write, parse } = datesOf(pattern);
  return {
    ...OWN,
    fault: 'date',
    write: ({ entry, line, against }) => {
      const ofRow = against === undefined ? [line] : [line, against];
      const ofCustomer = (everyLine === true ? entry.lines : ofRow).some(isCustomers);
      return ofCustomer && (entry.kind === 'sale' || everyKind === true) ? (write(entry.date) ?? entry.date) : none;
    },
    read: (found, draft) => {
      const isNone = found === '' || found === none;
      draft.dueDate = isNone ? null : parse(found);
      return draft.dueDate === null && !isNone ? pattern : null;
    },
  };
}

function isCustomers({ thirdParty }: EntryLine): boolean {
  return thirdParty !== null;
}

function currencyOf(write: Compiled['write']): Compiled {
  return { fault: 'currency', fit: 'code', required: false, write, read: currencyRead };
}

/** Noted, as amounts in currency are. */
function matchingRead(found: string, draft: Draft): null {
  draft.matching = found;
  return null;
}

export function pointed(line: EntryLine, point: Point): string {
  return point === '' ? amountText(line, '.').replace('.', '') : amountText(line, point);
}

const AMOUNT = 'an amount';

/** Decimals that are not written are not missing. */
function decimalsIn(point: Point, { decimals }: Draft): number | null {
  return point === '' ? null : decimals;
}

function amountOf(point: Point): Compiled {
  return { ...OWN, write: ({ line }) => pointed(line, point), read: amountRead(point) };
}

export function amountRead(point: Point): Read {
  return (found, draft) => {
    const minor = minorOf(found, decimalsIn(point, draft));
    if (minor === null) return AMOUNT;
    draft.amount = minor;
    return null;
  };
}

/** Both columns are read into one amount: what the other side holds is nothing, or zero. */
function sided({ is, point, zero }: Extract<Value, { zero: string }>): Compiled {
  const side = is === 'debit' ? 1n : -1n;
  return {
    ...OWN,
    write: ({ line }) => (line.amount.minor > 0n === (is === 'debit') ? pointed(line, point) : zero),
    read: (found, draft) => {
      const minor = found === '' ? 0n : minorOf(found, decimalsIn(point, draft));
      if (minor === null) return AMOUNT;
      draft.amount += minor * side;
      return null;
    },
  };
}

function signedOf(point: Point): Compiled {
  return {
    ...OWN,
    write: ({ line }) => (line.amount.minor < 0n ? '-' : '') + pointed(line, point),
    read: amountRead(point),
  };
}

function sideOf({ debit, credit }: Extract<Value, { is: 'side' }>): Compiled {
  return {
    ...OWN,
    write: ({ line }) => (line.amount.minor < 0n ? credit : debit),
    read: (found, draft) => {
      if (found !== debit && found !== credit) return `${debit} or ${credit}`;
      draft.side = found === debit ? 1n : -1n;
      return null;
    },
  };
}

function signRead(found: string, draft: Draft): string | null {
  if (found !== '+' && found !== '-' && found !== '') return '+ or -';
  draft.sign = found === '-' ? -1n : 1n;
  return null;
}

function kindOf(value: Extract<Value, { is: 'kind' }>): Compiled {
  const kinds = new Map<string, EntryKind>();
  // The first of those that are written alike.
  for (const kind of ['payment', 'creditNote', 'sale'] as const) kinds.set(value[kind], kind);
  return {
    ...OWN,
    write: ({ entry }) => value[entry.kind],
    read: (found, draft) => {
      draft.kind = kinds.get(found) ?? null;
      return null;
    },
  };
}

function anyAccountOf({ prefix = '' }: Extract<Value, { is: 'anyAccount' }>): Compiled['write'] {
  return ({ line }) => (line.thirdParty === null ? line.account : prefix + line.thirdParty);
}
