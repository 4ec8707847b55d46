import { unitsText } from '../core/decimal.ts';
import type { EntryLine, NumberedEntry } from '../core/entry.ts';
import { datesOf } from './dates.ts';
import { encodeEntry, fitted, minorOf, NOTHING_BESIDE, type Notes } from './encode.ts';
import type { LineRead } from './entries.ts';
import { type Encoded, type Format, type FormatOptions, NO_LIMITS, PLAIN, type ReadBack } from './format.ts';
import { vatShares } from './gross.ts';
import { type OptionValues, optionValues, words } from './options.ts';
import { headOfTable, readRows, rowReader, rowWriter, type TableFormat } from './table.ts';
import type { TextRules } from './text.ts';

/**
 * Sage 50 UK, audit trail transactions: a row per line of an invoice with its net and its VAT, from which Sage makes the
 * customer's line and that of VAT itself. `SI` charges the customer, `SC` credits him, `SA` is money from him; an entry
 * that is not of one customer is a journal, `JD` and `JC`, which does not reach customers' own accounts there. Amounts
 * positive, in the currency of the books. Collective and VAT accounts are those that Sage itself posts to.
 *
 *   SI,WEBFRANC,4000,0,26/11/2018,FA000001,Paul DURAND - FA000001 - 1,403.00,T1,80.60,1,WEB1,,,
 */
const OPTIONS = {
  /** Control accounts of the company: debtors and VAT on sales. */
  debtors: words(8, '1100'),
  vatControl: words(8, '2200'),
  /** Tax code of what VAT does not concern. */
  noVat: words(3, 'T9'),
} as const;

type Options = OptionValues<typeof OPTIONS>;

type SageRow = {
  readonly type: (typeof TYPES)[number];
  readonly entry: NumberedEntry;
  /** The customer, null on journals of general accounts. */
  readonly thirdParty: string | null;
  /** The general line that the row is; of a customer, on journals. */
  readonly line: EntryLine;
  /** Minor units, without signs. */
  readonly net: bigint;
  readonly tax: bigint;
};

const TYPES = ['SI', 'SC', 'SA', 'JD', 'JC'] as const;
const REFERENCE = 8;
const COLUMNS = 15;
const dates = datesOf('JJ/MM/AAAA');

type ColumnName =
  | 'Type'
  | 'Account Reference'
  | 'Nominal A/C Ref'
  | 'Department Code'
  | 'Date'
  | 'Reference'
  | 'Details'
  | 'Net Amount'
  | 'Tax Code'
  | 'Tax Amount'
  | 'Exchange Rate'
  | 'Extra Reference'
  | 'User Name'
  | 'Project Refn'
  | 'Cost Code Refn';

export const sage50Uk: Format = configured({});

function configured(given: FormatOptions): Format {
  const options = optionValues(OPTIONS, given);
  const table = tableOf(options);
  const write = rowWriter(table);
  const read = rowReader(table);
  return {
    ...PLAIN,
    configured,
    options: OPTIONS,
    id: 'sage50-uk',
    name: 'Sage 50 UK (audit trail)',
    vendor: 'Sage (UK)',
    extension: 'csv',
    mediaType: 'text/csv; charset=windows-1252',
    newline: '\r\n',
    confidence: 4,
    checkedAgainst: "the vendor's help of its import and published programs that write it",
    limits: {
      ...NO_LIMITS,
      ...{ account: REFERENCE, thirdParty: REFERENCE, piece: 30, reference: 30, label: 60, taxCode: 3, section: 3 },
      decimals: 2,
    },
    carries: ['thirdParty', 'piece', 'reference', 'label', 'taxCode', 'section'],
    codesOf: ({ account, thirdParty }) => ({ account: thirdParty === null ? account : options.debtors, thirdParty }),
    restated: (entry) => restated(rowsOf(entry), options),
    order: 'number',
    entriesEnd: 'balance',
    head: () => headOfTable(table),
    encode: (entry) => encode(entry, table.rules, write),
    stamp: (records) => records,
    read: (bytes, decimals = 2) =>
      flattened(
        readRows(table, bytes, {
          header: 'Type,Account Reference,Nominal A/C Ref ...',
          lineOf: (text, lineNumber) => linesOf(text, { read, options, lineNumber, decimals }),
        }),
      ),
  };
}

