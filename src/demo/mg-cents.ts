import { type Line, percentOf, type TaxName, type Trade } from './mg-trade.ts';

/**
 * Magento's arithmetic, in whole cents: a row is rounded once, the tax of prices with tax is taken out of them, a discount
 * lowers what is taxed, and the tax in it is the compensation. Rates are hundredths of a percent.
 */
export type Portion = {
  readonly unit: number;
  readonly unitInclTax: number;
  readonly original: number;
  /** As the column holds it; `subtotal`: before discount, whatever the column holds. */
  readonly rowTotal: number;
  readonly subtotal: number;
  readonly inclTax: number;
  readonly discount: number;
  readonly tax: number;
  readonly compensation: number;
  readonly fixedTax: number;
  readonly fixedTaxVat: number;
};

export type Row = {
  readonly line: Line;
  /** Of the trade's line it belongs to. */
  readonly lineIndex: number;
  readonly lineQuantity: number;
  /** Pieces of this row in one of the line. */
  readonly perLine: number;
  readonly quantity: number;
  readonly itemId: number;
  readonly parentId: number | null;
  readonly type: string;
  readonly percent: number;
  /** Whether the totals are made of it: not of what stands inside a composite product, or around its parts. */
  readonly counts: boolean;
  readonly total: Portion;
  /** The same, in a list that is empty for a row that does not count. */
  readonly whole: readonly Portion[];
  readonly taxes: readonly { readonly name: TaxName; readonly amount: number }[];
};

export type ShippingCents = {
  readonly amount: number;
  readonly inclTax: number;
  readonly tax: number;
  readonly discount: number;
  readonly compensation: number;
};

const NOTHING: Portion = {
  unit: 0,
  unitInclTax: 0,
  original: 0,
  rowTotal: 0,
  subtotal: 0,
  inclTax: 0,
  discount: 0,
  tax: 0,
  compensation: 0,
  fixedTax: 0,
  fixedTaxVat: 0,
};

/** All rows of a trade, composite products before what they are made of, in the currency at this rate. */
export function rowsOf(trade: Trade, rate: number): readonly Row[] {
  const rows: Row[] = [];
  let itemId = trade.id * 10;
  trade.lines.forEach((line, lineIndex) => {
    const place = { line, lineIndex, lineQuantity: line.quantity };
    itemId += 1;
    const parent = itemId;
    const parts = line.parts ?? [];
    const bundle = parts.length > 0;
    if (!bundle)
      rows.push(row({ ...place, perLine: 1, itemId, parentId: null, type: line.type ?? 'simple', counts: true }));
    else rows.push(row({ ...place, perLine: 1, itemId, parentId: null, type: 'bundle', counts: false }));
    for (const part of parts) {
      itemId += 1;
      rows.push(
        row({
          line: part,
          lineIndex,
          lineQuantity: line.quantity,
          perLine: part.quantity,
          itemId,
          parentId: parent,
          type: 'simple',
          counts: true,
        }),
      );
    }
    if (line.type === 'configurable' || (line.type === 'bundle' && !bundle)) {
      itemId += 1;
      rows.push(row({ ...place, perLine: 1, itemId, parentId: parent, type: 'simple', counts: false }));
    }
  });
  return rows;

  function row(facts: Omit<Row, 'quantity' | 'percent' | 'total' | 'whole' | 'taxes'>): Row {
    const quantity = facts.lineQuantity * facts.perLine;
    const percent = facts.line.taxes.reduce((all, name) => all + percentOf(trade, name), 0);
    const total = facts.counts ? wholeRow(trade, facts.line, quantity, percent, rate) : NOTHING;
    const taxes = facts.counts ? split(trade, total.tax, facts.line.taxes) : [];
    return {
      ...facts,
      quantity,
      percent: facts.counts ? percent : 0,
      total,
      whole: facts.counts ? [total] : [],
      taxes,
    };
  }
}

