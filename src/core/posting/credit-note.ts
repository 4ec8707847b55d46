import type { Entry } from '../entry.ts';
import type { CustomerAccount } from './customer.ts';
import { documentEntry } from './document-entry.ts';
import type { Trade } from './trade.ts';

/** The mirror of a sale, with a journal, date, piece and texts of its own. Null when nothing is left to write. */
export function postCreditNote(trade: Trade, customer: CustomerAccount): Entry | null {
  return documentEntry(trade, customer, {
    kind: 'creditNote',
    direction: 1n,
    journal: 'creditNotes',
    texts: trade.prepared.creditNotes,
    piece: trade.settings.creditNotes.piece,
  });
}