function tableOf({ debtors, noVat }: Options): TableFormat<ColumnName, SageRow> {
  const amount = (units: bigint, { line }: SageRow) => unitsText(units, line.amount.currency.decimals);
  const nominal = ({ line }: SageRow) => (line.thirdParty === null ? line.account : debtors);
  return {
    rules: { charset: 'windows-1252' },
    separator: ',',
    newline: '\r\n',
    bom: false,
    quotes: true,
    neutralised: false,
    // biome-ignore format: a table reads by its columns.
    columns: [
      { name: 'Type',              fit: 'own', value: ({ type }) => type },
      { name: 'Account Reference', fit: 'code', field: 'thirdParty', width: REFERENCE, value: ({ thirdParty }) => thirdParty ?? '' },
      { name: 'Nominal A/C Ref',   fit: 'code', field: 'account', width: REFERENCE, value: nominal },
      { name: 'Department Code',   fit: 'code', field: 'section', width: 3, value: ({ line }) => line.section ?? '0' },
      { name: 'Date',              fit: 'own', field: 'date', value: ({ entry: { date } }) => dates.write(date) ?? date },
      { name: 'Reference',         fit: 'piece', field: 'piece', width: 30, value: ({ entry }) => entry.piece },
      { name: 'Details',           fit: 'text', field: 'label', width: 60, value: ({ line }) => line.label },
      { name: 'Net Amount',        fit: 'own', value: (row) => amount(row.net, row) },
      { name: 'Tax Code',          fit: 'code', field: 'taxCode', width: 3, value: ({ line }) => line.taxCode ?? noVat },
      { name: 'Tax Amount',        fit: 'own', value: (row) => amount(row.tax, row) },
      { name: 'Exchange Rate',     fit: 'own', value: () => '1' },
      { name: 'Extra Reference',   fit: 'text', field: 'reference', width: 30, value: ({ entry }) => entry.reference },
      { name: 'User Name',         fit: 'own', value: () => '' },
      { name: 'Project Refn',      fit: 'own', value: () => '' },
      { name: 'Cost Code Refn',    fit: 'own', value: () => '' },
    ],
  };
}

/** An account that Sage finds by itself is looked at all the same: it is the merchant's. */
function encode(entry: NumberedEntry, rules: TextRules, write: (row: SageRow, notes: Notes) => string): Encoded {
  return encodeEntry(entry, 'windows-1252', ({ account }, notes: Notes, index) => {
    fitted(account, { name: 'account', fit: 'code', width: REFERENCE, required: true }, rules, notes);
    if (index > 0) return '';
    return rowsOf(entry)
      .map((row) => write(row, notes))
      .join('');
  });
}

function rowsOf(entry: NumberedEntry): readonly SageRow[] {
  const { lines, kind } = entry;
  const customers = new Set(lines.flatMap(({ thirdParty }) => thirdParty ?? []));
  const [thirdParty = null] = customers;
  const { shares, unshared } = vatShares(lines);
  const items = lines.filter((line) => line.thirdParty === null && (line.role !== 'vat' || unshared.includes(line)));
  if (customers.size !== 1 || items.length === 0) {
    return lines.map((line) => {
      const type = line.amount.minor < 0n ? 'JC' : 'JD';
      return { type, entry, thirdParty: line.thirdParty, line, net: abs(line.amount.minor), tax: 0n };
    });
  }
  return items.map((line) => {
    const { minor } = line.amount;
    const type = minor < 0n ? 'SI' : kind === 'payment' && line.role === 'bank' ? 'SA' : 'SC';
    return { type, entry, thirdParty, line, net: abs(minor), tax: abs(shares.get(line)?.inBooks ?? 0n) };
  });
}

