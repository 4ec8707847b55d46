import type { DocumentLine } from '../document.ts';
import type { LineFigures } from '../figures.ts';
import { taxAnswers, vatAccount } from './accounts.ts';
import { addTo, type Draft, type Part } from './lines.ts';
import { amountText, type Trade } from './trade.ts';

/** Each tax of a line, on its account: those that agree are one draft. */
export function draftTaxes(
  trade: Trade,
  drafts: Draft[],
  line: DocumentLine,
  { taxes }: LineFigures,
  direction: 1n | -1n,
) {
  for (let index = 0; index < line.taxes.length; index += 1) {
    const tax = line.taxes[index];
    const amount = taxes[index];
    if (tax === undefined || amount === undefined || amount === 0n) continue;
    const found = vatAccount(trade, line, tax);
    if (found === null) continue;
    const { code, grid } = taxAnswers(trade, line, tax);
    const part = linePart(line, amountText(tax.amount));
    addTo(drafts, {
      role: 'vat',
      found,
      taxCode: code,
      taxRate: tax.rate,
      vatGrid: grid,
      amount: direction * amount,
      part,
    });
  }
}

/** A document line as what it gives to a line of the entry. */
export function linePart({ id, label }: { readonly id: string; readonly label: string | null }, amount: string): Part {
  return { line: id, label: label ?? '', amount };
}
