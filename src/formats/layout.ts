import type { EntryLine, NumberedEntry } from '../core/entry.ts';
import { encodeEntry, type Notes, unreadOf } from './encode.ts';
import type {
  Carried,
  Contents,
  Encoded,
  Format,
  FormatContext,
  FormatLimits,
  FormatOptions,
  ReadBack,
} from './format.ts';
import { type OptionSpecs, type OptionValues, optionValues } from './options.ts';
import { type Field, headerOf, type Newline, type RecordSpec, recordOf, type Shape, type Written } from './records.ts';
import { type Charset, encodeText, linesOf, type TextLine, type TextRules } from './text.ts';
import type { Draft, Value } from './values.ts';

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
  readonly foot?: readonly string[];
  /** Lines of a file that a reader passes over: heads, details that have no place here. */
  readonly passed?: RegExp;
  /** Once before the lines of an entry; what it holds need not stand in the lines. */
  readonly entry?: RecordSpec;
  readonly line: RecordSpec;
  /** After a line that is due on a day, and after one that has a section. */
  readonly dueDate?: RecordSpec;
  readonly section?: RecordSpec;
};

/** The format of a declaration. Throws on a declaration that contradicts itself, when its module is loaded. */
export function layoutFormat<const Specs extends OptionSpecs>(declaration: Declaration<Specs>): Format {
  return build(declaration, {});
}

function build<Specs extends OptionSpecs>(declaration: Declaration<Specs>, given: FormatOptions): Format {
  const { layout: layoutWith, order = 'journal', appends = true, oneFiscalYear = false, ...facts } = declaration;
  const layout = layoutWith(optionValues(declaration.options, given));
  const { charset, newline, shape, head, foot = [] } = layout;
  const header = namesOf(layout);
  const rules: TextRules = {
    charset,
    ...(layout.forbidden === undefined ? {} : { forbidden: layout.forbidden }),
    ...(layout.instead === undefined ? {} : { instead: layout.instead }),
  };
  const record = (spec: RecordSpec | undefined) => spec && recordOf(spec, { shape, rules, newline });
  const line = recordOf(layout.line, { shape, rules, newline });
  const records: Records = {
    line,
    entry: record(layout.entry),
    dueDate: record(layout.dueDate),
    section: record(layout.section),
  };
  const fields = [layout.entry, layout.line, layout.dueDate, layout.section].flatMap((spec) => spec?.fields ?? []);
  const lines = (texts: readonly string[]) => encodeText(texts.map((text) => text + newline).join(''), charset);
  return {
    ...facts,
    customers: null,
    mediaType: `text/plain; charset=${charset}`,
    newline,
    limits: limitsOf(fields),
    carries: [
      ...(fields.some(isWholeNumber) ? (['number'] as const) : []),
      ...CARRIED.filter(([, names]) => fields.some(({ is }) => names.includes(is))).map(([name]) => name),
    ],
    accounts: fields.some(({ is }) => is === 'anyAccount') ? 'one' : 'both',
    codesOf: codesOf(layout.line),
    order,
    entriesEnd: fields.some(isWholeNumber) ? 'number' : 'balance',
    appends: appends && head === undefined && foot.length === 0,
    oneFiscalYear,
    records: (
      [
        ['entry', layout.entry],
        ['line', layout.line],
        ['due date of a line', layout.dueDate],
        ['section of a line', layout.section],
      ] as const
    ).flatMap(([name, spec]) => (spec === undefined ? [] : [{ name, fields: spec.fields }])),
    configured: (options) => build(declaration, options),
    head: (context, contents) => lines([...(head?.(context, contents) ?? []), ...header.map((names) => names.written)]),
    foot: lines(foot),
    encode: (entry, context) => encode(records, charset, entry, context),
    stamp: stampOf(layout),
    read: (bytes, decimals = 2) => read(layout, records, bytes, decimals),
  };
}

type Records = {
  readonly entry: Written | undefined;
  readonly line: Written;
  /** Details of the line before them. */
  readonly dueDate: Written | undefined;
  readonly section: Written | undefined;
};

