import type { ReviewRow } from '../../../api/review.ts';
import type { GridColumn } from '../../grid/columns.ts';
import type { Speech } from '../../language.tsx';

export type EntryRow = Extract<ReviewRow, { type: 'entry' }>;
export type LineRow = Extract<ReviewRow, { type: 'line' }>;
export type DocumentRow = Extract<ReviewRow, { type: 'document' }>;

/** The columns of the list of entries, in the order of the manual (S-075); what a run does not have is hidden. */
export const REVIEW_COLUMNS: readonly GridColumn[] = [
  { key: 'number', title: 'ui.column.number', align: 'left', width: 48, share: 0, filter: 'number', figures: true },
  { key: 'journal', title: 'ui.column.journal', align: 'left', width: 63, share: 0, filter: 'equal', figures: true },
  { key: 'date', title: 'ui.column.date', align: 'left', width: 96, share: 0, filter: 'day', figures: true },
  { key: 'piece', title: 'ui.column.piece', align: 'left', width: 94, share: 0, filter: 'text', figures: true },
  { key: 'reference', title: 'ui.column.reference', align: 'left', width: 76, share: 0, filter: 'text', figures: true },
  { key: 'account', title: 'ui.column.account', align: 'left', width: 150, share: 2, filter: 'start', figures: false },
  {
    key: 'thirdParty',
    title: 'ui.column.third-party',
    align: 'left',
    width: 98,
    share: 0,
    filter: 'equal',
    figures: true,
  },
  { key: 'label', title: 'ui.column.label', align: 'left', width: 100, share: 1, filter: 'text', figures: false },
  { key: 'taxCode', title: 'ui.column.tax-code', align: 'left', width: 50, share: 0, filter: 'equal', figures: true },
  { key: 'taxRate', title: 'ui.column.tax-rate', align: 'right', width: 72, share: 0, filter: 'equal', figures: true },
  { key: 'vatGrid', title: 'ui.column.vat-grid', align: 'left', width: 60, share: 0, filter: 'none', figures: true },
  { key: 'section', title: 'ui.column.section', align: 'left', width: 72, share: 0, filter: 'none', figures: true },
  { key: 'debit', title: 'ui.column.debit', align: 'right', width: 92, share: 0, filter: 'amount', figures: true },
  { key: 'credit', title: 'ui.column.credit', align: 'right', width: 92, share: 0, filter: 'amount', figures: true },
  { key: 'payment', title: 'ui.column.payment', align: 'left', width: 104, share: 1, filter: 'list', figures: false },
  { key: 'currency', title: 'ui.column.currency', align: 'left', width: 58, share: 0, filter: 'equal', figures: true },
  { key: 'rate', title: 'ui.column.rate', align: 'right', width: 62, share: 0, filter: 'none', figures: true },
  {
    key: 'amountInCurrency',
    title: 'ui.column.amount-in-currency',
    align: 'right',
    width: 92,
    share: 0,
    filter: 'none',
    figures: true,
  },
];

/** What a run must have for a column to have something to show. */
export type ColumnsGiven = {
  readonly foreign: boolean;
  readonly inCurrency: boolean;
  readonly vatGrid: boolean;
  readonly section: boolean;
};

/** Columns that only a run with foreign documents has something for. */
const FOREIGN_COLUMNS: ReadonlySet<string> = new Set(['currency', 'rate', 'amountInCurrency']);

/** With them words make room sooner, so that all seventeen stand side by side at 1440 pixels. */
const LEAST_BESIDE_CURRENCIES: Readonly<Record<string, number>> = {
  account: 112,
  label: 70,
  payment: 78,
  thirdParty: 92,
  piece: 84,
  debit: 80,
  credit: 80,
};

/** Whether a column has nothing to show in this run. */
export function isAbsent(key: string, { foreign, inCurrency, vatGrid, section }: ColumnsGiven): boolean {
  if (key === 'amountInCurrency') return !inCurrency;
  if (key === 'vatGrid') return !vatGrid;
  return (FOREIGN_COLUMNS.has(key) && !foreign) || (key === 'section' && !section);
}

/** Columns that give way to the panel which explains a line. */
const LESS_USEFUL = new Set(['reference', 'label', 'payment', ...FOREIGN_COLUMNS]);

/** The columns to draw: those with something to show, less those hidden by hand, less those that give way. */
export function columnsShown({
  given,
  hidden,
  explaining,
  flat,
}: {
  given: ColumnsGiven;
  hidden: ReadonlySet<string>;
  explaining: boolean;
  flat: boolean;
}): readonly GridColumn[] {
  const shown = REVIEW_COLUMNS.filter(({ key }) => {
    if (hidden.has(key)) return false;
    if (isAbsent(key, given)) return false;
    return !explaining || !LESS_USEFUL.has(key) || (flat && key === 'label');
  });
  if (flat) shown.sort((one, other) => flatPlace(one.key) - flatPlace(other.key));
  if (!explaining)
    return given.foreign
      ? shown.map((column) => ({ ...column, width: LEAST_BESIDE_CURRENCIES[column.key] ?? column.width }))
      : shown;
  return shown.map((column) =>
    column.key === 'thirdParty' ? { ...column, title: 'ui.column.third-party.short', width: 76 } : column,
  );
}

