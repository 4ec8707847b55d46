import type { Hook, HookLine } from './comptoir-hook.d.ts';

/** Sales accounts by the beginning of a product's SKU, and the account they are taken out of. */
const ACCOUNTS: Readonly<Record<string, string>> = { 'LIV-': '707110', 'DVD-': '707120' };
const FROM = '707100';

/**
 * Books and films out of the common sales account, each to its own. Amounts are counted in whole cents (bigint), so
 * that the parts make the whole. A document in another currency is left as it is: its lines are not in the books' own.
 */
export const hook: Hook = (document, entries) => {
  if ((document.currency.base ?? document.currency.code) !== document.currency.code) return entries;
  for (const entry of entries) {
    const sales = entry.lines.find(({ role, account }) => role === 'sales' && account === FROM);
    if (sales === undefined) continue;
    const side = sales.debit === null ? 'credit' : 'debit';
    for (const [prefix, account] of Object.entries(ACCOUNTS)) {
      const sold = document.lines.filter(({ product }) => product?.sku?.startsWith(prefix));
      const cents = sold.reduce((sum, { net }) => sum + centsOf(net), 0n);
      if (cents > 0n) entry.lines.push(taken(sales, side, cents, account));
    }
    if (sales[side] === '0.00') entry.lines.splice(entry.lines.indexOf(sales), 1);
  }
  return entries;
};

/** A line of that many cents on the account, which the line it comes from has less of. */
function taken(from: HookLine, side: 'debit' | 'credit', cents: bigint, account: string): HookLine {
  from[side] = textOf(centsOf(from[side] ?? '0') - cents);
  return { ...from, account, [side]: textOf(cents) };
}

/** `12.5` is 1250n; more than two decimals are refused, and the document waits. */
function centsOf(text: string): bigint {
  const [, whole = '', fraction = ''] = /^(\d+)(?:\.(\d{1,2})0*)?$/.exec(text) ?? [];
  if (whole === '') throw new Error(`${text} is not an amount in cents`);
  return BigInt(whole + fraction.padEnd(2, '0'));
}

function textOf(cents: bigint): string {
  const digits = String(cents).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
