import {
  add,
  compare,
  type Decimal,
  divide,
  isZero,
  magnitude,
  multiply,
  subtract,
  sum,
  ZERO,
} from '../../core/decimal.ts';
import type { DocumentItem, MagentoOrder, OrderItem } from './order.ts';

/**
 * Which rows of an order, invoice or credit memo count. They come flat, composite products beside what these are made of:
 * a configurable product carries its amounts itself and its variant none; a bundle of fixed price too; of a bundle priced
 * by its parts these carry the amounts, and the bundle none, or their sum.
 */
export type Row = {
  /** The order's item, which all documents of the order share. */
  readonly id: string;
  /** Null when the order does not show it. */
  readonly item: OrderItem | null;
  readonly label: string | null;
  readonly sku: string | null;
  readonly productId: string | null;
  readonly quantity: Decimal;
  readonly rowTotal: Decimal;
  readonly discount: Decimal;
  readonly compensation: Decimal;
  readonly tax: Decimal;
  /** Fixed product tax (FPT, eco-tax) of the row; `tax`: the VAT on it, null when Magento does not say. */
  readonly fixedTax: { readonly net: Decimal; readonly tax: Decimal | null };
};

export type CountedRows = {
  readonly rows: readonly Row[];
  /** Whether `row_total` stands before the discount, as Magento has it, or after it, as some tax extensions leave it. */
  readonly beforeDiscount: boolean;
  /** What the rows come to beside the stated subtotal; null when they agree up to a cent a row. */
  readonly gap: Decimal | null;
};

const CENT: Decimal = { units: 1n, scale: 2 };

export function orderRows({ items }: MagentoOrder): readonly Row[] {
  return items.map((item) => ({
    id: item.item_id,
    item,
    ...amountsOf(item),
    quantity: item.qty_ordered,
    fixedTax: { net: item.weee_tax_applied_row_amount, tax: fixedTaxVat(item, item.qty_ordered, item.qty_ordered) },
  }));
}

export function documentRows(items: readonly DocumentItem[], order: MagentoOrder): readonly Row[] {
  const sold = new Map(order.items.map((item) => [item.item_id, item]));
  return items.map((row) => {
    const item = sold.get(row.order_item_id) ?? null;
    return {
      id: row.order_item_id,
      item,
      ...amountsOf(row),
      quantity: row.qty,
      fixedTax: isZero(row.weee_tax_applied_row_amount)
        ? fixedTaxOf(item, row.qty)
        : { net: row.weee_tax_applied_row_amount, tax: item && fixedTaxVat(item, row.qty, item.qty_ordered) },
    };
  });
}

/** The rows that count, proved against the subtotal the document states. */
export function countedRows(rows: readonly Row[], subtotal: Decimal): CountedRows {
  const stated = rows.filter((row) => !isZero(row.rowTotal) || !isZero(row.discount) || !isZero(row.tax));
  const choices = [byType(rows), withoutParents(stated), withoutChildren(stated)].flatMap((chosen) => [
    { rows: chosen, beforeDiscount: true, missing: missingOf(chosen, subtotal, true) },
    { rows: chosen, beforeDiscount: false, missing: missingOf(chosen, subtotal, false) },
  ]);
  const [first, ...others] = choices;
  if (first === undefined) throw new TypeError('There is always a first choice');
  const best = others.reduce((kept, other) => (isCloser(other.missing, kept.missing) ? other : kept), first);
  const agrees = compare(magnitude(best.missing), allowance(best.rows)) <= 0;
  const { rows: counted, beforeDiscount } = agrees ? best : first;
  return { rows: counted, beforeDiscount, gap: agrees ? null : first.missing };
}

/** One unit of the currency's last decimal for each row: each was rounded on its own. */
function allowance(rows: readonly Row[]): Decimal {
  return multiply(CENT, { units: BigInt(rows.length), scale: 0 });
}

function isCloser(a: Decimal, b: Decimal): boolean {
  return compare(magnitude(a), magnitude(b)) < 0;
}

function missingOf(rows: readonly Row[], subtotal: Decimal, beforeDiscount: boolean): Decimal {
  const total = sum(rows.map((row) => (beforeDiscount ? row.rowTotal : add(row.rowTotal, row.discount))));
  return subtract(subtotal, total);
}

function byType(rows: readonly Row[]): readonly Row[] {
  const dynamic = new Set(
    rows.flatMap(({ item, rowTotal }) => (item?.parent_item_id && !isZero(rowTotal) ? [item.parent_item_id] : [])),
  );
  const bundles = new Set(
    rows.filter(({ id, item }) => item?.product_type === 'bundle' && dynamic.has(id)).map(({ id }) => id),
  );
  return rows.filter(({ id, item }) => {
    const parent = item?.parent_item_id ?? null;
    return parent === null ? !bundles.has(id) : bundles.has(parent);
  });
}

function withoutParents(rows: readonly Row[]): readonly Row[] {
  const parents = new Set(rows.flatMap(({ item }) => item?.parent_item_id ?? []));
  return rows.filter(({ id }) => !parents.has(id));
}

function withoutChildren(rows: readonly Row[]): readonly Row[] {
  const ids = new Set(rows.map(({ id }) => id));
  return rows.filter(({ item }) => !item?.parent_item_id || !ids.has(item.parent_item_id));
}

function amountsOf(row: OrderItem | DocumentItem) {
  return {
    label: row.name,
    sku: row.sku,
    productId: row.product_id,
    rowTotal: row.row_total,
    discount: row.discount_amount,
    compensation: row.discount_tax_compensation_amount,
    tax: row.tax_amount,
  };
}

/** Items of an invoice do not repeat the fixed tax: it is that of the order's item, by the piece. */
function fixedTaxOf(item: OrderItem | null, quantity: Decimal): Row['fixedTax'] {
  if (item === null) return { net: ZERO, tax: null };
  return {
    net: multiply(item.weee_tax_applied_amount, quantity),
    tax: fixedTaxVat(item, quantity, item.qty_ordered),
  };
}

function fixedTaxVat(item: OrderItem, quantity: Decimal, ordered: Decimal): Decimal | null {
  const stated = item.weee_tax_applied.filter((tax) => !isZero(tax.row_amount_incl_tax));
  if (stated.length === 0 || isZero(ordered)) return null;
  const all = sum(stated.map((tax) => subtract(tax.row_amount_incl_tax, tax.row_amount)));
  return divide(multiply(all, quantity), ordered, 4, 'half-up');
}
