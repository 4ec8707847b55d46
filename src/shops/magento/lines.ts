import {
  add,
  compare,
  type Decimal,
  decimalText,
  isNegative,
  isZero,
  magnitude,
  multiply,
  negate,
  round,
  subtract,
  sum,
  ZERO,
} from '../../core/decimal.ts';
import type { DocumentLine, DocumentSource, LineKind, Tax } from '../../core/document.ts';
import { type Problem, problem } from '../../core/problem.ts';
import { decodeEntities } from '../html-text.ts';
import type { ReadingOptions } from '../reader.ts';
import { unexplainedFee } from './fees.ts';
import { countedRows, type Row } from './items.ts';
import type { Commerce, MagentoOrder, MagentoTotals } from './order.ts';
import { baseBeforeDiscount, isTaxOf, type OrderTaxes, rateOf, taxesOf, taxesOfOrder, type Wrapping } from './taxes.ts';

/** An order, an invoice or a credit memo, as far as its lines go. */
export type Part = {
  readonly order: MagentoOrder;
  readonly totals: MagentoTotals;
  readonly rows: readonly Row[];
  readonly commerce: Commerce | null;
  /** What was taken off the shipping; null: the document does not state it, its discount less that of its rows tells. */
  readonly shippingDiscount: Decimal | null;
  /** Total before store credit, gift cards and points, without amounts given back or kept on top. */
  readonly gross: Decimal;
  readonly source: DocumentSource;
};

export type PartLines = {
  readonly lines: readonly DocumentLine[];
  /** As the document states it, and what a fee of an extension adds. */
  readonly tax: Decimal;
  readonly remarks: readonly Problem[];
};

type Drawing = Part & {
  readonly taxes: OrderTaxes;
  readonly decimals: number;
  readonly remarks: Problem[];
};

const CENT: Decimal = { units: 1n, scale: 2 };

/** Products with their fixed taxes, shipping, wrapping and fees, each with net and taxes as the shop states them. */
export function linesOf(part: Part, options: ReadingOptions, decimals: number): PartLines {
  const drawing: Drawing = { ...part, taxes: taxesOfOrder(part.order), decimals, remarks: [] };
  const { totals, rows, remarks } = drawing;
  const counted = countedRows(rows, totals.subtotal);
  if (counted.gap !== null) differs(drawing, 'subtotal', totals.subtotal, subtract(totals.subtotal, counted.gap));
  const fixedTaxInside = isInside(drawing, counted.rows);
  const lines: DocumentLine[] = counted.rows.flatMap((row) =>
    productLines(drawing, row, { beforeDiscount: counted.beforeDiscount, fixedTaxInside }),
  );
  lines.push(...shippingLines(drawing, counted.rows), ...wrappingLines(drawing));
  const stated = round(totals.tax_amount, decimals);
  // Rows that are not there explain more than a fee could.
  const fee = counted.gap === null ? unexplainedFee(drawing, lines, options) : null;
  if (fee === null) return { lines, tax: stated, remarks };
  return { lines: [...lines, fee.line], tax: add(stated, fee.untoldTax), remarks };
}

/** Fixed taxes usually stand beside the subtotal; where the total is whole without them, the rows contain them. */
function isInside({ gross, totals, commerce }: Drawing, rows: readonly Row[]): boolean {
  const fixed = sum(rows.map((row) => row.fixedTax.net));
  if (isZero(fixed)) return false;
  const missing = subtract(gross, partsOf(totals, commerce));
  return compare(magnitude(missing), magnitude(subtract(missing, fixed))) < 0;
}

/** What the totals of a document add up to before what is taken or given on top. */
export function partsOf(totals: MagentoTotals, commerce: Commerce | null): Decimal {
  return sum([
    totals.subtotal,
    totals.shipping_amount,
    totals.tax_amount,
    totals.discount_amount,
    totals.discount_tax_compensation_amount,
    totals.shipping_discount_tax_compensation_amount,
    ...(commerce === null ? [] : [commerce.gw_price, commerce.gw_items_price, commerce.gw_card_price]),
  ]);
}

