import { type Decimal, decimalText, divideRounded, round, sum } from './decimal.ts';
import type { DocumentLine, Tax } from './document.ts';
import { allocate } from './money.ts';

/**
 * Refunds known only by their amount, shared over the VAT of their order, and amounts kept back from refunds. An order
 * is a set of groups, one for each set of taxes its lines bear; untaxed lines are one group. What refunds gave back is
 * taken from the groups, one refund after another, so that the last one gives back exactly the rest.
 * Amounts are whole units of the document's last decimal.
 */
export type TaxGroup = {
  readonly key: string;
  /** Which taxes; their amounts are not looked at. */
  readonly taxes: readonly Tax[];
  readonly net: bigint;
  /** One amount for each tax, in the same order. */
  readonly taxAmounts: readonly bigint[];
};

/** What is left of an order while its refunds are gone through, in minor units. */
export type OrderBalance = {
  readonly decimals: number;
  /** What each group still holds, smallest id first. */
  readonly groups: readonly TaxGroup[];
  /** Stated gross total less the refunds so far: a refund of this amount is a full one. */
  readonly statedRest: bigint;
  /** Kept back from earlier refunds without tax, and not given back since. */
  readonly untaxedRetentions: bigint;
};

/** One part of a shared amount: a line of a credit note. `group` is null for what has no VAT. */
export type Share = { readonly group: TaxGroup | null; readonly net: bigint; readonly taxAmounts: readonly bigint[] };

/** What an order holds before its first refund. */
export function openBalance(lines: readonly DocumentLine[], statedGross: Decimal, decimals: number): OrderBalance {
  const groups = groupsOf(lines, decimals);
  return { decimals, groups, statedRest: units(statedGross, decimals), untaxedRetentions: 0n };
}

/** The balance after lines were given back; they count whole, whatever was kept from them. */
export function afterLines(balance: OrderBalance, lines: readonly DocumentLine[]): OrderBalance {
  const returned = groupsOf(lines, balance.decimals);
  const missing = returned.filter(({ key }) => balance.groups.every((group) => group.key !== key));
  const emptied = missing.map((group) => ({ ...group, net: 0n, taxAmounts: group.taxAmounts.map(() => 0n) }));
  const groups = [...balance.groups, ...emptied].sort(byId).map((group) => {
    const back = returned.find(({ key }) => key === group.key);
    return back === undefined ? group : less(group, back.net, back.taxAmounts);
  });
  return { ...balance, groups };
}

/** The balance after a refund of this stated amount; each refund ends with it. */
export function afterRefund(balance: OrderBalance, statedAmount: bigint): OrderBalance {
  return { ...balance, statedRest: balance.statedRest - statedAmount };
}

/** The balance after an amount was kept back from a refund without tax. */
export function afterRetention(balance: OrderBalance, kept: bigint): OrderBalance {
  return { ...balance, untaxedRetentions: balance.untaxedRetentions + kept };
}

/** Whether an amount is all that remains of the order's lines, by these lines or by its stated total. */
export function isRest(balance: OrderBalance, amount: bigint): boolean {
  return amount > 0n && (amount === restOf(balance) || amount === balance.statedRest - balance.untaxedRetentions);
}

/**
 * Shares an amount over what remains in the groups, in proportion to their gross; all that remains gives each group
 * back whole. More than remains gives back earlier retentions too, without VAT; beyond these `shares` is null.
 */
export function shareAmount(
  balance: OrderBalance,
  amount: bigint,
): { readonly shares: readonly Share[] | null; readonly balance: OrderBalance; readonly remaining: bigint } {
  const { untaxedRetentions, statedRest } = balance;
  const rest = maximum(restOf(balance), 0n);
  const remaining = rest + untaxedRetentions;
  const wholeGroups = isRest(balance, amount) || amount >= rest;
  const fromRetentions = isRest(balance, amount)
    ? 0n
    : amount === statedRest
      ? untaxedRetentions
      : maximum(amount - rest, 0n);
  if (fromRetentions > untaxedRetentions) return { shares: null, balance, remaining };
  const shares = wholeGroups ? balance.groups.filter((group) => !isEmpty(group)).map(wholeOf) : proportional();
  const groups = balance.groups.map((group) => {
    const share = shares.find((item) => item.group?.key === group.key);
    return share === undefined ? group : less(group, share.net, share.taxAmounts);
  });
  if (fromRetentions > 0n) shares.push({ group: null, net: fromRetentions, taxAmounts: [] });
  return { shares, balance: { ...balance, groups, untaxedRetentions: untaxedRetentions - fromRetentions }, remaining };

  /** A group below zero (a discount without VAT) takes no part: it only lowers what remains in all. */
  function proportional(): Share[] {
    const holding = balance.groups.filter((group) => grossOf(group) > 0n);
    const parts = allocate(amount, holding.map(grossOf));
    return holding.flatMap((group, index) => {
      const part = parts[index] ?? 0n;
      if (part === 0n) return [];
      return [part === grossOf(group) ? wholeOf(group) : splitPart(group, part)];
    });
  }
}

