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
  /** Of them, those that say nothing else of the same kind before it, and nothing at all before it: a list counts each once. */
  readonly entriesOfAbout: number;
  readonly entriesOfAll: number;
};

/** Grows when entries are added up otherwise: what was kept before is then added up anew. */
export const TALLY_VERSION = 3;

/**
 * - `net`: sales without VAT, credit notes taken off; `item` is null.
 * - `vat`: `item` is the rate (`20.00`), or empty for what bears none.
 * - `payment`: what customers paid, refunds taken off; `item` is the method. `fee`: what was kept of it.
 * - `difference`: `item` is the role of the line.
 * - `oss`: what `vat` says of sales that are declared through the one-stop shop, where they arrive.
 */
export type FactKey = {
  readonly day: string;
  readonly about: About;
  readonly country: string | null;
  readonly item: string | null;
  readonly currency: string;
  readonly decimals: number;
};

export const ABOUTS = ['net', 'vat', 'payment', 'fee', 'difference', 'oss'] as const;
export type About = (typeof ABOUTS)[number];

/** What the entries put on the customer's account of an order, debit positive: who has not paid, or was paid too much. */
export type OpenOrder = {
  readonly order: string;
  /** Key of one of its documents. */
  readonly document: string;
  /** Of its first sale; null when only a payment or credit note is among the entries. */
  readonly day: string | null;
  readonly currency: string;
  readonly amount: bigint;
};

export type Tally = { readonly facts: readonly Fact[]; readonly open: readonly OpenOrder[] };

/** Adds entries up one by one, so that they need not stand together. Orders that come to nothing are left out. */
export function adder(): { readonly add: (entry: Entry) => void; readonly tally: () => Tally } {
  const facts = new Map<string, Mutable<Fact>>();
  const open = new Map<string, Mutable<OpenOrder>>();
  return { add, tally };

  function add(entry: Entry): void {
    for (const fact of factsOf(entry)) addFact(facts, fact);
    for (const { role, amount } of entry.lines) {
      if (role === 'customer') addOpen(open, openOf(entry, amount.currency.code, amount.minor));
    }
  }

  function tally(): Tally {
    return { facts: [...facts.values()], open: [...open.values()].filter(({ amount }) => amount !== 0n) };
  }
}

export function tallyOf(entries: Iterable<Entry>): Tally {
  const { add, tally } = adder();
  for (const entry of entries) add(entry);
  return tally();
}

/** What one entry says, each fact once. */
export function factsOf(entry: Entry): readonly Fact[] {
  const facts = new Map<string, Mutable<Fact>>();
  const rates = ratesByLine(entry);
  for (const line of entry.lines) {
    const { minor, currency } = line.amount;
    const say = (about: About, item: string | null, amount: bigint, base = 0n) =>
      addFact(facts, {
        ...{ day: entry.date, about, country: about === 'vat' || about === 'oss' ? entry.country : null, item },
        ...{ currency: currency.code, decimals: currency.decimals, amount, base, ...ONCE },
      });
    const sayVat = (rate: string, amount: bigint, base = 0n) => {
      say('vat', rate, amount, base);
      if (entry.treatment === 'oss' && rate !== '') say('oss', rate, amount, base);
    };
    if (isVat(line)) sayVat(rateText(line.taxRate), -minor);
    else if (DIFFERENCES.has(line.role)) say('difference', line.role, -minor);
    else if (entry.kind === 'payment') {
      if (PAID.has(line.role)) say('payment', entry.paymentMethod ?? '', minor);
      if (line.role === 'bankFee') say('fee', entry.paymentMethod ?? '', minor);
    } else if (!NOT_SOLD.has(line.role)) {
      say('net', null, -minor);
      for (const { rate, amount } of basesOf(line, rates)) sayVat(rate, 0n, -amount);
    }
  }
  const said = [...facts.values()];
  for (const [place, fact] of said.entries()) {
    fact.entries = 1;
    fact.entriesOfAbout = said.findIndex(({ about }) => about === fact.about) === place ? 1 : 0;
    fact.entriesOfAll = place === 0 ? 1 : 0;
  }
  return said;
}

const ONCE = { entries: 1, entriesOfAbout: 0, entriesOfAll: 0 };

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

/**
 * The amount of a line by the rate of VAT that its document lines bear. Most lines bear one. A line that sums several (its
 * rates share a code) is shared in proportion to what each put in; the largest part takes the cent that is over. Where a
 * document line bears two taxes, its highest rate has the base, so that bases add up to the sales.
 */
function basesOf(
  { amount: { minor }, because }: EntryLine,
  rates: Rates,
): readonly { readonly rate: string; readonly amount: bigint }[] {
  const only = onlyRate(because.parts, rates);
  if (only !== null) return [{ rate: only, amount: minor }];
  const byRate = new Map<string, Decimal>();
  for (const { line, amount } of because.parts) {
    if (line === 'rounding') continue; // a gap that was put on this line bears what the line bears
    const rate = rates.get(line) ?? '';
    byRate.set(rate, add(byRate.get(rate) ?? ZERO, parseDecimal(amount) ?? ZERO));
  }
  const [first = ''] = byRate.keys();
  const scale = Math.max(...[...byRate.values()].map((part) => part.scale));
  const shares = [...byRate].map(([rate, part]) => ({ rate, units: part.units * 10n ** BigInt(scale - part.scale) }));
  const whole = shares.reduce((sum, { units }) => sum + units, 0n);
  if (whole === 0n) return [{ rate: first, amount: minor }];
  const found = shares.map(({ rate, units }) => ({ rate, amount: divideRounded(minor * units, whole, 'half-up') }));
  const largest = found.reduce((a, b) => (magnitudeOf(b.amount) > magnitudeOf(a.amount) ? b : a));
  largest.amount += minor - found.reduce((sum, { amount }) => sum + amount, 0n);
  return found;
}

/** The rate that all of these bear, which is nearly always so; null: they bear several, or there are none. */
function onlyRate(parts: EntryLine['because']['parts'], rates: Rates): string | null {
  let found: string | null = null;
  for (const { line } of parts) {
    if (line === 'rounding') continue;
    const rate = rates.get(line) ?? '';
    if (found !== null && rate !== found) return null;
    found = rate;
  }
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
  sum.entriesOfAbout += fact.entriesOfAbout;
  sum.entriesOfAll += fact.entriesOfAll;
}

function openOf({ order, document, kind, date }: Entry, currency: string, amount: bigint): OpenOrder {
  return { order, document, day: kind === 'sale' ? date : null, currency, amount };
}

function addOpen(open: Map<string, Mutable<OpenOrder>>, one: OpenOrder): void {
  const key = `${one.currency} ${one.order}`;
  const sum = open.get(key);
  if (sum === undefined) {
    open.set(key, { ...one });
    return;
  }
  sum.amount += one.amount;
  if (one.day !== null && (sum.day === null || one.day < sum.day)) sum.day = one.day;
}
