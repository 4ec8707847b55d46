import { layoutFormat } from './layout.ts';

/**
 * Pennylane, entries as a table: ten cells with semicolons below a header. The third party stands for its collective
 * account, after 411.
 */
export const pennylaneCsv = layoutFormat({
  id: 'pennylane-csv',
  name: 'Pennylane CSV',
  vendor: 'Pennylane',
  extension: 'csv',
  confidence: 3,
  checkedAgainst: 'one published program that writes it',
  options: {},
  layout: () => ({
    charset: 'utf-8',
    newline: '\r\n',
    shape: { is: 'table', separator: ';', quotes: 'needed', header: true },
    line: {
      fields: [
        { name: 'Date', is: 'date', pattern: 'JJ/MM/AAAA' },
        { name: 'Code journal', is: 'journal' },
        { name: 'Numéro de compte', is: 'anyAccount', prefix: '411' },
        { name: 'Libellé', is: 'label' },
        { name: 'Débit', is: 'debit', point: ',', zero: '' },
        { name: 'Crédit', is: 'credit', point: ',', zero: '' },
        { name: 'Numéro de pièce', is: 'piece' },
        { name: 'Devise', is: 'currency' },
        { name: 'Débit_devise_origine', is: 'amountInCurrency', point: ',', side: 'debit' },
        { name: 'Crédit_devise_origine', is: 'amountInCurrency', point: ',', side: 'credit' },
      ],
    },
  }),
});
