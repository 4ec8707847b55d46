import { layoutFormat } from './layout.ts';

/** Cogilog: eleven cells with tabs, no header; the second day is the due date, which every entry of a customer has. */
export const cogilog = layoutFormat({
  id: 'cogilog',
  name: 'Cogilog',
  vendor: 'Cogilog',
  extension: 'txt',
  confidence: 3,
  checkedAgainst: 'two published programs that write it',
  options: {},
  layout: () => ({
    charset: 'utf-8',
    newline: '\n',
    shape: { is: 'table', separator: '\t', quotes: 'none' },
    line: {
      fields: [
        { name: 'journal', is: 'journal' },
        { name: 'date', is: 'date', pattern: 'JJMMAAAA' },
        { name: 'n° de facture', is: 'piece' },
        { name: 'compte', is: 'anyAccount' },
        { name: 'réservé', is: 'constant', text: '' },
        { name: 'libellé', is: 'label' },
        { name: 'échéance', is: 'dueDate', pattern: 'JJMMAAAA', everyLine: true, everyKind: true },
        { name: 'débit', is: 'debit', point: ',', zero: '' },
        { name: 'crédit', is: 'credit', point: ',', zero: '' },
        { name: 'référence', is: 'piece' },
        { name: 'libellé de la pièce', is: 'label' },
      ],
    },
  }),
});
