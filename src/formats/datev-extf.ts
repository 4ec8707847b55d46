import { addDays, day, parseDay } from '../core/calendar.ts';
import type { NumberedEntry } from '../core/entry.ts';
import { Failure } from '../core/problem.ts';
import { BEFORE_COST_CENTRE, BEFORE_DUE_DATE, LAST } from './datev-columns.ts';
import { firstOfTwo, foreignOf, inCurrency, secondOfTwo } from './extra-values.ts';
import { fiscalYearOf } from './fiscal-year.ts';
import type { Contents, Format, FormatContext, FormatOptions, ReadBack } from './format.ts';
import { grossOf } from './gross.ts';
import { layoutFormat } from './layout.ts';
import { choice, integer, type OptionValues, words } from './options.ts';
import { amountRead, pointed, type Read, type Row } from './values.ts';

/**
 * DATEV, EXTF Buchungsstapel (format version 9): a header, a line of 120 names, then a row for each pair of account and
 * counter-account. With `vat: gross` a row is a net line with its VAT, which the revenue account's own rule or the tax key
 * (`taxCode`) takes out again, to the cent of DATEV's own rounding; with `vat: net` VAT has rows of its own, for
 * revenue accounts without such a rule. Rows have no year: that of the fiscal year in the header. No journal. Accounts are
 * digits alone, and customers' have one more than the others: give them in `ledger.translate`.
 */
const OPTIONS = {
  /** Berater and Mandant, the numbers of the accountant and of the client. */
  consultant: integer(1001, 9_999_999, 1001),
  client: integer(1, 99_999, 1),
  /** Digits of the accounts that are no customers'. */
  accountLength: integer(4, 8, 4),
  /** Month whose first day starts the fiscal year. */
  fiscalYearMonth: integer(1, 12, 1),
  batchName: words(30, 'Ventes web'),
  vat: choice('gross', 'net'),
} as const;

export const datevExtf: Format = withYear({});

function withYear(given: FormatOptions): Format {
  const format = declared(null).configured(given);
  return {
    ...format,
    configured: withYear,
    read: (bytes, decimals) => read(bytes, (yearFrom) => declared(yearFrom).configured(given), decimals),
  };
}

/** `yearFrom`: the first day of the fiscal year of a file that is read. */
function declared(yearFrom: string | null): Format {
  return layoutFormat({
    id: 'datev-extf',
    name: 'DATEV (EXTF)',
    vendor: 'DATEV',
    extension: 'csv',
    confidence: 5,
    checkedAgainst: "a published library that follows the vendor's interface guide, with its example",
    order: 'number',
    oneFiscalYear: true,
    options: OPTIONS,
    // Customers have accounts of their own, one digit longer than the general ones: 10000 to 69999, suppliers those above.
    accountDigits: ({ accountLength }) => ({
      ...{ account: accountLength, thirdParty: accountLength + 1, customer: /^[1-6]/ },
      supplier: new RegExp(`^[7-9]\\d{${accountLength}}$`),
    }),
    layout: (options) => ({
      charset: 'windows-1252',
      newline: '\r\n',
      shape: { is: 'table', separator: ';', quotes: 'marked', header: 'bare' },
      head: (context, contents) => [headOf(context, contents, options)],
      passed: /^"?EXTF"?;/,
      said: (entry) => saidAs(entry, options.vat),
      pairs: true,
      line: {
        // biome-ignore format: a table reads by its columns.
        fields: [
          { name: 'Umsatz (ohne Soll/Haben-Kz)', is: 'own', write: firstAmount, read: firstOfTwo(amountRead(',')) },
          { name: 'Soll/Haben-Kennzeichen', quoted: true, is: 'side', debit: 'S', credit: 'H' },
          { name: 'WKZ Umsatz', quoted: true, width: 3, is: 'currency' },
          { name: 'Kurs', is: 'rate', point: ',', decimals: 6, none: '' },
          { name: 'Basisumsatz', is: 'own', write: baseAmount, read: secondOfTwo(amountRead(',')) },
          { name: 'WKZ Basisumsatz', quoted: true, is: 'own', write: (row) => (foreignOf(row.line) === null ? '' : row.context.booksCurrency) },
          { name: 'Konto', width: 9, is: 'anyAccount' },
          { name: 'Gegenkonto (ohne BU-Schlüssel)', width: 9, is: 'counterAccount' },
          { name: 'BU-Schlüssel', quoted: true, width: 4, is: 'taxCode' },
          { name: 'Belegdatum', is: 'own', write: ({ entry: { date } }) => date.slice(8, 10) + date.slice(5, 7), read: dayRead(yearFrom) },
          { name: 'Belegfeld 1', quoted: true, width: 36, is: 'piece' },
          { name: 'Belegfeld 2', quoted: true, is: 'constant', text: '' },
          { name: 'Skonto', is: 'constant', text: '' },
          { name: 'Buchungstext', quoted: true, width: 60, is: 'label' },
          ...BEFORE_COST_CENTRE,
          { name: 'KOST1 – Kostenstelle', quoted: true, width: 8, is: 'section' },
          ...BEFORE_DUE_DATE,
          { name: 'Fälligkeit', is: 'dueDate', pattern: 'JJMMAAAA' },
          ...LAST,
        ],
      },
    }),
  });
}

