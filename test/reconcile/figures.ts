import { add, type Decimal, decimalText, isZero, round, sum, ZERO } from '../../src/core/decimal.ts';

/** What a shop says of one of its documents, in the document's currency; no figure here comes from our readers. */
export type Stated = {
  readonly kind: 'sale' | 'creditNote';
  /** As our documents are keyed: `sale/39`, `creditNote/72`. */
  readonly key: string;
  /** What the recording calls the order: W01, P15, Q03. */
  readonly name: string;
  readonly order: string;
  readonly status: string;
  /** Whether the shop counts the order as sold: paid, or invoiced. */
  readonly accounted: boolean;
  /** Placed to try the shop: read, shown, never booked. */
  readonly test?: boolean;
  readonly currency: string;
  /** Rounded for each unit sold, so that another way of rounding may be as many half cents apart as there are units. */
  readonly perUnit: boolean;
  /** Units of that currency for one of the books'. */
  readonly rate: Decimal;
  readonly gross: Decimal;
  readonly net: Decimal;
  /** By rate, `5.5`; rates without tax are left out. */
  readonly vat: ByRate;
  /** Net of what the shop adds up to its total. Discounts and negative fees are in the products. */
  readonly parts: { readonly [Name in Part]: Decimal };
  readonly payments: readonly StatedPayment[];
  /** Where the shop contradicts itself, found by a rule on its own figures. */
  readonly own: readonly OwnCents[];
};

export type Part = 'products' | 'shipping' | 'wrapping' | 'fees';

export type ByRate = ReadonlyMap<string, Decimal>;

/**
 * `fee` is what the provider kept, in the books' currency; `settled` what moved there of a payment in another currency, where
 * the shop states it: the rest is a payment difference.
 */
export type StatedPayment = {
  readonly direction: 'in' | 'out';
  readonly amount: Decimal;
  readonly fee: Decimal;
  readonly settled?: Decimal;
};

export type OwnCents = {
  readonly what: 'gross' | 'net' | 'printedVat' | 'repeatedPayment' | 'unstatedVat';
  readonly amount: Decimal;
  readonly cause: string;
};

export function byRate(rows: Iterable<readonly [rate: Decimal, amount: Decimal]>): ByRate {
  const sums = new Map<string, Decimal>();
  for (const [rate, amount] of rows) {
    const key = decimalText(rate);
    sums.set(key, add(sums.get(key) ?? ZERO, amount));
  }
  // The highest rate first, as the shops print them.
  const entries = [...sums].filter(([, amount]) => !isZero(amount)).sort(([a], [b]) => Number(b) - Number(a));
  return new Map(entries);
}

/** Two decimals, half up: the shops' own programmes add with binary floats, 1.1500000000000004 is 1.15. */
export function cents(amount: Decimal): Decimal {
  return round(amount, 2);
}

export function partsTotal({ products, shipping, wrapping, fees }: Stated['parts']): Decimal {
  return sum([products, shipping, wrapping, fees]);
}

export function vatTotal(vat: ByRate): Decimal {
  return sum(vat.values());
}

/**
 * A shop's total can miss the sum of its own parts by a cent or two, and its net total too. Both are computed from what
 * it states, whatever the order: gross against parts and taxes, net against parts.
 */
export function ownTotals({ gross, net, parts, vat }: Pick<Stated, 'gross' | 'net' | 'parts' | 'vat'>): OwnCents[] {
  const own: OwnCents[] = [];
  const net0 = partsTotal(parts);
  const missing = add(gross, negated(add(net0, vatTotal(vat))));
  if (!isZero(missing)) {
    const figures = `total ${text(gross)}, parts ${text(net0)} + VAT ${text(vatTotal(vat))}`;
    own.push({ what: 'gross', amount: missing, cause: `the shop's total is not the sum of its parts: ${figures}` });
  }
  const netGap = add(net, negated(net0));
  if (!isZero(netGap)) {
    const figures = `net total ${text(net)}, parts ${text(net0)}`;
    own.push({ what: 'net', amount: netGap, cause: `the shop's net total is not the sum of its parts: ${figures}` });
  }
  return own;
}

export function text(amount: Decimal): string {
  return decimalText(amount, 2);
}

function negated({ units, scale }: Decimal): Decimal {
  return { units: -units, scale };
}
