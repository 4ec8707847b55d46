import { wrappingOf } from './mg-cents.ts';
import {
  amountsOf,
  bothCurrencies,
  captureId,
  creditsOf,
  currencies,
  incrementOf,
  invoiceFigures,
  isOnline,
  memoFigures,
  portions,
  prefixed,
  quantitiesBefore,
  textNumbers,
} from './mg-figures.ts';
import type { Trade } from './mg-trade.ts';
import type { JsonObject } from './php.ts';

export function invoiceOf(trade: Trade, index: number): JsonObject {
  const invoice = trade.invoices[index];
  if (invoice === undefined) throw new TypeError('No such invoice');
  const ships = invoice.shipping ?? true;
  const credits = (rate: number) => {
    const { balance, cards } = creditsOf(trade, rate);
    return ships ? { customer_balance_amount: balance, gift_cards_amount: cards } : {};
  };
  return {
    entity_id: invoice.id,
    increment_id: incrementOf(invoice.id),
    order_id: trade.id,
    store_id: trade.store ?? 1,
    state: invoice.state ?? 2,
    created_at: invoice.at,
    updated_at: invoice.at,
    transaction_id: isOnline(trade) ? captureId(trade, invoice) : null,
    ...currencies(trade),
    ...bothCurrencies(trade, (rate) => invoiceFigures(trade, invoice, rate)),
    items: documentItems(trade, invoice.id, quantitiesBefore(trade, trade.invoices, invoice), invoice.items),
    comments: [],
    extension_attributes: {
      ...(trade.credits === undefined ? {} : bothCurrencies(trade, credits)),
      ...textNumbers(
        trade.wrapping === undefined || !ships ? {} : bothCurrencies(trade, (rate) => wrappingOf(trade, rate)),
      ),
    },
  };
}

/** Every item of the order stands in its credit memos, those not given back with none of them. */
export function documentItems(
  trade: Trade,
  documentId: number,
  before: readonly (readonly number[])[],
  items: readonly number[] | undefined,
): JsonObject[] {
  const own = portions(trade, trade.currency?.rate ?? 1, before, items);
  const base = portions(trade, 1, before, items);
  return own.map(({ row, portion, quantity }, index) => ({
    entity_id: documentId * 100 + index,
    parent_id: documentId,
    order_item_id: row.itemId,
    product_id: 100 + (row.itemId % 1000),
    sku: row.line.sku,
    name: row.line.name,
    qty: quantity,
    ...(row.counts ? amountsOf(portion) : { price: 0 }),
    ...prefixed(row.counts ? amountsOf(base[index]?.portion ?? portion) : { price: 0 }),
  }));
}

export function memoOf(trade: Trade, index: number): JsonObject {
  const memo = trade.memos?.[index];
  if (memo === undefined) throw new TypeError('No such credit memo');
  const online = isOnline(trade) && memo.offline !== true && memo.toStoreCredit !== true;
  return {
    entity_id: memo.id,
    increment_id: incrementOf(memo.id),
    order_id: trade.id,
    invoice_id: trade.invoices[0]?.id ?? null,
    store_id: trade.store ?? 1,
    state: 2,
    created_at: memo.at,
    updated_at: memo.at,
    transaction_id: online ? `re_${memo.id}` : null,
    customer_note: memo.note ?? null,
    ...currencies(trade),
    ...bothCurrencies(trade, (rate) => ({
      ...memoFigures(trade, memo, rate),
      adjustment_positive: Math.round((memo.extra ?? 0) * rate),
      adjustment_negative: Math.round((memo.kept ?? 0) * rate),
      adjustment: Math.round(((memo.extra ?? 0) - (memo.kept ?? 0)) * rate),
    })),
    items: documentItems(trade, memo.id, quantitiesBefore(trade, trade.memos ?? [], memo), memo.items),
    comments: [],
  };
}

export function transactionsOf(trade: Trade): JsonObject[] {
  if (!isOnline(trade)) return [];
  const bare = { order_id: trade.id, payment_id: trade.id, parent_id: null, is_closed: 0, additional_information: [] };
  const captures = trade.invoices.map((invoice) => ({
    ...bare,
    transaction_id: invoice.id * 10,
    txn_id: captureId(trade, invoice),
    txn_type: 'capture',
    created_at: invoice.capturedAt ?? invoice.at,
  }));
  const refunds = (trade.memos ?? [])
    .filter((memo) => memo.offline !== true && memo.toStoreCredit !== true)
    .map((memo) => ({
      ...bare,
      transaction_id: memo.id * 10 + 1,
      txn_id: `re_${memo.id}`,
      txn_type: 'refund',
      created_at: memo.at,
    }));
  return [...captures, ...refunds];
}
