import type { EntryLine, NumberedEntry } from '../core/entry.ts';
import { type CustomerList, customerList } from './customer-list.ts';
import { encodeRecords, type Gathered, type Notes } from './encode.ts';
import type {
  Carried,
  Contents,
  Encoded,
  Format,
  FormatContext,
  FormatFault,
  FormatLimits,
  FormatOptions,
} from './format.ts';
import { bareNames, type Names, type Records, read } from './layout-read.ts';
import { type OptionSpecs, type OptionValues, optionValues } from './options.ts';
import { type Field, headerOf, type Newline, type RecordSpec, recordOf, type Shape } from './records.ts';
import { pairsOf, restatement } from './restated.ts';
import { type Charset, encodeText, type TextRules } from './text.ts';
import type { Row, Value } from './values.ts';

/**
 * A format declared as data: what the file is, and its records field by field. Writer, reader, limits and what it
 * carries all come from this one declaration; `README.md` shows one.
 */
export type Declaration<Specs extends OptionSpecs> = Pick<
  Format,
  'id' | 'name' | 'vendor' | 'extension' | 'confidence' | 'checkedAgainst'
> &
  Partial<Pick<Format, 'order' | 'appends' | 'oneFiscalYear'>> & {
    readonly options: Specs;
    readonly layout: (options: OptionValues<Specs>) => Layout;
    readonly accountDigits?: (options: OptionValues<Specs>) => AccountDigits;
    /** The file of customers beside the entries, where the program has an import of them. */
    readonly customers?: (options: OptionValues<Specs>) => CustomerList;
  };

/**
 * Accounts and third parties are made of digits alone, at most so many. `customer`: how the account of a customer begins,
 * which may stand where another file or the file itself names no third party. `supplier`: the whole code of a supplier.
 */
export type AccountDigits = {
  readonly account: number;
  readonly thirdParty: number;
  readonly customer: RegExp;
  readonly supplier: RegExp;
};

export type Layout = {
  readonly charset: Charset;
  readonly newline: Newline;
  readonly shape: Shape;
  /** Signs that no text of the file may have, besides those that the shape itself rules out; see `TextRules`. */
  readonly forbidden?: RegExp;
  readonly instead?: string;
  /** Lines before the first entry and after the last. */
  readonly head?: (context: FormatContext, contents: Contents) => readonly string[];
  readonly foot?: readonly string[] | ((context: FormatContext, contents: Contents) => readonly string[]);
  /** What a line that a reader passes over says of the whole file, to be held against what was read. */
  readonly stated?: (text: string, decimals: number) => readonly Statement[];
  /** Lines at the start of a file that a reader passes over, whatever they hold: those of a head. */
  readonly skipped?: number;
  /** Lines of a file that a reader passes over: heads, details that have no place here. */
  readonly passed?: RegExp;
  /** Once before the lines of an entry; what it holds need not stand in the lines. */
  readonly entry?: RecordSpec;
  /** The entry as the file says it, where that is another one: VAT within the net. */
  readonly said?: (entry: NumberedEntry) => NumberedEntry;
  readonly line: RecordSpec;
  /** In its place, for the first line of an entry, and for lines with a third party. */
  readonly first?: RecordSpec;
  readonly thirdParty?: RecordSpec;
  /** A row names two accounts, and the entry is split into such rows: see `restated.ts`. */
  readonly pairs?: true;
  /** Once after the lines of an entry. */
  readonly end?: RecordSpec;
  /** After a line that is due on a day, and after one that has a section. */
  readonly dueDate?: RecordSpec;
  readonly section?: RecordSpec;
};

/** A total that a file states: lines, or minor units; `value` null: it cannot be read. */
export type Statement = {
  readonly what: 'lines' | 'debit' | 'credit';
  readonly value: bigint | null;
  readonly found: string;
};

/** The format of a declaration. Throws on a declaration that contradicts itself, when its module is loaded. */
export function layoutFormat<const Specs extends OptionSpecs>(declaration: Declaration<Specs>): Format {
  return build(declaration, {});
}

