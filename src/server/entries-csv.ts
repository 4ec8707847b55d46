import type { ReviewQuery } from '../api/review.ts';
import { decimalText } from '../core/decimal.ts';
import { creditOf, debitOf, type EntryLine, type NumberedEntry } from '../core/entry.ts';
import { type Money, moneyText } from '../core/money.ts';
import { copyAmount, showDay } from '../i18n/show.ts';
import { type Language, translate } from '../i18n/translate.ts';
import { entryFromJson } from '../runs/entry-json.ts';
import type { RunRow } from '../store/store.ts';
import type { Services } from './app.ts';
import { matched } from './review-rows.ts';

/** Entries read at a time: the file is made while it is sent. */
const LOT = 500;
/** What a spreadsheet would take for a formula: an apostrophe in front makes it text (CSV injection, OWASP). */
const FORMULA = /^'*[=+\-@\t\r]/;

type Row = { readonly entry: NumberedEntry; readonly line: EntryLine; readonly ticked: boolean };
type Column = readonly [title: string, value: (row: Row, language: Language) => string];

/** The seventeen columns of the manual, in its order (S-075), a row a line. */
const COLUMNS: readonly Column[] = [
  ['ui.column.create', ({ ticked }, language) => translate(language, ticked ? 'ui.yes' : 'ui.no')],
  ['ui.column.journal', ({ entry }) => text(entry.journal)],
  ['ui.column.date', ({ entry }, language) => showDay(entry.date, language)],
  ['ui.column.number', ({ entry }) => String(entry.number)],
  ['ui.column.piece', ({ entry }) => text(entry.piece)],
  ['ui.column.reference', ({ entry }) => text(entry.reference)],
  ['ui.column.account', ({ line }) => text(line.account)],
  ['ui.column.third-party', ({ line }) => text(line.thirdParty)],
  ['ui.column.label', ({ line }) => text(line.label)],
  ['ui.column.tax-code', ({ line }) => text(line.taxCode)],
  [
    'ui.column.tax-rate',
    ({ line }, language) => copyAmount(line.taxRate ? decimalText(line.taxRate, 2) : '', language),
  ],
  ['ui.column.debit', ({ line }, language) => amount(line, debitOf(line), language)],
  ['ui.column.credit', ({ line }, language) => amount(line, creditOf(line), language)],
  ['ui.column.payment', ({ entry }) => text(entry.paymentMethod)],
  ['ui.column.currency', ({ entry }) => text(entry.currency)],
  ['ui.column.rate.long', ({ entry }, language) => copyAmount(entry.rate ? decimalText(entry.rate, 2) : '', language)],
  ['ui.column.amount-in-currency.long', ({ line }, language) => foreign(line.amountInCurrency, language)],
];

/**
 * All entries a query finds, in its order, as text for a spreadsheet: semicolons and decimal commas in French, commas
 * and points in English, a mark of UTF-8 in front, since spreadsheets do without it what the system's language says.
 */
export async function* entriesCsv(
  services: Services,
  run: RunRow,
  query: ReviewQuery,
  language: Language,
): AsyncGenerator<string> {
  const { numbers } = await matched(services, run, query);
  yield `\uFEFF${rowOf(
    COLUMNS.map(([title]) => translate(language, title)),
    language,
  )}`;
  for (let start = 0; start < numbers.length; start += LOT) {
    const kept = await services.app.deps.store.review.entries(run.id, numbers.slice(start, start + LOT));
    const rows = kept.flatMap(({ number, entry: json, ticked }) => {
      const entry = entryFromJson(json, number);
      return entry.lines.map((line) =>
        rowOf(
          COLUMNS.map(([, value]) => value({ entry, line, ticked }, language)),
          language,
        ),
      );
    });
    yield rows.join('');
  }
}

function rowOf(cells: readonly string[], language: Language): string {
  const separator = language === 'fr' ? ';' : ',';
  const quoted = (cell: string) => /["\r\n]/.test(cell) || cell.includes(separator);
  return `${cells.map((cell) => (quoted(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(separator)}\r\n`;
}

/** What comes from a shop or a profile; amounts and dates are ours. */
function text(value: string | null): string {
  if (value === null) return '';
  return FORMULA.test(value) ? `'${value}` : value;
}

function amount({ amount: { currency } }: EntryLine, minor: bigint, language: Language): string {
  return minor === 0n ? '' : copyAmount(moneyText({ minor, currency }), language);
}

/** Positive, as on the screen: the side is told by debit or credit. */
function foreign(money: Money | null, language: Language): string {
  if (money === null) return '';
  const { minor, currency } = money;
  return copyAmount(moneyText({ minor: minor < 0n ? -minor : minor, currency }), language);
}
