import { add, compare, type Decimal, decimal, decimalText, divideRounded, parseDecimal, ZERO } from './decimal.ts';
import { type Entry, type EntryLine, isVat, type LineRole } from './entry.ts';
import { magnitudeOf } from './figures.ts';

/**
 * What entries add up to, for the dashboard: facts of one day each, exact, in whole minor units of the books' currency.
 * They are sums of lines as they were written, so that whoever opens a figure finds the entries that make it.
 */
export type Fact = FactKey & {
  /** Sales and VAT positive as credits, what customers paid positive as debits, differences positive as income. */
  readonly amount: bigint;
  /** Of VAT: the net amount it was charged on; else zero. */
  readonly base: bigint;
  /** How many entries say it. */
  readonly entries: number;
};

/**
 * - `net`: sales without VAT, credit notes taken off; `item` is null.
 * - `vat`: `item` is the rate (`20.00`), or empty for what bears none.
 * - `payment`: what customers paid, refunds taken off; `item` is the method. `fee`: what was kept of it.
 * - `difference`: `item` is the role of the line.
 */
export type FactKey = {
  readonly day: string;
  readonly about: About;
  readonly country: string | null;
  readonly item: string | null;
  readonly currency: string;
  readonly decimals: number;
};

export const ABOUTS = ['net', 'vat', 'payment', 'fee', 'difference'] as const;
export type About = (typeof ABOUTS)[number];

/** What the entries put on the customer's account of an order, debit positive: who has not paid, or was paid too much. */
export type OpenOrder = {
  readonly order: string;
  /** Of its sale; null when only a payment or credit note is among the entries. */
  readonly day: string | null;
  readonly currency: string;
  readonly amount: bigint;
};

export type Tally = { readonly facts: readonly Fact[]; readonly open: readonly OpenOrder[] };

/** Adds entries up; orders that come to nothing are left out, those sold but settled elsewhere are kept. */
export function tallyOf(entries: Iterable<Entry>): Tally {
  const facts = new Map<string, Mutable<Fact>>();
  const open = new Map<string, Mutable<OpenOrder>>();
  for (const entry of entries) {
    for (const fact of factsOf(entry)) addFact(facts, fact);
    for (const { role, amount } of entry.lines) {
      if (role === 'customer') addOpen(open, openOf(entry, amount.currency.code, amount.minor));
    }
  }
  return { facts: [...facts.values()], open: [...open.values()].filter(({ amount }) => amount !== 0n) };
}

/** Several tallies as one, `less` others: those of entries that no longer stand. */
export function joined(tallies: Iterable<Tally>, less: Iterable<Tally> = []): Tally {
  const facts = new Map<string, Mutable<Fact>>();
  const open = new Map<string, Mutable<OpenOrder>>();
  for (const tally of tallies) {
    for (const fact of tally.facts) addFact(facts, fact);
    for (const order of tally.open) addOpen(open, order);
  }
  for (const tally of less) {
    for (const fact of tally.facts) {
      addFact(facts, { ...fact, amount: -fact.amount, base: -fact.base, entries: -fact.entries });
    }
    for (const order of tally.open) addOpen(open, { ...order, amount: -order.amount });
  }
  return {
    facts: [...facts.values()].filter(({ entries, amount, base }) => entries !== 0 || amount !== 0n || base !== 0n),
    open: [...open.values()].filter(({ amount }) => amount !== 0n),
  };
}

/** What one entry says, each fact once. */
export function factsOf(entry: Entry): readonly Fact[] {
  const facts = new Map<string, Mutable<Fact>>();
  const rates = entry.kind === 'payment' ? NONE : ratesByLine(entry);
  for (const line of entry.lines) {
    const { minor, currency } = line.amount;
    const say = (about: About, item: string | null, amount: bigint, base = 0n) =>
      addFact(facts, {
        ...{ day: entry.date, about, country: about === 'vat' ? entry.country : null, item },
        ...{ currency: currency.code, decimals: currency.decimals, amount, base, entries: 1 },
      });
    if (isVat(line)) say('vat', rateText(line.taxRate), -minor);
    else if (DIFFERENCES.has(line.role)) say('difference', line.role, -minor);
    else if (entry.kind === 'payment') {
      if (PAID.has(line.role)) say('payment', entry.paymentMethod ?? '', minor);
      if (line.role === 'bankFee') say('fee', entry.paymentMethod ?? '', minor);
    } else if (!NOT_SOLD.has(line.role)) {
      say('net', null, -minor);
      for (const { rate, amount } of basesOf(line, rates)) say('vat', rate, 0n, -amount);
    }
  }
  for (const fact of facts.values()) fact.entries = 1;
  return [...facts.values()];
}

