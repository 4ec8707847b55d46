import {
  add,
  compare,
  type Decimal,
  decimalText,
  divide,
  isZero,
  magnitude,
  multiply,
  round,
  subtract,
  sum,
} from '../../core/decimal.ts';
import type { DocumentSource } from '../../core/document.ts';
import { type Problem, problem } from '../../core/problem.ts';
import type { WooLines, WooTaxLine } from './order.ts';

/** Name and percentage of each tax of an order, by the id of its rate; a compound one is taken on other taxes too. */
export type Rates = ReadonlyMap<
  string,
  { readonly name: string | null; readonly rate: Decimal; readonly compound: boolean }
>;

const HUNDRED: Decimal = { units: 100n, scale: 0 };
const MAX_RATE_DECIMALS = 4;

/**
 * The rates an order was taxed at: as it states them, else as the shop still lists them, else (the rate was deleted)
 * derived from tax and base, with a warning.
 */
export function ratesOf(
  lines: WooLines,
  known: ReadonlyMap<string, Decimal>,
  source: DocumentSource,
): { rates: Rates; remarks: readonly Problem[] } {
  const rates = new Map<string, { name: string | null; rate: Decimal; compound: boolean }>();
  const remarks: Problem[] = [];
  for (const tax of lines.tax_lines) {
    const { rate_id: id, label: name, rate_percent: stated, compound } = tax;
    const rate = stated ?? known.get(id);
    if (rate !== undefined && rate !== null) {
      rates.set(id, { name, rate, compound });
      continue;
    }
    const amount = add(tax.tax_total, tax.shipping_tax_total);
    const base = baseOf(lines, tax);
    const derived = derivedRate(amount, base);
    rates.set(id, { name, rate: derived, compound });
    remarks.push(
      problem('document.tax-rate-derived', 'warn', source, {
        tax: name ?? id,
        rate: decimalText(derived),
        base: decimalText(round(base, 2), 2),
        amount: decimalText(round(amount, 2), 2),
      }),
    );
  }
  return { rates, remarks };
}

function baseOf(lines: WooLines, tax: WooTaxLine): Decimal {
  const all = [...lines.line_items, ...lines.shipping_lines, ...lines.fee_lines];
  const taxed = all.filter(({ taxes }) => taxes.some(({ id, total }) => id === tax.rate_id && total !== null));
  return sum(taxed.map(({ total }) => total));
}

/** The rate with the fewest decimals that gives the tax within half a hundredth: 4.15 on 20.75 is 20 %. */
function derivedRate(amount: Decimal, base: Decimal): Decimal {
  if (isZero(base)) return { units: 0n, scale: 0 };
  for (let decimals = 0; ; decimals += 1) {
    const rate = divide(multiply(amount, HUNDRED), base, decimals, 'half-up');
    const computed = divide(multiply(base, rate), HUNDRED, 6, 'half-up');
    const close = compare(magnitude(subtract(computed, amount)), { units: 5n, scale: 3 }) <= 0;
    if (close || decimals === MAX_RATE_DECIMALS) return rate;
  }
}