/** The parts of an amount kept back from these returned lines, each VAT group reduced in proportion: negative. */
export function shareRetention(lines: readonly DocumentLine[], kept: bigint, decimals: number): readonly Share[] {
  const groups = groupsOf(lines, decimals).filter((group) => grossOf(group) > 0n);
  if (groups.length === 0) return [{ group: null, net: -kept, taxAmounts: [] }];
  const parts = allocate(kept, groups.map(grossOf));
  return groups.flatMap((group, index) => {
    const part = parts[index] ?? 0n;
    return part === 0n ? [] : [splitPart(group, -part)];
  });
}

/** The line of a credit note that carries a share. */
export function shareLine(share: Share, id: string, label: string | null, decimals: number): DocumentLine {
  const net = { units: share.net, scale: decimals };
  const taxes = (share.group?.taxes ?? []).map(({ code, name, rate, treatment }, index) => ({
    code,
    name,
    rate,
    base: net,
    amount: { units: share.taxAmounts[index] ?? 0n, scale: decimals },
    treatment,
  }));
  const gross = { units: share.net + total(share.taxAmounts), scale: decimals };
  return {
    id,
    of: null,
    kind: 'adjustment',
    label,
    product: null,
    carrier: null,
    taxRule: null,
    quantity: null,
    netBeforeDiscount: null,
    net,
    taxes,
    gross,
  };
}

function groupsOf(lines: readonly DocumentLine[], decimals: number): TaxGroup[] {
  const groups = new Map<string, TaxGroup>();
  for (const line of lines) {
    const key = line.taxes.map(({ code, rate }) => `${code ?? ''} ${decimalText(rate)}`).join('+');
    const group = groups.get(key);
    const net = units(line.net, decimals) + (group?.net ?? 0n);
    const taxAmounts = line.taxes.map((tax, index) => units(tax.amount, decimals) + (group?.taxAmounts[index] ?? 0n));
    groups.set(key, { key, taxes: line.taxes, net, taxAmounts });
  }
  return [...groups.values()].sort(byId);
}

/** Numbers inside ids count as numbers: tax 9 comes before tax 10. Untaxed comes first. */
function byId(a: TaxGroup, b: TaxGroup): number {
  const [left, right] = [a.taxes[0]?.code ?? '', b.taxes[0]?.code ?? ''];
  if (/^\d+$/.test(left) && /^\d+$/.test(right) && left !== right) return Number(left) - Number(right);
  return left < right ? -1 : left > right ? 1 : a.key < b.key ? -1 : 1;
}

/** Net and taxes of a gross part: tax = part × rate / (100 + rate), shared by rate when a group bears several. */
function splitPart(group: TaxGroup, part: bigint): Share {
  const rate = sum(group.taxes.map((tax) => tax.rate));
  const hundred = 100n * 10n ** BigInt(rate.scale);
  const tax = divideRounded(part * rate.units, hundred + rate.units, 'half-up');
  const weights = group.taxes.map((item) => item.rate.units * 10n ** BigInt(rate.scale - item.rate.scale));
  const taxAmounts = weights.length === 0 ? [] : allocate(tax, weights);
  return { group, net: part - tax, taxAmounts };
}

function wholeOf(group: TaxGroup): Share {
  return { group, net: group.net, taxAmounts: group.taxAmounts };
}

function isEmpty(group: TaxGroup): boolean {
  return group.net === 0n && group.taxAmounts.every((amount) => amount === 0n);
}

function less(group: TaxGroup, net: bigint, taxAmounts: readonly bigint[]): TaxGroup {
  const rest = group.taxAmounts.map((amount, index) => amount - (taxAmounts[index] ?? 0n));
  return { ...group, net: group.net - net, taxAmounts: rest };
}

function restOf(balance: OrderBalance): bigint {
  return total(balance.groups.map(grossOf));
}

function grossOf(group: TaxGroup): bigint {
  return group.net + total(group.taxAmounts);
}

function units(amount: Decimal, decimals: number): bigint {
  return round(amount, decimals).units;
}

function total(values: readonly bigint[]): bigint {
  return values.reduce((all, value) => all + value, 0n);
}

function maximum(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
