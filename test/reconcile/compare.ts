import {
  compare,
  type Decimal,
  divide,
  equal,
  decimal as exactly,
  isZero,
  magnitude,
  negate,
  subtract,
  sum,
  ZERO,
} from '../../src/core/decimal.ts';
import type { SalesDocument } from '../../src/core/document.ts';
import type { Entry, EntryLine, LineRole } from '../../src/core/entry.ts';
import { toDecimal } from '../../src/core/money.ts';
import type { Posted } from '../../src/core/posting/post.ts';
import { type ByRate, byRate, type Stated, text, vatTotal } from './figures.ts';

/** A document beside what the shop says of it. `agrees`: every figure is the shop's, but for its own contradictions. */
export type Reconciled = {
  readonly stated: Stated;
  readonly state: 'agrees' | 'differs' | 'excluded' | 'notRead';
  readonly booked: Booked | null;
  readonly differences: readonly Difference[];
  /** Why it was excluded, or not read. */
  readonly reason: string | null;
};

/** What the entries of a document say, in the books' currency, positive the usual way of its kind. */
export type Booked = {
  readonly gross: Decimal;
  /** Without VAT, adjustments and conversion residue. */
  readonly net: Decimal;
  readonly vat: ByRate;
  readonly products: Decimal;
  readonly shipping: Decimal;
  readonly wrapping: Decimal;
  readonly fees: Decimal;
  readonly adjustment: Decimal;
  /** Account of each line of VAT: `445711 FR 20 %`. */
  readonly vatAccounts: readonly string[];
  readonly debit: Decimal;
  readonly payments: readonly BookedPayment[];
};

/** `customer` what leaves the customer's account, `difference` what was paid too much or too little, in the bank's eyes. */
export type BookedPayment = {
  readonly direction: 'in' | 'out';
  readonly customer: Decimal;
  readonly bank: Decimal;
  readonly fee: Decimal;
  readonly difference: Decimal;
};

/** `cause` null: nothing explains it, the document differs. */
export type Difference = {
  readonly figure: string;
  readonly stated: string;
  readonly booked: string;
  readonly amount: Decimal;
  readonly cause: string | null;
};

/** Largest contradiction of a shop that is taken as one: its programmes round apart by a cent or two, never more. */
const MOST_OWN = exactly('0.02');
const SOLD: readonly LineRole[] = ['sales', 'giftCard', 'discount', 'ecotax', 'goodwill', 'retention'];
/** Money, and what the shop owed: a store credit and a gift card are as good as a bank. */
const PAID_WITH: readonly LineRole[] = ['bank', 'storeCredit', 'giftCard'];
const APART: readonly LineRole[] = ['customer', 'vat', 'adjustment', 'currencyAdjustment'];

export function compareDocument(stated: Stated, document: SalesDocument | null, posted: Posted | null): Reconciled {
  const bare = { stated, booked: null, differences: [], reason: null };
  if (document === null || posted === null) {
    if (!stated.accounted) return { ...bare, state: 'notRead', reason: `not accounted: ${stated.status}` };
    return { ...bare, state: 'differs', differences: [fault('document', 'accounted', 'not read')] };
  }
  if (!stated.accounted) return { ...bare, state: 'differs', differences: [fault('document', stated.status, 'read')] };
  if (posted.state === 'held') {
    const why = posted.problems.filter(({ severity }) => severity === 'hold').map(({ code }) => code);
    return { ...bare, state: 'differs', differences: [fault('document', 'to be booked', `held: ${why.join(', ')}`)] };
  }
  if (posted.state === 'excluded') {
    const empty = isZero(stated.gross) && stated.payments.length === 0;
    const reason = posted.problems[0]?.code ?? '';
    if (stated.test === true && reason === 'document.test-order') return { ...bare, state: 'excluded', reason };
    if (empty) return { ...bare, state: 'excluded', reason: `${reason}: a total of ${text(stated.gross)}` };
    return { ...bare, state: 'differs', differences: [fault('document', text(stated.gross), `excluded: ${reason}`)] };
  }
  const heldParts = posted.heldParts.map((part) => fault('payment', 'to be booked', `held: ${part}`));
  const booked = bookedOf(stated.kind, posted.entries, document.taxCountry);
  const differences = [...heldParts, ...figures(stated, booked, document)];
  const agrees = differences.every(({ cause }) => cause !== null);
  return { ...bare, state: agrees ? 'agrees' : 'differs', booked, differences };
}

function bookedOf(kind: Stated['kind'], entries: readonly Entry[], country: string | null): Booked {
  const main = entries.filter((entry) => entry.kind === kind).flatMap(({ lines }) => lines);
  const customer = kind === 'sale' ? 1n : -1n; // debited by a sale, credited by a credit note
  const of = (...roles: LineRole[]) => sumOf(main, (line) => roles.includes(line.role), -customer);
  const vat = main.filter(({ role }) => role === 'vat');
  return {
    gross: negate(of('customer')),
    net: sumOf(main, ({ role }) => !APART.includes(role), -customer),
    vat: byRate(vat.map((line) => [line.taxRate ?? ZERO, signed(line, -customer)])),
    products: of(...SOLD),
    shipping: of('shipping'),
    wrapping: of('wrapping'),
    fees: of('fee'),
    adjustment: of('adjustment', 'currencyAdjustment'),
    vatAccounts: vat.map(({ account, taxRate }) => `${account} ${country} ${taxRate === null ? '?' : text(taxRate)} %`),
    debit: sumOf(
      entries.flatMap(({ lines }) => lines),
      ({ amount }) => amount.minor > 0n,
      1n,
    ),
    payments: entries.filter((entry) => entry.kind === 'payment').map(paymentOf),
  };
}

