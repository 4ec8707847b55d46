import { layoutFormat } from './layout.ts';
import { pointed } from './values.ts';

/** ACD iSuite Expert: thirteen cells with semicolons, no header; the day stands there whole and in its parts. */
export const acdIsuite = layoutFormat({
  id: 'acd-isuite',
  name: 'ACD iSuite Expert',
  vendor: 'ACD',
  extension: 'csv',
  confidence: 2,
  checkedAgainst: 'one published program that writes it',
  options: {},
  layout: () => ({
    charset: 'windows-1252',
    newline: '\r\n',
    shape: { is: 'table', separator: ';', quotes: 'none' },
    line: {
      fields: [
        { name: 'pièce', is: 'number' },
        { name: 'date', is: 'date', pattern: 'JJ/MM/AAAA' },
        { name: 'année', is: 'own', write: ({ entry }) => entry.date.slice(0, 4) },
        { name: 'mois', is: 'own', write: ({ entry }) => entry.date.slice(5, 7) },
        { name: 'jour', is: 'own', write: ({ entry }) => entry.date.slice(8) },
        { name: 'référence', is: 'piece' },
        { name: 'libellé', is: 'label' },
        { name: 'compte', is: 'anyAccount' },
        { name: 'intitulé', is: 'accountName' },
        { name: 'débit', is: 'debit', point: ',', zero: '0,00' },
        { name: 'crédit', is: 'credit', point: ',', zero: '0,00' },
        { name: 'montant', is: 'own', write: ({ line }) => pointed(line, ',') },
        { name: 'journal', is: 'journal' },
      ],
    },
  }),
});
