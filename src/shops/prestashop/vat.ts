import {
  add,
  compare,
  type Decimal,
  decimal,
  divide,
  equal,
  isPositive,
  isZero,
  magnitude,
  multiply,
  negate,
  type Rounding,
  round,
  subtract,
  sum,
  ZERO,
} from '../../core/decimal.ts';

/**
 * VAT of an order by line and rate, which the Webservice does not give: it states totals with and without tax, unit
 * prices and the ids of taxes. The shop's own invoice is rebuilt from these the way the shop makes it: discounts are
 * shared over the lines, each line's base and tax are rounded as the order was, and what then misses the order's own
 * totals is spread cent by cent, over the largest figures first.
 *
 * Order of two lines, 20.75 at 19 % and 17.54 at 7 %, whose totals say 5.16 of tax: computed 3.94 + 1.23 = 5.17, one
 * cent too much, taken off the largest tax: 3.93 + 1.23.
 */
export type VatInput = {
  readonly products: Decimal;
  readonly productsGross: Decimal;
  readonly discounts: { readonly net: Decimal; readonly gross: Decimal };
  readonly shipping: { readonly net: Decimal; readonly gross: Decimal };
  /** A voucher gives the shipping away: it is part of the discounts, and the shipping is not on the invoice. */
  readonly freeShipping: boolean;
  readonly lines: readonly VatLine[];
  readonly roundType: RoundType;
  readonly rounding: Rounding;
  readonly decimals: number;
  /** Those of the totals above, at most `decimals`: what a rounding of the shop can be worth. */
  readonly statedDecimals: number;
};

export type RoundType = 'perUnit' | 'perLine' | 'onTotal';

export type VatLine = {
  readonly id: string;
  readonly quantity: Decimal;
  /** Net, for one, eco-tax included, before vouchers. */
  readonly unitPrice: Decimal;
  /** Net, for one. */
  readonly ecotax: Decimal;
  readonly ecotaxRate: Decimal;
  /** Net, for the whole line: vouchers that aim at this product alone. */
  readonly voucher: Decimal;
  readonly taxes: readonly RatedTax[];
  /** What several taxes on one line are computed on: only the first counts, each on the price, each on price and taxes before. */
  readonly method: 'first' | 'each' | 'cumulative';
};

export type RatedTax = { readonly id: string; readonly rate: Decimal };

export type VatRow = {
  readonly id: string;
  /** Net after discounts, eco-tax included. */
  readonly base: Decimal;
  /** Without the tax on the eco-tax, which the shop shows apart. */
  readonly taxes: readonly (RatedTax & { readonly amount: Decimal })[];
  readonly ecotax: { readonly net: Decimal; readonly tax: Decimal };
};

export type Vat = { readonly rows: readonly VatRow[]; readonly gap: VatGap | null };

/** A difference too large to be rounding: the rows are then left as computed. */
export type VatGap = { readonly of: 'net' | 'tax'; readonly stated: Decimal; readonly computed: Decimal };

const HUNDRED = decimal('100');
/** Unit prices after a shared discount are quotients: enough digits that no rounding of a cent depends on the rest. */
const DIGITS = 24;
const SETTLED_DIGITS = 12;

