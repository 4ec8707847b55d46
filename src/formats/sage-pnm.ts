import { type Day, parseDay } from '../core/calendar.ts';
import type { EntryKind, EntryLine, NumberedEntry } from '../core/entry.ts';
import { moneyText } from '../core/money.ts';
import { amountText, encodeRecords, minorOf, type Notes, remembering, unreadOf } from './encode.ts';
import { foreignOf } from './extra-values.ts';
import { type FixedRow, fixedFormat, putFixed, readField, readFixed, writeFixed } from './fixed.ts';
import {
  type Encoded,
  type Format,
  type FormatContext,
  NO_LIMITS,
  PLAIN,
  type ReadBack,
  type StampState,
} from './format.ts';
import { choice } from './options.ts';
import { clean, encodeText, linesOf, type TextRules } from './text.ts';

/**
 * Sage "format PNM", as Sage 100 itself writes it: a line with the company's name, then one record of 199 columns per
 * entry line; 138 columns without currency and analytics as an option. Positions and values: docs of this folder's
 * README, and the four files of golden/sage-pnm/real, which Sage wrote.
 */
const RULES: TextRules = { charset: 'windows-1252' };
const EXTENDED = 199;
const SHORT = 138;
const EXTENDED_FORM = { length: EXTENDED, newline: '\r\n' } as const;
const SHORT_FORM = { length: SHORT, newline: '\r\n' } as const;
const COMPANY_WIDTH = 30;
/** `pieceNumberPadding`: of the entry's number in records of 138 columns, as published programs write it, either way. */
const OPTIONS = { pieceNumberPadding: choice('zero', 'left') } as const;
/** Columns 106-112: the number of the general line (extended) or of the entry (short). */
const NUMBER = { from: 106, width: 7 };
const LARGEST_NUMBER = 10 ** NUMBER.width - 1;

export type PnmField =
  | 'journal'
  | 'date'
  | 'type'
  | 'account'
  | 'lineType'
  | 'thirdParty'
  | 'piece'
  | 'label'
  | 'paymentMode'
  | 'dueDate'
  | 'side'
  | 'amount'
  | 'simulation'
  | 'number'
  | 'currency'
  | 'amountInCurrency'
  | 'foreignCurrency'
  | 'plan';

/** A record as texts. `lineType`: blank general, `X` third party, `A` analytic share, `E` due date of an `X` line. */
export type PnmRow = FixedRow<PnmField>;

// biome-ignore format: a table reads by its columns.
const record = fixedFormat<PnmField, PnmRow>({
  rules: RULES,
  fields: [
    { name: 'journal',          from:   1, width:  3, justify: 'left',  padding: ' ', fit: 'code', required: true, value: (row) => row.journal },
    { name: 'date',             from:   4, width:  6, justify: 'left',  padding: ' ', fit: 'own',  required: true, value: (row) => row.date }, // JJMMAA
    { name: 'type',             from:  10, width:  2, justify: 'left',  padding: ' ', fit: 'own',  value: (row) => row.type },
    { name: 'account',          from:  12, width: 13, justify: 'left',  padding: ' ', fit: 'code', required: true, value: (row) => row.account },
    { name: 'lineType',         from:  25, width:  1, justify: 'left',  padding: ' ', fit: 'own',  value: (row) => row.lineType },
    { name: 'thirdParty',       from:  26, width: 13, justify: 'left',  padding: ' ', fit: 'code', value: (row) => row.thirdParty },
    { name: 'piece',            from:  39, width: 13, justify: 'left',  padding: ' ', fit: 'piece', value: (row) => row.piece },
    { name: 'label',            from:  52, width: 25, justify: 'left',  padding: ' ', fit: 'text', value: (row) => row.label },
    { name: 'paymentMode',      from:  77, width:  1, justify: 'left',  padding: ' ', fit: 'code', value: (row) => row.paymentMode },
    { name: 'dueDate',          from:  78, width:  6, justify: 'left',  padding: ' ', fit: 'own',  value: (row) => row.dueDate },
    { name: 'side',             from:  84, width:  1, justify: 'left',  padding: ' ', fit: 'own',  value: (row) => row.side }, // D, C
    { name: 'amount',           from:  85, width: 20, justify: 'right', padding: ' ', fit: 'own',  value: (row) => row.amount },
    { name: 'simulation',       from: 105, width:  1, justify: 'left',  padding: ' ', fit: 'own',  value: (row) => row.simulation }, // N normal, S simulation
    { name: 'number',           ...NUMBER,            justify: 'right', padding: ' ', fit: 'own',  value: (row) => row.number },
    { name: 'currency',         from: 139, width:  3, justify: 'left',  padding: ' ', fit: 'code', value: (row) => row.currency },
    { name: 'amountInCurrency', from: 142, width: 20, justify: 'right', padding: ' ', fit: 'own',  value: (row) => row.amountInCurrency },
    { name: 'foreignCurrency',  from: 162, width:  3, justify: 'left',  padding: ' ', fit: 'code', value: (row) => row.foreignCurrency },
    { name: 'plan',             from: 165, width: 35, justify: 'left',  padding: ' ', fit: 'code', value: (row) => row.plan },
  ],
});

