import {
  add,
  type Decimal,
  decimalText,
  divideRounded,
  negate,
  parseDecimal,
  round,
  subtract,
  ZERO,
} from '../core/decimal.ts';
import { allocate } from '../core/money.ts';
import { Unreadable } from '../schema/decode.ts';

/**
 * An invoice of the European standard EN 16931, whatever syntax it was in; the numbers are the standard's business terms.
 * It says the VAT of each category and rate (BG-23), not of each line: it is shared over the lines, so that their sum is
 * the invoice's. What it cannot say (carrier, tax rule, provider's fee) stays empty.
 */
export type Invoice = {
  readonly typeCode: string; // BT-3
  readonly number: string; // BT-1
  readonly date: string; // BT-2
  readonly order: string | null; // BT-14, BT-13
  readonly credited: { readonly number: string; readonly date: string | null } | null; // BT-25, BT-26
  readonly currency: string; // BT-5
  readonly seller: Party;
  readonly buyer: Party & { readonly address: Address | null };
  readonly deliveryCountry: string | null; // BT-80
  readonly lines: readonly {
    readonly id: string; // BT-126
    readonly label: string | null; // BT-153
    readonly sku: string | null; // BT-155
    readonly quantity: string | null; // BT-129
    readonly net: string; // BT-131
    readonly vat: Category; // BT-151, BT-152
  }[];
  readonly allowances: readonly {
    readonly charge: boolean; // BG-21, else BG-20
    readonly amount: string; // BT-92, BT-99
    readonly reason: string | null; // BT-97, BT-104
    readonly code: string | null; // BT-98, BT-105
    readonly vat: Category;
  }[];
  readonly taxes: readonly (Category & { readonly base: string; readonly amount: string })[]; // BG-23
  readonly net: string; // BT-109
  readonly tax: string; // BT-110
  readonly gross: string; // BT-112
  readonly rounding: string | null; // BT-114
  readonly paid: string | null; // BT-113
  readonly means: { readonly code: string; readonly name: string | null } | null; // BT-81, BT-82
};

export type Category = { readonly category: string; readonly rate: string | null };
type Party = {
  readonly id: string | null;
  readonly name: string | null;
  readonly vatNumber: string | null;
  readonly registration: string | null;
};
type Address = {
  readonly lines: readonly string[];
  readonly postcode: string | null;
  readonly city: string | null;
  readonly region: string | null;
  readonly country: string | null;
};

/** What tax authorities of the standard's code list take for a credit note. */
const CREDIT_NOTES = new Set(['81', '83', '261', '262', '296', '308', '381', '396', '420', '458', '532']);
const TREATMENTS: Readonly<Record<string, string>> = {
  S: 'standard',
  Z: 'zero',
  E: 'exempt',
  AE: 'reverseCharge',
  K: 'intraCommunity',
  G: 'export',
  O: 'outOfScope',
  L: 'standard',
  M: 'standard',
};
/** Freight service, of the standard's list of reasons for charges. */
const FREIGHT = 'FC';
const SHIPPING_WORDS = /\b(livraison|port|transport|exp[ée]dition|shipping|delivery|freight|carriage|versand)/i;
const HUNDRED = 100n;

type Line = {
  readonly id: string;
  readonly kind: string;
  readonly label: string | null;
  readonly sku: string | null;
  readonly quantity: string | null;
  readonly net: Decimal;
  readonly group: number | null;
};

/** The JSON spelling of the document an invoice is; throws `Unreadable` where it contradicts itself. */
export function documentJson(invoice: Invoice): Readonly<Record<string, unknown>> {
  const { number, date, currency, buyer, credited } = invoice;
  const gross = add(amountOf(invoice.gross, 'BT-112'), amountOf(invoice.rounding ?? '0', 'BT-114'));
  const negative = gross.units < 0n;
  const isCredit = CREDIT_NOTES.has(invoice.typeCode) !== negative;
  const signed = (amount: Decimal) => decimalText(negative ? negate(amount) : amount, 2);
  const lines = linesOf(invoice);
  const taxOf = sharedTaxes(invoice, lines);
  const order = invoice.order === null || invoice.order === 'NA' ? number : invoice.order;
  const net = add(amountOf(invoice.net, 'BT-109'), amountOf(invoice.rounding ?? '0', 'BT-114'));
  return {
    kind: isCredit ? 'creditNote' : 'sale',
    key: `${isCredit ? 'creditNote' : 'sale'}/${number}`,
    pricesIncludeTax: false,
    order: { id: order, number: order, date },
    ...(!isCredit && { invoice: { id: number, number, date } }),
    ...(isCredit && {
      creditNote: { id: number, number, date },
      ...(credited !== null && {
        invoice: {
          id: credited.number,
          number: credited.number,
          ...(credited.date !== null && { date: credited.date }),
        },
      }),
    }),
    customer: present({
      id: buyer.id,
      guest: buyer.id === null,
      company: buyer.name,
      vatNumber: buyer.vatNumber === null ? null : { value: buyer.vatNumber.toUpperCase().replace(/[\s.-]/g, '') },
      registrationNumber: buyer.registration,
    }),
    ...addresses(invoice),
    currency: { code: currency },
    lines: lines.map((line, at) => {
      const group = line.group === null ? null : (invoice.taxes[line.group] ?? null);
      const amount = taxOf[at] ?? ZERO;
      return present({
        id: line.id,
        kind: line.kind,
        label: line.label,
        product: line.sku === null ? null : { sku: line.sku },
        quantity: line.quantity,
        net: signed(line.net),
        taxes: group === null ? null : [{ ...taxFields(group), base: signed(line.net), amount: signed(amount) }],
        gross: signed(add(line.net, amount)),
      });
    }),
    payments: paymentsOf(invoice, isCredit, signed),
    totals: {
      net: signed(net),
      tax: signed(amountOf(invoice.tax, 'BT-110')),
      gross: signed(gross),
      taxes: invoice.taxes.map((group) => ({
        ...taxFields(group),
        base: signed(amountOf(group.base, 'BT-116')),
        amount: signed(amountOf(group.amount, 'BT-117')),
      })),
    },
  };
}

