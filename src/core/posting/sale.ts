import type { Entry } from '../entry.ts';
import type { CustomerAccount } from './customer.ts';
import { documentEntry } from './document-entry.ts';
import type { Trade } from './trade.ts';

/** Debits the customer for the gross total, credits sales (net) and each tax. Null when nothing is left to write. */
export function postSale(trade: Trade, customer: CustomerAccount): Entry | null {
  return documentEntry(trade, customer, {
    kind: 'sale',
    direction: -1n,
    journal: 'sales',
    texts: trade.prepared.sales,
    piece: trade.settings.sales.piece,
  });
}
