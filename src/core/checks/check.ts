import type { SalesDocument } from '../document.ts';
import { type Figures, figuresOf } from '../figures.ts';
import { currencyOf } from '../money.ts';
import { type Conversion, conversionOf } from '../posting/currency.ts';
import type { Problem } from '../problem.ts';
import type { BookSettings } from '../settings.ts';
import { checkCountry } from './country.ts';
import { checkCurrency } from './currency.ts';
import { checkDates } from './dates.ts';
import { checkLines } from './lines.ts';
import { checkPayments } from './payments.ts';
import { checkRange } from './range.ts';
import { checkTaxes } from './taxes.ts';
import { checkTotals } from './totals.ts';

/** What a check looks at. */
export type Checked = {
  readonly document: SalesDocument;
  readonly figures: Figures;
  readonly settings: BookSettings;
  readonly conversion: Conversion | null;
};

/** The problems of a document, and its figures when its amounts can be reckoned with at all. */
export type CheckResult = {
  readonly problems: readonly Problem[];
  readonly figures: Figures | null;
  readonly conversion: Conversion | null;
};

/** Runs C1 to C16, and adds what the reader remarked. C17 (same key, other content) belongs to the run, which has the memory. */
export function checkDocument(document: SalesDocument, settings: BookSettings): CheckResult {
  const outOfRange = checkRange(document);
  const conversion = conversionOf(document, settings);
  if (outOfRange.length > 0) return { problems: [...document.remarks, ...outOfRange], figures: null, conversion };
  // What the shop rounded to, however many decimals the books keep.
  const figures = figuresOf(document, currencyOf(document.currency.code).decimals);
  const checked: Checked = { document, figures, settings, conversion };
  const problems: Problem[] = [...document.remarks];
  for (const check of CHECKS) {
    const found = check(checked);
    if (found.length > 0) problems.push(...found);
  }
  return { problems, figures, conversion };
}

const CHECKS: readonly ((checked: Checked) => readonly Problem[])[] = [
  checkLines,
  checkTotals,
  checkTaxes,
  checkPayments,
  checkCurrency,
  checkDates,
  checkCountry,
];