export const sagePnm: Format = {
  ...PLAIN,
  configured: () => sagePnm,
  entriesEnd: 'balance', // numbers are the lines' own
  id: 'sage-pnm',
  name: 'Sage PNM',
  vendor: 'Sage',
  extension: 'pnm',
  mediaType: 'text/plain; charset=windows-1252',
  newline: '\r\n',
  confidence: 5,
  checkedAgainst: "four exports of Sage 100's demonstration company, read and written back byte for byte",
  limits: {
    ...NO_LIMITS,
    journal: 3,
    account: 13,
    thirdParty: 13,
    piece: 13,
    reference: 0,
    label: 25,
    paymentMode: 1,
    currency: 3,
    section: 13,
    decimals: 2,
  },
  carries: ['journal', 'kind', 'thirdParty', 'piece', 'label', 'currency', 'dueDate', 'paymentMode', 'section'],
  order: 'journal',
  options: OPTIONS,
  head: ({ companyName }) => headOf(companyName),
  encode,
  stamp,
  read,
};

/** Past 9 999 999 it starts again. */
function shortNumber(number: number, { options }: FormatContext): string {
  const text = String(number % (LARGEST_NUMBER + 1));
  return options.pieceNumberPadding === 'left' ? text.padEnd(NUMBER.width) : text.padStart(NUMBER.width, '0');
}

const TYPES: Readonly<Record<EntryKind, string>> = { sale: 'FC', creditNote: 'AC', payment: 'RC' };
const KINDS: Readonly<Record<string, EntryKind>> = { FC: 'sale', AC: 'creditNote', RC: 'payment' };

function headOf(companyName: string): Buffer {
  const name = clean(companyName, RULES).slice(0, COMPANY_WIDTH).padEnd(COMPANY_WIDTH);
  return encodeText(`${name}\r\n`, RULES.charset);
}

function encode(entry: NumberedEntry, context: FormatContext): Encoded {
  const length = context.options.recordLength ?? EXTENDED;
  const date = shortDate(entry.date);
  const form = length === SHORT ? SHORT_FORM : EXTENDED_FORM;
  return encodeRecords(entry, RULES.charset, (line, notes, _, out) => {
    if (date === null) notes.faults.push({ reason: 'unencodable', field: 'date', value: entry.date, width: 6 });
    const row = rowOf(entry, line, { date: date ?? '', length, context });
    putFixed(record, row, form, notes, out);
    if (line.section === null || length === SHORT) return;
    putFixed(record, shareOf(row, line.section, context), form, notes, out);
  });
}

/** The analytic share of a general line: here all of it, in one section of one plan. */
function shareOf(row: PnmRow, section: string, { options }: FormatContext): PnmRow {
  const detail = { lineType: 'A', thirdParty: section, plan: options.analyticPlan ?? '1' };
  return { ...row, ...detail, paymentMode: '', dueDate: '', amountInCurrency: '', foreignCurrency: '' };
}

function rowOf(
  entry: NumberedEntry,
  line: EntryLine,
  { date, length, context }: { date: string; length: number; context: FormatContext },
): PnmRow {
  const { thirdParty, paymentMode } = line;
  const foreign = foreignOf(line);
  return {
    journal: entry.journal,
    date,
    type: TYPES[entry.kind],
    account: line.account,
    lineType: thirdParty === null ? '' : 'X',
    thirdParty: thirdParty ?? '',
    piece: entry.piece,
    label: line.label,
    // The ledger's own letter; a longer code of the profile has no place here.
    paymentMode: paymentMode !== null && paymentMode.length === 1 ? paymentMode : '',
    dueDate: thirdParty === null ? '' : date,
    side: line.amount.minor < 0n ? 'C' : 'D',
    amount: amountText(line, '.'),
    simulation: 'N',
    number: length === SHORT ? shortNumber(entry.number, context) : '',
    currency: context.booksCurrency,
    // As Sage writes it: positive, since the side tells; only the record of 199 columns has the place.
    amountInCurrency: foreign === null ? '' : moneyText(foreign),
    foreignCurrency: foreign?.currency.code ?? '',
    plan: '',
  };
}

/** Numbers the general lines of the extended record; past seven digits the counter starts again at 1. */
function stamp(records: Buffer, state: StampState): Buffer {
  const length = records.indexOf('\r\n');
  if (length < 0) return records;
  for (let at = 0; at < records.length; at += length + 2) {
    if (records[at + LINE_TYPE - 1] !== DETAIL) state.records += 1; // a detail repeats the number of its line
    if (length === SHORT) continue;
    const number = ((state.records - 1) % LARGEST_NUMBER) + 1;
    records.write(String(number).padStart(NUMBER.width), at + NUMBER.from - 1, 'latin1');
  }
  return records;
}

/** Column of `lineType`, and its value in the analytic share of the line before. */
const LINE_TYPE = 25;
const DETAIL = 'A'.charCodeAt(0);