function encode(records: Records, charset: Charset, entry: NumberedEntry, context: FormatContext): Encoded {
  return encodeEntry(entry, charset, (line, notes, index) => {
    const row = { entry, line, context };
    const before = notes.faults.length;
    const head = index === 0 && records.entry ? records.entry.write(row, notes) : '';
    let text = head + records.line.write(row, notes);
    if (notes.faults.length > before) nameThirdParty(notes, line);
    if (records.dueDate?.says('dueDate', row)) text += records.dueDate.write(row, notes);
    if (line.section !== null && records.section) text += records.section.write(row, notes);
    return text;
  });
}

/** Where the third party stands for the account, what is wrong with it is wrong with the third party. */
function nameThirdParty({ faults }: Notes, { account, thirdParty }: EntryLine): void {
  for (const [index, fault] of faults.entries()) {
    if (!('field' in fault) || thirdParty === null || account === fault.value) continue;
    if (fault.field === 'account' && fault.value.endsWith(thirdParty)) {
      faults[index] = { ...fault, field: 'thirdParty' };
    }
  }
}

function isWholeNumber(field: Field): boolean {
  return field.is === 'number' && field.lastDigits !== true;
}

/** Codes as they stand in a line: the third party for its account, account numbers filled up with zeros. */
function codesOf({ fields }: RecordSpec): Format['codesOf'] {
  const field = fields.find(({ is }) => is === 'anyAccount');
  if (field?.is !== 'anyAccount') return ({ account, thirdParty }) => ({ account, thirdParty });
  const { prefix = '', padding, width = 0 } = field;
  return ({ account, thirdParty }) => {
    const code = thirdParty === null ? account : prefix + thirdParty;
    return { account: padding === '0' ? code.padEnd(width, '0') : code, thirdParty: null };
  };
}

