import { decimal, decimalText, multiply } from '../../src/core/decimal.ts';
import { rowsOf } from '../../src/demo/mg-cents.ts';
import { invoiceFigures } from '../../src/demo/mg-figures.ts';
import { type Line, TAXES, type TaxName, type Trade } from '../../src/demo/mg-trade.ts';
import type { Chance } from './chance.ts';

/**
 * The invented shop with other figures: every price, quantity, discount, rate and id. Its records are then made by
 * Magento's arithmetic again, so that what it states is right whatever was drawn.
 */
export function otherTrades(trades: readonly Trade[], chance: Chance): readonly Trade[] {
  const percents = Object.fromEntries(
    Object.entries(TAXES).map(([name, { percent }]) => {
      const rate = chance.rate({ units: BigInt(percent), scale: 2 });
      return [name, Number(decimalText(multiply(rate, decimal('100'))))];
    }),
  ) as Partial<Record<TaxName, number>>; // the names of the table
  return trades.map((trade) => other(trade, percents, chance));
}

function other(trade: Trade, percents: NonNullable<Trade['percents']>, chance: Chance): Trade {
  const factor = chance.from(2, 9);
  const scaled = (amount: number) => amount * factor + chance.from(1, 9);
  const counted = [...trade.invoices, ...(trade.memos ?? [])].some(({ items }) => items !== undefined);
  const line = (one: Line): Line => ({
    ...one,
    price: one.price === 0 ? 0 : scaled(one.price),
    quantity: counted || one.parts !== undefined ? one.quantity : one.quantity + chance.from(0, 3),
    ...(one.fixedTax === undefined ? {} : { fixedTax: { ...one.fixedTax, amount: scaled(one.fixedTax.amount) } }),
    ...(one.parts === undefined ? {} : { parts: one.parts.map((part) => ({ ...part, price: scaled(part.price) })) }),
  });
  const { shipping, wrapping, credits, currency, discountPercent, memos } = trade;
  const made: Trade = {
    ...trade,
    id: chance.id(trade.id),
    percents,
    lines: trade.lines.map(line),
    ...(discountPercent === undefined || discountPercent === 100 ? {} : { discountPercent: chance.from(1, 40) }),
    ...(shipping === undefined ? {} : { shipping: offered(shipping, scaled(shipping.price)) }),
    ...(wrapping === undefined
      ? {}
      : { wrapping: { order: scaled(417), items: scaled(200), card: scaled(125), tax: wrapping.tax } }),
    ...(currency === undefined ? {} : { currency: { ...currency, rate: Number(`1.${chance.from(1000, 1999)}`) } }),
    ...(credits === undefined
      ? {}
      : { credits: Object.fromEntries(Object.entries(credits).map(([name, amount]) => [name, amount * factor])) }),
    invoices: ascending(trade.invoices, chance),
    ...(memos === undefined
      ? {}
      : {
          memos: memos.map((memo) => ({
            ...memo,
            id: chance.id(memo.id),
            ...(memo.extra === undefined ? {} : { extra: memo.extra * factor }),
            ...(memo.kept === undefined ? {} : { kept: memo.kept * factor }),
          })),
        }),
  };
  return withPoints(withGiftCards(made));
}

function offered(shipping: NonNullable<Trade['shipping']>, price: number) {
  return { ...shipping, price, ...(shipping.discount === undefined ? {} : { discount: price }) };
}

/** Invoices of an order keep the order of their ids: points go to the first. */
function ascending(invoices: Trade['invoices'], chance: Chance): Trade['invoices'] {
  const ids = invoices.map(({ id }) => chance.id(id)).sort((a, b) => a - b);
  return invoices.map((invoice, index) => ({ ...invoice, id: ids[index] ?? invoice.id }));
}

/** A gift card that paid all pays all again. */
function withGiftCards(trade: Trade): Trade {
  if (trade.credits?.giftCards === undefined) return trade;
  const total = rowsOf(trade, 1).reduce(
    (all, { total: row }) => all + row.subtotal - row.discount + row.compensation + row.tax,
    0,
  );
  return { ...trade, credits: { ...trade.credits, giftCards: total } };
}

/** The first invoice takes as many points as it comes to, the second the rest. */
function withPoints(trade: Trade): Trade {
  const points = trade.credits?.points;
  if (points === undefined) return trade;
  let left = points;
  const without: Trade = { ...trade, invoices: trade.invoices.map((invoice) => ({ ...invoice, points: 0 })) };
  const invoices = without.invoices.map((invoice) => {
    const whole = invoiceFigures(without, invoice, 1).grand_total ?? 0;
    const taken = Math.min(left, whole);
    left -= taken;
    return { ...invoice, points: taken };
  });
  return { ...trade, invoices };
}