/** Grouped, the number leads since it names the entry; flat, the manual's order: journal, date, number, and the rest (S-075). */
function flatPlace(key: string): number {
  const place = ['journal', 'date', 'number'].indexOf(key);
  return place === -1 ? REVIEW_COLUMNS.findIndex((column) => column.key === key) : place;
}

type Words = Pick<Speech, 'day' | 'amount' | 'rate' | 'percent' | 'count'>;

/** What the header of an entry shows in a column: all that is constant in it. */
export function entryText(row: EntryRow, key: string, { day, amount, rate, count }: Words): string {
  switch (key) {
    case 'number':
      return count(row.number);
    case 'journal':
      return row.journal;
    case 'date':
      return day(row.date);
    case 'piece':
      return row.piece;
    case 'reference':
      return row.reference;
    case 'debit':
      return amount(row.debit);
    case 'credit':
      return amount(row.credit);
    case 'payment':
      return row.payment ?? '';
    case 'currency':
      return row.rate === null ? '' : row.currency; // the books' own is not told
    case 'rate':
      return row.rate === null ? '' : rate(row.rate);
    default:
      return '';
  }
}

/** What a line shows; flat, it repeats what is constant in its entry. */
export function lineText(
  row: LineRow,
  key: string,
  flat: boolean,
  { day, amount, rate, percent, count }: Words,
): string {
  switch (key) {
    case 'account':
      return row.account;
    case 'thirdParty':
      return row.thirdParty ?? '';
    case 'label':
      return row.label;
    case 'taxCode':
      return row.taxCode ?? '';
    case 'taxRate':
      return row.taxRate === null ? '' : percent(row.taxRate);
    case 'debit':
      return row.debit === null ? '' : amount(row.debit);
    case 'credit':
      return row.credit === null ? '' : amount(row.credit);
    case 'vatGrid':
      return row.vatGrid ?? '';
    case 'section':
      return row.section ?? '';
    case 'amountInCurrency':
      // As beside it, the side is told by debit or credit.
      return row.amountInCurrency === null
        ? ''
        : `${amount(row.amountInCurrency.replace('-', ''))}\u00a0${row.head.currency}`;
    default:
      break;
  }
  if (!flat) return '';
  switch (key) {
    case 'number':
      return count(row.number);
    case 'journal':
      return row.head.journal;
    case 'date':
      return day(row.head.date);
    case 'piece':
      return row.head.piece;
    case 'reference':
      return row.head.reference;
    case 'payment':
      return row.head.payment ?? '';
    case 'currency':
      return row.head.rate === null ? '' : row.head.currency;
    case 'rate':
      return row.head.rate === null ? '' : rate(row.head.rate);
    default:
      return '';
  }
}

/** The widest text of each column of figures among these rows, in characters. */
function longestTexts(rows: Iterable<ReviewRow>, flat: boolean, words: Words): Record<string, number> {
  const longest: Record<string, number> = {};
  for (const row of rows) {
    if (row.type === 'document') continue;
    for (const { key, figures } of REVIEW_COLUMNS) {
      if (!figures) continue;
      const { length } = row.type === 'entry' ? entryText(row, key, words) : lineText(row, key, flat, words);
      if (length > (longest[key] ?? 0)) longest[key] = length;
    }
  }
  return longest;
}

/**
 * The widest texts of all pages met so far: a column grows when a wider value comes into sight and never shrinks, so
 * that it does not move to and fro while the list scrolls. A page is measured once.
 */
export function longestOfPages(flat: boolean, words: Words) {
  const measured = new WeakSet<readonly ReviewRow[]>();
  let longest: Readonly<Record<string, number>> = {};
  return (pages: readonly (readonly ReviewRow[])[]): Readonly<Record<string, number>> => {
    for (const page of pages) {
      if (measured.has(page)) continue;
      measured.add(page);
      const texts = Object.entries(longestTexts(page, flat, words));
      const wider = texts.filter(([key, length]) => length > (longest[key] ?? 0));
      if (wider.length > 0) longest = { ...longest, ...Object.fromEntries(wider) };
    }
    return longest;
  };
}

/** What tells a row from all others, whatever its place. */
export function rowKey(row: ReviewRow): string {
  if (row.type === 'document') return row.key;
  return row.type === 'entry' ? `e${row.number}` : `e${row.number}l${row.line}`;
}

/** What waits in a row without entry: its payment when that alone is held, else the document itself. */
export function kindOf({ kind, reasons }: DocumentRow): 'sale' | 'creditNote' | 'payment' {
  return reasons.length > 0 && reasons.every(({ severity }) => severity === 'part') ? 'payment' : kind;
}

/** What an entry's badges say: a correction tells what it changes, so that it changed goes without saying. */
export function toldOf({ state, reasons }: Pick<EntryRow, 'state' | 'reasons'>): EntryRow['reasons'] {
  const corrects = state === 'reversal' || state === 'replacement';
  return corrects ? reasons.filter(({ code }) => !code.endsWith('.changed-after-transfer')) : reasons;
}
