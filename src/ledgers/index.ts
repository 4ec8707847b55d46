import type { Format, FormatContext } from '../formats/format.ts';
import { formats } from '../formats/index.ts';
import { fileLedger } from './file.ts';
import type { Ledger } from './ledger.ts';

/** A ledger a profile can name; `open` makes it for the profile's company, chart and options. */
export type LedgerKind = {
  readonly id: string;
  readonly name: string;
  readonly vendor: string;
  readonly format: Format;
  readonly open: (context: FormatContext) => Ledger;
};

export const ledgers: readonly LedgerKind[] = formats.map((format) => ({
  id: format.id,
  name: format.name,
  vendor: format.vendor,
  format,
  open: (context) => fileLedger(format.configured(context.options), context),
}));

export function ledgerOf(id: string): LedgerKind | null {
  return ledgers.find((ledger) => ledger.id === id) ?? null;
}
