import { layoutFormat } from './layout.ts';

/**
 * Ciel Premium Account and Sage 50 in Belgium: records of 140 columns, another layout than in France. One account column:
 * the third party stands there for its collective account. VAT base and code (106-125) are left to the ledger.
 */
export const cielBeXimport = layoutFormat({
  id: 'ciel-be-ximport',
  name: 'Ciel XIMPORT Belgique',
  vendor: 'Ciel, Sage 50 (Belgium)',
  extension: 'txt',
  confidence: 3,
  checkedAgainst: 'one published program that writes it, used for real by a club',
  appends: false, // the number of an entry is all that keeps its lines together, and ours start again in each import
  options: {},
  layout: () => ({
    charset: 'windows-1252',
    newline: '\n',
    shape: { is: 'fixed', length: 140 },
    // biome-ignore format: a table reads by its columns.
    line: {
      fields: [
        { name: 'n° de mouvement', from:   1, width:  5, is: 'number' },
        { name: 'journal',         from:   6, width:  4, is: 'journal' },
        { name: 'date',            from:  10, width:  8, is: 'date', pattern: 'AAAAMMJJ' },
        { name: 'échéance',        from:  18, width:  8, is: 'dueDate', pattern: 'AAAAMMJJ', everyLine: true },
        { name: 'n° de pièce',     from:  26, width: 12, is: 'piece' },
        { name: 'compte',          from:  38, width: 11, is: 'anyAccount' },
        { name: 'libellé',         from:  49, width: 25, is: 'label' },
        { name: 'montant',         from:  74, width: 13, is: 'amount', point: '.', justify: 'right' },
        { name: 'sens',            from:  87, width:  1, is: 'side', debit: 'D', credit: 'C' },
        { name: 'pointage',        from:  88, width: 12, is: 'piece' }, // the invoice again
        { name: 'analytique',      from: 100, width:  6, is: 'section' },
      ],
    },
  }),
});
