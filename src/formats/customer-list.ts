import type { Day } from '../core/calendar.ts';
import type { CustomerRecord } from '../core/customer-record.ts';
import { encodeRecord, type Fit, type Notes } from './encode.ts';
import { fixedFormat, readField, writeFixed } from './fixed.ts';
import type { CustomerReadBack, CustomersFormat, FormatContext } from './format.ts';
import type { Newline, Shape } from './records.ts';
import { cellsOf, rowWriter, type TableFormat } from './table.ts';
import { type Charset, encodeText, linesOf, type TextLine, type TextRules } from './text.ts';

/**
 * The file of customers beside the entries, declared as data like the layouts of entries: a record each, in the shape that
 * the vendor's import of third parties reads. Writer and reader come from the declaration.
 */
export type CustomerList = {
  readonly charset: Charset;
  readonly newline: Newline;
  readonly shape: Shape;
  /** Signs that no text may have, besides those of the shape itself; see `TextRules`. */
  readonly forbidden?: RegExp;
  /** Lines before the first customer and after the last; see `head` of `CustomersFormat`. */
  readonly head?: (context: FormatContext, stamp: string, from: Day) => readonly string[];
  readonly foot?: readonly string[];
  /** Those lines, for a reader. */
  readonly passed?: RegExp;
  /** Tagged records: the line that opens one. */
  readonly tag?: string;
  /** Fixed records: blanks at the end are cut, down to so many columns. */
  readonly least?: number;
  /** The program keeps third parties apart from accounts, and its file is of them. */
  readonly only?: 'thirdParties';
  readonly fields: readonly CustomerField[];
  /** Fixed records: a second one after each, where the program keeps accounts and people apart; a reader passes it over. */
  readonly second?: { readonly length: number; readonly fields: readonly CustomerField[] };
};

export type CustomerField = {
  readonly name: string;
  /** Fixed records: the vendor's own column number. */
  readonly from?: number;
  readonly width?: number;
  readonly quoted?: true;
  /** Fixed records; to the left when nothing is said. */
  readonly justify?: 'right';
  /** A text that all have, or what stands there of the customer. */
  readonly holds: string | keyof Held;
};

/** What a field may hold of a customer. Codes are written exactly or refused; texts are cleaned and cut. */
type Held = typeof HELD;
const HELD = {
  code: ({ code }: CustomerRecord) => code,
  /** The collective account of a third party; none of a customer who has an account of his own. */
  account: ({ account, thirdParty }: CustomerRecord) => (thirdParty === '' ? '' : account),
  /** For programs that keep all in one list: `au`, below a collective account, or `ge`, an account for itself. */
  accountType: ({ thirdParty }: CustomerRecord) => (thirdParty === '' ? 'ge' : 'au'),
  name: ({ name }: CustomerRecord) => name,
  company: ({ company }: CustomerRecord) => company,
  firstName: ({ firstName }: CustomerRecord) => firstName,
  lastName: ({ lastName }: CustomerRecord) => lastName,
  /** The person, where the name is the company's. */
  contact: ({ company, firstName, lastName }: CustomerRecord) =>
    company === '' ? '' : `${firstName} ${lastName}`.trim(),
  /** Capital letters and digits of the name, for programs that sort by them. */
  sortName: ({ name }: CustomerRecord) => capitals(name).replace(/[^A-Z0-9]/g, ''),
  capitalName: ({ name }: CustomerRecord) => capitals(name),
  address1: ({ lines }: CustomerRecord) => lines[0] ?? '',
  address2: ({ lines }: CustomerRecord) => lines[1] ?? '',
  address2AndOn: ({ lines }: CustomerRecord) => lines.slice(1).join(', '),
  address3AndOn: ({ lines }: CustomerRecord) => lines.slice(2).join(', '),
  address: ({ lines }: CustomerRecord) => lines.join(' '),
  postcode: ({ postcode }: CustomerRecord) => postcode,
  city: ({ city }: CustomerRecord) => city,
  /** Where there is room for five signs of a postcode alone: a longer one stands before the city. */
  shortPostcode: ({ postcode }: CustomerRecord) => (postcode.length > FRENCH ? '' : postcode),
  cityWithLongPostcode: ({ postcode, city }: CustomerRecord) =>
    postcode.length > FRENCH ? `${postcode} ${city}` : city,
  region: ({ region }: CustomerRecord) => region,
  /** Its ISO code, or its name in French. */
  country: ({ country }: CustomerRecord) => country,
  countryName: ({ country }: CustomerRecord) =>
    /^[A-Z]{2}$/.test(country) ? (COUNTRIES.of(country) ?? country) : country,
  vatNumber: ({ vatNumber }: CustomerRecord) => vatNumber,
  registrationNumber: ({ registrationNumber }: CustomerRecord) => registrationNumber,
  email: ({ email }: CustomerRecord) => email,
  phone: ({ phone }: CustomerRecord) => phone,
} as const;

const FRENCH = 5;
const COUNTRIES = new Intl.DisplayNames(['fr'], { type: 'region', fallback: 'code' });

function capitals(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
}

/** The kit's part of a format: throws on a declaration without a code, or whose fields overlap. */
export function customerList(list: CustomerList): CustomersFormat {
  const { charset, newline, head, foot = [] } = list;
  const lines = (texts: readonly string[]) => encodeText(texts.map((text) => text + newline).join(''), charset);
  const { write, codeIn } = kitOf(list);
  return {
    lists: ({ thirdParty }) => list.only === undefined || thirdParty !== '',
    fields: list.fields,
    second: list.second?.fields ?? [],
    head: (context, stamp, from) => lines(head?.(context, stamp, from) ?? []),
    foot: lines(foot),
    encode: (customer) => encodeRecord(charset, (notes) => write(customer, notes)),
    read: (bytes) => read(list, codeIn, bytes),
  };
}

