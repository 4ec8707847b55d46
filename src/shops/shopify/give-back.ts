import { type Decimal, decimalText, isNegative, isPositive, negate, round, sum } from '../../core/decimal.ts';
import type { DocumentLine, DocumentSource } from '../../core/document.ts';
import { type Problem, problem } from '../../core/problem.ts';
import * as sharing from '../../core/sharing.ts';
import type { ReadingOptions } from '../reader.ts';

/** Lines of a credit note, what is then left of the order, and what should be looked at. */
export type Given = {
  readonly lines: readonly DocumentLine[];
  readonly balance: sharing.OrderBalance;
  readonly remarks: readonly Problem[];
};

/**
 * Adjustments without tax of their own, beside what was given back: money kept is a retention, money on top, or alone, is
 * a refund known by its amount, which is shared over the VAT of the order, or has none, as the profile says.
 */
export function giveBack(
  all: readonly DocumentLine[],
  before: sharing.OrderBalance,
  source: DocumentSource,
  options: ReadingOptions,
): Given {
  const { decimals } = before;
  const bare = all.filter((line) => line.kind === 'adjustment' && line.taxes.length === 0);
  const returned = all.filter((line) => !bare.includes(line));
  const kept = negate(sum(bare.map(({ net }) => net).filter(isNegative)));
  const onTop = sum(bare.map(({ net }) => net).filter(isPositive));
  const lines: DocumentLine[] = [...returned];
  const remarks: Problem[] = [];
  let balance = sharing.afterLines(before, returned);

  if (isPositive(kept)) {
    const asStated = options.retentions === 'asStated' || returned.length === 0;
    const shares = asStated ? [untaxed(negate(kept))] : sharing.shareRetention(returned, units(kept), decimals);
    lines.push(...shares.map((share, index) => sharing.shareLine(share, `kept-${index + 1}`, null, decimals)));
    if (asStated) balance = sharing.afterRetention(balance, units(kept));
  }
  if (isPositive(onTop)) share(onTop);
  const stated = sum(all.map(({ gross }) => gross));
  return { lines, balance: sharing.afterRefund(balance, units(stated)), remarks };

  function share(amount: Decimal): void {
    const rest = sharing.isRest(balance, units(amount));
    const shared = sharing.shareAmount(balance, units(amount));
    if (shared.shares === null) {
      const remaining = decimalText({ units: shared.remaining, scale: decimals }, decimals);
      const values = { amount: decimalText(amount, decimals), remaining };
      remarks.push(problem('document.refund-too-large', 'hold', source, values));
    }
    const asShared = shared.shares !== null && options.amountOnlyRefunds === 'share';
    const shares = asShared && shared.shares !== null ? shared.shares : [untaxed(amount)];
    if (asShared && !rest) {
      remarks.push(problem('document.split-by-proportion', 'warn', source, { amount: decimalText(amount, decimals) }));
    }
    lines.push(...shares.map((one, index) => sharing.shareLine(one, `amount-${index + 1}`, null, decimals)));
    balance = shared.balance;
  }

  function untaxed(amount: Decimal): sharing.Share {
    return { group: null, net: units(amount), taxAmounts: [] };
  }

  function units(amount: Decimal): bigint {
    return round(amount, decimals).units;
  }
}

/** What an order holds after a further sale part: an edit that adds, goods taken in exchange. */
export function afterSale(
  balance: sharing.OrderBalance,
  lines: readonly DocumentLine[],
  gross: Decimal,
): sharing.OrderBalance {
  const taken = lines.map((line) => ({
    ...line,
    net: negate(line.net),
    taxes: line.taxes.map((tax) => ({ ...tax, amount: negate(tax.amount) })),
  }));
  return sharing.afterRefund(sharing.afterLines(balance, taken), -round(gross, balance.decimals).units);
}
