import fc from 'fast-check';
import { day } from '../../src/core/calendar.ts';
import { add, type Decimal, decimal, divideRounded, round, sum } from '../../src/core/decimal.ts';
import type { DocumentLine, LineKind, Payment, SalesDocument, Tax } from '../../src/core/document.ts';
import { sketch } from '../../src/core/testing/sketch.ts';

/**
 * Documents drawn at random, of real trade: several rates on a line, discounts, VAT a cent off, a stated total that misses its
 * lines, foreign currencies, amounts of four decimals; sold by several doors, to groups and businesses, at home, in the Union,
 * overseas and abroad.
 */
export const RATES = ['20', '10', '5.5', '0'];
const KINDS: readonly LineKind[] = [
  'product',
  'product',
  'product',
  'shipping',
  'wrapping',
  'fee',
  'tip',
  'giftCard',
  'discount',
  'adjustment',
  'rounding',
];

const amountsOfLine = fc.record({
  kind: fc.constantFrom(...KINDS),
  units: fc.bigInt({ min: 0n, max: 2_000_000n }),
  scale: fc.constantFrom(2, 2, 2, 4),
  rates: fc.subarray(RATES, { minLength: 0, maxLength: 2 }),
  cent: fc.constantFrom(0n, 0n, 0n, 1n, -1n),
  discount: fc.option(fc.bigInt({ min: 0n, max: 5_000n })),
  rule: fc.option(fc.constantFrom('normal', 'reduced')),
  product: fc.option(fc.constantFrom('26', '27')),
  category: fc.option(fc.constantFrom('cups', 'books')),
  stated: fc.constantFrom(null, null, null, null, 'marketplace' as const, 'export' as const),
});

const line = amountsOfLine.map(({ rule, product, category, stated, ...amounts }): Omit<DocumentLine, 'id'> => {
  const { kind, units, scale, rates, cent, discount } = amounts;
  const net: Decimal = {
    units: kind === 'discount' || (kind === 'adjustment' && cent > 0n) ? -units / 4n : units,
    scale,
  };
  const taxes = rates.map((rate): Tax => {
    const exact: Decimal = {
      units: divideRounded(net.units * decimal(rate).units, 100n * 10n ** BigInt(decimal(rate).scale), 'half-up'),
      scale,
    };
    const amount = rate === '0' ? decimal('0.00') : add(round(exact, 2), { units: cent, scale: 2 });
    return { code: `T${rate}`, name: null, rate: decimal(rate), base: null, amount, treatment: stated };
  });
  return {
    of: null,
    kind,
    label: null,
    product: product === null && category === null ? null : { id: product, sku: null, type: null, category },
    carrier: null,
    taxRule: rule === null ? null : { id: rule, name: null },
    quantity: null,
    netBeforeDiscount: discount === null ? null : add(net, { units: discount, scale: 2 }),
    net,
    taxes,
    gross: sum([net, ...taxes.map(({ amount }) => amount)]),
  };
});

const payment = fc.record({
  method: fc.constantFrom('card', 'cheque', 'cash', 'unknown'),
  type: fc.constantFrom('money', 'money', 'giftCard'),
  fee: fc.option(fc.constantFrom('EUR', 'USD')),
  date: fc.constantFrom('2018-11-25', '2018-11-26', '2018-12-03'),
  share: fc.bigInt({ min: 0n, max: 10n }),
});

/** Who buys and through which door. */
const buyer = fc.record({
  vat: fc.constantFrom(null, null, 'DE811569869', 'FR83404833048'),
  group: fc.option(fc.constantFrom('3', '7')),
  shop: fc.option(fc.constantFrom('1', '2')),
  channel: fc.option(fc.constantFrom('amazon', 'web')),
});

export const anyDocument = fc
  .record({
    lines: fc.array(line, { minLength: 1, maxLength: 7 }),
    payments: fc.array(payment, { maxLength: 3 }),
    miss: fc.bigInt({ min: -5n, max: 5n }),
    rest: fc.bigInt({ min: -150n, max: 150n }),
    currency: fc.constantFrom('EUR', 'EUR', 'USD', 'CHF', 'JPY'),
    rate: fc.constantFrom('1.0862', '0.9321', '3', '25.417', '2713.5'),
    country: fc.constantFrom('FR', 'FR', 'BE', 'DE', 'CH', 'FR:97400'),
    buyer,
    credit: fc.boolean(),
  })
  .map(({ lines, payments, miss, rest, currency, rate, country, credit, buyer }): SalesDocument => {
    const net = round(sum(lines.map((one) => one.net)), 2);
    const tax = round(sum(lines.flatMap(({ taxes }) => taxes.map(({ amount }) => amount))), 2);
    const far = BigInt(lines.length) - 1n; // nets of four decimals may use up one unit of the tolerance
    const missed = { units: miss > far ? far : miss < -far ? -far : miss, scale: 2 };
    const gross = add(add(net, tax), missed);
    const foreign = currency !== 'EUR';
    const facts = Object.entries(buyer).flatMap(([name, value]) => (value === null ? [] : `${name}=${value}`));
    const head = [credit ? 'creditNote' : 'sale', country, `${currency}${foreign ? `@${rate}` : ''}`, ...facts];
    const document = sketch(head.join(' '), {
      lines: lines.map((one, index) => ({ ...one, id: String(index + 1) })),
      totals: { net, tax: add(tax, missed), gross, taxes: null },
    });
    return { ...document, payments: paymentsOf(payments, add(gross, { units: rest, scale: 2 }), credit) };
  });

/** Payments that share out what was paid; the last takes the rest. */
function paymentsOf(
  drawn: readonly { method: string; type: string; fee: string | null; date: string; share: bigint }[],
  paid: Decimal,
  credit: boolean,
): Payment[] {
  let left = paid.units;
  return drawn.map(({ method, type, fee, date, share }, index): Payment => {
    const units = index === drawn.length - 1 ? left : (paid.units * share) / 20n;
    left -= units;
    return {
      id: String(index + 1),
      direction: credit ? 'out' : 'in',
      type: type === 'giftCard' ? 'giftCard' : 'money',
      method: { id: method, name: null },
      date: day(date),
      amount: { units, scale: paid.scale },
      inCurrency: null,
      fee: fee === null ? null : { amount: decimal('1.13'), currency: fee, tax: null },
      transactionId: null,
      payoutId: null,
    };
  });
}
