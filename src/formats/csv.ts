import { type Day, dayMonthYear, parseDay } from '../core/calendar.ts';
import { decimalText } from '../core/decimal.ts';
import { creditOf, debitOf, type EntryLine, type NumberedEntry } from '../core/entry.ts';
import { csvCustomers } from './csv-customers.ts';
import { amountText, encodeEntry, inCurrencyText, minorOf, unreadOf } from './encode.ts';
import { type Encoded, type Format, type FormatContext, NO_LIMITS, PLAIN, type ReadBack } from './format.ts';
import { headOfTable, readRows, rowReader, rowWriter, type TableFormat } from './table.ts';
import type { TextRules } from './text.ts';

type CsvColumn =
  | 'Journal'
  | 'Date'
  | 'Numéro'
  | 'Numéro de facture'
  | 'Référence'
  | 'Numéro de compte'
  | 'Compte Client'
  | 'Nom'
  | 'Code Taxe'
  | 'Taux de Taxe'
  | 'Débit'
  | 'Crédit'
  | 'Paiement'
  | 'Devise'
  | 'Taux de la devise'
  | 'Montant en devise'
  | 'Document'
  | 'Section'
  | 'Lettrage'
  | 'Date de lettrage'
  | 'Grille de TVA';

type CsvRow = { readonly entry: NumberedEntry; readonly line: EntryLine; readonly context: FormatContext };

const RULES: TextRules = { charset: 'utf-8' };

/**
 * The list of entries for a spreadsheet set to French: UTF-8 with BOM, semicolons, CRLF, decimal comma, DD/MM/YYYY.
 * The columns of the list on the screen, then the key of the document; what came later stands at the end.
 */
const table: TableFormat<CsvColumn, CsvRow> = {
  rules: RULES,
  separator: ';',
  newline: '\r\n',
  bom: true,
  quotes: true,
  neutralised: true,
  columns: [
    { name: 'Journal', field: 'journal', fit: 'code', required: true, value: ({ entry }) => entry.journal },
    { name: 'Date', fit: 'own', value: ({ entry }) => dayMonthYear(entry.date) },
    { name: 'Numéro', fit: 'own', value: ({ entry }) => String(entry.number) },
    { name: 'Numéro de facture', field: 'piece', fit: 'text', value: ({ entry }) => entry.piece },
    { name: 'Référence', field: 'reference', fit: 'text', value: ({ entry }) => entry.reference },
    { name: 'Numéro de compte', field: 'account', fit: 'code', required: true, value: ({ line }) => line.account },
    { name: 'Compte Client', field: 'thirdParty', fit: 'code', value: ({ line }) => line.thirdParty ?? '' },
    { name: 'Nom', field: 'label', fit: 'text', value: ({ line }) => line.label },
    { name: 'Code Taxe', field: 'taxCode', fit: 'code', value: ({ line }) => line.taxCode ?? '' },
    {
      name: 'Taux de Taxe',
      fit: 'own',
      value: ({ line }) => (line.taxRate === null ? '' : comma(decimalText(line.taxRate, 2))),
    },
    { name: 'Débit', fit: 'own', value: ({ line }) => (debitOf(line) > 0n ? amountText(line, ',') : '') },
    { name: 'Crédit', fit: 'own', value: ({ line }) => (creditOf(line) > 0n ? amountText(line, ',') : '') },
    {
      name: 'Paiement',
      fit: 'text',
      value: ({ entry, line }) => (line.role === 'customer' ? (entry.paymentMethod ?? '') : ''),
    },
    { name: 'Devise', field: 'currency', fit: 'code', value: currencyShown },
    {
      name: 'Taux de la devise',
      fit: 'own',
      value: (row) => (isForeign(row) && row.entry.rate !== null ? comma(decimalText(row.entry.rate, 2)) : ''),
    },
    { name: 'Montant en devise', fit: 'own', value: ({ line }) => inCurrencyText(line, ',') },
    { name: 'Document', fit: 'text', value: ({ entry }) => entry.document },
    { name: 'Section', field: 'section', fit: 'code', value: ({ line }) => line.section ?? '' },
    { name: 'Lettrage', fit: 'own', value: ({ line }) => line.matchingCode ?? '' },
    {
      name: 'Date de lettrage',
      fit: 'own',
      value: ({ line }) => (line.matchingDay === undefined ? '' : dayMonthYear(line.matchingDay)),
    },
    { name: 'Grille de TVA', field: 'vatGrid', fit: 'code', value: ({ line }) => line.vatGrid ?? '' },
  ],
};

