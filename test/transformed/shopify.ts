import { decimalText, divide, decimal as exactly, multiply } from '../../src/core/decimal.ts';
import { buildOrder } from '../../src/demo/shopify-build.ts';
import type {
  DescribedEvent,
  DescribedLine,
  DescribedMoney,
  DescribedOrder,
  DescribedTax,
} from '../../src/demo/shopify-described.ts';
import { type Bag, cents, type Node } from '../../src/demo/shopify-money.ts';
import type { ShopifyRecords } from '../../src/demo/shopify-records.ts';
import { shopifyFigures } from '../reconcile/shopify.ts';
import type { Chance } from './chance.ts';

/**
 * The described orders with other prices, quantities, discounts, rates and ids; Shopify's arithmetic then makes their ledgers
 * again. Where an order says what was paid, all its amounts grow by one factor, so that it still pays what it paid; elsewhere
 * each line has its own. The recorded answers are left out: their amounts cannot be made again.
 */
export function otherDescribed(orders: readonly DescribedOrder[], chance: Chance): readonly DescribedOrder[] {
  return orders.map((order) => withSettled(other(order, chance), order, chance));
}

/** The shop of these orders alone. */
export function withoutRecorded(orders: readonly DescribedOrder[]): (records: ShopifyRecords) => ShopifyRecords {
  const names = new Set(orders.map(({ id }) => `#${id}`));
  return (records) => ({ ...records, orders: records.orders.filter(({ name }) => names.has(String(name))) });
}

/** What they state, under the names they had before. */
export function otherFigures(
  orders: readonly DescribedOrder[],
  before: readonly DescribedOrder[],
  reading: { readonly inCurrency: boolean },
) {
  return orders.flatMap((order, place) => {
    const [old, own] = [`#${before[place]?.id}`, `#${order.id}`];
    return shopifyFigures([buildOrder(order)], reading).map((one) => ({ ...one, name: one.name.replace(own, old) }));
  });
}

function other(order: DescribedOrder, chance: Chance): DescribedOrder {
  const factor = chance.from(2, 9);
  const scaled = (amount: string) => centsText(cents(amount) * BigInt(factor));
  const states = [...order.payments, ...(order.events ?? []).flatMap(({ money = [] }) => money)];
  const fixed = states.some(({ amount }) => typeof amount === 'string');
  const line = (one: DescribedLine): DescribedLine => {
    const units = fixed ? 0 : chance.from(0, 3);
    const price = fixed ? scaled(one.price) : centsText(cents(one.price) * BigInt(chance.from(2, 9)) + add());
    const quantity = one.quantity + units;
    const offered = cents(one.discount ?? '0') === cents(one.price) * BigInt(one.quantity);
    const whole = centsText(cents(price) * BigInt(quantity));
    return {
      ...one,
      price,
      quantity,
      ...taxed(one),
      ...(one.discount === undefined ? {} : { discount: offered ? whole : scaled(one.discount) }),
    };
  };
  const { shipping, tip, duty, fee, shown, customer } = order;
  return {
    ...order,
    id: chance.id(order.id),
    lines: order.lines.map(line),
    payments: order.payments.map(money),
    ...(order.events === undefined ? {} : { events: order.events.map(event) }),
    ...(customer === undefined ? {} : { customer: chance.id(customer) }),
    ...(shown === undefined ? {} : { shown: { ...shown, rate: `1.${chance.from(1000, 1999)}` } }),
    ...(shipping === undefined
      ? {}
      : {
          shipping: {
            ...shipping,
            price: scaled(shipping.price),
            ...(shipping.discount === undefined ? {} : { discount: scaled(shipping.discount) }),
            ...taxed(shipping),
          },
        }),
    ...(tip === undefined ? {} : { tip: scaled(tip) }),
    ...(duty === undefined ? {} : { duty: { ...duty, price: scaled(duty.price), ...taxed(duty) } }),
    ...(fee === undefined ? {} : { fee: { ...fee, price: scaled(fee.price), ...taxed(fee) } }),
  };

  function add(): bigint {
    return BigInt(chance.from(1, 9));
  }

  function taxed({ tax }: { readonly tax?: DescribedTax }): { readonly tax?: DescribedTax } {
    if (tax === undefined) return {};
    const percent = chance.rate(multiply(exactly(tax[1]), exactly('100')));
    return { tax: [tax[0], decimalText(divide(percent, exactly('100'), 4, 'half-up'))] };
  }

  function money(one: DescribedMoney): DescribedMoney {
    return {
      ...one,
      ...(typeof one.amount === 'string' ? { amount: scaled(one.amount) } : {}),
      ...(one.fee === undefined ? {} : { fee: scaled(one.fee) }),
      ...(one.change === undefined ? {} : { change: scaled(one.change) }),
    };
  }

  function event(one: DescribedEvent): DescribedEvent {
    return {
      ...one,
      id: chance.id(one.id),
      ...(one.agreement === undefined ? {} : { agreement: chance.id(one.agreement) }),
      ...(one.return === undefined ? {} : { return: chance.id(one.return) }),
      ...(one.kept === undefined ? {} : { kept: scaled(one.kept) }),
      ...(one.onTop === undefined ? {} : { onTop: scaled(one.onTop) }),
      ...(one.fee === undefined ? {} : { fee: { amount: scaled(one.fee.amount), ...taxed(one.fee) } }),
      ...(one.money === undefined ? {} : { money: one.money.map(money) }),
      ...(one.add === undefined ? {} : { add: one.add.map(line) }),
      ...(one.take === undefined ? {} : { take: one.take.map(line) }),
    };
  }
}

/** What the bank receives of a payment in another currency is near what was paid: the rest is a payment difference. */
function withSettled(order: DescribedOrder, before: DescribedOrder, chance: Chance): DescribedOrder {
  const near = (bag: unknown, sign: bigint) =>
    centsText(cents((bag as Bag).shopMoney.amount) + sign * BigInt(chance.from(1, 60)));
  const built = buildOrder(order);
  const payments = order.payments.map((one, place) =>
    before.payments[place]?.settled === undefined ? one : { ...one, settled: near(built.originalTotalPriceSet, -1n) },
  );
  const events = order.events?.map((event) => ({
    ...event,
    ...(event.money === undefined
      ? {}
      : {
          money: event.money.map((one) => {
            if (one.settled === undefined) return one;
            const refund = (built.refunds as Node[]).find(
              ({ legacyResourceId }) => legacyResourceId === String(event.id),
            );
            return { ...one, settled: near(refund?.totalRefundedSet, 1n) };
          }),
        }),
  }));
  return { ...order, payments, ...(events === undefined ? {} : { events }) };
}

function centsText(value: bigint): string {
  return decimalText({ units: value, scale: 2 }, 2);
}
