import type { EntryLine, LineRole } from '../core/entry.ts';
import { type Money, moneyText } from '../core/money.ts';
import { layoutFormat } from './layout.ts';
import { integer } from './options.ts';
import type { Row } from './values.ts';

/**
 * WinBooks, `ACT.txt`: 36 cells in quotes with commas, no header. A document is its customer's line (1), then its general
 * lines (3), VAT lines with `FIXED`. The VAT return is made of bases and codes: the code stands on VAT lines beside its
 * base, and on net lines in `VATIMPUT`; the customer's line has the base and the VAT of the whole. Digits alone of the
 * piece. A line for VAT at 0 % (`DOCTYPE` 4) is not written: its code is on the net line.
 */
export const winbooksAct = layoutFormat({
  id: 'winbooks-act',
  name: 'WinBooks (ACT)',
  vendor: 'WinBooks',
  extension: 'txt',
  confidence: 4,
  checkedAgainst:
    'two published programs, and the widths that a third has of the same records; of the currency, the first two',
  options: {
    /** Calendar year in which the dossier's first fiscal year starts: `BOOKYEAR` counts from it, 1 to 9, then A to Z; 0: left empty. */
    firstYear: integer(0, 2090, 0),
    /** Month whose first day starts the fiscal year: `PERIOD` counts months from it. */
    fiscalYearMonth: integer(1, 12, 1),
  },
  layout: ({ firstYear, fiscalYearMonth }) => ({
    charset: 'windows-1252',
    newline: '\r\n',
    shape: { is: 'table', separator: ',', quotes: 'all' },
    line: {
      // biome-ignore format: a table reads by its columns.
      fields: [
        { name: 'DOCTYPE',    is: 'lineKind', thirdParty: '1', general: '3' },
        { name: 'DBKCODE',    width:  6, is: 'journal' },
        { name: 'DBKTYPE',    is: 'kind', sale: '2', creditNote: '3', payment: '5' },
        { name: 'DOCNUMBER',  width:  8, is: 'piece', digits: true },
        { name: 'DOCORDER',   is: 'own', write: ({ entry, line }) => String(entry.lines.indexOf(line) + 1).padStart(3, '0') },
        { name: 'OPCODE',     is: 'lineKind', thirdParty: '', general: '', vat: 'FIXED' },
        { name: 'ACCOUNTGL',  width:  8, is: 'account' },
        { name: 'ACCOUNTRP',  width: 10, is: 'thirdParty' },
        { name: 'BOOKYEAR',   width:  1, is: 'own', write: ({ entry }) => bookYear(entry.date, fiscalYearMonth, firstYear) },
        { name: 'PERIOD',     is: 'own', write: ({ entry }) => period(entry.date, fiscalYearMonth) },
        { name: 'DATE',       is: 'date', pattern: 'AAAAMMJJ' },
        { name: 'DATEDOC',    is: 'documentDate', pattern: 'AAAAMMJJ' },
        { name: 'DUEDATE',    is: 'dueDate', pattern: 'AAAAMMJJ' },
        { name: 'COMMENT',    width: 40, is: 'label' },
        { name: 'COMMENTEXT', is: 'constant', text: '' },
        { name: 'AMOUNT',     is: 'constant', text: '0.00' }, // in francs
        { name: 'AMOUNTEUR',  is: 'signed', point: '.' },
        { name: 'VATBASE',    is: 'own', write: vatBase },
        { name: 'VATCODE',    width:  6, is: 'taxCode', on: 'vat' },
        { name: 'CURRAMOUNT', is: 'amountInCurrency', point: '.', none: '0.00', signed: true },
        { name: 'CURRCODE',   width:  3, is: 'foreignCurrency', none: '' },
        { name: 'CUREURBASE', is: 'constant', text: '0.00' },
        { name: 'VATTAX',     is: 'own', write: vatOfDocument },
        { name: 'VATIMPUT',   width:  6, is: 'taxCode', on: 'general' },
        { name: 'CURRATE',    is: 'constant', text: '0' },
        ...['REMINDLEV', 'MATCHNO', 'OLDDATE', 'ISMATCHED', 'ISLOCKED', 'ISIMPORTED', 'ISPOSITIVE', 'ISTEMP', 'MEMOTYPE', 'ISDOC', 'DOCSTATUS']
          .map((name) => ({ name, is: 'constant', text: '' }) as const),
      ],
    },
  }),
});

/** What the VAT of a document is not counted on. */
const WITHOUT_BASE: readonly LineRole[] = ['customer', 'vat', 'deposit', 'bank', 'bankFee', 'difference', 'adjustment'];

/** The document's on its first customer's line, that of its code on a VAT line; negative on credit notes. */
function vatBase({ entry: { kind, lines }, line }: Row): string {
  const bases = lines.filter(({ role }) => !WITHOUT_BASE.includes(role));
  if (isCustomers(line, lines)) return kind === 'payment' ? '' : sold(bases, line.amount);
  if (line.role !== 'vat' || line.taxCode === null) return '';
  return sold(
    bases.filter(({ taxCode }) => taxCode === line.taxCode),
    line.amount,
  );
}

function vatOfDocument({ entry: { kind, lines }, line }: Row): string {
  if (kind === 'payment' || !isCustomers(line, lines)) return '';
  return sold(
    lines.filter(({ role }) => role === 'vat'),
    line.amount,
  );
}

function isCustomers(line: EntryLine, lines: readonly EntryLine[]): boolean {
  return line.thirdParty !== null && line === lines.find(({ thirdParty }) => thirdParty !== null);
}

/** Their sum, positive where it is credited. */
function sold(lines: readonly EntryLine[], { currency }: Money): string {
  return moneyText({ minor: lines.reduce((sum, { amount }) => sum - amount.minor, 0n), currency });
}

/** 1 to 9, then A to Z; a year outside them by its number, which is too long and refused. */
function bookYear(date: string, firstMonth: number, firstYear: number): string {
  if (firstYear === 0) return '';
  const fiscalYear = Number(date.slice(0, 4)) - (Number(date.slice(5, 7)) < firstMonth ? 1 : 0);
  return ORDINALS[fiscalYear - firstYear] ?? String(fiscalYear);
}

const ORDINALS = '123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

function period(date: string, firstMonth: number): string {
  const month = ((Number(date.slice(5, 7)) - firstMonth + 12) % 12) + 1;
  return String(month).padStart(2, '0');
}