function wholeRow(trade: Trade, line: Line, quantity: number, percent: number, rate: number): Portion {
  const withTax = trade.prices === 'withTax';
  const price = Math.round(line.price * rate);
  const priced = price * quantity;
  const discount = half(priced * (trade.discountPercent ?? 0), 100);
  const taxBefore = withTax ? within(priced, percent) : half(priced * percent, 10_000);
  const lowered = priced - discount;
  const taxAfter = withTax ? within(lowered, percent) : half(lowered * percent, 10_000);
  const tax = trade.taxBeforeDiscount === true ? taxBefore : taxAfter;
  const subtotal = withTax ? priced - taxBefore : priced;
  const compensation = withTax ? taxBefore - tax : 0;
  const unitTax = withTax ? within(price, percent) : half(price * percent, 10_000);
  const fixedTax = (line.fixedTax?.amount ?? 0) * quantity;
  const fixedTaxVat = line.fixedTax?.taxed === true ? half(fixedTax * percent, 10_000) : 0;
  return {
    unit: withTax ? price - unitTax : price,
    unitInclTax: withTax ? price : price + unitTax,
    original: price,
    rowTotal: trade.rowsAfterDiscount === true ? subtotal - discount : subtotal,
    subtotal,
    inclTax: subtotal + taxBefore,
    discount,
    tax: tax + fixedTaxVat,
    compensation,
    fixedTax,
    fixedTaxVat,
  };
}

/** What a document takes of a row: what had come to the pieces before it is left out, so that all documents add up. */
export function portionOf({ total, lineQuantity }: Row, from: number, quantity: number): Portion {
  const of = (amount: number) => half(amount * (from + quantity), lineQuantity) - half(amount * from, lineQuantity);
  const { unit, unitInclTax, original } = total;
  const parts = Object.entries(total).map(([name, amount]) => [name, of(amount)] as const);
  return { ...(Object.fromEntries(parts) as Portion), unit, unitInclTax, original }; // the same names
}

export function shippingOf(trade: Trade, rate: number): ShippingCents {
  const { shipping, prices } = trade;
  if (shipping === undefined) return { amount: 0, inclTax: 0, tax: 0, discount: 0, compensation: 0 };
  const percent = shipping.tax === null ? 0 : percentOf(trade, shipping.tax);
  const price = Math.round(shipping.price * rate);
  const discount = Math.round((shipping.discount ?? 0) * rate);
  if (prices === 'withoutTax') {
    return {
      amount: price,
      inclTax: price + half(price * percent, 10_000),
      tax: half((price - discount) * percent, 10_000),
      discount,
      compensation: 0,
    };
  }
  const before = within(price, percent);
  const tax = within(price - discount, percent);
  return { amount: price - before, inclTax: price, tax, discount, compensation: before - tax };
}

/** Prices without tax, and their tax. */
export function wrappingOf(trade: Trade, rate: number): Record<string, number> {
  const { wrapping } = trade;
  if (wrapping === undefined) return {};
  const percent = percentOf(trade, wrapping.tax);
  const price = (amount = 0) => Math.round(amount * rate);
  const tax = (amount = 0) => half(price(amount) * percent, 10_000);
  return {
    gw_price: price(wrapping.order),
    gw_tax_amount: tax(wrapping.order),
    gw_items_price: price(wrapping.items),
    gw_items_tax_amount: tax(wrapping.items),
    gw_card_price: price(wrapping.card),
    gw_card_tax_amount: tax(wrapping.card),
  };
}

/** The first taxes rounded down, the last the rest: they add up to the row's. */
function split(trade: Trade, tax: number, names: readonly TaxName[]): { name: TaxName; amount: number }[] {
  const percent = names.reduce((all, name) => all + percentOf(trade, name), 0);
  let left = tax;
  return names.map((name, index) => {
    const amount = index === names.length - 1 ? left : Math.floor((tax * percentOf(trade, name)) / percent);
    left -= amount;
    return { name, amount };
  });
}

/** The tax in a price that has it. */
function within(amount: number, percent: number): number {
  return half(amount * percent, 10_000 + percent);
}

/** a / b, half a cent up; whole numbers far below 2^53. */
function half(a: number, b: number): number {
  const sign = a < 0 ? -1 : 1;
  return sign * Math.floor((2 * sign * a + b) / (2 * b));
}
