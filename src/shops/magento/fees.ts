import {
  add,
  compare,
  type Decimal,
  decimalText,
  divide,
  equal,
  decimal as exactly,
  isZero,
  multiply,
  round,
  subtract,
  sum,
  ZERO,
} from '../../core/decimal.ts';
import type { DocumentLine, DocumentSource, Tax } from '../../core/document.ts';
import { type Problem, problem } from '../../core/problem.ts';
import { decimalOrNull } from '../../schema/decimal.ts';
import type { ReadingOptions } from '../reader.ts';
import type { MagentoOrder, MagentoTotals } from './order.ts';
import type { OrderTaxes } from './taxes.ts';
import { isTaxOf } from './taxes.ts';

/**
 * Fees of extensions (cash on delivery, surcharge of a payment) are in the total and in no line. Some leave them in an
 * attribute of their own, whose name nobody knows beforehand; the profile may declare them by their size.
 */

const FEE_NAME = /fee|surcharge|cod(?:_|$)|_cod/i;
const HUNDRED = exactly('100');
/** Less than this is a matter of rounding, for the checks. */
const LEAST = exactly('0.05');

/** The line of what the total holds beyond its lines; null when it holds nothing, or nothing that may be booked. */
export function unexplainedFee(
  part: {
    readonly order: MagentoOrder;
    readonly totals: MagentoTotals;
    readonly gross: Decimal;
    readonly source: DocumentSource;
    readonly taxes: OrderTaxes;
    readonly decimals: number;
    readonly remarks: Problem[];
  },
  lines: readonly DocumentLine[],
  { unexplainedFee: declared }: Pick<ReadingOptions, 'unexplainedFee'>,
): { readonly line: DocumentLine; readonly untoldTax: Decimal } | null {
  const { order, totals, gross, source, taxes, decimals, remarks } = part;
  const amount = subtract(round(gross, decimals), sum(lines.map((line) => line.gross)));
  if (compare(amount, LEAST) <= 0) return null;
  const attribute = attributeOf(order, amount, totals);
  if (declared === null || compare(amount, exactly(declared.upTo)) > 0) {
    const values = { amount: decimalText(amount, decimals) };
    remarks.push(
      attribute === null
        ? problem('document.unexplained-amount', 'hold', source, values)
        : problem('document.fee-undeclared', 'hold', source, { ...values, attribute }),
    );
    return null;
  }
  // Some extensions put its tax into the document's, others keep it in the price alone.
  const told = subtract(
    round(totals.tax_amount, decimals),
    sum(lines.flatMap((line) => line.taxes.map((tax) => tax.amount))),
  );
  const taxed = compare(told, ZERO) > 0;
  const rate = exactly(declared.rate);
  const within = divide(multiply(amount, rate), add(HUNDRED, rate), decimals, 'half-up');
  const tax = taxed ? told : within;
  const net = subtract(amount, tax);
  const known = taxes.all.find(({ percent }) => (taxed ? isTaxOf(tax, net, percent) : equal(percent, rate)));
  const own: Tax[] = isZero(tax)
    ? []
    : [
        {
          code: known?.code ?? null,
          name: known?.title ?? null,
          rate: known?.percent ?? rate,
          base: null,
          amount: tax,
          treatment: null,
        },
      ];
  const line: DocumentLine = {
    id: 'fee',
    of: null,
    kind: 'fee',
    label: attribute,
    product: null,
    carrier: null,
    taxRule: null,
    quantity: null,
    netBeforeDiscount: null,
    net,
    taxes: own,
    gross: amount,
  };
  return { line, untoldTax: taxed ? round(ZERO, decimals) : tax };
}

/** The attribute that states the amount, alone or with its tax. */
function attributeOf(
  { extension_attributes: attributes }: MagentoOrder,
  amount: Decimal,
  { tax_amount }: MagentoTotals,
): string | null {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (!FEE_NAME.test(name) || name.startsWith('base_') || (typeof value === 'object' && !JSON.isRawJSON(value)))
      continue;
    const stated = decimalOrNull.safeParse(value).data ?? null;
    if (stated === null || isZero(stated)) continue;
    const extra = subtract(amount, stated);
    if (compare(extra, ZERO) >= 0 && compare(extra, tax_amount) <= 0) return name;
  }
  return null;
}
