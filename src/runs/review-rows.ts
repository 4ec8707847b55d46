import { decimalText } from '../core/decimal.ts';
import type { ReviewEntryRow } from '../store/review-store.ts';
import { entryToJson } from './entry-json.ts';
import type { RunRequest } from './events.ts';
import type { Numbered } from './number.ts';

/** The rows the store keeps of entries to review: what is filtered and sorted beside the entry itself. */
export function reviewRows(
  lot: readonly Numbered[],
  { corrections }: Pick<RunRequest, 'corrections'>,
): readonly ReviewEntryRow[] {
  return lot.flatMap(({ seq, entries, summary }) =>
    entries.map(({ entry, hash, again, correction }) => ({
      number: entry.number,
      seq,
      document: summary.key,
      part: entry.part,
      hash,
      kind: entry.kind,
      journal: entry.journal,
      day: entry.date,
      piece: entry.piece,
      reference: entry.reference,
      orderNumber: entry.order,
      payment: entry.paymentMethod,
      currency: entry.currency,
      lines: entry.lines.map((line) => ({
        account: line.account,
        thirdParty: line.thirdParty,
        label: line.label,
        taxCode: line.taxCode,
        taxRate: line.taxRate && decimalText(line.taxRate, 2),
        amountMinor: line.amount.minor,
      })),
      ticked: correction === null || corrections === 'write', // what was written is changed by nobody but a person
      again,
      correction,
      entry: entryToJson(entry),
    })),
  );
}
