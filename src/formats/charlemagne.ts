import { layoutFormat } from './layout.ts';

/** Charlemagne: fourteen cells with tabs below a header; three analytic axes, of which a line here has one. */
export const charlemagne = layoutFormat({
  id: 'charlemagne',
  name: 'Charlemagne',
  vendor: 'Aplim',
  extension: 'txt',
  confidence: 3,
  checkedAgainst: 'one published program that writes it',
  options: {},
  layout: () => ({
    charset: 'utf-8',
    newline: '\n',
    shape: { is: 'table', separator: '\t', quotes: 'none', header: true },
    line: {
      fields: [
        { name: 'Date', is: 'date', pattern: 'AAAAMMJJ' },
        { name: 'Journal', width: 6, is: 'journal' },
        { name: 'Compte', width: 15, is: 'anyAccount' },
        { name: 'Libellé compte', width: 60, is: 'accountName', collective: true },
        { name: 'Pièce', width: 20, is: 'piece' },
        { name: 'Libellé opération', width: 60, is: 'label' },
        { name: 'Montant', is: 'amount', point: ',' },
        { name: 'S', is: 'side', debit: 'D', credit: 'C' },
        { name: 'Analytique 1', width: 15, is: 'section' },
        { name: 'Libellé analytique 1', is: 'constant', text: '' },
        { name: 'Analytique 2', is: 'constant', text: '' },
        { name: 'Libellé analytique 2', is: 'constant', text: '' },
        { name: 'Analytique 3', is: 'constant', text: '' },
        { name: 'Libellé analytique 3', is: 'constant', text: '' },
      ],
    },
  }),
});
