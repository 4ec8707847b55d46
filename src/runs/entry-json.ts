import { day } from '../core/calendar.ts';
import { decimal, decimalText } from '../core/decimal.ts';
import type { Because, EntryLine, NumberedEntry } from '../core/entry.ts';
import type { Currency } from '../core/money.ts';

/** How an entry is kept in the store: amounts as whole minor units in text, the books' currency said once. */
type Kept = Omit<NumberedEntry, 'lines' | 'rate' | 'customers'> & {
  /** Absent in reviews kept before entries had customers. */
  readonly customers?: NumberedEntry['customers'];
  readonly books: Currency;
  /** Absent in reviews kept before entries could be in currency. */
  readonly foreign?: Currency | null;
  readonly rate: string | null;
  readonly lines: readonly (Omit<EntryLine, 'amount' | 'amountInCurrency' | 'taxRate' | 'because'> & {
    readonly amount: string;
    /** Whole minor units, of the currency said once. */
    readonly amountInCurrency: string | null;
    readonly taxRate: string | null;
    readonly because: Because;
  })[];
};

export function entryToJson(entry: NumberedEntry): string {
  const books = entry.lines[0]?.amount.currency;
  if (!books) throw new TypeError('An entry has lines');
  const kept: Kept = {
    ...entry,
    books,
    foreign: entry.lines.find((line) => line.amountInCurrency !== null)?.amountInCurrency?.currency ?? null,
    rate: entry.rate && decimalText(entry.rate),
    lines: entry.lines.map((line) => ({
      ...line,
      amount: String(line.amount.minor),
      amountInCurrency: line.amountInCurrency && String(line.amountInCurrency.minor),
      taxRate: line.taxRate && decimalText(line.taxRate),
    })),
  };
  return JSON.stringify(kept);
}

/** The entry this product kept, under the number it has now (mending a review numbers it anew). */
export function entryFromJson(text: string, number: number): NumberedEntry {
  const { books, foreign = null, ...kept } = JSON.parse(text) as Kept; // written by entryToJson, in this product's own file
  return {
    ...kept,
    number,
    ledgerCurrency: kept.ledgerCurrency ?? null,
    customers: kept.customers ?? [],
    date: day(kept.date),
    documentDate: day(kept.documentDate),
    rate: kept.rate === null ? null : decimal(kept.rate),
    lines: kept.lines.map((line) => ({
      ...line,
      amount: { minor: BigInt(line.amount), currency: books },
      amountInCurrency:
        foreign && line.amountInCurrency ? { minor: BigInt(line.amountInCurrency), currency: foreign } : null,
      taxRate: line.taxRate === null ? null : decimal(line.taxRate),
    })),
  };
}