function build<Specs extends OptionSpecs>(declaration: Declaration<Specs>, given: FormatOptions): Format {
  const {
    layout: layoutWith,
    accountDigits,
    customers,
    order = 'journal',
    appends = true,
    oneFiscalYear = false,
    ...facts
  } = declaration;
  const options = optionValues(declaration.options, given);
  const layout = layoutWith(options);
  const { charset, newline, shape, head, foot = [] } = layout;
  const rules: TextRules = {
    charset,
    ...(layout.forbidden === undefined ? {} : { forbidden: layout.forbidden }),
    ...(layout.instead === undefined ? {} : { instead: layout.instead }),
  };
  const record = (spec: RecordSpec | undefined) => spec && recordOf(spec, { shape, rules, newline });
  const records: Records = {
    line: recordOf(layout.line, { shape, rules, newline }),
    first: record(layout.first),
    thirdParty: record(layout.thirdParty),
    entry: record(layout.entry),
    end: record(layout.end),
    dueDate: record(layout.dueDate),
    section: record(layout.section),
  };
  const header = namesOf(layout);
  const digits = accountDigits?.(options);
  const most = digits && { account: digits.account, thirdParty: digits.thirdParty };
  const specs = [
    ['entry', layout.entry],
    ['first line', layout.first],
    ['line of a third party', layout.thirdParty],
    ['line', layout.line],
    ['due date of a line', layout.dueDate],
    ['section of a line', layout.section],
    ['end of an entry', layout.end],
  ] as const;
  const fields = specs.flatMap(([, spec]) => spec?.fields ?? []);
  const lines = (texts: readonly string[]) => encodeText(texts.map((text) => text + newline).join(''), charset);
  return {
    ...facts,
    customers: customers === undefined ? null : customerList(customers(options)),
    rules: null,
    mediaType: `text/plain; charset=${charset}`,
    newline,
    limits: { ...limitsOf(fields), ...most },
    accountSigns: digits === undefined ? 'any' : 'digits',
    supplierCodes: digits?.supplier ?? null,
    carries: CARRIED.filter(([, carriedBy]) => fields.some(carriedBy)).map(([name]) => name),
    accounts: fields.some(({ is }) => ONE_ACCOUNT.includes(is)) ? 'one' : 'both',
    codesOf: codesOf(layout.line, fields),
    layout,
    patterns: [],
    restated: restatement(layout),
    order,
    entriesEnd: fields.some(isWholeNumber) ? 'number' : 'balance',
    appends: appends && head === undefined && layout.foot === undefined,
    oneFiscalYear,
    records: specs.flatMap(([name, spec]) => (spec === undefined ? [] : [{ name, fields: spec.fields }])),
    configured: (options) => build(declaration, options),
    head: (context, contents) => lines([...(head?.(context, contents) ?? []), ...header.map((names) => names.written)]),
    foot: (context, contents) => lines(typeof foot === 'function' ? foot(context, contents) : foot),
    encode: (entry, context) => {
      const said = layout.said?.(entry) ?? entry;
      const faults = digits === undefined ? [] : said.lines.flatMap((line) => digitFault(line, digits));
      return faults.length > 0 ? { state: 'refused', faults } : encode(layout, records, said, context);
    },
    stamp: stampOf(layout),
    read: (bytes, decimals = 2) => read(layout, { records, header }, bytes, decimals),
  };
}

function encode(layout: Layout, records: Records, entry: NumberedEntry, context: FormatContext): Encoded {
  const { pairs = false, line: spec } = layout;
  const asked = spec.fields.find(({ is }) => is === 'debitAccount' || is === 'counterAccount');
  const last = entry.lines.length - 1;
  return encodeRecords(entry, layout.charset, (line, notes, index, out) => {
    const row = { entry, line, context };
    if (index === 0) records.entry?.add(row, notes, out);
    if (asked !== undefined && (line.thirdParty ?? line.account) === '') missingAccount(notes, asked.width ?? 0);
    if (!pairs) addLine(records, { row, index, notes, out });
    else if (index === 0)
      for (const pair of pairsOf(entry.lines)) addLine(records, { row: { ...row, ...pair }, index, notes, out });
    if (index === last) records.end?.add(row, notes, out);
  });
}

/** What keeps the code of a line, if it has one, from being a number of the program. */
function digitFault({ account, thirdParty }: EntryLine, digits: AccountDigits): readonly FormatFault[] {
  const field = thirdParty === null ? 'account' : 'thirdParty';
  const value = thirdParty ?? account;
  const width = digits[field];
  if (/\D/.test(value)) return [{ reason: 'unencodable', field, value, width }];
  if (value.length === digits.thirdParty && digits.customer.test(value)) return [];
  return value.length > width ? [{ reason: 'too-long', field, value, width }] : [];
}

function addLine(
  records: Records,
  {
    row,
    index,
    notes,
    out,
  }: { readonly row: Row; readonly index: number; readonly notes: Notes; readonly out: Gathered },
): void {
  const { line } = row;
  const ofThirdParty = line.thirdParty === null ? undefined : records.thirdParty;
  const record = (index === 0 ? records.first : undefined) ?? ofThirdParty ?? records.line;
  const before = notes.faults.length;
  record.add(row, notes, out);
  if (notes.faults.length > before) nameThirdParty(notes, line, row.against);
  if (records.dueDate?.says('dueDate', row)) records.dueDate.add(row, notes, out);
  if (line.section !== null) records.section?.add(row, notes, out);
}

function missingAccount({ faults }: Notes, width: number): void {
  faults.push({ reason: 'missing', field: 'account', value: '', width });
}

/** Where the third party stands for the account, what is wrong with it is wrong with the third party. */
function nameThirdParty({ faults }: Notes, ...lines: readonly (EntryLine | undefined)[]): void {
  for (const [index, fault] of faults.entries()) {
    if (!('field' in fault) || fault.field !== 'account') continue;
    const { value } = fault;
    const stands = (line: EntryLine | undefined) =>
      line !== undefined && line.thirdParty !== null && line.account !== value && value.endsWith(line.thirdParty);
    if (lines.some(stands)) faults[index] = { ...fault, field: 'thirdParty' };
  }
}

