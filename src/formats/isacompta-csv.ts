import { layoutFormat } from './layout.ts';
import { pointed } from './values.ts';

/**
 * Agiris Isacompta, table: thirteen cells with semicolons, no header. The amount stands in its column of debit or credit
 * and again beside its side; the columns are what is read.
 */
export const isacomptaCsv = layoutFormat({
  id: 'isacompta-csv',
  name: 'Isacompta CSV',
  vendor: 'Agiris',
  extension: 'csv',
  confidence: 2,
  checkedAgainst: 'one published program that writes it',
  options: {},
  layout: () => ({
    charset: 'windows-1252',
    newline: '\n',
    shape: { is: 'table', separator: ';', quotes: 'none' },
    line: {
      fields: [
        { name: 'pièce', is: 'number' },
        { name: "libellé de l'écriture", is: 'label' },
        { name: 'date', is: 'date', pattern: 'JJMMAAAA' },
        { name: 'libellé de la ligne', is: 'label' },
        { name: 'compte', is: 'anyAccount' },
        { name: 'intitulé du compte', is: 'accountName' },
        { name: 'référence', is: 'piece' },
        { name: 'débit', is: 'debit', point: ',', zero: '0,00' },
        { name: 'crédit', is: 'credit', point: ',', zero: '0,00' },
        { name: 'montant', is: 'own', write: ({ line }) => pointed(line, ',') },
        { name: 'sens', is: 'own', write: ({ line }) => (line.amount.minor < 0n ? 'C' : 'D') },
        { name: 'lettrage', is: 'constant', text: '' },
        { name: 'journal', is: 'journal' },
      ],
    },
  }),
});