const write = rowWriter(table);
const read = rowReader(table);

export const csv: Format = {
  ...PLAIN,
  configured: () => csv,
  customers: csvCustomers,
  id: 'csv',
  name: 'CSV',
  vendor: 'Comptoir',
  extension: 'csv',
  mediaType: 'text/csv; charset=utf-8',
  newline: '\r\n',
  confidence: 5,
  checkedAgainst: 'our own layout, read back by our own reader',
  limits: NO_LIMITS,
  carries: [
    'journal',
    'number',
    'thirdParty',
    'piece',
    'reference',
    'label',
    'taxCode',
    'currency',
    'section',
    'matching',
  ],
  order: 'journal',
  head: () => headOfTable(table),
  encode: (entry, context): Encoded =>
    encodeEntry(entry, RULES.charset, (line, notes) => write({ entry, line, context }, notes)),
  stamp: (records) => records,
  read: (bytes) => readRows(table, bytes, { header: 'the names of the columns', lineOf }),
};

function lineOf(text: string, lineNumber: number): ReadBack {
  const row = read(text);
  if (row === null) return fault(null, `${table.columns.length} cells`, text.slice(0, 80));
  const date = dayOf(row('Date'));
  const debit = row('Débit') === '' ? 0n : minorOf(row('Débit'));
  const credit = row('Crédit') === '' ? 0n : minorOf(row('Crédit'));
  if (date === null) return fault('Date', 'JJ/MM/AAAA', row('Date'));
  if (debit === null) return fault('Débit', 'an amount', row('Débit'));
  if (credit === null) return fault('Crédit', 'an amount', row('Crédit'));
  const beside = { inCurrency: row('Montant en devise'), matching: row('Lettrage') };
  return {
    type: 'line',
    lineNumber,
    journal: row('Journal'),
    date,
    number: row('Numéro'),
    kind: null,
    account: row('Numéro de compte'),
    thirdParty: row('Compte Client') || null,
    piece: row('Numéro de facture'),
    reference: row('Référence'),
    label: row('Nom'),
    taxCode: row('Code Taxe') || null,
    dueDate: null,
    paymentMode: null,
    section: row('Section') || null,
    ...beside,
    rate: row('Taux de la devise'),
    currency: row('Devise'),
    unread: unreadOf({ ...beside, vatGrid: row('Grille de TVA') }),
    amountMinor: debit - credit,
  };

  function fault(name: CsvColumn | null, expected: string, found: string): ReadBack {
    const column = name === null ? null : table.columns.findIndex((each) => each.name === name) + 1;
    return { type: 'fault', lineNumber, column, expected, found };
  }
}

/** The ledger's code of it when lines carry their amounts in it. */
function currencyShown(row: CsvRow): string {
  return isForeign(row) ? (row.entry.ledgerCurrency ?? row.entry.currency) : '';
}

function isForeign({ entry, context }: CsvRow): boolean {
  return entry.currency !== context.booksCurrency;
}

function comma(text: string): string {
  return text.replace('.', ',');
}

const FRENCH_DAY = /^(\d\d)\/(\d\d)\/(\d{4})$/;

function dayOf(text: string): Day | null {
  const match = FRENCH_DAY.exec(text);
  return match && parseDay(`${match[3]}-${match[2]}-${match[1]}`);
}