/** Gaps that a setting books on an account of their own. */
const DIFFERENCES: ReadonlySet<LineRole> = new Set<LineRole>([
  'rounding',
  'adjustment',
  'difference',
  'currencyAdjustment',
]);
/** What a payment is made of: money, what is kept of it, and what stands for money. */
const PAID: ReadonlySet<LineRole> = new Set<LineRole>(['bank', 'bankFee', 'giftCard', 'storeCredit']);
/** Lines of sales and credit notes that are no sales: who owes, money that came before, debts to the bearer of a card. */
const NOT_SOLD: ReadonlySet<LineRole> = new Set<LineRole>([...PAID, 'customer', 'deposit', 'depositVat']);

type Rates = ReadonlyMap<string, string>;
const NONE: Rates = new Map();

/**
 * The amount of a line by the rate of VAT that its document lines bear. Most lines bear one. A line that sums several (its
 * rates share a code) is shared in proportion to what each put in; the largest part takes the cent that is over. Where a
 * document line bears two taxes, its highest rate has the base, so that bases add up to the sales.
 */
function basesOf(
  { amount: { minor }, because }: EntryLine,
  rates: Rates,
): readonly { readonly rate: string; readonly amount: bigint }[] {
  const byRate = new Map<string, Decimal>();
  for (const { line, amount } of because.parts) {
    if (line === 'rounding') continue; // a gap that was put on this line bears what the line bears
    const rate = rates.get(line) ?? '';
    byRate.set(rate, add(byRate.get(rate) ?? ZERO, parseDecimal(amount) ?? ZERO));
  }
  const [first = ''] = byRate.keys();
  if (byRate.size <= 1) return [{ rate: first, amount: minor }];
  const scale = Math.max(...[...byRate.values()].map((part) => part.scale));
  const shares = [...byRate].map(([rate, part]) => ({ rate, units: part.units * 10n ** BigInt(scale - part.scale) }));
  const whole = shares.reduce((sum, { units }) => sum + units, 0n);
  if (whole === 0n) return [{ rate: first, amount: minor }];
  const found = shares.map(({ rate, units }) => ({ rate, amount: divideRounded(minor * units, whole, 'half-up') }));
  const largest = found.reduce((a, b) => (magnitudeOf(b.amount) > magnitudeOf(a.amount) ? b : a));
  largest.amount += minor - found.reduce((sum, { amount }) => sum + amount, 0n);
  return found;
}

/** The highest rate that each document line bears, by the lines that the entry's VAT sums. */
function ratesByLine({ lines }: Entry): Rates {
  const rates = new Map<string, string>();
  for (const { role, taxRate, because } of lines) {
    if (role !== 'vat' || taxRate === null) continue;
    const rate = rateText(taxRate);
    for (const { line } of because.parts) {
      const before = rates.get(line);
      if (before === undefined || compare(taxRate, decimal(before)) > 0) rates.set(line, rate);
    }
  }
  return rates;
}

function rateText(rate: Decimal | null): string {
  return rate === null ? '' : decimalText(rate, 2);
}

type Mutable<Value> = { -readonly [Name in keyof Value]: Value[Name] };

function addFact(facts: Map<string, Mutable<Fact>>, fact: Fact): void {
  const { day, about, country, item, currency } = fact;
  const key = `${day} ${about} ${currency} ${country ?? ''} ${item ?? ''}`;
  const sum = facts.get(key);
  if (sum === undefined) {
    facts.set(key, { ...fact });
    return;
  }
  sum.amount += fact.amount;
  sum.base += fact.base;
  sum.entries += fact.entries;
}

function openOf({ order, kind, date }: Entry, currency: string, amount: bigint): OpenOrder {
  return { order, day: kind === 'sale' ? date : null, currency, amount };
}

function addOpen(open: Map<string, Mutable<OpenOrder>>, { order, day, currency, amount }: OpenOrder): void {
  const key = `${currency} ${order}`;
  const sum = open.get(key);
  if (sum === undefined) {
    open.set(key, { order, day, currency, amount });
    return;
  }
  sum.amount += amount;
  sum.day ??= day;
}
