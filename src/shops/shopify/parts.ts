import { type Decimal, isNegative, isZero, sum } from '../../core/decimal.ts';
import { numberIn } from './client.ts';
import type { View } from './money.ts';
import type { ShopifyAgreement, ShopifyOrder, ShopifyRefund, ShopifySale } from './order.ts';
import { amountsOf } from './rows.ts';
import { bagIsZero, type Fault } from './taxes.ts';

/**
 * One document of an order: what was placed, an edit, a refund, goods given back, goods taken in exchange. Shopify keeps a
 * ledger of each order whose rows never change (`Order.agreements`); it is the only place where refunds have a tax for
 * each rate and edits are kept apart.
 */
export type Part = {
  readonly kind: 'sale' | 'creditNote';
  /** Never changes: ids of the shop's alone. */
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly rows: readonly ShopifySale[];
  /** The sale as it was placed. */
  readonly original: boolean;
  readonly refund: ShopifyRefund | null;
  /** Id of the return that gave it back, or for which new goods were taken. */
  readonly returnId: string | null;
  readonly agreement: string;
  readonly faults: readonly Fault[];
};

/** Every part of an order, by the time it happened; of an agreement that goes both ways, goods given back come first. */
export function partsOf(order: ShopifyOrder, view: View): readonly Part[] {
  const parts: Part[] = [];
  const agreements = order.agreements.toSorted(
    (a, b) => a.happenedAt - b.happenedAt || compareIds(numberIn(a.id), numberIn(b.id)),
  );
  for (const agreement of agreements) parts.push(...own(agreement));
  return parts;

  function own(agreement: ShopifyAgreement): readonly Part[] {
    const { sales, happenedAt } = agreement;
    const n = numberIn(agreement.id);
    const bare = { at: happenedAt, original: false, refund: null, returnId: null, agreement: n, faults: [] };
    const saleKey = `sale/${order.legacyResourceId}/${n}`;
    switch (agreement.__typename) {
      case 'OrderAgreement': {
        const original = parts.every((part) => !part.original);
        const key = original ? `sale/${order.legacyResourceId}` : saleKey;
        return [{ ...bare, kind: 'sale', key, rows: sales, original }];
      }
      case 'OrderEditAgreement': {
        const change = grossOf(sales, view);
        if (isNegative(change))
          return [{ ...bare, kind: 'creditNote', key: `creditNote/${order.legacyResourceId}/${n}`, rows: sales }];
        const nothing =
          isZero(change) && sales.every(({ taxes, totalTaxAmount }) => noTax(taxes) && bagIsZero(totalTaxAmount));
        return nothing ? [] : [{ ...bare, kind: 'sale', key: saleKey, rows: sales }];
      }
      case 'RefundAgreement': {
        if (sales.length === 0) return []; // money alone, for goods given back before (payments.ts)
        const refund = order.refunds.find(({ id }) => id === agreement.refund) ?? null;
        const id = numberIn(agreement.refund ?? n);
        const faults = refund === null ? [{ field: 'refunds', reason: 'missing' }] : [];
        const at = refund?.processedAt ?? happenedAt;
        return [{ ...bare, kind: 'creditNote', key: `creditNote/${id}`, at, rows: sales, refund, faults }];
      }
      case 'ReturnAgreement':
        return returned(agreement, bare, saleKey);
      default: {
        const faults = [{ field: 'agreements', reason: `unknown-event: ${agreement.reason}` }];
        return [{ ...bare, kind: 'sale', key: saleKey, rows: sales, faults }];
      }
    }
  }

  /** Goods given back and fees kept are a credit note, goods taken in exchange a sale: one agreement may hold both. */
  function returned(
    agreement: ShopifyAgreement,
    bare: Omit<Part, 'kind' | 'key' | 'rows'>,
    saleKey: string,
  ): readonly Part[] {
    const taken = agreement.sales.filter((row) => row.actionType === 'ORDER' && row.__typename !== 'FeeSale');
    const back = agreement.sales.filter((row) => !taken.includes(row));
    const id = agreement.return?.id ?? null;
    // Without the right to read returns their key is not known, and a key must never change.
    const faults = id === null ? [{ field: 'agreements.return', reason: 'needs-scope: read_returns' }] : [];
    const shared = { ...bare, returnId: id, faults };
    const own: Part[] = [];
    if (back.length > 0) own.push({ ...shared, kind: 'creditNote', key: returnKey(id, bare.agreement), rows: back });
    if (taken.length > 0) own.push({ ...shared, kind: 'sale', key: saleKey, rows: taken });
    return own;
  }

  /** A return that is processed in steps has an agreement for each: the later ones add their own number. */
  function returnKey(id: string | null, n: string): string {
    const key = `creditNote/return-${id === null ? `?-${n}` : numberIn(id)}`;
    return parts.some((part) => part.key === key) ? `${key}/${n}` : key;
  }
}

/** With taxes, positive when it sells. */
export function grossOf(rows: readonly ShopifySale[], view: View): Decimal {
  return sum(rows.map((row) => amountsOf(row, view).gross));
}

/** Ids are numbers of any length: by length, then by digits. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

function noTax(taxes: ShopifySale['taxes']): boolean {
  return taxes.every(({ amount }) => bagIsZero(amount));
}
