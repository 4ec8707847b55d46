import type { EntryLine, NumberedEntry } from '../core/entry.ts';
import type { Money } from '../core/money.ts';
import type { Layout } from './layout.ts';

/**
 * Entries as a file says them, where that is not line for line: without a journal, with the digits of a piece alone, or
 * as rows that name two accounts. What is read back is held against this.
 */
export function restatement(layout: Layout): ((entry: NumberedEntry) => readonly NumberedEntry[]) | null {
  const fields = [layout.entry, layout.first, layout.line, layout.thirdParty].flatMap((spec) => spec?.fields ?? []);
  const named = fields.some(({ is }) => is === 'journal');
  const digits = fields.some((field) => field.is === 'piece' && field.digits === true);
  const { pairs = false, said: saidAs } = layout;
  const byColumn = fields.some(({ is }) => is === 'debitAccount'); // the debit stands first in the row
  if (named && !digits && !pairs && saidAs === undefined) return null;
  return (given) => {
    const entry = saidAs?.(given) ?? given;
    const piece = digits ? entry.piece.replace(/\D/g, '') : entry.piece;
    const said = { ...entry, piece, journal: named ? entry.journal : '' };
    if (!pairs) return [said];
    return pairsOf(entry.lines).map(({ line, against }) => {
      const turned = byColumn && line.amount.minor < 0n;
      return { ...said, lines: turned ? [against, line] : [line, against] };
    });
  };
}

/** Two lines of one amount on either side; `line` is the one that comes first in the entry. */
export type Pair = { readonly line: EntryLine; readonly against: EntryLine };

/**
 * An entry as rows of two accounts: debits and credits are taken in their order, each row as much as the smaller of the
 * two has left, so n lines make fewer than n rows and the sum of each account stays. One customer against sales and VAT
 * gives a row for each of these. What a row says of its line (label, VAT code, section, amount in currency) is that of
 * the line that ends in it.
 */
export function pairsOf(lines: readonly EntryLine[]): readonly Pair[] {
  const debits = lines.filter(({ amount }) => amount.minor > 0n).map(remainderOf);
  const credits = lines.filter(({ amount }) => amount.minor < 0n).map(remainderOf);
  const pairs: Pair[] = [];
  for (let [debit, credit] = [debits.shift(), credits.shift()]; debit !== undefined && credit !== undefined; ) {
    const units = debit.units < credit.units ? debit.units : credit.units;
    const [ended, other] = debit.units === units && lines[0] !== debit.line ? [debit, credit] : endedOf(debit, credit);
    pairs.push(pairOf({ ended, other, units, lines }));
    if (ended.inCurrency !== null && other.inCurrency !== null) other.inCurrency -= ended.inCurrency;
    debit.units -= units;
    credit.units -= units;
    if (debit.units === 0n) debit = debits.shift();
    if (credit.units === 0n) credit = credits.shift();
  }
  return pairs;

  function endedOf(debit: Remainder, credit: Remainder): readonly [Remainder, Remainder] {
    return credit.units <= debit.units ? [credit, debit] : [debit, credit];
  }
}

/** What is left of a line, without signs. */
type Remainder = { readonly line: EntryLine; units: bigint; inCurrency: bigint | null };

function remainderOf(line: EntryLine): Remainder {
  const { amount, amountInCurrency } = line;
  return { line, units: abs(amount.minor), inCurrency: amountInCurrency && abs(amountInCurrency.minor) };
}

function pairOf({
  ended,
  other,
  units,
  lines,
}: {
  readonly ended: Remainder;
  readonly other: Remainder;
  readonly units: bigint;
  readonly lines: readonly EntryLine[];
}): Pair {
  const { inCurrency, line: said } = ended;
  const detail = other.line;
  const part = (line: EntryLine): EntryLine => {
    const sign = line.amount.minor < 0n ? -1n : 1n;
    const foreign = said.amountInCurrency ?? detail.amountInCurrency;
    const amountInCurrency: Money | null =
      inCurrency === null || inCurrency <= 0n || foreign === null
        ? null
        : { minor: inCurrency * sign, currency: foreign.currency };
    return {
      ...line,
      amount: { ...line.amount, minor: units * sign },
      amountInCurrency,
      label: said.label,
      taxCode: said.taxCode ?? detail.taxCode,
      section: said.section ?? detail.section,
      paymentMode: said.paymentMode ?? detail.paymentMode,
    };
  };
  const isFirst = lines.indexOf(said) < lines.indexOf(detail);
  return isFirst ? { line: part(said), against: part(detail) } : { line: part(detail), against: part(said) };
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}