const SHORTEST = NUMBER.from - 1;

async function* read(bytes: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<readonly ReadBack[]> {
  const dayOf = remembering(parseShortDate);
  let open: ReadBack | null = null; // a detail of it may follow
  for await (const lines of linesOf(bytes, RULES.charset)) {
    const batch: ReadBack[] = [];
    for (const { text, number } of lines) {
      if (number === 1) continue; // the company's name
      const line = lineOf(text, number, dayOf);
      if (line === null) open = withDetail(open, text);
      else {
        if (open !== null) batch.push(open);
        open = line;
      }
    }
    yield batch;
  }
  if (open !== null) yield [open];
}

/** The columns of each field. */
const FIELD = Object.fromEntries(record.fields.map((field) => [field.name, field])) as Readonly<
  Record<PnmField, (typeof record.fields)[number]>
>; // the record has them all

/** The general line with the section of a detail that takes all of its amount; parts have no place in a line. */
function withDetail(line: ReadBack | null, text: string): ReadBack | null {
  const row = readFixed(record, text);
  if (line?.type !== 'line' || row.lineType !== 'A' || line.section !== null) return line;
  const { amountMinor } = line;
  const isWhole = minorOf(row.amount) === (amountMinor < 0n ? -amountMinor : amountMinor);
  return isWhole ? { ...line, section: row.thirdParty } : line;
}

/** The general line of a record, what is wrong with it, or null for the details (`A`, `E`) of another. */
function lineOf(text: string, lineNumber: number, dayOf: (text: string) => Day | null): ReadBack | null {
  if (text.length < SHORTEST || text.length > EXTENDED) {
    const found = `${text.length} characters`;
    return { type: 'fault', lineNumber, column: null, expected: `${SHORTEST} to ${EXTENDED} characters`, found };
  }
  const lineType = readField(FIELD.lineType, text);
  if (lineType === 'A' || lineType === 'E') return null;
  const written = readField(FIELD.date, text);
  const date = dayOf(written);
  const figures = readField(FIELD.amount, text);
  const amount = minorOf(figures);
  const side = readField(FIELD.side, text);
  const due = readField(FIELD.dueDate, text);
  if (date === null) return fault('date', 'JJMMAA', written);
  if (amount === null) return fault('amount', 'an amount', figures);
  if (side !== 'D' && side !== 'C') return fault('side', 'D or C', side);
  const beside = { inCurrency: readField(FIELD.amountInCurrency, text), matching: '' };
  return {
    type: 'line',
    lineNumber,
    journal: readField(FIELD.journal, text),
    date,
    number: readField(FIELD.number, text),
    kind: KINDS[readField(FIELD.type, text)] ?? null,
    account: readField(FIELD.account, text),
    thirdParty: lineType === 'X' ? readField(FIELD.thirdParty, text) : null,
    piece: readField(FIELD.piece, text),
    reference: '',
    label: readField(FIELD.label, text),
    taxCode: null,
    dueDate: due === '' ? null : dayOf(due),
    paymentMode: readField(FIELD.paymentMode, text) || null,
    section: null,
    ...beside,
    currency: readField(FIELD.foreignCurrency, text),
    rate: '',
    unread: unreadOf(beside),
    amountMinor: side === 'D' ? amount : -amount,
  };

  function fault(name: PnmField, expected: string, found: string): ReadBack {
    return { type: 'fault', lineNumber, column: FIELD[name].from, expected, found };
  }
}

/** Every record of a file as texts, with the line of the company's name: for files of Sage itself, details included. */
export async function readPnmRows(
  bytes: AsyncIterable<Buffer> | Iterable<Buffer>,
): Promise<{ readonly companyName: string; readonly rows: readonly PnmRow[] }> {
  let companyName = '';
  const rows: PnmRow[] = [];
  for await (const lines of linesOf(bytes, RULES.charset)) {
    for (const { text, number } of lines) {
      if (number === 1) companyName = text.trimEnd();
      else rows.push(readFixed(record, text));
    }
  }
  return { companyName, rows };
}

/** The file of these rows in the extended form; what does not fit comes as faults. */
export function writePnmRows(
  companyName: string,
  rows: readonly PnmRow[],
): { readonly bytes: Buffer; readonly notes: Notes } {
  const notes: Notes = { faults: [], remarks: [] };
  const records = rows.map((row) => `${writeFixed(record, row, EXTENDED, notes)}\r\n`).join('');
  return { bytes: Buffer.concat([headOf(companyName), encodeText(records, RULES.charset)]), notes };
}

/** Two digits of the year can only mean 1950 to 2049; a date beyond has no place in the file. */
function shortDate(day: Day): string | null {
  const year = day.slice(0, 4);
  if (year < '1950' || year > '2049') return null;
  return day.slice(8, 10) + day.slice(5, 7) + day.slice(2, 4);
}

function parseShortDate(text: string): Day | null {
  const year = text.slice(4, 6);
  return parseDay(`${year < '50' ? '20' : '19'}${year}-${text.slice(2, 4)}-${text.slice(0, 2)}`);
}
