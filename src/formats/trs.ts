import { layoutFormat } from './layout.ts';

/**
 * TRS: records of 1023 columns, of which the first 107 are used; amounts in cents. Neither piece nor number: an entry ends
 * where it balances. The file is an accounting firm's; which program reads it is not known.
 */
export const trs = layoutFormat({
  id: 'trs',
  name: 'TRS',
  vendor: '?',
  extension: 'trs',
  confidence: 2,
  checkedAgainst: 'one published program that writes it, for a program it does not name',
  options: {},
  layout: () => ({
    charset: 'utf-8',
    newline: '\r\n',
    shape: { is: 'fixed', length: 1023 },
    // biome-ignore format: a table reads by its columns.
    line: {
      fields: [
        { name: 'journal',            from:  1, width:  2, is: 'journal' },
        { name: 'libellé du journal', from:  4, width:  5, is: 'journalName' },
        { name: 'période',            from:  9, width:  4, is: 'own', write: ({ entry }) => entry.date.slice(5, 7) + entry.date.slice(2, 4) },
        { name: 'compte',             from: 14, width:  9, is: 'anyAccount' },
        { name: 'sens',               from: 24, width:  1, is: 'side', debit: 'D', credit: 'C' },
        { name: 'montant',            from: 26, width: 14, is: 'amount', point: '', justify: 'right' },
        { name: 'libellé',            from: 41, width: 49, is: 'label' },
        { name: 'date',               from: 91, width:  8, is: 'date', pattern: 'AAAAMMJJ' },
      ],
    },
  }),
});
