import { decimalText } from '../../core/decimal.ts';
import type { FormatColumn } from '../../schema/format-definition.ts';
import { TEXT_VALUES } from '../../schema/format-words.ts';
import type { Fit } from '../encode.ts';
import type { Field } from '../records.ts';
import type { Compiled, Read, Row, Value } from '../values.ts';

/** See `TEXT_VALUES`. */
export const TEXTS: readonly FormatColumn['is'][] = TEXT_VALUES;

/** Codes that the engine does not know. */
const OWN_CODES: readonly FormatColumn['is'][] = ['vatGrid', 'documentCurrency'];

/** A column of a definition as a field of the engine; `from` is its place in a fixed record. */
export function fieldOf(column: FormatColumn, from: number | null): Field {
  const { name, width, justify, padding, quoted, when } = column;
  const on = when?.lines === 'first' ? 'firstLine' : when?.lines;
  return {
    ...valueFor(column),
    name,
    ...(from === null ? {} : { from }),
    ...(width === undefined ? {} : { width }),
    ...(justify === undefined ? {} : { justify }),
    ...(padding === undefined ? {} : { padding }),
    ...(quoted === undefined ? {} : { quoted }),
    ...(on === undefined ? {} : { on }),
    as: presented(column),
  };
}

/** The values that the engine knows, and those that only a user's own format asks for. */
function valueFor(column: FormatColumn): Value {
  switch (column.is) {
    case 'pattern':
      return own(({ entry }) => entry.columns?.[column.text] ?? '');
    case 'order':
      return own(({ entry }) => entry.order);
    case 'country':
      return own(({ entry }) => entry.country ?? '');
    case 'paymentMethod':
      return own(({ entry }) => entry.paymentMethod ?? '');
    case 'documentCurrency':
      return own(({ entry }) => entry.currency);
    case 'documentKey':
      return own(({ entry }) => entry.document);
    case 'entryLabel':
      return own(({ entry }) => entry.label);
    case 'vatGrid':
      return own(({ line }) => line.vatGrid ?? '');
    case 'companyName':
      return own(({ context }) => context.companyName);
    case 'taxRate':
      return own(({ line }) => (line.taxRate === null ? '' : decimalText(line.taxRate, 2).replace('.', column.point)));
    case 'rate':
      return own(({ entry }) => (entry.rate === null ? '' : decimalText(entry.rate).replace('.', column.point)));
    default:
      return engineValue(column);
  }
}

function own(write: (row: Row) => string): Value {
  return { is: 'own', write };
}

/** A column says its value as the engine does; what it says beside it is nothing to the engine. */
function engineValue(column: FormatColumn): Value {
  return JSON.parse(JSON.stringify(column)) as Value; // the schema has checked it; fields left out are gone
}

/** When the value stands there, its letters, its decimals, and what becomes of one that is too long. */
function presented(column: FormatColumn): (value: Compiled) => Compiled {
  return (value) => conditional(column, fitting(column, lettered(column, scaled(column, value))));
}

function lettered({ letters, accents }: FormatColumn, value: Compiled): Compiled {
  if (letters === undefined && accents === undefined) return value;
  const bare = (text: string) => (accents === 'none' ? text.normalize('NFD').replace(/\p{M}/gu, '') : text);
  const turned = (text: string) =>
    letters === 'upper' ? text.toUpperCase() : letters === 'lower' ? text.toLowerCase() : text;
  return { ...value, write: (row) => turned(bare(value.write(row))) };
}

function fitting(column: FormatColumn, value: Compiled): Compiled {
  const { tooLong, width } = column;
  const isText = TEXTS.includes(column.is);
  const own = OWN_CODES.includes(column.is) ? 'code' : value.fit;
  const fit = isText && value.fit === 'own' ? 'text' : own;
  if (tooLong === undefined) return { ...value, fit };
  if (isText) return { ...value, fit: FITS[tooLong] };
  if (tooLong === 'hold' || width === undefined) return { ...value, fit };
  // A code that may be cut is not what a reader could take for the code.
  const cut = (text: string) => (tooLong === 'keepStart' ? text.slice(0, width) : text.slice(-width));
  return { ...value, fit, write: (row) => cut(value.write(row)), read: null };
}

const FITS = { hold: 'whole', keepStart: 'text', keepEnd: 'piece' } as const satisfies Record<string, Fit>;

function conditional({ when }: FormatColumn, value: Compiled): Compiled {
  if (when === undefined) return value;
  const { kinds, side } = when;
  const holds = ({ entry, line }: Row) =>
    (kinds === undefined || kinds.includes(entry.kind)) &&
    (side === undefined || line.amount.minor > 0n === (side === 'debit'));
  return {
    ...value,
    required: false,
    write: (row) => (holds(row) ? value.write(row) : ''),
    read: value.read && unlessEmpty(value.read),
  };
}

function unlessEmpty(take: Read): Read {
  return (text, draft) => (text === '' ? null : take(text, draft));
}

/** More decimals than the books have are zeros, which a reader takes off again. */
function scaled(column: FormatColumn, value: Compiled): Compiled {
  if (!('decimals' in column) || column.decimals === undefined) return value;
  const { decimals } = column;
  const point = 'point' in column ? column.point : '';
  const { write, read } = value;
  return { ...value, write: written, read: read && readScaled(read) };

  function written(row: Row): string {
    const text = write(row);
    if ('zero' in column && text === column.zero) return text;
    const { decimals: own } = row.line.amount.currency;
    const whole = own === 0 && point !== '' ? text + point : text;
    return whole + '0'.repeat(Math.max(0, decimals - own));
  }

  function readScaled(take: Read): Read {
    return (text, draft) => {
      if ('zero' in column && text === column.zero) return take(text, draft);
      const more = decimals - draft.decimals;
      if (more <= 0 || text === '') return take(text, draft);
      if (!text.endsWith('0'.repeat(more))) return `an amount with ${draft.decimals} decimals, then zeros`;
      const bare = text.slice(0, -more);
      return take(draft.decimals === 0 && point !== '' ? bare.slice(0, -1) : bare, draft);
    };
  }
}