function paymentOf({ lines }: Entry): BookedPayment {
  const credited = sumOf(lines, ({ role }) => role === 'customer', -1n);
  const direction = credited.units >= 0n ? 'in' : 'out';
  const sign = direction === 'in' ? 1n : -1n;
  return {
    direction,
    customer: magnitude(credited),
    bank: sumOf(lines, ({ role }) => PAID_WITH.includes(role), sign),
    fee: sumOf(lines, ({ role }) => role === 'bankFee', 1n),
    difference: sumOf(lines, ({ role }) => role === 'difference' || role === 'currencyAdjustment', sign),
  };
}

function figures(stated: Stated, booked: Booked, document: SalesDocument): readonly Difference[] {
  const books = (amount: Decimal) => (isZero(stated.rate) ? amount : divide(amount, stated.rate, 2, 'half-up'));
  const found: Difference[] = [];
  check('gross', books(stated.gross), booked.gross);
  for (const rate of new Set([...stated.vat.keys(), ...booked.vat.keys()])) {
    check(`VAT ${rate} %`, books(stated.vat.get(rate) ?? ZERO), booked.vat.get(rate) ?? ZERO);
  }
  const { parts, own } = stated;
  for (const part of ['products', 'shipping', 'wrapping', 'fees'] as const)
    check(part, books(parts[part]), booked[part]);

  // What is left between the total and its parts is an adjustment: the shop's own cent, or the residue of a conversion.
  const left = subtract(books(stated.gross), sum([booked.net, vatTotal(booked.vat)]));
  check('adjustment', left, booked.adjustment);
  const converted = [...Object.values(parts), ...stated.vat.values()].map(books);
  const residue = subtract(books(stated.gross), sum(converted));
  const foreign = !equal(stated.rate, exactly('1'));
  const ownGross = own.find(({ what }) => what === 'gross');
  if (!isZero(left))
    explained('total', books(stated.gross), subtract(books(stated.gross), left), ownCause(ownGross) ?? conversion());
  const ownNet = own.find(({ what }) => what === 'net');
  if (!equal(books(stated.net), booked.net)) {
    const same = foreign || (ownNet !== undefined && equal(ownNet.amount, subtract(stated.net, booked.net)));
    explained('net', books(stated.net), booked.net, same ? (ownCause(ownNet) ?? conversion()) : null);
  }
  if (foreign !== (document.currency.rate !== null && !equal(document.currency.rate, exactly('1')))) {
    found.push(fault('rate', text(stated.rate), 'another'));
  }
  payments();
  return found;

  function check(figure: string, wanted: Decimal, actual: Decimal) {
    if (!equal(wanted, actual)) explained(figure, wanted, actual, null);
  }

  function explained(figure: string, wanted: Decimal, actual: Decimal, cause: string | null) {
    found.push({ figure, stated: text(wanted), booked: text(actual), amount: subtract(actual, wanted), cause });
  }

  function ownCause(one: Stated['own'][number] | undefined): string | null {
    return one !== undefined && compare(magnitude(one.amount), MOST_OWN) <= 0 ? one.cause : null;
  }

  function conversion(): string | null {
    if (!foreign || !equal(residue, left)) return null;
    return `each line is converted at ${text(stated.rate)} and rounded; the residue goes to the currency's account`;
  }

  /** In the order of the shop's rows: customer for the amount paid, bank for what the provider left of it. */
  function payments() {
    const wanted = stated.payments.map(({ direction, amount, fee, settled }) => {
      const moved = settled ?? books(amount);
      return `${direction} ${text(books(amount))} bank ${text(subtract(moved, fee))} fee ${text(fee)}`;
    });
    const actual = booked.payments.map(({ direction, customer, bank, fee }) => {
      return `${direction} ${text(customer)} bank ${text(bank)} fee ${text(fee)}`;
    });
    if (wanted.join(' | ') !== actual.join(' | '))
      found.push(fault('payments', wanted.join(' | '), actual.join(' | ')));
    for (const [index, { difference }] of booked.payments.entries()) {
      const { amount = ZERO, settled } = stated.payments[index] ?? {};
      check('payment difference', settled === undefined ? ZERO : subtract(books(amount), settled), difference);
    }
  }
}

function fault(figure: string, stated: string, booked: string): Difference {
  return { figure, stated, booked, amount: ZERO, cause: null };
}

function sumOf(lines: readonly EntryLine[], wanted: (line: EntryLine) => boolean, sign: bigint): Decimal {
  return sum(lines.filter(wanted).map((line) => signed(line, sign)));
}

function signed({ amount }: EntryLine, sign: bigint): Decimal {
  const { units, scale } = toDecimal(amount);
  return { units: units * sign, scale };
}