function productLines(
  drawing: Drawing,
  row: Row,
  { beforeDiscount, fixedTaxInside }: { beforeDiscount: boolean; fixedTaxInside: boolean },
): readonly DocumentLine[] {
  const { taxes, decimals, source, remarks } = drawing;
  const { item, fixedTax } = row;
  const rounded = (amount: Decimal) => round(amount, decimals);
  const before = subtract(
    beforeDiscount ? row.rowTotal : add(row.rowTotal, row.discount),
    fixedTaxInside ? fixedTax.net : ZERO,
  );
  const net = rounded(sum([before, negate(row.discount), row.compensation]));
  const stated = taxes.items.get(row.id) ?? [];
  const percent = item?.tax_percent ?? null;
  const rate = rateOf(stated, percent);
  const eco = fixedTaxTax(row, net, rate, rounded);
  const tax = subtract(rounded(row.tax), eco);
  const base = baseBeforeDiscount(tax, net, before, rate);
  const common = { stated, percent, all: taxes.all, decimals, source, remarks };
  const rowTaxes = taxesOf(tax, { ...common, net, base });
  const rule = taxRuleOf(rowTaxes);
  const line: DocumentLine = {
    ...bare,
    id: row.id,
    kind: kindOf(row),
    label: row.label === null ? null : decodeEntities(row.label),
    product: { id: row.productId, sku: row.sku, type: item?.product_type ?? null, category: null },
    taxRule: rule,
    quantity: row.quantity,
    netBeforeDiscount: rounded(before),
    ...amounts(net, rowTaxes),
  };
  if (isZero(fixedTax.net)) return isNothing(line) ? [] : [line];
  const ecoNet = rounded(fixedTax.net);
  const ecoTaxes = isZero(eco) ? [] : taxesOf(eco, { ...common, net: ecoNet, base: null });
  const title = item?.weee_tax_applied[0]?.title ?? null;
  const ecotax: DocumentLine = {
    ...bare,
    id: `ecotax-${row.id}`,
    of: row.id,
    kind: 'ecotax',
    label: title,
    taxRule: rule,
    quantity: row.quantity,
    ...amounts(ecoNet, ecoTaxes),
  };
  return [line, ecotax];
}

/** The VAT on the fixed tax, when the item's tax contains it: stated, or told by what the item's tax is the rate of. */
function fixedTaxTax(
  { fixedTax, tax }: Row,
  net: Decimal,
  rate: Decimal,
  rounded: (amount: Decimal) => Decimal,
): Decimal {
  if (isZero(fixedTax.net) || isTaxOf(tax, net, rate)) return rounded(ZERO);
  if (fixedTax.tax !== null) return rounded(fixedTax.tax);
  if (!isTaxOf(tax, add(net, fixedTax.net), rate)) return rounded(ZERO);
  return rounded(multiply(fixedTax.net, { units: rate.units, scale: rate.scale + 2 }));
}

function kindOf({ item }: Row): LineKind {
  return item?.product_type === 'giftcard' ? 'giftCard' : 'product';
}

/** Inside a composite product, or left out of a credit memo: nothing was sold or given back by it. */
function isNothing({ net, taxes, netBeforeDiscount }: DocumentLine): boolean {
  return isZero(net) && taxes.every(({ amount }) => isZero(amount)) && isZero(netBeforeDiscount ?? net);
}