function linesOf(invoice: Invoice): Line[] {
  const lines = invoice.lines.map((line): Line => {
    const { id, label, sku, quantity } = line;
    const group = groupOf(invoice, line.vat);
    return { id, kind: 'product', label, sku, quantity, net: amountOf(line.net, 'BT-131'), group };
  });
  invoice.allowances.forEach(({ charge, amount, reason, code, vat }, at) => {
    const value = amountOf(amount, charge ? 'BT-99' : 'BT-92');
    const shipping = code === FREIGHT || SHIPPING_WORDS.test(reason ?? '');
    const kind = charge ? (shipping ? 'shipping' : 'fee') : 'discount';
    const shown = { label: reason, sku: null, quantity: null, net: charge ? value : negate(value) };
    lines.push({ id: `${charge ? 'BG-21' : 'BG-20'}/${at + 1}`, kind, ...shown, group: groupOf(invoice, vat) });
  });
  const rounding = amountOf(invoice.rounding ?? '0', 'BT-114');
  if (rounding.units !== 0n) {
    lines.push({ id: 'BT-114', kind: 'rounding', label: null, sku: null, quantity: null, net: rounding, group: null });
  }
  return lines;
}

/** Where the invoice says the VAT of a category and rate. */
function groupOf({ taxes }: Invoice, { category, rate }: Category): number {
  const group = taxes.findIndex((one) => one.category === category && sameRate(one.rate, rate));
  if (group < 0) throw new Unreadable('BG-23', `no-vat-group: ${category} ${rate ?? ''}`.trim());
  return group;
}

function sameRate(left: string | null, right: string | null): boolean {
  return subtract(amountOf(left ?? '0', 'BT-119'), amountOf(right ?? '0', 'BT-152')).units === 0n;
}

/**
 * The tax of each line: what lines below zero bear by their own rate, and the rest of the group's over the others, by
 * largest remainder.
 */
function sharedTaxes({ taxes }: Invoice, lines: readonly Line[]): readonly Decimal[] {
  const shares: Decimal[] = lines.map(() => ZERO);
  for (const [group, tax] of taxes.entries()) {
    const members = lines.flatMap((line, at) => (line.group === group ? [{ at, net: line.net }] : []));
    if (members.length === 0) continue;
    const amount = amountOf(tax.amount, 'BT-117');
    const rate = amountOf(tax.rate ?? '0', 'BT-119');
    const sign = amountOf(tax.base, 'BT-116').units < 0n ? -1n : 1n;
    let rest = round(amount, 2).units;
    const others: { readonly at: number; readonly weight: bigint }[] = [];
    for (const { at, net } of members) {
      const units = round(net, 2).units;
      if (units * sign >= 0n) others.push({ at, weight: units * sign });
      else {
        const own = divideRounded(units * rate.units, HUNDRED * 10n ** BigInt(rate.scale), 'half-up');
        shares[at] = { units: own, scale: 2 };
        rest -= own;
      }
    }
    if (others.length === 0) {
      const [first] = members;
      if (first) shares[first.at] = add(shares[first.at] ?? ZERO, { units: rest, scale: 2 });
      continue;
    }
    const parts = allocate(
      rest,
      others.map(({ weight }) => weight),
    );
    others.forEach(({ at }, place) => {
      shares[at] = { units: parts[place] ?? 0n, scale: 2 };
    });
  }
  return shares;
}

function taxFields({ category, rate }: Category) {
  const treatment = TREATMENTS[category];
  if (treatment === undefined) throw new Unreadable('BT-118', `not-a-choice: ${Object.keys(TREATMENTS).join(', ')}`);
  const percent = decimalText(amountOf(rate ?? '0', 'BT-119'));
  return { code: `${category}-${percent}`, rate: percent, treatment };
}

function paymentsOf(invoice: Invoice, isCredit: boolean, signed: (amount: Decimal) => string) {
  const paid = amountOf(invoice.paid ?? '0', 'BT-113');
  if (paid.units === 0n) return [];
  const { means, date } = invoice;
  const method = present({ id: means?.code ?? 'EN16931', name: means?.name ?? null });
  return [{ id: 'BT-113', direction: isCredit ? 'out' : 'in', method, date, amount: signed(paid) }];
}

function addresses({ buyer, deliveryCountry }: Invoice) {
  const { address, name } = buyer;
  const billing =
    address?.country != null &&
    present({
      company: name,
      lines: address.lines.length === 0 ? null : address.lines.slice(0, 4),
      postcode: address.postcode,
      city: address.city,
      region: address.region,
      country: address.country,
    });
  return {
    ...(billing && { billing }),
    ...(deliveryCountry !== null && { delivery: { country: deliveryCountry } }),
  };
}

function amountOf(written: string, term: string): Decimal {
  const value = parseDecimal(written.trim());
  if (value === null) throw new Unreadable(term, 'not-amount');
  return value;
}

function present(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
