import type { OwnCode } from '../customer-codes.ts';
import { type Decimal, decimalText } from '../decimal.ts';
import { type DocumentSource, type Payment, type SalesDocument, sourceOf } from '../document.ts';
import type { Figures } from '../figures.ts';
import { hasRow, type Question, resolve } from '../mapping.ts';
import type { Currency } from '../money.ts';
import { type Pattern, parsePattern } from '../pattern.ts';
import { type Problem, type ProblemCode, type ProblemValues, problem, type Severity } from '../problem.ts';
import type { BookSettings } from '../settings.ts';
import { countryOf } from './country.ts';
import type { Conversion } from './currency.ts';
import { type Circumstances, circumstancesOf, questionOfItems } from './question.ts';

/** All that the posting of one document looks at, and the problems it meets on the way. */
export type Trade = {
  readonly document: SalesDocument;
  readonly source: DocumentSource;
  readonly settings: BookSettings;
  readonly prepared: Prepared;
  readonly figures: Figures;
  readonly conversion: Conversion;
  /** ISO 3166-1, as the address says it. */
  readonly country: string | null;
  readonly circumstances: Circumstances;
  /** The document's currency under the ledger's code, when entries carry their amounts in it too. */
  readonly foreign: Currency | null;
  /** Parts that the written sale holds for deposits; null when it is not written. */
  readonly counted: ReadonlySet<string> | null;
  /** The order's first payment, when this document has it. */
  readonly firstPayment: Payment | null;
  /** Item of the order's first payment method in the mapping of payments; null when nothing was paid yet. */
  readonly method: string | null;
  readonly ownCode: OwnCode;
  readonly problems: Problem[];
};

/** All that posting a document asks again and again, found once. */
export function tradeOf(
  document: SalesDocument,
  given: Pick<Trade, 'settings' | 'figures' | 'conversion' | 'ownCode' | 'counted'>,
): Trade {
  const { settings } = given;
  const firstPayment = firstOf(document.payments);
  const firstMethod = document.wholeOrder?.firstMethod ?? firstPayment?.method.id ?? null;
  const circumstances = circumstancesOf(document, settings);
  const ledgerCode = ledgerCodeOf(document, settings, circumstances);
  const trade: Trade = {
    settings,
    figures: given.figures,
    conversion: given.conversion,
    ownCode: given.ownCode,
    counted: given.counted,
    document,
    source: sourceOf(document),
    prepared: prepare(settings),
    country: countryOf(document, settings),
    circumstances,
    foreign: ledgerCode ? { code: ledgerCode, decimals: given.conversion.decimals } : null,
    firstPayment,
    method: firstMethod === null ? null : itemOf(firstMethod),
    problems: [],
  };
  if (ledgerCode === null) note(trade, 'mapping.no-ledger-currency', 'hold', { currency: document.currency.code });
  return trade;
}

/**
 * The ledger's code of a foreign document's currency when entries carry their amounts in it too; undefined when this
 * one does not (a currency mapped on the books' own is converted only), null when it should and has no code.
 */
function ledgerCodeOf(
  { currency }: SalesDocument,
  { inCurrency, books, mappings }: BookSettings,
  circumstances: Circumstances,
): string | null | undefined {
  if (!inCurrency || currency.code === books.code) return undefined;
  const { value } = resolve(mappings.currencies, 'ledgerCurrency', questionOf({ circumstances }, [currency.code]));
  return value === books.code ? undefined : value;
}

/** What a mapping is asked with for a thing of the document that is no line of it. */
export function questionOf({ circumstances }: Pick<Trade, 'circumstances'>, items: readonly string[]): Question {
  return questionOfItems(circumstances, items);
}

/** The place as problems name it, and as a new exception would: its territory, else its country; empty when unknown. */
export function placeName({ circumstances }: Trade): string {
  return circumstances.countries[0] ?? '';
}

/** The row of a payment in the mapping. */
export function methodItem({ method }: Payment): string {
  return itemOf(method.id);
}

/** An empty method is the row `N/A`. */
function itemOf(method: string): string {
  return method === '' ? 'N/A' : method;
}

/** Notes what is wrong, once: ten lines without an account are one thing to mend. */
export function note<Code extends ProblemCode>(
  { problems, source }: Trade,
  code: Code,
  severity: Severity,
  values: ProblemValues[Code],
  part: string | null = null,
) {
  const found = problem(code, severity, source, values, part);
  const text = JSON.stringify(found);
  if (!problems.some((known) => JSON.stringify(known) === text)) problems.push(found);
}

/** Whether something was noted that keeps the document back. */
export function isHeld({ problems }: Trade): boolean {
  return problems.some(({ severity }) => severity === 'hold');
}

/**
 * Whether the sale's accounts depend on its payment method and that method is not mapped: then the sale is held, since
 * the method may be a marketplace with accounts of its own.
 */
export function missesItsMethod(trade: Trade): boolean {
  const { method, prepared, settings } = trade;
  if (method === null || !prepared.salesByMethod) return false;
  return !hasRow(settings.mappings.payments, questionOf(trade, [method]));
}

/** What is made once of a profile's settings. */
export type Prepared = {
  readonly sales: EntryTexts;
  readonly creditNotes: EntryTexts;
  readonly payments: EntryTexts;
  readonly columns: readonly { readonly text: string; readonly pattern: Pattern }[];
  /** In lower case. */
  readonly wrappingNames: ReadonlySet<string>;
  /** Some payment method has sales accounts of its own. */
  readonly salesByMethod: boolean;
  /** Some tax overrides of the shop are mapped by rate. */
  readonly hasOtherTaxes: boolean;
};

/** The patterns of one kind of entry, compiled. */
export type EntryTexts = { readonly reference: Pattern; readonly label: Pattern };

const preparedSettings = new WeakMap<BookSettings, Prepared>();

function prepare(settings: BookSettings): Prepared {
  let prepared = preparedSettings.get(settings);
  if (prepared === undefined) {
    const { payments, otherTaxes } = settings.mappings;
    prepared = {
      sales: textsOf(settings.sales),
      creditNotes: textsOf(settings.creditNotes),
      payments: textsOf(settings.payments),
      columns: settings.columns.map((text) => ({ text, pattern: known(text) })),
      wrappingNames: new Set(settings.wrappingNames.map((name) => name.trim().toLowerCase())),
      salesByMethod: [payments.default, ...payments.exceptions].some((row) => row.salesWithVat || row.salesWithoutVat),
      hasOtherTaxes: [otherTaxes.default, ...otherTaxes.exceptions].some(
        (row) => row.account || row.code || row.grid || row.creditGrid,
      ),
    };
    preparedSettings.set(settings, prepared);
  }
  return prepared;
}

function textsOf({ reference, label }: { readonly reference: string; readonly label: string }): EntryTexts {
  return { reference: known(reference), label: known(label) };
}

function known(text: string): Pattern {
  const pattern = parsePattern(text);
  if ('unknown' in pattern) throw new TypeError(`The profile was saved with an unknown code: ${pattern.unknown}`);
  return pattern;
}

function firstOf(payments: readonly Payment[]): Payment | null {
  let first: Payment | null = null;
  for (const payment of payments) {
    if (first === null || payment.date < first.date) first = payment;
  }
  return first;
}

/** An amount as problems and reasons show it: at least two decimals. */
export function amountText(amount: Decimal): string {
  return decimalText(amount, 2);
}
