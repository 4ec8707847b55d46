import type { Decimal } from './decimal.ts';
import type { SalesDocument, Tax } from './document.ts';

/**
 * A document's amounts as whole millionths, so that the checks and the posting add and compare plain integers:
 * 12.50 is 12500000n. Check C16 has made sure that nothing has more than six decimals.
 */
export const FIGURE_SCALE = 6;

/** A document's amounts in millionths. */
export type Figures = {
  /** One unit of the last decimal of the document's currency (10000n for EUR). */
  readonly unit: bigint;
  readonly lines: readonly LineFigures[];
  /** Sums of the lines. */
  readonly net: bigint;
  readonly tax: bigint;
  readonly groups: readonly TaxSum[];
  /** As the shop states them. */
  readonly stated: { readonly net: bigint; readonly tax: bigint; readonly gross: bigint };
};

/** A line's amounts in millionths. */
export type LineFigures = {
  readonly net: bigint;
  /** Sum of the line's taxes. */
  readonly tax: bigint;
  /** Each tax of the line, in the line's order. */
  readonly taxes: readonly bigint[];
};

/** What the lines say of one tax: same code and same rate. */
export type TaxSum = {
  readonly tax: Tax;
  readonly amount: bigint;
  /** Sum of what the shop computed it on. */
  readonly base: bigint;
  readonly lines: number;
};

const UP: readonly bigint[] = [1_000_000n, 100_000n, 10_000n, 1_000n, 100n, 10n, 1n];

/** A decimal of at most six places as millionths. */
export function figure({ units, scale }: Decimal): bigint {
  const factor = UP[scale];
  if (factor === undefined) throw new RangeError(`More than ${FIGURE_SCALE} decimals`);
  return units * factor;
}

export function magnitudeOf(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** The figures of a document whose amounts passed check C16. `decimals` are those of its currency. */
export function figuresOf(document: SalesDocument, decimals: number): Figures {
  const lines: LineFigures[] = [];
  const groups: { tax: Tax; amount: bigint; base: bigint; lines: number }[] = [];
  let net = 0n;
  let tax = 0n;
  for (const line of document.lines) {
    const lineNet = figure(line.net);
    const taxes: bigint[] = [];
    let lineTax = 0n;
    for (const one of line.taxes) {
      const amount = figure(one.amount);
      const base = one.base === null ? lineNet : figure(one.base);
      taxes.push(amount);
      lineTax += amount;
      const group = groupOf(groups, one);
      if (group === undefined) groups.push({ tax: one, amount, base, lines: 1 });
      else {
        group.amount += amount;
        group.base += base;
        group.lines += 1;
      }
    }
    lines.push({ net: lineNet, tax: lineTax, taxes });
    net += lineNet;
    tax += lineTax;
  }
  const { totals } = document;
  const stated = { net: figure(totals.net), tax: figure(totals.tax), gross: figure(totals.gross) };
  return { unit: UP[decimals] ?? 1n, lines, net, tax, groups, stated };
}

function groupOf<Group extends TaxSum>(groups: readonly Group[], { code, rate }: Tax): Group | undefined {
  for (const group of groups) if (group.tax.code === code && sameRate(group.tax.rate, rate)) return group;
  return undefined;
}

/** 20 and 20.00 are one rate. */
export function sameRate(a: Decimal, b: Decimal): boolean {
  return a.scale === b.scale ? a.units === b.units : figure(a) === figure(b);
}
