import { layoutFormat } from './layout.ts';

/** OpenConcerto: seven cells with semicolons, no header, as Dolibarr writes them for it. */
export const openconcerto = layoutFormat({
  id: 'openconcerto',
  name: 'OpenConcerto',
  vendor: 'OpenConcerto',
  extension: 'csv',
  confidence: 2,
  checkedAgainst: 'one published program that writes it',
  options: {},
  layout: () => ({
    charset: 'utf-8',
    newline: '\n',
    shape: { is: 'table', separator: ';', quotes: 'none' },
    line: {
      fields: [
        { name: 'date', is: 'date', pattern: 'JJ/MM/AAAA' },
        { name: 'journal', is: 'journal' },
        { name: 'compte', is: 'anyAccount' }, // the third party stands there for its collective account
        { name: 'référence', is: 'piece' },
        { name: 'libellé', is: 'label' },
        { name: 'débit', is: 'debit', point: ',', zero: '0,00' },
        { name: 'crédit', is: 'credit', point: ',', zero: '0,00' },
      ],
    },
  }),
});