type Kit = {
  readonly write: (customer: CustomerRecord, notes: Notes) => string;
  /** The code of a record, or what it should have been. */
  readonly codeIn: (text: string) => { readonly code: string } | { readonly expected: string };
};

function kitOf(list: CustomerList): Kit {
  const { charset, newline, shape, fields, tag = '', least } = list;
  const place = fields.findIndex(({ holds }) => holds === 'code');
  if (place < 0) throw new TypeError('A list of customers without their codes');
  const own = shape.is === 'table' && shape.quotes !== 'needed' ? ownSigns(shape) : undefined;
  const forbidden = [list.forbidden, own].filter((one) => one !== undefined).map(({ source }) => source);
  const rules: TextRules = {
    charset,
    ...(forbidden.length === 0 ? {} : { forbidden: new RegExp(forbidden.join('|')), instead: ' ' }),
  };
  const columns = fields.map(columnOf);
  if (shape.is === 'fixed') {
    const fixed = (of: readonly CustomerField[]) =>
      fixedFormat({
        rules,
        fields: of.map((one) => {
          const { field, ...column } = columnOf(one);
          return { ...column, name: field, justify: one.justify ?? 'left', padding: ' ' as const };
        }),
      });
    const [format, second] = [fixed(fields), list.second === undefined ? null : fixed(list.second.fields)];
    const { from, width } = columns[place] ?? { from: 1, width: 0 };
    const justify = fields[place]?.justify ?? 'left';
    const opening = fields[0]?.holds ?? ''; // a constant: records of this shape have a type
    return {
      write: (customer, notes) => {
        const record = writeFixed(format, customer, shape.length, notes);
        const cut = (least === undefined ? record : record.trimEnd().padEnd(least)) + newline;
        if (second === null) return cut;
        return `${cut}${writeFixed(second, customer, list.second?.length ?? 0, notes).trimEnd()}${newline}`;
      },
      codeIn: (text) => {
        const isRecord = text.startsWith(opening) && text.length <= shape.length;
        const code = !isRecord ? '' : readField({ from, width, justify }, text);
        return code === '' ? { expected: `a record of ${opening}, at most ${shape.length} characters` } : { code };
      },
    };
  }
  const separator = shape.is === 'table' ? shape.separator : newline;
  const table: TableFormat<string, CustomerRecord> = {
    ...{ rules, separator, newline, bom: false, neutralised: false },
    quotes: shape.is === 'table' && shape.quotes !== 'none',
    columns: columns.map(({ width, quoted = false, ...column }) => {
      return { ...column, quoted, width: width === 0 ? null : width };
    }),
  };
  const row = rowWriter(table);
  return {
    write: (customer, notes) => (tag === '' ? '' : tag + newline) + row(customer, notes),
    codeIn: (text) => {
      const cells = tag === '' ? cellsOf(table, text) : text.split('\n').slice(1);
      const code = cells?.length === fields.length ? cells[place] : undefined;
      return code === undefined || code === '' ? { expected: `${fields.length} cells` } : { code };
    },
  };
}

/** The separator, and quotes, which stand around whole cells or not at all. */
function ownSigns({ separator }: Extract<Shape, { is: 'table' }>): RegExp {
  return new RegExp(`[${separator}"]`);
}

function columnOf({ name, from = 1, width = 0, quoted, holds }: CustomerField) {
  const value = Object.hasOwn(HELD, holds) ? HELD[holds as keyof Held] : null; // just asked
  const isCode = holds === 'code' || holds === 'account';
  const fit: Fit = isCode ? 'code' : value === null ? 'own' : 'text';
  const field = holds === 'code' ? 'customer' : holds === 'account' ? 'account' : name;
  return { name, field, from, width, quoted, fit, required: holds === 'code', value: value ?? (() => holds) };
}

async function* read(
  { shape, charset, passed, tag = '', fields }: CustomerList,
  codeIn: Kit['codeIn'],
  bytes: AsyncIterable<Buffer> | Iterable<Buffer>,
): AsyncGenerator<readonly CustomerReadBack[]> {
  let record: { readonly number: number; readonly lines: string[] } | null = null; // a tagged one that goes on
  for await (const lines of linesOf(bytes, charset)) yield lines.flatMap((line) => take(line));
  yield close();

  function take({ text, number }: TextLine): readonly CustomerReadBack[] {
    if (shape.is !== 'tagged') return text === '' || passed?.test(text) === true ? [] : [taken(text, number)];
    if (record !== null && record.lines.length <= fields.length && !TAG.test(text)) {
      record.lines.push(text);
      return [];
    }
    const closed = close();
    if (text === tag) record = { number, lines: [text] };
    else if (passed?.test(text) !== true) return [...closed, fault(text, number, tag)];
    return closed;
  }

  function close(): readonly CustomerReadBack[] {
    const closed = record;
    record = null;
    return closed === null ? [] : [taken(closed.lines.join('\n'), closed.number)];
  }

  function taken(text: string, lineNumber: number): CustomerReadBack {
    const found = codeIn(text);
    return 'code' in found ? { type: 'customer', code: found.code } : fault(text, lineNumber, found.expected);
  }

  function fault(text: string, lineNumber: number, expected: string): CustomerReadBack {
    return { type: 'fault', lineNumber, column: null, expected, found: text.slice(0, 80) };
  }
}

const TAG = /^#[A-Z]/;