function shippingLines(drawing: Drawing, rows: readonly Row[]): readonly DocumentLine[] {
  const { totals, taxes, decimals, source, remarks, order } = drawing;
  const discount = shippingDiscount(drawing, rows);
  const before = totals.shipping_amount;
  const net = round(sum([before, negate(discount), totals.shipping_discount_tax_compensation_amount]), decimals);
  const tax = round(totals.shipping_tax_amount, decimals);
  if (isZero(net) && isZero(tax)) return [];
  const stated = taxes.shipping;
  const base = baseBeforeDiscount(tax, net, before, rateOf(stated, null));
  const lineTaxes = taxesOf(tax, { stated, percent: null, net, base, all: taxes.all, decimals, source, remarks });
  const shipping = order.extension_attributes?.shipping_assignments[0]?.shipping?.method ?? null;
  const name = order.shipping_description;
  const line: DocumentLine = {
    ...bare,
    id: 'shipping',
    kind: 'shipping',
    label: name,
    carrier: shipping === null ? null : { id: shipping, name },
    ...amounts(net, lineTaxes),
  };
  return [line];
}

/**
 * What was taken off the shipping. Invoices and credit memos do not state it: it is what their rows leave of the
 * document's discount, and then lies between nothing and the shipping with its tax.
 */
function shippingDiscount(drawing: Drawing, rows: readonly Row[]): Decimal {
  const { totals, shippingDiscount: stated } = drawing;
  const all = negate(totals.discount_amount);
  const ofRows = sum(rows.map((row) => row.discount));
  const allowed = multiply(CENT, { units: BigInt(Math.max(rows.length, 1)), scale: 0 });
  const left = subtract(all, ofRows);
  if (stated !== null) {
    if (compare(magnitude(subtract(left, stated)), allowed) > 0)
      differs(drawing, 'discount_amount', all, add(ofRows, stated));
    return stated;
  }
  if (compare(magnitude(left), allowed) <= 0 && isZero(totals.shipping_amount)) return ZERO;
  const most = sum([
    totals.shipping_amount,
    totals.shipping_tax_amount,
    allowed,
    totals.shipping_discount_tax_compensation_amount,
  ]);
  if (isNegative(add(left, allowed)) || compare(left, most) > 0) differs(drawing, 'discount_amount', all, ofRows);
  return isNegative(left) ? ZERO : left;
}

function wrappingLines(drawing: Drawing): readonly DocumentLine[] {
  const { commerce, taxes, decimals, source, remarks } = drawing;
  if (commerce === null) return [];
  const parts: readonly [Wrapping, Decimal, Decimal][] = [
    ['order', commerce.gw_price, commerce.gw_tax_amount],
    ['items', commerce.gw_items_price, commerce.gw_items_tax_amount],
    ['card', commerce.gw_card_price, commerce.gw_card_tax_amount],
  ];
  return parts.flatMap(([what, price, tax]): DocumentLine[] => {
    if (isZero(price) && isZero(tax)) return [];
    const net = round(price, decimals);
    const stated = taxes.wrapping[what];
    const own = taxesOf(tax, { stated, percent: null, net, base: null, all: taxes.all, decimals, source, remarks });
    return [
      { ...bare, id: `wrapping-${what}`, kind: 'wrapping', label: null, taxRule: taxRuleOf(own), ...amounts(net, own) },
    ];
  });
}

function differs({ remarks, source, decimals }: Drawing, field: string, stated: Decimal, lines: Decimal): void {
  const values = {
    field,
    stated: decimalText(round(stated, decimals), decimals),
    lines: decimalText(round(lines, decimals), decimals),
    difference: decimalText(round(subtract(stated, lines), decimals), decimals),
  };
  remarks.push(problem('document.parts-differ', 'hold', source, values));
}

/** What every line has that Magento says nothing of. */
export const bare = {
  of: null,
  product: null,
  carrier: null,
  taxRule: null,
  quantity: null,
  netBeforeDiscount: null,
} as const;

export function amounts(net: Decimal, taxes: readonly Tax[]): Pick<DocumentLine, 'net' | 'taxes' | 'gross'> {
  return { net, taxes, gross: sum([net, ...taxes.map(({ amount }) => amount)]) };
}

/** The API does not give an item's tax class; the code of its tax is the nearest thing, and what mappings go by. */
function taxRuleOf([first]: readonly Tax[]): DocumentLine['taxRule'] {
  return first?.code ? { id: first.code, name: first.name } : null;
}
