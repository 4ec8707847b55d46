import { add, type Decimal, decimalText, round, sum } from '../../core/decimal.ts';
import type { DocumentSource } from '../../core/document.ts';
import { type Problem, problem } from '../../core/problem.ts';
import { derivedRate } from '../derived-rate.ts';
import type { WooLines, WooTaxLine } from './order.ts';

/** Name and percentage of each tax of an order, by the id of its rate; a compound one is taken on other taxes too. */
export type Rates = ReadonlyMap<
  string,
  { readonly name: string | null; readonly rate: Decimal; readonly compound: boolean }
>;

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
