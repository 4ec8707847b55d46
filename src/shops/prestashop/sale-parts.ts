import { type Decimal, isZero, round } from '../../core/decimal.ts';
import type { SalesDocument } from '../../core/document.ts';
import { allocate } from '../../core/money.ts';
import { firstInvoice, invoiceOf, invoicesOf, type Translation } from './header.ts';
import type { OrderDetail, OrderInvoice, OrderRecords, OrderRule } from './order.ts';

/** One sale of an order: the whole of it, or one of its invoices when an edit gave it several. */
export type SalePart = {
  readonly key: string;
  readonly invoice: SalesDocument['invoice'];
  readonly details: readonly OrderDetail[];
  readonly rules: readonly OrderRule[];
  readonly totals: PartTotals;
};

export type PartTotals = {
  readonly products: Decimal;
  readonly productsGross: Decimal;
  readonly discounts: { readonly net: Decimal; readonly gross: Decimal };
  readonly shipping: { readonly net: Decimal; readonly gross: Decimal };
  readonly wrapping: { readonly net: Decimal; readonly gross: Decimal };
  readonly paid: { readonly net: Decimal; readonly gross: Decimal };
};

/**
 * The sales of an order. The first invoice keeps the order's key, later ones add theirs, so that no key ever changes
 * when an order gets another invoice.
 */
export function salePartsOf(records: OrderRecords, translation: Translation): readonly SalePart[] {
  const { order, details } = records;
  const rules = (records.rules ?? []).filter((rule) => !rule.deleted);
  const invoices = invoicesOf(records);
  const [first] = invoices;
  const key = `sale/${order.id}`;
  if (first === undefined || invoices.length === 1) {
    return [{ key, invoice: firstInvoice(records, translation), details, rules, totals: totalsOfOrder(order) }];
  }
  const known = new Set(invoices.map((invoice) => invoice.id));
  return invoices.map((invoice) => {
    const mine = ({ id_order_invoice: id }: { readonly id_order_invoice: string | null }) =>
      id === invoice.id || (invoice === first && (id === null || !known.has(id)));
    return {
      key: invoice === first ? key : `${key}/inv-${invoice.id}`,
      invoice: invoiceOf(records, invoice, translation),
      details: details.filter(mine),
      rules: rules.filter(mine),
      totals: totalsOfInvoice(invoice),
    };
  });
}

/** Net amounts of vouchers that aim at one product, by line; and those whose aim is no longer known. */
export function vouchersOf(
  part: SalePart,
  { cartRules }: OrderRecords,
): { readonly byLine: ReadonlyMap<string, Decimal>; readonly unknown: readonly OrderRule[] } {
  const byLine = new Map<string, Decimal>();
  const unknown: OrderRule[] = [];
  for (const rule of part.rules) {
    const aim = cartRules?.find((cartRule) => cartRule.id === rule.id_cart_rule);
    if (aim === undefined && rule.id_cart_rule !== null && cartRules !== null) unknown.push(rule);
    // 0: the whole order; below: the cheapest product or a selection, which the shop itself shares like a general one.
    if (aim === undefined || !/^[1-9]\d*$/.test(aim.reduction_product)) continue;
    const lines = part.details.filter((detail) => detail.product_id === aim.reduction_product);
    const weights = lines.map((line) => positive(round(line.total_price_tax_excl, 6).units));
    if (lines.length === 0) continue;
    const shares = allocate(round(rule.value_tax_excl, 6).units, weights);
    for (const [index, line] of lines.entries()) {
      const before = byLine.get(line.id)?.units ?? 0n;
      byLine.set(line.id, { units: before + (shares[index] ?? 0n), scale: 6 });
    }
  }
  return { byLine, unknown };
}

/** A voucher gives the shipping away; one with nothing to give away changes nothing. */
export function hasFreeShipping({ rules, totals }: SalePart): boolean {
  return rules.some((rule) => rule.free_shipping) && !isZero(totals.discounts.gross);
}

function totalsOfOrder(order: OrderRecords['order']): PartTotals {
  return {
    products: order.total_products,
    productsGross: order.total_products_wt,
    discounts: { net: order.total_discounts_tax_excl, gross: order.total_discounts_tax_incl },
    shipping: { net: order.total_shipping_tax_excl, gross: order.total_shipping_tax_incl },
    wrapping: { net: order.total_wrapping_tax_excl, gross: order.total_wrapping_tax_incl },
    paid: { net: order.total_paid_tax_excl, gross: order.total_paid_tax_incl },
  };
}

function totalsOfInvoice(invoice: OrderInvoice): PartTotals {
  return {
    products: invoice.total_products,
    productsGross: invoice.total_products_wt,
    discounts: { net: invoice.total_discount_tax_excl, gross: invoice.total_discount_tax_incl },
    shipping: { net: invoice.total_shipping_tax_excl, gross: invoice.total_shipping_tax_incl },
    wrapping: { net: invoice.total_wrapping_tax_excl, gross: invoice.total_wrapping_tax_incl },
    paid: { net: invoice.total_paid_tax_excl, gross: invoice.total_paid_tax_incl },
  };
}

function positive(units: bigint): bigint {
  return units > 0n ? units : 0n;
}
