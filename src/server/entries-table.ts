import type { ReviewQuery } from '../api/review.ts';
import { decimalText } from '../core/decimal.ts';
import { creditOf, debitOf, type EntryLine, type NumberedEntry } from '../core/entry.ts';
import { type Money, moneyText } from '../core/money.ts';
import type { Language } from '../i18n/language.ts';
import { translate } from '../i18n/translate.ts';
import { entryFromJson } from '../runs/entry-json.ts';
import type { RunRow } from '../store/store.ts';
import type { Services } from './app.ts';
import { matched } from './review-rows.ts';
import { type Cell, csvRow, type SheetColumn, xlsx } from './spreadsheet.ts';

/** Entries read at a time: the file is made while it is sent. */
const LOT = 500;

type Row = { readonly entry: NumberedEntry; readonly line: EntryLine; readonly ticked: boolean };
type Column = readonly [
  title: string,
  kind: Cell['kind'],
  width: number,
  value: (row: Row, language: Language) => Cell,
];

/** The seventeen columns of the manual, in its order (S-075), a row a line. */
const COLUMNS: readonly Column[] = [
  ['ui.column.create', 'text', 8, ({ ticked }, language) => text(translate(language, ticked ? 'ui.yes' : 'ui.no'))],
  ['ui.column.journal', 'text', 9, ({ entry }) => text(entry.journal)],
  ['ui.column.date', 'day', 12, ({ entry }) => ({ kind: 'day', value: entry.date })],
  ['ui.column.number', 'whole', 8, ({ entry }) => ({ kind: 'whole', value: entry.number })],
  ['ui.column.piece', 'text', 16, ({ entry }) => text(entry.piece)],
  ['ui.column.reference', 'text', 16, ({ entry }) => text(entry.reference)],
  ['ui.column.account', 'text', 12, ({ line }) => text(line.account)],
  ['ui.column.third-party', 'text', 14, ({ line }) => text(line.thirdParty)],
  ['ui.column.label', 'text', 36, ({ line }) => text(line.label)],
  ['ui.column.tax-code', 'text', 8, ({ line }) => text(line.taxCode)],
  ['ui.column.tax-rate', 'amount', 8, ({ line }) => number(line.taxRate ? decimalText(line.taxRate, 2) : '')],
  ['ui.column.debit', 'amount', 14, ({ line }) => amount(line, debitOf(line))],
  ['ui.column.credit', 'amount', 14, ({ line }) => amount(line, creditOf(line))],
  ['ui.column.payment', 'text', 18, ({ entry }) => text(entry.paymentMethod)],
  ['ui.column.currency', 'text', 8, ({ entry }) => text(entry.currency)],
  ['ui.column.rate.long', 'amount', 12, ({ entry }) => number(entry.rate ? decimalText(entry.rate, 2) : '')],
  ['ui.column.amount-in-currency.long', 'amount', 14, ({ line }) => foreign(line.amountInCurrency)],
];

/** All entries a query finds, in its order, as text; a mark of UTF-8 in front, since spreadsheets do without it what the system's language says. */
export async function* entriesCsv(
  services: Services,
  run: RunRow,
  query: ReviewQuery,
  language: Language,
): AsyncGenerator<string> {
  const titles = COLUMNS.map(([title]) => text(translate(language, title)));
  const rows = rowsOf(services, run, query, language);
  const first = await rows.next(); // what the query asks wrongly is told before anything is sent
  yield `\uFEFF${csvRow(titles, language)}`;
  for (let lot = first; !lot.done; lot = await rows.next())
    yield lot.value.map((row) => csvRow(row, language)).join('');
}

/** The same as a workbook. */
export async function entriesXlsx(
  services: Services,
  run: RunRow,
  query: ReviewQuery,
  language: Language,
): Promise<AsyncIterable<Uint8Array>> {
  const rows = rowsOf(services, run, query, language);
  const first = await rows.next();
  const columns = COLUMNS.map(([title, kind, width]): SheetColumn => {
    return {
      title: translate(language, title),
      kind,
      width,
      decimals: title === 'ui.column.rate.long' ? 6 : run.decimals,
    };
  });
  return xlsx(translate(language, 'ui.review.title'), columns, flat());

  async function* flat(): AsyncGenerator<readonly Cell[]> {
    for (let lot = first; !lot.done; lot = await rows.next()) yield* lot.value;
  }
}

/** Lots of rows, a row a line. */
async function* rowsOf(
  services: Services,
  run: RunRow,
  query: ReviewQuery,
  language: Language,
): AsyncGenerator<readonly (readonly Cell[])[]> {
  const { numbers } = await matched(services, run, query);
  for (let start = 0; start < numbers.length; start += LOT) {
    const kept = await services.app.deps.store.review.entries(run.id, numbers.slice(start, start + LOT));
    yield kept.flatMap(({ number, entry: json, ticked }) => {
      const entry = entryFromJson(json, number);
      return entry.lines.map((line) => COLUMNS.map(([, , , value]) => value({ entry, line, ticked }, language)));
    });
  }
}

function text(value: string | null): Cell {
  return { kind: 'text', value: value ?? '' };
}

function number(value: string): Cell {
  return { kind: 'amount', value };
}

function amount({ amount: { currency } }: EntryLine, minor: bigint): Cell {
  return number(minor === 0n ? '' : moneyText({ minor, currency }));
}

/** Positive, as on the screen: the side is told by debit or credit. */
function foreign(money: Money | null): Cell {
  if (money === null) return number('');
  const { minor, currency } = money;
  return number(moneyText({ minor: minor < 0n ? -minor : minor, currency }));
}
