import { layoutFormat } from './layout.ts';

/**
 * Sage BOB 50, as Dolibarr writes for it: seven cells with semicolons, no header, no journal and no VAT. BOB reads files by
 * a description its user makes there. The first cell is the number of the entry.
 */
export const bob50 = layoutFormat({
  id: 'bob50',
  name: 'Sage BOB 50',
  vendor: 'Sage (Belgique)',
  extension: 'csv',
  confidence: 2,
  checkedAgainst: 'one published program that writes it',
  order: 'number',
  options: {},
  layout: () => ({
    charset: 'utf-8',
    newline: '\n',
    shape: { is: 'table', separator: ';', quotes: 'none' },
    line: {
      fields: [
        { name: 'pièce', is: 'number' },
        { name: 'date', is: 'date', pattern: 'JJ/MM/AAAA' },
        { name: 'type', is: 'lineKind', thirdParty: 'C', general: 'G' },
        { name: 'compte', is: 'anyAccount' },
        { name: 'débit', is: 'debit', point: ',', zero: '0,00' },
        { name: 'crédit', is: 'credit', point: ',', zero: '0,00' },
        { name: 'libellé', width: 32, is: 'label' },
      ],
    },
  }),
});
