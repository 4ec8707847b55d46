import type { EntryLine, LineRole, NumberedEntry } from '../core/entry.ts';
import { allocate, type Money } from '../core/money.ts';

/**
 * Programs that work VAT out of a gross amount, or want it beside each net line, have no lines of VAT. Each line of VAT is
 * shared over the net lines of its code, to the cent: 80.60 over 303.00, 90.00 and 10.00 is 60.60, 18.00 and 2.00.
 */
export type VatShares = {
  /** What each net line has of VAT, minor units, signed as the line of VAT; in the document's currency too where lines have it. */
  readonly shares: ReadonlyMap<EntryLine, { readonly inBooks: bigint; readonly inCurrency: bigint }>;
  /** Lines of VAT without a net line of their code. */
  readonly unshared: readonly EntryLine[];
};

export function vatShares(lines: readonly EntryLine[]): VatShares {
  const shares = new Map<EntryLine, { inBooks: bigint; inCurrency: bigint }>();
  const unshared: EntryLine[] = [];
  for (const vat of lines.filter(({ role }) => role === 'vat')) {
    const nets = lines.filter((line) => isNet(line) && line.taxCode !== null && line.taxCode === vat.taxCode);
    const alike = nets.every(({ amountInCurrency }) => (amountInCurrency === null) === (vat.amountInCurrency === null));
    const inBooks = alike
      ? shared(
          vat.amount,
          nets.map(({ amount }) => amount),
        )
      : null;
    const inCurrency = vat.amountInCurrency && shared(vat.amountInCurrency, nets.flatMap(amountsInCurrency));
    if (inBooks === null || (inCurrency === null && vat.amountInCurrency !== null)) {
      unshared.push(vat);
      continue;
    }
    for (const [index, net] of nets.entries()) {
      const had = shares.get(net) ?? { inBooks: 0n, inCurrency: 0n };
      shares.set(net, {
        inBooks: had.inBooks + (inBooks[index] ?? 0n),
        inCurrency: had.inCurrency + (inCurrency?.[index] ?? 0n),
      });
    }
  }
  return { shares, unshared };
}

/** The entry with its VAT in its net lines; what cannot be shared stays a line. */
export function grossOf(entry: NumberedEntry): NumberedEntry {
  const { shares, unshared } = vatShares(entry.lines);
  const lines = entry.lines.flatMap((line): readonly EntryLine[] => {
    if (line.role === 'vat') return unshared.includes(line) ? [line] : [];
    const share = shares.get(line);
    if (share === undefined) return [line];
    const { amount, amountInCurrency } = line;
    const more = (money: Money, minor: bigint): Money => ({ ...money, minor: money.minor + minor });
    return [
      {
        ...line,
        amount: more(amount, share.inBooks),
        amountInCurrency: amountInCurrency && more(amountInCurrency, share.inCurrency),
      },
    ];
  });
  return { ...entry, lines };
}

/** Lines that VAT is never counted on. */
const WITHOUT_VAT: readonly LineRole[] = ['customer', 'vat', 'deposit', 'bank', 'bankFee', 'difference'];

function isNet({ role, thirdParty }: EntryLine): boolean {
  return thirdParty === null && !WITHOUT_VAT.includes(role);
}

function amountsInCurrency({ amountInCurrency }: EntryLine): readonly Money[] {
  return amountInCurrency === null ? [] : [amountInCurrency];
}

/**
 * In proportion to the net amounts, on their sides: a discount takes its VAT back. What rounding leaves goes where
 * `allocate` puts it. Null where the nets are none, or lie on the other side than their VAT.
 */
function shared(vat: Money, nets: readonly Money[]): readonly bigint[] | null {
  const sum = nets.reduce((all, { minor }) => all + minor, 0n);
  if (sum === 0n || sum > 0n !== vat.minor > 0n) return null;
  const isOpposite = (minor: bigint) => minor > 0n !== sum > 0n;
  const opposite = nets.map(({ minor }) => (isOpposite(minor) ? rounded(vat.minor * minor, sum) : 0n));
  const rest = vat.minor - opposite.reduce((all, part) => all + part, 0n);
  const weights = nets.map(({ minor }) => (isOpposite(minor) ? 0n : minor < 0n ? -minor : minor));
  return allocate(rest, weights).map((part, index) => part + (opposite[index] ?? 0n));
}

/** Halves away from zero. */
function rounded(product: bigint, divisor: bigint): bigint {
  const [whole, by] = divisor < 0n ? [-product, -divisor] : [product, divisor];
  return whole < 0n ? -((-whole * 2n + by) / (by * 2n)) : (whole * 2n + by) / (by * 2n);
}