export function vatOf(input: VatInput): Vat {
  const { products, productsGross, discounts, shipping, freeShipping, lines, rounding, roundType } = input;
  const { decimals, statedDecimals } = input;
  const givenShipping = freeShipping ? shipping : { net: ZERO, gross: ZERO };
  const statedBase = add(subtract(products, discounts.net), givenShipping.net);
  const statedTax = add(
    subtract(subtract(productsGross, products), subtract(discounts.gross, discounts.net)),
    subtract(givenShipping.gross, givenShipping.net),
  );
  const vouchers = sum(lines.map((line) => line.voucher));
  const shared = subtract(subtract(discounts.net, givenShipping.net), vouchers);

  const computed = lines.map(rowOf);
  const ecotaxTax = sum(computed.map((row) => row.ecotax.tax));
  const bases = computed.map((row) => row.base);
  const taxes = computed.flatMap((row) => row.taxes.map((tax) => tax.amount));
  const baseGap = subtract(statedBase, sum(bases));
  const taxGap = subtract(subtract(statedTax, ecotaxTax), sum(taxes));

  const gap = gapOf();
  if (gap !== null) return { rows: computed.map(settledRow), gap };
  const spreadBases = spread(wholeCents(baseGap), bases, statedDecimals);
  const spreadTaxes = spread(wholeCents(taxGap), taxes, statedDecimals);
  let next = 0;
  const rows = computed.map((row, index) => ({
    ...row,
    base: spreadBases[index] ?? row.base,
    taxes: row.taxes.map((tax) => ({ ...tax, amount: spreadTaxes[next++] ?? tax.amount })),
  }));
  return { rows: roundType === 'onTotal' ? roundedByRate(rows, settle, decimals) : rows, gap: null };

  function rowOf(line: VatLine): VatRow {
    const { id, quantity, ecotax, ecotaxRate, taxes: own, method } = line;
    const unit = unitAfterDiscounts(line);
    const units: { tax: RatedTax; amount: Decimal }[] = [];
    for (const tax of method === 'first' ? own.slice(0, 1) : own) {
      const on = method === 'cumulative' ? add(unit, sum(units.map(({ amount }) => amount))) : unit;
      units.push({ tax, amount: percent(on, tax.rate) });
    }
    const net = multiply(ecotax, quantity);
    return {
      id,
      base: ofLine(unit, quantity),
      taxes: units.map(({ tax, amount }) => ({ ...tax, amount: ofLine(amount, quantity) })),
      ecotax: { net: settle(net), tax: settle(percent(net, ecotaxRate)) },
    };
  }

  /** p = u - (u + ecotax) / products × shared discount - own voucher / quantity. */
  function unitAfterDiscounts({ unitPrice, ecotax, voucher, quantity }: VatLine): Decimal {
    let unit = unitPrice;
    if (isPositive(products) && !isZero(shared)) {
      unit = subtract(unit, divide(multiply(add(unitPrice, ecotax), shared), products, DIGITS, 'half-even'));
    }
    if (isZero(voucher) || isZero(quantity)) return unit;
    return subtract(unit, divide(voucher, quantity, DIGITS, 'half-even'));
  }

  function ofLine(unit: Decimal, quantity: Decimal): Decimal {
    if (roundType === 'perUnit') return multiply(settle(unit), quantity);
    return roundType === 'perLine' ? settle(multiply(unit, quantity)) : multiply(unit, quantity);
  }

  function settle(value: Decimal): Decimal {
    return round(round(value, SETTLED_DIGITS, 'half-even'), decimals, rounding);
  }

  /** Less than a cent of the shop is not its rounding but the books' decimals: it stays a difference of the total. */
  function wholeCents(value: Decimal): bigint {
    return round(round(value, SETTLED_DIGITS, 'half-even'), statedDecimals, 'half-up').units;
  }

  /** One cent of the shop per piece sold, plus one, is rounding; eco-tax is taxed apart and is no difference. */
  function gapOf(): VatGap | null {
    const pieces = sum(lines.map((line) => magnitude(line.quantity)));
    const allowed = add(round(pieces, 0, 'up'), decimal('1')).units;
    const taxOnEcotax = sum(
      lines.flatMap((line) => line.taxes.map((tax) => percent(multiply(line.ecotax, line.quantity), tax.rate))),
    );
    const explained = wholeCents(add(taxGap, taxOnEcotax));
    if (abs(wholeCents(baseGap)) > allowed) return { of: 'net', stated: statedBase, computed: settle(sum(bases)) };
    if (lines.length > 0 && abs(explained) <= allowed) return null;
    if (lines.length === 0 && wholeCents(taxGap) === 0n) return null;
    return { of: 'tax', stated: statedTax, computed: settle(add(sum(taxes), ecotaxTax)) };
  }

  function settledRow(row: VatRow): VatRow {
    const amounts = row.taxes.map((tax) => ({ ...tax, amount: settle(tax.amount) }));
    return { ...row, base: settle(row.base), taxes: amounts };
  }
}

/**
 * Gives `difference` units of the last decimal to the values: sorted from the largest, each gets the whole part of an
 * equal share and the first ones one more, with the difference's sign. Equal values keep their order.
 */
export function spread(difference: bigint, values: readonly Decimal[], decimals: number): readonly Decimal[] {
  const count = BigInt(values.length);
  if (difference === 0n || count === 0n) return values;
  const sign = difference < 0n ? -1n : 1n;
  const whole = abs(difference);
  const order = values
    .map((value, index) => ({ value, index }))
    .sort((a, b) => compare(b.value, a.value) || a.index - b.index);
  const result = [...values];
  for (const [position, { value, index }] of order.entries()) {
    const units = whole / count + (BigInt(position) < whole % count ? 1n : 0n);
    result[index] = add(value, { units: units * sign, scale: decimals });
  }
  return result;
}

/** Rounding on the total: the sum of each rate is rounded, and its lines are brought to that sum. */
function roundedByRate(rows: readonly VatRow[], settle: (value: Decimal) => Decimal, decimals: number): VatRow[] {
  const groups = Map.groupBy(rows.keys(), (index) => (rows[index]?.taxes ?? []).map((tax) => tax.id).join('+'));
  const result = [...rows];
  for (const indexes of groups.values()) {
    const members = indexes.flatMap((index) => rows[index] ?? []);
    const bases = broughtTo(members.map((row) => row.base));
    const count = members[0]?.taxes.length ?? 0;
    const columns = Array.from({ length: count }, (_, column) =>
      broughtTo(members.map((row) => row.taxes[column]?.amount ?? ZERO)),
    );
    for (const [position, index] of indexes.entries()) {
      const row = members[position];
      if (row === undefined) continue;
      const taxes = row.taxes.map((tax, column) => ({ ...tax, amount: columns[column]?.[position] ?? tax.amount }));
      result[index] = { ...row, base: bases[position] ?? row.base, taxes };
    }
  }
  return result;

  function broughtTo(values: readonly Decimal[]): readonly Decimal[] {
    const rounded = values.map(settle);
    return spread(subtract(settle(sum(values)), sum(rounded)).units, rounded, decimals);
  }
}

function percent(amount: Decimal, rate: Decimal): Decimal {
  const { units, scale } = multiply(amount, rate);
  return { units, scale: scale + 2 }; // a hundredth, exactly
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** Net and tax of a gross amount at a rate: net rounded, tax the rest, so that they add up. */
export function splitGross(gross: Decimal, rate: Decimal, decimals: number): { net: Decimal; tax: Decimal } {
  const net = divide(multiply(gross, HUNDRED), add(HUNDRED, rate), decimals, 'half-up');
  return { net, tax: add(gross, negate(net)) };
}

/** Whether `rate` % of `net` is `tax`, but for `units` of the last decimal. */
export function explains(rate: Decimal, figures: { net: Decimal; tax: Decimal }, tolerance: Decimal): boolean {
  const difference = magnitude(subtract(percent(figures.net, rate), figures.tax));
  return equal(difference, tolerance) || compare(difference, tolerance) < 0;
}