/** Which values of a record carry what. */
const CARRIED: readonly (readonly [Carried, readonly Value['is'][]])[] = [
  ['kind', ['kind']],
  ['thirdParty', ['thirdParty', 'anyAccount']],
  ['piece', ['piece']],
  ['reference', ['reference']],
  ['label', ['label']],
  ['taxCode', ['taxCode']],
  ['dueDate', ['dueDate']],
  ['paymentMode', ['paymentMode']],
  ['section', ['section']],
  ['currency', ['currency', 'foreignCurrency']],
  ['matching', ['matchingCode']],
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
    account: least('account', 'anyAccount'),
    thirdParty: least('thirdParty', 'anyAccount'),
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
function namesOf({ line, shape }: Layout): readonly { readonly written: string; readonly bare: string }[] {
  if (shape.is !== 'table' || shape.header !== true) return [];
  const names = headerOf(line, shape);
  return [{ written: shape.bom === true ? `\uFEFF${names}` : names, bare: bareNames(names) }];
}

/** Importers and exporters vary in case and quotes. */
function bareNames(names: string): string {
  return names.replaceAll('"', '').toLowerCase();
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

async function* read(
  layout: Layout,
  records: Records,
  bytes: AsyncIterable<Buffer> | Iterable<Buffer>,
  decimals: number,
): AsyncGenerator<readonly ReadBack[]> {
  const { line, entry, dueDate, section } = records;
  const details = [dueDate, section].filter((one) => one !== undefined);
  const marked = entry === undefined ? details : [entry, ...details];
  const [header] = namesOf(layout);
  const goesOn = layout.line.fields.some(({ on }) => on === 'firstLine');
  let shared = emptyDraft(decimals);
  let open: { readonly draft: Draft; readonly number: number } | null = null; // a detail of it may follow
  for await (const batch of recordsIn(layout, bytes)) yield batch.flatMap(({ text, number }) => take(text, number));
  yield close();

  /** What is certain once this record is known. */
  function take(text: string, lineNumber: number): readonly ReadBack[] {
    if (lineNumber === 1 && header !== undefined) {
      if (bareNames(text) === header.bare) return [];
      return [
        { type: 'fault', lineNumber, column: null, expected: 'the names of the columns', found: text.slice(0, 80) },
      ];
    }
    const record = marked.find((one) => isMarked(one, text)) ?? line;
    const draft: Draft = record === line ? { ...shared } : emptyDraft(decimals);
    const fault = record.read(text, draft);
    if (fault !== null) return [...close(), { type: 'fault', lineNumber, ...fault }];
    if (details.includes(record)) {
      detailed(record, draft);
      return [];
    }
    const closed = close();
    if (record === entry) shared = draft;
    else {
      open = { draft, number: lineNumber };
      if (goesOn) shared = { ...emptyDraft(decimals), ...headOf(draft) };
    }
    return closed;
  }

  function detailed(record: Written, detail: Draft): void {
    if (open === null || !isWhole(record, open.draft, detail)) return;
    open.draft.dueDate ??= detail.dueDate;
    open.draft.section ??= detail.section;
  }

  function close(): readonly ReadBack[] {
    const closed = open;
    open = null;
    return closed === null ? [] : [lineOf(closed.draft, closed.number)];
  }
}

/** What the first line of an entry says for all of them. */
function headOf({ journal, date, number, kind, piece, reference }: Draft): Partial<Draft> {
  return { journal, date, number, kind, piece, reference };
}

/** Whether a detail is about all of its line: parts have no place in a line. */
function isWhole({ fields }: Written, line: Draft, share: Draft): boolean {
  return !fields.some(({ is }) => is === 'amount' || is === 'debit') || share.amount === line.amount;
}

function isMarked({ spec: { mark, lead, tag } }: Written, text: string): boolean {
  if (tag !== undefined) return text.startsWith(`${tag}\n`);
  return lead !== undefined ? text.startsWith(lead) : mark?.test(text) === true;
}

/** The records of a file, a batch at a time: a line, or for tagged ones the tag and its lines. */
async function* recordsIn(
  { shape, charset, passed, line, entry, dueDate, section }: Layout,
  bytes: AsyncIterable<Buffer> | Iterable<Buffer>,
): AsyncGenerator<readonly TextLine[]> {
  if (shape.is !== 'tagged') {
    for await (const lines of linesOf(bytes, charset)) {
      yield lines.filter(({ text }) => text !== '' && passed?.test(text) !== true);
    }
    return;
  }
  const tags = new Set([line, entry, dueDate, section].flatMap((spec) => (spec?.tag === undefined ? [] : [spec.tag])));
  let open: { readonly number: number; readonly lines: string[] } | null = null;
  for await (const lines of linesOf(bytes, charset)) {
    const closed: TextLine[] = [];
    for (const { text, number } of lines) {
      if (TAG.test(text)) {
        if (open !== null) closed.push(joined(open));
        open = tags.has(text) ? { number, lines: [text] } : null;
      } else if (open !== null && open.lines.length < MAX_LINES) open.lines.push(text);
    }
    yield closed;
  }
  if (open !== null) yield [joined(open)];
}

function joined({ number, lines }: { readonly number: number; readonly lines: readonly string[] }): TextLine {
  return { number, text: lines.join('\n') };
}

const TAG = /^#[A-Z0-9]{3,12}$/;
/** Lines of a tagged record: foreign files are not trusted to have tags. */
const MAX_LINES = 1000;

/** A line that was read, its signs put together. */
export function lineOf(draft: Draft, lineNumber: number): ReadBack {
  const { decimals: _, amount, side, sign, inCurrency, matching, ...values } = draft;
  return {
    type: 'line',
    lineNumber,
    ...values,
    unread: unreadOf(inCurrency, matching),
    amountMinor: amount * side * sign,
  };
}

/** A line of which nothing is read yet. */
export function emptyDraft(decimals: number): Draft {
  return {
    decimals,
    journal: '',
    date: '',
    number: '',
    kind: null,
    account: '',
    thirdParty: null,
    piece: '',
    reference: '',
    label: '',
    taxCode: null,
    dueDate: null,
    paymentMode: null,
    section: null,
    inCurrency: '',
    matching: '',
    amount: 0n,
    side: 1n,
    sign: 1n,
  };
}
