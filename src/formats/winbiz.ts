import { layoutFormat } from './layout.ts';
import { choice } from './options.ts';
import type { Field } from './records.ts';

/**
 * WinBIZ, rows with semicolons that name a debit and a credit account, no header. An entry is split into such rows, each an
 * entry of its own there. The journal is a letter: give it in `ledger.translate`. One account column: the third party
 * stands there.
 */
export const winbiz = layoutFormat({
  id: 'winbiz',
  name: 'WinBIZ',
  vendor: 'LogiSoft',
  extension: 'csv',
  confidence: 4,
  checkedAgainst: "the vendor's documentation of its import and one published program",
  /** Rate and amount in currency, which the import has as optional columns. */
  options: { currency: choice('no', 'yes') },
  layout: ({ currency }) => ({
    charset: 'windows-1252',
    newline: '\r\n',
    shape: { is: 'table', separator: ';', quotes: 'none' },
    pairs: true,
    line: {
      // biome-ignore format: a table reads by its columns.
      fields: [
        { name: 'date',            is: 'date', pattern: 'JJ.MM.AAAA' },
        { name: 'pièce',           width:  10, is: 'piece' },
        { name: 'texte',           width: 100, is: 'label' },
        { name: 'compte débit',    width:  12, is: 'debitAccount', none: '' },
        { name: 'compte crédit',   width:  12, is: 'creditAccount', none: '' },
        { name: 'montant',         is: 'amount', point: '.' },
        { name: 'journal',         width:   1, is: 'journal' },
        ...(currency === 'yes' ? IN_CURRENCY : []),
      ],
    },
  }),
});

const IN_CURRENCY: readonly Field[] = [
  { name: 'cours', is: 'constant', text: '' },
  { name: 'montant en monnaie étrangère', is: 'amountInCurrency', point: '.' },
];
