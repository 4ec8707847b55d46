import {
  add,
  type Decimal,
  decimal,
  decimalText,
  divide,
  isZero,
  multiply,
  round,
  subtract,
} from '../../core/decimal.ts';
import { CellFault } from './values.ts';

/** What a row says of a line; null: nothing. Amounts as decimal text. */
export type Stated = {
  readonly net: string | null;
  readonly vat: string | null;
  readonly gross: string | null;
  /** A percentage; `none`: it bears no VAT. */
  readonly rate: string | null;
};

export type LineAmounts = {
  readonly net: string;
  readonly taxes: readonly { readonly rate: string; readonly amount: string }[];
  readonly gross: string;
};

const HUNDRED = decimal('100');

/**
 * The sides of a line from those stated, at `decimals` where one must be computed: what is stated stays as it is, the tax
 * is the difference of gross and net wherever both are known, and never rounded apart from them.
 */
export function lineAmounts({ net, vat, gross, rate }: Stated, decimals: number): LineAmounts {
  const [statedNet, statedVat, statedGross] = [net, vat, gross].map((text) => (text === null ? null : decimal(text)));
  const percent = rate === null || rate === 'none' ? null : decimal(rate);
  if (statedVat != null && !isZero(statedVat) && percent === null) throw new CellFault('csv-no-rate');
  if (statedNet == null && statedGross == null) throw new CellFault('csv-no-amount');
  const tax =
    statedVat ??
    (statedNet != null && statedGross != null
      ? subtract(statedGross, statedNet)
      : percent === null
        ? decimal('0')
        : taxOf(statedNet ?? null, statedGross ?? null, percent, decimals));
  if (!isZero(tax) && percent === null) throw new CellFault('csv-no-rate');
  const wholeNet = statedNet ?? subtract(statedGross as Decimal, tax); // one of the two is there
  const wholeGross = statedGross ?? add(wholeNet, tax);
  const taxes = percent === null ? [] : [{ rate: rate as string, amount: decimalText(tax, 2) }]; // percent is its value
  return { net: decimalText(wholeNet, 2), taxes, gross: decimalText(wholeGross, 2) };
}

function taxOf(net: Decimal | null, gross: Decimal | null, percent: Decimal, decimals: number): Decimal {
  if (net !== null) return round(divide(multiply(net, percent), HUNDRED, 10, 'half-up'), decimals);
  const whole = gross as Decimal; // one of the two is there
  return subtract(whole, divide(multiply(whole, HUNDRED), add(HUNDRED, percent), decimals, 'half-up'));
}

/** A quantity of pieces at a price each: exact. */
export function timesQuantity(quantity: string | null, price: string | null): string | null {
  return price === null ? null : decimalText(multiply(decimal(quantity ?? '1'), decimal(price)), 2);
}