/** What a Belegfeld does not take. */
const OUTSIDE_PIECE = /[^A-Za-z0-9$&%*+\-/]/g;

function saidAs(entry: NumberedEntry, vat: 'gross' | 'net'): NumberedEntry {
  const piece = entry.piece.replace(OUTSIDE_PIECE, '');
  return { ...(vat === 'gross' ? grossOf(entry) : entry), piece };
}

function headOf(
  { booksCurrency }: FormatContext,
  { from, to, stamp }: Contents,
  { consultant, client, accountLength, fiscalYearMonth, batchName }: OptionValues<typeof OPTIONS>,
): string {
  const year = fiscalYearOf(from, fiscalYearMonth);
  if (to > year.to) throw new Failure('delivery.fiscal-years', { from, to });
  const compact = (date: string) => date.replaceAll('-', '');
  const firstOf = (date: string) => day(`${date.slice(0, 7)}-01`);
  const monthEnd = addDays(firstOf(addDays(firstOf(to), 31)), -1);
  const text = (value: string) => `"${value.replaceAll('"', "'")}"`;
  return [
    ...['"EXTF"', '700', '21', '"Buchungsstapel"', '9', `${stamp.replace('-', '')}000`, '', '"RE"', '"COMPTOIR"', '""'],
    ...[String(consultant), String(client), compact(year.from), String(accountLength)],
    ...[compact(firstOf(from)), compact(monthEnd), text(batchName), '""', '1', '', '0', text(booksCurrency)],
    ...['""', '""', '""', '""', '""', '', '', '""', '""'],
  ].join(';');
}

/** In the currency of the row, the books' own or the document's. */
function firstAmount({ line }: Row): string {
  return inCurrency(line, ',') || pointed(line, ',');
}

function baseAmount({ line }: Row): string {
  return foreignOf(line) === null ? '' : pointed(line, ',');
}

/** Day and month in the fiscal year that starts on `yearFrom`. */
function dayRead(yearFrom: string | null): Read {
  return (text, draft) => {
    const [, dayOfMonth, month] = /^(\d?\d)(\d\d)$/.exec(text) ?? [];
    if (yearFrom === null || dayOfMonth === undefined || month === undefined) return 'JJMM';
    const monthAndDay = `${month}-${dayOfMonth.padStart(2, '0')}`;
    const year = Number(yearFrom.slice(0, 4)) + (monthAndDay < yearFrom.slice(5) ? 1 : 0);
    const found = parseDay(`${year}-${monthAndDay}`);
    if (found !== null) draft.date = found;
    return found === null ? 'JJMM' : null;
  };
}

/** Reads the header first, for the year of the rows below it. */
async function* read(
  bytes: AsyncIterable<Buffer> | Iterable<Buffer>,
  formatOf: (yearFrom: string) => Format,
  decimals: number | undefined,
): AsyncGenerator<readonly ReadBack[]> {
  const chunks = asyncOf(bytes)[Symbol.asyncIterator]();
  let start = Buffer.alloc(0);
  while (start.length < LONGEST_HEADER && !start.includes(0x0a)) {
    const next = await chunks.next();
    if (next.done === true) break;
    start = Buffer.concat([start, next.value]);
  }
  const header = start.toString('latin1').split(/\r?\n/, 1)[0] ?? '';
  const [, year, month, dayOfMonth] = /^(\d{4})(\d\d)(\d\d)$/.exec(header.split(';')[FISCAL_YEAR] ?? '') ?? [];
  const yearFrom = parseDay(`${year}-${month}-${dayOfMonth}`);
  if (yearFrom === null) {
    const expected = 'a header "EXTF" with the start of the fiscal year';
    yield [{ type: 'fault', lineNumber: 1, column: FISCAL_YEAR + 1, expected, found: header.slice(0, 80) }];
    return;
  }
  yield* formatOf(yearFrom).read(all(), decimals);

  async function* all(): AsyncGenerator<Buffer> {
    yield start;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
  }
}

async function* asyncOf(bytes: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<Buffer> {
  yield* bytes;
}

const LONGEST_HEADER = 4096;
/** Of the header's fields, from 0. */
const FISCAL_YEAR = 12;