/** Values where the third party stands for its collective account. */
const ONE_ACCOUNT: readonly Value['is'][] = ['anyAccount', 'debitAccount', 'creditAccount', 'counterAccount'];

function isWholeNumber(field: Field): boolean {
  return field.is === 'number' && field.lastDigits !== true;
}

/** Codes as they stand in a line: the third party for its account, account numbers filled up with zeros. */
function codesOf({ fields }: RecordSpec, all: readonly Field[]): Format['codesOf'] {
  const field = fields.find(({ is }) => ONE_ACCOUNT.includes(is));
  if (field === undefined) {
    const told = all.some(({ is }) => is === 'thirdParty');
    return ({ account, thirdParty }) => ({ account, thirdParty: told ? thirdParty : null });
  }
  const { padding, width = 0 } = field;
  const prefix = (field.is === 'anyAccount' && field.prefix) || '';
  return ({ account, thirdParty }) => {
    const code = thirdParty === null ? account : prefix + thirdParty;
    return { account: padding === '0' ? code.padEnd(width, '0') : code, thirdParty: null };
  };
}

/** Which fields of a record carry what. */
const CARRIED: readonly (readonly [Carried, (field: Field) => boolean])[] = [
  ['journal', ({ is }) => is === 'journal'],
  ['number', isWholeNumber],
  ['kind', ({ is }) => is === 'kind'],
  ['thirdParty', ({ is }) => is === 'thirdParty' || ONE_ACCOUNT.includes(is)],
  ['piece', ({ is }) => is === 'piece'],
  ['reference', ({ is }) => is === 'reference'],
  ['label', ({ is }) => is === 'label'],
  ['taxCode', ({ is }) => is === 'taxCode'],
  ['dueDate', ({ is }) => is === 'dueDate'],
  ['paymentMode', ({ is }) => is === 'paymentMode'],
  ['section', ({ is }) => is === 'section'],
  ['currency', ({ is }) => is === 'currency' || is === 'foreignCurrency' || is === 'amountInCurrency'],
  ['matching', ({ is }) => is === 'matchingCode'],
];

/** The room for each code and text; a text that has no field has no room, a code without one is not asked for. */
function limitsOf(fields: readonly Field[]): FormatLimits {
  const least = (...names: readonly Value['is'][]) => {
    const widths = fields.filter(({ is }) => names.includes(is)).map(({ width }) => width ?? Number.POSITIVE_INFINITY);
    const width = Math.min(...widths);
    return Number.isFinite(width) ? width : null;
  };
  const most = (name: Value['is']) => {
    const widths = fields.filter(({ is }) => is === name).map(({ width }) => width ?? Number.POSITIVE_INFINITY);
    const width = Math.max(0, ...widths);
    return Number.isFinite(width) ? width : null;
  };
  return {
    journal: least('journal'),
    account: least('account', ...ONE_ACCOUNT),
    thirdParty: least('thirdParty', ...ONE_ACCOUNT),
    piece: most('piece'),
    reference: most('reference'),
    label: most('label'),
    paymentMode: least('paymentMode'),
    taxCode: least('taxCode'),
    section: least('section'),
    currency: least('currency', 'foreignCurrency'),
    decimals: 2, // as their descriptions show amounts
  };
}

/** The line of names, as it is written and as readers know it. */
function namesOf({ line, shape }: Layout): Names {
  if (shape.is !== 'table' || shape.header === undefined) return [];
  const names = headerOf(line, shape);
  return [{ written: shape.bom === true ? `\uFEFF${names}` : names, bare: bareNames(names) }];
}

/** Puts the number of each line at its place, or in a table before the separator that its record starts with. */
function stampOf({ line, shape }: Layout): Format['stamp'] {
  const place = line.fields.findIndex(({ is }) => is === 'lineNumber');
  if (place < 0) return (records) => records;
  const { from = 1, width = 1 } = line.fields[place] ?? {};
  if (shape.is === 'fixed') return numberedAt(from - 1, width);
  if (place > 0 || shape.is !== 'table') throw new TypeError('The number of the line comes first, in a table');
  return (records, state) => {
    const texts = records.toString('latin1').split('\n');
    const numbered = texts.map((text) => {
      if (!text.startsWith(shape.separator)) return text;
      state.records += 1;
      return `${state.records}${text}`;
    });
    return Buffer.from(numbered.join('\n'), 'latin1');
  };
}

/** In records of fixed width that are all lines; past the last number there is room for, the count starts again. */
function numberedAt(start: number, width: number): Format['stamp'] {
  return (records, state) => {
    const texts = records.toString('latin1').split('\n');
    const numbered = texts.map((text) => {
      if (text === '') return text;
      state.records += 1;
      const number = String(((state.records - 1) % (10 ** width - 1)) + 1).padStart(width);
      return text.slice(0, start) + number + text.slice(start + width);
    });
    return Buffer.from(numbered.join('\n'), 'latin1');
  };
}
