import { type Day, parseDay } from '../core/calendar.ts';
import { creditOf, debitOf, type EntryLine, type NumberedEntry } from '../core/entry.ts';
import { amountText, encodeEntry, inCurrencyText, minorOf, remembering, unreadOf } from './encode.ts';
import { brokenRule } from './fec-check/check.ts';
import {
  type Encoded,
  type Format,
  type FormatContext,
  type FormatOptions,
  NO_LIMITS,
  PLAIN,
  type ReadBack,
} from './format.ts';
import { choice, optionValues } from './options.ts';
import { headOfTable, readRows, rowReader, rowWriter, type TableFormat } from './table.ts';
import { type Charset, clean, type TextRules } from './text.ts';

type FecColumn =
  | 'JournalCode'
  | 'JournalLib'
  | 'EcritureNum'
  | 'EcritureDate'
  | 'CompteNum'
  | 'CompteLib'
  | 'CompAuxNum'
  | 'CompAuxLib'
  | 'PieceRef'
  | 'PieceDate'
  | 'EcritureLib'
  | 'Debit'
  | 'Credit'
  | 'EcritureLet'
  | 'DateLet'
  | 'ValidDate'
  | 'Montantdevise'
  | 'Idevise';

type FecRow = { readonly entry: NumberedEntry; readonly line: EntryLine; readonly context: FormatContext };

/** Of the sets the law names, UTF-8 and the one that programs of before it took it up read. */
const OPTIONS = { charset: choice('utf-8', 'iso-8859-15') } as const;

/** `|` is the other separator the law allows, and the official checker refuses it inside a text. */
const rulesOf = (charset: Charset): TextRules => ({ charset, forbidden: /\|/, instead: '/' });

/**
 * FEC, the French audit file: 18 columns (LPF, article A. 47 A-1), a row per line, dates YYYYMMDD, decimal comma, one
 * continuous series of entry numbers. Written as a file of some entries, for import, not as the file of a whole year.
 */
const tableOf = (rules: TextRules, { named }: Names): TableFormat<FecColumn, FecRow> => ({
  rules,
  separator: '\t',
  newline: '\r\n',
  bom: false,
  quotes: false,
  neutralised: false,
  columns: [
    /*  1 */ {
      name: 'JournalCode',
      field: 'journal',
      fit: 'code',
      required: true,
      value: ({ entry }) => entry.journal,
    },
    /*  2 */ {
      name: 'JournalLib',
      fit: 'text',
      value: ({ entry, context }) => named(context.chart.journals, entry.journal),
    },
    /*  3 */ { name: 'EcritureNum', fit: 'own', value: ({ entry }) => String(entry.number) },
    /*  4 */ { name: 'EcritureDate', fit: 'own', value: ({ entry }) => compact(entry.date) },
    /*  5 */ { name: 'CompteNum', field: 'account', fit: 'code', required: true, value: ({ line }) => line.account },
    /*  6 */ {
      name: 'CompteLib',
      fit: 'text',
      value: ({ line, context }) => named(context.chart.accounts, line.account),
    },
    /*  7 */ { name: 'CompAuxNum', field: 'thirdParty', fit: 'code', value: ({ line }) => line.thirdParty ?? '' },
    /*  8 */ {
      name: 'CompAuxLib',
      fit: 'text',
      value: ({ line, context }) =>
        line.thirdParty === null ? '' : named(context.chart.thirdParties, line.thirdParty),
    },
    /*  9 */ {
      name: 'PieceRef',
      field: 'piece',
      fit: 'text',
      required: true,
      value: ({ entry }) => pieceRef(entry, rules),
    },
    /* 10 */ { name: 'PieceDate', fit: 'own', value: ({ entry }) => compact(entry.documentDate) },
    /* 11 */ {
      name: 'EcritureLib',
      field: 'label',
      fit: 'text',
      required: true,
      value: ({ entry, line }) => clean(line.label, rules) || pieceRef(entry, rules),
    }, // never blank, so the piece stands in
    /* 12 */ {
      name: 'Debit',
      fit: 'own',
      value: ({ line }) => (debitOf(line) > 0n ? amountText(line, ',') : zeroOf(line)),
    },
    /* 13 */ {
      name: 'Credit',
      fit: 'own',
      value: ({ line }) => (creditOf(line) > 0n ? amountText(line, ',') : zeroOf(line)),
    },
    /* 14 */ { name: 'EcritureLet', fit: 'own', value: ({ line }) => line.matchingCode ?? '' },
    /* 15 */ {
      name: 'DateLet',
      fit: 'own',
      value: ({ line }) => (line.matchingDay === undefined ? '' : compact(line.matchingDay)),
    },
    /* 16 */ {
      name: 'ValidDate',
      fit: 'own',
      value: ({ entry, context }) => (context.options.validDate === 'blank' ? '' : compact(entry.date)),
    },
    /* 17 */ { name: 'Montantdevise', fit: 'own', value: ({ line }) => inCurrencyText(line, ',') },
    /* 18 */ {
      name: 'Idevise',
      field: 'currency',
      fit: 'code',
      value: ({ line }) => line.amountInCurrency?.currency.code ?? '',
    },
  ],
});