/** Each row of a customer is an entry of its own there; the rows of a journal are one. */
function restated(rows: readonly SageRow[], options: Options): readonly NumberedEntry[] {
  const [first] = rows;
  if (first === undefined) return [];
  if (isJournal(first.type)) return [said(first.entry, rows.map(({ line }) => coded(line, options)))]; // biome-ignore format: short
  return rows.map(({ entry, thirdParty, line, net, tax, type }) => {
    const sign = type === 'SI' ? -1n : 1n;
    const bare = { thirdParty: null, taxCode: null, section: null, paymentMode: null, amountInCurrency: null };
    const of = (minor: bigint) => ({ ...line.amount, minor });
    const { taxCode, section } = coded(line, options);
    const lines: EntryLine[] = [
      { ...line, ...bare, role: 'customer', account: options.debtors, thirdParty, amount: of(-sign * (net + tax)) },
      { ...line, ...bare, taxCode, section },
    ];
    if (tax > 0n)
      lines.push({ ...line, ...bare, role: 'vat', account: options.vatControl, taxCode, amount: of(sign * tax) });
    return said(entry, lines);
  });
}

function said(entry: NumberedEntry, lines: readonly EntryLine[]): NumberedEntry {
  return { ...entry, journal: '', lines };
}

/** What stands for nothing there says nothing. */
function coded(line: EntryLine, { noVat }: Options): EntryLine {
  const { taxCode, section } = line;
  return { ...line, taxCode: taxCode === noVat ? null : taxCode, section: section === '0' ? null : section };
}

type Reading = {
  readonly read: ReturnType<typeof rowReader<ColumnName, SageRow>>;
  readonly options: Options;
  readonly lineNumber: number;
  readonly decimals: number;
};

/** The lines that Sage makes of a row, or what is wrong with it. */
function linesOf(text: string, { read, options, lineNumber, decimals }: Reading): readonly ReadBack[] {
  const row = read(text);
  if (row === null) return fault(null, `${COLUMNS} cells`, text);
  const type = TYPES.find((each) => each === row('Type'));
  if (type === undefined) return fault(1, TYPES.join(', '), row('Type'));
  const date = dates.parse(row('Date'));
  if (date === null) return fault(5, 'JJ/MM/AAAA', row('Date'));
  const net = minorOf(row('Net Amount'), decimals);
  if (net === null) return fault(8, 'an amount', row('Net Amount'));
  const tax = row('Tax Amount') === '' ? 0n : minorOf(row('Tax Amount'), decimals);
  if (tax === null) return fault(10, 'an amount', row('Tax Amount'));
  const taxCode = row('Tax Code') === options.noVat || row('Tax Code') === '' ? null : row('Tax Code');
  const section = row('Department Code') === '0' || row('Department Code') === '' ? null : row('Department Code');
  const bare: Omit<LineRead, 'account' | 'amountMinor'> = {
    type: 'line',
    ...{ lineNumber, date, journal: '', number: '', kind: null, piece: row('Reference') },
    ...{ reference: row('Extra Reference'), label: row('Details'), dueDate: null, paymentMode: null },
    ...NOTHING_BESIDE,
    ...{ thirdParty: null, taxCode: null, section: null },
  };
  const thirdParty = row('Account Reference') === '' ? null : row('Account Reference');
  const account = row('Nominal A/C Ref');
  const sign = type === 'SI' || type === 'JC' ? -1n : 1n;
  const line: LineRead = { ...bare, account, taxCode, section, amountMinor: sign * net };
  if (isJournal(type)) return [{ ...line, thirdParty }];
  const lines: LineRead[] = [{ ...bare, account: options.debtors, thirdParty, amountMinor: -sign * (net + tax) }, line];
  if (tax !== 0n) lines.push({ ...bare, account: options.vatControl, taxCode, amountMinor: sign * tax });
  return lines;

  function fault(column: number | null, expected: string, found: string): readonly ReadBack[] {
    return [{ type: 'fault', lineNumber, column, expected, found: found.slice(0, 80) }];
  }
}

async function* flattened(
  batches: AsyncIterable<readonly (readonly ReadBack[] | Extract<ReadBack, { type: 'fault' }>)[]>,
): AsyncGenerator<readonly ReadBack[]> {
  for await (const batch of batches) yield batch.flat();
}

function isJournal(type: SageRow['type']): boolean {
  return type === 'JD' || type === 'JC';
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}