export const fec: Format = fecIn({});

function fecIn(given: FormatOptions): Format {
  const { charset } = optionValues(OPTIONS, given);
  const rules = rulesOf(charset);
  const names = namesIn(rules);
  const table = tableOf(rules, names);
  const write = rowWriter(table);
  const lineOf = lineReader(table);
  return {
    ...PLAIN,
    options: OPTIONS,
    configured: fecIn,
    id: 'fec',
    name: 'FEC',
    vendor: 'DGFiP',
    extension: 'txt',
    mediaType: `text/plain; charset=${charset}`,
    newline: '\r\n',
    confidence: 5,
    checkedAgainst: "the text of the law, and the administration's own checker (Test Compta Démat 1.00.10b)",
    limits: NO_LIMITS,
    carries: ['journal', 'number', 'thirdParty', 'piece', 'label', 'currency', 'matching'],
    order: 'number',
    rules: brokenRule,
    appends: false, // one series of numbers, and ours start again in each import
    head: () => headOfTable(table),
    encode: (entry, context): Encoded =>
      encodeEntry(entry, charset, (line, notes) => {
        remarkUnnamed('journal', entry.journal);
        remarkUnnamed('account', line.account);
        return write({ entry, line, context }, notes);

        function remarkUnnamed(field: 'account' | 'journal', code: string) {
          const chart = field === 'account' ? context.chart.accounts : context.chart.journals;
          if (names.labelIn(chart, code) === null) notes.remarks.push({ reason: 'unnamed', field, code });
        }
      }),
    stamp: (records) => records,
    read: (bytes) => readRows(table, bytes, { header: 'the 18 field names of the law', lineOf }),
  };
}

/** Reads a line by the table's columns. */
function lineReader(table: TableFormat<FecColumn, FecRow>): (text: string, lineNumber: number) => ReadBack {
  const read = rowReader(table);
  return lineOf;

  function lineOf(text: string, lineNumber: number): ReadBack {
    const row = read(text);
    if (row === null) return fault(null, '18 fields', `${text.split('\t').length} fields`);
    const date = dayOf(row('EcritureDate'));
    const debit = minorOf(row('Debit'));
    const credit = minorOf(row('Credit'));
    if (date === null) return fault('EcritureDate', 'AAAAMMJJ', row('EcritureDate'));
    if (debit === null) return fault('Debit', 'an amount', row('Debit'));
    if (credit === null) return fault('Credit', 'an amount', row('Credit'));
    const beside = { inCurrency: row('Montantdevise'), matching: row('EcritureLet') };
    return {
      type: 'line',
      lineNumber,
      journal: row('JournalCode'),
      date,
      number: row('EcritureNum'),
      kind: null,
      account: row('CompteNum'),
      thirdParty: row('CompAuxNum') || null,
      piece: row('PieceRef'),
      reference: '',
      label: row('EcritureLib'),
      taxCode: null,
      dueDate: null,
      paymentMode: null,
      section: null,
      ...beside,
      currency: row('Idevise'),
      rate: '',
      unread: unreadOf(beside),
      amountMinor: debit - credit,
    };

    function fault(name: FecColumn | null, expected: string, found: string): ReadBack {
      const column = name === null ? null : table.columns.findIndex((each) => each.name === name) + 1;
      return { type: 'fault', lineNumber, column, expected, found };
    }
  }
}

/** The law wants a reference on every line: the piece, else the profile's reference, else the order. */
function pieceRef(entry: NumberedEntry, rules: TextRules): string {
  return clean(entry.piece, rules) || clean(entry.reference, rules) || entry.order;
}

type Names = ReturnType<typeof namesIn>;

/** Names of charts, cleaned once: each is asked for on every line. */
function namesIn(rules: TextRules) {
  const labels = new WeakMap<Readonly<Record<string, string>>, Map<string, string | null>>();
  return { named, labelIn };

  function named(chart: Readonly<Record<string, string>>, code: string): string {
    return labelIn(chart, code) ?? code;
  }

  function labelIn(chart: Readonly<Record<string, string>>, code: string): string | null {
    const known = labels.get(chart) ?? new Map<string, string | null>();
    if (known.size === 0) labels.set(chart, known);
    const label = known.get(code);
    if (label !== undefined || !Object.hasOwn(chart, code)) return label ?? null;
    const cleaned = clean(chart[code] ?? '', rules) || null;
    known.set(code, cleaned);
    return cleaned;
  }
}

function zeroOf(line: EntryLine): string {
  const { decimals } = line.amount.currency;
  return decimals === 0 ? '0' : `0,${'0'.repeat(decimals)}`;
}

const compact = remembering((day: string) => day.slice(0, 4) + day.slice(5, 7) + day.slice(8, 10));

const dayOf = remembering(expanded);

function expanded(text: string): Day | null {
  return text.length === 8 ? parseDay(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`) : null;
}
